"""The ageing list 账龄表 (M42): all that is owed to us, by how late it is; for the house alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.money.ageing import BUCKETS, bucket
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Section
from fieldsales.errors import UserError
from fieldsales.reports.debts import ageing_figure, buckets, days_late, debts_table
from fieldsales.reports.document import Document, overview
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.paper import A4
from fieldsales.store.database import Store
from fieldsales.store.queries.money_papers import all_open_debts
from fieldsales.store.queries.receivables import Debt
from fieldsales.words import Words

KIND = "ageing"
AUDIENCES = INTERNAL
ALL = "all"


@dataclass(frozen=True, slots=True)
class Facts:
    """All open debts, the one due first before."""

    debts: tuple[Debt, ...] = ()


def latest(store: Store) -> str:
    """There is one list."""
    return ALL


def gather(store: Store, row_id: str) -> Facts:
    """`row_id` is `all`, or a currency; raises UserError("record.gone") for others."""
    debts = all_open_debts(store)
    if row_id == ALL:
        return Facts(debts)
    found = tuple(debt for debt in debts if debt.receivable.currency == row_id)
    if not found:
        raise UserError("record.gone")
    return Facts(found)


def subject(facts: Facts) -> Subject:
    return Subject()


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The list before it is laid out: for each currency the picture, then the oldest first."""
    sections: list[Section] = []
    for currency, sums in sorted(buckets(facts.debts, today).items()):
        drawn = ageing_figure(words, sums, currency, A4.measure - 60)
        sections.append(Section(words.choice("currency", currency), (drawn,)))
        for name in reversed(BUCKETS):
            debts = [
                debt
                for debt in facts.debts
                if debt.receivable.currency == currency and bucket(days_late(debt, today)) == name
            ]
            if debts:
                table = debts_table(words, debts, currency, today, whose=True)
                sections.append(Section(words(f"report.ageing.bucket.{name}"), (table,)))
    return overview(KIND, sections, words, today)
