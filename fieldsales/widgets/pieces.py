"""The small parts every page is put together from: labels, buttons, lines, rows and columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fieldsales.widgets.look import Look

Tone = Literal["ink", "muted", "faint", "accent", "good", "warn", "bad"]
ButtonRole = Literal["normal", "primary", "quiet", "danger", "link"]
LINK_PADDING = 5  # px at 100 % before the text of a link, as the style sheet has it
_NATIVE = QKeySequence.SequenceFormat.NativeText
_ICON_ROLES = {
    "normal": "ink-2",
    "primary": "on-accent",
    "quiet": "ink-2",
    "danger": "bad",
    "link": "accent",
}


def label(
    look: Look,
    text: str = "",
    *,
    size: str = "body",
    tone: Tone = "ink",
    bold: bool = False,
    wrap: bool = False,
) -> QLabel:
    """A text as it stands (never read as markup) in a size of the type scale and a tone."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(look.theme.font(size, bold=bold))
    made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def set_tone(target: QWidget, tone: Tone) -> None:
    """Change a label's tone after it was shown."""
    set_style(target, "tone", tone)


def set_style(target: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet asks for, and draw anew."""
    if target.property(name) != value:
        target.setProperty(name, value)
        target.style().unpolish(target)
        target.style().polish(target)


class ElidedLabel(QLabel):
    """A one-line label that gives way to its neighbours and shows the rest in its tooltip."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        size: str = "body",
        tone: Tone = "ink",
        bold: bool = False,
    ) -> None:
        super().__init__()
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.theme.font(size, bold=bold))
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def full_text(self) -> str:
        return self._full

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._full, Qt.TextElideMode.ElideRight, max(0, self.contentsRect().width())
        )
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(min(self.sizeHint().width(), metrics.averageCharWidth() * 6), metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()


def _entered(target: QPushButton | QToolButton, event: QKeyEvent) -> bool:
    """Whether a key was Enter; then the button is pressed, or opens its menu."""
    chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & chord:
        return False
    if target.menu() is not None:
        target.showMenu()
    elif not event.isAutoRepeat():
        target.click()
    return True


class PushButton(QPushButton):
    """Pressed by Enter as by Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _entered(self, event):
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """Pressed by Enter as by Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _entered(self, event):
            super().keyPressEvent(event)


class ElidedLink(PushButton):
    """A name that leads on: it begins where text does, gives way to its neighbours and shows the
    rest in its tooltip.
    """

    def __init__(self, look: Look, clicked: Callable[[], object]) -> None:
        super().__init__()
        self._full = ""
        self.setProperty("role", "name")
        self.setFont(look.theme.font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(clicked)

    def set_text(self, text: str) -> None:
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def full_text(self) -> str:
        return self._full

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        shown = metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._full if shown != self._full else "")

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._full) + 2
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * 6
        return QSize(min(self.sizeHint().width(), least), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()


def button(
    look: Look,
    text: str,
    clicked: Callable[[], object] | None = None,
    *,
    icon: str = "",
    role: ButtonRole = "normal",
    shortcut: str = "",
) -> QPushButton:
    """A push button; `role` is its weight on the page. Only one `primary` on each page.

    `clicked` takes no arguments, not even optional ones.
    """
    made = PushButton(text)
    made.setProperty("role", role)
    made.setFont(look.theme.font())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        made.setIcon(look.icons(icon, _ICON_ROLES[role]))
        made.setIconSize(QSize(look.theme.px(20), look.theme.px(16)))  # 4 px before the text
    if shortcut:
        made.setShortcut(shortcut)
        made.setToolTip(f"{text} ({made.shortcut().toString(_NATIVE)})")
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def tool_button(
    look: Look,
    icon: str,
    text: str,
    clicked: Callable[[], object] | None = None,
    *,
    role: ButtonRole = "quiet",
    shortcut: str = "",
    colour: str = "",
) -> QToolButton:
    """A button that shows its icon alone; `text` is its tooltip and its accessible name."""
    made = ToolButton()
    made.setProperty("role", role)
    made.setIcon(look.icons(icon, colour or _ICON_ROLES[role]))
    side = look.theme.px(18)
    made.setIconSize(QSize(side, side))
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if shortcut:
        made.setShortcut(shortcut)
        made.setToolTip(f"{text} ({made.shortcut().toString(_NATIVE)})")
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


class IconLabel(QLabel):
    """An icon that stands for itself beside a text; follows the theme."""

    def __init__(self, look: Look, icon: str, role: str = "ink-2", size: int = 16) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._role = role
        self._side = look.theme.px(size)
        self.setFixedSize(self._side, self._side)
        look.theme.changed.connect(self._draw)
        self._draw()

    def set_icon(self, icon: str, role: str) -> None:
        self._icon = icon
        self._role = role
        self._draw()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        return super().event(event)

    def _draw(self) -> None:
        self.setPixmap(
            self._look.icons.pixmap(self._icon, self._role, self._side, self.devicePixelRatioF())
        )


def hairline(look: Look) -> QFrame:
    """A horizontal line between two things."""
    line = QFrame()
    line.setProperty("surface", "hairline")
    line.setFixedHeight(look.theme.px(1))
    return line


def surface(kind: Literal["paper", "paper-2", "card", "float", "notice"]) -> QWidget:
    """A plain widget with one of the theme's grounds."""
    made = QWidget()
    made.setProperty("surface", kind)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def column(
    look: Look, *parts: QWidget | QLayout | int | None, gap: int = 8, margin: int = 0
) -> QVBoxLayout:
    """Parts below each other; an int is a gap in px at 100 %, None takes what room is left."""
    made = QVBoxLayout()
    _fill(look, made, parts, gap, margin)
    return made


def row(
    look: Look, *parts: QWidget | QLayout | int | None, gap: int = 8, margin: int = 0
) -> QHBoxLayout:
    """Parts beside each other, as in `column`."""
    made = QHBoxLayout()
    _fill(look, made, parts, gap, margin)
    return made


def _fill(
    look: Look,
    layout: QBoxLayout,
    parts: tuple[QWidget | QLayout | int | None, ...],
    gap: int,
    margin: int,
) -> None:
    side = look.theme.px(margin)
    layout.setContentsMargins(side, side, side, side)
    layout.setSpacing(look.theme.px(gap))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(look.theme.px(part))
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


class Clickable(QWidget):
    """A ground that is pressed as a whole, by mouse, Enter or Space."""

    clicked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered = False
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
