"""The trash is emptied with what is nothing without it; what is needed stays, undo brings all back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services import checkup, emptying
from fieldsales.services.operations.emptying import EmptyTrash
from fieldsales.services.operations.records import RestoreSeveral, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.trash import NAMES, kinds, trashed
from tests.workspaces import Add, data, data_hash


def _all(workspace: Workspace) -> EmptyTrash:
    return EmptyTrash(tuple((one.noun, one.id) for one in trashed(workspace.store)))


def test_a_customer_goes_with_all_that_is_its_own(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润")
    other = add("customer", name="别家", parent_id=customer)
    contact = add("contact", name="王建国", customer_id=customer)
    add("deal", title="年单", customer_id=customer)
    guide = add("task", title="问王建国", contact_id=contact)
    workspace.run(TrashRecords("customer", (customer,)))
    before = data_hash(workspace)
    changed = workspace.run(_all(workspace))
    assert trashed(workspace.store) == []
    assert workspace.store.rows("SELECT id, parent_id FROM customer") == [(other, None)]
    assert workspace.store.rows("SELECT id, contact_id FROM task") == [(guide, None)]
    assert not workspace.store.value("SELECT 1 FROM deal")
    assert checkup.findings(workspace.store) == []
    workspace.undo(changed.op)
    assert data_hash(workspace) == before
    assert checkup.findings(workspace.store) == []


def test_whatever_lies_in_the_trash_can_be_emptied_and_comes_back(workspace: Workspace) -> None:
    """Of each noun one record, then all the customers."""
    workspace.run(LoadSample(), wait=5)
    for noun in NAMES:
        row = workspace.store.value(f"SELECT id FROM {noun} WHERE trashed_at IS NULL")
        if row and noun != "customer":
            workspace.run(TrashRecords(noun, (row,)))
    for customers in (False, True):
        if customers:
            ids = [row_id for (row_id,) in workspace.store.rows("SELECT id FROM customer")]
            workspace.run(TrashRecords("customer", tuple(ids)), wait=5)
        before = data(workspace)
        operation = _all(workspace)
        changed = workspace.run(operation, wait=5)
        assert checkup.findings(workspace.store) == []
        left = trashed(workspace.store)
        assert len(left) == sum(operation.kept) < len(operation.chosen)
        workspace.undo(changed.op)
        assert data(workspace) == before
        assert checkup.findings(workspace.store) == []
    workspace.run(_all(workspace), wait=5)
    assert not workspace.store.value("SELECT 1 FROM deal")


def test_who_was_at_a_visit_elsewhere_stays(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润")
    contact = add("contact", name="王建国", customer_id=customer)
    visit = add("visit", customer_id=customer, starts_at="2026-11-02T02:00:00Z")
    add("visit_person", visit_id=visit, contact_id=contact)
    workspace.run(TrashRecords("contact", (contact,)))
    operation = _all(workspace)
    assert not workspace.run(operation).rows
    assert operation.kept == [1]
    workspace.run(TrashRecords("visit", (visit,)))
    workspace.run(_all(workspace))
    assert trashed(workspace.store) == []
    assert checkup.findings(workspace.store) == []


def test_what_is_not_in_the_trash_is_not_touched(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润")
    with pytest.raises(UserError, match=r"record\.gone"):
        workspace.run(EmptyTrash((("customer", customer),)))


def test_after_so_many_days_if_one_wants_that(workspace: Workspace, add: Add) -> None:
    old, new = add("customer", name="旧"), add("customer", name="新")
    store, clock = workspace.store, workspace.clock
    now = clock.now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(clock), "now", lambda _: now - timedelta(days=31))
        workspace.run(TrashRecords("customer", (old,)))
    workspace.run(TrashRecords("customer", (new,)))
    assert emptying.due(store) is None
    workspace.run(ChangeSetting(emptying.SETTING, 30))
    operation = emptying.due(store)
    assert operation == EmptyTrash((("customer", old),))
    assert operation is not None
    workspace.run(operation)
    assert [one.id for one in trashed(store)] == [new]
    assert emptying.due(store) is None


def test_every_noun_that_is_deleted_is_in_the_trash_and_comes_back(
    workspace: Workspace, add: Add
) -> None:
    """Also those without a line in `NAMES`; not what went along with its owner."""
    customer = add("customer", name="海润")
    contact = add("contact", name="王建国", customer_id=customer)
    role = add("buying_role", customer_id=customer, contact_id=contact, role="user")
    block = add("text_block", kind="terms", title="付款条件", text="月结")
    workspace.run(TrashRecords("buying_role", (role,)))
    workspace.run(TrashRecords("text_block", (block,)))
    found = {one.noun: one for one in trashed(workspace.store)}
    assert found["text_block"].name == "付款条件"
    assert found["buying_role"].customer == "海润"
    assert kinds(list(found.values())) == {"buying_role": 1, "text_block": 1}
    workspace.run(RestoreSeveral(tuple((one.noun, one.id) for one in found.values())))
    assert trashed(workspace.store) == []
    workspace.run(TrashRecords("customer", (customer,)))
    assert [one.noun for one in trashed(workspace.store)] == ["customer"]


def test_no_noun_makes_the_trash_unreadable(workspace: Workspace) -> None:
    """Each has a name that SQLite understands, whatever a later migration adds."""
    assert set(NAMES) <= set(NOUNS)
    assert trashed(workspace.store) == []
