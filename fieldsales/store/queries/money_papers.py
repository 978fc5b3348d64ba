"""What the papers about money need: a proposal with all around it, statements, commissions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.keeping import Content
from fieldsales.domain.money.proposal import Instalment, Proposal, ProposalLine
from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import ValuePart, Worksheet, WorksheetRow
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.needed import needed
from fieldsales.store.queries.people import PersonRow, people
from fieldsales.store.queries.pitch_links import value_parts, worksheet_rows
from fieldsales.store.queries.proposals import enclosed, instalments, lines
from fieldsales.store.queries.receivables import Debt, Entry, balance, open_debts, statement

_LIVE = "trashed_at IS NULL"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes along; `pages` of a PDF, photos are shown."""

    name: str
    size: int
    pages: int | None
    content: Content
    photo: bool = False


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A version of a proposal as its paper needs it.

    `needs`: what the customer has voiced; `rows` and `parts`: of the worksheet it shows, these only
    in the proposal's currency; `readers`: who decides on it, and how they think; `unpriced`: asked
    for without prices; `enclosed`: the files that go along.
    """

    proposal: Proposal
    customer: Customer
    lines: tuple[ProposalLine, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    contact: Contact | None = None
    needs: tuple[Need, ...] = ()
    rows: tuple[WorksheetRow, ...] = ()
    parts: tuple[ValuePart, ...] = ()
    readers: tuple[PersonRow, ...] = ()
    unpriced: bool = False
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def bare(self) -> bool:
        """Whether no price stands on it."""
        return self.unpriced or bool(self.proposal.without_prices)


def latest_proposal(store: Store) -> str:
    """Id of the proposal begun last; UserError if there is none."""
    return _first(store, "SELECT id FROM proposal WHERE trashed_at IS NULL", "cli.report.none_made")


def fullest_proposal(store: Store) -> str:
    """Id of the proposal with most lines; UserError if there is none."""
    lines = "(SELECT count(*) FROM proposal_line l WHERE l.proposal_id = p.id)"
    found = store.value(
        f"SELECT id FROM proposal p WHERE trashed_at IS NULL ORDER BY {lines} DESC, id LIMIT 1"
    )
    return needed(found, "cli.report.none_made")


def proposal_facts(store: Store, proposal_id: str, *, unpriced: bool = False) -> ProposalFacts:
    """A proposal; raises UserError("record.gone") if it is unknown or in the trash."""
    with store.reading():
        proposal = store.record(Proposal, proposal_id)
        customer = store.record(Customer, proposal.customer_id) if proposal else None
        if proposal is None or customer is None or proposal.trashed_at:
            raise UserError("record.gone")
        sheet = store.record(Worksheet, proposal.worksheet_id)
        same = sheet and (sheet.currency or base_currency(store)) == proposal.currency
        return ProposalFacts(
            proposal=proposal,
            customer=customer,
            lines=tuple(lines(store, proposal.id)),
            instalments=tuple(instalments(store, proposal.id)),
            contact=store.record(Contact, proposal.contact_id),
            needs=tuple(
                store.records(
                    Need,
                    f"SELECT * FROM need WHERE customer_id = ? AND {_LIVE} ORDER BY created_at, id",
                    [customer.id],
                )
            ),
            rows=tuple(worksheet_rows(store, sheet.id)) if sheet else (),
            parts=tuple(value_parts(store, sheet.id)) if sheet and same else (),
            readers=_readers(store, proposal) if proposal.by_quadrant else (),
            unpriced=unpriced,
            enclosed=tuple(
                Enclosed(
                    file.name,
                    file.size or 0,
                    one.pages,
                    store.kept.file(file.sha256),
                    file.kind == "photo",
                )
                for one, file in enclosed(store, proposal.id)
            ),
        )


def _readers(store: Store, proposal: Proposal) -> tuple[PersonRow, ...]:
    """The buying group, or whom the proposal is addressed to while there is none."""
    known = people(store, proposal.customer_id or "").persons
    group = tuple(one for one in known if one.parts(proposal.deal_id))
    return group or tuple(one for one in known if one.contact.id == proposal.contact_id)


def _first(store: Store, sql: str, without: str) -> str:
    found = store.value(f"{sql} ORDER BY created_at DESC, id DESC LIMIT 1")
    return needed(found, without)


@dataclass(frozen=True, slots=True)
class Account:
    """What one customer owes in a currency: what happened, and which debts are open."""

    currency: str
    entries: tuple[Entry, ...]
    debts: tuple[Debt, ...]
    balance: int = 0  # paid and not set against anything


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A customer's accounts, a currency each."""

    customer: Customer
    accounts: tuple[Account, ...] = ()


