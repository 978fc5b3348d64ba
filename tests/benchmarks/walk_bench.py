"""How typing feels beside the walk-around check: a keystroke in 5 000 characters, marks and all."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from fieldsales.screens.contract import Context
from fieldsales.screens.walk_around import WalkPanel
from fieldsales.services.library import library
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from tests.benchmarks._window import application, light_look

CHARACTERS = 5_000
_KEYS = 120


def figures() -> Iterator[dict[str, Any]]:
    app = application()
    look = light_look()
    told = [one.example for one in library("zh_CN").techniques.values()]
    for name, between in (("paragraphs", "\n"), ("one paragraph", "")):
        text = between.join(told * (CHARACTERS // len("".join(told)) + 1))[:CHARACTERS]
        yield from _typing(name, text, look, app)


def _typing(name: str, text: str, look: Look, app: QApplication) -> Iterator[dict[str, Any]]:
    bare = QPlainTextEdit()
    bare.setFont(look.theme.font("title"))
    bare.setPlainText(text)
    bare.resize(700, 520)
    bare.show()
    app.processEvents()
    theirs, _ = _keys(bare, app, len(text) // 2)
    bare.close()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "bench.db")
        state = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)
        context = Context(workspace, look, Jobs(), state)
        panel = WalkPanel(context, editable=True)
        panel.resize(1180, 600)
        panel.show()
        panel.show_text(text)
        _until_checked(panel, app)
        shown = _showing(panel, app)
        ours, p95 = _keys(panel.text, app, len(text) // 2)
        panel.close()
        context.jobs.wait()
        context.close()
        workspace.close()
    where = f"{CHARACTERS} characters in {name}"
    name = f"keystroke beside the check, {where}"
    # Qt lays a paragraph out anew with each key, which takes most of it in one of 5 000 characters
    yield {"name": f"{name}, p95 ms", "value": p95, "limit": 16, "ratio": None}
    ratio = round(ours / theirs, 2)
    yield {"name": f"{name}, to a bare field, ms", "value": ours, "limit": 20, "ratio": ratio}
    yield {"name": f"marks of {where} shown anew, ms", "value": shown, "limit": 50, "ratio": None}


def _keys(field: QPlainTextEdit, app: QApplication, place: int) -> tuple[float, float]:
    """Typing a character amid the text and painting it: median and p95 in ms."""
    field.setFocus()
    cursor = field.textCursor()
    cursor.setPosition(place)
    field.setTextCursor(cursor)
    app.processEvents()
    taken = []
    for _ in range(_KEYS):
        begun = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_A)
        app.processEvents()
        taken.append((time.perf_counter() - begun) * 1000)
    return round(median(taken), 2), round(quantiles(taken, n=20)[-1], 2)


def _showing(panel: WalkPanel, app: QApplication) -> float:
    """How long the window is held up when what was found comes back, in ms."""
    cursor = panel.text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    panel.text.setTextCursor(cursor)
    found = panel.found
    panel.text.show_passages(())
    app.processEvents()
    begun = time.perf_counter()
    panel._show((panel._round, panel.text.text(), found))
    app.processEvents()
    return round((time.perf_counter() - begun) * 1000, 2)


def _until_checked(panel: WalkPanel, app: QApplication) -> None:
    while not panel.found.sentences:
        app.processEvents()
        time.sleep(0.005)
    app.processEvents()
