"""The planned shares of time, people and money, as settings hold them (M33)."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsales.domain.classes.resources import MEANS, Plan
from fieldsales.errors import FieldError
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting

_NAME = "resources.plan"


def plan(store: Store) -> Plan:
    """The plan; the usual one where none was made, or what is kept is none."""
    kept = setting(store, _NAME, {})
    try:
        return Plan(**{means: kept[means] for means in MEANS if means in kept})
    except (FieldError, TypeError, AttributeError):
        return Plan()


def changed(columns: Mapping[str, Mapping[str, int]]) -> ChangeSetting:
    """The operation that keeps a plan, means -> side -> percent; FieldError names a column."""
    made = Plan(**columns)
    return ChangeSetting(_NAME, {means: made.column(means) for means in MEANS})
