"""A printed paper as it will come out: look through it, print it, save it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QLayout, QWidget

from fieldsales import places
from fieldsales.errors import EnvironmentProblem, unwritten
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import ElidedLabel, button, column, hairline, label, row, tool_button

_ZOOM = 1.25
_LEAST, _MOST = 0.25, 4.0
_COMFORTABLE = 1.25
_PRINT_DPI = 300


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has; 0 if it cannot be read."""
    buffer = QBuffer()
    document = QPdfDocument(buffer)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    count: int = document.pageCount()
    document.close()
    return count


_TITLE = 200  # px at 100 % that the title has at least beside the actions


class Preview(QWidget):
    """Shows a PDF from memory, whole width at first.

    Printing and saving are built in; a screen adds its own buttons with `add_action`. `closed` asks
    to be taken away; `saved` gives the path, `printed` follows a print, `failed` gives an
    EnvironmentProblem.
    """

    closed = Signal()
    saved = Signal(str)
    printed = Signal()
    failed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pdf = b""
        self._name = ""
        self._folder = Path.home()
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        words, theme = look.words, look.theme
        self.view = QPdfView(self)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setPageSpacing(theme.px(12))
        self.view.setProperty("surface", "paper-3")
        self._tint()
        theme.changed.connect(self._tint)
        self.title = ElidedLabel(look, bold=True)
        self._page = label(look, size="caption", tone="muted")
        self._actions = row(look, None, gap=8)
        self.print_button = button(
            look, words("common.print"), self.print_dialog, icon="print", role="primary"
        )
        self.save_button = button(look, words("widgets.save_as"), self.save_dialog, icon="save")
        for part in (self.save_button, self.print_button):
            self._actions.addWidget(part)
        self._upper = row(
            look,
            tool_button(look, "back", words("common.back"), self.closed.emit),
            self.title,
            None,
            self._page,
            8,
            tool_button(look, "zoom-out", words("widgets.zoom_out"), self.zoom_out),
            tool_button(look, "zoom-in", words("widgets.zoom_in"), self.zoom_in),
            tool_button(look, "document", words("widgets.fit_width"), self.fit_width),
            gap=4,
        )
        self._strip = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._strip.setSpacing(theme.px(8))
        self._strip.addLayout(self._upper, 1)
        self._strip.addLayout(self._actions)
        side = theme.px(16)
        self._strip.setContentsMargins(side, theme.px(8), side, theme.px(8))
        self.setLayout(column(look, self._strip, hairline(look), self.view, gap=0))
        self.view.pageNavigator().currentPageChanged.connect(self._tell_page)
        self._document.pageCountChanged.connect(self._tell_page)
        for keys, act in (
            (QKeySequence.StandardKey.Save, self.save_dialog),
            (QKeySequence.StandardKey.ZoomIn, self.zoom_in),
            (QKeySequence("Ctrl+="), self.zoom_in),
            (QKeySequence.StandardKey.ZoomOut, self.zoom_out),
            (QKeySequence("Ctrl+0"), self.fit_width),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _arrange(self) -> None:
        """The actions stand below where there is no room beside the title."""
        way, theme = QBoxLayout.Direction, self._look.theme
        wanted = self._upper.minimumSize().width() + self._actions.sizeHint().width()
        fits = wanted + theme.px(_TITLE) <= self.width()
        self._strip.setDirection(way.LeftToRight if fits else way.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        # one line now must not keep the window from being made narrower
        widest = max(part.minimumSize().width() for part in (self._upper, self._actions))
        return QSize(widest + 2 * self._look.theme.px(16), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def show_pdf(
        self, pdf: bytes, name: str, *, title: str = "", folder: Path | None = None
    ) -> None:
        """Show a PDF; `name` is the file name that saving proposes, in `folder`."""
        self._pdf, self._name = pdf, name
        if folder is not None:
            self._folder = folder
        self.title.set_text(title or name)
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self._document.error() != QPdfDocument.Error.None_:
            raise ValueError(f"{name}: {self._document.error().name}")
        self.fit_width()
        self.go_to(0)

    @property
    def page_count(self) -> int:
        return self._document.pageCount()

    def add_action(self, action: QWidget | QLayout) -> None:
        """A button of the screen's own, before saving and printing."""
        if isinstance(action, QLayout):
            self._actions.insertLayout(0, action)
        else:
            self._actions.insertWidget(0, action)

    def go_to(self, page: int) -> None:
        """Show a page, counted from 0."""
        page = max(0, min(page, self.page_count - 1))
        navigator = self.view.pageNavigator()
        navigator.jump(page, navigator.currentLocation() * 0, navigator.currentZoom())

    def zoom_in(self) -> None:
        self._zoom(_ZOOM)

    def zoom_out(self) -> None:
        self._zoom(1 / _ZOOM)

    def fit_width(self) -> None:
        """The page as wide as the view, though not larger than one reads comfortably."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        if self._fitting_zoom() > _COMFORTABLE:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(_COMFORTABLE)

    def page_image(self, page: int, dpi: float) -> QImage:
        """A page as a picture, white where nothing is printed."""
        points = self._document.pagePointSize(page)
        size = QSize(round(points.width() * dpi / 72), round(points.height() * dpi / 72))
        return self._document.render(page, size)

    def save(self, path: Path) -> None:
        """Write the PDF; raises EnvironmentProblem where that cannot be done."""
        try:
            places.write_whole(path, self._pdf)
        except OSError as error:
            raise unwritten(path, error) from error

    def save_dialog(self) -> None:
        """Ask where to, and write."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            self._look.words("widgets.save_as"),
            str(self._folder / self._name),
            "PDF (*.pdf)",
        )
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != ".pdf":
            path = path.with_name(path.name + ".pdf")
        try:
            self.save(path)
        except EnvironmentProblem as problem:
            self.failed.emit(problem)
            return
        self._folder = path.parent
        self.saved.emit(str(path))

    def print_dialog(self) -> None:
        """Ask which printer and which pages, and print; without a printer says what helps."""
        if not QPrinterInfo.availablePrinterNames():
            self.failed.emit(EnvironmentProblem("widgets.no_printer"))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self.page_count)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_to(printer)
        dialog.deleteLater()

    def print_to(self, printer: QPrinter) -> None:
        """Print the pages asked for, each on the paper of its own size."""
        if printer.printRange() == QPrinter.PrintRange.PageRange:
            pages = range(printer.fromPage() - 1, min(printer.toPage(), self.page_count))
        elif printer.printRange() == QPrinter.PrintRange.CurrentPage:
            current = self.view.pageNavigator().currentPage()
            pages = range(current, current + 1)
        else:
            pages = range(self.page_count)
        printer.setFullPage(True)
        painter = QPainter()
        for place, page in enumerate(pages):
            points = self._document.pagePointSize(page)
            landscape = points.width() > points.height()
            printer.setPageOrientation(
                QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
            )
            size = QPageSize(
                points.transposed() if landscape else points,
                QPageSize.Unit.Point,
                "",
                QPageSize.SizeMatchPolicy.FuzzyMatch,
            )
            printer.setPageSize(size)
            if place:
                printer.newPage()
            elif not painter.begin(printer):
                self.failed.emit(EnvironmentProblem("widgets.cannot_print"))
                return
            image = self.page_image(page, min(_PRINT_DPI, printer.resolution()))
            target = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
            scaled = image.size().scaled(target.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, scaled.width(), scaled.height()), image)
        painter.end()
        self.printed.emit()

    def open_folder(self, path: str) -> None:
        """Show the folder of a saved file in the system's own window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))

    def _zoom(self, factor: float) -> None:
        current = self.view.zoomFactor()
        if self.view.zoomMode() != QPdfView.ZoomMode.Custom:
            current = self._fitting_zoom()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(_LEAST, min(_MOST, current * factor)))

    def _fitting_zoom(self) -> float:
        """The factor at which a page is as wide as the view."""
        wide = max(1.0, self._document.pagePointSize(0).width() * self.logicalDpiX() / 72)
        return (self.view.viewport().width() - 12) / wide

    def _tell_page(self) -> None:
        count = self.page_count
        page = self.view.pageNavigator().currentPage() + 1
        text = self._look.words("widgets.page_of", page=page, count=count) if count else ""
        self._page.setText(text)

    def _tint(self) -> None:
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, self._look.theme.colour("paper-3"))
        self.view.setPalette(palette)

    def event(self, event: QEvent) -> bool:
        # the window has another use for Ctrl+P; two shortcuts of one key would do nothing at all
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Print)
        ):
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        page = self.view.pageNavigator().currentPage()
        if event.matches(QKeySequence.StandardKey.Print):
            self.print_dialog()
        elif key == Qt.Key.Key_PageDown:
            self.go_to(page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to(page - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(self.page_count - 1)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
