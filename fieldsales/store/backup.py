"""Backups by SQLite's own copying, each opened and checked before it counts; with the kept files.

A folder of backups holds a database per copy, and in `files` what all of them keep by its hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.store._connection import database, told
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.database import APPLICATION_ID, Store
from fieldsales.store.erasure import UNSWEPT
from fieldsales.store.kept import KeptFiles
from fieldsales.store.migrations import Connection, migrations
from fieldsales.store.sealing import fitting, has_other_key
from fieldsales.store.triggers import all_tables

COUNTED = ("customer", "contact", "deal", "visit", "proposal", "receivable")  # told of a copy
KEEP_NEWEST, KEEP_DAILY, KEEP_WEEKLY = 10, 14, 8
NAME = "%Y%m%d-%H%M%S-%f"
_CACHE = -1_000  # KiB: pages on their way out stay in the processor's own memory
_STEP = 2_000  # pages copied between two words to who watches, some milliseconds
_UNFINISHED = timedelta(days=1)  # what is older was left by a crash
_FRESH = timedelta(days=7)  # nobody has looked at the bytes of an older copy for long
_FILES = "files"  # in a folder of backups
ASIDE = ".replaced-"  # in the name of what stood where a copy was restored
NO_ROOM = ("store.disk_full", "store.disk_failed", "store.read_only", "store.cannot_open")


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy; `made_at` is local time, `size` in bytes."""

    path: Path
    made_at: datetime
    size: int


def back_up(store: Store, folder: Path | None = None, watch: Watch = unwatched) -> Backup:
    """Copies the open file, checks the copy, and drops copies that are too many.

    Raises EnvironmentProblem if the copy cannot be written or does not check out; the copies that
    were there stay. `watch` is told pages, then files; what it raises stops the work.
    """
    folder = folder or places.backup_folder(store.path)
    made_at = datetime.now().astimezone()  # not the clock of a sample
    path = folder / f"{made_at.strftime(NAME)}.db"
    unfinished = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy_pages(store.connection, unfinished, store.passphrase, watch)
        with ThreadPoolExecutor(1) as disk:  # writes while we read, out of the system's memory
            written = disk.submit(places.write_out, unfinished)
            verify(unfinished, store.passphrase)
            written.result()
        places.put(unfinished, path)
        made = Backup(path, made_at, path.stat().st_size)
        _keep_files(store, folder, watch)
    except OSError as error:
        raise EnvironmentProblem("backup.cannot_write", path=str(folder)) from error
    except EnvironmentProblem as problem:
        if problem.code in NO_ROOM:
            raise EnvironmentProblem("backup.cannot_write", path=str(folder)) from problem
        raise EnvironmentProblem(problem.code, path=str(store.path)) from problem
    finally:
        drop_quietly(unfinished)
    with suppress(OSError):  # one copy too many does no harm
        _clear(folder, made)
    return made


def back_up_changes(
    store: Store, folder: Path | None = None, watch: Watch = unwatched
) -> Backup | None:
    """As `back_up`, but if the newest copy holds just this and is fresh only files are copied."""
    folder = folder or places.backup_folder(store.path)
    newest = next(iter(backups(folder)), None)
    if newest is None or not _is_current(newest, store):
        return back_up(store, folder, watch)
    try:
        _keep_files(store, folder, watch)
    except OSError as error:
        raise EnvironmentProblem("backup.cannot_write", path=str(folder)) from error
    return None


# a number of the journal may come again, after a copy was restored; an operation's id does not
_STATE = """
SELECT (SELECT id FROM op ORDER BY seq DESC LIMIT 1), (SELECT max(seq) FROM change),
    (SELECT count(*) FROM draft), (SELECT max(at) FROM draft), user_version, page_size * page_count
FROM pragma_user_version, pragma_page_size, pragma_page_count
"""


def _is_current(backup: Backup, store: Store) -> bool:
    """Whether a copy holds what the open file does, by the journal's word for it."""
    if not timedelta() <= datetime.now().astimezone() - backup.made_at < _FRESH:
        return False
    copy = database(backup.path, store.passphrase, read_only=True)
    try:
        with told(backup.path):
            *held, size = copy.connection().execute(_STATE).fetchone()
    except EnvironmentProblem:
        return False
    finally:
        copy.close()
    *wanted, _ = store.rows(_STATE)[0]
    return bool(held == wanted and size == backup.size)


