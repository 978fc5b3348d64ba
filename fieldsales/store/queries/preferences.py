"""What a customer and its people like and keep off (M44)."""

from __future__ import annotations

from fieldsales.domain.preference import Preference, by_weight
from fieldsales.store.database import Store


def preferences_of(store: Store, customer_id: str) -> list[Preference]:
    """All that is noted of a customer and those who belong to it, what to keep off first."""
    return by_weight(
        store.records(
            Preference,
            "SELECT p.* FROM preference p LEFT JOIN contact c ON c.id = p.contact_id"
            " WHERE p.customer_id = ?1 AND p.trashed_at IS NULL AND c.trashed_at IS NULL",
            [customer_id],
        )
    )


def unsorted_likes(store: Store) -> list[tuple[str, str, str]]:
    """(person, customer, text) of people whose likes came as one text."""
    return store.rows(
        "SELECT id, customer_id, preferences FROM contact WHERE preferences <> ''"
        " AND customer_id IS NOT NULL ORDER BY id"
    )


def noted(store: Store, contact_id: str) -> set[str]:
    """The texts noted of a person."""
    found = store.rows(
        "SELECT text FROM preference WHERE contact_id = ? AND trashed_at IS NULL", [contact_id]
    )
    return {text for (text,) in found}
