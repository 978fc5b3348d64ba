"""The section: objections at the left, one of them at the right, to be read or written."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from fieldsales.domain.own_entry import OwnEntry
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.pitch.objections.listing import ObjectionList
from fieldsales.screens.pitch.objections.newly_heard import NewlyHeard
from fieldsales.screens.pitch.objections.view import LINES, ObjectionView
from fieldsales.services.objections import STEPS
from fieldsales.services.operations.conversation import KeepObjection
from fieldsales.services.operations.records import AddRecord, RestoreRecords, TrashRecords
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.store.queries.learnt import new_objections
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column

_CONCERN = ("own_entry", "visit_item", "visit")


class ObjectionsPage(ListedPage):
    """Selecting shows an entry, Enter writes in an own one, Esc comes back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.new = button(
            look, words("objections.new"), self.new_record, icon="add", role="primary"
        )
        self.tools = (self.new,)
        self._code = ""
        self.list = ObjectionList(context)
        self.list.chosen.connect(self._show)
        self.list.entered.connect(self._enter)
        self.list.trash_wanted.connect(self.trash)
        self.list.heard_wanted.connect(self.show_newly_heard)
        self.view = ObjectionView(context)
        self.view.copy_wanted.connect(self.copy)
        self.view.trash_wanted.connect(self.trash)
        self.newly = NewlyHeard(context)
        self.newly.keep_wanted.connect(self._keep)
        self.gone = EmptyState(
            look,
            words("objections.gone"),
            icon="trash",
            action=words("common.restore"),
            act=self._restore,
            action_icon="restore",
        )
        self.detail = QStackedWidget()
        for part in (self.view, self.newly, self.gone):
            self.detail.addWidget(part)
        self.put(self.list, self.detail)
        self.setLayout(column(look, self.halves))

    # the contract

    def refresh(self) -> None:
        heard = new_objections(self.context.store)
        self.list.read(len(heard))
        self.newly.show_new(heard)
        if self.detail.currentWidget() is not self.newly:
            self._reshow()

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """An entry by its code; NEW makes one."""
        if row_id == NEW:
            self.new_record()
        elif row_id:
            self.refresh()
            self._show(row_id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_example(self) -> None:
        """The entry of which most was learnt."""
        shelf = self.list.shelf
        times = shelf.heard
        codes = [code for code in times if code in shelf.entries]
        if codes:
            self._show(max(codes, key=lambda code: (len(shelf.answers(shelf.entries[code])), code)))

    def new_record(self) -> bool:
        """A new entry, called what was searched for, ready to be written."""
        said = self.list.search.text().strip()
        title = said or self.context.words("objections.untitled")
        values = {"title": title, "heard": said, "topic": self.list.step.key or STEPS[-2]}
        self._add(values)
        return True

    def record_here(self) -> str:
        return self._code if self._code in self.list.shelf.own else ""

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self.detail.currentWidget() is not self.view:
            return []
        if self._code in self.list.shelf.own:
            return [
                Command(words("objections.edit"), "edit", self.view.begin_edit),
                Command(words("objections.trash"), "trash", self.trash),
            ]
        return [Command(words("objections.copy"), "copy", self.copy)]

    def go_back(self) -> bool:
        if self.detail.currentWidget() is self.newly:
            self.detail.setCurrentWidget(self.view)
            self._reshow()
        elif self.view.editing:
            self.view.end_edit()
        else:
            return super().go_back()
        self.to_list()
        return True

    def flush(self) -> None:
        self.view.flush()

    # what is shown

    def show_newly_heard(self) -> None:
        self.flush()
        self.detail.setCurrentWidget(self.newly)

    def _show(self, code: str) -> None:
        self._code = code
        self.list.choose(code)
        entry = self.list.shelf.entries.get(code)
        if entry is None:
            self.detail.setCurrentWidget(self.gone)
            return
        self.view.show_entry(entry, self.list.shelf)
        self.detail.setCurrentWidget(self.view)

    def _reshow(self) -> None:
        """What was shown, as it is now; the first one to begin with."""
        code = self._code or self.list.first()
        if code:
            self._show(code)

    def _enter(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.begin_edit()

    # what is done

    def _add(self, values: Mapping[str, object]) -> None:
        self.flush()
        added = AddRecord("own_entry", {"kind": "objection", **values})
        if self.context.run(added, undoable=self.context.words("objections.added")) is not None:
            self._write(added.row_id)

    def _write(self, code: str) -> None:
        self.list.show_all()
        self._show(code)
        self.view.begin_edit()

    def copy(self) -> None:
        """An own copy of a shipped entry, to be adapted."""
        entry = self.list.shelf.entries.get(self._code)
        if entry is None:
            return
        told = {name: getattr(entry, name) for name in ("title", "answer", "avoid")}
        lines = {name: "\n".join(getattr(entry, name)) for name in LINES}
        self._add({"topic": entry.step, **told, **lines})

    def trash(self) -> None:
        """An own entry goes to the trash, with an undo; the next one is shown."""
        own = self.list.shelf.own.get(self._code)
        if own is None:
            return
        self.flush()
        following = self.list.neighbour()
        said = self.context.words("card.trashed", name=own.title)
        self._code = following
        if self.context.run(TrashRecords("own_entry", (own.id,)), undoable=said) is None:
            self._code = own.id
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, item_id: str, step: str) -> None:
        kept = KeepObjection(item_id, step)
        if self.context.run(kept, undoable=self.context.words("objection.kept")) is not None:
            self._write(kept.row_id)

    def _restore(self) -> None:
        if self.context.store.record(OwnEntry, self._code) is not None:
            self.context.run(RestoreRecords("own_entry", (self._code,)))
        else:
            self._code = ""
            self._reshow()
