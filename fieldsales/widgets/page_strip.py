"""The top of a page: its title, a quiet word beside it, and what is done there at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import label, row
from fieldsales.widgets.search_line import SearchLine

_SEARCH = (140, 320)  # px at 100 % of a search line: the least, and the most


class PageStrip(QWidget):
    """`aside` is a count or a date; a `SearchLine` among the parts takes what room there is."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self.title = label(look, title, size="page", bold=True)
        self.aside = label(look, size="title", tone="faint")

    def fill(self, *parts: QWidget, beside: QWidget | None = None) -> None:
        """Lay title, aside, what stands beside them, and at the right the parts out."""
        look, theme = self._look, self._look.theme
        layout = row(look, self.title, self.aside, None, *parts, gap=8)
        if beside is not None:
            layout.insertSpacing(2, theme.px(16))
            layout.insertWidget(3, beside)
        layout.setAlignment(self.aside, Qt.AlignmentFlag.AlignBottom)
        descent = theme.metrics("page", bold=True).descent() - theme.metrics("title").descent()
        self.aside.setContentsMargins(0, 0, 0, descent)  # both stand on one line
        self._give_room(layout, parts)
        side = theme.px(24)
        layout.setContentsMargins(side, theme.px(16), side, theme.px(8))
        self.setLayout(layout)

    def add(self, *parts: QWidget) -> QWidget:
        """More parts at the right, in one piece that can be hidden."""
        piece = QWidget()
        layout = row(self._look, *parts, gap=8)
        self._give_room(layout, parts)
        piece.setLayout(layout)
        whole = self.layout()
        assert isinstance(whole, QBoxLayout)
        whole.addWidget(piece, 3 if any(isinstance(part, SearchLine) for part in parts) else 0)
        return piece

    def _give_room(self, layout: QBoxLayout, parts: Sequence[QWidget]) -> None:
        """A search line among the parts takes what is left."""
        for part in parts:
            if isinstance(part, SearchLine):
                part.setMinimumWidth(self._look.theme.px(_SEARCH[0]))
                part.setMaximumWidth(self._look.theme.px(_SEARCH[1]))
                layout.setStretchFactor(part, 3)
