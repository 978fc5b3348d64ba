"""One editor for each kind of field: it shows a stored value and gives back what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fieldsales.domain.fields import Field
from fieldsales.errors import FieldError
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import set_style
from fieldsales.widgets.typed import parse_integer, parse_money, write_money


class Editor(QWidget):
    """What a binder needs of an editor.

    `edited` is emitted for every change by the user, `finished` when the user is done for now:
    focus went, Enter, or something was picked. `set_value` and `set_typed` emit neither.
    """

    edited = Signal()
    finished = Signal()

    own_label = False  # whether it carries the field's label itself

    def __init__(self, look: Look, field: Field) -> None:
        super().__init__()
        self.look = look
        self.field = field

    def value(self) -> object:
        """The value as it would be stored; raises FieldError where the text has no meaning."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a stored value; None and '' are empty."""
        raise NotImplementedError

    def typed(self) -> str:
        """What stands in the editor, word for word, to be kept as a draft."""
        raise NotImplementedError

    def set_typed(self, text: str) -> None:
        """Show a draft again."""
        raise NotImplementedError

    def target(self) -> QWidget:
        """The widget that takes the focus, and a label's buddy."""
        raise NotImplementedError

    def set_context(self, values: Mapping[str, object]) -> None:
        """Told all values of the record at load, for what depends on another field."""

    def in_use(self) -> bool:
        """Whether the cursor stands here."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def set_wrong(self, wrong: bool) -> None:
        set_style(self.target(), "wrong", wrong)

    def set_name(self, name: str) -> None:
        self.target().setAccessibleName(name)

    def fill(self, *parts: QWidget) -> None:
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            layout.addWidget(part)
        self.setLayout(layout)
        self.setFocusProxy(self.target())


class _Undoing(Protocol):
    def isUndoAvailable(self) -> bool: ...
    def isRedoAvailable(self) -> bool: ...


def leaves_undo(event: QEvent, text: _Undoing) -> bool:
    """Whether Ctrl+Z is the window's: a field that has nothing to undo keeps it for itself else."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    leaves = (event.matches(QKeySequence.StandardKey.Undo) and not text.isUndoAvailable()) or (
        event.matches(QKeySequence.StandardKey.Redo) and not text.isRedoAvailable()
    )
    if leaves:
        event.ignore()
    return leaves


class LineEdit(QLineEdit):
    """A calm line: its frame shows on hover and focus. A quiet suffix may stand at its end."""

    left = Signal()

    def __init__(self, look: Look, *, calm: bool = True) -> None:
        super().__init__()
        self._look = look
        self._suffix = ""
        self._tail = 0
        self.setFont(look.theme.font())
        self.setProperty("calm", calm)

    def set_suffix(self, text: str) -> None:
        if text != self._suffix:
            self._suffix = text
            self._fit()
            self.update()

    def suffix(self) -> str:
        return self._suffix

    def set_tail(self, width: int) -> None:
        """Keep room for a button that the owner puts over the line's end."""
        self._tail = width
        self._fit()

    def _fit(self) -> None:
        theme = self._look.theme
        width = theme.metrics("caption").horizontalAdvance(self._suffix)
        # a narrow line keeps its text rather than the suffix
        self._suffix_fits = bool(self._suffix) and width < self.width() - self._tail - theme.px(88)
        room = width + theme.px(4) if self._suffix_fits else 0
        self.setTextMargins(0, 0, self._tail + room, 0)

    def event(self, event: QEvent) -> bool:
        return False if leaves_undo(event, self) else super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # the window's own menus and a change of window are no reason to leave the field
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._suffix or not self._suffix_fits:
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setPen(theme.colour("ink-3"))
        painter.setFont(theme.font("caption"))
        rect = self.rect().adjusted(0, 0, -self._tail - theme.px(10), 0)
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._suffix
        )


class TextEditor(Editor):
    """One line of text; also phone numbers, kept as typed."""

    def __init__(self, look: Look, field: Field, hint: str = "", *, calm: bool = True) -> None:
        super().__init__(look, field)
        self.line = LineEdit(look, calm=calm)
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self._changed)
        self.line.left.connect(self._done)
        self.line.returnPressed.connect(self._done)
        self.fill(self.line)

    def value(self) -> object:
        return self.line.text()

    def set_value(self, value: object) -> None:
        self._show("" if value is None else str(value))

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, text: str) -> None:
        self.line.setText(text)
        self._retold()

    def target(self) -> QWidget:
        return self.line

    def _show(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)
        self._retold()

    def _changed(self) -> None:
        self._retold()
        self.edited.emit()

    def _done(self) -> None:
        self.finished.emit()

    def _retold(self) -> None:
        """Say beside the text how it is understood; nothing to say for plain text."""


