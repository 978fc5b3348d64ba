"""What is known of how somebody thinks: as they say, as it was seen, and how far both differ."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from fieldsales.domain.clock import local_day
from fieldsales.domain.profile import Clue
from fieldsales.methods.whole_brain.compared import compared, compared_finding
from fieldsales.methods.whole_brain.picture import kite
from fieldsales.methods.whole_brain.profiles import finding
from fieldsales.screens.profile.desk import Desk
from fieldsales.screens.profile.sightings import SightingRow
from fieldsales.screens.profile.texts import TypeTexts
from fieldsales.widgets.card import Section
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.kept_rows import Rows
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label, row

_KITE = 460.0  # px at 100 % a kite is wide
_BOTH = 560.0
_EARLIER = 4  # older results that are drawn behind the one shown


class ResultSection(Section):
    """The self-assessment: kite, scores, type and all that is said of it; earlier ones beside."""

    about_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("profile.result"), gap=16)
        self._desk = desk
        self._owner: str | None = ""
        self.shown = ""  # id of the result that is looked at, '' for the newest
        self.type_name = label(look, size="section", bold=True, wrap=True)
        self._gist = label(look, size="title", wrap=True)
        self.picture = PictureBlock(look)
        self._which = label(look, words("profile.which"), size="caption", tone="muted")
        self.results = Picks(look, name=words("profile.which"), clearable=False)
        self.results.chosen.connect(self._choose)
        self.overlay = QCheckBox(words("profile.overlay"))
        self.overlay.setChecked(True)
        self.overlay.clicked.connect(self._draw)
        self.texts = TypeTexts(look)
        self._mild = label(look, words("profile.mild"), size="caption", tone="faint", wrap=True)
        about = button(look, words("profile.about"), self.about_wanted.emit, role="link")
        beside = QWidget()
        beside.setLayout(
            column(
                look,
                self.type_name,
                self._gist,
                8,
                self._which,
                self.results,
                self.overlay,
                8,
                self._mild,
                row(look, about, None, gap=0),
            )
        )
        self.show_parts((Columns(look, self.picture, beside, (5, 4)), self.texts))

    def show_result(self) -> None:
        """Brings it in line with what the desk knows."""
        desk, words = self._desk, self._desk.words
        done = desk.facts.assessments
        if desk.contact_id != self._owner or self.shown not in [one.id for one in done]:
            self._owner, self.shown = desk.contact_id, ""
        several = len(done) > 1
        for part in (self._which, self.results, self.overlay):
            part.setVisible(several)
        self.results.set_picks(
            [
                Pick(one.id, words.date(local_day(one.finished_at)) if one.finished_at else "")
                for one in done
            ]
        )
        if done:
            self.results.set_key(self.shown or done[0].id)
            self._draw()

    def show_one(self, assessment_id: str) -> None:
        """Looks at one of several results."""
        self.shown = assessment_id
        self.show_result()

    def _choose(self, assessment_id: str) -> None:
        self.shown = assessment_id
        self._draw()

    def _draw(self) -> None:
        desk, words = self._desk, self._desk.words
        done = desk.facts.assessments
        shown = next((one for one in done if one.id == self.shown), done[0])
        profile = desk.told(shown)
        others = [one for one in done if one.id != shown.id][:_EARLIER]
        earlier = [desk.told(one) for one in others] if self.overlay.isChecked() else []
        self.picture.show_picture(
            "", lambda room: kite([profile], words, min(room, _KITE), earlier=earlier)
        )
        told = desk.brain.type_told(profile.scores)
        if told is not None:
            self.type_name.setText(told.name)
            self._gist.setText(told.gist)
            self.texts.show_type(told)


class SeenSection(Section):
    """The observed profile: hatched, with how sure it is and every sighting it rests on."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("profile.seen"), gap=16)
        self._desk = desk
        self.finding = label(look, size="title", wrap=True)
        self.grounds = label(look, tone="muted", wrap=True)
        self.picture = PictureBlock(look)
        self.rows: Rows[Clue] = Rows(look, lambda clue: SightingRow(desk, clue), gap=0)
        mild = label(look, words("profile.seen_mild"), size="caption", tone="faint", wrap=True)
        beside = QWidget()
        beside.setLayout(column(look, self.finding, self.grounds, self.rows, mild, gap=8))
        self.show_parts((Columns(look, self.picture, beside, (5, 4)),))

    def show_seen(self) -> None:
        """Brings it in line with what the desk knows."""
        desk, words = self._desk, self._desk.words
        profile = desk.seen
        self.finding.setText(finding([profile], words))
        self.grounds.setText(desk.grounds)
        self.picture.show_picture("", lambda room: kite([profile], words, min(room, _KITE)))
        self.rows.show_things(desk.facts.clues)
        self.set_count(len(desk.facts.clues))


class BothSection(Section):
    """What somebody says of themselves beside what was seen, and the difference."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("profile.both"), gap=8)
        self._desk = desk
        self.finding = label(desk.look, size="title", wrap=True)
        self.picture = PictureBlock(desk.look)
        self.show_parts((self.finding, self.picture))

    def show_both(self) -> None:
        """Brings it in line with what the desk knows."""
        desk, words = self._desk, self._desk.words
        told, seen = desk.newest, desk.seen
        if told is None:
            return
        one = replace(told, told=words("profile.as_told", day=told.told))
        other = replace(seen, told=words("profile.as_seen"))
        self.finding.setText(compared_finding(one, other, words))
        self.picture.show_picture("", lambda room: compared(one, other, words, min(room, _BOTH)))


class Portrait(QWidget):
    """What is known of one person, or what to do where nothing is."""

    clues_wanted = Signal()
    about_wanted = Signal()
    test_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.both = BothSection(desk)
        self.result = ResultSection(desk)
        self.seen = SeenSection(desk)
        self._nothing: EmptyState | None = None
        self.result.about_wanted.connect(self.about_wanted)
        self._body = column(desk.look, self.both, self.result, self.seen, gap=32)
        self._body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._body)

    def show_facts(self) -> None:
        desk = self._desk
        told, seen = bool(desk.facts.assessments), desk.seen.known
        self.both.setVisible(told and seen)
        self.result.setVisible(told)
        self.seen.setVisible(seen)
        self._show_nothing(wanted=not (told or seen))
        if told and seen:
            self.both.show_both()
        self.result.show_result()
        if seen:
            self.seen.show_seen()

    def _show_nothing(self, *, wanted: bool) -> None:
        if self._nothing is not None:
            self._body.removeWidget(self._nothing)
            self._nothing.hide()
            self._nothing.deleteLater()
            self._nothing = None
        if not wanted:
            return
        desk, words = self._desk, self._desk.words
        if desk.contact is None:
            begun = desk.facts.open is not None
            self._nothing = EmptyState(
                desk.look,
                words("profile.empty_me"),
                icon="profile",
                hint=words("profile.empty_me_hint"),
                action=words("profile.go_on" if begun else "profile.begin"),
                act=self.test_wanted.emit,
            )
        else:
            self._nothing = EmptyState(
                desk.look,
                words("profile.empty_person", name=_short(desk.name)),
                icon="eye",
                hint=words("profile.empty_person_hint"),
                action=words("profile.note_clues"),
                act=self.clues_wanted.emit,
                second=words("profile.lend"),
                act_second=self.test_wanted.emit,
            )
        self._nothing.setMinimumHeight(desk.look.theme.px(320))
        self._body.addWidget(self._nothing)


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:24]}…"
