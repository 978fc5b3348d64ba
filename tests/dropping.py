"""Drops something on a widget, as the system does."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop_on(target: QWidget, data: QMimeData) -> bool:
    """Drags it in and lets go; whether it was taken."""
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, _LEFT, _NO_KEY)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(5, 5), copy, data, _LEFT, _NO_KEY)
    QApplication.sendEvent(target, drop)
    return drop.isAccepted()
