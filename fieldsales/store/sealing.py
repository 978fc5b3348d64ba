"""Keys of encrypted files, and single contents sealed under them: all by the one driver.

A file is encrypted under a key made of a *secret* of 16 bytes and a *salt*. The secret is argon2id
of the password and the salt; spelt out it is the recovery code, which opens the file as well. The
salt is SQLCipher's own, the first 16 bytes of each file: so a backup, a copy on a stick or a sealed
photo opens by itself, and nothing lies beside it that could be lost. It begins with a mark: this is
ours, and by this recipe its secret is made.

Another password is another secret and salt: everything is written anew (`conversion`), and an old
password or code opens nothing any more. Keys are in memory alone.
"""

from __future__ import annotations

import errno
import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import Self

import peewee
from sqlcipher3 import dbapi2 as sqlite

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.store._connection import database
from fieldsales.store.migrations import Connection

_MARK = b"fsl\x01"  # argon2id as `_secret` has it; another recipe would be another number
_PLAIN = b"SQLite format 3\0"
_SALT, _SECRET = 16, 16  # bytes
_PIECE = 1_000_000  # bytes of a sealed content in a row
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
_READ_AS = str.maketrans("OIL", "011")
_CHECK = 12  # bits behind the secret that tell a slip of the pen
_CODE = (_SECRET * 8 + _CHECK) // 5  # letters


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a file: never written anywhere but as the code that the user keeps."""

    secret: bytes = field(repr=False)
    salt: bytes

    @classmethod
    def made(cls, password: str) -> Self:
        """A key for what is not encrypted yet, or is to be anew."""
        return cls.of(password, _MARK + secrets.token_bytes(_SALT - len(_MARK)))

    @classmethod
    def of(cls, password: str, salt: bytes) -> Self:
        """The key that a password makes of this salt; some 100 ms and 64 MB."""
        return cls(_secret(password, salt), salt)

    @property
    def passphrase(self) -> str:
        """As SQLCipher takes a key that it need not derive: the key itself, then the salt."""
        key = hashlib.blake2b(self.salt, digest_size=32, key=self.secret, person=b"fieldsales")
        return f"x'{key.hexdigest()}{self.salt.hex()}'"

    @property
    def code(self) -> str:
        """The recovery code: seven groups of four letters and digits."""
        number = int.from_bytes(self.secret, "big") << _CHECK | _check(self.secret)
        letters = [_LETTERS[number >> 5 * at & 31] for at in reversed(range(_CODE))]
        return "-".join("".join(letters[at : at + 4]) for at in range(0, _CODE, 4))


def _secret(password: str, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # not needed by a plain file

    typed = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    # the second choice of RFC 9106, for machines with little memory
    return hash_secret_raw(typed, salt, 3, 65_536, 4, _SECRET, Type.ID)


def _check(secret: bytes) -> int:
    digest = hashlib.blake2b(secret, digest_size=2, person=b"fieldsales code").digest()
    return int.from_bytes(digest, "big") >> 16 - _CHECK


def _spelt(text: str) -> bytes | None:
    """The secret that a recovery code spells; None if it is none."""
    letters = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    letters = "".join(letter for letter in letters if not letter.isspace() and letter not in "-—–_")
    if len(letters) != _CODE or not set(letters) <= set(_LETTERS):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    secret = (number >> _CHECK).to_bytes(_SECRET, "big")
    return secret if number & (1 << _CHECK) - 1 == _check(secret) else None


def salt_of(path: Path) -> bytes | None:
    """The salt of an encrypted file of ours; None of any other, or of none."""
    with suppress(OSError), path.open("rb") as file:
        salt = file.read(_SALT)
        if len(salt) == _SALT and salt.startswith(_MARK):
            return salt
    return None


def is_plain(path: Path) -> bool:
    """Whether a file begins as a database that is not encrypted does."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN
    return False


def fitting(path: Path, passphrase: str) -> str:
    """What opens a copy made before its file had a password, too."""
    return "" if is_plain(path) else passphrase


