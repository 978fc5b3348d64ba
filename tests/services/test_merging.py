"""Two records made one: nothing is lost, nothing points into the void, one undo takes it all back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldsales.domain.clock import Clock
from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import Kind, Record, fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.money.proposal import Proposal
from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.pipeline import SHIPPED_AT
from fieldsales.errors import UserError
from fieldsales.reports.make import make
from fieldsales.services import checkup
from fieldsales.services.operations.merging import MergeRecords, SetApart
from fieldsales.services.operations.portfolio import PinClass
from fieldsales.services.operations.proposals import (
    AddProposalLines,
    MakeProposalFinal,
    StartProposal,
)
from fieldsales.services.operations.records import EditRecord, RestoreRecords, TrashRecords
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.services.workspace import Workspace
from fieldsales.store.journal import Writer
from fieldsales.store.merging import kept
from fieldsales.store.queries.debts import calls
from fieldsales.store.queries.hits import hits
from fieldsales.store.queries.reviews import items
from fieldsales.store.queries.trash import trashed
from fieldsales.words import Words
from tests.workspaces import TODAY, Add, data_hash

DAYS = ("2026-10-01", "2026-11-09")


def _filled(
    record: type[Record], known: dict[str, list[str]], pick: random.Random
) -> dict[str, object]:
    """Values of a record that refers to what there is, alike others as often as not."""
    values: dict[str, object] = {}
    for name, spec in fields(record).items():
        if name == "merged_into_id":
            continue
        if spec.kind is Kind.REFERENCE:
            there = known[spec.noun]
            if spec.required or pick.random() < 0.7:
                values[name] = pick.choice(there)
        elif spec.kind is Kind.DATE and (spec.required or pick.random() < 0.5):
            values[name] = pick.choice(DAYS)
        elif spec.kind is Kind.MOMENT and spec.required:
            values[name] = "2026-11-01T01:00:00Z"
        elif spec.kind in (Kind.TEXT, Kind.NOTE) and (spec.required or pick.random() < 0.3):
            values[name] = pick.choice(("甲", "乙"))
        elif spec.kind is Kind.CHOICE and spec.choices:
            values[name] = pick.choice(spec.choices[:2])
    return values


def _fill(writer: Writer, seed: int, each: int) -> dict[str, list[str]]:
    """`each` records of every noun; two thirds of what refers, refers to the first two."""
    pick = random.Random(seed)
    known: dict[str, list[str]] = {}
    for noun in ("pipeline", "stage"):
        known[noun] = [row_id for (row_id,) in writer.store.rows(f"SELECT id FROM {noun}")]
    for noun in NOUNS:
        known.setdefault(
            noun, [new_id() for _ in range(3 if noun in ("customer", "contact") else each)]
        )
    for noun, record in NOUNS.items():
        if noun not in ("pipeline", "stage"):
            for place, row_id in enumerate(known[noun]):
                values = _filled(record, known, pick)
                if noun == "setting":
                    values["name"] = f"test.{place}"
                for name, value in values.items():
                    if value == row_id:
                        values[name] = None
                writer.insert(noun, values, row_id)
    return known


def _referring(workspace: Workspace, noun: str, row_id: str) -> list[str]:
    """`table.column` of everything that refers to a record, as the schema knows it."""
    store = workspace.store
    return [
        f"{table}.{column}"
        for table in store.columns
        for _, _, target, column, *_ in store.rows(f"PRAGMA foreign_key_list({table})")
        if target == noun and store.value(f"SELECT 1 FROM {table} WHERE {column} = ?", [row_id])
    ]


def _faults(workspace: Workspace) -> list[dict[str, str]]:
    """What `check` finds, but for the files that nobody kept here."""
    found = checkup.findings(workspace.store)
    return [fault for fault in found if fault["code"] != "check.file_gone"]


@pytest.mark.parametrize("noun", ["customer", "contact"])
@given(seed=st.integers(0, 10**6), each=st.integers(1, 4))
@settings(max_examples=5)
def test_nothing_refers_to_what_is_merged_and_an_undo_brings_all_back(
    tmp_path_factory: pytest.TempPathFactory, noun: str, seed: int, each: int
) -> None:
    path = Path(tmp_path_factory.mktemp("merge")) / "f.db"
    workspace = Workspace.open(path, Clock(TODAY))
    try:
        with workspace.journal.operation("import", "test") as (writer, _):
            known = _fill(writer, seed, each)
        gone, stays = known[noun][:2]
        if noun == "contact":
            workspace.run(EditRecord(noun, gone, {"name": "丙"}))
        before = data_hash(workspace)
        workspace.run(MergeRecords(noun, stays, gone, {"note": "两份都在"}))
        assert _referring(workspace, noun, gone) == []
        assert kept(workspace.store, gone) == stays
        assert _faults(workspace) == []
        merged = data_hash(workspace)
        workspace.undo()
        assert data_hash(workspace) == before
        assert _faults(workspace) == []
        workspace.redo()
        assert data_hash(workspace) == merged
        assert _faults(workspace) == []
    finally:
        workspace.close()
        path.unlink()


def test_what_tells_records_apart_are_fields_of_theirs() -> None:
    for noun, record in NOUNS.items():
        assert {*record.ALONE_BY} <= fields(record).keys(), noun


def test_what_would_be_there_twice_is_there_once(workspace: Workspace, add: Add) -> None:
    stays, gone = add("customer", name="海润牧业"), add("customer", name="海润牧业有限公司")
    workspace.run(TagCustomers((stays, gone), add=("大客户",)))
    workspace.run(TagCustomers((gone,), add=("样板场",)))
    review = add("review", held_on="2026-11-09", since="2026-08-11")
    for customer, decision in ((stays, ""), (gone, "noted")):
        add("snooze", line="cold", customer_id=customer, until="2026-12-01", reason="春节后")
        add("rating", customer_id=customer, kind="worth_to_them", rating=4, dated="2026-11-09")
        add("estimate", customer_id=customer, amount=100, dated="2026-11-09")
        item = {"review_id": review, "customer_id": customer, "kind": "stale"}
        add("review_item", **item, decision=decision)
        workspace.run(PinClass(customer, "importance", "major", "样板"))
    workspace.run(MergeRecords("customer", stays, gone))
    count = workspace.store.value
    for table, n in (("tagging", 2), ("snooze", 1), ("rating", 1), ("estimate", 1)):
        assert count(f"SELECT count(*) FROM {table} WHERE trashed_at IS NULL") == n, table
    decided = workspace.store.rows("SELECT customer_id, decision FROM review_item")
    assert decided == [(stays, "noted")]
    assert count("SELECT count(*) FROM class_pin WHERE trashed_at IS NULL") == 1


def test_the_old_name_still_finds_the_customer(workspace: Workspace, add: Add) -> None:
    stays, gone = add("customer", name="海润牧业"), add("customer", name="定边种鸡场")
    workspace.run(MergeRecords("customer", stays, gone))
    assert [hit.id for hit in hits(workspace.store, "定边种鸡")] == [stays]
    workspace.undo()
    assert [hit.id for hit in hits(workspace.store, "定边种鸡")] == [gone]


def test_a_customer_merged_twice_still_leads_to_the_last(workspace: Workspace, add: Add) -> None:
    first, second, third = (add("customer", name=name) for name in "甲乙丙")
    workspace.run(MergeRecords("customer", second, first))
    workspace.run(MergeRecords("customer", third, second))
    assert kept(workspace.store, first) == third
    assert kept(workspace.store, third) == third


def test_a_subsidiary_merged_with_its_parent_has_none(workspace: Workspace, add: Add) -> None:
    parent = add("customer", name="集团")
    middle = add("customer", name="中间", parent_id=parent)
    child = add("customer", name="子公司", parent_id=middle)
    workspace.run(MergeRecords("customer", child, parent))
    store = workspace.store
    assert store.value("SELECT parent_id FROM customer WHERE id = ?", [middle]) == child
    assert store.value("SELECT parent_id FROM customer WHERE id = ?", [child]) is None


def test_taken_out_of_the_trash_it_stands_for_itself(workspace: Workspace, add: Add) -> None:
    stays, gone = add("customer", name="甲"), add("customer", name="乙")
    workspace.run(MergeRecords("customer", stays, gone))
    workspace.run(RestoreRecords("customer", (gone,)))
    assert kept(workspace.store, gone) == gone
    assert [hit.id for hit in hits(workspace.store, "乙")] == [gone]


def test_what_cannot_be_merged_is_refused(workspace: Workspace, add: Add) -> None:
    one, other = add("customer", name="甲"), add("customer", name="乙")
    post = add("contact", name="采购经理", customer_id=one, vacant=1)
    person = add("contact", name="王建国", customer_id=one)
    before = data_hash(workspace)
    with pytest.raises(UserError, match=r"merge\.vacant"):
        workspace.run(MergeRecords("contact", person, post))
    with pytest.raises(UserError, match=r"merge\.itself"):
        workspace.run(MergeRecords("customer", one, one))
    assert data_hash(workspace) == before
    workspace.run(TrashRecords("customer", (other,)))
    with pytest.raises(UserError, match=r"record\.gone"):
        workspace.run(MergeRecords("customer", one, other))


def test_pairs_found_to_be_two_follow_a_merge(workspace: Workspace, add: Add) -> None:
    one, other, third = (add("customer", name=name) for name in "甲乙丙")
    workspace.run(SetApart("customer", one, other))
    workspace.run(SetApart("customer", third, other))
    workspace.run(MergeRecords("customer", one, other))
    pairs = workspace.store.rows("SELECT customer_id, other_customer_id FROM apart")
    assert [set(pair) for pair in pairs] == [{one, third}]


def test_chosen_values_are_kept(workspace: Workspace, add: Add) -> None:
    one = add("customer", name="甲", region="定边")
    other = add("customer", name="甲有限公司", phone="0912-421 6688")
    workspace.run(
        MergeRecords("customer", one, other, {"name": "甲有限公司", "phone": "09124216688"})
    )
    record = workspace.store.record(Customer, one)
    assert record is not None
    assert (record.name, record.phone, record.region) == ("甲有限公司", "09124216688", "定边")
    assert record.created_at != SHIPPED_AT


def test_papers_money_and_a_review_under_way_follow(workspace: Workspace, add: Add) -> None:
    stays, gone = add("customer", name="海润牧业"), add("customer", name="海润牧业有限公司")
    person = add("contact", name="王建国", customer_id=gone)
    proposal = StartProposal({"customer_id": gone, "contact_id": person, "currency": "CNY"})
    workspace.run(proposal)
    line = {"text": "乳猪宝", "quantity": "1", "price": "1"}
    workspace.run(AddProposalLines(proposal.row_id, (line,)))
    workspace.run(MakeProposalFinal(proposal.row_id, "2026-001"))
    whose = {"customer_id": gone, "currency": "CNY"}
    invoice = add("receivable", **whose, amount=1_000, due_on="2026-10-01")
    payment = add("payment", **whose, amount=400, received_on="2026-11-01")
    add("settlement", receivable_id=invoice, payment_id=payment, amount=400)
    review = add("review", held_on="2026-11-09", since="2026-08-11")
    add("review_item", review_id=review, customer_id=gone, kind="stale")
    workspace.run(MergeRecords("customer", stays, gone))
    store = workspace.store
    final = store.record(Proposal, proposal.row_id)
    assert final is not None
    assert (final.customer_id, final.locked) == (stays, True)
    assert [(one.customer_id, one.open) for one in calls(store)] == [(stays, 600)]
    [item] = items(store, review)
    assert (item.item.customer_id, item.customer, item.there) == (stays, "海润牧业", True)
    assert checkup.findings(store) == []


def test_a_paper_of_the_old_id_is_of_the_customer(workspace: Workspace, add: Add) -> None:
    stays, gone = add("customer", name="海润牧业"), add("customer", name="绿源养殖")
    workspace.run(MergeRecords("customer", stays, gone))
    made = make(workspace.store, "people", gone, Words("zh_CN"), "internal")
    assert made.customer_id == stays


def test_the_trash_tells_what_it_was_merged_into(workspace: Workspace, add: Add) -> None:
    stays, gone = add("customer", name="海润牧业"), add("customer", name="绿源养殖")
    workspace.run(MergeRecords("customer", stays, gone, {"name": "海润集团"}))
    [one] = trashed(workspace.store)
    assert (one.id, one.merged) == (gone, "海润集团")
