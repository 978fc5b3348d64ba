"""Which deals pass a filter and what decides where their cards stand; ready for 10 000."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from fieldsales.domain.clock import from_stamp, to_stamp
from fieldsales.domain.funnel import is_stuck
from fieldsales.domain.pipeline import FUNNEL
from fieldsales.store.database import Store
from fieldsales.store.queries.conditions import Conditions
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.pipelines import SINCE
from fieldsales.store.search import search


@dataclass(frozen=True, slots=True)
class DealFilter(Conditions):
    """What the chips say; empty means any. All given conditions must hold together.

    `closed_days`: of the deals that are won or lost only those of so many days; None = all of
    them, 0 = none. `close_from` and `close_to` are ISO days of the expected close, both included.
    """

    pipeline_id: str = FUNNEL
    stages: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    horizons: tuple[str, ...] = ()
    importances: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    close_from: str = ""
    close_to: str = ""
    closed_days: int | None = 90
    stuck: bool = False
    no_next_step: bool = False
    snoozed: bool | None = None
    ids: tuple[str, ...] | None = None


ALL_DEALS = DealFilter()


class Entry(NamedTuple):
    """What of a deal decides where its card stands; `since` when it entered its stage."""

    id: str
    stage: str
    amount: int
    currency: str
    probability: int
    since: str
    expected_close: str | None
    snoozed_until: str | None
    customer_id: str
    customer_key: str
    horizon: str
    importance: str
    product: str
    seller: str


_ENTRY = f"""
SELECT d.id, d.stage,
    CASE d.stage WHEN 'won' THEN coalesce(d.order_amount, d.amount, 0)
        ELSE coalesce(d.amount, 0) END,
    coalesce(nullif(upper(d.currency), ''), ?),
    CASE d.stage WHEN 'won' THEN 100 WHEN 'lost' THEN 0
        ELSE coalesce(d.pinned_probability, s.probability, 0) END,
    {SINCE} AS since, d.expected_close, d.snoozed_until, d.customer_id, f.name_key,
    d.horizon, coalesce(w.importance, c.importance), d.product, d.seller
FROM deal d JOIN stage s ON s.id = d.stage JOIN customer c ON c.id = d.customer_id
    JOIN customer_facts f ON f.customer_id = d.customer_id
    LEFT JOIN customer_worth w ON w.customer_id = d.customer_id