def _keep_files(store: Store, folder: Path, watch: Watch) -> None:
    with told(store.path):
        copy_files(store.connection, store.kept, kept_copies(folder, store.passphrase), watch)


def copy_files(
    connection: Connection, source: KeptFiles, target: KeptFiles, watch: Watch = unwatched
) -> None:
    """Copies what a database keeps, or kept and may again, and `target` lacks."""
    known = _kept_by(connection)
    for done, sha256 in enumerate(known):
        if not target.has(sha256):
            watch(done, len(known))
            target.take_over(sha256, source)


def _kept_by(connection: Connection) -> list[str]:
    """Hashes of what a database keeps, or kept and may again."""
    found = connection.execute(
        "SELECT sha256 FROM attachment UNION SELECT json_extract(after, '$.sha256') FROM change"
        " WHERE tbl = 'attachment' AND json_valid(after)"
    )
    return [sha256 for (sha256,) in found if sha256]


def forget_files(folder: Path, passphrase: str) -> None:
    """Deletes kept files in a folder of backups that none of its copies knows any more; none while
    one of these cannot be read.
    """
    known: set[Path] = set()
    for one in backups(folder):
        under = fitting(one.path, passphrase)
        copy = database(one.path, under, read_only=True)
        try:
            with told(one.path):
                hashes = _kept_by(copy.connection())
        except EnvironmentProblem:
            return
        finally:
            copy.close()
        known |= {kept_copies(folder, under).file(sha256).path for sha256 in hashes}
    for path in (folder / _FILES).glob("??/*"):
        if path not in known and path.suffix != ".part":  # which somebody is just writing
            with suppress(OSError):
                path.unlink()


def copy_pages(source: Connection, target: Path, passphrase: str, watch: Watch = unwatched) -> None:
    """Writes what an open file holds, its log included, into one new file.

    That is on the disk, and outlives a power cut, once `places.put` has given it its name.
    """
    copy = database(target, passphrase)

    def progress(_status: int, remaining: int, total: int) -> None:
        watch(total - remaining, total)

    with told(target):
        try:
            copy.connection().execute("PRAGMA synchronous = off")
            copy.connection().execute(f"PRAGMA cache_size = {_CACHE}")
            # one state of the file: else the copy begins anew with each change made meanwhile
            source.execute("BEGIN")
            try:
                source.execute("SELECT 1 FROM sqlite_schema").fetchone()
                source.backup(copy.connection(), pages=_STEP, progress=progress)
            finally:
                source.execute("COMMIT")
            # one file, without a log beside it
            copy.connection().execute("PRAGMA journal_mode = delete")
        finally:
            copy.close()


def _clear(folder: Path, made: Backup) -> None:
    """Drops copies that are too many, never the one just made, and what a crash left behind."""
    for old in _superfluous(backups(folder)):
        if old.path != made.path:
            old.path.unlink(missing_ok=True)
    for left in folder.glob("*.part"):
        if left.stat().st_mtime < (made.made_at - _UNFINISHED).timestamp():
            drop_quietly(left)


_SOUND = {"PRAGMA quick_check(1)": ("ok",), "PRAGMA foreign_key_check": None}  # first answer


def verify(path: Path, passphrase: str = "") -> None:
    """Raises EnvironmentProblem unless the file is a sound database of ours that we can read: each
    page, each row, each reference and the search.

    Whether other indices agree with their tables it does not ask, which takes as long again: they
    hold nothing of their own, `restore` makes them anew, and `check` tells.
    """
    refuse_other_key(path, passphrase)
    with closing(database(path, passphrase, read_only=True)) as copy, told(path):
        _refuse_foreign(copy.connection(), path)

    def sound(check: str) -> bool:
        with closing(database(path, passphrase, read_only=True)) as copy, told(path):
            return bool(copy.connection().execute(check).fetchone() == _SOUND[check])

    with ThreadPoolExecutor(len(_SOUND)) as side_by_side:
        if not all(side_by_side.map(sound, _SOUND)):
            raise EnvironmentProblem("store.damaged", path=str(path))


