"""A backup takes the place of the file, which is kept beside it."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.store._connection import database, told
from fieldsales.store.backup import (
    ASIDE,
    NAME,
    NO_ROOM,
    copy_files,
    copy_pages,
    drop_quietly,
    kept_copies,
    parts,
    verify,
)
from fieldsales.store.kept import KeptFiles
from fieldsales.store.sealing import copy_as


def restore(
    source: Path, target: Path, passphrase: str = "", *, under: str | None = None
) -> Path | None:
    """Puts a checked copy in the place of `target`, which must not be open in this program.

    `passphrase` is that of the copy; what takes the place of `target` has it, too, or that `under`.

    What stood there is kept beside it; its new path is returned, None if there was nothing. Files
    that lie with the copy and are missing now are put back.
    Raises EnvironmentProblem, and nothing has changed, if the copy is no good, `target` is open in
    another program or cannot be written.
    """
    verify(source, passphrase)
    unfinished = _unfinished(target)
    forget_unfinished(target)
    copy = database(source, passphrase, read_only=True)
    under = passphrase if under is None else under
    kept = _aside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if kept:
            _keep_log(target, kept)
        try:
            _refuse_open(target, under)
            with told(source):
                write = copy_pages if under == passphrase else copy_as
                write(copy.connection(), unfinished, under)
                _renew_indices(unfinished, under)
                files = KeptFiles(places.files_folder(target), under)
                copy_files(copy.connection(), kept_copies(source.parent, passphrase), files)
        except BaseException:
            if kept:
                drop_quietly(kept)  # no more than a copy until now
            raise
        if kept:
            _set_aside(target, kept)
        try:
            places.put(unfinished, target)
        except OSError:
            if kept:
                _move(kept, target)
                drop_quietly(kept)
            raise
    except OSError as error:
        raise EnvironmentProblem("backup.cannot_write", path=str(target)) from error
    except EnvironmentProblem as problem:
        if problem.code in NO_ROOM:
            raise EnvironmentProblem("backup.cannot_write", path=str(target)) from problem
        raise
    finally:
        copy.close()
        drop_quietly(unfinished)
    return kept


def _renew_indices(path: Path, passphrase: str) -> None:
    """Whether they agree with their tables `verify` does not ask."""
    with closing(database(path, passphrase)) as file, suppress(sqlite.IntegrityError):
        connection = file.connection()
        connection.execute("PRAGMA synchronous = off")  # as while it was copied
        connection.execute("REINDEX")


def forget_unfinished(target: Path) -> None:
    """Takes away what a restore left behind that was killed: it holds what the copy does."""
    drop_quietly(_unfinished(target))


def _unfinished(target: Path) -> Path:
    return target.with_name(f"{target.name}.restoring")


def _refuse_open(target: Path, passphrase: str) -> None:
    """Another program would go on writing to the file that was set aside."""
    if not target.exists():
        return
    file = database(target, passphrase)
    try:
        with told(target):
            connection = file.connection()
            connection.execute("PRAGMA busy_timeout = 500")
            connection.execute("PRAGMA locking_mode = exclusive")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except EnvironmentProblem as problem:
        if problem.code == "store.locked":
            raise
        # whatever else is wrong with it is why somebody restores
    finally:
        file.close()


def _aside(target: Path) -> Path | None:
    """Where what stands in the place of `target` is kept; None if nothing does."""
    # a log without its file counts, too: SQLite would read it into the one that comes
    if not any(part.exists() for part in parts(target)):
        return None
    stamp = datetime.now().astimezone().strftime(NAME)
    return target.with_name(f"{target.stem}{ASIDE}{stamp}{target.suffix}")


def _keep_log(target: Path, kept: Path) -> None:
    """Copies a file that has a log: whoever opens it, as we must, works the log into it."""
    log = target.with_name(f"{target.name}-wal")
    if not (target.is_file() and log.is_file() and log.stat().st_size):
        return
    try:
        shutil.copyfile(target, kept)
        shutil.copyfile(log, kept.with_name(f"{kept.name}-wal"))
    except OSError:  # no room, or a disk that fails: then it is moved as it will be
        drop_quietly(kept)


def _set_aside(target: Path, kept: Path) -> None:
    """Keeps a file under another name, what was not copied before. Its own it has until another
    takes that in one step: at no moment is there none.
    """
    if kept.exists():
        for log in parts(target)[1:]:
            log.unlink(missing_ok=True)
        return
    if target.is_file():
        try:
            os.link(target, kept)
        except OSError:  # a drive that knows one name a file
            shutil.copyfile(target, kept)
    elif target.exists():
        target.replace(kept)
    for old, new in zip(parts(target)[1:], parts(kept)[1:], strict=True):
        if old.exists():
            old.replace(new)


def _move(source: Path, target: Path) -> None:
    """Moves a database and its log, together."""
    for old, new in zip(parts(source), parts(target), strict=True):
        if old.exists():
            old.replace(new)
