"""Undo and redo of anything, across restarts, refused where it would lose something."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldsales.errors import FieldError, UserError
from fieldsales.services import checkup
from fieldsales.services.operations.records import (
    AddRecord,
    EditMany,
    EditRecord,
    RestoreRecords,
    TrashRecords,
)
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.services.operations.visits import ConcludeVisit, LogVisit, SetVisitPerson
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.queries.settings import setting
from tests.workspaces import add, data_hash, written


def test_every_step_back_and_forth_meets_the_same_data(workspace: Workspace) -> None:
    steps = [data_hash(workspace)]
    customer = add(workspace, "customer", name="海润牧业")
    steps.append(data_hash(workspace))
    person = add(workspace, "contact", name="王建国", customer_id=customer)
    steps.append(data_hash(workspace))
    visit = LogVisit(customer)
    for operation in (
        visit,
        SetVisitPerson(visit.row_id, person, met=True),
        ConcludeVisit(visit.row_id, {"their_action": "试用 3 吨", "their_date": "2026-11-20"}),
        TagCustomers((customer,), add=("大客户",)),
        TrashRecords("customer", (customer,)),
        RestoreRecords("customer", (customer,)),
    ):
        workspace.run(operation)
        steps.append(data_hash(workspace))
    for before in reversed(steps[:-1]):
        workspace.undo()
        assert data_hash(workspace) == before
    with pytest.raises(UserError, match=r"undo\.nothing"):
        workspace.undo()
    for after in steps[1:]:
        workspace.redo()
        assert data_hash(workspace) == after
    with pytest.raises(UserError, match=r"undo\.nothing"):
        workspace.redo()


def test_it_is_told_what_was_undone_and_redone(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    for reverse in (workspace.undo, workspace.redo) * 3:
        changed = reverse()
        assert (changed.kind, changed.undoes) == ("undo", "edit_record")


def test_undo_works_after_a_restart(db_path: Path) -> None:
    first = Workspace.open(db_path)
    customer = add(first, "customer", name="旧名")
    first.run(EditRecord("customer", customer, {"name": "新名"}))
    first.close()
    second = Workspace.open(db_path)
    second.undo()
    assert second.store.value("SELECT name FROM customer") == "旧名"
    second.redo()
    assert second.store.value("SELECT name FROM customer") == "新名"
    second.close()


def test_typing_into_a_field_is_one_operation(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    for text in ("一", "一头", "一头牛"):
        workspace.run(EditRecord("customer", customer, {"note": text}))
    workspace.undo()
    assert workspace.store.value("SELECT note FROM customer") == ""


def test_a_new_operation_ends_redo(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    workspace.undo()
    workspace.run(EditRecord("customer", customer, {"region": "靖边"}))
    assert workspace.journal.redoable() is None


def test_an_old_operation_is_not_undone_over_a_newer_change(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    old = workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    workspace.run(EditRecord("customer", customer, {"region": "靖边", "phone": "1"}))
    before = data_hash(workspace)
    with pytest.raises(UserError, match=r"undo\.changed_since"):
        workspace.undo(old.op)
    assert data_hash(workspace) == before


def test_an_old_operation_is_undone_beside_a_newer_change(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    old = workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    workspace.run(EditRecord("customer", customer, {"phone": "0912"}))
    workspace.undo(old.op)
    assert workspace.store.rows("SELECT region, phone FROM customer") == [("", "0912")]


def test_adding_is_not_undone_once_something_hangs_on_it(workspace: Workspace) -> None:
    added = AddRecord("customer", {"name": "海润"})
    op = workspace.run(added).op
    add(workspace, "contact", name="王建国", customer_id=added.row_id)
    before = data_hash(workspace)
    with pytest.raises(UserError, match=r"store\.still_needed"):
        workspace.undo(op)
    assert data_hash(workspace) == before
    assert checkup.findings(workspace.store) == []


def test_a_refused_operation_leaves_no_trace(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    ops = workspace.store.value("SELECT count(*) FROM op")
    for refused in (
        AddRecord("customer", {"name": " "}),
        EditRecord("customer", customer, {"employees": "很多"}),
        EditRecord("customer", "nobody", {"name": "x"}),
        EditMany("customer", (customer, "nobody"), {"region": "定边"}),
        EditRecord("contact", customer, {"name": "x"}),
        AddRecord("contact", {"name": "x", "customer_id": "nobody"}),
    ):
        with pytest.raises(UserError):
            workspace.run(refused)
    assert workspace.store.value("SELECT count(*) FROM op") == ops
    assert workspace.store.value("SELECT region FROM customer") == ""


def test_an_operation_that_changes_nothing_is_not_remembered(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    changed = workspace.run(EditRecord("customer", customer, {"name": "海润"}))
    assert not changed.rows
    assert workspace.store.value("SELECT count(*) FROM op") == 1


def test_errors_name_the_field(workspace: Workspace) -> None:
    with pytest.raises(FieldError) as caught:
        add(workspace, "customer", name="海润", employees=-1)
    assert caught.value.field == "employees"


def test_settings_undo(workspace: Workspace) -> None:
    workspace.run(ChangeSetting("letterhead.company", "海源饲料"))
    workspace.undo()
    assert setting(workspace.store, "letterhead.company", "") == ""


def test_history_of_a_record(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    newest, first = workspace.journal.history("customer", customer)
    assert (newest.before, newest.after) == ({"region": ""}, {"region": "定边"})
    assert first.before is None
    assert first.after is not None
    assert first.after["name"] == "海润"


_NAMES = st.text(alphabet="海润牧业定边王张a'\"%{}<&🐂𠮷 \u0000", max_size=8)


@st.composite
def _operations(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    kinds = st.sampled_from(
        ["add", "edit", "trash", "restore", "contact", "visit", "conclude", "tag", "undo", "redo"]
    )
    return draw(st.lists(st.tuples(kinds, st.integers(0, 5), _NAMES), max_size=14))


@given(script=_operations())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_operations_undo_and_redo_whole(
    tmp_path_factory: pytest.TempPathFactory, script: list[tuple[str, int, str]]
) -> None:
    workspace = Workspace.open(tmp_path_factory.mktemp("random") / "f.db")
    customers: list[str] = []
    visits: list[str] = []
    for kind, number, name in script:
        customer = customers[number % len(customers)] if customers else ""
        visit = visits[number % len(visits)] if visits else ""
        try:
            if kind == "undo":
                workspace.undo()
            elif kind == "redo":
                workspace.redo()
            else:
                workspace.run(_operation(kind, name, customer, visit, customers, visits))
        except UserError:
            continue
    done = data_hash(workspace)
    assert checkup.findings(workspace.store) == []
    steps = 0
    while workspace.journal.undoable():
        workspace.undo()
        steps += 1
    assert checkup.findings(workspace.store) == []
    assert not written(workspace)
    for _ in range(steps):
        workspace.redo()
    assert data_hash(workspace) == done
    assert checkup.findings(workspace.store) == []
    workspace.close()


def _operation(
    kind: str, name: str, customer: str, visit: str, customers: list[str], visits: list[str]
) -> Operation:
    if kind == "add":
        added = AddRecord("customer", {"name": name})
        customers.append(added.row_id)
        return added
    if kind == "visit":
        logged = LogVisit(customer)
        visits.append(logged.row_id)
        return logged
    return {
        "edit": EditRecord("customer", customer, {"name": name, "note": name}),
        "trash": TrashRecords("customer", (customer,)),
        "restore": RestoreRecords("customer", (customer,)),
        "contact": AddRecord("contact", {"name": name, "customer_id": customer}),
        "conclude": ConcludeVisit(visit, {"their_action": name, "their_date": "2026-11-20"}),
        "tag": TagCustomers((customer,), add=(name,)),
    }[kind]
