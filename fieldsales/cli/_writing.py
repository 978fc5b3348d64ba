"""Where a command writes: a place that cannot be written is refused with its reason."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fieldsales.cli._output import DONE, Output
from fieldsales.errors import EnvironmentProblem, UserError, unwritten

if TYPE_CHECKING:
    from fieldsales.store.database import Store


def refuse_place(path: Path) -> None:
    """Raises UserError if a file cannot be written there; no folder is made for it."""
    if not path.parent.is_dir():
        raise _refused(path, OSError(errno.ENOENT, ""))
    if path.is_dir():
        raise _refused(path, OSError(errno.EISDIR, ""))
    if not os.access(path.parent, os.W_OK):
        raise _refused(path, OSError(errno.EACCES, ""))


def told(out: Output, path: Path, rows: int, store: Store, *, sealed: bool = False) -> int:
    """Says how much stands in a file that was made, and that it lies open although the data it came
    from does not; the exit code.
    """
    out.result({"files": [str(path)], "rows": rows})
    out.say(out.words("cli.export.done", n=rows, path=path))
    if store.passphrase and not sealed:
        out.note(out.words("export.in_the_open"))
    return DONE


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Trouble with the place of what a command makes is the user's to mend: a UserError."""
    try:
        yield
    except OSError as error:
        raise _refused(path, error) from error
    except EnvironmentProblem as problem:
        if problem.code != "backup.cannot_write":
            raise
        if isinstance(problem.__cause__, OSError):
            place = Path(str(problem.params["path"]))
            raise _refused(place, problem.__cause__) from problem
        raise UserError(problem.code, **problem.params) from problem


def _refused(path: Path, error: OSError) -> UserError:
    told = unwritten(path, error)
    return UserError(told.code, **told.params)
