"""The objection library at work: found by what was said, with the answers to try first (M29a)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.ranking import Tally, Told
from fieldsales.services.library import MAIN, Objection, library, with_own
from fieldsales.services.matching import Matcher
from fieldsales.store.database import Store
from fieldsales.store.queries import learnt

STEPS = ("welcome", "needs", "recommend", "suggest", "after")  # of M26
_TRADE = 0.5  # of a matcher's score, whose best is 4
OWN_WORDS = ""  # of a visit, which are no ready answer


@dataclass(frozen=True, slots=True)
class Answer:
    """A way to answer: its key in `Objection.ready`, or OWN_WORDS; and how often it worked."""

    key: str
    text: str
    tally: Tally

    @property
    def style(self) -> str:
        """The thinking style that it is for, or MAIN, or OWN_WORDS."""
        return self.key.rstrip("0123456789")


class Objections:
    """What is on the shelf in a language, the rep's own entries first, as it is read now."""

    def __init__(self, store: Store, language: str) -> None:
        own = tuple(learnt.own_entries(store, "objection"))
        self.own: Mapping[str, OwnEntry] = {entry.id: entry for entry in own}
        self.entries: Mapping[str, Objection] = with_own(library(language), own).objections
        self.heard: Mapping[str, int] = learnt.heard(store)
        self._answers = learnt.answers(store)
        self._known = (language, own)

    def find(self, said: str, limit: int = 7, industry: str = "") -> list[Objection]:
        """What may be meant, best first; by one letter alone, what is heard most often first.

        Of those that match about as well, an entry of the customer's trade comes first and one of
        another trade last.
        """
        leaning = {
            entry.id: _TRADE if entry.industry == industry else -_TRADE
            for entry in self.own.values()
            if entry.industry and industry
        }
        if len(said.strip()) == 1:
            codes = self._matcher.find(said, len(self.entries))
            codes.sort(key=lambda code: (-leaning.get(code, 0), -self.heard.get(code, 0)))
            codes = codes[:limit]
        else:
            codes = self._matcher.find(said, limit, leaning)
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
    entry: Objection, judged: Iterable[Told], quadrants: Sequence[str] = ()
) -> list[Answer]:
    """The ready answers and the rep's own words that were judged.

    First what is told in the way of `quadrants`, in their order; then by how far one may count on
    it; of equals the plain answer first. What was told counts for the ready answer with its words,
    as lines of one's own entry move; else for the one with its key, as words are mended.
    """
    ready = entry.ready
    keys = {text: key for key, text in ready.items()}
    ways = [*ready.items()]
    worked: Counter[tuple[str, str]] = Counter()
    n: Counter[tuple[str, str]] = Counter()
    for told in judged:
        key = keys.get(told.text, told.key)
        way = (key, ready.get(key, told.text))
        if key == OWN_WORDS and way not in n:
            ways.append(way)
        worked[way] += told.worked
        n[way] += told.n
    found = [Answer(*way, Tally(way[0], worked[way], n[way])) for way in ways]
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


def parted(
    answers: Sequence[Answer], quadrants: Sequence[str] = ()
) -> tuple[list[Answer], list[Answer]]:
    """Ranked answers, those to read at once and all others by style.

    At once: all for who leads at the table and the best for the others there, with nobody there
    the best of each style; what worked; and the plain one.
    """
    first: list[Answer] = []
    others: list[Answer] = []
    seen: set[str] = set()
    for one in answers:
        best = one.style not in (*seen, OWN_WORDS) and (not quadrants or one.style in quadrants)
        leads = one.style in quadrants[:1] or one.style == MAIN
        (first if best or leads or one.tally.worked else others).append(one)
        seen.add(one.style)
    return first, sorted(others, key=lambda one: one.style)


@lru_cache(maxsize=4)
def _matcher(language: str, own: tuple[OwnEntry, ...]) -> Matcher:
    shelf = with_own(library(language), own).objections
    return Matcher({one.code: [one.title, *one.heard, *one.means] for one in shelf.values()})
