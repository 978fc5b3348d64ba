"""What ends the program from below Python, where nothing catches it: noted, and told next time."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from fieldsales import faults, places


@contextmanager
def noted() -> Iterator[str]:
    """While it is open a fault of Qt or of another library leaves a note beside the log.

    Gives the report of what ended the program the last time, '' if nothing did.
    """
    path = places.log_folder() / "sudden-end.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        note = path.open("w", encoding="utf-8")
    except OSError:  # a read-only home must not keep anyone from working
        yield ""
        return
    with note:
        faulthandler.enable(note)
        try:
            yield faults.of_native(before)
        finally:
            faulthandler.disable()
    with suppress(OSError):  # Windows writes there, too, of what it then takes care of
        os.truncate(path, 0)
