"""The section: what there is to read at the left, one of it at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSplitter

from fieldsales.screens.contract import Context
from fieldsales.screens.pitch.closing.listing import READINGS, ClosingList
from fieldsales.screens.pitch.closing.readings import Readings
from fieldsales.screens.sections import SectionPage
from fieldsales.services.library import library
from fieldsales.store.journal import Changed
from fieldsales.widgets.pieces import column

_LIST = 320  # px at 100 %
_WIDTH = "closing/list_width"
_CONCERN = ("visit_item", "visit", "deal", "stage_change", "stage", "customer")


class ClosingPage(SectionPage):
    """Nothing is written here: what was tried is noted in visits."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self._shelf = library(context.words.language)
        self.list = ClosingList(context, self._shelf)
        self.list.chosen.connect(self._show)
        self.readings = Readings(context, self._shelf)
        self.readings.technique_wanted.connect(self.show_code)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setChildrenCollapsible(False)
        self.halves.setHandleWidth(look.theme.px(1))
        self.halves.addWidget(self.list)
        self.halves.addWidget(self.readings)
        self.halves.setStretchFactor(1, 1)
        kept = int(str(context.state.value(_WIDTH, 0)) or 0)
        self.halves.setSizes([kept or look.theme.px(_LIST), look.theme.px(960)])
        self.halves.splitterMoved.connect(self._keep_width)
        self.setLayout(column(look, self.halves))

    # the contract

    def refresh(self) -> None:
        self.list.read()
        self.show_code(self.readings.code or next(iter(READINGS)))

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A technique, or a reading by its name; one of another version is passed over."""
        if row_id:
            self.list.read()
            self.show_code(row_id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_example(self) -> None:
        self.show_code("either_or")

    def show_code(self, code: str) -> None:
        if code in READINGS or code in self._shelf.techniques:
            self.list.choose(code)
            self._show(code)

    def _show(self, code: str) -> None:
        self.readings.show_reading(code)

    def _keep_width(self, _position: int, _index: int) -> None:
        self.context.state.setValue(_WIDTH, self.halves.sizes()[0])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.go_back():
            return
        super().keyPressEvent(event)

    def go_back(self) -> bool:
        if not self.readings.isAncestorOf(self.window().focusWidget() or self):
            return False
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
