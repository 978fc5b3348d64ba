"""The kinds of paper, one module each.

To add one: a module here with
    KIND      its code, unique; its name is the words key `report.<kind>.name`
    AUDIENCES who may read it: "internal", "customer"
    latest(store) -> id of the record that a paper without one is about
    gather(store, row_id) -> facts
    subject(facts) -> Subject
    compose(facts, words, audience, letterhead, today) -> Document
    example(store) -> where the latest may have little to show, id of one that has much; optional
where `facts` is a frozen dataclass of the domain and `audience` is "internal" or "customer". What a
customer must not see is left out in `compose`. `build` makes the file of any kind; `tests/reports`
runs every kind found here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Protocol, cast

from fieldsales import discover
from fieldsales.domain.clock import local_day
from fieldsales.domain.visit import Letterhead, VisitFacts
from fieldsales.errors import UserError
from fieldsales.reports.document import Document, render
from fieldsales.store.database import Store
from fieldsales.words import Words

Audience = Literal["internal", "customer"]
INTERNAL: tuple[Audience, ...] = ("internal",)
EVERYBODY: tuple[Audience, ...] = ("internal", "customer")


@dataclass(frozen=True, slots=True)
class Subject:
    """The records a paper belongs to, '' = none; without a `day` it is of the day it is made."""

    day: date | None = None
    customer_id: str = ""
    visit_id: str = ""
    deal_id: str = ""

    @classmethod
    def of_visit(cls, facts: VisitFacts) -> Subject:
        return cls(local_day(facts.visit.starts_at), facts.customer.id, facts.visit.id)


class Kind(Protocol):
    """What a module of this folder offers."""

    KIND: str
    AUDIENCES: tuple[Audience, ...]

    def latest(self, store: Store) -> str: ...

    def gather(self, store: Store, row_id: str) -> Any: ...

    def subject(self, facts: Any) -> Subject: ...

    def compose(
        self, facts: Any, words: Words, audience: Audience, letterhead: Letterhead, today: date
    ) -> Document: ...


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of paper by its code."""
    found = cast("list[Kind]", discover.modules(sys.modules[__name__]))
    return {module.KIND: module for module in found}


def kind(code: str) -> Kind:
    """The kind of a code; raises UserError if there is none."""
    try:
        return kinds()[code]
    except KeyError:
        known = ", ".join(sorted(kinds())).replace("_", "-")
        raise UserError("report.unknown_kind", kind=code, kinds=known) from None


def admitted(code: str, audience: Audience) -> Kind:
    """The kind of a code; raises UserError if there is none or it is not for this audience."""
    paper = kind(code)
    if audience not in paper.AUDIENCES:
        raise UserError("report.internal_only")
    return paper


def build(
    code: str, facts: Any, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> bytes:
    """One paper as a PDF file; raises UserError where the font lacks a character, or the paper is
    not for this audience.
    """
    return build_many(code, [facts], words, audience, letterhead, today)


def build_many(
    code: str,
    all_facts: Sequence[Any],
    words: Words,
    audience: Audience,
    letterhead: Letterhead,
    today: date,
) -> bytes:
    """One PDF file of many papers of a kind, each numbered and bookmarked for itself."""
    compose = admitted(code, audience).compose
    documents = [compose(facts, words, audience, letterhead, today) for facts in all_facts]
    return render(documents, letterhead, today)
