"""The verdict as it stands: what it is, why, and what would make more of it (M29c)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.verdict import Judgement, Outcome, Verdict, judge
from fieldsales.screens.visit.desk import Desk
from fieldsales.widgets.chips import CHIP_TONES, ChipFace
from fieldsales.widgets.pieces import IconLabel, button, column, label, row, set_style, surface
from fieldsales.words import Words

_TONES = {
    Verdict.ORDER: "good",
    Verdict.ADVANCE: "good",
    Verdict.CONTINUATION: "warn",
    Verdict.NO_SALE: "bad",
}
_ICONS = {
    Verdict.ORDER: "cart",
    Verdict.ADVANCE: "forward",
    Verdict.CONTINUATION: "history",
    Verdict.NO_SALE: "close",
}


def verdict_chip(words: Words, verdict: Verdict) -> ChipFace:
    """A verdict as a chip."""
    return ChipFace(words.choice("verdict", verdict), _TONES[verdict], _ICONS[verdict])


class VerdictCard(QWidget):
    """The verdict of what was typed so far, its reason, what is missing, and how to ask for it."""

    wanted = Signal(str)  # the field that is missing

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._icon = IconLabel(look, "history", "warn", 24)
        self.verdict = label(look, size="section", bold=True)
        self.reason = label(look, wrap=True)
        self._steps = {
            name: _Step(desk, name, words(f"visit.advance_needs.{name}"))
            for name in ("their_action", "their_date")
        }
        self._ask = label(look, size="caption", tone="muted", wrap=True)
        self.conclude = button(look, words("visit.conclude"), role="primary")
        self._fixed = label(
            look, words("visit.conclusion_stands"), size="caption", tone="muted", wrap=True
        )
        ground = surface("card")
        inside = column(
            look,
            row(look, self._icon, self.verdict, None, gap=8),
            self.reason,
            *self._steps.values(),
            self._ask,
            self._fixed,
            self.conclude,
            gap=10,
            margin=16,
        )
        ground.setLayout(inside)
        self.setLayout(column(look, ground, gap=0))
        for step in self._steps.values():
            step.wanted.connect(self.wanted)

    def show_outcome(self, outcome: Outcome, advance: str) -> None:
        """`advance` is the code whose way of asking helps most."""
        words = self._desk.words
        judged = judge(outcome)
        tone, _ground = CHIP_TONES[_TONES[judged.verdict]]
        self._icon.set_icon(_ICONS[judged.verdict], tone)
        self.verdict.setText(words.choice("verdict", judged.verdict))
        set_style(self.verdict, "tone", tone)
        self.reason.setText(words(f"verdict_reason.{judged.reason}"))
        self._steps["their_action"].set_met(bool(outcome.their_action.strip()))
        self._steps["their_date"].set_met(bool(outcome.their_date))
        open_ = judged.verdict in (Verdict.CONTINUATION, Verdict.ADVANCE)
        for step in self._steps.values():
            step.setVisible(open_)
        self._coach(judged, advance)
        done = self._desk.facts.visit.state == "concluded"
        self.conclude.setVisible(not done)
        self._fixed.setVisible(done)
        self.setAccessibleName(f"{self.verdict.text()} {self.reason.text()}")

    def _coach(self, judged: Judgement, advance: str) -> None:
        """How to ask for what is missing, as long as the customer still sits there."""
        words, shelf = self._desk.words, self._desk.library
        entry = shelf.advances.get(advance)
        told = ""
        if judged.reason == "action_without_date":
            told = words("visit.say", text=shelf.phrases["ask_date"].text)
        elif judged.reason == "no_action" and entry is not None:
            told = words("visit.how_to_ask", ask=entry.ask, say=entry.examples[0])
        elif judged.reason == "no_action":
            told = words("visit.say", text=shelf.phrases["ask_small_step"].text)
        self._ask.setText(told)
        self._ask.setVisible(bool(told))


class _Step(QWidget):
    """One of the two things that make an advance: there, or wanted."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, name: str, text: str) -> None:
        super().__init__()
        self._name = name
        self._icon = IconLabel(desk.look, "circle", "ink-3", 16)
        self._text = label(desk.look, text)
        self._go = button(
            desk.look, desk.words("visit.fill_in"), lambda: self.wanted.emit(name), role="link"
        )
        self._go.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Shift+Tab leads there as well
        self.setLayout(row(desk.look, self._icon, self._text, None, self._go, gap=8))

    def set_met(self, met: bool) -> None:
        self._icon.set_icon("success" if met else "circle", "good" if met else "ink-3")
        self._go.setVisible(not met)
