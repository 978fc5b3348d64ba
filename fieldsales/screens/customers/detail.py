"""What stands beside the list, one thing at a time: a card, a new customer, several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import RestoreRecords
from fieldsales.store.journal import Changed
from fieldsales.store.merging import kept
from fieldsales.store.queries import customers
from fieldsales.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from fieldsales.screens.customer_bulk import BulkPanel
    from fieldsales.screens.customers.card.view import CardView
    from fieldsales.screens.customers.newcomer import NewCustomer


class Detail(QStackedWidget):
    """Its parts are made when they are first needed: the list is to be seen at once."""

    shown = Signal()  # something to look at came in
    list_wanted = Signal()
    tabbed_out = Signal(bool)  # past the card's last part (True) or its first
    customer_wanted = Signal(str)
    tag_wanted = Signal(str)
    people_wanted = Signal(str)  # all people of this customer
    made = Signal(str)  # a new customer's id
    finished = Signal(str)  # the form of a new customer was left; '' if none was made
    one_wanted = Signal()  # back from several to one
    trash_wanted = Signal()  # of all that are selected

    def __init__(self, context: Context, selected: Callable[[], Sequence[int]]) -> None:
        super().__init__()
        self._context = context
        self._selected = selected
        text = context.words("customers.choose")
        self._nothing = EmptyState(context.look, text, icon="customers")
        self._card: CardView | None = None
        self._new: NewCustomer | None = None
        self._bulk: BulkPanel | None = None
        self._gone: QWidget | None = None
        self._gone_id = ""
        self._covers = False
        self.addWidget(self._nothing)

    @property
    def card(self) -> CardView:
        """The card, whoever it shows."""
        if self._card is None:
            from fieldsales.screens.customers.card.view import CardView

            card = CardView(self._context)
            card.back_wanted.connect(self.list_wanted)
            card.tabbed_out.connect(self.tabbed_out)
            card.gone.connect(self._show_gone)
            card.customer_wanted.connect(self.customer_wanted)
            card.tag_wanted.connect(self.tag_wanted)
            card.people_wanted.connect(self.people_wanted)
            card.header.back.setVisible(self._covers)
            self.addWidget(card)
            self._card = card
        return self._card

    def built(self) -> bool:
        """Whether the card was made already."""
        return self._card is not None

    def follow(self, changed: Changed) -> None:
        """Take up a change."""
        if self._card is not None:
            self._card.follow(changed)
        self._welcome_back()

    def refresh(self) -> None:
        """Read what is shown anew."""
        if self.customer():
            self.card.refresh()
        self._welcome_back()

    def _welcome_back(self) -> None:
        """A customer that was gone and is there again gets its card again."""
        back = self._gone is not None and self.currentWidget() is self._gone
        if back and customers.number_of(self._context.store, self._gone_id) is not None:
            self.show_customer(self._gone_id)

    def prepare(self) -> None:
        """Make the card before the first customer is asked for."""
        _ = self.card

    def customer(self) -> str:
        """Whom the card stands for, '' for nobody."""
        return self._card.customer_id if self._card is not None else ""

    def shows_card(self) -> bool:
        return self._card is not None and self.currentWidget() is self._card

    def shows_new(self) -> bool:
        return self._new is not None and self.currentWidget() is self._new

    def idle(self) -> bool:
        """Whether nothing is shown that somebody has opened."""
        return self.currentWidget() in (self._nothing, self._bulk)

    def set_covering(self, covering: bool) -> None:
        """Whether the list is covered, so that the card needs a way back."""
        self._covers = covering
        if self._card is not None:
            self._card.header.back.setVisible(covering)

    def show_customer(self, customer_id: str) -> bool:
        """The card of a customer; False where it is gone, which is said in its place."""
        self.flush()
        if not self.card.open(customer_id):
            return False
        self._show(self.card)
        return True

    def show_new(self) -> None:
        """An empty form for a customer."""
        if self._new is None:
            from fieldsales.screens.customers.newcomer import NewCustomer

            self._new = NewCustomer(self._context)
            self._new.made.connect(self.made)
            self._new.finished.connect(self.finished)
            self._new.customer_wanted.connect(self.customer_wanted)
            self.addWidget(self._new)
        self.flush()
        self._new.begin()
        self._show(self._new)
        self._new.start()

    def count_selected(self, count: int) -> None:
        """Several are selected: what can be done with them all."""
        self._build_bulk().show_count(count)

    def show_bulk(self) -> None:
        self.flush()
        self.setCurrentWidget(self._build_bulk())

    def edit_bulk(self) -> None:
        """The same, asked for: with the cursor in it."""
        self._show(self._build_bulk())
        self._build_bulk().focus_first()

    def trash_selected(self) -> None:
        self._build_bulk().trash()

    def merge_selected(self) -> None:
        self._build_bulk().merge()

    def shows_bulk(self) -> bool:
        return self._bulk is not None and self.currentWidget() is self._bulk

    def show_before(self) -> None:
        """The card that stood here before, or nothing."""
        shown = self._card if self._card is not None and self._card.customer_id else None
        self.setCurrentWidget(shown or self._nothing)

    def flush(self) -> bool:
        """Save what is being typed; False if a new customer's form cannot be left like this."""
        if self._card is not None:
            self._card.flush()
        return not (self._new is not None and self.shows_new()) or self._new.form.flush()

    def _build_bulk(self) -> BulkPanel:
        if self._bulk is None:
            from fieldsales.screens.customer_bulk import BulkPanel

            self._bulk = BulkPanel(self._context, self._selected)
            self._bulk.leave_wanted.connect(self.one_wanted)
            self._bulk.trash_wanted.connect(self.trash_wanted)
            self.addWidget(self._bulk)
        return self._bulk

    def _show(self, part: QWidget) -> None:
        self.setCurrentWidget(part)
        self.shown.emit()

    def _show_gone(self, customer_id: str) -> None:
        """The customer was trashed, undone or never there: say so calmly, with a way back.

        What it was merged into is shown in its place.
        """
        words = self._context.words
        stands = kept(self._context.store, customer_id)
        if stands != customer_id:
            self.customer_wanted.emit(stands)
            return
        record = self._context.store.record(Customer, customer_id)
        said = words("customers.gone_named", name=record.name) if record else ""
        self._say_gone(said or words("customers.gone"), customer_id, restorable=bool(record))

    def show_missing(self, key: str) -> None:
        """Say in words of a key that what was asked for is gone, and nothing tells whose it was."""
        self.flush()
        self._say_gone(self._context.words(key), "")

    def _say_gone(self, said: str, customer_id: str, *, restorable: bool = False) -> None:
        self.card.forget()
        self._gone_id = customer_id
        if self._gone is not None:
            self.removeWidget(self._gone)
            self._gone.deleteLater()
        words = self._context.words

        def restore() -> None:
            self._context.run(RestoreRecords("customer", (customer_id,)))

        self._gone = EmptyState(
            self._context.look,
            said,
            icon="trash",
            action=words("common.restore" if restorable else "customers.back"),
            act=restore if restorable else self.list_wanted.emit,
            action_icon="restore" if restorable else "",
            second=words("customers.back") if restorable else "",
            act_second=self.list_wanted.emit,
        )
        self.addWidget(self._gone)
        self._show(self._gone)
