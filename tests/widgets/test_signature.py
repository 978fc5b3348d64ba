"""Signing: by mouse, pen and finger, and taking strokes back."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.widgets.look import Look
from fieldsales.widgets.signature import SignatureField

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def field(look: Look, qtbot: QtBot) -> SignatureField:
    made = SignatureField(look, name="签字处", hint="请签字")
    qtbot.addWidget(made)
    made.resize(500, 160)
    with qtbot.waitExposed(made):
        made.show()
    return made


def draw(field: SignatureField, qtbot: QtBot, *points: tuple[int, int]) -> None:
    qtbot.mousePress(field, LEFT, pos=QPoint(*points[0]))
    for point in points[1:]:
        qtbot.mouseMove(field, QPoint(*point))
    qtbot.mouseRelease(field, LEFT, pos=QPoint(*points[-1]))


def test_a_stroke_is_in_thousandths_of_the_width(field: SignatureField, qtbot: QtBot) -> None:
    assert field.text() == ""
    draw(field, qtbot, (50, 20), (100, 40))
    ((first, *_, last),) = json.loads(field.text())
    assert (first, last) == ([100, 40], [200, 80])


def test_a_dot_is_a_stroke_and_nothing_is_drawn_outside(
    field: SignatureField, qtbot: QtBot
) -> None:
    draw(field, qtbot, (50, 20))
    draw(field, qtbot, (490, 150), (900, 900))
    dot, line = json.loads(field.text())
    assert len(dot) == 2
    assert line[-1] == [1000, 320]


def test_the_last_stroke_is_taken_back_and_all_are_cleared(
    field: SignatureField, qtbot: QtBot
) -> None:
    for at in (20, 60, 100):
        draw(field, qtbot, (at, 20), (at + 20, 40))
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(field.strokes) == 2
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert field.strokes == []


def test_a_finger_signs(field: SignatureField, qtbot: QtBot) -> None:
    screen = QTest.createTouchDevice()
    QTest.touchEvent(field, screen).press(0, QPoint(50, 20), field).commit()
    QTest.touchEvent(field, screen).move(0, QPoint(100, 40), field).commit()
    QTest.touchEvent(field, screen).release(0, QPoint(100, 40), field).commit()
    (stroke,) = json.loads(field.text())
    assert (stroke[0], stroke[-1]) == ([100, 40], [200, 80])


def test_a_pen_signs(field: SignatureField) -> None:
    def send(kind: QEvent.Type, x: float, y: float) -> None:
        spot, none = QPointF(x, y), Qt.KeyboardModifier.NoModifier
        pen = QPointingDevice.primaryPointingDevice()
        event = QTabletEvent(
            kind, pen, spot, field.mapToGlobal(spot), 0.5, 0, 0, 0, 0, 0, none, LEFT, LEFT
        )
        QApplication.sendEvent(field, event)
        assert event.isAccepted()

    send(QEvent.Type.TabletPress, 50, 20)
    send(QEvent.Type.TabletMove, 100, 40)
    send(QEvent.Type.TabletRelease, 100, 40)
    (stroke,) = json.loads(field.text())
    assert (stroke[0], stroke[-1]) == ([100, 40], [200, 80])


def test_a_scribble_without_end_is_still_a_record(field: SignatureField) -> None:
    field._begin(QPointF(0, 0))
    for at in range(20_000):
        field._go_on(QPointF(at * 5 % 500, at * 7 % 160))
    assert len(field.text()) < 200_000
