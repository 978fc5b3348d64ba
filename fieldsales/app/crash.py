"""The crash window: what a bug looks like to a user who must not lose anything over it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from fieldsales import faults, places
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row

log = logging.getLogger(__name__)

_KEPT = 20  # reports


class CrashHook(QObject):
    """Catches what nobody caught, on any thread, keeps a report and shows it once at a time."""

    _caught = Signal(str)

    def __init__(self, look: Callable[[], Look], parent: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._look = look
        self._parent = parent
        self._shown: CrashWindow | None = None
        self._caught.connect(self._show, Qt.ConnectionType.AutoConnection)

    def install(self) -> None:
        sys.excepthook = self.catch

    def catch(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report = faults.report(error.with_traceback(trace))
        log.critical("crash\n%s", report)
        self._caught.emit(report)

    def of_last_time(self, report: str) -> Message:
        """What tells, once the window stands, that the program ended by a fault before."""
        log.critical("ended by a fault the last time")
        kept, words = _keep(report), self._look().words
        show = partial(self._show_kept, report, kept, "crash.last_text")
        said, action = words("crash.last_time"), words("crash.show")
        return Message(said, "warn", action=action, act=show, lasting=True, key="last_end")

    def _show(self, report: str) -> None:
        self._show_kept(report, _keep(report), "crash.text")

    def _show_kept(self, report: str, kept: Path | None, text: str) -> None:
        if self._shown is not None:
            return
        self._shown = CrashWindow(self._look(), report, kept, self._parent(), text)
        self._shown.finished.connect(self._gone)
        self._shown.open()

    def _gone(self) -> None:
        self._shown = None


class CrashWindow(QDialog):
    """Says what happened and what was kept, with the report to copy."""

    def __init__(
        self,
        look: Look,
        report: str,
        kept: Path | None,
        parent: QWidget | None,
        said: str = "crash.text",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = look.words
        self.setWindowTitle(words("crash.title"))
        self.resize(look.theme.px(640), look.theme.px(440))
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(words("crash.title"))
        self._report = report
        parts = [
            label(look, words("crash.title"), size="section", bold=True),
            label(look, words(said), wrap=True),
            text,
        ]
        if kept is not None:
            parts.append(
                label(
                    look, words("crash.saved", path=kept), size="caption", tone="muted", wrap=True
                )
            )
        copy = button(look, words("crash.copy"), self._copy, icon="copy")
        go_on = button(look, words("crash.go_on"), self.accept, role="primary")
        layout = column(look, *parts, row(look, None, copy, go_on), gap=12, margin=24)
        self.setLayout(layout)
        go_on.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)


def _keep(report: str) -> Path | None:
    """Writes it beside the log; of many the newest stay."""
    folder = places.log_folder()
    path = folder / f"crash-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(report, encoding="utf-8")
        for old in sorted(folder.glob("crash-*.txt"))[:-_KEPT]:
            old.unlink()
    except OSError:
        return path if path.is_file() else None
    return path
