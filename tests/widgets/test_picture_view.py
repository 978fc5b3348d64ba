"""A picture on the screen: a part of it is painted as it stands in the whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from fieldsales.drawing.shapes import Arc, Box, Line, Path, Picture, Text
from fieldsales.widgets.picture_view import PictureView


@pytest.mark.parametrize(
    "rect",
    [QRect(0, 0, 60, 60), QRect(95, 35, 40, 30), QRect(150, 80, 50, 40), QRect(0, 0, 200, 120)],
)
def test_a_part_looks_as_in_the_whole(qtbot, look, rect) -> None:
    picture = Picture(
        200,
        120,
        (
            Box(10, 10, 80, 40, fill="accent-soft", stroke="ink", thickness=4),
            Line(0, 0, 200, 120, "bad", 3),
            Path(((100, 20), (180, 40), (120, 110)), stroke="ink", thickness=5, closed=True),
            Arc(150, 90, 25, fill="good"),
            Text(100, 60, "客户 jpg", 18, anchor="middle"),
        ),
    )
    view = PictureView(look, picture)
    qtbot.addWidget(view)
    view.resize(200, 120)
    whole = view.grab().toImage()
    part = view.grab(rect).toImage()
    differences = [
        abs(one - other)
        for x in range(rect.width())
        for y in range(rect.height())
        for one, other in zip(
            part.pixelColor(x, y).getRgb(),
            whole.pixelColor(rect.x() + x, rect.y() + y).getRgb(),
            strict=True,
        )
    ]
    assert max(differences) <= 8  # smoothing rounds otherwise in another frame