class NumberEditor(TextEditor):
    """A whole number with its unit inside the field."""

    def __init__(
        self, look: Look, field: Field, hint: str = "", unit: str = "", *, calm: bool = True
    ) -> None:
        super().__init__(look, field, hint, calm=calm)
        self.line.set_suffix(unit)

    def value(self) -> object:
        text = self.line.text().strip()
        if not text:
            return None
        number = parse_integer(text)
        if number is None:
            raise FieldError("field.not_a_number", self.field.name, value=text)
        return number

    def set_value(self, value: object) -> None:
        self._show("" if value in (None, "") else self.look.words.number(int(str(value))))


class MoneyEditor(TextEditor):
    """An amount typed as a decimal and stored in minor units; `set_context` tells the currency."""

    def __init__(
        self, look: Look, field: Field, hint: str = "", currency: str = "CNY", *, calm: bool = True
    ) -> None:
        super().__init__(look, field, hint, calm=calm)
        self._default = currency
        self._currency = currency
        self._retold()

    def set_context(self, values: Mapping[str, object]) -> None:
        self._currency = str(values.get("currency") or self._default)
        self._retold()

    def value(self) -> object:
        text = self.line.text().strip()
        if not text:
            return None
        minor = parse_money(text, self._currency)
        if minor is None:
            raise FieldError("widgets.not_an_amount", self.field.name, value=text)
        return minor

    def set_value(self, value: object) -> None:
        self._show("" if value in (None, "") else write_money(int(str(value)), self._currency))

    def _retold(self) -> None:
        text = self.line.text().strip()
        minor = parse_money(text, self._currency) if text else None
        if minor is not None and write_money(minor, self._currency) != text:
            self.line.set_suffix(self.look.words.money(minor, self._currency, cents=False))
        else:
            self.line.set_suffix(self.look.words.currency_sign(self._currency))


class _Note(QPlainTextEdit):
    left = Signal()
    grown = Signal()

    def __init__(self, look: Look, low: int, high: int) -> None:
        super().__init__()
        theme = look.theme
        self.setFont(theme.font())
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(theme.px(4))
        self._line = self.fontMetrics().lineSpacing()
        frame = 2 * theme.px(4) + 2 * theme.px(1)  # as the style sheet has it
        self._rest = frame + 2 * theme.px(4) + 1  # Qt scrolls unless one pixel is left
        self._low, self._high = low, high
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        # a plain text document measures its height in lines, of which some are higher than others
        lines = int(self.document().size().height())
        text = min(max(lines, self._low), self._high) * self._line
        if lines <= self._high:
            text = max(text, ceil(self._height_of_text()))
        height = text + self._rest
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()

    def _height_of_text(self) -> float:
        """Of all blocks as they are laid out, without the document's margin."""
        layout, block = self.document().documentLayout(), self.document().begin()
        height = -self.document().documentMargin()  # the last block has one below it
        while block.isValid():
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        return height

    def event(self, event: QEvent) -> bool:
        return False if leaves_undo(event, self.document()) else super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()  # another width wraps into other lines, of which Qt tells nobody

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.verticalScrollBar().maximum() and self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the page scrolls


class NoteEditor(Editor):
    """Several lines; grows with its text. Ctrl+Enter is done."""

    def __init__(
        self,
        look: Look,
        field: Field,
        hint: str = "",
        *,
        calm: bool = True,
        lines: int = 2,
        most: int = 14,
    ) -> None:
        super().__init__(look, field)
        self.text = _Note(look, lines, most)
        self.text.setPlaceholderText(hint)
        self.text.setProperty("calm", calm)
        self._quiet = False
        self.text.textChanged.connect(self._changed)
        self.text.left.connect(self.finished)
        self.text.installEventFilter(self)
        self.fill(self.text)

    def value(self) -> object:
        return self.text.toPlainText()

    def set_value(self, value: object) -> None:
        self.set_typed("" if value is None else str(value))

    def typed(self) -> str:
        return self.text.toPlainText()

    def set_typed(self, text: str) -> None:
        if text != self.text.toPlainText():
            self._quiet = True
            self.text.setPlainText(text)
            self._quiet = False

    def target(self) -> QWidget:
        return self.text

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.finished.emit()
            return True
        return super().eventFilter(watched, event)
