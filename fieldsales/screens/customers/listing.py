"""The list itself: which customers it shows, in which order, and how it follows a change."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.customers.columns import CustomerFaces
from fieldsales.store.journal import Changed
from fieldsales.store.queries import customers
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.customer_filter import CustomerFilter
from fieldsales.store.queries.customers import MATCH, CustomerRow
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.rows import WindowedModel

_FEW = 200  # customers of a change that are looked at one by one
# what may move the classes of others, too
_MOVING = ("sale", "estimate", "rating", "class_pin", "setting", "stage", "customer_worth")
_MOST_HITS = 5_000  # of a search alone; who typed one letter types on


class CustomerList(ListPage):
    """Customers that pass the chips and are found by the text, best hits first while searching."""

    filter_changed = Signal()

    def __init__(self, context: Context, empty: QWidget) -> None:
        self._context = context
        self._wanted = CustomerFilter()
        self._text = ""
        self._found: tuple[str, ...] | None = None
        self._cut_short = False
        self._order_before = ("name", False)
        currency = base_currency(context.store)
        faces = CustomerFaces(context.words, context.look.clock, currency)
        self.windowed: WindowedModel[CustomerRow] = WindowedModel(
            context.words, faces.columns(), self._numbers, self._fetch, sort="name"
        )
        super().__init__(context.look, self.windowed, faces.face, empty=empty)

    @property
    def wanted(self) -> CustomerFilter:
        """What the chips say."""
        return self._wanted

    @property
    def text(self) -> str:
        """What is searched for."""
        return self._text

    def cut_short(self) -> bool:
        """Whether the search found more than the list shows."""
        return self._cut_short

    def narrowed(self) -> bool:
        """Whether a chip or a search keeps customers out."""
        return bool(self._text) or not self._wanted.is_empty()

    def set_wanted(self, wanted: CustomerFilter) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self._find()
            self.windowed.reload()
            self.filter_changed.emit()

    def set_text(self, text: str) -> None:
        """Search; the order of before comes back when the text goes."""
        text = text.strip()
        if text == self._text:
            return
        began, ended = bool(text and not self._text), bool(self._text and not text)
        self._text = text
        self._find()
        if began:
            self._order_before = self.windowed.sorted_by
            self.windowed.order_by(MATCH, descending=False)
        elif ended and self.windowed.sorted_by[0] == MATCH:
            sort, descending = self._order_before
            self.windowed.order_by(sort, descending=descending)
        else:
            self.windowed.reload()
        self.filter_changed.emit()

    def follow(self, changed: Changed) -> None:
        """Take up a change: only its rows where they stay in place, else the list anew."""
        if self._text:
            before = self._found
            self._find()
            if self._found != before:
                self.windowed.reload()
                return
        touched = changed.customers
        if changed.touches(*_MOVING):
            self.windowed.reload()
            return
        if not touched:
            if changed.touches("tag"):
                self.windowed.refresh()
            return
        if len(touched) > _FEW:
            self.windowed.reload()
            return
        known = customers.numbers_of(self._context.store, touched)
        if len(known) == len(touched) and self._stand(list(known.values())):
            self.windowed.refresh(known.values())
        else:
            self.windowed.reload()

    def id_of(self, number: int) -> str:
        """The customer in a row; '' if it is gone."""
        found = customers.ids(self._context.store, [number])
        return found[0] if found else ""

    def select_customer(self, customer_id: str) -> bool:
        """Make a customer the current row; False if the list does not show it."""
        number = customers.number_of(self._context.store, customer_id)
        return number is not None and self.select_number(number)

    def _stand(self, touched: list[int]) -> bool:
        """Whether the rows touched stand among their neighbours as they would stand anew."""
        model = self.windowed
        places = {number: model.position(number) for number in touched}
        for at in list(places.values()):
            if at is not None:
                for near in (at - 1, at + 1):
                    if 0 <= near < model.rowCount():
                        places[model.number(near)] = near
        shown = sorted(((at, number) for number, at in places.items() if at is not None))
        return [number for _, number in shown] == list(self._ask(sorted(places)))

    def _find(self) -> None:
        if not self._text:
            self._found, self._cut_short = None, False
            return
        alone = self._wanted.is_empty()  # with chips, every hit may be the one that passes
        limit = _MOST_HITS if alone else 1_000_000
        self._found = customers.found_ids(self._context.store, self._text, limit)
        self._cut_short = alone and len(self._found) >= limit

    def _ask(self, among: Sequence[int] | None = None) -> array[int]:
        return self._numbers(*self.windowed.sorted_by, among)

    def _numbers(
        self, sort: str, descending: bool, among: Sequence[int] | None = None
    ) -> array[int]:
        return customers.numbers(
            self._context.store,
            replace(self._wanted, ids=self._found),
            sort,
            descending=descending,
            among=among,
        )

    def _fetch(self, numbers: Sequence[int]) -> list[CustomerRow | None]:
        return customers.rows(self._context.store, numbers)
