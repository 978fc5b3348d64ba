"""A campaign (M44): one word to many people, who of them was reached, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

# way -> kind of the contact that it is, once it is one
KINDS: Mapping[str, str] = {
    "message": "message",
    "email": "email",
    "scan": "message",
    "call": "call",
}
WAYS = tuple(KINDS)
TALKED = "call"  # the way that is a real contact in itself: somebody was spoken with
OUTCOMES = ("answer", "visit", "deal", "silence")
RETURNED = OUTCOMES[:3]  # something came back


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(Record):
    """Why one writes to them, and what.

    `occasion` is a topic of the greetings, from which each gets what fits them; a `text` of one's
    own, its braces filled in for each, goes before it. `due`: the day by which all should be
    reached.
    """

    name: str = f.text(required=True, max_length=120)
    occasion: str = f.text(max_length=40, shown=False)
    text: str = f.note(1_000)
    due: str | None = f.day()
    closed_at: str | None = f.moment(shown=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignMember(Record):
    """Somebody it is for; a customer as a whole where nobody is known there.

    `sent_id` and `answer_id` are what stands of it on the timeline.
    """

    ALONE_BY: ClassVar[tuple[str, ...]] = ("campaign_id", "customer_id", "contact_id")

    campaign_id: str = f.reference("campaign", required=True, shown=False)
    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact", owner=True, shown=False)
    reached_at: str | None = f.moment(shown=False)
    reached_by: str = f.choice("reached_by", WAYS, shown=False)
    outcome: str = f.choice("campaign_outcome", OUTCOMES, shown=False)
    outcome_at: str | None = f.moment(shown=False)
    note: str = f.text(max_length=500)
    sent_id: str | None = f.reference("interaction", shown=False)
    answer_id: str | None = f.reference("interaction", shown=False)


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a campaign is, in people; `returned` of those reached, `visits` and `deals` of it."""

    people: int = 0
    reached: int = 0
    returned: int = 0
    visits: int = 0
    deals: int = 0

    @property
    def left(self) -> int:
        return self.people - self.reached

    @property
    def reached_share(self) -> int:
        """Percent of all, rounded down so that 100 is all of them; 0 of nobody."""
        return 100 * self.reached // self.people if self.people else 0

    @property
    def response_share(self) -> int:
        """Percent of those reached, as `reached_share`."""
        return 100 * self.returned // self.reached if self.reached else 0
