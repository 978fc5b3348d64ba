"""`salvage FILE OUT`: all that can be read of a damaged file, in a new one."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from fieldsales.cli import DONE, Output
from fieldsales.cli._password import given
from fieldsales.cli._writing import refuse_place, written
from fieldsales.errors import UserError

HELP = "cli.salvage.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("damaged", type=Path, metavar="FILE", help="cli.salvage.damaged")
    parser.add_argument("out", type=Path, metavar="OUT", help="cli.salvage.out")


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.services.passwords import is_locked, unlock
    from fieldsales.services.salvaging import lines
    from fieldsales.store.salvage import salvage

    if not args.damaged.is_file():
        raise UserError("store.missing", path=str(args.damaged))
    if args.out.exists():
        raise UserError("cli.salvage.exists", path=str(args.out))
    refuse_place(args.out)
    # nobody is asked: a plain file whose head is spoilt looks as if it had a password
    password = given(args)
    key = unlock(args.damaged, password) if password and is_locked(args.damaged) else None
    with written(args.out):
        saved = salvage(args.damaged, args.out, key.passphrase if key else "")
    out.result({"made": [str(args.out)], **asdict(saved)})
    out.say(out.words("salvage.done", path=args.out))
    for line in lines(saved, out.words):
        out.say(line)
    return DONE
