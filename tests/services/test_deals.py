"""Deals through their stages: one rule for every way to move, nothing lost, all of it undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldsales.domain.clock import Clock
from fieldsales.domain.deal import Deal, probability, worth
from fieldsales.domain.forecast import OVERDUE, forecast, weighted
from fieldsales.domain.ids import new_id
from fieldsales.domain.pipeline import ENDS, FUNNEL_STAGES
from fieldsales.errors import FieldError, UserError
from fieldsales.services import checkup
from fieldsales.services.board import BOARDS, LANES, SORTS, Board, View, totals
from fieldsales.services.moving import Answers, MoveRefused, Order, check_move
from fieldsales.services.operations.deals import (
    AddDeal,
    EditDeal,
    ExpectInMonth,
    MoveDeals,
    PinProbability,
    RemoveMember,
    SnoozeDeals,
    TagDeals,
    UnpinProbability,
    WakeDeals,
)
from fieldsales.services.operations.forecast import SetRate, SetTarget
from fieldsales.services.operations.pipelines import (
    AddPipeline,
    AddStage,
    EditStage,
    OrderStages,
    RemovePipeline,
    RemoveStage,
    RenamePipeline,
)
from fieldsales.services.operations.records import (
    EditMany,
    EditRecord,
    RestoreRecords,
    TrashRecords,
)
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.visits import LogVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.deals import DealFilter, entries
from fieldsales.store.queries.funnel import chances, plan
from fieldsales.store.queries.pipelines import history, pipelines, usual_days
from tests.workspaces import TODAY, add, data_hash

WHY = Answers(reason="客户催得急，先报价")
LOSS = Answers(lost_reason="price", lost_rival="宁川")


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润牧业")


@pytest.fixture
def new(workspace: Workspace, customer: str) -> Callable[..., str]:
    def made(stage: str = "", **values: object) -> str:
        given = {"title": "全年用料", "customer_id": customer, "currency": "CNY", **values}
        operation = AddDeal(given, stage=stage, answers=WHY)
        workspace.run(operation)
        return operation.row_id

    return made


def deal(workspace: Workspace, row_id: str) -> Deal:
    found = workspace.store.record(Deal, row_id)
    assert found is not None
    return found


# --- adding


def test_a_new_deal_stands_at_the_beginning_of_its_pipeline(workspace, customer):
    for pipeline, first in (("funnel", "target"), ("store", "store_welcome")):
        added = AddDeal({"title": "试用", "customer_id": customer}, pipeline)
        workspace.run(added)
        made = deal(workspace, added.row_id)
        assert (made.pipeline_id, made.stage) == (pipeline, first)
        assert history(workspace.store, added.row_id) == []


def test_a_deal_added_further_down_is_asked_what_a_move_is_asked(workspace, customer):
    values = {"title": "试用", "customer_id": customer}
    before = data_hash(workspace)
    with pytest.raises(MoveRefused) as refused:
        workspace.run(AddDeal(values, stage="trust"))
    lacking = [piece.code for _, piece in refused.value.check.moving[0].missing]
    assert lacking == ["qualified", "roles", "profile"]
    assert data_hash(workspace) == before
    added = AddDeal(values, stage="trust", answers=WHY)
    workspace.run(added)
    assert [one.to_stage for one in history(workspace.store, added.row_id)] == ["trust"]


def test_a_deal_comes_from_a_visit(workspace, customer):
    visit = LogVisit(customer)
    workspace.run(visit)
    added = AddDeal({"title": "试用", "customer_id": customer}, visit_id=visit.row_id)
    workspace.run(added)
    assert workspace.store.value("SELECT deal_id FROM visit") == added.row_id
    other = add(workspace, "customer", name="兴农")
    with pytest.raises(UserError, match="visit.other_customer"):
        workspace.run(AddDeal({"title": "x", "customer_id": other}, visit_id=visit.row_id))


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (-1, "field.too_small"),
        (10**17, "field.amount_too_large"),
        (10**15, "field.amount_too_large"),
    ],
)
def test_amounts_that_cannot_be_are_refused(workspace, customer, amount, code):
    with pytest.raises(FieldError) as refused:
        workspace.run(AddDeal({"title": "x", "customer_id": customer, "amount": amount}))
    assert (refused.value.code, refused.value.field) == (code, "amount")


def test_a_deal_of_nothing_and_of_a_trillion_are_kept(workspace, new):
    assert deal(workspace, new(amount=0)).amount == 0
    assert deal(workspace, new(amount=10**14)).amount == 10**14


def test_a_deal_is_in_the_usual_currency_unless_told_otherwise(workspace, customer):
    workspace.run(ChangeSetting("money.currency", "TWD"))
    for values, code in (({}, "TWD"), ({"currency": ""}, "TWD"), ({"currency": "USD"}, "USD")):
        added = AddDeal({"title": "试用", "customer_id": customer, **values})
        workspace.run(added)
        assert deal(workspace, added.row_id).currency == code


def test_an_amount_keeps_its_figure_in_another_currency(workspace, new):
    row_id = new(amount=500_00, order_amount=400_00)
    workspace.run(EditDeal("deal", row_id, {"currency": "jpy"}))
    made = deal(workspace, row_id)
    assert (made.currency, made.amount, made.order_amount) == ("JPY", 500, 400)
    workspace.run(EditDeal("deal", row_id, {"currency": "USD", "amount": 70_00}))
    made = deal(workspace, row_id)
    assert (made.currency, made.amount, made.order_amount) == ("USD", 70_00, 400_00)
    for wrong in ("美刀", "us", "dollar"):
        with pytest.raises(FieldError) as refused:
            workspace.run(EditDeal("deal", row_id, {"currency": wrong}))
        assert refused.value.field == "currency"


# --- moving


def test_missing_evidence_refuses_and_says_what(workspace, new):
    row_id = new()
    before = data_hash(workspace)
    with pytest.raises(MoveRefused) as refused:
        workspace.run(MoveDeals((row_id,), "needs"))
    assert refused.value.code == "deal.move_needs_reason"
    assert refused.value.unanswered == ("reason",)
    (one,) = refused.value.check.moving
    assert [(stage.id, piece.code) for stage, piece in one.missing] == [
        ("target", "qualified"),
        ("analyse", "roles"),
        ("analyse", "profile"),
        ("trust", "guide"),
    ]
    assert data_hash(workspace) == before


def test_a_reason_lets_it_pass_and_is_kept_with_what_was_missing(workspace, new):
    row_id = new()
    workspace.run(MoveDeals((row_id,), "analyse", WHY))
    (change,) = history(workspace.store, row_id)
    assert (change.from_stage, change.to_stage, change.reason) == ("target", "analyse", WHY.reason)
    assert change.missing_codes == (("target", "qualified"),)
    assert change.since == deal(workspace, row_id).created_at


def test_evidence_opens_the_gate(workspace, customer, new):
    row_id = new()
    workspace.run(EditRecord("customer", customer, {"importance": "vip"}))
    assert check_move(workspace.store, [row_id], "analyse").asks == ()
    workspace.run(MoveDeals((row_id,), "analyse"))
    assert history(workspace.store, row_id)[0].missing == ""
    person = add(workspace, "contact", name="王建国", customer_id=customer)
    for role in ("purchaser", "user"):
        add(workspace, "buying_role", customer_id=customer, contact_id=person, role=role)
    lacking = check_move(workspace.store, [row_id], "trust").moving[0].missing
    assert [piece.code for _, piece in lacking] == ["profile"]
    workspace.run(TrashRecords("contact", (person,)))
    lacking = check_move(workspace.store, [row_id], "trust").moving[0].missing
    assert [piece.code for _, piece in lacking] == ["roles", "profile"]


def test_going_back_asks_nothing(workspace, new):
    row_id = new("value")
    workspace.run(MoveDeals((row_id,), "trust"))
    assert deal(workspace, row_id).stage == "trust"


def test_a_lost_deal_says_why_and_to_whom(workspace, new):
    row_id = new("value")
    for answers in (Answers(), Answers(lost_reason="price"), Answers(lost_rival="宁川"), WHY):
        with pytest.raises(MoveRefused, match="deal.move_needs_loss"):
            workspace.run(MoveDeals((row_id,), "lost", answers))
    with pytest.raises(FieldError, match="field.unknown_choice"):
        workspace.run(MoveDeals((row_id,), "lost", Answers(lost_reason="x", lost_rival="y")))
    workspace.run(MoveDeals((row_id,), "lost", LOSS))
    assert deal(workspace, row_id).lost_rival == "宁川"
    with pytest.raises(FieldError, match="field.required"):
        workspace.run(EditRecord("deal", row_id, {"lost_reason": ""}))
    workspace.run(EditRecord("deal", row_id, {"lost_reason": "credit", "note": "账期"}))
    workspace.run(MoveDeals((row_id,), "value"))
    assert (deal(workspace, row_id).lost_reason, deal(workspace, row_id).lost_rival) == ("", "")


def test_a_won_deal_has_an_order(workspace, new):
    row_id = new("payment", amount=500)
    (one,) = check_move(workspace.store, [row_id], "won").moving
    assert one.proposed == Order(500, None)
    orders = [{}, {row_id: Order(700)}, {row_id: Order(0, "2026-11-08")}]
    for given_orders in orders:
        with pytest.raises(MoveRefused) as refused:
            workspace.run(MoveDeals((row_id,), "won", replace(WHY, orders=given_orders)))
        assert refused.value.unanswered == ("order",)
    answers = replace(WHY, orders={row_id: Order(700, "2026-11-08")})
    workspace.run(MoveDeals((row_id,), "won", answers))
    made = deal(workspace, row_id)
    assert (made.stage, made.order_amount, made.ordered_on) == ("won", 700, "2026-11-08")
    assert history(workspace.store, row_id)[-1].missing == "payment:paid"


def test_the_order_of_a_visit_is_proposed(workspace, customer, new):
    row_id = new("commitment", amount=500)
    add(
        workspace,
        "visit",
        customer_id=customer,
        deal_id=row_id,
        state="concluded",
        starts_at="2026-11-01T02:00:00Z",
        ordered=1,
        amount=430,
        currency="CNY",
    )
    (one,) = check_move(workspace.store, [row_id], "won").moving
    assert one.proposed == Order(430, None)


def test_a_deal_that_stands_there_stays(workspace, new):
    row_id = new("value")
    ops = workspace.store.value("SELECT count(*) FROM op")
    assert not workspace.run(MoveDeals((row_id,), "value")).rows
    assert workspace.store.value("SELECT count(*) FROM op") == ops
    assert check_move(workspace.store, [row_id], "value").staying == (row_id,)


def test_many_move_together_or_not_at_all(workspace, new):
    ids = tuple(new("needs") for _ in range(30))
    ahead = new("value")
    before = data_hash(workspace)
    with pytest.raises(MoveRefused):
        workspace.run(MoveDeals((*ids, ahead), "value"))
    assert data_hash(workspace) == before
    check = check_move(workspace.store, (*ids, ahead), "value")
    assert (len(check.moving), check.staying) == (30, (ahead,))
    workspace.run(MoveDeals((*ids, ids[0], ahead), "value", WHY))
    assert {deal(workspace, row_id).stage for row_id in ids} == {"value"}
    workspace.undo()
    assert data_hash(workspace) == before


def test_what_is_in_the_trash_does_not_move(workspace, customer, new):
    one, other = new("needs"), new("needs")
    workspace.run(TrashRecords("deal", (one,)))
    with pytest.raises(UserError) as refused:
        workspace.run(MoveDeals((one, other), "trust"))
    assert (refused.value.code, refused.value.params) == ("deal.gone", {"n": 1})
    assert deal(workspace, other).stage == "needs"
    workspace.run(TrashRecords("customer", (customer,)))
    assert check_move(workspace.store, [one, other, "nobody"], "trust").gone == (
        one,
        other,
        "nobody",
    )
    for refused_operation in (
        MoveDeals((other,), "trust"),
        SnoozeDeals((other,), TODAY + timedelta(days=3), "x"),
        PinProbability(other, 3, "x"),
        ExpectInMonth((other,), "2026-12"),
        TagDeals((other,), add=("x",)),
        MoveDeals((), "trust"),
    ):
        with pytest.raises(UserError):
            workspace.run(refused_operation)


def test_two_windows_race_and_the_second_is_asked_anew(workspace, customer, new, db_path):
    row_id = new("value")
    workspace.run(EditRecord("customer", customer, {"importance": "vip"}))
    other = Workspace.open(db_path, Clock(TODAY))
    assert check_move(other.store, [row_id], "needs").asks == ()  # a step back
    workspace.run(MoveDeals((row_id,), "target"))
    with pytest.raises(MoveRefused):  # by now it would be a step forward
        other.run(MoveDeals((row_id,), "needs"))
    other.run(MoveDeals((row_id,), "analyse"))
    assert deal(workspace, row_id).stage == "analyse"
    changes = history(workspace.store, row_id)
    assert [(one.from_stage, one.to_stage) for one in changes] == [
        ("target", "value"),
        ("value", "target"),
        ("target", "analyse"),
    ]
    other.close()


def test_there_and_back_changes_nothing_but_history(workspace, new):
    row_id = new("needs", amount=5, expected_close="2026-12-01")
    before = deal(workspace, row_id)
    for stage in ("value", "lost", "needs", "store_service", "needs"):
        workspace.run(MoveDeals((row_id,), stage, replace(LOSS, reason="x")))
    assert deal(workspace, row_id) == before
    assert len(history(workspace.store, row_id)) == 6


def test_a_clock_put_back_keeps_history_in_order(db_path):
    ahead = Workspace.open(db_path, Clock(TODAY + timedelta(days=2)))
    customer = add(ahead, "customer", name="海润")
    added = AddDeal({"title": "x", "customer_id": customer}, stage="needs", answers=WHY)
    ahead.run(added)
    ahead.close()
    back = Workspace.open(db_path, Clock(TODAY))
    back.run(MoveDeals((added.row_id,), "value", WHY))
    changes = history(back.store, added.row_id)
    assert [one.to_stage for one in changes] == ["needs", "value"]
    assert changes[1].at >= changes[0].at
    back.close()


# --- what else is done with deals


def test_a_stage_is_not_changed_by_a_plain_edit(workspace, new):
    row_id = new()
    for edit in (
        EditRecord("deal", row_id, {"stage": "won"}),
        EditMany("deal", (row_id,), {"pipeline_id": "store"}),
        EditRecord("deal", row_id, {"pinned_probability": 3}),
    ):
        with pytest.raises(ValueError, match="operation of its own"):
            workspace.run(edit)


def test_putting_off_wants_a_day_and_a_reason(workspace, new):
    row_id = new()
    tomorrow = TODAY + timedelta(days=1)
    for operation, field in (
        (SnoozeDeals((row_id,), TODAY, "等预算"), "snoozed_until"),
        (SnoozeDeals((row_id,), tomorrow, " "), "snooze_reason"),
    ):
        with pytest.raises(FieldError) as refused:
            workspace.run(operation)
        assert refused.value.field == field
    workspace.run(SnoozeDeals((row_id,), tomorrow, "等预算"))
    assert deal(workspace, row_id).snooze_reason == "等预算"
    workspace.run(WakeDeals((row_id,)))
    assert deal(workspace, row_id).snoozed_until is None


def test_a_pinned_probability_has_a_reason(workspace, new):
    row_id = new()
    for operation in (PinProbability(row_id, 30, ""), PinProbability(row_id, 101, "x")):
        with pytest.raises(FieldError):
            workspace.run(operation)
    workspace.run(PinProbability(row_id, 0, "预算冻结"))
    board = Board(workspace.store)
    board.load(View())
    assert board.cards([row_id])[0].probability == 0
    workspace.run(UnpinProbability(row_id))
    assert board.cards([row_id])[0].probability == 5


@pytest.mark.parametrize(
    ("close", "month", "day"),
    [
        ("2026-11-30", "2027-02", "2027-02-28"),
        ("2026-12-15", "2027-01", "2027-01-15"),
        (None, "2026-12", "2026-12-31"),
        ("2026-12-03", "2026-11", "2026-11-09"),  # the third is over
        ("2026-05-20", "2026-11", "2026-11-20"),
    ],
)
def test_a_month_keeps_the_day(workspace, new, close, month, day):
    row_id = new(expected_close=close)
    workspace.run(ExpectInMonth((row_id,), month))
    assert deal(workspace, row_id).expected_close == day


def test_a_deal_whose_month_is_over_counts_once_and_as_late(workspace, new):
    late = new("needs", amount=700, expected_close="2026-10-31")
    new("needs", amount=500, expected_close="2026-11-01")  # this month can still bring it
    new("needs", amount=300)
    made = forecast(chances(workspace.store), TODAY)
    assert made.months[OVERDUE]["CNY"].open == 700
    assert made.total()["CNY"].open == 1_500
    board = Board(workspace.store)
    board.load(View(by="month"))
    assert board.ids(OVERDUE) == [late]
    assert board.totals(OVERDUE).sums == {"CNY": 700}
    assert deal(workspace, new(expected_close="1999-01-01")).expected_close == "1999-01-01"


def test_no_deal_is_expected_in_a_month_that_is_over(workspace, new):
    with pytest.raises(UserError, match="deal.month_over"):
        workspace.run(ExpectInMonth((new(),), "2026-10"))


def test_tags_and_members(workspace, new):
    one, other = new(), new()
    workspace.run(TagDeals((one, other), add=("大单", "大单")))
    workspace.run(TagDeals((one,), add=("大单",), remove=("没有",)))
    board = Board(workspace.store)
    board.load(View(DealFilter(tags=("大单",))))
    assert board.count() == 2
    workspace.run(TagDeals((one,), remove=("大单",)))
    assert [card.tags for card in board.cards([one, other])] == [(), ("大单",)]
    member = add(workspace, "deal_member", deal_id=one, name="李工", role="technical")
    workspace.run(RemoveMember(member))
    with pytest.raises(UserError, match="record.gone"):
        workspace.run(RemoveMember(member))
    workspace.undo()
    assert workspace.store.value("SELECT name FROM deal_member") == "李工"


# --- stages


def test_removing_a_stage_loses_no_deal(workspace, new):
    ids = [new("trust"), new("trust"), new("needs")]
    workspace.run(TrashRecords("deal", (ids[1],)))
    before = data_hash(workspace)
    for target in ("trust", "won", "store_needs", "nowhere"):
        with pytest.raises(UserError):
            workspace.run(RemoveStage("trust", target))
    workspace.run(RemoveStage("trust", "needs"))
    known = pipelines(workspace.store)
    assert "trust" not in [stage.id for stage in known.open_stages("funnel")]
    assert {deal(workspace, row_id).stage for row_id in ids} == {"needs"}
    assert history(workspace.store, ids[1])[-1].cause == "stage_removed"
    with pytest.raises(UserError, match="stage.gone"):
        workspace.run(MoveDeals((ids[0],), "trust"))
    workspace.run(RestoreRecords("deal", (ids[1],)))
    assert deal(workspace, ids[1]).stage == "needs"
    workspace.undo()
    workspace.undo()
    assert data_hash(workspace) == before
    assert checkup.findings(workspace.store) == []


def test_the_first_stage_can_go_and_new_deals_begin_at_the_next(workspace, new):
    workspace.run(RemoveStage("target", "analyse"))
    assert deal(workspace, new()).stage == "analyse"


def test_a_stage_with_deals_is_not_undone_away(workspace, new):
    added = AddStage("funnel", {"name": "试用", "probability": 50}, after="needs")
    op = workspace.run(added).op
    known = pipelines(workspace.store)
    assert [stage.id for stage in known.open_stages("funnel")][4] == added.row_id
    row_id = new(added.row_id)
    with pytest.raises(UserError, match="store.still_needed"):
        workspace.undo(op)
    assert deal(workspace, row_id).stage == added.row_id


def test_stages_are_edited_within_reason(workspace):
    workspace.run(EditStage("value", {"name": "报价", "probability": 55, "gate": "shown order"}))
    stage = pipelines(workspace.store).stage("value")
    assert (stage.name, stage.probability, stage.gate_codes) == ("报价", 55, ("shown", "order"))
    workspace.run(EditStage("won", {"name": "已交货"}))
    for refused in (
        EditStage("won", {"probability": 50}),
        EditStage("value", {"probability": 101}),
        EditStage("value", {"probability": None}),
        EditStage("value", {"gate": "shown wish"}),
        AddStage("funnel", {"name": " "}),
        AddStage("funnel", {"name": "x"}, after="store_needs"),
        OrderStages("funnel", ("target",)),
        AddPipeline("", ("x",)),
        AddPipeline("招标", ()),
        RemovePipeline("store", "store_needs"),
    ):
        with pytest.raises(UserError):
            workspace.run(refused)


def test_the_order_of_stages_decides_what_is_asked(workspace, new):
    row_id = new()
    workspace.run(OrderStages("funnel", tuple(reversed(FUNNEL_STAGES))))
    assert check_move(workspace.store, [row_id], "payment").asks == ()  # now a step back
    workspace.undo()
    assert check_move(workspace.store, [row_id], "payment").asks == ("reason",)


def test_a_pipeline_of_ones_own(workspace, new):
    added = AddPipeline("招标", ("看公告", "投标", "开标"))
    workspace.run(added)
    row = pipelines(workspace.store).open_stages(added.row_id)
    assert [stage.probability for stage in row] == [25, 50, 75]
    row_id, lost = new(row[1].id), new()
    workspace.run(MoveDeals((lost,), row[2].id, WHY))
    workspace.run(MoveDeals((lost,), "lost", LOSS))
    workspace.run(RenamePipeline(added.row_id, "政府招标"))
    assert deal(workspace, lost).pipeline_id == added.row_id
    workspace.run(RemovePipeline(added.row_id, "needs"))
    assert (deal(workspace, row_id).stage, deal(workspace, row_id).pipeline_id) == (
        "needs",
        "funnel",
    )
    assert (deal(workspace, lost).stage, deal(workspace, lost).pipeline_id) == ("lost", "funnel")
    assert added.row_id not in [one.id for one in pipelines(workspace.store).live]
    assert checkup.findings(workspace.store) == []


# --- targets and rates


def test_targets_and_rates_are_kept_one_by_one(workspace):
    workspace.run(SetTarget("2026-12", "CNY", 500))
    workspace.run(SetTarget("2026-11", "CNY", 300))
    workspace.run(SetTarget("2026-11", "USD", 20))
    workspace.run(SetTarget("2026-12", "CNY", None))
    workspace.run(SetTarget("2026-12", "CNY", 9, "store"))
    workspace.run(SetRate("USD", " 7.15 "))
    assert plan(workspace.store, "funnel").targets == {"2026-11": {"CNY": 300, "USD": 20}}
    assert plan(workspace.store, "funnel").rates == {"USD": "7.15"}
    workspace.run(SetRate("USD", ""))
    assert plan(workspace.store, "funnel").rates == {}
    for refused in (
        SetRate("USD", "0"),
        SetTarget("2026-11", "CNY", -1),
        SetTarget("2026-11", "CNY", 10**16),
    ):
        with pytest.raises(FieldError):
            workspace.run(refused)


# --- anything in any order


@dataclass
class Script:
    """Runs steps by number, whatever they come to."""

    workspace: Workspace
    customers: list[str]
    deals: list[str]
    stages: list[str]

    def run(self, kind: str, at: int, to: int) -> None:
        row_id = self.deals[at % len(self.deals)] if self.deals else ""
        customer = self.customers[at % len(self.customers)]
        stage = self.stages[to % len(self.stages)]
        some = tuple(self.deals[at % 3 :: 2])
        answers = Answers("因为", "price", "宁川", {one: Order(7, "2026-11-08") for one in some})
        if kind in ("undo", "redo"):
            getattr(self.workspace, kind)()
            return
        if kind == "add":
            values = {"title": f"第{at}单", "customer_id": customer, "amount": at * 1_000 + to}
            values["currency"] = ("CNY", "USD", "")[to % 3]
            row_id = new_id()
            answers = replace(answers, orders={row_id: Order(7, "2026-11-08")})
            self.workspace.run(AddDeal(values, stage=stage, answers=answers, row_id=row_id))
            self.deals.append(row_id)
            return
        if kind == "stage":
            operation = AddStage("funnel", {"name": f"第{at}步"}, after=stage if to % 2 else "")
            self.workspace.run(operation)
            self.stages.append(operation.row_id)
            return
        self.workspace.run(
            {
                "move": MoveDeals((row_id,), stage, answers),
                "refused": MoveDeals((row_id,), stage),
                "many": MoveDeals(some, stage, answers),
                "trash": TrashRecords("deal", (row_id,)),
                "restore": RestoreRecords("deal", (row_id,)),
                "trash customer": TrashRecords("customer", (customer,)),
                "restore customer": RestoreRecords("customer", (customer,)),
                "unstage": RemoveStage(stage, self.stages[at % len(self.stages)]),
                "snooze": SnoozeDeals(some, TODAY + timedelta(days=1 + to), "等"),
                "pin": PinProbability(row_id, to * 10, "因为"),
                "amount": EditMany("deal", some, {"amount": to * 100}),
                "currency": EditDeal("deal", row_id, {"currency": ("JPY", "CNY", "usd")[to % 3]}),
                "usual": ChangeSetting("money.currency", ("CNY", "USD")[to % 2]),
                "close": EditRecord("deal", row_id, {"expected_close": f"2026-{1 + to}-15"}),
                "month": ExpectInMonth(some, f"2027-{1 + to % 12:02}"),
                "importance": EditRecord("customer", customer, {"importance": "vip"}),
            }[kind]
        )


KINDS = (
    "add move refused many trash restore unstage stage snooze pin amount currency usual close month"
    " importance undo redo"
).split()
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (*KINDS, "add", "add", "move", "many", "trash customer", "restore customer")
        ),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    min_size=4,
    max_size=25,
)


def recounted(store):
    """By (stage, currency): how many deals, what they are worth, and weighted: deal by deal."""
    chances = {stage.id: stage.probability for stage in pipelines(store).stages}
    found = {}
    for one in store.records(Deal, "SELECT * FROM deal WHERE trashed_at IS NULL"):
        key = one.stage, (one.currency or base_currency(store)).upper()
        count, sums, expected = found.get(key, (0, 0, 0))
        amount = worth(one) or 0
        percent = probability(one.stage, chances[one.stage], one.pinned_probability)
        found[key] = (count + 1, sums + amount, expected + weighted(amount, percent))
    return found


@given(
    steps=STEPS,
    by=st.sampled_from(BOARDS),
    lane=st.sampled_from(LANES),
    sort=st.sampled_from(SORTS),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_totals_stay_right_through_anything(tmp_path_factory, steps, by, lane, sort):
    workspace = Workspace.open(tmp_path_factory.mktemp("random") / "f.db", Clock(TODAY))
    empty = data_hash(workspace)
    customers = [add(workspace, "customer", name=f"第{n}家") for n in range(3)]
    script = Script(workspace, customers, [], [*FUNNEL_STAGES, "won", "lost", "store_needs"])
    for number in range(6):
        script.run("add", number, 2 * number)
    board = Board(workspace.store)
    view = View(DealFilter(closed_days=None), by, lane, sort)
    board.load(view)

    def follow(changed):
        ids = board.affected(changed)
        if ids is None:
            board.load(view)
        else:
            board.refresh(ids)

    workspace.listen(follow)
    for kind, at, to in steps:
        try:
            script.run(kind, at, to)
        except UserError:
            continue
        fresh = Board(workspace.store)
        fresh.load(view)
        assert board.columns == fresh.columns
        assert board.lanes == fresh.lanes
        for column in board.columns:
            assert board.totals(column) == fresh.totals(column)
            for name in board.lanes:
                assert board.ids(column, name) == fresh.ids(column, name)
        shown = [
            row_id
            for column in board.columns
            for name in board.lanes
            for row_id in board.ids(column, name)
        ]
        known = pipelines(workspace.store)
        rows = entries(
            workspace.store, DealFilter(closed_days=None), usual_days(workspace.store, known)
        )
        own = recounted(workspace.store)
        outlook = forecast(chances(workspace.store), TODAY)
        for currency, total in outlook.total().items():
            open_ = [at for at in own if at[1] == currency and at[0] not in ENDS]
            assert total.open == sum(own[at][1] for at in open_)
        if by == "stage":
            for column in board.columns:
                there = {at[1]: own[at] for at in own if at[0] == column}
                made = board.totals(column)
                assert made.count == sum(count for count, _, _ in there.values())
                assert made.sums == {code: sums for code, (_, sums, _) in sorted(there.items())}
                assert made.weighted == {code: sums for code, (_, _, sums) in sorted(there.items())}
            assert sorted(shown) == sorted(one.id for one in rows)
            assert sum(board.totals(column).count for column in board.columns) == totals(rows).count
        for row_id in shown:
            column, name, place = board.place(row_id)
            assert board.ids(column, name)[place] == row_id
    assert checkup.findings(workspace.store) == []
    while workspace.journal.undoable():
        workspace.undo()
    assert data_hash(workspace) == empty
    workspace.close()
