"""Which product fits which industry: the grid, and the cell that is rated below it (M14)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import values_of
from fieldsales.domain.product import FITS
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.screens.pitch.products.grid import MatrixGrid
from fieldsales.services.operations.products import RateSolution
from fieldsales.store.queries.products import matrix
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.menus import Entry, chosen, passing_menu
from fieldsales.widgets.pieces import ElidedLabel, column, label, row
from fieldsales.widgets.segmented import Option, Segmented


class MatrixPage(QWidget):
    """The matrix as it is kept; what is rated is what the customers' cards suggest."""

    product_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self.grid = MatrixGrid(look)
        self.grid.setAccessibleName(words("products.matrix"))
        self.grid.rated.connect(self.rate)
        self.grid.moved.connect(self._show_cell)
        self.grid.note_wanted.connect(self._to_note)
        self.grid.product_wanted.connect(self.product_wanted)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        hint = label(look, words("products.matrix_hint"), size="caption", tone="faint", wrap=True)
        self.place = ElidedLabel(look, bold=True)
        self.fit = Segmented(
            look,
            [Option(code, words.choice("fit", code)) for code in FITS],
            name=words("field.solution.fit"),
            clearable=True,
        )
        self.fit.chosen.connect(self.rate)
        self._cell_id = ""  # whose note stands in the form
        self.note = Form(
            look,
            "solution",
            (Group("", ("note",), ("note",)),),
            saver(context, "solution", self._id),
            drafter(context, "solution", self._id),
            calm=False,
        )
        rating = column(look, self.place, self.fit, gap=6)
        rating.setAlignment(self.fit, Qt.AlignmentFlag.AlignLeft)
        below = row(look, rating, self.note, gap=24)
        below.setStretch(0, 2)
        below.setStretch(1, 3)
        side = look.theme.px(24)
        below.setContentsMargins(side, look.theme.px(8), side, look.theme.px(12))
        hint.setContentsMargins(side, 0, side, look.theme.px(8))
        layout = column(look, hint, self.grid, below, gap=0)
        layout.setStretchFactor(self.grid, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.grid)

    def refresh(self) -> None:
        """Reads the cells anew; the current one stays."""
        self.grid.show_matrix(matrix(self._context.store))

    def flush(self) -> None:
        """Saves the note that is being typed."""
        if self._cell_id:
            self.note.flush()

    def rate(self, fit: str) -> None:
        """The current cell; what was noted of it stays."""
        index = self.grid.currentIndex()
        if not index.isValid():
            return
        self.flush()
        industry, product = self.grid.cells.place(index)
        cell = self.grid.cells.cell(index)
        if fit != (cell.fit if cell is not None else ""):
            note = cell.note if cell is not None else ""
            self._context.run(RateSolution(industry, product.id, fit, note))

    def _id(self) -> str:
        return self._cell_id

    def _show_cell(self) -> None:
        """The current cell below the grid."""
        index = self.grid.currentIndex()
        cell = self.grid.cells.cell(index) if index.isValid() else None
        self.place.set_text(self.grid.cells.named(index) if index.isValid() else "")
        self.fit.setVisible(index.isValid())
        self.fit.set_key(cell.fit if cell is not None else "")
        row_id = cell.id if cell is not None else ""
        if row_id != self._cell_id:
            self.flush()
            self._cell_id = row_id
            if cell is not None:
                kept = self._context.drafts("solution", row_id)
                self.note.load(values_of(cell), kept)
        elif cell is not None:
            self.note.refresh(values_of(cell))
        self.note.setVisible(cell is not None)

    def _to_note(self) -> None:
        if self._cell_id:
            self.note.focus()

    def _show_menu(self, spot: QPoint) -> None:
        index = self.grid.indexAt(spot)
        if not index.isValid():
            return
        self.grid.setCurrentIndex(index)
        words = self._context.words
        entries: list[Entry | None] = [
            (words.choice("fit", fit), self._rate_chosen, fit) for fit in FITS
        ]
        entries += [
            None,
            (words("products.matrix_clear"), self._rate_chosen, ""),
            (words("products.matrix_to_note"), self._to_note),
            (words("products.matrix_open"), self._open),
        ]
        passing_menu(self, entries).popup(self.grid.viewport().mapToGlobal(spot))

    def _rate_chosen(self) -> None:
        self.rate(chosen(self.sender()))

    def _open(self) -> None:
        _industry, product = self.grid.cells.place(self.grid.currentIndex())
        self.product_wanted.emit(product.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        inside = self.note.isAncestorOf(self.window().focusWidget() or self)
        if event.key() == Qt.Key.Key_Escape and inside:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
