"""How what is typed about a product gets into the file: saved fields, and drafts until they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from fieldsales.errors import EnvironmentProblem
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import EditRecord
from fieldsales.store import drafts
from fieldsales.widgets.binder import Commit, Draft


def saver(context: Context, noun: str, row_id: Callable[[], str]) -> Commit:
    """A binder's `commit` for the record that is open; trouble is the binder's to show."""

    def commit(values: Mapping[str, object]) -> None:
        context.workspace.run(EditRecord(noun, row_id(), values))

    return commit


def drafter(context: Context, noun: str, row_id: Callable[[], str]) -> Draft:
    """A binder's `draft`; while the file cannot be written the text stays on screen."""

    def draft(name: str, text: str | None) -> None:
        with suppress(EnvironmentProblem):
            drafts.keep(context.store, noun, row_id(), name, text)

    return draft
