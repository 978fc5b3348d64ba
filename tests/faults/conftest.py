"""A file with something in it, for whatever is done to it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldsales.services.operations.visits import ConcludeVisit, LogVisit
from fieldsales.services.workspace import Workspace
from tests.workspaces import add, data_hash


def fill(workspace: Workspace, customers: int = 40) -> None:
    """Customers, each with a person and a visit."""
    for number in range(customers):
        customer = add(workspace, "customer", name=f"第{number}养殖场", note="长" * 500)
        add(workspace, "contact", name="王建国", customer_id=customer)
        visit = LogVisit(customer)
        workspace.run(visit)
        workspace.run(ConcludeVisit(visit.row_id, {"their_action": "试用 3 吨"}))


@pytest.fixture
def filled(db_path: Path) -> str:
    """A closed file with records in it; gives their hash."""
    workspace = Workspace.open(db_path)
    fill(workspace)
    result = data_hash(workspace)
    workspace.close()
    return result


@contextmanager
def room(size: int) -> Iterator[None]:
    """No file of this program may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
