"""The section: who owes what at the left, one debt or what is asked for at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import Qt

from fieldsales.domain.customer import Customer
from fieldsales.domain.money.receivable import Receivable
from fieldsales.screens.asking import Asking
from fieldsales.screens.asking_page import AskingPage
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.money.receivables.collecting import Collecting
from fieldsales.screens.money.receivables.detail import DebtView
from fieldsales.screens.money.receivables.forms import GivingUp, NewDebt, Paying
from fieldsales.screens.money.receivables.listing import DebtList
from fieldsales.screens.money.receivables.owner import OwnerView
from fieldsales.store.drafts import NEW
from fieldsales.store.queries import debts
from fieldsales.widgets.menus import passing_menu
from fieldsales.widgets.pieces import button


class ReceivablesPage(AskingPage):
    """Selecting shows a debt or a customer, Enter receives a payment, Esc goes to the list."""

    concern = (
        "receivable", "payment", "settlement", "collecting_step", "customer", "setting", "contact",
    )  # fmt: skip
    area = "receivables"
    icon = "money"
    new_in = "open"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.print = button(look, words("common.print"), self._show_papers, icon="print")
        self.tools = (self.print, self.new)
        self.list: DebtList = DebtList(context)
        self.view = DebtView(context)
        self.list.trash_wanted.connect(self.view.trash_debt)
        self.owner = OwnerView(context)
        self.owner.debt_wanted.connect(self._show_debt)
        self.owner.new_wanted.connect(self.add_for)
        self.view.pay_wanted.connect(self.receive)
        self.view.step_wanted.connect(self.note_step)
        self.view.give_up_wanted.connect(self.write_off)
        self.fill(self.view, self.owner)

    @cached_property
    def adding(self) -> NewDebt:
        return self.form(NewDebt(self.context))

    @cached_property
    def paying(self) -> Paying:
        return self.form(Paying(self.context))

    @cached_property
    def collecting(self) -> Collecting:
        return self.form(Collecting(self.context))

    @cached_property
    def giving_up(self) -> GivingUp:
        return self.form(GivingUp(self.context))

    # the contract of sections

    def show_record(self, kind: str, row_id: str) -> None:
        """A receivable; NEW makes one; a customer's id shows all it owes."""
        if row_id == NEW:
            self.new_record()
        elif row_id:
            self.list.read()
            if self.context.store.record(Customer, row_id) is not None:
                self.list.show_view("customers")
            elif not self.list.choose(row_id):
                self.list.show_view("open")
            self._show(row_id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_record(self) -> bool:
        self.add_for("")
        return True

    def commands_here(self) -> list[Command]:
        words = self.context.words
        found = [Command(words("receivables.add"), "add", self.new_record)]
        found += [Command(name, "print", act) for name, act in self._papers()]
        debt = self.view.debt
        if self.detail.currentWidget() is self.view and debt is not None and debt.open > 0:
            found += [
                Command(words("receivables.pay"), "money", self.receive),
                Command(words("receivables.step"), "phone", self.note_step),
                Command(words("receivables.write_off"), "trash", self.write_off),
            ]
        return found

    def flush(self) -> None:
        self.view.flush()

    # what is shown

    def _show_debt(self, row_id: str) -> None:
        self.show_record("receivable", row_id)

    def display(self, key: str) -> bool:
        store = self.context.store
        debt = debts.debt(store, key)
        if debt is not None:
            self.view.show_debt(debt)
            self.detail.setCurrentWidget(self.view)
        elif store.record(Receivable, key) is not None:
            self.say_gone("receivable", key, self.context.words("receivables.gone"), there=True)
        elif store.record(Customer, key) is not None:
            self.owner.show_customer(key)
            self.detail.setCurrentWidget(self.owner)
        else:
            return False
        return True

    # what is printed

    def _papers(self) -> list[tuple[str, Callable[[], None]]]:
        """(name, what prints it): of the customer shown its statement, of all the lists."""
        papers = {"ageing": "ageing:all", "commission": "commission:all"}
        whose = self._whose()
        if whose:
            papers = {"statement": f"statement:{whose}", **papers}
        return [
            (self.context.words(f"receivables.print_{kind}"), partial(self._print, paper))
            for kind, paper in papers.items()
        ]

    def _whose(self) -> str:
        shown = self.detail.currentWidget()
        if shown is self.view and self.view.debt is not None:
            return self.view.debt.receivable.customer_id
        return self.owner.customer_id if shown is self.owner else ""

    def _show_papers(self) -> None:
        menu = passing_menu(self, self._papers())
        menu.popup(self.print.mapToGlobal(self.print.rect().bottomLeft()))

    def _print(self, paper: str) -> None:
        self.flush()
        self.context.open("paper", paper)

    # what is asked for

    def _enter(self) -> None:
        if self.detail.currentWidget() is self.view and self.view.pay.isVisibleTo(self.view):
            self.receive()
        elif self.detail.currentWidget() is self.owner:
            self.owner.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_for(self, customer_id: str) -> None:
        """Asks for an invoice, for a customer if it is known."""
        self._ask(self.adding)
        self.adding.ask(customer_id)

    def receive(self) -> None:
        """Asks for the money that came in for the debt shown."""
        if self.view.debt is not None:
            self._ask(self.paying)
            self.paying.ask(self.view.debt)

    def note_step(self) -> None:
        """Asks what was done to be paid, and what was promised."""
        if self.view.debt is not None:
            self._ask(self.collecting)
            self.collecting.ask(self.view.debt)

    def write_off(self) -> None:
        """Asks how much is given up, and why."""
        if self.view.debt is not None:
            self._ask(self.giving_up)
            self.giving_up.ask(self.view.debt)

    def _made(self, form: Asking) -> str:
        return form.made if isinstance(form, NewDebt) else ""
