"""Pieces of a card: sections with a heading and an action, facts read at a glance, the scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from fieldsales.widgets.chips import ChipFace, chip_width, paint_chip
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import Clickable, button, column, hairline, label, row


class Section(QWidget):
    """A heading with a thin line, a quiet count and at most one action; things go in `body`."""

    def __init__(
        self,
        look: Look,
        title: str,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        icon: str = "",
        gap: int = 8,
    ) -> None:
        super().__init__()
        self._count = label(look, size="caption", tone="faint")
        self._count.setVisible(False)
        self.title = label(look, title, bold=True)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(look.theme.px(8))
        head.addWidget(self.title)
        head.addWidget(self._count)
        head.addWidget(hairline(look), 1)
        self.action: QPushButton | None = None
        if action:
            self.action = button(look, action, act, icon=icon, role="link")
            head.addWidget(self.action)
        self.body: QVBoxLayout = column(look, gap=gap)
        self.setLayout(column(look, head, self.body, gap=8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_count(self, count: int) -> None:
        self._count.setText(str(count))
        self._count.setVisible(count > 0)

    def add_to_head(self, part: QWidget) -> None:
        """Put something at the end of the heading's line."""
        head = self.layout().itemAt(0).layout()
        assert head is not None
        head.addWidget(part)

    def add_below_head(self, part: QWidget) -> None:
        """Put something between the heading and the body."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, part)

    def show_parts(self, parts: Iterable[QWidget | QLayout]) -> None:
        """Replace what is in the body."""
        empty(self.body)
        for part in parts:
            if isinstance(part, QLayout):
                self.body.addLayout(part)
            else:
                self.body.addWidget(part)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, and away."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()  # or a show that Qt still owes it makes it a window of its own
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


@dataclass(frozen=True, slots=True)
class FactFace:
    """A small caption and what is so; without `text`, `invite` asks for it instead.

    `chips` stand behind the text.
    """

    caption: str
    text: str = ""
    detail: str = ""
    role: str = "ink"
    invite: str = ""
    tooltip: str = ""
    chips: tuple[ChipFace, ...] = ()


class Fact(Clickable):
    """One fact of a card's header: caption above, what is so below; pressing it leads there."""

    def __init__(self, look: Look, face: FactFace, *, pressable: bool = True) -> None:
        super().__init__(look)
        self._face = face
        self._pressable = pressable
        if not pressable:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setToolTip(face.tooltip)
        chips = (chip.text for chip in face.chips)
        said = (face.caption, face.text or face.invite, *chips, face.detail)
        self.setAccessibleName(" ".join(filter(None, said)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _lines(self) -> tuple[str, str]:
        return self._face.text or self._face.invite, self._face.detail if self._face.text else ""

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        text, detail = self._lines()
        width = theme.metrics().horizontalAdvance(text)
        if detail:
            width += theme.px(8) + theme.metrics("caption").horizontalAdvance(detail)
        width += self._chips_width()
        width = max(width, theme.metrics("caption").horizontalAdvance(self._face.caption))
        return QSize(width + theme.px(2), theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(72), self.look.theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        painter = QPainter(self)
        lively = self._pressable and (self.hovered or self.hasFocus())
        if self._pressable and self.hasFocus():
            line = theme.px(2)
            painter.fillRect(0, self.height() - line, self.width(), line, theme.colour("accent"))
        inside = self.rect()
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        upper = inside.adjusted(0, 0, 0, theme.px(20) - inside.height())
        lower = inside.adjusted(0, theme.px(20), 0, -theme.px(2))
        role = self._face.role if self._face.text else "accent"
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-3"))
        painter.drawText(upper, flags, self._face.caption)
        shown, small = self._shortened(lower.width() - self._chips_width())
        painter.setFont(theme.font())
        painter.setPen(theme.colour("accent" if lively and role == "ink" else role))
        painter.drawText(lower, flags, shown)
        start = lower.left() + theme.metrics().horizontalAdvance(shown)
        for chip in self._face.chips:
            start = paint_chip(self.look, painter, start + theme.px(4), lower.center().y(), chip)
        if small:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink-3"))
            lower.setLeft(start + theme.px(8))
            painter.drawText(lower, flags, small)

    def _chips_width(self) -> int:
        gap = self.look.theme.px(4)
        return sum(chip_width(self.look, chip) + gap for chip in self._face.chips)

    def _shortened(self, room: int) -> tuple[str, str]:
        """Text and detail as they fit side by side; neither takes all the room from the other."""
        theme, (text, detail) = self.look.theme, self._lines()
        metrics, caption = theme.metrics(), theme.metrics("caption")
        kept = min(caption.horizontalAdvance(detail) + theme.px(8), room // 3) if detail else 0
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - kept)
        rest = room - metrics.horizontalAdvance(shown) - theme.px(8)
        if rest < theme.px(24):
            return shown, ""
        return shown, caption.elidedText(detail, Qt.TextElideMode.ElideRight, rest)


class FactLine(QWidget):
    """Facts side by side, wrapping; `clicked` gives the key of the one pressed."""

    clicked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._flow = FlowLayout(look, gap=24, line_gap=4)
        self.setLayout(self._flow)

    def show_facts(self, facts: Iterable[tuple[str, FactFace]]) -> None:
        """Replace the facts by (key, face) pairs; a key of '' is only read."""
        empty(self._flow)
        for key, face in facts:
            fact = Fact(self._look, face, pressable=bool(key))
            fact.setObjectName(key)
            fact.clicked.connect(self._fact_clicked)
            self._flow.addWidget(fact)
        self.updateGeometry()

    def _fact_clicked(self) -> None:
        if key := self.sender().objectName():
            self.clicked.emit(key)


def at_left(look: Look, part: QWidget, width: int) -> QHBoxLayout:
    """A part that is at most so many px at 100 % wide; lines in it know how high they are then."""
    part.setMaximumWidth(look.theme.px(width))
    made = row(look, part, None, gap=0)
    made.setStretch(0, 1_000)  # the rest is left over only once the part is as wide as it may be
    return made


class CardScroll(QScrollArea):
    """A page that scrolls up and down only; its parts go in `body`."""

    def __init__(self, look: Look, *, margin: int = 24, gap: int = 16) -> None:
        super().__init__()
        self._room = look.theme.px(24)  # above a part that is brought into view
        self._part: QWidget | None = None  # what is to be brought into view
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._bring_now)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        self.inside.setObjectName("inside")
        self.body: QVBoxLayout = column(look, gap=gap, margin=margin)
        self.inside.setLayout(self.body)
        self.setWidget(self.inside)
        self.inside.installEventFilter(self)

    def scroll_to(self, part: QWidget) -> None:
        """Bring the top of a part into view, unless all of it is."""
        self.body.activate()
        top = part.mapTo(self.inside, QPoint(0, 0)).y()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value() or top + min(part.height(), height) > bar.value() + height:
            bar.setValue(top - self._room)

    def bring(self, part: QWidget) -> None:
        """Bring a line into view once the layouts have made room for it."""
        self._part = part
        self._soon.start()

    def _bring_now(self) -> None:
        part, self._part = self._part, None
        if part is None or not isValid(part) or not part.isVisible():
            return
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.show_part(part)

    def show_part(self, part: QWidget) -> None:
        """Bring a part into view, with some room around it."""
        if part.height() < self.viewport().height() // 2:
            self.ensureWidgetVisible(part, 0, self._room)
        else:  # a form, the timeline: from the line above it on
            top = part.mapTo(self.inside, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(top - 3 * self._room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # without this, a part that cannot shrink would push others out of sight
        if watched is self.inside and event.type() == QEvent.Type.LayoutRequest:
            self.setMinimumWidth(
                self.inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
            )
        return super().eventFilter(watched, event)
