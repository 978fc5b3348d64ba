"""Where a command writes: a place that cannot be written is refused with its reason."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldsales.errors import EnvironmentProblem, UserError

_REASONS = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "is_folder",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EROFS: "not_allowed",
    errno.ENOSPC: "full",
}


def refuse_place(path: Path) -> None:
    """Raises UserError if a file cannot be written there; no folder is made for it."""
    if not path.parent.is_dir():
        raise _told("no_folder", path)
    if path.is_dir():
        raise _told("is_folder", path)
    if not os.access(path.parent, os.W_OK):
        raise _told("not_allowed", path)


@contextmanager
def written(path: Path) -> Iterator[None]:
    """Trouble with the place of what a command makes is the user's to mend: a UserError."""
    try:
        yield
    except OSError as error:
        raise _told(_REASONS.get(error.errno or 0, "other"), path) from error
    except EnvironmentProblem as problem:
        if problem.code != "backup.cannot_write":
            raise
        if isinstance(problem.__cause__, OSError):
            reason = _REASONS.get(problem.__cause__.errno or 0, "other")
            raise _told(reason, Path(str(problem.params["path"]))) from problem
        raise UserError(problem.code, **problem.params) from problem


def _told(reason: str, path: Path) -> UserError:
    folder = path.parent
    return UserError(f"cli.cannot_write.{reason}", path=str(path), folder=str(folder))
