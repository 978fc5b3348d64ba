"""What follows from the visit: the tasks of both sides, and the next visit in one go (M46)."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Qt

from fieldsales.domain.clock import from_stamp, local_day, to_stamp
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.tasks import CompleteTask, ReopenTask
from fieldsales.services.operations.visits import PlanVisit
from fieldsales.widgets.card import Section
from fieldsales.widgets.day_editor import DayLine
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.kept_rows import Row, Rows, TickRow
from fieldsales.widgets.pieces import Tone, button, column, label, row
from fieldsales.widgets.typed import parse_time

_USUAL = time(9)


class FollowUps(Section):
    """The tasks that came out of the visit, to tick; and one more of ours."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.follow_ups"))
        self._desk = desk
        self.rows: Rows[Task] = Rows(look, lambda task: _TaskRow(desk, task), gap=0)
        self._none = label(look, words("visit.no_follow_ups"), tone="muted", wrap=True)
        self.line = LineEdit(look)
        self.line.setPlaceholderText(words("visit.add_task"))
        self.line.setAccessibleName(words("visit.add_task"))
        self.line.returnPressed.connect(self._add)
        self.day = DayLine(look)
        self.day.setPlaceholderText(words("visit.task_day"))
        self.day.setAccessibleName(words("visit.task_day"))
        self.day.returnPressed.connect(self._add)
        adding = row(look, gap=8)
        adding.addWidget(self.line, 3)
        adding.addWidget(self.day, 2)
        self.show_parts((self._none, self.rows, adding))

    def show_facts(self) -> None:
        """Show the tasks as they are now."""
        tasks = self._desk.facts.follow_ups
        self.rows.show_things(tasks)
        self._none.setVisible(not tasks)
        self.set_count(len(tasks))

    def _add(self) -> None:
        desk, title, day = self._desk, self.line.text().strip(), self.day.day()
        if not title:
            return
        if self.day.text().strip() and day is None:
            self.day.setFocus()
            return
        values = {
            "title": title,
            "due": day.isoformat() if day else None,
            "kind": "follow_up",
            "party": "us",
            "customer_id": desk.facts.customer.id,
            "deal_id": desk.facts.visit.deal_id,
            "visit_id": desk.visit_id,
        }
        if desk.run(AddRecord("task", values)):
            self.line.clear()
            self.day.set_day(None)
            self.line.setFocus()


class _TaskRow(Row[Task]):
    def __init__(self, desk: Desk, task: Task) -> None:
        super().__init__()
        self._desk = desk
        self._task = task
        self.tick = TickRow(desk.look)
        self.tick.ticked.connect(self._ticked)
        self.setLayout(column(desk.look, self.tick, gap=0))

    def show_thing(self, thing: Task) -> None:
        self._task = thing
        words, today = self._desk.words, self._desk.look.clock.today()
        promised = thing.party == "us" and thing.kind == "promise"
        said = [words("visit.task_promised" if promised else f"visit.task_of.{thing.party}")]
        tone: Tone = "muted"
        if thing.due:
            due = date.fromisoformat(thing.due)
            said += [words.days_from(due, today), words.weekday(due)]
            tone = "bad" if due < today and not thing.done_at else "muted"
        self.tick.set_texts(thing.title, " · ".join(said), tone)
        self.tick.set_ticked(bool(thing.done_at))

    def _ticked(self, ticked: bool) -> None:
        self._desk.run(CompleteTask(self._task.id) if ticked else ReopenTask(self._task.id))


class NextVisit(Section):
    """The next visit to the same people about the same deal: a day, Enter, planned."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.next_visit"))
        self._desk = desk
        self._planned = label(look, wrap=True)
        self._open = button(look, words("visit.prepare_next"), self._show_next, role="link")
        self.day = DayLine(look)
        self.day.setPlaceholderText(words("visit.next_day"))
        self.day.setAccessibleName(words("visit.next_day"))
        self.day.returnPressed.connect(self.plan)
        self.clock = LineEdit(look)
        self.clock.setPlaceholderText(f"{_USUAL:%H:%M}")
        self.clock.setAccessibleName(words("visit.next_time"))
        self.clock.setFixedWidth(look.theme.px(76))
        self.clock.returnPressed.connect(self.plan)
        self._plan = button(look, words("visit.plan_next"), self.plan)
        self._wrong = label(
            look, words("visit.next_needs_day"), size="caption", tone="bad", wrap=True
        )
        line = row(look, gap=8)
        line.addWidget(self.day, 1)
        line.addWidget(self.clock)
        line.addWidget(self._plan)
        there = row(look, gap=8)
        there.addWidget(self._planned, 1)
        there.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)
        self.show_parts((there, line, self._wrong))

    def load(self) -> None:
        """Show another visit."""
        self.day.set_day(None)
        self.clock.clear()
        self._wrong.setVisible(False)

    def show_facts(self) -> None:
        """Show whether a next visit is planned."""
        words, today = self._desk.words, self._desk.look.clock.today()
        coming = self._next()
        self._planned.setVisible(coming is not None)
        self._open.setVisible(coming is not None)
        if coming is not None:
            day = local_day(coming.starts_at)
            text = words(
                "visit.next_planned",
                day=words.dated(day, year=day.year != today.year),
                when=words.days_from(day, today),
                time=words.time(from_stamp(coming.starts_at)),
            )
            self._planned.setText(text)

    def plan(self) -> None:
        """Plans it for the day that was typed."""
        day = self.day.day()
        at = parse_time(self.clock.text()) if self.clock.text().strip() else _USUAL
        self._wrong.setVisible(day is None or at is None)
        if day is None or at is None:
            (self.clock if day is not None else self.day).setFocus()
            return
        desk, visit = self._desk, self._desk.facts.visit
        values = {
            "starts_at": to_stamp(datetime.combine(day, at).astimezone()),
            "kind": visit.kind,
            "place": visit.place,
            "deal_id": visit.deal_id,
        }
        people = desk.facts.people
        met = [person.contact.id for person in people if person.met]
        expected = tuple(met or [person.contact.id for person in people])
        said = desk.words("visit.next_said", day=desk.words.date(day, year=False))
        if desk.run(PlanVisit(visit.customer_id, values, expected), said):
            self.load()

    def _next(self) -> Visit | None:
        card = self._desk.card
        coming = card.next_visit if card else None
        return None if coming is None or coming.id == self._desk.visit_id else coming

    def _show_next(self) -> None:
        coming = self._next()
        if coming is not None:
            self._desk.context.open("visit", coming.id)
