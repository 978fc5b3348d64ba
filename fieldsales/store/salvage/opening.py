"""Opens a copy of a damaged file, where need be with another beginning: without one SQLite reads
nothing of what follows.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from fieldsales.store._connection import database
from fieldsales.store.salvage import pages
from fieldsales.store.salvage.reading import TROUBLE, Reader
from fieldsales.store.sealing import has_other_key, is_plain

_HEADER = 100  # bytes
_VERSION = slice(60, 64)  # of the schema, in the header
_SCHEMA = "SELECT name FROM sqlite_schema"
_ENDINGS = ("", "-wal", "-shm", "-journal")


@contextmanager
def opened(
    source: Path, copy: Path, passphrase: str = "", backups: Sequence[Path] = ()
) -> Iterator[Reader]:
    """A reader of a damaged file, whose copy lies in `copy` meanwhile; raises OSError.

    The `backups` of an encrypted one may lend it their beginning.
    """
    log = source.with_name(f"{source.name}-wal")
    none = copy.with_name(f"{copy.name}.none")
    try:
        shutil.copyfile(source, copy)
        if log.is_file():
            shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
        if passphrase:
            _mend_encrypted(copy, passphrase, backups)
        elif not _opens(copy):
            _mend_header(copy)
        # without a schema there is nothing to ask, and the bare pages alone are left
        asked = copy if _opens(copy, passphrase) else none
        with closing(database(asked, passphrase, damaged=True)) as file:
            bare_log = log if log.is_file() else None
            yield Reader(file.connection(), copy, bare_log, plain=not passphrase)
    finally:
        for ending in (*_ENDINGS, ".none"):
            copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _opens(path: Path, passphrase: str = "", asking: str = _SCHEMA) -> bool:
    with closing(database(path, passphrase, damaged=True)) as file:
        try:
            file.connection().execute(asking).fetchone()
        except TROUBLE:
            return False
    return True


def _mend_encrypted(path: Path, passphrase: str, backups: Sequence[Path]) -> None:
    """Has an encrypted file begin with the first page of a backup under the same key, if its own is
    lost: what follows lies where it lies in the file, each page encrypted by itself.
    """
    os.truncate(path, path.stat().st_size // pages.PAGE * pages.PAGE)
    for backup in backups:
        if _opens(path, passphrase, "PRAGMA user_version"):
            break
        if not (is_plain(backup) or has_other_key(backup, passphrase)):
            with suppress(*TROUBLE):
                first = _first_page(backup, path, passphrase)
                with path.open("r+b") as file:
                    file.write(first)
    _empty_spoilt(path, passphrase)


def _empty_spoilt(path: Path, passphrase: str) -> None:
    """Empties the pages that cannot be decrypted: at the first of them SQLCipher gives up all."""
    with closing(database(path, passphrase, damaged=True)) as file, suppress(*TROUBLE):
        said = file.connection().execute("PRAGMA cipher_integrity_check").fetchall()
        with path.open("r+b") as whole:
            for number in re.findall(r"page (\d+)", str(said)):
                whole.seek((int(number) - 1) * pages.PAGE)
                whole.write(bytes(pages.PAGE))


def _first_page(backup: Path, path: Path, passphrase: str) -> bytes:
    """That of a backup which has grown as long as a file: what is behind the end of which its first
    page tells, nobody could read.
    """
    grown = path.with_name(f"{path.name}.grown")
    missing = path.stat().st_size - backup.stat().st_size
    try:
        shutil.copyfile(backup, grown)
        with closing(database(grown, passphrase)) as file:
            file.connection().execute(
                "INSERT INTO draft (tbl, row_id, field, text, at) VALUES ('', '', '', ?, '')",
                ["x" * max(0, missing + pages.PAGE)],
            )
        with grown.open("rb") as file:
            return file.read(pages.PAGE)
    finally:
        for ending in _ENDINGS:
            grown.with_name(grown.name + ending).unlink(missing_ok=True)


def _mend_header(path: Path) -> None:
    """Puts the header of a sound file before a plain one; what is behind it may be whole."""
    sound = path.with_name(f"{path.name}.header")
    file = database(sound)
    try:
        connection = file.connection()
        connection.execute(f"PRAGMA page_size = {pages.PAGE}")
        connection.execute("CREATE TABLE t (x)")
    finally:
        file.close()
    try:
        header = bytearray(sound.read_bytes()[:_HEADER])
    finally:
        sound.unlink()
    with path.open("r+b") as damaged:
        old = damaged.read(_HEADER)
        header[_VERSION] = old[_VERSION]
        header[92:96] = bytes(4)  # so that the number of pages is that of the file's size
        damaged.seek(0)
        damaged.write(header)
