"""Clues to tick: by category or by search, with the day and how it is known; the kite follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.domain import profile as nouns
from fieldsales.domain.profile import CLUE_SOURCES
from fieldsales.methods.whole_brain.picture import kite
from fieldsales.screens.profile.desk import Desk
from fieldsales.screens.profile.sightings import untick, when_and_how
from fieldsales.services.operations.people import TickClue
from fieldsales.store.search import fold
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.day_editor import DayLine
from fieldsales.widgets.kept_rows import Row, Rows, TickRow
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.search_line import SearchLine

_KITE = 250.0  # px at 100 %


@dataclass(frozen=True, slots=True)
class _Seen:
    """A clue and when it was seen, newest first."""

    id: str
    text: str
    category: str  # its name, where clues of several are shown
    sightings: tuple[nouns.Clue, ...]


class ClueTicks(QWidget):
    """Ticked = seen. What was seen before may be seen again on another day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self.search = SearchLine(look, words("profile.search_clues"))
        self.search.asked.connect(self.show_facts)
        self.search.first_wanted.connect(self._to_rows)
        self.search.list_wanted.connect(self._to_rows)
        self.categories = Picks(look, name=words("profile.category"), clearable=False)
        self.categories.set_key(next(iter(desk.brain.categories)))
        self.categories.chosen.connect(self.show_facts)
        self.day = DayLine(look)
        self.day.setAccessibleName(words("field.clue.seen_on"))
        self.day.day_changed.connect(self.show_facts)
        self.day.setMaximumWidth(look.theme.px(280))
        self.source = Picks(look, name=words("field.clue.source"), clearable=False)
        self.source.set_picks([Pick(one, words.choice("clue_source", one)) for one in CLUE_SOURCES])
        self.source.set_key(CLUE_SOURCES[0])
        self.rows: Rows[_Seen] = Rows(look, lambda one: _ClueRow(self, one), gap=0)
        self._none = label(look, words("profile.no_clue_found"), tone="muted", wrap=True)
        how = column(look, gap=4)
        for key, part in (("field.clue.seen_on", self.day), ("field.clue.source", self.source)):
            how.addWidget(label(look, words(key), size="caption", tone="muted"))
            how.addWidget(part)
            how.addSpacing(look.theme.px(8))
        left = QWidget()
        left.setLayout(column(look, self.search, self.categories, self.rows, self._none, gap=12))
        self.picture = PictureBlock(look)
        self.grounds = label(look, tone="muted", wrap=True)
        right = QWidget()
        right.setLayout(column(look, how, self.picture, self.grounds, gap=8))
        layout = column(look, Columns(look, left, right, (3, 2)))
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    @property
    def desk(self) -> Desk:
        return self._desk

    def begin(self) -> None:
        """Another person: today, in person, nothing searched."""
        self.search.setText("")
        self.day.set_day(self._desk.today)
        self.source.set_key(CLUE_SOURCES[0])

    def show_facts(self) -> None:
        """Shows the clues of the category, or those searched, as they are now."""
        desk, words = self._desk, self._desk.words
        by_code: dict[str, list[nouns.Clue]] = defaultdict(list)
        for one in desk.facts.clues:
            by_code[one.code].append(one)
        counts = {
            code: sum(clue.code in by_code for clue in desk.brain.clues_of(code))
            for code in desk.brain.categories
        }
        self.categories.set_picks(
            [
                Pick(code, category.name, str(counts[code]) if counts[code] else "")
                for code, category in desk.brain.categories.items()
            ]
        )
        asked = fold(self.search.text().strip())
        shown = [
            clue
            for clue in desk.brain.clues.values()
            if (asked in fold(clue.text) if asked else clue.category == self.categories.key)
        ]
        names = {code: category.name for code, category in desk.brain.categories.items()}
        self.rows.show_things(
            [
                _Seen(
                    clue.code,
                    clue.text,
                    names[clue.category] if asked else "",
                    tuple(by_code[clue.code]),
                )
                for clue in shown
            ]
        )
        self.categories.setVisible(not asked)
        self._none.setVisible(not shown)
        self.picture.show_picture("", lambda room: kite([desk.seen], words, min(room, _KITE)))
        self.grounds.setText(desk.grounds)
        self.grounds.setVisible(bool(desk.grounds))

    def tick(self, code: str) -> None:
        """Notes that it was seen on the day and in the way that are set."""
        desk = self._desk
        day = min(self.day.day() or desk.today, desk.today)  # nobody saw what is yet to come
        if desk.contact_id is not None:
            desk.context.run(
                TickClue(desk.contact_id, code, seen_on=day.isoformat(), source=self.source.key)
            )
        self.show_facts()  # where it was refused, the box says what holds

    def untick(self, sightings: Sequence[nouns.Clue]) -> None:
        """Takes the newest sighting back."""
        if sightings:
            untick(self._desk, sightings[0])
        self.show_facts()

    def seen_today(self, sightings: Sequence[nouns.Clue]) -> bool:
        """Whether it was seen on the day that is set."""
        day = (self.day.day() or self._desk.today).isoformat()
        return any(one.seen_on == day for one in sightings)

    def _to_rows(self) -> None:
        keys = self.rows.keys()
        found = self.rows.row(keys[0]) if keys else None
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)


class _ClueRow(Row[_Seen]):
    def __init__(self, ticks: ClueTicks, one: _Seen) -> None:
        super().__init__()
        look, words = ticks.desk.look, ticks.desk.words
        self._ticks = ticks
        self._one = one
        self.tick = TickRow(look)
        self.tick.ticked.connect(self._ticked)
        self.again = button(look, words("profile.again"), self._again, role="link")
        self.again.setAccessibleDescription(one.text)
        line = row(look, gap=8)
        line.addWidget(self.tick, 1)
        line.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.setFocusProxy(self.tick)

    def show_thing(self, thing: _Seen) -> None:
        self._one = thing
        desk = self._ticks.desk
        seen = [when_and_how(desk, one) for one in thing.sightings[:3]]
        told = desk.words("profile.and").join(seen)
        self.tick.set_texts(thing.text, " · ".join(filter(None, (thing.category, told))))
        self.tick.set_ticked(bool(thing.sightings))
        self.again.setVisible(bool(thing.sightings) and not self._ticks.seen_today(thing.sightings))

    def _ticked(self, ticked: bool) -> None:
        if ticked:
            self._ticks.tick(self._one.id)
        else:
            self._ticks.untick(self._one.sightings)

    def _again(self) -> None:
        self._ticks.tick(self._one.id)
