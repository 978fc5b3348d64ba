"""The window shown while a file gets another password: how far it is, then the recovery code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QFont, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QLabel, QProgressBar, QStackedWidget, QWidget

from fieldsales.errors import Told
from fieldsales.services.passwords import Converted, Wish, protect, unprotect
from fieldsales.widgets.jobs import Job, Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row

_WIDE = 520  # px at 100 %
_MARGIN = 36  # points on paper


class EncryptingWindow(QWidget):
    """Converts a file that is closed. `ended` gives a Converted or the trouble there was."""

    ended = Signal(object)

    def __init__(
        self, look: Look, jobs: Jobs, path: Path, wish: Wish, folders: Sequence[Path]
    ) -> None:
        super().__init__()
        self._look = look
        self._jobs = jobs
        self._path = path
        self._wish = wish
        self._folders = folders
        self._outcome: Converted | Told | None = None
        self._job: Job | None = None
        self.setWindowTitle(look.words("window.title"))
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._build_working())
        middle = column(look, None, self.stack, None, margin=24)
        self.stack.setFixedWidth(look.theme.px(_WIDE))
        self.setLayout(row(look, None, middle, None))
        self._poll = QTimer(self, interval=100)
        self._poll.timeout.connect(self._show_progress)

    def sizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(px(960), px(600))

    def news(self) -> list[Message]:
        """What came of it, to be told where the user works on."""
        words, outcome = self._look.words, self._outcome
        assert outcome is not None
        if isinstance(outcome, Told):
            return [Message(words(outcome.code, **outcome.params), "error", lasting=True)]
        news = [Message(words("lock.done_set" if outcome.key else "lock.done_removed"), "success")]
        if outcome.left:
            said = words("lock.left", n=len(outcome.left), path=outcome.left[0])
            news.append(Message(said, "warn", lasting=True))
        return news

    def start(self) -> None:
        """Begins; the file must be closed."""
        wish, path, folders = self._wish, self._path, self._folders

        def work(job: Job) -> Converted:
            if wish.password:
                return protect(path, wish.key, wish.password, job.watch, folders=folders)
            assert wish.key is not None
            return unprotect(path, wish.key, job.watch, folders=folders)

        self._poll.start()
        self._job = self._jobs.start(work, self._done, self._end)

    def _build_working(self) -> QWidget:
        look, words = self._look, self._look.words
        key = "lock.encrypting" if self._wish.password else "lock.decrypting"
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        page = QWidget()
        page.setLayout(
            column(
                look,
                label(look, words(key), size="page", bold=True, wrap=True),
                label(look, words("lock.working"), tone="muted", wrap=True),
                self._bar,
                gap=16,
            )
        )
        return page

    def _show_progress(self) -> None:
        if self._job is not None and self._job.total:
            self._bar.setRange(0, self._job.total)
            self._bar.setValue(self._job.done)

    def _done(self, converted: Converted) -> None:
        self._poll.stop()
        if converted.key is None:
            self._end(converted)
            return
        self._outcome = converted
        self.stack.addWidget(self._build_code(converted.key.code))
        self.stack.setCurrentIndex(1)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)  # a stray Enter must not end it

    def _build_code(self, code: str) -> QWidget:
        look, words = self._look, self._look.words
        self.code = _code_label(look, code)
        self.go_on = button(look, words("lock.noted"), self._noted, role="primary")
        parts: list[QWidget | None] = [None, self.go_on]
        if QPrinterInfo.availablePrinterNames():
            parts.insert(1, button(look, words("common.print"), self._print, icon="print"))
        page = QWidget()
        page.setLayout(
            column(
                look,
                label(look, words("lock.code_title"), size="page", bold=True, wrap=True),
                label(look, words("lock.code_text"), wrap=True),
                self.code,
                label(look, words("lock.code_hint"), tone="muted", wrap=True),
                row(look, *parts, gap=8),
                gap=16,
            )
        )
        return page

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_to(printer)
        dialog.deleteLater()

    def print_to(self, printer: QPrinter) -> None:
        """The code on one page, with its day and what it is for."""
        look, words = self._look, self._look.words
        page = QTextDocument()
        page.setDefaultFont(QFont(look.theme.font().family(), 11))
        page.setDocumentMargin(_MARGIN)
        page.setPageSize(printer.pageRect(QPrinter.Unit.Point).size())  # else it numbers pages
        page.setHtml(
            f"<h2>{words('lock.paper_title')}</h2>"
            f"<p style='font-size: 17pt'><b>{self.code.text()}</b></p>"
            f"<p>{words('lock.paper_day', day=words.date(look.clock.today()))}</p>"
            f"<p>{words('lock.code_text')}</p><p>{words('lock.paper_hint')}</p>"
        )
        page.print_(printer)

    def _noted(self) -> None:
        assert self._outcome is not None
        self._end(self._outcome)

    def _end(self, outcome: Converted | Told) -> None:
        self._poll.stop()
        self._outcome = outcome
        self._job = None
        self.ended.emit(outcome)

    def closeEvent(self, event: QCloseEvent) -> None:
        if isinstance(self._outcome, Converted) and self._job is not None:
            self._noted()  # it was seen
        if self._job is not None:
            event.ignore()
            return
        super().closeEvent(event)


def _code_label(look: Look, code: str) -> QLabel:
    made = label(look, code, size="section", bold=True)
    made.setProperty("surface", "paper-2")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setMinimumHeight(look.theme.px(56))
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setAccessibleName(look.words("lock.code_title"))
    return made
