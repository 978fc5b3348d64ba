"""What a proposal alone can point to: products, the worksheets of a customer or deal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldsales.domain.worksheet import Worksheet
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import CustomerId, matches
from fieldsales.store.queries.products import product_numbers, product_rows
from fieldsales.store.queries.worksheets import worksheets_for
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.suggestions import Suggestion

_MOST = 12

Find = Callable[[str], Sequence[Suggestion]]


def products(context: Context) -> Find:
    """Products by what was typed, with what they cost today."""
    words = context.words

    def find(asked: str) -> Sequence[Suggestion]:
        if not asked:
            return ()
        found = []
        for one in product_rows(context.store, product_numbers(context.store, asked)[:_MOST]):
            if one is None:
                continue
            price, said = one.price, ""
            if price is not None and price.amount is not None:
                said = words.money(price.amount, price.currency or "CNY", cents=False)
            found.append(Suggestion(one.product.id, one.product.name, said, "tag"))
        return found

    return find


def worksheet_finder(
    context: Context, customer_id: CustomerId, deal_id: Callable[[], str]
) -> Finder:
    """The worksheets at hand for the customer: the deal's, theirs, general ones."""

    def find(asked: str) -> Sequence[Suggestion]:
        found = worksheets_for(context.store, customer_id(), deal_id() or None)
        return [
            Suggestion(one.id, one.title, icon="pitch")
            for one in found
            if matches(one.title, asked)
        ][:_MOST]

    def title(row_id: str) -> str:
        sheet = context.store.record(Worksheet, row_id)
        return sheet.title if sheet else ""

    return Finder(find, title)
