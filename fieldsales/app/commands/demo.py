"""`demo DIR`: the sample territory as a database, one PDF of each kind, a PNG of each tab."""

from __future__ import annotations

import argparse
from pathlib import Path

from fieldsales import places
from fieldsales.cli import DONE, Output
from fieldsales.errors import EnvironmentProblem

HELP = "cli.demo.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="cli.demo.folder")


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.app.commands._offscreen import pictures, sample_workspace, window
    from fieldsales.reports.documents import kinds
    from fieldsales.reports.make import make

    folder: Path = args.folder
    written: list[Path] = [folder / "fieldsales.db"]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with sample_workspace(written[0], args.today) as workspace:
            for code, kind in kinds().items():
                about = getattr(kind, "example", kind.latest)(workspace.store)
                made = make(workspace.store, code, about, out.words, "internal")
                written.append(folder / made.file_name)
                places.write_whole(written[-1], made.pdf)
            with window(workspace, out.words) as shown:
                for name, picture in pictures(shown):
                    written.append(folder / f"{name}.png")
                    if not picture.save(str(written[-1])):
                        raise EnvironmentProblem("files.cannot_write", path=str(written[-1]))
    except OSError as error:
        raise EnvironmentProblem("files.cannot_write", path=str(folder)) from error
    for path in written:
        out.say(str(path))
    out.say(out.words("cli.demo.done", path=folder))
    out.result({"files": [str(path) for path in written]})
    return DONE
