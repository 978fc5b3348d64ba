"""The list of products at the left: what is sold, its number, and what it costs today."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import RecordList
from fieldsales.store.queries.products import (
    ProductRow,
    product_number,
    product_numbers,
    product_rows,
)
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.look import Look


def price_text(look: Look, row: ProductRow) -> str:
    """`¥3,250.00 / 吨`: what a unit costs today; '' where no price is known."""
    price = row.price
    if price is None or price.amount is None:
        return ""
    money = look.words.money(price.amount, price.currency or "CNY", cents=False)
    return f"{money} / {row.product.unit}" if row.product.unit else money


class ProductList(RecordList[ProductRow]):
    """Search line and list; nothing found offers to clear the search."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "products")
        self.put(context.look, self.list, self.search)

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        return product_numbers(self._context.store, self.search.text())

    def _fetch(self, numbers: Sequence[int]) -> list[ProductRow | None]:
        return product_rows(self._context.store, numbers)

    def _key(self, row: ProductRow) -> str:
        return row.product.id

    def _number(self, key: str) -> int | None:
        return product_number(self._context.store, key)

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
