"""What the page of a deal shows around its facts: people, what happened, files, the next step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.store.database import Store, table_of
from fieldsales.store.queries.card import Entry, Person, people_of
from fieldsales.store.queries.deal_cards import NextStep, next_steps
from fieldsales.store.queries.people import PersonRow, rows_of


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`happenings` of the deal, newest first; `files` its own and those of its visits first, then
    the customer's; `met`: visit -> names of those we saw there, or are to see.
    """

    people: tuple[Person, ...]
    known: Mapping[str, PersonRow]  # contact -> all that is known of them
    happenings: tuple[Entry, ...]
    files: tuple[Attachment, ...]
    met: Mapping[str, tuple[str, ...]]
    next_step: NextStep | None


def surroundings(store: Store, deal_id: str, customer_id: str) -> Surroundings:
    met = _met(store, customer_id)
    people = tuple(people_of(store, customer_id))
    return Surroundings(
        people=people,
        known={
            row.contact.id: row for row in rows_of(store, [person.contact for person in people])
        },
        happenings=tuple(_happenings(store, deal_id, met)),
        files=tuple(_files(store, deal_id, customer_id)),
        met=met,
        next_step=next_steps(store, json.dumps([deal_id])).get(deal_id),
    )


_OURS = "deal_id = ? AND trashed_at IS NULL"


def _happenings(store: Store, deal_id: str, met: Mapping[str, tuple[str, ...]]) -> list[Entry]:
    ours = [deal_id]
    found = [
        _entry(visit, visit.starts_at, met.get(visit.id, ()))
        for visit in store.records(
            Visit, f"SELECT * FROM visit WHERE {_OURS} AND state <> 'planned'", ours
        )
    ]
    names = dict(
        store.rows(
            "SELECT p.id, p.name FROM contact p JOIN deal d ON d.customer_id = p.customer_id"
            " WHERE d.id = ?",
            ours,
        )
    )
    spoken: list[Interaction | Task] = [
        *store.records(Interaction, f"SELECT * FROM interaction WHERE {_OURS}", ours),
        *store.records(Task, f"SELECT * FROM task WHERE {_OURS} AND done_at IS NOT NULL", ours),
    ]
    for record in spoken:
        at = record.at if isinstance(record, Interaction) else record.done_at
        who = (names[record.contact_id],) if record.contact_id in names else ()
        found.append(_entry(record, at or "", who))
    return sorted(found, key=lambda entry: (entry.at, entry.row_id), reverse=True)


def _entry(record: Visit | Interaction | Task, at: str, who: tuple[str, ...]) -> Entry:
    return Entry(table_of(type(record)), record.id, at, record, who)


def _files(store: Store, deal_id: str, customer_id: str) -> list[Attachment]:
    return store.records(
        Attachment,
        "SELECT a.* FROM attachment a LEFT JOIN visit v ON v.id = a.visit_id"
        " WHERE a.trashed_at IS NULL AND (a.deal_id = ? OR (a.deal_id IS NULL"
        " AND (v.deal_id = ? OR (a.customer_id = ? AND a.visit_id IS NULL))))"
        " ORDER BY coalesce(a.deal_id, v.deal_id) IS NULL, a.created_at DESC, a.id",
        [deal_id, deal_id, customer_id],
    )


def _met(store: Store, customer_id: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for visit, name in store.rows(
        "SELECT v.id, c.name FROM visit v JOIN visit_person p ON p.visit_id = v.id"
        " JOIN contact c ON c.id = p.contact_id WHERE v.customer_id = ?"
        " AND p.trashed_at IS NULL AND (p.met = 1 OR v.state = 'planned')"
        " ORDER BY p.created_at, p.id",
        [customer_id],
    ):
        found.setdefault(visit, []).append(name)
    return {visit: tuple(names) for visit, names in found.items()}
