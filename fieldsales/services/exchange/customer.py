"""What goes along when a customer is handed to a colleague: which rows, by the parts chosen.

Every table is asked by its references, so that a new one goes along by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services.exchange.package import CUSTOMER, Source
from fieldsales.store import exchange
from fieldsales.store.database import Store

PARTS: Mapping[str, tuple[str, ...]] = {
    "people": ("contact",),
    "deals": ("deal",),
    "visits": ("visit", "interaction", "task", "need", "satisfaction", "checklist_result"),
    "money": ("proposal", "receivable", "payment", "sale"),
    "files": ("attachment",),
}
# what is of one's own desk and nobody else's
_OWN = {"review_item", "snooze", "campaign_member", "apart"}
# what one says of people behind their backs, and of what it is worth to oneself
_PRIVATE = {
    "assessment", "clue", "need_rating", "preference", "rating", "estimate", "class_pin",
    "factor_rating",
}  # fmt: skip
PRIVATE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "customer": ("relationship", "feeling", "feeling_note", "pinned_status", "status_reason"),
    "contact": ("preferences", "sees_long_term", "plays_fair", "negotiation_evidence"),
    "deal": ("pinned_probability", "probability_reason", "commission_percent"),
    "buying_role": ("influence", "attitude", "confirmed", "evidence"),
    "proposal_line": ("cost", "minimum"),
    "sale": ("cost",),
    "visit": ("cost",),
}


def chosen(
    store: Store, customer_id: str, parts: Collection[str], *, private: bool = False
) -> Source:
    """The customer with these of the PARTS; `private` opinions only where they are wanted.

    Raises UserError("record.gone").
    """
    customer = store.record(Customer, customer_id)
    if customer is None or customer.trashed_at:
        raise UserError("record.gone")
    left = {noun for part in PARTS.keys() - set(parts) for noun in PARTS[part]} | _OWN
    left |= set() if private else _PRIVATE
    nouns = [noun for noun in _belonging() if not left & {noun, *_owners(noun)}]
    found: dict[str, set[str]] = {CUSTOMER: {customer_id}}
    grown = True
    while grown:  # a file of a visit belongs to the customer by way of the visit
        grown = False
        for noun in nouns:
            ids = _below(store, noun, customer_id, found)
            grown |= not ids <= found.get(noun, set())
            found.setdefault(noun, set()).update(ids)
    _drop_without_owner(store, found)
    _take_along(store, found)
    return Source(
        store,
        {noun: ids for noun, ids in found.items() if ids},
        {} if private else PRIVATE_FIELDS,
        CUSTOMER,
        customer.name,
    )


@cache
def _belonging() -> tuple[str, ...]:
    """Nouns whose records belong to a customer, directly or by way of others."""
    found = {CUSTOMER}
    grown = True
    while grown:
        more = {
            noun
            for noun in NOUNS
            if noun not in found and any(spec.noun in found for _, spec in _references(noun))
        }
        found |= more
        grown = bool(more)
    return tuple(noun for noun in NOUNS if noun in found and noun != CUSTOMER)


@cache
def _owners(noun: str) -> frozenset[str]:
    """Nouns without which a record of a noun is nothing."""
    return frozenset(spec.noun for _, spec in _references(noun) if spec.required or spec.owner)


def _references(noun: str) -> Iterator[tuple[str, Field]]:
    return (
        (name, spec) for name, spec in fields(NOUNS[noun]).items() if spec.kind is Kind.REFERENCE
    )


def _below(
    store: Store, noun: str, customer_id: str, found: Mapping[str, Collection[str]]
) -> set[str]:
    """Live records that refer to what goes along, and to no other customer."""
    columns = {
        name: found[spec.noun]
        for name, spec in _references(noun)
        if spec.noun in found and (spec.noun != CUSTOMER or name == "customer_id")
    }
    ids = exchange.referring(store, noun, columns)
    if "customer_id" in store.columns[noun]:
        ids -= exchange.of_others(store, noun, ids, customer_id)
    return ids


def _drop_without_owner(store: Store, found: dict[str, set[str]]) -> None:
    """Leaves out what is nothing without a record that does not go along."""
    dropped = True
    while dropped:
        dropped = False
        for noun, ids in found.items():
            for name, spec in _references(noun):
                if not (spec.required or spec.owner) or spec.noun not in _belonging():
                    continue
                values = exchange.standing(store, noun, [name], ids)
                lost = {
                    row_id
                    for row_id, (value,) in values.items()
                    if value is not None and value not in found.get(spec.noun, ())
                }
                dropped |= bool(lost)
                ids.difference_update(lost)


def _take_along(store: Store, found: dict[str, set[str]]) -> None:
    """Adds what is everybody's and is referred to: products, tags, stages and their pipelines."""
    rest = [noun for noun, ids in found.items() if ids]
    while rest:
        noun = rest.pop()
        for name, spec in _references(noun):
            if spec.noun == CUSTOMER or spec.noun in _belonging():
                continue
            values = exchange.standing(store, noun, [name], found[noun])
            wanted = {value for (value,) in values.values() if value is not None}
            new = wanted - found.get(spec.noun, set())
            if new:
                found.setdefault(spec.noun, set()).update(new)
                rest.append(spec.noun)
