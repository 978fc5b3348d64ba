"""The list of people at the left: the rep first, then whoever has a profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from fieldsales.domain.clock import local_day
from fieldsales.domain.observed import observed
from fieldsales.domain.profile import Assessment
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.methods.whole_brain.told import seen_profile, told_profile
from fieldsales.screens.profile.desk import Desk
from fieldsales.store.queries.thinkers import Thinker, number_of, numbers, thinkers
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.pieces import label
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.side_list import SideList
from fieldsales.words import Words

MOST = 6  # people in one picture


def letters(profile: Profile) -> str:
    """`BC`, or what is said where all four are about even."""
    return "".join(profile.leading).upper()


def told_chip(words: Words, profile: Profile) -> ChipFace:
    """What somebody says of themselves."""
    text = words("profile.told_chip", letters=letters(profile) or words("profile.even"))
    return ChipFace(text, _tone(profile), tooltip=words("profile.told_on", day=profile.told))


def seen_chip(words: Words, profile: Profile, sureness: str) -> ChipFace:
    """What was seen of somebody: a dashed edge, and how sure it is."""
    text = words(
        "profile.seen_chip",
        letters=letters(profile) or words("profile.even"),
        sure=words(f"profile.sure.{sureness}"),
    )
    return ChipFace(text, _tone(profile), assumed=True)


def _tone(profile: Profile) -> str:
    return f"quadrant-{profile.leading[0]}" if profile.leading else "plain"


class People(SideList):
    """Search, list, and a word on looking at several at once."""

    chosen = Signal(int)  # the number of the only one selected
    several = Signal(object)  # numbers of those selected, in the order of the list
    entered = Signal()  # Enter

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._reloading = False
        self.search = SearchLine(look, words("profile.search"))
        self.search.asked.connect(self.reload)
        model: WindowedModel[Thinker] = WindowedModel(
            words,
            (Column("name", "profile.name", self._spoken),),
            self._numbers,
            self._fetch,
        )
        self.list = ListPage(look, model, self._face, empty=self._none_found())
        self.list.selection_changed.connect(self._selected)
        self.list.opened.connect(self.entered)
        hint = label(look, words("profile.several_hint"), size="caption", tone="faint", wrap=True)
        side = look.theme.px(8)
        hint.setContentsMargins(3 * side, side, side, side)
        self.put(look, self.list, self.search, below=hint)
        self.list.rows.setAccessibleName(words("profile.people"))

    def reload(self) -> None:
        """Reads the lines anew; nobody is chosen by that."""
        self._reloading = True
        self.list.model.reload()
        self._reloading = False

    def number(self, contact_id: str | None) -> int | None:
        return number_of(self._desk.context.store, contact_id)

    def choose(self, contact_id: str | None) -> bool:
        """Selects somebody; who is not in the list is searched by name."""
        number = self.number(contact_id)
        if number is None:
            return False
        if self.list.select_number(number):
            return True
        self.search.setText("")
        self.reload()
        if self.list.select_number(number):
            return True
        found = self._fetch([number])[0]
        if found is None or found.contact is None:
            return False
        self.search.setText(found.contact.name)
        self.reload()
        return self.list.select_number(number)

    def rows(self, wanted: Sequence[int]) -> list[Thinker]:
        """The lines of some numbers; who is gone is left out."""
        return [one for one in self._fetch(wanted) if one is not None]

    def _numbers(self, _sort: str, _descending: bool) -> Sequence[int]:
        return numbers(self._desk.context.store, self.search.text())

    def _fetch(self, wanted: Sequence[int]) -> list[Thinker | None]:
        return thinkers(self._desk.context.store, wanted)

    def _selected(self, count: int) -> None:
        if self._reloading:
            return
        picked = self.list.selected_numbers()
        if count == 1:
            self.chosen.emit(picked[0])
        elif count > 1:
            self.several.emit(picked)

    def _none_found(self) -> EmptyState:
        words = self._desk.words
        return EmptyState(
            self._desk.look,
            words("profile.none_found"),
            icon="search",
            action=words("profile.clear_search"),
            act=self.search.clear_now,
        )

    # how a line looks

    def _name(self, one: Thinker) -> str:
        return one.contact.name if one.contact is not None else self._desk.words("profile.me")

    def _spoken(self, one: Thinker) -> str:
        face = self._face(one)
        return " ".join(filter(None, (face.title, *(c.text for c in face.chips), face.subtitle)))

    def _face(self, one: Thinker) -> RowFace:
        desk, words = self._desk, self._desk.words
        chips, days = [], []
        if one.assessment is not None and one.assessment.finished_at:
            chips.append(told_chip(words, told_profile("", one.assessment, desk.brain, words)))
            days.append(local_day(one.assessment.finished_at))
        if one.clues:
            seen = observed(one.clues, desk.brain.weights, desk.today)
            if seen.last_seen is not None:
                profile = seen_profile("", one.clues, desk.brain, desk.today)
                chips.append(seen_chip(words, profile, seen.sureness))
                days.append(date.fromisoformat(seen.last_seen))
        parts = [one.customer, one.contact.title if one.contact is not None else ""]
        if one.contact is None and one.assessment is not None:
            parts.append(self._type_name(one.assessment))
        if one.begun:
            parts.append(words("profile.begun"))
        elif one.contact is None and not chips:
            parts.append(words("profile.not_yet"))
        return RowFace(
            title=self._name(one),
            subtitle=" · ".join(filter(None, parts)),
            below=words.days_from(max(days), desk.today) if days else "",
            mark="person" if one.contact is None else "",
            chips=tuple(chips),
        )

    def _type_name(self, assessment: Assessment) -> str:
        desk = self._desk
        told = desk.brain.type_told(told_profile("", assessment, desk.brain, desk.words).scores)
        return told.name if told is not None else ""
