"""A damaged file is called so, never half believed, and the way back is open."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from fieldsales import places
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services import checkup, duplicates
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up, backups, newest_good
from fieldsales.store.queries import customers, deals
from fieldsales.store.queries.hits import hits
from fieldsales.store.restoring import restore
from fieldsales.store.sealing import Key
from tests.faults.conftest import fill
from tests.workspaces import data_hash

PAGE = 4096


def _refused(path: Path, code: str) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(EnvironmentProblem) as caught:
        Workspace.open(path)
    assert caught.value.code == code
    assert caught.value.params == {"path": str(path)}
    assert before == (path.read_bytes() if path.is_file() else None)


@pytest.mark.parametrize(
    "content", [b"my notes", b"\x00" * 100_000, b"PK\x03\x04 a spreadsheet" * 99]
)
def test_what_is_no_database(db_path: Path, content: bytes) -> None:
    db_path.write_bytes(content)
    _refused(db_path, "store.not_a_database")


def test_a_wrong_beginning(db_path: Path, filled: str) -> None:
    content = bytearray(db_path.read_bytes())
    content[:16] = b"SQLite format 4\x00"
    db_path.write_bytes(content)
    _refused(db_path, "store.not_a_database")


def test_a_folder_in_the_place_of_the_file(db_path: Path) -> None:
    db_path.mkdir()
    _refused(db_path, "store.cannot_open")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    _refused(tmp_path / "data" / "f.db", "store.cannot_open")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"store\.cannot_open"):
        Workspace.open(tmp_path / "\udcff.db")


def test_names_that_mean_something_to_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file:x.db?mode=memory", "a%20b?c#d.db"):
        workspace = Workspace.open(Path(name))
        workspace.close()
        assert (tmp_path / name).is_file()
        reader = Workspace.open(Path(name), read_only=True)
        assert reader.store.value("SELECT count(*) FROM customer") == 0
        reader.close()


@pytest.mark.parametrize("pages", [1, 2, 20, 100])
def test_a_truncated_file(db_path: Path, filled: str, pages: int) -> None:
    os.truncate(db_path, pages * PAGE)
    _refused(db_path, "store.damaged")


def test_an_emptied_file_is_not_filled_anew_while_there_are_copies(
    db_path: Path, filled: str
) -> None:
    workspace = Workspace.open(db_path)
    made = back_up(workspace.store)
    workspace.close()
    db_path.write_bytes(b"")
    _refused(db_path, "store.damaged")
    assert newest_good(places.backup_folder(db_path)) == made
    restore(made.path, db_path)
    workspace = Workspace.open(db_path)
    assert data_hash(workspace) == filled
    workspace.close()


def _zero(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(bytes(PAGE))


def test_a_zeroed_page_is_found_by_check_and_by_the_backup(db_path: Path, filled: str) -> None:
    workspace = Workspace.open(db_path)
    page = workspace.store.value("SELECT rootpage FROM sqlite_schema WHERE name = 'customer'")
    workspace.close()
    _zero(db_path, page)
    workspace = Workspace.open(db_path)
    customer = workspace.store.value("SELECT id FROM customer")
    assert {finding["code"] for finding in checkup.findings(workspace.store)} == {"check.integrity"}
    for work in (
        lambda: back_up(workspace.store),
        lambda: data_hash(workspace),
        lambda: workspace.run(EditRecord("customer", customer, {"name": "y"})),
        workspace.undo,
    ):
        with pytest.raises(EnvironmentProblem) as caught:
            work()
        assert caught.value.code == "store.damaged"
        assert caught.value.params == {"path": str(db_path)}
    workspace.close()


def _root(workspace: Workspace, name: str) -> int:
    """The first page of a table or an index."""
    page: int = workspace.store.value("SELECT rootpage FROM sqlite_schema WHERE name = ?", [name])
    return page


def _spoilt_page(path: Path, page: int) -> None:
    _zero(path, page)


def _cut_short(path: Path, _page: int) -> None:
    os.truncate(path, path.stat().st_size // PAGE // 2 * PAGE)


def _spoilt_header(path: Path, _page: int) -> None:
    """The pages that are free begin where there is none."""
    with path.open("r+b") as file:
        file.seek(32)
        file.write(bytes.fromhex("00ffffff 00000003"))


@pytest.mark.parametrize("password", ["", "海润牧业 2026"], ids=["plain", "encrypted"])
@pytest.mark.parametrize(
    ("spoil", "of"),
    [
        (_spoilt_page, "customer"),
        (_spoilt_page, "visit_customer_id"),
        (_spoilt_page, "change_op"),
        (_spoilt_page, "search_index_data"),
        (_cut_short, "customer"),
        (_spoilt_header, "customer"),
    ],
)
def test_a_backup_tells_what_is_spoilt_and_costs_no_copy(
    db_path: Path, spoil: Callable[[Path, int], None], of: str, password: str
) -> None:
    passphrase = Key.made(password).passphrase if password else ""
    workspace = Workspace.open(db_path, passphrase=passphrase)
    fill(workspace, 8)
    good = back_up(workspace.store)
    page = _root(workspace, of)
    workspace.close()
    spoil(db_path, page)
    with (
        pytest.raises(EnvironmentProblem) as caught,
        closing(Workspace.open(db_path, passphrase=passphrase)) as workspace,
    ):
        back_up(workspace.store)
    assert caught.value.code in ("store.damaged", "store.not_a_database")
    assert [one.path for one in backups(good.path.parent)] == [good.path]
    assert newest_good(good.path.parent, passphrase) == good


def test_a_backup_tells_of_a_reference_to_nothing(db_path: Path, filled: str) -> None:
    workspace = Workspace.open(db_path)
    connection = workspace.store.connection
    connection.execute("PRAGMA foreign_keys = 0")
    with workspace.store.transaction():
        connection.execute("UPDATE op SET undoes = 999999 WHERE seq = 3")
    with pytest.raises(EnvironmentProblem, match=r"store\.damaged"):
        back_up(workspace.store)
    assert backups(places.backup_folder(db_path)) == []
    workspace.close()


def test_an_index_that_disagrees_is_told_by_check_and_mended_by_restoring(
    db_path: Path, filled: str
) -> None:
    """It holds nothing that its table does not: a copy of it is as good as any other."""
    workspace = Workspace.open(db_path)
    customer = workspace.store.value("SELECT id FROM customer LIMIT 1")
    page = _root(workspace, "visit_customer_id")
    workspace.close()
    content = bytearray(db_path.read_bytes())
    at = content.index(customer.encode(), (page - 1) * PAGE, page * PAGE)
    content[at] = ord("z")
    db_path.write_bytes(content)
    workspace = Workspace.open(db_path)
    assert {finding["code"] for finding in checkup.findings(workspace.store)} == {"check.integrity"}
    made = back_up(workspace.store)
    workspace.close()
    restore(made.path, db_path)
    workspace = Workspace.open(db_path)
    assert checkup.findings(workspace.store) == []
    assert data_hash(workspace) == filled
    workspace.close()


def test_a_spoilt_index_is_told_by_every_search(db_path: Path, filled: str) -> None:
    workspace = Workspace.open(db_path)
    store = workspace.store
    with store.transaction() as connection:
        connection.execute("UPDATE search_index_data SET block = substr(block, 1, 8) WHERE id > 10")
    for search in (
        lambda: hits(store, "养殖场"),
        lambda: customers.found_ids(store, "养殖场"),
        lambda: duplicates.likely(store, "customer", {"name": "第3养殖场"}),
        lambda: customers.likely(store, "养殖场", 5),
        lambda: deals.found_ids(store, "养殖场"),
    ):
        with pytest.raises(EnvironmentProblem) as caught:
            search()
        assert caught.value.code == "store.damaged"
        assert caught.value.params == {"path": str(db_path)}
    workspace.close()


def test_damage_anywhere_is_told_or_harmless(db_path: Path, filled: str) -> None:
    """Whatever bytes are spoilt: trouble we can tell, or the same records as before."""
    whole = db_path.read_bytes()
    chance = random.Random(2)
    told = 0
    for _ in range(60):
        content = bytearray(whole)
        at, length = chance.randrange(len(content)), chance.choice((1, 40, PAGE, 5 * PAGE))
        content[at : at + length] = chance.choice((bytes(length), chance.randbytes(length)))
        db_path.write_bytes(content)
        try:
            told += _spoilt(db_path, filled)
        except EnvironmentProblem as problem:
            told += problem.code in ("store.damaged", "store.not_a_database", "store.not_ours")
    assert told > 30


def _spoilt(path: Path, records: str) -> bool:
    """Whether check finds something; a clean file must hold the old records, and work on."""
    workspace = Workspace.open(path)
    try:
        if checkup.findings(workspace.store):
            return True
        assert data_hash(workspace) == records
        customer = workspace.store.value("SELECT id FROM customer")
        workspace.run(EditRecord("customer", customer, {"region": "定边"}))
        workspace.undo()
        assert data_hash(workspace) == records
        return False
    except UserError:  # such as an operation whose images are spoilt
        return True
    finally:
        workspace.close()
