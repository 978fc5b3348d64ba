"""Clues to how somebody thinks, ticked while they sit there (M29e, M21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fieldsales.domain.profile import Clue
from fieldsales.domain.visit import PersonFacts
from fieldsales.methods.whole_brain import content
from fieldsales.methods.whole_brain.profiles import finding
from fieldsales.methods.whole_brain.told import seen_profile
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.operations.people import TickClue, UntickClue
from fieldsales.widgets.card import Section
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.kept_rows import Row, Rows, TickRow
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import label, row
from fieldsales.widgets.suggestions import Suggestion

_KINDS = "QWERTYUIOP"  # the letter of each category, then the key of a clue in it
_ROWS = "1234567890-="
_FOUND = 6


@dataclass(frozen=True, slots=True)
class _Sight:
    """A clue of the list: ticked where it was seen in this visit, `before` where earlier."""

    entry: content.Clue
    key: str
    seen: Clue | None
    before: str

    @property
    def id(self) -> str:
        return self.entry.code


class ClueTicks(Section):
    """For one person at a time: what is read from one thing; two keys tick any of them."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.clues"))
        self._desk = desk
        self.whom = Picks(look, name=words("visit.clues_of"), clearable=False)
        self.whom.chosen.connect(self.show_facts)
        self._nobody = label(look, words("visit.clues_nobody"), tone="muted", wrap=True)
        self.reading = label(look, tone="accent", wrap=True)
        self.search = ChooserLine(look, self._hits)
        self.search.setPlaceholderText(words("visit.clues_search"))
        self.search.setAccessibleName(words("visit.clues_search"))
        self.search.picked.connect(self._found)
        self.kinds = Picks(look, name=words("visit.clues_kind"), clearable=False)
        self.kinds.set_key(next(iter(desk.brain.categories)))
        self.kinds.chosen.connect(self.show_facts)
        self.rows: Rows[_Sight] = Rows(look, lambda sight: _SightRow(self, sight), gap=0)
        self._keys = label(look, words("visit.clues_keys"), size="caption", tone="faint", wrap=True)
        self._parts = (self.reading, self.search, self.kinds, self.rows, self._keys)
        self.show_parts((self._nobody, self.whom, *self._parts))

    @property
    def desk(self) -> Desk:
        return self._desk

    def add_shortcuts(self, page: QWidget) -> None:
        """Alt+L to the clues, wherever the cursor stands in the page."""
        shortcut = QShortcut(QKeySequence("Alt+L"), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.begin)

    def begin(self, contact_id: str = "") -> None:
        """To the first clue, of one person if told of whom."""
        if contact_id:
            self.whom.set_key(contact_id)
            self.show_facts()
        first = next(iter(self.rows.keys()), "")
        target: QWidget = self.rows.row(first) or self.kinds
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def load(self) -> None:
        """Show another visit."""
        self.whom.set_key("")
        self.kinds.set_key(next(iter(self._desk.brain.categories)))
        self.search.clear()

    def _present(self) -> list[PersonFacts]:
        """Those met; before anybody is, those expected."""
        people = self._desk.facts.live_people
        return [person for person in people if person.met] or list(people)

    def _person(self) -> PersonFacts | None:
        people = self._desk.facts.live_people
        return next((one for one in people if one.contact.id == self.whom.key), None)

    def show_facts(self) -> None:
        """Show the clues of the chosen person and kind as they are now."""
        desk = self._desk
        present = self._present()
        chosen = self._person()
        if chosen is None and present and not self.whom.key:
            chosen = present[0]
            self.whom.set_key(chosen.contact.id)
        listed = present if chosen is None or chosen in present else [*present, chosen]
        self.whom.set_picks([Pick(one.contact.id, one.contact.name) for one in listed])
        # in the place of who is gone nobody else comes unasked: a clue could be ticked of them
        self._nobody.setVisible(not listed)
        for part in self._parts:
            part.setVisible(chosen is not None)
        self.whom.setVisible(len(listed) > 1 or (chosen is None and bool(listed)))
        self.set_count(sum(clue.visit_id == desk.visit_id for one in listed for clue in one.clues))
        if chosen is not None:
            self._show_reading(chosen)
            self._show_kinds(chosen)
            self._show_rows(chosen)

    def _show_reading(self, person: PersonFacts) -> None:
        """What all the clues add up to; the self-assessment stays out of it."""
        desk = self._desk
        name, today = person.contact.name, desk.look.clock.today()
        profile = seen_profile(name, person.clues, desk.brain, today)
        self.reading.setVisible(profile.known)
        self.reading.setText(finding([profile], desk.words))

    def _show_kinds(self, person: PersonFacts) -> None:
        brain = self._desk.brain
        seen = [
            brain.clues[clue.code].category
            for clue in person.clues
            if clue.visit_id == self._desk.visit_id and clue.code in brain.clues
        ]
        picks = []
        for letter, category in zip(_KINDS, brain.categories.values(), strict=False):
            count = seen.count(category.code)
            aside = f"{letter} · {count}" if count else letter
            picks.append(Pick(category.code, category.name, aside))
        self.kinds.set_picks(picks)

    def _show_rows(self, person: PersonFacts) -> None:
        desk = self._desk
        now = {clue.code: clue for clue in person.clues if clue.visit_id == desk.visit_id}
        before: dict[str, str] = {}
        for clue in reversed(person.clues):  # the newest last
            if clue.visit_id != desk.visit_id:
                before[clue.code] = clue.seen_on or ""
        entries = desk.brain.clues_of(self.kinds.key)
        self.rows.show_things(
            [
                _Sight(entry, key, now.get(entry.code), before.get(entry.code, ""))
                for key, entry in zip(_ROWS, entries, strict=False)
            ]
        )

    def tick(self, code: str) -> None:
        """Notes that a clue was seen in the chosen person here, or takes it back."""
        person = self._person()
        if person is None:
            return
        desk = self._desk
        seen = next(
            (one for one in person.clues if one.code == code and one.visit_id == desk.visit_id),
            None,
        )
        if seen is None:
            desk.run(TickClue(person.contact.id, code, desk.visit_id))
        else:
            desk.run(UntickClue(seen.id))

    def _hits(self, text: str) -> Sequence[Suggestion]:
        brain = self._desk.brain
        if not text:
            return ()
        found = [brain.clues[code] for code in self._desk.matcher("clue").find(text, _FOUND)]
        return [
            Suggestion(clue.code, clue.text, aside=brain.categories[clue.category].name)
            for clue in found
        ]

    def _found(self, code: str, _typed: str) -> None:
        """A hit is ticked where it stands, so that it is seen to be."""
        self.search.clear()
        self.kinds.set_key(self._desk.brain.clues[code].category)
        person = self._person()
        here = self._desk.visit_id
        seen = person is not None and any(
            clue.code == code and clue.visit_id == here for clue in person.clues
        )
        if seen:
            self.show_facts()
        else:
            self.tick(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter turns to a kind of clue, a digit ticks the one it stands before."""
        text = event.text().upper()
        kinds = list(self._desk.brain.categories)
        rows = self.rows.keys()
        if text and text in _KINDS[: len(kinds)]:
            self.kinds.choose(kinds[_KINDS.index(text)])
            self.begin()
        elif text and text in _ROWS[: len(rows)]:
            self.tick(rows[_ROWS.index(text)])
        else:
            super().keyPressEvent(event)


class _SightRow(Row[_Sight]):
    def __init__(self, section: ClueTicks, sight: _Sight) -> None:
        super().__init__()
        look = section.desk.look
        self._section = section
        self._sight = sight
        self.tick = TickRow(look)
        self.tick.ticked.connect(self._ticked)
        self._key = label(look, size="caption", tone="faint")
        self._key.setFixedWidth(look.theme.px(14))
        layout = row(look, gap=4)
        self._key.setContentsMargins(0, look.theme.px(7), 0, 0)
        layout.addWidget(self._key, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.tick, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.tick)

    def show_thing(self, thing: _Sight) -> None:
        self._sight = thing
        words = self._section.desk.words
        said = words("visit.clue_before", day=thing.before) if thing.before else ""
        self._key.setText(thing.key)
        self.tick.set_texts(thing.entry.text, said)
        self.tick.set_ticked(thing.seen is not None)

    def _ticked(self, _ticked: bool) -> None:
        self._section.tick(self._sight.id)
