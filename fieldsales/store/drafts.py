"""Typed text that is not valid yet: kept so that a crash does not lose it, outside the journal."""

from __future__ import annotations

from collections.abc import Iterable

from fieldsales.domain.nouns import NOUNS
from fieldsales.store.database import Store
from fieldsales.store.erasure import last_erasure

NEW = "new"  # in place of the id of a customer that is no record yet
_OWNERS = {
    "visit_item": (("visit", "visit_id"), ("deal", "deal_id")),
    "buying_role": (("customer", "customer_id"),),
    "worksheet_row": (("worksheet", "worksheet_id"),),
    "value_part": (("worksheet", "worksheet_id"),),
}


def keep(
    store: Store, noun: str, row_id: str, field: str, text: str | None, *, wait: float = 0.05
) -> None:
    """Keeps the text of one field until the field is saved; None forgets it.

    Of somebody who was erased meanwhile nothing is kept. Raises as `Store.transaction` does.
    """
    with store.transaction(wait=wait) as connection:
        if _is_erased(store, noun, row_id):
            return
        if text is None:
            drop(store, noun, row_id, [field])
            return
        connection.execute(
            "INSERT INTO draft (tbl, row_id, field, text, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (tbl, row_id, field)"
            " DO UPDATE SET text = excluded.text, at = excluded.at",
            [noun, row_id, field, text, store.clock.stamp()],
        )


def _is_erased(store: Store, noun: str, row_id: str) -> bool:
    """Whether not even the journal knows a record any more. Shipped entries have codes for ids."""
    if noun not in NOUNS or noun == "own_entry" or row_id == NEW:
        return False
    known = (
        f"SELECT 1 FROM {noun} WHERE id = ?1"
        f" UNION ALL SELECT 1 FROM change WHERE tbl = '{noun}' AND row_id = ?1"
    )
    return last_erasure(store)[0] > 0 and not store.value(known, [row_id])


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


def latest(store: Store) -> tuple[str, str, str] | None:
    """(noun, id, moment) of the text typed last that never got into its field.

    Of a part of a visit or of a person's role, the visit or the customer; None where all are gone.
    """
    newest = "SELECT tbl, row_id, at FROM draft ORDER BY at DESC LIMIT 50"
    for noun, row_id, at in store.rows(newest):
        if noun == "customer" and row_id == NEW:
            return noun, row_id, at
        record = store.record(NOUNS[noun], row_id) if noun in NOUNS else None
        if record is None or record.trashed_at:
            continue
        for owner, reference in _OWNERS.get(noun, ()):
            if getattr(record, reference):
                return owner, getattr(record, reference), at
        return noun, row_id, at
    return None
