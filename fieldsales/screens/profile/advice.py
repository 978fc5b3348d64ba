"""How to talk with somebody: from how the rep thinks to how they do, in general and by role."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES
from fieldsales.methods.whole_brain.compared import compared, compared_finding
from fieldsales.methods.whole_brain.profiles import Profile, quadrant_name
from fieldsales.screens.profile.desk import Desk
from fieldsales.screens.profile.texts import Passages
from fieldsales.widgets.card import Section, empty
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label, row

_WIDE = 480.0  # px at 100 % of the two kites
_GENERAL = "general"  # advice whatever their role
_MOST = 2  # quadrants advised on: who wants all four catered for is best met with the first


class GapSection(Section):
    """The rep before this person, or before several: what to do, what to hold back."""

    own_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("profile.gap"), gap=16)
        self._desk = desk
        self.finding = label(look, size="title", wrap=True)
        self.texts = Passages(look)
        self.picture = PictureBlock(look)
        self.invite = button(look, words("profile.gap_invite"), self.own_wanted.emit, role="link")
        beside = QWidget()
        beside.setLayout(
            column(look, self.finding, self.texts, row(look, self.invite, None, gap=0), gap=12)
        )
        self.columns = Columns(look, beside, self.picture, (1, 1))
        self.show_parts((self.columns,))

    def show_gap(self, buyer: Profile) -> None:
        """From the rep to the one who buys."""
        desk, words = self._desk, self._desk.words
        seller = desk.seller
        self.invite.setVisible(seller is None)
        self.picture.setVisible(seller is not None)
        if seller is None:
            self.finding.setText(words("profile.gap_unknown"))
            self.texts.show_passages(())
            return
        both = (_untold(seller), _untold(buyer))
        self.picture.show_picture("", lambda room: compared(*both, words, min(room, _WIDE)))
        if not (seller.leading and buyer.leading):
            self.finding.setText(compared_finding(*both, words))
            even = words("profile.gap_even_buyer" if seller.leading else "profile.gap_even")
            self.texts.show_passages([(words("profile.gap_tell"), even)])
            return
        mine, theirs = seller.leading[0], buyer.leading[0]
        key = "profile.gap_same" if mine == theirs else "profile.gap_finding"
        sides = {"mine": quadrant_name(mine, words), "theirs": quadrant_name(theirs, words)}
        self.finding.setText(words(key, name=buyer.name, **sides))
        gap = desk.brain.gap(mine, theirs)
        self.texts.show_passages(
            [(words("profile.gap_tell"), gap.tell), (words("profile.gap_watch"), gap.watch)]
        )


def _untold(profile: Profile) -> Profile:
    """Named above its kite instead of dated."""
    return Profile(
        profile.name, profile.scores, observed=profile.observed, confidence=profile.confidence
    )


class AdviceSection(Section):
    """What to bring, say, show and avoid, in general or for a role."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("profile.advice"), gap=16)
        self._desk = desk
        self._buyer = Profile("")
        self._owner: str | None = ""
        self.grounds = label(look, tone="muted", wrap=True)
        self.roles = Picks(look, name=words("profile.role"), clearable=False)
        self.roles.chosen.connect(self._draw)
        self._blocks = column(look, gap=24)
        self.show_parts((self.grounds, self.roles, self._blocks))

    def show_advice(self, buyer: Profile) -> None:
        desk, words = self._desk, self._desk.words
        self._buyer = buyer
        held = desk.roles
        self.roles.set_picks(
            [
                Pick(_GENERAL, words("profile.general")),
                *(
                    Pick(role, words.choice("buying_role", role), marked=role in held)
                    for role in (*BUYING_ROLES, *SIDE_ROLES)
                    if role in held or any(f"{q}_{role}" in desk.brain.advice for q in "abcd")
                ),
            ]
        )
        if desk.contact_id != self._owner:
            self._owner = desk.contact_id
            self.roles.set_key(held[0] if held else _GENERAL)
        if buyer.observed:
            self.grounds.setText(words("profile.by_seen", grounds=desk.grounds))
        else:
            self.grounds.setText(words("profile.by_told", day=buyer.told))
        self._draw()

    def _draw(self) -> None:
        desk, words, look = self._desk, self._desk.words, self._desk.look
        empty(self._blocks)
        role = "" if self.roles.key == _GENERAL else self.roles.key
        if not self._buyer.leading:
            self._blocks.addWidget(label(look, words("profile.advice_even"), wrap=True))
        for quadrant in self._buyer.leading[:_MOST] or "abcd":
            self._blocks.addWidget(_Block(desk, quadrant, role))


class _Block(QWidget):
    """One quadrant: its letter and what it asks, below it the advice in two columns."""

    def __init__(self, desk: Desk, quadrant: str, role: str) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        told = desk.brain.quadrants[quadrant]
        advice = desk.brain.advice_for(quadrant, role)
        name = Chip(look, ChipFace(quadrant_name(quadrant, words), f"quadrant-{quadrant}"))
        head = row(look, name, gap=8)
        head.addWidget(label(look, f"{told.gist} {told.asks}", tone="muted", wrap=True), 1)
        left, right = Passages(look), Passages(look)
        left.show_passages([(words("profile.bring"), advice.bring), _say(look, advice.say)])
        right.show_passages(
            [(words("profile.show"), advice.show), (words("profile.avoid"), advice.avoid)]
        )
        self.setLayout(column(look, head, Columns(look, left, right, (1, 1)), gap=8))


def _say(look: Look, said: str) -> tuple[str, str]:
    return look.words("profile.say"), said


class AdvicePart(QWidget):
    """All advice for one person, or what to find out first."""

    own_wanted = Signal()
    clues_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        words = desk.words
        self._desk = desk
        self.gap = GapSection(desk)
        self.advice = AdviceSection(desk)
        self._nothing = EmptyState(
            desk.look,
            words("profile.advice_nothing"),
            icon="message",
            action=words("profile.note_clues"),
            act=self.clues_wanted.emit,
        )
        self._nothing.setMinimumHeight(desk.look.theme.px(320))
        self.gap.own_wanted.connect(self.own_wanted)
        self.setLayout(column(desk.look, self.gap, self.advice, self._nothing, None, gap=32))

    def show_facts(self) -> None:
        buyer = self._desk.best
        self.gap.setVisible(buyer.known)
        self.advice.setVisible(buyer.known)
        self._nothing.setVisible(not buyer.known)
        if buyer.known:
            self.gap.show_gap(buyer)
            self.advice.show_advice(buyer)
