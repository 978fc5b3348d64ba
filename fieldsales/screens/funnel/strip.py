"""The strip on top of the page: title and count, search, what the board shows, the main action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from fieldsales.screens.contract import Context
from fieldsales.services.board import BOARDS, LANES, SORTS
from fieldsales.widgets.look import Look
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, tool_button
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.segmented import Option, Segmented

_ENDS = ("90", "0", "")  # days of won and lost deals that are shown; '' for all


class PickButton(QPushButton):
    """A button that says what is chosen; its menu changes it."""

    chosen = Signal(str)
    other_wanted = Signal()  # what stands below the choices

    def __init__(self, look: Look, name: str, other: str = "") -> None:
        super().__init__()
        self._name = name
        self._other = other
        self.key = ""
        self.setProperty("role", "quiet")
        self.setIcon(look.icons("chevron-down"))
        self.setIconSize(QSize(look.theme.px(16), look.theme.px(16)))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the text
        self.setMenu(QMenu(self))

    def offer(self, options: Sequence[tuple[str, str]], key: str) -> None:
        """(key, text) pairs, and which of them is chosen."""
        menu = self.menu()
        menu.clear()
        self.key = key
        for option, text in options:
            action = menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(option == key)
            action.setData(option)
            action.triggered.connect(self._pick)
            if option == key:
                self.setText(text.replace("&", "&&"))
                self.setAccessibleName(f"{self._name} {text}")
        if self._other:
            menu.addSeparator()
            menu.addAction(self._other).triggered.connect(self._want_other)
        self.setToolTip(self._name)

    def _want_other(self) -> None:
        self.other_wanted.emit()

    def _pick(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.chosen.emit(action.data())


class Strip(PageStrip):
    """Nothing here knows the board; the page joins them."""

    display_chosen = Signal(str, str)  # lane, sort, ends or compact, and its value
    export_wanted = Signal()

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, words("funnel.title"))
        self._words = words
        self.search = SearchLine(look, words("funnel.search"))
        self.pipeline = PickButton(look, words("funnel.pipeline"), words("stages.edit"))
        self.by = PickButton(look, words("funnel.columns_by"))
        self.display = tool_button(look, "column", words("funnel.display"))
        self.display.setPopupMode(self.display.ToolButtonPopupMode.InstantPopup)
        self.display.setMenu(QMenu(self.display))
        self.view = Segmented(
            look,
            (
                Option("board", words("funnel.view_board")),
                Option("forecast", words("funnel.view_forecast")),
            ),
            name=words("funnel.view"),
        )
        self.new = button(look, words("funnel.new"), icon="add", role="primary")
        self.new.setToolTip(words("funnel.new_tip"))
        self.fill(self.search, self.pipeline, self.by, self.display, self.view, self.new)

    def show_by(self, by: str) -> None:
        options = [(one, self._words(f"funnel.by_board_{one}")) for one in BOARDS]
        self.by.offer(options, by)

    def show_count(self, count: int) -> None:
        self.aside.setText(self._words.number(count) if count else "")

    def fill_display(
        self, *, lane: str, sort: str, closed_days: int | None, compact: bool, ends: bool
    ) -> None:
        """The menu of how the board is shown; `ends` whether won and lost have a place on it."""
        words, menu = self._words, self.display.menu()
        menu.clear()
        self._section(
            menu, "lane", [(one, words(f"funnel.lane_{one or 'none'}")) for one in LANES], lane
        )
        self._section(menu, "sort", [(one, words(f"funnel.sort_{one}")) for one in SORTS], sort)
        if ends:
            days = "" if closed_days is None else str(closed_days)
            options = [(one, words(f"funnel.ends_{one or 'all'}")) for one in _ENDS]
            self._section(menu, "ends", options, days)
        action = menu.addAction(words("funnel.compact"))
        action.setCheckable(True)
        action.setChecked(compact)
        action.triggered.connect(self._chooser("compact", "" if compact else "1"))
        menu.addSeparator()
        menu.addAction(words("export.deal")).triggered.connect(self._want_export)

    def _want_export(self) -> None:
        self.export_wanted.emit()

    def _section(
        self, menu: QMenu, name: str, options: Iterable[tuple[str, str]], key: str
    ) -> None:
        inner = menu.addMenu(self._words(f"funnel.display_{name}"))
        group = QActionGroup(inner)
        for option, text in options:
            action = inner.addAction(text)
            action.setCheckable(True)
            action.setChecked(option == key)
            action.triggered.connect(self._chooser(name, option))
            group.addAction(action)

    def _chooser(self, name: str, value: str) -> Callable[[], None]:
        def choose() -> None:
            self.display_chosen.emit(name, value)

        return choose
