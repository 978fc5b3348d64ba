"""Backups by SQLite's own copying, each opened and checked before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.store._connection import database, told
from fieldsales.store.database import APPLICATION_ID, Store

KEEP_NEWEST, KEEP_DAILY, KEEP_WEEKLY = 10, 14, 8
_NAME = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy; `made_at` is local time, `size` in bytes."""

    path: Path
    made_at: datetime
    size: int


def back_up(store: Store, folder: Path | None = None) -> Backup:
    """Copies the open file, checks the copy, and drops copies that are too many.

    Raises EnvironmentProblem if the copy cannot be written or does not check out; the copies that
    were there stay.
    """
    folder = folder or places.backup_folder(store.path)
    made_at = store.clock.now().astimezone()
    path = folder / f"{made_at.strftime(_NAME)}.db"
    unfinished = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(store, unfinished)
        verify(unfinished, store.passphrase)
        unfinished.replace(path)
    except OSError as error:
        raise EnvironmentProblem("backup.cannot_write", path=str(folder)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    for old in _superfluous(backups(folder)):
        old.path.unlink(missing_ok=True)
    return Backup(path, made_at, path.stat().st_size)


def _copy(store: Store, target: Path) -> None:
    copy = database(target, store.passphrase)
    with told(target):
        try:
            store.connection.backup(copy.connection())
            # one file, without a log beside it
            copy.connection().execute("PRAGMA journal_mode = delete")
        finally:
            copy.close()


def verify(path: Path, passphrase: str = "") -> None:
    """Raises EnvironmentProblem unless the file is a sound database of ours."""
    copy = database(path, passphrase, read_only=True)
    with told(path):
        try:
            connection = copy.connection()
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise EnvironmentProblem("store.not_ours", path=str(path))
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise EnvironmentProblem("store.damaged", path=str(path))
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise EnvironmentProblem("store.damaged", path=str(path))
        finally:
            copy.close()


def backups(folder: Path) -> list[Backup]:
    """The copies in a folder, newest first."""
    found = []
    for path in folder.glob("*.db") if folder.is_dir() else ():
        try:
            made_at = datetime.strptime(path.stem, _NAME).astimezone()
        except ValueError:
            continue  # somebody else's file
        found.append(Backup(path, made_at, path.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def newest_good(folder: Path, passphrase: str = "") -> Backup | None:
    """The newest copy that checks out."""
    for backup in backups(folder):
        try:
            verify(backup.path, passphrase)
        except EnvironmentProblem:
            continue
        return backup
    return None


def restore(source: Path, target: Path, passphrase: str = "") -> Path | None:
    """Puts a checked copy in the place of `target`, which must not be open.

    What stood there is kept beside it; its new path is returned, None if there was nothing.
    """
    verify(source, passphrase)
    unfinished = target.with_name(f"{target.name}.restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(source.read_bytes())
        kept = _set_aside(target)
        unfinished.replace(target)
    except OSError as error:
        raise EnvironmentProblem("backup.cannot_write", path=str(target)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return kept


def _set_aside(target: Path) -> Path | None:
    """Moves a database and its log out of the way, together."""
    if not target.exists():
        return None
    stamp = datetime.now().astimezone().strftime(_NAME)
    kept = target.with_name(f"{target.stem}.replaced-{stamp}{target.suffix}")
    for ending in ("", "-wal", "-shm"):
        part = target.with_name(target.name + ending)
        if part.exists():
            part.replace(kept.with_name(kept.name + ending))
    return kept


def _superfluous(found: Sequence[Backup]) -> Iterable[Backup]:
    """Copies beyond the newest ten, one a day for 14 days and one a week for 8 weeks."""
    keep = set(found[:KEEP_NEWEST])
    for count, period in ((KEEP_DAILY, "%Y-%j"), (KEEP_WEEKLY, "%G-%V")):
        newest: dict[str, Backup] = {}
        for backup in found:
            newest.setdefault(backup.made_at.strftime(period), backup)
        keep.update(list(newest.values())[:count])
    return [backup for backup in found if backup not in keep]
