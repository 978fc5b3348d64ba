"""Purchase status: existing, target, potential or lost (M03)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.history import YEAR
from fieldsales.domain.classes.judged import Judged, judged, within

EXISTING, TARGET, POTENTIAL, LOST = "existing", "target", "potential", "lost"


@dataclass(frozen=True, slots=True)
class StatusRule:
    """`silent_months`: who bought nothing for so long is lost (default 36: a year after the
    lifecycle grid calls them of no value).
    """

    silent_months: int = 36

    def __post_init__(self) -> None:
        within(self, 1, 600, "silent_months")


DEFAULT = StatusRule()


def status(facts: Facts, rule: StatusRule = DEFAULT) -> Judged:
    """M03, from sales and deals. Existing has bought, target has an open deal and does not buy yet
    or no longer, lost was given up, fell silent or lost the last deal, potential is the rest.

    Worked examples: a purchase 14 months ago is existing (`bought`); none and an open deal is
    target (`deal_open`); a purchase 40 months ago and an open deal is target (`returning`), without
    the deal lost (`silent`).
    """
    history = facts.history
    given_up = facts.given_up_on is not None and (
        history.latest is None or history.latest <= facts.given_up_on
    )
    if not given_up and history.bought_within(rule.silent_months):
        recent = history.bought_within(YEAR)
        return judged(
            EXISTING,
            "buys" if recent else "bought",
            purchases=history.purchases,
            last_on=history.latest,
            sales=history.last.amount if recent else None,
        )
    if facts.deals:
        gone = given_up or history.latest is not None
        reason = "returning" if gone else "deal_open"
        return judged(TARGET, reason, deals=len(facts.deals), last_on=history.latest)
    if given_up:
        return judged(LOST, "given_up", lost_on=facts.given_up_on, last_on=history.latest)
    if history.latest is not None:
        return judged(LOST, "silent", last_on=history.latest, months=rule.silent_months)
    if facts.lost_deal_on is not None:
        return judged(LOST, "deal_lost", lost_on=facts.lost_deal_on)
    return judged(POTENTIAL, "nothing_yet")
