"""The password of a file: set, changed, taken off, with all that lies beside the file."""

from __future__ import annotations

import gzip
import itertools
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldsales import places
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services import checkup, copies, passwords
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store import conversion, drafts
from fieldsales.store._connection import database
from fieldsales.store.backup import back_up, backups
from fieldsales.store.queries.hits import hits
from fieldsales.store.restoring import restore
from fieldsales.store.sealing import Key, fitting, keys, salt_of
from tests.workspaces import add, data_hash

NAME = "海润牧业"
OLD_FILE = Path(__file__).parents[1] / "old_files" / "schema_0001.db.gz"
PASSWORD, OTHER = "三盏灯 过河 骑马", "another password"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def path(home: Path) -> Path:
    """A file with a draft, a photo, a backup of each and a file that a restore set aside."""
    path = places.default_database()
    workspace = Workspace.open(path)
    customer = add(workspace, "customer", name=NAME, note="长" * 3_000)
    workspace.run(KeepFile("门头.txt", NAME.encode() * 50, customer_id=customer))
    drafts.keep(workspace.store, "customer", customer, "note", f"{NAME}说")
    made = back_up(workspace.store)
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    workspace.close()
    restore(made.path, path)
    workspace = Workspace.open(path)
    workspace.run(EditRecord("customer", customer, {"region": "靖边"}))
    back_up(workspace.store)
    workspace.close()
    return path


def _told(home: Path) -> list[Path]:
    """Files that tell the customer's name, inside or by what they are called."""
    files = [one for one in home.rglob("*") if one.is_file()]
    return [one for one in files if NAME.encode() in one.read_bytes() or NAME in one.name]


def _hash(path: Path, passphrase: str = "") -> str:
    workspace = Workspace.open(path, passphrase=passphrase)
    try:
        assert checkup.findings(workspace.store) == []
        assert [hit.title for hit in hits(workspace.store, "hairun", limit=1)] == [NAME]
        sha256 = workspace.store.value("SELECT sha256 FROM attachment")
        assert workspace.store.kept.read(sha256) == NAME.encode() * 50
        return data_hash(workspace)
    finally:
        workspace.close()


def test_a_password_closes_all_there_is_and_comes_off_again(home: Path, path: Path) -> None:
    before = _hash(path)
    assert len(_told(home)) >= 4
    assert not passwords.is_locked(path)
    small = places.cache_folder() / "thumbnails" / "a.jpg"
    small.parent.mkdir(parents=True)
    small.write_bytes(NAME.encode())
    set_ = passwords.protect(path, None, PASSWORD)
    assert set_.key is not None
    assert set_.left == ()
    assert _told(home) == []
    assert passwords.is_locked(path)
    with pytest.raises(EnvironmentProblem) as told:
        Workspace.open(path)
    assert told.value.code == "store.sealed"
    assert passwords.unlock(path, PASSWORD) == set_.key
    assert passwords.unlock(path, set_.key.code) == set_.key
    with pytest.raises(EnvironmentProblem) as told:
        passwords.unlock(path, OTHER)
    assert told.value.code == "store.wrong_password"
    assert _hash(path, set_.key.passphrase) == before
    changed = passwords.protect(path, set_.key, OTHER)
    assert changed.key is not None
    for gone in (PASSWORD, set_.key.code):
        with pytest.raises(EnvironmentProblem):
            passwords.unlock(path, gone)
    assert _hash(path, changed.key.passphrase) == before
    assert _told(home) == []
    salts = {salt_of(one) for one in home.rglob("*.db")}
    assert salts == {changed.key.salt}  # copies, too
    assert passwords.unprotect(path, changed.key).left == ()
    assert _hash(path) == before
    assert {salt_of(one) for one in home.rglob("*") if one.is_file()} == {None}
    assert not [one for one in home.rglob("*") if one.suffix in (".former", ".converting")]


