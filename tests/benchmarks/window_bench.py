"""The window on a full file: start, memory, list, palette, card, saving a field."""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

import fieldsales
from fieldsales.app.window import Window
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.search import warm_up
from tests.benchmarks._window import application, bare_context
from tests.benchmarks.full_file import BUSY, full_file

_STARTS = 5


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = full_file(Path(folder))
        yield from _start(path)
        yield from _window(path, Path(folder))


def _figure(
    name: str, value: float, limit: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    rounded = None if ratio is None else round(ratio, 2)
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": rounded}


def _start(path: Path) -> Iterator[dict[str, Any]]:
    # as after an installation; an environment may keep a start from leaving byte code behind
    compileall.compile_dir(Path(fieldsales.__file__).parent, quiet=1)
    # in turn, so that what else the machine does meets both
    runs = [(_painted("bare"), _painted("full", str(path))) for _ in range(_STARTS)]
    base, seconds = (statistics.median(run[at][0] for run in runs) for at in (0, 1))
    yield _figure("start until the list is painted, ms", seconds * 1000, 2.5, seconds / base)
    memory = statistics.median(full[1] for _, full in runs)
    yield _figure("memory after that, MB", memory, 150)


def _painted(*arguments: str) -> tuple[float, float]:
    """Seconds from the start of a process until it has painted, and its memory in MB."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks._started", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("painted"):
                seconds = time.perf_counter() - begun
                process.terminate()
                return seconds, float(line.split()[1])
    raise RuntimeError(f"nothing was painted: {arguments}")


def _window(path: Path, folder: Path) -> Iterator[dict[str, Any]]:
    warm_up()
    app = application()
    workspace = Workspace.open(path)
    context = bare_context(workspace, folder)
    window = Window(context)
    window.resize(1366, 768)
    window.show_named("customers")
    window.show()
    app.processEvents()
    yield from _scrolling(window, app)
    yield from _typing(window, app)
    yield from _card(window, context, app)
    window.close()
    context.close()
    yield from _saving(workspace)
    workspace.close()


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


class _Constant(QAbstractTableModel):
    """As many rows and columns as the list has, each cell the same word."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._size = rows, columns

    def rowCount(self, _parent: object = QModelIndex()) -> int:
        return self._size[0]

    def columnCount(self, _parent: object = QModelIndex()) -> int:
        return self._size[1]

    def data(self, _index: object, role: int = 0) -> object:
        return "海润牧业有限公司" if role == Qt.ItemDataRole.DisplayRole else None


def _scrolling(window: Window, app: QApplication) -> Iterator[dict[str, Any]]:
    page: Any = window.page
    page.list.set_view("table")
    app.processEvents()
    table = page.list.table
    model = table.model()
    columns = sum(not table.isColumnHidden(at) for at in range(model.columnCount()))
    bare = QTableView()
    bare.setModel(_Constant(model.rowCount(), columns))
    bare.resize(table.size())
    bare.verticalHeader().hide()
    bare.verticalHeader().setDefaultSectionSize(table.rowHeight(0))
    bare.show()
    app.processEvents()
    ours, theirs = _frames(table, app), _frames(bare, app)
    bare.close()
    yield _figure("list scroll, frame p95, ms", _p95(ours), 1.5, _p95(ours) / _p95(theirs))
    page.list.set_view("rows")


def _frames(view: QTableView, app: QApplication) -> list[float]:
    """Milliseconds of 120 repaints, each three rows further down, after a jump every 40."""
    bar = view.verticalScrollBar()
    times = []
    for step in range(120):
        place = (step // 40) * bar.maximum() // 4 + (step % 40) * 3
        times.append(_ms(lambda place=place: (bar.setValue(place), view.viewport().repaint())))
        app.processEvents()
    return times


def _typing(window: Window, app: QApplication) -> Iterator[dict[str, Any]]:
    palette = window.palette_overlay
    times = []
    for text in ("hrmy", "hairun", "zhangwei", "wang", "0013", "sl", "niunai", "lijuan"):
        palette.open()
        app.processEvents()
        times += [
            _ms(lambda key=letter: (QTest.keyClicks(palette.line, key), palette.repaint()))
            for letter in text
        ]
        palette.close_palette()
    yield _figure("keystroke to repainted palette p95, ms", _p95(times), 30)


def _card(window: Window, context: Context, app: QApplication) -> Iterator[dict[str, Any]]:
    def open_card() -> None:
        context.open("customer", BUSY)
        app.processEvents()
        window.page.repaint()

    open_card()
    others = [
        row_id
        for (row_id,) in context.store.rows("SELECT id FROM customer ORDER BY id DESC LIMIT 7")
    ]
    times = []
    for other in others:
        context.open("customer", other)
        app.processEvents()
        times.append(_ms(open_card))
    yield _figure("opening a card with 500 entries, ms", statistics.median(times), 60)


def _saving(workspace: Workspace) -> Iterator[dict[str, Any]]:
    times = [
        _ms(lambda n=n: workspace.run(EditRecord("customer", BUSY, {"region": f"定边{n}"})))
        for n in range(200)
    ]
    connection = workspace.store.connection
    connection.execute("CREATE TABLE bare (value INTEGER)")

    def bare() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare VALUES (1)")
        connection.execute("COMMIT")

    base = statistics.median(_ms(bare) for _ in range(200))
    value = statistics.median(times)
    yield _figure("one field saved p50, ms", value, 3, value / base)
