"""The textbook's figures of lost and late money, and what a discount costs (M30, M40, M41)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.money import bad_debt, late_payment
from fieldsales.domain.money.bad_debt import curve, extra_sales
from fieldsales.domain.money.discount import Volume, volume
from fieldsales.domain.money.late_payment import Eaten, eaten, interest, months_until_eaten
from fieldsales.errors import FieldError

MARGINS = st.decimals(Decimal("0.1"), Decimal(100), places=2)


def test_the_textbook_of_bad_debts() -> None:
    found = [extra_sales(loss, margin) for loss, margin in bad_debt.TEXTBOOK]
    assert found == [25_000, 12_000, 25_000, 41_667]
    assert curve(100, [Decimal(1), Decimal(2)]) == [(Decimal(1), 10_000), (Decimal(2), 5_000)]


def test_the_textbook_of_late_payment() -> None:
    found = [str(months_until_eaten(margin, rate)) for margin, rate in late_payment.TEXTBOOK]
    assert found == ["24.0", "8.0", "4.8", "2.4"]


def test_a_debt_that_eats_its_margin() -> None:
    due = date(2026, 1, 1)
    found = eaten(100_000, due, due + timedelta(days=60), Decimal(8), Decimal(12))
    assert found == Eaten(8_000, 1_973, 6_027, date(2026, 9, 2))
    gone = eaten(100_000, due, found.gone_on, Decimal(8), Decimal(12))
    assert gone.left <= 0
    before = eaten(100_000, due, found.gone_on - timedelta(days=1), Decimal(8), Decimal(12))
    assert before.left > 0
    assert interest(100_000, Decimal(12), -3) == 0
    assert eaten(100_000, due, date(2025, 12, 1), Decimal(8), Decimal(12)).cost == 0


def test_what_a_discount_has_to_sell() -> None:
    assert volume(Decimal(25), Decimal(5)) == Volume(Decimal("25.0"), Decimal("21.1"))
    assert volume(Decimal(10), Decimal(2)).more == 25
    assert volume(Decimal(30), Decimal(-10)).more == -25
    assert volume(Decimal(30), Decimal(0)).more == 0


@pytest.mark.parametrize(
    ("calculate", "code"),
    [
        (lambda: extra_sales(-1, Decimal(5)), "field.too_small"),
        (lambda: extra_sales(1, Decimal(0)), "money.margin"),
        (lambda: extra_sales(1, Decimal("100.1")), "money.margin"),
        (lambda: months_until_eaten(Decimal(5), Decimal(0)), "money.rate"),
        (lambda: volume(Decimal(5), Decimal(5)), "money.discount_eats"),
        (lambda: volume(Decimal(5), Decimal(-100)), "money.discount"),
    ],
)
def test_what_cannot_be_calculated_is_refused(calculate: object, code: str) -> None:
    with pytest.raises(FieldError) as refused:
        calculate()  # type: ignore[operator]
    assert refused.value.code == code


@given(st.integers(0, 10**12), MARGINS)
def test_the_extra_sales_earn_the_loss_again(loss: int, margin: Decimal) -> None:
    assert abs(extra_sales(loss, margin) * margin / 100 - loss) <= Decimal("0.5")


@given(MARGINS, st.decimals(Decimal("0.1"), Decimal(100), places=2), st.integers(0, 4_000))
def test_lateness_only_ever_costs_more(margin: Decimal, rate: Decimal, days: int) -> None:
    due = date(2026, 1, 1)
    now, later = (
        eaten(10**8, due, due + timedelta(days=one), margin, rate) for one in (days, days + 1)
    )
    assert later.cost >= now.cost
    assert now.margin == now.cost + now.left


@given(MARGINS.filter(lambda margin: margin > 1), st.decimals(Decimal(-50), Decimal(1), places=2))
def test_the_new_quantity_earns_the_same(margin: Decimal, discount: Decimal) -> None:
    if discount >= margin - Decimal("0.5"):
        return
    more = volume(margin, discount).more
    earned = (100 + more) / 100 * (margin - discount)
    assert abs(earned - margin) <= Decimal("0.0005") * (margin - discount)  # its decimal
