"""Everything about single deals: what proves their stages, and what their page and paper show."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from fieldsales.domain.classes.key_score import CRITERIA
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.deal_page import DealPage
from fieldsales.domain.fields import Record
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.need import Need
from fieldsales.domain.stage_evidence import EvidenceFacts, Source
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit, VisitItem
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.deal_cards import members_of, roles_of, tags_of
from fieldsales.store.queries.deals import days_since
from fieldsales.store.queries.debts import of_deals
from fieldsales.store.queries.needed import needed
from fieldsales.store.queries.people import factor_ratings
from fieldsales.store.queries.pipelines import SINCE, entered, history, pipelines, usual_days

_R = TypeVar("_R", bound=Record)


def evidence_facts(store: Store, deal_ids: Iterable[str]) -> dict[str, EvidenceFacts]:
    """What is on record about deals outside the trash, by id; those that are gone are left out."""
    ids = json.dumps(list(deal_ids))
    deals = _live(store, Deal, "deal", "id", ids)
    owners = json.dumps(sorted({deal.customer_id for deal in deals}))
    customers = {one.id: one for one in _live(store, Customer, "customer", "id", owners)}
    roles = _by_customer(roles_of(store, owners))
    people = _by_customer(_live(store, Contact, "contact", "customer_id", owners, "vacant = 0"))
    profiled = _profiled(store, owners)
    needs = _by_customer(_live(store, Need, "need", "customer_id", owners))
    met = _met(store, owners)
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
    owed = of_deals(store, ids)
    judged = _judged(store, owners)
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
            profiled=tuple(one.id for one in people[theirs] if one.id in profiled),
            members=tuple(members[deal.id]),
            needs=_of_deal(needs[theirs], deal.id),
            visits=held,
            items=tuple(item for visit in held for item in items[visit.id]),
            judged=tuple(judged[theirs]),
            met=met,
            receivables=tuple((one.id, one.open) for one in owed.get(deal.id, ())),
        )
    return found


def _profiled(store: Store, owners: str) -> set[str]:
    """Contacts of customers of whose thinking something is known (M21)."""
    theirs = "SELECT id FROM contact WHERE customer_id IN (SELECT value FROM json_each(?1))"
    return {
        row_id
        for (row_id,) in store.rows(
            f"SELECT contact_id FROM clue WHERE contact_id IN ({theirs}) AND trashed_at IS NULL"
            f" UNION SELECT contact_id FROM assessment WHERE contact_id IN ({theirs})"
            " AND finished_at IS NOT NULL AND trashed_at IS NULL",
            [owners],
        )
    }


def _judged(store: Store, owners: str) -> Mapping[str, list[Source]]:
    """Customer -> the importance held by hand and the ratings of M12 that count today."""
    found: defaultdict[str, list[Source]] = defaultdict(list)
    criteria = json.dumps(CRITERIA)
    for noun, row_id, customer_id in store.rows(
        "SELECT 'class_pin', id, customer_id FROM class_pin WHERE trashed_at IS NULL"
        " AND method = 'importance' AND since <= ?2 AND coalesce(until, ?2) >= ?2"
        " AND customer_id IN (SELECT value FROM json_each(?1))"
        " UNION ALL SELECT 'rating', id, customer_id FROM rating r WHERE trashed_at IS NULL"
        " AND rating IS NOT NULL AND kind IN (SELECT value FROM json_each(?3))"
        " AND customer_id IN (SELECT value FROM json_each(?1))"
        " AND NOT EXISTS (SELECT 1 FROM rating l WHERE l.customer_id = r.customer_id"
        " AND l.kind = r.kind AND l.trashed_at IS NULL AND (l.dated, l.id) > (r.dated, r.id))",
        [owners, store.clock.today().isoformat(), criteria],
    ):
        found[customer_id].append((noun, row_id))
    return found


def _met(store: Store, owners: str) -> frozenset[str]:
    """Needs of customers that a benefit of some worksheet answers (M27)."""
    sql = (
        "SELECT n.id FROM need n JOIN worksheet_row r ON r.need_id = n.id"
        " JOIN worksheet w ON w.id = r.worksheet_id"
        " WHERE n.customer_id IN (SELECT value FROM json_each(?)) AND r.benefit <> ''"
        " AND r.trashed_at IS NULL AND w.trashed_at IS NULL"
    )
    return frozenset(row_id for (row_id,) in store.rows(sql, [owners]))


def deal_page(store: Store, deal_id: str) -> DealPage:
    """Everything about a deal; raises UserError("record.gone") if it is in the trash or unknown."""
    facts = evidence_facts(store, [deal_id]).get(deal_id)
    if facts is None:
        raise UserError("record.gone")
    known = pipelines(store)
    deal = facts.deal
    pipeline, stage = known.pipeline(deal.pipeline_id), known.stage(deal.stage)
    assert pipeline is not None
    assert stage is not None
    since = entered(store, [deal_id])[deal_id]
    ours = json.dumps([deal_id])
    owner = json.dumps([deal.customer_id])
    return DealPage(
        facts=facts,
        pipeline=pipeline,
        stage=stage,
        row=known.open_stages(deal.pipeline_id),
        stages={one.id: one for one in known.stages},
        changes=tuple(history(store, deal_id)),
        since=since,
        days=int(days_since(since, store.clock.now())),
        usual=usual_days(store, known).get(deal.stage),
        tasks=tuple(
            _live(store, Task, "task", "deal_id", ours, "done_at IS NULL", "due IS NULL, due")
        ),
        visits=tuple(
            _live(store, Visit, "visit", "deal_id", ours, "state <> 'cancelled'", "starts_at DESC")
        ),
        met=_last_met(store, deal.customer_id),
        complaints=tuple(
            _live(
                store,
                Interaction,
                "interaction",
                "customer_id",
                owner,
                "kind = 'complaint' AND closed_at IS NULL",
                "at",
            )
        ),
        attachments=tuple(
            _live(store, Attachment, "attachment", "deal_id", ours, order="created_at DESC")
        ),
        tags=tags_of(store, ours).get(deal_id, ()),
        ratings=factor_ratings(store, deal_id),
        currency=deal.currency or base_currency(store),
    )


def latest_deal(store: Store) -> str:
    """The open deal that moved last, any other if there is none; UserError without a deal."""
    found = store.value(
        "SELECT d.id FROM deal d JOIN customer c ON c.id = d.customer_id"
        " WHERE d.trashed_at IS NULL AND c.trashed_at IS NULL"
        f" ORDER BY d.stage IN ('won', 'lost'), {SINCE} DESC, d.id DESC LIMIT 1"
    )
    return needed(found, "cli.report.no_deal")


def _last_met(store: Store, customer_id: str) -> dict[str, str]:
    return dict(
        store.rows(
            "SELECT p.contact_id, date(max(v.starts_at), 'localtime') FROM visit v"
            " JOIN visit_person p ON p.visit_id = v.id WHERE v.customer_id = ?"
            " AND v.trashed_at IS NULL AND p.trashed_at IS NULL AND p.met = 1"
            " AND v.state IN ('running', 'concluded') GROUP BY p.contact_id",
            [customer_id],
        )
    )


def _live(
    store: Store,
    noun: type[_R],
    table: str,
    column: str,
    among: str,
    condition: str = "true",
    order: str = "id",
) -> list[_R]:
    return store.records(
        noun,
        f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        f" AND trashed_at IS NULL AND {condition} ORDER BY {order}, id",
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
