"""How a connection to the file is made, and what its errors mean to a user."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlite

from fieldsales.errors import EnvironmentProblem, UserError

# `journal_mode` is not among them: it writes to the file, and that waits until it is known as ours
PRAGMAS = {
    "cipher_log_level": "none",  # a wrong password is no news for a terminal
    "busy_timeout": 3_000,
    "synchronous": "full",
    "foreign_keys": 1,
    "recursive_triggers": 1,  # so that nothing replaces a row behind the journal's back
    "temp_store": "memory",
    "cache_size": -16_000,
}

# The driver keeps the statements used most. Once it holds as many as it may, a new one drives out
# the newest, so that two in turn are compiled again each time: ten times as slow.
_STATEMENTS = 512

_MEANINGS = (
    ("locked", "store.locked"),
    ("locking protocol", "store.locked"),
    ("database or disk is full", "store.disk_full"),
    ("readonly", "store.read_only"),
    ("read-only", "store.read_only"),
    ("malformed", "store.damaged"),
    ("could not decode", "store.damaged"),
    ("too big", "store.damaged"),  # a length that was spoilt; fields have limits far below
    ("not a database", "store.not_a_database"),
    ("unable to open", "store.cannot_open"),
    ("disk i/o error", "store.disk_failed"),
)


# What can be read of a schema counts, whatever comes after it; first, as the others read it.
_DAMAGED = {"writable_schema": 1, **PRAGMAS, "foreign_keys": 0}


def database(
    path: Path, passphrase: str = "", *, read_only: bool = False, damaged: bool = False
) -> SqlCipherDatabase:
    """The file behind `path`; plain without a passphrase. Nothing is opened yet.

    One that is `damaged` is read as far as it goes. After a crash in the middle of a change that is
    taken back before anything is read, also by who does not write.
    """
    path = path.absolute()  # SQLite takes `:memory:` and `file:…` for something else
    read_only = read_only and not path.with_name(f"{path.name}-journal").exists()
    target = f"{path.as_uri()}?mode=ro{_frozen(path)}" if read_only else str(path)
    return SqlCipherDatabase(
        target,
        pragmas=_DAMAGED if damaged else PRAGMAS,
        passphrase=passphrase,
        uri=read_only,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
    )


def _frozen(path: Path) -> str:
    """Where nothing can be written beside the file, it must be read as one that never changes."""
    log = path.with_name(f"{path.name}-wal")
    effective = os.access in os.supports_effective_ids
    writable = os.access(path.parent, os.W_OK, effective_ids=effective)
    return "" if writable or log.exists() else "&immutable=1"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns the driver's errors about `path` into an EnvironmentProblem that can be told."""
    try:
        yield
    except (sqlite.IntegrityError, peewee.IntegrityError) as error:
        if "outside an operation" in str(error):
            raise
        if "FOREIGN KEY" in str(error):
            raise UserError("store.still_needed") from error
        raise
    except UnicodeEncodeError as error:
        raise UserError("record.gone") from error  # half a character is in no id
    except UnicodeDecodeError as error:
        raise EnvironmentProblem("store.damaged", path=str(path)) from error
    except (sqlite.DatabaseError, peewee.DatabaseError) as error:
        message = "unable to open" if path.is_dir() else str(error).lower()
        for part, code in _MEANINGS:
            if part in message:
                raise EnvironmentProblem(code, path=str(path)) from error
        if type(error) is sqlite.DatabaseError:  # none of its kinds: SQLite calls the file corrupt
            raise EnvironmentProblem("store.damaged", path=str(path)) from error
        raise