def latest_debtor(store: Store) -> str:
    """Id of the customer with the newest receivable; UserError if nobody owes anything."""
    found = store.value(
        "SELECT r.customer_id FROM receivable r JOIN customer c ON c.id = r.customer_id"
        " WHERE r.trashed_at IS NULL AND c.trashed_at IS NULL"
        " ORDER BY r.issued_on DESC, r.created_at DESC, r.id LIMIT 1"
    )
    return needed(found, "cli.report.no_receivable")


def busiest_debtor(store: Store) -> str:
    """Id of the customer with most receivables and payments; UserError if nobody owes anything."""
    found = store.value(
        "SELECT t.customer_id FROM (SELECT customer_id FROM receivable WHERE trashed_at IS NULL"
        " UNION ALL SELECT customer_id FROM payment WHERE trashed_at IS NULL) t"
        " JOIN customer c ON c.id = t.customer_id WHERE c.trashed_at IS NULL"
        " GROUP BY t.customer_id ORDER BY count(*) DESC, t.customer_id LIMIT 1"
    )
    return needed(found, "cli.report.no_receivable")


def statement_facts(store: Store, customer_id: str, currency: str = "") -> StatementFacts:
    """A customer's accounts, or the one in a currency; raises UserError("record.gone")."""
    with store.reading():
        customer = store.record(Customer, customer_id)
        if customer is None or customer.trashed_at:
            raise UserError("record.gone")
        used = store.rows(
            "SELECT currency FROM receivable WHERE customer_id = ? AND trashed_at IS NULL"
            " UNION SELECT currency FROM payment WHERE customer_id = ? AND trashed_at IS NULL"
            " ORDER BY 1",
            [customer_id, customer_id],
        )
        accounts = tuple(
            Account(
                one,
                tuple(statement(store, customer_id, one)),
                tuple(open_debts(store, customer_id=customer_id, currency=one)),
                balance(store, customer_id, one),
            )
            for (one,) in used
            if currency in ("", one)
        )
        return StatementFacts(customer, accounts)


def all_open_debts(store: Store) -> tuple[Debt, ...]:
    """All that is owed, the debt due first before."""
    with store.reading():
        return tuple(open_debts(store))


@dataclass(frozen=True, slots=True)
class Brought:
    """A won deal that a partner brought, and whose it is."""

    deal: Deal
    partner: str
    customer: str


def brought(store: Store, partner_id: str = "") -> tuple[Brought, ...]:
    """Won deals with a partner, by partner and day of the order; of all or of one of them."""
    with store.reading():
        told = store.rows(
            "SELECT d.id, p.name, coalesce(c.name, '') FROM deal d"
            " JOIN customer p ON p.id = d.partner_id LEFT JOIN customer c ON c.id = d.customer_id"
            " WHERE d.stage = 'won' AND d.trashed_at IS NULL AND ? IN ('', p.id)"
            " ORDER BY p.name, p.id, d.ordered_on, d.id",
            [partner_id],
        )
        sql = (
            "SELECT * FROM deal WHERE stage = 'won' AND partner_id IS NOT NULL"
            " AND trashed_at IS NULL"
        )
        deals = {deal.id: deal for deal in store.records(Deal, sql)}
        usual = base_currency(store)
        return tuple(
            Brought(
                replace(deals[row_id], currency=deals[row_id].currency or usual), partner, customer
            )
            for row_id, partner, customer in told
        )
