"""The weekly plan 周计划 (M33, M46): whom to see on which day, why, and who is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.visit import Letterhead
from fieldsales.domain.weeks import week_of
from fieldsales.drawing.blocks import Block, Cell, Column, Section, Table, cell, prose
from fieldsales.errors import UserError
from fieldsales.reports.document import Document
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.week_words import why
from fieldsales.services.week_planning import Week, usual_monday, week
from fieldsales.store.database import Store
from fieldsales.words import Words

KIND = "weekly_plan"
AUDIENCES = INTERNAL
_TIME, _REGION = 44, 60  # points


@dataclass(frozen=True, slots=True)
class Facts:
    """A week as it stands, with what is proposed."""

    week: Week


def latest(store: Store) -> str:
    """The week that is planned next."""
    return usual_monday(store.clock.today()).isoformat()


def gather(store: Store, row_id: str) -> Facts:
    """`row_id`: a day of the week, `2026-11-09`; UserError("record.gone") for others."""
    try:
        monday = week_of(date.fromisoformat(row_id))[0]
    except ValueError:
        raise UserError("record.gone") from None
    return Facts(week(store, monday))


def subject(facts: Facts) -> Subject:
    return Subject(facts.week.days[0])


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The plan before it is laid out: a section for each day, held together.

    Where the five are too much for a page, the last two go on to the next.
    """
    found = facts.week
    span = " – ".join(words.date(day, year=False) for day in (found.days[0], found.days[-1]))
    number = found.days[0].isocalendar().week
    sections = [_day(found, day, words, today) for day in found.days]
    return Document(
        name=words("report.weekly_plan.name"),
        title=words("calendar.week_title", span=span, week=number),
        facts=(words("report.weekly_plan.counted", n=len(found.visits), more=len(found.proposed)),),
        sections=tuple(sections),
        reference=words.date(found.days[0]),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
        dense=True,
        titles_above=True,
    )


def _day(found: Week, day: date, words: Words, today: date) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for visit in found.visits:
        if visit.day == day:
            known = found.reasons.get(visit.customer_id)
            told = why(words, known, today) if known else ""
            at = words.time(from_stamp(visit.starts_at))
            rows.append(_line(cell(at), visit.name, visit.region, told))
    for one in found.wanted:
        if found.proposed.get(one.candidate.customer_id) == day:
            proposed = cell(words("report.weekly_plan.proposed"), "quiet")
            whom = one.candidate
            rows.append(_line(proposed, whom.name, whom.region, why(words, one, today)))
    columns = (
        Column("", _TIME, exact=True),
        Column("", 2),
        Column("", _REGION, exact=True),
        Column("", 5),
    )
    block: Block = Table(columns, tuple(rows), kept=frozenset(range(len(rows) - 1)))
    if not rows:
        block = prose(words("report.agenda.nothing"), "quiet")
    return Section(words.dated(day, year=False), (block,), stays=day == found.days[-2])


def _line(when: Cell, name: str, region: str, told: str) -> tuple[Cell, ...]:
    return when, cell(name, "strong"), cell(region, "small"), cell(told)
