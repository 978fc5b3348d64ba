"""Outlines are told apart without colour, and hatching stays inside."""

from __future__ import annotations

import pytest

from fieldsales.drawing.radar import STYLES, hatching, mark, outline, spoke
from fieldsales.drawing.shapes import Line, Path


def test_no_two_styles_are_alike_in_grey() -> None:
    assert len({(style.mark, style.hollow) for style in STYLES}) == len(STYLES) == 6
    shapes = {
        (type(mark(style, 0, 0, 4)), mark(style, 0, 0, 4).fill == "paper") for style in STYLES
    }
    assert len(shapes) == 6


def test_spokes_go_clockwise_from_above() -> None:
    assert spoke(0, 0, 10, 0) == pytest.approx((0, -10))
    assert spoke(0, 0, 10, 90) == pytest.approx((10, 0))


def test_hatching_fills_the_polygon_and_nothing_else() -> None:
    square = ((10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (10.0, 50.0))
    lines = hatching(square, "ink", 4)
    assert len(lines) == 19
    area = Path(square, closed=True)
    for line in lines:
        assert isinstance(line, Line)
        assert line.x1 + line.y1 == pytest.approx(line.x2 + line.y2)
        assert area.holds((line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2)
        assert min(line.x1, line.y1, line.x2, line.y2) >= 10
        assert max(line.x1, line.y1, line.x2, line.y2) <= 50
    assert hatching(((5, 5), (5, 5), (5, 5)), "ink") == []


def test_an_outline_has_a_mark_on_each_corner_and_its_dash() -> None:
    line, *marks = outline([(0, 0), (10, 0), (10, 10)], STYLES[1], 4, "key")
    assert isinstance(line, Path)
    assert line.closed
    assert line.dash == STYLES[1].dash
    assert [one.key for one in marks] == ["key"] * 3
