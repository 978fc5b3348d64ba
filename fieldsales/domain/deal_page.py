"""All that the page and the paper of one deal say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldsales.domain.buying_group import OnePlusTwoPlusOne
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal, FactorRating, probability
from fieldsales.domain.funnel import age_level
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.pipeline import Pipeline, Stage, StageChange
from fieldsales.domain.stage_evidence import Evidence, EvidenceFacts, checklist
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit


@dataclass(frozen=True)
class DealPage:
    """A deal with everything around it.

    `row`: the open stages of its pipeline; `stages` all by id, for the names in its history;
    `days` in its stage, `usual` there; `tasks` its open ones; `visits` the planned and the held,
    newest first; `met`: contact -> day when last met; `changes` the oldest first.
    """

    facts: EvidenceFacts
    pipeline: Pipeline
    stage: Stage
    row: tuple[Stage, ...]
    stages: Mapping[str, Stage] = field(default_factory=dict)
    changes: tuple[StageChange, ...] = ()
    since: str = ""
    days: int = 0
    usual: float | None = None
    tasks: tuple[Task, ...] = ()
    visits: tuple[Visit, ...] = ()
    met: Mapping[str, str] = field(default_factory=dict)
    complaints: tuple[Interaction, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    tags: tuple[str, ...] = ()
    ratings: tuple[FactorRating, ...] = ()  # of the purchase factors (M24)
    currency: str = "CNY"

    @property
    def deal(self) -> Deal:
        return self.facts.deal

    @property
    def customer(self) -> Customer:
        return self.facts.customer

    @property
    def buying_group(self) -> OnePlusTwoPlusOne:
        return self.facts.buying_group

    @property
    def probability(self) -> int:
        return probability(self.deal.stage, self.stage.probability, self.deal.pinned_probability)

    @property
    def level(self) -> int:
        """Age in the stage, 0 … 3 (M25); a closed deal does not age."""
        return age_level(self.days, self.usual) if self.usual else 0

    @property
    def evidence(self) -> tuple[tuple[Stage, tuple[Evidence, ...]], ...]:
        """The checklist of each stage of the pipeline."""
        return tuple((stage, checklist(stage, self.facts)) for stage in self.row)
