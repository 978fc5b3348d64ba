"""Whole numbers that are moved, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from fieldsales.widgets.card import empty
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, label, row

Range = tuple[int, int, int]  # least, most, usual


class Sliders(QWidget):
    """Beside each other, each below what it says: `told` gives that for a name and a value."""

    moved = Signal(str, int)

    def __init__(self, look: Look, told: Callable[[str, int], str]) -> None:
        super().__init__()
        self._look = look
        self._tell = told
        self._shown: Mapping[str, Range] = {}
        self.parts: dict[str, QSlider] = {}
        self._told: dict[str, QLabel] = {}
        self._row: QHBoxLayout = row(look, gap=24)
        self.setLayout(self._row)
        self.hide()

    def show_sliders(self, sliders: Mapping[str, Range], values: Mapping[str, str]) -> None:
        if sliders is not self._shown:
            empty(self._row)
            self._shown, self.parts, self._told = sliders, {}, {}
            for name, (low, high, usual) in sliders.items():
                self._add(name, low, high, int(values.get(name, usual)))
            self.setVisible(bool(sliders))

    def _add(self, name: str, low: int, high: int, value: int) -> None:
        look = self._look
        part = QSlider(Qt.Orientation.Horizontal)
        part.setObjectName(name)
        part.setRange(low, high)
        part.setPageStep(max(1, (high - low) // 4))
        part.setValue(value)
        part.setMinimumHeight(look.theme.px(24))
        self.parts[name], self._told[name] = part, label(look, tone="muted")
        self._row.addLayout(column(look, self._told[name], part, gap=2))
        self._say(name, value)
        part.valueChanged.connect(self._changed)

    def _changed(self, value: int) -> None:
        name = self.sender().objectName()
        self._say(name, value)
        self.moved.emit(name, value)

    def _say(self, name: str, value: int) -> None:
        said = self._tell(name, value)
        self._told[name].setText(said)
        self.parts[name].setAccessibleName(said)
