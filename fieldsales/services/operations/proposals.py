"""Writing proposals, making them final, what the customer answers (M43)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from fieldsales.domain.clock import local_day
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import MONEY_LIMIT
from fieldsales.domain.ids import new_id
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.money.from_card import card_values, price_values
from fieldsales.domain.money.proposal import Proposal, ProposalLine, follow
from fieldsales.domain.money.schedule import schedule
from fieldsales.domain.money.totals import Totals, totals
from fieldsales.domain.product import Product
from fieldsales.errors import FieldError, UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import proposals as queries
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.settings import setting
from fieldsales.words import minor_digits

VALID_DAYS = 30  # unless the settings say otherwise


@dataclass(frozen=True)
class StartProposal(Operation):
    """Begins a draft for a customer, or for a deal and its customer.

    `values` are fields of Proposal; what they leave open is as the last settings have it.
    """

    values: Mapping[str, object]
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        store, values = writer.store, dict(self.values)
        if values.get("deal_id"):
            deal = writer.require(Deal, str(values["deal_id"]))
            values.setdefault("customer_id", deal.customer_id)
            values.setdefault("title", deal.title)
            values.setdefault("currency", deal.currency)
        customer = writer.require(Customer, str(values.get("customer_id") or ""))
        today = store.clock.today()
        days = int(setting(store, "proposal.valid_days", VALID_DAYS))
        usual = {
            "title": customer.name,
            "dated": today.isoformat(),
            "valid_until": (today + timedelta(days=days)).isoformat(),
            **setting(store, "proposal.usual", {}),
        }
        for name, value in usual.items():
            if not values.get(name):
                values[name] = value
        values["currency"] = values.get("currency") or base_currency(store)
        own = {"state": "draft", "version": 1, "series_id": self.row_id}
        writer.insert("proposal", {**values, **own}, self.row_id)


@dataclass(frozen=True)
class AddProposalLine(Operation):
    """Adds a line at the end, or `after` another, '' for none; `values` are of ProposalLine.

    What a product says and costs today is taken from its card where `values` leave it open. A
    product or service is one piece of it unless told.
    """

    proposal_id: str
    values: Mapping[str, object] = field(default_factory=dict)
    after: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        AddProposalLines(self.proposal_id, (self.values,), self.after, (self.row_id,)).apply(writer)


@dataclass(frozen=True)
class AddProposalLines(Operation):
    """Adds several lines at once, as AddProposalLine does one: those of a spreadsheet.

    `row_ids` are as many as there are lines, or none to have them made.
    """

    proposal_id: str
    lines: tuple[Mapping[str, object], ...]
    after: str | None = None
    row_ids: tuple[str, ...] = ()

    def apply(self, writer: Writer) -> None:
        proposal = draft(writer, self.proposal_id)
        known = queries.lines(writer.store, self.proposal_id)
        order = [line.id for line in known]
        place = order.index(self.after) + 1 if self.after in order else len(order)
        if self.after == "":
            place = 0
        added = self.row_ids or tuple(new_id() for _ in self.lines)
        for row_id, told in zip(added, self.lines, strict=True):
            values = {**_of_product(writer, proposal, told), **told}
            if values.get("kind", "item") == "item":
                values.setdefault("quantity", "1")
            writer.insert("proposal_line", {**values, "proposal_id": self.proposal_id}, row_id)
            writer.require(ProposalLine, row_id).check(values)
        _order(writer, known, [*order[:place], *added, *order[place:]])


@dataclass(frozen=True)
class FillProposalLine(Operation):
    """A line is from now on for a product: its name, unit and today's price replace the old ones.

    What is agreed stays: quantity, discount and text.
    """

    row_id: str
    product_id: str

    def apply(self, writer: Writer) -> None:
        line = writer.require(ProposalLine, self.row_id)
        proposal = draft(writer, line.proposal_id)
        values = _of_product(writer, proposal, {"product_id": self.product_id})
        empty = dict.fromkeys(("price", "tax_percent", "cost", "minimum"), "")
        writer.update("proposal_line", self.row_id, {**empty, **values})


@dataclass(frozen=True)
class RemoveProposalLines(Operation):
    """Takes lines away."""

    row_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        for row_id in self.row_ids:
            draft(writer, writer.require(ProposalLine, row_id).proposal_id)
            writer.delete("proposal_line", row_id)


@dataclass(frozen=True)
class OrderProposalLines(Operation):
    """Puts the lines of a proposal into the given order; those not named stay at the end."""

    proposal_id: str
    row_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        draft(writer, self.proposal_id)
        known = queries.lines(writer.store, self.proposal_id)
        ids = {line.id for line in known}
        if not ids.issuperset(self.row_ids):
            raise UserError("record.gone")
        rest = [line.id for line in known if line.id not in self.row_ids]
        _order(writer, known, [*self.row_ids, *rest])


@dataclass(frozen=True)
class SetInstalments(Operation):
    """Says in which parts the price is paid; each mapping has fields of Instalment."""

    proposal_id: str
    parts: Sequence[Mapping[str, object]]

    def apply(self, writer: Writer) -> None:
        draft(writer, self.proposal_id)
        for known in queries.instalments(writer.store, self.proposal_id):
            writer.delete("instalment", known.id)
        for position, part in enumerate(self.parts):
            own = {"proposal_id": self.proposal_id, "position": position}
            writer.insert("instalment", {**part, **own})


@dataclass(frozen=True)
class SetEnclosures(Operation):
    """Says which kept files go along, in order: (id of the attachment, pages of a PDF)."""

    proposal_id: str
    files: Sequence[tuple[str, int | None]]

    def apply(self, writer: Writer) -> None:
        draft(writer, self.proposal_id)
        for known in queries.enclosures(writer.store, self.proposal_id):
            writer.delete("enclosure", known.id)
        for position, (attachment_id, pages) in enumerate(self.files):
            writer.require(Attachment, attachment_id)
            values = {"attachment_id": attachment_id, "pages": pages, "position": position}
            writer.insert("enclosure", {**values, "proposal_id": self.proposal_id})


@dataclass(frozen=True)
class MakeProposalFinal(Operation):
    """Locks a draft under a number (`services/numbering`), for the customer to have.

    Raises UserError("proposal.nothing_in_it") without a counted line, ("proposal.number_taken"),
    and what its totals and instalments raise.
    """

    proposal_id: str
    number: str

    def apply(self, writer: Writer) -> None:
        proposal = draft(writer, self.proposal_id)
        store = writer.store
        found = sums(writer, proposal)
        lines = queries.lines(store, proposal.id)
        if not any(line.kind == "item" and line.role == "counted" for line in lines):
            raise UserError("proposal.nothing_in_it")
        if not self.number.strip():
            raise FieldError("field.required", "number")
        if set(queries.with_number(store, self.number)) - {proposal.id}:
            raise UserError("proposal.number_taken", number=self.number)
        if found.total > MONEY_LIMIT:  # nor could it become a debt
            raise UserError("field.amount_too_large")
        parts = queries.instalments(store, proposal.id)
        schedule(found.total, parts, minor_digits(proposal.currency), {})
        _move(writer, proposal, "final", number=self.number, made_final_at=store.clock.stamp())


@dataclass(frozen=True)
class MoveProposal(Operation):
    """Says that a proposal was sent, declined, is past its day, or was ordered.

    A declined one says why, and `by` whom.
    """

    proposal_id: str
    to: str
    why: str = ""
    by: str = ""

    def apply(self, writer: Writer) -> None:
        proposal = writer.require(Proposal, self.proposal_id)
        if self.to in ("final", "accepted"):
            raise ValueError(f"{self.to} is an operation of its own")
        stamp = writer.store.clock.stamp()
        told: dict[str, object] = {}
        if self.to == "sent":
            told = {"sent_at": stamp}
        elif self.to in ("declined", "expired"):
            told = {"decided_at": stamp, "decided_why": self.why, "decided_by": self.by}
        if self.to == "declined" and not self.why.strip():
            raise FieldError("field.required", "decided_why")
        _move(writer, proposal, self.to, **told)


@dataclass(frozen=True)
class AcceptProposal(Operation):
    """The customer accepts: the deal gets its order, and each instalment becomes a receivable.

    `on` is an ISO day, today unless given, `by` who said so. Other versions that still wait are
    past their day. Raises FieldError("proposal.in_future") and ("proposal.before_sent"),
    UserError("proposal.other_accepted") where a version of it was accepted already.
    """

    proposal_id: str
    on: str | None = None
    by: str = ""

    def apply(self, writer: Writer) -> None:
        store = writer.store
        proposal = writer.require(Proposal, self.proposal_id)
        refuse_accepted(writer, proposal, but=proposal.id)
        today = store.clock.today()
        day = date.fromisoformat(self.on) if self.on else today
        known = {"accepted": day}
        if day > today:
            raise FieldError("proposal.in_future", "decided_on")
        if proposal.sent_at:
            known["sent"] = local_day(proposal.sent_at)
            if day < known["sent"]:
                raise FieldError("proposal.before_sent", "decided_on")
        told = {
            "decided_at": store.clock.stamp(),
            "decided_on": day.isoformat(),
            "decided_by": self.by.strip(),
        }
        _move(writer, proposal, "accepted", **told)
        found = sums(writer, proposal)
        if proposal.deal_id and store.record(Deal, proposal.deal_id):
            order = {
                "order_amount": found.total,
                "ordered_on": day.isoformat(),
                "currency": proposal.currency,
            }
            writer.update("deal", proposal.deal_id, order)
        parts = queries.instalments(store, proposal.id)
        for part in schedule(found.total, parts, minor_digits(proposal.currency), known):
            receivable = {
                "customer_id": proposal.customer_id,
                "deal_id": proposal.deal_id,
                "proposal_id": proposal.id,
                "kind": "instalment",
                "title": " · ".join(filter(None, (proposal.title, part.label))),
                "number": proposal.number,
                "amount": part.amount,
                "currency": proposal.currency,
                "issued_on": day.isoformat(),
                "due_on": part.due.isoformat() if part.due else None,
                "terms": "day",
            }
            writer.insert("receivable", receivable)
        for other in queries.versions(store, proposal.series_id):
            if other.id != proposal.id and other.state in ("final", "sent"):
                _move(writer, other, "expired", decided_at=store.clock.stamp())


def draft(writer: Writer, proposal_id: str) -> Proposal:
    """A proposal that may still change; raises UserError("proposal.locked") for others."""
    proposal = writer.require(Proposal, proposal_id)
    if proposal.locked:
        raise UserError("proposal.locked")
    return proposal


def refuse_accepted(writer: Writer, proposal: Proposal, *, but: str = "") -> None:
    """Only one version is ever accepted: UserError("proposal.other_accepted") where one was."""
    for one in queries.accepted(writer.store, proposal.series_id):
        if one.id != but:
            raise UserError("proposal.other_accepted", n=one.version or 1)


def sums(writer: Writer, proposal: Proposal) -> Totals:
    """What it comes to."""
    lines = queries.lines(writer.store, proposal.id)
    return totals(proposal, lines, minor_digits(proposal.currency))


def _of_product(
    writer: Writer, proposal: Proposal, values: Mapping[str, object]
) -> Mapping[str, object]:
    """What the card says of the product that a line names; nothing where it names none."""
    if not values.get("product_id"):
        return {}
    product = writer.require(Product, str(values["product_id"]))
    prices = queries.list_prices(writer.store, [product.id], proposal.currency)
    if product.id not in prices:
        return card_values(product)
    digits = minor_digits(proposal.currency)
    price = price_values(prices[product.id], tax_mode=proposal.tax_mode, digits=digits)
    return {**card_values(product), **price}


def _move(writer: Writer, proposal: Proposal, to: str, **told: object) -> None:
    state = follow(proposal.state, to)
    writer.update("proposal", proposal.id, {"state": state, **told})


def _order(writer: Writer, known: Sequence[ProposalLine], order: Sequence[str]) -> None:
    places = {line.id: line.position for line in known}
    for position, row_id in enumerate(order):
        if places.get(row_id) != position:
            writer.update("proposal_line", row_id, {"position": position})
