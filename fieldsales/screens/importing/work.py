"""What runs beside the window: reading, rehearsing, importing, writing the error file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from fieldsales.errors import Cancelled, Told
from fieldsales.screens.contract import Screen
from fieldsales.screens.importing.chosen import Reading, understand
from fieldsales.services.importing import error_file, importer
from fieldsales.services.importing.conversion import Problem
from fieldsales.services.importing.importer import Outcome, Request
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.sheet import Options, Sheet, Watch
from fieldsales.services.workspace import Workspace
from fieldsales.store.database import Store
from fieldsales.widgets.jobs import Job
from fieldsales.words import Words


class Task(QObject):
    """A job whose end is always told, also when it was stopped or broke.

    Afterwards `result` holds what it gave, or `trouble` what the user must know; neither if it was
    stopped in time. Work that was done before it heeded the stop is done.
    """

    def __init__(
        self,
        page: Screen,
        work: Callable[[Watch], Any],
        ended: Callable[[Task], object],
        title: str = "",
    ) -> None:
        super().__init__(page)  # a page that is gone is told nothing
        self.result: Any = None
        self.trouble: Told | None = None
        self._jobs, self._store = page.context.jobs, page.context.store
        self._work, self._ended, self._title = work, ended, title
        self.job: Job | None = None

    def start(self) -> None:
        self._jobs.changed.connect(self._check)
        self.job = self._jobs.start(self._run, title=self._title)
        self._check()

    def stop(self) -> None:
        if self.job is not None:
            self.job.cancel()

    @property
    def stopping(self) -> bool:
        return self.job is not None and self.job.cancelled()

    def _run(self, job: Job) -> None:
        try:
            self.result = self._work(Watch(job.progress, job.cancelled))
        except Cancelled:
            pass
        except Told as trouble:
            self.trouble = trouble
        finally:
            self._store.release()

    @Slot()
    def _check(self) -> None:
        if self.job is None or self.job in self._jobs.running():
            return
        self._jobs.changed.disconnect(self._check)
        self._ended(self)
        self.deleteLater()


def reading(store: Store, path: Path, options: Options, kind: str | None) -> Callable[..., Reading]:
    """Reads a file and guesses what it holds."""

    def work(watch: Watch) -> Reading:
        return understand(store, read(path, options, watch), options, kind)

    return work


def rehearsal(store: Store, sheet: Sheet, request: Request) -> Callable[[Watch], Outcome]:
    """Finds out what an import would do."""

    def work(watch: Watch) -> Outcome:
        return importer.rehearse(store, sheet, request, watch)

    return work


def running(workspace: Workspace, sheet: Sheet, request: Request) -> Callable[[Watch], Outcome]:
    """Imports."""

    def work(watch: Watch) -> Outcome:
        return importer.run(workspace, sheet, request, watch)

    return work


def writing(
    path: Path, sheet: Sheet, problems: tuple[Problem, ...], words: Words
) -> Callable[[Watch], Path]:
    """Writes the rows with problems to a file of their own."""

    def work(_watch: Watch) -> Path:
        error_file.write_problems(path, sheet, problems, words)
        return path

    return work
