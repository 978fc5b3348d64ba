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
from fieldsales.store.sealing import Key

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
    for passphrase, limit in (("", 2), (Key.made("a password").passphrase, None)):
        with tempfile.TemporaryDirectory() as name:
            yield from _figures(Path(name), passphrase, limit)


def _figures(folder: Path, passphrase: str, limit: float | None) -> Iterator[dict[str, Any]]:
    workspace = Workspace.open(folder / "bench.db", passphrase=passphrase)
    workspace.keep_copy = bool
    for number in range(_TIMES):
        workspace.run(_Add(number), wait=60)
    workspace.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path, store = workspace.store.path, workspace.store
    what = f"{path.stat().st_size / 1_000_000:.0f} MB{', encrypted' if passphrase else ''}"
    bytes_alone = _fastest(lambda: _copy(path, folder / "copy"))
    backed_up = _fastest(lambda: back_up(store, folder / "backups"))
    yield _figure(
        f"backup of {what}, verified, against a copy of its bytes on the disk",
        backed_up / bytes_alone,
        limit,
    )
    yield _figure(f"backup of {what}, s", backed_up, None)
    made = back_up(store, folder / "backups").path
    workspace.close()
    yield _figure(f"restore of {what}, s", _fastest(lambda: restore(made, path, passphrase)), None)
    saved = folder / "saved.db"
    begun = time.perf_counter()
    salvage(path, saved, passphrase)
    yield _figure(f"salvage of {what}, s", time.perf_counter() - begun, None)


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
