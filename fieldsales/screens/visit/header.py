"""The strip on top: whom, when, the how-manieth visit, its state, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.preference import TABOO
from fieldsales.screens.complaints import ComplaintChip
from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.visit.verdict import verdict_chip
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import (
    Clickable,
    ElidedLabel,
    button,
    column,
    row,
    set_tone,
    tool_button,
)
from fieldsales.widgets.segmented import Option, Segmented

STEPS = ("plan", "run", "conclude")
_TICK = 15_000  # ms; minutes are shown
_STATE_TONES = {"planned": "plain", "running": "accent", "concluded": "plain", "cancelled": "bad"}


class Header(QWidget):
    """Signals say what was pressed; the page does it."""

    step_chosen = Signal(str)
    started = Signal()
    asked = Signal(str)  # customer, brief, report, cancel, revive, again, trash

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self.title = _TitleLink(look)
        self.title.setToolTip(words("visit.open_customer"))
        self.title.clicked.connect(lambda: self.asked.emit("customer"))
        self._state = Chip(look, ChipFace(""))
        self.verdict = Chip(look, ChipFace(""))
        self.complaints = ComplaintChip(desk.context)
        self._brief = button(
            look, words("visit.print_brief"), lambda: self.asked.emit("brief"), icon="print"
        )
        self._report = button(
            look, words("visit.report"), lambda: self.asked.emit("report"), icon="document"
        )
        self.start = button(look, words("visit.start"), self.started.emit, role="primary")
        self.revive = button(
            look, words("visit.menu.revive"), lambda: self.asked.emit("revive"), role="primary"
        )
        self.go_conclude = button(
            look,
            words("visit.go_conclude"),
            lambda: self.step_chosen.emit("conclude"),
            role="primary",
        )
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        more = tool_button(look, "more", words("visit.more"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self._menu)
        first = row(look, gap=8)
        first.addWidget(self.title, 0)
        first.addWidget(self._state)
        first.addWidget(self.verdict)
        first.addWidget(self.complaints)
        first.addStretch(1)
        for part in (self._brief, self._report, self.start, self.revive, self.go_conclude, more):
            first.addWidget(part)
        self.steps = Segmented(
            look,
            [Option(step, words(f"visit.step.{step}")) for step in STEPS],
            name=words("visit.steps"),
        )
        self.steps.setToolTip(words("visit.step_keys"))
        self.steps.chosen.connect(self.step_chosen)
        self._about = ElidedLabel(look, tone="muted")
        self.care = ElidedLabel(look, size="caption")
        self.timer = Chip(look, ChipFace(""), pressable=True)
        self.timer.clicked.connect(self._turn_timer)
        second = row(look, gap=12)
        second.addWidget(self.steps)
        second.addWidget(self._about, 1)
        second.addWidget(self.timer)
        layout = column(look, first, second, self.care, gap=10)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(16), side, look.theme.px(12))
        self.setLayout(layout)
        self._ticking = QTimer(self, interval=_TICK)
        self._ticking.timeout.connect(self._show_timer)

    def show_facts(self, step: str) -> None:
        """Show the visit as it is now, at one of its steps."""
        words, facts = self._desk.words, self._desk.facts
        visit = facts.visit
        self.steps.set_key(step)
        self.title.set_text(facts.customer.name)
        judged = visit.judgement
        self._state.setVisible(judged is None)
        state = words.choice("visit_state", visit.state)
        self._state.set_face(ChipFace(state, _STATE_TONES[visit.state]))
        self.verdict.setVisible(judged is not None)
        if judged is not None:
            self.verdict.set_face(verdict_chip(words, judged.verdict))
            self.verdict.setToolTip(words(f"verdict_reason.{judged.reason}"))
        self.complaints.show_complaints(facts.complaints)
        self._about.set_text(" · ".join(self._facts()))
        self._show_care()
        self.start.setVisible(visit.state == "planned" and step != "conclude")
        self.revive.setVisible(visit.state == "cancelled")
        self.go_conclude.setVisible(visit.state == "running" and step != "conclude")
        self._brief.setVisible(visit.state in ("planned", "cancelled"))
        self._report.setVisible(visit.state in ("running", "concluded"))
        self._show_timer()
        running = visit.state == "running"
        if running != self._ticking.isActive():
            self._ticking.start() if running else self._ticking.stop()

    def rest(self) -> None:
        """Nothing is shown: the clock may stop."""
        self._ticking.stop()

    def _facts(self) -> list[str]:
        words, facts = self._desk.words, self._desk.facts
        visit, today = facts.visit, self._desk.look.clock.today()
        day = local_day(visit.starts_at)
        near = words.days_from(day, today)
        written = words.date(day, year=day.year != today.year)
        dated = words.dated(day, year=day.year != today.year)
        when = f"{dated} {words.time(from_stamp(visit.starts_at))}"
        found = [words("visit.number", n=words.nth(facts.visit_number)), when]
        if near != written:
            found.append(near)
        found.append(words.choice("visit_kind", visit.kind) if visit.kind != "field" else "")
        found += [visit.place, facts.deal.title if facts.deal else ""]
        return [part for part in found if part]

    def _show_care(self) -> None:
        """What to bear in mind of those who will be there, until the visit is over."""
        words, facts = self._desk.words, self._desk.facts
        names = {person.contact.id: person.contact.name for person in facts.people}
        noted = [
            " ".join(filter(None, (names.get(one.contact_id or ""), one.text)))
            for one in facts.preferences
        ]
        shown = bool(noted) and facts.visit.state in ("planned", "running")
        self.care.setVisible(shown)
        if shown:
            self.care.set_text(words("visit.bear_in_mind", text=" · ".join(noted)))
            taboo = any(one.kind == TABOO for one in facts.preferences)
            set_tone(self.care, "warn" if taboo else "muted")

    def _fill_menu(self) -> None:
        words, visit = self._desk.words, self._desk.facts.visit
        self._menu.clear()
        offered = []
        if visit.state in ("planned", "cancelled"):
            offered.append("report")
        else:
            offered.append("brief")
        offered.append("again")
        if visit.state in ("planned", "running"):
            offered.append("cancel")
        offered.append("trash")
        for name in offered:
            action = self._menu.addAction(words(f"visit.menu.{name}"))
            action.triggered.connect(lambda _checked=False, name=name: self.asked.emit(name))

    def _show_timer(self) -> None:
        minutes = self._desk.minutes_running()
        self.timer.setVisible(minutes is not None)
        if minutes is None:
            return
        words, planned = self._desk.words, self._desk.facts.visit.minutes
        hidden = self._desk.context.state.value("visit/timer") == "hidden"
        text = words("visit.minutes", n=minutes)
        if hidden:
            text = words("visit.timer")
        elif planned:
            text = words("visit.minutes_of", n=minutes, planned=planned)
        late = bool(planned and minutes > planned and not hidden)
        tooltip = words("visit.show_timer" if hidden else "visit.hide_timer")
        self.timer.set_face(ChipFace(text, "warn" if late else "plain", "timer", tooltip))

    def _turn_timer(self) -> None:
        state = self._desk.context.state
        shown = state.value("visit/timer") != "hidden"
        state.setValue("visit/timer", "hidden" if shown else "shown")
        self._show_timer()


class _TitleLink(Clickable):
    """The customer's name in the page's size; pressing it leads to the customer."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._label = ElidedLabel(look, size="page", bold=True)
        layout = row(look, gap=0)
        layout.addWidget(self._label)
        self.setLayout(layout)

    def set_text(self, text: str) -> None:
        self._label.set_text(text)
        self.setAccessibleName(text)

    def _light(self) -> None:
        set_tone(self._label, "accent" if self.hovered or self.hasFocus() else "ink")

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._light()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._light()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._light()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._light()
