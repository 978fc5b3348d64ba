"""Whatever is spoilt: a new, sound file with all that can be read, and a word for what cannot."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from fieldsales import places
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import Cancelled, EnvironmentProblem, UserError
from fieldsales.services import checkup, passwords
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.backup import back_up
from fieldsales.store.salvage import Salvaged, salvage
from tests.workspaces import add, data

PAGE = 4096


@pytest.fixture
def customers(db_path: Path) -> list[str]:
    """Ids in a closed file of many pages, with history, trash, a photo and what is half typed."""
    workspace = Workspace.open(db_path)
    ids = [add(workspace, "customer", name=f"第{n}家", note="长" * 300) for n in range(40)]
    for customer in ids:
        add(workspace, "contact", name="王建国", customer_id=customer, note="好" * 300)
        add(workspace, "deal", title="年单", customer_id=customer)
    add(workspace, "customer", name="长文", note="很长的一段\n" * 2_000)  # over several pages
    workspace.run(EditRecord("customer", ids[0], {"region": "定边"}))
    workspace.run(TrashRecords("customer", (ids[1],)))
    workspace.run(KeepFile(name="门头.jpg", content=b"picture", customer_id=ids[2]))
    drafts.keep(workspace.store, "customer", ids[3], "phone", "138")
    workspace.close()
    return ids


def _root(path: Path, name: str) -> int:
    connection = sqlite3.connect(path)
    found: int = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = ?", [name]
    ).fetchone()[0]
    connection.close()
    return found


def _zero(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(bytes(PAGE))


def _records(path: Path) -> Mapping[str, list[tuple[object, ...]]]:
    workspace = Workspace.open(path)
    found = data(workspace)
    assert checkup.findings(workspace.store) == []
    workspace.close()
    return found


def _saved(path: Path) -> tuple[Salvaged, Mapping[str, list[tuple[object, ...]]]]:
    """What salvage says of a file, which stays as it is, and the records of the new one."""
    before = path.read_bytes()
    target = path.with_name("saved.db")
    report = salvage(path, target)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.salvaging*"))
    records = _records(target)
    return report, records


@pytest.mark.parametrize(
    "name",
    ["customer", "contact", "change", "op", "change_op", "sqlite_autoindex_customer_1", "setting"],
)
def test_no_page_at_the_root_of_a_table_takes_a_record_along(
    db_path: Path, customers: list[str], name: str
) -> None:
    whole = _records(db_path)
    _zero(db_path, _root(db_path, name))
    report, records = _saved(db_path)
    assert records == whole
    assert report.lost == 0
    assert report.files.there == 1


def test_a_lost_header_and_a_lost_first_page(db_path: Path, customers: list[str]) -> None:
    whole = _records(db_path)
    content = bytearray(db_path.read_bytes())
    content[:100] = bytes(100)
    db_path.write_bytes(content)
    assert _saved(db_path)[1] == whole
    (db_path.parent / "saved.db").unlink()
    _zero(db_path, 1)
    report, records = _saved(db_path)
    assert records == whole
    assert report.tables["customer"].put_back == 41


def test_a_spoilt_log_beside_the_file_is_read_to_its_end(
    db_path: Path, customers: list[str], tmp_path: Path
) -> None:
    """SQLite stops at the first spoilt page of the log: what was written after it would be lost."""
    workspace = Workspace.open(db_path)
    workspace.run(EditRecord("customer", customers[0], {"region": "靖边"}))
    later = [add(workspace, "customer", name=f"后来第{n}家") for n in range(20)]
    workspace.run(EditRecord("customer", customers[0], {"region": "横山"}))
    whole = data(workspace)
    broken = tmp_path / "broken" / db_path.name
    broken.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{db_path}{ending}", f"{broken}{ending}")
    workspace.close()
    log = Path(f"{broken}-wal")
    with log.open("r+b") as file:
        file.seek(32 + 24 + PAGE // 2)  # in the middle of the first page
        file.write(bytes(100))
    shutil.copytree(places.files_folder(db_path), places.files_folder(broken))
    report, records = _saved(broken)
    assert records == whole
    assert report.tables["customer"].put_back == len(later)


def test_what_cannot_be_read_is_told_and_nothing_refers_to_it(
    db_path: Path, customers: list[str]
) -> None:
    whole = _records(db_path)
    with db_path.open("r+b") as file:
        file.truncate(db_path.stat().st_size * 5 // 6 // PAGE * PAGE)
    report, records = _saved(db_path)
    lost = 0
    for noun in NOUNS:
        there = {row[0]: row for row in whole[noun]}
        assert {row[0] for row in records[noun]} <= there.keys()
        lost += len(there) - len(records[noun])
    assert 0 < report.lost <= lost
    assert report.tables["customer"].there == len(records["customer"]) > 0


def test_any_pages_may_be_spoilt(db_path: Path, customers: list[str]) -> None:
    whole = _records(db_path)
    content = db_path.read_bytes()
    chance = random.Random(5)
    same = 0
    for _ in range(12):
        db_path.write_bytes(content)
        _zero(db_path, *chance.sample(range(1, len(content) // PAGE), 3))
        _, records = _saved(db_path)
        same += records == whole
        for noun, rows in records.items():
            assert {row[0] for row in rows} <= {row[0] for row in whole[noun]}
        (db_path.parent / "saved.db").unlink()
    assert same > 8


def test_what_is_left_after_bits_have_flipped_agrees_with_itself(
    db_path: Path, customers: list[str]
) -> None:
    content = db_path.read_bytes()
    chance = random.Random(3)
    for _ in range(6):
        spoilt = bytearray(content)
        for _ in range(150):
            spoilt[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
        db_path.write_bytes(spoilt)
        _, records = _saved(db_path)  # and `check` finds nothing
        assert len(records["customer"]) > 20
        (db_path.parent / "saved.db").unlink()


def test_the_history_stays_and_what_was_before_is_not_undone(
    db_path: Path, customers: list[str]
) -> None:
    _zero(db_path, _root(db_path, "customer"))
    _saved(db_path)
    workspace = Workspace.open(db_path.with_name("saved.db"))
    entries = workspace.journal.history("customer", customers[0])
    assert [entry.after for entry in entries if entry.after and "region" in entry.after][-1] == {
        "region": "定边"
    }
    with pytest.raises(UserError, match=r"undo\.nothing"):
        workspace.undo()
    with pytest.raises(UserError, match=r"undo\.salvaged"):
        workspace.undo(3)
    assert drafts.of(workspace.store, "customer", customers[3]) == {"phone": "138"}
    workspace.run(EditRecord("customer", customers[0], {"region": "靖边"}))
    workspace.undo()
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_kept_files_come_from_the_backups_and_a_lost_one_is_told(
    db_path: Path, customers: list[str]
) -> None:
    workspace = Workspace.open(db_path)
    back_up(workspace.store)
    workspace.close()
    shutil.rmtree(places.files_folder(db_path))
    report, _ = _saved(db_path)
    assert (report.files.there, report.files.lost) == (1, 0)
    db_path.with_name("saved.db").unlink()
    shutil.rmtree(places.files_folder(db_path.with_name("saved.db")))
    shutil.rmtree(places.backup_folder(db_path))
    report, records = _saved(db_path)
    assert (report.files.there, report.files.lost) == (0, 1)
    assert records["attachment"] == []


def _no_file(path: Path) -> None:
    path.write_bytes(b"my notes" * 2_000)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [_no_file, _empty])
def test_where_nothing_can_be_read_there_is_no_new_file(
    db_path: Path, customers: list[str], spoil: Callable[[Path], None]
) -> None:
    spoil(db_path)
    with pytest.raises(EnvironmentProblem, match=r"salvage\.nothing"):
        salvage(db_path, db_path.with_name("saved.db"))
    assert [path.name for path in db_path.parent.glob("saved*")] == []


def test_a_place_that_takes_nothing_and_a_stop_leave_nothing(
    db_path: Path, customers: list[str]
) -> None:
    with pytest.raises(EnvironmentProblem, match=r"salvage\.cannot_write"):
        salvage(db_path, db_path / "saved.db")

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        salvage(db_path, db_path.with_name("saved.db"), watch=stop)
    assert [path.name for path in db_path.parent.glob("saved*")] == []


@pytest.mark.parametrize("spoilt", [bytes(PAGE), b"garbage"], ids=["emptied", "garbled"])
def test_a_file_with_a_password_keeps_it(
    db_path: Path, customers: list[str], spoilt: bytes
) -> None:
    whole = _records(db_path)
    key = passwords.protect(db_path, None, "correct horse").key
    assert key is not None
    workspace = Workspace.open(db_path, passphrase=key.passphrase)
    root = workspace.store.value("SELECT rootpage FROM sqlite_schema WHERE name = 'customer'")
    workspace.close()
    with db_path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(spoilt)
    target = db_path.with_name("saved.db")
    report = salvage(db_path, target, key.passphrase)
    assert report.lost == 0
    assert passwords.is_locked(target)
    workspace = Workspace.open(
        target, passphrase=passwords.unlock(target, "correct horse").passphrase
    )
    assert data(workspace) == whole
    assert checkup.findings(workspace.store) == []
    workspace.close()


@pytest.fixture
def encrypted(db_path: Path, customers: list[str]) -> str:
    """The passphrase of the file, which has a password and one backup."""
    key = passwords.protect(db_path, None, "correct horse").key
    assert key is not None
    with closing(Workspace.open(db_path, passphrase=key.passphrase)) as workspace:
        back_up(workspace.store)
        add(workspace, "customer", name="备份以后的", note="长" * 9_000)
    return key.passphrase


def _saved_customers(path: Path, passphrase: str) -> set[str]:
    """Names of what salvage saves, in a file that is sound."""
    target = path.with_name("saved.db")
    salvage(path, target, passphrase)
    assert {one.name for one in path.parent.glob("saved*")} == {"saved.db", "saved.files"}
    with closing(Workspace.open(target, passphrase=passphrase)) as workspace:
        assert checkup.findings(workspace.store) == []
        return {name for (name,) in workspace.store.rows("SELECT name FROM customer")}


def test_an_encrypted_file_that_lost_its_first_page_borrows_that_of_a_backup(
    db_path: Path, encrypted: str
) -> None:
    _zero(db_path, 1)
    assert passwords.unlock(db_path, "correct horse").passphrase == encrypted
    names = _saved_customers(db_path, encrypted)
    assert names == {"长文", "备份以后的", *(f"第{n}家" for n in range(40))}


def test_an_encrypted_file_that_was_cut_short_gives_what_is_left(
    db_path: Path, encrypted: str
) -> None:
    whole = db_path.stat().st_size
    os.truncate(db_path, whole - whole // 6 + 99)  # not at the end of a page
    names = _saved_customers(db_path, encrypted)
    assert len(names & {f"第{n}家" for n in range(40)}) == 40


def test_an_encrypted_file_without_beginning_or_backup_says_what_is_left_to_do(
    db_path: Path, encrypted: str
) -> None:
    shutil.rmtree(places.backup_folder(db_path))
    _zero(db_path, 1)
    with pytest.raises(EnvironmentProblem, match=r"salvage\.nothing_encrypted"):
        salvage(db_path, db_path.with_name("saved.db"), encrypted)
    assert not list(db_path.parent.glob("saved*"))
