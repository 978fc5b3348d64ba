"""The small parts of the page: two columns, rows kept by key, ticked lines, fields that save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fieldsales.domain.fields import Field, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.screens.visit.desk import Desk
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.editors import Editor, NoteEditor
from fieldsales.widgets.form import FieldCell, FieldGrid, Form
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import (
    Clickable,
    IconLabel,
    Tone,
    column,
    label,
    row,
    set_tone,
    tool_button,
)

_SIDE_BY_SIDE = 840  # px at 100 % from which two columns stand beside each other


class Columns(QWidget):
    """Two columns where there is room for them, else one below the other."""

    def __init__(self, look: Look, left: QWidget, right: QWidget, shares: tuple[int, int]) -> None:
        super().__init__()
        self._look = look
        self._parts = (left, right)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look.theme.px(32))
        for part, share in zip(self._parts, shares, strict=True):
            self._layout.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._look.theme.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._layout.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        # two columns now must not keep the window from being made narrower
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())


class Keyed(Protocol):
    """What a list of rows can show."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Row(QWidget, Generic[T]):
    """A row that can show its thing anew in place."""

    def show_thing(self, thing: T) -> None:
        raise NotImplementedError

    def drop(self) -> None:
        """Called when its thing is gone, before the row goes too."""


class Rows(QWidget, Generic[T]):
    """Rows below each other, kept as long as their things are: cursor and focus stay put."""

    def __init__(self, look: Look, make: Callable[[T], Row[T]], *, gap: int = 4) -> None:
        super().__init__()
        self._make = make
        self._rows: dict[str, Row[T]] = {}
        self._layout: QVBoxLayout = column(look, gap=gap)
        self.setLayout(self._layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setVisible(False)

    def row(self, key: str) -> Row[T] | None:
        return self._rows.get(key)

    def keys(self) -> list[str]:
        return list(self._rows)

    def show_things(self, things: Sequence[T]) -> None:
        wanted = [thing.id for thing in things]
        for key in [key for key in self._rows if key not in wanted]:
            self._remove(key)
        for at, thing in enumerate(things):
            found = self._rows.get(thing.id)
            if found is None:
                found = self._rows[thing.id] = self._make(thing)
                self._layout.insertWidget(at, found)
                found.show()
            elif self._layout.indexOf(found) != at:
                self._layout.insertWidget(at, found)
            found.show_thing(thing)
        self._rows = {key: self._rows[key] for key in wanted}
        self.setVisible(bool(wanted))

    def _remove(self, key: str) -> None:
        gone = self._rows.pop(key)
        gone.drop()
        focused = gone.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        at = self._layout.indexOf(gone)
        self._layout.removeWidget(gone)
        if focused:  # the neighbour takes the focus, so that the keyboard stays in the list
            item = self._layout.itemAt(min(at, self._layout.count() - 1))
            if item is not None:
                item.widget().setFocus()
        gone.hide()
        gone.deleteLater()


class TickRow(QWidget):
    """A box to tick with a text that wraps, and a quiet line below it."""

    ticked = Signal(bool)  # by the user

    def __init__(self, look: Look, text: str = "", below: str = "") -> None:
        super().__init__()
        self._look = look
        self.box = QCheckBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box.clicked.connect(self._clicked)
        self.text = label(look, text, wrap=True)
        self.below = label(look, below, size="caption", tone="muted", wrap=True)
        self.texts = column(look, self.text, self.below, gap=2)
        self.texts.setContentsMargins(0, look.theme.px(6), 0, look.theme.px(4))
        self.line = row(look, gap=8)
        self.line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addLayout(self.texts, 1)
        self.setLayout(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.box)
        for part in (self.text, self.below):
            part.setCursor(Qt.CursorShape.PointingHandCursor)
            part.installEventFilter(self)
        self.set_texts(text, below)

    def set_texts(self, text: str, below: str = "", tone: Tone = "muted") -> None:
        self.text.setText(text)
        self.below.setText(below)
        self.below.setVisible(bool(below))
        set_tone(self.below, tone)
        self.box.setAccessibleName(text)
        self.box.setAccessibleDescription(below)

    def set_ticked(self, ticked: bool) -> None:
        self.box.setChecked(ticked)

    def is_ticked(self) -> bool:
        return self.box.isChecked()

    def _clicked(self) -> None:
        self.ticked.emit(self.box.isChecked())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self.box.click()
            return True
        return super().eventFilter(watched, event)


class WrappedLine(NoteEditor):
    """One line of text that wraps instead of scrolling sideways; Enter is done."""

    entered = Signal()

    def __init__(self, look: Look, field: Field, hint: str = "", *, most: int = 6) -> None:
        super().__init__(look, field, hint, lines=1, most=most)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.finished.emit()
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)


def laid_out(look: Look, form: Form, *lines: Sequence[tuple[str, int]]) -> QWidget:
    """The cells of a form in lines of our own, each a list of (field, share of the width).

    Forms know one column or two; these stand as a rep fills them in. The form itself stays unseen.
    """
    holder = QWidget()
    layout = column(look, gap=12)
    for line in lines:
        cells = row(look, gap=12)
        for name, share in line:
            cell = form.cells[name]
            low = cell.label is None  # a box to tick stands level with the field beside it
            place = Qt.AlignmentFlag.AlignBottom if low else Qt.AlignmentFlag.AlignTop
            cells.addWidget(cell, share, place)
        layout.addLayout(cells)
    holder.setLayout(layout)
    for grid in form.findChildren(FieldGrid):
        if not grid.findChildren(FieldCell):
            grid.hide()  # it would take its cells back when it is resized
            grid.setParent(None)
            grid.deleteLater()
    form.setParent(holder)
    form.hide()
    return holder


