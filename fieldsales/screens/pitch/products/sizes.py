"""Which sizes of customers a product is made for, ticked one by one (M02)."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from fieldsales.domain.fields import Field
from fieldsales.widgets.look import Look
from fieldsales.widgets.pick_editors import BoxesEditor

SIZES = ("a", "b", "c", "d", "e")


class SizesEditor(BoxesEditor):
    """None ticked is for all."""

    def __init__(self, look: Look, field: Field) -> None:
        super().__init__(look, field, {one: look.words(f"products.size_{one}") for one in SIZES})
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.px(16))
        for at, (code, box) in enumerate(self.boxes.items()):
            box.setToolTip(look.words.choice("size_class", code))
            grid.addWidget(box, at // 3, at % 3)
        grid.setColumnStretch(3, 1)
        self.setLayout(grid)

    def set_name(self, name: str) -> None:
        for code, box in self.boxes.items():
            size = self.look.words.choice("size_class", code)
            box.setAccessibleName(f"{name} {size}")
