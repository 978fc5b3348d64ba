"""Chips: small rounded facts of a card's header, and the row of removable filters above a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QEnterEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import ToolButton, button
from fieldsales.words import Words

# tone of a chip -> (text, ground)
CHIP_TONES = {
    "plain": ("ink-2", "paper-3"),
    "accent": ("accent-strong", "accent-soft"),
    "good": ("good", "good-soft"),
    "warn": ("warn", "warn-soft"),
    "bad": ("bad", "bad-soft"),
    "quadrant-a": ("quadrant-a", "quadrant-a-soft"),
    "quadrant-b": ("quadrant-b", "quadrant-b-soft"),
    "quadrant-c": ("quadrant-c", "quadrant-c-soft"),
    "quadrant-d": ("quadrant-d", "quadrant-d-soft"),
}


@dataclass(frozen=True, slots=True)
class ChipFace:
    """What a chip shows. `tone` is one of CHIP_TONES, or a ground role such as `stage-3`.

    One that is only `assumed` has a dashed edge in place of its ground.
    """

    text: str
    tone: str = "plain"
    icon: str = ""
    tooltip: str = ""
    assumed: bool = False


def chip_colours(tone: str) -> tuple[str, str]:
    """Roles of a chip's text and ground."""
    return CHIP_TONES.get(tone, ("ink", tone))


def standing_chip(
    words: Words, part: str, attitude: int | None, *, sure: bool, tooltip: str = ""
) -> ChipFace:
    """The part somebody plays and whether they are for us, −2 … 2 (M16): `决策人 · 支持`."""
    text = part
    if attitude is not None:
        text = f"{part} · {words(f'scale.attitude.{attitude + 2}')}"
    tone = "plain" if not attitude else "good" if attitude > 0 else "bad"
    return ChipFace(text, tone, tooltip=tooltip, assumed=not sure)


def _edge(look: Look, face: ChipFace, role: str = "") -> tuple[QPen, QBrush]:
    """Pen and brush of a chip's outline; `role` colours the edge of one that is looked at."""
    ink, ground = chip_colours(face.tone)
    if not face.assumed:
        return QPen(look.theme.colour(role or ground), 1), QBrush(look.theme.colour(ground))
    return QPen(look.theme.colour(ink), 1, Qt.PenStyle.DashLine), QBrush(Qt.BrushStyle.NoBrush)


def chip_width(look: Look, face: ChipFace) -> int:
    """Pixels a small chip takes where a delegate paints it."""
    theme = look.theme
    width = theme.metrics("caption").horizontalAdvance(face.text) + theme.px(14)
    return width + (theme.px(16) if face.icon else 0)


def paint_chip(look: Look, painter: QPainter, left: int, middle: int, face: ChipFace) -> int:
    """Paint a small chip about a middle line, for delegates; returns its right edge."""
    theme = look.theme
    ink, _ground = chip_colours(face.tone)
    height = theme.px(20)
    rect = QRectF(left, middle - height / 2, chip_width(look, face), height)
    pen, brush = _edge(look, face)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    inside = rect.adjusted(theme.px(7), 0, -theme.px(7), 0)
    if face.icon:
        side = theme.px(12)
        spot = QRect(int(inside.left()), middle - side // 2, side, side)
        look.icons.paint(painter, spot, face.icon, ink)
        inside.setLeft(inside.left() + theme.px(16))
    painter.setPen(theme.colour(ink))
    painter.setFont(theme.font("caption"))
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, face.text)
    return int(rect.right())


