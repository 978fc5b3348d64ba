"""The bar above the list: its order, its filters as chips, and the menus that change them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.customers import filters
from fieldsales.screens.customers.listing import CustomerList
from fieldsales.screens.customers.strip import SortButton
from fieldsales.store.queries.customer_filter import CustomerFilter
from fieldsales.widgets.chips import FilterRow
from fieldsales.widgets.pieces import row


class FilterBar(QWidget):
    """Shows what narrows the list, and narrows it."""

    def __init__(self, context: Context, listed: CustomerList) -> None:
        super().__init__()
        self._context = context
        self._list = listed
        look = context.look
        self.sort = SortButton(look)
        self.chips = FilterRow(look)
        self.chips.menu_wanted.connect(self._fill)
        self.chips.removed.connect(self._remove)
        self.chips.clicked.connect(self._change)
        self.chips.cleared.connect(self.clear)
        listed.filter_changed.connect(self._show_chips)
        layout = row(look, self.sort, self.chips, gap=0)
        layout.setStretch(1, 1)
        layout.setAlignment(self.sort, Qt.AlignmentFlag.AlignTop)
        # the buttons' own padding brings their text to the margin
        side = look.theme.px(24)
        layout.setContentsMargins(side - look.theme.px(8), 0, side, look.theme.px(8))
        self.setLayout(layout)

    def clear(self) -> None:
        self._list.set_wanted(CustomerFilter())

    def _show_chips(self) -> None:
        self.chips.show_filters(filters.chips(self._context.words, self._list.wanted))

    def _fill(self, menu: QMenu) -> None:
        listed, context = self._list, self._context
        filters.fill_menu(menu, context.words, context.store, listed.wanted, listed.set_wanted)

    def _change(self, key: str) -> None:
        """The values of one condition, below its chip."""
        listed, context = self._list, self._context
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        filters.fill_condition(
            menu, context.words, context.store, listed.wanted, key, listed.set_wanted
        )
        menu.popup(self.chips.chip_position(key))

    def _remove(self, key: str) -> None:
        self._list.set_wanted(filters.without(self._list.wanted, key))
