"""Tells from the values of a column what they are: phones, mail addresses, firms, people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fieldsales.services.importing.joining import is_han

_PATTERNS = {
    "mobile": r"""
        (?:\+?86[ -]?|0086)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}
        |(?:\+?886[ -]?|0)9\d{2}[ -]?\d{3}[ -]?\d{3}""",
    "phone": r"[+(（]?\d[\d\s()（）./\#转轉xext*-]{4,40}(?:[;,、/\ ]+[\d\s()+-]{5,})*",
    "email": r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}",
    "website": r"""
        (?:https?://|www\.)\S+
        |[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|tw|hk)(?:/\S*)?""",
    "number": r"[约約]?\s*[\d,，]+\s*[人名]?(?:以[上下])?\+?|\d+\s*[-–~至]\s*\d+\s*人?",
    "date": r"""
        (?:民[国國])?\d{2,4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?.*
        |\d{8}
        |\d{1,2}[-/\ .][A-Za-z]{3,9}[-/\ .,]+\d{2,4}
        |[A-Za-z]{3,9}\.?\ \d{1,2},?\ \d{4}
        |\d{1,2}/\d{1,2}/\d{2,4}
        |(?:--)?\d{1,2}[-/月]\d{1,2}日?""",
    "firm": r""".*(?:
        公司|集[团團]|工?[厂廠]|商行|商店|合作社|[养養]殖[场場]|[经經][营銷销]部|[门門]市部|研究院
        |[医醫]院|[银銀]行|[学學]校|大[学學]|中心|[农農][场場]
        |\b(?:Ltd|Inc|LLC|GmbH|Co|Corp|Company|Limited)\b\.?)""",
    "person": r"[\u4e00-\u9fff·]{2,4}|[A-Z][a-z'-]+(?:\ [A-Z][a-z.'-]+){1,3}",
}
_LOOKS = {
    kind: re.compile(pattern, re.VERBOSE if kind == "person" else re.VERBOSE | re.IGNORECASE)
    for kind, pattern in _PATTERNS.items()
}


def look(values: Iterable[str]) -> dict[str, float]:
    """Share of the filled values that look like each kind of thing; empty if none is filled."""
    filled = [value for value in values if value]
    if not filled:
        return {}
    return {
        kind: sum(pattern.fullmatch(value) is not None for value in filled) / len(filled)
        for kind, pattern in _LOOKS.items()
    } | {"han": sum(map(is_han, filled)) / len(filled)}
