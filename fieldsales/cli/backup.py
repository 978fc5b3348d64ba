"""`backup [DIR]`: a verified copy of the file."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import opened
from fieldsales.cli._writing import written
from fieldsales.store.backup import back_up

HELP = "cli.backup.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="cli.backup.folder")


def run(args: argparse.Namespace, out: Output) -> int:
    with opened(args, make=False) as workspace, written(args.folder or workspace.store.path):
        made = back_up(workspace.store, args.folder)
    out.result({"files": [str(made.path)]})
    out.say(out.words("cli.backup.done", path=made.path))
    return DONE
