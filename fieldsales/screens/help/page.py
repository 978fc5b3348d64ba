"""The page: the methods on the left, the text about one on the right."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QListView, QTextBrowser, QVBoxLayout

from fieldsales.resources import read_toml, resource
from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.help.reading import show_markdown
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, row
from fieldsales.widgets.suggestions import Suggestion, SuggestionDelegate, SuggestionModel
from fieldsales.words import LANGUAGES, Words

_LIST_WIDTH = (220, 360)  # px at 100 %: the least and the most


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its code as in the file's name, its heading, its Markdown, the tab and, after a
    slash, the section where its method is at work.
    """

    code: str
    title: str
    text: str
    place: str


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
    """A list and a text; arrow keys leaf through, Enter goes where the method is at work."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._pages = help_pages(words)
        self._titles = SuggestionModel()
        self._titles.set_hits([Suggestion(page.code, page.title) for page in self._pages], "")
        self.list = QListView()
        self.list.setModel(self._titles)
        self.list.setItemDelegate(SuggestionDelegate(look, self._titles, self.list))
        self.list.setAccessibleName(words("help.title"))
        longest = max(look.theme.metrics().horizontalAdvance(page.title) for page in self._pages)
        least, most = (look.theme.px(width) for width in _LIST_WIDTH)
        self.list.setFixedWidth(min(most, max(least, longest + look.theme.px(32))))
        self.list.selectionModel().currentChanged.connect(self._show)
        self.list.activated.connect(self.open_place)
        self.there = button(look, "", self.open_place, icon="forward")
        self.text = QTextBrowser()
        self.text.setAccessibleName(words("help.text"))
        self.text.setOpenExternalLinks(False)
        self.text.document().setDocumentMargin(look.theme.px(24))
        self.text.setMaximumWidth(look.theme.px(760))
        halves = row(look, self.list, self.text, None, gap=8)
        halves.setContentsMargins(look.theme.px(16), 0, 0, 0)
        halves.setStretchFactor(self.text, 100)
        strip = PageStrip(look, words("help.title"))
        strip.fill(self.there)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addLayout(halves, 1)
        self.setFocusProxy(self.list)

    def refresh(self) -> None:
        if not self.list.currentIndex().isValid():
            self._go(0)

    def show_record(self, kind: str, row_id: str) -> None:
        """`row_id` is the code of a page."""
        codes = [page.code for page in self._pages]
        if row_id in codes:
            self._go(codes.index(row_id))

    def _go(self, at: int) -> None:
        self.list.setCurrentIndex(self._titles.index(at, 0))

    def _show(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._show_page(current.row())

    def _show_page(self, at: int) -> None:
        page = self._pages[at]
        show_markdown(self.text, self.context.look, page.text)
        self.there.setText(self._leads_to(page))

    def _leads_to(self, page: HelpPage) -> str:
        words, tab = self.context.words, page.place.partition("/")[0]
        return words("help.open_there", tab=words(f"{tab}.title"))

    def open_place(self) -> None:
        """Leaves for where the method in front is at work."""
        tab, _, section = self._pages[self.list.currentIndex().row()].place.partition("/")
        self.context.open(tab, section)

    def commands_here(self) -> list[Command]:
        page = self._pages[self.list.currentIndex().row()]
        return [Command(self._leads_to(page), "forward", self.open_place)]
