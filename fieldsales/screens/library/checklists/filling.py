"""The page of one result: whom it is about, its score against the last time, items and note."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal

from fieldsales.domain.checklist import Filled, score
from fieldsales.domain.fields import values_of
from fieldsales.errors import UserError
from fieldsales.methods.checklist.content import form_of
from fieldsales.methods.checklist.picture import scored, trend
from fieldsales.methods.checklist.told import about, compared, points
from fieldsales.screens.checklist import PICTURE, Sheet
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.store.queries import checklists as query
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import (
    ElidedLink,
    button,
    column,
    label,
    row,
    tool_button,
)

_NOUN = "checklist_result"
_ABOUT = ("visit", "deal", "product", "customer")  # what a result leads to, the nearest first


class Filling(CardScroll):
    """One result: whom it is about and when, its score against the last time, items and note."""

    left = Signal()
    again = Signal()  # another one about the same

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look)
        self._context = context
        self.filled: Filled | None = None
        self.sheet = Sheet(context)
        self._title = label(look, size="section", bold=True, wrap=True)
        self._about = ElidedLink(look, self._open_about)
        self._points = label(look, size="page", bold=True)
        self._said = label(look, tone="muted", wrap=True)
        self.picture = PictureBlock(look)
        self.picture.clicked.connect(self._open_other)
        self.form = Form(
            look,
            _NOUN,
            (Group("", ("filled_on", "subject")), Group("", ("note",))),
            self._save,
            self._draft,
        )
        back = tool_button(look, "back", words("checklist.back"), self.left.emit)
        redo = button(look, words("checklist.again"), self.again.emit, icon="add", role="quiet")
        paper = button(look, words("checklist.print"), self.print, icon="print", role="quiet")
        trash = tool_button(look, "trash", words("checklist.trash"), self.trash)
        head = row(look, back, gap=8)
        head.addLayout(column(look, self._title, row(look, self._about, None), gap=0), 1)
        for part in (redo, paper, trash):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        found = row(look, self._points, gap=16)
        found.addWidget(self._said, 1)
        self.body.addLayout(head)
        self.body.addLayout(found)
        self.body.addWidget(self.picture)
        self.body.addWidget(self.sheet)
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    # what is shown

    def open(self, result_id: str) -> bool:
        """Shows a result; False if it is gone."""
        other = self.filled is None or self.filled.result.id != result_id
        if other:
            self.flush()
        try:
            self.filled = query.filled(self._context.store, result_id)
        except UserError:
            self.forget()
            return False
        self._show(self.filled, other=other)
        return True

    def refresh(self) -> bool:
        """Reads the same anew; False if it is gone."""
        return self.filled is not None and self.open(self.filled.result.id)

    def forget(self) -> None:
        """The result is gone, and what was typed in it."""
        self.filled = None
        self.sheet.items.drop()
        self.form.load({})

    def flush(self) -> None:
        """Saves what is being typed."""
        if self.filled is not None:
            self.sheet.flush()
            self.form.flush()

    def _show(self, filled: Filled, *, other: bool) -> None:
        context, words, result = self._context, self._context.words, filled.result
        form = form_of(filled, words.language)
        past = query.history(context.store, result)
        self._title.setText(form.title)
        self._about.set_text(about(words, filled))
        self._about.setVisible(bool(about(words, filled)))
        linked = any(getattr(result, f"{kind}_id") for kind in _ABOUT)
        self._about.setEnabled(linked)
        found = score(form, filled.answers)
        self._points.setText(points(words, found))
        known = compared(words, form, past)
        counted = words("checklist.answered", n=found.answered, total=found.total)
        self._said.setText(" · ".join(part for part in (counted, known) if part))
        marks = scored(form, past)
        self.picture.setVisible(len(marks) > 1)
        self.picture.show_picture(
            "", lambda room: trend(form.title, marks, words, room, size=PICTURE)
        )
        self.form.cells["subject"].setVisible(not linked)
        self.sheet.show_filled(form, filled, past[-2] if len(past) > 1 else None)
        if other:
            self.form.load(values_of(result), context.drafts(_NOUN, result.id))
            self.verticalScrollBar().setValue(0)
        else:
            self.form.refresh(values_of(result))

    # what is done

    def _save(self, values: Mapping[str, object]) -> None:
        assert self.filled is not None
        self._context.workspace.run(EditRecord(_NOUN, self.filled.result.id, values))

    def _draft(self, name: str, text: str | None) -> None:
        if self.filled is not None:
            self._context.keep_draft(_NOUN, self.filled.result.id, name, text)

    def _open_about(self) -> None:
        """The record that the result is about."""
        if self.filled is None:
            return
        result = self.filled.result
        for kind in _ABOUT:
            row_id = getattr(result, f"{kind}_id")
            if row_id:
                self._context.open(kind, row_id)
                return

    def _open_other(self, result_id: str) -> None:
        self._context.open(_NOUN, result_id)

    def print(self) -> None:
        """The result as a paper."""
        if self.filled is not None:
            self.flush()
            self._context.open("paper", f"checklist:{self.filled.result.id}")

    def trash(self) -> None:
        """The result goes to the trash, with an undo."""
        if self.filled is not None:
            self.flush()
            said = self._context.words("checklist.trashed", title=self.filled.result.title)
            trashed = TrashRecords(_NOUN, (self.filled.result.id,))
            self._context.run(trashed, undoable=said)
