"""A large picture is zoomed, panned and rearranged by hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.drawing.shapes import Box, Picture
from fieldsales.widgets.look import Look
from fieldsales.widgets.zoom_view import ZoomView

_TIPS = {"a": "甲", "b": "乙", "c": "丙"}


@pytest.fixture
def zoom(qtbot: QtBot, look: Look) -> ZoomView:
    """Three boxes on a ground of 2000 × 1000, seen through 400 × 300."""
    made = ZoomView(look)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    boxes = (
        Box(900, 40, 100, 40, key="a"),
        Box(800, 200, 100, 40, key="b"),
        Box(1000, 200, 100, 40, key="c"),
    )
    made.show_picture(Picture(2000, 1000, boxes, "三个人"), _TIPS)
    return made


def test_the_first_look_is_readable_and_begins_with_the_first_part(zoom: ZoomView) -> None:
    assert zoom.canvas.zoom == pytest.approx(0.7)
    spot = zoom.canvas.mapTo(zoom.viewport(), zoom.canvas.spot("a").center().toPoint())
    assert zoom.viewport().rect().contains(spot)


def test_the_first_look_follows_the_room_until_the_user_goes_somewhere(zoom: ZoomView) -> None:
    zoom.resize(2020, 1020)  # as a page does that makes room once it knows what it shows
    assert zoom.canvas.zoom == 1
    zoom.resize(1820, 1020)
    assert zoom.canvas.zoom == pytest.approx(zoom.viewport().width() / 2000)
    zoom.go("a")
    before = zoom.canvas.zoom
    zoom.resize(1000, 600)
    assert zoom.canvas.zoom == before


def test_another_state_of_the_picture_stays_where_the_user_is(zoom: ZoomView) -> None:
    zoom.zoom_in()
    across = zoom.horizontalScrollBar().value()
    zoom.show_picture(Picture(2000, 1000, (Box(0, 0, 10, 10, key="a"),)), _TIPS)
    assert zoom.horizontalScrollBar().value() == across
    assert zoom.canvas.zoom == pytest.approx(0.875)


def test_the_point_under_the_mouse_stays_when_the_wheel_zooms(zoom: ZoomView) -> None:
    spot = QPoint(200, 60)
    before = zoom.canvas.mapFrom(zoom.viewport(), spot) / zoom.canvas.zoom
    event = QWheelEvent(
        QPointF(spot), QPointF(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(zoom.viewport(), event)
    after = zoom.canvas.mapFrom(zoom.viewport(), spot) / zoom.canvas.zoom
    assert zoom.canvas.zoom == pytest.approx(0.875)
    assert (after - before).manhattanLength() <= 3


def test_the_ground_pans(zoom: ZoomView) -> None:
    across = zoom.horizontalScrollBar().value()
    spot = zoom.canvas.mapFrom(zoom.viewport(), QPoint(20, 280))
    QTest.mousePress(zoom.canvas, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseMove(zoom.canvas, spot - QPoint(50, 0))
    QTest.mouseRelease(zoom.canvas, Qt.MouseButton.LeftButton, pos=spot)
    assert zoom.horizontalScrollBar().value() == across + 50


def test_arrows_go_to_the_nearest_on_that_side(zoom: ZoomView) -> None:
    canvas = zoom.canvas
    canvas.go("a")
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.current == "b"
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.current == "c"
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.current == "a"
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.current == "a"
    assert "甲" in canvas.accessibleName()


def test_escape_lets_go_without_a_drop(zoom: ZoomView, qtbot: QtBot) -> None:
    dropped: list[tuple[str, str]] = []
    zoom.dropped.connect(lambda held, target: dropped.append((held, target)))
    canvas = zoom.canvas
    begin, end = canvas.spot("b").center().toPoint(), canvas.spot("c").center().toPoint()
    for escape in (True, False):
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(canvas, end)
        assert canvas.target == "c"
        assert not zoom.grab().isNull()
        if escape:
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    assert dropped == [("b", "c")]
