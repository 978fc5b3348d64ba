"""The preview shows, prints and saves what it was given."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.errors import EnvironmentProblem
from fieldsales.widgets.look import Look
from fieldsales.widgets.preview import Preview, page_count
from tests.widgets.clip_check import clipped


@pytest.fixture(scope="module")
def pdf(qapp: object) -> bytes:
    """Three pages, the last one lying."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    for page in range(3):
        if page == 2:
            writer.setPageOrientation(QPageLayout.Orientation.Landscape)
        if page:
            writer.newPage()
        painter.fillRect(100, 100, 3000, 3000, Qt.GlobalColor.black)
    painter.end()
    return bytes(buffer.data().data())


@pytest.fixture
def preview(qtbot: QtBot, look: Look, pdf: bytes) -> Preview:
    made = Preview(look)
    made.resize(700, 500)
    qtbot.addWidget(made)
    made.show()
    made.show_pdf(pdf, "拜访报告.pdf", title="拜访报告")
    return made


def test_pages_and_keys(preview: Preview, qtbot: QtBot) -> None:
    assert preview.page_count == 3
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "2" in preview._page.text())
    QTest.keyClick(preview, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: preview._page.text().startswith("第 3"))
    with qtbot.waitSignal(preview.closed):
        QTest.keyClick(preview, Qt.Key.Key_Escape)


def test_zoom(preview: Preview) -> None:
    preview.zoom_in()
    first = preview.view.zoomFactor()
    preview.zoom_in()
    assert preview.view.zoomFactor() == pytest.approx(first * 1.25)
    for _step in range(20):
        preview.zoom_out()
    assert preview.view.zoomFactor() == pytest.approx(0.25)


def test_another_paper_takes_its_place(preview: Preview, pdf: bytes) -> None:
    preview.show_pdf(pdf, "二.pdf")
    assert preview.title.text() == "二.pdf"
    assert preview.page_count == 3


def test_what_is_no_pdf_is_an_error(preview: Preview) -> None:
    with pytest.raises(ValueError, match=r"x\.pdf"):
        preview.show_pdf(b"not a pdf", "x.pdf")
    assert page_count(b"not a pdf") == 0


def test_save_writes_the_same_bytes(preview: Preview, pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "拜访报告（客户版）.pdf"
    preview.save(path)
    assert path.read_bytes() == pdf
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_gone_is_told(preview: Preview, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        preview.save(tmp_path / "gone" / "a.pdf")
    assert told.value.code == "cannot_write.no_folder"


def test_print_gives_each_page_its_paper(preview: Preview, tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    preview.print_to(printer)
    document = QPdfDocument(None)
    document.load(str(path))
    sizes = [document.pagePointSize(page) for page in range(document.pageCount())]
    assert [size.width() > size.height() for size in sizes] == [False, False, True]
    document.close()
    preview.go_to(2)
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    preview.print_to(printer)
    assert page_count(path.read_bytes()) == 1
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    preview.print_to(printer)
    assert page_count(path.read_bytes()) == 1


def test_without_a_printer_it_says_what_helps(
    preview: Preview, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with qtbot.waitSignal(preview.failed) as told:
        qtbot.keyClick(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert told.args[0].code == "widgets.no_printer"


def test_its_actions_stand_below_the_title_where_there_is_no_room_beside_it(
    qtbot: QtBot, look: Look
) -> None:
    made = Preview(look)
    qtbot.addWidget(made)
    made.show()
    for width, below in ((1200, False), (made.minimumSizeHint().width(), True)):
        made.resize(width, 500)
        QApplication.processEvents()
        assert (made.save_button.y() > made.title.geometry().bottom()) == below
        assert clipped(made) == []
