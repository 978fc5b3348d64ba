"""Products with what they cost, whom they fit and where they are used (M14, M29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from fieldsales import places
from fieldsales.domain.customer import Customer, size_class
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.product import Price, Product, Solution, suggested, valid_price
from fieldsales.domain.worksheet import Worksheet
from fieldsales.errors import UserError
from fieldsales.store.database import Store

_LIVE = "trashed_at IS NULL"


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product and what a unit costs today by the usual list."""

    product: Product
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class ProductCard:
    """Everything about a product.

    `prices` newest first; `cells` of the matrix; `pictures`: (attachment, path of its file).
    """

    product: Product
    price: Price | None = None
    prices: tuple[Price, ...] = ()
    cells: tuple[Solution, ...] = ()
    pictures: tuple[tuple[Attachment, str], ...] = ()
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
    day = store.clock.today().isoformat()
    prices: dict[str, list[Price]] = defaultdict(list)
    for price in store.records(Price, f"SELECT * FROM price WHERE {_LIVE}"):
        prices[price.product_id].append(price)
    return [ProductRow(one, valid_price(prices[one.id], day)) for one in _products(store)]


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
        pictures=tuple(
            (one, str(places.kept_file(store.path, one.sha256)))
            for one in kept
            if one.kind == "photo"
        ),
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


def suggestions(store: Store, customer_id: str) -> list[tuple[Product, Solution]]:
    """What the matrix suggests for a customer by its industry and size, the best fit first."""
    customer = store.record(Customer, customer_id)
    if customer is None:
        raise UserError("record.gone")
    size = size_class(customer.employees)
    return suggested(_products(store), _cells(store), customer.industry, size)


def _products(store: Store) -> Iterable[Product]:
    return store.records(
        Product, f"SELECT * FROM product WHERE {_LIVE} ORDER BY sort_key(name), name, id"
    )


def _cells(store: Store) -> list[Solution]:
    return store.records(Solution, f"SELECT * FROM solution WHERE {_LIVE} ORDER BY created_at, id")
