"""Opening a kept file in the program that is made for such files."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from fieldsales.errors import EnvironmentProblem, UserError

_RISKY = {".exe", ".bat", ".cmd", ".com", ".msi", ".scr", ".js", ".vbs", ".ps1", ".sh", ".desktop"}


def open_copy(name: str, data: bytes) -> Path | None:
    """Opens a copy of a file; gives its path if no program opens it.

    What is kept has no name, and must not be changed by who opens it. Raises
    UserError("card.file_risky") for a program, EnvironmentProblem if the copy cannot be written.
    """
    if Path(name).suffix.lower() in _RISKY:
        raise UserError("card.file_risky", name=name)
    try:
        copy = Path(mkdtemp(prefix="fieldsales-")) / (Path(name).name or "file")
        copy.write_bytes(data)
    except OSError as error:
        raise EnvironmentProblem("files.cannot_write", path=str(error.filename)) from error
    return None if QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))) else copy
