"""What the board, the cards and the numbers of the funnel read from a file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.forecast import forecast
from fieldsales.domain.funnel import flow
from fieldsales.services.moving import Answers, Order
from fieldsales.services.operations.deals import (
    AddDeal,
    MoveDeals,
    SnoozeDeals,
    TagDeals,
)
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import deal_cards, funnel
from fieldsales.store.queries.deal_facts import evidence_facts
from fieldsales.store.queries.deals import DealFilter, entries, found_ids, values_in_use
from fieldsales.store.queries.pipelines import pipelines, usual_days
from tests.workspaces import TODAY

WHY = Answers(reason="先走一步", lost_reason="price", lost_rival="宁川")
ALL = DealFilter(closed_days=None)


@pytest.fixture
def at(db_path):
    """Opens the same file on another day: so many days from today."""

    class Day:
        def __init__(self, days: int) -> None:
            self.workspace = Workspace.open(db_path, Clock(TODAY + timedelta(days=days)))

        def __enter__(self) -> Workspace:
            return self.workspace

        def __exit__(self, *_: object) -> None:
            self.workspace.close()

    return Day


@pytest.fixture
def customer(workspace, add):
    return add("customer", name="海润牧业", importance="vip", source="web")


@pytest.fixture
def new(workspace, customer):
    def made(stage="", on=None, **values):
        given = {"title": "全年用料", "customer_id": customer, "currency": "CNY", **values}
        row_id = given.pop("id", "") or AddDeal({}).row_id
        order = Order(values.get("order_amount") or 1, values.get("ordered_on") or "2026-11-08")
        answers = replace(WHY, orders={row_id: order})
        (on or workspace).run(AddDeal(given, stage=stage, answers=answers, row_id=row_id))
        return row_id

    return made


def ids(store, wanted=ALL):
    usual = usual_days(store, pipelines(store))
    return {one.id for one in entries(store, wanted, usual)}


# --- which deals


def test_entries_say_what_the_board_adds_up(workspace, new):
    row_id = new("value", amount=700, seller="周明远")
    workspace.run(EditRecord("deal", row_id, {"currency": ""}))  # as older files have them
    (one,) = entries(workspace.store, ALL, {})
    assert (one.id, one.stage, one.amount, one.currency) == (row_id, "value", 700, "CNY")
    assert (one.probability, one.importance, one.seller) == (60, "vip", "周明远")
    workspace.run(ChangeSetting("money.currency", "TWD"))
    assert entries(workspace.store, ALL, {})[0].currency == "TWD"
    workspace.run(EditRecord("deal", row_id, {"currency": "usd"}))
    assert entries(workspace.store, ALL, {})[0].currency == "USD"


def test_a_won_deal_counts_with_its_order(workspace, new):
    new("won", amount=700, order_amount=650)
    assert [(one.amount, one.probability) for one in entries(workspace.store, ALL, {})] == [
        (650, 100)
    ]


def test_filters(workspace, customer, add, new):
    store = workspace.store
    other = add("customer", name="兴农")
    one = new("needs", seller="甲", product="羊料", horizon="now", competitor="宁川、塞星",
              source="web", expected_close="2026-12-01")  # fmt: skip
    two = new("value", seller="乙", customer_id=other, expected_close="2026-11-01")
    won, lost = new("won"), new("lost")
    store_deal = new("store_needs")
    workspace.run(TagDeals((two,), add=("大单",)))
    add("task", title="送样", deal_id=one)
    add("visit", customer_id=other, deal_id=two, starts_at="2026-11-20T01:00:00Z")
    workspace.run(SnoozeDeals((two,), TODAY + timedelta(days=9), "等预算"))
    for wanted, expected in (
        (ALL, {one, two, won, lost}),
        (DealFilter(pipeline_id="", closed_days=None), {one, two, won, lost, store_deal}),
        (DealFilter(closed_days=0), {one, two}),
        (DealFilter(), {one, two, won, lost}),
        (DealFilter(stages=("needs", "won")), {one, won}),
        (DealFilter(sellers=("甲",)), {one}),
        (DealFilter(products=("羊料",), sellers=("乙",)), set()),
        (DealFilter(horizons=("now",)), {one}),
        (DealFilter(sources=("web",)), {one}),
        (DealFilter(importances=("vip",), closed_days=0), {one}),
        (DealFilter(customers=(other,)), {two}),
        (DealFilter(rivals=("塞星",)), {one}),
        (DealFilter(tags=("大单",)), {two}),
        (DealFilter(close_from="2026-11-02"), {one}),
        (DealFilter(close_to="2026-11-30"), {two}),
        (DealFilter(no_next_step=True), set()),
        (DealFilter(pipeline_id="store", no_next_step=True), {store_deal}),
        (DealFilter(snoozed=True), {two}),
        (DealFilter(snoozed=False, closed_days=0), {one}),
        (DealFilter(ids=(one, won)), {one, won}),
        (DealFilter(ids=()), set()),
        (DealFilter(stuck=True), set()),
    ):
        assert ids(store, wanted) == expected, wanted
        assert DealFilter.from_json(json.loads(json.dumps(wanted.to_json()))) == wanted
    workspace.run(TrashRecords("customer", (other,)))
    assert ids(store) == {one, won, lost}
    assert DealFilter.from_json({"of a newer version": 1}) == DealFilter()


def test_closed_deals_leave_the_board_in_time(at, add, new):
    with at(-100) as then:
        old = new("won", on=then)
    with at(0) as now:
        young = new("won", on=now)
        assert ids(now.store, DealFilter()) == {young}
        assert ids(now.store) == {old, young}


def test_stuck_deals_are_those_beyond_one_and_a_half_times_the_usual(at, new):
    with at(-22) as then:
        slow = new("value", on=then)  # 14 days are usual
        snoozed = new("value", on=then)
    with at(-20) as then:
        young = new("value", on=then)
    with at(0) as now:
        now.run(SnoozeDeals((snoozed,), TODAY + timedelta(days=1), "等预算"))
        assert ids(now.store, DealFilter(stuck=True)) == {slow}
    with at(1) as tomorrow:
        assert ids(tomorrow.store, DealFilter(stuck=True)) == {slow, snoozed, young}


def test_search_finds_by_the_deals_words_then_the_customers(workspace, new, add):
    other = add("customer", name="全年饲料店")
    own = new(title="全年用料")
    theirs = new(title="试用", customer_id=other)
    assert found_ids(workspace.store, "全年") == (own, theirs)
    assert set(found_ids(workspace.store, "hairun")) == {own}
    assert found_ids(workspace.store, "没有") == ()


def test_values_in_use(workspace, new):
    new(seller="甲")
    new(seller="乙")
    new(seller="乙")
    assert values_in_use(workspace.store, "seller") == ["乙", "甲"]
    with pytest.raises(ValueError, match="title"):
        values_in_use(workspace.store, "title")


# --- cards


def cards(store, *row_ids):
    known = pipelines(store)
    return deal_cards.cards(store, known, usual_days(store, known), row_ids)


def test_a_card_shows_age_people_and_flags(at, customer, add, new):
    with at(-15) as then:
        row_id = new("value", on=then, seller="周明远", expected_close="2026-11-01")
    person = add("contact", name="赵工", customer_id=customer)
    add("buying_role", customer_id=customer, contact_id=person, role="guide", confirmed=1)
    add("buying_role", customer_id=customer, contact_id=person, role="user", attitude=1)
    add("interaction", customer_id=customer, kind="complaint", at="2026-11-08T01:00:00Z")
    add("task", title="补样", deal_id=row_id, due="2026-11-05")
    with at(0) as now:
        gone, card = cards(now.store, "nobody", row_id)
    assert gone is None
    assert (card.customer, card.days, card.level, card.probability) == ("海润牧业", 15, 1, 60)
    assert (card.score, card.confirmed) == (3, 2)
    assert (card.complaints, card.overdue_tasks, card.close_passed) == (1, 1, True)


def test_the_next_step_is_the_nearest_of_task_and_visit(workspace, customer, add, new):
    row_id = new("value")
    steps = []
    for noun, values in (
        ("task", {"title": "有空再说", "deal_id": row_id}),
        (
            "visit",
            {"customer_id": customer, "deal_id": row_id, "starts_at": "2026-11-20T04:00:00Z"},
        ),
        ("task", {"title": "送样", "deal_id": row_id, "due": "2026-11-12"}),
        (
            "task",
            {
                "title": "晚些",
                "deal_id": row_id,
                "due": "2026-11-10",
                "snoozed_until": "2026-11-30",
            },
        ),
    ):
        steps.append(add(noun, **values))
    step = cards(workspace.store, row_id)[0].next_step
    assert (step.noun, step.row_id, step.day) == ("task", steps[2], "2026-11-12")
    workspace.run(EditRecord("task", steps[2], {"done_at": "2026-11-09T01:00:00Z"}))
    assert cards(workspace.store, row_id)[0].next_step.row_id == steps[1]
    workspace.run(TrashRecords("visit", (steps[1],)))
    assert cards(workspace.store, row_id)[0].next_step.row_id == steps[3]
    assert cards(workspace.store, new())[0].next_step is None


def test_evidence_is_of_the_deal_or_of_no_deal(workspace, customer, add, new):
    row_id, other = new(), new()
    mine = add("need", customer_id=customer, text="要快", deal_id=row_id)
    general = add("need", customer_id=customer, text="要省")
    add("need", customer_id=customer, text="别的单", deal_id=other)
    held = add("visit", customer_id=customer, state="concluded", starts_at="2026-11-01T01:00:00Z")
    planned = add("visit", customer_id=customer, starts_at="2026-11-20T01:00:00Z")
    seen = add("visit_item", visit_id=held, kind="observation", text="爱问数字")
    add("visit_item", visit_id=held, kind="material", text="没拿出来")
    add("visit_item", visit_id=planned, kind="observation", text="猜的")
    facts = evidence_facts(workspace.store, [row_id, "nobody"])
    assert list(facts) == [row_id]
    assert {need.id for need in facts[row_id].needs} == {mine, general}
    assert [visit.id for visit in facts[row_id].visits] == [held]
    assert [item.id for item in facts[row_id].items] == [seen]


def test_a_need_is_met_by_a_benefit_that_is_linked_to_it(workspace, customer, add, new):
    deal = new()
    need = add("need", text="少死两头", statement="explicit", customer_id=customer, deal_id=deal)
    sheet = add("worksheet", title="断奶", deal_id=deal)
    row = add("worksheet_row", worksheet_id=sheet, benefit="断奶少死两头", need_id=need)
    assert evidence_facts(workspace.store, [deal])[deal].met == {need}
    workspace.run(EditRecord("worksheet_row", row, {"benefit": ""}))
    assert evidence_facts(workspace.store, [deal])[deal].met == set()


# --- numbers


def test_usual_days_come_from_the_stays(at, new):
    with at(-60) as then:
        row_ids = [new(on=then) for _ in range(5)]
    for days, row_id in zip((-59, -57, -50, -40, -30), row_ids, strict=True):
        with at(days) as then:
            then.run(MoveDeals((row_id,), "analyse", WHY))
    with at(0) as now:
        usual = usual_days(now.store, pipelines(now.store))
        assert usual["target"] == pytest.approx(10, abs=0.01)
        assert usual["analyse"] == 10  # nobody left it: what the stage says itself
        now.run(TrashRecords("deal", (row_ids[0],)))
        assert usual_days(now.store, pipelines(now.store))["target"] == 14  # four are too few


def test_forecast_and_conversion_of_a_file(workspace, new):
    store = workspace.store
    new("value", amount=1_000, expected_close="2026-12-01")
    new("won", amount=500, order_amount=400, ordered_on="2026-11-02")
    new("lost", amount=900)
    new("store_needs", amount=10)
    made = forecast(funnel.chances(store, "funnel"), TODAY)
    assert made.total()["CNY"].weighted == 600 + 400
    assert forecast(funnel.chances(store), TODAY).total()["CNY"].open == 1_010
    assert len(funnel.chances(store, won_from=date(2026, 11, 3))) == 2
    known = pipelines(store)
    flows = flow(funnel.courses(store, known, "funnel"), known.open_stages("funnel"))
    assert [one.reached for one in flows] == [3, 2, 2, 2, 2, 1, 1]
    assert funnel.courses(store, known, "funnel", TODAY + timedelta(days=1)) == []
    (lost, won) = sorted(funnel.closed(store), key=lambda one: one.end)
    assert (lost.reason, lost.rival, lost.source, lost.amount) == ("price", "宁川", "web", 900)
    assert won.amount == 400
    assert funnel.closed(store, closed_from=TODAY + timedelta(days=1)) == []


def changes(store, since):
    known = pipelines(store)
    return {(one.kind, one.deal_id) for one in funnel.changed_since(store, known, since)}


def test_what_changed_since_a_day(at, new):
    with at(-30) as then:
        still, moved, back, grown, slipped, gone, undone = (
            new("trust", on=then, amount=100, expected_close="2026-12-01") for _ in range(7)
        )
    with at(-3) as then:
        then.run(MoveDeals((moved,), "value", WHY))
        then.run(MoveDeals((back,), "value", WHY))
        then.run(EditRecord("deal", grown, {"amount": 100, "note": "没变"}))
        then.run(EditRecord("deal", grown, {"amount": 50}))
        then.run(EditRecord("deal", undone, {"amount": 9, "expected_close": "2027-01-01"}))
        then.undo()
    with at(-1) as then:
        then.run(MoveDeals((back,), "trust"))
        then.run(EditRecord("deal", grown, {"amount": 170}))
        then.run(EditRecord("deal", slipped, {"expected_close": "2026-12-24"}))
        then.run(MoveDeals((gone,), "lost", WHY))
        fresh = new(on=then)
    with at(0) as now:
        week = TODAY - timedelta(days=7)
        assert changes(now.store, week) == {
            ("forward", moved),
            ("grown", grown),
            ("slipped", slipped),
            ("lost", gone),
            ("new", fresh),
        }
        assert changes(now.store, TODAY - timedelta(days=2)) == {
            ("back", back),
            ("grown", grown),
            ("slipped", slipped),
            ("lost", gone),
            ("new", fresh),
        }
        assert changes(now.store, TODAY) == set()
        assert still not in {row_id for _, row_id in changes(now.store, week)}
        assert ("new", still) in changes(now.store, TODAY - timedelta(days=40))
        now.run(TrashRecords("deal", (moved,)))
        assert ("forward", moved) not in changes(now.store, week)


def test_an_entry_with_a_date_of_its_own_is_not_new_today(workspace, new):
    """Imported history: the deal was begun before the file knew of it."""
    row_id = new("value")
    (change,) = workspace.store.rows("SELECT id FROM stage_change")
    workspace.run(
        EditRecord(
            "stage_change",
            change[0],
            {"since": "2026-03-01T00:00:00Z", "at": "2026-05-01T00:00:00Z"},
        )
    )
    assert changes(workspace.store, date(2026, 4, 1)) == {("forward", row_id)}
    assert changes(workspace.store, date(2026, 2, 1)) == {("new", row_id)}


def test_advances_count_for_the_stage_of_that_day(at, customer, add, new):
    with at(-30) as then:
        row_id = new("trust", on=then)
    with at(-10) as then:
        then.run(MoveDeals((row_id,), "value", WHY))
    for days, action in ((-20, "来看演示"), (-15, ""), (-5, "试用")):
        moment = f"{TODAY + timedelta(days=days)}T02:00:00Z"
        add("visit", customer_id=customer, deal_id=row_id, state="concluded", starts_at=moment,
            their_action=action, their_date="2026-12-01" if action else None)  # fmt: skip
    with at(0) as now:
        rates = funnel.stage_advances(now.store)
    assert (rates["trust"].visits, rates["trust"].successes) == (2, 1)
    assert (rates["value"].visits, rates["value"].share) == (1, 1.0)
