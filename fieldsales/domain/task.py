"""Tasks and promises (M46): ours and theirs, with due days and snoozing."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

KINDS = ("follow_up", "promise", "prepare", "service", "collect", "care", "other")
PARTIES = ("us", "them")
TITLE = 300  # characters at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """Something to be done; `party` says by whom. A promise of the customer is `them`."""

    title: str = f.text(required=True, max_length=TITLE)
    kind: str = f.choice("task_kind", KINDS, default="follow_up")
    party: str = f.choice("party", PARTIES, default="us")
    assignee: str = f.text(max_length=60)  # who of ours, where it is not the seller (M47)
    due: str | None = f.day()
    customer_id: str | None = f.reference("customer")
    contact_id: str | None = f.reference("contact")
    deal_id: str | None = f.reference("deal")
    visit_id: str | None = f.reference("visit", shown=False)
    done_at: str | None = f.moment()
    snoozed_until: str | None = f.day()
    snooze_reason: str = f.text(max_length=200)
    note: str = f.note()

    @property
    def day(self) -> str | None:
        """The ISO day on which it is due: the later of its day and the one it was put off to."""
        return max(filter(None, (self.due, self.snoozed_until)), default=None)
