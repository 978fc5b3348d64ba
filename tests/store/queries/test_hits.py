"""What the palette finds beside names: care notes and what was said, with whose it is."""

from __future__ import annotations

from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.caches import verify
from fieldsales.store.queries.hits import Hit, hits
from tests.workspaces import Add


def test_care_notes_and_what_was_said_are_found_by_their_words(
    workspace: Workspace, add: Add
) -> None:
    house = add("customer", name="海润牧业")
    boss = add("contact", name="贺文清", customer_id=house)
    note = add("preference", customer_id=house, contact_id=boss, text="胃不好，不劝酒")
    call = add(
        "interaction",
        customer_id=house,
        kind="complaint",
        at="2026-11-08T02:00:00Z",
        text="料里有霉味\n三袋",
        answer="已换新料",
    )
    add("interaction", customer_id=house, kind="call", at="2026-11-08T02:00:00Z")
    assert hits(workspace.store, "劝酒") == [
        Hit("preference", note, house, "胃不好，不劝酒", "贺文清", "海润牧业")
    ]
    said = Hit("interaction", call, house, "海润牧业", "2026-11-08", "料里有霉味 三袋")
    assert hits(workspace.store, "霉味") == [said]
    assert hits(workspace.store, "换新料") == [said]
    workspace.run(EditRecord("interaction", call, {"text": "袋口难拆"}))
    assert hits(workspace.store, "霉味") == []
    workspace.run(TrashRecords("customer", (house,)))
    assert hits(workspace.store, "劝酒") == []
    workspace.undo()
    assert len(hits(workspace.store, "劝酒")) == 1
    assert verify(workspace.store.connection) == []
