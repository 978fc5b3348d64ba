"""One editor for each kind of field: it shows a stored value and gives back what was typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from fieldsales.domain.fields import Field
from fieldsales.errors import FieldError
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import set_style
from fieldsales.widgets.segmented import Option, Segmented
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
            self.line.set_suffix(self._currency)


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
        self._rest = 2 * theme.px(4) + 2 * theme.px(4) + 2
        self._low, self._high = low, high
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        # a plain text document measures its height in lines
        lines = int(self.document().size().height())
        height = min(max(lines, self._low), self._high) * self._line + self._rest
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()

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


class _Combo(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # scrolling the page must not change a field


class ChoiceEditor(Editor):
    """A closed list of codes, shown by their names."""

    def __init__(self, look: Look, field: Field, hint: str = "", *, calm: bool = True) -> None:
        super().__init__(look, field)
        self.combo = _Combo()
        self.combo.setFont(look.theme.font())
        self.combo.setProperty("calm", calm)
        self.combo.setMaxVisibleItems(14)
        self.combo.setItemDelegate(QStyledItemDelegate(self.combo))  # the style sheet's paddings
        self.combo.setPlaceholderText(hint or look.words("widgets.choose"))
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(4)
        for code in field.choices:
            self.combo.addItem(look.words.choice(field.list, code), code)
        if not field.required:  # last, or the arrow keys would never get past it
            self.combo.addItem(look.words("widgets.leave_empty"), "")
        self.combo.activated.connect(self._picked)
        self.fill(self.combo)
        self._set_position(-1)

    def value(self) -> object:
        data = self.combo.currentData()
        return data if data is not None else ""

    def set_value(self, value: object) -> None:
        code = "" if value is None else str(value)
        position = self.combo.findData(code) if code else -1
        if code and position < 0:  # an entry of an older list stays readable
            self.combo.insertItem(0, self.look.words.choice(self.field.list, code), code)
            position = 0
        self._set_position(position)

    def typed(self) -> str:
        return str(self.value())

    def set_typed(self, text: str) -> None:
        self.set_value(text)

    def target(self) -> QWidget:
        return self.combo

    def _set_position(self, position: int) -> None:
        self.combo.setCurrentIndex(position)
        set_style(self.combo, "empty", position < 0)

    def _picked(self) -> None:
        self._set_position(self.combo.currentIndex() if self.combo.currentData() else -1)
        self.edited.emit()
        self.finished.emit()


class FlagEditor(Editor):
    """Yes or no; carries its label itself."""

    own_label = True

    def __init__(self, look: Look, field: Field, text: str) -> None:
        super().__init__(look, field)
        self.box = QCheckBox(text)
        self.box.setFont(look.theme.font())
        self.box.clicked.connect(self._picked)
        self.fill(self.box)

    def value(self) -> object:
        return int(self.box.isChecked())

    def set_value(self, value: object) -> None:
        self.box.setChecked(bool(value))

    def typed(self) -> str:
        return str(self.value())

    def set_typed(self, text: str) -> None:
        self.box.setChecked(text == "1")

    def target(self) -> QWidget:
        return self.box

    def _picked(self) -> None:
        self.edited.emit()
        self.finished.emit()


class ScaleEditor(Editor):
    """A short scale as buttons: 1 to 5, −2 to +2; pressing the chosen one clears it."""

    def __init__(self, look: Look, field: Field) -> None:
        super().__init__(look, field)
        low, high = field.low or 0, field.high or 0
        signed = low < 0
        options = [
            Option(str(n), f"+{n}" if signed and n > 0 else str(n).replace("-", "−"))
            for n in range(low, high + 1)
        ]
        self.buttons = Segmented(look, options, clearable=not field.required)
        self.buttons.chosen.connect(self._picked)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.buttons, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(layout)
        self.setFocusProxy(self.buttons)

    def value(self) -> object:
        return int(self.buttons.key) if self.buttons.key else None

    def set_value(self, value: object) -> None:
        self.buttons.set_key("" if value in (None, "") else str(value))

    def typed(self) -> str:
        return self.buttons.key

    def set_typed(self, text: str) -> None:
        self.buttons.set_key(text)

    def target(self) -> QWidget:
        return self.buttons

    def set_name(self, name: str) -> None:
        self.buttons.set_name(name)

    def set_wrong(self, wrong: bool) -> None:
        """Nothing on a scale can be wrong."""

    def sizeHint(self) -> QSize:
        return self.buttons.sizeHint()

    def _picked(self) -> None:
        self.edited.emit()
        self.finished.emit()
