"""Of whom it is known how they think, or could be: the list of the profile tab (M21)."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.domain.contact import Contact
from fieldsales.domain.profile import Assessment, Clue
from fieldsales.store.database import Store
from fieldsales.store.search import search

OWN = 0  # the number of the rep, who is no contact
_MOST = 200  # people found by a text

_TOLD = """
SELECT c.rowid FROM contact c JOIN (
    SELECT contact_id, max(at) AS at FROM (
        SELECT contact_id, max(coalesce(finished_at, created_at)) AS at FROM assessment
        WHERE trashed_at IS NULL AND contact_id IS NOT NULL GROUP BY contact_id
        UNION ALL
        SELECT contact_id, max(seen_on) FROM clue WHERE trashed_at IS NULL GROUP BY contact_id
    ) GROUP BY contact_id
) told ON told.contact_id = c.id
WHERE c.trashed_at IS NULL AND c.vacant = 0
ORDER BY told.at DESC, c.rowid
"""
_AMONG = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Thinker:
    """One line of the list; without a contact it is the rep.

    `assessment`: the newest one that is finished. `begun`: one waits to be finished.
    """

    number: int
    contact: Contact | None = None
    customer: str = ""
    assessment: Assessment | None = None
    begun: bool = False
    clues: tuple[Clue, ...] = ()


def numbers(store: Store, text: str = "") -> array[int]:
    """The rep, then whoever has a self-assessment or a clue, what was told last first.

    With a text, as many as 200 people whom it finds: those with a profile first, then the others.
    """
    told = [row for (row,) in store.rows(_TOLD)]
    if not text.strip():
        return array("q", [OWN, *told])
    ids = [hit.row_id for hit in search(store.connection, text, _MOST, ("contact",))]
    found = dict(
        store.rows(
            f"SELECT id, rowid FROM contact WHERE id {_AMONG} AND vacant = 0"
            " AND trashed_at IS NULL",
            [json.dumps(ids)],
        )
    )
    ranked = [found[row_id] for row_id in ids if row_id in found]
    known = set(told)
    return array("q", sorted(ranked, key=lambda number: number not in known))


def number_of(store: Store, contact_id: str | None) -> int | None:
    """The number of a contact, or of the rep without one; None if it is gone."""
    if contact_id is None:
        return OWN
    number: int | None = store.value(
        "SELECT rowid FROM contact WHERE id = ? AND trashed_at IS NULL", [contact_id]
    )
    return number


def thinkers(store: Store, wanted: Sequence[int]) -> list[Thinker | None]:
    """The lines of these numbers in their order, None where one is gone."""
    with store.reading():
        asked = json.dumps(list(wanted))
        contacts = {
            number: (contact_id, customer or "")
            for number, contact_id, customer in store.rows(
                "SELECT c.rowid, c.id, k.name FROM contact c"
                " LEFT JOIN customer k ON k.id = c.customer_id"
                f" WHERE c.rowid {_AMONG} AND c.trashed_at IS NULL",
                [asked],
            )
        }
        ids = json.dumps([contact_id for contact_id, _ in contacts.values()])
        records = {
            contact.id: contact
            for contact in store.records(Contact, f"SELECT * FROM contact WHERE id {_AMONG}", [ids])
        }
        finished: dict[str | None, Assessment] = {}
        begun: set[str | None] = set()
        for one in store.records(
            Assessment,
            f"SELECT * FROM assessment WHERE (contact_id {_AMONG} OR contact_id IS NULL)"
            " AND trashed_at IS NULL ORDER BY finished_at DESC, created_at DESC, id DESC",
            [ids],
        ):
            if one.finished_at:
                finished.setdefault(one.contact_id, one)
            else:
                begun.add(one.contact_id)
        clues: dict[str, list[Clue]] = defaultdict(list)
        for clue in store.records(
            Clue,
            f"SELECT * FROM clue WHERE contact_id {_AMONG} AND trashed_at IS NULL"
            " ORDER BY seen_on DESC, id DESC",
            [ids],
        ):
            clues[clue.contact_id].append(clue)
    found: list[Thinker | None] = []
    for number in wanted:
        if number == OWN:
            found.append(Thinker(OWN, None, "", finished.get(None), None in begun))
        elif number in contacts:
            contact_id, customer = contacts[number]
            found.append(
                Thinker(
                    number,
                    records[contact_id],
                    customer,
                    finished.get(contact_id),
                    contact_id in begun,
                    tuple(clues[contact_id]),
                )
            )
        else:
            found.append(None)
    return found
