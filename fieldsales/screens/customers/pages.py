"""The two pages of the tab: list and card side by side, or in their place a customer's people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.screens.contract import Command, Context
from fieldsales.store.journal import Changed
from fieldsales.store.queries import customers

if TYPE_CHECKING:
    from fieldsales.screens.customers.people.page import PeoplePage


class Pages(QStackedWidget):
    """The page of people is made when it is first asked for."""

    left = Signal(str)  # from the people of this customer back to its card

    def __init__(self, context: Context, browse: QWidget, focus: QWidget) -> None:
        """`focus` is where the cursor belongs while the list is in front."""
        super().__init__()
        self._context = context
        self._browse, self._focus = browse, focus
        self._people: PeoplePage | None = None
        self._inside = False  # whether it was asked for from a card of this tab
        self._whose: dict[str, str] = {}  # customers of those shown: of who is erased none tells
        self.addWidget(browse)
        self.setFocusProxy(focus)

    @property
    def people(self) -> PeoplePage:
        """The page of people, whosever they are."""
        if self._people is None:
            from fieldsales.screens.customers.people.page import PeoplePage

            self._people = PeoplePage(self._context)
            self._people.closed.connect(self._leave)
            self.addWidget(self._people)
        return self._people

    @property
    def shows_people(self) -> bool:
        return self._people is not None and self.currentWidget() is self._people

    def show_people(self, customer_id: str) -> None:
        """The people of a customer as they were looked at last; from its card."""
        self._inside = True
        self._show(customer_id)

    def open(self, kind: str, row_id: str) -> bool:
        """People of a customer, or one of them, asked for from anywhere; False for what else."""
        customer_id: str | None = row_id if kind == "people" else None
        if kind == "contact":
            found = customers.owner(self._context.store, kind, row_id)
            customer_id = found or self._whose.get(row_id)
        if not customer_id:
            self.show_browse()
            return False
        self._inside = False
        self._show(customer_id)
        if kind == "contact":
            self._whose[row_id] = customer_id
            self.people.show_person(row_id)
        return True

    def _show(self, customer_id: str) -> None:
        people = self.people
        people.show_customer(customer_id, people.last_view())
        self.setCurrentWidget(people)
        self.setFocusProxy(people)
        people.setFocus()

    def show_browse(self) -> None:
        """List and card."""
        self.flush()
        self.setCurrentWidget(self._browse)
        self.setFocusProxy(self._focus)

    def _leave(self) -> None:
        self.show_browse()
        self.left.emit(self.people.customer_id)

    def go_back(self) -> bool:
        """To the card from which the people were asked for; False if that was elsewhere."""
        if self.shows_people and self._inside:
            self.people.leave()
            return True
        return False

    def commands(self) -> list[Command]:
        return self.people.commands() if self.shows_people else []

    def refresh(self) -> None:
        if self._people is not None:
            self._people.refresh()

    def follow(self, changed: Changed) -> None:
        """Takes up a change; what is behind the list waits until it is asked for."""
        if self.shows_people:
            self.people.follow(changed)

    def flush(self) -> None:
        """Saves what is being typed on the page of people."""
        if self.shows_people:
            self.people.flush()
