"""The customer list: which rows pass the chips, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from fieldsales.domain.clock import to_stamp
from fieldsales.services import portfolio
from fieldsales.services.operations.portfolio import PinClass
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import customers
from fieldsales.store.queries.customer_filter import CustomerFilter
from fieldsales.store.queries.customers import SORTS
from fieldsales.store.queries.today import today as due_today
from fieldsales.store.queries.week_plan import candidates
from fieldsales.store.search import sort_key
from tests.workspaces import Add, laptop_in

ANY = CustomerFilter()


def names(workspace: Workspace, wanted: CustomerFilter = ANY, **how: object) -> str:
    found = customers.numbers(workspace.store, wanted, **how)  # type: ignore[arg-type]
    return " ".join(row.name for row in customers.page(workspace.store, found))


@pytest.fixture
def three(workspace: Workspace, add: Add, days_ago: Callable[[int], str]) -> dict[str, str]:
    """北海, 安达 and 兴农: seen today, 40 days ago, never."""
    ids = {
        "北海": add("customer", name="北海", employees=1200, horizon="now", region="定边"),
        "安达": add("customer", name="安达", employees=40, horizon="month", importance="vip"),
        "兴农": add("customer", name="兴农", source="web", industry="pig_farm"),
    }
    add("interaction", customer_id=ids["北海"], kind="call", at=days_ago(0))
    add("interaction", customer_id=ids["安达"], kind="call", at=days_ago(40))
    add("interaction", customer_id=ids["兴农"], kind="note", at=days_ago(1))
    return ids


@pytest.mark.usefixtures("three")
def test_names_stand_in_the_order_of_their_pinyin(workspace: Workspace) -> None:
    assert names(workspace) == "安达 北海 兴农"
    assert names(workspace, descending=True) == "兴农 北海 安达"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CustomerFilter(size_classes=("a", "d")), "安达 北海"),
        (CustomerFilter(size_classes=("unknown",)), "兴农"),
        (CustomerFilter(horizons=("now", "month")), "安达 北海"),
        (CustomerFilter(regions=("定边",)), "北海"),
        (CustomerFilter(sources=("web",)), "兴农"),
        (CustomerFilter(industries=("pig_farm",)), "兴农"),
        (CustomerFilter(importances=("vip",)), "安达"),
        (CustomerFilter(not_seen_days=30), "安达 兴农"),
        (CustomerFilter(seen_days=60), "安达 北海"),
        (CustomerFilter(completeness_below=20), "安达 兴农"),
        (CustomerFilter(due=True), "安达"),
        (CustomerFilter(horizons=("now",), not_seen_days=30), ""),
    ],
)
def test_a_chip_lets_pass_what_it_says(
    workspace: Workspace, wanted: CustomerFilter, found: str
) -> None:
    assert names(workspace, wanted) == found


def test_tags_and_complaints_are_chips(
    workspace: Workspace, three: dict[str, str], add: Add, days_ago: Callable[[int], str]
) -> None:
    workspace.run(TagCustomers((three["兴农"], three["北海"]), add=("大客户",)))
    add("interaction", customer_id=three["安达"], kind="complaint", at=days_ago(2))
    assert names(workspace, CustomerFilter(tags=("大客户",))) == "北海 兴农"
    assert names(workspace, CustomerFilter(complaint=True)) == "安达"
    row = customers.row(workspace.store, three["兴农"])
    assert row is not None
    assert row.tags == ("大客户",)


def test_a_tag_in_the_trash_is_no_chip(workspace: Workspace, three: dict[str, str]) -> None:
    workspace.run(TagCustomers((three["兴农"],), add=("大客户",)))
    [(tag,)] = workspace.store.rows("SELECT id FROM tag")
    workspace.run(TrashRecords("tag", (tag,)))
    assert names(workspace, CustomerFilter(tags=("大客户",))) == ""


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "UTC"])
def test_who_has_a_next_step_from_today_on_is_not_cold(
    workspace: Workspace, add: Add, zone: str
) -> None:
    """Also where the visit's day in UTC is not that of the laptop."""
    with laptop_in(zone):
        today = workspace.clock.today()
        old = to_stamp(workspace.clock.now() - timedelta(days=40))
        steps = {"昨晚": (-1, 23), "今早": (0, 1), "今晚": (0, 23), "明天": (1, 12)}
        for name, (days, hour) in steps.items():
            customer = add("customer", name=name, horizon="now")
            add("interaction", customer_id=customer, kind="call", at=old)
            starts = datetime.combine(today + timedelta(days=days), time(hour, 30))
            moment = to_stamp(starts.astimezone())
            add("visit", customer_id=customer, starts_at=moment, state="planned")
        for name, days in {"昨天办": -1, "今天办": 0}.items():
            customer = add("customer", name=name, horizon="now")
            add("interaction", customer_id=customer, kind="call", at=old)
            due = (today + timedelta(days=days)).isoformat()
            add("task", customer_id=customer, title="回电", due=due)
        cold = {one.customer.name for one in due_today(workspace.store).cold}
        assert set(names(workspace, CustomerFilter(due=True)).split()) == cold
    assert cold == {"昨晚", "昨天办"}


