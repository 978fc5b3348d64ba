"""How feedback and complaints read in a list and on their page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fieldsales.domain.clock import local_day
from fieldsales.domain.feedback import (
    ANSWERED,
    CLOSED,
    NEW,
    WORKING,
    answered_in,
    days_late,
    due_day,
    state,
    waits,
)
from fieldsales.domain.interaction import Interaction
from fieldsales.store.queries.feedback import Heard
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_views import RowFace
from fieldsales.words import Words

_TONES = {NEW: "warn", WORKING: "accent", ANSWERED: "good", CLOSED: "plain"}


def chips_of(words: Words, one: Interaction) -> tuple[ChipFace, ...]:
    """What it is, and where it stands."""
    at = state(one)
    kind = words.choice("interaction_kind", one.kind)
    return (
        ChipFace(kind, "bad" if one.kind == "complaint" and at != CLOSED else "plain"),
        ChipFace(words(f"feedback.state.{at}"), _TONES[at]),
    )


def days_told(words: Words, days: Decimal | None) -> str:
    """'3 天', '1.5 天', '不到一天'; '' for None."""
    if days is None:
        return ""
    if days < 1:
        return words("feedback.same_day")
    whole = days == days.to_integral_value()
    return words("feedback.days", n=int(days) if whole else days)


def waits_told(words: Words, one: Interaction, today: date, days: int) -> tuple[str, str]:
    """(by when it is to be answered or in what time it was, the role of that text)."""
    late = days_late(one, today, days)
    if late:
        return words("feedback.late", n=late), "bad"
    if waits(one):
        due = due_day(one, days)
        return words("feedback.due", day=words.days_from(due, today)), "ink-2"
    return words("feedback.took", days=days_told(words, answered_in(one))), "ink-3"


def row_face(words: Words, heard: Heard, today: date, days: int) -> RowFace:
    """Whose it is and since when; what was said, and by when it is to be answered."""
    one = heard.record
    below, role = waits_told(words, one, today, days)
    chips = chips_of(words, one)
    return RowFace(
        title=heard.customer,
        subtitle=" ".join(one.text.split()),
        aside=words.days_from(local_day(one.at), today),
        below=below,
        below_role=role,
        chips=chips if waits(one) else chips[:1],  # the rest stand among their like
    )
