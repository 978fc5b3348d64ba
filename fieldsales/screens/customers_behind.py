"""The customers behind a part of a picture: a list to open cards from, and to change together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.reports.portfolio.portrait import Behind, Line
from fieldsales.screens.contract import Context
from fieldsales.screens.customer_bulk import BulkPanel
from fieldsales.store.queries import customers
from fieldsales.store.queries.outcomes import named
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.menus import passing_menu
from fieldsales.widgets.pieces import ElidedLabel, button, column, row, tool_button
from fieldsales.widgets.rows import Column, WindowedModel


class CustomersBehind(QStackedWidget):
    """The customers of what was pressed, with what the picture says of each."""

    all_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self.context = context
        self._behind = Behind("", ())
        self.title = ElidedLabel(look, size="title", bold=True)
        self.all = tool_button(look, "close", words("portfolio.show_all"), self.all_wanted.emit)
        self.edit = button(look, words("portfolio.edit_all"), self.edit_together, icon="edit")
        model: WindowedModel[RowFace] = WindowedModel(
            words,
            (Column("title", "customers.title", _spoken),),
            lambda _sort, _descending: self._behind.numbers,
            self._fetch,
        )
        self._nobody = EmptyState(look, words("portfolio.nobody_behind"), icon="customers")
        self.list = ListPage(look, model, lambda face: face, empty=self._nobody)
        self.list.rows.setAccessibleName(words("customers.title"))
        self.list.opened.connect(self.open_card)
        self.list.selection_changed.connect(self._count)
        self.list.menu_wanted.connect(self._menu)
        self.bulk = BulkPanel(context, self.chosen, leave="portfolio.to_list")
        self.bulk.leave_wanted.connect(self.show_list)
        self.bulk.trash_wanted.connect(self._trash)
        head = row(look, self.title, self.all, self.edit, gap=4)
        head.setStretch(0, 1)
        side = look.theme.px(16)
        head.setContentsMargins(side, look.theme.px(4), side, look.theme.px(8))
        listed = QWidget()
        listed.setLayout(column(look, head, self.list, gap=0))
        self.addWidget(listed)
        self.addWidget(self.bulk)
        self.setFocusProxy(self.list)

    def show_behind(self, behind: Behind, *, part: bool, coming: bool = False) -> None:
        """`part`: of what was pressed, not of the whole picture. `coming`: who it is is still being
        found out.
        """
        self._behind = behind
        words = self.context.words
        self._nobody.say(words(f"portfolio.{'behind_coming' if coming else 'nobody_behind'}"))
        n, count = words.number(len(behind.numbers)), words.number(behind.count)
        key = "portfolio.behind" if n == count else "portfolio.behind_first"
        self.title.set_text("" if coming else words(key, what=behind.title, n=n, all=count))
        self.all.setVisible(part)
        self.list.model.reload()
        self._count(self.list.selected_count())

    def show_list(self) -> None:
        self.setCurrentIndex(0)
        self.list.focus_list()

    def chosen(self) -> list[int]:
        """Those selected where there are several, else all that are listed."""
        selected = self.list.selected_numbers()
        return selected if len(selected) > 1 else list(self._behind.numbers)

    def edit_together(self) -> None:
        """What can be set for all of them at once takes the list's place."""
        self.bulk.show_count(len(self.chosen()))
        self.setCurrentWidget(self.bulk)
        self.bulk.focus_first()

    def _trash(self) -> None:
        self.bulk.trash()
        self.show_list()

    def open_card(self, number: int) -> None:
        found = customers.ids(self.context.store, [number])
        if found:
            self.context.open("customer", found[0])

    def _count(self, selected: int) -> None:
        words = self.context.words
        some = selected > 1
        self.edit.setText(
            words("portfolio.edit_some", n=selected) if some else words("portfolio.edit_all")
        )
        self.edit.setEnabled(bool(self._behind.numbers))

    def _menu(self, spot: QPoint) -> None:
        opening = (self.context.words("common.open"), self._open_current)
        passing_menu(self, (opening, (self.edit.text(), self.edit_together))).popup(spot)

    def _open_current(self) -> None:
        self.open_card(self.list.current_number())

    def _fetch(self, numbers: Sequence[int]) -> list[RowFace | None]:
        known = named(self.context.store, numbers)
        told = self._behind.tell([number for number in numbers if number in known])
        return [
            _face(known[number].name, known[number].region, told.get(number, Line()))
            if number in known
            else None
            for number in numbers
        ]


def _face(name: str, region: str, line: Line) -> RowFace:
    return RowFace(
        title=name,
        subtitle=line.below or region,
        aside=line.aside,
        aside_role="ink",
        below=line.aside_below,
        below_role=line.role,
    )


def _spoken(face: RowFace) -> str:
    return " ".join(filter(None, (face.title, face.aside, face.subtitle, face.below)))
