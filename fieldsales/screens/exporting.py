"""What a list shows as a table, to be sent on or read back by the import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldsales.screens.contract import Context
from fieldsales.services.exporting.table import Table
from fieldsales.services.exporting.writing import known, write
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.message_bar import Message

_KINDS = {".xlsx": "Excel (*.xlsx)", ".csv": "CSV (*.csv)"}
_FOLDER = "export/folder"  # where the last one went, on this laptop


def ask_and_export(context: Context, parent: QWidget, noun: str, make: Callable[[], Table]) -> None:
    """Asks for a file and writes the table into it, beside the window.

    Words: `noun.<noun>`, `export.<noun>` for the question, `exported.<noun>` once it is done.
    """
    words = context.words
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(str(context.state.value(_FOLDER) or usual))
    name = f"{words(f'noun.{noun}')}-{context.look.clock.today().isoformat()}.xlsx"
    chosen, kind = QFileDialog.getSaveFileName(
        parent, words(f"export.{noun}"), str(folder / name), ";;".join(_KINDS.values())
    )
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower() not in known():
        suffix = next((one for one, told in _KINDS.items() if told == kind), ".xlsx")
        path = path.with_name(path.name + suffix)
    context.state.setValue(_FOLDER, str(path.parent))
    _export(context, path, noun, make())


def _export(context: Context, path: Path, noun: str, table: Table) -> None:
    words = context.words

    def work(_job: Job) -> None:
        write(path, table)

    def done(_nothing: object) -> None:
        said = words(f"exported.{noun}", n=len(table.rows), name=path.name)
        context.say(
            Message(
                said,
                "success",
                action=words("paper.open_folder"),
                act=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            )
        )

    context.jobs.start(work, done, context.tell, words(f"export.{noun}"))
