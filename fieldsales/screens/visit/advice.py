"""How to talk with those who will be there, all of them or one at a time (M21)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from fieldsales.methods.whole_brain.advice import (
    Advice,
    Counsel,
    counsel_told,
    grounds,
    lines,
    of_visit,
)
from fieldsales.screens.visit.desk import Desk
from fieldsales.widgets.card import Section, empty
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.offers import Offers
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import column, label
from fieldsales.widgets.quadrants import type_chips

_TOGETHER = "together"


class AdviceSection(Section):
    """What to bring, say, show and avoid; who is not known yet invites to tick clues."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("advice.title"))
        self._desk = desk
        self._visit_id = ""
        self.whom = Picks(look, name=words("advice.title"), clearable=False)
        self.whom.chosen.connect(self.show_facts)
        self.chips = ChipLine(look)
        self._nobody = label(look, words("advice.nobody"), tone="muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(12))
        self._grid.setVerticalSpacing(look.theme.px(6))
        self._grid.setColumnStretch(1, 1)
        self._shown: list[tuple[str, str]] = []
        self.unknown = Offers(look, "eye")
        self.unknown.taken.connect(desk.clues_wanted)
        inside = column(look, self._nobody, self.whom, self.chips, gap=8)
        inside.addLayout(self._grid)
        inside.addWidget(self.unknown)
        self.show_parts((inside,))

    @property
    def told(self) -> list[tuple[str, str]]:
        """What is shown: (what it is about, what to do)."""
        return list(self._shown)

    def show_facts(self) -> None:
        """Show the advice for those who are expected now."""
        desk, words = self._desk, self._desk.words
        advice = of_visit(desk.facts, words, desk.look.clock.today())
        counsels = advice.counsels
        self._nobody.setVisible(not desk.facts.live_people)
        picks = [Pick(str(at), one.seat.profile.name) for at, one in enumerate(counsels)]
        if advice.talk is not None:
            picks.insert(0, Pick(_TOGETHER, words("advice.together")))
        if self._visit_id != desk.visit_id or self.whom.key not in {pick.key for pick in picks}:
            self._visit_id = desk.visit_id
            self.whom.set_key(picks[0].key if picks else "")
        self.whom.set_picks(picks)
        self.whom.setVisible(len(picks) > 1)
        one = counsels[int(self.whom.key)] if self.whom.key not in ("", _TOGETHER) else None
        self._show_chips(one)
        self._show_lines(counsel_told(one, words) if one is not None else self._of_all(advice))
        self.unknown.show_offers(
            [
                (person.contact.id, words("advice.tick_clues", name=person.contact.name), None)
                for person in desk.facts.live_people
                if person.assessment is None and not person.clues
            ]
        )

    def _of_all(self, advice: Advice) -> list[tuple[str, str]]:
        """What is not known yet has its own lines below."""
        about = self._desk.words("advice.unknown")
        return [line for line in lines(advice, self._desk.words) if line[0] != about]

    def _show_chips(self, one: Counsel | None) -> None:
        words = self._desk.words
        chips: list[tuple[str, ChipFace]] = []
        if one is not None:
            profile = one.seat.profile
            chips = [("", face) for face in type_chips(profile, words)]
            role = words.choice("buying_role", one.seat.role)
            chips += [("", ChipFace(text)) for text in (role, grounds(profile, words)) if text]
        self.chips.show_chips(chips)
        self.chips.setVisible(bool(chips))

    def _show_lines(self, told: Sequence[tuple[str, str]]) -> None:
        if list(told) == self._shown:
            return
        self._shown = list(told)
        look = self._desk.look
        empty(self._grid)
        for at, (about, what) in enumerate(told):
            heading = label(look, about, size="caption", tone="muted")
            self._grid.addWidget(heading, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(look, what, wrap=True), at, 1)
