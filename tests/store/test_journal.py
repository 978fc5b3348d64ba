"""The journal sees every write and lets none pass by: images, typing, conflicts, other programs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from fieldsales.domain.clock import Clock
from fieldsales.domain.fields import fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError, UserError
from fieldsales.services import checkup
from fieldsales.services.operations.records import AddRecord, EditMany, EditRecord, TrashRecords
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store import drafts, journal
from fieldsales.store.journal import Changed, Writer, images
from tests.workspaces import add, data_hash, written


class HandClock(Clock):
    """Stands where a test puts it."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def go(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@dataclass(frozen=True)
class Do(Operation):
    """Whatever a test wants in one operation."""

    what: object

    def apply(self, writer: Writer) -> None:
        self.what(writer)  # type: ignore[operator]


def ops(workspace: Workspace) -> int:
    return int(workspace.store.value("SELECT count(*) FROM op"))


@pytest.fixture
def bare(workspace: Workspace, db_path: Path) -> Iterator[sqlite3.Connection]:
    """The same file through the standard library, as a curious user or another tool opens it."""
    workspace.run(AddRecord("customer", {"name": "海润"}))
    connection = sqlite3.connect(db_path, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize("noun", NOUNS)
def test_nobody_writes_beside_the_journal(bare: sqlite3.Connection, noun: str) -> None:
    empty = {"TEXT": "", "INTEGER": 0}
    names, values = [], []
    for _, name, kind, required, _, _ in bare.execute(f"PRAGMA table_info({noun})"):
        names.append(name)
        values.append(empty[kind] if required else None)
    values[0] = "new"
    marks = ", ".join("?" * len(names))
    for write in ("INSERT", "INSERT OR REPLACE"):
        with pytest.raises(sqlite3.IntegrityError, match="write outside an operation"):
            bare.execute(f"{write} INTO {noun} ({', '.join(names)}) VALUES ({marks})", values)
    assert bare.execute(f"SELECT count(*) FROM {noun} WHERE id = 'new'").fetchone() == (0,)


def test_nobody_changes_or_deletes_beside_the_journal(bare: sqlite3.Connection) -> None:
    for write in (
        "UPDATE customer SET name = 'x'",
        "UPDATE customer SET trashed_at = '2026-11-09T00:00:00Z'",
        "UPDATE OR REPLACE customer SET note = name || '!'",
        "DELETE FROM customer",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="write outside an operation"):
            bare.execute(write)
    assert bare.execute("SELECT name, note FROM customer").fetchall() == [("海润", "")]


def test_an_id_never_changes(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")

    def rename(writer: Writer) -> None:
        writer.connection.execute("UPDATE customer SET id = 'other' WHERE id = ?", [customer])

    with pytest.raises(sqlcipher.IntegrityError, match="an id never changes"):
        workspace.run(Do(rename))
    assert workspace.store.rows("SELECT id FROM customer") == [(customer,)]


def test_a_row_is_not_replaced_behind_the_journals_back(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润", region="定边")

    def replace(writer: Writer) -> None:
        writer.connection.execute(
            "INSERT OR REPLACE INTO customer (id, created_at, name) VALUES (?, '', '换了')",
            [customer],
        )

    before = data_hash(workspace)
    workspace.run(Do(replace))
    assert checkup.findings(workspace.store) == []
    workspace.undo()
    assert data_hash(workspace) == before


def test_images_hold_what_changed_and_no_more(workspace: Workspace, clock: HandClock) -> None:
    customer = add(workspace, "customer", name="海润", employees=0)
    clock.go(60)
    workspace.run(EditRecord("customer", customer, {"name": "海润", "region": "定边"}))
    clock.go(60)
    workspace.run(EditRecord("customer", customer, {"employees": None}))
    images = workspace.store.rows("SELECT before, after FROM change ORDER BY seq")
    added, edited, emptied = (
        tuple(None if image is None else json.loads(image) for image in pair) for pair in images
    )
    assert added == (
        None,
        {
            "created_at": "2026-11-09T08:00:00Z",
            "name": "海润",
            "kind": "organisation",
            "employees": 0,
            "special_policy": 0,
        },
    )
    assert edited == ({"region": ""}, {"region": "定边"})
    assert emptied == ({"employees": 0}, {"employees": None})


def test_history_is_newest_first_and_tells_undo(workspace: Workspace, clock: HandClock) -> None:
    customer = add(workspace, "customer", name="海润")
    add(workspace, "customer", name="别家")
    clock.go(60)
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    workspace.undo()
    workspace.run(TrashRecords("customer", (customer,)))
    kinds = [entry.step.kind for entry in workspace.journal.history("customer", customer)]
    assert kinds == ["trash_records", "undo", "edit_record", "add_record"]
    moments = [entry.step.at for entry in workspace.journal.history("customer", customer)]
    assert moments == sorted(moments, reverse=True)
    assert workspace.journal.history("customer", "nobody") == []


def test_typing_pauses_make_steps_of_it(workspace: Workspace, clock: HandClock) -> None:
    customer = add(workspace, "customer", name="海润")
    for text, pause in (("一", 0), ("一头", 3), ("一头牛", 3.1), ("一头牛。", 2)):
        clock.go(pause)
        workspace.run(EditRecord("customer", customer, {"note": text}))
    seen = []
    while workspace.journal.undoable():
        workspace.undo()
        seen.append(workspace.store.value("SELECT note FROM customer"))
    assert seen == ["一头", "", None]


def test_typing_into_another_field_or_record_is_a_step(workspace: Workspace) -> None:
    first, second = (add(workspace, "customer", name=name) for name in ("甲", "乙"))
    start = ops(workspace)
    for customer, field in ((first, "note"), (first, "region"), (second, "region")):
        workspace.run(EditRecord("customer", customer, {field: "x"}))
    assert ops(workspace) == start + 3


def test_typing_does_not_merge_across_another_operation(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    workspace.run(EditRecord("customer", customer, {"note": "一"}))
    workspace.run(TagCustomers((customer,), add=("大客户",)))
    workspace.run(EditRecord("customer", customer, {"note": "一头"}))
    workspace.undo()
    assert workspace.store.value("SELECT note FROM customer") == "一"


def test_typing_does_not_merge_into_what_was_undone(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    workspace.run(EditRecord("customer", customer, {"note": "一"}))
    workspace.undo()
    workspace.run(EditRecord("customer", customer, {"note": "二"}))
    workspace.undo()
    assert workspace.store.value("SELECT note FROM customer") == ""


def test_typing_after_the_clock_was_set_back_is_a_step(
    workspace: Workspace, clock: HandClock
) -> None:
    customer = add(workspace, "customer", name="海润")
    workspace.run(EditRecord("customer", customer, {"note": "一"}))
    clock.go(-3600)
    workspace.run(EditRecord("customer", customer, {"note": "一头"}))
    clock.go(-3600)
    assert workspace.journal.undoable()
    workspace.undo()
    assert workspace.store.value("SELECT note FROM customer") == "一"
    workspace.undo()
    assert workspace.store.value("SELECT note FROM customer") == ""
    workspace.redo()
    workspace.redo()
    assert workspace.store.value("SELECT note FROM customer") == "一头"
    assert checkup.findings(workspace.store) == []


def test_typing_that_comes_to_nothing_leaves_nothing_to_undo(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    told: list[Changed] = []
    workspace.listen(told.append)
    typed = workspace.run(EditRecord("customer", customer, {"note": "一"}))
    workspace.run(EditRecord("customer", customer, {"note": ""}))
    assert len(told) == 2
    assert [entry.step.kind for entry in workspace.journal.history("customer", customer)] == [
        "add_record"
    ]
    with pytest.raises(UserError, match=r"undo\.nothing"):
        workspace.undo(typed.op)  # the button that offered it may still be there
    workspace.undo()
    assert not written(workspace)


def test_undo_does_not_stop_at_a_step_without_effect(workspace: Workspace) -> None:
    add(workspace, "customer", name="海润")

    def and_back(writer: Writer) -> None:
        row_id = writer.insert("customer", {"name": "过客"})
        writer.delete("customer", row_id)

    workspace.run(Do(and_back))
    workspace.undo()
    workspace.undo()
    assert not written(workspace)
    workspace.redo()
    workspace.redo()
    assert workspace.store.rows("SELECT name FROM customer") == [("海润",)]


def test_deleted_and_added_again_in_one_operation(workspace: Workspace) -> None:
    tag = add(workspace, "tag", name="大客户")
    customer = add(workspace, "customer", name="海润", region="定边", employees=3)
    before = data_hash(workspace)

    def renew(writer: Writer) -> None:
        writer.delete("customer", customer)
        writer.insert("customer", {"name": "海润牧业", "phone": "0912"}, customer)
        writer.delete("tag", tag)
        writer.insert("tag", {"name": "大客户"}, tag)

    workspace.run(Do(renew))
    after = data_hash(workspace)
    workspace.undo()
    assert data_hash(workspace) == before
    workspace.redo()
    assert data_hash(workspace) == after
    assert checkup.findings(workspace.store) == []


def test_what_a_later_operation_changed_is_not_undone(workspace: Workspace) -> None:
    """Whatever it was: edit, trash, deletion; and an edit of another field does no harm."""
    customer = add(workspace, "customer", name="海润")
    tagged = workspace.run(TagCustomers((customer,), add=("大客户",)))
    workspace.run(TagCustomers((customer,), remove=("大客户",)))
    edited = workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    trashed = workspace.run(TrashRecords("customer", (customer,)))
    workspace.undo()
    workspace.undo(edited.op)
    for op in (tagged.op, trashed.op, edited.op):
        before = data_hash(workspace)
        with pytest.raises(UserError, match=r"undo\.changed_since"):
            workspace.undo(op)
        assert data_hash(workspace) == before
    assert checkup.findings(workspace.store) == []


def test_a_value_that_is_there_again_may_be_undone(workspace: Workspace, clock: HandClock) -> None:
    customer = add(workspace, "customer", name="海润")
    edited = workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    for region in ("靖边", "定边"):
        clock.go(60)
        workspace.run(EditRecord("customer", customer, {"region": region}))
    workspace.undo(edited.op)
    assert workspace.store.value("SELECT region FROM customer") == ""


@pytest.mark.parametrize("noun", ["customer", "visit"])
def test_one_change_costs_the_same_however_long_the_journal(
    workspace: Workspace, noun: str
) -> None:
    customer = add(workspace, "customer", name="海润")
    visit = add(workspace, "visit", customer_id=customer, starts_at="2026-11-09T01:00:00Z")
    row_id = visit if noun == "visit" else customer
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    def cost(note: str) -> int:
        nonlocal steps
        steps = 0
        workspace.store.connection.set_progress_handler(count, 10)
        workspace.run(EditRecord(noun, row_id, {"note": note}))
        workspace.store.connection.set_progress_handler(None, 0)
        return steps

    cost("先算一次")
    before = cost("短")
    with workspace.journal.operation("plenty", "test") as (writer, _):
        rows = [{"id": new_id(), "name": f"第{number}家"} for number in range(2_000)]
        writer.insert_many("customer", rows)
        visits = [
            {"id": new_id(), "customer_id": row["id"], "starts_at": "2026-11-09T01:00:00Z"}
            for row in rows
        ]
        writer.insert_many("visit", visits)
    assert cost("长") < 2 * before


def test_a_bulk_operation_undoes_whole(workspace: Workspace) -> None:
    add(workspace, "customer", name="海润")
    before = data_hash(workspace)
    ids = [new_id() for _ in range(1_000)]

    def insert(writer: Writer) -> None:
        rows = [{"id": row_id, "name": f"第{n}养殖场"} for n, row_id in enumerate(ids)]
        writer.insert_many("customer", rows)
        people = [{"id": new_id(), "name": "王", "customer_id": row_id} for row_id in ids]
        writer.insert_many("contact", people)

    changed = workspace.run(Do(insert))
    assert len(changed.rows["contact"]) == len(changed.customers) == 1_000
    workspace.run(EditMany("customer", tuple(ids[:10]), {"region": "定边"}))
    with pytest.raises(UserError, match=r"undo\.changed_since"):
        workspace.undo(changed.op)
    workspace.undo()
    workspace.undo()
    assert data_hash(workspace) == before
    assert checkup.findings(workspace.store) == []


def test_insert_says_what_is_missing(workspace: Workspace) -> None:
    def insert(writer: Writer) -> None:
        writer.insert("contact", {"title": "场长"})

    with pytest.raises(FieldError) as caught:
        workspace.run(Do(insert))
    assert (caught.value.code, caught.value.field) == ("field.required", "name")


@pytest.mark.parametrize("noun", NOUNS)
def test_what_a_noun_leaves_empty_its_table_leaves_empty(workspace: Workspace, noun: str) -> None:
    told = "SELECT name, dflt_value FROM pragma_table_info(?)"
    by_table = dict(workspace.store.rows(told, [noun]))
    empty = NOUNS[noun]()
    for name in fields(NOUNS[noun]):
        usual = getattr(empty, name)
        if not usual:
            assert by_table[name] == {None: None, "": "''", 0: "0"}[usual], name


def test_two_programs_share_one_file(workspace: Workspace, db_path: Path) -> None:
    other = Workspace.open(db_path, workspace.clock)
    try:
        customer = add(workspace, "customer", name="海润")
        other.run(EditRecord("customer", customer, {"region": "定边"}))
        other.undo()
        assert workspace.journal.redoable() is not None
        workspace.redo()
        assert other.store.value("SELECT region FROM customer") == "定边"
        with other.store.reading():  # a reader in the middle of something stops nobody
            assert other.store.value("SELECT phone FROM customer") == ""
            workspace.run(EditRecord("customer", customer, {"phone": "0912"}))
            assert other.store.value("SELECT phone FROM customer") == ""
        assert other.store.value("SELECT phone FROM customer") == "0912"
        while other.journal.undoable():
            other.undo()
        assert not written(workspace)
        assert checkup.findings(workspace.store) == []
    finally:
        other.close()


def test_a_draft_is_dropped_with_its_field(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    drafts.keep(workspace.store, "customer", customer, "employees", "很多")
    drafts.keep(workspace.store, "customer", customer, "note", "写了一半")
    drafts.keep(workspace.store, "customer", customer, "note", "写了一半多")
    workspace.run(EditRecord("customer", customer, {"note": "写完了"}))
    assert drafts.of(workspace.store, "customer", customer) == {"employees": "很多"}
    drafts.keep(workspace.store, "customer", customer, "employees", None)
    assert drafts.of(workspace.store, "customer", customer) == {}
    workspace.undo()  # drafts are no part of it
    assert checkup.findings(workspace.store) == []


def test_who_listens_may_leave_on_being_told(workspace: Workspace) -> None:
    told: list[str] = []

    def once(_changed: Changed) -> None:
        told.append("once")
        workspace.stop_listening(once)

    workspace.listen(once)
    workspace.listen(lambda _changed: told.append("always"))
    add(workspace, "customer", name="甲")
    add(workspace, "customer", name="乙")
    assert told == ["once", "always", "always"]


def test_a_change_too_large_for_the_memory_undoes_and_redoes_whole(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows touched once are put back in pieces, those touched more often or since as ever."""
    monkeypatch.setattr(images, "_STREAMED", 5)
    monkeypatch.setattr(images, "_PIECE", 3)
    monkeypatch.setattr(journal, "_TOLD_EACH", 3)
    known = add(workspace, "customer", name="海润")
    empty = data_hash(workspace)
    with workspace.journal.operation("bring", "test") as (writer, result):
        ids = [writer.insert("customer", {"name": f"客户{n}"}) for n in range(10)]
        for row_id in ids[:3]:
            writer.update("customer", row_id, {"region": "定边"})
        writer.update("customer", known, {"region": "靖边"})
        writer.delete("customer", ids[9])
    full = data_hash(workspace)
    told: list[int] = []
    undone = workspace.reverse(result[0].op, watch=lambda done, _total: told.append(done))
    assert data_hash(workspace) == empty
    assert len(told) > 3
    workspace.reverse(undone.op)
    assert data_hash(workspace) == full
    assert checkup.findings(workspace.store) == []
    workspace.run(EditRecord("customer", ids[5], {"region": "吴忠"}))
    with pytest.raises(UserError, match="changed_since"):
        workspace.reverse(result[0].op)
