"""The calendar beside the list: visits, tasks, birthdays and other days of a day, week or month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.task import Task
from fieldsales.domain.verdict import Verdict
from fieldsales.domain.visit import Visit
from fieldsales.domain.weeks import month_weeks, week_of
from fieldsales.screens.contract import Context
from fieldsales.screens.today.new_entry import NewEntry, Span
from fieldsales.services import special_days
from fieldsales.services.almanac import day_note
from fieldsales.services.birthdays import kept_from
from fieldsales.services.operations.scheduling import RescheduleTask, RescheduleVisit
from fieldsales.store.queries.agenda import agenda
from fieldsales.store.queries.today import DueTask, DueVisit
from fieldsales.widgets.calendar.items import DAY, Face, Item, Note, clock
from fieldsales.widgets.calendar.month_view import MonthView
from fieldsales.widgets.calendar.time_grid import TimeGrid
from fieldsales.widgets.calendar.view import USUAL, CalendarView
from fieldsales.widgets.pieces import button, column, label, row, tool_button
from fieldsales.widgets.typed import add_months

VIEWS = ("day", "week", "month")
_FACES: dict[Verdict, Face] = {
    Verdict.ORDER: "good",
    Verdict.ADVANCE: "good",
    Verdict.CONTINUATION: "warn",
    Verdict.NO_SALE: "bad",
}


class CalendarPage(QWidget):
    """What is dragged or moved by keys is one operation each, which can be undone."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self._view = "week"
        self.grid = TimeGrid(look)
        self.month = MonthView(look)
        self._title = label(look, size="title", bold=True)
        self.entry = NewEntry(context)
        self.entry.hide()
        self.entry.closed.connect(self._close_entry)
        self.entry.made.connect(self._made)
        self._stack = QStackedWidget()
        for view in (self.grid, self.month):
            self._stack.addWidget(view)
            view.opened.connect(self._open)
            view.moved.connect(self._move)
            view.resized.connect(self._resize)
            view.wanted.connect(self._ask)
            view.turned.connect(self.show_day)
            view.day_wanted.connect(self._zoom)
        self.head = row(
            look,
            tool_button(look, "chevron-left", words("calendar.before"), partial(self._turn, -1)),
            button(look, words("calendar.today"), self.to_today),
            tool_button(look, "chevron-right", words("calendar.after"), partial(self._turn, 1)),
            8,
            self._title,
            None,
            label(look, words("calendar.keys"), size="caption", tone="faint"),
            gap=4,
        )
        layout = column(look, self.head, self.entry, self._stack, gap=8)
        side = look.theme.px(24)
        layout.setContentsMargins(side, 0, side, look.theme.px(8))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.grid)

    @property
    def view(self) -> CalendarView:
        """What is in front."""
        return self.month if self._view == "month" else self.grid

    def set_view(self, name: str) -> None:
        """One of VIEWS; the cursor stays on its day."""
        if name == self._view and self.view.days:
            return
        before = self.view
        self._view = name
        view = self.view
        view.day, view.minute, view.current = before.day, before.minute, before.current
        self._stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        view.setAccessibleDescription(self.context.words(f"calendar.{name}"))

    def refresh(self) -> None:
        """Reads the days shown anew."""
        view, words, store = self.view, self.context.words, self.context.store
        if self._view == "month":
            self.month.month = view.day
            days = [day for week in month_weeks(view.day) for day in week]
        else:
            days = [view.day] if self._view == "day" else week_of(view.day)
        found = agenda(store, days[0], days[-1])
        items = [self._visit(due) for due in found.visits]
        items += [self._task(due) for due in found.tasks]
        for one, birthday in kept_from(store, days[0], len(days) - 1):
            name = one.contact.name
            said = words("calendar.birthday", name=name)
            spoken = " · ".join(filter(None, (said, one.customer)))
            key = f"contact:{one.contact.id}"
            items.append(Item(key, birthday.day, name, icon="gift", face="care", spoken=spoken))
        for dated, coming in special_days.kept_from(store, days[0], len(days) - 1):
            said = special_days.said(words, dated)
            spoken = " · ".join(filter(None, (said, dated.customer)))
            key = f"special_day:{dated.record.id}"
            items.append(Item(key, coming.day, said, icon="star", face="care", spoken=spoken))
        view.show_days(days, items, self._note)
        self._title.setText(self._told(days))

    def _note(self, day: date) -> Note:
        return Note(*day_note(self.context.words, day))

    def _told(self, days: list[date]) -> str:
        words, day = self.context.words, self.view.day
        if self._view == "day":
            return words.dated(day)
        number = day.isocalendar().week
        if self._view == "week":
            year = days[0].year != days[-1].year or day.year != self.context.look.clock.today().year
            span = " – ".join(words.date(one, year=year) for one in (days[0], days[-1]))
            return words("calendar.week_title", span=span, week=number)
        return words("widgets.month_title", year=day.year, month=day.month)

    # what stands there

    def _visit(self, due: DueVisit) -> Item:
        words, visit = self.context.words, due.visit
        begin = from_stamp(visit.starts_at).astimezone()
        start = begin.hour * 60 + begin.minute
        minutes = min(visit.minutes or USUAL, DAY - start)
        what = visit.objective or words.choice("advance", visit.wanted_advance)
        state = words.choice("visit_state", visit.state)
        span = f"{clock(start)}–{clock(start + minutes)}"
        return Item(
            key=f"visit:{visit.id}",
            day=begin.date(),
            title=due.customer,
            aside=" · ".join(filter(None, (what, visit.place))),
            face=_face(visit),
            start=start,
            minutes=minutes,
            movable=visit.state == "planned",
            spoken=" · ".join(filter(None, (span, due.customer, what, visit.place, state))),
        )

    def _task(self, due: DueTask) -> Item:
        task, today = due.task, self.context.look.clock.today()
        day = date.fromisoformat(task.day or "")
        late = day < today and task.party == "us"
        face: Face = "late" if late else "theirs" if task.party == "them" else "task"
        return Item(
            key=f"task:{task.id}",
            day=day,
            title=task.title,
            icon="circle" if task.party == "us" else "person",
            face=face,
            movable=True,
            spoken=" · ".join(filter(None, (task.title, due.customer))),
        )

    # going about

    def show_day(self, day: date) -> None:
        """Shows the page of a day, the cursor on it."""
        self.view.day = day
        self.refresh()

    def to_today(self) -> None:
        self.show_day(self.context.look.clock.today())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, by: int) -> None:
        day = self.view.day
        if self._view == "month":
            self.show_day(add_months(day, by))
            return
        self.show_day(day + timedelta(days=by * (1 if self._view == "day" else 7)))

    def _zoom(self, day: date) -> None:
        self.set_view("day")
        self.show_day(day)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, key: str) -> None:
        kind, _, row_id = key.partition(":")
        if kind != "task":
            self.context.open(kind, row_id)
            return
        task = self.context.store.record(Task, row_id)
        if task is not None and task.deal_id:
            self.context.open("deal", task.deal_id)
        elif task is not None and task.customer_id:
            self.context.open("customer", task.customer_id)

    # changing

    def _move(self, key: str, day: date, minute: int | None) -> None:
        words = self.context.words
        kind, _, row_id = key.partition(":")
        if kind == "task":
            said = words("calendar.task_moved", day=words.dated(day, year=False))
            self.context.run(RescheduleTask(row_id, day), undoable=said)
            return
        visit = self.context.store.record(Visit, row_id)
        if visit is None:
            return
        at = from_stamp(visit.starts_at).astimezone().time()
        if minute is not None:
            at = time(minute // 60, minute % 60)
        moment = datetime.combine(day, at).astimezone()
        said = words("calendar.visit_moved", day=words.dated(day, year=False), time=f"{at:%H:%M}")
        self.context.run(RescheduleVisit(row_id, moment), undoable=said)

    def _resize(self, key: str, minutes: int) -> None:
        row_id = key.partition(":")[2]
        visit = self.context.store.record(Visit, row_id)
        if visit is None:
            return
        said = self.context.words("calendar.visit_length", n=minutes)
        moment = from_stamp(visit.starts_at)
        self.context.run(RescheduleVisit(row_id, moment, minutes), undoable=said)

    def _ask(self, day: date, minute: int | None, minutes: int) -> None:
        self.entry.ask(Span(day, minute, minutes))

    def _close_entry(self) -> None:
        self.entry.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, key: str) -> None:
        self.view.current = key
        self.refresh()
        self._close_entry()


def _face(visit: Visit) -> Face:
    judgement = visit.judgement
    if judgement is not None:
        return _FACES[judgement.verdict]
    return "running" if visit.state == "running" else "plan"
