"""The page: everything deleted, newest first; restoring is one key."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.screens.contract import Context, Screen
from fieldsales.services.operations.records import RestoreRecords, RestoreSeveral
from fieldsales.store.journal import Changed
from fieldsales.store.queries.trash import Trashed, trashed
from fieldsales.store.search import fold
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine

_ICONS = {
    "customer": "building",
    "contact": "person",
    "deal": "funnel",
    "visit": "visit",
    "need": "need",
    "task": "task",
    "interaction": "message",
    "satisfaction": "signal",
    "attachment": "attach",
    "assessment": "profile",
    "saved_filter": "filter",
    "proposal": "document",
    "receivable": "money",
    "payment": "money",
    "product": "cart",
    "worksheet": "pitch",
    "own_entry": "library",
    "checklist": "check",
    "checklist_result": "document",
    "sale": "money",
}


class TrashScreen(Screen):
    """A list with a search line; Enter or the button takes the selected back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._all: list[Trashed] = []
        self._shown: dict[int, Trashed] = {}  # by number, newest first
        self._known: dict[str, int] = {}  # numbers of ids, the same as long as the page lives
        self.search = SearchLine(look, words("trash.search"))
        self.search.asked.connect(self._filter)
        self._restore = button(
            look, words("common.restore"), self.restore, icon="restore", role="primary"
        )
        self.strip = PageStrip(look, words("trash.title"))
        self.strip.fill(self.search, self._restore)
        model: WindowedModel[Trashed] = WindowedModel(
            words,
            (
                Column("name", "trash.name", self._name, 320),
                Column("noun", "trash.noun", lambda one: words(f"noun.{one.noun}"), 120),
                Column("customer", "trash.of", lambda one: one.customer, 220),
                Column(
                    "when", "trash.when", lambda one: words.moment(from_stamp(one.trashed_at)), 160
                ),
            ),
            self._numbers,
            self._fetch,
        )
        self.list = ListPage(look, model, self._face)
        self.search.list_wanted.connect(self.list.focus_list)
        self.search.first_wanted.connect(self.list.focus_list)
        self.list.opened.connect(self._entered)
        self.list.selection_changed.connect(self._selected)
        self.setFocusProxy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.list, 1)
        self._selected(0)

    def refresh(self) -> None:
        self._all = trashed(self.context.store)
        there_are = bool(self._all)
        self.strip.aside.setText(self.context.words.number(len(self._all)) if there_are else "")
        for part in (self.search, self._restore):
            part.setVisible(there_are)
        self.list.set_empty(self._nothing_found() if there_are else self._nothing_there())
        self._filter()

    def _nothing_there(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look, words("trash.empty"), icon="trash", hint=words("trash.empty_hint")
        )

    def _nothing_found(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look,
            words("trash.nothing_found"),
            icon="search",
            action=words("trash.clear_search"),
            act=self.search.clear_now,
        )

    def concerns(self, changed: Changed) -> bool:
        return bool(changed.rows)

    def restore(self) -> None:
        """Takes the selected records back, as one operation; the next one is selected."""
        chosen = [self._shown[number] for number in self.list.selected_numbers()]
        if not chosen:
            return
        following = self.list.neighbour()
        said = self.context.words("trash.restored", n=len(chosen))
        several = RestoreSeveral(tuple((one.noun, one.id) for one in chosen))
        if self.context.run(several, undoable=said) is not None:
            self.list.select_number(following)

    def _entered(self, number: int) -> None:
        """Enter: back with those selected; one that is alone is shown in its place."""
        if self.list.selected_count() > 1:
            self.restore()
            return
        one = self._shown[number]
        said = self.context.words("trash.restored", n=1)
        if self.context.run(RestoreRecords(one.noun, (one.id,)), undoable=said) and (
            one.noun in ("customer", "contact", "deal", "visit", "proposal", "receivable")
        ):
            self.context.open(one.noun, one.id)

    def _filter(self) -> None:
        asked = fold(self.search.text().strip())
        self._shown = {
            self._known.setdefault(one.id, len(self._known)): one
            for one in self._all
            if asked in fold(f"{self._name(one)} {one.customer}")
        }
        self.list.model.reload()

    def _numbers(self, _sort: str, _descending: bool) -> array[int]:
        return array("q", self._shown)

    def _fetch(self, numbers: Sequence[int]) -> list[Trashed]:
        return [self._shown[number] for number in numbers if number in self._shown]

    def _name(self, one: Trashed) -> str:
        return one.name or self.context.words(f"noun.{one.noun}")

    def _face(self, one: Trashed) -> RowFace:
        words = self.context.words
        parts = [words(f"noun.{one.noun}"), one.customer]
        if one.together:
            parts.append(words("trash.together", n=one.together))
        day = local_day(one.trashed_at)
        return RowFace(
            title=self._name(one),
            subtitle=" · ".join(filter(None, parts)),
            mark=_ICONS[one.noun],
            aside=words.days_from(day, self.context.look.clock.today()),
        )

    def _selected(self, count: int) -> None:
        self._restore.setEnabled(count > 0)
