"""Opening the data file for a command."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldsales import places
from fieldsales.cli._output import Output
from fieldsales.cli._password import key_of
from fieldsales.domain.clock import Clock
from fieldsales.errors import EnvironmentProblem
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up

_PATIENCE = 3.0  # seconds a command waits while the window writes


def database_path(args: argparse.Namespace) -> Path:
    """The file named by `--db`, or the user's own."""
    return args.db or places.default_database()


@contextmanager
def opened(
    args: argparse.Namespace, *, make: bool = True, reading: bool = False
) -> Iterator[Workspace]:
    """The workspace; raises EnvironmentProblem if the file is missing and `make` is off.

    What is only `reading` also gets a file in a place that takes no writing.
    """
    path = database_path(args)
    if not make and not path.exists():
        raise EnvironmentProblem("store.missing", path=str(path))
    clock, key = Clock(args.today), key_of(args, path)
    passphrase = key.passphrase if key else ""
    try:
        workspace = Workspace.open(path, clock, passphrase, origin="command", patience=_PATIENCE)
    except EnvironmentProblem as problem:
        if not reading or problem.code != "store.read_only":
            raise
        workspace = Workspace.open(path, clock, passphrase, origin="command", read_only=True)
    try:
        yield workspace
    finally:
        workspace.close()


def tell_of_copy(workspace: Workspace, out: Output) -> None:
    """Says so where no copy can be made after a large change, which is in all the same."""

    def keep_copy() -> None:
        try:
            back_up(workspace.store)
        except EnvironmentProblem as trouble:
            reason = out.words(trouble.code, **trouble.params)
            out.note(out.words("window.backup_failed", reason=reason))

    workspace.keep_copy = keep_copy