def has_other_key(path: Path, passphrase: str) -> bool:
    """Whether a file is encrypted, and not under this passphrase."""
    salt = salt_of(path)
    return salt is not None and salt.hex() not in passphrase


def keys(typed: str, salt: bytes) -> Iterator[Key]:
    """What was typed may mean: the recovery code, or the password."""
    spelt = _spelt(typed)
    if spelt is not None:
        yield Key(spelt, salt)
    yield Key.of(typed, salt)


def opens(path: Path, passphrase: str) -> bool:
    """Whether a file, encrypted or not, can be read so."""
    with closing(database(path, passphrase, read_only=True)) as file:
        try:
            file.connection().execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except (sqlite.Error, peewee.PeeweeException):
            return False
    return True


def note_of(path: Path) -> Path:
    """Where a conversion of a file notes the passphrase before."""
    return path.with_name(f"{path.name}.former")


def converted(path: Path) -> Path:
    """Where a conversion writes what will take the place of a file."""
    return path.with_name(f"{path.name}.converting")


def is_converting(path: Path) -> bool:
    """Whether a conversion of a file was begun and not finished."""
    return note_of(path).exists() or converted(path).exists()


def copy_as(connection: Connection, target: Path, passphrase: str) -> None:
    """Writes what an open file holds into a new one under another passphrase, row by row."""
    target.unlink(missing_ok=True)
    versions = [
        (name, connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("application_id", "user_version")
    ]
    connection.execute("ATTACH DATABASE ? AS converted KEY ?", [str(target), passphrase])
    try:
        # each of its statements would wait for the disk; it counts once it has its name
        connection.execute("PRAGMA converted.journal_mode = off")
        connection.execute("PRAGMA converted.synchronous = off")
        connection.execute("SELECT sqlcipher_export('converted')")
        for name, value in versions:
            connection.execute(f"PRAGMA converted.{name} = {value}")
    except sqlite.Error:
        with suppress(sqlite.Error):  # of a new one that broke off it would only say: malformed
            connection.execute("DETACH DATABASE converted")
        raise
    connection.execute("DETACH DATABASE converted")


def seal(path: Path, content: bytes, passphrase: str) -> None:
    """Puts a content at `path` as a database of one column, encrypted; raises OSError.

    In pieces: of each row SQLite keeps two copies in memory.
    """
    try:
        with places.whole(path) as unfinished, closing(database(unfinished, passphrase)) as file:
            connection = file.connection()
            connection.execute("PRAGMA journal_mode = off")  # it counts once it has its name
            connection.execute("CREATE TABLE sealed (content BLOB)")
            pieces = range(0, max(1, len(content)), _PIECE)
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT INTO sealed VALUES (?)", ([content[at : at + _PIECE]] for at in pieces)
            )
            connection.execute("COMMIT")
    except (sqlite.Error, peewee.PeeweeException) as error:
        full = "is full" in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error


def unseal(path: Path, passphrase: str) -> bytes:
    """The content of a sealed file; raises OSError if it is gone, spoilt or of another key."""
    try:
        with closing(database(path, passphrase, read_only=True)) as file:
            query = "SELECT content FROM sealed ORDER BY rowid"
            rows = file.connection().execute(query)
            found = BytesIO(next(rows)[0])
            found.seek(0, SEEK_END)
            for (piece,) in rows:
                found.write(piece)
    except (sqlite.Error, peewee.PeeweeException, TypeError, StopIteration) as error:
        raise OSError(str(error)) from error
    return found.getvalue()


def unseal_by(path: Path, typed: str) -> bytes:
    """As `unseal`, by password or code; raises EnvironmentProblem("store.wrong_password") too."""
    for key in keys(typed, salt_of(path) or bytes(_SALT)):
        if opens(path, key.passphrase):
            return unseal(path, key.passphrase)
    raise EnvironmentProblem("store.wrong_password", path=str(path))