def test_the_list_goes_cold_as_today_does(
    workspace: Workspace, add: Add, days_ago: Callable[[int], str]
) -> None:
    """By the rhythm of the class where that is sooner than the horizon's."""
    for name, importance, horizon, ago in (
        ("贵客", "vip", "unknown", 20),
        ("常客", "ordinary", "unknown", 20),
        ("小户", "small", "unknown", 40),
        ("急单", "vip", "now", 2),
        ("老友", "vip", "", 5),
    ):
        customer = add("customer", name=name, horizon=horizon)
        add("interaction", customer_id=customer, kind="call", at=days_ago(ago))
        workspace.run(PinClass(customer, "importance", importance, "说定了"))
    portfolio.renew(workspace)
    cold = due_today(workspace.store).cold
    assert [(one.customer.name, one.importance, one.days) for one in cold] == [
        ("小户", "", 0),
        ("贵客", "vip", 14),
        ("急单", "", 0),
    ]
    assert names(workspace, CustomerFilter(due=True)).split() == sorted(
        (one.customer.name for one in cold), key=sort_key
    )
    for one in cold:
        assert one.customer.contact_due == one.due.isoformat()
        planned = {row.customer_id: row.due_on for row in candidates(workspace.store, one.due)}
        assert planned[one.customer.id] == one.due


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("last_contact", "安达 北海 兴农"),
        ("employees", "安达 北海 兴农"),
        ("region", "北海 安达 兴农"),
        ("horizon", "北海 安达 兴农"),
        ("importance", "安达 北海 兴农"),
    ],
)
def test_unknown_values_stand_last_either_way(workspace: Workspace, sort: str, found: str) -> None:
    assert names(workspace, sort=sort) == found
    last = found.rsplit(maxsplit=1)[-1]
    assert names(workspace, sort=sort, descending=True).endswith(last)


@pytest.mark.usefixtures("three")
def test_every_order_shows_every_customer(workspace: Workspace) -> None:
    for sort in SORTS:
        assert sorted(names(workspace, sort=sort).split()) == sorted(["安达", "北海", "兴农"])


def test_a_search_gives_the_best_first_and_looks_at_people_too(
    workspace: Workspace, add: Add
) -> None:
    add("customer", name="定边海润牧业")
    add("customer", name="海润")
    other = add("customer", name="兴农合作社", region="榆林")
    add("contact", name="海润泽", customer_id=other)
    ids = customers.found_ids(workspace.store, "海润")
    wanted = CustomerFilter(ids=ids)
    assert names(workspace, wanted, sort=customers.MATCH).split() == [
        "海润",
        "兴农合作社",
        "定边海润牧业",
    ]
    assert names(workspace, wanted).split() == ["定边海润牧业", "海润", "兴农合作社"]
    narrower = CustomerFilter(ids=ids, regions=("榆林",))
    assert names(workspace, narrower, sort=customers.MATCH) == "兴农合作社"
    assert customers.found_ids(workspace.store, "没有的") == ()
    assert names(workspace, CustomerFilter(ids=())) == ""


def test_some_rows_can_be_looked_at_alone(workspace: Workspace, three: dict[str, str]) -> None:
    numbers = customers.numbers_of(workspace.store, three.values())
    among = [numbers[three["兴农"]], numbers[three["安达"]]]
    assert names(workspace, among=among) == "安达 兴农"
    assert names(workspace, CustomerFilter(horizons=("month",)), among=among) == "安达"


def test_rows_that_are_gone_leave_their_place_empty(
    workspace: Workspace, three: dict[str, str]
) -> None:
    numbers = customers.numbers(workspace.store)
    workspace.run(TrashRecords("customer", (three["北海"],)))
    shown = customers.rows(workspace.store, numbers)
    assert [row.name if row else None for row in shown] == ["安达", None, "兴农"]
    assert customers.ids(workspace.store, numbers) == [three["安达"], three["兴农"]]
    assert customers.number_of(workspace.store, three["北海"]) is None
    assert customers.count(workspace.store) == 2


def test_a_row_keeps_its_number_when_it_changes(
    workspace: Workspace, three: dict[str, str]
) -> None:
    before = customers.number_of(workspace.store, three["安达"])
    workspace.run(EditRecord("customer", three["安达"], {"name": "张记安达"}))
    assert customers.number_of(workspace.store, three["安达"]) == before
    assert names(workspace) == "北海 兴农 张记安达"


def test_a_filter_survives_as_text() -> None:
    wanted = CustomerFilter(tags=("大客户",), not_seen_days=30, complaint=True)
    kept = wanted.to_json()
    assert set(kept) == {"tags", "not_seen_days", "complaint"}
    assert CustomerFilter.from_json({**kept, "of_a_newer_version": 1}) == wanted
    assert CustomerFilter.from_json({}).is_empty()


def test_the_fullest_customer_is_the_one_with_deals(
    workspace: Workspace, three: dict[str, str], add: Add
) -> None:
    add("deal", title="年单", customer_id=three["兴农"])
    assert customers.fullest(workspace.store) == three["兴农"]
