"""The password of a file: set, changed, removed, and what is typed to open it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services.copies import forget_looked
from fieldsales.store import backup
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.conversion import bring_along, convert
from fieldsales.store.sealing import Key, is_plain, keys, opens, salt_of

LEAST = 8  # characters; a thief has years to guess
_FREE = 3  # tries before one has to wait
_LONGEST = 60  # seconds


@dataclass(frozen=True, slots=True)
class Wish:
    """A password the file is to have, '' for none, and the key it has until then."""

    key: Key | None
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Converted:
    """The key the file has now, None if it has none, and the copies that could not be read."""

    key: Key | None
    left: tuple[Path, ...]


def is_locked(path: Path) -> bool:
    """Whether the file asks for a password."""
    return _salt(path) is not None


def unlock(path: Path, typed: str) -> Key:
    """The key that a password, or a recovery code, makes.

    Raises EnvironmentProblem("store.wrong_password"). Of a damaged file it is right if it opens one
    of its backups.
    """
    salt = _salt(path)
    if salt is None:
        raise EnvironmentProblem("store.not_sealed", path=str(path))
    copies = [one.path for one in backup.backups(places.backup_folder(path))]
    for key in keys(typed, salt):
        for one in (path, *copies):
            if salt_of(one) == salt and opens(one, key.passphrase):
                return key
    raise EnvironmentProblem("store.wrong_password", path=str(path))


def protect(
    path: Path,
    key: Key | None,
    password: str,
    watch: Watch = unwatched,
    *,
    folders: Sequence[Path] = (),
) -> Converted:
    """Gives the file a password, or another; it must not be open.

    `folders` hold backups besides the usual one. Raises UserError("lock.too_short"), and
    EnvironmentProblem as `convert` does: all is then as it was.
    """
    refuse_weak(password)
    made = Key.made(password)
    former = key.passphrase if key else ""
    left = convert(path, former, made.passphrase, watch, folders=folders)
    forget_looked()
    shutil.rmtree(places.cache_folder(), ignore_errors=True)  # pictures and copies of what was open
    return Converted(made, tuple(left))


def unprotect(
    path: Path, key: Key, watch: Watch = unwatched, *, folders: Sequence[Path] = ()
) -> Converted:
    """Takes the password off the file, which must not be open; raises as `convert` does."""
    return Converted(None, tuple(convert(path, key.passphrase, "", watch, folders=folders)))


def catch_up(
    path: Path,
    passphrase: str,
    left: Sequence[Path],
    typed: str,
    watch: Watch = unwatched,
    *,
    folders: Sequence[Path] = (),
) -> None:
    """Gives backups that were `left` under an earlier password, typed once more, that of their
    file; `folders` hold backups besides the usual one.

    Raises EnvironmentProblem("store.wrong_password") if it opens none of them.
    """
    former = []
    for one in {salt_of(one): one for one in left}.values():
        with suppress(EnvironmentProblem):
            former.append(unlock(one, typed).passphrase)
    if not former:
        raise EnvironmentProblem("store.wrong_password", path=str(path))
    for one_of_them in former:
        bring_along(path, one_of_them, passphrase, watch, folders=folders)


def refuse_weak(password: str) -> None:
    """Raises UserError("lock.too_short")."""
    if len(password) < LEAST:
        raise UserError("lock.too_short", n=LEAST)


def patience(wrong: int) -> int:
    """Seconds until another try, after so many that were wrong."""
    return 0 if wrong < _FREE else min(2 ** (wrong - _FREE + 1), _LONGEST)


def _salt(path: Path) -> bytes | None:
    """The file's salt; where its head is spoilt, that of its newest backup."""
    salt = salt_of(path)
    if salt is None and path.is_file() and not is_plain(path):
        newest = next(iter(backup.backups(places.backup_folder(path))), None)
        salt = salt_of(newest.path) if newest else None
    return salt
