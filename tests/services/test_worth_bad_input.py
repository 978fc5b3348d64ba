"""Classes and values of files that are empty, odd or wrong: all is told, nothing breaks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.portfolio import CLASSES
from fieldsales.reports.class_words import reasons
from fieldsales.reports.portfolio.pictures import PICTURES
from fieldsales.services import checkup, portfolio, reviewing, week_planning
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.reviews import DecideItem, StartReview
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.portfolio import Standing
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import reviews as queries
from fieldsales.words import LANGUAGES, Words
from tests.workspaces import TODAY, Add


def of(workspace: Workspace, customer: str, day: date | None = None) -> Standing:
    found = portfolio.of(workspace.store, customer, day)
    assert found is not None
    return found


def sold(add: Add, customer: str, day: date, amount: int, **more: object) -> str:
    return add("sale", customer_id=customer, dated=day.isoformat(), amount=amount, **more)


def all_is_told(workspace: Workspace) -> None:
    """Every picture has a finding, every class a reason, in each language; what is kept agrees."""
    portfolio.renew(workspace)
    store = workspace.store
    for language in LANGUAGES:
        words = Words(language)
        for kind in PICTURES:
            made = kind(store, words, {})
            assert made.finding()
            if not made.empty():
                made.draw(640.0)
            made.behind("")
        for one in portfolio.every(store):
            told = reasons(words, of(workspace, one.customer_id))
            assert {method for method in CLASSES if one.code(method)} <= told.keys()
    assert checkup.findings(store) == []
    week_planning.week(store, week_planning.usual_monday(store.clock.today()))
    reviewing.queue(store)


@pytest.mark.parametrize("customers", [0, 1, 3])
def test_no_sales_at_all(workspace: Workspace, add: Add, customers: int) -> None:
    for at in range(customers):
        add("customer", name=f"客户{at}")
    all_is_told(workspace)
    assert {one.importance for one in portfolio.every(workspace.store)} <= {"small"}


def test_one_customer_is_all_there_is(workspace: Workspace, add: Add) -> None:
    only = add("customer", name="海润牧业")
    sold(add, only, TODAY, 100_000_00)
    add("estimate", customer_id=only, amount=300_000_00, dated=TODAY.isoformat())
    all_is_told(workspace)
    standing = of(workspace, only)
    assert (standing.rank, standing.customers, standing.worth.importance) == (1, 1, "vip")


def test_all_are_equal(workspace: Workspace, add: Add) -> None:
    """Cuts by rank and by the middle part nobody from the others."""
    for at in range(7):
        one = add("customer", name=f"客户{at}")
        sold(add, one, TODAY, 100_000_00)
        add("estimate", customer_id=one, amount=300_000_00, dated=TODAY.isoformat())
    all_is_told(workspace)
    every = portfolio.every(workspace.store)
    for method in CLASSES:
        assert len({one.code(method) for one in every}) == 1
    findings = [kind(workspace.store, Words("zh_CN"), {}).finding() for kind in PICTURES]
    assert "7 家并列第一，各占 14.3 %" in findings


def test_more_comes_back_than_was_bought(workspace: Workspace, add: Add) -> None:
    returns, other = (add("customer", name=name) for name in ("退货的", "海润牧业"))
    sold(add, returns, TODAY - timedelta(days=400), 50_000_00)
    sold(add, returns, TODAY - timedelta(days=20), -80_000_00)
    sold(add, other, TODAY, 100_000_00)
    add("estimate", customer_id=returns, amount=100_000_00, dated=TODAY.isoformat())
    all_is_told(workspace)
    worth = of(workspace, returns).worth
    assert (worth.sales, worth.bought, worth.importance) == (-80_000_00, -30_000_00, "small")
    assert worth.purchases == 1  # a return is none
    assert worth.share == -800
    add("estimate", customer_id=other, amount=200_000_00, dated=TODAY.isoformat())
    third = add("customer", name="还没估过")
    sold(add, third, TODAY, 60_000_00)
    portfolio.renew(workspace)
    findings = [kind(workspace.store, Words("zh_CN"), {}).finding() for kind in PICTURES]
    assert "海润牧业排第一，占 62.5 %；前 3 名里 0 家上升，1 家下降，2 家新上榜" in findings
    assert "1 家明星客户带来 62.5 % 的销售" in findings  # the same part of the same whole


def test_a_sale_of_the_future_counts_on_its_day(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    day = TODAY + timedelta(days=40)
    sold(add, customer, day, 100_000_00)
    add("estimate", customer_id=customer, amount=1, dated=day.isoformat())
    all_is_told(workspace)
    now = of(workspace, customer)
    assert (now.worth.sales, now.worth.potential, now.given.facts.history.later) == (0, None, 1)
    workspace.store.clock = workspace.clock = Clock(day)
    all_is_told(workspace)
    then = of(workspace, customer)
    assert (then.worth.sales, then.worth.potential) == (100_000_00, 1)
    assert of(workspace, customer, TODAY).worth.sales == 0


def test_two_currencies_are_one_where_a_rate_is_known(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    sold(add, customer, TODAY, 100_000_00, currency="CNY")
    sold(add, customer, TODAY, 1_000_00, currency="USD")
    all_is_told(workspace)
    worth = of(workspace, customer).worth
    assert (worth.sales, worth.left_out) == (100_000_00, "USD")
    workspace.run(ChangeSetting("money.rates.CNY", {"USD": ["7", "2026-11-01"]}))
    all_is_told(workspace)
    worth = of(workspace, customer).worth
    assert (worth.sales, worth.left_out) == (107_000_00, "")


def test_limits_that_overlap_and_came_in_all_the_same_count_as_never_told(
    workspace: Workspace, add: Add
) -> None:
    """The settings refuse them in words; a file of elsewhere may hold them."""
    customer = add("customer", name="海润牧业")
    sold(add, customer, TODAY, 100_000_00)
    workspace.run(ChangeSetting("portfolio.importance", {"vip": 50, "major": 5, "ordinary": 1}))
    workspace.run(ChangeSetting("portfolio.stance", {"middle_from": 900, "high_from": 5}))
    all_is_told(workspace)
    assert portfolio.rules_of(workspace.store).importance.major == 5
    assert of(workspace, customer).worth.importance == "vip"


def test_a_potential_below_what_they_buy_of_us_is_told(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    sold(add, customer, TODAY, 300_000_00)
    add("estimate", customer_id=customer, amount=100_000_00, dated=TODAY.isoformat())
    all_is_told(workspace)
    standing = of(workspace, customer)
    assert standing.worth.share == 3_000  # tenths of a percent
    assert "300" in reasons(Words("zh_CN"), standing)["stance"]


def test_leap_days_end_and_begin_years(workspace: Workspace, add: Add) -> None:
    """12 months before 29 February 2028 is 28 February 2027: the day after it is in."""
    workspace.store.clock = workspace.clock = Clock(date(2028, 2, 29))
    customer = add("customer", name="海润牧业")
    for day, amount in (
        (date(2028, 2, 29), 1_00),
        (date(2027, 3, 1), 10_00),
        (date(2027, 2, 28), 100_00),
        (date(2026, 3, 1), 1_000_00),
        (date(2026, 2, 28), 10_000_00),
        (date(2024, 2, 29), 100_000_00),
    ):
        sold(add, customer, day, amount)
    all_is_told(workspace)
    worth = of(workspace, customer).worth
    assert (worth.sales, worth.before, worth.bought) == (11_00, 1_100_00, 111_111_00)
    assert of(workspace, customer, date(2024, 2, 29)).worth.sales == 100_000_00


def test_a_customer_trashed_or_merged_in_the_middle_of_a_review(
    workspace: Workspace, add: Add
) -> None:
    thrown, doubled, kept = (add("customer", name=f"海润{n}") for n in "甲乙丙")
    for customer in (thrown, doubled, kept):
        sold(add, customer, TODAY - timedelta(days=500), 100_000_00)
        add("interaction", customer_id=customer, kind="call", at="2024-01-02T01:00:00Z")
    queue = reviewing.queue(workspace.store)
    assert {one["customer_id"] for one in queue.entries} >= {thrown, doubled, kept}
    begun = StartReview(queue.since, queue.entries)
    workspace.run(begun)
    workspace.run(TrashRecords("customer", (thrown,)))
    workspace.run(MergeRecords("customer", kept, doubled))
    found = queries.items(workspace.store, begun.row_id)
    there = {one.item.customer_id: one.there for one in found}
    assert there[thrown] is False
    assert there[kept] is True
    for one in found:
        workspace.run(DecideItem(one.item.id, "noted", note="先放着"))
    all_is_told(workspace)
    workspace.undo()
