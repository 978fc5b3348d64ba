"""`decrypt`: takes the password off the file, its backups and what is kept beside it."""

from __future__ import annotations

import argparse

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import database_path
from fieldsales.cli._password import key_of
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services import passwords

HELP = "cli.decrypt.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None but those of every command."""


def run(args: argparse.Namespace, out: Output) -> int:
    path = database_path(args)
    if not path.is_file():
        raise EnvironmentProblem("store.missing", path=str(path))
    key = key_of(args, path)
    if key is None:
        raise UserError("store.not_sealed", path=str(path))
    done = passwords.unprotect(path, key)
    out.result({"files": [str(path)], "left": [*map(str, done.left)]})
    out.say(out.words("cli.decrypt.done", path=path))
    for left in done.left:
        out.note(out.words("lock.left", n=1, path=left))
    return DONE
