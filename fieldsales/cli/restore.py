"""`restore FILE`: a backup in the place of the file, which is kept beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import database_path
from fieldsales.cli._writing import written
from fieldsales.errors import UserError
from fieldsales.store.backup import restore

HELP = "cli.restore.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, metavar="FILE", help="cli.restore.backup")


def run(args: argparse.Namespace, out: Output) -> int:
    if not args.backup.is_file():
        raise UserError("store.missing", path=str(args.backup))
    target = database_path(args)
    if target.exists() and target.samefile(args.backup):
        raise UserError("cli.restore.itself", path=str(target))
    with written(target):
        kept = restore(args.backup, target)
    out.result({"files": [str(target)], "kept": str(kept) if kept else None})
    out.say(out.words("cli.restore.done", path=target))
    if kept:
        out.say(out.words("cli.restore.kept", path=kept))
    return DONE
