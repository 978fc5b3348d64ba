"""What the card shows of a customer."""

from __future__ import annotations

from collections.abc import Callable

from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.services.operations.tasks import CompleteTask
from fieldsales.services.operations.visits import ConcludeVisit, PlanVisit, StartVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import card
from tests.workspaces import Add


def met(workspace: Workspace, customer: str, starts_at: str, *people: str) -> str:
    """A concluded visit at which these people were met."""
    visit = PlanVisit(customer, {"starts_at": starts_at}, people)
    workspace.run(visit)
    workspace.run(StartVisit(visit.row_id))
    workspace.run(ConcludeVisit(visit.row_id, {"their_action": "同意试用"}))
    return visit.row_id


def test_the_header_knows_who_was_met_last(
    workspace: Workspace, add: Add, days_ago: Callable[[int], str]
) -> None:
    customer = add("customer", name="海润牧业")
    wang = add("contact", name="王建国", customer_id=customer, level="top")
    li = add("contact", name="李静", customer_id=customer)
    add("buying_role", customer_id=customer, contact_id=wang, role="decision_maker")
    last = met(workspace, customer, days_ago(3), wang)
    workspace.run(PlanVisit(customer, {"starts_at": days_ago(-2)}, (li,)))

    found = card.card(workspace.store, customer)

    assert found is not None
    assert found.last_visit is not None
    assert found.next_visit is not None
    assert (found.last_visit.id, found.last_met) == (last, ("王建国",))
    assert [person.contact.name for person in found.people] == ["王建国", "李静"]
    assert found.people[0].last_met == found.last_visit.starts_at
    assert found.people[1].last_met is None
    assert [person.contact.name for person in found.decision_makers] == ["王建国"]


def test_what_is_missing_is_named(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业", region="定边", phone="0912-1", industry="pig_farm")
    found = card.card(workspace.store, customer)
    assert found is not None
    assert {"contact", "decision_maker", "address"} <= set(found.missing)
    assert not {"region", "phone", "industry"} & set(found.missing)
    assert found.row.completeness == 25


def test_the_timeline_tells_what_happened_newest_first(
    workspace: Workspace, add: Add, days_ago: Callable[[int], str]
) -> None:
    customer = add("customer", name="海润牧业")
    other = add("customer", name="绿源")
    wang = add("contact", name="王建国", customer_id=customer)
    add("interaction", customer_id=customer, contact_id=wang, kind="call", at=days_ago(5))
    add("interaction", customer_id=other, kind="call", at=days_ago(1))
    gone = add("interaction", customer_id=customer, kind="note", at=days_ago(2))
    workspace.run(TrashRecords("interaction", (gone,)))
    planned = PlanVisit(customer, {"starts_at": days_ago(-3)}, (wang,))
    workspace.run(planned)
    add("task", title="没做完", customer_id=customer)
    done = add("task", title="送样", customer_id=customer)
    workspace.run(CompleteTask(done))
    photo = AddRecord("attachment", {"name": "栏舍.jpg", "visit_id": planned.row_id})
    workspace.run(photo)

    entries = card.timeline(workspace.store, customer)

    kinds = [entry.kind for entry in entries]
    assert (kinds[0], kinds[-1]) == ("visit", "interaction")
    assert sorted(kinds) == ["attachment", "interaction", "task", "visit"]
    assert entries[0].who == ("王建国",)
    assert entries[-1].who == ("王建国",)
    assert [entry.at for entry in entries] == sorted((e.at for e in entries), reverse=True)
    found = card.card(workspace.store, customer)
    assert found is not None
    assert [kept.id for kept in found.attachments] == [photo.row_id]
    assert [task.title for task in found.tasks] == ["没做完"]


def test_a_timeline_stops_where_it_is_told(
    workspace: Workspace, add: Add, days_ago: Callable[[int], str]
) -> None:
    customer = add("customer", name="海润牧业")
    for day in range(6):
        add("interaction", customer_id=customer, kind="call", at=days_ago(day), text=str(day))
    entries = card.timeline(workspace.store, customer, limit=4)
    assert [entry.record.text for entry in entries] == ["0", "1", "2", "3"]  # type: ignore[union-attr]


def test_a_customer_in_the_trash_has_no_card(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    workspace.run(TrashRecords("customer", (customer,)))
    assert card.card(workspace.store, customer) is None
    assert card.card(workspace.store, "no such") is None
