"""Which of two records a field is taken from when both become one: a proposal for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fieldsales.domain.fields import Field, Kind, Record, fields

KEPT, GONE, BOTH = WAYS = ("kept", "gone", "both")
_FOLLOWS = {"birthday_calendar": "birthday", "birthday_leap": "birthday"}  # no choice of their own


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that both records fill, otherwise; `ways` there are, and which is proposed."""

    field: Field
    kept: object
    gone: object
    ways: tuple[str, ...]
    way: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records field by field: those to choose, those that only one fills, and how many are
    the same. `filled` are the values that what is kept gets from the other without a question,
    `followers` by field what comes with it from the other.
    """

    choices: tuple[Choice, ...]
    filled: Mapping[str, object]
    followers: Mapping[str, Mapping[str, object]]
    same: int


def compared(kept: Record, gone: Record, newer: Collection[str]) -> Comparison:
    """What there is to choose; `newer` are fields of the one that goes that were typed later.

    Proposed are both notes and both numbers, the longer name, of a text and its beginning the
    longer, else what is newer.
    """
    choices: list[Choice] = []
    filled: dict[str, object] = {}
    same = 0
    for name, field in fields(type(kept)).items():
        one, other = getattr(kept, name), getattr(gone, name)
        if name in _FOLLOWS or field.sealed or _refers_to(field, {one, other}, {kept.id, gone.id}):
            continue
        if _is_empty(other) or one == other:
            same += one == other and not _is_empty(one) and field.shown
        elif _is_empty(one) or not field.shown:
            if _is_empty(one):
                filled[name] = other
        else:
            ways = WAYS if field.kind in (Kind.NOTE, Kind.PHONE) else WAYS[:2]
            way = GONE if name in newer else KEPT
            if BOTH in ways:
                way = BOTH
            elif name == "name" or str(one) in str(other) or str(other) in str(one):
                way = GONE if len(str(other)) > len(str(one)) else KEPT
            choices.append(Choice(field, one, other, ways, way))
    followers: dict[str, dict[str, object]] = {}
    for name, leader in _FOLLOWS.items():
        if hasattr(gone, name):
            followers.setdefault(leader, {})[name] = getattr(gone, name)
    return Comparison(tuple(choices), filled, followers, same)


def _is_empty(value: object) -> bool:
    return value in ("", None, 0)


def _refers_to(field: Field, values: set[object], both: set[str]) -> bool:
    """Whether a field names one of the two, which is no choice."""
    return field.kind is Kind.REFERENCE and bool(values & both)
