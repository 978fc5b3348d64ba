"""Lines of Today are put off with a reason, come back by themselves, and go with their record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.errors import FieldError
from fieldsales.services.erasing import erase
from fieldsales.services.operations.records import RestoreRecords, TrashRecords
from fieldsales.services.operations.snoozing import SnoozeLine, WakeLine
from fieldsales.services.operations.tasks import SnoozeTask, WakeTask
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.snoozed import asleep, put_off
from tests.workspaces import TODAY, Add

NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


def test_a_line_sleeps_until_its_day(workspace: Workspace, customer: str) -> None:
    workspace.run(SnoozeLine("cold", customer, NEXT_WEEK, "老板出差"))
    store = workspace.store
    assert asleep(store, TODAY) == {("cold", customer)}
    assert asleep(store, NEXT_WEEK) == set()
    [one] = put_off(store, TODAY)
    assert (one.line, one.row_id, one.customer, one.title) == ("cold", customer, "海润牧业", "")
    assert (one.until, one.reason) == (NEXT_WEEK.isoformat(), "老板出差")
    workspace.undo()
    assert put_off(store, TODAY) == []


def test_a_snooze_of_long_ago_is_over_and_can_be_renewed(
    workspace: Workspace, customer: str
) -> None:
    workspace.run(SnoozeLine("cold", customer, TODAY + timedelta(days=1), "老板出差"))
    workspace.store.clock = Clock(TODAY + timedelta(days=401))
    later = TODAY + timedelta(days=401)
    assert asleep(workspace.store, later) == set()
    workspace.run(SnoozeLine("cold", customer, later + timedelta(days=3), "又出差"))
    assert [one.reason for one in put_off(workspace.store, later)] == ["又出差"]
    assert workspace.store.value("SELECT count(*) FROM snooze") == 1


@pytest.mark.parametrize(
    ("days", "reason", "code", "field"),
    [
        (0, "出差", "task.snooze_past", "until"),
        (-3, "出差", "task.snooze_past", "until"),
        (3, "  ", "task.snooze_reason", "reason"),
    ],
)
def test_a_day_to_come_and_a_reason_are_asked_for(
    workspace: Workspace, customer: str, days: int, reason: str, code: str, field: str
) -> None:
    with pytest.raises(FieldError, match=code) as wrong:
        workspace.run(SnoozeLine("cold", customer, TODAY + timedelta(days=days), reason))
    assert wrong.value.field == field


def test_what_is_put_off_is_told_with_whose_it_is(
    workspace: Workspace, customer: str, add: Add
) -> None:
    person = add("contact", name="王建国", customer_id=customer, birthday="11-12")
    debt = add(
        "receivable", customer_id=customer, title="育肥料", number="F-1", amount=100, currency="CNY"
    )
    complaint = add(
        "interaction",
        customer_id=customer,
        kind="complaint",
        text="破袋",
        at="2026-11-01T02:00:00Z",
    )
    task = add("task", title="送样", customer_id=customer, due=TODAY.isoformat())
    for days, (line, row_id) in enumerate(
        (("birthday", person), ("money", debt), ("complaint", complaint)), start=1
    ):
        workspace.run(SnoozeLine(line, row_id, TODAY + timedelta(days=days), line))
    workspace.run(SnoozeTask(task, TODAY + timedelta(days=9), "等样品"))
    found = put_off(workspace.store, TODAY)
    assert [(one.line, one.title.strip(), one.customer) for one in found] == [
        ("birthday", "王建国", "海润牧业"),
        ("money", "育肥料 F-1", "海润牧业"),
        ("complaint", "破袋", "海润牧业"),
        ("task", "送样", "海润牧业"),
    ]
    workspace.run(WakeLine(found[0].snooze_id))
    workspace.run(WakeTask(task))
    assert [one.line for one in put_off(workspace.store, TODAY)] == ["money", "complaint"]


def test_it_goes_to_the_trash_and_comes_back_with_its_customer(
    workspace: Workspace, customer: str
) -> None:
    workspace.run(SnoozeLine("cold", customer, NEXT_WEEK, "出差"))
    workspace.run(TrashRecords("customer", (customer,)))
    assert put_off(workspace.store, TODAY) == []
    assert asleep(workspace.store, TODAY) == set()
    workspace.run(RestoreRecords("customer", (customer,)))
    assert asleep(workspace.store, TODAY) == {("cold", customer)}


def test_of_an_erased_person_nothing_is_left(workspace: Workspace, customer: str, add: Add) -> None:
    person = add("contact", name="王建国", customer_id=customer, birthday="11-12")
    workspace.run(SnoozeLine("birthday", person, NEXT_WEEK, "王建国出差"))
    erase(workspace, person)
    assert workspace.store.value("SELECT count(*) FROM snooze") == 0
    assert not workspace.store.value("SELECT count(*) FROM change WHERE instr(after, '王建国')")
