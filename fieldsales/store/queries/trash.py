"""What lies in the trash, and what a record is called there."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.special_day import KINDS
from fieldsales.store.database import Store

# what a record is called; the others by a text of theirs, or as whose part they are
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


_TEXTS = ("title", "name", "label", "text")  # fields in which a part says what it is
_OWN_NAMES = {"setting"}  # of these the name is a code


def name_of(noun: str) -> str:
    """The SQL for what a record `n` of a noun is called; '' where it has no word of its own."""
    if noun in NAMES:
        return NAMES[noun]
    known = fields(NOUNS[noun])
    told = next((one for one in _TEXTS if one in known and noun not in _OWN_NAMES), None)
    return f"n.{told}" if told else "''"


@dataclass(frozen=True, slots=True)
class Trashed:
    """One record in the trash; `customer` is whose it is, `together` how much went in with it,
    `merged` the name of what it was merged into.
    """

    noun: str
    id: str
    name: str
    customer: str
    trashed_at: str
    together: int
    merged: str = ""


def trashed(store: Store, limit: int = 1_000, before: str = "~") -> list[Trashed]:
    """The newest first, of those trashed before a moment.

    What went in with its owner is counted there, not listed; nor are parts that an operation put
    aside without being asked to delete them, as a class by hand that another took the place of.
    """
    found: list[Trashed] = []
    for noun in NOUNS:
        found += [
            Trashed(noun, *row)
            for row in store.rows(
                f"SELECT n.id, {_title(noun)}, {_owner(noun)}, n.trashed_at, {_children(noun)},"
                f" {_merged(noun)} FROM {noun} n {_whole(noun)}"
                f" WHERE n.trashed_at < ?{_apart(noun)}"
                " ORDER BY n.trashed_at DESC LIMIT ?",
                [before, limit],
            )
        ]
    found.sort(key=lambda one: one.trashed_at, reverse=True)
    return found[:limit]


def _title(noun: str) -> str:
    """Its own name, else that of what it is a part of."""
    return "coalesce(w.called, '')" if _whole(noun) else name_of(noun)


def _whole(noun: str) -> str:
    """Joins `w`, what a part without a name belongs to besides the customer."""
    if name_of(noun) != "''":
        return ""
    for name, spec in fields(NOUNS[noun]).items():
        told = spec.kind is Kind.REFERENCE and spec.noun != "customer" and name_of(spec.noun)
        if told and (spec.required or spec.owner):
            whole = f"SELECT n.id, {told} AS called FROM {spec.noun} n"
            return f"LEFT JOIN ({whole}) w ON w.id = n.{name}"
    return ""


def _owner(noun: str) -> str:
    if noun == "customer" or "customer_id" not in fields(NOUNS[noun]):
        return "''"
    return "coalesce((SELECT c.name FROM customer c WHERE c.id = n.customer_id), '')"


def _merged(noun: str) -> str:
    if "merged_into_id" not in fields(NOUNS[noun]):
        return "''"
    return f"coalesce((SELECT k.name FROM {noun} k WHERE k.id = n.merged_into_id), '')"


def _children(noun: str) -> str:
    """How many records went in at the same moment because the customer did."""
    if noun != "customer":
        return "0"
    return " + ".join(
        f"(SELECT count(*) FROM {child} x WHERE x.customer_id = n.id"
        " AND x.trashed_at = n.trashed_at)"
        for child in NAMES
        if "customer_id" in fields(NOUNS[child])
    )


def _apart(noun: str) -> str:
    """What keeps those out of the list that are there with their owner, or by no delete."""
    owners = {"customer_id": "customer"} if noun in NAMES else {}
    if noun not in NAMES:
        for name, spec in fields(NOUNS[noun]).items():
            if spec.kind is Kind.REFERENCE and (spec.required or spec.owner):
                owners[name] = spec.noun
    conditions = "".join(
        f" AND NOT EXISTS (SELECT 1 FROM {owner} c WHERE c.id = n.{name}"
        " AND c.trashed_at = n.trashed_at)"
        for name, owner in owners.items()
        if name in fields(NOUNS[noun])
    )
    if noun in NAMES:
        return conditions
    return conditions + (
        " AND EXISTS (SELECT 1 FROM change x JOIN op o ON o.seq = x.op WHERE x.row_id = n.id"
        f" AND x.tbl = '{noun}' AND o.kind = 'trash_records'"
        " AND json_extract(x.after, '$.trashed_at') = n.trashed_at)"
    )


def kinds(found: list[Trashed]) -> dict[str, int]:
    """Noun -> how many, the most first."""
    counted: dict[str, int] = {}
    for one in found:
        counted[one.noun] = counted.get(one.noun, 0) + 1
    return dict(sorted(counted.items(), key=lambda each: -each[1]))
