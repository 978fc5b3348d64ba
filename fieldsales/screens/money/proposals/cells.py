"""How the cells of a proposal's lines and instalments read, and what is meant by what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money.proposal import DUES, Instalment, ProposalLine
from fieldsales.errors import FieldError
from fieldsales.widgets.typed import (
    other_currency,
    parse_amount,
    parse_day,
    parse_integer,
    parse_share,
)
from fieldsales.words import Words

OTHER_CURRENCY = "proposal.other_currency"


def number(text: str, field: str, currency: str) -> str:
    """A number as a decimal field takes it, '' of nothing; raises FieldError.

    An amount that names another currency than the proposal's is refused: it has one for all.
    """
    if not text.strip():
        return ""
    _refuse_other(text, field, currency)
    found = parse_amount(text)
    if found is None:
        raise FieldError("field.not_a_decimal", field, value=text)
    return f"{found:f}"


def _refuse_other(text: str, field: str, currency: str) -> None:
    if other_currency(text, currency):
        raise FieldError(OTHER_CURRENCY, field, currency=currency)


def share(text: str, kind: str, field: str, kind_field: str, currency: str) -> Mapping[str, object]:
    """A percentage or an amount; a bare number stays of the kind it was. Raises FieldError."""
    if not text.strip():
        return {field: "", kind_field: "percent"}
    _refuse_other(text, field, currency)
    found = parse_share(text)
    if found is None:
        raise FieldError("field.not_a_decimal", field, value=text)
    meant, value = found
    return {field: f"{value:f}", kind_field: meant or kind or "percent"}


def share_text(value: str, kind: str, sign: str) -> str:
    """`5%` or `¥300`; '' of nothing."""
    if not value:
        return ""
    return f"{sign}{grouped(value)}" if kind == "amount" else f"{value}%"


def grouped(value: str, digits: int = 0) -> str:
    """`3250.5` as `3,250.50`: at least so many decimals where there are any."""
    if not value:
        return ""
    decimals = max(digits, len(value.partition(".")[2]))
    return f"{as_decimal(value):,.{decimals}f}"


def line_values(line: ProposalLine, key: str, text: str, currency: str) -> Mapping[str, object]:
    """The fields that what was typed into a cell of a line sets; raises FieldError."""
    if key == "name":
        return {"product_name" if line.kind == "item" else "text": text}
    if key == "unit":
        return {"unit": text}
    if key == "discount":
        return share(text, line.discount_kind, "discount", "discount_kind", currency)
    if key == "tax_percent":
        return {"tax_percent": number(text.strip().rstrip("%％"), "tax_percent", currency)}
    return {key: number(text, key, currency)}


def due_text(part: Instalment, words: Words) -> str:
    """What it counts from and the days after that, or the day."""
    if part.due == "day":
        return words.date(date.fromisoformat(part.due_on)) if part.due_on else ""
    begun = words.choice("instalment_due", part.due)
    return words("proposals.due_days", due=begun, n=part.days) if part.days else begun


def part_values(
    part: Instalment, key: str, text: str, today: date, currency: str
) -> Mapping[str, object]:
    """The fields that what was typed into a cell of an instalment sets; raises FieldError."""
    if key == "label":
        return {"label": text}
    if key == "share":
        return share(text, part.share_kind, "share", "share_kind", currency)
    days = parse_integer(text) if text.strip() else 0
    if days is not None and 0 <= days <= 3_650:
        return {"days": days or None, "due": "accepted" if part.due == "day" else part.due}
    day = parse_day(text, today)
    if day is None:
        raise FieldError("proposals.not_a_due", "due")
    return {"due": "day", "due_on": day.isoformat(), "days": None}


def begun(key: str) -> Mapping[str, object]:
    """What choosing what an instalment counts from sets."""
    return {"due": key, "due_on": None} if key in DUES else {}
