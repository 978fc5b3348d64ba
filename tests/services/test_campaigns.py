"""Campaigns: whom they are for, what of them stands on the timeline, how far they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldsales.domain.campaign import OUTCOMES, CampaignMember, Figures
from fieldsales.domain.clock import day_start
from fieldsales.domain.interaction import Interaction
from fieldsales.errors import UserError
from fieldsales.services.operations.campaigns import (
    AddPersonToCampaign,
    AddToCampaign,
    MarkReached,
    NoteResponse,
    StartCampaign,
    TakeBackReached,
)
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.records import RestoreRecords, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.caches import verify
from fieldsales.store.queries import campaigns
from fieldsales.store.queries.hits import hits
from tests.workspaces import TODAY, Add, data

LONG_AGO = day_start(TODAY - timedelta(days=90))


@pytest.fixture
def house(add: Add) -> str:
    return add("customer", name="海润牧业")


@pytest.fixture
def boss(add: Add, house: str) -> str:
    found = add("contact", name="贺文清", customer_id=house)
    add("buying_role", customer_id=house, contact_id=found, role="decision_maker")
    return found


def start(workspace: Workspace, *customers: str) -> str:
    operation = StartCampaign({"name": "冬储订货会"}, customers)
    workspace.run(operation)
    return operation.row_id


def members(workspace: Workspace) -> list[CampaignMember]:
    select = "SELECT * FROM campaign_member WHERE trashed_at IS NULL ORDER BY created_at, id"
    return workspace.store.records(CampaignMember, select)


def timeline(workspace: Workspace) -> list[tuple[str, str]]:
    select = "SELECT * FROM interaction WHERE trashed_at IS NULL ORDER BY created_at, id"
    return [(one.kind, one.text) for one in workspace.store.records(Interaction, select)]


def last_contact(workspace: Workspace, customer: str) -> str | None:
    select = "SELECT last_contact FROM customer_facts WHERE customer_id = ?"
    found: str | None = workspace.store.value(select, [customer])
    return found


def test_it_is_for_who_decides_else_the_highest_else_the_house(
    workspace: Workspace, house: str, add: Add
) -> None:
    add("contact", name="王小丽", customer_id=house, level="top")
    boss = add("contact", name="贺文清", customer_id=house, level="base")
    add("buying_role", customer_id=house, contact_id=boss, role="decision_maker")
    other = add("customer", name="金穗")
    add("contact", name="高建军", customer_id=other, level="base")
    top = add("contact", name="刘海燕", customer_id=other, level="top")
    empty = add("customer", name="无人知")
    campaign = start(workspace, house, other, empty)
    found = {one.customer_id: one.contact_id for one in members(workspace)}
    assert found == {house: boss, other: top, empty: None}
    with pytest.raises(UserError, match=r"campaign\.all_in"):
        workspace.run(AddToCampaign(campaign, (house, other)))
    workspace.run(AddPersonToCampaign(campaign, add("contact", name="宋", customer_id=house)))
    assert campaigns.figures(workspace.store, campaign).people == 4
    workspace.undo()
    workspace.undo()  # the contact
    workspace.undo()
    assert members(workspace) == []
    assert campaigns.campaigns(workspace.store) == []


def test_a_text_to_many_is_no_real_contact_but_an_answer_is(
    workspace: Workspace, house: str, boss: str, add: Add
) -> None:
    add("interaction", customer_id=house, kind="call", at=LONG_AGO)
    start(workspace, house)
    [one] = members(workspace)
    workspace.run(MarkReached(one.id, "message", "贺场长，周六来"))
    assert timeline(workspace)[-1] == ("note", "冬储订货会: 贺场长，周六来")
    assert last_contact(workspace, house) == LONG_AGO
    workspace.run(NoteResponse(one.id, "answer"))
    assert timeline(workspace)[-1][0] == "message"
    assert last_contact(workspace, house) == workspace.store.clock.stamp()
    workspace.run(NoteResponse(one.id, "silence"))
    assert last_contact(workspace, house) == LONG_AGO
    workspace.undo()
    assert last_contact(workspace, house) != LONG_AGO
    workspace.run(TakeBackReached(one.id))
    assert len(timeline(workspace)) == 1
    [one] = members(workspace)
    assert (one.reached_at, one.reached_by, one.outcome) == (None, "", "")


def test_a_call_is_a_real_contact_in_itself(workspace: Workspace, house: str) -> None:
    start(workspace, house)
    [one] = members(workspace)
    with pytest.raises(UserError, match=r"campaign\.not_reached"):
        workspace.run(NoteResponse(one.id, "visit"))
    workspace.run(MarkReached(one.id, "call", ""))
    assert timeline(workspace) == [("call", "冬储订货会")]
    assert last_contact(workspace, house) == workspace.store.clock.stamp()
    with pytest.raises(UserError, match=r"campaign\.reached_before"):
        workspace.run(MarkReached(one.id, "message", ""))


def test_who_went_is_not_waited_for_and_who_is_erased_is_nowhere(
    workspace: Workspace, house: str, boss: str, add: Add
) -> None:
    other = add("customer", name="金穗")
    left = add("contact", name="刘海燕", customer_id=other)
    campaign = start(workspace, house, other)
    workspace.run(TrashRecords("contact", (left,)))
    assert campaigns.counts(workspace.store, campaign)["left"] == 1
    workspace.run(TrashRecords("customer", (house,)))
    assert campaigns.counts(workspace.store, campaign)["left"] == 0
    workspace.run(RestoreRecords("customer", (house,)))
    assert campaigns.counts(workspace.store, campaign)["left"] == 1
    workspace.run(EraseContact(boss))
    assert [one.contact_id for one in members(workspace)] == [left]


def test_it_is_found_and_goes_to_the_trash_as_anything_does(
    workspace: Workspace, house: str
) -> None:
    campaign = start(workspace, house)
    [hit] = hits(workspace.store, "dinghuohui")
    assert (hit.kind, hit.id, hit.title) == ("campaign", campaign, "冬储订货会")
    workspace.run(TrashRecords("campaign", (campaign,)))
    assert hits(workspace.store, "订货会") == []
    assert campaigns.running(workspace.store) == []
    workspace.run(RestoreRecords("campaign", (campaign,)))
    assert campaigns.figures(workspace.store, campaign).people == 1


_STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["reach", "back", *OUTCOMES, ""])), max_size=8
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(_STEPS)
def test_figures_add_up_and_every_step_undoes(
    workspace: Workspace, add: Callable[..., str], steps: list[tuple[int, str]]
) -> None:
    campaign = start(workspace, *(add("customer", name=f"客户{at}") for at in range(4)))
    before, ran = data(workspace), 0
    for at, step in steps:
        one = campaigns.rows(workspace.store, campaigns.numbers(workspace.store, campaign, "all"))
        found = one[at]
        assert found is not None
        member = found.member
        try:
            if step == "reach":
                changed = workspace.run(MarkReached(member.id, "message", "好"))
            elif step == "back":
                changed = workspace.run(TakeBackReached(member.id))
            else:
                changed = workspace.run(NoteResponse(member.id, step))
        except UserError:
            continue
        ran += bool(changed.rows)
        told = campaigns.counts(workspace.store, campaign)
        figures = campaigns.figures(workspace.store, campaign)
        assert told["left"] + told["reached"] + told["back"] == told["all"] == figures.people
        assert (told["left"], told["back"]) == (figures.left, figures.returned)
        assert 0 <= figures.reached_share <= 100
        assert 0 <= figures.response_share <= 100
    for _ in range(ran):
        workspace.undo()
    assert data(workspace) == before
    assert verify(workspace.store.connection) == []
    assert Figures().reached_share == Figures().response_share == 0
