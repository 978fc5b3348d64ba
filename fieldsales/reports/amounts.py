"""How amounts and numbers stand in a table: without a sign, with their decimals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from fieldsales.domain.fields import as_decimal
from fieldsales.drawing.blocks import Column
from fieldsales.drawing.text import width
from fieldsales.reports.paper import BODY, SMALL
from fieldsales.words import minor_digits

_LEAST = 26.0  # points of the narrowest column


def figure(minor: int, currency: str) -> str:
    """`12,345.60`: minor units of a currency."""
    digits = minor_digits(currency)
    return f"{Decimal(minor).scaleb(-digits):,.{digits}f}"


def number(text: str, least: int = 0) -> str:
    """`1,234.5` of a decimal as it is stored, with at least so many decimals; '' of nothing."""
    if not text:
        return ""
    value = as_decimal(text)
    exponent = value.normalize().as_tuple().exponent
    return f"{value:,.{max(least, -int(exponent), 0)}f}"


def percent(value: str | Decimal) -> str:
    """`8.5%`, without zeros at its end."""
    return f"{number(str(value))}%"


def room(texts: Iterable[str], size: float = BODY) -> float:
    """Points that the widest of these needs in a column."""
    return max((width(text, size, bold=True) for text in texts), default=0.0) + 2.0


def figures(title: str, texts: Iterable[str], size: float = BODY) -> Column:
    """A column that no figure is broken in, nor its title."""
    wide = max(room(texts, size), room([title], SMALL), _LEAST)
    return Column(title, wide, "decimal", exact=True)
