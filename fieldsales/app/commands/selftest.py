"""`selftest`: opens each tab and makes each PDF in each language; says how many passed."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldsales.cli import DONE, REFUSED, Output
from fieldsales.words import LANGUAGES, Words

if TYPE_CHECKING:
    from fieldsales.app.window import Window
    from fieldsales.reports.make import Made

HELP = "cli.selftest.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Takes none of its own."""


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.app.commands._offscreen import sample_workspace, window
    from fieldsales.reports.documents import kinds
    from fieldsales.reports.make import make
    from fieldsales.services import checkup
    from fieldsales.store.queries.hits import hits

    passed = 0
    failed: list[str] = []

    def attempt(what: str, step: Callable[[], object]) -> None:
        nonlocal passed
        try:
            if not step():
                raise AssertionError("empty")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            failed.append(what)
            out.note(out.words("cli.selftest.failed", what=what, why=repr(error)))
        else:
            passed += 1

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "selftest.db"
        with sample_workspace(path, args.today) as workspace:
            store = workspace.store
            attempt("search", lambda: hits(store, "hr"))
            attempt("check", lambda: not checkup.findings(store))
            attempt("undo", lambda: workspace.undo().rows and workspace.redo().rows)
            for language in LANGUAGES:
                words = Words(language)
                for code, paper_kind in kinds().items():
                    for audience in paper_kind.AUDIENCES:
                        paper = partial(make, store, code, "latest", words, audience)
                        attempt(f"{code} {language} {audience}", partial(_has_pages, paper))
                with window(workspace, words) as shown:
                    for name in shown.names:
                        attempt(f"{name} {language}", partial(_opens, shown, name))
    out.say(f"{passed} passed, {len(failed)} failed")
    out.result({"passed": passed, "failed": failed})
    return REFUSED if failed else DONE


def _has_pages(paper: Callable[[], Made]) -> bool:
    from fieldsales.widgets.preview import page_count

    return page_count(paper().pdf) > 0


def _opens(shown: Window, name: str) -> bool:
    from fieldsales.app.commands._offscreen import settle

    page = shown.show_named(name)
    page.show_example()
    settle()
    return page.isVisible() and not page.grab().isNull()