def refuse_other_key(path: Path, passphrase: str) -> None:
    """Raises EnvironmentProblem("backup.other_password") if a copy has the password of another
    time: it was out of reach when that was changed.
    """
    if has_other_key(path, passphrase):
        raise EnvironmentProblem("backup.other_password", path=str(path))


def _refuse_foreign(connection: Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise EnvironmentProblem("store.not_ours", path=str(path))
    if connection.execute("PRAGMA user_version").fetchone()[0] > len(migrations()):
        raise EnvironmentProblem("store.newer_schema", path=str(path))


def backups(folder: Path) -> list[Backup]:
    """The copies in a folder, newest first."""
    return _dated(folder.glob("*.db") if folder.is_dir() else ())


def set_aside(database_path: Path) -> list[Backup]:
    """What restoring kept beside a file, newest first; it was not checked."""
    kept = f"{database_path.stem}{ASIDE}*{database_path.suffix}"
    return _dated(database_path.parent.glob(kept))


def _dated(paths: Iterable[Path]) -> list[Backup]:
    """Files by the moment in their names, newest first."""
    found = []
    for path in paths:
        try:
            made_at = datetime.strptime(path.stem.rpartition(ASIDE)[2], NAME).astimezone()
            found.append(Backup(path, made_at, path.stat().st_size))
        except (ValueError, OSError):
            continue  # somebody else's file, or it has just gone
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def counted(path: Path, passphrase: str = "") -> dict[str, int]:
    """Table -> how many live records a copy holds, of those it has; reads no more than that.

    Raises EnvironmentProblem if it cannot be opened here, as a copy of a newer schema.
    """
    refuse_other_key(path, passphrase)
    copy = database(path, passphrase, read_only=True)
    try:
        with told(path):
            connection = copy.connection()
            _refuse_foreign(connection, path)
            tables = all_tables(connection)
            return {
                name: connection.execute(
                    f"SELECT count(*) FROM {name} WHERE trashed_at IS NULL"
                ).fetchone()[0]
                for name in COUNTED
                if name in tables
            }
    finally:
        copy.close()


def is_clean(path: Path, erasure: str, passphrase: str = "") -> bool:
    """Whether a copy was made after an erasure, by the id of its operation, and after the file was
    written anew; not if the copy cannot be read.
    """
    copy = database(path, passphrase, read_only=True)
    try:
        with told(path):
            sql = f"SELECT 1 FROM op WHERE id = ? AND merge_key NOT LIKE '{UNSWEPT}%'"
            found = copy.connection().execute(sql, [erasure]).fetchone()
    except EnvironmentProblem:
        return False
    finally:
        copy.close()
    return found is not None


def kept_copies(folder: Path, passphrase: str = "") -> KeptFiles:
    """The kept files of all backups in a folder."""
    return KeptFiles(folder / _FILES, passphrase)


def drop(path: Path) -> None:
    """Deletes a copy and what SQLite put beside it; raises OSError if it cannot."""
    for part in parts(path):
        part.unlink(missing_ok=True)


def newest_good(folder: Path, passphrase: str = "") -> Backup | None:
    """The newest copy that checks out."""
    for backup in backups(folder):
        try:
            verify(backup.path, passphrase)
        except EnvironmentProblem:
            continue
        return backup
    return None


def forget_unfinished_backups(folder: Path) -> None:
    """Takes away what killed backups left behind; nobody may be making one."""
    for left in folder.glob("*.part"):
        drop_quietly(left)


def drop_quietly(path: Path) -> None:
    """As `drop`; what cannot be deleted stays."""
    for part in parts(path):
        with suppress(OSError):
            part.unlink()


def parts(path: Path) -> list[Path]:
    """A database and what SQLite may have put beside it."""
    return [path.with_name(path.name + ending) for ending in ("", "-journal", "-wal", "-shm")]


def _superfluous(found: Sequence[Backup]) -> Iterable[Backup]:
    """Copies beyond the newest ten, one a day for 14 days and one a week for 8 weeks."""
    keep = set(found[:KEEP_NEWEST])
    for count, period in ((KEEP_DAILY, "%Y-%j"), (KEEP_WEEKLY, "%G-%V")):
        newest: dict[str, Backup] = {}
        for backup in found:
            newest.setdefault(backup.made_at.strftime(period), backup)
        keep.update(list(newest.values())[:count])
    return [backup for backup in found if backup not in keep]
