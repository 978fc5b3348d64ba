"""How much memory a program took."""

from __future__ import annotations

from pathlib import Path


def peak() -> float:
    """The most resident memory of this program so far, in MB.

    Not `ru_maxrss`: there a program begins with what the one that started it held.
    """
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0
