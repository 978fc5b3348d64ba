"""The objection library at work: found by what was said, with the answers to try first (M29a)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.ranking import Tally
from fieldsales.services.library import Objection, library, with_own
from fieldsales.services.matching import Matcher
from fieldsales.store.database import Store
from fieldsales.store.queries import learnt

STEPS = ("welcome", "needs", "recommend", "suggest", "after")  # of M26
MAIN = "main"  # the answer that is for nobody in particular
OWN_WORDS = ""  # of a visit, which are no ready answer


@dataclass(frozen=True, slots=True)
class Answer:
    """A way to answer: MAIN, a thinking style, or OWN_WORDS; and how often it worked."""

    style: str
    text: str
    tally: Tally


class Objections:
    """What is on the shelf in a language, the rep's own entries first, as it is read now."""

    def __init__(self, store: Store, language: str) -> None:
        own = tuple(learnt.own_entries(store, "objection"))
        self.own: Mapping[str, OwnEntry] = {entry.id: entry for entry in own}
        self.entries: Mapping[str, Objection] = with_own(library(language), own).objections
        self.heard: Mapping[str, int] = learnt.heard(store)
        self._answers = learnt.answers(store)
        self._known = (language, own)

    def find(self, said: str, limit: int = 7) -> list[Objection]:
        """What may be meant, best first; by one letter alone, what is heard most often first."""
        if len(said.strip()) == 1:
            codes = self._matcher.find(said, len(self.entries))
            codes.sort(key=lambda code: -self.heard.get(code, 0))
            codes = codes[:limit]
        else:
            codes = self._matcher.find(said, limit)
        return [self.entries[code] for code in codes]

    def answers(self, entry: Objection, quadrants: Iterable[str] = ()) -> list[Answer]:
        """All answers to it: for how those at the table think first, then by what worked."""
        return ranked_answers(entry, self._answers.get(entry.code, ()), tuple(quadrants))

    def warm(self) -> None:
        """Works the pinyin out, which takes a moment the first time."""
        self._matcher.warm()

    @cached_property
    def _matcher(self) -> Matcher:
        return _matcher(*self._known)


def ranked_answers(
    entry: Objection, tallies: Sequence[Tally], quadrants: Sequence[str] = ()
) -> list[Answer]:
    """The ready answers and the rep's own words that were judged.

    First what is told in the way of `quadrants`, in their order; then by how far one may count on
    it; of equals the plain answer first.
    """
    ready = {MAIN: entry.answer, **entry.by_style}
    styles = {text: style for style, text in ready.items()}
    worked: dict[str, tuple[int, int]] = {}
    for one in tallies:  # a ready answer may have been kept by its words alone
        key = styles.get(one.key, one.key)
        before = worked.get(key, (0, 0))
        worked[key] = (before[0] + one.worked, before[1] + one.n)
    found = [
        Answer(style, text, Tally(style, *worked.pop(style, (0, 0))))
        for style, text in ready.items()
        if text
    ]
    found += [
        Answer(OWN_WORDS, key, Tally(key, *counts))
        for key, counts in worked.items()
        if key not in (MAIN, "a", "b", "c", "d")  # of an answer that stands here no more
    ]
    rank = {quadrant: at for at, quadrant in enumerate(quadrants)}
    return sorted(
        found,
        key=lambda one: (
            rank.get(one.style, len(rank)),
            -one.tally.bound,
            # what failed is worth less than what nobody tried
            -one.tally.n if one.tally.worked else one.tally.n,
            one.style != MAIN,
        ),
    )


@lru_cache(maxsize=4)
def _matcher(language: str, own: tuple[OwnEntry, ...]) -> Matcher:
    shelf = with_own(library(language), own).objections
    return Matcher({one.code: [one.title, *one.heard, *one.means] for one in shelf.values()})
