"""The balanced indicators (M34): the same figures as everywhere else, and what is typed for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from decimal import Decimal

import pytest

from fieldsales.domain.classes.history import YEAR, change, months_before, share, shown
from fieldsales.domain.classes.indicators import BY_CODE, TYPED
from fieldsales.domain.classes.parts import Part
from fieldsales.domain.clock import local_day
from fieldsales.domain.quarters import Quarter
from fieldsales.domain.verdict import Verdict
from fieldsales.domain.visit import Visit
from fieldsales.errors import FieldError
from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.services import portfolio
from fieldsales.services.indicators import QUARTERS, Board, board
from fieldsales.services.operations.forecast import SetRate
from fieldsales.services.operations.indicators import SetIndicators
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Workspace
from fieldsales.store.caches.worth import scratch
from fieldsales.store.queries import feedback, satisfaction
from fieldsales.store.queries.debts import currencies
from fieldsales.store.queries.indicators import Typed, told
from fieldsales.store.queries.outcomes import outcomes
from fieldsales.words import Words
from tests.workspaces import TODAY, Add, add, data_hash

AGO = (0, 1, 4)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample territory; only read."""
    path = tmp_path_factory.mktemp("sample") / "f.db"
    with closing(Workspace.open(path)) as workspace:
        workspace.run(LoadSample())
        yield workspace


def actual(found: Board, code: str) -> Decimal | None:
    return found.now[code].actual


@pytest.mark.parametrize("ago", AGO)
def test_sales_are_those_of_the_other_pictures_on_that_day(sample: Workspace, ago: int) -> None:
    found = board(sample.store, ago)
    everyone = portfolio.every(sample.store, found.day)
    sales, before = (sum(getattr(one, name) for one in everyone) for name in ("sales", "before"))
    assert sales
    assert actual(found, "sales_growth") == shown(change(sales, before))
    margin, had = (
        sum(getattr(one, name) for one in everyone) for name in ("margin", "margin_before")
    )
    assert actual(found, "profit_growth") == shown(change(margin, had))
    known = [one for one in everyone if one.potential is not None]
    assert actual(found, "potential_known") == shown(share(len(known), len(everyone)))
    assert actual(found, "share_of_wallet") == shown(
        share(sum(one.sales for one in known), sum(one.potential or 0 for one in known))
    )


@pytest.mark.parametrize("ago", AGO)
def test_deals_visits_and_scores_are_those_recorded(sample: Workspace, ago: int) -> None:
    found = board(sample.store, ago)
    first = months_before(found.day, YEAR) + timedelta(days=1)
    ends = [one.end for one in outcomes(sample.store, first) if one.day <= found.day.isoformat()]
    assert actual(found, "win_rate") == shown(share(ends.count("won"), len(ends)))
    visits = [
        one.judgement
        for one in sample.store.records(Visit, "SELECT * FROM visit WHERE state = 'concluded'")
        if first <= local_day(one.starts_at) <= found.day
    ]
    good = [one for one in visits if one and one.verdict in (Verdict.ORDER, Verdict.ADVANCE)]
    assert actual(found, "advance_rate") == shown(share(len(good), len(visits)))
    assert actual(found, "answer_days") == feedback.times(sample.store, found.day).median
    scores = [
        part
        for one in satisfaction.since(sample.store, first)
        if one.day <= found.day
        for part in one.parts.values()
    ]
    mean = sum(scores) / len(scores) if scores else None
    figure = actual(found, "satisfaction")
    assert (figure is None) == (mean is None)
    assert mean is None or figure is None or abs(figure - mean) <= Decimal("0.05")


def test_what_is_late_for_long_is_that_of_the_ageing(sample: Workspace) -> None:
    found = board(sample.store)
    (owed,) = [one for one in currencies(sample.store, found.day) if one.currency == "CNY"]
    bad = sum(int(one.part) for one in found.parts["bad_debts"])
    off = sample.store.value("SELECT sum(written_off) FROM receivable WHERE currency = 'CNY'")
    assert bad == owed.buckets["over_90"] + int(off or 0)


