"""The frozen application against the checkout: start, and size on disk; after `dev.py build`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_FROZEN = Path(__file__).resolve().parents[2] / "dist" / "fieldsales"
_RUNS = 5


def figures() -> Iterator[dict[str, Any]]:
    """Nothing where nothing was built."""
    program = _FROZEN / "fieldsales"
    if not program.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        frozen = _seconds(folder, str(program))
        source = _seconds(folder, sys.executable, "-m", "fieldsales")
    ratio = round(frozen / source, 2)
    name = "frozen: start and paint every tab, ms"
    yield {"name": name, "value": round(frozen * 1000, 1), "limit": 1.3, "ratio": ratio}
    files = [path for path in _FROZEN.rglob("*") if path.is_file() and not path.is_symlink()]
    size = round(sum(path.stat().st_size for path in files) / 1e6, 1)
    yield {"name": "frozen: size on disk, MB", "value": size, "limit": 190, "ratio": None}


def _seconds(folder: str, *command: str) -> float:
    """Median time in which the program paints all tabs of a new file."""
    times = []
    for _ in range(_RUNS):
        begun = time.perf_counter()
        database = ["--db", f"{folder}/frozen.db"]
        subprocess.run(
            [*command, "screens", f"{folder}/pictures", *database],
            check=True,
            capture_output=True,
        )
        times.append(time.perf_counter() - begun)
    return statistics.median(times)
