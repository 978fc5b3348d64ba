"""The customer's name on its card, large; F2 or a click makes it a field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import fields
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.pieces import (
    ElidedLabel,
    column,
    label,
)


class NameLine(QWidget):
    """The customer's name, large; F2 or a click makes it a field."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._customer_id = ""
        self._draft: str | None = None
        look, words = context.look, context.words
        self.label = ElidedLabel(look, size="section", bold=True)
        self.label.setToolTip(words("card.rename"))
        self.label.setCursor(Qt.CursorShape.IBeamCursor)
        self.label.installEventFilter(self)
        self.editor = TextEditor(look, fields(Customer)["name"], calm=False)
        self.editor.line.setFont(look.theme.font("section", bold=True))
        self.editor.set_name(words("field.customer.name"))
        self.editor.line.installEventFilter(self)
        self.binder = Binder(
            words,
            saver(context, "customer", self._id),
            drafter(context, "customer", self._id),
            parent=self,
        )
        self.binder.bind(self.editor)
        self.binder.trouble.connect(self._say)
        self.editor.finished.connect(self._finished)
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        self._wrong.hide()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.label)
        self._stack.addWidget(self.editor)
        layout = column(look, gap=4)
        layout.addLayout(self._stack)
        layout.addWidget(self._wrong)
        self.setLayout(layout)

    def _id(self) -> str:
        return self._customer_id

    def load(self, customer_id: str, draft: str | None) -> None:
        self._customer_id = customer_id
        self._stack.setCurrentWidget(self.label)
        self._draft = draft

    def show_name(self, name: str) -> None:
        self.label.set_text(name)
        if self.editing():
            self.binder.refresh({"name": name})

    def editing(self) -> bool:
        return self._stack.currentWidget() is self.editor

    def edit(self) -> None:
        """Make the name a field, all of it selected."""
        if not self.editing():
            self.binder.load({"name": self.label.full_text()})
            self._stack.setCurrentWidget(self.editor)
        self.editor.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.line.selectAll()

    def flush(self) -> None:
        if self.editing():
            self.binder.flush()

    def _finished(self) -> None:
        if not self.binder.pending():
            self._stack.setCurrentWidget(self.label)

    def _say(self, _name: str, text: str, _kind: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.label and isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.edit()
            return False
        if (
            watched is self.editor.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.binder.revert("name")
            self._stack.setCurrentWidget(self.label)
            return True
        return super().eventFilter(watched, event)
