"""Products with what they cost, whom they fit and where they are used (M14, M29)."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldsales.domain.customer import Customer, size_class
from fieldsales.domain.keeping import Attachment, Content
from fieldsales.domain.product import FITS, Price, Product, Solution, suggested, valid_price
from fieldsales.domain.worksheet import Worksheet
from fieldsales.errors import UserError
from fieldsales.store import search
from fieldsales.store.database import Store

_LIVE = "trashed_at IS NULL"
_AMONG = "IN (SELECT value FROM json_each(?))"
_MOST = 500  # products that a search shows


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product and what a unit costs today by the usual list."""

    product: Product
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class ProductCard:
    """Everything about a product.

    `prices` newest first; `cells` of the matrix; `pictures`: (attachment, its content).
    """

    product: Product
    price: Price | None = None
    prices: tuple[Price, ...] = ()
    cells: tuple[Solution, ...] = ()
    pictures: tuple[tuple[Attachment, Content], ...] = ()
    files: tuple[Attachment, ...] = ()
    worksheets: tuple[Worksheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Industries × products (M14): `cells` by (industry, product id)."""

    products: tuple[Product, ...]
    industries: tuple[str, ...]  # those that occur, in cells or among customers
    cells: dict[tuple[str, str], Solution]


def products(store: Store) -> list[ProductRow]:
    """All products by name."""
    return _with_prices(store, _products(store))


def product_numbers(store: Store, text: str = "") -> array[int]:
    """Row numbers of the products by name; with a text, of those it finds, the best first."""
    if not text.strip():
        found = store.rows(
            f"SELECT rowid FROM product WHERE {_LIVE} ORDER BY sort_key(name), name, id"
        )
        return array("q", (number for (number,) in found))
    with store.reading() as connection:
        ids = [hit.row_id for hit in search.search(connection, text, _MOST, ("product",))]
        numbers = dict(
            store.rows(f"SELECT id, rowid FROM product WHERE id {_AMONG}", [json.dumps(ids)])
        )
    return array("q", (numbers[row_id] for row_id in ids))


def product_number(store: Store, product_id: str) -> int | None:
    """The row number of a product; None if it is unknown or in the trash."""
    number: int | None = store.value(
        f"SELECT rowid FROM product WHERE id = ? AND {_LIVE}", [product_id]
    )
    return number


def product_rows(store: Store, wanted: Sequence[int]) -> list[ProductRow | None]:
    """The products of these row numbers in their order, None where one is gone."""
    with store.reading():
        numbers = dict(
            store.rows(
                f"SELECT id, rowid FROM product WHERE rowid {_AMONG} AND {_LIVE}",
                [json.dumps(list(wanted))],
            )
        )
        found = store.records(
            Product, f"SELECT * FROM product WHERE id {_AMONG}", [json.dumps(list(numbers))]
        )
        rows = {numbers[row.product.id]: row for row in _with_prices(store, found)}
    return [rows.get(number) for number in wanted]


def _with_prices(store: Store, found: Iterable[Product]) -> list[ProductRow]:
    """With what a unit costs today by the usual list."""
    wanted = list(found)
    day = store.clock.today().isoformat()
    prices: dict[str, list[Price]] = defaultdict(list)
    for price in store.records(
        Price,
        f"SELECT * FROM price WHERE product_id {_AMONG} AND {_LIVE}",
        [json.dumps([one.id for one in wanted])],
    ):
        prices[price.product_id].append(price)
    return [ProductRow(one, valid_price(prices[one.id], day)) for one in wanted]


def product_card(store: Store, product_id: str) -> ProductCard:
    """A product's card; raises UserError("record.gone") if it is unknown or in the trash."""
    with store.reading():
        product = store.record(Product, product_id)
        if product is None or product.trashed_at:
            raise UserError("record.gone")
        its = f"product_id = ? AND {_LIVE}"
        prices = store.records(
            Price,
            f"SELECT * FROM price WHERE {its} ORDER BY valid_from DESC, created_at DESC, id DESC",
            [product_id],
        )
        cells = store.records(
            Solution, f"SELECT * FROM solution WHERE {its} ORDER BY industry, id", [product_id]
        )
        kept = store.records(
            Attachment,
            f"SELECT * FROM attachment WHERE {its} ORDER BY created_at, id",
            [product_id],
        )
        sheets = store.records(
            Worksheet,
            f"SELECT * FROM worksheet WHERE {its} ORDER BY created_at DESC, id DESC",
            [product_id],
        )
    return ProductCard(
        product=product,
        price=valid_price(prices, store.clock.today().isoformat()),
        prices=tuple(prices),
        cells=tuple(cells),
        pictures=tuple((one, store.kept.file(one.sha256)) for one in kept if one.kind == "photo"),
        files=tuple(one for one in kept if one.kind != "photo"),
        worksheets=tuple(sheets),
    )


def matrix(store: Store) -> Matrix:
    """The whole matrix."""
    with store.reading():
        cells = _cells(store)
        theirs = store.rows(
            f"SELECT industry FROM customer WHERE {_LIVE} AND industry <> ''"
            " GROUP BY industry ORDER BY count(*) DESC, industry"
        )
        known = dict.fromkeys([*(one for (one,) in theirs), *(cell.industry for cell in cells)])
        shown = tuple(_products(store))
    by_place = {(cell.industry, cell.product_id): cell for cell in cells}
    return Matrix(shown, tuple(known), by_place)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A customer whom a product fits; `note` is what the matrix says of the industry."""

    customer_id: str
    name: str
    industry: str
    fit: str
    note: str = ""


def fitting(store: Store, card: ProductCard, most: int) -> list[Fitting]:
    """Customers of the industries and sizes a product fits, the best fit first, at most `most`.

    Of an industry of very many, those of the right size are looked for among the first by name.
    """
    found: list[Fitting] = []
    sizes = card.product.sizes.split()
    cells = [cell for cell in card.cells if cell.fit in ("high", "some")]
    for cell in sorted(cells, key=lambda one: FITS.index(one.fit)):
        for row_id, name, employees in store.rows(
            "SELECT c.id, c.name, c.employees FROM customer_facts f JOIN customer c"
            " ON c.id = f.customer_id WHERE c.industry = ? AND c.trashed_at IS NULL"
            " ORDER BY f.name_key LIMIT ?",
            [cell.industry, most if not sizes else 20 * most],
        ):
            size = size_class(employees)
            if not sizes or not size or size in sizes:
                found.append(Fitting(row_id, name, cell.industry, cell.fit, cell.note))
    return found[:most]


def suggestions(store: Store, customer_id: str) -> list[tuple[Product, Solution]]:
    """What the matrix suggests for a customer by its industry and size, the best fit first."""
    customer = store.record(Customer, customer_id)
    if customer is None:
        raise UserError("record.gone")
    if not customer.industry:
        return []
    cells = store.records(
        Solution,
        f"SELECT * FROM solution WHERE industry = ? AND {_LIVE} ORDER BY created_at, id",
        [customer.industry],
    )
    named = store.records(  # few: all the texts of a long list need not be read
        Product,
        f"SELECT * FROM product WHERE id {_AMONG} AND {_LIVE} ORDER BY sort_key(name), name, id",
        [json.dumps([cell.product_id for cell in cells])],
    )
    return suggested(named, cells, customer.industry, size_class(customer.employees))


def _products(store: Store) -> Iterable[Product]:
    return store.records(
        Product, f"SELECT * FROM product WHERE {_LIVE} ORDER BY sort_key(name), name, id"
    )


def _cells(store: Store) -> list[Solution]:
    return store.records(Solution, f"SELECT * FROM solution WHERE {_LIVE} ORDER BY created_at, id")
