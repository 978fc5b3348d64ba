"""`check`: integrity of the file, and agreement of what it says with itself."""

from __future__ import annotations

import argparse

from fieldsales.cli import DAMAGED, DONE, Output
from fieldsales.cli._open import database_path, opened
from fieldsales.errors import EnvironmentProblem
from fieldsales.services import checkup

_DAMAGE = ("store.damaged", "store.not_a_database")  # it cannot even be asked

HELP = "cli.check.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mend", action="store_true", help="cli.check.mend")


def run(args: argparse.Namespace, out: Output) -> int:
    try:
        with opened(args, make=False, reading=True) as workspace:
            if args.mend:
                checkup.mend_caches(workspace.store)
            found = checkup.findings(workspace.store)
    except EnvironmentProblem as problem:
        if problem.code not in _DAMAGE:
            raise
        out.result(
            {"ok": False, "findings": [{"code": problem.code, "detail": str(database_path(args))}]}
        )
        return out.refuse(problem)
    out.result({"ok": not found, "findings": found})
    for finding in found:
        out.note(out.words(finding["code"], detail=finding["detail"]))
    if not found:
        out.say(out.words("cli.check.ok"))
    return DAMAGED if found else DONE
