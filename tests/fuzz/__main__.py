"""The long run: `python -m tests.fuzz [KIND …] [--seconds 300] [--seed 0]`."""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import resource
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path
from random import Random

from fieldsales.services.workspace import Workspace
from tests.fuzz.mutations import spoilt
from tests.fuzz.targets import TARGETS, run

_CORPUS = Path(__file__).parent / "corpus"
_SLOW = 2.0  # seconds
_HANGS = 120.0  # seconds after which it ends, telling where it hung and leaving the file there
_GREEDY = 200  # MB that reading one file may take


def main() -> int:
    """1 if something was found; each finding once, by where it arose."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("kinds", nargs="*", choices=[*TARGETS, []])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    warnings.simplefilter("error")
    found = 0
    for name in args.kinds or TARGETS:
        found += _fuzz(name, args.seconds, args.seed)
    return 1 if found else 0


def _fuzz(name: str, seconds: float, seed: int) -> int:
    target = TARGETS[name]
    seeds, known, rounds, slowest = target.seeds(), Counter[str](), 0, 0.0
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
        workspace = Workspace.open(Path(folder) / "data" / "f.db")
        workspace.keep_copy = lambda: None
        while time.monotonic() < until:
            rounds += 1
            data = spoilt(seeds, Random(f"{seed} {name} {rounds}"))
            faulthandler.dump_traceback_later(_HANGS, exit=True)
            had = _peak(anew=True)
            begun = time.process_time()  # however busy the computer is
            try:
                run(target, data, workspace, Path(folder))
                told = ""
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                last = traceback.extract_tb(error.__traceback__)[-1]
                told = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
            took = time.process_time() - begun
            slowest = max(slowest, took)
            if took > _SLOW:
                told = told or "slow"
            if _peak() - had > _GREEDY:
                told = told or "greedy"
            if told:
                known[told] += 1
                if known[told] == 1:
                    kept = _CORPUS / name / hashlib.sha256(data).hexdigest()[:12]
                    kept.parent.mkdir(parents=True, exist_ok=True)
                    kept.write_bytes(data)
                    print(f"{name}: {told} ({took:.1f} s) {kept}", flush=True)
        faulthandler.cancel_dump_traceback_later()
        workspace.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name}: {rounds} files, slowest {slowest:.2f} s, memory so far {memory} MB,"
        f" found {dict(known) or 'nothing'}",
        flush=True,
    )
    return len(known)


def _peak(*, anew: bool = False) -> int:
    """MB that were in use at most since it was asked `anew`; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    if anew:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    line = next(one for one in status.read_text("ascii").splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    sys.exit(main())
