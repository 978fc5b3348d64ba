"""Tags the sentences of a text with the quadrants they speak to, and finds what is better not said.

Rules are words and patterns from data files; each mark says which rule made it and by which words,
so that it can be shown and corrected (M22). Nothing here refuses a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from fieldsales.domain.tag_rule import TagRule
from fieldsales.domain.whole_brain import QUADRANTS, Scores
from fieldsales.methods.walk_around.content import Check, Taboo, Tag

RIVAL, JARGON = "rival", "jargon"  # taboos that hold only in what names a rival; of many terms
_PICTURE = "d_picture"  # the check that pictures beside the text answer
_SPEAKS = 2  # weight of signs from which a sentence speaks to a quadrant
OWN = "own"  # code of marks that the rep's own rules made
_DENSE = 3  # terms of the glossary in one sentence that are too many
_CLOSERS = "”’」』）)】\"'"
_ENDS = re.compile(rf"[。！？!?；;…]+[{_CLOSERS}]*|\.(?=\s|$)[{_CLOSERS}]*|\n+")

Fold = Callable[[str], str]  # one character -> how it is compared, as `store.search.fold`


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text, from `start` up to `end`, upon which a rule held; code OWN for one's own."""

    code: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the marks by quadrant that it got, and the taboos in it."""

    start: int
    text: str
    tags: Mapping[str, tuple[Mark, ...]]
    taboos: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk around the quadrants found in a text.

    `answered`: codes of the checks that it answers, of `judged`, those that a rule can tell of.
    """

    sentences: tuple[Sentence, ...]
    answered: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[str, int]:
        """Sentences that speak to each quadrant."""
        return {
            quadrant: sum(quadrant in sentence.tags for sentence in self.sentences)
            for quadrant in QUADRANTS
        }

    @property
    def taboos(self) -> tuple[Mark, ...]:
        return tuple(mark for sentence in self.sentences for mark in sentence.taboos)


def walk(
    text: str,
    tags: Sequence[Tag],
    taboos: Sequence[Taboo] = (),
    *,
    own: Iterable[TagRule] = (),
    rivals: Iterable[str] = (),
    glossary: Iterable[str] = (),
    pictures: bool = False,
    fold: Fold = str.lower,
) -> Walk:
    """Tags a text sentence by sentence.

    A rule of the rep's `own` outdoes the shipped ones in the sentences that hold its pattern.
    `rivals`: names; what is said of one counts as running it down where a taboo of that kind holds.
    `glossary`: terms the customer may not know. `pictures`: whether some come with the text, which
    answers D's question of them.
    """
    folded, places = _folded(text, fold)
    finders = [(rule, _finder(rule.words, rule.patterns)) for rule in tags]
    wrong = [(rule, _finder(rule.words, rule.patterns)) for rule in taboos]
    corrections = [(rule, _plain(rule.pattern, fold)) for rule in own]
    names = [_plain(name, fold) for name in rivals if name]
    terms = sorted({_plain(term, fold) for term in glossary if term.strip()}, key=len, reverse=True)
    jargon = next((rule.code for rule in taboos if rule.kind == JARGON), JARGON)
    judged = {_PICTURE, *(code for rule in tags for code in rule.answers)}
    answered = {_PICTURE} if pictures else set()
    sentences: list[Sentence] = []

    def mark(code: str, start: int, end: int) -> Mark:
        first, last = places[start], places[end - 1] + 1
        return Mark(code, first, last, text[first:last])

    for begin, stop in _sentences(folded):
        marks: dict[str, list[Mark]] = {}
        weight = dict.fromkeys(QUADRANTS, 0)
        for rule, finder in finders:
            held = [
                mark(rule.code, *found.span())
                for found in (finder.finditer(folded, begin, stop) if finder else ())
                if found.end() > found.start()
            ]
            if held:
                marks.setdefault(rule.quadrant, []).extend(held)
                weight[rule.quadrant] += rule.weight
                answered.update(rule.answers)
        marks = {quadrant: held for quadrant, held in marks.items() if weight[quadrant] >= _SPEAKS}
        for own_rule, pattern in corrections:
            at = folded.find(pattern, begin, stop) if pattern else -1
            if at < 0:
                continue
            if own_rule.refuses:
                marks.pop(own_rule.quadrant, None)
            else:
                marks.setdefault(own_rule.quadrant, []).append(mark(OWN, at, at + len(pattern)))
        said = folded[begin:stop]
        named = any(name in said for name in names)
        written = slice(places[begin], places[stop - 1] + 1)
        bad: list[Mark] = []
        for taboo, finder in wrong:
            if finder is None or (taboo.unless and re.search(taboo.unless, said)):
                continue
            if taboo.kind == RIVAL and not (
                named or (taboo.about and re.search(taboo.about, said))
            ):
                continue
            if taboo.kind == JARGON:
                spans = [
                    found.span() for found in finder.finditer(text, written.start, written.stop)
                ]
                hits = [Mark(taboo.code, first, last, text[first:last]) for first, last in spans]
            else:
                hits = [
                    mark(taboo.code, *found.span())
                    for found in finder.finditer(folded, begin, stop)
                    if found.end() > found.start()
                ]
            if len({hit.words for hit in hits}) >= taboo.least:
                bad += hits
        bad += [mark(jargon, *span) for span in _dense(folded, begin, stop, terms)]
        sentences.append(
            Sentence(
                places[begin],
                text[written],
                {quadrant: tuple(marks[quadrant]) for quadrant in QUADRANTS if quadrant in marks},
                tuple(sorted(bad, key=lambda one: one.start)),
            )
        )
    return Walk(tuple(sentences), frozenset(answered), frozenset(judged))


