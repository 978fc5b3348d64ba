"""`share ID FILE`: a customer with what belongs to it, as one file for a colleague."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales.cli import Output
from fieldsales.cli import _password as passwords
from fieldsales.cli._open import opened
from fieldsales.cli._writing import refuse_place, told, written
from fieldsales.errors import UserError
from fieldsales.services.exchange import customer_file
from fieldsales.services.exchange.customer import PARTS, chosen

HELP = "cli.share.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("customer", metavar="ID", help="cli.share.customer")
    parser.add_argument("file", type=Path, metavar="FILE", help="cli.share.file")
    parser.add_argument(
        "--without", action="append", choices=tuple(PARTS), metavar="PART", help="cli.share.without"
    )
    parser.add_argument("--private", action="store_true", help="cli.share.private")
    parser.add_argument("--seal-with", type=Path, metavar="FILE", help="cli.share.seal_with")


def run(args: argparse.Namespace, out: Output) -> int:
    if args.file.suffix.lower() != customer_file.SUFFIX:
        raise UserError("export.unknown_format", name=args.file.name, suffixes=customer_file.SUFFIX)
    refuse_place(args.file)
    password = passwords.read(args.seal_with) if args.seal_with else ""
    parts = PARTS.keys() - set(args.without or ())
    with opened(args, make=False, reading=True) as workspace, written(args.file):
        source = chosen(workspace.store, args.customer, parts, private=args.private)
        number = customer_file.write(args.file, source, password)
    return told(out, args.file, number, workspace.store, sealed=bool(password))
