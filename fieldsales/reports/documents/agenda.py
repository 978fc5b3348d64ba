"""The agenda 日程 of a day or a week (M46): where to be when, whom to meet, what else to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.visit import Letterhead
from fieldsales.domain.weeks import week_of
from fieldsales.drawing.blocks import (
    Block,
    Column,
    Point,
    Points,
    Said,
    Section,
    Table,
    cell,
    prose,
)
from fieldsales.errors import UserError
from fieldsales.reports.document import Document
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.services import special_days
from fieldsales.services.almanac import day_note
from fieldsales.services.birthdays import kept_from
from fieldsales.store.database import Store
from fieldsales.store.queries.agenda import agenda, expected
from fieldsales.store.queries.care import Somebody
from fieldsales.store.queries.special_days import Dated
from fieldsales.store.queries.today import DueTask, DueVisit
from fieldsales.words import Words

KIND = "agenda"
AUDIENCES = INTERNAL


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands on each of the days; `people` of a visit are (name, number)."""

    days: tuple[date, ...]
    visits: tuple[DueVisit, ...] = ()
    tasks: tuple[DueTask, ...] = ()
    people: dict[str, tuple[tuple[str, str], ...]] | None = None
    birthdays: tuple[tuple[date, Somebody], ...] = ()
    kept: tuple[tuple[date, Dated], ...] = ()

    @property
    def week(self) -> bool:
        return len(self.days) > 1


def latest(store: Store) -> str:
    """Today."""
    return store.clock.today().isoformat()


def gather(store: Store, row_id: str) -> Facts:
    """`row_id` is a day, `2026-11-09`, or a week, `2026-W46`."""
    days = _days(row_id)
    found = agenda(store, days[0], days[-1])
    near = kept_from(store, days[0], len(days) - 1)
    kept = special_days.kept_from(store, days[0], len(days) - 1)
    return Facts(
        days,
        found.visits,
        found.tasks,
        expected(store, [due.visit.id for due in found.visits]),
        tuple((birthday.day, one) for one, birthday in near),
        tuple((coming.day, one) for one, coming in kept),
    )


def subject(facts: Facts) -> Subject:
    return Subject(facts.days[0])


def _days(row_id: str) -> tuple[date, ...]:
    year, _, week = row_id.partition("-W")
    try:
        if week:
            return tuple(week_of(date.fromisocalendar(int(year), int(week), 1)))
        return (date.fromisoformat(row_id),)
    except ValueError:
        raise UserError("record.gone") from None


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The agenda before it is laid out: a section for each day; of a week, empty days in a word."""
    first, last = facts.days[0], facts.days[-1]
    if facts.week:
        title = words(
            "calendar.week_title",
            span=" – ".join(words.date(day, year=False) for day in (first, last)),
            week=first.isocalendar().week,
        )
    else:
        title = words.dated(first, year=False)
    return Document(
        name=words("report.agenda.name"),
        title=title,
        facts=(_counted(facts, words),),
        sections=_of_week(facts, words, today) if facts.week else _of_day(facts, words, today),
        reference=words.date(first),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
        dense=True,
    )


def _counted(facts: Facts, words: Words) -> str:
    said = [words("report.agenda.visits", n=len(facts.visits))]
    if facts.tasks:
        said.append(words("report.agenda.tasks", n=len(facts.tasks)))
    return words("report.separator").join(said)


def _of_day(facts: Facts, words: Words, today: date) -> tuple[Section, ...]:
    """A section for each kind of thing."""
    found = [
        Section(words(key), (block,)) for key, block in _blocks(facts, words, facts.days[0], today)
    ]
    nothing = Section(
        words("report.agenda.of_visits"), (prose(words("report.agenda.nothing"), "quiet"),)
    )
    return tuple(found) or (nothing,)


def _of_week(facts: Facts, words: Words, today: date) -> tuple[Section, ...]:
    """A section for each day."""
    found = []
    for day in facts.days:
        blocks = tuple(block for _, block in _blocks(facts, words, day, today))
        note, title = day_note(words, day), words.dated(day, year=False)
        if note.festival:
            title = f"{title} {note.text}"
        nothing = prose(words("report.agenda.nothing"), "quiet")
        found.append(Section(title, blocks or (nothing,)))
    return tuple(found)


def _blocks(facts: Facts, words: Words, day: date, today: date) -> Iterator[tuple[str, Block]]:
    """What there is of a day, each kind with the key of its name."""
    visits = [due for due in facts.visits if local_day(due.visit.starts_at) == day]
    tasks = [due for due in facts.tasks if due.task.day == day.isoformat()]
    born = [one for kept, one in facts.birthdays if kept == day]
    if visits:
        columns = (Column("", 44, exact=True), Column("", 10))
        yield (
            "report.agenda.of_visits",
            Table(columns, tuple(_visit(facts, words, due) for due in visits)),
        )
    if tasks:
        yield "report.agenda.of_tasks", Points(tuple(_task(words, due, today) for due in tasks))
    told = [
        Point(
            Said(words("calendar.birthday", name=one.contact.name)),
            aside=" · ".join(filter(None, (one.customer, one.contact.mobile))),
        )
        for one in born
    ]
    told += [
        Point(
            Said(special_days.said(words, one)),
            aside=" · ".join(filter(None, (one.customer if one.person else "", one.number))),
        )
        for coming, one in facts.kept
        if coming == day
    ]
    if told:
        yield "report.agenda.of_birthdays", Points(tuple(told))


def _visit(facts: Facts, words: Words, due: DueVisit) -> tuple[tuple[Said, ...], ...]:
    visit = due.visit
    begins = from_stamp(visit.starts_at)
    until = begins + timedelta(minutes=visit.minutes or 60)
    people = (facts.people or {}).get(visit.id, ())
    met = words("report.list_separator").join(" ".join(filter(None, one)) for one in people)
    about = (words.choice("advance", visit.wanted_advance), visit.place)
    small = (" · ".join(filter(None, about)), met)
    said = (
        Said(due.customer, "strong"),
        *((Said(visit.objective),) if visit.objective else ()),
        *(Said(line, "small") for line in small if line),
    )
    return cell(words.time(begins), "strong", words.time(until)), said


def _task(words: Words, due: DueTask, today: date) -> Point:
    task = due.task
    day = date.fromisoformat(task.day or "")
    late = task.party == "us" and day < today
    theirs = words("report.agenda.theirs") if task.party == "them" else ""
    return Point(
        Said(task.title, "late" if late else "body"),
        aside=" · ".join(filter(None, (theirs, due.customer))),
        mark="box",
    )
