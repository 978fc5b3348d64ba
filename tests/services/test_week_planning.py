"""A week from the records: what stands in it, what is proposed, and visits made of it at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from fieldsales.domain.clock import from_stamp, local_day, to_stamp
from fieldsales.domain.week_plan import COMPLAINT, PROMISE
from fieldsales.errors import UserError
from fieldsales.services import portfolio
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.visits import CancelVisit, PlanVisit
from fieldsales.services.operations.week_plan import PlanWeek
from fieldsales.services.week_planning import PER_DAY_SETTING, starts, usual_monday, week
from fieldsales.services.workspace import Workspace
from tests.workspaces import TODAY, Add, data_hash


@pytest.fixture
def owed(workspace: Workspace, add: Add) -> str:
    """海润牧业 to whom something was promised by Wednesday."""
    customer = add("customer", name="海润牧业", region="定边")
    due = (TODAY + timedelta(days=2)).isoformat()
    add("task", customer_id=customer, title="送样", kind="promise", due=due)
    portfolio.renew(workspace)
    return customer


def at(day: int, hour: int) -> str:
    return to_stamp(datetime(2026, 11, day, hour).astimezone())


def test_a_promise_brings_a_customer_into_the_week(workspace: Workspace, owed: str) -> None:
    found = week(workspace.store, TODAY)
    assert found.proposed == {owed: TODAY}
    assert found.reasons[owed].reasons[0][0] == PROMISE


def test_a_complaint_does_too(workspace: Workspace, owed: str, add: Add) -> None:
    add("interaction", customer_id=owed, kind="complaint", at="2026-11-08T02:00:00Z", text="有霉味")
    assert COMPLAINT in dict(week(workspace.store, TODAY).reasons[owed].reasons)


def test_who_is_visited_anyway_is_not_proposed_and_takes_room(
    workspace: Workspace, owed: str
) -> None:
    visit = PlanVisit(owed, {"starts_at": at(10, 9)})
    workspace.run(visit)
    found = week(workspace.store, TODAY)
    assert found.proposed == {}
    assert found.wanted == ()
    assert found.reasons[owed].reasons[0][0] == PROMISE
    assert [found.rooms[day] for day in found.days] == [4, 3, 4, 4, 4]
    workspace.run(CancelVisit(visit.row_id))
    assert owed in week(workspace.store, TODAY).proposed


def test_days_that_are_over_take_nobody(workspace: Workspace, owed: str) -> None:
    last = TODAY - timedelta(days=7)
    found = week(workspace.store, last)
    assert set(found.rooms.values()) == {0}
    assert found.proposed == {}


def test_the_number_a_day_is_a_setting(workspace: Workspace, add: Add) -> None:
    for name in "甲乙丙丁戊己庚辛壬癸子丑":
        customer = add("customer", name=name)
        add("task", customer_id=customer, title="送样", kind="promise", due="2026-11-09")
    portfolio.renew(workspace)
    workspace.run(ChangeSetting(PER_DAY_SETTING, 2))
    found = week(workspace.store, TODAY)
    assert len(found.proposed) == 10
    assert all(list(found.proposed.values()).count(day) == 2 for day in found.days)


def test_the_week_becomes_visits_at_free_hours_and_one_undo_takes_them_away(
    workspace: Workspace, owed: str, add: Add
) -> None:
    other = add("customer", name="绿源")
    workspace.run(PlanVisit(other, {"starts_at": at(10, 9)}))
    found = week(workspace.store, TODAY)
    before = data_hash(workspace)
    tuesday = found.days[1]
    made = starts(found, {owed: tuesday}, workspace.clock.now())
    [(customer, moment)] = made
    assert customer == owed
    assert local_day(moment) == tuesday
    assert from_stamp(moment).astimezone().hour == 10  # nine is taken
    workspace.run(PlanWeek(made))
    assert week(workspace.store, TODAY).proposed == {}
    workspace.undo()
    assert data_hash(workspace) == before


def test_hours_that_are_over_are_passed_over(workspace: Workspace, owed: str) -> None:
    found = week(workspace.store, TODAY)
    noon = datetime(2026, 11, 9, 12, 30).astimezone()
    [(_, moment)] = starts(found, {owed: TODAY}, noon)
    assert from_stamp(moment) > noon


def test_a_customer_that_is_gone_stops_it_whole(workspace: Workspace, owed: str, add: Add) -> None:
    other = add("customer", name="绿源")
    workspace.run(TrashRecords("customer", (other,)))
    before = data_hash(workspace)
    with pytest.raises(UserError, match="record.gone"):
        workspace.run(PlanWeek([(owed, at(10, 9)), (other, at(10, 11))]))
    assert data_hash(workspace) == before


def test_nothing_is_no_plan(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="week_plan.nothing"):
        workspace.run(PlanWeek([]))


def test_from_friday_on_the_next_week_is_planned() -> None:
    assert usual_monday(TODAY + timedelta(days=3)) == TODAY
    assert usual_monday(TODAY + timedelta(days=4)) == TODAY + timedelta(days=7)


def test_before_classes_are_kept_the_week_is_the_same(workspace: Workspace) -> None:
    workspace.run(LoadSample())
    assert portfolio.kept_day(workspace.store) is None
    before = week(workspace.store, TODAY)
    portfolio.renew(workspace)
    assert week(workspace.store, TODAY) == before
