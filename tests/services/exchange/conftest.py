"""A file to export, and another one to take it over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace


@pytest.fixture
def sample(workspace: Workspace) -> Workspace:
    """The sample territory with a photo, a setting and something in the trash."""
    from fieldsales.services.operations.files import KeepFile
    from fieldsales.services.operations.records import TrashRecords
    from fieldsales.services.operations.settings import ChangeSetting

    workspace.run(LoadSample())
    customer, other = [
        row_id for (row_id,) in workspace.store.rows("SELECT id FROM customer ORDER BY id LIMIT 2")
    ]
    workspace.run(KeepFile("门头.jpg", b"\xff\xd8 no picture" * 200_000, customer_id=customer))
    workspace.run(TrashRecords("customer", (other,)))
    workspace.run(ChangeSetting("money.currency", "TWD"))
    return workspace


@pytest.fixture
def empty(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """A new file beside it."""
    opened = Workspace.open(tmp_path / "另一台.db", clock)
    yield opened
    opened.close()
