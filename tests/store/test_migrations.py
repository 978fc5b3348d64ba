"""The schema: as the nouns declare it, made in steps that lose nothing, refused where not ours."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fieldsales import places
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import EnvironmentProblem, FieldError
from fieldsales.services import checkup
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store import database, drafts
from fieldsales.store.backup import backups
from fieldsales.store.migrations import Connection, Migration, m0020_likes, migrations
from fieldsales.store.queries.hits import hits
from fieldsales.store.queries.settings import setting
from tests.workspaces import add, data_hash

OLD_FILES = sorted((Path(__file__).parents[1] / "old_files").glob("schema_*.db.gz"))
WHOLE_NUMBERS = (Kind.INTEGER, Kind.MONEY, Kind.FLAG)
MAY_BE_NULL = (Kind.INTEGER, Kind.MONEY, Kind.DATE, Kind.MOMENT, Kind.REFERENCE)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_table_has_the_columns_its_noun_declares(workspace: Workspace, noun: str) -> None:
    expected = {
        "id": ("TEXT", True),
        "created_at": ("TEXT", True),
        "trashed_at": ("TEXT", False),
    }
    for name, field in fields(NOUNS[noun]).items():
        kind = "INTEGER" if field.kind in WHOLE_NUMBERS else "TEXT"
        expected[name] = (kind, field.required or field.kind not in MAY_BE_NULL)
    columns = workspace.store.rows(f"PRAGMA table_info({noun})")
    assert {name: (kind, bool(required)) for _, name, kind, required, _, _ in columns} == expected
    assert [row[5] for row in workspace.store.rows("PRAGMA table_list") if row[1] == noun] == [1]


@pytest.mark.parametrize("noun", NOUNS)
def test_references_are_kept_and_indexed(workspace: Workspace, noun: str) -> None:
    declared = {
        (name, field.noun)
        for name, field in fields(NOUNS[noun]).items()
        if field.kind is Kind.REFERENCE
    }
    keys = workspace.store.rows(f"PRAGMA foreign_key_list({noun})")
    assert {(key[3], key[2]) for key in keys} == declared
    indexed = {
        workspace.store.rows(f"PRAGMA index_info({index[1]})")[0][2]
        for index in workspace.store.rows(f"PRAGMA index_list({noun})")
    }
    assert {name for name, _ in declared} <= indexed


def test_every_journaled_table_is_a_noun(workspace: Workspace) -> None:
    triggers = workspace.store.rows(
        "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger'"
    )
    assert {table for (table,) in triggers} == set(NOUNS)


def test_there_is_a_file_of_every_schema() -> None:
    assert [path.name for path in OLD_FILES] == [
        f"schema_{step.number:04d}.db.gz" for step in migrations()
    ]


@pytest.mark.parametrize("old", OLD_FILES, ids=lambda path: path.name)
def test_an_old_file_opens_and_keeps_its_data(db_path: Path, old: Path) -> None:
    db_path.write_bytes(gzip.decompress(old.read_bytes()))
    workspace = Workspace.open(db_path)
    store = workspace.store
    assert checkup.findings(store) == []
    [customer] = store.records(Customer, "SELECT * FROM customer WHERE trashed_at IS NULL")
    assert (customer.name, customer.own_id, customer.employees, customer.region) == (
        "海润牧业𠮷",
        "0012",
        120,
        "定边",
    )
    assert store.rows("SELECT title, stage, amount FROM deal") == [("预混料", "target", 1_250_000)]
    assert store.rows("SELECT their_action, state FROM visit") == [("试用 3 吨", "concluded")]
    assert setting(store, "letterhead.company", "") == "海源饲料"
    assert drafts.of(store, "customer", customer.id) == {"employees": "一百来人"}
    assert {hit.kind for hit in hits(store, "hairun")} >= {"customer"}
    assert [entry.step.kind for entry in workspace.journal.history("customer", customer.id)] == [
        "edit_record",
        "add_record",
    ]
    workspace.redo()
    assert store.value("SELECT title FROM contact") == "场长"
    while workspace.journal.undoable():
        workspace.undo()
    assert store.value("SELECT count(*) FROM customer") == 0
    assert checkup.findings(store) == []
    workspace.close()


def test_people_of_an_old_file_take_what_came_later(db_path: Path) -> None:
    db_path.write_bytes(gzip.decompress(OLD_FILES[1].read_bytes()))
    workspace = Workspace.open(db_path)
    store = workspace.store
    [person] = store.records(Contact, "SELECT * FROM contact")
    assert (person.vacant, person.birthday_leap, person.plays_fair) == (0, 0, None)
    before = data_hash(workspace)
    clue = add(workspace, "clue", contact_id=person.id, code="asks_price")
    workspace.run(EditRecord("contact", person.id, {"plays_fair": -1}))
    assert checkup.findings(store) == []
    assert workspace.journal.history("clue", clue)[0].after == {
        "created_at": store.value("SELECT created_at FROM clue"),
        "contact_id": person.id,
        "code": "asks_price",
        "source": "met",
    }
    workspace.undo()
    workspace.undo()
    assert data_hash(workspace) == before
    workspace.close()


def test_what_an_older_version_did_not_index_is_found(db_path: Path) -> None:
    [old] = [path for path in OLD_FILES if path.name == "schema_0005.db.gz"]
    db_path.write_bytes(gzip.decompress(old.read_bytes()))
    workspace = Workspace.open(db_path)
    for asked, noun in (
        ("断奶", "worksheet"),
        ("氨基酸", "worksheet"),
        ("dzjqlzs", "own_entry"),
        ("cheqian", "checklist"),
        ("自评", "checklist_result"),
    ):
        assert [hit.kind for hit in hits(workspace.store, asked)] == [noun]
    workspace.close()


def test_lines_of_an_old_file_take_what_came_later(db_path: Path) -> None:
    db_path.write_bytes(gzip.decompress(OLD_FILES[2].read_bytes()))
    workspace = Workspace.open(db_path)
    store = workspace.store
    visit, deal = store.rows("SELECT visit.id, deal.id FROM visit, deal")[0]
    before = data_hash(workspace)
    heard = add(
        workspace, "visit_item", visit_id=visit, kind="objection", text="太贵", worked="yes"
    )
    add(workspace, "visit_item", deal_id=deal, text="一个月用多少？")
    product = add(workspace, "product", name="乳猪宝")
    assert [hit.id for hit in hits(store, "ruzhubao")] == [product]
    assert checkup.findings(store) == []
    assert workspace.journal.history("visit_item", heard)[0].after["worked"] == "yes"
    with pytest.raises(FieldError, match=r"field\.required"):
        add(workspace, "visit_item", text="无处可放")
    for _ in range(3):
        workspace.undo()
    assert data_hash(workspace) == before
    assert hits(store, "ruzhubao") == []
    workspace.close()


@pytest.mark.parametrize("old", OLD_FILES, ids=lambda path: path.name)
def test_a_released_step_never_changes(workspace: Workspace, tmp_path: Path, old: Path) -> None:
    """The schema of an old file brought up to date is that of a new one."""
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(old.read_bytes()))
    brought = Workspace.open(path)
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
    assert brought.store.rows(schema) == workspace.store.rows(schema)
    brought.close()


def _refused(path: Path, code: str) -> None:
    """Opening is refused either way, and no byte differs afterwards."""
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(EnvironmentProblem) as caught:
            Workspace.open(path, read_only=read_only)
        assert caught.value.code == code
        assert caught.value.params == {"path": str(path)}
        assert path.read_bytes() == before
        # who may only read leaves the empty log that reading made
        assert read_only or [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_newer_file_is_left_alone(db_path: Path) -> None:
    workspace = Workspace.open(db_path)
    add(workspace, "customer", name="海润")
    workspace.close()
    tomorrow = sqlite3.connect(db_path)
    tomorrow.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    tomorrow.execute("CREATE TABLE invented_tomorrow (id TEXT)")
    tomorrow.commit()
    tomorrow.close()
    _refused(db_path, "store.newer_schema")


@pytest.mark.parametrize("journal_mode", ["delete", "wal"])
@pytest.mark.parametrize("version", [0, 1, 99])
def test_another_programs_file_is_left_alone(
    db_path: Path, journal_mode: str, version: int
) -> None:
    theirs = sqlite3.connect(db_path)
    theirs.execute(f"PRAGMA journal_mode = {journal_mode}")
    theirs.execute(f"PRAGMA user_version = {version}")
    theirs.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT)")
    theirs.execute("INSERT INTO customer (name) VALUES ('theirs')")
    theirs.commit()
    theirs.close()
    _refused(db_path, "store.not_ours")


def test_an_empty_database_of_nobody_becomes_ours(db_path: Path) -> None:
    sqlite3.connect(db_path).close()
    db_path.touch()
    workspace = Workspace.open(db_path)
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_reading_only_makes_no_file(db_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"store\.cannot_open"):
        Workspace.open(db_path, read_only=True)
    assert not db_path.exists()


NextStep = Callable[[Callable[[Connection], None]], None]


@pytest.fixture
def next_step(monkeypatch: pytest.MonkeyPatch) -> NextStep:
    """Ships one more migration."""

    def ship(up: Callable[[Connection], None]) -> None:
        steps = [*migrations(), Migration(len(migrations()) + 1, "m_next", up)]
        monkeypatch.setattr(database, "migrations", lambda: steps)

    return ship


@pytest.fixture
def old_file(db_path: Path) -> str:
    """A file as this version leaves it; gives the hash of its records."""
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润")
    add(workspace, "contact", name="王建国", customer_id=customer)
    result = data_hash(workspace)
    workspace.close()
    return result


def test_a_step_backs_up_first_and_journals_what_is_new(
    db_path: Path, old_file: str, next_step: NextStep
) -> None:
    def up(connection: Connection) -> None:
        connection.execute("ALTER TABLE customer ADD COLUMN colour TEXT NOT NULL DEFAULT ''")

    next_step(up)
    workspace = Workspace.open(db_path)
    assert workspace.store.value("PRAGMA user_version") == len(migrations()) + 1
    [copy] = backups(places.backup_folder(db_path))
    kept = Workspace.open(copy.path, read_only=False)
    kept.close()
    with workspace.journal.operation("paint", "test") as (writer, _):
        writer.connection.execute("UPDATE customer SET colour = 'red'")
    customer = workspace.store.value("SELECT id FROM customer")
    assert workspace.journal.history("customer", customer)[0].after == {"colour": "red"}
    workspace.undo()
    assert workspace.store.value("SELECT colour FROM customer") == ""
    workspace.close()


def test_an_empty_text_is_not_the_default_of_a_later_column(
    db_path: Path, old_file: str, next_step: NextStep
) -> None:
    """Neither where the record was made before the column, nor where it was emptied since."""

    def up(connection: Connection) -> None:
        connection.execute("ALTER TABLE customer ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")

    next_step(up)
    workspace = Workspace.open(db_path)
    assert checkup.findings(workspace.store) == []
    colours = {"甲": "", "乙": "blue", "丙": "red"}
    for name, colour in colours.items():
        with workspace.journal.operation("paint", "test") as (writer, _):
            writer.connection.execute(
                "INSERT INTO customer (id, created_at, name, colour)"
                " VALUES (?, '2026-11-09T00:00:00Z', ?, ?)",
                [name, name, colour],
            )
    colours["海润"] = "red"
    held = "SELECT name, colour FROM customer"
    with workspace.journal.operation("clear", "test") as (writer, _):
        writer.connection.execute("UPDATE contact SET customer_id = NULL")
        writer.connection.execute("DELETE FROM customer")
    workspace.undo()
    assert dict(workspace.store.rows(held)) == colours
    assert checkup.findings(workspace.store) == []
    workspace.redo()
    workspace.undo()
    with workspace.journal.operation("paint", "test") as (writer, _):
        writer.connection.execute("UPDATE customer SET colour = '' WHERE name = '海润'")
    workspace.undo()
    assert dict(workspace.store.rows(held)) == colours
    while workspace.journal.undoable():
        workspace.undo()
    assert workspace.store.rows(held) == []
    workspace.close()


def _fails(connection: Connection) -> None:
    connection.execute("ALTER TABLE customer ADD COLUMN colour TEXT NOT NULL DEFAULT ''")
    connection.execute("DROP TABLE saved_filter")
    raise RuntimeError("half way")


def _breaks_references(connection: Connection) -> None:
    connection.execute("DROP TRIGGER customer_deleted")
    connection.execute("DELETE FROM customer")


@pytest.mark.parametrize(
    ("up", "error"), [(_fails, RuntimeError), (_breaks_references, EnvironmentProblem)]
)
def test_a_step_that_fails_leaves_the_old_file(
    db_path: Path,
    old_file: str,
    next_step: NextStep,
    monkeypatch: pytest.MonkeyPatch,
    up: Callable[[Connection], None],
    error: type[Exception],
) -> None:
    next_step(up)
    with pytest.raises(error):
        Workspace.open(db_path)
    assert len(backups(places.backup_folder(db_path))) == 1
    monkeypatch.undo()
    workspace = Workspace.open(db_path)
    assert data_hash(workspace) == old_file
    assert workspace.store.value("PRAGMA user_version") == len(migrations())
    assert checkup.findings(workspace.store) == []
    customer = workspace.store.value("SELECT id FROM customer")
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_an_older_file_is_not_migrated_for_reading(
    db_path: Path, old_file: str, next_step: NextStep
) -> None:
    before = db_path.read_bytes()
    next_step(lambda connection: connection.execute("DROP TABLE saved_filter"))
    with pytest.raises(EnvironmentProblem, match=r"store\.older_schema"):
        Workspace.open(db_path, read_only=True)
    assert db_path.read_bytes() == before


def test_several_programs_may_make_the_file_at_once(db_path: Path) -> None:
    def start(number: int) -> None:
        workspace = Workspace.open(db_path, patience=30)  # the others are still taking steps
        add(workspace, "customer", name=f"第{number}家")
        workspace.close()

    with ThreadPoolExecutor(4) as programs:
        list(programs.map(start, range(8)))
    workspace = Workspace.open(db_path)
    assert workspace.store.value("SELECT count(*) FROM customer") == 8
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_likes_of_people_become_care_notes_that_undo_brings_back(workspace: Workspace) -> None:
    house = add(workspace, "customer", name="海润牧业")
    boss = add(workspace, "contact", name="贺文清", customer_id=house)
    alone = add(workspace, "contact", name="路人", preferences="抽烟")
    workspace.run(EditRecord("contact", boss, {"preferences": "爱喝砖茶；不劝酒\n认数据"}))
    before = data_hash(workspace)
    store = workspace.store
    with store.transaction() as connection:
        m0020_likes.up(connection)
    notes = "SELECT contact_id, customer_id, kind, text FROM preference ORDER BY id"
    assert store.rows(notes) == [
        (boss, house, "other", text) for text in ("爱喝砖茶", "不劝酒", "认数据")
    ]
    kept = "SELECT id, preferences FROM contact ORDER BY id"
    assert store.rows(kept) == [(boss, ""), (alone, "抽烟")]
    workspace.undo()
    assert data_hash(workspace) == before
    workspace.redo()
    assert len(store.rows(notes)) == 3
    with store.transaction() as connection:
        m0020_likes.up(connection)  # nothing is left to be moved
    assert len(store.rows(notes)) == 3
