"""In which parts a proposal's price is paid, and when each is due (M42, M43)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money.exact import percent_of, whole
from fieldsales.domain.money.proposal import Instalment
from fieldsales.errors import UserError


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment in minor units; `due` is None while the day it counts from is not known."""

    label: str
    amount: int
    due: date | None


def schedule(
    total: int, instalments: Sequence[Instalment], digits: int, days: Mapping[str, date]
) -> list[Part]:
    """The parts of a total, which they add up to; `days` are those known of DUES.

    A share left open takes what the others leave, the first such one alone; without one the last
    part takes what rounding left. No instalments are one part, due when it is accepted. Raises
    UserError("proposal.instalments_over") where shares exceed the total, ("…_under") where they do
    not reach it.
    """
    if not instalments:
        return [Part("", total, days.get("accepted"))]
    amounts = [_amount(total, one, digits) for one in instalments]
    known = sum(amount for amount in amounts if amount is not None)
    rest = total - known
    slack = len(instalments)  # each share may have been rounded by half a unit
    if rest < -slack or (rest < 0 and None in amounts):
        raise UserError("proposal.instalments_over")
    if None in amounts:
        taken = amounts.index(None)
        amounts = [rest if at == taken else amount or 0 for at, amount in enumerate(amounts)]
    elif rest > slack:
        raise UserError("proposal.instalments_under")
    else:
        amounts[-1] = (amounts[-1] or 0) + rest
    return [
        Part(one.label, amount or 0, _due(one, days))
        for one, amount in zip(instalments, amounts, strict=True)
    ]


def _amount(total: int, one: Instalment, digits: int) -> int | None:
    if not one.share:
        return None
    share = as_decimal(one.share)
    if one.share_kind == "amount":
        return whole(share.scaleb(digits))
    return whole(percent_of(Decimal(total), share))


def _due(one: Instalment, days: Mapping[str, date]) -> date | None:
    if one.due == "day":
        return date.fromisoformat(one.due_on) if one.due_on else None
    begun = days.get(one.due)
    return begun + timedelta(days=one.days or 0) if begun else None
