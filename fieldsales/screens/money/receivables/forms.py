"""What is asked for: a new invoice, money that came in, an amount to give up."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from fieldsales.domain.money.receivable import Receivable
from fieldsales.errors import UserError
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import customers_finder
from fieldsales.services.operations.receivables import AddReceivable, ReceivePayment, WriteOff
from fieldsales.services.workspace import Operation
from fieldsales.store.queries import debts
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.receivables import Debt
from fieldsales.widgets.card import empty
from fieldsales.widgets.pieces import button, column, label

_MOST = 12
_USUAL_DAYS = 30


class NewDebt(Asking):
    """An invoice, an instalment or a credit note."""

    NAMES = (
        "customer_id", "kind", "number", "title", "amount", "currency", "issued_on", "terms",
        "days", "due_on",
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "receivable",
            self.NAMES,
            context.words("receivables.add_go"),
            finders={"customer_id": customers_finder(context)},
            wide=("customer_id",),
        )
        self.title.setText(context.words("receivables.add"))
        self.made = ""

    def ask(self, customer_id: str = "", kind: str = "invoice") -> None:
        values = {
            "customer_id": customer_id,
            "kind": kind,
            "currency": base_currency(self.context.store),
            "issued_on": self.context.look.clock.today().isoformat(),
            "terms": "net",
            "days": _USUAL_DAYS,
        }
        self.start(values, "number" if customer_id else "customer_id")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        if values["due_on"]:
            values["terms"] = "day"
        added = AddReceivable(values)
        self.made = added.row_id
        return added, self.context.words("receivables.added")


class Paying(Asking):
    """Money that came in, and what it is for: what is ticked, the one due first before.

    What is more than they owe is asked about once, and kept as the customer's balance then.
    """

    NAMES = ("amount", "received_on", "method", "reference")

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(context, "payment", self.NAMES, words("receivables.pay_go"))
        self.keep = button(context.look, words("receivables.keep_rest"), self._keep, icon="check")
        self.buttons.insertWidget(1, self.keep)
        look = context.look
        said = label(look, words("receivables.pay_for"), size="caption", tone="muted", wrap=True)
        self._lines = column(look, gap=8)
        self.extra.addWidget(said)
        self.extra.addLayout(self._lines)
        self.ticks: dict[str, QCheckBox] = {}
        self._debt: Debt | None = None
        self._keep_rest = False
        self._open: dict[str, int] = {}

    def ask(self, debt: Debt) -> None:
        """What is open of this debt is offered; others of the customer can be ticked too."""
        look, words = self.context.look, self.context.words
        self._debt, self._keep_rest = debt, False
        self.keep.hide()
        one = debt.receivable
        self.title.setText(words("receivables.pay_from", customer=debt.customer))
        others = [
            other
            for other in debts.owed(self.context.store, one.customer_id)
            if other.currency == one.currency
        ]
        empty(self._lines)
        self.ticks, self._open = {}, {other.id: other.open for other in others}
        for known, other in zip(debts.rows(self.context.store, others), others, strict=True):
            if known is None:
                continue
            name = known.receivable.number or known.receivable.title
            tick = QCheckBox(
                words(
                    "receivables.pay_line",
                    name=name,
                    amount=words.money(other.open, other.currency),
                    due=other.due or words("receivables.no_due"),
                )
            )
            tick.setChecked(other.id == one.id)
            tick.toggled.connect(self._retold)
            self.ticks[other.id] = tick
            self._lines.addWidget(tick)
        today = look.clock.today().isoformat()
        values = {"amount": debt.open, "currency": one.currency, "received_on": today}
        self.start(values, "amount")

    @Slot()
    def _retold(self) -> None:
        self.keep.hide()
        self.wrong.hide()

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        assert self._debt is not None
        one = self._debt.receivable
        values |= {"customer_id": one.customer_id, "currency": one.currency}
        chosen = [row_id for row_id, tick in self.ticks.items() if tick.isChecked()]
        paid = ReceivePayment(values, tuple(chosen), keep_rest=self._keep_rest)
        amount = self.context.words.money(int(str(values["amount"] or 0)), one.currency)
        said = self.context.words("receivables.paid", customer=self._debt.customer, amount=amount)
        return paid, said

    def refused(self, wrong: UserError) -> None:
        super().refused(wrong)
        self.keep.setVisible(wrong.code == "receivable.overpaid")

    def _keep(self) -> None:
        self._keep_rest = True
        self.submit()
        self._keep_rest = False


class GivingUp(Asking):
    """An amount that will not come, and why; nothing takes it back."""

    NAMES = ("written_off", "written_off_why")

    def __init__(self, context: Context) -> None:
        super().__init__(
            context, "receivable", self.NAMES, context.words("receivables.write_off_go")
        )
        self.title.setText(context.words("receivables.write_off"))
        self._debt: Debt | None = None

    def ask(self, debt: Debt) -> None:
        self._debt = debt
        one = debt.receivable
        values = {
            "written_off": (one.written_off or 0) + debt.open,
            "written_off_why": one.written_off_why,
            "currency": one.currency,
        }
        self.start(values, "written_off_why")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        assert self._debt is not None
        one: Receivable = self._debt.receivable
        amount = int(str(values["written_off"] or 0))
        said = self.context.words(
            "receivables.written_off", amount=self.context.words.money(amount, one.currency)
        )
        return WriteOff(one.id, amount, str(values["written_off_why"])), said
