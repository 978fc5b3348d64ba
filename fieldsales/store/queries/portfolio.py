"""What is recorded of customers' worth: sales lines, estimates, ratings, classes held by hand."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.portfolio import ClassPin, Estimate, Rating, Sale
from fieldsales.store.database import Store


def sales_of(store: Store, customer_id: str) -> list[Sale]:
    """The sales history of a customer, newest first."""
    return store.records(
        Sale,
        "SELECT * FROM sale WHERE customer_id = ? AND trashed_at IS NULL ORDER BY dated DESC, id",
        [customer_id],
    )


def estimates_of(store: Store, customer_id: str) -> list[Estimate]:
    """All estimates of a customer, the one that counts first for each kind."""
    return store.records(
        Estimate,
        "SELECT * FROM estimate WHERE customer_id = ? AND trashed_at IS NULL"
        " ORDER BY kind DESC, dated DESC, id DESC",
        [customer_id],
    )


def ratings_of(store: Store, customer_id: str) -> list[Rating]:
    """All ratings of a customer, the one that counts first for each kind."""
    return store.records(
        Rating,
        "SELECT * FROM rating WHERE customer_id = ? AND trashed_at IS NULL"
        " ORDER BY kind, dated DESC, id DESC",
        [customer_id],
    )


def rating_on(store: Store, customer_id: str, kind: str, day: str) -> str | None:
    """The id of what was rated on an ISO day, None if nothing was."""
    found: str | None = store.value(
        "SELECT id FROM rating WHERE customer_id = ? AND kind = ? AND dated = ?"
        " AND trashed_at IS NULL ORDER BY id DESC",
        [customer_id, kind, day],
    )
    return found


def pins_of(store: Store, customer_id: str) -> list[ClassPin]:
    """All pins a customer ever had, newest first."""
    return store.records(
        ClassPin,
        "SELECT * FROM class_pin WHERE customer_id = ? AND trashed_at IS NULL"
        " ORDER BY since DESC, id DESC",
        [customer_id],
    )


def pins_in_force(store: Store, customer_id: str, day: date) -> list[ClassPin]:
    """Those of them that hold on a day."""
    today = day.isoformat()
    return [
        pin
        for pin in pins_of(store, customer_id)
        if pin.since <= today and (pin.until is None or pin.until >= today)
    ]
