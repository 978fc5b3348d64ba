"""An open file for the queries to ask, and a short way to fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fieldsales.domain.clock import Clock, to_stamp
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Workspace

TODAY = date(2026, 11, 9)
Add = Callable[..., str]


@pytest.fixture
def workspace(db_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(db_path, Clock(TODAY))
    yield opened
    opened.close()


@pytest.fixture
def add(workspace: Workspace) -> Add:
    """Adds a record and gives its id: `add("customer", name="海润牧业")`."""

    def added(noun: str, **values: object) -> str:
        operation = AddRecord(noun, values)
        workspace.run(operation)
        return operation.row_id

    return added


@pytest.fixture
def days_ago(workspace: Workspace) -> Callable[[int], str]:
    """A moment so many days before the file's now."""

    def stamp(days: int) -> str:
        return to_stamp(workspace.clock.now() - timedelta(days=days))

    return stamp
