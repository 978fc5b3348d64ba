"""`export FILE --kind deals`: records as a table that a spreadsheet opens and `import` reads."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales import places
from fieldsales.cli import DONE, Output
from fieldsales.cli._open import opened
from fieldsales.cli._writing import refuse_place, written

HELP = "cli.export.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="cli.export.file")
    parser.add_argument("--kind", choices=("deals",), required=True, help="cli.export.kind")


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.services.exporting import deals
    from fieldsales.services.exporting.writing import format_of

    asked = format_of(args.file)
    refuse_place(args.file)
    with opened(args, make=False, reading=True) as workspace:
        table = deals.table(workspace.store, out.words)
    content = asked.encoded(table)
    with written(args.file):
        places.write_whole(args.file, content)
    out.result({"files": [str(args.file)], "rows": len(table.rows)})
    out.say(out.words("cli.export.done", n=len(table.rows), path=args.file))
    return DONE
