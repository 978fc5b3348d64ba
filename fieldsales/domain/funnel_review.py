"""All that the funnel review says, on screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fieldsales.domain.forecast import Forecast, Sums
from fieldsales.domain.funnel import AdvanceRate, Closed, Difference, Flow
from fieldsales.domain.pipeline import Pipeline, Stage


@dataclass(frozen=True, slots=True)
class StageTotals:
    """What stands in an open stage; sums in minor units by currency."""

    stage: Stage
    count: int
    sums: Sums
    weighted: Sums


@dataclass(frozen=True, slots=True)
class StuckDeal:
    """A deal that has stood for too long (M25)."""

    deal_id: str
    title: str
    customer: str
    stage: Stage
    days: int
    usual: float
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class FunnelReview:
    """A pipeline on one day, and what changed in it since another.

    `currency` is the one the user plans in; `names`: deal -> its title and its customer, for the
    deals of `changes`; `closed` since `since`.
    """

    pipeline: Pipeline
    today: date
    since: date
    currency: str
    totals: tuple[StageTotals, ...]
    flows: tuple[Flow, ...]
    usual: Mapping[str, float]
    forecast: Forecast
    targets: Mapping[str, Sums] = field(default_factory=dict)
    rates: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Difference, ...] = ()
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    closed: tuple[Closed, ...] = ()
    advances: Mapping[str, AdvanceRate] = field(default_factory=dict)
    stuck: tuple[StuckDeal, ...] = ()
