"""The list of phrases at the left: search by any word or pinyin, a topic, the rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from fieldsales.domain.own_entry import OwnEntry
from fieldsales.screens.contract import Context
from fieldsales.services.library import TOPICS, Phrase, library, with_own
from fieldsales.services.matching import Matcher
from fieldsales.store.queries.learnt import own_entries
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.offers import MenuButton
from fieldsales.widgets.pieces import row
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.side_list import SideList

_FOUND = 60
_ALL = "all"


class PhraseList(SideList):
    """Own phrases first within their topic; topics in the order of a sale."""

    chosen = Signal(str)  # code
    entered = Signal()
    trash_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self.topic = ""
        self.phrases: dict[str, Phrase] = {}
        self.own: dict[str, OwnEntry] = {}
        self._matcher = Matcher({})
        self._numbers: dict[str, int] = {}  # of codes, for as long as the list lives
        self._codes: list[str] = []
        self._reloading = False
        self.search = SearchLine(look, words("phrases.search"))
        self.search.asked.connect(self.reload)
        self.menu = MenuButton(look, words("phrases.topic"), self._topics)
        self.menu.picked.connect(self.show_topic)
        model: WindowedModel[Phrase] = WindowedModel(
            words, (Column("text", "phrases.title", self._spoken),), self._wanted, self._fetch
        )
        none_found = EmptyState(
            look,
            words("phrases.none_found"),
            icon="search",
            action=words("phrases.show_all"),
            act=self.show_all,
        )
        self.list = ListPage(look, model, self._face, empty=none_found)
        self.list.rows.setAccessibleName(words("phrases.title"))
        self.list.selection_changed.connect(self._selected)
        self.list.opened.connect(self.entered)
        self.list.delete_wanted.connect(self.trash_wanted)
        self.put(look, self.list, self.search, row(look, self.menu, None))

    def read(self) -> None:
        """Read the shelf anew."""
        entries = own_entries(self._context.store, "phrase")
        shelf = with_own(library(self._context.words.language), entries)
        self.own = {one.id: one for one in entries}
        self.phrases = dict(shelf.phrases)
        self._matcher = Matcher({code: [one.text, one.use] for code, one in self.phrases.items()})
        self.reload()

    def reload(self) -> None:
        """List what is asked for; nothing is chosen by that."""
        self._reloading = True
        self.list.model.reload()
        self._reloading = False
        words = self._context.words
        known = words(f"phrase.topic.{self.topic}") if self.topic else ""
        self.menu.say(known, words("phrases.all_topics"))

    def show_topic(self, topic: str) -> None:
        self.topic = "" if topic == _ALL else topic
        self.reload()

    def show_all(self) -> None:
        self.topic = ""
        self.search.setText("")
        self.reload()

    def choose(self, code: str) -> bool:
        """Select a phrase; what hides it is taken away."""
        if code not in self.phrases:
            return False
        if not self.list.select_number(self._number(code)):
            self.show_all()
            self.list.select_number(self._number(code))
        return True

    def first(self) -> str:
        model = self.list.model
        return self._codes[model.number(0)] if model.rowCount() else ""

    def neighbour(self) -> str:
        number = self.list.neighbour()
        return self._codes[number] if number >= 0 else ""

    def _topics(self) -> list[tuple[str, str]]:
        words = self._context.words
        counts = dict.fromkeys(TOPICS, 0)
        for one in self.phrases.values():
            if one.topic in counts:
                counts[one.topic] += 1
        return [
            (_ALL, words("phrases.all_topics")),
            ("", ""),
            *(
                (topic, words("phrases.of_topic", topic=words(f"phrase.topic.{topic}"), n=n))
                for topic, n in counts.items()
            ),
        ]

    def _number(self, code: str) -> int:
        if code not in self._numbers:
            self._numbers[code] = len(self._codes)
            self._codes.append(code)
        return self._numbers[code]

    def _wanted(self, _sort: str, _descending: bool) -> Sequence[int]:
        said = self.search.text().strip()
        if said:
            codes = self._matcher.find(said, _FOUND)
        else:
            at = {topic: place for place, topic in enumerate(TOPICS)}
            codes = sorted(
                self.phrases,
                key=lambda code: (at.get(self.phrases[code].topic, len(at)), code not in self.own),
            )
        return [
            self._number(code) for code in codes if self.topic in ("", self.phrases[code].topic)
        ]

    def _fetch(self, numbers: Sequence[int]) -> list[Phrase | None]:
        return [self.phrases.get(self._codes[number]) for number in numbers]

    def _selected(self, count: int) -> None:
        if count == 1 and not self._reloading:
            self.chosen.emit(self._codes[self.list.selected_numbers()[0]])

    def _spoken(self, phrase: Phrase) -> str:
        face = self._face(phrase)
        chips = (chip.text for chip in face.chips)
        return " ".join(filter(None, (face.title, *chips, face.subtitle, face.aside)))

    def _face(self, phrase: Phrase) -> RowFace:
        words, key = self._context.words, f"phrase.topic.{phrase.topic}"
        own = phrase.code in self.own
        return RowFace(
            title=phrase.use,
            subtitle=" ".join(phrase.text.split()),
            aside=words(key) if words.has(key) else "",
            chips=(ChipFace(words("phrases.own"), "accent"),) if own else (),
        )
