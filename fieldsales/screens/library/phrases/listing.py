"""The list of phrases at the left: search by any word or pinyin, a topic, the rows."""

from __future__ import annotations

from collections.abc import Iterable

from fieldsales.domain.own_entry import OwnEntry
from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import ShelfList
from fieldsales.services.library import TOPICS, Phrase, library, with_own
from fieldsales.services.matching import Matcher
from fieldsales.store.queries.learnt import own_entries
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.offers import MenuButton
from fieldsales.widgets.pieces import row as beside

_FOUND = 60
_ALL = "all"


class PhraseList(ShelfList[Phrase]):
    """Own phrases first within their topic; topics in the order of a sale."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "phrases")
        look, words = context.look, context.words
        self.topic = ""
        self.phrases: dict[str, Phrase] = {}
        self.own: dict[str, OwnEntry] = {}
        self._matcher = Matcher({})
        self.menu = MenuButton(look, words("phrases.topic"), self._topics)
        self.menu.picked.connect(self.show_topic)
        self.put(look, self.list, self.search, beside(look, self.menu, None))

    def read(self) -> None:
        """Read the shelf anew."""
        entries = own_entries(self._context.store, "phrase")
        shelf = with_own(library(self._context.words.language), entries)
        self.own = {one.id: one for one in entries}
        self.phrases = dict(shelf.phrases)
        self._matcher = Matcher({code: [one.text, one.use] for code, one in self.phrases.items()})
        self.reload()

    def reload(self) -> None:
        super().reload()
        words = self._context.words
        known = words(f"phrase.topic.{self.topic}") if self.topic else ""
        self.menu.say(known, words("phrases.all_topics"))

    def show_topic(self, topic: str) -> None:
        self.topic = "" if topic == _ALL else topic
        self.reload()

    def show_all(self) -> None:
        self.topic = ""
        super().show_all()

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

    def _entries(self) -> dict[str, Phrase]:
        return self.phrases

    def _key(self, row: Phrase) -> str:
        return row.code

    def _wanted(self) -> Iterable[str]:
        said = self.search.text().strip()
        if said:
            codes = self._matcher.find(said, _FOUND)
        else:
            at = {topic: place for place, topic in enumerate(TOPICS)}
            codes = sorted(
                self.phrases,
                key=lambda code: (at.get(self.phrases[code].topic, len(at)), code not in self.own),
            )
        return [code for code in codes if self.topic in ("", self.phrases[code].topic)]

    def _face(self, row: Phrase) -> RowFace:
        words, key = self._context.words, f"phrase.topic.{row.topic}"
        own = row.code in self.own
        return RowFace(
            title=row.use,
            subtitle=" ".join(row.text.split()),
            aside=words(key) if words.has(key) else "",
            chips=(ChipFace(words("phrases.own"), "accent"),) if own else (),
        )
