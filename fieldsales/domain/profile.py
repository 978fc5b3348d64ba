"""What is known of how somebody thinks: self-assessments and observed clues (M21, M29e)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

SHEETS = ("likes", "career", "ideal")  # what one likes, what left its mark, the ideal job
CLUE_SOURCES = ("met", "call", "written", "told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """A four-quadrant self-assessment; without a contact it is the rep's own (M21).

    Each sheet holds the codes of the items picked there, parted by blanks.
    """

    ALONE_BY: ClassVar[tuple[str, ...]] = ("contact_id", "finished_at")

    contact_id: str | None = f.reference("contact", owner=True)
    likes: str = f.text(max_length=2_000, shown=False)
    career: str = f.text(max_length=2_000, shown=False)
    ideal: str = f.text(max_length=2_000, shown=False)
    finished_at: str | None = f.moment()

    def picks(self, sheet: str) -> tuple[str, ...]:
        """Codes of the items picked on one of SHEETS."""
        text: str = getattr(self, sheet)
        return tuple(text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue(Record):
    """One sighting of a clue to how a person thinks; `code` names it in the list of clues (M21)."""

    ALONE_BY: ClassVar[tuple[str, ...]] = ("contact_id", "code", "visit_id", "seen_on")

    contact_id: str = f.reference("contact", required=True, shown=False)
    visit_id: str | None = f.reference("visit", shown=False)
    code: str = f.text(required=True, max_length=80)
    seen_on: str | None = f.day()
    source: str = f.choice("clue_source", CLUE_SOURCES, default="met")
    note: str = f.text(max_length=500)
