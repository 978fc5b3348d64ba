"""Classes of all customers: kept in step with every change, the same as made from scratch."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fieldsales.domain.classes.whole import Worth
from fieldsales.domain.clock import Clock
from fieldsales.domain.portfolio import CLASSES, RATED
from fieldsales.errors import Told
from fieldsales.reports.class_words import reasons
from fieldsales.services import checkup, portfolio
from fieldsales.services.moving import Answers, Order
from fieldsales.services.operations.deals import AddDeal
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.operations.portfolio import PinClass, RateCustomer, ReleaseClass
from fieldsales.services.operations.proposals import (
    AcceptProposal,
    AddProposalLine,
    MakeProposalFinal,
    StartProposal,
)
from fieldsales.services.operations.records import (
    AddRecord,
    EditRecord,
    RestoreRecords,
    TrashRecords,
)
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store import caches
from fieldsales.store.caches import worth
from fieldsales.store.past import as_of
from fieldsales.store.queries import customers
from fieldsales.store.queries.customer_filter import CustomerFilter
from fieldsales.words import LANGUAGES, Words
from tests.workspaces import TODAY, add, data_hash

Made = Callable[[], Operation]


def sell(workspace: Workspace, customer: str, *sold: tuple[int, int], **others: object) -> None:
    """Sales of (days ago, amount)."""
    for ago, amount in sold:
        day = (TODAY - timedelta(days=ago)).isoformat()
        add(workspace, "sale", customer_id=customer, dated=day, amount=amount, **others)


@pytest.fixture
def three(workspace: Workspace) -> list[str]:
    """A big one that shrinks, a small one that grows, one that never bought."""
    ids = [add(workspace, "customer", name=name) for name in ("海润牧业", "绿源合作社", "新丰")]
    sell(workspace, ids[0], (30, 420_000_00), (400, 510_000_00))
    sell(workspace, ids[1], (20, 30_000_00), (300, 20_000_00), (500, 40_000_00))
    add(workspace, "estimate", customer_id=ids[0], amount=1_000_000_00, dated="2026-11-01")
    add(workspace, "estimate", customer_id=ids[1], amount=60_000_00, dated="2026-11-01")
    portfolio.renew(workspace)
    return ids


def test_what_and_why(workspace: Workspace, three: list[str]) -> None:
    big = portfolio.of(workspace.store, three[0])
    assert big is not None
    course = big.judged["course"]
    assert (course.code, course.reason) == ("declining", "fell")
    assert (course.figures["sales"], course.figures["before"]) == (420_000_00, 510_000_00)
    assert str(course.figures["change"]) == "-17.6"
    assert big.classes() == {
        "purchase_status": "existing",
        "importance": "vip",
        "loyalty": "old",
        "course": "declining",
        "relationship": "maintain",
        "star_cow": "star",
        "stance": "acquire",
    }
    assert (big.rank, big.customers) == (1, 3)
    assert big.value.total == big.worth.value == 930_000_00 + 336_000_00
    small = portfolio.of(workspace.store, three[1])
    assert small is not None
    assert (small.worth.course, small.worth.stance, small.worth.share) == (
        "growing",
        "maintain",
        833,
    )
    assert (small.worth.loyalty, small.worth.star_cow) == ("loyal", "dog")
    none = portfolio.of(workspace.store, three[2])
    assert none is not None
    assert none.worth.place == ("potential", "")
    assert none.judged["stance"].reason == "potential_unknown"


def test_all_are_read_as_one_is(workspace: Workspace, three: list[str]) -> None:
    everyone = portfolio.every(workspace.store)
    assert [one.customer_id for one in everyone] == sorted(three)
    for one in everyone:
        alone = portfolio.of(workspace.store, one.customer_id)
        assert alone is not None
        assert alone.worth == one


def test_a_change_is_there_at_once_and_so_is_undo(workspace: Workspace, three: list[str]) -> None:
    before = portfolio.every(workspace.store)
    sell(workspace, three[2], (0, 900_000_00))
    now = portfolio.of(workspace.store, three[2])
    assert now is not None
    assert (now.worth.importance, now.worth.course, now.rank) == ("vip", "new", 1)
    was = portfolio.of(workspace.store, three[0])
    assert was is not None
    assert was.worth.importance == "small"  # moved by another's sale
    workspace.undo()
    assert portfolio.every(workspace.store) == before


def test_a_past_day_is_told_by_dated_records(workspace: Workspace, three: list[str]) -> None:
    before = portfolio.every(workspace.store, date(2025, 11, 9))
    sell(workspace, three[2], (0, 900_000_00))
    workspace.run(PinClass(three[0], "stance", "drop", "要搬迁"))
    assert portfolio.every(workspace.store, date(2025, 11, 9)) == before
    big = next(one for one in before if one.customer_id == three[0])
    assert (big.sales, big.stance, big.course) == (510_000_00, "", "new")
    told = portfolio.of(workspace.store, three[0], date(2025, 11, 9))
    assert told is not None
    assert told.worth == big


def _dated_today(pick: random.Random, workspace: Workspace, customers: list[str]) -> list[Made]:
    """What happens on a day and is noted on it; and what has no day of its own."""
    today = workspace.clock.today().isoformat()
    later = (workspace.clock.today() + timedelta(days=pick.randrange(1, 60))).isoformat()

    def one() -> str:
        return pick.choice(customers)

    def amount() -> int:
        return pick.randrange(1, 90) * 1_000_00

    def some(noun: str) -> str:
        rows = workspace.store.rows(f"SELECT id FROM {noun} WHERE trashed_at IS NULL ORDER BY id")
        return str(pick.choice(rows)[0]) if rows else ""

    whose = {"customer_id": one()}
    return [
        lambda: AddRecord("sale", {**whose, "dated": today, "amount": amount()}),
        lambda: EditRecord("sale", some("sale"), {"amount": amount()}),
        lambda: TrashRecords("sale", (some("sale"),)),
        lambda: AddRecord("estimate", {**whose, "dated": today, "amount": amount()}),
        lambda: EditRecord("estimate", some("estimate"), {"amount": amount()}),
        lambda: RateCustomer(one(), pick.choice(RATED), pick.choice((None, 1, 3, 5))),
        lambda: PinClass(one(), "importance", pick.choice(("vip", "small")), "有理由"),
        lambda: ReleaseClass(one(), "importance"),
        lambda: AddDeal({"title": "x", "customer_id": one(), "amount": amount()}),
        lambda: EditRecord("deal", some("deal"), {"amount": amount()}),
        lambda: TrashRecords("deal", (some("deal"),)),
        lambda: AddRecord("receivable", {**whose, "amount": amount(), "due_on": later}),
        lambda: AddRecord(
            "interaction", {**whose, "kind": "complaint", "at": workspace.clock.stamp()}
        ),
        lambda: EditRecord("interaction", some("interaction"), {"closed_at": later + "T01:00:00Z"}),
        lambda: EditRecord("customer", one(), {"employees": pick.choice((None, 5, 700))}),
        lambda: EditRecord("customer", one(), {"importance": pick.choice(("", "vip"))}),
        lambda: EditRecord("customer", one(), {"kind": pick.choice(("supplier", "organisation"))}),
        lambda: TrashRecords("customer", (one(),)),
        lambda: RestoreRecords("customer", (one(),)),
        lambda: MergeRecords("customer", one(), one()),
        lambda: ChangeSetting("portfolio.importance", {"vip": pick.choice((1, 10, 40))}),
        lambda: ChangeSetting("portfolio.stance", {"middle_from": 5, "high_from": 60_000_00}),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_as_of_a_past_day_is_what_was_made_on_it(workspace: Workspace, seed: int) -> None:
    """Today as of today is now; later edits, trash, merges and limits do not reach back."""
    pick = random.Random(seed)
    customers = [add(workspace, "customer", name=f"客户{n}") for n in range(6)]
    made: dict[date, tuple[list[Worth], list[object]]] = {}

    def said(day: date | None = None) -> list[object]:
        found = [portfolio.of(workspace.store, one, day) for one in customers]
        return [one and (one.worth, one.judged, one.held, one.rank, one.rules) for one in found]

    for _ in range(9):
        for _ in range(12):
            try:
                if pick.random() < 0.15:
                    workspace.undo()
                else:
                    workspace.run(pick.choice(_dated_today(pick, workspace, customers))())
            except Told:  # of somebody in the trash, or of nothing
                continue
        today = workspace.clock.today()
        portfolio.renew(workspace)
        kept = portfolio.every(workspace.store)
        assert portfolio.every(workspace.store, today) == kept
        assert list(worth.scratch(workspace.store.connection, today)) == kept
        made[today] = kept, said()
        tomorrow = Clock(today + timedelta(days=pick.randrange(1, 200)))
        workspace.store.clock = workspace.clock = tomorrow
    before = data_hash(workspace)
    for day, (every, told) in made.items():
        assert portfolio.every(workspace.store, day) == every
        assert said(day) == told
    assert data_hash(workspace) == before


def test_an_erased_person_is_in_no_past(workspace: Workspace, three: list[str]) -> None:
    person = add(workspace, "contact", name="王建国", customer_id=three[0])
    workspace.store.clock = workspace.clock = Clock(TODAY + timedelta(days=1))
    before = portfolio.every(workspace.store, TODAY)
    workspace.run(EditRecord("contact", person, {"title": "场长"}))
    workspace.run(EditRecord("customer", three[0], {"employees": 900}))
    workspace.run(EraseContact(person))
    assert portfolio.every(workspace.store, TODAY) == before
    with as_of(workspace.store, TODAY):
        assert workspace.store.value("SELECT count(*) FROM contact WHERE name = '王建国'") == 0
        assert (
            workspace.store.value("SELECT employees FROM customer WHERE id = ?", three[:1]) is None
        )
    assert workspace.store.value("SELECT employees FROM customer WHERE id = ?", three[:1]) == 900


def test_what_came_in_later_counts_on_the_day_it_tells(
    workspace: Workspace, three: list[str]
) -> None:
    """A history of years is brought long after."""
    day = date(2025, 11, 9)
    before = portfolio.every(workspace.store, day)
    sell(workspace, three[2], (400, 900_000_00))
    after = portfolio.every(workspace.store, day)
    assert [one.sales for one in after if one.customer_id == three[2]] == [900_000_00]
    workspace.undo()
    assert portfolio.every(workspace.store, day) == before


def test_a_pin_ends_by_itself(workspace: Workspace, three: list[str]) -> None:
    workspace.run(PinClass(three[1], "importance", "major", "样板场", "2026-11-30"))
    held = portfolio.of(workspace.store, three[1])
    assert held is not None
    assert held.worth.importance == "major"
    assert held.judged["importance"].code == "small"
    assert held.held["importance"].reason == "样板场"
    later = portfolio.of(workspace.store, three[1], date(2026, 12, 1))
    assert later is not None
    assert later.worth.importance == "small"


def test_orders_count_after_the_history_and_never_twice(
    workspace: Workspace, three: list[str]
) -> None:
    for day, amount in (("2026-10-01", 70_000_00), ("2026-11-05", 50_000_00)):
        values = {"title": "预混料", "customer_id": three[0]}
        deal = AddDeal(values)
        order = Answers("跳过", orders={deal.row_id: Order(amount, day)})
        workspace.run(AddDeal(values, stage="won", answers=order, row_id=deal.row_id))
    one = portfolio.of(workspace.store, three[0])
    assert one is not None
    assert one.worth.sales == 470_000_00  # the history goes to 10 October
    workspace.run(ChangeSetting("portfolio.beside", "invoices"))
    whose = {"customer_id": three[0], "currency": "CNY"}
    add(workspace, "receivable", **whose, amount=1_000_00, issued_on="2026-11-06")
    add(workspace, "receivable", **whose, amount=300_00, issued_on="2026-11-07", kind="credit_note")
    one = portfolio.of(workspace.store, three[0])
    assert one is not None
    assert one.worth.sales == 420_700_00
    workspace.run(ChangeSetting("portfolio.beside", "nothing"))
    one = portfolio.of(workspace.store, three[0])
    assert one is not None
    assert one.worth.sales == 420_000_00


def test_what_was_ordered_of_an_open_deal_is_not_still_to_come(
    workspace: Workspace, three: list[str]
) -> None:
    deal = AddDeal({"title": "冬季料", "customer_id": three[2], "amount": 100_000_00})
    workspace.run(deal)

    def parts() -> tuple[int, int]:
        one = portfolio.of(workspace.store, three[2])
        assert one is not None
        return one.worth.bought, one.worth.deals

    assert parts() == (0, 5_000_00)
    proposal = StartProposal({"customer_id": three[2], "deal_id": deal.row_id})
    workspace.run(proposal)
    line = {"text": "首批", "quantity": "1", "price": "30000"}
    workspace.run(AddProposalLine(proposal.row_id, line))
    workspace.run(MakeProposalFinal(proposal.row_id, "Q1"))
    workspace.run(AcceptProposal(proposal.row_id))
    assert parts() == (30_000_00, 3_500_00)  # 5 % of the 70 000 that may still come
    workspace.run(ChangeSetting("portfolio.beside", "invoices"))
    assert parts() == (30_000_00, 3_500_00)
    workspace.run(ChangeSetting("portfolio.beside", "nothing"))
    assert parts() == (0, 5_000_00)


def test_another_currency_is_converted_or_left_out(workspace: Workspace, three: list[str]) -> None:
    sell(workspace, three[2], (10, 100_00), currency="USD")
    one = portfolio.of(workspace.store, three[2])
    assert one is not None
    assert (one.worth.sales, one.worth.left_out) == (0, "USD")
    workspace.run(ChangeSetting("money.rates.CNY", {"USD": ["7.15", "2026-11-01"]}))
    one = portfolio.of(workspace.store, three[2])
    assert one is not None
    assert (one.worth.sales, one.worth.left_out) == (715_00, "")


def test_suppliers_are_no_customers(workspace: Workspace, three: list[str]) -> None:
    workspace.run(EditRecord("customer", three[0], {"kind": "supplier"}))
    assert portfolio.of(workspace.store, three[0]) is None
    assert len(portfolio.every(workspace.store)) == 2


def _changes(pick: random.Random, customers: list[str]) -> list[Callable[[], Operation]]:
    def day() -> str:
        return (TODAY - timedelta(days=pick.randrange(-40, 900))).isoformat()

    def amount() -> int:
        return pick.choice((-1, 1, 1, 1)) * pick.choice((0, 50, 70, 100)) * 1_000_00

    def one() -> str:
        return pick.choice(customers)

    def method() -> tuple[str, str]:
        name = pick.choice(list(CLASSES))
        return name, pick.choice(CLASSES[name])

    whose = {"CNY": "CNY", "": "", "USD": "USD"}
    return [
        lambda: AddRecord(
            "sale",
            {
                "customer_id": one(),
                "dated": day(),
                "amount": amount(),
                "cost": pick.choice((None, 10_000)),
                "currency": pick.choice(("", "", "CNY", "USD")),
            },
        ),
        lambda: AddRecord(
            "estimate",
            {
                "customer_id": one(),
                "dated": day(),
                "amount": abs(amount()),
                "kind": pick.choice(("potential", "potential", "future_need")),
                "currency": pick.choice(tuple(whose)),
            },
        ),
        lambda: RateCustomer(one(), pick.choice(RATED), pick.choice((None, 1, 3, 5))),
        lambda: PinClass(one(), *method(), "有理由", pick.choice((None, "2026-12-31"))),
        lambda: AddDeal({"title": "x", "customer_id": one(), "amount": abs(amount())}),
        lambda: AddRecord(
            "receivable", {"customer_id": one(), "amount": abs(amount()), "due_on": day()}
        ),
        lambda: AddRecord(
            "interaction",
            {
                "customer_id": one(),
                "kind": pick.choice(("complaint", "call")),
                "at": f"{day()}T02:00:00Z",
            },
        ),
        lambda: AddRecord(
            "visit",
            {"customer_id": one(), "state": "concluded", "starts_at": f"{day()}T02:00:00Z"},
        ),
        lambda: EditRecord("customer", one(), {"employees": pick.choice((None, 5, 700))}),
        lambda: EditRecord("customer", one(), {"importance": pick.choice(("", "vip", "small"))}),
        lambda: EditRecord("customer", one(), {"kind": pick.choice(("supplier", "organisation"))}),
        lambda: TrashRecords("customer", (one(),)),
        lambda: RestoreRecords("customer", (one(),)),
        lambda: ChangeSetting(
            "portfolio.importance", {"vip": pick.choice((1, 10, 40)), "major": 40, "ordinary": 60}
        ),
        lambda: ChangeSetting("portfolio.of_tier", {"vip": {"retention": pick.choice((60, 95))}}),
        lambda: ChangeSetting(
            "portfolio.stance", pick.choice(({}, {"middle_from": 5, "high_from": 60_000_00}))
        ),
        lambda: ChangeSetting(
            "money.rates.CNY", {"USD": [pick.choice(("7", "8.5")), "2026-11-01"]}
        ),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_kept_classes_are_those_from_scratch(
    workspace: Workspace, seed: int
) -> None:
    pick = random.Random(seed)
    customers = [
        add(workspace, "customer", name=f"客户{n}") for n in range(pick.choice((1, 3, 12)))
    ]
    portfolio.renew(workspace)
    changes = _changes(pick, customers)
    for step in range(120):
        try:
            if pick.random() < 0.15:
                workspace.undo()
            else:
                workspace.run(pick.choice(changes)())
        except Told:  # of somebody in the trash
            continue
        if step % 3 == 0:
            assert caches.verify(workspace.store.connection) == []
    assert checkup.findings(workspace.store) == []
    for one in portfolio.every(workspace.store):
        standing = portfolio.of(workspace.store, one.customer_id)
        assert standing is not None
        for language in LANGUAGES:
            told = reasons(Words(language), standing)
            assert standing.classes().keys() <= told.keys()
            assert not [said for said in told.values() if not said or "None" in said]


def test_what_is_kept_is_renewed_on_another_day(workspace: Workspace, three: list[str]) -> None:
    assert portfolio.is_current(workspace.store)
    assert portfolio.renew(workspace) is False
    tomorrow = portfolio.every(workspace.store, TODAY + timedelta(days=400))
    assert {one.customer_id: one.course for one in tomorrow}[three[1]] == "declining"
    assert portfolio.is_current(workspace.store)  # looking ahead keeps nothing


def test_the_list_filters_and_orders_by_class(workspace: Workspace, three: list[str]) -> None:
    store = workspace.store
    workspace.run(PinClass(three[2], "stance", "acquire", "新场投产"))

    def shown(sort: str = "name", *, descending: bool = False, **wanted: object) -> list[str]:
        found = customers.numbers(
            store,
            CustomerFilter(**wanted),
            sort,
            descending=descending,  # type: ignore[arg-type]
        )
        return [three.index(one) for one in customers.ids(store, found)]

    assert shown(course=("declining", "problem")) == [0]
    assert set(shown(stance=("acquire",))) == {0, 2}
    assert shown(stance=("acquire",), pinned=True) == [2]
    assert shown(importances=("vip",)) == [0]
    assert shown("sales", descending=True) == [0, 1, 2]
    assert shown("lifetime") == [2, 1, 0]
    assert shown("share", descending=True)[:2] == [1, 0]
    workspace.run(EditRecord("customer", three[1], {"special_policy": 1}))
    assert shown(special_policy=True) == [1]
    row = customers.row(store, three[2])
    assert row is not None
    assert (row.stance, row.pinned, row.sales) == ("acquire", "stance", 0)
