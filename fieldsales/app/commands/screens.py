"""`screens DIR`: a PNG of each tab, for people to look at."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from fieldsales.cli import DONE, Output
from fieldsales.errors import EnvironmentProblem, UserError

HELP = "cli.screens.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="cli.screens.folder")
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help="cli.screens.theme"
    )
    parser.add_argument("--size", metavar="WxH", default="1366x768", help="cli.screens.size")


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.app.commands._offscreen import chosen_workspace, pictures, window

    size = parse_size(args.size)
    written = []
    try:
        args.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("files.cannot_write", path=str(args.folder)) from error
    with (
        chosen_workspace(args) as workspace,
        window(workspace, out.words, args.theme, size) as shown,
    ):
        for name, picture in pictures(shown):
            path = args.folder / f"{name}-{out.words.language}-{args.theme}.png"
            if not picture.save(str(path)):
                raise EnvironmentProblem("files.cannot_write", path=str(path))
            written.append(str(path))
            out.say(str(path))
    out.result({"files": written})
    return DONE


def parse_size(given: str) -> tuple[int, int]:
    """`1440x900` as width and height; raises UserError on anything else."""
    found = re.fullmatch(r"(\d{3,4})[x×](\d{3,4})", given)
    if found is None:
        raise UserError("cli.screens.bad_size", given=given)
    return int(found[1]), int(found[2])
