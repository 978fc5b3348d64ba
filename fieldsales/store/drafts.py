"""Typed text that is not valid yet: kept so that a crash does not lose it, outside the journal."""

from __future__ import annotations

from collections.abc import Iterable

from fieldsales.store.database import Store


def keep(store: Store, noun: str, row_id: str, field: str, text: str | None) -> None:
    """Keeps the text of one field until the field is saved; None forgets it."""
    with store.transaction() as connection:
        if text is None:
            drop(store, noun, row_id, [field])
            return
        connection.execute(
            "INSERT INTO draft (tbl, row_id, field, text, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (tbl, row_id, field)"
            " DO UPDATE SET text = excluded.text, at = excluded.at",
            [noun, row_id, field, text, store.clock.stamp()],
        )


def of(store: Store, noun: str, row_id: str) -> dict[str, str]:
    """Field -> text of the drafts of one record."""
    return dict(
        store.rows("SELECT field, text FROM draft WHERE tbl = ? AND row_id = ?", [noun, row_id])
    )


def drop(store: Store, noun: str, row_id: str, fields: Iterable[str]) -> None:
    """Forgets drafts within the transaction that saved their fields."""
    store.connection.executemany(
        "DELETE FROM draft WHERE tbl = ? AND row_id = ? AND field = ?",
        [(noun, row_id, field) for field in fields],
    )
