"""The page: strip and filters above, the list at the left, one thing at a time at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.customers import filters
from fieldsales.screens.customers.bulk import BulkPanel
from fieldsales.screens.customers.listing import CustomerList
from fieldsales.screens.customers.newcomer import NewCustomer
from fieldsales.screens.customers.strip import SortButton, Strip
from fieldsales.services.operations.records import RestoreRecords, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.store.journal import Changed
from fieldsales.store.queries import customers
from fieldsales.store.queries.customers import CustomerFilter
from fieldsales.widgets.chips import FilterRow
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import row

if TYPE_CHECKING:
    from fieldsales.screens.customers.card.view import CardView

_NARROW = 1200  # px of the window at 100 % below which the detail covers the list
_SHOW_AFTER = 70  # ms that ↓ may rest on a row before its card is shown
_PREPARE_AFTER = 500  # ms after the list was shown that the card is made for the first customer
_LIST_WIDTH = 380


class CustomersScreen(Screen):
    """Selecting shows a card, Enter goes into it, Esc comes back.

    In the table, and in a narrow window, the card covers the list and only Enter opens it.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self._trail: list[str] = []
        self._narrow = False
        self._any: bool | None = None  # whether there are customers; None before the first look
        self.strip = Strip(context)
        self.filter_row = FilterRow(look)
        self.sort = SortButton(look)
        self.list = CustomerList(context, QWidget())
        self.list.setMinimumWidth(look.theme.px(280))
        self.detail = QStackedWidget()
        self._nothing = EmptyState(look, context.words("customers.choose"), icon="customers")
        self.detail.addWidget(self._nothing)
        self._card: CardView | None = None
        self._new: NewCustomer | None = None
        self._bulk: BulkPanel | None = None
        self._gone: QWidget | None = None
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(look.theme.px(1))
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(1, 1)
        self._show_later = QTimer(self, singleShot=True, interval=_SHOW_AFTER)
        self._show_later.timeout.connect(self._show_current)
        # once the list is painted there is time to make the card
        self._prepare = QTimer(self, singleShot=True, interval=_PREPARE_AFTER)
        self._prepare.timeout.connect(self._build_card)
        self._lay_out()
        self._connect()
        self._restore()

    def _lay_out(self) -> None:
        look = self.context.look
        side = look.theme.px(24)
        bar = row(look, self.sort, self.filter_row, gap=0)
        bar.setStretch(1, 1)
        bar.setAlignment(self.sort, Qt.AlignmentFlag.AlignTop)
        # the buttons' own padding brings their text to the margin
        bar.setContentsMargins(side - look.theme.px(8), 0, side, look.theme.px(8))
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addLayout(bar)
        layout.addWidget(self.splitter, 1)
        self.setLayout(layout)
        self._align_list()

    def _connect(self) -> None:
        strip, shown = self.strip, self.list
        strip.search.asked.connect(shown.set_text)
        strip.search.list_wanted.connect(shown.focus_list)
        strip.search.first_wanted.connect(self._open_first)
        strip.saved.picked.connect(shown.set_wanted)
        strip.view.chosen.connect(self._set_view)
        strip.columns.menu().aboutToShow.connect(self._fill_columns)
        strip.new.clicked.connect(self.new_record)
        self.sort.chosen.connect(self._set_order)
        self.filter_row.menu_wanted.connect(self._fill_filters)
        self.filter_row.removed.connect(self._remove_filter)
        self.filter_row.clicked.connect(self._change_filter)
        self.filter_row.cleared.connect(self._clear_filters)
        shown.filter_changed.connect(self._filter_changed)
        shown.windowed.modelReset.connect(self._counted)
        shown.opened.connect(self._opened)
        shown.current_changed.connect(self._current_changed)
        shown.selection_changed.connect(self._selection_changed)
        shown.delete_wanted.connect(self.trash_selected)
        shown.menu_wanted.connect(self._list_menu)
        shown.layout_changed.connect(self._keep_table)
        shown.rows.clicked.connect(self._row_clicked)
        self.splitter.splitterMoved.connect(self._keep_splitter)

    # the contract

    def refresh(self) -> None:
        """Reads everything anew."""
        self.list.windowed.reload()
        if self._card is not None and self._card.customer_id:
            self._card.refresh()

    def concerns(self, changed: Changed) -> bool:
        return bool(changed.rows)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self.list.follow(changed)
        if changed.touches("customer"):
            self._counted()
        if changed.touches("saved_filter"):
            self.strip.saved.show_filter(self.list.wanted)
        if self._card is not None:
            self._card.follow(changed)

    def show_record(self, kind: str, row_id: str) -> None:
        """The card of a customer, or the record opened on its customer's card."""
        customer_id = row_id
        if kind != "customer":
            customer_id = customers.owner(self.context.store, kind, row_id) or ""
        self._show_later.stop()
        if not self.list.select_customer(customer_id):
            self.list.clear_selection()
        self._show_later.stop()
        if self.open_card(customer_id) and kind != "customer" and self._card is not None:
            self._card.reveal(kind, row_id)

    def show_example(self) -> None:
        found = customers.fullest(self.context.store)
        if found:
            self.show_record("customer", found)

    def new_record(self) -> None:
        if self._new is None:
            self._new = NewCustomer(self.context)
            self._new.made.connect(self._new_made)
            self._new.finished.connect(self._new_finished)
            self._new.customer_wanted.connect(self._go_to)
            self.detail.addWidget(self._new)
        self._flush()
        self._new.begin()
        self._show_detail(self._new)
        self._new.start()

    def commands(self) -> list[Command]:
        words = self.context.words
        return [
            Command(words("customers.new"), "add", self._new_from_anywhere),
            Command(words("customers.show_cold"), "filter", self._show_cold),
            Command(words("customers.show_due"), "filter", self._show_due),
            Command(words("customers.show_complaints"), "filter", self._show_complaints),
        ]

    def go_back(self) -> bool:
        """To the card before this one; in a narrow window, back to the list first."""
        while self._trail:
            before = self._trail.pop()
            if self._card is None or before != self._card.customer_id:
                if self.open_card(before, remember=False):
                    self.list.select_customer(before)
                    self._show_later.stop()
                return True
        if self._covering() and self.detail.isVisible():
            self.back_to_list()
            return True
        return False

    # the detail

    @property
    def card(self) -> CardView:
        """The card; built when the first customer is opened."""
        if self._card is None:
            self._build_card()
        assert self._card is not None
        return self._card

    def _build_card(self) -> None:
        self._prepare.stop()
        if self._card is None:
            from fieldsales.screens.customers.card.view import CardView

            card = CardView(self.context)
            card.back_wanted.connect(self.back_to_list)
            card.gone.connect(self._show_gone)
            card.customer_wanted.connect(self._go_to)
            card.tag_wanted.connect(self._show_tagged)
            card.header.back.setVisible(self._covering())
            self.detail.addWidget(card)
            self._card = card

    def open_card(self, customer_id: str, *, remember: bool = True) -> bool:
        """Show a customer's card; False where it is gone, which is said in its place."""
        card = self.card
        before = card.customer_id
        if remember and before and before != customer_id:
            self._trail.append(before)
        self._leave_new()
        if not card.open(customer_id):
            return False
        self._show_detail(card)
        return True

    def back_to_list(self) -> None:
        """Esc: the list again."""
        self._flush()
        if self._covering():
            self.detail.hide()
            self.list.show()
        self.list.focus_list()

    def _show_detail(self, part: QWidget) -> None:
        self.detail.setCurrentWidget(part)
        self.detail.show()
        if self._covering() or not self._any:
            self.list.hide()

    def _flush(self) -> None:
        if self._card is not None:
            self._card.flush()

    def _leave_new(self) -> None:
        if self._new is not None and self.detail.currentWidget() is self._new:
            self._new.form.flush()

    def _show_gone(self, customer_id: str) -> None:
        """The customer was trashed, undone or never there: say so calmly, with a way back."""
        if self._card is not None:
            self._card.customer_id = ""
        if self._gone is not None:
            self.detail.removeWidget(self._gone)
            self._gone.deleteLater()
        look, words = self.context.look, self.context.words
        record = self.context.store.record(Customer, customer_id)

        def restore() -> None:
            if self.context.run(RestoreRecords("customer", (customer_id,))) is not None:
                self._go_to(customer_id)

        self._gone = EmptyState(
            look,
            words("customers.gone_named", name=record.name) if record else words("customers.gone"),
            icon="trash",
            action=words("common.restore") if record else "",
            act=restore,
            action_icon="restore",
            second=words("customers.back"),
            act_second=self.back_to_list,
        )
        self.detail.addWidget(self._gone)
        self._show_detail(self._gone)

    def _go_to(self, customer_id: str) -> None:
        self.show_record("customer", customer_id)

    def _new_made(self, customer_id: str) -> None:
        self.list.select_customer(customer_id)
        self._show_later.stop()

    def _new_finished(self, customer_id: str) -> None:
        if customer_id:
            self._go_to(customer_id)
            return
        shown = self._card if self._card is not None and self._card.customer_id else self._nothing
        self.detail.setCurrentWidget(shown)
        self._arrange()
        self.back_to_list()

    # the list

    def _opened(self, number: int) -> None:
        """Enter or a double click: into the card."""
        self._show_later.stop()
        customer_id = self.list.id_of(number)
        if customer_id and self.open_card(customer_id):
            self.card.focus_first()

    def _open_first(self) -> None:
        model = self.list.windowed
        if model.rowCount():
            self.list.select_number(model.number(0))
            self._opened(model.number(0))

    def _row_clicked(self) -> None:
        # there is no room beside the list: one click is enough to open
        if self._covering() and self.list.selected_count() == 1:
            self._opened(self.list.current_number())

    def _current_changed(self, number: int) -> None:
        if not self._covering():
            self._show_later.start()

    def _show_current(self) -> None:
        number = self.list.current_number()
        if number < 0 or self.list.selected_count() > 1:
            return
        if self._new is not None and self._is_new_shown() and not self._new.form.flush():
            return  # what is typed there cannot be saved yet: it stays in view
        customer_id = self.list.id_of(number)
        shown = self.detail.currentWidget()
        if customer_id and (
            self._card is None or shown is not self._card or self._card.customer_id != customer_id
        ):
            self.open_card(customer_id)

    def _selection_changed(self, count: int) -> None:
        if count > 1:
            self._show_later.stop()
            if self._bulk is None:
                self._bulk = BulkPanel(self.context, self.list.selected_numbers)
                self._bulk.leave_wanted.connect(self._leave_bulk)
                self.detail.addWidget(self._bulk)
            self._flush()
            self._bulk.show_count(count)
            if not self._covering():
                self.detail.setCurrentWidget(self._bulk)
        elif self._bulk is not None and self.detail.currentWidget() is self._bulk:
            self._show_one_again()

    def _leave_bulk(self) -> None:
        current = self.list.current_number()
        if current >= 0:
            self.list.select_number(current)
        else:
            self.list.clear_selection()
        self.list.focus_list()

    def _show_one_again(self) -> None:
        if self._card is not None and self._card.customer_id:
            self.detail.setCurrentWidget(self._card)
        else:
            self.detail.setCurrentWidget(self._nothing)
        self._show_later.start()

    def trash_selected(self) -> None:
        """Delete: those selected, or the current one, with an undo."""
        numbers = self.list.selected_numbers()
        if len(numbers) > 1 and self._bulk is not None:
            self._bulk.trash()
            return
        found = customers.page(self.context.store, numbers)
        if found:
            self._flush()
            said = self.context.words("card.trashed", name=found[0].name)
            self.context.run(TrashRecords("customer", (found[0].id,)), undoable=said)

    def _list_menu(self, spot: QPoint) -> None:
        words = self.context.words
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.list.selected_count() > 1:
            menu.addAction(words("customers.edit_selected")).triggered.connect(self._edit_selected)
        else:
            menu.addAction(words("common.open")).triggered.connect(self._open_current)
            menu.addAction(words("card.plan")).triggered.connect(self._plan_current)
            menu.addAction(words("card.rename_action")).triggered.connect(self.rename_current)
        menu.addSeparator()
        menu.addAction(words("card.trash")).triggered.connect(self.trash_selected)
        menu.popup(spot)

    def _edit_selected(self) -> None:
        if self._bulk is not None:
            self._show_detail(self._bulk)
            self._bulk.focus_first()

    def _open_current(self) -> None:
        self._opened(self.list.current_number())

    def _plan_current(self) -> None:
        self._open_current()
        self.card.plan_visit()

    def rename_current(self) -> None:
        """F2: the name becomes a field."""
        number = self.list.current_number()
        customer_id = self.list.id_of(number) if number >= 0 else ""
        if customer_id and self.open_card(customer_id):
            self.card.edit_name()

    # filters, order, view

    def _filter_changed(self) -> None:
        wanted = self.list.wanted
        self.filter_row.show_filters(filters.chips(self.context.words, wanted))
        self.strip.saved.show_filter(wanted)
        self._counted()
        if self._covering() and not self.list.isVisibleTo(self):
            self._flush()  # who filters wants to see the list
            self.detail.hide()
            self.list.show()

    def _fill_filters(self, menu: QMenu) -> None:
        filters.fill_menu(
            menu, self.context.words, self.context.store, self.list.wanted, self.list.set_wanted
        )

    def _change_filter(self, key: str) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        filters.fill_condition(
            menu,
            self.context.words,
            self.context.store,
            self.list.wanted,
            key,
            self.list.set_wanted,
        )
        menu.popup(self.filter_row.chip_position(key))

    def _remove_filter(self, key: str) -> None:
        self.list.set_wanted(filters.without(self.list.wanted, key))

    def _clear_filters(self) -> None:
        self.list.set_wanted(CustomerFilter())

    def _show_tagged(self, name: str) -> None:
        self.list.set_wanted(CustomerFilter(tags=(name,)))

    def _new_from_anywhere(self) -> None:
        self.context.open("customers", "")
        self.new_record()

    def _show_cold(self) -> None:
        self._show_only(CustomerFilter(not_seen_days=30))

    def _show_due(self) -> None:
        self._show_only(CustomerFilter(due=True))

    def _show_complaints(self) -> None:
        self._show_only(CustomerFilter(complaint=True))

    def _show_only(self, wanted: CustomerFilter) -> None:
        self.context.open("customers", "")
        self.list.set_wanted(wanted)

    def _set_order(self, sort: str, descending: bool) -> None:
        self.list.windowed.order_by(sort, descending=descending)
        self._keep_table()

    def _counted(self) -> None:
        """Bring what depends on how many there are in line."""
        all_there_are = customers.count(self.context.store)
        shown = self.list.windowed.rowCount()
        self.strip.show_count(shown, all_there_are, narrowed=self.list.narrowed())
        sort, descending = self.list.windowed.sorted_by
        self.sort.show_order(sort, descending=descending)
        if bool(all_there_are) != self._any:
            self._any = bool(all_there_are)
            self._show_tools()
        elif not shown and self._any:
            self.list.set_empty(self._none_pass())

    def _show_tools(self) -> None:
        """Search, filters and views are for a file that has customers."""
        there_are = bool(self._any)
        strip = self.strip
        for part in (strip.search, strip.saved, strip.view, self.filter_row):
            part.setVisible(there_are)
        self.sort.setVisible(there_are and self.list.view == "rows")
        strip.columns.setVisible(there_are and self.list.view == "table")
        self.list.set_empty(self._none_pass() if there_are else self._first_start())
        self._arrange()

    def _none_pass(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look,
            words("customers.none_pass"),
            icon="filter",
            action=words("customers.show_everyone"),
            act=self._show_everyone,
        )

    def _first_start(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look,
            words("customers.empty"),
            icon="customers",
            hint=words("customers.empty_hint"),
            action=words("customers.import"),
            act=self._import,
            action_icon="import",
            second=words("customers.sample"),
            act_second=self._load_sample,
        )

    def _is_new_shown(self) -> bool:
        return self._new is not None and self.detail.currentWidget() is self._new

    def _import(self) -> None:
        self.context.open("importing", "")

    def _load_sample(self) -> None:
        self.context.run(LoadSample(), undoable=self.context.words("customers.sample_loaded"))

    def _show_everyone(self) -> None:
        self.strip.search.clear_now()
        self._clear_filters()

    def _set_view(self, view: str) -> None:
        self.list.set_view("table" if view == "table" else "rows")
        self.strip.view.set_key(view)
        self.strip.columns.setVisible(view == "table")
        self.sort.setVisible(view == "rows")
        self._align_list()
        self.detail.hide()  # who changes the view wants to see the list
        self.context.state.setValue("customers/view", view)
        self._arrange()

    def _align_list(self) -> None:
        """Bring the texts to the page's margin: rows have 16 px of their own, cells 8."""
        own = 8 if self.list.view == "table" else 16
        self.list.setContentsMargins(self.context.look.theme.px(24 - own), 0, 0, 0)
        self.setFocusProxy(self.list.shown)

    def _fill_columns(self) -> None:
        self.list.table.fill_columns_menu(self.strip.columns.menu())

    # room

    def _covering(self) -> bool:
        """Whether there is room for the list or for the card, not for both."""
        return self._narrow or self.list.view == "table"

    def _arrange(self) -> None:
        """Give list and detail the room there is."""
        covering = self._covering()
        part = self.detail.currentWidget()
        if not self._any:
            detail, listed = self._is_new_shown(), not self._is_new_shown()
        elif covering:
            busy = part not in (self._nothing, self._bulk)
            detail = busy and (self._narrow or self.detail.isVisible())
            listed = not detail
        else:
            detail = listed = True
        self.detail.setVisible(detail)
        self.list.setVisible(listed)
        if self._card is not None:
            self._card.header.back.setVisible(covering)

    def _restore(self) -> None:
        state = self.context.state
        self.list.table.restore_state(str(state.value("customers/table", "")))
        sizes = state.value("customers/splitter")
        if not (isinstance(sizes, QByteArray) and self.splitter.restoreState(sizes)):
            wide = self.context.look.theme.px(_LIST_WIDTH)
            self.splitter.setSizes([wide, 3 * wide])
        if state.value("customers/view") == "table":
            self._set_view("table")
        self._counted_order()

    def _counted_order(self) -> None:
        sort, descending = self.list.windowed.sorted_by
        self.sort.show_order(sort, descending=descending)

    def _keep_table(self) -> None:
        self.context.state.setValue("customers/table", self.list.table.save_state())

    def _keep_splitter(self) -> None:
        self.context.state.setValue("customers/splitter", self.splitter.saveState())

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self._measure()
        super().showEvent(event)
        if self._card is None:
            self._prepare.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        narrow = self.window().width() < self.context.look.theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def hideEvent(self, event: object) -> None:
        self._flush()
        super().hideEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.detail.isVisible():
            self.back_to_list()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_current()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.strip.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.strip.search.selectAll()
        else:
            super().keyPressEvent(event)
