"""The page: the selling methods, or what there is to know of one's data, and the text of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QListView, QStackedWidget, QTextBrowser, QVBoxLayout

from fieldsales.resources import read_toml, resource
from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.finders import matches
from fieldsales.screens.help.reading import show_markdown
from fieldsales.store.search import fold
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, column, row
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.suggestions import Suggestion, SuggestionDelegate, SuggestionModel
from fieldsales.words import LANGUAGES, Words

METHODS, DATA = "methods", "data"  # parts of the help
_LIST_WIDTH = (220, 360)  # px at 100 %: the least and the most
_METHOD = re.compile(r"m\d\d[a-z]?")


@dataclass(frozen=True)
class HelpPage:
    """One page: its code as in the file's name, its heading, its Markdown, the tab and, after a
    slash, the section where it is at work.
    """

    code: str
    title: str
    text: str
    place: str

    @property
    def part(self) -> str:
        return METHODS if _METHOD.fullmatch(self.code) else DATA

    def found_by(self, asked: str) -> bool:
        """Whether its title, by pinyin and initials too, or its text holds what was typed."""
        return matches(self.title, asked) or fold(asked) in self._folded

    @cached_property
    def _folded(self) -> str:
        return fold(self.text)


def help_pages(words: Words) -> list[HelpPage]:
    """All pages in a language, in the order of the methods."""
    language = words.language if words.language in LANGUAGES else "en"
    found, places = [], read_toml("places.toml")
    for path in sorted(resource("help", language).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        title = text.splitlines()[0].lstrip("# ").strip()
        found.append(HelpPage(path.stem, title, text, places[path.stem]))
    return found


class HelpScreen(Screen):
    """A list and a text; arrow keys leaf through, Enter goes where the page in front is at work.

    A search finds pages of every part.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._pages = help_pages(words)
        self._shown: list[HelpPage] = []  # in the list
        self._page = self._pages[0]  # in front
        self._titles = SuggestionModel()
        self.switch = Segmented(
            look,
            [Option(part, words(f"help.{part}")) for part in (METHODS, DATA)],
            name=words("help.title"),
        )
        self.switch.chosen.connect(self._part_chosen)
        self.search = SearchLine(look, words("help.search"))
        self.search.asked.connect(self._list)
        self.search.list_wanted.connect(self._to_list)
        self.search.first_wanted.connect(self._to_list)
        self.list = QListView()
        self.list.setModel(self._titles)
        self.list.setItemDelegate(SuggestionDelegate(look, self._titles, self.list))
        self.list.setAccessibleName(words("help.title"))
        self.list.selectionModel().currentChanged.connect(self._show)
        self.list.activated.connect(self.open_place)
        none = EmptyState(
            look,
            words("help.none_found"),
            icon="search",
            action=words("help.show_all"),
            act=self.search.clear_now,
        )
        self._found = QStackedWidget()
        self._found.addWidget(self.list)
        self._found.addWidget(none)
        longest = max(look.theme.metrics().horizontalAdvance(page.title) for page in self._pages)
        least, most = (look.theme.px(width) for width in _LIST_WIDTH)
        self._found.setFixedWidth(min(most, max(least, longest + look.theme.px(32))))
        self.there = button(look, "", self.open_place, icon="forward")
        self.text = QTextBrowser()
        self.text.setAccessibleName(words("help.text"))
        self.text.setOpenExternalLinks(False)
        self.text.document().setDocumentMargin(look.theme.px(24))
        self.text.setMaximumWidth(look.theme.px(760))
        side = column(look, self.search, self._found)
        halves = row(look, side, self.text, None, gap=8)
        halves.setContentsMargins(look.theme.px(24), 0, 0, 0)
        halves.setStretchFactor(self.text, 100)
        strip = PageStrip(look, words("help.title"))
        strip.fill(self.there, beside=self.switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addLayout(halves, 1)
        self.setFocusProxy(self.list)
        self._list()

    def refresh(self) -> None:
        """What is told never changes."""

    def show_record(self, kind: str, row_id: str) -> None:
        """`row_id` is the code of a page."""
        found = next((page for page in self._pages if page.code == row_id), None)
        if found is not None:
            self._go(found)

    def _go(self, page: HelpPage) -> None:
        self._page = page
        self.switch.set_key(page.part)
        self.search.clear_now()

    def _part_chosen(self, part: str) -> None:
        self._go(next(page for page in self._pages if page.part == part))

    def _list(self) -> None:
        """Lists what was asked for, the best first, else the part in front with its page."""
        asked = self.search.text().strip()
        if asked:
            self._shown = [page for page in self._pages if page.found_by(asked)]
            self._shown.sort(key=lambda page: not matches(page.title, asked))
        else:
            self._shown = [page for page in self._pages if page.part == self.switch.key]
        before = self._page
        self._titles.set_hits([Suggestion(page.code, page.title) for page in self._shown], asked)
        self._found.setCurrentIndex(0 if self._shown else 1)
        if self._shown:
            at = 0 if asked or before not in self._shown else self._shown.index(before)
            self.list.setCurrentIndex(self._titles.index(at, 0))

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            return
        self._page = self._shown[current.row()]
        self.switch.set_key(self._page.part)
        show_markdown(self.text, self.context.look, self._page.text)
        self.there.setText(self._leads_to())

    def _leads_to(self) -> str:
        words, tab = self.context.words, self._page.place.partition("/")[0]
        return words("help.open_there", tab=words(f"{tab}.title"))

    def open_place(self) -> None:
        """Leaves for where what the page in front tells is at work."""
        tab, _, section = self._page.place.partition("/")
        self.context.open(tab, section)

    def commands_here(self) -> list[Command]:
        return [Command(self._leads_to(), "forward", self.open_place)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear_now()
            self._to_list()
        else:
            super().keyPressEvent(event)
