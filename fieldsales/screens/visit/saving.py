"""The fields of a form in lines of our own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from fieldsales.widgets.form import FieldCell, FieldGrid, Form
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, row


def laid_out(look: Look, form: Form, *lines: Sequence[tuple[str, int]]) -> QWidget:
    """The cells of a form in lines of our own, each a list of (field, share of the width).

    Forms know one column or two; these stand as a rep fills them in. The form itself stays unseen.
    """
    holder = QWidget()
    layout = column(look, gap=12)
    for line in lines:
        cells = row(look, gap=12)
        for name, share in line:
            cell = form.cells[name]
            place = column(look, cell, gap=0)
            if cell.label is None:  # a box to tick stands level with the field beside it
                above = look.theme.metrics("caption").height() + look.theme.px(4)
                place.setContentsMargins(0, above, 0, 0)
            place.addStretch(1)
            cells.addLayout(place, share)
        layout.addLayout(cells)
    holder.setLayout(layout)
    for grid in form.findChildren(FieldGrid):
        if not grid.findChildren(FieldCell):
            grid.hide()  # it would take its cells back when it is resized
            grid.setParent(None)
            grid.deleteLater()
    form.setParent(holder)
    form.hide()
    return holder
