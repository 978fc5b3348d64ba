"""What is asked of people: all at a customer, one profile, those in a meeting (M15–M24)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fieldsales.errors import UserError
from fieldsales.services.operations.people import (
    AddVacantPost,
    FinishAssessment,
    PickItem,
    StartAssessment,
    TickClue,
)
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import people as asked
from fieldsales.store.queries.deal_facts import evidence_facts
from tests.workspaces import Add

DaysAgo = Callable[[int], str]


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


@pytest.fixture
def wang(add: Add, customer: str) -> str:
    return add("contact", name="王建国", level="top", customer_id=customer)


def assess(workspace: Workspace, contact: str | None) -> str:
    start = StartAssessment(contact)
    workspace.run(start)
    for sheet in ("likes", "career", "ideal"):
        for n in range(8):
            workspace.run(PickItem(start.row_id, sheet, f"{sheet}_a{n}"))
    workspace.run(FinishAssessment(start.row_id))
    return start.row_id


def test_a_person_comes_with_all_that_is_told_of_them(
    workspace: Workspace, add: Add, days_ago: DaysAgo, customer: str, wang: str
) -> None:
    other = add("contact", name="李明", customer_id=customer)
    about = {"customer_id": customer, "contact_id": wang}
    add("buying_role", **about, role="user", influence=3, attitude=1)
    need = add("need", **about, text="便宜")
    workspace.run(TickClue(wang, "words_a1", seen_on="2026-01-05"))
    workspace.run(TickClue(wang, "words_b1", seen_on="2026-11-05"))
    done = assess(workspace, wang)
    workspace.run(StartAssessment(wang))
    for days, state, met in ((3, "planned", 1), (9, "concluded", 1), (5, "concluded", 0)):
        visit = add("visit", customer_id=customer, state=state, starts_at=days_ago(days))
        add("visit_person", visit_id=visit, contact_id=wang, met=met)
    found = asked.people(workspace.store, customer)
    assert [row.contact.id for row in found.rows] == [wang, other]
    row, bare = found.rows
    assert [clue.code for clue in row.clues] == ["words_b1", "words_a1"]
    assert row.assessment is not None
    assert row.assessment.id == done
    assert [one.id for one in row.needs] == [need]
    assert row.last_met == days_ago(9)
    assert row == asked.person(workspace.store, wang)
    assert bare == asked.PersonRow(bare.contact)
    assert (bare.influence(), bare.attitude()) == (None, None)


def test_what_was_said_in_a_deal_counts_before_the_customer(
    workspace: Workspace, add: Add, customer: str, wang: str
) -> None:
    deal = add("deal", customer_id=customer, title="预混料")
    about = {"customer_id": customer, "contact_id": wang}
    add("buying_role", **about, role="user", influence=2, attitude=2)
    add("buying_role", **about, role="gatekeeper", influence=4, attitude=0)
    add("buying_role", **about, role="decision_maker", deal_id=deal, attitude=-2)
    row = asked.person(workspace.store, wang)
    assert (row.influence(), row.attitude()) == (4, 0)
    assert (row.influence(deal), row.attitude(deal)) == (4, -2)


def test_who_moved_to_another_customer_leaves_their_roles_behind(
    workspace: Workspace, add: Add, customer: str, wang: str
) -> None:
    add("buying_role", customer_id=customer, contact_id=wang, role="user")
    workspace.run(TickClue(wang, "words_a1"))
    elsewhere = add("customer", name="三边种猪")
    workspace.run(EditRecord("contact", wang, {"customer_id": elsewhere}))
    assert asked.people(workspace.store, customer).rows == ()
    [row] = asked.people(workspace.store, elsewhere).rows
    assert row.roles == ()
    assert len(row.clues) == 1  # how somebody thinks goes along


def test_a_profile_is_of_a_contact_or_of_the_rep(workspace: Workspace, wang: str) -> None:
    assert asked.profile(workspace.store, None) == asked.Profile(None)
    first = assess(workspace, None)
    second = assess(workspace, None)
    begun = StartAssessment()
    workspace.run(begun)
    own = asked.profile(workspace.store, None)
    assert {one.id for one in own.assessments} == {first, second}
    assert own.open is not None
    assert own.open.id == begun.row_id
    workspace.run(TrashRecords("assessment", (begun.row_id, first)))
    own = asked.profile(workspace.store, None)
    assert ([one.id for one in own.assessments], own.open) == ([second], None)
    theirs = asked.profile(workspace.store, wang)
    assert theirs.contact is not None
    assert theirs.assessments == ()


def test_a_meeting_seats_those_expected_in_their_order_beside_us(
    workspace: Workspace, add: Add, days_ago: DaysAgo, customer: str, wang: str
) -> None:
    other = add("contact", name="李明", customer_id=customer)
    absent = add("contact", name="赵敏", customer_id=customer)
    visit = add("visit", customer_id=customer, starts_at=days_ago(-2))
    for who in (other, wang):
        add("visit_person", visit_id=visit, contact_id=who)
    own = assess(workspace, None)
    found = asked.meeting(workspace.store, visit)
    assert [row.contact.id for row in found.rows] == [other, wang]
    assert absent not in {row.contact.id for row in found.rows}
    assert found.own is not None
    assert found.own.id == own


def test_what_happened_within_a_year(
    workspace: Workspace, add: Add, days_ago: DaysAgo, customer: str
) -> None:
    for days in (10, 300, 400):
        add("visit", customer_id=customer, state="concluded", starts_at=days_ago(days))
        add("interaction", customer_id=customer, at=days_ago(days), kind="call")
    add("visit", customer_id=customer, state="planned", starts_at=days_ago(-3))
    add("interaction", customer_id=customer, at=days_ago(5), kind="note")
    add("visit", customer_id=customer, state="concluded", starts_at=days_ago(20), ordered=1)
    add("deal", customer_id=customer, title="一", ordered_on="2026-10-01")
    add("deal", customer_id=customer, title="二", ordered_on="2024-10-01")
    counts = asked.people(workspace.store, customer).counts
    assert counts == {"visits": 3, "replies": 2, "orders": 2}


def test_a_vacant_post_is_among_the_rows_but_no_person(
    workspace: Workspace, customer: str, wang: str
) -> None:
    workspace.run(AddVacantPost(customer, "采购部长", level="base"))
    found = asked.people(workspace.store, customer)
    assert [row.contact.name for row in found.rows] == ["王建国", "采购部长"]
    assert [row.contact.name for row in found.persons] == ["王建国"]


def test_whoever_is_gone_is_told(workspace: Workspace, customer: str, wang: str) -> None:
    workspace.run(TrashRecords("customer", (customer,)))
    for ask, row_id in (
        (asked.people, customer),
        (asked.people, "nobody"),
        (asked.person, wang),
        (asked.profile, wang),
        (asked.meeting, "none"),
    ):
        with pytest.raises(UserError, match=r"record\.gone"):
            ask(workspace.store, row_id)


def test_a_clue_or_an_assessment_is_a_profile_for_the_funnel(
    workspace: Workspace, add: Add, customer: str, wang: str
) -> None:
    deal = add("deal", customer_id=customer, title="预混料")
    other = add("contact", name="李明", customer_id=customer)
    workspace.run(StartAssessment(other))
    assert evidence_facts(workspace.store, [deal])[deal].profiled == ()
    workspace.run(TickClue(wang, "words_a1"))
    assert evidence_facts(workspace.store, [deal])[deal].profiled == (wang,)


def test_five_hundred_people_take_a_handful_of_statements(
    workspace: Workspace, add: Add, customer: str, wang: str
) -> None:
    counted: list[str] = []
    workspace.store.connection.set_trace_callback(counted.append)
    asked.people(workspace.store, customer)
    few = len(counted)
    for name in ("李", "赵", "孙"):
        workspace.run(TickClue(add("contact", name=name, customer_id=customer), "words_a1"))
    counted.clear()
    asked.people(workspace.store, customer)
    workspace.store.connection.set_trace_callback(None)
    assert len(counted) == few <= 16