def unanswered(found: Walk, checks: Mapping[str, Check], readers: Scores) -> list[Check]:
    """The questions that a text does not answer, those of the readers' strongest quadrant first.

    A check that no rule can judge counts as answered where any sentence speaks to its quadrant.
    """
    counts = found.counts
    weight = dict(zip(QUADRANTS, readers, strict=True))
    open_checks = [
        check
        for check in checks.values()
        if (
            check.code not in found.answered
            if check.code in found.judged
            else not counts[check.quadrant]
        )
    ]
    # of equal weight, a quadrant that the text does not touch at all comes first
    return sorted(open_checks, key=lambda one: (-weight[one.quadrant], counts[one.quadrant] > 0))


def _folded(text: str, fold: Fold) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the place it came from."""
    known: dict[str, str] = {"\n": "\n"}
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = known.get(character)
        if folded is None:
            folded = known[character] = fold(character)
        parts.append(folded)
        places.extend([place] * len(folded))
    return "".join(parts), places


def _plain(text: str, fold: Fold) -> str:
    return "".join(map(fold, text)).strip()


def _sentences(folded: str) -> Iterable[tuple[int, int]]:
    """Begin and end of each sentence, without the white space around it."""
    cuts = [0, *(found.end() for found in _ENDS.finditer(folded)), len(folded)]
    for first, last in pairwise(cuts):
        said = folded[first:last]
        begin = first + len(said) - len(said.lstrip())
        stop = last - (len(said) - len(said.rstrip()))
        if any(character.isalnum() for character in folded[begin:stop]):
            yield begin, stop


@cache
def _finder(words: tuple[str, ...], patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression for a rule; a Latin word stands for itself, not for a part of another."""
    told = [
        ("(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else "")
        + re.escape(word.lower())
        + ("(?![a-z0-9])" if word[-1].isascii() and word[-1].isalnum() else "")
        for word in sorted(words, key=len, reverse=True)
    ]
    told += [f"(?:{pattern})" for pattern in patterns]
    return re.compile("|".join(told)) if told else None


def _dense(folded: str, begin: int, stop: int, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms of a glossary stand, if they are too many for one sentence."""
    spans: list[tuple[int, int]] = []
    for term in terms:
        at = folded.find(term, begin, stop)
        if at >= 0 and not any(first <= at < last for first, last in spans):
            spans.append((at, at + len(term)))
    return spans if len(spans) >= _DENSE else []
