"""`pictures DIR`: a PNG of each picture of the portfolio that has something to show."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales.cli import DONE, Output
from fieldsales.errors import EnvironmentProblem

HELP = "cli.pictures.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="cli.pictures.folder")
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help="cli.screens.theme"
    )


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.app.commands._offscreen import application, chosen_workspace
    from fieldsales.reports.portfolio.framed import framed
    from fieldsales.reports.portfolio.pictures import PICTURES
    from fieldsales.widgets.picture_image import image
    from fieldsales.widgets.theme import Theme

    Theme(application(), mode=args.theme, scale=1.0)
    written = []
    try:
        args.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("files.cannot_write", path=str(args.folder)) from error
    with chosen_workspace(args) as workspace:
        for kind in PICTURES:
            portrait = kind(workspace.store, out.words, {})
            if portrait.empty():
                continue
            path = args.folder / f"{kind.KEY}-{out.words.language}-{args.theme}.png"
            if not image(framed(portrait), args.theme).save(str(path)):
                raise EnvironmentProblem("files.cannot_write", path=str(path))
            written.append(str(path))
            out.say(str(path))
    out.result({"files": written})
    return DONE
