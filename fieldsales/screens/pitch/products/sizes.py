"""Which sizes of customers a product is made for, ticked one by one (M02)."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from fieldsales.domain.fields import Field
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.look import Look

SIZES = ("a", "b", "c", "d", "e")


class SizesEditor(Editor):
    """Codes parted by blanks; none ticked is for all."""

    def __init__(self, look: Look, field: Field) -> None:
        super().__init__(look, field)
        self.boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.px(16))
        for at, code in enumerate(SIZES):
            box = QCheckBox(look.words(f"products.size_{code}"))
            box.setToolTip(look.words.choice("size_class", code))
            box.clicked.connect(self._ticked)
            self.boxes[code] = box
            grid.addWidget(box, at // 3, at % 3)
        grid.setColumnStretch(3, 1)
        self.setLayout(grid)
        self.setFocusProxy(self.boxes["a"])

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
        return self.boxes["a"]

    def set_name(self, name: str) -> None:
        for code, box in self.boxes.items():
            size = self.look.words.choice("size_class", code)
            box.setAccessibleName(f"{name} {size}")

    def _ticked(self) -> None:
        self.edited.emit()
        self.finished.emit()
