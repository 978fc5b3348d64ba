"""`report KIND ID`: one PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales import places
from fieldsales.cli import DONE, Output
from fieldsales.cli._open import opened
from fieldsales.errors import EnvironmentProblem

HELP = "cli.report.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="cli.report.kind")
    parser.add_argument("id", metavar="ID", help="cli.report.id")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="cli.report.output")
    parser.add_argument(
        "--for",
        dest="audience",
        choices=("customer", "internal"),
        default="internal",
        help="cli.report.audience",
    )


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.reports.make import make  # fonts and reportlab only when they are needed

    with opened(args, make=False, reading=True) as workspace:
        made = make(workspace.store, args.kind, args.id, out.words, args.audience)
    path = args.output or Path(made.file_name)
    try:
        places.write_whole(path, made.pdf)
    except OSError as error:
        raise EnvironmentProblem("cli.report.cannot_write", path=str(path)) from error
    out.result({"files": [str(path)]})
    out.say(out.words("cli.report.done", path=path))
    return DONE
