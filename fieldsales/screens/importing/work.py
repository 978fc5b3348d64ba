"""What runs beside the window: reading, rehearsing, importing, writing the error file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fieldsales.screens import tasks
from fieldsales.screens.contract import Screen
from fieldsales.screens.importing.chosen import Reading, understand
from fieldsales.services.importing import error_file, importer
from fieldsales.services.importing.conversion import Problem
from fieldsales.services.importing.importer import Outcome, Request
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.sheet import Options, Sheet, Watch
from fieldsales.services.workspace import Workspace
from fieldsales.store.database import Store
from fieldsales.words import Words


class Task(tasks.Task):
    """A task whose work looks at a `Watch`, as the services of import do."""

    def __init__(
        self,
        page: Screen,
        work: Callable[[Watch], Any],
        ended: Callable[[Task], object],
        title: str = "",
    ) -> None:
        super().__init__(page, lambda job: work(Watch(job.progress, job.cancelled)), ended, title)


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
