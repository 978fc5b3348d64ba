"""What the rep corrected in the walk-around check, kept as a rule for later texts (M22)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record
from fieldsales.domain.whole_brain import QUADRANTS


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRule(Record):
    """Sentences with `pattern` in them speak to a quadrant, or do not where it `refuses`."""

    pattern: str = f.text(required=True)
    quadrant: str = f.choice("quadrant", QUADRANTS)
    refuses: int = f.flag()
