"""Where the user's things lie on this laptop: data file, backups, kept files, logs."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

_APP = "fieldsales"


def _home() -> Path:
    chosen = os.environ.get("FIELDSALES_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def default_database() -> Path:
    """The file that is opened without `--db`."""
    return _home() / "data" / "fieldsales.db"


def backup_folder(database: Path) -> Path:
    """Where backups of a file go: never the folder it lies in itself."""
    resolved = database.resolve()
    mark = hashlib.sha256(str(resolved).encode()).hexdigest()[:8]
    return _home() / "backups" / f"{resolved.stem}-{mark}"


def files_folder(database: Path) -> Path:
    """Where photos and papers of a file are kept, by their content's hash."""
    return database.resolve().with_suffix(".files")


def kept_file(database: Path, sha256: str) -> Path:
    """Where the content of a kept file lies."""
    return files_folder(database) / sha256[:2] / sha256


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
    "wpsdrive",
)


def sync_folder(database: Path) -> str:
    """Name of the cloud-sync folder the file lies in, or '': syncing a live file damages it."""
    for part in database.resolve().parts[:-1]:
        if any(name in part.lower() for name in _SYNC_FOLDERS):
            return part
    return ""
