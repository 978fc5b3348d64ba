"""The balanced indicators of a quarter 攻守指标 (M34): pictures, then target and actual of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.classes.indicators import GROUPS, INDICATORS
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Cell, Column, Section, Table, cell, prose
from fieldsales.errors import UserError
from fieldsales.reports.document import Document, overview
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.documents.portfolio import section, title
from fieldsales.reports.funnel_pictures import month_name
from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.store.database import Store
from fieldsales.words import Words

KIND = "indicators"
AUDIENCES = INTERNAL
_LISTED = 5  # customers


@dataclass(frozen=True, slots=True)
class Facts:
    """The file, and which of the quarters that the picture knows."""

    store: Store
    quarter: str


def latest(store: Store) -> str:
    """The quarter that runs."""
    return Balanced.OPTIONS["quarter"][0]


def gather(store: Store, row_id: str) -> Facts:
    """`row_id`: `this_quarter`, `last_quarter` …; UserError("record.gone") for others."""
    if row_id not in Balanced.OPTIONS["quarter"]:
        raise UserError("record.gone")
    return Facts(store, row_id)


def subject(facts: Facts) -> Subject:
    return Subject()


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The paper before it is laid out."""
    portrait = Balanced(facts.store, words, {"quarter": facts.quarter})
    quarter = month_name(words, str(portrait.board.quarter))
    missing = portrait.empty()
    told = [Section(title(portrait), (prose(missing, "quiet"),))]
    if not missing:
        told = [section(portrait, _LISTED), Section(words("indicators.all"), (_table(portrait),))]
    return overview(KIND, told, words, today, of=portrait.board.day, facts=(quarter,))


def _table(portrait: Balanced) -> Table:
    """Each indicator below its group: where it was, is, and shall be, and how it stands."""
    words = portrait.words
    rows: list[tuple[Cell, ...]] = []
    kept = set()
    for group in GROUPS:
        kept.add(len(rows))
        rows.append((cell(words(f"indicators.group.{group}"), "strong"), *[cell("")] * 5))
        for one in INDICATORS:
            if one.group == group:
                reading, found = portrait.now[one.code], portrait.states[one.code]
                figures = (reading.before, reading.actual, reading.target)
                rows.append(
                    (
                        cell(portrait.name(one)),
                        cell(words(f"portfolio.side.{one.side}")),
                        *(
                            cell("" if figure is None else portrait.figure(one, figure))
                            for figure in figures
                        ),
                        cell(words(f"indicators.{found}") if found else ""),
                    )
                )
    columns = (
        Column(words("indicators.one"), 4),
        Column("", 2),
        Column(words("indicators.before"), 2, "end"),
        Column(words("indicators.actual"), 2, "end"),
        Column(words("indicators.target"), 2, "end"),
        Column("", 2, "end"),
    )
    return Table(columns, tuple(rows), kept=frozenset(kept))
