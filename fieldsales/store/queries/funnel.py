"""The numbers of the funnel: forecast, conversion, losses, what changed since a day (M25, M36)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fieldsales.domain.clock import day_start
from fieldsales.domain.deal import is_open
from fieldsales.domain.forecast import Chance
from fieldsales.domain.funnel import (
    AdvanceRate,
    Closed,
    Course,
    Difference,
    State,
    advance_rates,
    course,
    differences,
)
from fieldsales.domain.pipeline import Pipelines
from fieldsales.domain.verdict import Outcome, Verdict, judge
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency, rates
from fieldsales.store.queries.pipelines import SINCE
from fieldsales.store.queries.settings import setting

# imported history may begin before the file knew of the deal
_BEGUN = (
    "min(d.created_at, coalesce((SELECT min(coalesce(h.since, h.at)) FROM stage_change h"
    " WHERE h.deal_id = d.id), '~'))"
)
_LIVE = "d.trashed_at IS NULL AND (? = '' OR d.pipeline_id = ?)"


def chances(store: Store, pipeline_id: str = "", won_from: date | None = None) -> list[Chance]:
    """The deals of a forecast: the open ones, and those won since a day; '' = all pipelines."""
    rows = store.rows(
        "SELECT d.id, d.stage, CASE d.stage WHEN 'won' THEN coalesce(d.order_amount, d.amount, 0)"
        " ELSE coalesce(d.amount, 0) END, coalesce(nullif(upper(d.currency), ''), ?),"
        " CASE d.stage WHEN 'won' THEN 100 ELSE"
        " coalesce(d.pinned_probability, s.probability, 0) END,"
        " CASE d.stage WHEN 'won'"
        f" THEN coalesce(d.ordered_on, date({SINCE}, 'localtime')) ELSE d.expected_close END"
        f" FROM deal d JOIN stage s ON s.id = d.stage WHERE {_LIVE} AND d.stage <> 'lost'",
        [base_currency(store), pipeline_id, pipeline_id],
    )
    first = won_from.isoformat() if won_from else ""
    return [
        chance
        for chance in map(Chance._make, rows)
        if is_open(chance.stage) or (chance.day or "") >= first
    ]


def courses(
    store: Store, known: Pipelines, pipeline_id: str, begun_from: date | None = None
) -> list[Course]:
    """How far each deal of a pipeline has come; of those begun since a day, if one is given."""
    places = {stage.id: place for place, stage in enumerate(known.open_stages(pipeline_id))}
    first = day_start(begun_from) if begun_from else ""
    rows = store.rows(
        # many deals have gone the same way
        "SELECT standing, way, count(*) FROM (SELECT d.stage AS standing, (SELECT"
        " group_concat(concat_ws(' ', h.from_stage, h.to_stage), ' ') FROM stage_change h"
        " WHERE h.deal_id = d.id) AS way FROM deal d"
        " WHERE d.trashed_at IS NULL AND d.pipeline_id = ?"
        f" AND (? = '' OR {_BEGUN} >= ?)) GROUP BY standing, way",
        [pipeline_id, first, first],
    )
    found: list[Course] = []
    for standing, way, count in rows:
        found += [course((way or "").split(), standing, places)] * count
    return found


def closed(store: Store, pipeline_id: str = "", closed_from: date | None = None) -> list[Closed]:
    """The deals won and lost, with why and to whom; since a day, if one is given."""
    rows = store.rows(
        "SELECT d.id, d.stage, d.lost_reason, d.lost_rival,"
        " coalesce(nullif(d.source, ''), c.source),"
        " CASE d.stage WHEN 'won' THEN coalesce(d.order_amount, d.amount, 0)"
        " ELSE coalesce(d.amount, 0) END,"
        f" coalesce(nullif(upper(d.currency), ''), ?), date({SINCE}, 'localtime') AS day"
        " FROM deal d JOIN customer c ON c.id = d.customer_id"
        f" WHERE {_LIVE} AND d.stage IN ('won', 'lost') AND day >= ? ORDER BY day, d.id",
        [
            base_currency(store),
            pipeline_id,
            pipeline_id,
            closed_from.isoformat() if closed_from else "",
        ],
    )
    return list(map(Closed._make, rows))


def changed_since(
    store: Store, known: Pipelines, day: date, pipeline_id: str = ""
) -> list[Difference]:
    """What is other with deals than at the beginning of a day, from history and journal."""
    moment = day_start(day)
    stages: dict[str, str | None] = {}
    for deal_id, stage in store.rows(
        "SELECT deal_id, from_stage FROM stage_change WHERE at >= ? ORDER BY at, id", [moment]
    ):
        stages.setdefault(deal_id, stage)
    terms = _terms_before(store, moment)
    touched = json.dumps([*stages, *terms])
    found: list[Difference] = []
    for deal_id, fresh, *state in store.rows(
        "SELECT d.id, d.created_at >= ?1 AND NOT EXISTS (SELECT 1 FROM stage_change h"
        " WHERE h.deal_id = d.id AND (h.at < ?1 OR h.since < ?1)) AS fresh,"
        " d.stage, d.amount, d.currency, d.expected_close FROM deal d"
        f" WHERE {_LIVE} AND (fresh OR d.id IN (SELECT value FROM json_each(?)))",
        [moment, pipeline_id, pipeline_id, touched],
    ):
        after = State._make(state)
        before = None
        if not fresh:
            was = {**after._asdict(), **terms.get(deal_id, {})}
            before = State(**{**was, "stage": stages.get(deal_id) or after.stage})
        found += differences(deal_id, before, after, known.place)
    return found


def _terms_before(store: Store, moment: str) -> dict[str, dict[str, int | str | None]]:
    """Deal -> its amount, currency and expected close as they were, where they have changed."""
    found: dict[str, dict[str, int | str | None]] = {}
    for row_id, before in store.rows(
        "SELECT c.row_id, c.before FROM change c INDEXED BY change_of_deal_terms"
        " JOIN op o ON o.seq = c.op WHERE c.tbl = 'deal' AND c.before IS NOT NULL"
        " AND (instr(c.before, '\"amount\"') > 0 OR instr(c.before, '\"currency\"') > 0"
        " OR instr(c.before, '\"expected_close\"') > 0) AND o.at >= ? ORDER BY c.seq",
        [moment],
    ):
        image = json.loads(before)
        was = found.setdefault(row_id, {})
        for name in ("amount", "currency", "expected_close"):
            if name in image:
                was.setdefault(name, image[name])
    return found


def stage_advances(store: Store, pipeline_id: str = "") -> Mapping[str, AdvanceRate]:
    """Advance rate by the stage in which the deal stood when it was visited (M29c)."""
    rows = store.rows(
        "SELECT coalesce((SELECT h.from_stage FROM stage_change h WHERE h.deal_id = d.id"
        " AND h.from_stage IS NOT NULL AND h.at > v.starts_at ORDER BY h.at, h.id LIMIT 1),"
        " d.stage) AS stood, v.ordered, v.refused, trim(v.their_action) <> '' AS acts,"
        " v.their_date IS NOT NULL AS dated, count(*) FROM visit v JOIN deal d ON d.id = v.deal_id"
        f" WHERE {_LIVE} AND v.trashed_at IS NULL AND v.state = 'concluded'"
        " GROUP BY stood, v.ordered, v.refused, acts, dated",
        [pipeline_id, pipeline_id],
    )
    return advance_rates(
        (stage, verdict_of(ordered, refused, acts, dated), count)
        for stage, ordered, refused, acts, dated, count in rows
    )


def verdict_of(ordered: int, refused: int, acts: int, dated: int) -> Verdict:
    """What a visit came to: the rule only asks whether there was an action and a day, not which."""
    outcome = Outcome(bool(ordered), bool(refused), "x" if acts else "", "x" if dated else None)
    return judge(outcome).verdict


@dataclass(frozen=True, slots=True)
class Plan:
    """What the user typed for a pipeline's forecast: targets by month, rates by currency."""

    currency: str
    targets: Mapping[str, Mapping[str, int]]
    rates: Mapping[str, str]


def plan(store: Store, pipeline_id: str) -> Plan:
    targets = setting(store, f"funnel.targets.{pipeline_id}", {})
    typed = {code: rate.text for code, rate in rates(store).items()}
    return Plan(base_currency(store), targets, typed)
