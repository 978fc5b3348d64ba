"""The section: phrases at the left, the one chosen at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from fieldsales.domain.own_entry import OwnEntry
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.library.phrases.listing import PhraseList
from fieldsales.screens.library.phrases.view import PhraseView
from fieldsales.screens.listed import ListedPage
from fieldsales.services.library import PHRASE_TOPICS
from fieldsales.services.operations.records import AddRecord, RestoreRecords, TrashRecords
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column


class PhrasesPage(ListedPage):
    """Selecting shows a phrase, Enter takes its words or writes in an own one, Esc comes back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.new = button(look, words("phrases.new"), self.new_record, icon="add", role="primary")
        self.tools = (self.new,)
        self._code = ""
        self.list = PhraseList(context)
        self.list.chosen.connect(self._show)
        self.list.entered.connect(self._enter)
        self.list.trash_wanted.connect(self.trash)
        self.view = PhraseView(context)
        self.view.copy_wanted.connect(self.copy)
        self.view.trash_wanted.connect(self.trash)
        self.gone = EmptyState(
            look,
            words("phrases.gone"),
            icon="trash",
            action=words("common.restore"),
            act=self._restore,
            action_icon="restore",
        )
        self.detail = QStackedWidget()
        for part in (self.view, self.gone):
            self.detail.addWidget(part)
        self.put(self.list, self.detail)
        self.setLayout(column(look, self.halves))

    # the contract of sections

    def refresh(self) -> None:
        self.list.read()
        code = self._code or self.list.first()
        if code:
            self._show(code)

    def follow(self, changed: Changed) -> None:
        if changed.touches("own_entry"):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A phrase by its code; NEW makes one, `new:birthday` one for that topic."""
        asked, _, topic = row_id.partition(":")
        if asked == NEW and topic:
            self._add(self.context.words("phrases.untitled"), "", topic)
        elif asked == NEW:
            self.new_record()
        elif row_id:
            self.list.read()
            self._show(row_id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_example(self) -> None:
        """An own phrase if there is one."""
        for code in (*self.list.own, self.list.first()):
            if code:
                self._show(code)
                return

    def new_record(self) -> bool:
        """A new phrase of the topic in view, holding what was searched for."""
        said = self.list.search.text().strip()
        self._add(self.context.words("phrases.untitled"), said, self.list.topic or PHRASE_TOPICS[0])
        return True

    def record_here(self) -> str:
        return self._code if self._code in self.list.own else ""

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self.detail.currentWidget() is not self.view or not self._code:
            return []
        found = [Command(words("phrases.take"), "copy", self.view.take_words)]
        if self._code in self.list.own:
            return [*found, Command(words("phrases.trash"), "trash", self.trash)]
        return [*found, Command(words("phrases.adapt"), "edit", self.copy)]

    def flush(self) -> None:
        self.view.flush()

    # what is shown and done

    def _show(self, code: str) -> None:
        self._code = code
        self.list.choose(code)
        phrase = self.list.phrases.get(code)
        if phrase is None:
            self.detail.setCurrentWidget(self.gone)
            return
        self.view.show_phrase(phrase, self.list.own.get(code))
        self.detail.setCurrentWidget(self.view)

    def _enter(self) -> None:
        if self._code in self.list.own:
            self.view.begin()
        else:
            self.view.take_words()

    def copy(self) -> None:
        """An own copy of a shipped phrase, to be put in one's own words."""
        phrase = self.list.phrases.get(self._code)
        if phrase is not None:
            self._add(phrase.use, phrase.text, phrase.topic)

    def _add(self, use: str, text: str, topic: str) -> None:
        self.flush()
        values = {"kind": "phrase", "title": use, "answer": text, "topic": topic}
        added = AddRecord("own_entry", values)
        if self.context.run(added, undoable=self.context.words("phrases.added")) is not None:
            self.list.show_all()
            self._show(added.row_id)
            self.view.begin_new()

    def trash(self) -> None:
        """An own phrase goes to the trash, with an undo; the next one is shown."""
        own = self.list.own.get(self._code)
        if own is None:
            return
        self.flush()
        self._code = self.list.neighbour()
        said = self.context.words("card.trashed", name=own.title)
        if self.context.run(TrashRecords("own_entry", (own.id,)), undoable=said) is None:
            self._code = own.id
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self) -> None:
        if self.context.store.record(OwnEntry, self._code) is not None:
            self.context.run(RestoreRecords("own_entry", (self._code,)))
        else:
            self._code = ""
            self.refresh()
