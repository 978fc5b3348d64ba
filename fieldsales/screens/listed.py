"""A section that shows a list and what is chosen of it: focus and keys, alike in all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.screens.halves import Halves
from fieldsales.screens.sections import SectionPage
from fieldsales.services.operations.records import RestoreRecords
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.side_list import SideList


class ListedPage(SectionPage):
    """Focus begins in the list; Esc and Alt+← come back to it, Ctrl+F goes to its search."""

    halves: Halves
    detail: QStackedWidget  # what is chosen, what is being made, or where it went
    _gone: EmptyState | None = None

    def put(self, side: SideList, detail: QWidget) -> None:
        """The list, and beside it what is chosen."""
        self.halves = Halves(self.context, side, detail)

    def front(self) -> QWidget:
        """What has the page's place: the list with what is chosen, unless something else has."""
        return self.halves

    def to_list(self) -> None:
        front = self.front()
        if front is self.halves:
            self.halves.side.list.focus_list()
        else:
            front.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_gone(self, noun: str, row_id: str, said: str, *, there: bool) -> None:
        """Says in the detail that a record is gone, with the way back if it lies in the trash."""
        if self._gone is not None:
            self.detail.removeWidget(self._gone)
            self._gone.deleteLater()

        def restore() -> None:
            self.context.run(RestoreRecords(noun, (row_id,)))

        self._gone = EmptyState(
            self.context.look,
            said,
            icon="trash",
            action=self.context.words("common.restore") if there else "",
            act=restore,
            action_icon="restore",
        )
        self.detail.addWidget(self._gone)
        self.detail.setCurrentWidget(self._gone)

    def go_back(self) -> bool:
        inside = self.window().focusWidget()
        if inside is None or not self.halves.detail.isAncestorOf(inside):
            return False
        self.flush()
        self.to_list()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.to_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        listed = self.front() is self.halves
        search = self.halves.side.searched
        if event.key() == Qt.Key.Key_Escape:
            if not self.go_back() and listed:
                self.to_list()
        elif event.matches(QKeySequence.StandardKey.Find) and search is not None and listed:
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            search.selectAll()
        else:
            super().keyPressEvent(event)
