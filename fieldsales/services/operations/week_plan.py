"""A week's visits planned at once (M33, M46)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.errors import UserError
from fieldsales.services.operations.visits import PlanVisit
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer


@dataclass(frozen=True)
class PlanWeek(Operation):
    """Plans visits, (customer, moment) each; all or none.

    Raises UserError("week_plan.nothing") without any, ("record.gone") where a customer is gone.
    """

    visits: Sequence[tuple[str, str]]

    def apply(self, writer: Writer) -> None:
        if not self.visits:
            raise UserError("week_plan.nothing")
        for customer_id, starts_at in self.visits:
            PlanVisit(customer_id, {"starts_at": starts_at}).apply(writer)
