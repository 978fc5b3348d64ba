"""Runs the benchmarks, all or those named; prints a JSON line for each figure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module

from fieldsales.discover import names
from tests import benchmarks

_ENDING = "_bench"


def main() -> int:
    """0 unless a figure lies above its limit, or a benchmark failed."""
    known = [name.removesuffix(_ENDING) for name in names(benchmarks) if name.endswith(_ENDING)]
    wanted = sys.argv[1:] or known
    if unknown := set(wanted) - set(known):
        sys.exit(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    if len(wanted) == 1:
        with tempfile.TemporaryDirectory() as home:
            os.environ["FIELDSALES_HOME"] = home  # copies that are kept go with it
            return 1 if _above(wanted[0]) else 0
    # each in a program of its own, so that memory is its own
    program = [sys.executable, "-m", "tests.benchmarks"]
    ended = [subprocess.run([*program, name], check=False).returncode for name in wanted]
    return 1 if any(ended) else 0


def _above(name: str) -> int:
    """Tells the figures of a benchmark; how many lie above their limit."""
    above = 0
    for figure in import_module(f"{benchmarks.__name__}.{name}{_ENDING}").figures():
        print(json.dumps(figure, ensure_ascii=False), flush=True)
        measured = figure["value"] if figure["ratio"] is None else figure["ratio"]
        above += figure["limit"] is not None and measured > figure["limit"]
    return above


if __name__ == "__main__":
    sys.exit(main())
