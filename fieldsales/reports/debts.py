"""How open debts stand on paper: each with its age, and the sums of each bucket (M42)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from fieldsales.domain.money.ageing import BUCKETS, Open, ageing
from fieldsales.drawing.bars import Row, bars
from fieldsales.drawing.blocks import Column, Figure, Table, cell
from fieldsales.drawing.shapes import Picture
from fieldsales.reports import phrases
from fieldsales.reports.amounts import figure
from fieldsales.reports.paper import BODY
from fieldsales.store.queries.receivables import Debt
from fieldsales.words import Words


def buckets(debts: Iterable[Debt], today: date) -> dict[str, dict[str, int]]:
    """Currency -> bucket -> sum; a debt without a day is not due yet."""
    return ageing(
        (
            Open(
                debt.receivable.customer_id or "",
                debt.receivable.currency,
                debt.open,
                date.fromisoformat(debt.receivable.due_on) if debt.receivable.due_on else today,
            )
            for debt in debts
        ),
        today,
    )


def overdue(sums: Mapping[str, int]) -> int:
    """What is past its day."""
    return sum(sums.values()) - sums[BUCKETS[0]]


def days_late(debt: Debt, today: date) -> int:
    """Days since it was due; 0 where it is not late or has no day."""
    due = debt.receivable.due_on
    return max(0, (today - date.fromisoformat(due)).days) if due else 0


def finding(words: Words, sums: Mapping[str, int], currency: str) -> str:
    """What is owed, and how much of it is late."""
    total, late = sum(sums.values()), overdue(sums)
    if not late:
        return words("report.ageing.none_late", total=words.money(total, currency))
    return words(
        "report.ageing.finding",
        total=words.money(total, currency),
        late=words.money(late, currency),
        percent=round(100 * late / total),
    )


def ageing_figure(words: Words, sums: Mapping[str, int], currency: str, width: float) -> Figure:
    """A bar for each bucket; the later, the darker."""
    told = finding(words, sums, currency)
    rows = [
        Row(
            words(f"report.ageing.bucket.{bucket}"),
            ((("line", "ink-3", "ink-3", "warn", "bad")[at], float(sums[bucket])),),
            words.money(sums[bucket], currency) if sums[bucket] else "",
        )
        for at, bucket in enumerate(BUCKETS)
    ]
    drawn: Picture = bars(rows, width, size=BODY, alt=told)
    return Figure(told, drawn)


def ageing_table(words: Words, sums: Mapping[str, int], currency: str) -> Table:
    """The sums of the buckets in one row, with their total."""
    columns = [Column(words(f"report.ageing.bucket.{one}"), 1, "end") for one in BUCKETS]
    columns.append(
        Column(words("report.ageing.owed", sign=words.currency_sign(currency)), 1, "end")
    )
    amounts = [figure(sums[one], currency) if sums[one] else "" for one in BUCKETS]
    row = [*(cell(one) for one in amounts), cell(figure(sum(sums.values()), currency), "strong")]
    return Table(tuple(columns), (tuple(row),))


def debts_table(
    words: Words, debts: Sequence[Debt], currency: str, today: date, *, whose: bool
) -> Table:
    """Open debts, each with the day it was due; `whose`: with the customer and what we know."""
    rows = []
    for debt in debts:
        one, late = debt.receivable, days_late(debt, today)
        named = phrases.joined(words, (one.number, one.title))
        promised = ""
        if whose and debt.promised_on:
            promised = words("report.ageing.promised", day=debt.promised_on)
        disputed = words("field.receivable.disputed") if whose and one.disputed else ""
        kind = words.choice("receivable_kind", one.kind)
        rows.append(
            (
                cell(debt.customer if whose else named or kind,
                     below=phrases.joined(words, (named if whose else "", disputed, promised))),
                cell(one.due_on or ""),
                cell(str(late) if late else "", "late" if late > 90 else "body"),
                cell(figure(debt.open, currency)),
            )
        )  # fmt: skip
    columns = (
        Column(words("noun.customer" if whose else "report.ageing.debt"), 5),
        Column(words("field.receivable.due_on"), 2),
        Column(words("report.ageing.days_late"), 1.5, "end"),
        Column(words("report.ageing.open", sign=words.currency_sign(currency)), 2.5, "decimal"),
    )
    return Table(columns, tuple(rows))
