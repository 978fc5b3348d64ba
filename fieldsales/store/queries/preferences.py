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
