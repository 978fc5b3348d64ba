"""Drafts made of a proposal: its next version, copies for the same customer or another (M43)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import Record, values_of
from fieldsales.domain.ids import new_id
from fieldsales.domain.money.proposal import Proposal
from fieldsales.errors import UserError
from fieldsales.services.operations.proposals import refuse_accepted
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import proposals as queries

_OWN = ("id", "created_at", "trashed_at")  # of a record, not of what it says
_OF_A_VERSION = (
    "number", "version", "series_id", "state", "made_final_at", "sent_at", "decided_at",
    "decided_on", "decided_by", "decided_why", "signed_by", "signed_at", "signed_on", "signature",
    "sha256",
)  # fmt: skip
_OF_A_CUSTOMER: Mapping[str, object] = {
    "contact_id": None, "deal_id": None, "worksheet_id": None, "with_needs": 0, "by_quadrant": 0,
    "note": "",
}  # fmt: skip


@dataclass(frozen=True)
class NewVersion(Operation):
    """Makes a draft of what a locked version says; that one stays as it is.

    What was accepted is agreed: no version follows it, a copy does.
    """

    proposal_id: str
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        proposal = writer.require(Proposal, self.proposal_id)
        if not proposal.locked:
            raise UserError("proposal.still_a_draft")
        refuse_accepted(writer, proposal)
        known = queries.versions(writer.store, proposal.series_id)
        if any(not one.locked for one in known):
            raise UserError("proposal.draft_there")
        last = max(one.version or 1 for one in known)
        own = {"version": last + 1, "series_id": proposal.series_id}
        _copy(writer, proposal, {**_dates(writer, proposal), **own}, self.row_id, linked=True)


@dataclass(frozen=True)
class CopyProposal(Operation):
    """Makes a draft like another, for the same customer or for another one.

    What belongs to a customer does not go to another: the person, the deal, needs, our notes.
    """

    proposal_id: str
    customer_id: str | None = None
    deal_id: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        proposal = writer.require(Proposal, self.proposal_id)
        own: dict[str, object] = {"version": 1, "series_id": self.row_id}
        customer_id, deal_id = self.customer_id, self.deal_id
        if deal_id:
            customer_id = writer.require(Deal, deal_id).customer_id
        if customer_id and customer_id != proposal.customer_id:
            writer.require(Customer, customer_id)
            own |= {"customer_id": customer_id, **_OF_A_CUSTOMER}
        if customer_id or deal_id:
            own["deal_id"] = deal_id
        _copy(writer, proposal, {**_dates(writer, proposal), **own}, self.row_id, linked=False)


def _dates(writer: Writer, proposal: Proposal) -> dict[str, object]:
    """Today, and valid for as long as it was."""
    today = writer.store.clock.today()
    dates: dict[str, object] = {"dated": today.isoformat()}
    if proposal.dated and proposal.valid_until:
        span = date.fromisoformat(proposal.valid_until) - date.fromisoformat(proposal.dated)
        dates["valid_until"] = (today + span).isoformat()
    return dates


def _copy(
    writer: Writer, proposal: Proposal, own: Mapping[str, object], row_id: str, *, linked: bool
) -> None:
    """A draft with all lines and instalments; `linked` lines know where they come from."""
    values = {
        name: value
        for name, value in values_of(proposal).items()
        if name not in (*_OWN, *_OF_A_VERSION)
    }
    writer.insert("proposal", {**values, **own, "state": "draft"}, row_id)
    parts: dict[str, Sequence[Record]] = {
        "proposal_line": queries.lines(writer.store, proposal.id),
        "instalment": queries.instalments(writer.store, proposal.id),
    }
    if own.get("customer_id", proposal.customer_id) == proposal.customer_id:
        parts["enclosure"] = queries.enclosures(writer.store, proposal.id)
    for noun, records in parts.items():
        for record in records:
            said = {n: v for n, v in values_of(record).items() if n not in _OWN}
            said["proposal_id"] = row_id
            if noun == "proposal_line":
                said["origin_id"] = record.id if linked else None
            writer.insert(noun, said)
