"""What the card of a deal shows: its people, next step, age and flags."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldsales.domain.buying_group import one_plus_two_plus_one
from fieldsales.domain.contact import BuyingRole
from fieldsales.domain.deal import Deal, DealMember, probability
from fieldsales.domain.funnel import age_level, is_snoozed
from fieldsales.domain.pipeline import Pipelines
from fieldsales.store.caches.facts import TASK_DAY
from fieldsales.store.database import Store
from fieldsales.store.queries.deals import OPEN_TASK, PLANNED, DealFilter, days_since, entries
from fieldsales.store.queries.debts import of_deals
from fieldsales.store.queries.pipelines import entered, pipelines, usual_days

_NOTHING = (0, "")
_AMONG = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next in a deal: an open task or a planned visit; `day` an ISO day."""

    noun: str
    row_id: str
    text: str
    day: str | None
    party: str = "us"


@dataclass(frozen=True, slots=True)
class DealCard:
    """What a card shows; `level` is the age in its stage from 0 to 3 (M25), `score` of 1+2+1."""

    deal: Deal
    customer: str
    probability: int
    days: int
    level: int
    next_step: NextStep | None
    score: int
    confirmed: int
    complaints: int
    overdue_tasks: int
    overdue_money: int  # minor units, in the currency of the debt due first
    overdue_currency: str
    snoozed: bool
    close_passed: bool
    tags: tuple[str, ...] = ()


def cards(
    store: Store, known: Pipelines, usual: Mapping[str, float], deal_ids: Sequence[str]
) -> list[DealCard | None]:
    """The cards of these deals in their order, None for one that is gone meanwhile."""
    among = json.dumps(list(deal_ids))
    deals = {
        deal.id: deal
        for deal in store.records(
            Deal, f"SELECT * FROM deal WHERE trashed_at IS NULL AND id {_AMONG}", [among]
        )
    }
    owners = json.dumps(list({deal.customer_id for deal in deals.values()}))
    customers = {
        row_id: (name, complaints)
        for row_id, name, complaints in store.rows(
            "SELECT c.id, c.name, f.complaints FROM customer c"
            f" JOIN customer_facts f ON f.customer_id = c.id WHERE c.id {_AMONG}",
            [owners],
        )
    }
    since = entered(store, deal_ids)
    steps = next_steps(store, among)
    overdue = _overdue_tasks(store, among)
    tags = tags_of(store, among)
    late = _overdue_money(store, among)
    roles = _by(roles_of(store, owners), "customer_id")
    members = _by(members_of(store, among), "deal_id")
    now, today = store.clock.now(), store.clock.today()

    def card(deal: Deal) -> DealCard:
        stage = known.stage(deal.stage)
        days = days_since(since[deal.id], now)
        takes = usual.get(deal.stage)
        sheet = one_plus_two_plus_one(
            deal, roles.get(deal.customer_id, ()), (), members.get(deal.id, ())
        )
        name, complaints = customers[deal.customer_id]
        of_stage = stage.probability if stage else None
        return DealCard(
            deal=deal,
            customer=name,
            probability=probability(deal.stage, of_stage, deal.pinned_probability),
            days=int(days),
            level=age_level(days, takes) if takes else 0,
            next_step=steps.get(deal.id),
            score=sheet.score,
            confirmed=sheet.confirmed,
            complaints=complaints,
            overdue_tasks=overdue.get(deal.id, 0),
            overdue_money=late.get(deal.id, _NOTHING)[0],
            overdue_currency=late.get(deal.id, _NOTHING)[1],
            snoozed=is_snoozed(deal.snoozed_until, today),
            close_passed=bool(takes and (deal.expected_close or "~") < today.isoformat()),
            tags=tags.get(deal.id, ()),
        )

    return [
        card(deals[row_id]) if row_id in deals and deals[row_id].customer_id in customers else None
        for row_id in deal_ids
    ]


