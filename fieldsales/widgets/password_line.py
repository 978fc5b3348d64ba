"""A line for a password: dots, until one asks to see what was typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import row, tool_button

_MOST = 200  # characters
_EYE = 28  # px at 100 %


class PasswordLine(QLineEdit):
    """The eye at its end, or F2, shows what was typed; nothing of it can be copied."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setFont(look.theme.font())
        self.setMaxLength(_MOST)
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        side = look.theme.px(_EYE)
        self.setTextMargins(0, 0, side, 0)
        said = look.words("lock.show_typed")
        self._eye = tool_button(look, "eye", said)
        self._eye.setToolTip(f"{said} (F2)")
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # who types unseen tabs to the next line
        self._eye.setProperty("inline", True)
        self._eye.setCheckable(True)
        self._eye.setFixedSize(side, side)
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.toggled.connect(self._show)
        inside = row(look, None, self._eye, gap=0)
        inside.setContentsMargins(0, 0, look.theme.px(2), 0)
        self.setLayout(inside)
        self._show(False)

    def forget(self) -> None:
        """Empties the line, and shows nothing of what comes next."""
        self.clear()
        self._eye.setChecked(False)

    def _show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if shown else mode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self._eye.toggle()
        else:
            super().keyPressEvent(event)
