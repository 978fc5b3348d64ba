"""Copies of kept files outside the window: to be opened there, or carried out."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from fieldsales import places
from fieldsales.domain.file_name import fitting
from fieldsales.errors import EnvironmentProblem, UserError

# what a double click would carry out
_RISKY = {
    *(".exe", ".bat", ".cmd", ".com", ".msi", ".scr", ".pif", ".cpl", ".lnk", ".reg", ".hta"),
    *(".js", ".jse", ".vbs", ".vbe", ".wsf", ".ps1", ".jar", ".sh", ".desktop", ".command"),
}


def copied(name: str, data: bytes) -> Path:
    """A copy of a file in a folder of its own: what is kept has no name, and must not be changed.

    Raises EnvironmentProblem if it cannot be written.
    """
    folder = places.copies_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy = Path(mkdtemp(dir=folder)) / (fitting(name) or "file")
        copy.write_bytes(data)
    except OSError as error:
        raise EnvironmentProblem("files.cannot_write", path=str(error.filename)) from error
    return copy


def forget_copies() -> None:
    """Takes all copies away; what another program holds open stays until the next time."""
    shutil.rmtree(places.copies_folder(), ignore_errors=True)


def open_copy(name: str, data: bytes) -> Path | None:
    """Opens a copy of a file; gives its path if no program opens it.

    Raises UserError("card.file_risky") for a program, and as `copied` does.
    """
    if Path(fitting(name)).suffix.lower() in _RISKY:
        raise UserError("card.file_risky", name=name)
    copy = copied(name, data)
    return None if QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))) else copy
