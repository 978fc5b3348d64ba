"""The section: who could be seen at the left, the five days beside it; one press makes visits."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.weeks import week_of
from fieldsales.reports.week_words import why
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.customers_first import customers_first
from fieldsales.screens.sections import SectionPage
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.week_plan import PlanWeek
from fieldsales.services.portfolio import renew
from fieldsales.services.week_planning import (
    PER_DAY_SETTING,
    WORKDAYS,
    Week,
    starts,
    usual_monday,
    week,
)
from fieldsales.store.journal import Changed
from fieldsales.store.queries import customers
from fieldsales.widgets.day_list import DayFace, DayList
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.segmented import Option, Segmented

_PER_DAY = (2, 3, 4, 5, 6, 8)


class WeekPage(SectionPage):
    """What is proposed can be moved by dragging or by 1 to 5; 0 leaves it out."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.week: Week | None = None
        self.places: dict[str, date] = {}  # customer -> day, as it stands on the board
        today = look.clock.today()
        self.monday = usual_monday(today)
        this = week_of(today)[0]
        self._mondays = {"this": this, "next": this + timedelta(days=7)}
        self.which = Segmented(
            look,
            [Option(key, words(f"week_plan.{key}")) for key in self._mondays],
            name=words("week_plan.which"),
        )
        self.which.set_key("this" if self.monday == this else "next")
        self.which.chosen.connect(self._week_chosen)
        self.per_day = Segmented(
            look, [Option(str(n), str(n)) for n in _PER_DAY], name=words("week_plan.per_day")
        )
        self.per_day.chosen.connect(self._per_day_chosen)
        self.again = button(look, words("week_plan.again"), self.propose, icon="redo", role="quiet")
        self.paper = button(look, words("week_plan.paper"), self._open_paper, icon="document")
        self.plan = button(
            look, words("week_plan.plan"), self.save, icon="calendar", role="primary"
        )
        self.tools = (self.paper, self.plan)
        self.finding = label(look, size="title", bold=True, wrap=True)
        self.lists = [DayList(look, number, WORKDAYS) for number in range(WORKDAYS + 1)]
        self.heads = [label(look, bold=True) for _ in self.lists]
        columns = row(look, gap=8)
        for number, (head, made) in enumerate(zip(self.heads, self.lists, strict=True)):
            made.moved.connect(self.move_to)
            made.opened.connect(self._open_card)
            made.beside.connect(partial(self._to_list, number))
            inside = column(look, head, made, gap=4)
            inside.setStretch(1, 1)
            columns.addLayout(inside, 1)
        above = row(
            look,
            self.which,
            label(look, words("week_plan.per_day"), tone="muted"),
            self.per_day,
            self.again,
            None,
            gap=8,
        )
        hint = label(look, words("week_plan.keys"), size="caption", tone="faint", wrap=True)
        board = QWidget()
        layout = column(look, above, self.finding, columns, hint, gap=8)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(4), side, look.theme.px(12))
        layout.setStretch(2, 1)
        board.setLayout(layout)
        self.empty = customers_first(context, words("week_plan.nobody"), "calendar")
        self.stack = QStackedWidget()
        self.board = board
        for page in (board, self.empty):
            self.stack.addWidget(page)
        self.setLayout(column(look, self.stack))

    # the contract

    def refresh(self) -> None:
        if not customers.count(self.context.store):
            self.stack.setCurrentWidget(self.empty)
            self.plan.hide()
            self.paper.hide()
            return
        self.stack.setCurrentWidget(self.board)
        self.plan.show()
        self.paper.show()
        workspace, store = self.context.workspace, self.context.store
        monday = self.monday

        def work(job: Job) -> Week:
            try:
                renew(workspace, job.watch)
                return week(store, monday)
            finally:
                store.release()

        self.context.jobs.start(work, self._arrived, self.context.tell)

    def follow(self, changed: Changed) -> None:
        if changed.rows:
            self.refresh()

    def commands_here(self) -> list[Command]:
        words = self.context.words
        return [
            Command(words("week_plan.plan"), "calendar", self.save),
            Command(words("week_plan.again"), "redo", self.propose),
            Command(words("week_plan.paper"), "document", self._open_paper),
        ]

    # what is shown

    def _arrived(self, found: Week) -> None:
        if found.days[0] != self.monday:
            return  # another week was chosen meanwhile
        fresh = self.week is None or self.week.days != found.days
        fresh = fresh or (self.week is not None and self.week.per_day != found.per_day)
        self.week = found
        self.per_day.set_key(str(found.per_day))
        if fresh:
            self.places = dict(found.proposed)
        self._show()

    def _placed(self) -> dict[str, date]:
        """Who stands where; who is planned by now is back on its day if that is undone."""
        wanted = self.week.wanted if self.week else ()
        known = {one.candidate.customer_id for one in wanted}
        return {key: day for key, day in self.places.items() if key in known}

    def _show(self) -> None:
        assert self.week is not None
        words, found, today = self.context.words, self.week, self.context.look.clock.today()
        placed, waiting = self._placed(), list[DayFace]()
        on: dict[date, list[DayFace]] = {day: [] for day in found.days}
        for visit in found.visits:
            if visit.day in on:
                at = words.time(from_stamp(visit.starts_at))
                told = words("week_plan.planned" if visit.open else "week_plan.done", at=at)
                on[visit.day].append(
                    DayFace(visit.customer_id, visit.name, told, visit.name, fixed=True)
                )
        for one in found.wanted:
            told = why(words, one, today)
            name, region = one.candidate.name, one.candidate.region
            tip = "\n".join(filter(None, (name, region, told)))
            face = DayFace(one.candidate.customer_id, name, told, tip)
            day = placed.get(one.candidate.customer_id)
            (waiting if day is None else on[day]).append(face)
        self.heads[0].setText(words("week_plan.waiting", n=len(waiting)))
        self.lists[0].show_faces(waiting)
        for number, day in enumerate(found.days, start=1):
            name = words("week_plan.day", n=number, day=words.dated(day, year=False))
            self.heads[number].setText(name)
            self.lists[number].setAccessibleName(name)
            self.lists[number].show_faces(on[day])
        self.lists[0].setAccessibleName(self.heads[0].text())
        n = len(placed)
        regions = {
            one.candidate.region for one in found.wanted if one.candidate.customer_id in placed
        } - {""}
        if n:
            key = "found_regions" if len(regions) > 1 else "found"
        elif any(found.rooms.values()):
            key = "unplaced" if waiting else "none"
        else:
            key = "full"
        self.finding.setText(
            words(f"week_plan.{key}", n=n, planned=len(found.visits), regions=len(regions))
        )
        self.plan.setEnabled(bool(n))

    def _to_list(self, number: int, step: int) -> None:
        """To the next list in that direction that holds something."""
        at = number + step
        while 0 <= at < len(self.lists) and not self.lists[at].count():
            at += step
        if 0 <= at < len(self.lists):
            self.lists[at].setFocus(Qt.FocusReason.OtherFocusReason)

    # what is done

    def move_to(self, customer_id: str, number: int) -> None:
        """Moves a customer to the nth day, 0 takes it out; a day without room says so."""
        found, words = self.week, self.context.words
        if found is None or customer_id not in {one.candidate.customer_id for one in found.wanted}:
            return
        if number == 0:
            self.places.pop(customer_id, None)
        else:
            day = found.days[number - 1]
            there = sum(other == day for key, other in self._placed().items() if key != customer_id)
            if there >= found.rooms[day]:
                over = day < self.context.look.clock.today()
                key = "week_plan.day_over" if over else "week_plan.day_full"
                told = words(key, day=words.dated(day, year=False), n=found.per_day)
                self.context.say(Message(told, "warn", key="week_plan"))
                return
            self.places[customer_id] = day
        self._show()

    def propose(self) -> None:
        """Puts everybody where the rule would."""
        if self.week is not None:
            self.places = dict(self.week.proposed)
            self._show()

    def save(self) -> None:
        """What stands on the days becomes planned visits, in one step."""
        placed = self._placed()
        if self.week is None or not placed:
            return
        visits = starts(self.week, placed, self.context.look.clock.now())
        told = self.context.words("week_plan.saved", n=len(visits))
        self.context.run(PlanWeek(visits), undoable=told)

    def _week_chosen(self, key: str) -> None:
        self.monday = self._mondays[key]
        self.week = None
        self.refresh()

    def _per_day_chosen(self, key: str) -> None:
        self.context.run(ChangeSetting(PER_DAY_SETTING, int(key)))

    def _open_card(self, customer_id: str) -> None:
        self.context.open("customer", customer_id)

    def _open_paper(self) -> None:
        self.context.open("paper", f"weekly_plan:{self.monday.isoformat()}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        filled = next((one for one in self.lists[1:] if one.count()), self.lists[0])
        filled.setFocus(Qt.FocusReason.OtherFocusReason)
