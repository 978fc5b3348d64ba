"""The two kinds of trouble a user can be told about, and a stop asked for; all else is a bug."""

from __future__ import annotations

import errno
from pathlib import Path

IN_USE = ("store.busy", "store.locked")  # codes of what passes by itself: somebody else writes


class Told(Exception):
    """Trouble with a words key (`code`) and the values its sentence needs (`params`)."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({details})"


class UserError(Told):
    """Something the user can mend: wrong input, a rule not met. Nothing was changed."""


class FieldError(UserError):
    """A `UserError` about one field, shown below it; `field` is the column's name."""

    def __init__(self, code: str, field: str, /, **params: object) -> None:
        super().__init__(code, field=field, **params)
        self.field = field


class Cancelled(Exception):
    """The user stopped the work; nothing was changed."""


class EnvironmentProblem(Told):
    """The surroundings fail us: disk full, file locked or damaged, newer schema, wrong password."""


_REASONS = {
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "is_folder",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EROFS: "not_allowed",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}


def unwritten(path: Path, error: OSError) -> EnvironmentProblem:
    """Why a file cannot be written at `path`, in the user's words and not the system's."""
    reason = _REASONS.get(error.errno or 0, "other")
    folder = path.parent
    return EnvironmentProblem(f"cannot_write.{reason}", path=str(path), folder=str(folder))
