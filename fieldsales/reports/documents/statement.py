"""The statement of account 对账单 (M42): what was invoiced and paid, and what is open since when.

An id ending in `:USD` is about that currency alone. Why something was written off stays with us,
and so do promises and disputes.
"""

from __future__ import annotations

from datetime import date

from fieldsales.domain.money.receivable import Payment, Receivable
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import (
    Block,
    Cell,
    Column,
    Point,
    Points,
    Said,
    Section,
    Spread,
    Table,
    cell,
    prose,
)
from fieldsales.reports import phrases
from fieldsales.reports.amounts import figure, room
from fieldsales.reports.capitals import capitals
from fieldsales.reports.debts import ageing_table, buckets, debts_table, finding
from fieldsales.reports.document import Document
from fieldsales.reports.documents import Audience, Subject
from fieldsales.reports.signing import Party, signatures
from fieldsales.store.database import Store
from fieldsales.store.queries.money_papers import (
    Account,
    StatementFacts,
    busiest_debtor,
    latest_debtor,
    statement_facts,
)
from fieldsales.store.queries.receivables import Entry
from fieldsales.words import Words

KIND = "statement"
AUDIENCES: tuple[Audience, ...] = ("customer", "internal")  # it is made to be given away
latest = latest_debtor
example = busiest_debtor


def gather(store: Store, row_id: str) -> StatementFacts:
    """`row_id`: a customer's id, and after a colon a currency; raises UserError("record.gone")."""
    customer_id, _, currency = row_id.partition(":")
    return statement_facts(store, customer_id, currency)


def subject(facts: StatementFacts) -> Subject:
    return Subject(customer_id=facts.customer.id)


def compose(
    facts: StatementFacts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The statement before it is laid out."""
    internal = audience == "internal"
    sections: list[Section | Spread] = []
    for account in facts.accounts:
        sections += _account(account, words, today, internal=internal)
    if sections:
        sections.append(_agreed(facts, words, letterhead))
        sections += [_entries(one, words, internal=internal) for one in facts.accounts]
    else:
        nothing = prose(words("report.statement.nothing"), "quiet")
        sections.append(Section(words("report.statement.entries"), (nothing,)))
    return Document(
        name=words("report.statement.name"),
        title=facts.customer.name,
        facts=(words("report.statement.as_of", day=words.date(today)),),
        sections=tuple(sections),
        sources=(words("field.customer.name"),),
        reference=words.date(today),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
        titles_above=True,
    )


def _account(
    account: Account, words: Words, today: date, *, internal: bool
) -> list[Section | Spread]:
    """What is owed at once, then what is open."""
    currency = account.currency
    name = words.choice("currency", currency)
    owed = account.entries[-1].balance if account.entries else 0
    told: list[Block] = [prose(_owed(words, owed, currency), "lead")]
    if owed > 0 and (full := capitals(owed, currency, words)):
        told.append(prose(words("report.proposal.in_capitals", amount=full)))
    if account.debts:
        sums = buckets(account.debts, today)[currency]
        told += [prose(finding(words, sums, currency)), ageing_table(words, sums, currency)]
    if account.balance:
        paid = words.money(account.balance, currency)
        told.append(prose(words("report.statement.unsettled", amount=paid), "quiet"))
    sections: list[Section | Spread] = [Section(name, tuple(told))]
    if account.debts:
        table = debts_table(words, account.debts, currency, today, whose=False)
        sections.append(Section(words("report.statement.open"), (table,)))
    if internal and (why := _why(account, words)):
        sections.append(Section(words("report.statement.for_us"), (why,)))
    return sections


def _owed(words: Words, owed: int, currency: str) -> str:
    key = "owed" if owed > 0 else "in_credit" if owed < 0 else "settled"
    return words(f"report.statement.{key}", amount=words.money(abs(owed), currency))


def _entries(account: Account, words: Words, *, internal: bool) -> Section:
    """Each entry with what it raised or lowered, and the balance after it."""
    currency = account.currency
    rows: list[tuple[Cell, ...]] = []
    for entry in account.entries:
        more, less = max(entry.amount, 0), max(-entry.amount, 0)
        rows.append(
            (
                cell(entry.day, "quiet"),
                _what(entry, words, internal=internal),
                cell(figure(more, currency) if more else ""),
                cell(figure(less, currency) if less else ""),
                cell(figure(entry.balance, currency), "strong"),
            )
        )
    sign = words.currency_sign(currency)
    widest = room(figure(one.balance, currency) for one in account.entries)
    share = max(widest, 72.0)
    columns = (
        Column(words("report.statement.day"), 58.0),
        Column(words("report.statement.what"), 200.0),
        Column(words("report.statement.more", sign=sign), share, "decimal"),
        Column(words("report.statement.less", sign=sign), share, "decimal"),
        Column(words("report.statement.balance", sign=sign), share, "decimal"),
    )
    return Section(words("report.statement.entries"), (Table(columns, tuple(rows)),))


def _what(entry: Entry, words: Words, *, internal: bool) -> Cell:
    what = entry.what
    if isinstance(what, Payment):
        told = (words.choice("payment_method", what.method), what.reference)
        return cell(words("report.statement.paid"), below=phrases.joined(words, told))
    if _written_off(entry):
        name = words("report.statement.written_off" if internal else "report.statement.adjusted")
        return cell(phrases.joined(words, (name, what.number)))
    kind = words.choice("receivable_kind", what.kind)
    return cell(phrases.joined(words, (kind, what.number)), below=what.title)


def _written_off(entry: Entry) -> bool:
    what = entry.what
    return isinstance(what, Receivable) and what.kind != "credit_note" and entry.amount < 0


def _why(account: Account, words: Words) -> Points | None:
    """What only we know: reasons of write-offs, disputes, promises."""
    told = [
        words(
            "report.statement.why",
            number=entry.what.number,
            reason=words.choice("write_off_reason", entry.what.written_off_why),
            amount=words.money(-entry.amount, account.currency),
        )
        for entry in account.entries
        if isinstance(entry.what, Receivable) and _written_off(entry)
    ]
    for debt in account.debts:
        number = debt.receivable.number or debt.receivable.title
        if debt.receivable.disputed:
            told.append(words("report.statement.disputed", number=number))
        if debt.promised_on:
            told.append(words("report.statement.promised", number=number, day=debt.promised_on))
    return Points(tuple(Point(Said(text)) for text in told)) if told else None


def _agreed(facts: StatementFacts, words: Words, sender: Letterhead) -> Spread:
    """Where both sides confirm it."""
    below = (words("report.proposal.sign_here"),)
    parties = (
        Party(words("report.statement.from_us"), sender.company or sender.seller, below),
        Party(words("report.statement.agreed"), facts.customer.name, below),
    )
    note = words("report.statement.please")
    return Spread("", lambda width, _: (signatures(parties, width, note),))
