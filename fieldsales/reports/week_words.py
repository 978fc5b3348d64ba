"""Why a customer is to be seen this week, as one says it."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.week_plan import COLD, DEAL, HORIZON, STANCE, Wanted
from fieldsales.words import Words

_SAID = 3  # reasons


def why(words: Words, one: Wanted, today: date) -> str:
    """The weightiest reasons: `超了 7 天没联系，要攻下来`."""
    candidate = one.candidate
    parts = []
    for reason, points in one.reasons[:_SAID]:
        if points < 0:
            continue
        if reason == COLD and candidate.due_on is not None:
            late = (today - candidate.due_on).days
            parts.append(words("week_plan.cold" if late > 0 else "week_plan.due", n=late))
        elif reason == HORIZON:
            parts.append(words.choice("horizon", candidate.horizon))
        elif reason == STANCE:
            parts.append(words.choice("stance", candidate.stance))
        elif reason == DEAL:
            parts.append(words("week_plan.deal", n=candidate.chance))
        else:
            parts.append(words(f"week_plan.{reason}"))
    return words("portfolio.dot").join(parts)
