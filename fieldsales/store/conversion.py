"""Encrypting a file, reading it into the open, giving it another key: with all that belongs to it.

The file itself comes first: a verified copy under the new passphrase takes its place in one step.
Beside it lies by then a note, sealed under the new passphrase too, of the one before; backups and
kept files follow one by one, and the note goes last. So after a crash the note says where things
stand: who cannot read it still has the file before, who can goes on where it ended (`finish`).
"""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.store._connection import database, told
from fieldsales.store.backup import (
    NO_ROOM,
    backups,
    drop,
    forget_unfinished_backups,
    kept_copies,
    set_aside,
    verify,
)
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.kept import KeptFile, KeptFiles
from fieldsales.store.migrations import Connection
from fieldsales.store.restoring import forget_unfinished
from fieldsales.store.sealing import converted, copy_as, is_converting, note_of, opens, seal


def convert(
    path: Path,
    former: str,
    passphrase: str,
    watch: Watch = unwatched,
    *,
    folders: Sequence[Path] = (),
) -> list[Path]:
    """Gives a file that nobody has open another passphrase, '' for none; as `finish` then.

    `folders` hold backups, too, besides the usual one. Raises EnvironmentProblem if the file is
    damaged, open in another program, or there is no room: all is then as it was.
    """
    finish(path, former)
    unfinished = converted(path)
    try:
        with closing(database(path, former)) as file, told(path):
            connection = file.connection()
            _hold(connection)
            _forget_unfinished(path, folders)
            copy_as(connection, unfinished, passphrase)
            verify(unfinished, passphrase)
            _note(path, [former, *map(str, folders)], passphrase)
            if os.name == "nt":  # where an open file cannot be replaced
                file.close()
            places.put(unfinished, path)
    except OSError as error:
        _forget(path)
        raise EnvironmentProblem("lock.cannot_write", path=str(path)) from error
    except BaseException as error:
        _forget(path)
        if isinstance(error, EnvironmentProblem) and error.code in NO_ROOM:
            raise EnvironmentProblem("lock.cannot_write", path=str(path)) from error
        raise
    return finish(path, passphrase, watch)


def bring_along(
    path: Path,
    former: str,
    passphrase: str,
    watch: Watch = unwatched,
    *,
    folders: Sequence[Path] = (),
) -> list[Path]:
    """Gives backups that were left under a former passphrase that of their file, which may be open;
    as `finish` then.
    """
    finish(path, passphrase)
    try:
        _note(path, [former, *map(str, folders)], passphrase)
    except OSError as error:
        raise EnvironmentProblem("lock.cannot_write", path=str(path)) from error
    return finish(path, passphrase, watch)


def finish(path: Path, passphrase: str, watch: Watch = unwatched) -> list[Path]:
    """Goes on with a conversion that has begun; gives what could not be converted.

    What could not be written is tried again the next time; what could not be read stays as it is.
    """
    if not is_converting(path):
        return []
    try:
        noted = KeptFile(note_of(path), passphrase).read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        _forget(path)
        return []
    former, *more = noted.split("\n")
    folders = [places.backup_folder(path), *map(Path, more)]
    keeping = [KeptFiles(places.files_folder(path), passphrase)]
    keeping += [kept_copies(folder, passphrase) for folder in folders]
    unread: list[Path] = []
    again: list[Path] = []
    for kept in keeping:
        try:
            for one, done in kept.convert(former):
                watch(0, 0)
                if not done:
                    unread.append(one)
        except OSError:
            again.append(kept.folder)
    copies = [one.path for folder in folders for one in backups(folder)]
    copies += [one.path for one in set_aside(path)]
    for number, copy in enumerate(copies):
        watch(number, len(copies))
        if opens(copy, passphrase):
            continue
        try:
            _convert_copy(copy, former, passphrase)
        except OSError:
            again.append(copy)
        except EnvironmentProblem as problem:
            (again if problem.code in NO_ROOM else unread).append(copy)
    if not again:
        _forget(path)
    return again + unread


def _forget_unfinished(path: Path, folders: Sequence[Path]) -> None:
    """Takes away what a crash left of the file, under whatever passphrase it had then."""
    forget_unfinished(path)
    for folder in (places.backup_folder(path), *folders):
        forget_unfinished_backups(folder)


def _convert_copy(copy: Path, former: str, passphrase: str) -> None:
    unfinished = converted(copy)
    try:
        with closing(database(copy, former)) as file, told(copy):
            copy_as(file.connection(), unfinished, passphrase)
            verify(unfinished, passphrase)
        places.put(unfinished, copy)
    finally:
        with suppress(OSError):
            drop(unfinished)


def _hold(connection: Connection) -> None:
    """Keeps everybody else out until the connection is closed, the log folded in."""
    connection.execute("PRAGMA busy_timeout = 500")
    connection.execute("PRAGMA journal_mode = delete")
    connection.execute("PRAGMA locking_mode = exclusive")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _note(path: Path, lines: Sequence[str], passphrase: str) -> None:
    noted = "\n".join(lines).encode()
    if passphrase:
        seal(note_of(path), noted, passphrase)
    else:
        places.write_whole(note_of(path), noted)


def _forget(path: Path) -> None:
    with suppress(OSError):
        drop(converted(path))
    note = note_of(path)
    for part in path.parent.glob(f"{glob.escape(note.name)}*"):  # also what a crash left of one
        with suppress(OSError):
            part.unlink()
