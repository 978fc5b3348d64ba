"""The list at the left: open deals, visits to come, visits held, each with what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Signal

from fieldsales.domain.clock import local_day
from fieldsales.screens.contract import Context
from fieldsales.store.queries.conversations import (
    WHICH,
    Conversation,
    Which,
    conversations,
    lines,
    number_of,
)
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.side_list import SideList

_KEPT = "pitch/spin_which"
_EXAMPLES = 100  # lines looked through for a typical one


class Conversations(SideList):
    """Which conversations, a search, and the list of them."""

    chosen = Signal(str)  # `deal:<id>` or `visit:<id>`
    entered = Signal()  # Enter

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._reloading = False
        options = [Option(which, words(f"spin.{which}")) for which in WHICH]
        self.which = Segmented(look, options, name=words("spin.which"))
        kept = str(context.state.value(_KEPT, ""))
        self.which.set_key(kept if kept in WHICH else WHICH[0])
        self.which.chosen.connect(self._turn)
        self.search = SearchLine(look, words("spin.search"))
        self.search.asked.connect(self.reload)
        model: WindowedModel[Conversation] = WindowedModel(
            words, (Column("name", "spin.name", self._spoken),), self._numbers, self._fetch
        )
        self.list = ListPage(look, model, self._face)
        self.list.rows.setAccessibleName(words("spin.list"))
        self.list.current_changed.connect(self._chosen)
        self.list.opened.connect(self.entered)
        self.put(look, self.list, self.search, self.which)

    def reload(self) -> None:
        """Reads the lines anew; nothing is chosen by that."""
        self._reloading = True
        self.list.set_empty(self._nothing())
        self.list.model.reload()
        self._reloading = False

    def choose(self, key: str) -> bool:
        """Selects a conversation, in the list in which it stands; False if it is in none."""
        found = number_of(self._context.store, key)
        if found is None:
            self._reloading = True
            self.list.clear_selection()
            self._reloading = False
            return False
        which, number = found
        self._reloading = True
        if which != self.which.key:
            self.which.set_key(which)
            self.reload()
        self._reloading = True
        if not self.list.select_number(number) and self.search.text():
            self.search.setText("")
            self.reload()
            self._reloading = True
        chosen = self.list.select_number(number)
        self._reloading = False
        return chosen

    def rows_shown(self) -> list[Conversation]:
        """The first lines of the list."""
        found = self._fetch(list(self.list.model.numbers)[:_EXAMPLES])
        return [one for one in found if one is not None]

    def key(self) -> str:
        """The conversation that is selected, '' for none."""
        numbers = self.list.selected_numbers()
        found = self._fetch(numbers[:1])
        return found[0].key if found and found[0] is not None else ""

    @property
    def _which(self) -> Which:
        return cast("Which", self.which.key)

    def _turn(self, which: str) -> None:
        self._context.state.setValue(_KEPT, which)
        self.reload()
        self.take_first()

    def _numbers(self, _sort: str, _descending: bool) -> Sequence[int]:
        return conversations(self._context.store, self._which, self.search.text())

    def _fetch(self, wanted: Sequence[int]) -> list[Conversation | None]:
        return lines(self._context.store, wanted)

    def _chosen(self, number: int) -> None:
        if self._reloading or number < 0:
            return
        found = self._fetch([number])[0]
        if found is not None:
            self.chosen.emit(found.key)

    def _nothing(self) -> EmptyState:
        words, which = self._context.words, self.which.key
        if self.search.text():
            return EmptyState(
                self._context.look,
                words("spin.none_found"),
                icon="search",
                action=words("spin.clear_search"),
                act=self.search.clear_now,
            )
        tab = "funnel" if which == "deals" else "today"
        return EmptyState(
            self._context.look,
            words(f"spin.none.{which}"),
            icon="question",
            hint=words("spin.none_hint"),
            action=words(f"spin.to_{tab}"),
            act=partial(self._context.open, tab, ""),
        )

    # how a line looks

    def _spoken(self, one: Conversation) -> str:
        face = self._face(one)
        return " ".join(filter(None, (face.title, face.subtitle, face.aside, face.below)))

    def _face(self, one: Conversation) -> RowFace:
        words = self._context.words
        told = words("spin.line_none")
        if one.questions:
            told = words("spin.line_questions", n=one.asked, all=one.questions)
        needs = words("spin.line_needs", implied=one.implied, explicit=one.explicit)
        day = ""
        if one.starts_at:
            day = words.days_from(local_day(one.starts_at), self._context.look.clock.today())
        return RowFace(
            title=one.customer,
            subtitle=" · ".join(filter(None, (day, one.deal))),
            aside=told,
            below=needs if one.implied or one.explicit else "",
        )
