"""What is checked of records, and how tags and corrections are told (M22)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fieldsales.domain.tag_rule import TagRule
from fieldsales.domain.visit import VisitFacts
from fieldsales.methods.walk_around.rules import Mark, Sentence
from fieldsales.methods.whole_brain.profiles import quadrant_name
from fieldsales.words import Words

PATTERN = 200  # characters of a correction
_QUOTED = 16  # of words in a chip or a menu
_ENDS = "。！？!?；;…，,.、：:”’」』）)】\"'"


def terms(glossary: str) -> list[str]:
    """The terms of a product's glossary, one a line before its colon."""
    lines = (line.replace("：", ":").partition(":")[0].strip() for line in glossary.splitlines())
    return [term for term in lines if term]


def words_of_visit(facts: VisitFacts) -> str:
    """What a visit's plan means to say: its objective, its questions and its note, a line each."""
    questions = (item.text for item in facts.items_of("question"))
    lines = (facts.visit.objective, *questions, facts.visit.note)
    return "\n".join(line.strip() for line in lines if line.strip())


def widest(marks: Sequence[Mark]) -> list[Mark]:
    """Without those that lie within another: `12.5 元` says all that `12` does."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if not found or mark.end > found[-1].end:
            found.append(mark)
    return found


def pattern_of(mark: Mark, sentence: Sentence) -> str:
    """Words by which other sentences are known, too; a single character would hold in too many."""
    return (mark.words if len(mark.words) > 1 else core(sentence.text))[:PATTERN]


def core(text: str) -> str:
    """A sentence without the marks at its end."""
    return text.strip().rstrip(_ENDS) or text.strip()


def correction(rule: TagRule, words: Words) -> str:
    """`“头三天”不算 B 务实`."""
    return words(
        "walk_around.is_not" if rule.refuses else "walk_around.is",
        quoted=words("walk_around.quoted", words=short(rule.pattern)),
        quadrant=quadrant_name(rule.quadrant, words),
    )


def quoted(marks: Iterable[Mark], words: Words, most: int = 2) -> str:
    """`“12.5 元”、“月底”`, the first of them."""
    some = list(dict.fromkeys(mark.words for mark in marks))[:most]
    return words("walk_around.between").join(
        words("walk_around.quoted", words=short(text)) for text in some
    )


def short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTED else f"{plain[:_QUOTED]}…"
