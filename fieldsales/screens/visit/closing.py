"""The route to an order, a step at a time, with a sentence for each (M29b)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldsales.screens.visit.desk import Desk
from fieldsales.widgets.card import Section
from fieldsales.widgets.offers import Offers
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, label

_FIRST = "check"
_TECHNIQUE = "technique"
_ENOUGH = 2  # signals after which closing is worth a try


class ClosingGuide(Section):
    """Opens when signals were noticed, or when asked; the steps that may follow lead on."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.closing"))
        self._desk = desk
        self._step = _FIRST
        self._wanted: bool | None = None  # opened or closed by hand
        self.toggle = button(look, "", self._turn, role="link")
        self._what = label(look, bold=True, wrap=True)
        self._say = label(look, tone="accent", wrap=True)
        self.techniques = Picks(look, name=words("visit.closing_technique"))
        self.techniques.set_picks(
            [Pick(code, words(f"visit.technique.{code}")) for code in desk.library.techniques]
        )
        self.techniques.chosen.connect(self._show_step)
        self._about = label(look, size="caption", tone="muted", wrap=True)
        self.next_steps = Offers(look, "chevron-right")
        self.next_steps.taken.connect(self._go)
        self.show_parts((self._what, self._say, self.techniques, self._about, self.next_steps))
        self.body.insertWidget(0, self.toggle, 0, Qt.AlignmentFlag.AlignLeft)

    def load(self) -> None:
        """Show another visit: from the beginning."""
        self._step, self._wanted = _FIRST, None
        self.techniques.set_key("")

    def show_facts(self) -> None:
        """Open once enough signals were noticed, unless it was opened or closed by hand."""
        signals = len(self._desk.facts.items_of("signal"))
        opened = self._wanted if self._wanted is not None else signals >= _ENOUGH
        key = "visit.closing_hide" if opened else "visit.closing_show"
        self.toggle.setText(self._desk.words(key))
        for part in (self._what, self._say, self.next_steps):
            part.setVisible(opened)
        self._show_step(opened=opened)

    def _turn(self) -> None:
        self._wanted = not self._what.isVisible()
        self.show_facts()

    def _go(self, step: str) -> None:
        self._step = step
        self.show_facts()

    def _show_step(self, _code: str = "", *, opened: bool = True) -> None:
        shelf, words = self._desk.library, self._desk.words
        step = shelf.route[self._step]
        entry = shelf.techniques.get(self.techniques.key)
        choosing = opened and self._step == _TECHNIQUE
        self.techniques.setVisible(choosing)
        self._about.setVisible(choosing)
        said, about = step.say, "\n".join(rule.text for rule in shelf.rules.values())
        if choosing and entry is not None:
            said = entry.example
            about = words(
                "visit.technique_about",
                what=entry.what,
                when=entry.when,
                not_when=entry.when_not,
                honest=entry.honest,
            )
        self._what.setText(step.step)
        self._say.setText(words("visit.say", text=said))
        self._about.setText(about)
        follow = step.goes_to or (_FIRST,)
        self.next_steps.show_offers([(code, shelf.route[code].step, None) for code in follow])
        self.next_steps.setVisible(opened)
