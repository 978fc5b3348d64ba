"""The key of a file in the system's own store of secrets, for who does not want to type it.

The store opens with the user's session: whoever is logged in there needs no password at the start.
A computer without one, or a program that was built without the means, simply asks each time.
"""

from __future__ import annotations

import hashlib
import logging
import os
from functools import cache
from pathlib import Path
from typing import Any

from fieldsales.errors import EnvironmentProblem
from fieldsales.services.passwords import unlock
from fieldsales.store.sealing import Key

log = logging.getLogger(__name__)

_SERVICE = "fieldsales"


def available() -> bool:
    """Whether this computer has a store of secrets that we can use."""
    return _store() is not None


def remember(path: Path, key: Key) -> None:
    """Puts the key there; raises EnvironmentProblem("lock.no_keyring")."""
    if not _asked("set_password", path, key.code):
        raise EnvironmentProblem("lock.no_keyring")


def recalled(path: Path) -> Key | None:
    """The key that is there, if it opens the file; None without one."""
    code = _asked("get_password", path)
    if not isinstance(code, str) or not code:
        return None
    try:
        return unlock(path, code)
    except EnvironmentProblem:  # of a password before
        return None


def forget(path: Path) -> None:
    """Takes the key out again, where it is there."""
    if _asked("get_password", path):
        _asked("delete_password", path)


@cache
def _store() -> Any:
    try:
        import keyring  # 100 ms that few starts need

        found = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 - each system has its own ways to have none
        log.info("no store of secrets: %s", type(error).__name__)
        return None
    return found if found.priority >= 1 else None  # below that none is safe, or there is none


def _asked(what: str, path: Path, *given: str) -> Any:
    """What the store says; True where it says nothing, None where it fails."""
    store = _store()
    if store is None:
        return None
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
    try:
        said = getattr(store, what)(_SERVICE, name, *given)
    except Exception as error:  # noqa: BLE001 - as above
        log.info("the store of secrets failed: %s", type(error).__name__)
        return None
    return said if what == "get_password" else True
