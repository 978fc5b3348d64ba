"""Scores given one by one; feedback taken up, answered, closed, opened again, made a task (M35)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fieldsales.domain.feedback import AnswerTimes, state
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.task import Task
from fieldsales.errors import FieldError, UserError
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.feedback import (
    AnswerFeedback,
    CloseFeedback,
    HearFeedback,
    MakeFeedbackTask,
    ReopenFeedback,
    TakeUpFeedback,
)
from fieldsales.services.operations.records import RestoreRecords, TrashRecords
from fieldsales.services.operations.satisfaction import ScoreSatisfaction
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.queries import feedback, satisfaction
from fieldsales.store.queries.trash import trashed
from tests.workspaces import Add, data_hash


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


@pytest.fixture
def complaint(workspace: Workspace, customer: str) -> str:
    heard = HearFeedback({"customer_id": customer, "text": "料里有霉味"})
    workspace.run(heard)
    return heard.row_id


def _state(workspace: Workspace, row_id: str) -> str:
    found = workspace.store.record(Interaction, row_id)
    assert found is not None
    return state(found)


def test_what_is_heard_is_a_complaint_of_now(workspace: Workspace, complaint: str) -> None:
    [heard] = feedback.still_open(workspace.store)
    assert (heard.record.id, heard.record.kind, heard.customer) == (
        complaint,
        "complaint",
        "海润牧业",
    )
    assert _state(workspace, complaint) == "new"
    with pytest.raises(FieldError, match="required"):
        workspace.run(HearFeedback({"customer_id": heard.record.customer_id, "text": " "}))
    with pytest.raises(UserError, match="gone"):
        workspace.run(HearFeedback({"text": "谁家的？"}))


def test_the_way_of_a_complaint(workspace: Workspace, complaint: str) -> None:
    store = workspace.store
    before = data_hash(workspace)
    ways: list[tuple[Operation, str]] = [
        (TakeUpFeedback(complaint, "老高"), "working"),
        (AnswerFeedback(complaint, "已换货", "goods"), "answered"),
        (CloseFeedback(complaint), "closed"),
        (ReopenFeedback(complaint), "working"),
        (AnswerFeedback(complaint, "又换了一批", close=True), "closed"),
    ]
    for operation, reached in ways:
        workspace.run(operation)
        assert _state(workspace, complaint) == reached
    assert feedback.still_open(store) == []
    [done] = feedback.closed(store)
    assert (done.record.assignee, done.record.answer) == ("老高", "又换了一批")
    assert feedback.times(store, workspace.clock.today()) == AnswerTimes(1, Decimal(0), Decimal(0))
    for _ in ways:
        workspace.undo()
    assert data_hash(workspace) == before


def test_the_first_answer_counts_until_it_is_opened_again(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    row_id = add(
        "interaction",
        customer_id=customer,
        kind="feedback",
        at="2026-11-01T02:00:00Z",
        answer="好的",
        answered_at="2026-11-03T02:00:00Z",
    )
    workspace.run(AnswerFeedback(row_id, "好的，周五送到"))
    times = feedback.times(workspace.store, workspace.clock.today())
    assert (times.n, times.longest) == (1, Decimal(2))
    workspace.run(ReopenFeedback(row_id))
    assert feedback.times(workspace.store, workspace.clock.today()).n == 0
    workspace.run(AnswerFeedback(row_id, "今天送到了"))
    longest = feedback.times(workspace.store, workspace.clock.today()).longest
    assert longest is not None
    assert longest > 7
    assert feedback.times(workspace.store, date(2026, 10, 31)).n == 0


def test_what_is_refused(workspace: Workspace, customer: str, complaint: str, add: Add) -> None:
    with pytest.raises(FieldError, match="required"):
        workspace.run(AnswerFeedback(complaint, "  "))
    workspace.run(AnswerFeedback(complaint, "已换货"))
    with pytest.raises(UserError, match="not_waiting"):
        workspace.run(TakeUpFeedback(complaint))
    call = add("interaction", customer_id=customer, kind="call", at="2026-11-09T01:00:00Z")
    with pytest.raises(UserError, match="gone"):
        workspace.run(CloseFeedback(call))
    assert feedback.one(workspace.store, call) is None


def test_a_task_is_made_once_and_takes_it_up(workspace: Workspace, complaint: str) -> None:
    made = MakeFeedbackTask(complaint, "换两袋料", "2026-11-12")
    workspace.run(made)
    task = workspace.store.record(Task, made.task_id)
    assert task is not None
    assert (task.title, task.kind, task.due) == ("换两袋料", "service", "2026-11-12")
    assert _state(workspace, complaint) == "working"
    with pytest.raises(UserError, match="task_already"):
        workspace.run(MakeFeedbackTask(complaint, "再换"))
    workspace.run(TrashRecords("task", (made.task_id,)))
    workspace.run(MakeFeedbackTask(complaint, "再换"))


def test_it_goes_and_comes_back_with_its_customer(
    workspace: Workspace, customer: str, complaint: str
) -> None:
    workspace.run(ScoreSatisfaction("goods", 2, {"customer_id": customer}))
    workspace.run(TrashRecords("customer", (customer,)))
    assert feedback.still_open(workspace.store) == []
    assert satisfaction.history(workspace.store, customer) == []
    workspace.run(RestoreRecords("customer", (customer,)))
    assert [one.record.id for one in feedback.of_customer(workspace.store, customer)] == [complaint]
    assert len(satisfaction.history(workspace.store, customer)) == 1


def test_who_is_erased_is_named_in_no_answer_and_no_score(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    person = add("contact", name="王建国", customer_id=customer)
    heard = HearFeedback({"customer_id": customer, "contact_id": person, "text": "王建国不高兴"})
    workspace.run(heard)
    workspace.run(AnswerFeedback(heard.row_id, "给王建国换了货"))
    about = {"customer_id": customer, "contact_id": person, "note": "王建国说慢"}
    workspace.run(ScoreSatisfaction("goods", 2, about))
    workspace.run(EraseContact(person))
    found = feedback.one(workspace.store, heard.row_id)
    assert found is not None
    assert (found.contact, found.record.contact_id) == ("", None)
    assert "王建国" not in found.record.text + found.record.answer
    [score] = satisfaction.history(workspace.store, customer)
    assert (score.contact_id, score.note) == (None, "×××说慢")


def test_a_score_lies_in_the_trash_by_its_words_or_its_marks(
    workspace: Workspace, add: Add
) -> None:
    customer = add("customer", name="海润牧业")
    day = {"customer_id": customer, "scored_on": "2026-11-09", "goods": 4}
    plain = add("satisfaction", **day, image=2)
    worded = add("satisfaction", **day, note="货没得说")
    workspace.run(TrashRecords("satisfaction", (plain, worded)))
    assert {one.name for one in trashed(workspace.store)} == {"4 · – · 2", "货没得说"}
    workspace.run(RestoreRecords("satisfaction", (plain,)))
    assert len(trashed(workspace.store)) == 1


def test_scores_are_given_one_by_one_and_taken_back(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    visit = add("visit", customer_id=customer, starts_at="2026-11-09T01:00:00Z")
    before = data_hash(workspace)
    first = ScoreSatisfaction("goods", 4, {"customer_id": customer, "visit_id": visit})
    workspace.run(first)
    workspace.run(ScoreSatisfaction("service", 2, row_id=first.row_id))
    found = satisfaction.of_visit(workspace.store, visit)
    assert found is not None
    assert (found.goods, found.service, found.image) == (4, 2, None)
    assert found.scored_on == workspace.clock.today().isoformat()
    workspace.run(ScoreSatisfaction("goods", None, row_id=first.row_id))
    workspace.run(ScoreSatisfaction("service", None, row_id=first.row_id))
    assert satisfaction.of_visit(workspace.store, visit) is None
    workspace.undo()
    assert satisfaction.of_visit(workspace.store, visit) is not None
    while data_hash(workspace) != before:
        workspace.undo()
    with pytest.raises(FieldError):
        workspace.run(ScoreSatisfaction("goods", 6, {"customer_id": customer}))
    assert data_hash(workspace) == before
