"""All thresholds of the classes together, as settings hold them, each with its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from fieldsales.domain.classes.importance import TIERS, Cuts
from fieldsales.domain.classes.judged import rising, within
from fieldsales.domain.classes.key_score import CRITERIA, Weights
from fieldsales.domain.classes.lifecycle import LifecycleRule
from fieldsales.domain.classes.loyalty import LoyaltyRule
from fieldsales.domain.classes.relationship_cycle import CycleRule
from fieldsales.domain.classes.status import StatusRule
from fieldsales.domain.classes.value_type import ValueTypeRule
from fieldsales.domain.classes.worth import Terms
from fieldsales.errors import FieldError

SALES, MARGIN = "sales", "margin"
PERFORMANCES = (SALES, MARGIN)  # what a star is measured by (M32)
ORDERS, INVOICES, NOTHING = "orders", "invoices", "nothing"
BESIDE = (ORDERS, INVOICES, NOTHING)  # what counts as sold after the end of the sales history

_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class StanceLimits:
    """From which potential a year, in minor units, it is middle and high, None for the thirds of
    those that are known; from which percent of their purchases on our share is high (M33).
    """

    middle_from: int | None = None
    high_from: int | None = None
    share_from: Decimal = Decimal(50)

    def __post_init__(self) -> None:
        given = [name for name in ("middle_from", "high_from") if getattr(self, name) is not None]
        if len(given) == 1:  # one limit alone would mix with thirds that it does not know
            missing = "high_from" if given == ["middle_from"] else "middle_from"
            raise FieldError("field.required", missing)
        within(self, 0, 10**15, *given)
        within(self, 0, 100, "share_from")
        rising(self, *given)


@dataclass(frozen=True, slots=True)
class TierTerms:
    """In which the terms of a tier (M06) differ from those of all, percent; None where not."""

    retention: Decimal | None = None
    discount: Decimal | None = None

    def __post_init__(self) -> None:
        within(self, 0, 100, *(one.name for one in fields(self) if getattr(self, one.name)))


@dataclass(frozen=True, slots=True)
class Rules:
    """Every limit that a class rests on. `terms` are those of all, `of_tier` what differs."""

    status: StatusRule = field(default_factory=StatusRule)
    importance: Cuts = field(default_factory=Cuts)
    loyalty: LoyaltyRule = field(default_factory=LoyaltyRule)
    lifecycle: LifecycleRule = field(default_factory=LifecycleRule)
    cycle: CycleRule = field(default_factory=CycleRule)
    stance: StanceLimits = field(default_factory=StanceLimits)
    value_type: ValueTypeRule = field(default_factory=ValueTypeRule)
    weights: Weights = field(default_factory=Weights)
    terms: Terms = field(default_factory=Terms)
    of_tier: Mapping[str, TierTerms] = field(default_factory=dict)
    performance: str = SALES
    beside: str = ORDERS

    def terms_of(self, tier: str) -> Terms:
        """The terms of a tier: those of all with what differs."""
        own = self.of_tier.get(tier)
        if own is None:
            return self.terms
        told = {"retention": own.retention, "discount": own.discount}
        return replace(self.terms, **{name: one for name, one in told.items() if one is not None})  # type: ignore[arg-type]


GROUPS: Mapping[str, type[Any]] = {
    "status": StatusRule,
    "importance": Cuts,
    "loyalty": LoyaltyRule,
    "lifecycle": LifecycleRule,
    "cycle": CycleRule,
    "stance": StanceLimits,
    "value_type": ValueTypeRule,
    "terms": Terms,
}


def read(kind: type[_R], told: Mapping[str, object]) -> _R:
    """A group of limits of what was told, as JSON keeps it: decimals as text.

    What is not told has its default. Raises FieldError where limits clash or are no numbers.
    """
    usual = kind()
    values: dict[str, object] = {}
    for one in fields(kind):  # type: ignore[arg-type]
        if one.name not in told:
            continue
        given = told[one.name]
        if given is None or given == "":
            values[one.name] = None if "None" in str(one.type) else getattr(usual, one.name)
            continue
        try:
            number = Decimal(str(given))
        except InvalidOperation:
            raise FieldError("field.not_a_decimal", one.name, value=str(given)) from None
        if not number.is_finite():
            raise FieldError("field.not_a_decimal", one.name, value=str(given))
        if "Decimal" in str(one.type):
            values[one.name] = number
        elif number != int(number):
            raise FieldError("field.not_a_number", one.name, value=str(given))
        else:
            values[one.name] = int(number)
    return kind(**values)


def rules(told: Mapping[str, object]) -> Rules:
    """The rules of settings by group name; a group that holds nonsense counts as never told."""
    weights = told.get("weights")
    of_tier = told.get("of_tier")
    tiers = of_tier if isinstance(of_tier, Mapping) else {}
    performance, beside = told.get("performance"), told.get("beside")
    found: dict[str, Any] = {name: _group(kind, told.get(name)) for name, kind in GROUPS.items()}
    return Rules(
        **found,
        weights=_weights(weights) if isinstance(weights, Mapping) else Weights(),
        of_tier={tier: _group(TierTerms, tiers[tier]) for tier in TIERS if tier in tiers},
        performance=str(performance) if performance in PERFORMANCES else SALES,
        beside=str(beside) if beside in BESIDE else ORDERS,
    )


def _group(kind: type[_R], told: object) -> _R:
    try:
        return read(kind, told) if isinstance(told, Mapping) else kind()
    except FieldError:
        return kind()


def _weights(told: Mapping[str, object]) -> Weights:
    try:
        return Weights({name: int(str(told.get(name, 1))) for name in CRITERIA})
    except (FieldError, ValueError):
        return Weights()
