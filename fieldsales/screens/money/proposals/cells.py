"""How the cells of a proposal's lines and instalments read, and what is meant by what is typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money.proposal import DUES, Instalment, ProposalLine
from fieldsales.errors import FieldError
from fieldsales.widgets.typed import fold, parse_day, parse_decimal, parse_integer
from fieldsales.words import Words

_TENTHS = re.compile(r"(\d{1,2}(?:\.\d+)?)折")
_SIGNED = re.compile(r"^(¥|nt\$|hk\$|us\$|\$|€|£|[a-z]{3}(?=[\d .]))|(元|块|塊|圆|圓)$")


def number(text: str, field: str) -> str:
    """A number as a decimal field takes it, '' of nothing; raises FieldError."""
    typed = _SIGNED.sub("", fold(text).strip())
    if not typed:
        return ""
    found = parse_decimal(typed)
    if found is None:
        raise FieldError("field.not_a_decimal", field, value=text)
    return f"{found:f}"


def share(text: str, kind: str, field: str, kind_field: str) -> Mapping[str, object]:
    """`5%`, `95折`, `¥300` or a bare number of the kind it had: a percentage or an amount."""
    typed = fold(text).strip()
    if not typed:
        return {field: "", kind_field: "percent"}
    if found := _TENTHS.fullmatch(typed):
        left = Decimal(found[1])
        off = 100 - left * (1 if left > 10 else 10)
        return {field: f"{off:f}", kind_field: "percent"}
    if typed.endswith("%"):
        return {field: number(typed[:-1], field), kind_field: "percent"}
    if _SIGNED.search(typed):
        return {field: number(typed, field), kind_field: "amount"}
    return {field: number(typed, field), kind_field: kind or "percent"}


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


def line_values(line: ProposalLine, key: str, text: str) -> Mapping[str, object]:
    """The fields that what was typed into a cell of a line sets; raises FieldError."""
    if key == "name":
        return {"product_name" if line.kind == "item" else "text": text}
    if key == "unit":
        return {"unit": text}
    if key == "discount":
        return share(text, line.discount_kind, "discount", "discount_kind")
    if key == "tax_percent":
        return {"tax_percent": number(text.strip().rstrip("%％"), "tax_percent")}
    return {key: number(text, key)}


def due_text(part: Instalment, words: Words) -> str:
    """`签约之后 30 天`, or the day."""
    if part.due == "day":
        return words.date(date.fromisoformat(part.due_on)) if part.due_on else ""
    begun = words.choice("instalment_due", part.due)
    return words("proposals.due_days", due=begun, n=part.days) if part.days else begun


def part_values(part: Instalment, key: str, text: str, today: date) -> Mapping[str, object]:
    """The fields that what was typed into a cell of an instalment sets; raises FieldError."""
    if key == "label":
        return {"label": text}
    if key == "share":
        return share(text, part.share_kind, "share", "share_kind")
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
