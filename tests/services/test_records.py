"""Adding and editing records of any kind: what is refused, and that nothing is left of it."""

from __future__ import annotations

import pytest

from fieldsales.errors import FieldError
from fieldsales.services.operations.records import EditMany, EditRecord
from fieldsales.services.workspace import Workspace
from tests.workspaces import add, data_hash


@pytest.mark.parametrize(
    ("noun", "above"), [("customer", "parent_id"), ("contact", "reports_to_id")]
)
def test_nobody_stands_above_themselves(workspace: Workspace, noun: str, above: str) -> None:
    first, second, third = (add(workspace, noun, name=name) for name in "甲乙丙")
    workspace.run(EditRecord(noun, second, {above: first}))
    workspace.run(EditRecord(noun, third, {above: second}))
    before = data_hash(workspace)
    for row_id, target in ((first, first), (first, second), (first, third), (second, third)):
        with pytest.raises(FieldError, match=r"field\.circle") as caught:
            workspace.run(EditRecord(noun, row_id, {above: target}))
        assert caught.value.field == above
    with pytest.raises(FieldError, match=r"field\.circle"):
        workspace.run(EditMany(noun, (third, first), {above: second}))
    assert data_hash(workspace) == before
    workspace.run(EditRecord(noun, third, {above: first}))
    workspace.run(EditMany(noun, (second, third), {above: None}))
    workspace.run(EditRecord(noun, first, {above: third}))


def test_a_circle_of_another_version_does_not_hold_up_an_edit(workspace: Workspace) -> None:
    first, second, third = (add(workspace, "customer", name=name) for name in "甲乙丙")
    with workspace.journal.operation("import", "test") as (writer, _):
        writer.update("customer", first, {"parent_id": second})
        writer.update("customer", second, {"parent_id": first})
    workspace.run(EditRecord("customer", third, {"parent_id": first}))
    assert workspace.store.value("SELECT parent_id FROM customer WHERE name = '丙'") == first
