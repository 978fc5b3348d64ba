"""`report KIND ID`: one PDF."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from fieldsales import places
from fieldsales.cli import DONE, Output
from fieldsales.cli._open import opened
from fieldsales.cli._parser import Parser
from fieldsales.cli._writing import refuse_place, written
from fieldsales.errors import UserError
from fieldsales.words import Words

HELP = "cli.report.help"


def arguments(parser: Parser) -> None:
    parser.add_list("cli.report.kinds", partial(_kinds, parser.words))
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


def _kinds(words: Words) -> Iterator[tuple[str, str]]:
    """What a document is asked for by, and its name."""
    from fieldsales.reports.documents import kinds

    for kind in sorted(kinds()):
        yield kind.replace("_", "-"), words(f"report.{kind}.name")


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.reports.make import make  # fonts and reportlab only when they are needed

    kind = args.kind.replace("-", "_")  # either is understood
    if args.output is not None:
        refuse_place(args.output)
    with opened(args, make=False, reading=True) as workspace:
        try:
            made = make(workspace.store, kind, args.id, out.words, args.audience)
        except UserError as trouble:
            if trouble.code != "record.gone":
                raise
            raise UserError("cli.report.unknown_id", id=args.id) from trouble
    path = args.output or Path(made.file_name)
    with written(path):
        places.write_whole(path, made.pdf)
    out.result({"files": [str(path)]})
    out.say(out.words("cli.report.done", path=path))
    return DONE
