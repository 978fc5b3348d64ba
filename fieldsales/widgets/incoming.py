"""What is dropped on a page or pasted into it: files, pictures and texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

INSIDE = "application/x-fieldsales-file"  # what is dragged out of here is not taken in again


@dataclass(frozen=True, slots=True)
class Arrived:
    """A picture (`png`) or a text (`txt`) without a name of its own; `read` may take its time."""

    ending: str
    read: Callable[[], bytes]


class Incoming(QObject):
    """Watches a widget: `came` gives paths and `Arrived` that were dropped or pasted there.

    Fields inside take what they can use for themselves. A text comes only where `texts` says so:
    elsewhere it was most likely meant for a field.
    """

    came = Signal(object)
    over = Signal(bool)  # something of use is held over it, or not any more

    def __init__(self, target: QWidget, *, texts: bool = False) -> None:
        super().__init__(target)
        self._texts = texts
        target.setAcceptDrops(True)
        target.installEventFilter(self)
        if isinstance(target, QAbstractScrollArea):  # drops meet its viewport
            target.viewport().installEventFilter(self)

    def paste(self) -> bool:
        """Takes what is on the clipboard; False if there is nothing of use."""
        return self._take(QGuiApplication.clipboard().mimeData())

    def _take(self, data: QMimeData | None) -> bool:
        found = arrived(data, texts=self._texts) if data is not None else []
        if found:
            self.came.emit(found)
        return bool(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return event.matches(QKeySequence.StandardKey.Paste) and self.paste()
        if isinstance(event, QDropEvent):  # so are those of a drag that comes in, or moves
            data = event.mimeData()
            if not _of_use(data, texts=self._texts):
                return False
            event.acceptProposedAction()
            dropped = event.type() == QEvent.Type.Drop
            self.over.emit(not dropped)
            return self._take(data) if dropped else True
        if event.type() == QEvent.Type.DragLeave:
            self.over.emit(False)
        return super().eventFilter(watched, event)


def arrived(data: QMimeData, *, texts: bool) -> list[Path | Arrived]:
    """What is of use in a drag or on the clipboard: files, else a picture, else a text."""
    if not _of_use(data, texts=texts):
        return []
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return list(paths)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return [Arrived("png", lambda: _png(image))]
    text = data.text().strip() if texts else ""
    return [Arrived("txt", lambda: text.encode("utf-8", "replace"))] if text else []


def _of_use(data: QMimeData, *, texts: bool) -> bool:
    """Whether it looks so: asked at every move of a drag."""
    if data.hasFormat(INSIDE):
        return False
    local = any(url.isLocalFile() for url in data.urls())
    return local or data.hasImage() or (texts and data.hasText())


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # takes no bytes
    return bytes(buffer.data().data())
