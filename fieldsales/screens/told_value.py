"""How the value of a field reads, wherever a record is looked at field by field."""

from __future__ import annotations

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.fields import Field, Kind
from fieldsales.screens.contract import Context
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.subject import called

_MOST = 60  # characters of a value


def told_value(
    context: Context, field: Field, value: object, most: int = _MOST, currency: object = ""
) -> str:
    """A value in words, on one line of `most` characters; an amount in the record's currency."""
    words = context.words
    if value in (None, ""):
        return words("card.nothing")
    if field.kind is Kind.CHOICE:
        return words.choice(field.list, str(value))
    if field.kind is Kind.INTEGER and isinstance(value, int):
        return words.number(value)
    if field.kind is Kind.MONEY and isinstance(value, int):
        return words.money(value, str(currency or base_currency(context.store)))
    if field.kind is Kind.FLAG:
        return words("history.yes" if value else "history.no")
    if field.kind is Kind.MOMENT:
        return words.moment(from_stamp(str(value)))
    if field.kind is Kind.REFERENCE:
        return called(context.store, field.noun, str(value)) or words("card.nothing")
    text = " ".join(str(value).split())
    return text if len(text) <= most else f"{text[:most]}…"
