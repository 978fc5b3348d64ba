"""Keeping photos, files and printed papers with a record."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fieldsales.domain.file_name import fitting, numbered
from fieldsales.domain.ids import new_id
from fieldsales.domain.keeping import FILE_OWNERS
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.kept import KeptFiles
from fieldsales.store.queries import files

_LARGEST = 200_000_000  # bytes of one file; more belongs on a drive, not in here


@dataclass(frozen=True)
class KeepFile(Operation):
    """Keeps `content` under its hash beside the database and notes it on the timeline.

    A picture of a product is for customers until somebody says otherwise. A second file of the
    same name gets a number.
    """

    name: str
    content: bytes = field(repr=False)
    kind: str = "file"
    customer_id: str | None = None
    visit_id: str | None = None
    deal_id: str | None = None
    product_id: str | None = None
    contact_id: str | None = None
    proposal_id: str | None = None
    receivable_id: str | None = None
    task_id: str | None = None
    interaction_id: str | None = None
    row_id: str = field(default_factory=new_id)
    stored: tuple[str, int] | None = None  # hash and size of a content that is there already

    @property
    def sha256(self) -> str:
        return self.stored[0] if self.stored else hashlib.sha256(self.content).hexdigest()

    def stored_in(self, kept: KeptFiles) -> KeepFile:
        """The same with its content put there, and no longer in memory; on any thread.

        Raises EnvironmentProblem as `KeptFiles.keep` does.
        """
        stored = kept.keep(self.content), len(self.content)
        return replace(self, content=b"", stored=stored)

    @property
    def owners(self) -> dict[str, str | None]:
        return {name: getattr(self, name) for name in FILE_OWNERS}

    def apply(self, writer: Writer) -> None:
        self.keep(writer, {name for name, _ in files.beside(writer.store, self.owners)})

    def keep(self, writer: Writer, taken: Collection[str]) -> str:
        """Keeps it under a name that is not taken; returns that."""
        name, number = fitting(self.name) or "file", 1
        while name in taken:
            number += 1
            name = numbered(fitting(self.name) or "file", number)
        # on the disk before the record names it
        one = self if self.stored else self.stored_in(writer.store.kept)
        assert one.stored is not None
        sha256, size = one.stored
        values = {
            "name": name,
            "kind": self.kind,
            "size": size,
            "sha256": sha256,
            "for_customer": int(self.kind == "photo" and bool(self.product_id)),
            **self.owners,
        }
        writer.insert("attachment", values, self.row_id)
        return name


@dataclass(frozen=True)
class KeepFiles(Operation):
    """Keeps several files at once; what the record has already is not kept twice."""

    files: tuple[KeepFile, ...]

    def apply(self, writer: Writer) -> None:
        known: dict[tuple[str | None, ...], tuple[set[str], set[str]]] = {}
        for one in self.files:
            whose = tuple(one.owners.values())
            if whose not in known:
                there = files.beside(writer.store, one.owners)
                known[whose] = {name for name, _ in there}, {sha256 for _, sha256 in there}
            names, contents = known[whose]
            if one.sha256 not in contents:
                names.add(one.keep(writer, names))
                contents.add(one.sha256)


def from_disk(path: Path, longest: int = 0, **owners: str | None) -> KeepFile:
    """What keeps a file of the disk; raises UserError where it is no use.

    As `from_bytes`.
    """
    try:
        if path.is_dir():
            raise UserError("files.folder", name=path.name)
        if path.stat().st_size > _LARGEST:
            raise UserError("card.file_too_large", name=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise UserError("card.file_unreadable", name=path.name) from error
    return from_bytes(path.name, data, longest, **owners)


def from_bytes(name: str, data: bytes, longest: int = 0, **owners: str | None) -> KeepFile:
    """What keeps a content under a name, a picture as a photo, whatever its name ends with.

    A camera's photo is made no larger than `longest` dots; 0 keeps it as it is. Raises UserError
    where it is empty or out of all measure.
    """
    from fieldsales.services import photos

    if not data:
        raise UserError("files.empty", name=name)
    if len(data) > _LARGEST:
        raise UserError("card.file_too_large", name=name)
    picture = photos.format_of(data)
    if picture and longest:
        data = photos.fitted(data, longest)
    given: dict[str, Any] = {**owners}
    return KeepFile(fitting(name), data, "photo" if picture else "file", **given)
