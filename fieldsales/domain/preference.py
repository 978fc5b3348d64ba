"""What somebody likes, keeps off or cares for, so that one can be considerate of it (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

KINDS = ("taboo", "drink", "smoke", "food", "hobby", "family", "gift", "other")
TABOO = "taboo"
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference(Record):
    """One thing to bear in mind, as it was on `noted_on`; of a person, or of the whole customer.

    It never leaves the house.
    """

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact", owner=True)
    kind: str = f.choice("preference_kind", KINDS, default="other")
    text: str = f.text(required=True, max_length=_LONGEST)
    noted_on: str | None = f.day()


def clauses(text: str) -> list[str]:
    """What somebody wrote down in one text, as notes: one a line, and one a clause."""
    found = []
    for part in filter(None, map(str.strip, re.split(r"[\n;；]+", text))):
        found += [part[at : at + _LONGEST] for at in range(0, len(part), _LONGEST)]
    return found


def by_weight(noted: Iterable[Preference]) -> list[Preference]:
    """What must not happen first, then as the kinds stand; within a kind the latest first."""
    latest = sorted(noted, key=lambda one: (one.noted_on or "", one.id), reverse=True)
    return sorted(latest, key=lambda one: KINDS.index(one.kind) if one.kind in KINDS else 0)
