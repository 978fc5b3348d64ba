"""The page: visits and tasks on the left, what needs care on the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.relationship import FADES_AFTER
from fieldsales.domain.task import Task
from fieldsales.domain.verdict import Verdict
from fieldsales.domain.visit import Visit
from fieldsales.screens.contract import Context, Screen
from fieldsales.screens.today.care import birthday_entry, unseen_entry
from fieldsales.screens.today.line import TEXT_AT, Entry, Line
from fieldsales.screens.visiting import log_visit
from fieldsales.services.birthdays import soon
from fieldsales.services.operations.deals import SnoozeDeals
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.tasks import CompleteTask, SnoozeTask
from fieldsales.services.stages import stage_name
from fieldsales.store.queries import customers, debts
from fieldsales.store.queries.care import unseen
from fieldsales.store.queries.customers import CustomerRow
from fieldsales.store.queries.deal_cards import DealCard, stuck_cards
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.store.queries.today import DueTask, DueVisit, OpenComplaint, Today, today
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import LINK_PADDING, button, column, label, row

_AT_FIRST = 7  # lines of a group before 'show all'
_BIRTHDAYS = 14  # days ahead
_MOST_BIRTHDAYS = 100
_STUCK = 2  # level of age from which a deal is here; above it, it is more than that
_TONES = {
    Verdict.ORDER: "good",
    Verdict.ADVANCE: "good",
    Verdict.CONTINUATION: "warn",
    Verdict.NO_SALE: "bad",
}


class TodayScreen(Screen):
    """The rep's day. Lines open what they speak of; tasks can be ticked and put off in place."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._whole: set[str] = set()  # groups shown to the end
        self._strip = PageStrip(look, words("today.title"))
        self._strip.fill(button(look, words("today.find"), self._find, icon="search"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(self._scroll, 1)
        self._columns: QBoxLayout | None = None
        self._day = date.min
        self._midnight = QTimer(self, interval=60_000)
        self._midnight.timeout.connect(self._new_day)
        self._midnight.start()

    def refresh(self) -> None:
        words, clock = self.context.words, self.context.look.clock
        self._day = clock.today()
        self._strip.aside.setText(words.dated(self._day, year=False))
        if customers.count(self.context.store):
            self._replace(self._body(today(self.context.store)))
        else:
            self._columns = None
            self._replace(self._first_start())

    def _replace(self, body: QWidget) -> None:
        """Shows a body in the place of the old one, at the same height and the same line."""
        at = self._scroll.verticalScrollBar().value()
        focus = QApplication.focusWidget()
        before = self._scroll.widget()
        inside = focus is not None and before is not None and before.isAncestorOf(focus)
        focused = [focus is not None and line.isAncestorOf(focus) for line in self._lines()]
        old = self._scroll.takeWidget()
        self._scroll.setWidget(body)
        self._scroll.verticalScrollBar().setValue(at)
        self.setFocusProxy(body)
        lines = self._lines()
        if inside and lines:
            at = focused.index(True) if True in focused else 0
            lines[min(at, len(lines) - 1)].setFocus()
        elif inside:
            self.setFocus()
        if old is not None:
            old.hide()
            old.deleteLater()  # one of its lines may be what asked for this

    def _go_on(self, line: Line, by: int) -> None:
        lines = self._lines()
        at = lines.index(line) + by
        if 0 <= at < len(lines):
            lines[at].setFocus()
            self._scroll.ensureWidgetVisible(lines[at])

    def _lines(self) -> list[Line]:
        body = self._scroll.widget()
        return body.findChildren(Line) if body is not None else []

    def _new_day(self) -> None:
        if self.context.look.clock.today() != self._day and self.isVisible():
            self.refresh()

    def _find(self) -> None:
        self.context.find_wanted.emit()

    def _first_start(self) -> QWidget:
        look, words = self.context.look, self.context.words
        return EmptyState(
            look,
            words("today.first"),
            icon="visit",
            hint=words("today.first_hint"),
            action=words("today.import"),
            act=lambda: self.context.open("importing", ""),
            action_icon="import",
            second=words("today.sample"),
            act_second=self._load_sample,
            third=words("common.start_empty"),
            act_third=self.new_record,
        )

    def _load_sample(self) -> None:
        self.context.run(LoadSample(), undoable=self.context.words("today.sample_loaded"))

    # the columns

    def _body(self, day: Today) -> QWidget:
        look, words = self.context.look, self.context.words
        left = column(look, gap=24)
        right = column(look, gap=24)
        tasks = [self._task(task) for task in (*day.overdue, *day.due)]
        visits = [self._visit(visit) for visit in day.visits]
        left.addWidget(self._group("visits", visits, words("today.no_visits")))
        if day.unfinished:
            left.addWidget(self._group("unfinished", [self._visit(v) for v in day.unfinished]))
        left.addWidget(self._group("tasks", tasks, words("today.no_tasks")))
        if day.promised:
            left.addWidget(self._group("promised", [self._task(task) for task in day.promised]))
        left.addStretch(1)
        if day.complaints:
            right.addWidget(self._group("complaints", [self._complaint(c) for c in day.complaints]))
        money = self._money()
        if money:
            right.addWidget(self._group("money", money))
        near = soon(self.context.store, _BIRTHDAYS)[:_MOST_BIRTHDAYS]
        if near:
            right.addWidget(
                self._group("birthdays", [birthday_entry(words, self._day, *one) for one in near])
            )
        stuck = [self._stuck(card) for card in stuck_cards(self.context.store)]
        if stuck:
            right.addWidget(self._group("stuck", stuck))
        since = self._day - timedelta(days=FADES_AFTER)
        unmet = [unseen_entry(words, self._day, one) for one in unseen(self.context.store, since)]
        if unmet:
            right.addWidget(self._group("unseen", unmet))
        cold = [self._cold(row_) for row_ in day.cold]
        right.addWidget(self._group("cold", cold, words("today.no_cold")))
        coming = [self._visit(visit) for visit in day.coming]
        right.addWidget(self._group("coming", coming, words("today.no_coming")))
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.addLayout(left, 3)
        self._columns.addLayout(right, 2)
        side = look.theme.px(24)
        self._columns.setContentsMargins(side, look.theme.px(4), side, side)
        self._columns.setSpacing(look.theme.px(32))
        body = QWidget()
        body.setLayout(self._columns)
        self._turn()
        return body

    def _group(self, name: str, entries: Sequence[Entry], nothing: str = "") -> QWidget:
        """A heading with its count and the first lines below it."""
        look, words = self.context.look, self.context.words
        group = QWidget()
        group.setObjectName(f"group-{name}")
        head = row(look, label(look, words(f"today.{name}"), size="title", bold=True), gap=8)
        if entries:
            head.addWidget(label(look, words.number(len(entries)), tone="faint"))
        head.addStretch(1)
        layout = column(look, head, gap=2)
        if name in ("cold", "stuck", "unseen") and entries:
            hint = words(f"today.{name}_hint", n=FADES_AFTER)
            layout.addWidget(label(look, hint, size="caption", tone="muted", wrap=True))
        shown = entries if name in self._whole else entries[:_AT_FIRST]
        for entry in shown:
            line = Line(look, entry)
            line.opened.connect(self.context.open)
            line.stepped.connect(partial(self._go_on, line))
            layout.addWidget(line)
        if not entries and nothing:
            layout.addWidget(label(look, nothing, tone="muted", wrap=True))
        if len(shown) < len(entries):
            rest = words("today.show_all", n=len(entries))
            more = button(look, rest, lambda: self._show_all(name), role="link")
            layout.addLayout(row(look, TEXT_AT - LINK_PADDING, more, None, gap=0))
        group.setLayout(layout)
        return group

    def _show_all(self, name: str) -> None:
        self._whole.add(name)
        self.refresh()

    # the lines

    def _visit(self, due: DueVisit) -> Entry:
        words, visit = self.context.words, due.visit
        moment = from_stamp(visit.starts_at)
        day = local_day(visit.starts_at)
        when = words.time(moment)
        if day != self._day:
            when = f"{words.days_from(day, self._day)} {when}"
        parts = [words.choice("advance", visit.wanted_advance), visit.objective, visit.place]
        return Entry(
            kind="visit",
            row_id=visit.id,
            icon="visit",
            title=due.customer,
            subtitle=" · ".join(filter(None, parts)),
            when=when,
            when_tone="ink",
            when_tooltip=words.moment(moment),
            chip=self._state_chip(visit),
        )

    def _state_chip(self, visit: Visit) -> ChipFace | None:
        words = self.context.words
        judgement = visit.judgement
        if judgement is not None:
            verdict = judgement.verdict
            return ChipFace(words.choice("verdict", verdict), _TONES[verdict])
        if visit.state == "running":
            return ChipFace(words.choice("visit_state", "running"), "accent")
        return None

    def _task(self, due: DueTask) -> Entry:
        words, task = self.context.words, due.task
        day = date.fromisoformat(task.day or "")
        reason = words("today.snoozed", reason=task.snooze_reason) if task.snooze_reason else ""
        theirs = task.party == "them"
        late = (self._day - day).days
        return Entry(
            kind="customer",
            row_id=task.customer_id or "",
            icon="task",
            title=task.title,
            subtitle=" · ".join(filter(None, (due.customer, reason))),
            when=words("days.overdue", n=late) if late > 0 else words.days_from(day, self._day),
            when_tone="bad" if late > 0 and not theirs else "muted",
            when_tooltip=words.date(day),
            done=lambda: self._complete(task),
            snooze=lambda until, why: self._snooze(task, until, why),
        )

    def _cold(self, customer: CustomerRow) -> Entry:
        words = self.context.words
        if customer.last_contact:
            last = local_day(customer.last_contact)
            ago = words("today.last_seen", when=words.days_from(last, self._day))
            tooltip = words.date(last)
        else:
            ago, tooltip = words("today.never_seen"), ""
        due = date.fromisoformat(customer.contact_due or self._day.isoformat())
        late = (self._day - due).days
        return Entry(
            kind="customer",
            row_id=customer.id,
            icon="clock",
            title=customer.short_name or customer.name,
            subtitle=f"{words.choice('horizon', customer.horizon)} · {ago}",
            when=words("today.late", n=late) if late else words("days.today"),
            when_tone="warn",
            when_tooltip=tooltip,
            snooze=lambda until, why: self._contact_later(customer, until, why),
            actions=(("visit", words("today.log_visit"), self._log),),
        )

    def _stuck(self, card: DealCard) -> Entry:
        words, deal = self.context.words, card.deal
        found = pipelines(self.context.store).stage(deal.stage)
        stage = stage_name(words, found) if found else ""
        step = card.next_step.text if card.next_step else words("today.no_next_step")
        return Entry(
            kind="deal",
            row_id=deal.id,
            icon="funnel",
            title=f"{card.customer} · {deal.title}",
            subtitle=" · ".join(filter(None, (stage, step))),
            when=words("today.stuck_days", n=card.days),
            when_tone="bad" if card.level > _STUCK else "warn",
            snooze=lambda until, why: self._put_off(deal.id, until, why),
        )

    def _money(self) -> list[Entry]:
        """Debts to call about: promises of today and those not kept, what is overdue."""
        store, words = self.context.store, self.context.words
        owed = debts.calls(store)
        found = []
        for one, debt in zip(owed, debts.rows(store, owed), strict=True):
            if debt is None:
                continue
            late = one.days_late(self._day)
            reason = words(f"receivables.reason.{one.reason(self._day)}")
            name = debt.receivable.number or debt.receivable.title
            found.append(
                Entry(
                    kind="receivable",
                    row_id=one.id,
                    icon="money",
                    title=f"{debt.customer} · {words.money(one.open, one.currency, cents=False)}",
                    subtitle=" · ".join(filter(None, (reason, name))),
                    when=words("days.overdue", n=late) if late > 0 else words("days.today"),
                    when_tone="bad" if late > 0 else "warn",
                    when_tooltip=one.due or "",
                )
            )
        return found

    def _complaint(self, complaint: OpenComplaint) -> Entry:
        words, record = self.context.words, complaint.complaint
        day = local_day(record.at)
        return Entry(
            kind="customer",
            row_id=record.customer_id,
            icon="warning",
            title=complaint.customer,
            subtitle=record.text.splitlines()[0] if record.text else "",
            when=words.days_from(day, self._day),
            when_tone="bad",
            when_tooltip=words.date(day),
            actions=(("check", words("today.settled"), lambda: self._settle(record.id)),),
        )

    # what a line does

    def _complete(self, task: Task) -> None:
        said = self.context.words("today.task_done", title=task.title)
        self.context.run(CompleteTask(task.id), undoable=said)

    def _snooze(self, task: Task, until: date, reason: str) -> None:
        words = self.context.words
        said = words("today.task_snoozed", day=words.date(until, year=False))
        self.context.run(SnoozeTask(task.id, until, reason), undoable=said)

    def _contact_later(self, customer: CustomerRow, until: date, reason: str) -> None:
        """A customer is put off by a task: it is a next step, and comes back by itself."""
        words = self.context.words
        values = {
            "title": words("today.contact", name=customer.short_name or customer.name),
            "due": until.isoformat(),
            "customer_id": customer.id,
            "snooze_reason": reason,
        }
        said = words("today.task_snoozed", day=words.date(until, year=False))
        self.context.run(AddRecord("task", values), undoable=said)

    def _put_off(self, deal_id: str, until: date, reason: str) -> None:
        words = self.context.words
        said = words("today.deal_put_off", day=words.date(until, year=False))
        self.context.run(SnoozeDeals((deal_id,), until, reason), undoable=said)

    def _log(self) -> None:
        pressed = self.sender()
        assert isinstance(pressed, QWidget)
        line = next(line for line in self._lines() if line.isAncestorOf(pressed))
        log_visit(self.context, line.entry.row_id, pressed)

    def _settle(self, row_id: str) -> None:
        closed = {"closed_at": self.context.look.clock.stamp()}
        said = self.context.words("today.complaint_settled")
        self.context.run(EditRecord("interaction", row_id, closed), undoable=said)

    # narrow windows have one column

    def _turn(self) -> None:
        if self._columns is not None:
            narrow = self.width() < self.context.look.theme.px(960)
            direction = (
                QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            )
            self._columns.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._new_day()
