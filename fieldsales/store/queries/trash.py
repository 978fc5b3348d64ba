"""What lies in the trash."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.special_day import KINDS
from fieldsales.store.database import Store

# what a record is called in the trash; those without a name of their own come back with their owner
NAMES = {
    "customer": "n.name",
    "contact": "n.name",
    "deal": "n.title",
    "visit": "coalesce(nullif(n.objective, ''), nullif(n.their_action, ''), n.note)",
    "need": "n.text",
    "preference": "n.text",
    # its kind where that is a word of one's own; codes are for the window to name
    "special_day": f"trim(iif(n.kind IN {KINDS}, '', n.kind || ' ') || n.day)",
    "task": "n.title",
    "interaction": "n.text",
    "satisfaction": "coalesce(nullif(n.note, ''), coalesce(n.goods, '–') || ' · '"
    " || coalesce(n.service, '–') || ' · ' || coalesce(n.image, '–'))",
    "attachment": "n.name",
    "assessment": "coalesce((SELECT p.name FROM contact p WHERE p.id = n.contact_id), '')",
    "saved_filter": "n.name",
    "proposal": "trim(n.title || ' ' || n.number)",
    "receivable": "trim(n.number || ' ' || n.title)",
    "payment": "coalesce(n.received_on, '') || ' ' || n.reference",
    "product": "n.name",
    "worksheet": "n.title",
    "own_entry": "n.title",
    "checklist": "n.title",
    "checklist_result": "n.title",
    "review": "n.held_on",
    "campaign": "n.name",
    "sale": "n.dated || ' ' || n.product_name",
}


@dataclass(frozen=True, slots=True)
class Trashed:
    """One record in the trash; `customer` is whose it is, `together` how much went in with it."""

    noun: str
    id: str
    name: str
    customer: str
    trashed_at: str
    together: int


def trashed(store: Store, limit: int = 1_000) -> list[Trashed]:
    """The newest first. What went in with its customer is counted there, not listed."""
    found: list[Trashed] = []
    for noun, name in NAMES.items():
        if noun == "customer":
            children = " + ".join(
                f"(SELECT count(*) FROM {child} x WHERE x.customer_id = n.id"
                " AND x.trashed_at = n.trashed_at)"
                for child in NAMES
                if "customer_id" in store.columns[child]
            )
            owner, apart = "''", ""
        elif "customer_id" in store.columns[noun]:
            children = "0"
            owner = "coalesce((SELECT c.name FROM customer c WHERE c.id = n.customer_id), '')"
            apart = (
                " AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = n.customer_id"
                " AND c.trashed_at = n.trashed_at)"
            )
        else:
            children, owner, apart = "0", "''", ""
        found += [
            Trashed(noun, *row)
            for row in store.rows(
                f"SELECT n.id, {name}, {owner}, n.trashed_at, {children} FROM {noun} n"
                f" WHERE n.trashed_at IS NOT NULL{apart} ORDER BY n.trashed_at DESC LIMIT ?",
                [limit],
            )
        ]
    found.sort(key=lambda one: one.trashed_at, reverse=True)
    return found[:limit]
