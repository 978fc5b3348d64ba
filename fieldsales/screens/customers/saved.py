"""Saved filters: kept under a name, taken up again from a menu."""

from __future__ import annotations

import json

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu

from fieldsales.domain.keeping import SavedFilter
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.store.queries import customers
from fieldsales.store.queries.customer_filter import CustomerFilter
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.look import Look
from fieldsales.widgets.menus import chosen
from fieldsales.widgets.pieces import PushButton


class NameLine(LineEdit):
    """Asks for the name of a filter; Enter keeps it, Esc leaves it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, calm=False)
        self.setPlaceholderText(look.words("saved.name"))
        self.setAccessibleName(look.words("saved.name"))
        self.setFixedWidth(look.theme.px(180))
        self.hide()


class SavedFilters(PushButton):
    """A button whose menu holds the saved filters; it shows the one in use."""

    picked = Signal(object)  # a CustomerFilter

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(words("saved.title"))
        self._context = context
        self.setProperty("role", "quiet")
        self.setIcon(look.icons("chevron-down"))
        self.setIconSize(QSize(look.theme.px(16), look.theme.px(16)))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the text
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)
        self._wanted = CustomerFilter()
        self._renaming = ""
        self.line = NameLine(look)
        self.line.returnPressed.connect(self._named)
        self.line.left.connect(self.line.hide)

    def show_filter(self, wanted: CustomerFilter) -> None:
        """Say which saved filter is in use, if one is."""
        self._wanted = wanted
        used = self._used()
        self.setText(used.name if used is not None else self._context.words("saved.title"))

    def _used(self) -> SavedFilter | None:
        if self._wanted.is_empty():
            return None
        saved = customers.saved_filters(self._context.store)
        return next((one for one in saved if definition(one) == self._wanted), None)

    def fill(self) -> None:
        """The menu as it is now."""
        words, menu = self._context.words, self._menu
        menu.clear()
        used = self._used()
        for one in customers.saved_filters(self._context.store):
            action = menu.addAction(one.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(used is not None and one.id == used.id)
            action.setData(one)
            action.triggered.connect(self._pick)
        if not menu.isEmpty():
            menu.addSeparator()
        if used is None:
            keep = menu.addAction(words("saved.keep"))
            keep.setEnabled(not self._wanted.is_empty())
            keep.triggered.connect(self.ask_name)
        else:
            menu.addAction(words("saved.rename")).triggered.connect(self._ask_new_name)
            menu.addAction(words("saved.delete")).triggered.connect(self.delete_used)

    def _pick(self) -> None:
        self.picked.emit(definition(chosen(self.sender())))

    def ask_name(self) -> None:
        """Ask under which name to keep the chips that are set."""
        self._renaming = ""
        self._ask("")

    def _ask_new_name(self) -> None:
        used = self._used()
        if used is not None:
            self._renaming = used.id
            self._ask(used.name)

    def _ask(self, name: str) -> None:
        self.line.setText(name)
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def _named(self) -> None:
        name, words = self.line.text().strip(), self._context.words
        if not name:
            return
        if self._renaming:
            self._context.run(EditRecord("saved_filter", self._renaming, {"name": name}))
        else:
            text = json.dumps(self._wanted.to_json(), ensure_ascii=False)
            values = {"noun": "customer", "name": name, "definition": text}
            said = words("saved.kept", name=name)
            self._context.run(AddRecord("saved_filter", values), undoable=said)
        self.line.hide()
        self.show_filter(self._wanted)

    def delete_used(self) -> None:
        """Forget the saved filter in use; its chips stay."""
        used = self._used()
        if used is not None:
            said = self._context.words("saved.deleted", name=used.name)
            self._context.run(TrashRecords("saved_filter", (used.id,)), undoable=said)
            self.show_filter(self._wanted)


def definition(saved: SavedFilter) -> CustomerFilter:
    """The chips of a saved filter; none where its text cannot be read."""
    try:
        values = json.loads(saved.definition)
    except ValueError:
        values = {}
    return CustomerFilter.from_json(values if isinstance(values, dict) else {})
