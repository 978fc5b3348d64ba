"""Deals as rows: what the import of deals reads, in words of one language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.services.exporting.table import Table, Value
from fieldsales.services.importing.deal_rows import terms
from fieldsales.services.importing.mapping import targets
from fieldsales.services.importing.naming import target_name
from fieldsales.services.stages import stage_name
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.exports import Row, deal_rows
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.words import Words, minor_digits

KIND = "deals"


def table(store: Store, words: Words, deal_ids: Iterable[str] | None = None) -> Table:
    """All deals that are not in the trash, or these, by customer and title."""
    columns = targets(KIND)
    read = terms(store)
    base = base_currency(store)
    stages = {}
    for stage in pipelines(store).stages:
        name = stage_name(words, stage)
        # of two stages of one name an import takes the first
        stages[stage.id] = name if read.stage(name) == stage.id else stage.id
    rows = [
        tuple(_value(row, column, stages, base, words) for column in columns)
        for row in deal_rows(store, deal_ids)
    ]
    return Table(words("noun.deal"), tuple(target_name(one, KIND, words) for one in columns), rows)


def _value(row: Row, column: str, stages: dict[str, str], base: str, words: Words) -> Value:
    if column == "customer":
        return row.customer
    if column == "partner":
        return row.partner
    if column == "tags":
        return "、".join(row.tags)
    deal = row.deal
    if column == "stage":
        return stages[deal.stage]
    currency = deal.currency or base
    if column == "currency":
        return currency
    return _field(deal, fields(Deal)[column], currency, words)


def _field(deal: Deal, field: Field, currency: str, words: Words) -> Value:
    value = getattr(deal, field.name)
    if value in (None, ""):
        return ""
    if field.kind is Kind.MONEY:
        return Decimal(value).scaleb(-minor_digits(currency))
    if field.kind is Kind.DATE:
        return date.fromisoformat(value)
    if field.kind is Kind.CHOICE:
        return words.choice(field.list, value)
    return str(value)