class SavedField(QWidget):
    """One field of a record that saves itself; what is wrong stands below it."""

    def __init__(self, desk: Desk, noun: str, row_id: str, editor: Editor, name: str) -> None:
        super().__init__()
        self.editor = editor
        editor.set_name(name)
        self.binder = Binder(
            desk.words, desk.commit(noun, row_id), desk.draft(noun, row_id), parent=self
        )
        self.binder.bind(editor)
        self.binder.trouble.connect(self._say)
        self._message = label(desk.look, size="caption", tone="bad", wrap=True)
        self._message.setVisible(False)
        self.setLayout(column(desk.look, editor, self._message, gap=2))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(editor.target())

    def load(self, value: object, draft: str | None = None) -> None:
        name = self.editor.field.name
        self.binder.load({name: value}, {name: draft} if draft else {})

    def refresh(self, value: object) -> None:
        self.binder.refresh({self.editor.field.name: value})

    def drop(self) -> None:
        """Forget what is pending: the record is gone."""
        self.binder.load({})

    def _say(self, _name: str, text: str, kind: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self.editor.set_wrong(kind == "wrong")


def level(look: Look, part: QWidget) -> QVBoxLayout:
    """A small part beside a text that may wrap: level with its first line."""
    made = column(look, part, None, gap=0)
    made.setContentsMargins(0, look.theme.px(6), 0, 0)
    return made


def field_of(noun: str, name: str) -> Field:
    """The declared field of a noun."""
    return fields(NOUNS[noun])[name]


class Offer(Clickable):
    """Something ready to be taken with one press, as a quiet line."""

    def __init__(self, look: Look, text: str, chip: ChipFace | None = None) -> None:
        super().__init__(look)
        self.setAccessibleName(text)
        words = label(look, text, tone="muted", wrap=True)
        inside = row(look, gap=8)
        side = look.theme.px(6)
        inside.setContentsMargins(side, look.theme.px(5), side, look.theme.px(5))
        inside.addWidget(IconLabel(look, "add", "accent", 14), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(words, 1)
        if chip is not None:
            inside.addWidget(Chip(look, chip), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.hovered or self.hasFocus()):
            return
        theme = self.look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("paper-2"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.px(6), theme.px(6))


class Offers(QWidget):
    """Things ready to be taken, below each other; what stays the same stays where it is."""

    taken = Signal(str)  # key

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._offered: list[tuple[str, str, ChipFace | None]] = []
        self._offers: list[Offer] = []
        self._layout = column(look, gap=0)
        self.setLayout(self._layout)
        self.setVisible(False)

    def show_offers(self, offered: Sequence[tuple[str, str, ChipFace | None]]) -> None:
        """Replace the offers by (key, text, chip)."""
        if list(offered) == self._offered:
            return
        self._offered = list(offered)
        for offer in self._offers:
            offer.hide()  # else a show that Qt has put off would bring it up as a window
            self._layout.removeWidget(offer)
            offer.deleteLater()
        self._offers = []
        for key, text, chip in offered:
            offer = Offer(self._look, text, chip)
            offer.clicked.connect(partial(self.taken.emit, key))
            self._offers.append(offer)
            self._layout.addWidget(offer)
        self.setVisible(bool(offered))

    def keys(self) -> list[str]:
        return [key for key, _text, _chip in self._offered]

    def press(self, key: str) -> None:
        """As if the user had pressed it."""
        self._offers[self.keys().index(key)].clicked.emit()


class HoverTools(QWidget):
    """Small buttons that lie over the end of a row while the mouse is over it."""

    def __init__(self, look: Look, owner: QWidget) -> None:
        super().__init__(owner)
        self._layout = row(look, gap=0)
        self.setLayout(self._layout)
        self.setProperty("surface", "paper-2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._owner = owner
        owner.installEventFilter(self)
        self.hide()

    def add(self, icon: str, text: str, act: Callable[[], object]) -> None:
        """A button for the mouse; the keyboard has its own ways."""
        made = tool_button(self._look, icon, text, act, colour="ink-3")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout.addWidget(made)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self.adjustSize()
            self.move(self._owner.width() - self.width() - 1, 1)
            self.show()
            self.raise_()
        elif event.type() == QEvent.Type.Leave:
            self.hide()
        return super().eventFilter(watched, event)


class MenuButton(QToolButton):
    """A quiet word that opens a menu: what is chosen, or what there is to choose."""

    picked = Signal(str)

    def __init__(
        self, look: Look, name: str, choices: Callable[[], Sequence[tuple[str, str]]]
    ) -> None:
        """`choices` gives (key, text) pairs when the menu opens; an empty key is a line between."""
        super().__init__()
        self._name = name
        self._choices = choices
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._menu.triggered.connect(self._triggered)
        self.setProperty("role", "quiet")
        self.setFont(look.theme.font("caption"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(self._menu)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self.setIcon(look.icons("chevron-down", "ink-3"))
        side = look.theme.px(12)
        self.setIconSize(QSize(side, side))

    def say(self, chosen: str, invitation: str) -> None:
        """Show what is chosen, or else what the button is for."""
        self.setText(chosen or invitation)
        self.setAccessibleName(f"{self._name} {chosen}".strip())

    def _fill(self) -> None:
        self._menu.clear()
        for key, text in self._choices():
            if key:
                self._menu.addAction(text.replace("&", "&&")).setData(key)
            else:
                self._menu.addSeparator()

    def _triggered(self, action: QAction) -> None:
        self.picked.emit(action.data())
