"""What is told of a fault: kinds of errors and places in the code, never a value.

A value may be what a customer is called. Nothing else writes errors into the log or a report.
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from fieldsales import __version__
from fieldsales.errors import Told

_OURS = "fieldsales"
_NOTED = re.compile(r'^ *File "(?P<file>.*)", line (?P<line>\S+) in (?P<name>.*)$')


def versions() -> dict[str, str]:
    """What runs here."""
    known = {"fieldsales": __version__, "python": platform.python_version()}
    known["system"] = f"{platform.system()} {platform.release()} {platform.machine()}"
    qt = sys.modules.get("PySide6")
    return {**known, "pyside6": qt.__version__} if qt is not None else known


def report(error: BaseException) -> str:
    """Versions, then each error from the first to the one nobody caught: its kind, its way."""
    return "\n".join([_told_versions(), "", *_lines(error)])


def of_native(note: str) -> str:
    """Versions and what Python noted while it was ended from below; '' of an empty note."""
    if not note.strip():
        return ""
    lines = (_NOTED.sub(_noted_place, line) for line in note.splitlines())
    return "\n".join([_told_versions(), "", *lines])


def kind(error: BaseException) -> str:
    """`UserError(import.empty_file)`: an error's class, of our own the code too."""
    name = type(error).__name__
    if isinstance(error, Told):
        return f"{name}({error.code})"
    number = getattr(error, "sqlite_errorname", None) or getattr(error, "errno", None)
    return f"{name}({number})" if number else name


def _told_versions() -> str:
    return " · ".join(f"{name} {version}" for name, version in versions().items())


def _noted_place(found: re.Match[str]) -> str:
    return f"{_place(found['file'])}:{found['line']} {found['name']}"


def _lines(error: BaseException) -> Iterator[str]:
    for one in _chain(error):
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"{_place(frame.filename)}:{frame.lineno} {frame.name}"
        yield kind(one)


def _chain(error: BaseException) -> list[BaseException]:
    """The errors that led to this one, the first of them first."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.insert(0, one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def _place(filename: str) -> str:
    """A file of the program or of a library, without the folders of this laptop."""
    parts = Path(filename).parts
    for root in (_OURS, "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(root) :])
    return Path(filename).name


class Discreet(logging.Formatter):
    """Log lines without values: of errors their kind, of libraries where they spoke."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        shown = logging.makeLogRecord(record.__dict__)
        shown.exc_info = shown.exc_text = shown.stack_info = None
        if not record.name.startswith(_OURS):
            shown.msg, shown.args = f"{record.filename}:{record.lineno}", ()
        elif isinstance(record.args, tuple):
            shown.args = tuple(
                kind(one) if isinstance(one, BaseException) else one for one in record.args
            )
        line = super().format(shown)
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line}\n{report(error)}"