def test_looking_back_tells_what_was_told_then(sample: Workspace) -> None:
    now, then = board(sample.store), board(sample.store, 1)
    assert len(now.quarters) == len(then.quarters) == QUARTERS
    assert now.quarters[:-1] == then.quarters[1:]
    for code, readings in now.readings.items():
        assert [one.actual for one in readings[:-1]] == [
            one.actual for one in then.readings[code][1:]
        ], code
        assert now.now[code].before == then.now[code].actual


def test_paid_in_time_and_visits_made(workspace: Workspace, add: Add) -> None:
    whose = {"customer_id": add("customer", name="海润牧业"), "currency": "CNY"}
    for due, received in (("2026-10-01", "2026-10-01"), ("2026-10-02", "2026-10-03")):
        invoice = add("receivable", **whose, amount=100_00, due_on=due)
        paid = add("payment", **whose, amount=100_00, received_on=received)
        add("settlement", receivable_id=invoice, payment_id=paid, amount=100_00)
    add("receivable", **whose, amount=200_00, due_on="2026-11-08")
    add("receivable", **whose, amount=900_00, due_on="2026-11-09")  # there is time until tonight
    add("receivable", **whose, amount=900_00, due_on="2025-11-09")  # before the twelve months
    at = "2026-11-0{}T02:00:00Z"
    for day, state in ((1, "concluded"), (2, "cancelled"), (3, "planned"), (9, "planned")):
        add("visit", customer_id=whose["customer_id"], state=state, starts_at=at.format(day))
    found = board(workspace.store)
    assert actual(found, "paid_on_time") == 25
    assert actual(found, "visits_as_planned") == Decimal("33.3")
    assert actual(found, "advance_rate") == 0


