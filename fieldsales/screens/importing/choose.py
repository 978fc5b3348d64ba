"""The first step: a place to drop a file on, and what went wrong with the last one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fieldsales.errors import Told
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import IconLabel, button, column, label, row

_ICONS = {"import.error.password": "lock"}
_WIDTH, _HEIGHT = 640, 300  # px at 100 %
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class DropArea(QWidget):
    """A dashed field in the middle of the page; it lights up while a file hovers over it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lit = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMaximumWidth(look.theme.px(_WIDTH))
        self.setMinimumHeight(look.theme.px(_HEIGHT))

    def set_lit(self, lit: bool) -> None:
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("accent" if self._lit else "line"), max(1, theme.px(1.5)))
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent-soft" if self._lit else "paper-2"))
        radius = theme.px(12)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class ChoosePart(QWidget):
    """Drop, choose, or try the sample; shows a file being read, and why one could not be."""

    file_wanted = Signal()
    sample_wanted = Signal()
    again_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self._icon = IconLabel(look, "import", "ink-3", 40)
        self._title = self._line("", "title")
        self._hint = self._line("", "body")
        self._hint.setProperty("tone", "muted")
        self.choose = button(
            look, words("importing.choose"), self.file_wanted.emit, icon="folder", role="primary"
        )
        self.again = button(look, words("importing.again"), self.again_wanted.emit)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(look.theme.px(280))
        self.bar.setAccessibleName(words("importing.title"))
        self.stop = button(look, words("importing.stop_reading"), self.stop_wanted.emit)
        self.area = DropArea(look)
        self.area.setLayout(self._faces())
        self.sample = button(
            look, words("importing.sample"), self.sample_wanted.emit, icon="eye", role="link"
        )
        sample_hint = self._line(words("importing.sample_hint"), "caption")
        sample_hint.setProperty("tone", "muted")
        self._below = QWidget()
        below = column(look, gap=0)
        below.addWidget(self.sample, 0, _MIDDLE)
        below.addWidget(sample_hint)
        self._below.setLayout(below)
        layout = QVBoxLayout(self)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(8), side, side)
        layout.addStretch(2)
        centred = row(look, None, gap=0)
        centred.addWidget(self.area, 8)
        centred.addStretch(1)
        layout.addLayout(centred)
        layout.addSpacing(look.theme.px(16))
        layout.addWidget(self._below)
        layout.addStretch(3)
        self.show_start()

    def _line(self, text: str, size: str) -> QLabel:
        made = label(self._look, text, size=size, wrap=True)
        made.setAlignment(_MIDDLE)
        return made

    def _faces(self) -> QStackedLayout:
        """Ready for a file, or reading one."""
        look = self._look
        ready = QWidget()
        layout = column(look, None, gap=0, margin=24)
        layout.addWidget(self._icon, 0, _MIDDLE)
        layout.addSpacing(look.theme.px(16))
        layout.addWidget(self._title)
        layout.addSpacing(look.theme.px(4))
        layout.addWidget(self._hint)
        layout.addSpacing(look.theme.px(20))
        layout.addLayout(row(look, None, self.choose, self.again, None))
        layout.addStretch(1)
        ready.setLayout(layout)
        reading = QWidget()
        self._name = self._line("", "title")
        layout = column(look, None, gap=0, margin=24)
        layout.addWidget(self._name)
        layout.addSpacing(look.theme.px(16))
        layout.addWidget(self.bar, 0, _MIDDLE)
        layout.addSpacing(look.theme.px(20))
        layout.addWidget(self.stop, 0, _MIDDLE)
        layout.addStretch(1)
        reading.setLayout(layout)
        faces = QStackedLayout()
        faces.addWidget(ready)
        faces.addWidget(reading)
        self._stack = faces
        return faces

    def show_start(self) -> None:
        """Waiting for a file."""
        words = self._look.words
        self._show("import", "ink-3", words("importing.drop"), words("importing.formats"))
        self.again.hide()
        self._below.show()

    def show_reading(self, name: str) -> None:
        self._name.setText(self._look.words("importing.reading", name=name))
        self.bar.setRange(0, 0)
        self._stack.setCurrentIndex(1)
        self._below.hide()
        self.area.set_lit(False)

    def show_trouble(self, trouble: Told) -> None:
        """Why the file could not be read; the way on stays where it was."""
        text = self._look.words(trouble.code, **trouble.params)
        icon = _ICONS.get(trouble.code, "warning")
        self._show(icon, "warn", text, "")
        self.again.show()
        self._below.hide()

    def show_hovering(self, name: str) -> None:
        """A file is held over the page; '' when it is gone again."""
        self.area.set_lit(bool(name))
        if self._stack.currentIndex() == 0 and not self.again.isVisibleTo(self):
            words = self._look.words
            text = words("importing.drop_now", name=name) if name else words("importing.drop")
            self._title.setText(text)

    def _show(self, icon: str, role: str, title: str, hint: str) -> None:
        self._stack.setCurrentIndex(0)
        self._icon.set_icon(icon, role)
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.area.set_lit(False)
