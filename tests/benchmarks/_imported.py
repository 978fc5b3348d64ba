"""Run as a process: imports a file, tells as JSON how long it took and how alive the window was.

`bare FILE` reads, inserts and spells names, with nothing around it; `window DATABASE FILE` does it
on the import page, with matching, journal and index, and takes it back. `sales DATABASE FILE` does
that without a window, for a table of sales.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.memory import peak

_TICK = 5  # ms between two turns of the event loop, where nothing holds it up
_SETTLED = 2  # s after which a window that was just opened has prepared what it may need


def _bare(path: Path) -> dict[str, float]:
    from pypinyin import lazy_pinyin
    from python_calamine import CalamineWorkbook
    from sqlcipher3 import dbapi2 as sqlite

    from fieldsales.domain.ids import new_id

    lazy_pinyin("重庆")  # the dictionary is loaded
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite.connect(str(Path(folder) / "bare.db"), isolation_level=None)
        connection.executescript(
            "PRAGMA journal_mode = wal; PRAGMA synchronous = full;"
            "CREATE TABLE customer (id TEXT PRIMARY KEY, a, b, c, d, e, f, g, h, note, full, short);"
            "CREATE TABLE contact (id TEXT PRIMARY KEY, customer_id, a, b, c, full, short);"
        )
        begun = time.perf_counter()
        if path.suffix == ".csv":
            with path.open(encoding="gb18030", newline="") as file:
                rows = list(csv.reader(file))[1:]
        else:
            rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[1:]
        customers, people = [], []
        for row in rows:
            row_id = new_id()
            for values, into, start, name in (
                ([*row[:8], row[11]], customers, [row_id], row[0]),
                (row[8:11], people, [new_id(), row_id], row[8]),
            ):
                said = lazy_pinyin(name)
                into.append((*start, *values, " ".join(said), "".join(s[0] for s in said)))
        connection.execute("BEGIN IMMEDIATE")
        for table, values in (("customer", customers), ("contact", people)):
            marks = ", ".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
        connection.execute("COMMIT")
        seconds = time.perf_counter() - begun
        connection.close()
    return {"seconds": seconds}


class _Pulse:
    """The longest time between two turns of the event loop since it was last asked."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(interval=_TICK)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def longest(self) -> float:
        """In ms."""
        self._beat()
        found, self._longest = self._longest, 0.0
        return found * 1000


def _window(database: Path, path: Path) -> dict[str, Any]:
    from PySide6.QtCore import QEventLoop, QSettings
    from PySide6.QtWidgets import QApplication

    from fieldsales.app.window import Window
    from fieldsales.domain.clock import Clock
    from fieldsales.screens.contract import Context
    from fieldsales.services.workspace import Workspace
    from fieldsales.store.queries.hits import hits
    from fieldsales.store.search import warm_up
    from fieldsales.widgets.jobs import Jobs
    from fieldsales.widgets.look import Look
    from fieldsales.widgets.theme import Theme
    from fieldsales.words import Words

    app = QApplication(sys.argv[:1])
    warm_up()  # as after every start
    workspace = Workspace.open(database)
    look = Look.of(Theme(app, mode="light", scale=1.0), Words("zh_CN"), Clock())
    state = QSettings(str(database.with_suffix(".ini")), QSettings.Format.IniFormat)
    context = Context(workspace, look, Jobs(), state)
    window = Window(context)
    window.resize(1366, 768)
    window.show_named("customers")
    window.show()
    page: Any = window.show_named("importing")

    def until(reached: Callable[[], bool]) -> float:
        """Seconds until it is so, the window being alive meanwhile."""
        begun = time.perf_counter()
        while not reached():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return time.perf_counter() - begun

    def for_seconds(seconds: float) -> None:
        end = time.perf_counter() + seconds
        until(lambda: time.perf_counter() > end)

    pulse = _Pulse()
    for_seconds(_SETTLED)
    pulse.longest()
    written: list[float] = []
    context.changed.connect(lambda _changed: written.append(time.perf_counter()))
    told: dict[str, Any] = {}
    page.open_file(path)
    told["read"] = until(lambda: page.chosen is not None)
    told["rehearsed"] = until(lambda: page.outcome is not None)
    told["gap before, ms"] = pulse.longest()
    page.run_import()
    told["run"] = until(lambda: bool(written))
    name = page.chosen.sheet.head[7][1][0]
    told["found"] = name in {hit.title for hit in hits(context.store, name, 20)}
    told["backed up"] = until(lambda: page._running is None)
    for_seconds(1)
    told["gap, ms"] = pulse.longest()
    told["memory, MB"] = peak()
    page.undo_import()
    told["undone"] = until(lambda: len(written) > 1)
    for_seconds(1)
    told["gap of undo, ms"] = pulse.longest()
    until(lambda: not context.jobs.running())
    window.close()
    context.close()
    workspace.close()
    return told


def _sales(database: Path, path: Path) -> dict[str, float]:
    from fieldsales.services.importing import importer
    from fieldsales.services.importing.reading import read
    from fieldsales.services.workspace import Workspace

    workspace = Workspace.open(database)
    workspace.keep_copy = lambda: None
    begun = time.perf_counter()
    sheet = read(path)
    done = importer.run(workspace, sheet, importer.propose(workspace.store, sheet))
    told = {
        "lines": float(done.added),
        "run": time.perf_counter() - begun,
        "processor": time.process_time(),
        "memory, MB": peak(),
    }
    begun = time.perf_counter()
    workspace.undo()
    told["undone"] = time.perf_counter() - begun
    workspace.close()
    return told


def main() -> int:
    what, *paths = sys.argv[1:]
    work: dict[str, Callable[..., dict[str, Any]]] = {
        "bare": _bare,
        "window": _window,
        "sales": _sales,
    }
    print(json.dumps(work[what](*map(Path, paths))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
