"""What goes out and what comes in: rows by table, and the contents of kept files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from fieldsales.errors import UserError
from fieldsales.services.importing.sheet import Watch
from fieldsales.store import exchange
from fieldsales.store.database import Store
from fieldsales.store.exchange import Row

LOT = 1_000  # rows that come together
LARGEST_FILE = 200_000_000  # bytes of a kept file
EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself: of which schema and moment it is, and how many rows by table.

    `name` is what it is about where it does not hold everything: the customer's.
    """

    schema: int
    made_at: str
    tables: Mapping[str, int]
    kind: str = EVERYTHING
    name: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table; `first` is where the first stands in the file's part `place`."""

    table: str
    columns: tuple[str, ...]
    rows: list[Row]
    place: str
    first: int


class Package(Protocol):
    """A file of ours, looked at but not yet read; reading it raises UserError where it is broken.

    `files_in` says whether the contents of kept files come with it.
    """

    name: str
    head: Head
    files_in: bool

    def batches(self, watch: Watch) -> Iterator[Batch]: ...
    def files(self, wanted: Collection[str], watch: Watch) -> Iterator[tuple[str, bytes]]: ...


@dataclass(frozen=True, slots=True)
class Source:
    """What goes out: all rows, or the `chosen` ids by table; `blank` are columns to leave empty."""

    store: Store
    chosen: Mapping[str, Collection[str]] | None = None
    blank: Mapping[str, Collection[str]] = field(default_factory=dict)
    kind: str = EVERYTHING
    name: str = ""

    def head(self) -> Head:
        counts = {
            table: exchange.count(self.store, table, self._ids(table))
            for table in exchange.tables(self.store)
        }
        tables = {table: n for table, n in counts.items() if n}
        stamp = self.store.clock.stamp()
        return Head(exchange.schema(), stamp, tables, self.kind, self.name)

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of a table, and when each row was last changed."""
        return (*self.store.columns[table], exchange.CHANGED)

    def rows(self, table: str, *, named: bool = False) -> Iterator[Row]:
        """The rows of a table; with `named` as `exchange.rows` gives them."""
        found = exchange.rows(self.store, table, self._ids(table), named=named)
        blank = self.blank.get(table, ())
        if not blank:
            return found
        columns, empty = self.columns(table), self.store.empty_row(table)
        return (
            tuple(
                empty[name] if name in blank else value
                for name, value in zip(columns, row, strict=True)
            )
            for row in found
        )

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Contents of the kept files by their hash; one that is gone is left out."""
        at = self.store.columns["attachment"].index("sha256")
        for sha256 in sorted({row[at] for row in self.rows("attachment")}):
            try:
                found = self.store.kept.read(sha256)
            except UserError:
                continue
            yield sha256, found

    def _ids(self, table: str) -> Collection[str] | None:
        return None if self.chosen is None else self.chosen.get(table, ())


def checked(head: Head, path: Path) -> Head:
    """The head, unless a newer program wrote it; raises UserError."""
    if head.schema > exchange.schema():
        raise UserError("exchange.newer", name=path.name)
    return head
