"""Everything about one visit, as its page and its papers need it."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import timedelta

from fieldsales.domain.clock import day_start
from fieldsales.domain.contact import BuyingRole, Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.need import Need
from fieldsales.domain.task import Task
from fieldsales.domain.visit import PersonFacts, Visit, VisitFacts, VisitItem
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries import feedback, satisfaction
from fieldsales.store.queries.people import Meeting, meeting
from fieldsales.store.queries.pipelines import stage_words
from fieldsales.store.queries.preferences import preferences_of

_EARLIER = 5


def planned_visits(store: Store, customer_id: str, days: int) -> list[Visit]:
    """Visits to a customer that are planned for the next days, today among them, in order."""
    day = store.clock.today()
    return store.records(
        Visit,
        "SELECT * FROM visit WHERE customer_id = ? AND trashed_at IS NULL AND state = 'planned'"
        " AND starts_at >= ? AND starts_at < ? ORDER BY starts_at, id",
        [customer_id, day_start(day), day_start(day + timedelta(days=days))],
    )


def latest_visits(
    store: Store, limit: int, *, among: Collection[str] | None = None
) -> list[tuple[Visit, str]]:
    """The visits nearest to today with the customer's name, of some customers or of all."""
    whose = "" if among is None else " AND customer_id IN (SELECT value FROM json_each(?))"
    found = store.records(
        Visit,
        f"SELECT * FROM visit WHERE trashed_at IS NULL AND state <> 'cancelled'{whose}"
        " ORDER BY abs(julianday(starts_at) - julianday(?)), id LIMIT ?",
        [*([json.dumps(list(among))] if among is not None else []), store.clock.stamp(), limit],
    )
    names: dict[str, str] = dict(
        store.rows(
            "SELECT id, name FROM customer WHERE id IN (SELECT value FROM json_each(?))",
            [json.dumps([visit.customer_id for visit in found])],
        )
    )
    return [(visit, names[visit.customer_id]) for visit in found]


def visit_facts(store: Store, visit_id: str) -> VisitFacts:
    """The facts of a visit; raises UserError("record.gone") if it is unknown."""
    visit = store.record(Visit, visit_id)
    customer = store.record(Customer, visit.customer_id) if visit else None
    if visit is None or customer is None:
        raise UserError("record.gone")
    seated = meeting(store, visit_id)
    ours = [visit.customer_id]
    live = "customer_id = ? AND trashed_at IS NULL"
    needs = store.records(Need, f"SELECT * FROM need WHERE {live} ORDER BY created_at, id", ours)
    tasks = store.records(Task, f"SELECT * FROM task WHERE {live} ORDER BY due IS NULL, due", ours)
    attachments = store.records(
        Attachment,
        "SELECT * FROM attachment WHERE visit_id = ? AND trashed_at IS NULL ORDER BY created_at",
        [visit_id],
    )
    people = _people(store, seated, needs)
    expected = {person.contact.id for person in people}
    return VisitFacts(
        visit=visit,
        customer=customer,
        deal=store.record(Deal, visit.deal_id),
        people=people,
        items=tuple(
            store.records(
                VisitItem,
                "SELECT * FROM visit_item WHERE visit_id = ? AND trashed_at IS NULL"
                " ORDER BY position IS NULL, position, created_at, id",
                [visit_id],
            )
        ),
        needs=tuple(need for need in needs if need.visit_id == visit_id),
        known_needs=tuple(
            need for need in needs if need.visit_id != visit_id and not need.answered
        ),
        promises=tuple(
            task
            for task in tasks
            if task.visit_id != visit_id and task.done_at is None and task.kind == "promise"
        ),
        follow_ups=tuple(task for task in tasks if task.visit_id == visit_id),
        earlier=tuple(
            store.records(
                Visit,
                f"SELECT * FROM visit WHERE {live} AND id <> ? AND state = 'concluded'"
                " AND starts_at <= ? ORDER BY starts_at DESC LIMIT ?",
                [visit.customer_id, visit_id, visit.starts_at, _EARLIER],
            )
        ),
        open_deals=tuple(
            store.records(
                Deal,
                f"SELECT * FROM deal WHERE {live} AND stage NOT IN ('won', 'lost')"
                " ORDER BY expected_close IS NULL, expected_close",
                ours,
            )
        ),
        stages=stage_words(store),
        complaints=tuple(feedback.complaints(store, visit.customer_id)),
        satisfaction=satisfaction.of_visit(store, visit_id),
        attachments=tuple(attachments),
        photos=tuple(
            (photo, store.kept.file(photo.sha256)) for photo in attachments if photo.kind == "photo"
        ),
        visit_number=1
        + store.value(
            f"SELECT count(*) FROM visit WHERE {live} AND id <> ? AND starts_at <= ?"
            " AND state IN ('running', 'concluded')",
            [visit.customer_id, visit_id, visit.starts_at],
        ),
        own=seated.own,
        preferences=tuple(
            one
            for one in preferences_of(store, visit.customer_id)
            if one.contact_id is None or one.contact_id in expected
        ),
    )


def _people(store: Store, seated: Meeting, needs: list[Need]) -> tuple[PersonFacts, ...]:
    visit = seated.visit
    met = dict(
        store.rows(
            "SELECT contact_id, met FROM visit_person WHERE visit_id = ? AND trashed_at IS NULL",
            [visit.id],
        )
    )
    roles = store.records(
        BuyingRole,
        "SELECT * FROM buying_role WHERE customer_id = ? AND trashed_at IS NULL ORDER BY id",
        [visit.customer_id],
    )
    people = []
    known = {row.contact.id: row for row in seated.rows}
    for contact in store.records(
        Contact,
        "SELECT c.* FROM contact c JOIN visit_person p ON p.contact_id = c.id"
        " WHERE p.visit_id = ? AND p.trashed_at IS NULL ORDER BY p.created_at, p.id",
        [visit.id],
    ):
        row = known.get(contact.id)  # none of somebody in the trash
        # what was said of the role in this deal counts before what holds for the customer
        own = [role for role in roles if role.contact_id == contact.id]
        own.sort(key=lambda role: role.deal_id != visit.deal_id)
        people.append(
            PersonFacts(
                contact=contact,
                met=bool(met[contact.id]),
                roles=tuple(dict.fromkeys(role.role for role in own if role.role)),
                influence=next((r.influence for r in own if r.influence is not None), None),
                attitude=next((r.attitude for r in own if r.attitude is not None), None),
                last_met=store.value(
                    "SELECT date(max(v.starts_at), 'localtime') FROM visit v JOIN visit_person p"
                    " ON p.visit_id = v.id WHERE p.contact_id = ? AND p.met = 1 AND v.id <> ?"
                    " AND v.trashed_at IS NULL AND v.starts_at <= ?",
                    [contact.id, visit.id, visit.starts_at],
                ),
                needs=tuple(need for need in needs if need.contact_id == contact.id),
                assessment=row.assessment if row else None,
                clues=row.clues if row else (),
            )
        )
    return tuple(people)
