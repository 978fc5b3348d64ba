"""Scoring satisfaction, one part at a time (M35)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldsales.domain.customer import Customer
from fieldsales.domain.ids import new_id
from fieldsales.domain.satisfaction import PARTS, Satisfaction
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer


@dataclass(frozen=True)
class ScoreSatisfaction(Operation):
    """Notes what a customer gives for a part, 1 … 5; None takes it back.

    The first score makes the record, with the fields in `about`, today unless they name a day; when
    the last one is taken back it goes.
    """

    part: str
    score: int | None
    about: Mapping[str, object] = field(default_factory=dict)
    row_id: str = field(default_factory=new_id)

    @property
    def merge_key(self) -> str:
        return f"{self.row_id}:{self.part}"

    def apply(self, writer: Writer) -> None:
        if self.part not in PARTS:
            raise ValueError(self.part)
        known = writer.store.record(Satisfaction, self.row_id)
        if known is None:
            if self.score is None:
                return
            writer.require(Customer, str(self.about.get("customer_id") or ""))
            day = writer.store.clock.today().isoformat()
            values = {"scored_on": day, **self.about, self.part: self.score}
            writer.insert("satisfaction", values, self.row_id)
            return
        writer.require(Satisfaction, self.row_id)
        writer.update("satisfaction", self.row_id, {self.part: self.score})
        if not writer.require(Satisfaction, self.row_id).scored:
            writer.delete("satisfaction", self.row_id)
