"""The one door to kept files: photos, papers and other files, by the hash of their content.

Where the file that knows them is encrypted each is sealed under its key, and its name tells nothing
even to who has the same photo.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.store.sealing import seal, unseal

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One content that may be there; read like a file."""

    path: Path
    passphrase: str = field(default="", repr=False)

    def is_file(self) -> bool:
        return self.path.is_file()

    def read_bytes(self) -> bytes:
        """Its content; raises OSError if it is gone."""
        if self.passphrase:
            return unseal(self.path, self.passphrase)
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """A folder of them: beside a database, or in a folder of backups."""

    folder: Path
    passphrase: str = field(default="", repr=False)

    def file(self, sha256: str) -> KeptFile:
        """The content of this hash; what is no hash leads where no file ever is."""
        # a database from elsewhere could name any path in its place
        name = sha256 if _HASH.fullmatch(sha256) else "no-hash"
        if self.passphrase:
            name = hmac.new(self.passphrase.encode(), name.encode(), "sha256").hexdigest()
        return KeptFile(self.folder / name[:2] / name, self.passphrase)

    def has(self, sha256: str) -> bool:
        return self.file(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """A content; raises UserError("files.gone") if somebody removed it."""
        try:
            return self.file(sha256).read_bytes()
        except OSError as error:
            raise UserError("files.gone") from error

    def keep(self, content: bytes) -> str:
        """Keeps a content, once, on the disk when this returns; its hash.

        Raises EnvironmentProblem("files.cannot_write").
        """
        sha256 = hashlib.sha256(content).hexdigest()
        try:
            self._put(sha256, content)
        except OSError as error:
            raise EnvironmentProblem("files.cannot_write", path=str(self.folder)) from error
        return sha256

    def take_over(self, sha256: str, source: KeptFiles) -> None:
        """Copies what another folder has and this lacks, unless it is spoilt; raises OSError."""
        try:
            content = source.file(sha256).read_bytes()
        except OSError:
            return  # gone, as `check` tells
        if hashlib.sha256(content).hexdigest() == sha256:
            self._put(sha256, content)

    def drop(self, sha256: str) -> None:
        """Deletes a content; raises OSError if it cannot."""
        self.file(sha256).path.unlink(missing_ok=True)

    def _put(self, sha256: str, content: bytes) -> None:
        path = self.file(sha256).path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            if self.passphrase:
                seal(path, content, self.passphrase)
            else:
                places.write_whole(path, content)

    def convert(self, former: str) -> Iterator[tuple[Path, bool]]:
        """Keeps anew, one by one, what was kept under a former passphrase; gives each file that was
        not kept anew before, and whether it is now: one that is spoilt stays as it is.

        To be called again after a crash. Raises OSError, and what was there stays.
        """
        before = KeptFiles(self.folder, former)
        for path in sorted(self.folder.glob("??/*")):
            if path.suffix == ".part":  # left by a crash, and readable
                path.unlink(missing_ok=True)
                continue
            content = before._content(path)
            if content is not None:
                sha256 = hashlib.sha256(content).hexdigest()
                self._put(sha256, content)
                if self.file(sha256).read_bytes() == content:
                    path.unlink(missing_ok=True)
                yield path, True
            elif self._content(path) is None:
                yield path, False

    def _content(self, path: Path) -> bytes | None:
        """What a file in the folder holds; None if it is spoilt, or of another passphrase."""
        try:
            content = KeptFile(path, self.passphrase).read_bytes()
        except OSError:
            return None
        sha256 = hashlib.sha256(content).hexdigest()
        return content if self.file(sha256).path == path else None
