"""Opens PDF files for the papers' tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument


class Pdf:
    """A PDF file as a reader shows it."""

    def __init__(self, data: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)
        assert self.document.status() == QPdfDocument.Status.Ready

    @property
    def pages(self) -> list[str]:
        document = self.document
        return [document.getAllText(page).text() for page in range(document.pageCount())]

    @property
    def text(self) -> str:
        """All text without spaces and line ends: where lines part is the layout's business."""
        return squeezed("".join(self.pages))

    def close(self) -> None:
        self.document.close()
        self._buffer.close()


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def read(qapp: object) -> Iterator[Callable[[bytes], Pdf]]:
    """Opens PDF bytes with Qt's reader."""
    opened: list[Pdf] = []

    def _read(data: bytes) -> Pdf:
        opened.append(Pdf(data))
        return opened[-1]

    yield _read
    for pdf in opened:
        pdf.close()
