"""Everything of a full file out as JSON and as a workbook, and the JSON into an empty file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldsales.services.exchange.files import export, package
from fieldsales.services.operations.taking import take
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up
from fieldsales.words import Words
from tests.benchmarks.full_file import full_file
from tests.benchmarks.memory import peak


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = Workspace.open(full_file(folder))
        for suffix, limit in ((".json", 15), (".zip", None), (".xlsx", 60)):
            path = folder / f"all{suffix}"
            seconds = _timed(lambda at=path: export(source.store, at, Words()))
            yield _figure(
                f"export of 100 000 customers and their children, {suffix}, s", seconds, limit
            )
        yield _figure("memory of the exports, MB", peak(), None)
        source.close()
        target = Workspace.open(folder / "empty.db")
        target.keep_copy = lambda: None  # the window makes it beside itself
        came = package(folder / "all.json")
        assert came is not None
        yield _figure("taking that .json over, s", _timed(lambda: take(target, came)), 60)
        yield _figure("memory of exports and that, MB", peak(), None)
        yield _figure("the copy kept after that, s", _timed(lambda: back_up(target.store)), None)
        target.close()


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _figure(name: str, value: float, limit: float | None) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": None}
