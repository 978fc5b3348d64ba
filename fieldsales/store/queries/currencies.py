"""The currency of one's own, and what others are worth in it."""

from __future__ import annotations

from typing import NamedTuple

from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting


def base_currency(store: Store) -> str:
    """The currency of amounts without one, into which others are converted."""
    return str(setting(store, "money.currency", "CNY"))


class Rate(NamedTuple):
    """What one unit of a currency is worth in the base one, as typed (`7.15`) on an ISO day."""

    text: str
    day: str


def rates_name(currency: str) -> str:
    """The setting that keeps the rates into a currency."""
    return f"money.rates.{currency}"


def rates(store: Store) -> dict[str, Rate]:
    """Currency -> its rate; only those that were typed."""
    kept = setting(store, rates_name(base_currency(store)), {})
    return {code: Rate(text, day) for code, (text, day) in kept.items()}
