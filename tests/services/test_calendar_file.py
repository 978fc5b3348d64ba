"""Calendar files: written so that others read them, read whatever they hold, known again by UID."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from fieldsales.domain.clock import Clock
from fieldsales.domain.fields import clean_text
from fieldsales.domain.task import TITLE, Task
from fieldsales.domain.visit import Visit
from fieldsales.errors import UserError
from fieldsales.services.calendar_file.events import Event
from fieldsales.services.calendar_file.plan import Planned, plan
from fieldsales.services.calendar_file.reading import Contents, read
from fieldsales.services.calendar_file.writing import calendar
from fieldsales.services.checkup import findings
from fieldsales.services.importing.reading import read as read_table
from fieldsales.services.operations.calendar_file import ImportCalendar
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.services.operations.visits import CancelVisit
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, Words
from tests.naughty import HOSTILE, SPOILT
from tests.workspaces import TODAY, Add, Several, laptop_in

Written = Callable[..., Contents]


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业有限公司", short_name="海润")


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """What is read from events written as these lines."""

    def contents(*events: str, today: date = TODAY) -> Contents:
        file = tmp_path / "cal.ics"
        parts = "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in events)
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//\n{parts}END:VCALENDAR\n"
        file.write_bytes(text.replace("\n", "\r\n").encode())
        return read(file, today)

    return contents


def saved(workspace: Workspace, tmp_path: Path, language: str = "zh_CN") -> Path:
    content, number = calendar(workspace.store, Words(language))
    assert content.count(b"END:VEVENT") + content.count(b"END:VTODO") == number
    (tmp_path / "out.ics").write_bytes(content)
    return tmp_path / "out.ics"


def taken(workspace: Workspace, contents: Contents) -> list[Planned]:
    found = plan(workspace.store, contents.events)
    workspace.run(ImportCalendar(tuple(one for one in found if one.useful)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_others_read(
    workspace: Workspace, customer: str, add: Add, tmp_path: Path, language: str
) -> None:
    visit = add(
        "visit",
        customer_id=customer,
        starts_at="2026-11-10T02:00:00Z",
        minutes=90,
        place="场部；二楼, 左",
        objective="定首批\n四十吨",
    )
    off = add("visit", customer_id=customer, starts_at="2026-11-11T02:00:00Z")
    workspace.run(CancelVisit(off))
    add("visit", customer_id=customer, starts_at="2026-01-10T02:00:00Z")  # long ago
    task = add("task", title="送样", customer_id=customer, due="2026-11-12")
    add("task", title="他们的事", party="them", customer_id=customer, due="2026-11-12")
    found = Calendar.from_ical(saved(workspace, tmp_path, language).read_bytes())
    parts = {str(part["UID"]): part for part in found.walk() if "UID" in part}
    assert set(parts) == {f"{one}@fieldsales" for one in (visit, off, task)}
    one = parts[f"{visit}@fieldsales"]
    assert one["DTSTART"].dt == datetime(2026, 11, 10, 2, tzinfo=UTC)
    assert one["DTEND"].dt - one["DTSTART"].dt == timedelta(minutes=90)
    assert (str(one["LOCATION"]), str(one["DESCRIPTION"])) == ("场部；二楼, 左", "定首批 四十吨")
    assert "海润" in one["SUMMARY"]
    assert parts[f"{off}@fieldsales"]["STATUS"] == "CANCELLED"
    assert parts[f"{task}@fieldsales"]["DUE"].dt == date(2026, 11, 12)


def test_birthdays_come_round_by_rule_or_by_the_moon(
    workspace: Workspace, customer: str, add: Add, tmp_path: Path
) -> None:
    whose = {"customer_id": customer}
    add("contact", name="王建国", birthday="1974-11-20", **whose)
    add("contact", name="李闰", birthday="1992-02-29", **whose)
    add("contact", name="张月", birthday="08-15", birthday_calendar="lunar", **whose)
    found = Calendar.from_ical(saved(workspace, tmp_path).read_bytes())
    days: dict[str, list[tuple[date, str]]] = {}
    for part in found.walk("VEVENT"):
        rule = part["RRULE"].to_ical().decode() if "RRULE" in part else ""
        days.setdefault(str(part["SUMMARY"]), []).append((part["DTSTART"].dt, rule))
    assert days["王建国生日"] == [(date(2026, 11, 20), "FREQ=YEARLY")]
    assert days["李闰生日"] == [(date(2027, 2, 28), "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2")]
    assert [day.isoformat() for day, _ in days["张月生日"]] == [
        "2027-09-15",
        "2028-10-03",
        "2029-09-22",
        "2030-09-12",
        "2031-10-01",
    ]
    # one that comes round twice in a year of the sun stands there twice
    add("contact", name="赵冬", birthday="11-25", birthday_calendar="lunar", **whose)
    found = Calendar.from_ical(saved(workspace, tmp_path).read_bytes())
    winter = [part for part in found.walk("VEVENT") if part["SUMMARY"] == "赵冬生日"]
    assert [part["DTSTART"].dt.year for part in winter] == [2027, 2027, 2029, 2029, 2030]
    assert len({str(part["UID"]) for part in winter}) == 5
    # what we wrote ourselves is no news
    again = read(tmp_path / "out.ics", TODAY)
    assert plan(workspace.store, again.events) == []


def test_a_round_trip_changes_nothing(
    workspace: Workspace, customer: str, add: Add, tmp_path: Path
) -> None:
    add("visit", customer_id=customer, starts_at="2026-11-10T02:00:00Z")
    add("task", title="送样", customer_id=customer, due="2026-11-12")
    found = plan(workspace.store, read(saved(workspace, tmp_path), TODAY).events)
    assert [one.state for one in found] == ["same", "same"]


def test_any_text_goes_out_and_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    said: dict[str, tuple[str, str]] = {}
    steps: list[AddRecord] = []

    def add(noun: str, **values: object) -> str:
        steps.append(AddRecord(noun, values))
        return steps[-1].row_id

    for text in (*HOSTILE, *SPOILT):
        customer = add("customer", name=text)
        begins = {"customer_id": customer, "starts_at": "2026-11-10T02:00:00Z"}
        visit = add("visit", place=text, objective=text, **begins)
        task = add("task", title=text[:TITLE], due="2026-11-12")
        add("contact", name=text, customer_id=customer, birthday="1974-11-20")
        add("special_day", customer_id=customer, kind=text[:40], day="11-20", note=text)
        clean = clean_text(text).lstrip("\ufeff")  # which begins a file
        said[visit] = clean[:200], clean
        said[task] = "", ""
        said[f"{task} title"] = clean_text(text[:TITLE]).lstrip("\ufeff"), ""
    workspace.run(Several(steps))
    found = read(saved(workspace, tmp_path), TODAY)
    assert found.unreadable == 0
    planned = plan(workspace.store, found.events)
    assert {one.state for one in planned} == {"same"}
    for one in planned:
        event = one.event
        assert (event.place, event.note) == said[event.row_id]
        if one.noun == "task":
            assert event.title == said[f"{event.row_id} title"][0]
    with closing(Workspace.open(tmp_path / "other" / "f.db", Clock(TODAY))) as other:
        taken(other, found)
        titles = {title for (title,) in other.store.rows("SELECT title FROM task")}
        assert titles >= {clean for key, (clean, _) in said.items() if key.endswith("title")}
        assert findings(other.store) == []


def test_a_visit_moved_on_the_telephone_moves_here(
    workspace: Workspace, customer: str, add: Add, tmp_path: Path
) -> None:
    visit = add("visit", customer_id=customer, starts_at="2026-11-10T02:00:00Z", objective="定首批")
    path = saved(workspace, tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("20261110T0", "20261117T0"), encoding="utf-8", newline="")
    [one] = taken(workspace, read(path, TODAY))
    assert (one.state, one.customer) == ("moved", "海润牧业有限公司")
    moved = workspace.store.record(Visit, visit)
    assert moved is not None
    assert (moved.starts_at, moved.objective) == ("2026-11-17T02:00:00Z", "定首批")
    workspace.run(TrashRecords("visit", (visit,)))
    assert [one.state for one in plan(workspace.store, read(path, TODAY).events)] == ["gone"]


def test_events_find_their_customer_by_name_and_come_once(
    workspace: Workspace, customer: str, add: Add, written: Written
) -> None:
    add("customer", name="海润牧业有限公司定边分公司", short_name="定边海润")
    file = written(
        "UID:a\nSUMMARY:去海润谈合同\nDTSTART:20261112T010000Z\nDTEND:20261112T023000Z",
        "UID:b\nSUMMARY:例会\nLOCATION:定边海润会议室\nDTSTART:20261113T010000Z\nDURATION:PT45M",
        "UID:c\nSUMMARY:牙医\nDTSTART:20261114T010000Z",
        "UID:d\nSUMMARY:海润周年\nDTSTART;VALUE=DATE:20261115",
    )
    found = {one.event.uid: one for one in taken(workspace, file)}
    assert {uid: (one.noun, one.customer) for uid, one in found.items()} == {
        "a": ("visit", "海润牧业有限公司"),
        "b": ("visit", "海润牧业有限公司定边分公司"),
        "c": ("task", ""),
        "d": ("task", "海润牧业有限公司"),
    }
    first = workspace.store.record(Visit, found["a"].event.row_id)
    assert first is not None
    assert (first.objective, first.minutes, first.customer_id) == ("去海润谈合同", 90, customer)
    again = written("UID:a\nSUMMARY:改名\nDTSTART:20261112T050000Z\nDTEND:20261112T060000Z")
    [one] = taken(workspace, again)
    assert one.state == "moved"
    moved = workspace.store.record(Visit, found["a"].event.row_id)
    assert moved is not None
    assert (moved.starts_at, moved.minutes, moved.objective) == (
        "2026-11-12T05:00:00Z",
        60,
        "去海润谈合同",
    )
    off = written("UID:a\nSUMMARY:改名\nSTATUS:CANCELLED\nDTSTART:20261112T050000Z")
    taken(workspace, off)
    gone = workspace.store.record(Visit, found["a"].event.row_id)
    assert gone is not None
    assert gone.state == "cancelled"
    for _ in range(3):
        workspace.undo()
    assert workspace.store.value("SELECT count(*) FROM visit") == 0
    assert workspace.store.records(Task, "SELECT * FROM task") == []


def test_two_customers_of_a_name_are_not_guessed(
    add: Add, workspace: Workspace, written: Written
) -> None:
    add("customer", name="兴旺农资")
    add("customer", name="兴旺农资")
    [one] = plan(
        workspace.store, written("UID:a\nSUMMARY:兴旺农资\nDTSTART:20261112T010000Z").events
    )
    assert (one.customer_id, one.noun) == ("", "task")


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        ("DTSTART;TZID=America/New_York:20261112T200000", "2026-11-13T01:00:00+00:00"),
        ("DTSTART;TZID=Asia/Shanghai:20261112T090000", "2026-11-12T01:00:00+00:00"),
        ("DTSTART:20261112T090000", "2026-11-12T01:00:00+00:00"),  # by the laptop's clock
        ("DTSTART:20261112T090000Z", "2026-11-12T09:00:00+00:00"),
    ],
)
def test_hours_are_those_of_their_zone(written: Written, lines: str, begins: str) -> None:
    with laptop_in("Asia/Shanghai"):
        [event] = written(f"UID:a\nSUMMARY:x\n{lines}").events
        assert event.begins is not None
        assert event.begins.astimezone(UTC).isoformat() == begins


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("FREQ=WEEKLY;BYDAY=WE", "2026-11-11"),
        ("FREQ=DAILY;INTERVAL=2", "2026-11-09"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27"),
        ("FREQ=YEARLY", "2027-11-04"),
    ],
)
def test_of_what_repeats_the_next_is_taken(written: Written, rule: str, day: str) -> None:
    [event] = written(f"UID:a\nSUMMARY:x\nDTSTART:20251104T010000Z\nRRULE:{rule}").events
    assert (event.day.isoformat(), event.repeats) == (day, True)


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;UNTIL=20251201T000000Z"])
def test_what_has_come_round_for_the_last_time_is_over(written: Written, rule: str) -> None:
    found = written(f"UID:a\nSUMMARY:x\nDTSTART:20251104T010000Z\nRRULE:{rule}")
    assert (found.events, found.past) == ((), 1)


def test_the_past_and_what_cannot_be_read_is_counted(written: Written) -> None:
    found = written(
        "UID:a\nSUMMARY:old\nDTSTART:20200101T010000Z",
        "UID:b\nSUMMARY:no day",
        "UID:c\nDTSTART:20271101T010000Z",
        "UID:d\nSUMMARY:nonsense\nDTSTART:99999999T999999Z",
        "UID:e\nSUMMARY:good\nDTSTART:20271101T010000Z",
    )
    assert ([one.uid for one in found.events], found.past, found.unreadable) == (["e"], 1, 3)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "calendar.no_calendar"),
        (b"\x89PNG\r\n\x1a\n", "calendar.no_calendar"),
        (b"<html>BEGIN</html>", "calendar.no_calendar"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 120_000, "calendar.too_many"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 10_000_001, "calendar.too_big"),
    ],
)
def test_hostile_files_are_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.ics"
    path.write_bytes(content)
    with pytest.raises(UserError, match=code) as refused:
        read(path, TODAY)
    for language in LANGUAGES:
        assert "x.ics" in Words(language)(refused.value.code, **refused.value.params)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;BYSETPOS=400",
    ],
)
def test_rules_that_never_come_round_are_not_followed(written: Written, rule: str) -> None:
    found = written(f"UID:a\nSUMMARY:x\nDTSTART:20250204T010000Z\nRRULE:{rule}")
    assert (found.events, found.past + found.unreadable) == ((), 1)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 200))
def test_nothing_a_file_holds_breaks_us(tmp_path: Path, noise: bytes, at: int) -> None:
    whole = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\n"
        b"DTSTART:20271101T010000Z\r\nDTEND:20271101T020000Z\r\nRRULE:FREQ=DAILY\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    path = tmp_path / "x.ics"
    path.write_bytes(whole[:at] + noise + whole[at:])
    with suppress(UserError):  # nothing else
        assert read(path, TODAY).unreadable >= 0


def test_of_many_events_each_finds_its_customer(workspace: Workspace, add: Add) -> None:
    add("customer", name="海润牧业有限公司")
    events = [
        Event(str(at), "海润牧业有限公司" if at % 2 else "例会", TODAY + timedelta(days=at % 300))
        for at in range(2_000)
    ]
    found = plan(workspace.store, events)
    assert [bool(one.customer_id) for one in found] == [at % 2 == 1 for at in range(2_000)]


def test_the_clock_decides_what_is_over(written: Written) -> None:
    day = Clock(date(2030, 1, 1)).today()
    found = written("UID:a\nSUMMARY:x\nDTSTART:20261112T010000Z", today=day)
    assert (found.events, found.past) == ((), 1)


def test_the_import_of_tables_says_where_calendars_go(tmp_path: Path) -> None:
    path = tmp_path / "x.ics"
    path.write_bytes(b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    with pytest.raises(UserError, match="import.error.calendar"):
        read_table(path)
