"""Everything the funnel review says of a pipeline."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta

from fieldsales.domain.forecast import forecast, weighted
from fieldsales.domain.funnel import flow
from fieldsales.domain.funnel_review import FunnelReview, StageTotals, StuckDeal
from fieldsales.domain.pipeline import FUNNEL, Pipelines
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries import funnel
from fieldsales.store.queries.deals import DealFilter, Entry, days_since, entries
from fieldsales.store.queries.pipelines import pipelines, usual_days

USUAL_SPAN = timedelta(days=30)  # what changed in it


def review(store: Store, pipeline_id: str = FUNNEL, since: date | None = None) -> FunnelReview:
    """The review of a pipeline; raises UserError("record.gone") if there is none of this id."""
    known = pipelines(store)
    pipeline = known.pipeline(pipeline_id)
    if pipeline is None or pipeline.trashed_at:
        raise UserError("record.gone")
    today = store.clock.today()
    since = since or today - USUAL_SPAN
    usual = usual_days(store, known)
    standing = entries(store, DealFilter(pipeline_id=pipeline_id, closed_days=0), usual)
    plan = funnel.plan(store, pipeline_id)
    changes = tuple(funnel.changed_since(store, known, since, pipeline_id))
    return FunnelReview(
        pipeline=pipeline,
        today=today,
        since=since,
        currency=plan.currency,
        totals=_totals(known, pipeline_id, standing),
        flows=flow(funnel.courses(store, known, pipeline_id), known.open_stages(pipeline_id)),
        usual=usual,
        forecast=forecast(funnel.chances(store, pipeline_id, today.replace(month=1, day=1)), today),
        targets=plan.targets,
        rates=plan.rates,
        changes=changes,
        names=_names(store, [one.deal_id for one in changes]),
        stages={stage.id: stage for stage in known.stages},
        closed=tuple(funnel.closed(store, pipeline_id, since)),
        advances=funnel.stage_advances(store, pipeline_id),
        stuck=stuck(store, known, usual, pipeline_id),
    )


def stuck(
    store: Store, known: Pipelines, usual: dict[str, float], pipeline_id: str = "", limit: int = 100
) -> tuple[StuckDeal, ...]:
    """The deals that stand too long, the one that is longest over its time first (M25)."""
    wanted = DealFilter(pipeline_id=pipeline_id, closed_days=0, stuck=True)
    now = store.clock.now()
    found = entries(store, wanted, usual)
    found.sort(key=lambda one: (-days_since(one.since, now) / usual[one.stage], one.id))
    names = _names(store, [one.id for one in found[:limit]])
    rows = []
    for one in found[:limit]:
        stage = known.stage(one.stage)
        assert stage is not None
        days = int(days_since(one.since, now))
        title, customer = names[one.id]
        rows.append(
            StuckDeal(
                one.id, title, customer, stage, days, usual[one.stage], one.amount, one.currency
            )
        )
    return tuple(rows)


def _totals(known: Pipelines, pipeline_id: str, standing: list[Entry]) -> tuple[StageTotals, ...]:
    in_stage: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in standing:
        in_stage[one.stage].append(one)
    found = []
    for stage in known.open_stages(pipeline_id):
        sums: defaultdict[str, int] = defaultdict(int)
        expected: defaultdict[str, int] = defaultdict(int)
        for one in in_stage[stage.id]:
            sums[one.currency] += one.amount
            expected[one.currency] += weighted(one.amount, one.probability)
        found.append(StageTotals(stage, len(in_stage[stage.id]), dict(sums), dict(expected)))
    return tuple(found)


def _names(store: Store, deal_ids: list[str]) -> dict[str, tuple[str, str]]:
    rows = store.rows(
        "SELECT d.id, d.title, coalesce(nullif(c.short_name, ''), c.name) FROM deal d"
        " JOIN customer c ON c.id = d.customer_id"
        " WHERE d.id IN (SELECT value FROM json_each(?))",
        [json.dumps(deal_ids)],
    )
    return {row_id: (title, customer) for row_id, title, customer in rows}
