"""`export FILE`: everything, one kind of record as a table, or what is planned as a calendar."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales import places
from fieldsales.cli import Output
from fieldsales.cli import _calendar_file as calendar_file
from fieldsales.cli import _exchange as exchange
from fieldsales.cli._open import opened
from fieldsales.cli._writing import refuse_place, told, written

HELP = "cli.export.help"
_CARDS = ".vcf"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="cli.export.file")
    parser.add_argument(
        "--kind", choices=("deals", "customers"), metavar="KIND", help="cli.export.kind"
    )
    parser.set_defaults(wrong_usage=parser.error)


def run(args: argparse.Namespace, out: Output) -> int:
    if args.file.suffix.lower() == calendar_file.SUFFIX:
        return calendar_file.export(args, out)
    if args.file.suffix.lower() == _CARDS:
        return _people(args, out)
    if args.kind is None and exchange.knows(args.file):
        return exchange.export(args, out)
    if args.kind is None:
        args.wrong_usage(out.words("cli.export.which_kind", name=args.file.name))
    from fieldsales.services.exporting import customers, deals
    from fieldsales.services.exporting.writing import format_of

    asked = format_of(args.file)
    refuse_place(args.file)
    with opened(args, make=False, reading=True) as workspace:
        make = {"deals": deals.table, "customers": customers.table}[args.kind]
        table = make(workspace.store, out.words)
    content = asked.encoded(table)
    with written(args.file):
        places.write_whole(args.file, content)
    return told(out, args.file, len(table.rows), workspace.store)


def _people(args: argparse.Namespace, out: Output) -> int:
    """Writes people as address cards."""
    from fieldsales.services.exporting.people_cards import cards

    refuse_place(args.file)
    with opened(args, make=False, reading=True) as workspace:
        content, number = cards(workspace.store)
    with written(args.file):
        places.write_whole(args.file, content)
    return told(out, args.file, number, workspace.store)