def test_money_without_a_rate_is_left_out_and_said(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    for currency in ("CNY", "USD"):
        add("receivable", customer_id=customer, currency=currency, amount=9, due_on="2026-10-01")
    (owing,) = board(workspace.store).parts["paid_on_time"]
    assert owing[1:3] == (0, 9)
    assert any("USD" in note for note in Balanced(workspace.store, Words("zh_CN"), {}).notes())
    workspace.run(SetRate("USD", "7.15"))
    assert not any("USD" in note for note in Balanced(workspace.store, Words("en"), {}).notes())
    assert len(board(workspace.store).parts["paid_on_time"]) == 2


def test_records_count_before_what_was_typed(workspace: Workspace) -> None:
    quarter = Quarter.of(TODAY)
    workspace.run(
        SetIndicators(quarter, {"turnover": Typed("8", "11.10"), "satisfaction": Typed("4", "3.5")})
    )
    found = board(workspace.store)
    assert found.now["turnover"].actual == Decimal("11.1")
    assert found.now["satisfaction"].actual == Decimal("3.5")
    assert not found.is_told("satisfaction")
    assert not any(found.is_told(code) for code in TYPED)
    customer = add(workspace, "customer", name="海润牧业")
    add(workspace, "satisfaction", customer_id=customer, scored_on="2026-11-01", goods=5)
    found = board(workspace.store)
    assert found.now["satisfaction"].actual == 5
    assert found.now["satisfaction"].target == 4
    assert found.is_told("satisfaction")
    assert board(workspace.store, 1).now["turnover"].target is None


def test_a_target_nothing_can_be_compared_with_is_told_as_such(workspace: Workspace) -> None:
    words = Words("zh_CN")
    assert "还没定目标" in Balanced(workspace.store, words, {}).finding()
    workspace.run(SetIndicators(Quarter.of(TODAY), {"turnover": Typed("8", "")}))
    assert "定了 1 项目标" in Balanced(workspace.store, words, {}).finding()
    workspace.run(SetIndicators(Quarter.of(TODAY), {"turnover": Typed("8", "9")}))
    assert "实际 9 %，目标 8 %" in Balanced(workspace.store, words, {}).finding()


def test_what_is_typed_undoes_and_what_is_none_is_refused(workspace: Workspace) -> None:
    before = data_hash(workspace)
    quarter = Quarter.of(TODAY)
    workspace.run(SetIndicators(quarter, {"turnover": Typed("8", "")}))
    assert board(workspace.store).now["turnover"].target == 8
    workspace.undo()
    assert board(workspace.store).now["turnover"].target is None
    for code, figures, wrong in (
        ("satisfaction", Typed("6", ""), "satisfaction.target"),
        ("customers_won", Typed("1.5", ""), "customers_won.target"),
        ("turnover", Typed("8", "viel"), "turnover.actual"),
    ):
        with pytest.raises(FieldError) as refused:
            workspace.run(SetIndicators(quarter, {code: figures}))
        assert refused.value.field == wrong
    assert data_hash(workspace) == before


def test_a_review_counts_and_nobody_is_behind_it(workspace: Workspace) -> None:
    workspace.run(AddRecord("review", {"held_on": "2026-11-09", "since": "2026-08-11"}))
    found = board(workspace.store)
    assert actual(found, "reviews_held") == 1
    assert found.parts["reviews_held"] == [Part(0, 1)]


@pytest.mark.parametrize("seed", range(2))
def test_all_together_is_what_each_adds_up_to(workspace: Workspace, add: Add, seed: int) -> None:
    """Of returns, unknown costs, other currencies, orders beside the history, suppliers."""
    pick = random.Random(seed)
    workspace.run(SetRate("USD", "7.15"))
    workspace.run(ChangeSetting("portfolio.terms", {"margin": "17.35"}))

    def day() -> str:
        return (TODAY - timedelta(days=pick.randint(0, 900))).isoformat()

    for at in range(14):
        kind = pick.choice(("organisation", "organisation", "organisation", "supplier"))
        whose = {"customer_id": add("customer", name=f"客户{at}", kind=kind)}
        for _ in range(pick.randint(0, 6)):
            money = {"currency": pick.choice(("CNY", "CNY", "", "USD", "EUR"))}
            cost = pick.choice((None, pick.randint(0, 9_999)))
            amount = pick.randint(-5_000, 20_000)
            add("sale", **whose, **money, dated=day(), amount=amount, cost=cost)
            if pick.random() < 0.4:
                add("estimate", **whose, **money, dated=day(), amount=pick.randint(0, 50_000))
            if pick.random() < 0.4:
                order = {"stage": "won", "order_amount": amount + 5_000, "ordered_on": day()}
                add("deal", **whose, **money, title="饲料", **order)
            at_noon = f"{day()}T04:00:00Z"
            state = pick.choice(("concluded", "cancelled", "planned"))
            add("visit", **whose, starts_at=at_noon, state=state, cost=pick.randint(0, 300))
            add("receivable", **whose, currency="CNY", amount=7_000, due_on=day())
    days = [TODAY - timedelta(days=ago) for ago in (365, 100, 0)]
    for at, day in enumerate(days):
        *_, [*_, each] = told(workspace.store, days[: at + 1])
        *_, whole = told(workspace.store, days)
        assert each.keys() == whole[at].keys()
        for code, found in each.items():
            together = whole[at][code]
            assert sum(part.part for part in found) == sum(part.part for part in together), code
            if BY_CODE[code].unit != "count":
                assert sum(part.of for part in found) == sum(part.of for part in together), code
        with workspace.store.reading() as connection:
            everyone = list(scratch(connection, day))
        assert sum(part.money for part in each["sales_growth"]) == sum(
            one.sales for one in everyone
        )
        assert sum(part.money for part in each["profit_growth"]) == sum(
            one.margin for one in everyone
        )
        assert [int(part.part) for part in each["share_of_wallet"]] == [
            one.sales if one.potential else 0 for one in everyone
        ]
