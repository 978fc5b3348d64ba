"""Shapes know where they are: what a click meets, and how they move."""

from __future__ import annotations

import pytest

from fieldsales.drawing.shapes import Arc, Box, Image, Line, Path, Picture, Text, key_at

TRIANGLE = Path(((0, 0), (40, 0), (0, 40)), closed=True, key="shape")


@pytest.mark.parametrize(
    ("shape", "inside", "outside"),
    [
        (Box(10, 10, 20, 20, key="shape"), (15, 29), (31, 15)),
        (Line(0, 0, 40, 40, key="shape"), (20, 22), (20, 30)),
        (Path(((0, 0), (40, 0), (40, 40)), key="shape"), (38, 20), (20, 20)),
        (TRIANGLE, (10, 10), (30, 30)),
        (Arc(20, 20, 10, 0, 90, fill="accent", key="shape"), (24, 16), (16, 24)),
        (Arc(20, 20, 10, key="shape"), (16, 24), (31, 20)),
        (Text(10, 20, "客户", 10, key="shape"), (28, 15), (32, 15)),
        (Text(30, 20, "客户", 10, anchor="end", key="shape"), (12, 15), (8, 15)),
        (Text(20, 20, "客户", 10, anchor="middle", key="shape"), (29, 15), (31, 15)),
        (Image(10, 10, 20, 20, b"", key="shape"), (11, 11), (9, 11)),
    ],
)
def test_a_click_meets_a_shape_where_it_is_drawn(shape, inside, outside):
    picture = Picture(100, 100, (Box(0, 0, 100, 100), shape))
    assert key_at(picture, *inside) == "shape"
    assert key_at(picture, *outside) is None
    moved = Picture(100, 100, (shape.moved(30, 20),))
    assert key_at(moved, inside[0] + 30, inside[1] + 20) == "shape"
    assert key_at(moved, outside[0] + 30, outside[1] + 20) is None


def test_the_topmost_shape_is_met_first():
    below, above = Box(0, 0, 20, 20, key="below"), Box(10, 10, 20, 20, key="above")
    picture = Picture(50, 50, (below, above))
    assert key_at(picture, 15, 15) == "above"
    assert key_at(picture, 5, 5) == "below"
