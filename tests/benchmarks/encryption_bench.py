"""What a password costs: opening the file, searching it, writing to it, and setting the password."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from fieldsales.services import passwords
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.store.queries.hits import hits

_CUSTOMERS = 20_000
_PASSWORD = "three lamps on a hill"


@dataclass(frozen=True)
class _AddMany(Operation):
    def apply(self, writer: Writer) -> None:
        for n in range(_CUSTOMERS):
            values = {"name": f"第{n}家牧业公司", "region": "定边", "note": "老客户介绍来的" * 9}
            writer.insert("customer", values)


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        workspace = Workspace.open(path)
        workspace.run(_AddMany())
        workspace.close()
        plain = _taken(lambda: Workspace.open(path).close())
        before = _work(path, "")
        began = time.perf_counter()
        key = passwords.protect(path, None, _PASSWORD).key
        took = time.perf_counter() - began
        assert key is not None
        yield _figure(f"set a password, {_size(path)} MB and a backup, s", took, 30)

        def opened() -> None:
            Workspace.open(path, passphrase=passwords.unlock(path, _PASSWORD).passphrase).close()

        yield _figure("open with a password over without, ms", 1e3 * (_taken(opened) - plain), 400)
        after = _work(path, key.passphrase)
        for name, slow, fast in zip(("search", "write"), after, before, strict=True):
            yield _figure(
                f"{name} in an encrypted file over a plain one, ms", 1e3 * (slow - fast), 20
            )


def _work(path: Path, passphrase: str) -> tuple[float, float]:
    """Seconds of a search, and of a change."""
    workspace = Workspace.open(path, passphrase=passphrase)
    customer = workspace.store.value("SELECT id FROM customer LIMIT 1")
    numbers = iter(range(1_000_000))
    search = _taken(lambda: hits(workspace.store, f"第{next(numbers)}家", limit=20))
    edit = _taken(
        lambda: workspace.run(EditRecord("customer", customer, {"region": str(next(numbers))}))
    )
    workspace.close()
    return search, edit


def _taken(work: Callable[[], object]) -> float:
    """Seconds, as usual."""
    taken = []
    for _ in range(9):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)


def _size(path: Path) -> int:
    return round(path.stat().st_size / 1e6)


def _figure(name: str, value: float, limit: float) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": None}
