"""`import FILE`: records of one kind from a spreadsheet, a text table or address cards, and all
that `export` wrote.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import chain
from pathlib import Path

from fieldsales.cli import DONE, Output
from fieldsales.cli import _calendar_file as calendar_file
from fieldsales.cli import _exchange as exchange
from fieldsales.cli import _password as passwords
from fieldsales.cli._open import opened, tell_of_copy
from fieldsales.cli._writing import refuse_place
from fieldsales.errors import UserError
from fieldsales.words import Words

HELP = "cli.import.help"
_KINDS = ("customers", "contacts", "deals", "products", "receivables", "payments", "sales")
_NO_MATCH = "none"
_SAID_HERE = {
    "import.error.no_name_column": "cli.import.no_name_column",
    "import.error.no_deal_columns": "cli.import.no_deal_columns",
    "import.error.no_receivables_columns": "cli.import.no_receivables_columns",
    "import.error.no_payments_columns": "cli.import.no_payments_columns",
    "import.error.no_sales_columns": "cli.import.no_sales_columns",
    "import.error.match_not_there": "cli.import.match_not_there",
}
_SHOWN = 20  # reasons printed for a person; all are in `--json` and in the file of `--errors`


def arguments(parser: argparse.ArgumentParser) -> None:
    from fieldsales.services.exchange.taking import PREFERENCES
    from fieldsales.services.importing.plan import MATCHES

    matches = dict.fromkeys((*chain(*MATCHES.values()), _NO_MATCH))
    parser.add_argument("file", type=Path, metavar="FILE", help="cli.import.file")
    parser.add_argument("--kind", choices=_KINDS, metavar="KIND", help="cli.import.kind")
    parser.add_argument("--dry-run", action="store_true", help="cli.import.dry_run")
    parser.add_argument("--match", choices=tuple(matches), metavar="FIELD", help="cli.import.match")
    parser.add_argument("--all-or-nothing", action="store_true", help="cli.import.whole")
    parser.add_argument("--keep-totals", action="store_true", help="cli.import.keep_totals")
    parser.add_argument("--keep-overpaid", action="store_true", help="cli.import.keep_overpaid")
    parser.add_argument("--known-customers", action="store_true", help="cli.import.known_customers")
    parser.add_argument("--errors", type=Path, metavar="XLSX", help="cli.import.errors")
    parser.add_argument("--sealed-with", type=Path, metavar="FILE", help="cli.import.sealed_with")
    parser.add_argument(
        "--prefer", choices=PREFERENCES, metavar="WHICH", default="newer", help="cli.import.prefer"
    )
    parser.add_argument("--encoding", metavar="E", help="cli.import.encoding")
    parser.add_argument("--force", action="store_true", help="cli.import.force")
    parser.add_argument("--separator", metavar="S", help="cli.import.separator")
    parser.add_argument("--sheet", metavar="S", help="cli.import.sheet")
    parser.add_argument("--header-row", type=int, metavar="N", help="cli.import.header_row")


def run(args: argparse.Namespace, out: Output) -> int:
    if args.file.suffix.lower() == calendar_file.SUFFIX:
        return calendar_file.take_over(args, out)
    from fieldsales.services.exchange.files import package

    password = passwords.read(args.sealed_with) if args.sealed_with else ""
    if args.kind is None and (found := package(args.file, password)) is not None:
        return exchange.take_over(args, found, out)
    from fieldsales.services.importing import error_file, importer, naming
    from fieldsales.services.importing.reading import read
    from fieldsales.services.importing.sheet import Options

    words = out.words
    if args.errors is not None:
        refuse_place(args.errors)
    separator = "\t" if args.separator in {"tab", "\\t"} else args.separator
    sheet = read(args.file, Options(args.encoding, separator, args.sheet, args.header_row))
    if not args.force and any(oddity.code == "garbled" for oddity in sheet.warnings):
        raise UserError("cli.import.garbled", name=args.file.name, encoding=sheet.encoding)
    with opened(args) as workspace:
        tell_of_copy(workspace, out)
        request = importer.propose(workspace.store, sheet, args.kind)
        _refuse_match(args.match, request.kind, words)
        match = request.match if args.match is None else args.match
        request = replace(
            request,
            match=None if match == _NO_MATCH else match,
            whole=args.all_or_nothing,
            totals=args.keep_totals,
            keep_rest=args.keep_overpaid,
            newcomers=not args.known_customers,
            because=words("import.because", name=args.file.name),
        )
        try:
            if args.dry_run:
                outcome = importer.rehearse(workspace.store, sheet, request)
            else:
                outcome = importer.run(workspace, sheet, request, wait=workspace.patience)
        except UserError as trouble:  # what one chooses in the window is an option here
            code = _SAID_HERE.get(trouble.code)
            if code is None:
                raise
            raise UserError(code, match=request.match) from trouble
    names = [naming.column_name(sheet, index, words) for index in range(len(sheet.columns))]
    out.result(
        {
            "added": outcome.added,
            "updated": outcome.updated,
            "skipped": outcome.skipped,
            "errors": [
                {
                    "row": problem.row,
                    "column": problem.column,
                    "reason": naming.problem_told(problem, sheet, words),
                }
                for problem in outcome.problems
            ],
            "unchanged": outcome.unchanged,
            "others_added": outcome.others,
            "others_updated": outcome.others_updated,
            "paid": outcome.paid,
            "warnings": [naming.oddity_told(oddity, words) for oddity in sheet.warnings],
            "columns": dict(zip(names, request.columns.targets, strict=True)),
        }
    )
    for name, target in zip(names, request.columns.targets, strict=True):
        filled = naming.target_name(target, request.kind, words) if target else "–"
        out.say(words("cli.import.column", column=name, field=filled))
    for oddity in sheet.warnings:
        out.note(naming.oddity_told(oddity, words))
    for problem in outcome.problems[:_SHOWN]:
        reason = naming.problem_told(problem, sheet, words)
        out.note(words("cli.import.problem", row=problem.row, reason=reason))
    if len(outcome.problems) > _SHOWN:
        out.note(words("cli.import.more", n=len(outcome.problems) - _SHOWN))
    if args.errors is not None and outcome.problems:
        error_file.write_problems(args.errors, sheet, outcome.problems, words)
        out.note(words("cli.import.errors_written", path=args.errors))
    if outcome.repeated:  # or the figures below do not add up to the rows
        out.note(words("importing.repeated", n=outcome.repeated))
    out.say(naming.outcome_told(outcome, request.kind, words, rehearsal=args.dry_run))
    return DONE


def _refuse_match(match: str | None, kind: str, words: Words) -> None:
    """Raises UserError unless rows of the kind can be recognised so."""
    from fieldsales.services.importing import naming
    from fieldsales.services.importing.plan import MATCHES

    choices = (*MATCHES[kind], _NO_MATCH)
    if match is not None and match not in choices:
        named = naming.kind_name(kind, words)
        raise UserError(
            "cli.import.match_not_so", kind=named, match=match, choices=", ".join(choices)
        )
