"""Who is to be called about money today, and which step of collecting comes next (M42)."""

from __future__ import annotations

from datetime import date

REASONS = ("broken", "promised_today", "first", "again")  # in the order in which they are called
AGAIN_AFTER = 7  # days without a step until it is time for the next one
_STEP_FROM = ((91, "legal"), (61, "letter"), (31, "visit"), (8, "call"))  # days late


def call_reason(
    due: str | None, last_step: str | None, promised: str | None, today: date
) -> str | None:
    """Why to call about an open debt today, one of REASONS, or None; all days are ISO.

    `promised` is the day promised last. A promise that is still to come is waited for; one that
    was not kept is asked about until a step was made after it. What is overdue is called about at
    once, then whenever AGAIN_AFTER days went by without a step.
    """
    now = today.isoformat()
    if promised and promised == now:
        return "promised_today"
    if promised and promised > now:
        return None
    if promised and (last_step or "") <= promised:
        return "broken"
    if not due or due >= now:
        return None
    if not last_step:
        return "first"
    quiet = (today - date.fromisoformat(last_step)).days
    return "again" if quiet >= AGAIN_AFTER else None


def usual_step(days_late: int, done: frozenset[str] = frozenset()) -> str:
    """The step that fits a debt so many days late: it gets firmer; one of STEPS.

    A debt too late for a reminder is still called about first where nobody has called yet.
    """
    for begins, step in _STEP_FROM:
        if days_late >= begins:
            return step if step == "call" or "call" in done else "call"
    return "reminder"
