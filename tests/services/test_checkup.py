"""`check` finds what was done to a file behind our back, and makes anew what is derived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldsales.services import checkup
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.services.operations.visits import ConcludeVisit, LogVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.hits import hits
from fieldsales.store.triggers import rebuild_triggers
from tests.workspaces import add, data_hash


@pytest.fixture
def customer(workspace: Workspace) -> str:
    """A customer with a bit of everything."""
    row_id = add(workspace, "customer", name="海润牧业", region="定边", phone="0912-1234567")
    add(workspace, "contact", name="王建国", customer_id=row_id)
    visit = LogVisit(row_id)
    workspace.run(visit)
    workspace.run(AddRecord("visit_item", {"visit_id": visit.row_id, "text": "太贵了"}))
    workspace.run(ConcludeVisit(visit.row_id, {"their_action": "试用 3 吨"}))
    workspace.run(KeepFile("圈舍.jpg", b"picture", "photo", customer_id=row_id))
    workspace.run(EditRecord("customer", row_id, {"note": "最后改的"}))
    add(workspace, "receivable", customer_id=row_id, amount=500, currency="CNY")
    gone = add(workspace, "customer", name="不做了")
    workspace.run(TrashRecords("customer", (gone,)))
    return row_id


@contextmanager
def behind_our_back(
    workspace: Workspace, *, triggers: bool = True
) -> Iterator[Callable[..., None]]:
    """Writes without the journal, as somebody does who first drops our triggers."""
    connection = workspace.store.connection
    connection.execute("PRAGMA foreign_keys = 0")
    for (name,) in workspace.store.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
        connection.execute(f"DROP TRIGGER {name}")
    yield connection.execute
    if triggers:
        rebuild_triggers(connection)
    connection.execute("PRAGMA foreign_keys = 1")


def codes(workspace: Workspace) -> set[str]:
    return {finding["code"] for finding in checkup.findings(workspace.store)}


def details(workspace: Workspace) -> set[str]:
    return {finding["detail"] for finding in checkup.findings(workspace.store)}


def test_nothing_is_wrong(workspace: Workspace, customer: str) -> None:
    assert checkup.findings(workspace.store) == []


def test_a_file_may_be_checked_that_may_only_be_read(
    workspace: Workspace, customer: str, db_path: Path
) -> None:
    reader = Workspace.open(db_path, read_only=True)
    assert checkup.findings(reader.store) == []
    with behind_our_back(workspace) as execute:
        execute("UPDATE customer SET own_id = '7'")
    assert codes(reader) == {"check.journal", "check.cache"}
    reader.close()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE customer SET seller = 'x' WHERE id = :id",  # not in the last change of the row
        "UPDATE customer SET note = '' WHERE id = :id",
        "UPDATE customer SET created_at = '2020-01-01T00:00:00Z' WHERE id = :id",
        "UPDATE customer SET employees = 0 WHERE id = :id",
        "UPDATE customer SET trashed_at = '2026-11-09T00:00:00Z' WHERE id = :id",
        "UPDATE customer SET trashed_at = NULL",
        "DELETE FROM customer WHERE id = :id",
        "INSERT INTO customer (id, created_at, name) VALUES ('zzz', '', 'x')",
        "INSERT INTO customer (id, created_at, name) VALUES ('000', '', 'x')",
        "DELETE FROM change WHERE tbl = 'customer' AND row_id = :id",
        "DELETE FROM change WHERE tbl = 'customer' AND row_id = :id AND before IS NOT NULL",
        "UPDATE change SET after = '{\"note\": \"x\"}' WHERE tbl = 'customer' AND before IS NOT NULL",
        "INSERT INTO current_op (seq) VALUES (1)",
    ],
)
def test_records_that_differ_from_their_history(
    workspace: Workspace, customer: str, tampering: str
) -> None:
    with behind_our_back(workspace) as execute:
        execute(tampering, {"id": customer} if ":id" in tampering else {})
    assert "check.journal" in codes(workspace)


@pytest.mark.parametrize(
    "tampering",
    [
        "DROP TRIGGER customer_updated",
        "CREATE TRIGGER spy AFTER DELETE ON customer BEGIN DELETE FROM op; END",
    ],
)
def test_triggers_that_are_not_ours(workspace: Workspace, customer: str, tampering: str) -> None:
    workspace.store.connection.execute(tampering)
    [detail] = details(workspace)
    assert detail.split()[-1] in tampering


def test_a_reference_to_nothing(workspace: Workspace, customer: str) -> None:
    with behind_our_back(workspace) as execute:
        execute("UPDATE contact SET customer_id = 'nobody'")
    assert {"code": "check.reference", "detail": "contact → customer"} in checkup.findings(
        workspace.store
    )


def test_a_kept_file_that_is_gone(workspace: Workspace, customer: str) -> None:
    sha256 = workspace.store.value("SELECT sha256 FROM attachment")
    workspace.store.kept.drop(sha256)
    [found] = checkup.findings(workspace.store)
    assert (found["code"], found["name"]) == ("check.file_gone", "圈舍.jpg")


@pytest.mark.parametrize(
    ("tampering", "cache"),
    [
        ("UPDATE customer_facts SET visits = visits + 1", "customer_facts"),
        ("UPDATE customer_facts SET contact_due = '2020-01-01'", "customer_facts"),
        ("UPDATE customer_facts SET name_key = ''", "customer_facts"),
        ("DELETE FROM customer_facts", "customer_facts"),
        ("UPDATE customer_facts SET customer_id = 'nobody'", "customer_facts"),
        ("UPDATE open_debt SET open = open + 1", "open_debt"),
        ("DELETE FROM open_debt", "open_debt"),
        ("INSERT INTO open_debt VALUES ('nothing', 'nobody', 'CNY', NULL, 5)", "open_debt"),
        (
            "UPDATE search_doc SET print = print + 1 WHERE doc IN (SELECT min(doc) FROM search_doc)",
            "search",
        ),
        ("DELETE FROM search_doc WHERE doc IN (SELECT min(doc) FROM search_doc)", "search"),
        ("DELETE FROM search_index WHERE rowid IN (SELECT min(doc) FROM search_doc)", "search"),
        ("INSERT INTO search_index (rowid, tokens) VALUES (7, '=鬼')", "search"),
        ("INSERT INTO search_index (search_index) VALUES ('delete-all')", "search"),
    ],
)
def test_what_is_derived_is_compared_and_mended(
    workspace: Workspace, customer: str, tampering: str, cache: str
) -> None:
    before = data_hash(workspace)
    workspace.store.connection.execute(tampering)
    assert checkup.findings(workspace.store) == [{"code": "check.cache", "detail": cache}]
    checkup.mend_caches(workspace.store)
    assert checkup.findings(workspace.store) == []
    assert data_hash(workspace) == before
    for typed in ("hairun", "hrmy", "1234567", "王建国", "太贵"):
        assert hits(workspace.store, typed), typed


def test_a_broken_index_is_found_and_mended(workspace: Workspace, customer: str) -> None:
    workspace.store.connection.execute("DELETE FROM search_index_data WHERE id > 10")
    assert checkup.findings(workspace.store)
    checkup.mend_caches(workspace.store)
    assert checkup.findings(workspace.store) == []
    assert hits(workspace.store, "hairun")


def test_checking_and_mending_leave_no_trace_for_undo(workspace: Workspace, customer: str) -> None:
    before = workspace.journal.undoable()
    checkup.findings(workspace.store)
    checkup.mend_caches(workspace.store)
    assert workspace.journal.undoable() == before
