"""The kept facts of a customer are what the pure rules say, whatever happened and wherever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldsales.domain.clock import day_start, from_stamp, local_day, to_stamp
from fieldsales.domain.contact import BUYING_ROLES, BuyingRole, Contact
from fieldsales.domain.customer import DEFAULT_RHYTHM, HORIZONS, Customer, completeness
from fieldsales.domain.deal import STAGES, Deal, is_open
from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.interaction import CONTACT_KINDS, KINDS, Interaction
from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.task import Task
from fieldsales.domain.visit import STATES, Visit
from fieldsales.errors import UserError
from fieldsales.services import checkup
from fieldsales.services.operations.records import (
    AddRecord,
    EditRecord,
    RestoreRecords,
    TrashRecords,
)
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.queries import customers
from fieldsales.store.search import sort_key
from tests.workspaces import add, laptop_in

ZONES = ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC")


@pytest.fixture(params=ZONES)
def _zone(request: pytest.FixtureRequest) -> Iterator[None]:
    with laptop_in(request.param):
        yield


def _live(workspace: Workspace, noun: type[Any], table: str, customer: str) -> list[Any]:
    return workspace.store.records(
        noun, f"SELECT * FROM {table} WHERE customer_id = ? AND trashed_at IS NULL", [customer]
    )


def by_the_rules(workspace: Workspace) -> dict[str, tuple[object, ...]]:
    """Customer id -> the facts, from the records alone."""
    facts: dict[str, tuple[object, ...]] = {}
    for customer in workspace.store.records(
        Customer, "SELECT * FROM customer WHERE trashed_at IS NULL"
    ):
        visits = _live(workspace, Visit, "visit", customer.id)
        interactions = _live(workspace, Interaction, "interaction", customer.id)
        tasks = _live(workspace, Task, "task", customer.id)
        deals = _live(workspace, Deal, "deal", customer.id)
        roles = _live(workspace, BuyingRole, "buying_role", customer.id)
        held = [visit for visit in visits if visit.state in ("running", "concluded")]
        contacts = [visit.starts_at for visit in held]
        contacts += [each.at for each in interactions if each.kind in CONTACT_KINDS]
        last = max(contacts, default=None)
        ahead = [visit.starts_at for visit in visits if visit.state == "planned"]
        ahead += [
            day_start(date.fromisoformat(max(filter(None, (task.due, task.snoozed_until)))))
            for task in tasks
            if (task.due or task.snoozed_until) and not task.done_at
        ]
        complaints = [
            each for each in interactions if each.kind == "complaint" and not each.closed_at
        ]
        share, _ = completeness(
            customer,
            len(_live(workspace, Contact, "contact", customer.id)),
            len([role for role in roles if role.role == "decision_maker"]),
        )
        rhythm = DEFAULT_RHYTHM.get(customer.horizon)  # M04
        heard = local_day(last or customer.created_at)
        facts[customer.id] = (
            sort_key(customer.name),
            last,
            len(held),
            min(ahead, default=None),
            len([deal for deal in deals if is_open(deal.stage)]),
            len(complaints),
            share,
            (heard + timedelta(days=rhythm)).isoformat() if rhythm else None,
        )
    return facts


def kept(workspace: Workspace) -> dict[str, tuple[object, ...]]:
    rows = workspace.store.rows(
        "SELECT customer_id, name_key, last_contact, visits, next_at, open_deals, complaints,"
        " completeness, contact_due FROM customer_facts"
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _between(first: str, last: str) -> st.SearchStrategy[datetime]:
    return st.datetimes(
        datetime.fromisoformat(first), datetime.fromisoformat(last), timezones=st.just(UTC)
    )


MOMENTS = st.one_of(
    _between("1987-04-01T00", "2037-12-31T00"),
    # nights in which clocks are moved
    _between("2026-03-08T04", "2026-03-09T06"),
    _between("2026-10-31T22", "2026-11-02T08"),
).map(to_stamp)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(str)
CUSTOMER = {
    "name": st.sampled_from(["海润", "曾家", "Acme", "𠮷野"]),
    "horizon": st.sampled_from(("", *HORIZONS)),
    "employees": st.sampled_from([None, 0, 5, 5_000]),
    "region": st.sampled_from(["", "定边"]),
    "source": st.sampled_from(["", "朋友介绍"]),
}
CHILDREN = {
    "contact": {"name": st.just("王建国")},
    "deal": {"title": st.just("预混料"), "stage": st.sampled_from(STAGES)},
    "visit": {"state": st.sampled_from(STATES), "starts_at": MOMENTS},
    "interaction": {
        "kind": st.sampled_from(KINDS),
        "at": MOMENTS,
        "closed_at": st.none() | MOMENTS,
    },
    "task": {
        "title": st.just("回电"),
        "due": st.none() | DAYS,
        "snoozed_until": st.none() | DAYS,
        "done_at": st.none() | MOMENTS,
    },
    "buying_role": {"role": st.sampled_from(("", *BUYING_ROLES))},
}


@dataclass(frozen=True)
class Step:
    """Something to do; numbers choose a record among those there are."""

    verb: str
    noun: str
    values: dict[str, Any]
    number: int
    other: int


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    made = []
    for _ in range(draw(st.integers(3, 14))):
        verb = draw(st.sampled_from(["add", "add", "edit", "move", "trash", "restore", "undo"]))
        noun = draw(st.sampled_from(["customer", *CHILDREN]))
        values = draw(st.fixed_dictionaries(CHILDREN.get(noun, CUSTOMER)))
        made.append(Step(verb, noun, values, draw(st.integers(0, 9)), draw(st.integers(0, 9))))
    return made


@pytest.mark.usefixtures("_zone")
@given(script=steps())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_facts_are_what_the_rules_say(
    tmp_path_factory: pytest.TempPathFactory, script: list[Step]
) -> None:
    workspace = Workspace.open(tmp_path_factory.mktemp("facts") / "f.db")
    made = {"customer": [add(workspace, "customer", name=name) for name in ("甲", "乙")]}
    for step in script:
        operation = _operation(step, made)
        if operation is None:
            continue
        try:
            if step.verb == "undo":
                workspace.undo()
            else:
                workspace.run(operation)
        except UserError:
            continue
        assert kept(workspace) == by_the_rules(workspace), step
    assert checkup.findings(workspace.store) == []
    checkup.mend_caches(workspace.store)
    assert kept(workspace) == by_the_rules(workspace)
    workspace.close()


def _operation(step: Step, made: dict[str, list[str]]) -> Operation | None:
    customer = made["customer"][step.other % len(made["customer"])]
    if step.verb in ("add", "undo"):
        values = dict(step.values)
        if step.noun != "customer":
            values["customer_id"] = customer
        if step.noun == "buying_role":
            if not made.get("contact"):
                return None
            values["contact_id"] = made["contact"][step.number % len(made["contact"])]
        added = AddRecord(step.noun, values)
        if step.verb == "add":
            made.setdefault(step.noun, []).append(added.row_id)
        return added
    known = made.get(step.noun)
    if not known:
        return None
    row_id = known[step.number % len(known)]
    if step.verb == "trash":
        return TrashRecords(step.noun, (row_id,))
    if step.verb == "restore":
        return RestoreRecords(step.noun, (row_id,))
    if step.verb == "move" and step.noun != "customer":
        return EditRecord(step.noun, row_id, {"customer_id": customer})
    declared = fields(NOUNS[step.noun])
    values = {name: value for name, value in step.values.items() if not declared[name].sealed}
    return EditRecord(step.noun, row_id, values)


def test_days_follow_the_laptop_into_another_zone(db_path: Path) -> None:
    with laptop_in("Asia/Shanghai"):
        workspace = Workspace.open(db_path)
        customer = add(workspace, "customer", name="海润", horizon="now")
        add(workspace, "interaction", customer_id=customer, at="2026-11-09T18:00:00Z")
        [(number, due)] = workspace.store.rows("SELECT number, contact_due FROM customer_facts")
        assert due == "2026-11-11"
        workspace.close()
    with laptop_in("America/New_York"):
        workspace = Workspace.open(db_path)
        assert workspace.store.rows("SELECT number, contact_due FROM customer_facts") == [
            (number, "2026-11-10")
        ]
        assert checkup.findings(workspace.store) == []
        workspace.close()


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_the_next_step_is_the_first_by_the_clock(db_path: Path, zone: str) -> None:
    """A visit early or late in the day is on another day in UTC than on the laptop."""
    with laptop_in(zone):
        workspace = Workspace.open(db_path)
        ids = [add(workspace, "customer", name=name) for name in "甲乙丙"]
        for customer, hour in zip(ids, (7, 21), strict=False):
            starts = to_stamp(datetime(2026, 11, 10, hour).astimezone())
            add(workspace, "visit", customer_id=customer, starts_at=starts, state="planned")
        for customer, day in zip(ids, ("2026-11-11", "2026-11-10", "2026-11-11"), strict=True):
            add(workspace, "task", customer_id=customer, title="回电", due=day)
        days = {customer: local_day(row[3]) for customer, row in kept(workspace).items()}
        assert [days[customer].day for customer in ids] == [10, 10, 11]
        moments = {customer: from_stamp(row[3]) for customer, row in kept(workspace).items()}
        assert sorted(ids, key=moments.__getitem__) == [ids[1], ids[0], ids[2]]
        listed = customers.numbers(workspace.store, sort="next_at")
        assert customers.ids(workspace.store, listed) == [ids[1], ids[0], ids[2]]
        workspace.close()


@pytest.mark.parametrize("name", fields(Customer))
def test_whatever_field_changes_the_caches_follow(workspace: Workspace, name: str) -> None:
    add(workspace, "customer", name="母公司")
    customer = add(workspace, "customer", name="海润")
    field = fields(Customer)[name]
    value: object = "0912"
    if field.choices:
        value = field.choices[-1]
    elif field.kind is Kind.FLAG:
        value = 1
    elif field.kind is Kind.INTEGER:
        value = 5
    elif field.kind is Kind.REFERENCE:
        value = workspace.store.value("SELECT id FROM customer WHERE name = '母公司'")
    for written in (value, "海润" if name == "name" else getattr(Customer(), name)):
        with workspace.journal.operation("edit", "test") as (writer, _):
            writer.update("customer", customer, {name: written})
        assert checkup.findings(workspace.store) == []
        assert kept(workspace) == by_the_rules(workspace)
    assert workspace.undo().customers == {customer}
    assert checkup.findings(workspace.store) == []


def test_facts_of_an_older_version_are_computed_anew(db_path: Path) -> None:
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润")
    add(workspace, "task", customer_id=customer, title="回电", due="2026-11-10")
    with workspace.store.transaction() as connection:
        connection.execute("UPDATE customer_facts SET next_at = '2026-11-10'")
        connection.execute("UPDATE customer_facts_zone SET zone = substr(zone, 4)")
    workspace.close()
    workspace = Workspace.open(db_path)
    assert workspace.store.value("SELECT next_at FROM customer_facts") == day_start(
        date(2026, 11, 10)
    )
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_a_row_of_the_list_keeps_its_number(workspace: Workspace) -> None:
    ids = [add(workspace, "customer", name=name) for name in "甲乙丙"]
    numbers = dict(workspace.store.rows("SELECT customer_id, number FROM customer_facts"))
    workspace.run(EditRecord("customer", ids[0], {"name": "丁"}))
    workspace.run(TrashRecords("customer", (ids[1],)))
    del numbers[ids[1]]
    for _ in range(2):
        now = dict(workspace.store.rows("SELECT customer_id, number FROM customer_facts"))
        assert now == numbers
        checkup.mend_caches(workspace.store)