class Chip(QWidget):
    """A chip on a page. `pressable` ones react to click and Enter, `removable` ones carry a ×."""

    clicked = Signal()
    removed = Signal()

    def __init__(
        self, look: Look, face: ChipFace, *, pressable: bool = False, removable: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._face = face
        self._pressable = pressable
        self._removable = removable
        self._hovered = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if pressable or removable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setMouseTracking(True)
        self.set_face(face)

    @property
    def face(self) -> ChipFace:
        return self._face

    def set_face(self, face: ChipFace) -> None:
        self._face = face
        self.setAccessibleName(face.text)
        self.setToolTip(face.tooltip)
        self.setAccessibleDescription(face.tooltip)
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return self._look.theme.font("body" if self._removable else "caption")

    def _cross(self) -> QRect:
        theme = self._look.theme
        side = theme.px(24)
        return QRect(self.width() - side - theme.px(2), (self.height() - side) // 2, side, side)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        size = "body" if self._removable else "caption"
        width = theme.metrics(size).horizontalAdvance(self._face.text) + theme.px(20)
        if self._face.icon:
            width += theme.px(18)
        if self._removable:
            width += theme.px(18)
        return QSize(width, theme.px(32 if self._removable else 24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or not self.rect().contains(spot):
            return
        if self._removable and self._cross().contains(spot):
            self.removed.emit()
        elif self._pressable:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._removable and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif self._pressable and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        ink, _ground = chip_colours(self._face.tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lively = self._hovered and (self._pressable or self._removable)
        pen, brush = _edge(self._look, self._face, ink if self.hasFocus() or lively else "")
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        left = theme.px(10)
        if self._face.icon:
            side = theme.px(14)
            spot = QRect(left, (self.height() - side) // 2, side, side)
            self._look.icons.paint(painter, spot, self._face.icon, ink)
            left += theme.px(18)
        painter.setPen(theme.colour(ink))
        painter.setFont(self._font())
        painter.drawText(
            self.rect().adjusted(left, 0, 0, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self._face.text,
        )
        if self._removable:
            side = theme.px(12)
            middle = QPointF(QRectF(self._cross()).center())
            spot = QRect(int(middle.x() - side / 2), int(middle.y() - side / 2), side, side)
            self._look.icons.paint(painter, spot, "close", ink)


class ChipLine(QWidget):
    """Facts in a line that wraps; `clicked` names the chip that was pressed."""

    clicked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._flow = FlowLayout(look, gap=6, line_gap=4)
        self.setLayout(self._flow)

    def show_chips(self, chips: Iterable[tuple[str, ChipFace]], *, pressable: bool = True) -> None:
        """Replace the chips by (key, face) pairs; a key of '' is only read."""
        _clear(self._flow)
        for key, face in chips:
            chip = Chip(self._look, face, pressable=pressable and bool(key))
            chip.setObjectName(key)
            chip.clicked.connect(self._chip_clicked)
            self._flow.addWidget(chip)
        self.updateGeometry()

    def _chip_clicked(self) -> None:
        self.clicked.emit(self.sender().objectName())


class FilterRow(QWidget):
    """The filters of a list as removable chips, a button that adds one, and 'clear all'.

    The menu is the screen's: set it, or fill it when `menu_wanted` is emitted.
    """

    removed = Signal(str)
    clicked = Signal(str)
    cleared = Signal()
    menu_wanted = Signal(QMenu)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._flow = FlowLayout(look, gap=6, line_gap=6)
        self.setLayout(self._flow)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.add_button: QToolButton = _menu_button(look, self._menu)
        self._clear = button(
            look, look.words("widgets.clear_filters"), self.cleared.emit, role="quiet"
        )
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self._clear)
        self._clear.setVisible(False)

    def show_filters(self, filters: Iterable[tuple[str, ChipFace]]) -> None:
        """Replace the chips by (key, face) pairs; the focus stays in the row."""
        focused, key_before = self._focused()
        _clear(self._flow, keep=(self.add_button, self._clear))
        shown = list(filters)
        before = self.add_button.previousInFocusChain() or self
        for position, (key, face) in enumerate(shown):
            chip = Chip(self._look, face, pressable=True, removable=True)
            chip.setObjectName(key)
            chip.setAccessibleDescription(self._look.words("widgets.remove_filter"))
            chip.clicked.connect(self._chip_clicked)
            chip.removed.connect(self._chip_removed)
            self._flow.insert(position, chip)
            QWidget.setTabOrder(before, chip)  # Tab goes as it is read
            before = chip
            chip.show()
        QWidget.setTabOrder(before, self.add_button)
        self._clear.setVisible(len(shown) > 1)
        if key_before:
            keys = [key for key, _face in shown]
            at = keys.index(key_before) if key_before in keys else min(focused, len(shown))
            self._flow.itemAt(at).widget().setFocus()
        elif focused > len(shown) and not self._clear.isVisibleTo(self):
            self.add_button.setFocus()
        self.updateGeometry()

    def _focused(self) -> tuple[int, str]:
        """Position of what has the focus, or will have it once its menu is gone, and a chip's key;
        (−1, '') if it is elsewhere.
        """
        focused = self.window().focusWidget()
        for position in range(self._flow.count()):
            item = self._flow.itemAt(position)
            if item is not None and item.widget() is focused:
                return position, focused.objectName() if isinstance(focused, Chip) else ""
        return -1, ""

    def _fill_menu(self) -> None:
        self.menu_wanted.emit(self._menu)

    def _chip_clicked(self) -> None:
        self.clicked.emit(self.sender().objectName())

    def _chip_removed(self) -> None:
        self.removed.emit(self.sender().objectName())

    def chip_position(self, key: str) -> QPoint:
        """Global point below a chip, where its menu belongs."""
        chip = self.findChild(Chip, key)
        target: QWidget = chip if chip is not None else self.add_button
        return target.mapToGlobal(QPoint(0, target.height()))


def _menu_button(look: Look, menu: QMenu) -> QToolButton:
    made = ToolButton()
    made.setProperty("role", "quiet")
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setText(look.words("widgets.add_filter"))
    made.setIcon(look.icons("filter"))
    made.setIconSize(QSize(look.theme.px(20), look.theme.px(16)))
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setMenu(menu)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def _clear(flow: FlowLayout, keep: tuple[QWidget, ...] = ()) -> None:
    for position in range(flow.count() - 1, -1, -1):
        item = flow.itemAt(position)
        if item is not None and item.widget() not in keep:
            widget = item.widget()
            flow.takeAt(position)
            widget.hide()  # or a show that Qt still owes it makes it a window of its own
            widget.setParent(None)
            widget.deleteLater()
