"""A window without a screen, on a file of its own or on the user's."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from fieldsales.app.window import Window
from fieldsales.cli._open import opened
from fieldsales.domain.clock import Clock
from fieldsales.screens.contract import Context
from fieldsales.services import portfolio
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.journal import is_untouched
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Mode, Theme
from fieldsales.words import Words

_PATIENCE = 0.2  # seconds


def application() -> QApplication:
    """The application, drawing into memory."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    found = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(found, QApplication)
    return found


@contextmanager
def sample_workspace(path: Path, today: date | None) -> Iterator[Workspace]:
    """A file at `path` with the sample territory in it."""
    workspace = Workspace.open(path, Clock(today), origin="command")
    workspace.keep_copy = lambda: None  # it can be made again at any time
    try:
        if is_untouched(workspace.store):
            workspace.run(LoadSample(), wait=5)
        yield workspace
    finally:
        workspace.close()


@contextmanager
def chosen_workspace(args: argparse.Namespace) -> Iterator[Workspace]:
    """The file named by `--db`, else a sample that is gone afterwards."""
    if args.db is not None:
        with opened(args) as workspace:
            yield workspace
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        sample_workspace(Path(folder) / "sample.db", args.today) as workspace,
    ):
        yield workspace


@contextmanager
def window(
    workspace: Workspace, words: Words, mode: Mode = "light", size: tuple[int, int] = (1366, 768)
) -> Iterator[Window]:
    """The window at a size, shown to nobody."""
    app = application()
    theme = Theme(app, mode=mode, scale=1.0)
    with tempfile.TemporaryDirectory() as folder:
        state = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        if not workspace.store.read_only:
            portfolio.renew(workspace)
        look = Look.of(theme, words, workspace.clock)
        context = Context(workspace, look, Jobs(inline=True), state)
        shown = Window(context)
        shown.resize(*size)
        shown.show()
        try:
            yield shown
        finally:
            shown.close()
            context.close()
            shown.deleteLater()
            settle()


def settle() -> None:
    """Lets layouts, deferred deletions and what draws beside the main thread (PDF pages) happen."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        time.sleep(0.01)


def pictures(shown: Window) -> Iterator[tuple[str, QImage]]:
    """Name and picture of each tab, with its first record open where it shows records."""
    for name in shown.names:
        page = shown.show_named(name)
        page.show_example()
        settle()
        yield name, shown.grab().toImage()
