"""The strip on top of the page: title and count, search, saved filters, view, the main action."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMenu

from fieldsales.screens.contract import Context
from fieldsales.screens.customers.saved import SavedFilters
from fieldsales.store.queries.customers import SORTS
from fieldsales.widgets.look import Look
from fieldsales.widgets.menus import chosen
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import PushButton, button, tool_button
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.segmented import Option, Segmented

_DOWNWARDS = (
    *("last_contact", "visits", "employees", "completeness", "open_deals", "created_at"),
    *("sales", "value", "lifetime", "share", "points"),
)


class SortButton(PushButton):
    """Names the order of the list; its menu changes it."""

    chosen = Signal(str, bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "quiet")
        self.setIcon(look.icons("sort"))
        self.setIconSize(QSize(look.theme.px(16), look.theme.px(16)))
        menu = QMenu(self)
        for sort in SORTS:
            action = menu.addAction(look.words(f"sort.{sort}"))
            action.setCheckable(True)
            action.setData(sort)
            action.triggered.connect(self._pick)
        self.setMenu(menu)

    def show_order(self, sort: str, *, descending: bool) -> None:
        self._order = (sort, descending)
        self.setText(self._look.words(f"sort.{sort}"))
        for action in self.menu().actions():
            action.setChecked(action.data() == sort)

    def _pick(self) -> None:
        sort = chosen(self.sender())
        # choosing the order in use turns it round
        same, descending = self._order[0] == sort, self._order[1]
        self.chosen.emit(sort, not descending if same else sort in _DOWNWARDS)


class Strip(PageStrip):
    """Nothing here knows the list; the page joins them."""

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, words("customers.title"))
        self._words = words
        self.search = SearchLine(look, words("customers.search"))
        self.saved = SavedFilters(context)
        self.view = Segmented(
            look,
            (
                Option("rows", words("customers.view_rows"), "menu", icon_only=True),
                Option("table", words("customers.view_table"), "column", icon_only=True),
            ),
            name=words("customers.view"),
        )
        self.columns = tool_button(look, "settings", words("customers.columns"))
        self.columns.setPopupMode(self.columns.ToolButtonPopupMode.InstantPopup)
        self.columns.setMenu(QMenu(self.columns))
        self.columns.hide()
        self.new = button(look, words("customers.new"), icon="add", role="primary")
        self.new.setToolTip(words("customers.new_tip"))
        self.fill(self.search, self.saved, self.saved.line, self.columns, self.view, self.new)

    def show_count(
        self, shown: int, all_there_are: int, *, narrowed: bool, more: bool = False
    ) -> None:
        """`6,214`, or how many of them are shown; `more` were found than that."""
        words = self._words
        text = words.number(all_there_are)
        if narrowed:
            number = words.number(shown)
            if more:
                number = words("customers.count_more", n=number)
            text = words("customers.count_of", n=number, all=text)
        self.aside.setText(text if all_there_are else "")
