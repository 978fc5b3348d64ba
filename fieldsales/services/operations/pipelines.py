"""Changes of pipelines and their stages, which never lose a deal (M25)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldsales.domain.deal import SHIPPED_STAGES
from fieldsales.domain.fields import clean_text
from fieldsales.domain.ids import new_id
from fieldsales.domain.pipeline import FUNNEL, STORE, Pipeline, Stage
from fieldsales.domain.stage_evidence import EVIDENCE
from fieldsales.errors import FieldError, UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.pipelines import deals_in, entered, pipelines

_EDITABLE = {"name", "probability", "usual_days", "gate", "actions"}


@dataclass(frozen=True)
class AddPipeline(Operation):
    """Adds a pipeline with stages of these names, their probabilities evenly rising."""

    name: str
    stages: tuple[str, ...]
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        if not clean_text(self.name):
            raise FieldError("field.required", "name")
        if not self.stages:
            raise UserError("pipeline.no_stage")
        place = len(pipelines(writer.store).pipelines)
        writer.insert("pipeline", {"name": self.name, "position": place}, self.row_id)
        for at, name in enumerate(self.stages):
            probability = round(100 * (at + 1) / (len(self.stages) + 1))
            values = {"name": name, "probability": probability}
            _insert_stage(writer, self.row_id, at, values, new_id())


@dataclass(frozen=True)
class RenamePipeline(Operation):
    """Names a pipeline; '' gives one that came with the file its own name back."""

    pipeline_id: str
    name: str

    @property
    def merge_key(self) -> str:
        return self.pipeline_id

    def apply(self, writer: Writer) -> None:
        writer.require(Pipeline, self.pipeline_id)
        if not clean_text(self.name) and self.pipeline_id not in (FUNNEL, STORE):
            raise FieldError("field.required", "name")
        writer.update("pipeline", self.pipeline_id, {"name": self.name})


@dataclass(frozen=True)
class RemovePipeline(Operation):
    """Takes a pipeline away; its deals, closed ones too, go to another one's stage."""

    pipeline_id: str
    move_to: str

    def apply(self, writer: Writer) -> None:
        known = pipelines(writer.store)
        writer.require(Pipeline, self.pipeline_id)
        target = writer.require(Stage, self.move_to)
        if target.pipeline_id in (None, self.pipeline_id):
            raise UserError("stage.not_there")
        for stage in known.open_stages(self.pipeline_id):
            _move_all(writer, stage.id, target)
        for deal_id in deals_in(writer.store, pipeline_id=self.pipeline_id):
            writer.update("deal", deal_id, {"pipeline_id": target.pipeline_id})
        stamp = writer.store.clock.stamp()
        row = [stage.id for stage in known.open_stages(self.pipeline_id)]
        writer.set_trashed("stage", row, stamp)
        writer.set_trashed("pipeline", [self.pipeline_id], stamp)


@dataclass(frozen=True)
class AddStage(Operation):
    """Adds a stage behind another one, or before all of them; `values` are fields of Stage."""

    pipeline_id: str
    values: Mapping[str, object]
    after: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Pipeline, self.pipeline_id)
        if not clean_text(str(self.values.get("name", ""))):
            raise FieldError("field.required", "name")
        _refuse_unknown_gate(self.values)
        row = [stage.id for stage in pipelines(writer.store).open_stages(self.pipeline_id)]
        if self.after and self.after not in row:
            raise UserError("stage.gone")
        place = row.index(self.after) + 1 if self.after else 0
        _insert_stage(writer, self.pipeline_id, place, self.values, self.row_id)
        row.insert(place, self.row_id)
        _order(writer, row)


@dataclass(frozen=True)
class EditStage(Operation):
    """Sets name, probability, usual days, gate or actions of a stage; of an end only its name."""

    stage_id: str
    values: Mapping[str, object]

    @property
    def merge_key(self) -> str:
        return f"{self.stage_id}:{','.join(sorted(self.values))}"

    def apply(self, writer: Writer) -> None:
        stage = writer.require(Stage, self.stage_id)
        if stage.pipeline_id is None and set(self.values) - {"name"}:
            raise UserError("stage.end_is_fixed")
        if unknown := set(self.values) - _EDITABLE:
            raise ValueError(unknown)
        _refuse_unknown_gate(self.values)
        needed = ["probability", "usual_days"]
        if stage.id not in SHIPPED_STAGES:
            needed.append("name")
        for name in needed:
            if name in self.values and self.values[name] in (None, ""):
                raise FieldError("field.required", name)
        writer.update("stage", self.stage_id, self.values)


@dataclass(frozen=True)
class RemoveStage(Operation):
    """Takes a stage away; its deals, those in the trash too, go to another one."""

    stage_id: str
    move_to: str

    def apply(self, writer: Writer) -> None:
        stage = writer.require(Stage, self.stage_id)
        target = writer.require(Stage, self.move_to)
        if stage.pipeline_id is None:
            raise UserError("stage.end_is_fixed")
        if target.id == stage.id or target.pipeline_id != stage.pipeline_id:
            raise UserError("stage.not_there")
        _move_all(writer, stage.id, target)
        writer.set_trashed("stage", [stage.id], writer.store.clock.stamp())


@dataclass(frozen=True)
class OrderStages(Operation):
    """Puts the stages of a pipeline into the given order; all of them must be named."""

    pipeline_id: str
    stage_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        row = [stage.id for stage in pipelines(writer.store).open_stages(self.pipeline_id)]
        if sorted(row) != sorted(self.stage_ids):
            raise UserError("stage.gone")
        _order(writer, self.stage_ids)


def _insert_stage(
    writer: Writer, pipeline_id: str, place: int, values: Mapping[str, object], row_id: str
) -> None:
    usual = {"probability": 50, "usual_days": 14}
    writer.insert(
        "stage", {**usual, **values, "pipeline_id": pipeline_id, "position": place}, row_id
    )


def _order(writer: Writer, stage_ids: tuple[str, ...] | list[str]) -> None:
    for place, stage_id in enumerate(stage_ids):
        writer.update("stage", stage_id, {"position": place})


def _move_all(writer: Writer, stage_id: str, target: Stage) -> None:
    """Deals whose stage goes away are asked nothing; their history says what happened."""
    row_ids = deals_in(writer.store, stage_id=stage_id)
    since = entered(writer.store, row_ids)
    stamp = writer.store.clock.stamp()
    for row_id in row_ids:
        values = {"stage": target.id, "pipeline_id": target.pipeline_id}
        writer.update("deal", row_id, values)
        change = {
            "deal_id": row_id,
            "from_stage": stage_id,
            "to_stage": target.id,
            "since": since[row_id],
            "at": max(stamp, since[row_id]),
            "cause": "stage_removed",
        }
        writer.insert("stage_change", change)


def _refuse_unknown_gate(values: Mapping[str, object]) -> None:
    if set(str(values.get("gate") or "").split()) - set(EVIDENCE):
        raise FieldError("stage.unknown_gate", "gate")
