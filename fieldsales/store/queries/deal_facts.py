"""Everything about single deals: what proves their stages, and what their page and paper show."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import Record
from fieldsales.domain.need import Need
from fieldsales.domain.stage_evidence import EvidenceFacts
from fieldsales.domain.visit import Visit, VisitItem
from fieldsales.store.database import Store
from fieldsales.store.queries.deal_cards import members_of, roles_of

_R = TypeVar("_R", bound=Record)


def evidence_facts(store: Store, deal_ids: Iterable[str]) -> dict[str, EvidenceFacts]:
    """What is on record about deals outside the trash, by id; those that are gone are left out."""
    ids = json.dumps(list(deal_ids))
    deals = _live(store, Deal, "deal", "id", ids)
    owners = json.dumps(sorted({deal.customer_id for deal in deals}))
    customers = {one.id: one for one in _live(store, Customer, "customer", "id", owners)}
    roles = _by_customer(roles_of(store, owners))
    people = _by_customer(_live(store, Contact, "contact", "customer_id", owners))
    needs = _by_customer(_live(store, Need, "need", "customer_id", owners))
    visits = _by_customer(
        _live(store, Visit, "visit", "customer_id", owners, "state IN ('running', 'concluded')")
    )
    items = defaultdict(list)
    for item in store.records(
        VisitItem,
        "SELECT i.* FROM visit v JOIN visit_item i ON i.visit_id = v.id"
        " WHERE v.customer_id IN (SELECT value FROM json_each(?)) AND v.trashed_at IS NULL"
        " AND i.trashed_at IS NULL AND v.state IN ('running', 'concluded')"
        " AND (i.kind = 'observation' OR (i.kind = 'material' AND i.done = 1)) ORDER BY i.id",
        [owners],
    ):
        items[item.visit_id].append(item)
    members = defaultdict(list)
    for member in members_of(store, ids):
        members[member.deal_id].append(member)
    found: dict[str, EvidenceFacts] = {}
    for deal in deals:
        if deal.customer_id not in customers:
            continue
        theirs = deal.customer_id
        held = _of_deal(visits[theirs], deal.id)
        found[deal.id] = EvidenceFacts(
            deal=deal,
            customer=customers[theirs],
            roles=tuple(roles[theirs]),
            people=tuple(people[theirs]),
            members=tuple(members[deal.id]),
            needs=_of_deal(needs[theirs], deal.id),
            visits=held,
            items=tuple(item for visit in held for item in items[visit.id]),
        )
    return found


def _live(
    store: Store, noun: type[_R], table: str, column: str, among: str, condition: str = "true"
) -> list[_R]:
    return store.records(
        noun,
        f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        f" AND trashed_at IS NULL AND {condition} ORDER BY id",
        [among],
    )


def _by_customer(records: Iterable[Any]) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for record in records:
        found[record.customer_id].append(record)
    return found


def _of_deal(records: Iterable[Any], deal_id: str) -> tuple[Any, ...]:
    """The deal's own records and those that are of no deal."""
    return tuple(record for record in records if record.deal_id in (None, deal_id))
