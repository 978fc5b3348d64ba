"""Editors that are picked in, not typed in: a list of codes, a flag, boxes, a short scale."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from fieldsales.domain.fields import Field
from fieldsales.widgets.choices import Choices
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import set_style
from fieldsales.widgets.segmented import Option, Segmented


class ChoiceEditor(Editor):
    """A closed list of codes, shown by their names."""

    def __init__(self, look: Look, field: Field, hint: str = "", *, calm: bool = True) -> None:
        super().__init__(look, field)
        self.combo = Combo(look)
        self.combo.setProperty("calm", calm)
        self.combo.setPlaceholderText(hint or look.words("widgets.choose"))
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(4)
        for code in field.choices:
            self.combo.addItem(look.words.choice(field.list, code), code)
        if not field.required:  # last, or the arrow keys would never get past it
            self.combo.addItem(look.words("widgets.leave_empty"), "")
        self.combo.activated.connect(self._picked)
        self.fill(self.combo)
        self._set_position(-1)

    def value(self) -> object:
        data = self.combo.currentData()
        return data if data is not None else ""

    def set_value(self, value: object) -> None:
        code = "" if value is None else str(value)
        position = self.combo.findData(code) if code else -1
        if code and position < 0:  # an entry of an older list stays readable
            self.combo.insertItem(0, self.look.words.choice(self.field.list, code), code)
            position = 0
        self._set_position(position)

    def typed(self) -> str:
        return str(self.value())

    def set_typed(self, text: str) -> None:
        self.set_value(text)

    def target(self) -> QWidget:
        return self.combo

    def _set_position(self, position: int) -> None:
        self.combo.setCurrentIndex(position)
        set_style(self.combo, "empty", position < 0)

    def _picked(self) -> None:
        self._set_position(self.combo.currentIndex() if self.combo.currentData() else -1)
        self.edited.emit()
        self.finished.emit()


class FlagEditor(Editor):
    """Yes or no; carries its label itself."""

    own_label = True

    def __init__(self, look: Look, field: Field, text: str) -> None:
        super().__init__(look, field)
        self.box = QCheckBox(text)
        self.box.setFont(look.theme.font())
        self.box.clicked.connect(self._picked)
        self.fill(self.box)

    def value(self) -> object:
        return int(self.box.isChecked())

    def set_value(self, value: object) -> None:
        self.box.setChecked(bool(value))

    def typed(self) -> str:
        return str(self.value())

    def set_typed(self, text: str) -> None:
        self.box.setChecked(text == "1")

    def target(self) -> QWidget:
        return self.box

    def _picked(self) -> None:
        self.edited.emit()
        self.finished.emit()


class BoxesEditor(Editor):
    """Any of some codes, stored parted by blanks: a box to tick each, which a subclass lays out."""

    def __init__(self, look: Look, field: Field, named: Mapping[str, str]) -> None:
        super().__init__(look, field)
        self.boxes = {code: QCheckBox(text) for code, text in named.items()}
        for box in self.boxes.values():
            box.clicked.connect(self._picked)
        self.setFocusProxy(self.target())

    def value(self) -> object:
        return " ".join(code for code, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: object) -> None:
        wanted = str(value or "").split()
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)

    def typed(self) -> str:
        return str(self.value())

    def set_typed(self, text: str) -> None:
        self.set_value(text)

    def target(self) -> QWidget:
        return next(iter(self.boxes.values()))

    def set_name(self, name: str) -> None:
        """Each box says itself what it stands for."""
        self.setAccessibleName(name)

    def set_wrong(self, wrong: bool) -> None:
        """Nothing that is ticked can be wrong."""

    def _picked(self) -> None:
        self.edited.emit()
        self.finished.emit()


class ScaleEditor(Editor):
    """A short scale as buttons: 1 to 5, or `反对` to `力挺`; pressing the chosen one clears it."""

    def __init__(self, look: Look, field: Field) -> None:
        super().__init__(look, field)
        low, high = field.low or 0, field.high or 0
        words, steps = look.words, range(low, high + 1)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        self.buttons: Choices
        if words.has(f"scale.{field.name}.0"):
            picks = Picks(look, clearable=not field.required)
            picks.set_picks([Pick(str(n), words(f"scale.{field.name}.{n - low}")) for n in steps])
            self.buttons = picks
            layout.addWidget(self.buttons)
        else:
            options = [Option(str(n), str(n)) for n in steps]
            self.buttons = Segmented(look, options, clearable=not field.required)
            layout.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons.chosen.connect(self._picked)
        self.setLayout(layout)
        self.setFocusProxy(self.buttons)

    def value(self) -> object:
        return int(self.buttons.key) if self.buttons.key else None

    def set_value(self, value: object) -> None:
        self.buttons.set_key("" if value in (None, "") else str(value))

    def typed(self) -> str:
        return self.buttons.key

    def set_typed(self, text: str) -> None:
        self.buttons.set_key(text)

    def target(self) -> QWidget:
        return self.buttons

    def set_name(self, name: str) -> None:
        self.buttons.set_name(name)

    def set_wrong(self, wrong: bool) -> None:
        """Nothing on a scale can be wrong."""

    def sizeHint(self) -> QSize:
        return self.buttons.sizeHint()

    def _picked(self) -> None:
        self.edited.emit()
        self.finished.emit()
