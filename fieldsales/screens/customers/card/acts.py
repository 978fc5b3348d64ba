"""What can be done with the customer of a card: by its buttons, its menu and the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from fieldsales.domain.customer import Customer
from fieldsales.screens.contract import Command
from fieldsales.screens.visiting import log_visit, prepare_visit
from fieldsales.services.operations.records import TrashRecords
from fieldsales.widgets.menus import passing_menu

if TYPE_CHECKING:
    from fieldsales.screens.customers.card.view import CardView


class Acts:
    """What is being typed on the card is saved before it is left."""

    def __init__(self, card: CardView) -> None:
        self._card = card
        self._context = card.context

    def plan_visit(self) -> None:
        """A visit to be prepared; a new one expects those who decide."""
        card = self._card
        prepare_visit(self._context, card.customer_id, card.decision_makers(), card.header.first)

    def log_visit(self) -> None:
        """A visit that has just begun."""
        log_visit(self._context, self._card.customer_id, self._card.header.log)

    def show_people(self) -> None:
        self._card.flush()
        self._card.people_wanted.emit(self._card.customer_id)

    def trash(self) -> None:
        """The customer and what belongs to it, with an undo."""
        if (found := self._customer()) is not None:
            said = self._context.words("card.trashed", name=found.name)
            self._context.run(TrashRecords("customer", (found.id,)), undoable=said)

    def erase(self) -> None:
        """Asks in a window of its own: it cannot be undone."""
        from fieldsales.screens.customers.erasing import EraseWindow  # seldom needed

        if (found := self._customer()) is not None:
            EraseWindow(self._context, found, self._card.window()).open()

    def _customer(self) -> Customer | None:
        """The customer as it is kept, with what is being typed."""
        self._card.flush()
        return self._context.store.record(Customer, self._card.customer_id)

    def _share(self) -> None:
        self._card.flush()
        self._context.open("share", self._card.customer_id)

    def _show_history(self) -> None:
        self._card.happenings.show_filter("changes")
        self._card.scroll_to(self._card.happenings)

    def commands(self) -> list[Command]:
        """All of it, for the palette."""
        words = self._context.words
        visits = [
            Command(words("card.plan"), "calendar", self.plan_visit),
            Command(words("card.log"), "visit", self.log_visit),
        ]
        rest = [entry for entry in self._entries() if entry is not None]
        return visits + [Command(text, icon, act) for text, icon, act in rest]

    def menu(self) -> QMenu:
        """What the buttons do not offer."""
        entries = ((one[0], one[2]) if one is not None else None for one in self._entries())
        return passing_menu(self._card, entries)

    def _entries(self) -> tuple[tuple[str, str, Callable[[], object]] | None, ...]:
        """(text, icon, act); None is a line between."""
        words, card = self._context.words, self._card
        write = card.happenings.write
        return (
            (words("card.write_call"), "phone", partial(write, "call")),
            (words("card.write_message"), "message", partial(write, "message")),
            (words("card.write_complaint"), "warning", partial(write, "complaint")),
            (words("card.write_note"), "note", partial(write, "note")),
            None,
            (words("card.add_task"), "task", card.tasks.begin_adding),
            (words("people.all"), "people", self.show_people),
            (words("card.add_contact"), "person", card.people.begin_adding),
            (words("card.add_deal"), "funnel", card.deals.begin_adding),
            (words("card.add_need"), "need", card.needs.begin_adding),
            (words("card.add_preference"), "gift", card.care.begin_adding),
            (words("card.add_special_day"), "calendar", card.days.begin_adding),
            (words("satisfaction.score"), "signal", card.satisfaction.begin_adding),
            (words("card.add_file"), "attach", card.files.choose),
            None,
            (words("card.rename_action"), "edit", card.edit_name),
            (words("card.history"), "history", self._show_history),
            (words("sharing.of_customer"), "export", self._share),
            None,
            (words("card.trash"), "trash", self.trash),
            (words("erase_customer.erase"), "trash", self.erase),
        )
