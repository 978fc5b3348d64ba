"""`check`: integrity of the file, and agreement of what it says with itself.

With `--json` it is what a user sends to support: figures, but no word that the user wrote.
"""

from __future__ import annotations

import argparse
from functools import partial

from fieldsales import faults
from fieldsales.cli import DAMAGED, DONE, Output
from fieldsales.cli._open import opened
from fieldsales.cli._parser import Parser
from fieldsales.errors import EnvironmentProblem
from fieldsales.services import checkup
from fieldsales.words import Words

_DAMAGE = ("store.damaged", "store.not_a_database")  # it cannot even be asked

HELP = "cli.check.help"
FIELDS = ("ok", "findings", "versions", "schema", "bytes", "counts", "encrypted", "backups")


def arguments(parser: Parser) -> None:
    parser.add_list("cli.check.fields", partial(_fields, parser.words))
    parser.add_argument("--mend", action="store_true", help="cli.check.mend")


def _fields(words: Words) -> list[tuple[str, str]]:
    """What the object of `--json` holds, and what each means."""
    return [(name, words(f"cli.check.field.{name}")) for name in FIELDS]


def run(args: argparse.Namespace, out: Output) -> int:
    try:
        with opened(args, make=False, reading=True) as workspace:
            if args.mend:
                checkup.mend_caches(workspace.store)
            found = checkup.findings(workspace.store)
            known = checkup.support(workspace.store) if out.as_json else {}
    except EnvironmentProblem as problem:
        if problem.code not in _DAMAGE:
            raise
        out.result(
            {
                "ok": False,
                "findings": [{"code": problem.code, "detail": ""}],
                "versions": faults.versions(),
            }
        )
        return out.refuse(problem)
    told = [{"code": one["code"], "detail": one["detail"]} for one in found]
    out.result({"ok": not found, "findings": told, **known})
    for finding in found:
        out.note(out.words(finding["code"], detail=finding.get("name", finding["detail"])))
    if not found:
        out.say(out.words("cli.check.ok"))
    return DAMAGED if found else DONE
