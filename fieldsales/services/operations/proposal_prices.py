"""Prices of a whole proposal at once: those of today's list, or another currency (M43)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.money.from_card import price_values
from fieldsales.domain.money.proposal import Proposal, ProposalLine
from fieldsales.errors import UserError
from fieldsales.services.operations.deals import currency_code
from fieldsales.services.operations.proposals import draft
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.proposals import instalments, lines, list_prices
from fieldsales.words import minor_digits

_PRICED = ("price", "cost", "minimum")


@dataclass(frozen=True)
class TakeListPrices(Operation):
    """Lines cost what the list says today; one whose product it has no price for stays."""

    proposal_id: str
    row_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        proposal = draft(writer, self.proposal_id)
        wanted = [one for one in lines(writer.store, proposal.id) if one.id in self.row_ids]
        if len(wanted) < len(self.row_ids):
            raise UserError("record.gone")
        _take(writer, proposal, wanted)


@dataclass(frozen=True)
class ChangeProposalCurrency(Operation):
    """A draft is in another currency: its figures stay, or with `by_list` come from the list.

    By the list nothing of the old currency is left: what the list has no price for is open, and
    discounts and instalments that are amounts are taken away.
    """

    proposal_id: str
    currency: str
    by_list: bool

    def apply(self, writer: Writer) -> None:
        store = writer.store
        draft(writer, self.proposal_id)
        writer.update("proposal", self.proposal_id, {"currency": currency_code(self.currency)})
        if not self.by_list:
            return
        proposal = writer.require(Proposal, self.proposal_id)
        if proposal.discount_kind == "amount":
            writer.update("proposal", proposal.id, {"discount": "", "discount_kind": "percent"})
        for part in instalments(store, proposal.id):
            if part.share_kind == "amount":
                writer.update("instalment", part.id, {"share": "", "share_kind": "percent"})
        known = [one for one in lines(store, proposal.id) if one.kind == "item"]
        for line in known:
            emptied: dict[str, object] = dict.fromkeys(_PRICED, "")
            if line.discount_kind == "amount":
                emptied |= {"discount": "", "discount_kind": "percent"}
            writer.update("proposal_line", line.id, emptied)
        _take(writer, proposal, known)


def _take(writer: Writer, proposal: Proposal, wanted: list[ProposalLine]) -> None:
    products = [line.product_id for line in wanted if line.product_id]
    prices = list_prices(writer.store, products, proposal.currency)
    digits = minor_digits(proposal.currency)
    for line in wanted:
        if line.product_id in prices:
            price = prices[line.product_id]
            values = price_values(price, tax_mode=proposal.tax_mode, digits=digits)
            writer.update("proposal_line", line.id, values)
