"""What the rep adds to the library: objections (M29a), questions (M27) and phrases (M48)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.customer import INDUSTRIES
from fieldsales.domain.fields import Record

ENTRY_KINDS = ("objection", "question", "phrase")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEntry(Record):
    """An entry of the rep's own; its id serves as the code of a shipped one.

    `topic`: the step of an objection, the kind of a SPIN question, the topic of a phrase. `title`
    is the objection's name, the question, or what the phrase is for; a phrase stands in `answer`.
    `heard`, `means`, `ask` and `answer_a` … `answer_d`, the answers for a thinking style (M21),
    hold one wording a line.
    """

    kind: str = f.choice("own_entry_kind", ENTRY_KINDS, default="objection")
    topic: str = f.text(max_length=40, shown=False)
    title: str = f.text(required=True, max_length=500)
    industry: str = f.choice("industry", INDUSTRIES, own=True)
    heard: str = f.note(2_000)
    means: str = f.note(2_000)
    ask: str = f.note(2_000)
    answer: str = f.note(1_000)
    answer_a: str = f.note(1_000)
    answer_b: str = f.note(1_000)
    answer_c: str = f.note(1_000)
    answer_d: str = f.note(1_000)
    avoid: str = f.note(1_000)
