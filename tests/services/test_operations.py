"""Every operation has its words, so that undo and the history can name it."""

from __future__ import annotations

from collections.abc import Iterator

from fieldsales import discover
from fieldsales.services import operations
from fieldsales.services.workspace import Operation
from fieldsales.store import migrations
from fieldsales.words import catalogue


def kinds() -> Iterator[type[Operation]]:
    for module in discover.modules(operations):
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, Operation) and one is not Operation:
                yield one


def test_every_operation_has_its_words_and_no_other_has() -> None:
    worded = {key.removeprefix("op.") for key in catalogue() if key.startswith("op.")}
    migrated = {getattr(one, "OPERATION", "other") for one in discover.modules(migrations)}
    assert {kind.verb() for kind in kinds()} | migrated == worded
