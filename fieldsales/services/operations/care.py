"""What a file says that somebody likes, kept where it is noted by hand, too (M44)."""

from __future__ import annotations

from collections.abc import MutableMapping

from fieldsales.domain.ids import new_id
from fieldsales.domain.preference import clauses
from fieldsales.store.database import Store
from fieldsales.store.journal import Writer
from fieldsales.store.queries.preferences import noted, unsorted_likes


def leave_out_noted(
    store: Store, changes: MutableMapping[str, dict[str, str | int | None]]
) -> None:
    """Takes likes that are care notes already out of changes of people; what is empty then goes."""
    for contact_id, values in list(changes.items()):
        text = str(values.get("preferences") or "")
        if text and set(clauses(text)) <= noted(store, contact_id):
            del values["preferences"]
            if not values:
                del changes[contact_id]


def note_likes(writer: Writer) -> None:
    """Makes care notes of the likes that an import has written to people, once each."""
    rows = []
    for contact_id, customer_id, text in unsorted_likes(writer.store):
        known = noted(writer.store, contact_id)
        rows += [
            {"id": new_id(), "customer_id": customer_id, "contact_id": contact_id, "text": part}
            for part in clauses(text)
            if part not in known
        ]
        writer.update("contact", contact_id, {"preferences": ""})
    writer.insert_many("preference", rows)
