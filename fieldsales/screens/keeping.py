"""How what is typed into a form gets into the file: fields as they are saved, drafts until then."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Operation
from fieldsales.widgets.binder import Commit, Draft

RowId = Callable[[], str] | str  # asked for each time where a form shows one record after another
Editing = Callable[[str, Mapping[str, object]], Operation]


def saver(context: Context, noun: str, row_id: RowId, editing: Editing | None = None) -> Commit:
    """A binder's `commit` for a record; trouble is the binder's to show.

    `editing` makes the operation where it is not a plain edit.
    """

    def commit(values: Mapping[str, object]) -> None:
        record = _now(row_id)
        edit = editing(record, values) if editing else EditRecord(noun, record, values)
        context.workspace.run(edit)

    return commit


def drafter(context: Context, noun: str, row_id: RowId) -> Draft:
    """A binder's `draft` for a record."""

    def draft(name: str, text: str | None) -> None:
        context.keep_draft(noun, _now(row_id), name, text)

    return draft


def _now(row_id: RowId) -> str:
    return row_id if isinstance(row_id, str) else row_id()
