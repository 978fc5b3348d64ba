"""Value type: transactional, consultative or enterprise, and the service each deserves (M37)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.classes.judged import Judged, judged, rising, within
from fieldsales.domain.portfolio import CLASSES, VALUE_TYPE
from fieldsales.errors import FieldError

VALUE_TYPES = TRANSACTIONAL, CONSULTATIVE, ENTERPRISE = CLASSES[VALUE_TYPE]
SERVICE = {TRANSACTIONAL: "low_cost", CONSULTATIVE: "advice", ENTERPRISE: "team"}


@dataclass(frozen=True, slots=True)
class ValueTypeRule:
    """From which degree of 1 … 5 on advice pays: what they are worth to us, what we are to them;
    and from which both are high enough to work as one enterprise.
    """

    advice_ours: int = 2
    advice_theirs: int = 3
    enterprise: int = 4

    def __post_init__(self) -> None:
        within(self, 1, 5, "advice_ours", "advice_theirs", "enterprise")
        rising(self, "advice_ours", "enterprise")
        rising(self, "advice_theirs", "enterprise")


DEFAULT = ValueTypeRule()


def value_type(ours: int | None, theirs: int | None, rule: ValueTypeRule = DEFAULT) -> Judged:
    """M37 of the customer's value to us and ours to the customer, each 1 … 5; '' while one is
    unknown. `SERVICE` has the service model of each type.

    Worked examples: 5 and 2 is transactional (`buys_on_price`), 1 and 5 too (`too_small`); 3 and 4
    is consultative; 4 and 4 enterprise. Raises FieldError for a degree outside 1 … 5.
    """
    for name, degree in (("ours", ours), ("theirs", theirs)):
        if degree is not None and degree < 1:
            raise FieldError("field.too_small", name, limit=1)
        if degree is not None and degree > 5:
            raise FieldError("field.too_large", name, limit=5)
    if ours is None or theirs is None:
        return judged("", "ours_unknown" if ours is None else "theirs_unknown")
    if theirs < rule.advice_theirs:
        return judged(TRANSACTIONAL, "buys_on_price", ours=ours, theirs=theirs)
    if ours < rule.advice_ours:
        return judged(TRANSACTIONAL, "too_small", ours=ours, theirs=theirs)
    if min(ours, theirs) >= rule.enterprise:
        return judged(ENTERPRISE, "both_high", ours=ours, theirs=theirs)
    return judged(CONSULTATIVE, "wants_advice", ours=ours, theirs=theirs)