def test_work_in_a_closed_file_tells_nothing(home: Path, path: Path) -> None:
    key = passwords.protect(path, None, PASSWORD).key
    assert key is not None
    workspace = Workspace.open(path, passphrase=key.passphrase)
    customer = workspace.store.value("SELECT id FROM customer")
    workspace.run(KeepFile("合同.txt", f"{NAME}合同".encode(), customer_id=customer))
    workspace.run(EditRecord("customer", customer, {"note": NAME * 900}))
    drafts.keep(workspace.store, "customer", customer, "note", f"{NAME}又说")
    assert (path.parent / f"{path.name}-wal").stat().st_size > 0
    assert _told(home) == []
    made = back_up(workspace.store)
    assert _told(home) == []
    before = data_hash(workspace)
    workspace.close()
    shutil.rmtree(places.files_folder(path))
    kept = restore(made.path, path, key.passphrase)
    assert kept is not None
    restored = Workspace.open(path, passphrase=key.passphrase)
    assert data_hash(restored) == before
    assert checkup.findings(restored.store) == []
    restored.close()
    assert _told(home) == []


def test_a_plain_copy_is_restored_under_the_key_of_the_file(home: Path, path: Path) -> None:
    plain = home.parent / "stick" / backups(places.backup_folder(path))[0].path.name
    shutil.copytree(places.backup_folder(path), plain.parent)
    before = _hash(path)
    key = passwords.protect(path, None, PASSWORD).key
    assert key is not None
    restore(plain, path, under=key.passphrase)
    assert _hash(path, key.passphrase) == before
    assert _told(home) == []


def test_a_damaged_file_knows_its_password_by_the_backups(path: Path) -> None:
    key = passwords.protect(path, None, PASSWORD).key
    assert key is not None
    spoilt = bytearray(path.read_bytes())
    spoilt[0:200] = bytes(200)
    path.write_bytes(spoilt)
    assert passwords.is_locked(path)
    assert passwords.unlock(path, PASSWORD) == key
    with pytest.raises(EnvironmentProblem) as told:
        Workspace.open(path, passphrase=key.passphrase)
    assert told.value.code in ("store.not_a_database", "store.damaged")


def test_a_cut_in_the_middle_of_a_change_is_taken_back_before_the_password_is_tried(
    path: Path,
) -> None:
    key = passwords.protect(path, None, PASSWORD).key
    assert key is not None
    shutil.rmtree(places.backup_folder(path))  # which would tell that the password is right
    before = _hash(path, key.passphrase)
    with closing(database(path, key.passphrase)) as file:  # as a change of the password begins
        connection = file.connection()
        for statement in ("journal_mode = delete", "cache_size = 1"):
            connection.execute(f"PRAGMA {statement}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE op SET kind = replace(hex(zeroblob(9999)), '0', 'x')")
        left = path.with_name("left")
        shutil.copy(path, left)
        shutil.copy(f"{path}-journal", f"{left}-journal")
        connection.execute("ROLLBACK")
    assert left.read_bytes() != path.read_bytes()
    for part in ("", "-journal"):
        Path(f"{left}{part}").replace(f"{path}{part}")
    with pytest.raises(EnvironmentProblem, match=r"store\.wrong_password"):
        passwords.unlock(path, OTHER)
    assert passwords.unlock(path, PASSWORD) == key
    assert _hash(path, key.passphrase) == before


def test_what_cannot_be_a_password_is_refused(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError) as told:
        passwords.protect(path, None, "kurz")
    assert told.value.code == "lock.too_short"
    with pytest.raises(EnvironmentProblem) as missing:
        passwords.unlock(path, PASSWORD)
    assert missing.value.code == "store.not_sealed"
    assert path.read_bytes() == before


def test_a_file_at_work_elsewhere_is_not_converted(path: Path) -> None:
    other = Workspace.open(path)
    before = data_hash(other)
    with pytest.raises(EnvironmentProblem) as told:
        passwords.protect(path, None, PASSWORD)
    assert told.value.code == "store.locked"
    assert data_hash(other) == before
    other.close()
    assert _hash(path) == before


