"""Visits from plan to conclusion through their operations, and back again by undo."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from fieldsales.domain.clock import Clock, from_stamp, to_stamp
from fieldsales.domain.contact import Contact
from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit, VisitFacts
from fieldsales.errors import FieldError, UserError
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.services.operations.tasks import CompleteTask
from fieldsales.services.operations.visits import (
    BringPerson,
    CancelVisit,
    ConcludeVisit,
    LogVisit,
    NoteOutcome,
    OrderVisitItems,
    PlanVisit,
    RemoveVisitItem,
    ReviveVisit,
    SetVisitPerson,
    StartVisit,
    TellCustomer,
)
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store import drafts
from fieldsales.store.queries.visits import visit_facts
from tests.workspaces import TODAY, add

ADVANCE = {
    "their_advance": "trial",
    "their_action": "拿东一栋 200 头猪试三周",
    "their_date": "2026-11-16",
    "our_action": "送 3 吨料到场",
    "our_date": "2026-11-14",
}


class SlowClock(Clock):
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        super().__init__(TODAY)
        self.later = timedelta()

    def now(self) -> datetime:
        return super().now() + self.later


@pytest.fixture
def clock() -> SlowClock:
    return SlowClock()


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润牧业有限公司")


def plan(workspace: Workspace, customer: str, *people: str, **values: object) -> str:
    starts = workspace.clock.now() + timedelta(hours=2)
    operation = PlanVisit(customer, {"starts_at": to_stamp(starts), **values}, people)
    workspace.run(operation)
    return operation.row_id


def visit(workspace: Workspace, visit_id: str) -> Visit:
    return facts(workspace, visit_id).visit


def facts(workspace: Workspace, visit_id: str) -> VisitFacts:
    return visit_facts(workspace.store, visit_id)


def tasks(workspace: Workspace, visit_id: str) -> dict[str, Task]:
    """The follow-ups by their words."""
    return {task.title: task for task in facts(workspace, visit_id).follow_ups}


def image(workspace: Workspace) -> list[object]:
    """Every record, to compare two states of the file."""
    store = workspace.store
    return [store.rows(f"SELECT * FROM {table} ORDER BY id") for table in NOUNS]


# plan


def test_a_plan_holds_what_was_given_and_who_is_expected(
    workspace: Workspace, customer: str
) -> None:
    one, other = (
        add(workspace, "contact", name=name, customer_id=customer) for name in ("王建国", "贺文清")
    )
    visit_id = plan(workspace, customer, one, other, place="场部办公室", wanted_advance="trial")
    found = facts(workspace, visit_id)
    assert (found.visit.state, found.visit.place) == ("planned", "场部办公室")
    assert [(p.contact.name, p.met) for p in found.people] == [("王建国", False), ("贺文清", False)]


def test_people_and_deals_of_another_customer_are_refused(
    workspace: Workspace, customer: str
) -> None:
    other = add(workspace, "customer", name="绿源合作社")
    stranger = add(workspace, "contact", name="李四", customer_id=other)
    deal = add(workspace, "deal", title="年单", customer_id=other)
    before = image(workspace)
    with pytest.raises(UserError, match="other_customer"):
        plan(workspace, customer, stranger)
    with pytest.raises(UserError, match="other_customer"):
        plan(workspace, customer, deal_id=deal)
    assert image(workspace) == before


def test_a_visit_to_a_customer_in_the_trash_is_refused(workspace: Workspace, customer: str) -> None:
    workspace.run(TrashRecords("customer", (customer,)))
    for operation in (
        LogVisit(customer),
        PlanVisit(customer, {"starts_at": "2026-11-09T01:00:00Z"}),
    ):
        with pytest.raises(UserError, match=r"record\.gone"):
            workspace.run(operation)


def test_somebody_new_is_brought_along_by_name(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(BringPerson(visit_id, "单田芳", met=True))
    (person,) = facts(workspace, visit_id).people
    assert (person.contact.name, person.contact.customer_id, person.met) == (
        "单田芳",
        customer,
        True,
    )
    workspace.undo()
    assert not facts(workspace, visit_id).people
    assert workspace.store.record(Contact, person.contact.id) is None


def test_a_person_without_a_name_is_refused(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    with pytest.raises(FieldError, match=r"field\.required"):
        workspace.run(BringPerson(visit_id, "   "))


def test_lines_keep_the_order_they_are_given(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    ids = [
        add(workspace, "visit_item", visit_id=visit_id, kind="question", text=text)
        for text in ("一", "二", "三")
    ]
    workspace.run(OrderVisitItems(visit_id, (ids[2], ids[0], ids[1])))
    assert [item.text for item in facts(workspace, visit_id).items] == ["三", "一", "二"]
    workspace.run(RemoveVisitItem(ids[0]))
    assert [item.text for item in facts(workspace, visit_id).items] == ["三", "二"]
    workspace.undo()
    workspace.undo()
    assert [item.text for item in facts(workspace, visit_id).items] == ["一", "二", "三"]


def test_a_line_of_another_visit_is_not_moved(workspace: Workspace, customer: str) -> None:
    one, other = plan(workspace, customer), plan(workspace, customer)
    foreign = add(workspace, "visit_item", visit_id=other, text="问")
    with pytest.raises(UserError, match=r"record\.gone"):
        workspace.run(OrderVisitItems(one, (foreign,)))


# run


def test_starting_counts_the_expected_as_met(workspace: Workspace, customer: str) -> None:
    one = add(workspace, "contact", name="王建国", customer_id=customer)
    other = add(workspace, "contact", name="贺文清", customer_id=customer)
    visit_id = plan(workspace, customer, one, other)
    workspace.run(StartVisit(visit_id))
    workspace.run(SetVisitPerson(visit_id, other, met=False))
    assert visit(workspace, visit_id).state == "running"
    assert visit(workspace, visit_id).starts_at == workspace.clock.stamp()
    assert [p.met for p in facts(workspace, visit_id).people] == [True, False]
    with pytest.raises(UserError, match="already_begun"):
        workspace.run(StartVisit(visit_id))


def test_logging_now_is_one_step_into_a_running_visit(workspace: Workspace, customer: str) -> None:
    operation = LogVisit(customer)
    workspace.run(operation)
    assert visit(workspace, operation.row_id).state == "running"
    workspace.undo()
    with pytest.raises(UserError, match=r"record\.gone"):
        facts(workspace, operation.row_id)


def test_a_visit_called_off_can_be_planned_again(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(CancelVisit(visit_id))
    assert visit(workspace, visit_id).state == "cancelled"
    workspace.run(ReviveVisit(visit_id))
    assert visit(workspace, visit_id).state == "planned"
    with pytest.raises(UserError, match="already_begun"):
        workspace.run(ReviveVisit(visit_id))


# conclude


def test_a_conclusion_makes_a_promise_of_theirs_and_a_task_of_ours(
    workspace: Workspace, customer: str
) -> None:
    deal = add(workspace, "deal", title="年单", customer_id=customer)
    visit_id = plan(workspace, customer, deal_id=deal)
    workspace.run(StartVisit(visit_id))
    workspace.run(ConcludeVisit(visit_id, ADVANCE))
    judged = visit(workspace, visit_id).judgement
    assert judged is not None
    assert judged.verdict == "advance"
    theirs, ours = (
        tasks(workspace, visit_id)[ADVANCE[name]] for name in ("their_action", "our_action")
    )
    assert (theirs.party, theirs.kind, theirs.due) == ("them", "promise", "2026-11-16")
    assert (ours.party, ours.kind, ours.due) == ("us", "follow_up", "2026-11-14")
    assert {theirs.deal_id, ours.deal_id} == {deal}


def test_concluding_needs_nothing_but_itself(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(ConcludeVisit(visit_id))
    judged = visit(workspace, visit_id).judgement
    assert judged is not None
    assert (judged.verdict, judged.reason) == ("continuation", "no_action")
    assert not tasks(workspace, visit_id)


def test_what_was_noted_before_counts_in_the_conclusion(
    workspace: Workspace, customer: str
) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(NoteOutcome(visit_id, ADVANCE))
    assert visit(workspace, visit_id).judgement is None
    assert not tasks(workspace, visit_id)
    workspace.run(ConcludeVisit(visit_id))
    assert set(tasks(workspace, visit_id)) == {ADVANCE["their_action"], ADVANCE["our_action"]}


def test_correcting_a_conclusion_corrects_its_tasks(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(ConcludeVisit(visit_id, ADVANCE))
    before = tasks(workspace, visit_id)
    workspace.run(NoteOutcome(visit_id, {"their_date": "2026-11-23", "their_action": "两栋都试"}))
    after = tasks(workspace, visit_id)
    assert set(after) == {"两栋都试", ADVANCE["our_action"]}
    assert after["两栋都试"].due == "2026-11-23"
    assert after["两栋都试"].id == before[str(ADVANCE["their_action"])].id
    workspace.run(NoteOutcome(visit_id, {"their_action": ""}))
    assert set(tasks(workspace, visit_id)) == {ADVANCE["our_action"]}


def test_a_correction_leaves_other_tasks_alone(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    extra = add(
        workspace, "task", title="问技术员蛋白指标", kind="follow_up", party="us",
        visit_id=visit_id, customer_id=customer,
    )  # fmt: skip
    workspace.run(ConcludeVisit(visit_id, ADVANCE))
    workspace.run(ConcludeVisit(visit_id, {"our_action": "送 5 吨料到场"}))
    found = tasks(workspace, visit_id)
    assert set(found) == {"问技术员蛋白指标", "送 5 吨料到场", ADVANCE["their_action"]}
    assert found["问技术员蛋白指标"].id == extra


def test_a_task_renamed_by_hand_is_kept_until_its_own_words_change(
    workspace: Workspace, customer: str
) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(ConcludeVisit(visit_id, ADVANCE))
    ours = tasks(workspace, visit_id)[str(ADVANCE["our_action"])]
    workspace.run(EditRecord("task", ours.id, {"title": "周五早上送 3 吨料"}))
    workspace.run(NoteOutcome(visit_id, {"their_date": "2026-11-17"}))
    assert "周五早上送 3 吨料" in tasks(workspace, visit_id)
    workspace.run(NoteOutcome(visit_id, {"our_action": "送 2 吨料到场"}))
    assert tasks(workspace, visit_id)["送 2 吨料到场"].id == ours.id


def test_a_task_that_is_done_stays_as_it_was(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(ConcludeVisit(visit_id, ADVANCE))
    ours = tasks(workspace, visit_id)[str(ADVANCE["our_action"])]
    workspace.run(CompleteTask(ours.id))
    workspace.run(NoteOutcome(visit_id, {"our_action": "再送 1 吨"}))
    assert ADVANCE["our_action"] in tasks(workspace, visit_id)
    assert "再送 1 吨" not in tasks(workspace, visit_id)


def test_a_promise_of_ours_follows_its_words_before_and_after_the_conclusion(
    workspace: Workspace, customer: str
) -> None:
    visit_id = plan(workspace, customer)
    with pytest.raises(UserError, match="visit.nothing_to_tell"):
        workspace.run(TellCustomer(visit_id))
    workspace.run(NoteOutcome(visit_id, {"our_action": "送 3 吨"}))
    workspace.run(TellCustomer(visit_id))
    workspace.run(NoteOutcome(visit_id, {"our_action": "送 3 吨料", "our_date": "2026-11-14"}))
    (before,) = tasks(workspace, visit_id).values()
    assert (before.title, before.kind, before.due) == ("送 3 吨料", "promise", "2026-11-14")
    workspace.run(ConcludeVisit(visit_id))
    assert visit_facts(workspace.store, visit_id).told_of_ours
    workspace.run(NoteOutcome(visit_id, {"our_date": "2026-11-15"}))
    (after,) = tasks(workspace, visit_id).values()
    assert (after.id, after.kind, after.due) == (before.id, "promise", "2026-11-15")
    workspace.run(EditRecord("task", after.id, {"title": "周五送 3 吨料"}))
    assert visit_facts(workspace.store, visit_id).told_of_ours
    workspace.run(TellCustomer(visit_id, told=False))
    assert tasks(workspace, visit_id)["周五送 3 吨料"].kind == "follow_up"
    assert not visit_facts(workspace.store, visit_id).told_of_ours


def test_a_promise_taken_back_before_the_conclusion_leaves_nothing(
    workspace: Workspace, customer: str
) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(NoteOutcome(visit_id, {"our_action": "送 3 吨料到场"}))
    workspace.run(TellCustomer(visit_id))
    workspace.run(TellCustomer(visit_id, told=False))
    assert not tasks(workspace, visit_id)
    workspace.run(ConcludeVisit(visit_id))
    assert tasks(workspace, visit_id)["送 3 吨料到场"].kind == "follow_up"


@pytest.mark.parametrize(
    ("first", "then", "field"),
    [
        ({}, {"ordered": 1, "refused": 1}, "refused"),
        ({"ordered": 1}, {"refused": 1}, "refused"),
        ({"refused": 1}, {"ordered": 1}, "ordered"),
    ],
)
def test_ordered_and_refused_at_once_is_told_at_the_field(
    workspace: Workspace,
    customer: str,
    first: dict[str, object],
    then: dict[str, object],
    field: str,
) -> None:
    visit_id = plan(workspace, customer)
    if first:
        workspace.run(NoteOutcome(visit_id, first))
    before = image(workspace)
    for operation in (NoteOutcome(visit_id, then), ConcludeVisit(visit_id, then)):
        with pytest.raises(FieldError) as told:
            workspace.run(operation)
        assert (told.value.code, told.value.field) == ("visit.ordered_and_refused", field)
    assert image(workspace) == before


def test_an_amount_goes_with_its_order(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(NoteOutcome(visit_id, {"ordered": 1, "amount": 4_200_000}))
    workspace.run(NoteOutcome(visit_id, {"ordered": 0}))
    assert visit(workspace, visit_id).amount is None


def test_only_the_conclusion_is_written_that_way(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    with pytest.raises(UserError, match="not_a_conclusion"):
        workspace.run(ConcludeVisit(visit_id, {"place": "场部"}))


def test_a_concluded_visit_is_not_called_off(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    workspace.run(ConcludeVisit(visit_id))
    with pytest.raises(UserError, match="already_concluded"):
        workspace.run(CancelVisit(visit_id))


def test_the_length_is_measured_unless_the_end_was_forgotten(
    workspace: Workspace, customer: str, clock: SlowClock
) -> None:
    short, forgotten = LogVisit(customer), LogVisit(customer)
    workspace.run(short)
    workspace.run(forgotten)
    clock.later = timedelta(minutes=47)
    workspace.run(ConcludeVisit(short.row_id))
    clock.later = timedelta(days=9)
    workspace.run(ConcludeVisit(forgotten.row_id))
    assert visit(workspace, short.row_id).minutes == 47
    assert visit(workspace, forgotten.row_id).minutes is None


def test_a_plan_concluded_straight_away_was_held_today_with_those_expected(
    workspace: Workspace, customer: str
) -> None:
    person = add(workspace, "contact", name="王建国", customer_id=customer)
    visit_id = plan(workspace, customer, person)
    workspace.run(ConcludeVisit(visit_id, {"ordered": 1}))
    found = facts(workspace, visit_id)
    assert from_stamp(found.visit.starts_at) <= workspace.clock.now()
    assert [p.met for p in found.people] == [True]


def test_who_was_ticked_by_hand_is_all_who_was_met(workspace: Workspace, customer: str) -> None:
    came, stayed_away = (
        add(workspace, "contact", name=name, customer_id=customer) for name in ("王建国", "李莉")
    )
    visit_id = plan(workspace, customer, came, stayed_away)
    workspace.run(SetVisitPerson(visit_id, came, met=True))
    workspace.run(ConcludeVisit(visit_id))
    met = {person.contact.name: person.met for person in facts(workspace, visit_id).people}
    assert met == {"王建国": True, "李莉": False}


def test_what_was_noted_needs_its_draft_no_more(workspace: Workspace, customer: str) -> None:
    visit_id = plan(workspace, customer)
    drafts.keep(workspace.store, "visit", visit_id, "their_date", "下周")
    drafts.keep(workspace.store, "visit", visit_id, "our_date", "再说")
    workspace.run(NoteOutcome(visit_id, {"their_date": "2026-11-16"}))
    assert drafts.of(workspace.store, "visit", visit_id) == {"our_date": "再说"}


def test_all_of_it_undone_and_done_again(workspace: Workspace, customer: str) -> None:
    person = add(workspace, "contact", name="王建国", customer_id=customer)
    before = image(workspace)
    visit_id = plan(workspace, customer)
    item = AddRecord("visit_item", {"visit_id": visit_id, "kind": "question", "text": "用多少？"})
    steps: list[Operation] = [
        SetVisitPerson(visit_id, person),
        item,
        StartVisit(visit_id),
        EditRecord("visit_item", item.row_id, {"done": 1, "answer": "一个月 30 吨"}),
        AddRecord("need", {"customer_id": customer, "visit_id": visit_id, "text": "料肉比太高"}),
        NoteOutcome(visit_id, {"note": "院里在修新棚"}),
        ConcludeVisit(visit_id, ADVANCE),
        NoteOutcome(visit_id, {"their_date": "2026-11-20"}),
        RemoveVisitItem(item.row_id),
    ]
    states = [image(workspace)]
    for step in steps:
        workspace.run(step)
        states.append(image(workspace))
    for state in reversed(states[:-1]):
        workspace.undo()
        assert image(workspace) == state
    workspace.undo()
    assert image(workspace) == before
    workspace.redo()
    for state in states[1:]:
        workspace.redo()
        assert image(workspace) == state
