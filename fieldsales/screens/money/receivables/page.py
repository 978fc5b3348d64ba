"""The section: who owes what at the left, one debt or what is asked for at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.domain.money.receivable import Receivable
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.money.receivables.collecting import Collecting
from fieldsales.screens.money.receivables.detail import DebtView
from fieldsales.screens.money.receivables.forms import GivingUp, NewDebt, Paying
from fieldsales.screens.money.receivables.listing import DebtList
from fieldsales.screens.money.receivables.owner import OwnerView
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.store.queries import debts
from fieldsales.widgets.card import CardScroll, at_left
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.menus import passing_menu
from fieldsales.widgets.pieces import button, column

_WIDE = 620  # px at 100 %
_CONCERN = (
    "receivable", "payment", "settlement", "collecting_step", "customer", "setting", "contact",
)  # fmt: skip


class ReceivablesPage(ListedPage):
    """Selecting shows a debt, Enter receives its payment, Esc comes back to the list."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.new = button(
            look, words("receivables.add"), self.new_record, icon="add", role="primary"
        )
        self.print = button(look, words("common.print"), self._show_papers, icon="print")
        self.tools = (self.print, self.new)
        self._id = ""  # of the debt or the customer shown
        self.list = DebtList(context)
        self.list.chosen.connect(self._chosen)
        self.list.entered.connect(self._enter)
        self.view = DebtView(context)
        self.list.trash_wanted.connect(self.view.trash_debt)
        self.owner = OwnerView(context)
        self.owner.debt_wanted.connect(self._show_debt)
        self.owner.new_wanted.connect(self.add_for)
        self.adding = NewDebt(context)
        self.paying = Paying(context)
        self.collecting = Collecting(context)
        self.giving_up = GivingUp(context)
        self.view.pay_wanted.connect(self.receive)
        self.view.step_wanted.connect(self.note_step)
        self.view.give_up_wanted.connect(self.write_off)
        self.nothing = EmptyState(
            look,
            words("receivables.none"),
            icon="money",
            hint=words("receivables.none_hint"),
            action=words("receivables.add"),
            act=self.new_record,
            action_icon="add",
        )
        self.detail = QStackedWidget()
        for part in (self.view, self.owner, self.nothing):
            self.detail.addWidget(part)
        self._pages: dict[Asking, QWidget] = {}
        for form in (self.adding, self.paying, self.collecting, self.giving_up):
            form.left.connect(self._left)
            form.settled.connect(self._settled)
            page = CardScroll(look)
            page.body.addLayout(at_left(look, form, _WIDE))
            page.body.addStretch(1)
            self._pages[form] = page
            self.detail.addWidget(page)
        self.put(self.list, self.detail)
        self.setLayout(column(look, self.halves))

    # the contract of sections

    def refresh(self) -> None:
        self.list.read()
        if not self._asking():
            self._show(self._id or self.list.first())

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

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

    def show_example(self) -> None:
        self.list.read()
        self._show(self.list.first())

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

    def go_back(self) -> bool:
        if self._asking():
            self._left()
            return True
        return super().go_back()

    def flush(self) -> None:
        self.view.flush()

    # what is shown

    def _chosen(self, _kind: str, row_id: str) -> None:
        self._show(row_id)

    def _show_debt(self, row_id: str) -> None:
        self.show_record("receivable", row_id)

    def _show(self, row_id: str) -> None:
        self._id = row_id
        if not row_id:
            self.detail.setCurrentWidget(self.nothing)
            return
        self.list.choose(row_id)
        debt = debts.debt(self.context.store, row_id)
        if debt is not None:
            self.view.show_debt(debt)
            self.detail.setCurrentWidget(self.view)
        elif self.context.store.record(Receivable, row_id) is not None:
            said = self.context.words("receivables.gone")
            self.say_gone("receivable", row_id, said, there=True)
        elif self.context.store.record(Customer, row_id) is not None:
            self.owner.show_customer(row_id)
            self.detail.setCurrentWidget(self.owner)
        else:
            self._show(self.list.first())

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

    def _asking(self) -> bool:
        return self.detail.currentWidget() in self._pages.values()

    def _ask(self, form: Asking) -> None:
        self.flush()
        self.detail.setCurrentWidget(self._pages[form])

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

    def _left(self) -> None:
        self.detail.setCurrentWidget(self.nothing)
        self._show(self._id or self.list.first())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settled(self) -> None:
        if self.detail.currentWidget() is self._pages[self.adding]:
            self._id = self.adding.made
            self.list.read()
            if not self.list.choose(self._id):
                self.list.show_view("open")
        self._left()