WHERE d.trashed_at IS NULL
"""
_AMONG = "IN (SELECT value FROM json_each(?))"
OPEN_TASK = "t.trashed_at IS NULL AND t.done_at IS NULL"
PLANNED = "v.trashed_at IS NULL AND v.state = 'planned'"
_LISTS = {
    "stages": "d.stage",
    "sellers": "d.seller",
    "products": "d.product",
    "sources": "d.source",
    "horizons": "d.horizon",
    "importances": "coalesce(w.importance, c.importance)",
    "customers": "d.customer_id",
}


def entries(
    store: Store,
    wanted: DealFilter,
    usual: Mapping[str, float],
    among: Iterable[str] | None = None,
) -> list[Entry]:
    """The deals that pass, in no order; `among` looks at these ids alone.

    `usual`: days by stage as `usual_days` gives them, for the condition `stuck`.
    """
    sql, params = _conditions(store, wanted)
    if among is not None:
        sql.append("d.id IN (SELECT value FROM json_each(?))")
        params.append(json.dumps(list(among)))
    rows = store.rows(" AND ".join([_ENTRY, *sql]), [base_currency(store), *params])
    found = list(map(Entry._make, rows))
    if wanted.stuck:
        now, today = store.clock.now(), store.clock.today()
        found = [
            one
            for one in found
            if one.stage in usual
            and is_stuck(days_since(one.since, now), usual[one.stage], one.snoozed_until, today)
        ]
    return found


def _conditions(store: Store, wanted: DealFilter) -> tuple[list[str], list[object]]:
    sql: list[str] = []
    params: list[object] = []

    def add(condition: str, *values: object) -> None:
        sql.append(condition)
        params.extend(values)

    def within(column: str, values: Iterable[str]) -> None:
        add(f"{column} IN (SELECT value FROM json_each(?))", json.dumps(list(values)))

    if wanted.pipeline_id:
        add("d.pipeline_id = ?", wanted.pipeline_id)
    for name, column in _LISTS.items():
        if values := getattr(wanted, name):
            within(column, values)
    if wanted.ids is not None:
        within("d.id", wanted.ids)
    if wanted.tags:
        add(
            "d.id IN (SELECT g.deal_id FROM deal_tagging g JOIN tag t ON t.id = g.tag_id"
            " WHERE g.trashed_at IS NULL AND t.trashed_at IS NULL"
            " AND t.name IN (SELECT value FROM json_each(?)))",
            json.dumps(wanted.tags),
        )
    if wanted.rivals:
        add(
            "EXISTS (SELECT 1 FROM json_each(?) r WHERE instr(d.competitor, r.value) > 0)",
            json.dumps(wanted.rivals),
        )
    if wanted.close_from:
        add("d.expected_close >= ?", wanted.close_from)
    if wanted.close_to:
        add("d.expected_close <= ?", wanted.close_to)
    if wanted.closed_days == 0:
        add("d.stage NOT IN ('won', 'lost')")
    elif wanted.closed_days is not None:
        first = to_stamp(store.clock.now() - timedelta(days=wanted.closed_days))
        add("(d.stage NOT IN ('won', 'lost') OR since >= ?)", first)
    if wanted.snoozed is not None:
        beyond = ">" if wanted.snoozed else "<="
        add(f"coalesce(d.snoozed_until, '') {beyond} ?", store.clock.today().isoformat())
    if wanted.no_next_step:
        add("d.stage NOT IN ('won', 'lost')")
        add(f"NOT EXISTS (SELECT 1 FROM task t WHERE t.deal_id = d.id AND {OPEN_TASK})")
        add(f"NOT EXISTS (SELECT 1 FROM visit v WHERE v.deal_id = d.id AND {PLANNED})")
    return sql, params


def found_ids(store: Store, text: str) -> tuple[str, ...]:
    """Deals found by their own words, then those of the customers found."""
    with store.reading() as connection:
        hits = search(connection, text, 1_000_000, ("deal", "customer"))
    customers = [hit.row_id for hit in hits if hit.noun == "customer"]
    theirs = store.rows(
        "SELECT d.id FROM json_each(?) hit JOIN deal d ON d.customer_id = hit.value"
        " WHERE d.trashed_at IS NULL ORDER BY hit.key",
        [json.dumps(customers)],
    )
    own = [hit.row_id for hit in hits if hit.noun == "deal"]
    return tuple(dict.fromkeys([*own, *(row_id for (row_id,) in theirs)]))


def days_since(stamp: str, now: datetime) -> float:
    """Days from a stored moment until now; a moment to come is no day ago."""
    return max(0.0, (now - from_stamp(stamp)).total_seconds() / 86_400)


def taggings(store: Store, tag_id: str) -> dict[str, str]:
    """Deal -> id of its tagging, for one tag."""
    return dict(
        store.rows(
            "SELECT deal_id, id FROM deal_tagging WHERE tag_id = ? AND trashed_at IS NULL", [tag_id]
        )
    )


def deals_of(store: Store, customer_ids: Iterable[str]) -> list[str]:
    """Ids of the deals of customers, those in the trash too."""
    rows = store.rows(
        f"SELECT id FROM deal WHERE customer_id {_AMONG}", [json.dumps([*customer_ids])]
    )
    return [row_id for (row_id,) in rows]


def any_deal(store: Store) -> bool:
    """Whether there is a deal at all, of whatever pipeline."""
    return bool(store.value("SELECT 1 FROM deal WHERE trashed_at IS NULL LIMIT 1"))


def values_in_use(store: Store, column: str) -> list[str]:
    """What stands in `seller`, `product`, `source` or `lost_rival`, most used first."""
    if column not in ("seller", "product", "source", "lost_rival"):
        raise ValueError(column)
    return [
        value
        for (value,) in store.rows(
            f"SELECT {column} FROM deal WHERE {column} <> '' AND trashed_at IS NULL"
            f" GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT 200"
        )
    ]


def last_visit(store: Store, deal_id: str) -> str:
    """Id of a deal's visit that is to be held, else of the last that was; '' if there is none."""
    found = store.value(
        "SELECT id FROM visit WHERE deal_id = ? AND trashed_at IS NULL AND state <> 'cancelled'"
        " ORDER BY state = 'planned' DESC, starts_at DESC LIMIT 1",
        [deal_id],
    )
    return str(found or "")
