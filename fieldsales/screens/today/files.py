"""Calendar files of the Today tab: asked for, read and written beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.screens.contract import Context
from fieldsales.services.calendar_file.plan import Incoming, incoming
from fieldsales.services.calendar_file.writing import calendar
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.message_bar import Message

_FOLDER = "export/folder"  # where the last file went, on this laptop


def ask_and_export(context: Context, parent: QWidget) -> None:
    """Asks for a file and writes the calendar into it."""
    words = context.words
    name = f"{words('calendar.file_name')}-{context.look.clock.today().isoformat()}.ics"
    chosen, _ = QFileDialog.getSaveFileName(
        parent, words("calendar.export"), str(_folder(context) / name), _pattern(context)
    )
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower() != ".ics":
        path = path.with_name(f"{path.name}.ics")
    context.state.setValue(_FOLDER, str(path.parent))
    export(context, path)


def export(context: Context, path: Path) -> None:
    """Writes the calendar as a file."""
    words, store = context.words, context.store

    def work(_job: Job) -> int:
        try:
            content, number = calendar(store, words)
            places.write_whole(path, content)
        except OSError as error:
            raise EnvironmentProblem(
                "widgets.cannot_save", path=str(path), reason=error.strerror or str(error)
            ) from error
        finally:
            store.release()
        return number

    def done(number: int) -> None:
        context.say(
            Message(
                words("calendar.exported", n=number, name=path.name),
                "success",
                action=words("paper.open_folder"),
                act=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            )
        )

    context.jobs.start(work, done, context.tell, words("calendar.export"))


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
    return Path(str(context.state.value(_FOLDER) or usual))