def test_a_copy_that_cannot_be_read_is_left_and_told(path: Path) -> None:
    broken = backups(places.backup_folder(path))[-1].path
    broken.write_bytes(broken.read_bytes()[:5_000])
    assert passwords.protect(path, None, PASSWORD).left == (broken,)


class _Stop(Exception):
    """The program ends here, as by a lost battery."""


@contextmanager
def _ending(at: int) -> Iterator[None]:
    """Ends the program at one of the moments when a file takes its name or goes."""
    replace, unlink = Path.replace, Path.unlink
    moments = itertools.count()

    def replacing(self: Path, target: Path) -> Path:
        if next(moments) >= at:  # what is to be tidied up is not any more
            raise _Stop
        return replace(self, target)

    def unlinking(self: Path, missing_ok: bool = False) -> None:
        if self.exists() and next(moments) >= at:
            raise _Stop
        unlink(self, missing_ok=missing_ok)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", replacing)
        patch.setattr(Path, "unlink", unlinking)
        yield


@pytest.mark.parametrize("way", ["set", "change", "remove"])
def test_a_crash_at_any_moment_leaves_the_old_or_the_new(
    home: Path, path: Path, way: str, tmp_path: Path
) -> None:
    old = passwords.protect(path, None, OTHER).key if way != "set" else None
    new = Key.made(PASSWORD)
    former = old.passphrase if old else ""
    before = _hash(path, former)
    target = "" if way == "remove" else new.passphrase
    shutil.copytree(home, tmp_path / "as it was")
    for at in itertools.count():
        try:
            with _ending(at):
                conversion.convert(path, former, target)
        except _Stop:
            pass
        else:
            break
        [works] = [one for one in (former, target) if _opens(path, one)]
        assert _hash(path, works) == before
        if works:
            assert _told(home) == []
        shutil.rmtree(home)
        shutil.copytree(tmp_path / "as it was", home)
    assert at > 8


def _opens(path: Path, passphrase: str) -> bool:
    try:
        Workspace.open(path, passphrase=passphrase).close()
    except EnvironmentProblem:
        return False
    return True


def test_backups_in_a_second_folder_follow_and_one_that_was_away_is_still_good(
    home: Path, path: Path
) -> None:
    usb = home.parent / "usb"
    folder = copies.second_folder(path, usb)
    shutil.copytree(places.backup_folder(path), folder)
    shutil.copytree(folder, home.parent / "in the bag")
    before = _hash(path)
    key = passwords.protect(path, None, PASSWORD, folders=[folder]).key
    assert key is not None
    assert _told(usb) == []
    assert {salt_of(one.path) for one in backups(folder)} == {key.salt}
    shutil.rmtree(usb)
    shutil.copytree(home.parent / "in the bag", folder)  # it comes as it was
    found = [one for one in copies.copies(path, usb, key.passphrase) if one.place == "second"]
    assert [one.fault for one in found] == ["", ""]
    assert set(copies.faults(found, key.passphrase).values()) == {""}
    old = found[0].path
    restore(old, path, fitting(old, key.passphrase), under=key.passphrase)
    assert _hash(path, key.passphrase) == before
    assert _told(home) == []


def test_backups_of_an_earlier_password_follow_once_it_is_typed(home: Path, path: Path) -> None:
    """Those on a stick that was away while the password changed; twice it did."""
    usb = home.parent / "usb"
    folder = copies.second_folder(path, usb)
    before = _hash(path)
    first = passwords.protect(path, None, PASSWORD).key
    shutil.copytree(places.backup_folder(path), folder)
    second = passwords.protect(path, first, OTHER).key
    shutil.copy(backups(places.backup_folder(path))[0].path, folder / "20200101-000000-000000.db")
    key = passwords.protect(path, second, "the third one").key
    assert key is not None
    for typed in (PASSWORD, OTHER):
        listed = copies.copies(path, usb, key.passphrase)
        left = [one.path for one in listed if one.fault == "backup.other_password"]
        assert folder in {one.parent for one in left}
        with pytest.raises(EnvironmentProblem, match=r"backup\.other_password"):
            restore(left[0], path, key.passphrase)
        with pytest.raises(EnvironmentProblem, match=r"store\.wrong_password"):
            passwords.catch_up(path, key.passphrase, left, "neither of them", folders=[folder])
        passwords.catch_up(path, key.passphrase, left, typed, folders=[folder])
    listed = copies.copies(path, usb, key.passphrase)
    assert set(copies.faults(listed, key.passphrase).values()) == {""}
    assert {salt_of(one) for one in usb.rglob("*") if one.is_file()} == {key.salt}
    restore(backups(folder)[0].path, path, key.passphrase)
    assert _hash(path, key.passphrase) == before
    assert _told(home.parent) == []


