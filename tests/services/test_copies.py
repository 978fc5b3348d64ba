"""Copies and the second folder: what is listed, and what a folder that goes does to the rest."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from fieldsales import places
from fieldsales.domain.clock import Clock
from fieldsales.errors import EnvironmentProblem
from fieldsales.services import copies, passwords
from fieldsales.services.copies import back_up_second, second_folder
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up, backups
from tests.workspaces import Add


def test_a_stick_that_is_pulled_in_the_middle(
    workspace: Workspace, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldsales.store.backup._STEP", 20)
    add("customer", name="海润", note="长" * 5_000)
    here = back_up(workspace.store)
    stick = tmp_path / "usb"
    stick.mkdir()

    def pull(_done: int, _total: int) -> None:
        shutil.rmtree(stick, ignore_errors=True)

    with pytest.raises(EnvironmentProblem, match=r"backup\.second_failed"):
        back_up_second(workspace.store, stick, pull)
    assert not back_up_second(workspace.store, stick)
    assert not stick.exists()
    assert backups(places.backup_folder(workspace.store.path)) == [here]
    assert add("customer", name="还能写")
    stick.mkdir()
    assert back_up_second(workspace.store, stick)
    assert len(backups(second_folder(workspace.store.path, stick))) == 1


def test_two_files_share_a_stick(workspace: Workspace, tmp_path: Path) -> None:
    other = Workspace.open(tmp_path / "elsewhere" / workspace.store.path.name)
    for one in (workspace, other):
        assert back_up_second(one.store, tmp_path)
        assert len(backups(second_folder(one.store.path, tmp_path))) == 1
    other.close()


def test_copies_of_older_versions_tell_what_they_hold(workspace: Workspace) -> None:
    folder = places.backup_folder(workspace.store.path)
    folder.mkdir(parents=True)
    old_files = sorted((Path(__file__).parents[1] / "old_files").glob("schema_*.db.gz"))
    for at, old in enumerate(old_files):
        copy = folder / f"20260101-0000{at:02}-000000.db"
        copy.write_bytes(gzip.decompress(old.read_bytes()))
    found = copies.copies(workspace.store.path)
    assert len(found) == len(old_files)
    for one in found:
        assert one.fault == ""
        assert one.counts["customer"] > 0
    assert set(copies.faults(found).values()) == {""}


def test_copies_from_before_and_after_a_password_are_both_read(db_path: Path) -> None:
    workspace = Workspace.open(db_path)
    plain = back_up(workspace.store)
    kept = db_path.with_name("kept.db")
    shutil.copy(plain.path, kept)
    workspace.close()
    key = passwords.protect(db_path, None, "correct horse").key
    assert key is not None
    shutil.copy(kept, places.backup_folder(db_path) / "20260101-000000-000000.db")
    found = copies.copies(db_path, passphrase=key.passphrase)
    assert len(found) == 2
    assert [one.fault for one in found] == ["", ""]
    assert [one.fault for one in copies.copies(db_path)] != ["", ""]


@pytest.mark.parametrize("old", sorted((Path(__file__).parents[1] / "old_files").glob("*.gz")))
def test_a_copy_of_an_older_version_is_looked_into_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: Path
) -> None:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    path = tmp_path / "20260101-000000-000000.db"
    path.write_bytes(gzip.decompress(old.read_bytes()))
    before = path.read_bytes()
    [copy] = backups(tmp_path)
    looked = copies.look_into(copy, Clock())
    assert looked.store.read_only
    assert looked.store.value("SELECT count(*) FROM customer") > 0
    assert looked.store.kept.folder == tmp_path / "files"
    looked.close()
    copies.forget_looked()
    assert path.read_bytes() == before
    assert [one for one in (tmp_path / "home").rglob("*") if one.is_file()] == []
