"""How fast a large file is backed up, restored and salvaged, against a copy of its bytes."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldsales.domain.ids import new_id
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.backup import back_up
from fieldsales.store.journal import Writer
from fieldsales.store.restoring import restore
from fieldsales.store.salvage import salvage

_ROWS, _TIMES = 5_000, 4  # customers at once, and how often: some 180 MB with the journal
_ROUNDS = 3


@dataclass(frozen=True)
class _Add(Operation):
    number: int

    def apply(self, writer: Writer) -> None:
        rows = [
            {"id": new_id(), "name": f"第{self.number}-{row}家经销部", "note": "长" * 1_200}
            for row in range(_ROWS)
        ]
        writer.insert_many("customer", rows)


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace.open(folder / "bench.db")
        workspace.keep_copy = bool
        for number in range(_TIMES):
            workspace.run(_Add(number), wait=60)
        workspace.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path, store = workspace.store.path, workspace.store
        megabytes = round(path.stat().st_size / 1_000_000)
        bytes_alone = _fastest(lambda: _copy(path, folder / "copy"))
        backed_up = _fastest(lambda: back_up(store, folder / "backups"))
        yield _figure(
            f"backup of {megabytes} MB, verified, against a copy of its bytes on the disk",
            backed_up / bytes_alone,
            2,
        )
        yield _figure(f"backup of {megabytes} MB, s", backed_up, None)
        made = back_up(store, folder / "backups").path
        workspace.close()
        yield _figure("restore of it, s", _fastest(lambda: restore(made, path)), None)
        saved = folder / "saved.db"
        begun = time.perf_counter()
        salvage(path, saved)
        yield _figure("salvage of it, s", time.perf_counter() - begun, None)


def _copy(source: Path, target: Path) -> None:
    """Until it is on the disk, as a backup is."""
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        os.fsync(file.fileno())


def _fastest(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _figure(name: str, value: float, limit: float | None) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": None}