def test_a_file_of_an_earlier_password_brings_the_newer_backups_back_to_it(
    home: Path, path: Path
) -> None:
    first = passwords.protect(path, None, PASSWORD).key
    old = home.parent / "old.db"
    shutil.copy(backups(places.backup_folder(path))[0].path, old)
    second = passwords.protect(path, first, OTHER).key
    assert first is not None
    assert second is not None
    before = _hash(path, second.passphrase)
    restore(old, path, first.passphrase)  # as the command does, where nobody types the other
    listed = copies.copies(path, None, first.passphrase)
    assert {one.fault for one in listed} == {"backup.other_password"}
    left = [one.path for one in listed]
    passwords.catch_up(path, first.passphrase, left, OTHER)
    assert {one.fault for one in copies.copies(path, None, first.passphrase)} == {""}
    assert _hash(path, first.passphrase) == before  # the photo, too
    passwords.unprotect(path, first)
    assert {salt_of(one) for one in home.rglob("*") if one.is_file()} == {None}


def test_a_second_folder_that_takes_no_writing_is_told_and_tried_again(
    home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copies.second_folder(path, home.parent / "usb")
    shutil.copytree(places.backup_folder(path), folder)
    there = sorted(one.path for one in backups(folder))
    before = _hash(path)
    put = places.put

    def refused(unfinished: Path, target: Path) -> None:
        if folder in target.parents:
            raise PermissionError(target)
        put(unfinished, target)

    with monkeypatch.context() as patch:
        patch.setattr(places, "put", refused)
        done = passwords.protect(path, None, PASSWORD, folders=[folder])
        assert done.key is not None
        assert sorted(done.left) == sorted([*there, folder / "files"])
        assert _hash(path, done.key.passphrase) == before  # it opens all the same
        assert _told(home) == []
    Workspace.open(path, passphrase=done.key.passphrase).close()
    assert _told(folder) == []
    assert {salt_of(one) for one in there} == {done.key.salt}
    assert not conversion.is_converting(path)


def test_an_old_file_is_encrypted_as_it_is_and_brought_up_to_date(
    home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(OLD_FILE.read_bytes()))
    key = passwords.protect(path, None, PASSWORD).key
    assert key is not None
    workspace = Workspace.open(path, passphrase=key.passphrase)
    assert checkup.findings(workspace.store) == []
    assert workspace.store.value("SELECT count(*) FROM customer")
    workspace.close()
    [copy] = backups(places.backup_folder(path))  # made before it was changed
    assert salt_of(copy.path) == key.salt


def test_a_place_that_takes_no_writing(path: Path) -> None:
    key = passwords.protect(path, None, PASSWORD).key
    assert key is not None
    assert passwords.unlock(path, PASSWORD) == key
    reader = Workspace.open(path, passphrase=key.passphrase, read_only=True)
    assert reader.store.value("SELECT name FROM customer") == NAME
    reader.close()


@given(st.text(min_size=8, max_size=30))
@settings(max_examples=5)
def test_any_text_can_be_a_password(typed: str) -> None:
    key = Key.made(typed)
    assert any(one == key for one in keys(typed, key.salt))
    assert next(keys(key.code, key.salt)) == key
