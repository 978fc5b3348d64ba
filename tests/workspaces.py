"""Workspaces and records that tests start from, and the data they compare."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest

from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.pipeline import SHIPPED_AT
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer

TODAY = date(2026, 11, 9)  # a Monday

Add = Callable[..., str]  # what the fixture `add` is


def add(workspace: Workspace, noun: str, **values: object) -> str:
    """Adds a record and returns its id."""
    operation = AddRecord(noun, values)
    workspace.run(operation)
    return operation.row_id


@dataclass(frozen=True)
class Several(Operation):
    """Other operations as one."""

    steps: Sequence[Operation]

    def apply(self, writer: Writer) -> None:
        for step in self.steps:
            step.apply(writer)


@contextmanager
def laptop_in(zone: str) -> Iterator[None]:
    """The laptop's local time is that of a zone by its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


def data(workspace: Workspace) -> Mapping[str, list[tuple[object, ...]]]:
    """All records, trashed ones too, by table."""
    return {table: workspace.store.rows(f"SELECT * FROM {table} ORDER BY id") for table in NOUNS}


def written(workspace: Workspace) -> list[str]:
    """Ids of all records but those that come with every file."""
    return [
        row_id
        for table in NOUNS
        for (row_id,) in workspace.store.rows(
            f"SELECT id FROM {table} WHERE created_at <> ?", [SHIPPED_AT]
        )
    ]


_TABLES = (
    "SELECT name, iif(wr, '', 'ORDER BY rowid') FROM pragma_table_list WHERE type = 'table'"
    " AND schema = 'main' AND name NOT LIKE 'search_index%' AND name NOT LIKE 'sqlite_%'"
    " ORDER BY name"
)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


def content(workspace: Workspace) -> list[str]:
    """All rows of all tables, the journal and what is derived too, but for ids and moments.

    An id reads as the place at which it is first met, so that references are compared.
    """
    met: dict[str, str] = {}
    found = []
    for table, order in workspace.store.rows(_TABLES):
        for row in workspace.store.rows(f"SELECT * FROM {table} {order}"):
            told = _MOMENT.sub("moment", f"{table} {row}")
            found.append(_ID.sub(lambda one: met.setdefault(one[0], f"id {len(met)}"), told))
    return found


def data_hash(workspace: Workspace) -> str:
    """A hash over all records."""
    return hashlib.sha256(repr(data(workspace)).encode()).hexdigest()
