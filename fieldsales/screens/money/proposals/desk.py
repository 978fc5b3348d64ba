"""What the parts of a proposal's page share: the proposal shown, its sums, and how they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.money.credit import Credit
from fieldsales.domain.money.from_card import other_price
from fieldsales.domain.money.proposal import Instalment, Proposal, ProposalLine
from fieldsales.domain.money.schedule import Part, schedule
from fieldsales.domain.money.totals import Margin, Totals, margin, totals
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.services.operations.proposals import FillProposalLine
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Operation
from fieldsales.store.queries import proposals as queries
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.receivables import credit
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.binder import Commit, Draft
from fieldsales.widgets.look import Look
from fieldsales.words import Words, minor_digits


class Desk:
    """Holds the facts of one proposal and runs what its parts want done."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.proposal_id = ""
        self.proposal = Proposal()
        self.customer = Customer()
        self.lines: list[ProposalLine] = []
        self.instalments: list[Instalment] = []
        self.versions: list[Proposal] = []
        self.credit = Credit(None, 0, 0)
        self.off_list: dict[str, str] = {}  # line of a draft -> another price that the list has

    @property
    def look(self) -> Look:
        return self.context.look

    @property
    def words(self) -> Words:
        return self.context.words

    @property
    def currency(self) -> str:
        return self.proposal.currency or base_currency(self.context.store)

    @property
    def digits(self) -> int:
        return minor_digits(self.currency)

    @property
    def today(self) -> str:
        return self.look.clock.today().isoformat()

    def open(self, proposal_id: str) -> bool:
        """Reads a proposal; False if it is gone or in the trash."""
        store = self.context.store
        self.proposal_id = proposal_id
        found = store.record(Proposal, proposal_id)
        if found is None or found.trashed_at:
            return False
        self.proposal = found
        self.customer = store.record(Customer, found.customer_id) or Customer()
        self.lines = queries.lines(store, proposal_id)
        self.instalments = queries.instalments(store, proposal_id)
        self.versions = queries.versions(store, found.series_id)
        # a limit is in the usual currency
        limited = self.currency == base_currency(store)
        self.credit = (
            credit(
                store, found.customer_id, self.currency, self.look.clock.today(), found.series_id
            )
            if limited
            else Credit(None, 0, 0)
        )
        self.off_list = {} if found.locked else self._off_list()
        return True

    def _off_list(self) -> dict[str, str]:
        products = {line.product_id for line in self.lines if line.product_id}
        prices = queries.list_prices(self.context.store, products, self.currency)
        mode = self.proposal.tax_mode
        told = {
            line.id: other_price(line, prices[line.product_id], tax_mode=mode, digits=self.digits)
            for line in self.lines
            if line.product_id in prices
        }
        return {row_id: price for row_id, price in told.items() if price}

    @property
    def counted(self) -> str:
        """What stands against a credit limit, by the rule chosen."""
        return str(setting(self.context.store, "credit.counted", "receivables"))

    @property
    def priced(self) -> bool:
        """Whether a figure stands in it that is in its currency."""
        return any(line.price for line in self.lines) or "amount" in {
            self.proposal.discount_kind if self.proposal.discount else "",
            *(part.share_kind for part in self.instalments if part.share),
        }

    def contact_name(self) -> str:
        """Of whom the proposal is addressed to, '' of nobody."""
        contact = self.context.store.record(Contact, self.proposal.contact_id)
        return contact.name if contact else ""

    def over_limit(self, found: Totals) -> str:
        """That the order would break the customer's credit limit, in words; '' if it would not."""
        broken = self.credit.breaks(found.total, self.counted)
        if not broken or self.proposal.state not in ("draft", "final", "sent", "expired"):
            return ""
        over, limit = self.money(broken), self.money(self.credit.limit or 0)
        return self.words("proposals.over_limit", over=over, limit=limit)

    def line(self, row_id: str) -> ProposalLine:
        """One of the lines."""
        return next(one for one in self.lines if one.id == row_id)

    def money(self, minor: int) -> str:
        """An amount in the proposal's currency."""
        return self.words.money(minor, self.currency)

    # what it comes to

    def sums(self, trial: ProposalLine | None = None) -> Totals | str:
        """The totals, or in words why there are none; `trial` stands for a line being typed."""
        lines = [trial if trial and one.id == trial.id else one for one in self.lines]
        try:
            return totals(self.proposal, lines, self.digits)
        except UserError as trouble:
            return self.told(trouble)

    def margin(self, found: Totals, trial: ProposalLine | None = None) -> Margin:
        """What it leaves us."""
        lines = [trial if trial and one.id == trial.id else one for one in self.lines]
        return margin(self.proposal, lines, found, self.digits)

    def parts(self, found: Totals) -> Sequence[Part] | str:
        """What each instalment comes to, or in words why that cannot be said."""
        try:
            return schedule(found.total, self.instalments, self.digits, {})
        except UserError as trouble:
            return self.told(trouble)

    def trial(self, row_id: str, values: Mapping[str, object]) -> ProposalLine:
        """A line as it would be."""
        typed: dict[str, Any] = dict(values)
        return replace(self.line(row_id), **typed)

    # writing

    def told(self, trouble: UserError | EnvironmentProblem) -> str:
        """What is wrong, in words."""
        return self.words(trouble.code, **trouble.params)

    def run(self, operation: Operation, undoable: str = "") -> bool:
        """Runs an operation; trouble is told in the bar."""
        return self.context.run(operation, undoable=undoable) is not None

    def attempt(self, operation: Operation) -> str:
        """Runs an operation; gives what is wrong with it, in words, or ''."""
        try:
            self.context.workspace.run(operation)
        except (UserError, EnvironmentProblem) as trouble:
            return self.told(trouble)
        return ""

    def edit(self, noun: str, row_id: str, values: Mapping[str, object]) -> str:
        """Sets fields of a line or an instalment; gives what is wrong, or ''."""
        return self.attempt(EditRecord(noun, row_id, values))

    def fill(self, row_id: str, product_id: str) -> str:
        """A line is for a product from now on; gives what is wrong, or ''."""
        return self.attempt(FillProposalLine(row_id, product_id))

    def commit(self, noun: str, row_id: Callable[[], str]) -> Commit:
        """A form's `commit` for the record that is open."""
        return saver(self.context, noun, row_id)

    def draft(self, noun: str, row_id: Callable[[], str]) -> Draft:
        """How what was typed into a form is kept until it can be saved."""
        return drafter(self.context, noun, row_id)
