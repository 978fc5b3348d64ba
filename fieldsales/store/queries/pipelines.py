"""Pipelines, stages, and how long deals usually stand in them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from fieldsales.domain.funnel import usual_days as usual_days_of
from fieldsales.domain.pipeline import Pipeline, Pipelines, Stage, StageChange
from fieldsales.store.database import Store

# when a deal entered the stage it stands in; `d` is the deal
SINCE = "coalesce((SELECT max(h.at) FROM stage_change h WHERE h.deal_id = d.id), d.created_at)"


def pipelines(store: Store) -> Pipelines:
    """All of them, removed ones too."""
    return Pipelines(
        tuple(store.records(Pipeline, "SELECT * FROM pipeline ORDER BY position, id")),
        tuple(store.records(Stage, "SELECT * FROM stage ORDER BY position, id")),
    )


def stage_words(store: Store) -> dict[str, str]:
    """Stage -> its name or code, as `words.choice` takes it."""
    return dict(store.rows("SELECT id, coalesce(nullif(name, ''), id) FROM stage"))


def usual_days(store: Store, known: Pipelines) -> dict[str, float]:
    """Open stage -> how many days a deal usually stands there (M25)."""
    stays: dict[str, list[float]] = {}
    for stage, days in store.rows(
        # nearly every row is wanted: by an index it would take twice as long
        "SELECT from_stage, (unixepoch(at) - unixepoch(since)) / 86400.0"
        " FROM stage_change NOT INDEXED"
        " WHERE since IS NOT NULL AND from_stage IS NOT NULL AND cause = 'move'"
        " AND deal_id NOT IN (SELECT id FROM deal WHERE trashed_at IS NOT NULL)"
    ):
        stays.setdefault(stage, []).append(days)
    return {
        stage.id: usual_days_of(stage, stays.get(stage.id, ()))
        for stage in known.stages
        if stage.is_open
    }


def history(store: Store, deal_id: str) -> list[StageChange]:
    """The stage changes of a deal, the oldest first."""
    return store.records(
        StageChange, "SELECT * FROM stage_change WHERE deal_id = ? ORDER BY at, id", [deal_id]
    )


def deals_in(store: Store, *, stage_id: str = "", pipeline_id: str = "") -> list[str]:
    """Ids of all deals of a stage or of a pipeline, those in the trash too."""
    column, value = ("stage", stage_id) if stage_id else ("pipeline_id", pipeline_id)
    rows = store.rows(f"SELECT id FROM deal WHERE {column} = ? ORDER BY id", [value])
    return [row_id for (row_id,) in rows]


def counts(store: Store, pipeline_id: str) -> dict[str, int]:
    """Stage -> how many deals of a pipeline stand there, those in the trash left out."""
    sql = "SELECT stage, count(*) FROM deal WHERE pipeline_id = ? AND trashed_at IS NULL"
    return dict(store.rows(f"{sql} GROUP BY stage", [pipeline_id]))


def entered(store: Store, deal_ids: Iterable[str]) -> dict[str, str]:
    """Deal -> the moment it entered the stage in which it stands."""
    return dict(
        store.rows(
            f"SELECT d.id, {SINCE} FROM deal d WHERE d.id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(deal_ids))],
        )
    )
