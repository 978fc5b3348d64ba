"""How satisfied customers are with goods, service and the firm, and which way it goes (M35)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record
from fieldsales.errors import FieldError

PARTS = ("goods", "service", "image")
LOW, HIGH = 1, 5
FORM = "satisfaction"  # the checklist that a customer fills in
FORM_PARTS: Mapping[str, tuple[str, ...]] = {  # its items, by the part they tell of
    "goods": ("quality", "result", "worth"),
    "service": ("speed", "skill", "kept_word"),
    "image": ("trust", "recommend"),
}
UP, DOWN, SAME = "up", "down", "same"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction(Record):
    """What a customer gave on a day, 1 … 5 each, None for what was not asked or not answered.

    A paper in a customer's version tells of it only where `for_customer` says so.
    """

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact")
    visit_id: str | None = f.reference("visit", shown=False)
    interaction_id: str | None = f.reference("interaction", shown=False)
    scored_on: str | None = f.day()
    goods: int | None = f.integer(LOW, HIGH)
    service: int | None = f.integer(LOW, HIGH)
    image: int | None = f.integer(LOW, HIGH)
    note: str = f.note(2_000)
    for_customer: int = f.flag()

    def check(self, changed: Collection[str]) -> None:
        """A record without a day or any score tells nothing; to take it back is to trash it."""
        if not self.scored_on:
            raise FieldError("field.required", "scored_on")
        if not self.scored:
            given = [part for part in PARTS if part in changed]
            raise FieldError("satisfaction.no_score", given[0] if given else PARTS[0])

    @property
    def scored(self) -> bool:
        return any(getattr(self, part) is not None for part in PARTS)


@dataclass(frozen=True, slots=True)
class Score:
    """One scoring, noted by the rep or filled in by the customer; `noun` says which.

    `parts`: part -> 1 … 5, of a filled-in form the mean of its items; what was not answered is
    left out.
    """

    noun: str
    row_id: str
    customer_id: str
    day: date
    parts: Mapping[str, Decimal]
    contact_id: str | None = None
    visit_id: str | None = None
    interaction_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month: `n` scorings, the mean of each part (one decimal, None without a score)."""

    first: date
    n: int
    means: Mapping[str, Decimal | None]


def mean(scores: Iterable[Score], part: str) -> Decimal | None:
    """The mean of a part, one decimal; None where nobody scored it.

    Worked example: 4, 5 and one left open: 4.5.
    """
    given = [score.parts[part] for score in scores if part in score.parts]
    return rounded(sum(given, Decimal(0)) / len(given)) if given else None


def means(scores: Sequence[Score]) -> dict[str, Decimal | None]:
    """Part -> its mean over these scorings."""
    return {part: mean(scores, part) for part in PARTS}


def rounded(value: Decimal) -> Decimal:
    """A mean as it is shown: one decimal, halves up."""
    return value.quantize(_TENTH, ROUND_HALF_UP)


def trend(newest_first: Iterable[Score], part: str) -> str:
    """UP, DOWN or SAME than the time before, '' while a part was scored less than twice."""
    given = [score.parts[part] for score in newest_first if part in score.parts][:2]
    if len(given) < 2:
        return ""
    now, before = given
    return UP if now > before else DOWN if now < before else SAME
