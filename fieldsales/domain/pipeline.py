"""Pipelines and their stages: what a deal passes on its way to an order (M25, M26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

WON, LOST = "won", "lost"
ENDS = (WON, LOST)  # every pipeline ends with these two
FUNNEL, STORE = "funnel", "store"  # the pipelines that come with a file (M25, M26)
FUNNEL_STAGES = ("target", "analyse", "trust", "needs", "value", "commitment", "payment")
STORE_STAGES = (
    "store_welcome",
    "store_needs",
    "store_recommend",
    "store_suggest",
    "store_service",
    "store_thanks",
)
SHIPPED_AT = "2000-01-01T00:00:00Z"  # when the rows were made that come with every file
CAUSES = ("move", "stage_removed", "import")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline(Record):
    """A way of selling; a `name` of '' is the one it came with."""

    name: str = f.text(max_length=60)
    position: int | None = f.integer(0, shown=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Record):
    """A step of a pipeline; the two ends belong to none.

    `name` and `actions` of '' are those it came with. `gate`: codes of the exit evidence (M25),
    parted by spaces. `usual_days`: how long a deal usually stands here, until enough have passed.
    """

    pipeline_id: str | None = f.reference("pipeline", shown=False)
    name: str = f.text(max_length=60)
    position: int | None = f.integer(0, shown=False)
    probability: int | None = f.integer(0, 100)
    usual_days: int | None = f.integer(1, 3650)
    gate: str = f.text(max_length=300)
    actions: str = f.note(4_000)

    @property
    def word(self) -> str:
        """The name the user gave, else the code it came with, as `words.choice` takes it."""
        return self.name or self.id

    @property
    def gate_codes(self) -> tuple[str, ...]:
        return tuple(self.gate.split())

    @property
    def is_open(self) -> bool:
        return self.id not in ENDS


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange(Record):
    """One step of a deal's history: it stood in `from_stage` since `since` and left it `at`.

    Without `from_stage` it entered the pipeline then. `missing`: what exit evidence was not there,
    as `stage:code` parted by spaces; `reason`: why it went on nevertheless.
    """

    deal_id: str = f.reference("deal", required=True, shown=False)
    from_stage: str | None = f.reference("stage")
    to_stage: str = f.reference("stage", required=True)
    since: str | None = f.moment()
    at: str = f.moment(required=True)
    cause: str = f.choice("stage_cause", CAUSES, default="move")
    reason: str = f.note(2_000)
    missing: str = f.text(max_length=1_000)

    @property
    def missing_codes(self) -> tuple[tuple[str, str], ...]:
        """(stage, code of evidence) pairs."""
        pairs = (entry.partition(":") for entry in self.missing.split())
        return tuple((stage, code) for stage, _, code in pairs)


@dataclass(frozen=True)
class Pipelines:
    """All pipelines and stages of a file, removed ones too: history still names them."""

    pipelines: tuple[Pipeline, ...]
    stages: tuple[Stage, ...]

    @cached_property
    def _by_id(self) -> Mapping[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    @cached_property
    def _rows(self) -> Mapping[str, tuple[Stage, ...]]:
        ordered = sorted(
            (stage for stage in self.stages if not stage.trashed_at and stage.is_open),
            key=lambda stage: (stage.position or 0, stage.id),
        )
        return {
            pipeline.id: tuple(stage for stage in ordered if stage.pipeline_id == pipeline.id)
            for pipeline in self.pipelines
        }

    @property
    def live(self) -> tuple[Pipeline, ...]:
        """The pipelines in use, in their order."""
        live = (pipeline for pipeline in self.pipelines if not pipeline.trashed_at)
        return tuple(sorted(live, key=lambda pipeline: (pipeline.position or 0, pipeline.id)))

    def pipeline(self, pipeline_id: str) -> Pipeline | None:
        return next((one for one in self.pipelines if one.id == pipeline_id), None)

    def stage(self, stage_id: str) -> Stage | None:
        return self._by_id.get(stage_id)

    def open_stages(self, pipeline_id: str) -> tuple[Stage, ...]:
        """The stages of a pipeline before the ends, in order."""
        return self._rows.get(pipeline_id, ())

    def columns(self, pipeline_id: str) -> tuple[Stage, ...]:
        """The stages of a pipeline with the two ends behind them."""
        return (*self.open_stages(pipeline_id), *(self._by_id[end] for end in ENDS))

    def place(self, stage_id: str) -> int:
        """How far down its pipeline an open stage stands, from 0; the ends stand behind all."""
        stage = self._by_id.get(stage_id)
        if stage is None or stage.pipeline_id is None:
            return 10_000 + (stage_id == LOST)
        row = self.open_stages(stage.pipeline_id)
        # one that was removed stands where it stood
        return sum((other.position or 0) < (stage.position or 0) for other in row)

    def gates(self, standing: str, target: str, pipeline_id: str) -> tuple[Stage, ...]:
        """The stages whose exit evidence a move asks for (M25); `pipeline_id` is the deal's.

        Forward: the stage it stands in and those it skips. Another pipeline is begun at its first
        stage. Going back, losing and taking a closed deal up again ask for nothing.
        """
        if target == LOST:
            return ()
        to = self._by_id[target]
        row = self.open_stages(to.pipeline_id or pipeline_id)
        at = self._by_id.get(standing)
        start = self.place(standing) if at and at.pipeline_id == row[0].pipeline_id else 0
        if target == WON:
            return row[start:] if standing != LOST else row
        if standing in ENDS:
            return ()
        return row[start : self.place(target)]
