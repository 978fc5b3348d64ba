"""Finds texts that do not fit the widget they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.widgets.chips import Chip
from fieldsales.widgets.pieces import ElidedLabel
from fieldsales.widgets.segmented import Segmented


def clipped(root: QWidget) -> list[str]:
    """Every label, button, chip or switch below `root` that shows less than its whole text.

    Labels that shorten their text on purpose and say the rest in a tooltip are passed over.
    """
    return list(_clipped(root))


def wait_until_all_fits(qtbot: QtBot, root: QWidget) -> None:
    """Waits until every text below `root` is shown whole; fails with those that stay clipped."""
    qtbot.wait(50)  # heights that follow widths, a turn for each level

    def fits() -> None:
        assert clipped(root) == []

    qtbot.waitUntil(fits)


def _clipped(root: QWidget) -> Iterator[str]:
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel):
            fits = _label_fits(widget)
            text = widget.text()
        elif isinstance(widget, QAbstractButton):
            text = widget.text()
            fits = not text or widget.sizeHint().width() <= widget.width() + 1
            if isinstance(widget, QCheckBox):
                fits = widget.minimumSizeHint().width() <= widget.width() + 1
        elif isinstance(widget, Segmented) and widget.slides:
            text = widget.accessibleName()
            at = list(widget.texts()).index(widget.key)
            fits = widget.rect().contains(widget.rects()[at])  # the others come as they are chosen
        elif isinstance(widget, Chip | Segmented):
            text = widget.accessibleName()
            fits = widget.sizeHint().width() <= widget.width()
        else:
            continue
        if not fits or _cut_off(widget):
            yield f"{type(widget).__name__} {text!r} in {widget.width()} × {widget.height()}"


def _label_fits(label: QLabel) -> bool:
    if not label.text() or not label.pixmap().isNull():
        return True
    room = label.contentsRect()
    if label.wordWrap():
        return (
            label.heightForWidth(label.width()) <= label.height() + 1
            and _widest_piece(label) <= room.width() + 1
        )
    widest = max(label.fontMetrics().horizontalAdvance(line) for line in label.text().split("\n"))
    return widest <= room.width() + 1 and label.fontMetrics().height() <= room.height() + 2


def _widest_piece(label: QLabel) -> float:
    """Width of what cannot be broken: an English word, a Chinese character with its stop."""
    layout = QTextLayout(label.text().replace("\n", "\u2028"), label.font())
    layout.setTextOption(QTextOption(label.alignment()))  # which breaks as the label does
    layout.beginLayout()
    widest = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(1)
        widest = max(widest, line.naturalTextWidth())
    layout.endLayout()
    return widest


def _cut_off(widget: QWidget) -> bool:
    """Whether a part sticks out of its parent at the right."""
    parent = widget.parentWidget()
    return parent is not None and widget.geometry().right() > parent.rect().right() + 1
