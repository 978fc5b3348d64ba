"""The section: checklists at the left; what is chosen, or a result of it, at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QStackedWidget

from fieldsales.errors import UserError
from fieldsales.screens.checklist import begin
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.library.checklists.editor import Editor
from fieldsales.screens.library.checklists.filling import Filling
from fieldsales.screens.library.checklists.listing import Listing
from fieldsales.screens.library.checklists.overview import HELP, Overview
from fieldsales.screens.library.checklists.own import ask_and_export, ask_and_import, copy, make
from fieldsales.screens.listed import ListedPage
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.queries.checklists import filled, results
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column

_EXAMPLE = "self_audit"


class ChecklistsPage(ListedPage):
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
        self.overview.asked.connect(self._do)
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
        self.editor = Editor(context)
        self.editor.left.connect(self._to_overview)
        for part in (self.overview, self.filling, self.editor, self.gone):
            self.detail.addWidget(part)
        self.put(self.listing, self.detail)
        layout = column(look, self.halves, gap=0)
        self.setLayout(layout)
        self.setFocusProxy(self.listing)
        look_in = button(look, words("checklists.import"), self.take_in, icon="import")
        new = button(look, words("checklists.new"), self.new_record, icon="add")
        self.tools = (look_in, new)
        self._code = ""
        self._result = ""
        self._editing = False

    # the contract

    def refresh(self) -> None:
        self.listing.reload()
        if self._code not in self.listing.codes and not self._editing:
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
        self._result, self._editing = "", False
        if self.listing.shelved(code) is None:
            self._code = self._result = code  # nobody filled that in: it says that it is gone
        elif about:
            noun, _, whose = about.partition(":")
            self._code = code
            self._result = self._last_about(code, {f"{noun}_id": whose})
        else:
            self._code = code
        self.listing.choose(self._code)
        self._show()
        self._focus()

    def show_example(self) -> None:
        """The last self-audit, with the one before it."""
        found = results(self.context.store, _EXAMPLE)
        self._code = _EXAMPLE
        self.listing.choose(self._code)
        self.show_result(found[0].result.id if found else "")

    def new_record(self) -> bool:
        """A checklist of one's own, to be named and filled with items."""
        self.flush()
        if made := make(self.context):
            self._edit(made)
            self.editor.begin()
        return True

    def record_here(self) -> str:
        return self._result if self.detail.currentWidget() is self.filling else self._code

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self.detail.currentWidget() is self.filling:
            return [
                Command(words("checklist.again"), "add", self._again),
                Command(words("checklist.print_result"), "print", self.filling.print),
                Command(words("checklist.trash"), "trash", self.filling.trash),
            ]
        return [
            Command(words("checklists.start"), "check", self.overview.line.focus),
            Command(words("checklists.new"), "add", self.new_record),
            Command(words("checklists.import"), "import", self.take_in),
        ]

    def go_back(self) -> bool:
        if not (self._result or self._editing):
            return super().go_back()
        self._to_overview()
        return True

    def flush(self) -> None:
        self.filling.flush()
        self.editor.flush()

    # what is shown

    def show_result(self, result_id: str) -> None:
        """A result at the right, its checklist chosen at the left."""
        self.flush()
        self._result, self._editing = result_id, False
        try:
            code = filled(self.context.store, result_id).result.checklist
        except UserError:
            code = self._code
        if code != self._code:
            self._code = code
            self.listing.choose(code)
        self._show()
        self._focus()

    def _show(self) -> None:
        """What stands at the right."""
        one = self.listing.shelved(self._code)
        if self._result:
            there = self.filling.open(self._result)
            self.detail.setCurrentWidget(self.filling if there else self.gone)
        elif self._editing:
            there = self.editor.open(self._code)
            self.detail.setCurrentWidget(self.editor if there else self.gone)
        elif one is not None:
            self.overview.show_checklist(one)
            self.detail.setCurrentWidget(self.overview)

    def _focus(self) -> None:
        """The cursor stands where one goes on."""
        if not self.isVisible():
            return
        if self.detail.currentWidget() is self.filling:
            self.filling.sheet.items.focus_first()
        else:
            self.listing.list.focus_list()

    def _choose(self, code: str) -> None:
        self.flush()
        self._code, self._result, self._editing = code, "", False
        self._show()

    def _enter(self) -> None:
        if self._result:
            self.filling.sheet.items.focus_first()
        else:
            self.overview.line.focus()

    def _to_overview(self) -> None:
        self.flush()
        self._result, self._editing = "", False
        self.refresh()
        self.listing.choose(self._code)
        self.listing.list.focus_list()

    # what is done

    def _begin(self, about: Mapping[str, str]) -> None:
        if started := begin(self.context, self._code, about):
            self.show_result(started)

    def _last_about(self, code: str, about: Mapping[str, str]) -> str:
        """What was filled in last about a record; the checklist begins if nothing was."""
        found = results(self.context.store, code, **about)
        return found[0].result.id if found else begin(self.context, code, about)

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

    def _do(self, name: str) -> None:
        """A button of the overview."""
        if name == "edit":
            self._edit(self._code)
            self.editor.begin()
        elif name == "copy":
            if made := copy(self.context, self._code):
                self._edit(made)
                self.editor.begin()
        elif name == "form":
            self.context.open("paper", f"checklist_form:{self._code}")
        elif name == "help":
            self.context.open("help", HELP[self._code])
        elif name == "export":
            ask_and_export(self.context, self, self._code)
        else:
            self._trash(self._code)

    def take_in(self) -> None:
        """A checklist from a file."""
        if kept := ask_and_import(self.context, self):
            self.show_record("checklist", kept)

    def _edit(self, code: str) -> None:
        self._code, self._result, self._editing = code, "", True
        self.listing.reload()
        self.listing.choose(code)
        self._show()

    def _trash(self, code: str) -> None:
        one = self.listing.shelved(code)
        if one is not None and one.own is not None:
            said = self.context.words("checklists.trashed", title=one.title)
            self.context.run(TrashRecords("checklist", (code,)), undoable=said)
