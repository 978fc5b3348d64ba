"""The list at the left of a page: a search and what narrows it, and the rows below."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column
from fieldsales.widgets.search_line import SearchLine


class SideList(QWidget):
    """Begins at the page's margin, as the title above it and the rows' words do.

    ↓ in the search goes on to the rows, Enter to the first of them.
    """

    list: ListPage
    searched: SearchLine | None = None

    def put(
        self,
        look: Look,
        rows: ListPage,
        *narrowing: QWidget | QLayout,
        below: QWidget | None = None,
    ) -> None:
        """What stands above the rows, in this order; a search among it leads to them."""
        self.list = rows
        layout = column(look, gap=0)
        if narrowing:
            above = column(look, *narrowing)
            side = look.theme.px(8)
            above.setContentsMargins(3 * side, 0, 2 * side, side)
            layout.addLayout(above)
        layout.addWidget(rows, 1)
        if below is not None:
            layout.addWidget(below)
        self.setLayout(layout)
        self.setFocusProxy(rows)
        for part in narrowing:
            if isinstance(part, SearchLine):
                self.searched = part
                part.list_wanted.connect(rows.focus_list)
                part.first_wanted.connect(self._to_first)

    def take_first(self) -> bool:
        """Selects the first row; False if there is none."""
        model = self.list.model
        return bool(model.rowCount()) and self.list.select_number(model.number(0))

    def _to_first(self) -> None:
        if self.take_first():
            self.list.focus_list()
