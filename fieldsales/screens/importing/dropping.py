"""A file that is dragged from elsewhere and dropped anywhere on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class Dropping(QObject):
    """Takes one file at a time, while the page is `free` for one."""

    over = Signal(str)  # its name, while it is held over the page; '' when it is gone again
    came = Signal(Path)
    more = Signal(str)  # others were dropped with it: the name of the one that is taken

    def __init__(self, page: QWidget, free: Callable[[], bool]) -> None:
        super().__init__(page)
        self._free = free
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragLeave:
            self.over.emit("")
            return True
        if not isinstance(event, QDropEvent):  # so are those of a drag that comes in, or moves
            return super().eventFilter(watched, event)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths or not self._free():
            event.ignore()
            return True
        event.acceptProposedAction()
        held = event.type() != QEvent.Type.Drop
        self.over.emit(paths[0].name if held else "")
        if not held:
            if len(paths) > 1:
                self.more.emit(paths[0].name)
            self.came.emit(paths[0])
        return True
