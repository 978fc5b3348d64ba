"""What the user types for the forecast: targets by month, rates of other currencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.fields import MONEY_LIMIT
from fieldsales.domain.forecast import rate
from fieldsales.domain.pipeline import FUNNEL
from fieldsales.errors import FieldError
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.currencies import Rate, base_currency, rates, rates_name
from fieldsales.store.queries.funnel import plan


@dataclass(frozen=True)
class SetTarget(Operation):
    """Sets what a month (`2026-12`) shall bring, in minor units; None takes the target away."""

    month: str
    currency: str
    amount: int | None
    pipeline_id: str = FUNNEL

    @property
    def merge_key(self) -> str:
        return f"{self.pipeline_id}:{self.month}:{self.currency}"

    def apply(self, writer: Writer) -> None:
        month = f"{date.fromisoformat(f'{self.month}-01'):%Y-%m}"
        if self.amount is not None and self.amount < 0:
            raise FieldError("field.too_small", "amount", limit=0)
        if self.amount is not None and self.amount > MONEY_LIMIT:
            raise FieldError("field.amount_too_large", "amount")
        kept = plan(writer.store, self.pipeline_id).targets
        targets = {name: dict(sums) for name, sums in kept.items()}
        sums = targets.setdefault(month, {})
        sums.pop(self.currency, None)
        if self.amount is not None:
            sums[self.currency] = self.amount
        told = {name: targets[name] for name in sorted(targets) if targets[name]}
        ChangeSetting(f"funnel.targets.{self.pipeline_id}", told).apply(writer)


@dataclass(frozen=True)
class SetRate(Operation):
    """Sets what one unit of a currency is worth in the base one (`7.15`); '' takes it away.

    The day is kept with it; rates into another base currency are others.
    """

    currency: str
    text: str

    @property
    def merge_key(self) -> str:
        return self.currency

    def apply(self, writer: Writer) -> None:
        text = self.text.strip()
        if text and rate(text) is None:
            raise FieldError("money.not_a_rate", "rate", value=text)
        kept = rates(writer.store)
        kept.pop(self.currency, None)
        if text:
            kept[self.currency] = Rate(text, writer.store.clock.today().isoformat())
        name = rates_name(base_currency(writer.store))
        ChangeSetting(name, dict(sorted(kept.items()))).apply(writer)
