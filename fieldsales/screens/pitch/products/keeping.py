"""How what is typed about a product gets into the file: saved fields, and drafts until they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import EditRecord
from fieldsales.widgets.binder import Commit, Draft


def saver(context: Context, noun: str, row_id: Callable[[], str]) -> Commit:
    """A binder's `commit` for the record that is open; trouble is the binder's to show."""

    def commit(values: Mapping[str, object]) -> None:
        context.workspace.run(EditRecord(noun, row_id(), values))

    return commit


def drafter(context: Context, noun: str, row_id: Callable[[], str]) -> Draft:
    """A binder's `draft` for the record that is open."""

    def draft(name: str, text: str | None) -> None:
        context.keep_draft(noun, row_id(), name, text)

    return draft
