"""Guards against a PySide6 that loses references to None, which aborts a painting delegate."""

from __future__ import annotations

import sys

from PySide6.QtGui import QBrush, QColor, QImage, QPainter


def test_calls_that_return_nothing_keep_the_reference_count_of_none() -> None:
    """6.12.0 on Python 3.11 drops one with each call; from 3.12 on None is immortal."""
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    brush = QBrush(QColor("teal"))
    before = sys.getrefcount(None)
    for _ in range(500):
        painter.setBrush(brush)
    after = sys.getrefcount(None)
    painter.end()
    assert after > before - 100
