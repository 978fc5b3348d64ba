"""What goes out and what comes in: rows by table, and the contents of kept files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services.importing.sheet import Watch
from fieldsales.store import exchange
from fieldsales.store.database import Store
from fieldsales.store.exchange import Row

LOT = 1_000  # rows that come together
LARGEST_FILE = 200_000_000  # bytes of a kept file
EVERYTHING = "everything"
CUSTOMER = "customer"  # one, with what belongs to it


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself: of which schema and moment it is, and how many rows by table.

    `name` is what it is about where it does not hold everything: the customer's. `seen` is of
    when the newest file is that who wrote it had taken over, '' for none.
    """

    schema: int
    made_at: str
    tables: Mapping[str, int]
    kind: str = EVERYTHING
    name: str = ""
    seen: str = ""


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

    @property
    def name(self) -> str: ...
    @property
    def head(self) -> Head: ...
    @property
    def files_in(self) -> bool: ...

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
        seen = exchange.seen(self.store)
        return Head(exchange.schema(), stamp, tables, self.kind, self.name, seen)

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of a table, and when each row was last changed."""
        return (*self.store.columns[table], exchange.CHANGED)

    def rows(self, table: str, *, named: bool = False) -> Iterator[Row]:
        """The rows of a table; with `named` as `exchange.rows` gives them.

        Of chosen rows what refers to one that stays is left empty.
        """
        found = exchange.rows(self.store, table, self._ids(table), named=named)
        return found if self.chosen is None else map(self._lonely(table), found)

    def _lonely(self, table: str) -> Callable[[Row], Row]:
        """What makes of a row of a table one that goes without the rest."""
        columns, empty = self.columns(table), self.store.empty_row(table)
        goes = {
            columns.index(name): self._ids(spec.noun) or ()
            for name, spec in fields(NOUNS[table]).items()
            if spec.kind is Kind.REFERENCE
        }
        blank = {columns.index(name): empty[name] for name in self.blank.get(table, ())}

        def lonely(row: Row) -> Row:
            values = [*row]
            for at, ids in goes.items():
                values[at] = row[at] if row[at] in ids else None
            for at, nothing in blank.items():
                values[at] = nothing
            return tuple(values)

        return lonely

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
    """The head, unless it tells nothing or a newer program wrote it; raises UserError."""
    if head.schema > exchange.schema():
        raise UserError("exchange.newer", name=path.name)
    if not exchange.moment(head.made_at):
        raise UserError("exchange.damaged", name=path.name)
    return head
