"""The calculators' curves go through their points, and pictures of them show both numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fieldsales.drawing.curve import curve as drawn
from fieldsales.drawing.shapes import Arc, Path, Text
from fieldsales.errors import FieldError
from fieldsales.methods.calculators.rules import CALCULATIONS, curve, losing, lost


@pytest.mark.parametrize("name", CALCULATIONS)
def test_a_curve_is_near_its_point_and_stays_in_sight(name: str) -> None:
    asked = CALCULATIONS[name]
    for numbers in asked.examples:
        result = asked.result(*numbers)
        here = numbers[asked.parts.index(asked.moved)]
        points = curve(asked, numbers)
        assert len(points) > 20
        assert points[0][0] <= here <= points[-1][0]
        assert max(abs(y) for _, y in points) <= 4 * abs(result)


def test_a_loss_is_earned_again_as_exactly_as_it_was_told() -> None:
    assert lost(Decimal(2_500), Decimal(6)) == 41_667
    assert lost(Decimal("2500.00"), Decimal(6)) == 41_667
    assert lost(Decimal("12.5"), Decimal(6)) == Decimal("208.3")


def test_losing_a_customer_costs_the_years_expected_and_another_one() -> None:
    told = (Decimal(100_000), Decimal(50), Decimal(2), Decimal(10_000))
    assert losing(*told) == 85_000
    assert losing(Decimal("0.99"), Decimal(100), Decimal(3), Decimal("0.05")) == 3
    for wrong, part in (
        ((told[0], Decimal(101), *told[2:]), "retention"),
        ((*told[:2], Decimal(0), told[3]), "years"),
        ((*told[:2], Decimal("2.5"), told[3]), "years"),
    ):
        with pytest.raises(FieldError) as refused:
            losing(*wrong)
        assert refused.value.field == part


def test_the_point_stands_on_its_picture_with_both_numbers() -> None:
    asked = CALCULATIONS["late_payment"]
    points = [(float(x), float(y)) for x, y in curve(asked, (Decimal(8), Decimal(12)))]
    ends, axes, told = ("1%", "24%"), ("成本", "月"), ("12%", "8.0")
    picture = drawn(points, (12.0, 8.0), ends, axes, told, 600, 240, size=12, alt="八个月")
    assert picture.alt == "八个月"
    texts = {shape.text for shape in picture.shapes if isinstance(shape, Text)}
    assert texts == {*ends, *axes, *told}
    [spot] = [shape for shape in picture.shapes if isinstance(shape, Arc)]
    [line] = [shape for shape in picture.shapes if isinstance(shape, Path)]
    near = min(abs(spot.x - x) + abs(spot.y - y) for x, y in line.points)
    assert near < 6
