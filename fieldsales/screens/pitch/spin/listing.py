"""The list at the left: open deals, visits to come, visits held, each with what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

from fieldsales.domain.clock import local_day
from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import RecordList
from fieldsales.store.queries.conversations import (
    WHICH,
    Conversation,
    Which,
    conversations,
    lines,
    number_of,
)
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.segmented import Option, Segmented

_KEPT = "pitch/spin_which"


class Conversations(RecordList[Conversation]):
    """Which conversations, a search, and the list of them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "spin")
        look, words = context.look, context.words
        options = [Option(which, words(f"spin.{which}")) for which in WHICH]
        self.which = Segmented(look, options, name=words("spin.which"))
        kept = str(context.state.value(_KEPT, ""))
        self.which.set_key(kept if kept in WHICH else WHICH[0])
        self.which.chosen.connect(self._turn)
        self.put(look, self.list, self.search, self.which)
        self.list.rows.setAccessibleName(words("spin.list"))

    def reload(self) -> None:
        self.list.set_empty(self._nothing())
        super().reload()

    def choose(self, key: str) -> bool:
        """Selects a conversation, in the list in which it stands; False if it is in none."""
        found = number_of(self._context.store, key)
        if found is None:
            self._quiet = True
            self.list.clear_selection()
            self._quiet = False
        elif found[0] != self.which.key:
            self.which.set_key(found[0])
            self.reload()
        return super().choose(key)

    def key(self) -> str:
        """The conversation that is selected, '' for none."""
        return next(iter(self.selected()), "")

    @property
    def _which(self) -> Which:
        return cast("Which", self.which.key)

    def _turn(self, which: str) -> None:
        self._context.state.setValue(_KEPT, which)
        self.reload()
        self.take_first()

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        return conversations(self._context.store, self._which, self.search.text())

    def _fetch(self, numbers: Sequence[int]) -> list[Conversation | None]:
        return lines(self._context.store, numbers)

    def _key(self, row: Conversation) -> str:
        return row.key

    def _number(self, key: str) -> int | None:
        found = number_of(self._context.store, key)
        return found[1] if found is not None else None

    def _nothing(self) -> EmptyState:
        words, which = self._context.words, self.which.key
        if self.search.text():
            return self._none_found()
        tab = "funnel" if which == "deals" else "today"
        return EmptyState(
            self._context.look,
            words(f"spin.none.{which}"),
            icon="question",
            hint=words("spin.none_hint"),
            action=words(f"spin.to_{tab}"),
            act=partial(self._context.open, tab, ""),
        )

    def _face(self, row: Conversation) -> RowFace:
        words, one = self._context.words, row
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
