"""A review of the customers 客户评审记录 (M11): who moved, what was decided, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.review import KINDS, Review
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Block, Cell, Column, Section, Table, cell, prose
from fieldsales.errors import UserError
from fieldsales.reports import review_words as said
from fieldsales.reports.document import Document, overview
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.store.database import Store
from fieldsales.store.queries import reviews as queries
from fieldsales.store.queries.reviews import Reviewed
from fieldsales.words import Words

KIND = "review"
AUDIENCES = INTERNAL
NONE = "none"


@dataclass(frozen=True, slots=True)
class Facts:
    """A review with what stands in it, and the one before it; None where none was held."""

    review: Review | None = None
    items: tuple[Reviewed, ...] = ()
    before: Review | None = None
    items_before: tuple[Reviewed, ...] = ()


def latest(store: Store) -> str:
    """The newest review; `none` where none was held."""
    return next((one.id for one in queries.reviews(store)), NONE)


def gather(store: Store, row_id: str) -> Facts:
    """`row_id`: of a review, or `none`; UserError("record.gone") for others."""
    held = queries.reviews(store)
    review = next((one for one in held if one.id == row_id), None)
    if review is None:
        if row_id == NONE:
            return Facts()
        raise UserError("record.gone")
    before = next((one for one in held if one.held_on < review.held_on), None)
    return Facts(
        review,
        tuple(queries.items(store, review.id)),
        before,
        tuple(queries.items(store, before.id)) if before else (),
    )


def subject(facts: Facts) -> Subject:
    return Subject(date.fromisoformat(facts.review.held_on) if facts.review else None)


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The review before it is laid out: the finding first, then kind by kind, then the last one."""
    review = facts.review
    day = date.fromisoformat(review.held_on) if review else today
    sections = _sections(facts, words) if review else []
    return overview(KIND, sections, words, today, of=day, facts=tuple(_lines(facts, words)))


def _lines(facts: Facts, words: Words) -> list[str]:
    review = facts.review
    if review is None:
        return []
    since = words.date(date.fromisoformat(review.since))
    open_ = [] if review.closed_at else [words("report.review.open")]
    return [words("report.review.since", day=since), *open_]


def _sections(facts: Facts, words: Words) -> list[Section]:
    assert facts.review is not None
    held_on = date.fromisoformat(facts.review.held_on)
    tally = queries.tally(list(facts.items))
    first: list[Block] = [prose(said.finding(words, tally), "lead")]
    if facts.before is not None:
        then = queries.tally(list(facts.items_before))
        first.append(
            prose(said.compared(words, tally, then, date.fromisoformat(facts.before.held_on)))
        )
    if facts.review.left_out:
        first.append(prose(words("review.left_out", n=facts.review.left_out), "quiet"))
    sections = [Section("", tuple(first))]
    for kind in KINDS:
        rows = [one for one in facts.items if one.item.kind == kind]
        if rows:
            title = words.choice("review_kind", kind)
            sections.append(Section(title, (_table(rows, words, held_on),)))
    done = [one for one in facts.items_before if one.item.decision not in ("", "skipped")]
    if done and facts.before is not None:
        then_on = date.fromisoformat(facts.before.held_on)
        sections.append(Section(words("report.review.before"), (_table(done, words, then_on),)))
    return sections


def _table(rows: list[Reviewed], words: Words, held_on: date) -> Table:
    columns = (
        Column(words("noun.customer"), 3),
        Column(words("report.review.why"), 5),
        Column(words("report.review.decision"), 4),
    )
    return Table(columns, tuple(_row(one, words, held_on) for one in rows))


def _row(one: Reviewed, words: Words, held_on: date) -> tuple[Cell, ...]:
    item = one.item
    gone = "" if one.there else words("review.customer_gone_short")
    why = [*said.further(words, item), said.sold(words, item)]
    decided = said.decided(words, one)
    return (
        cell(one.customer, "strong", gone),
        cell(said.headline(words, item, held_on), below="\n".join(filter(None, why))),
        cell(decided or words("report.review.undecided"), "body" if decided else "quiet"),
    )
