"""Runs the benchmarks, all or those named; prints a JSON line for each figure."""

from __future__ import annotations

import json
import os
import sys
import tempfile

from fieldsales.discover import modules
from tests import benchmarks


def main() -> int:
    """0 unless a figure lies above its limit."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["FIELDSALES_HOME"] = home  # copies that are kept go with it
        return 1 if _above(sys.argv[1:]) else 0


def _above(wanted: list[str]) -> int:
    """Tells the figures; how many lie above their limit."""
    above = 0
    for module in modules(benchmarks):
        name = module.__name__.rpartition(".")[2].removesuffix("_bench")
        if not hasattr(module, "figures") or (wanted and name not in wanted):
            continue
        for figure in module.figures():
            print(json.dumps(figure, ensure_ascii=False), flush=True)
            measured = figure["value"] if figure["ratio"] is None else figure["ratio"]
            above += figure["limit"] is not None and measured > figure["limit"]
    return above


if __name__ == "__main__":
    sys.exit(main())
