"""How fast a worksheet opens, and whether typing in a long pitch lags."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from fieldsales.domain.worksheet import PITCH
from fieldsales.screens import pitch
from fieldsales.screens.pitch.ffab.page import WorksheetsPage
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.worksheets import (
    AddWorksheetRow,
    SetValueStack,
    StartWorksheet,
)
from fieldsales.services.workspace import Workspace
from tests.benchmarks._window import application, bare_context

_ROWS = 8
_PARTS = 6
_ROUNDS = 24
_KEYS = 120


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "bench.db")
        sheets = [_sheet(workspace, n) for n in range(_ROUNDS)]
        app = application()
        context = bare_context(workspace, Path(folder))
        screen: Any = pitch.build(context)
        page = screen.show_section("ffab")
        assert isinstance(page, WorksheetsPage)
        screen.resize(1366, 768)
        screen.show()
        app.processEvents()

        def opened(sheet_id: str) -> None:
            page._choose(sheet_id)
            app.processEvents()

        yield {
            "name": f"worksheet opens, {_ROWS} rows, p95 ms",
            "value": _p95([_timed(opened, sheet) for sheet in sheets]),
            "limit": 100,
            "ratio": None,
        }
        yield from _keys(page, app)
        screen.close()
        context.close()
        workspace.close()


def _keys(page: WorksheetsPage, app: QApplication) -> Iterator[dict[str, Any]]:
    """A key in the whole pitch against a bare field with as much text, by turns."""
    note, bare = page.sheet.whole.note.text, QPlainTextEdit()
    bare.resize(note.size())
    bare.show()
    text = ("您说得对，断奶头一周最难，谁家都一样。" * PITCH)[: PITCH - _KEYS]
    for field in (note, bare):
        field.setPlainText(text)
        field.moveCursor(field.textCursor().MoveOperation.End)
    app.processEvents()

    def press(field: QPlainTextEdit) -> None:
        QTest.keyClick(field, Qt.Key.Key_A)
        app.processEvents()

    ours, theirs = [], []
    for _ in range(_KEYS):
        theirs.append(_timed(press, bare))
        ours.append(_timed(press, note))
    yield {
        "name": f"keystroke in a pitch of {PITCH} characters, p95 ms",
        "value": _p95(ours),
        "limit": 16,
        "ratio": None,
    }
    yield {
        "name": "keystroke in a pitch against one in a bare field",
        "value": round(median(ours), 2),
        "limit": 12,
        "ratio": round(median(ours) / median(theirs), 2),
    }
    bare.close()


def _sheet(workspace: Workspace, n: int) -> str:
    customer = AddRecord("customer", {"name": f"海润牧业 {n}"})
    begun = StartWorksheet({"title": f"断奶 {n}", "customer_id": customer.row_id})
    workspace.run(customer)
    workspace.run(begun)
    for at in range(_ROWS):
        parts = ("feature", "function", "advantage", "benefit")
        values = dict.fromkeys(parts, f"第 {n}.{at} 条，换料拉稀少一半，出栏不拖")
        workspace.run(AddWorksheetRow(begun.row_id, values))
    stack = tuple((f"第 {at} 项", 100 * at) for at in range(_PARTS))
    workspace.run(SetValueStack(begun.row_id, stack))
    return begun.row_id


def _timed(work: Callable[..., object], *what: object) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    work(*what)
    return (time.perf_counter() - begun) * 1000


def _p95(taken: list[float]) -> float:
    return round(quantiles(taken, n=20)[-1], 2)
