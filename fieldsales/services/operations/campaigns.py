"""A campaign: begun, filled with people, gone through, closed (M44)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldsales.domain.campaign import KINDS, OUTCOMES, TALKED, WAYS, Campaign, CampaignMember
from fieldsales.domain.contact import Contact
from fieldsales.domain.ids import new_id
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import campaigns


@dataclass(frozen=True)
class StartCampaign(Operation):
    """Begins a campaign, `values` of Campaign, for who decides at these customers."""

    values: Mapping[str, object]
    customer_ids: Sequence[str] = ()
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.insert("campaign", self.values, self.row_id)
        _add(writer, self.row_id, campaigns.whom(writer.store, self.customer_ids))


@dataclass(frozen=True)
class AddToCampaign(Operation):
    """Adds who decides at these customers; raises UserError("campaign.all_in") if all are in.

    A customer of whom anybody is in already is left as it is.
    """

    campaign_id: str
    customer_ids: Sequence[str]

    def apply(self, writer: Writer) -> None:
        writer.require(Campaign, self.campaign_id)
        known = {customer for customer, _ in campaigns.known(writer.store, self.campaign_id)}
        wanted = [one for one in self.customer_ids if one not in known]
        if not wanted:
            raise UserError("campaign.all_in")
        _add(writer, self.campaign_id, campaigns.whom(writer.store, wanted))


@dataclass(frozen=True)
class AddPersonToCampaign(Operation):
    """Adds one person, beside others of their house; raises UserError("campaign.all_in")."""

    campaign_id: str
    contact_id: str
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Campaign, self.campaign_id)
        contact = writer.require(Contact, self.contact_id)
        if not contact.customer_id:
            raise UserError("campaign.no_customer", name=contact.name)
        whom = (contact.customer_id, contact.id)
        if whom in campaigns.known(writer.store, self.campaign_id):
            raise UserError("campaign.all_in")
        _add(writer, self.campaign_id, [whom], self.row_id)


@dataclass(frozen=True)
class MarkReached(Operation):
    """Somebody was reached, by one of WAYS, with a text.

    Sent to many it stands on the timeline as a note, from which no rhythm counts anew: a real
    contact is their answer, or a call, in which they were spoken with.
    """

    member_id: str
    way: str
    text: str

    def apply(self, writer: Writer) -> None:
        if self.way not in WAYS:
            raise ValueError(self.way)
        one = writer.require(CampaignMember, self.member_id)
        campaign = writer.require(Campaign, one.campaign_id)
        if one.reached_at:
            raise UserError("campaign.reached_before")
        kind = TALKED if self.way == TALKED else "note"
        said = ": ".join(filter(None, (campaign.name, self.text)))
        stamp = writer.store.clock.stamp()
        sent = _on_timeline(writer, one, kind, said, stamp)
        values = {"reached_at": stamp, "reached_by": self.way, "sent_id": sent}
        writer.update("campaign_member", one.id, values)


@dataclass(frozen=True)
class TakeBackReached(Operation):
    """They were not reached after all; what stood of it on the timeline goes, too."""

    member_id: str

    def apply(self, writer: Writer) -> None:
        one = writer.require(CampaignMember, self.member_id)
        _drop(writer, one.sent_id, one.answer_id)
        empty = {"reached_at": None, "reached_by": "", "outcome": "", "outcome_at": None}
        writer.update("campaign_member", one.id, {**empty, "sent_id": None, "answer_id": None})


@dataclass(frozen=True)
class NoteResponse(Operation):
    """What came back of somebody who was reached, one of OUTCOMES, '' for nothing yet.

    An answer is a real contact of now; that of another outcome is the visit or deal itself.
    """

    member_id: str
    outcome: str

    def apply(self, writer: Writer) -> None:
        if self.outcome and self.outcome not in OUTCOMES:
            raise ValueError(self.outcome)
        one = writer.require(CampaignMember, self.member_id)
        campaign = writer.require(Campaign, one.campaign_id)
        if not one.reached_at:
            raise UserError("campaign.not_reached")
        if one.outcome == self.outcome:
            return
        _drop(writer, one.answer_id)
        stamp = writer.store.clock.stamp()
        answer = None
        if self.outcome == "answer":
            said = ": ".join(filter(None, (campaign.name, one.note)))
            answer = _on_timeline(writer, one, KINDS[one.reached_by], said, stamp)
        values = {"outcome": self.outcome, "outcome_at": stamp if self.outcome else None}
        writer.update("campaign_member", one.id, {**values, "answer_id": answer})


@dataclass(frozen=True)
class CloseCampaign(Operation):
    """It is over; what comes back can still be noted."""

    campaign_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Campaign, self.campaign_id)
        writer.update("campaign", self.campaign_id, {"closed_at": writer.store.clock.stamp()})


@dataclass(frozen=True)
class ReopenCampaign(Operation):
    """It goes on."""

    campaign_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Campaign, self.campaign_id)
        writer.update("campaign", self.campaign_id, {"closed_at": None})


def _add(
    writer: Writer,
    campaign_id: str,
    found: Sequence[tuple[str, str | None]],
    row_id: str = "",
) -> None:
    writer.insert_many(
        "campaign_member",
        [
            {
                "id": row_id or new_id(),
                "campaign_id": campaign_id,
                "customer_id": customer,
                "contact_id": contact,
            }
            for customer, contact in found
        ],
    )


def _on_timeline(writer: Writer, one: CampaignMember, kind: str, text: str, stamp: str) -> str:
    whose = {"customer_id": one.customer_id, "contact_id": one.contact_id}
    return writer.insert("interaction", {**whose, "kind": kind, "at": stamp, "text": text})


def _drop(writer: Writer, *interactions: str | None) -> None:
    gone = [row_id for row_id in interactions if row_id]
    writer.set_trashed("interaction", gone, writer.store.clock.stamp())
