"""Calendar files of the Today tab: asked for, read and written beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.exporting import FOLDER, ask_where, export_everything
from fieldsales.services.calendar_file.plan import Incoming, incoming
from fieldsales.widgets.jobs import Job


def ask_and_export(context: Context, parent: QWidget) -> None:
    """Asks for a file and writes the calendar into it."""
    words = context.words
    name = f"{words('calendar.file_name')}-{context.look.clock.today().isoformat()}.ics"
    kinds = {_pattern(context): ".ics"}
    path = ask_where(context, parent, words("calendar.export"), name, kinds)
    if path is not None:
        export_everything(context, path)


def ask_and_read(
    context: Context, parent: QWidget, done: Callable[[Path, Incoming], object]
) -> None:
    """Asks for a calendar file, and hands over what stands in it."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, context.words("calendar.import"), str(_folder(context)), _pattern(context)
    )
    if chosen:
        read_file(context, Path(chosen), done)


def read_file(context: Context, path: Path, done: Callable[[Path, Incoming], object]) -> None:
    """Reads a calendar file beside the window; trouble is told in the bar."""
    store, today = context.store, context.look.clock.today()

    def work(_job: Job) -> Incoming:
        try:
            return incoming(store, path, today)
        finally:
            store.release()

    def hand_over(found: Incoming) -> None:
        done(path, found)

    context.jobs.start(work, hand_over, context.tell, context.words("calendar.import"))


def _pattern(context: Context) -> str:
    return f"{context.words('calendar.files')} (*.ics)"


def _folder(context: Context) -> Path:
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(str(context.state.value(FOLDER) or usual))
