"""What a visit really came to, judged by what the customer agreed to do (M29c)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """Order and advance are success; continuation and no sale are not."""

    ORDER = "order"
    ADVANCE = "advance"
    CONTINUATION = "continuation"
    NO_SALE = "no_sale"


ADVANCES = (
    "demo",
    "open_door",
    "trial",
    "budget",
    "joint_work",
    "site_visit",
    "document",
    "other",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was recorded at the end of a visit; `their_date` is an ISO day."""

    ordered: bool = False
    refused: bool = False
    their_action: str = ""
    their_date: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and the code of its reason (words: `verdict_reason.<reason>`)."""

    verdict: Verdict
    reason: str


def judge(outcome: Outcome) -> Judgement:
    """M29c: an order counts first; else the customer's action *with a date* makes an advance.

    A refusal that comes with no such action is a no sale; everything else, however kind the
    words were, is a continuation. Never raises. Contradictory marks (ordered and refused) count
    as the order that is in hand.
    """
    if outcome.ordered:
        return Judgement(Verdict.ORDER, "order")
    acts = bool(outcome.their_action.strip())
    dated = bool(outcome.their_date)
    if acts and dated:
        return Judgement(Verdict.ADVANCE, "action_with_date")
    if outcome.refused:
        return Judgement(Verdict.NO_SALE, "refused")
    if acts:
        return Judgement(Verdict.CONTINUATION, "action_without_date")
    return Judgement(Verdict.CONTINUATION, "no_action")
