"""What papers about a visit say of its talk: pitch, questions by kind, objections, closing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fieldsales.domain.spin import KINDS
from fieldsales.domain.visit import VisitFacts, VisitItem
from fieldsales.methods.ffab.content import connectors
from fieldsales.methods.ffab.rules import pitch
from fieldsales.methods.whole_brain.advice import styles_at_table
from fieldsales.services.library import Library, library, with_own
from fieldsales.services.objections import ranked_answers
from fieldsales.words import Words


@dataclass(frozen=True, slots=True)
class Expected:
    """An objection that may come: what was heard, and what to answer those at the table."""

    text: str
    answer: str


class Spoken:
    """The talk of a visit in the language of a paper."""

    def __init__(self, facts: VisitFacts, words: Words, today: date) -> None:
        self._facts, self._words, self._today = facts, words, today

    @cached_property
    def _shelf(self) -> Library:
        return with_own(library(self._words.language), self._facts.talk.own)

    @property
    def pitch(self) -> str:
        """What is to be said for the product, '' without a worksheet for this conversation."""
        talk = self._facts.talk
        if talk.sheet is None:
            return ""
        return pitch(talk.sheet, talk.rows, talk.needs, connectors(self._words.language))

    def kind_of(self, item: VisitItem) -> str:
        """The kind of a question (M27), '' where it has none."""
        entry = self._shelf.questions.get(item.code)
        kind = entry.kind if entry else item.code
        return kind if kind in KINDS else ""

    def by_kind(self, items: Iterable[VisitItem]) -> list[tuple[str, list[VisitItem]]]:
        """(name of the kind, its questions) in the order of asking, those of no kind last."""
        found: dict[str, list[VisitItem]] = {kind: [] for kind in (*KINDS, "")}
        for item in items:
            found[self.kind_of(item)].append(item)
        names = {kind: self._words(f"spin.kind.{kind}") for kind in KINDS}
        several = any(found[kind] for kind in KINDS)
        names[""] = self._words("report.spin.other") if several else ""
        return [(names[kind], some) for kind, some in found.items() if some]

    def objections(self) -> Sequence[Expected]:
        """Those prepared for, then those heard before that did not go away."""
        planned = [item for item in self._facts.items_of("objection") if not item.done]
        known = {item.code or item.text for item in planned}
        earlier = [item for item in self._facts.talk.expected if item.code not in known]
        return [
            Expected(item.text, answer)
            for item in (*planned, *earlier)
            if (answer := self._answer(item))
        ]

    def _answer(self, item: VisitItem) -> str:
        """In the way of those at the table, then what worked; else what was answered before."""
        entry = self._shelf.objections.get(item.code)
        if entry is None:
            return item.answer
        styles = styles_at_table(self._facts, self._words, self._today)
        tallies = self._facts.talk.tallies.get(item.code, ())
        found = ranked_answers(entry, tallies, tuple(styles))
        return found[0].text if found else item.answer

    def technique(self) -> tuple[str, str]:
        """Name of the technique to close with, and an example of it; ('', '') of none."""
        planned = [item.code for item in self._facts.items_of("closing") if not item.done]
        code = next(iter(planned), self._facts.talk.technique)
        entry = self._shelf.techniques.get(code)
        return (self.technique_name(code), entry.example) if entry else ("", "")

    def technique_name(self, code: str) -> str:
        known = code in self._shelf.techniques
        return self._words(f"closing.technique.{code}") if known else ""
