"""The rows that cannot come in, written to a file where the user wants it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from fieldsales.screens.contract import Screen
from fieldsales.screens.importing import work
from fieldsales.screens.importing.chosen import Chosen
from fieldsales.screens.importing.work import Task
from fieldsales.services.importing.importer import Outcome
from fieldsales.widgets.message_bar import Message


class ProblemFile(QObject):
    """Asks where to, writes, and says where it is; one file at a time."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._page, self._context = page, page.context
        self._writing: Task | None = None

    def save(self, chosen: Chosen, outcome: Outcome) -> None:
        """Writes the problems of an import, or of what would be one."""
        if self._writing is not None:
            return
        words, source = self._context.words, chosen.sheet.path
        likely = source.with_name(words("importing.problem_file", name=source.stem))
        name, _ = QFileDialog.getSaveFileName(
            self._page, words("importing.save_title"), str(likely), "Excel (*.xlsx)"
        )
        if not name:
            return
        path = Path(name) if name.lower().endswith(".xlsx") else Path(f"{name}.xlsx")
        writing = work.writing(path, chosen.sheet, outcome.problems, words)
        self._writing = Task(self._page, writing, self._written)
        self._writing.start()

    def _written(self, task: Task) -> None:
        self._writing = None
        words = self._context.words
        if task.trouble is not None:
            self._context.tell(task.trouble)
        elif task.result is not None:
            folder = QUrl.fromLocalFile(str(task.result.parent))
            self._context.say(
                Message(
                    words("importing.problems_saved", name=task.result.name),
                    "success",
                    action=words("importing.show_folder"),
                    act=lambda: QDesktopServices.openUrl(folder),
                )
            )
