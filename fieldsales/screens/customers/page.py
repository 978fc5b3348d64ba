"""The tab: strip and filters above, the list at the left, one thing at a time at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.customers.acting import Acting
from fieldsales.screens.customers.detail import Detail
from fieldsales.screens.customers.filter_bar import FilterBar
from fieldsales.screens.customers.listing import CustomerList
from fieldsales.screens.customers.looking import Looking
from fieldsales.screens.customers.pages import Pages
from fieldsales.screens.customers.strip import Strip
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.store.queries import customers
from fieldsales.widgets.kept_splitter import KeptSplitter
from fieldsales.widgets.pieces import column

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
        self.strip = Strip(context)
        self.list = CustomerList(context, QWidget())
        self.list.setMinimumWidth(look.theme.px(280))
        for view in (self.list.rows, self.list.table):
            view.setAccessibleName(context.words("customers.title"))
        self.bar = FilterBar(context, self.list)
        self.looking = Looking(context, self.strip, self.bar, self.list)
        self.detail = Detail(context, self.list.selected_numbers)
        self.acting = Acting(context, self.list, self.detail, self)
        sizes = (_LIST_WIDTH, 3 * _LIST_WIDTH)
        parts = (self.list, self.detail)
        self.splitter = KeptSplitter(
            look, context.state, "customers/splitter", parts, sizes, grows=1
        )
        self._show_later = QTimer(self, singleShot=True, interval=_SHOW_AFTER)
        self._show_later.timeout.connect(self._show_current)
        self._prepare = QTimer(self, singleShot=True, interval=_PREPARE_AFTER)
        self._prepare.timeout.connect(self.detail.prepare)
        browse = QWidget()
        layout = column(look, self.strip, self.bar, gap=0)
        layout.addWidget(self.splitter, 1)
        browse.setLayout(layout)
        self.pages = Pages(context, browse, self.list)
        self.setLayout(column(look, self.pages))
        self.setFocusProxy(self.pages)
        self._connect()

    def _connect(self) -> None:
        looking, shown, detail = self.looking, self.list, self.detail
        self.strip.search.first_wanted.connect(self._open_first)
        self.strip.new.clicked.connect(self.new_record)
        looking.narrowed.connect(self._narrowed)
        looking.view_chosen.connect(self._view_chosen)
        looking.any_changed.connect(self._arrange)
        shown.opened.connect(self._opened)
        shown.current_changed.connect(self._current_changed)
        shown.selection_changed.connect(self._selection_changed)
        shown.rows.clicked.connect(self._row_clicked)
        detail.shown.connect(self._detail_shown)
        detail.list_wanted.connect(self.back_to_list)
        detail.tabbed_out.connect(self._tabbed_out)
        detail.customer_wanted.connect(self._go_to)
        detail.tag_wanted.connect(looking.show_tagged)
        detail.made.connect(self._new_made)
        detail.finished.connect(self._new_finished)
        detail.one_wanted.connect(self._leave_bulk)
        self.acting.open_wanted.connect(self._open_current)
        self.acting.plan_wanted.connect(self._plan_current)
        self.acting.rename_wanted.connect(self.rename_current)
        self.acting.trashed.connect(self._go_on_with)
        detail.people_wanted.connect(self.pages.show_people)
        self.pages.left.connect(self._go_to)

    @property
    def card(self) -> CardView:
        """The card; made when it is first asked for."""
        return self.detail.card

    # the contract

    def refresh(self) -> None:
        """Reads everything anew."""
        self.list.windowed.reload()
        self.detail.refresh()
        self.pages.refresh()

    def follow(self, changed: Changed) -> None:
        self.list.follow(changed)
        if changed.touches("customer"):
            self.looking.count()
        if changed.touches("saved_filter"):
            self.looking.show_saved()
        self.detail.follow(changed)
        self.pages.follow(changed)

    def show_record(self, kind: str, row_id: str) -> None:
        """The card of a customer, a record on its customer's card, or those of an import.

        A person is shown among the people of the customer.
        """
        if self.pages.open(kind, row_id):
            return
        if row_id == NEW:
            self.new_record()
            return
        if kind == "imported":
            self.looking.show_imported(int(row_id))
            return
        customer_id = row_id
        if kind != "customer":
            customer_id = customers.owner(self.context.store, kind, row_id) or ""
        if not customer_id:
            self._show_later.stop()
            self.list.clear_selection()
            self.detail.show_missing("people.gone" if kind == "contact" else "record.gone")
            return
        if not self.list.select_customer(customer_id):
            self.list.clear_selection()
        self._show_later.stop()
        if not self.open_card(customer_id):
            return
        self.card.to_top()
        if kind == "customer" or not self.card.reveal(kind, row_id):
            self.card.focus_first()

    def show_example(self) -> None:
        self.pages.show_browse()
        found = customers.fullest(self.context.store)
        if found and self.list.select_customer(found):
            self._show_later.stop()
            self.open_card(found)

    def new_record(self) -> None:
        if self.pages.shows_people:
            self.pages.people.begin_adding()
            return
        self._show_later.stop()
        self.detail.show_new()

    def commands(self) -> list[Command]:
        words = self.context.words
        return [
            Command(words("customers.show_cold"), "filter", self.looking.show_cold),
            Command(words("customers.show_due"), "filter", self.looking.show_due),
            Command(words("customers.show_complaints"), "filter", self.looking.show_complaints),
            Command(words("export.customer"), "export", self.acting.export),
            Command(words("campaign.of_list"), "message", self.acting.begin_campaign),
        ]

    def commands_here(self) -> list[Command]:
        """What the card, or the page of people, can do."""
        if self.pages.shows_people:
            return self.pages.commands()
        return self.card.acts.commands() if self.detail.shows_card() else []

    def record_here(self) -> str:
        if self.pages.shows_people:
            return self.pages.people.shown_person or self.pages.people.customer_id
        return self.detail.customer() if self.detail.shows_card() else ""

    def go_back(self) -> bool:
        """To the card before this one; where the card covers the list, to the list at last."""
        if self.pages.shows_people:
            return self.pages.go_back()
        while self._trail:
            before = self._trail.pop()
            if before != self.detail.customer():
                if self.open_card(before, remember=False):
                    self.list.select_customer(before)
                    self._show_later.stop()
                return True
        if self._covering() and self.detail.isVisible():
            self.back_to_list()
            return True
        return False

    # the detail

    def open_card(self, customer_id: str, *, remember: bool = True) -> bool:
        """Show a customer's card; False where it is gone, which is said in its place."""
        before = self.detail.customer()
        if remember and before and before != customer_id:
            self._trail.append(before)
        return self.detail.show_customer(customer_id)

    def back_to_list(self) -> None:
        """Esc: the list again."""
        self.detail.flush()
        if self._covering():
            self.detail.hide()
            self.list.show()
        self.list.focus_list()

    def _tabbed_out(self, forward: bool) -> None:
        if forward or not self.list.isVisible():
            self.strip.search.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.list.focus_list()

    def _detail_shown(self) -> None:
        if not self.looking.any:
            self._arrange()  # the first start has the room to itself
            return
        self.detail.show()
        if self._covering():
            self.list.hide()

    def _go_to(self, customer_id: str) -> None:
        self.show_record("customer", customer_id)

    def _new_made(self, customer_id: str) -> None:
        self.list.select_customer(customer_id)
        self._show_later.stop()

    def _new_finished(self, customer_id: str) -> None:
        if customer_id:
            self._go_to(customer_id)
            return
        self.detail.show_before()
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
        customer_id = self.list.id_of(number)
        shown = self.detail.shows_card() and self.detail.customer() == customer_id
        # a new customer's form that cannot be saved yet stays in view
        if customer_id and not shown and self.detail.flush():
            self.open_card(customer_id)

    def _selection_changed(self, count: int) -> None:
        if count > 1:
            self._show_later.stop()
            self.detail.count_selected(count)
            if not self._covering():
                self.detail.show_bulk()
        elif self.detail.shows_bulk():
            self.detail.show_before()
            self._show_later.start()

    def _leave_bulk(self) -> None:
        current = self.list.current_number()
        if current >= 0:
            self.list.select_number(current)
        else:
            self.list.clear_selection()
        self.list.focus_list()

    def _go_on_with(self, number: int) -> None:
        """After a deletion: the row that follows, and its card."""
        if self.list.current_number() < 0 and self.list.select_number(number):
            self._show_later.stop()
            if not self._covering():
                self._show_current()

    def _open_current(self) -> None:
        self._opened(self.list.current_number())

    def _plan_current(self) -> None:
        self._open_current()
        self.card.acts.plan_visit()

    def rename_current(self) -> None:
        """F2: the name becomes a field."""
        number = self.list.current_number()
        customer_id = self.list.id_of(number) if number >= 0 else self.detail.customer()
        if customer_id and self.open_card(customer_id):
            self.card.edit_name()

    # room

    def _narrowed(self) -> None:
        self.pages.show_browse()
        if self._covering() and not self.list.isVisibleTo(self):
            self.detail.flush()  # who filters wants to see the list
            self.detail.hide()
            self.list.show()

    def _view_chosen(self) -> None:
        self.detail.hide()  # who changes the view wants to see the list
        self._arrange()

    def _covering(self) -> bool:
        """Whether there is room for the list or for the card, not for both."""
        return self._narrow or self.list.view == "table"

    def _arrange(self) -> None:
        """Give list and detail the room there is."""
        covering = self._covering()
        if not self.looking.any:
            detail = self.detail.shows_new()
            listed = not detail
        elif covering:
            detail = not self.detail.idle() and (self._narrow or self.detail.isVisible())
            listed = not detail
        else:
            detail = listed = True
        self.detail.setVisible(detail)
        self.list.setVisible(listed)
        self.detail.set_covering(covering)

    def _measure(self) -> None:
        narrow = self.window().width() < self.context.look.theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self._measure()
        super().showEvent(event)
        if not self.detail.built():
            self._prepare.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self.detail.flush()
        self.pages.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.pages.shows_people:
            super().keyPressEvent(event)  # it has keys of its own
        elif event.key() == Qt.Key.Key_Escape and self.detail.isVisible():
            self.back_to_list()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_current()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.strip.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.strip.search.selectAll()
        else:
            super().keyPressEvent(event)
