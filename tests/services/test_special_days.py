"""Days kept beside birthdays: by either calendar, each year or once, put off, handed over."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

from fieldsales.domain.contact import Contact
from fieldsales.domain.special_day import SpecialDay
from fieldsales.errors import FieldError
from fieldsales.services import special_days
from fieldsales.services.calendar_file.writing import calendar
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.snoozing import SnoozeLine
from fieldsales.services.special_days import day_told, kept_from, named, next_day
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.snoozed import asleep, put_off
from fieldsales.words import Words
from tests.workspaces import TODAY, Add

ZH = Words("zh_CN")


@pytest.mark.parametrize(
    ("one", "today", "day", "years"),
    [
        (SpecialDay(day="2001-12-01"), "2026-11-09", "2026-12-01", 25),
        (SpecialDay(day="02-29"), "2026-11-09", "2027-02-28", None),
        (SpecialDay(day="2020-04-15", calendar="lunar", leap=1), "2026-01-01", "2026-05-31", 6),
        (SpecialDay(day="2027-06-07", once=1), "2026-11-09", "2027-06-07", None),
        (SpecialDay(day="2040-06-07", once=1), "2026-11-09", "2040-06-07", None),
        (SpecialDay(day="2026-08-15", calendar="lunar", once=1), "2026-09-01", "2026-09-25", None),
    ],
)
def test_when_it_is_kept_next(one: SpecialDay, today: str, day: str, years: int | None) -> None:
    found = next_day(one, date.fromisoformat(today))
    assert found is not None
    assert (found.day.isoformat(), found.age) == (day, years)


def test_what_is_over_or_not_known_is_not_kept() -> None:
    assert next_day(SpecialDay(day="2026-11-08", once=1), TODAY) is None
    assert next_day(SpecialDay(day="2026-11-09", once=1), TODAY) is not None
    assert next_day(SpecialDay(), TODAY) is None


def test_how_it_is_told() -> None:
    assert named(ZH, SpecialDay(kind="wedding")) == "结婚纪念日"
    assert named(ZH, SpecialDay(kind="女儿高考")) == "女儿高考"
    assert named(ZH, SpecialDay()) == "纪念日"
    assert day_told(ZH, SpecialDay(day="2001-12-01")) == "12月1日"
    assert day_told(ZH, SpecialDay(day="2027-06-07", once=1)) == "2027-06-07"
    assert day_told(ZH, SpecialDay(day="2020-04-15", calendar="lunar", leap=1)) == "农历闰四月十五"


def test_a_day_that_is_none_is_refused(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    with pytest.raises(FieldError, match=r"field\.no_such_day"):
        add("special_day", customer_id=customer, day="2026-02-30")
    with pytest.raises(FieldError, match=r"special_day\.once_when"):
        add("special_day", customer_id=customer, day="05-20", once=1)
    one = add("special_day", customer_id=customer, day="05-20")
    with pytest.raises(FieldError, match=r"special_day\.once_when"):
        workspace.run(EditRecord("special_day", one, {"once": 1}))


def test_those_that_are_near_are_found_by_their_day(workspace: Workspace, add: Add) -> None:
    house = add("customer", name="海润牧业", short_name="海润")
    boss = add("contact", name="贺文清", customer_id=house)
    soon = add("special_day", customer_id=house, kind="founding", day="2009-11-12")
    # the first of the tenth month of the moon is 9 November 2026
    moon = add(
        "special_day", customer_id=house, contact_id=boss, kind="wedding", day="10-03",
        calendar="lunar",
    )  # fmt: skip
    add("special_day", customer_id=house, day="12-25")
    add("special_day", customer_id=house, day="2025-11-10", once=1)
    found = kept_from(workspace.store, TODAY, 14)
    assert [(one.record.id, coming.day.day) for one, coming in found] == [(moon, 11), (soon, 12)]
    assert [special_days.said(ZH, one) for one, _ in found] == [
        "贺文清 · 结婚纪念日",
        "海润 · 成立纪念日",
    ]
    workspace.run(TrashRecords("contact", (boss,)))
    assert len(kept_from(workspace.store, TODAY, 14)) == 1
    workspace.undo()
    workspace.run(EraseContact(boss))
    assert len(kept_from(workspace.store, TODAY, 14)) == 1


def test_one_is_put_off_until_another_day(workspace: Workspace, add: Add) -> None:
    house = add("customer", name="海润牧业")
    one = add("special_day", customer_id=house, kind="founding", day="2009-11-12")
    workspace.run(SnoozeLine("day", one, date(2026, 11, 12), "当天再说"))
    assert asleep(workspace.store, TODAY) == {("day", one)}
    [line] = put_off(workspace.store, TODAY)
    assert (line.line, line.row_id, line.customer) == ("day", one, "海润牧业")


def test_the_calendar_file_has_them_each_year_or_once(workspace: Workspace, add: Add) -> None:
    house = add("customer", name="海润牧业", short_name="海润")
    add("special_day", customer_id=house, kind="founding", day="2008-02-29")
    add("special_day", customer_id=house, kind="女儿高考", day="2027-06-07", once=1)
    add("special_day", customer_id=house, kind="wedding", day="08-16", calendar="lunar")
    content, number = calendar(workspace.store, ZH)
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == number == 7
    by_name = {str(event["summary"]): event for event in events}
    yearly = by_name["海润 · 成立纪念日"]
    assert yearly["rrule"]["freq"] == ["YEARLY"]
    assert yearly["rrule"]["bymonthday"] == [-1]
    assert "rrule" not in by_name["海润 · 女儿高考"]
    assert by_name["海润 · 女儿高考"]["dtstart"].dt == date(2027, 6, 7)
    moon = [event for event in events if "结婚" in str(event["summary"])]
    assert len({event["dtstart"].dt.year for event in moon}) == 5


def test_one_writes_for_a_day_of_theirs_that_is_near(workspace: Workspace, add: Add) -> None:
    house = add("customer", name="海润牧业")
    boss = add("contact", name="贺文清", customer_id=house)
    contact = workspace.store.record(Contact, boss)
    assert contact is not None
    add("special_day", customer_id=house, kind="founding", day="11-12")  # the house's, not theirs
    add("special_day", customer_id=house, contact_id=boss, kind="孩子满月", day="11-11")
    assert special_days.occasion_near(workspace.store, contact, TODAY) == ""
    add("special_day", customer_id=house, contact_id=boss, kind="wedding", day="2001-11-20")
    assert special_days.occasion_near(workspace.store, contact, TODAY) == "wedding"
    assert special_days.occasion_near(workspace.store, contact, date(2026, 11, 21)) == ""
