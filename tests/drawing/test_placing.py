"""Room is taken once, and a part of a picture holds what lies in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldsales.drawing.placing import Rect, Room, around, bounds, part, text_rect
from fieldsales.drawing.shapes import Arc, Box, Image, Line, Path, Picture, Text

EDGES = st.tuples(st.floats(0, 90), st.floats(0, 90), st.floats(1, 10), st.floats(1, 10))


@settings(deadline=None)
@given(st.lists(EDGES, max_size=40))
def test_what_is_taken_is_not_free(edges: list[tuple[float, float, float, float]]) -> None:
    room = Room(Rect(0, 0, 100, 100))
    taken: list[Rect] = []
    for x, y, wide, high in edges:
        rect = Rect(x, y, x + wide, y + high)
        assert room.free(rect) == (not any(rect.meets(other) for other in taken))
        if room.free(rect):
            room.take(rect)
            taken.append(rect)


def test_nothing_is_free_beyond_the_frame() -> None:
    room = Room(Rect(0, 0, 100, 100))
    assert room.free(Rect(0, 0, 100, 100))
    assert not room.free(Rect(95, 0, 101, 5))
    assert not room.free(Rect(40, 40, 60, 60), frame=Rect(0, 0, 50, 100))


def test_places_are_tried_from_the_nearest_on() -> None:
    distances = [(x * x + y * y) ** 0.5 for x, y in around(0, 0, 5, 20)]
    assert distances[0] == 0
    assert [round(one) for one in distances] == sorted(round(one) for one in distances)
    assert max(distances) == pytest.approx(20)


@pytest.mark.parametrize(
    ("shape", "rect"),
    [
        (Box(1, 2, 3, 4), Rect(1, 2, 4, 6)),
        (Image(1, 2, 3, 4, b""), Rect(1, 2, 4, 6)),
        (Line(9, 2, 1, 4), Rect(1, 2, 9, 4)),
        (Path(((5, 5), (1, 9), (7, 2))), Rect(1, 2, 7, 9)),
        (Arc(5, 5, 2), Rect(3, 3, 7, 7)),
        (Text(5, 10, "客户", 10, anchor="middle"), Rect(-5, 1, 15, 12.2)),
    ],
)
def test_the_bounds_of_a_shape(shape, rect) -> None:
    assert bounds(shape) == rect


def test_a_text_is_as_wide_as_it_is_drawn() -> None:
    right = text_rect(100, 10, "拜访", 10, "end")
    assert (right.left, right.right) == (80, 100)


def test_a_part_holds_each_shape_once_and_cuts_lines() -> None:
    whole = Picture(
        100,
        20,
        (
            Line(0, 10, 100, 10, "ink"),
            Box(10, 5, 20, 10, key="left"),
            Box(45, 5, 20, 10, key="right"),
        ),
        "x",
    )
    left, right = part(whole, Rect(0, 0, 50, 20)), part(whole, Rect(50, 0, 100, 20))
    assert [shape.key for shape in left.shapes] == [None, "left"]
    assert [shape.key for shape in right.shapes] == [None, "right"]
    assert bounds(right.shapes[0]) == Rect(0, 10, 50, 10)
    assert bounds(right.shapes[1]).left == -5
    assert (left.width, left.alt) == (50, "x")
