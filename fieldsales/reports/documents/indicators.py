"""The balanced indicators of a quarter 攻守指标 (M34): pictures, then target and actual of each."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.classes.indicators import GROUPS, INDICATORS
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Cell, Column, Section, Table, cell, prose
from fieldsales.reports.document import Document, overview
from fieldsales.reports.documents import INTERNAL, Audience
from fieldsales.reports.documents._asked import Asked, Facts
from fieldsales.reports.documents.portfolio import section, title
from fieldsales.reports.funnel_pictures import month_name
from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.words import Words

KIND = "indicators"
AUDIENCES = INTERNAL
_LISTED = 5  # customers
_ASKED = Asked(Balanced, "quarter")
latest, gather, subject = _ASKED.latest, _ASKED.gather, _ASKED.subject


def compose(
    facts: Facts[Balanced], words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The paper before it is laid out."""
    portrait = facts.picture(words)
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
