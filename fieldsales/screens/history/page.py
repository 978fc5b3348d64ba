"""The page: every change of one record, newest first; a press sets a field back to what it was."""

from __future__ import annotations

from functools import partial
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.screens.changes import Change, told_history
from fieldsales.screens.contract import Context, Screen
from fieldsales.services.operations.records import RestoreValue
from fieldsales.store.journal import Changed, HistoryEntry
from fieldsales.store.queries.subject import called
from fieldsales.widgets.card import CardScroll, at_left, empty
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, column, label, row

_TOP = Qt.AlignmentFlag.AlignTop
_AT_FIRST = 50  # entries; a record that is worked on for years has hundreds
_MOST = 600  # characters of a value
_WIDE = 920  # px at 100 %


class HistoryScreen(Screen):
    """One record's history; Esc and Alt+← lead back to the record."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._noun = self._id = ""
        self._most = _AT_FIRST
        self.strip = PageStrip(look, words("history.title"))
        self.back = button(look, words("common.back"), context.back_wanted.emit, icon="back")
        self.strip.fill(self.back)
        self._scroll = CardScroll(look)
        self._list = column(look, gap=24)
        body = QWidget()
        body.setLayout(self._list)
        self.more = button(look, words("history.more"), self._show_more, role="link")
        self._scroll.body.addLayout(at_left(look, body, _WIDE))
        self._scroll.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._scroll.body.addStretch(1)
        self._nothing = EmptyState(
            look,
            words("history.nothing"),
            icon="history",
            hint=words("history.nothing_hint"),
            action=words("common.back"),
            act=context.back_wanted.emit,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self._scroll)
        self.stack.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.stack, 1)
        self.setFocusProxy(self.back)

    def show_record(self, kind: str, row_id: str) -> None:
        """The history of a record by its id alone: no two have the same."""
        self._id, self._most = row_id, _AT_FIRST
        self._noun = self.context.workspace.journal.noun_of(row_id)
        self.refresh()
        self._scroll.verticalScrollBar().setValue(0)

    def record_here(self) -> str:
        return self._id

    def concerns(self, changed: Changed) -> bool:
        return self._noun in changed.rows

    def refresh(self) -> None:
        words, store = self.context.words, self.context.store
        empty(self._list)
        told = told_history(self.context, self._noun, self._id, _MOST)
        entries = list(islice(told, self._most + 1))
        self.stack.setCurrentWidget(self._scroll if entries else self._nothing)
        if not entries:
            self.strip.aside.setText("")
            return
        name = called(store, self._noun, self._id)
        self.strip.aside.setText(" · ".join(filter(None, (words(f"noun.{self._noun}"), name))))
        record = store.record(NOUNS[self._noun], self._id)
        live = record is not None and not record.trashed_at
        for entry, changes in entries[: self._most]:
            part = self._entry(entry, changes, live=live)
            if part is not None:
                self._list.addWidget(part)
        self.more.setVisible(len(entries) > self._most)

    def _show_more(self) -> None:
        self._most += 4 * _AT_FIRST
        self.refresh()

    def _entry(self, entry: HistoryEntry, changes: list[Change], *, live: bool) -> QWidget | None:
        """When and by what, then each field; None for what no user knows of."""
        look, words = self.context.look, self.context.words
        said = self._said(entry)
        if not changes and not said:
            return None
        when = label(look, words.moment(from_stamp(entry.step.at)), bold=True)
        head = row(look, when, label(look, said, tone="muted"), None, gap=12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.px(16))
        grid.setVerticalSpacing(0)
        pad = (look.theme.px(24) - look.theme.metrics().height()) // 2  # as a link has
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setColumnMinimumWidth(0, look.theme.px(140))
        for at, one in enumerate(changes):
            for place, told in enumerate(
                (
                    label(look, one.label, tone="muted"),
                    label(look, one.before, wrap=True),
                    label(look, "→", tone="faint"),
                    label(look, one.after, wrap=True),
                )
            ):
                told.setContentsMargins(0, pad, 0, pad)  # they stand as the button's words do
                grid.addWidget(told, at, place, _TOP)
            if live and not fields(NOUNS[self._noun])[one.name].sealed:
                grid.addWidget(self._way_back(entry, one), at, 4, _TOP)
        made = QWidget()
        made.setLayout(column(look, head, grid, gap=4))
        return made

    def _said(self, entry: HistoryEntry) -> str:
        words, after = self.context.words, entry.after or {}
        if entry.step.undoes is not None:
            return words("card.change_undone")
        if entry.before is None:
            return words("history.made")
        if entry.after is None:
            return words("history.deleted")
        if "trashed_at" in after:
            return words("card.change_trashed" if after["trashed_at"] else "card.change_restored")
        key = f"op.{entry.step.kind}"
        return words(key) if words.has(key) else ""

    def _way_back(self, entry: HistoryEntry, one: Change) -> QWidget:
        look, words = self.context.look, self.context.words
        before = (entry.before or {}).get(one.name)
        back = button(
            look, words("history.restore"), partial(self._restore, one, before), role="link"
        )
        back.setAccessibleName(words("history.restore_to", field=one.label, value=one.before))
        back.setToolTip(back.accessibleName())
        record = self.context.store.record(NOUNS[self._noun], self._id)
        back.setEnabled(getattr(record, one.name, None) != before and not one.foreign)
        if one.foreign:  # the same figures would be another amount
            back.setToolTip(words("history.foreign"))
        return back

    def _restore(self, one: Change, before: object) -> None:
        """Sets a field back; the buttons of the page are made anew by what that changes."""
        said = self.context.words("history.restored", field=one.label, value=one.before)
        operation = RestoreValue(self._noun, self._id, {one.name: before})
        self.context.run(operation, undoable=said)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.context.back_wanted.emit()
        else:
            super().keyPressEvent(event)
