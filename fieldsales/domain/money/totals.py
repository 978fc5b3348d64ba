"""What a proposal comes to: its lines, discount, tax by rate, total and margin (M43).

Two ways to round, chosen once for a proposal. By line: every line and its tax is rounded, totals
are sums of what is printed. By total: lines are added exactly, and only what stands below them is
rounded. Either way net and tax make the total, and the rates add up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money.exact import EXACT, HUNDRED, apportioned, half_up, percent_of, whole
from fieldsales.domain.money.proposal import Proposal, ProposalLine
from fieldsales.errors import UserError

_FINE = 8  # decimals that shares are weighed by


@dataclass(frozen=True, slots=True)
class Amount:
    """What a line comes to in minor units, with tax where prices have it.

    `before` is without its discount, `amount` after it, `off` the share of the discount on the
    whole, `tax` in or upon what is left.
    """

    before: int
    amount: int
    off: int = 0
    tax: int = 0


@dataclass(frozen=True, slots=True)
class TaxSum:
    """What stands under one rate of tax, in minor units."""

    rate: Decimal
    net: int
    tax: int


@dataclass(frozen=True, slots=True)
class Totals:
    """A proposal's sums in minor units: `amounts` by line id, optional lines and alternatives too.

    `sums` holds what subtotal lines and headings come to. `lines` is the sum of the counted ones,
    `discount` what is off the whole, `net` + `tax` = `total`.
    """

    amounts: Mapping[str, Amount]
    sums: Mapping[str, int]
    lines: int
    discount: int
    net: int
    tax: int
    total: int
    rates: tuple[TaxSum, ...]


def totals(head: Proposal, lines: Sequence[ProposalLine], digits: int) -> Totals:
    """The sums; `digits` are the currency's decimals.

    Raises UserError("proposal.discount_over_line") or ("proposal.discount_over_whole") where an
    amount of discount is more than what it is taken from.
    """
    items = [line for line in lines if line.kind == "item"]
    exact = {line.id: _line(line, digits) for line in items}
    counted = [line for line in items if line.role == "counted"]
    by_line = head.rounding == "line"
    if by_line:
        summed = sum(whole(exact[line.id][1]) for line in counted)
    else:
        summed = whole(sum((exact[line.id][1] for line in counted), Decimal()))
    discount = _discount(head, summed, digits)
    offs: dict[str, int] = {}
    if discount:
        shares = apportioned(discount, [_weight(exact[line.id][1]) for line in counted])
        offs = {line.id: share for line, share in zip(counted, shares, strict=True)}
    amounts: dict[str, Amount] = {}
    for line in items:
        before, after = (whole(one) for one in exact[line.id])
        off = offs.get(line.id, 0)
        tax = whole(_tax(head, Decimal(after - off), _rate(head, line)))
        amounts[line.id] = Amount(before, after, off, tax)
    if by_line:
        rates = _rates_by_line(head, counted, amounts)
    else:
        rates = _rates_by_total(head, counted, exact, summed - discount)
    net, tax = sum(one.net for one in rates), sum(one.tax for one in rates)
    return Totals(
        amounts=amounts,
        sums=_sums(lines, exact, by_line=by_line),
        lines=summed,
        discount=discount,
        net=net,
        tax=tax,
        total=net + tax,
        rates=rates,
    )


def _line(line: ProposalLine, digits: int) -> tuple[Decimal, Decimal]:
    """A line before and after its discount, in minor units, not rounded."""
    price = as_decimal(line.price).scaleb(digits)
    before = EXACT.multiply(as_decimal(line.quantity), price)
    discount = as_decimal(line.discount)
    if line.discount_kind == "amount":
        after = before - discount.scaleb(digits)
        if after < 0:
            raise UserError("proposal.discount_over_line", line=line.product_name or line.text)
        return before, after
    return before, before - percent_of(before, discount)


def _discount(head: Proposal, summed: int, digits: int) -> int:
    """What is off the whole."""
    discount = as_decimal(head.discount)
    if head.discount_kind == "amount":
        off = whole(discount.scaleb(digits))
        if off > summed:
            raise UserError("proposal.discount_over_whole")
        return off
    return whole(percent_of(Decimal(summed), discount))


def _rate(head: Proposal, line: ProposalLine) -> Decimal:
    return Decimal() if head.tax_mode == "none" else as_decimal(line.tax_percent)


def _tax(head: Proposal, amount: Decimal, rate: Decimal) -> Decimal:
    """The tax in an amount, or upon it."""
    if head.tax_mode == "included":
        return EXACT.divide(EXACT.multiply(amount, rate), HUNDRED + rate)
    return percent_of(amount, rate)


def _rates_by_line(
    head: Proposal, counted: Iterable[ProposalLine], amounts: Mapping[str, Amount]
) -> tuple[TaxSum, ...]:
    net: dict[Decimal, int] = {}
    tax: dict[Decimal, int] = {}
    for line in counted:
        rate, one = _rate(head, line), amounts[line.id]
        within = one.tax if head.tax_mode == "included" else 0
        net[rate] = net.get(rate, 0) + one.amount - one.off - within
        tax[rate] = tax.get(rate, 0) + one.tax
    return tuple(TaxSum(rate, net[rate], tax[rate]) for rate in sorted(net))


def _rates_by_total(
    head: Proposal,
    counted: Iterable[ProposalLine],
    exact: Mapping[str, tuple[Decimal, Decimal]],
    left: int,
) -> tuple[TaxSum, ...]:
    """`left` is what the lines come to without the discount on the whole."""
    parts: dict[Decimal, Decimal] = {}
    for line in counted:
        rate = _rate(head, line)
        parts[rate] = parts.get(rate, Decimal()) + exact[line.id][1]
    rates = sorted(parts)
    shares = apportioned(left, [_weight(parts[rate]) for rate in rates])
    found = []
    for rate, share in zip(rates, shares, strict=True):
        tax = whole(_tax(head, Decimal(share), rate))
        within = tax if head.tax_mode == "included" else 0
        found.append(TaxSum(rate, share - within, tax))
    return tuple(found)


def _weight(amount: Decimal) -> int:
    return int(half_up(amount, _FINE).scaleb(_FINE))


def _sums(
    lines: Iterable[ProposalLine],
    exact: Mapping[str, tuple[Decimal, Decimal]],
    *,
    by_line: bool,
) -> dict[str, int]:
    """Line id -> what a group under its heading, or what stands above a subtotal, comes to."""
    sums: dict[str, int] = {}
    heading, group, since = "", Decimal(), Decimal()
    for line in lines:
        if line.kind == "heading":
            heading, group, since = line.id, Decimal(), Decimal()
        elif line.kind == "subtotal":
            sums[line.id], since = whole(since), Decimal()
        elif line.kind == "item" and line.role == "counted":
            amount = exact[line.id][1]
            part = half_up(amount) if by_line else amount
            group, since = group + part, since + part
        if heading:
            sums[heading] = whole(group)
    return sums


@dataclass(frozen=True, slots=True)
class Margin:
    """What a proposal leaves us, without tax, in minor units; for us alone.

    `percent` of the revenue with one decimal, None where nothing has a cost. Only lines with a
    cost are in it; `unknown` says how many have none. `below_minimum` and `below_cost` are ids.
    """

    revenue: int
    cost: int
    percent: Decimal | None
    unknown: int
    below_minimum: tuple[str, ...]
    below_cost: tuple[str, ...]

    @property
    def amount(self) -> int:
        return self.revenue - self.cost


def margin(head: Proposal, lines: Iterable[ProposalLine], found: Totals, digits: int) -> Margin:
    """The margin of the counted lines, their share of the discount on the whole taken off."""
    revenue = cost = unknown = 0
    below_minimum: list[str] = []
    below_cost: list[str] = []
    for line in lines:
        if line.kind != "item" or line.role != "counted":
            continue
        one = found.amounts[line.id]
        net = one.amount - one.off - (one.tax if head.tax_mode == "included" else 0)
        quantity = as_decimal(line.quantity)
        if line.minimum and net < whole(quantity * as_decimal(line.minimum).scaleb(digits)):
            below_minimum.append(line.id)
        if not line.cost:
            unknown += 1
            continue
        own = whole(quantity * as_decimal(line.cost).scaleb(digits))
        revenue, cost = revenue + net, cost + own
        if net < own:
            below_cost.append(line.id)
    percent = None
    if revenue:
        percent = half_up(EXACT.divide((revenue - cost) * HUNDRED, Decimal(revenue)), 1)
    return Margin(revenue, cost, percent, unknown, tuple(below_minimum), tuple(below_cost))
