"""The strip on top of the page: title and count, search, saved filters, view, the main action."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.customers.menus import chosen
from fieldsales.screens.customers.saved import SavedFilters
from fieldsales.store.queries.customers import SORTS
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import button, label, row, tool_button
from fieldsales.widgets.segmented import Option, Segmented

_PAUSE = 120  # ms without a key until the list is searched
_DOWNWARDS = ("last_contact", "visits", "employees", "completeness", "open_deals", "created_at")


class SearchLine(QLineEdit):
    """Filters as it is typed into; ↓ and Enter go on to the list, Esc clears."""

    asked = Signal(str)
    list_wanted = Signal()
    first_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setPlaceholderText(look.words("customers.search"))
        self.setAccessibleName(look.words("customers.search"))
        self.setTextMargins(look.theme.px(22), 0, look.theme.px(24), 0)
        self._clear = tool_button(
            look, "close", look.words("customers.clear_search"), self.clear_now
        )
        self._clear.setParent(self)
        self._clear.setProperty("inline", True)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.textChanged.connect(self._changed)

    def clear_now(self) -> None:
        """Search for nothing any more, without waiting."""
        self.clear()
        self._ask()

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._timer.start()

    def _ask(self) -> None:
        self._timer.stop()
        self.asked.emit(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 4
        self._clear.setGeometry(self.width() - side - 2, 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        side = theme.px(16)
        spot = QRect(theme.px(10), (self.height() - side) // 2, side, side)
        self._look.icons.paint(QPainter(self), spot, "search", "ink-3")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            if key == Qt.Key.Key_Down:
                self.list_wanted.emit()
            else:
                self.first_wanted.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear_now()
        else:
            super().keyPressEvent(event)


class SortButton(QPushButton):
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


class Strip(QWidget):
    """Nothing here knows the list; the page joins them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._words = words
        self.title = label(look, words("customers.title"), size="page", bold=True)
        self.count = label(look, size="title", tone="faint")
        self.search = SearchLine(look)
        self.search.setMinimumWidth(look.theme.px(140))
        self.search.setMaximumWidth(look.theme.px(320))
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
        layout = row(
            look,
            self.title,
            self.count,
            None,
            self.search,
            self.saved,
            self.saved.line,
            self.columns,
            self.view,
            self.new,
            gap=8,
        )
        layout.setStretch(3, 3)
        layout.setAlignment(self.count, Qt.AlignmentFlag.AlignBottom)
        self.count.setContentsMargins(0, 0, 0, look.theme.px(3))
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(16), side, look.theme.px(8))
        self.setLayout(layout)

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
        self.count.setText(text if all_there_are else "")
