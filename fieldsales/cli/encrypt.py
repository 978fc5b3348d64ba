"""`encrypt`: gives the file a password, or another; tells the recovery code, this once."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import database_path
from fieldsales.cli._password import key_of, new
from fieldsales.errors import EnvironmentProblem
from fieldsales.services import passwords

HELP = "cli.encrypt.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-password-file", type=Path, metavar="FILE", help="cli.encrypt.new_password_file"
    )


def run(args: argparse.Namespace, out: Output) -> int:
    path = database_path(args)
    if not path.is_file():
        raise EnvironmentProblem("store.missing", path=str(path))
    done = passwords.protect(path, key_of(args, path), new(args))
    assert done.key is not None
    out.result({"files": [str(path)], "recovery": done.key.code, "left": [*map(str, done.left)]})
    out.say(out.words("cli.encrypt.done", path=path))
    out.say(out.words("cli.encrypt.code", code=done.key.code))
    for left in done.left:
        out.note(out.words("lock.left", n=1, path=left))
    return DONE
