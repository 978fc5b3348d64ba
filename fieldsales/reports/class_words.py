"""Why a customer has a class, as one says it: `减少 18 %：近 12 个月 42 万，前 12 个月 51 万`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fieldsales.domain.classes.judged import FIGURES, MONEY, PERCENT, Figure, Judged
from fieldsales.domain.portfolio import CLASSES
from fieldsales.reports.portfolio.portrait import percent, short
from fieldsales.services.portfolio import Standing
from fieldsales.words import Words

_SIZES = ("change",)  # told without its sign: the sentence says up or down


def why(words: Words, method: str, judged: Judged, currency: str) -> str:
    """The reason of a class with its figures, in the words of a language."""
    told = {name: _figure(words, name, one, currency) for name, one in judged.figures.items()}
    return words(f"why.{method}.{judged.reason}", **told)


def named(words: Words, method: str, code: str) -> str:
    """The class; where it cannot be told, that."""
    return words.choice(method, code) if code else words("classes.unknown")


def held_until(words: Words, until: date | None, reason: str) -> str:
    """That a class is held by hand, until when, and why."""
    said = words("classes.held")
    if until is not None:
        said = words("classes.held_until", day=words.date(until))
    return words("classes.held_why", held=said, reason=reason) if reason else said


def reasons(words: Words, standing: Standing) -> dict[str, str]:
    """Method -> why the class is what it is, the hand that holds it first."""
    found = {}
    for method in CLASSES:
        parts = []
        if method in standing.held:
            held = standing.held[method]
            parts.append(held_until(words, held.until, held.reason))
        judged = standing.judged.get(method)
        if judged is not None:
            said = why(words, method, judged, standing.currency)
            if method in standing.held:
                name = named(words, method, judged.code)
                said = words("classes.by_rule", name=name, why=said)
            parts.append(said)
        if parts:
            found[method] = "\n".join(parts)
    return found


def _figure(words: Words, name: str, figure: Figure, currency: str) -> str:
    kind = FIGURES[name]
    if isinstance(figure, date):
        return words.date(figure)
    if kind == MONEY:
        return short(words, int(figure), currency)
    if kind == PERCENT:
        share = Decimal(figure)
        return percent(words, abs(share) if name in _SIZES else share)
    return words.number(int(figure))
