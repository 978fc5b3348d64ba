"""The calendar: visits and tasks where they stand, moved by mouse and keys, made on empty time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import from_stamp, to_stamp
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens import today
from fieldsales.screens.today.calendar import CalendarPage
from fieldsales.screens.today.page import TodayScreen
from fieldsales.services.operations.visits import CancelVisit, StartVisit
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.calendar.view import CalendarView
from tests.screens.conftest import OpenContext
from tests.workspaces import TODAY, Add, laptop_in


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业有限公司", short_name="海润")


@pytest.fixture
def page(qtbot: QtBot, open_context: OpenContext) -> TodayScreen:
    made = today.build(open_context())
    qtbot.addWidget(made)
    assert isinstance(made, TodayScreen)
    made.resize(1100, 1400)
    return made


@pytest.fixture
def week(page: TodayScreen, qtbot: QtBot) -> CalendarPage:
    page.show()
    page.show_view("week")
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.isActiveWindow)
    return page.calendar


def at(day: date, hour: int, minute: int = 0) -> str:
    return to_stamp(datetime.combine(day, time(hour, minute)).astimezone())


def planned(workspace: Workspace, visit: str) -> tuple[str, int | None]:
    found = workspace.store.record(Visit, visit)
    assert found is not None
    return f"{from_stamp(found.starts_at).astimezone():%m-%d %H:%M}", found.minutes


def drag(qtbot: QtBot, view: CalendarView, begin: QPoint, end: QPoint) -> None:
    ground = view.viewport()
    qtbot.mousePress(ground, Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(ground, (begin + end) / 2)
    qtbot.mouseMove(ground, end)
    qtbot.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=end)


def keys(qtbot: QtBot, view: CalendarView, *pressed: Qt.Key, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for key in pressed:
        qtbot.keyClick(view, key, modifier)


def test_visits_tasks_and_birthdays_stand_on_their_days(
    week: CalendarPage, add: Add, customer: str, workspace: Workspace
) -> None:
    visit = add("visit", customer_id=customer, starts_at=at(TODAY, 10), objective="定首批")
    off = add("visit", customer_id=customer, starts_at=at(TODAY, 11))
    workspace.run(CancelVisit(off))
    late = add("task", title="送样", customer_id=customer, due=str(TODAY - timedelta(days=10)))
    put_off = add(
        "task", title="回话", due=str(TODAY - timedelta(days=10)), snoozed_until=str(TODAY)
    )
    add("contact", name="王建国", customer_id=customer, birthday="11-12")
    found = {item.key: item for item in week.grid.items}
    assert set(found) == {
        f"visit:{visit}",
        f"task:{put_off}",
        next(k for k in found if "contact" in k),
    }
    item = found[f"visit:{visit}"]
    assert (item.day, item.start, item.minutes, item.title) == (TODAY, 600, 60, "海润")
    assert item.spoken == "10:00–11:00 · 海润 · 定首批 · 已计划"
    week.show_day(TODAY - timedelta(days=10))
    [item] = week.grid.items
    assert (item.key, item.face) == (f"task:{late}", "late")


def test_a_visit_is_dragged_to_another_day_and_hour_and_undone_at_once(
    week: CalendarPage, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    visit = add("visit", customer_id=customer, starts_at=at(TODAY, 10), minutes=90)
    grid = week.grid
    begin = grid.place_of(f"visit:{visit}").center()
    column = grid.place_of(f"visit:{visit}").width()
    hour = grid.place_of(f"visit:{visit}").height() / 1.5
    drag(qtbot, grid, begin, begin + QPoint(2 * (column + 6), round(3 * hour)))
    assert planned(workspace, visit) == ("11-11 13:00", 90)
    workspace.undo()
    assert planned(workspace, visit) == ("11-09 10:00", 90)


def test_dragged_to_the_rim_the_hours_beyond_come_into_view(
    week: CalendarPage, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    visit = add("visit", customer_id=customer, starts_at=at(TODAY, 10))
    grid, bar = week.grid, week.grid.verticalScrollBar()
    ground, begin = grid.viewport(), grid.place_of(f"visit:{visit}").center()
    qtbot.mousePress(ground, Qt.MouseButton.LeftButton, pos=begin)
    for rim, wanted in ((ground.height() - 3, bar.maximum()), (grid.head() + 3, 0)):
        qtbot.mouseMove(ground, QPoint(begin.x(), rim))
        qtbot.waitUntil(lambda wanted=wanted: bar.value() == wanted)
    qtbot.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=QPoint(begin.x(), grid.head() + 3))
    assert planned(workspace, visit) == ("11-09 00:00", None)
    qtbot.wait(80)
    assert bar.value() <= grid.look.theme.px(48)  # it does not go on by itself


def test_its_lower_rim_changes_how_long_it_takes(
    week: CalendarPage, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    visit = add("visit", customer_id=customer, starts_at=at(TODAY, 10))
    spot = week.grid.place_of(f"visit:{visit}")
    rim = QPoint(spot.center().x(), spot.bottom() - 2)
    drag(qtbot, week.grid, rim, rim + QPoint(0, spot.height()))
    assert planned(workspace, visit) == ("11-09 10:00", 120)


def test_a_visit_that_has_begun_stays_where_it_is(
    week: CalendarPage, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    visit = add("visit", customer_id=customer, starts_at=at(TODAY, 10))
    workspace.run(StartVisit(visit))
    before = planned(workspace, visit)
    spot = week.grid.place_of(f"visit:{visit}").center()
    drag(qtbot, week.grid, spot, spot + QPoint(300, 0))
    assert planned(workspace, visit) == before


def test_keys_find_move_lengthen_and_open(
    week: CalendarPage, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    visit = add("visit", customer_id=customer, starts_at=at(TODAY, 10))
    grid = week.grid
    keys(qtbot, grid, Qt.Key.Key_Space)
    assert grid.current == f"visit:{visit}"
    assert "海润" in grid.accessibleName()
    keys(qtbot, grid, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, shift=True)
    assert planned(workspace, visit) == ("11-10 10:30", None)
    both = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(grid, Qt.Key.Key_Down, both)
    assert planned(workspace, visit) == ("11-10 10:30", 75)
    opened: list[tuple[str, str]] = []
    week.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    keys(qtbot, grid, Qt.Key.Key_Return)
    assert opened == [("visit", visit)]


def test_moving_by_keys_beyond_the_week_turns_the_page(
    week: CalendarPage, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    visit = add("visit", customer_id=customer, starts_at=at(TODAY, 10))
    keys(qtbot, week.grid, Qt.Key.Key_Space)
    keys(qtbot, week.grid, Qt.Key.Key_Left, shift=True)
    assert planned(workspace, visit)[0] == "11-08 10:00"
    assert week.grid.days[0] == date(2026, 11, 2)
    assert week.grid.current == f"visit:{visit}"


def test_a_visit_is_made_where_time_is_empty(
    week: CalendarPage, qtbot: QtBot, customer: str, workspace: Workspace
) -> None:
    week.grid.go(TODAY + timedelta(days=1), 9 * 60)
    keys(qtbot, week.grid, Qt.Key.Key_Return)
    entry = week.entry
    assert entry.when.text() == "11月10日 周二 09:00–10:00"
    assert QApplication.focusWidget() is entry.customer.line
    entry.submit()  # nobody was chosen
    assert workspace.store.value("SELECT count(*) FROM visit") == 0
    entry.customer.set_value(customer)
    entry.text.setText("定首批")
    entry.submit()
    [visit] = workspace.store.records(Visit, "SELECT * FROM visit")
    assert planned(workspace, visit.id) == ("11-10 09:00", 60)
    assert (visit.objective, visit.state) == ("定首批", "planned")
    assert not entry.isVisible()
    assert week.grid.current == f"visit:{visit.id}"


def test_dragging_over_empty_time_says_how_long(
    week: CalendarPage, qtbot: QtBot, add: Add, customer: str
) -> None:
    visit = add("visit", customer_id=customer, starts_at=at(TODAY, 10))
    spot = week.grid.place_of(f"visit:{visit}")
    begin = QPoint(spot.center().x(), spot.bottom() + 4)  # eleven
    drag(qtbot, week.grid, begin, begin + QPoint(0, 2 * spot.height()))
    assert week.entry.when.text() == "11月9日 周一 11:00–13:00"


def test_a_task_is_made_on_a_day_and_moved_by_month(
    page: TodayScreen, week: CalendarPage, qtbot: QtBot, customer: str, workspace: Workspace
) -> None:
    page.show_view("month")
    month = week.month
    month.go(date(2026, 11, 20))
    keys(qtbot, month, Qt.Key.Key_Return)
    assert week.entry.kind.key == "task"
    week.entry.text.setText("送样")
    week.entry.submit()
    [task] = workspace.store.records(Task, "SELECT * FROM task")
    assert (task.due, task.customer_id) == ("2026-11-20", None)
    begin = month.place_of(f"task:{task.id}").center()
    keys(qtbot, month, Qt.Key.Key_Down, shift=True)
    assert month.place_of(f"task:{task.id}").center().y() > begin.y()
    [task] = workspace.store.records(Task, "SELECT * FROM task")
    assert task.due == "2026-11-27"


def test_many_things_of_a_day_are_counted_and_lead_to_the_day(
    page: TodayScreen, week: CalendarPage, qtbot: QtBot, add: Add
) -> None:
    for number in range(40):
        add("task", title=f"事 {number}", due=str(TODAY))
    page.show_view("month")
    month = week.month
    seen = sum(not month.place_of(item.key).isEmpty() for item in month.items)
    assert 0 < seen < 40
    last = max(
        month.place_of(item.key).bottom()
        for item in month.items
        if not month.place_of(item.key).isEmpty()
    )
    x = next(
        month.place_of(i.key).center().x()
        for i in month.items
        if not month.place_of(i.key).isEmpty()
    )
    qtbot.mouseClick(month.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, last + 12))
    assert week.grid.days == [TODAY]
    assert week.view is week.grid


def test_pages_turn_by_keys_in_each_view(
    page: TodayScreen, week: CalendarPage, qtbot: QtBot
) -> None:
    keys(qtbot, week.grid, Qt.Key.Key_PageDown)
    assert week.grid.days[0] == date(2026, 11, 16)
    page.show_view("month")
    keys(qtbot, week.month, Qt.Key.Key_PageDown)
    assert week.month.month == date(2026, 12, 16)
    page.show_view("day")
    keys(qtbot, week.grid, Qt.Key.Key_PageUp)
    assert week.grid.days == [date(2026, 12, 15)]
    week.to_today()
    assert week.grid.days == [TODAY]


def test_an_evening_that_is_tomorrow_in_utc_stands_on_its_own_day(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str
) -> None:
    with laptop_in("America/New_York"):
        add("visit", customer_id=customer, starts_at="2026-11-11T01:30:00Z")
        page.show()
        page.show_view("week")
        [item] = page.calendar.grid.items
        assert (item.day, item.start) == (date(2026, 11, 10), 20 * 60 + 30)


def test_the_view_is_remembered(open_context: OpenContext, qtbot: QtBot) -> None:
    context = open_context()
    for expected in ("list", "month"):
        made = today.build(context)
        qtbot.addWidget(made)
        assert isinstance(made, TodayScreen)
        made.show()
        assert made.switch.key == expected
        made.show_view("month")
        made.hide()


def test_a_customer_who_is_not_there_yet_is_made_on_the_way(
    week: CalendarPage, qtbot: QtBot, workspace: Workspace
) -> None:
    week.grid.go(TODAY, 9 * 60)
    keys(qtbot, week.grid, Qt.Key.Key_Return)
    line = week.entry.customer.line
    line.setText("新来的养殖场")
    line.search("新来的养殖场")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    week.entry.submit()
    assert workspace.store.rows(
        "SELECT c.name FROM visit v JOIN customer c ON c.id = v.customer_id"
    ) == [("新来的养殖场",)]


def test_alt_and_a_digit_switch_the_view(
    page: TodayScreen, week: CalendarPage, qtbot: QtBot
) -> None:
    for key, name in ((Qt.Key.Key_1, "list"), (Qt.Key.Key_4, "month"), (Qt.Key.Key_2, "day")):
        qtbot.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.AltModifier)
        assert page.switch.key == name
