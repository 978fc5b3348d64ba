"""Pipelines, stages, and how long deals usually stand in them."""

from __future__ import annotations

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


def usual_days(store: Store, known: Pipelines) -> dict[str, float]:
    """Open stage -> how many days a deal usually stands there (M25)."""
    stays: dict[str, list[float]] = {}
    for stage, days in store.rows(
        "SELECT from_stage, (unixepoch(at) - unixepoch(since)) / 86400.0 FROM stage_change"
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


def deals_in(store: Store, stage_id: str) -> list[str]:
    """Ids of all deals that stand in a stage, those in the trash too."""
    return [
        row_id
        for (row_id,) in store.rows("SELECT id FROM deal WHERE stage = ? ORDER BY id", [stage_id])
    ]


def since(store: Store, deal_ids: str) -> dict[str, str]:
    """Deal -> when it entered its stage; `deal_ids` is a JSON list."""
    return dict(
        store.rows(
            f"SELECT d.id, {SINCE} FROM deal d WHERE d.id IN (SELECT value FROM json_each(?))",
            [deal_ids],
        )
    )
