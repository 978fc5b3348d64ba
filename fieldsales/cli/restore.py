"""`restore FILE`: a backup in the place of the file, which is kept beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import database_path
from fieldsales.cli._password import key_of
from fieldsales.cli._writing import written
from fieldsales.errors import UserError
from fieldsales.store.restoring import restore
from fieldsales.store.sealing import salt_of

HELP = "cli.restore.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, metavar="FILE", help="cli.restore.backup")


def run(args: argparse.Namespace, out: Output) -> int:
    if not args.backup.is_file():
        raise UserError("store.missing", path=str(args.backup))
    target = database_path(args)
    if target.exists() and target.samefile(args.backup):
        raise UserError("cli.restore.itself", path=str(target))
    key, wanted = key_of(args, args.backup), None
    if key is None:  # a copy keeps its password; one without gets that of the file it replaces
        wanted = key_of(args, target)
    other = key is not None and target.exists() and salt_of(target) != key.salt
    with written(target):
        kept = restore(
            args.backup,
            target,
            key.passphrase if key else "",
            under=wanted.passphrase if wanted else None,
        )
    out.result({"files": [str(target)], "kept": str(kept) if kept else None})
    out.say(out.words("cli.restore.done", path=target))
    if kept:
        out.say(out.words("cli.restore.kept", path=kept))
    if other:
        out.note(out.words("cli.restore.password"))
    return DONE
