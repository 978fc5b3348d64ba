"""The log file: what goes into it, how it is kept small."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from fieldsales import places
from fieldsales.faults import Discreet


@contextmanager
def log_file() -> Iterator[Path | None]:
    """Writes the log while it is open; gives its path, or None where none can be written."""
    path = places.log_folder() / "fieldsales.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    except OSError:  # a read-only home must not keep anyone from working
        yield None
        return
    handler.setFormatter(Discreet())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield path
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
        handler.close()
