"""A line of a list on a page: what a record says in one or two lines, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton

from fieldsales.widgets.chips import ChipFace, chip_width, paint_chip
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import Clickable, button, tool_button

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class LineFace:
    """What a line shows; `link` is a text at its end that can be pressed by itself."""

    key: str
    title: str
    subtitle: str = ""
    aside: str = ""
    aside_role: str = "ink-3"
    chips: tuple[ChipFace, ...] = ()
    mark: str = ""
    mark_role: str = "ink-3"
    title_role: str = "ink"
    bold: bool = False
    link: str = ""
    link_tip: str = ""
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class LineActions:
    """What every line of a section offers: (icon, name) of a button before and after its text."""

    tick: tuple[str, str] | None = None
    more: tuple[str, str] | None = None


class Line(Clickable):
    """Painted rather than put together: a card has dozens of them and must open at once."""

    ticked = Signal()
    more_wanted = Signal()
    link_pressed = Signal()

    def __init__(self, look: Look, actions: LineActions = LineActions()) -> None:
        super().__init__(look)
        self.face = LineFace("", "")
        self._open = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme = look.theme
        layout = QHBoxLayout()
        layout.setContentsMargins(theme.px(4), 0, theme.px(4), 0)
        layout.setSpacing(0)
        self.tick: QToolButton | None = None
        if actions.tick:
            self.tick = tool_button(look, *actions.tick, self.ticked.emit)
            layout.addWidget(self.tick)
        layout.addStretch(1)
        self.link: QPushButton | None = None
        self.more: QToolButton | None = None
        if actions.more:
            self.more = tool_button(look, *actions.more, self.more_wanted.emit)
            layout.addWidget(self.more)
        self.setLayout(layout)

    def show_face(self, face: LineFace, *, opened: bool = False) -> None:
        if face == self.face and opened == self._open:
            return
        self._open = opened
        self.face = face
        spoken = [face.title, *(chip.text for chip in face.chips), face.subtitle, face.aside]
        self.setAccessibleName(" ".join(filter(None, spoken)))
        self.setToolTip(face.tooltip)
        if face.link and self.link is None:
            self.link = button(self.look, "", self.link_pressed.emit, role="link")
            self.layout().addWidget(self.link)
        if self.link is not None:
            self.link.setText(face.link)
            self.link.setToolTip(face.link_tip)
            self.link.setAccessibleName(f"{face.title} {face.link}")
            self.link.setVisible(bool(face.link))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(theme.px(200), theme.px(48 if self.face.subtitle else 36))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme, face = self.look, self.look.theme, self.face
        painter = QPainter(self)
        self._paint_ground(painter)
        left = theme.px(8)
        if self.tick is not None and self.tick.isVisibleTo(self):
            left += self.tick.geometry().right()
        right = self.width() - theme.px(8)
        for part in (self.more, self.link):
            if part is not None and part.isVisibleTo(self):
                right = min(right, part.x() - theme.px(8))
        two = bool(face.subtitle)
        upper = QRect(left, theme.px(4 if two else 0), right - left, theme.px(22 if two else 36))
        if face.mark:
            side = theme.px(16)
            spot = QRect(left, upper.center().y() - side // 2, side, side)
            look.icons.paint(painter, spot, face.mark, face.mark_role)
            upper.setLeft(left + theme.px(24))
        if face.aside:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour(face.aside_role))
            painter.drawText(upper, _RIGHT, face.aside)
            width = theme.metrics("caption").horizontalAdvance(face.aside)
            upper.setRight(upper.right() - width - theme.px(8))
        self._paint_title(painter, upper)
        if two:
            lower = QRect(upper.left(), theme.px(25), right - upper.left(), theme.px(18))
            text = theme.metrics("caption").elidedText(face.subtitle, _ELIDE, lower.width())
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink-2"))
            painter.drawText(lower, _LEFT, text)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self.look.theme
        role = "paper-3" if self._open else "paper-2" if self.hovered else ""
        if not role and not self.hasFocus():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(role) if role else Qt.BrushStyle.NoBrush)
        rect = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(rect, theme.px(6), theme.px(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_title(self, painter: QPainter, rect: QRect) -> None:
        look, theme, face = self.look, self.look.theme, self.face
        metrics = theme.metrics(bold=face.bold)
        room = rect.width() - sum(chip_width(look, chip) + theme.px(6) for chip in face.chips)
        # a chip that leaves no room for the title is left out
        chips = list(face.chips)
        while chips and room < theme.px(60):
            room += chip_width(look, chips.pop()) + theme.px(6)
        text = metrics.elidedText(face.title, _ELIDE, max(0, room))
        painter.setFont(theme.font(bold=face.bold))
        painter.setPen(theme.colour(face.title_role))
        painter.drawText(rect, _LEFT, text)
        left = rect.left() + metrics.horizontalAdvance(text) + theme.px(8)
        for chip in chips:
            left = paint_chip(look, painter, left, rect.center().y() + 1, chip) + theme.px(6)