def stuck_cards(store: Store, limit: int = 100) -> list[DealCard]:
    """Deals of any pipeline that stand in their stage for too long (M25), the longest first."""
    known = pipelines(store)
    usual = usual_days(store, known)
    found = entries(store, DealFilter(pipeline_id="", closed_days=0, stuck=True), usual)
    found.sort(key=lambda one: (one.since, one.id))
    shown = cards(store, known, usual, [one.id for one in found[:limit]])
    return [card for card in shown if card is not None]


def next_steps(store: Store, deal_ids: str) -> dict[str, NextStep]:
    """Deal -> what comes next, what has a day before what has none; `deal_ids` is a JSON list."""
    found: dict[str, NextStep] = {}
    for deal_id, *step in store.rows(
        "SELECT * FROM (SELECT t.deal_id, 'task', t.id AS step, t.title,"
        f" {TASK_DAY} AS day, t.party FROM task t"
        f" WHERE t.deal_id {_AMONG} AND {OPEN_TASK}"
        " UNION ALL SELECT v.deal_id, 'visit', v.id, v.objective, date(v.starts_at, 'localtime'),"
        f" 'us' FROM visit v WHERE v.deal_id {_AMONG} AND {PLANNED})"
        " ORDER BY day IS NULL, day, step",
        [deal_ids, deal_ids],
    ):
        found.setdefault(deal_id, NextStep(*step))
    return found


def roles_of(store: Store, customer_ids: str) -> list[BuyingRole]:
    """Buying roles of the people customers have now; `customer_ids` is a JSON list."""
    return store.records(
        BuyingRole,
        "SELECT r.* FROM buying_role r JOIN contact p ON p.id = r.contact_id"
        " AND p.customer_id = r.customer_id"
        f" WHERE r.customer_id {_AMONG} AND r.trashed_at IS NULL AND p.trashed_at IS NULL"
        " ORDER BY r.id",
        [customer_ids],
    )


def members_of(store: Store, deal_ids: str) -> list[DealMember]:
    """Who of ours works on deals; `deal_ids` is a JSON list."""
    return store.records(
        DealMember,
        f"SELECT * FROM deal_member WHERE deal_id {_AMONG} AND trashed_at IS NULL ORDER BY id",
        [deal_ids],
    )


def _overdue_tasks(store: Store, deal_ids: str) -> dict[str, int]:
    return dict(
        store.rows(
            f"SELECT t.deal_id, count(*) FROM task t WHERE t.deal_id {_AMONG} AND {OPEN_TASK}"
            f" AND t.party = 'us' AND {TASK_DAY} < ?"
            " GROUP BY t.deal_id",
            [deal_ids, store.clock.today().isoformat()],
        )
    )


def _overdue_money(store: Store, deal_ids: str) -> dict[str, tuple[int, str]]:
    """Deal -> what is overdue of it and in which currency, that of the debt due first."""
    today, found = store.clock.today(), {}
    for deal_id, debts in of_deals(store, deal_ids).items():
        late = [one for one in debts if one.open > 0 and one.days_late(today) > 0]
        if late:
            currency = late[0].currency
            found[deal_id] = sum(one.open for one in late if one.currency == currency), currency
    return found


def tags_of(store: Store, deal_ids: str) -> dict[str, tuple[str, ...]]:
    """Deal -> its tags by name; `deal_ids` is a JSON list."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for deal_id, name in store.rows(
        "SELECT g.deal_id, t.name FROM deal_tagging g JOIN tag t ON t.id = g.tag_id"
        f" WHERE g.deal_id {_AMONG} AND g.trashed_at IS NULL AND t.trashed_at IS NULL"
        " ORDER BY t.name",
        [deal_ids],
    ):
        found[deal_id].append(name)
    return {deal_id: tuple(names) for deal_id, names in found.items()}


def _by(records: Iterable[Any], name: str) -> dict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for record in records:
        found[getattr(record, name)].append(record)
    return found
