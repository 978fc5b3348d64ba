"""What a proposal comes to, by both ways to round, with its margin and warnings (M43)."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money import exact
from fieldsales.domain.money.exact import apportioned
from fieldsales.domain.money.proposal import ROUNDINGS, TAX_MODES, Proposal, ProposalLine
from fieldsales.domain.money.totals import Totals, margin, totals
from fieldsales.errors import UserError


def _line(key: str, quantity: str = "1", price: str = "", **more: str) -> ProposalLine:
    return ProposalLine(id=key, quantity=quantity, price=price, **more)  # type: ignore[arg-type]


def _sum(head: Proposal, *lines: ProposalLine) -> Totals:
    return totals(head, lines, 2)


def test_a_proposal_with_tax_in_its_prices() -> None:
    head = Proposal(tax_mode="included", discount_kind="percent", discount="10")
    found = _sum(
        head,
        _line("a", "10", "113", tax_percent="13"),
        _line("b", "2", "54.5", tax_percent="9"),
        _line("c", "1", "999", tax_percent="13", role="optional"),
    )
    assert (found.lines, found.discount, found.total) == (123_900, 12_390, 111_510)
    assert [(str(one.rate), one.net, one.tax) for one in found.rates] == [
        ("9", 9_000, 810),
        ("13", 90_000, 11_700),
    ]
    assert found.amounts["c"].amount == 99_900


def test_tax_upon_prices_and_a_discount_on_a_line() -> None:
    head = Proposal(tax_mode="added")
    found = _sum(
        head,
        _line("a", "3", "33.335", tax_percent="13", discount_kind="percent", discount="50"),
        _line("b", "1", "100", tax_percent="13", discount_kind="amount", discount="0.5"),
    )
    assert found.amounts["a"].before == 10_001
    assert found.amounts["a"].amount == 5_000  # 50.0025
    assert (found.net, found.tax, found.total) == (14_950, 650 + 1_294, 16_894)


def test_the_two_ways_to_round_differ_and_both_add_up() -> None:
    lines = [_line(str(at), "1", "0.335", tax_percent="13") for at in range(3)]
    by_line = _sum(Proposal(tax_mode="none", rounding="line"), *lines)
    by_total = _sum(Proposal(tax_mode="none", rounding="total"), *lines)
    assert (by_line.total, by_total.total) == (102, 101)


def test_groups_and_subtotals() -> None:
    found = _sum(
        Proposal(tax_mode="none"),
        _line("before", "1", "7"),
        _line("h1", kind="heading"),
        _line("a", "1", "10"),
        _line("alt", "1", "99", role="alternative"),
        _line("s1", kind="subtotal"),
        _line("b", "1", "5"),
        _line("h2", kind="heading"),
        _line("t", kind="text"),
    )
    assert found.sums == {"h1": 1_500, "s1": 1_000, "h2": 0}
    assert found.total == 2_200


def test_a_price_of_eight_decimals_and_a_total_of_a_million_millions_are_exact() -> None:
    found = _sum(Proposal(tax_mode="none"), _line("a", "1000000", "0.12345678"))
    assert found.total == 12_345_678
    found = _sum(Proposal(tax_mode="none"), _line("a", "1000000", "1000000.01"))
    assert found.total == 100_000_001_000_000


def test_a_discount_that_is_more_than_what_it_is_taken_from_is_refused() -> None:
    with pytest.raises(UserError, match="discount_over_line") as refused:
        _sum(
            Proposal(),
            _line("a", "1", "5", discount_kind="amount", discount="5.01", product_name="教槽料"),
        )
    assert refused.value.params == {"line": "教槽料"}
    with pytest.raises(UserError, match="discount_over_whole"):
        _sum(Proposal(discount_kind="amount", discount="5.01"), _line("a", "1", "5"))
    assert _sum(Proposal(discount="100"), _line("a", "1", "5")).total == 0


def test_nothing_comes_to_nothing() -> None:
    found = _sum(Proposal(discount="5"))
    assert (found.total, found.rates) == (0, ())


def test_the_margin_and_what_is_sold_too_cheaply() -> None:
    head = Proposal(tax_mode="included", discount="10")
    lines = [
        _line("a", "10", "113", tax_percent="13", cost="60", minimum="95"),
        _line("b", "1", "113", tax_percent="13", cost="95"),
        _line("c", "1", "113", tax_percent="13"),
        _line("d", "1", "1", cost="9", role="optional"),
    ]
    found = margin(head, lines, totals(head, lines, 2), 2)
    assert (found.revenue, found.cost, found.amount) == (99_000, 69_500, 29_500)
    assert (str(found.percent), found.unknown) == ("29.8", 1)
    assert (found.below_minimum, found.below_cost) == (("a",), ("b",))
    assert margin(head, [], totals(head, [], 2), 2).percent is None


QUANTITIES = st.decimals(0, 10_000, places=3).map(str)
PRICES = st.decimals(0, 100_000, places=4).map(str)
LINES = st.lists(
    st.tuples(QUANTITIES, PRICES, st.sampled_from(["", "0", "6", "9", "13"]), st.integers(0, 100)),
    max_size=12,
)


@given(LINES, st.sampled_from(TAX_MODES), st.sampled_from(ROUNDINGS), st.integers(0, 100))
def test_totals_are_the_sum_of_what_was_rounded(
    told: list[tuple[str, str, str, int]], tax_mode: str, rounding: str, discount: int
) -> None:
    head = Proposal(tax_mode=tax_mode, rounding=rounding, discount=str(discount))
    lines = [
        _line(str(at), quantity, price, tax_percent=rate, discount=str(off))
        for at, (quantity, price, rate, off) in enumerate(told)
    ]
    found = _sum(head, *lines)
    assert found.net + found.tax == found.total
    assert found.net == sum(one.net for one in found.rates)
    left = found.lines - found.discount
    assert left == (found.net if tax_mode == "added" else found.total)
    assert found.tax == 0 or tax_mode != "none"
    assert sum(one.off for one in found.amounts.values()) == found.discount
    if rounding == "line":
        assert found.lines == sum(one.amount for one in found.amounts.values())
        assert found.tax == sum(one.tax for one in found.amounts.values())
    else:
        true = sum(
            as_decimal(q) * as_decimal(p) * (100 - off) for q, p, _, off in told
        )  # minor units: × 100, ÷ 100
        assert abs(found.lines - true) <= Decimal("0.5")


@given(st.integers(0, 10**14), st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_shares_add_up_and_keep_to_their_weight(total: int, weights: list[int]) -> None:
    shares = apportioned(total, weights)
    assert sum(shares) == total
    if sum(weights):
        fair = [Decimal(total) * weight / sum(weights) for weight in weights]
        assert all(abs(share - one) < 1 for share, one in zip(shares, fair, strict=True))


def test_no_binary_float_is_near_money() -> None:
    folder = Path(exact.__file__).parent
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
            assert not (isinstance(node, ast.Name) and node.id in ("float", "round")), path
