"""A review of the customers: who comes into it, what decisions do, what becomes of them (M11)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fieldsales.domain.review import (
    ACCEPTED,
    CORRECTED,
    ENDS,
    FELL,
    NOTED,
    ROSE,
    RULE,
    SKIPPED,
    STALE,
    TASK,
)
from fieldsales.errors import FieldError, UserError
from fieldsales.services import portfolio
from fieldsales.services.operations.portfolio import PinClass, UnpinClass
from fieldsales.services.operations.records import EditRecord, RestoreRecords, TrashRecords
from fieldsales.services.operations.reviews import DecideItem, EndReview, StartReview
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.tasks import CompleteTask
from fieldsales.services.reviewing import queue, since_last
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import reviews as queries
from fieldsales.store.queries.portfolio import pins_in_force
from tests.workspaces import TODAY, Add, data_hash


@pytest.fixture
def slipping(workspace: Workspace, add: Add) -> str:
    """海润牧业 bought much until half a year ago and is still met; 绿源 buys now."""
    customer = add("customer", name="海润牧业")
    for day in ("2025-05-10", "2025-06-10", "2025-09-10"):
        add("sale", customer_id=customer, dated=day, amount=500_000_00)
    other = add("customer", name="绿源合作社")
    add("sale", customer_id=other, dated="2026-10-30", amount=300_000_00)
    for whose in (customer, other):
        add("interaction", customer_id=whose, at="2026-11-05T02:00:00Z", kind="call")
    return customer


def start(workspace: Workspace) -> str:
    found = queue(workspace.store)
    operation = StartReview(found.since, found.entries, found.left_out)
    workspace.run(operation)
    return operation.row_id


def of(workspace: Workspace, review: str, kind: str) -> queries.Reviewed:
    return next(one for one in queries.items(workspace.store, review) if one.item.kind == kind)


def test_who_rose_and_fell_since_then(workspace: Workspace, slipping: str) -> None:
    review = start(workspace)
    found = {one.item.kind: one for one in queries.items(workspace.store, review)}
    assert found[FELL].customer == "海润牧业"
    assert found[FELL].item.sales == 0
    assert found[FELL].item.sales_before == 1_500_000_00
    assert found[ROSE].customer == "绿源合作社"
    assert since_last(workspace.store) == TODAY - timedelta(days=90)


def test_the_past_is_judged_by_what_was_known_then(workspace: Workspace, slipping: str) -> None:
    """Classes of then are those that `every` gives for that day, so a review reproduces."""
    found = queue(workspace.store, date(2026, 5, 1))
    then = {one.customer_id: one for one in portfolio.every(workspace.store, date(2026, 5, 1))}
    for entry in found.entries:
        if entry["kind"] in (FELL, ROSE):
            assert then[str(entry["customer_id"])].code(str(entry["method"])) == entry["was"]


def test_a_stale_file_comes_into_review(workspace: Workspace, add: Add) -> None:
    add("customer", name="很久没去")
    review = start(workspace)
    assert of(workspace, review, STALE).customer == "很久没去"


def test_a_pin_that_ends_comes_into_review_with_what_the_rule_will_say(
    workspace: Workspace, slipping: str
) -> None:
    until = (TODAY + timedelta(days=10)).isoformat()
    workspace.run(PinClass(slipping, "loyalty", "loyal", "老板的朋友", until))
    item = of(workspace, start(workspace), ENDS).item
    rule = portfolio.of(workspace.store, slipping)
    assert rule is not None
    assert (item.was, item.proposed) == ("loyal", rule.judged["loyalty"].code)
    assert item.until == until


def test_following_the_rule_unpins_and_undo_pins_again(workspace: Workspace, slipping: str) -> None:
    workspace.run(PinClass(slipping, "purchase_status", "lost", "他们换了别家"))
    item = of(workspace, start(workspace), RULE).item
    workspace.run(DecideItem(item.id, ACCEPTED))
    assert not pins_in_force(workspace.store, slipping, TODAY)
    workspace.undo()
    assert [one.code for one in pins_in_force(workspace.store, slipping, TODAY)] == ["lost"]


def test_following_the_rule_clears_what_was_typed(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业", importance="vip")
    item = of(workspace, start(workspace), RULE).item
    assert (item.method, item.was, item.proposed) == ("importance", "vip", "small")
    workspace.run(DecideItem(item.id, ACCEPTED))
    standing = portfolio.of(workspace.store, customer)
    assert standing is not None
    assert standing.worth.importance == "small"


def test_a_correction_holds_until_it_is_let_go(workspace: Workspace, slipping: str) -> None:
    review = start(workspace)
    item = of(workspace, review, FELL).item
    pin = {"code": item.was, "reason": "只是推迟", "until": "2027-01-31"}
    workspace.run(DecideItem(item.id, CORRECTED, pin=pin))
    [held] = pins_in_force(workspace.store, slipping, TODAY)
    assert (held.method, held.code, held.until) == (item.method, item.was, "2027-01-31")
    assert of(workspace, review, FELL).pin_holds
    workspace.run(UnpinClass(held.id))
    assert not of(workspace, review, FELL).pin_holds


def test_a_correction_needs_its_reason(workspace: Workspace, slipping: str) -> None:
    item = of(workspace, start(workspace), FELL).item
    before = data_hash(workspace)
    with pytest.raises(FieldError) as refused:
        workspace.run(DecideItem(item.id, CORRECTED, pin={"code": item.was}))
    assert refused.value.field == "reason"
    assert data_hash(workspace) == before


def test_deciding_anew_takes_back_what_was_made(workspace: Workspace, slipping: str) -> None:
    review = start(workspace)
    item = of(workspace, review, FELL).item
    workspace.run(DecideItem(item.id, TASK, task={"title": "补样品", "due": "2026-11-16"}))
    assert of(workspace, review, FELL).task == "补样品"
    pin = {"code": item.was, "reason": "只是推迟"}
    workspace.run(DecideItem(item.id, CORRECTED, pin=pin))
    assert of(workspace, review, FELL).task == ""
    workspace.run(DecideItem(item.id, NOTED, note="老板出国了"))
    assert not pins_in_force(workspace.store, slipping, TODAY)


def test_the_next_review_knows_what_was_decided_and_whether_it_was_done(
    workspace: Workspace, slipping: str
) -> None:
    first = start(workspace)
    item = of(workspace, first, FELL).item
    workspace.run(DecideItem(item.id, TASK, task={"title": "补样品", "due": "2026-11-16"}))
    workspace.run(EndReview(first))
    task = of(workspace, first, FELL).item.task_id
    assert task
    workspace.run(CompleteTask(task))
    workspace.run(EditRecord("review", first, {"held_on": "2026-10-09"}))
    assert since_last(workspace.store) == date(2026, 10, 9)
    entry = {"kind": STALE, "customer_id": slipping}
    second = StartReview(date(2026, 10, 9), [entry])
    workspace.run(second)
    known = queries.earlier(workspace.store, of(workspace, second.row_id, STALE).item)
    assert known is not None
    assert known[0].id == first
    assert known[1].task_done


def test_one_review_at_a_time(workspace: Workspace, slipping: str) -> None:
    start(workspace)
    with pytest.raises(UserError, match="review.one_is_open"):
        start(workspace)


def test_a_customer_trashed_in_the_middle(workspace: Workspace, slipping: str) -> None:
    review = start(workspace)
    item = of(workspace, review, FELL).item
    workspace.run(TrashRecords("customer", (slipping,)))
    assert not of(workspace, review, FELL).there
    with pytest.raises(UserError, match="record.gone"):
        workspace.run(DecideItem(item.id, TASK, task={"title": "补样品"}))
    workspace.run(DecideItem(item.id, SKIPPED))
    assert of(workspace, review, FELL).item.decision == SKIPPED
    workspace.run(RestoreRecords("customer", (slipping,)))
    assert of(workspace, review, FELL).there


def test_a_review_is_undone_as_one(workspace: Workspace, slipping: str) -> None:
    before = data_hash(workspace)
    start(workspace)
    workspace.undo()
    assert data_hash(workspace) == before


def test_an_empty_file_has_nothing_to_review(workspace: Workspace) -> None:
    found = queue(workspace.store)
    assert found.entries == ()
    with pytest.raises(UserError, match="review.nothing"):
        workspace.run(StartReview(found.since, found.entries))


def test_no_more_than_a_meeting_holds(workspace: Workspace, add: Add) -> None:
    for at in range(20):
        add("customer", name=f"客户 {at}")
    found = queue(workspace.store)
    assert (len(found.entries), found.left_out) == (15, 5)


def test_the_sample_has_something_of_most_kinds(workspace: Workspace) -> None:
    workspace.run(LoadSample())
    found = {str(entry["kind"]) for entry in queue(workspace.store).entries}
    assert {FELL, ROSE, RULE, STALE} <= found


def test_the_review_of_the_sample_says_what_its_records_say(workspace: Workspace) -> None:
    workspace.run(LoadSample())
    store = workspace.store
    [review] = queries.reviews(store)
    then, now = (
        {one.customer_id: one for one in portfolio.every(store, date.fromisoformat(day))}
        for day in (review.since, review.held_on)
    )
    for reviewed in queries.items(store, review.id):
        item = reviewed.item
        if item.method:
            before, after = then[item.customer_id], now[item.customer_id]
            assert (item.was, item.proposed) == (before.code(item.method), after.code(item.method))
            assert (item.sales, item.sales_before) == (after.sales, after.before)
