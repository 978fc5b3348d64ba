"""Records with what tells of them beside their own fields, as an export writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.store.database import Store


@dataclass(frozen=True, slots=True)
class Row:
    """A deal, the names of its customer and of the partner who brought it, and its tags."""

    deal: Deal
    customer: str
    partner: str
    tags: tuple[str, ...]


def deal_rows(store: Store, deal_ids: Iterable[str] | None = None) -> list[Row]:
    """The deals that are not in the trash, or these of them, by customer and title."""
    live, ids = "d.trashed_at IS NULL", []
    if deal_ids is not None:
        live += " AND d.id IN (SELECT value FROM json_each(?))"
        ids = [json.dumps(list(deal_ids))]
    names = dict(store.rows("SELECT id, name FROM customer"))
    tags: dict[str, list[str]] = {}
    for deal_id, name in store.rows(
        "SELECT g.deal_id, t.name FROM deal_tagging g JOIN tag t ON t.id = g.tag_id"
        " WHERE g.trashed_at IS NULL AND t.trashed_at IS NULL ORDER BY t.name"
    ):
        tags.setdefault(deal_id, []).append(name)
    found = store.records(
        Deal,
        "SELECT d.* FROM deal d JOIN customer_facts f ON f.customer_id = d.customer_id"
        f" WHERE {live} ORDER BY f.name_key, d.title, d.id",
        ids,
    )
    return [
        Row(
            deal,
            names[deal.customer_id],
            names.get(deal.partner_id, ""),
            tuple(tags.get(deal.id, ())),
        )
        for deal in found
    ]


def customer_rows(
    store: Store, customer_ids: Iterable[str] | None = None
) -> list[tuple[Customer, tuple[str, ...]]]:
    """Customers outside the trash with their tags: all by name, or these in their order."""
    tags: dict[str, list[str]] = {}
    for customer_id, name in store.rows(
        "SELECT g.customer_id, t.name FROM tagging g JOIN tag t ON t.id = g.tag_id"
        " WHERE g.trashed_at IS NULL AND t.trashed_at IS NULL ORDER BY t.name"
    ):
        tags.setdefault(customer_id, []).append(name)
    joined = "SELECT c.* FROM customer c JOIN customer_facts f ON f.customer_id = c.id"
    if customer_ids is None:
        found = store.records(Customer, f"{joined} ORDER BY f.name_key, c.id")
    else:
        listed = [json.dumps(list(customer_ids))]
        sql = f"{joined} JOIN json_each(?) k ON k.value = c.id ORDER BY k.key"
        found = store.records(Customer, sql, listed)
    return [(one, tuple(tags.get(one.id, ()))) for one in found]


def people(store: Store) -> list[tuple[Contact, str]]:
    """People outside the trash by their customer's name, each with it; no vacant posts."""
    names = dict(store.rows("SELECT id, name FROM customer"))
    found = store.records(
        Contact,
        "SELECT p.* FROM contact p LEFT JOIN customer_facts f ON f.customer_id = p.customer_id"
        " WHERE p.trashed_at IS NULL AND NOT p.vacant ORDER BY f.name_key, p.name, p.id",
    )
    return [(one, names.get(one.customer_id, "")) for one in found]
