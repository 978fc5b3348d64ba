"""What the papers about money need: a proposal with all around it, statements, commissions."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.money.proposal import Instalment, Proposal, ProposalLine
from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import ValuePart, WorksheetRow
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.people import PersonRow, people
from fieldsales.store.queries.pitch_links import value_parts, worksheet_rows
from fieldsales.store.queries.proposals import instalments, lines

_LIVE = "trashed_at IS NULL"


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A version of a proposal as its paper needs it.

    `needs`: what the customer has voiced; `rows` and `parts`: of the worksheet it shows; `readers`:
    who decides on it, and how they think; `unpriced`: asked for without prices.
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
    if found is None:
        raise UserError("cli.report.none_made")
    return str(found)


def proposal_facts(store: Store, proposal_id: str, *, unpriced: bool = False) -> ProposalFacts:
    """A proposal; raises UserError("record.gone") if it is unknown or in the trash."""
    with store.reading():
        proposal = store.record(Proposal, proposal_id)
        customer = store.record(Customer, proposal.customer_id) if proposal else None
        if proposal is None or customer is None or proposal.trashed_at:
            raise UserError("record.gone")
        sheet = proposal.worksheet_id
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
            rows=tuple(worksheet_rows(store, sheet)) if sheet else (),
            parts=tuple(value_parts(store, sheet)) if sheet else (),
            readers=_readers(store, proposal) if proposal.by_quadrant else (),
            unpriced=unpriced,
        )


def _readers(store: Store, proposal: Proposal) -> tuple[PersonRow, ...]:
    """The buying group, or whom the proposal is addressed to while there is none."""
    known = people(store, proposal.customer_id or "").persons
    group = tuple(one for one in known if one.parts(proposal.deal_id))
    return group or tuple(one for one in known if one.contact.id == proposal.contact_id)


def _first(store: Store, sql: str, without: str) -> str:
    found = store.value(f"{sql} ORDER BY created_at DESC, id DESC LIMIT 1")
    if found is None:
        raise UserError(without)
    return str(found)
