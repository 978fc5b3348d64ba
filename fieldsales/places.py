"""Where the user's things lie on this laptop, and how a file is written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

_APP = "fieldsales"
_BACKUP = re.compile(r"\d{8}-\d{6}-\d{6}\.db")


def _home() -> Path:
    chosen = os.environ.get("FIELDSALES_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def default_database() -> Path:
    """The file that is opened without `--db`."""
    return _home() / "data" / "fieldsales.db"


def backup_folder(database: Path) -> Path:
    """Where backups of a file go: never the folder it lies in itself."""
    resolved = database.resolve()
    mark = hashlib.sha256(os.fsencode(resolved)).hexdigest()[:8]
    return _home() / "backups" / f"{resolved.stem}-{mark}"


def files_folder(database: Path) -> Path:
    """Where photos and papers of a file are kept, by their content's hash.

    Backups, which are named by their moment, have one folder together.
    """
    resolved = database.resolve()
    if _BACKUP.fullmatch(resolved.name):
        return resolved.with_name("files")
    return resolved.with_suffix(".files")


def log_folder() -> Path:
    chosen = os.environ.get("FIELDSALES_HOME")
    return (
        Path(chosen) / "log" if chosen else Path(platformdirs.user_log_dir(_APP, appauthor=False))
    )


def cache_folder() -> Path:
    """What can be made again at any time."""
    chosen = os.environ.get("FIELDSALES_HOME")
    if chosen:
        return Path(chosen) / "cache"
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def copies_folder() -> Path:
    """Copies of kept files for other programs; none is left of a file that has a password."""
    return cache_folder() / "copies"


def numbers_file() -> Path:
    """Which document numbers this laptop has given."""
    return _home() / "data" / "numbers.json"


def state_file() -> Path:
    """Window state of this laptop: geometry, column widths, language, theme."""
    return _home() / "window.ini"


_SYNC_FOLDERS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "com~apple~clouddocs",
    "nextcloud",
    "坚果云",
    "nutstore",
    "百度网盘",
    "baidunetdisk",
    "baidusyncdisk",
    "wpsdrive",
    "wps云盘",
    "微云同步",
    "阿里云盘",
)


def sync_folder(database: Path) -> str:
    """Name of the cloud-sync folder the file lies in, or '': syncing a live file damages it."""
    for part in database.resolve().parts[:-1]:
        if any(name in part.lower() for name in _SYNC_FOLDERS):
            return part
    return ""


def write_whole(path: Path, content: bytes) -> None:
    """Puts `content` at `path`, whole or not at all; raises OSError, and what stood there stays.

    It is on the disk, not only on its way there, when this returns.
    """
    with whole(path) as unfinished:
        unfinished.write_bytes(content)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write what will stand at `path` once the block ends well; as `write_whole` does."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        unfinished.unlink(missing_ok=True)  # left by a crash of a program with our number
        yield unfinished
        put(unfinished, path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def put(unfinished: Path, path: Path) -> None:
    """Gives a file its name in one step, once it is on the disk; raises OSError."""
    write_out(unfinished)
    unfinished.replace(path)
    _settle(path.parent)


def write_out(path: Path) -> None:
    """Waits until what a file holds is on the disk; raises OSError."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Has the names in a folder written to the disk, where the system lets one ask for that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
