"""Schedules, due days, what is owed, ageing, limits, and what differs between versions (M42, M43)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.money.ageing import BUCKETS, Open, ageing, bucket, days_sales_outstanding
from fieldsales.domain.money.credit import COUNTED, Credit
from fieldsales.domain.money.proposal import (
    NEXT,
    STATES,
    Instalment,
    Proposal,
    ProposalLine,
    follow,
    is_expired,
)
from fieldsales.domain.money.receivable import (
    Receivable,
    Settlement,
    due_day,
    open_amount,
    settle,
)
from fieldsales.domain.money.schedule import Part, schedule
from fieldsales.domain.money.versions import difference
from fieldsales.errors import FieldError, UserError

SIGNED = {"accepted": date(2026, 11, 22)}


def test_a_deposit_a_part_by_delivery_and_the_rest() -> None:
    parts = schedule(
        100_001,
        [
            Instalment(label="订金", share="30"),
            Instalment(label="到货", share="40000", share_kind="amount", due="delivered", days=7),
            Instalment(label="尾款", due="accepted", days=60),
        ],
        0,
        SIGNED,
    )
    assert parts == [
        Part("订金", 30_000, date(2026, 11, 22)),
        Part("到货", 40_000, None),
        Part("尾款", 30_001, date(2027, 1, 21)),
    ]


def test_no_instalments_are_one_part() -> None:
    assert schedule(500, [], 2, SIGNED) == [Part("", 500, date(2026, 11, 22))]
    day = Instalment(share="100", due="day", due_on="2026-12-01")
    assert schedule(500, [day], 2, {})[0].due == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("shares", "code"),
    [(("60", "50"), "over"), (("60", "30"), "under"), (("120", ""), "over")],
)
def test_shares_that_do_not_fit_are_refused(shares: tuple[str, ...], code: str) -> None:
    with pytest.raises(UserError, match=f"instalments_{code}"):
        schedule(10_000, [Instalment(share=share) for share in shares], 2, SIGNED)


@given(st.integers(0, 10**14), st.integers(1, 12))
def test_equal_parts_add_up(total: int, count: int) -> None:
    share = str(Decimal(100) / count)[:10]
    rest = Instalment(share="")
    parts = schedule(total, [*([Instalment(share=share)] * (count - 1)), rest], 2, SIGNED)
    assert sum(part.amount for part in parts) == total


def test_a_day_after_the_invoice_or_after_its_month() -> None:
    assert due_day(date(2026, 11, 22), "net", 30) == date(2026, 12, 22)
    assert due_day(date(2026, 11, 22), "month_end", 30) == date(2026, 12, 30)
    assert due_day(date(2026, 12, 31), "month_end", 0) == date(2026, 12, 31)


def test_what_is_owed() -> None:
    invoice = Receivable(id="i", amount=10_000, written_off=500)
    note = Receivable(id="c", kind="credit_note", amount=3_000)
    settled = [
        Settlement(receivable_id="i", payment_id="p", amount=4_000),
        Settlement(receivable_id="i", credit_note_id="c", amount=1_000),
        Settlement(receivable_id="other", payment_id="p", amount=9_000),
    ]
    assert open_amount(invoice, settled) == 4_500
    assert open_amount(note, settled) == 2_000


def test_a_payment_settles_the_first_first() -> None:
    debts = [("a", 300), ("paid", 0), ("b", 500)]
    assert settle(400, debts) == [("a", 300), ("b", 100)]
    with pytest.raises(UserError, match="overpaid"):
        settle(900, debts)
    assert settle(900, debts, keep_rest=True) == [("a", 300), ("b", 500)]


@given(st.integers(0, 10**9), st.lists(st.integers(-5, 10**8), max_size=20))
def test_a_payment_never_settles_more_than_there_is(amount: int, debts: list[int]) -> None:
    found = settle(amount, [(str(at), debt) for at, debt in enumerate(debts)], keep_rest=True)
    assert sum(part for _, part in found) == min(amount, sum(max(debt, 0) for debt in debts))
    assert all(0 < part <= debts[int(key)] for key, part in found)


@given(st.lists(st.integers(0, 10**8), max_size=20), st.integers(1, 10**8))
def test_a_payment_never_exceeds_unless_that_is_said(debts: list[int], more: int) -> None:
    wanted = [(str(at), debt) for at, debt in enumerate(debts)]
    assert sum(part for _, part in settle(sum(debts), wanted)) == sum(debts)
    with pytest.raises(UserError, match="overpaid") as told:
        settle(sum(debts) + more, wanted)
    assert told.value.params["left"] == more


def test_dates_and_amounts_that_contradict_are_refused() -> None:
    late = Receivable(issued_on="2026-11-22", due_on="2026-11-21")
    with pytest.raises(FieldError, match="due_before"):
        late.check({"due_on"})
    with pytest.raises(FieldError, match="too_much_off"):
        Receivable(amount=5, written_off=6).check({"written_off"})
    with pytest.raises(FieldError, match="discount_over"):
        ProposalLine(discount="100.01").check({"discount"})
    with pytest.raises(FieldError, match="no_quantity"):
        ProposalLine(quantity="0").check({"quantity"})
    with pytest.raises(FieldError, match="valid_before"):
        Proposal(dated="2026-11-22", valid_until="2026-11-21").check({"dated"})


def test_the_buckets_begin_where_they_say() -> None:
    found = [bucket(days) for days in (-9, 0, 1, 30, 31, 60, 61, 90, 91, 4_000)]
    assert found == [
        "not_due", "not_due", "to_30", "to_30", "to_60", "to_60", "to_90", "to_90", "over_90",
        "over_90",
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(["CNY", "USD"]), st.integers(0, 10**9), st.integers(-50, 400))
    )
)
def test_ageing_adds_up_by_currency(told: list[tuple[str, int, int]]) -> None:
    today = date(2026, 11, 22)
    debts = [Open("c", cur, amount, today - timedelta(days=late)) for cur, amount, late in told]
    found = ageing(debts, today)
    for currency in ("CNY", "USD"):
        sums = found.get(currency, {})
        assert sum(sums.values()) == sum(amount for cur, amount, _ in told if cur == currency)
        assert set(sums) <= set(BUCKETS)


def test_how_long_money_stays_out() -> None:
    assert days_sales_outstanding(120_000, 360_000, 90) == 30
    assert days_sales_outstanding(1, 0, 90) is None


def test_what_counts_against_a_limit_is_chosen() -> None:
    credit = Credit(limit=1_000, owed=600, overdue=100, orders=200, proposals=400, balance=50)
    assert [credit.used(one) for one in COUNTED] == [550, 750, 1_150]
    assert [credit.free(one) for one in COUNTED] == [450, 250, -150]
    assert [credit.breaks(300, one) for one in COUNTED] == [0, 50, 300]
    assert Credit(limit=None, owed=9, overdue=9).breaks(10**12, "proposals") == 0


def test_the_states_a_proposal_may_come_to() -> None:
    assert set(NEXT) == set(STATES)
    assert follow("draft", "final") == "final"
    with pytest.raises(UserError, match="not_from_here"):
        follow("accepted", "draft")
    sent = Proposal(state="sent", valid_until="2026-11-21")
    assert is_expired(sent, "2026-11-22")
    assert not is_expired(sent, "2026-11-21")
    assert not is_expired(replace(sent, state="accepted"), "2026-11-22")
    assert Proposal(state="final").locked
    assert not Proposal().locked


def _line(key: str, text: str, price: str = "1") -> ProposalLine:
    return ProposalLine(id=key, text=text, price=price)


def test_what_differs_between_versions() -> None:
    old = [_line("a", "甲"), _line("b", "乙"), _line("c", "丙"), _line("d", "丁")]
    new = [_line("4", "丁"), _line("1", "甲"), _line("3", "丙", "2"), _line("9", "新")]
    found = difference(
        Proposal(title="一", terms="老"),
        old,
        Proposal(title="一", terms="新"),
        new,
        {"1": "a", "3": "c", "4": "d"},
    )
    assert [(one.field, one.before, one.after) for one in found.head] == [("terms", "老", "新")]
    assert [(one.kind, one.line.text) for one in found.lines] == [
        ("moved", "丁"),
        ("changed", "丙"),
        ("added", "新"),
        ("removed", "乙"),
    ]
    assert [(one.field, one.after) for one in found.lines[1].changes] == [("price", "2")]
    same = difference(Proposal(), old, Proposal(), old, {one.id: one.id for one in old})
    assert (same.head, same.lines) == ((), ())
