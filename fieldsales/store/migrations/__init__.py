"""The steps that made the schema, oldest first.

To add one: a module `mNNNN_what_it_does.py` with `up(connection)`, and a copy of a database as the
release before it wrote it under `tests/old_files/`. A released step never changes.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from fieldsales.discover import names

Connection = Any  # sqlcipher3 has no types of its own


@dataclass(frozen=True, slots=True)
class Migration:
    """One step; `number` is the schema version it leads to."""

    number: int
    name: str
    up: Callable[[Connection], None]


def migrations() -> list[Migration]:
    """All steps in order; raises ValueError if a number is missing or doubled."""
    steps = []
    for number, name in enumerate(names(sys.modules[__name__]), start=1):
        if name[:5] != f"m{number:04d}":
            raise ValueError(f"{name}: expected m{number:04d}_…")
        steps.append(Migration(number, name, partial(_up, name)))
    return steps


def _up(name: str, connection: Connection) -> None:
    """Most starts find a file that is up to date, and read no step."""
    importlib.import_module(f"{__name__}.{name}").up(connection)
