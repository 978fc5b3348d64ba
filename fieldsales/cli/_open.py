"""Opening the data file for a command."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldsales import places
from fieldsales.domain.clock import Clock
from fieldsales.errors import EnvironmentProblem
from fieldsales.services.workspace import Workspace


def database_path(args: argparse.Namespace) -> Path:
    """The file named by `--db`, or the user's own."""
    return args.db or places.default_database()


@contextmanager
def opened(args: argparse.Namespace, *, make: bool = True) -> Iterator[Workspace]:
    """The workspace; raises EnvironmentProblem if the file is missing and `make` is off."""
    path = database_path(args)
    if not make and not path.exists():
        raise EnvironmentProblem("store.missing", path=str(path))
    workspace = Workspace.open(path, Clock(args.today), origin="command")
    try:
        yield workspace
    finally:
        workspace.close()
