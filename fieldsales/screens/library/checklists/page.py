"""The section: checklists at the left; what is chosen, or a result of it, at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget

from fieldsales.errors import UserError
from fieldsales.screens.checklist import Filling, begin
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.library.checklists.listing import Listing
from fieldsales.screens.library.checklists.overview import Overview
from fieldsales.screens.sections import SectionPage
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.queries.checklists import filled, results
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import column

_LIST = 320  # px at 100 %
_WIDTH = "library/checklists_width"
_EXAMPLE = "self_audit"


class ChecklistsPage(SectionPage):
    """Esc leads from a result back to its checklist, and from there to the list."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.listing = Listing(context)
        self.listing.chosen.connect(self._choose)
        self.listing.entered.connect(self._enter)
        self.listing.trash_wanted.connect(self._trash)
        self.overview = Overview(context)
        self.overview.begun.connect(self._begin)
        self.overview.result_wanted.connect(self.show_result)
        self.overview.trash_wanted.connect(self._trash_chosen)
        self.filling = Filling(context)
        self.filling.left.connect(self._to_overview)
        self.filling.again.connect(self._again)
        self.gone = EmptyState(
            look,
            words("checklists.gone"),
            icon="library",
            action=words("checklists.to_list"),
            act=self._to_overview,
        )
        self.detail = QStackedWidget()
        for part in (self.overview, self.filling, self.gone):
            self.detail.addWidget(part)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(self.listing)
        self.halves.addWidget(self.detail)
        self.halves.setStretchFactor(1, 1)
        self.halves.setHandleWidth(look.theme.px(1))
        kept = int(str(context.state.value(_WIDTH, 0)) or 0)
        self.halves.setSizes([kept or look.theme.px(_LIST), look.theme.px(960)])
        self.halves.splitterMoved.connect(self._keep_width)
        layout = column(look, self.halves, gap=0)
        self.setLayout(layout)
        self.setFocusProxy(self.listing)
        self._code = ""
        self._result = ""

    # the contract

    def refresh(self) -> None:
        self.listing.reload()
        if self._code not in self.listing.codes:
            self._code = self.listing.codes[0]
            if not self._result:
                self.listing.choose(self._code)
        self._show()

    def show_record(self, kind: str, row_id: str) -> None:
        self.flush()
        self.listing.reload()
        if kind == "checklist_result":
            self.show_result(row_id)
            return
        code, _, about = row_id.partition("@")
        if self.listing.shelved(code) is None:
            self._code, self._result = code, code
        elif about:
            self._code = code
            noun, _, whose = about.partition(":")
            self._open_about(code, {f"{noun}_id": whose})
        else:
            self._code, self._result = code, ""
        self.listing.choose(self._code)
        self._show()

    def show_example(self) -> None:
        """The last self-audit, with the one before it."""
        found = results(self.context.store, _EXAMPLE)
        self._code = _EXAMPLE
        self.listing.choose(self._code)
        self.show_result(found[0].result.id if found else "")

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self.detail.currentWidget() is self.filling:
            return [
                Command(words("checklist.again"), "add", self._again),
                Command(words("checklist.trash"), "trash", self.filling.trash),
            ]
        return [Command(words("checklists.start"), "check", self.overview.line.focus)]

    def go_back(self) -> bool:
        if not self._result:
            return False
        self._to_overview()
        return True

    def flush(self) -> None:
        self.filling.flush()

    # what is shown

    def show_result(self, result_id: str) -> None:
        """A result at the right, its checklist chosen at the left."""
        self.flush()
        self._result = result_id
        try:
            code = filled(self.context.store, result_id).result.checklist
        except UserError:
            code = self._code
        if code != self._code:
            self._code = code
            self.listing.choose(code)
        self._show()
        if self._result and self.isVisible():
            self.filling.sheet.items.focus_first()

    def _show(self) -> None:
        """What stands at the right."""
        one = self.listing.shelved(self._code)
        if self._result:
            there = self.filling.open(self._result)
            self.detail.setCurrentWidget(self.filling if there else self.gone)
        elif one is not None:
            self.overview.show_checklist(one)
            self.detail.setCurrentWidget(self.overview)

    def _choose(self, code: str) -> None:
        self.flush()
        self._code, self._result = code, ""
        self._show()

    def _enter(self) -> None:
        if self._result:
            self.filling.sheet.items.focus_first()
        else:
            self.overview.line.focus()

    def _to_overview(self) -> None:
        self.flush()
        self._result = ""
        self.refresh()
        self.listing.choose(self._code)
        self.listing.list.focus_list()

    # what is done

    def _begin(self, about: Mapping[str, str]) -> None:
        if started := begin(self.context, self._code, about):
            self.show_result(started)

    def _open_about(self, code: str, about: Mapping[str, str]) -> None:
        """What was filled in last about a record; the checklist begins if nothing was."""
        found = results(self.context.store, code, **about)
        self._result = found[0].result.id if found else begin(self.context, code, about)

    def _again(self) -> None:
        """Another one about the same."""
        known = self.filling.filled
        if known is None:
            return
        result = known.result
        about = {
            name: str(getattr(result, name) or "")
            for name in ("customer_id", "deal_id", "visit_id", "product_id", "subject")
        }
        self._begin(about)

    def _trash_chosen(self) -> None:
        self._trash(self._code)

    def _trash(self, code: str) -> None:
        one = self.listing.shelved(code)
        if one is not None and one.own is not None:
            said = self.context.words("checklists.trashed", title=one.title)
            self.context.run(TrashRecords("checklist", (code,)), undoable=said)

    # Qt

    def _keep_width(self, _position: int, _index: int) -> None:
        self.context.state.setValue(_WIDTH, self.halves.sizes()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.go_back():
                return
            if not self.listing.isAncestorOf(self.focusWidget()):
                self.listing.list.focus_list()
                return
        super().keyPressEvent(event)
