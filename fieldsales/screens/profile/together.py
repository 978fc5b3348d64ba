"""Several people at once, six at most: one picture, their mean, how to order a talk with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from fieldsales.domain.whole_brain import mean
from fieldsales.methods.whole_brain.picture import kite
from fieldsales.methods.whole_brain.profiles import Profile, finding
from fieldsales.screens.profile.advice import GapSection
from fieldsales.screens.profile.desk import Desk
from fieldsales.screens.profile.listing import MOST
from fieldsales.screens.profile.texts import Passages
from fieldsales.store.queries.thinkers import Thinker
from fieldsales.widgets.card import CardScroll, Section
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, label, row

_OVERLAY = 620.0  # px at 100 %
_MEAN = 440.0


class TogetherPage(CardScroll):
    """Who is pressed in the picture is shown alone."""

    person_wanted = Signal(int)  # number
    one_wanted = Signal()  # back to one
    own_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, gap=24)
        self._desk = desk
        self.title = label(look, size="section", bold=True, wrap=True)
        back = button(look, words("profile.only_one"), self.one_wanted.emit, role="quiet")
        head = row(look, self.title, back, gap=8)
        head.setStretch(0, 1)
        self.too_many = label(look, tone="warn", wrap=True)
        self.unknown = label(look, tone="muted", wrap=True)
        self.finding = label(look, size="title", wrap=True)
        self.picture = PictureBlock(look)
        self.picture.clicked.connect(self._pressed)
        self.mean = Section(look, words("profile.mean"), gap=8)
        self.mean_finding = label(look, wrap=True)
        self.mean_picture = PictureBlock(look)
        self.mean.show_parts((self.mean_finding, self.mean_picture))
        self.meeting = Section(look, words("profile.meeting"), gap=8)
        self.order = Passages(look)
        self.meeting.show_parts((self.order,))
        self.gap = GapSection(desk)
        self.gap.own_wanted.connect(self.own_wanted)
        self.body.addLayout(head)
        for part in (
            self.too_many,
            self.finding,
            self.picture,
            self.unknown,
            Columns(look, self.mean, self.meeting, (1, 1)),
            self.gap,
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_people(self, picked: Sequence[Thinker]) -> None:
        """The first six of them; who is not known yet is named below the picture."""
        desk, words = self._desk, self._desk.words
        shown = picked[:MOST]
        profiles = [desk.profile_of(one) for one in shown]
        known = [profile for profile in profiles if profile.known]
        self.title.setText(words("profile.together", n=len(shown)))
        self.too_many.setText(words("profile.too_many", most=MOST, n=len(picked)))
        self.too_many.setVisible(len(picked) > MOST)
        names = words("profile.and").join(one.name for one in profiles if not one.known)
        self.unknown.setText(words("profile.unknown", names=names))
        self.unknown.setVisible(bool(names))
        self.finding.setText(finding(profiles, words))
        self.picture.show_picture("", lambda room: kite(profiles, words, min(room, _OVERLAY)))
        self._show_mean(known)
        others = [desk.profile_of(one) for one in shown if one.contact is not None]
        self._show_meeting([profile for profile in others if profile.known])

    def _show_mean(self, known: Sequence[Profile]) -> None:
        words = self._desk.words
        self.mean.setVisible(len(known) > 1)
        if len(known) > 1:
            whole = Profile(words("profile.mean_name"), mean([one.scores for one in known]))
            self.mean_finding.setText(finding([whole], words))
            self.mean_picture.show_picture("", lambda room: kite([whole], words, min(room, _MEAN)))

    def _show_meeting(self, others: Sequence[Profile]) -> None:
        """How to order a talk with the others, and how the rep lies beside them."""
        desk, words = self._desk, self._desk.words
        meeting = desk.brain.meeting({quadrant for one in others for quadrant in one.leading})
        self.meeting.setVisible(meeting is not None)
        if meeting is not None:
            self.order.show_passages(
                [
                    (words(f"profile.meeting_{part}"), str(getattr(meeting, part)))
                    for part in ("open", "middle", "close", "watch")
                ]
            )
        self.gap.setVisible(bool(others))
        if len(others) == 1:
            self.gap.show_gap(others[0])
        elif others:
            scores = mean([one.scores for one in others])
            observed = any(one.observed for one in others)
            self.gap.show_gap(Profile(words("profile.the_others"), scores, observed=observed))

    def _pressed(self, key: str) -> None:
        self.person_wanted.emit(int(key))
