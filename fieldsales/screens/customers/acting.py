"""What is done with the customers of the list: its menu, Delete, a campaign, a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.customers.detail import Detail
from fieldsales.screens.customers.listing import CustomerList
from fieldsales.services.exporting.table import Table
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.queries import customers
from fieldsales.widgets.menus import passing_menu


class Acting(QObject):
    """The page opens the current customer, and its card is where one is changed."""

    open_wanted = Signal()
    plan_wanted = Signal()
    rename_wanted = Signal()
    trashed = Signal(int)  # the row that follows

    def __init__(
        self, context: Context, listed: CustomerList, detail: Detail, page: QWidget
    ) -> None:
        super().__init__()
        self._context = context
        self._list, self._detail, self._page = listed, detail, page
        listed.delete_wanted.connect(self.trash)
        listed.menu_wanted.connect(self.show_menu)
        detail.trash_wanted.connect(self.trash)

    def begin_campaign(self) -> None:
        """To all customers of the list, as it is narrowed."""
        self._begin_campaign(self._list.windowed.numbers)

    def campaign_to_selected(self) -> None:
        self._begin_campaign(self._list.selected_numbers())

    def _begin_campaign(self, numbers: Sequence[int]) -> None:
        from fieldsales.screens.campaigns import begin_campaign

        begin_campaign(self._context, customers.ids(self._context.store, numbers))

    def export(self) -> None:
        """The customers of the list, in its order, with their classes, as a table."""
        from fieldsales.screens.exporting import ask_and_export
        from fieldsales.services.exporting import customers as exported

        context, model = self._context, self._list.windowed

        def table() -> Table:
            shown = customers.ids(context.store, model.numbers)
            return exported.table(context.store, context.words, shown)

        ask_and_export(context, self._page, "customer", table)

    def trash(self) -> None:
        """Delete: those selected, or the current one, with an undo."""
        if not self._list.selected_count():  # at the start one has the mark, but none is selected
            self._list.select_number(self._list.current_number())
        numbers = self._list.selected_numbers()
        following = self._list.neighbour()
        if len(numbers) > 1:
            self._detail.trash_selected()
            self.trashed.emit(following)
            return
        found = customers.page(self._context.store, numbers)
        if found:
            self._detail.flush()
            said = self._context.words("card.trashed", name=found[0].name)
            self._context.run(TrashRecords("customer", (found[0].id,)), undoable=said)
            self.trashed.emit(following)

    def show_menu(self, spot: QPoint) -> None:
        words = self._context.words
        one = [
            (words("common.open"), self.open_wanted.emit),
            (words("card.plan"), self.plan_wanted.emit),
            (words("card.rename_action"), self.rename_wanted.emit),
            (words("duplicates.find.customer"), self._find_duplicates),
        ]
        many = [
            (words("customers.edit_selected"), self._detail.edit_bulk),
            (words("campaign.of_selected"), self.campaign_to_selected),
        ]
        if self._list.selected_count() == 2:
            many.append((words("duplicates.merge_two"), self._detail.merge_selected))
        entries = many if self._list.selected_count() > 1 else one
        trash = (words("card.trash"), self.trash)
        passing_menu(self._page, (*entries, None, trash)).popup(spot)

    def _find_duplicates(self) -> None:
        self._context.open("duplicates", "customer")
