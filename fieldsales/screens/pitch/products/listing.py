"""The list of products at the left: what is sold, its number, and what it costs today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from fieldsales.screens.contract import Context
from fieldsales.store.queries.products import (
    ProductRow,
    product_number,
    product_numbers,
    product_rows,
)
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.side_list import SideList


def price_text(look: Look, row: ProductRow) -> str:
    """`¥3,250.00 / 吨`: what a unit costs today; '' where no price is known."""
    price = row.price
    if price is None or price.amount is None:
        return ""
    money = look.words.money(price.amount, price.currency or "CNY", cents=False)
    return f"{money} / {row.product.unit}" if row.product.unit else money


class ProductList(SideList):
    """Search line and list; nothing found offers to clear the search."""

    chosen = Signal(str)  # id of the only one selected
    entered = Signal()  # Enter
    trash_wanted = Signal(object)  # ids

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._reloading = False
        self.search = SearchLine(look, words("products.search"))
        self.search.asked.connect(self.reload)
        model: WindowedModel[ProductRow] = WindowedModel(
            words,
            (Column("name", "field.product.name", self._spoken),),
            self._numbers,
            self._fetch,
        )
        none_found = EmptyState(
            look,
            words("products.none_found"),
            icon="search",
            action=words("products.clear_search"),
            act=self.search.clear_now,
        )
        self.list = ListPage(look, model, self._face, empty=none_found)
        self.list.rows.setAccessibleName(words("products.title"))
        self.list.selection_changed.connect(self._selected)
        self.list.opened.connect(self._opened)
        self.list.delete_wanted.connect(self._delete)
        self.put(look, self.list, self.search)

    def reload(self) -> None:
        """Reads the lines anew; nothing is chosen by that."""
        self._reloading = True
        self.list.model.reload()
        self._reloading = False

    def choose(self, product_id: str) -> bool:
        """Selects a product; one that the search hides shows all. False if it is gone."""
        number = product_number(self._context.store, product_id)
        if number is None:
            return False
        if number not in self.list.model.numbers:
            self.search.setText("")
            self.reload()
        if number != self.list.current_number() or self.list.selected_count() != 1:
            self._reloading = True
            self.list.select_number(number)
            self._reloading = False
        return True

    def first(self) -> str:
        """The id of the first line, '' for none."""
        row = self.list.model.row(0) if self.list.model.rowCount() else None
        return row.product.id if row is not None else ""

    def all(self) -> list[ProductRow]:
        """Every line of the list."""
        return [row for row in self._fetch(self.list.model.numbers) if row is not None]

    def selected(self) -> list[str]:
        """Ids of the lines selected."""
        rows = self._fetch(self.list.selected_numbers())
        return [row.product.id for row in rows if row is not None]

    def neighbour(self) -> str:
        """Whom to go on with once those selected are gone."""
        found = self._fetch([self.list.neighbour()])[0]
        return found.product.id if found is not None else ""

    def _numbers(self, _sort: str, _descending: bool) -> Sequence[int]:
        return product_numbers(self._context.store, self.search.text())

    def _fetch(self, wanted: Sequence[int]) -> list[ProductRow | None]:
        return product_rows(self._context.store, wanted)

    def _selected(self, count: int) -> None:
        if self._reloading:
            return
        if count == 1:
            self.chosen.emit(self.selected()[0])

    def _opened(self, _number: int) -> None:
        self.entered.emit()

    def _delete(self) -> None:
        self.trash_wanted.emit(self.selected())

    # how a line looks

    def _spoken(self, row: ProductRow) -> str:
        face = self._face(row)
        return " ".join(filter(None, (face.title, face.aside, face.subtitle, face.below)))

    def _face(self, row: ProductRow) -> RowFace:
        product = row.product
        told = product.life_stage or " ".join(product.digest.split())
        return RowFace(
            title=product.name,
            subtitle=told,
            aside=product.code,
            below=price_text(self._context.look, row),
            below_role="ink-2",
        )
