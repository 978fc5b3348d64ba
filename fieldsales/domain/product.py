"""What is sold: product cards (M29), their prices, and which industry each fits (M14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.customer import INDUSTRIES
from fieldsales.domain.fields import Record

FITS = ("high", "some", "none")
DESCRIPTION, DIGEST, SPOKEN = 5_000, 500, 500  # characters at most (M29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Record):
    """A product card (M29).

    `life_stage`: of the animal, or the case it is used for. `worth`: value for money. `sizes`:
    codes of the size classes it is made for (M02), parted by blanks, '' for all. `glossary`: terms
    that a customer may not know, one a line.
    """

    name: str = f.text(required=True)
    code: str = f.text(max_length=60)
    unit: str = f.text(max_length=30)
    composition: str = f.note(2_000)
    life_stage: str = f.text(max_length=300)
    traits: str = f.note(2_000)
    functions: str = f.note(2_000)
    way_of_use: str = f.note(2_000)
    ratio: str = f.text(max_length=300)
    recipe: str = f.note(2_000)
    worth: str = f.note(2_000)
    sizes: str = f.text(max_length=20, shown=False)
    description: str = f.note(DESCRIPTION)
    digest: str = f.note(DIGEST)
    spoken: str = f.note(SPOKEN)
    glossary: str = f.note(2_000)
    note: str = f.note()


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Record):
    """What one unit of a product costs from a day on, tax included, in minor units of `currency`.

    `cost` and `minimum`, without tax, are for us alone: what it costs us, and the least it is sold
    for. `list_name` tells price lists apart; '' is the usual one.
    """

    product_id: str = f.reference("product", required=True, shown=False)
    list_name: str = f.text(max_length=60)
    amount: int | None = f.money()
    currency: str = f.text(max_length=3)
    tax_percent: int | None = f.integer(0, 100)
    cost: int | None = f.money()
    minimum: int | None = f.money()
    valid_from: str | None = f.day()


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution(Record):
    """One cell of the matrix of industries and products: how well one fits the other (M14)."""

    industry: str = f.choice("industry", INDUSTRIES, own=True)
    product_id: str = f.reference("product", required=True)
    fit: str = f.choice("fit", FITS)
    note: str = f.text(max_length=300)


def valid_price(prices: Iterable[Price], day: str, list_name: str = "") -> Price | None:
    """The price of a list on an ISO day: the newest that had begun, one without a day before all.

    Of two from the same day the one noted later holds.
    """
    begun = [
        price
        for price in prices
        if price.list_name == list_name and (price.valid_from or "") <= day
    ]
    return max(begun, key=lambda one: (one.valid_from or "", one.created_at, one.id), default=None)


def net(price: Price) -> int | None:
    """The amount without tax, in minor units, half a unit up."""
    if price.amount is None:
        return None
    whole = 100 + (price.tax_percent or 0)
    return (price.amount * 200 + whole) // (2 * whole)


def suggested(
    products: Iterable[Product], cells: Iterable[Solution], industry: str, size: str
) -> list[tuple[Product, Solution]]:
    """Products for a customer of an industry and size class (M14): high fits first, then some.

    A product made for other sizes is left out; of a customer of unknown size all are kept.
    """
    fitting = {
        cell.product_id: cell
        for cell in cells
        if industry and cell.industry == industry and cell.fit in ("high", "some")
    }
    found = [
        (product, fitting[product.id])
        for product in products
        if product.id in fitting
        and (not size or not product.sizes or size in product.sizes.split())
    ]
    return sorted(found, key=lambda pair: FITS.index(pair[1].fit))
