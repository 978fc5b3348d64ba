"""Looks for rubbish on the main thread alone: a widget that ends on another takes Qt with it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_PAUSE = 1_000  # milliseconds between two looks


class RubbishCollector(QObject):
    """Does what Python's own collector would do, between two events of the window.

    Python starts its collector on whichever thread happens to make an object; from here on this
    one stands in for it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=_PAUSE)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in reversed(range(len(counts))):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return
