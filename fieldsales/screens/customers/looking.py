"""What the list shows and how: search, chips, order, rows or table, and what stands if nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from fieldsales.screens.contract import Context
from fieldsales.screens.customers.filter_bar import FilterBar
from fieldsales.screens.customers.listing import CustomerList
from fieldsales.screens.customers.strip import Strip
from fieldsales.store.drafts import NEW
from fieldsales.store.queries import customers
from fieldsales.store.queries.customer_filter import CustomerFilter
from fieldsales.widgets.empty_state import EmptyState


class Looking(QObject):
    """Joins the strip, the bar of chips and the list, as they were left."""

    narrowed = Signal()  # by the user, who wants to see the list then
    view_chosen = Signal()  # rows or table
    any_changed = Signal()  # the first customer came, or the last one went

    def __init__(
        self, context: Context, strip: Strip, bar: FilterBar, listed: CustomerList
    ) -> None:
        super().__init__()
        self._context = context
        self.strip, self.bar, self.list = strip, bar, listed
        self.any: bool | None = None  # whether there are customers; None before the first look
        strip.search.asked.connect(listed.set_text)
        strip.search.list_wanted.connect(listed.focus_list)
        strip.saved.picked.connect(listed.set_wanted)
        strip.view.chosen.connect(self._choose_view)
        strip.columns.menu().aboutToShow.connect(self._fill_columns)
        bar.sort.chosen.connect(self._set_order)
        listed.filter_changed.connect(self._filter_changed)
        listed.windowed.modelReset.connect(self.count)
        listed.layout_changed.connect(self._keep_table)
        self._restore()

    # filters

    def show_only(self, wanted: CustomerFilter) -> None:
        """The list, with these conditions and no others."""
        self._context.open("customers", "")
        self.list.set_wanted(wanted)

    def show_cold(self) -> None:
        self.show_only(CustomerFilter(not_seen_days=30))

    def show_due(self) -> None:
        self.show_only(CustomerFilter(due=True))

    def show_complaints(self) -> None:
        self.show_only(CustomerFilter(complaint=True))

    def show_tagged(self, name: str) -> None:
        self.list.set_wanted(CustomerFilter(tags=(name,)))

    def show_imported(self, op: int) -> None:
        """Those that an import brought or changed, whatever was searched for before."""
        self.strip.search.clear_now()
        self.show_only(CustomerFilter(imported=op))

    def show_saved(self) -> None:
        """The saved filters, one of which may be what holds."""
        self.strip.saved.show_filter(self.list.wanted)

    def _show_everyone(self) -> None:
        self.strip.search.clear_now()
        self.bar.clear()

    def _filter_changed(self) -> None:
        self.show_saved()
        self.count()
        self.narrowed.emit()

    # order, rows or table

    def _set_order(self, sort: str, descending: bool) -> None:
        self.list.windowed.order_by(sort, descending=descending)
        self._keep_table()

    def _choose_view(self, view: str) -> None:
        self._set_view(view)
        self._context.state.setValue("customers/view", view)
        self.view_chosen.emit()

    def _set_view(self, view: str) -> None:
        """Rows or table, texts at the page's margin: rows have 16 px of their own, cells 8."""
        table = view == "table"
        self.list.set_view("table" if table else "rows")
        self.list.setContentsMargins(self._context.look.theme.px(16 if table else 0), 0, 0, 0)
        self.strip.view.set_key(view)
        self.strip.columns.setVisible(table)
        self.bar.sort.setVisible(not table)

    def _fill_columns(self) -> None:
        self.list.table.fill_columns_menu(self.strip.columns.menu())

    def _keep_table(self) -> None:
        if self.list.windowed.sorted_by[0] != customers.MATCH:
            self._context.state.setValue("customers/table", self.list.table.save_state())

    def _restore(self) -> None:
        state = self._context.state
        self.list.table.restore_state(str(state.value("customers/table", "")))
        self._set_view("table" if state.value("customers/view") == "table" else "rows")
        self._show_order()

    # how many there are

    def count(self) -> None:
        """Bring what depends on how many there are in line."""
        all_there_are = customers.count(self._context.store)
        shown = self.list.windowed.rowCount()
        self.strip.show_count(
            shown, all_there_are, narrowed=self.list.narrowed(), more=self.list.cut_short()
        )
        self._show_order()
        if bool(all_there_are) != self.any:
            self.any = bool(all_there_are)
            self._show_tools()
        elif not shown and self.any:
            self.list.set_empty(self._none_pass())

    def _show_order(self) -> None:
        sort, descending = self.list.windowed.sorted_by
        self.bar.sort.show_order(sort, descending=descending)

    def _show_tools(self) -> None:
        """Search, filters and views are for a file that has customers."""
        there_are, strip = bool(self.any), self.strip
        for part in (strip.search, strip.saved, strip.view, self.bar):
            part.setVisible(there_are)
        self.bar.sort.setVisible(self.list.view == "rows")
        strip.columns.setVisible(there_are and self.list.view == "table")
        self.list.set_empty(self._none_pass() if there_are else self._first_start())
        self.any_changed.emit()

    def _none_pass(self) -> EmptyState:
        words = self._context.words
        return EmptyState(
            self._context.look,
            words("customers.none_pass"),
            icon="filter",
            action=words("customers.show_everyone"),
            act=self._show_everyone,
        )

    def _first_start(self) -> EmptyState:
        words = self._context.words
        return EmptyState(
            self._context.look,
            words("customers.empty"),
            icon="customers",
            hint=words("customers.empty_hint"),
            action=words("customers.import"),
            act=self._import,
            action_icon="import",
            second=words("customers.sample"),
            act_second=self._load_sample,
            third=words("common.start_empty"),
            act_third=self._add,
        )

    def _import(self) -> None:
        self._context.open("importing", "")

    def _load_sample(self) -> None:
        from fieldsales.services.operations.sample import LoadSample

        said = self._context.words("customers.sample_loaded")
        self._context.run(LoadSample(), undoable=said)

    def _add(self) -> None:
        self._context.open("customer", NEW)
