"""Small parts of a page of lines: offers, tools of a row, words that open a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import (
    Clickable,
    IconLabel,
    ToolButton,
    column,
    label,
    row,
    tool_button,
)


class Offer(Clickable):
    """Something ready to be taken with one press, as a quiet line."""

    def __init__(
        self, look: Look, text: str, chip: ChipFace | None = None, icon: str = "add"
    ) -> None:
        super().__init__(look)
        self.setAccessibleName(text)
        words = label(look, text, tone="muted", wrap=True)
        inside = row(look, gap=8)
        side = look.theme.px(6)
        inside.setContentsMargins(side, look.theme.px(5), side, look.theme.px(5))
        inside.addWidget(IconLabel(look, icon, "accent", 14))
        inside.addWidget(words, 1)
        if chip is not None:
            inside.addWidget(Chip(look, chip))
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

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

    def __init__(self, look: Look, icon: str = "add") -> None:
        super().__init__()
        self._look = look
        self._icon = icon
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
        inside = any(offer.hasFocus() for offer in self._offers)
        for offer in self._offers:
            offer.hide()  # else a show that Qt has put off would bring it up as a window
            self._layout.removeWidget(offer)
            offer.deleteLater()
        self._offers = []
        for key, text, chip in offered:
            offer = Offer(self._look, text, chip, self._icon)
            offer.clicked.connect(partial(self.taken.emit, key))
            self._offers.append(offer)
            self._layout.addWidget(offer)
        self.setVisible(bool(offered))
        if self._offers:
            first = self._offers[0]
            self.setFocusProxy(first)
            if inside:  # the keyboard goes on where it was
                first.show()
                first.setFocus()

    def keys(self) -> list[str]:
        return [key for key, _text, _chip in self._offered]

    def press(self, key: str) -> None:
        """As if the user had pressed it."""
        self._offers[self.keys().index(key)].clicked.emit()


class HoverTools(QWidget):
    """Small buttons that lie over the end of a row while the mouse is over it.

    They are for the mouse, and made when it first comes; the keyboard has its own ways.
    """

    def __init__(self, look: Look, owner: QWidget) -> None:
        super().__init__(owner)
        self._tools: list[tuple[str, str, Callable[[], object]]] = []
        self._when: list[Callable[[], bool] | None] = []
        self._made: list[QToolButton] = []
        self.setProperty("surface", "paper-2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._owner = owner
        owner.installEventFilter(self)
        self.hide()

    def add(
        self,
        icon: str,
        text: str,
        act: Callable[[], object],
        when: Callable[[], bool] | None = None,
    ) -> None:
        """A button; `when` says whether it is of use now."""
        self._tools.append((icon, text, act))
        self._when.append(when)

    def _make(self) -> None:
        layout = row(self._look, gap=0)
        for icon, text, act in self._tools:
            made = tool_button(self._look, icon, text, act, colour="ink-3")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(made)
            self._made.append(made)
        self.setLayout(layout)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            if self.layout() is None:
                self._make()
            for made, when in zip(self._made, self._when, strict=True):
                made.setVisible(when is None or when())
            self.adjustSize()
            self.move(self._owner.width() - self.width() - 1, 1)
            self.show()
            self.raise_()
        elif event.type() == QEvent.Type.Leave:
            self.hide()
        return super().eventFilter(watched, event)


class MenuButton(ToolButton):
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


def level(look: Look, chip: Chip, faces: Sequence[ChipFace]) -> QWidget:
    """A chip beside a text that may wrap: level with its first line, as wide as any of `faces`."""
    made = QWidget()
    layout = column(look, chip, None, gap=0)
    layout.setContentsMargins(0, look.theme.px(6), 0, 0)
    made.setLayout(layout)
    metrics = look.theme.metrics("caption")
    widest = max(metrics.horizontalAdvance(face.text) for face in faces)
    made.setFixedWidth(widest + look.theme.px(20))
    return made
