"""Records that are there twice: how many of them are found, how many that are not, and what is said."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldsales.domain.duplicates.companies import companies_alike
from fieldsales.domain.duplicates.likeness import SHOWN, Likeness
from fieldsales.domain.duplicates.people import people_alike
from fieldsales.errors import Cancelled
from fieldsales.services import duplicates
from fieldsales.services.duplicates import compare, edits, likely, scan
from fieldsales.services.operations.merging import MergeRecords, SetApart
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.duplicates import ContactRow, CustomerRow
from tests.benchmarks.twins import twins
from tests.workspaces import Add

PAIRS = Path(__file__).parents[1] / "domain" / "duplicates"


def _likeness(noun: str, one: dict[str, str], other: dict[str, str]) -> Likeness:
    if noun == "customer":
        empty = dict.fromkeys(CustomerRow._fields, "")
        first, second = (duplicates.company(CustomerRow(**{**empty, **of})) for of in (one, other))
        return companies_alike(first, second, edits)
    empty = dict.fromkeys(ContactRow._fields, "")
    somebody, else_ = (duplicates.person(ContactRow(**{**empty, **of})) for of in (one, other))
    return people_alike(somebody, else_, edits)


def _told(name: str, more: str, row_id: str) -> dict[str, str]:
    values = dict(part.split("=", 1) for part in more.split(";") if part)
    if "customer" in values:
        values["customer_id"] = values.pop("customer")
    return {"id": row_id, "name": name, **values}


@pytest.mark.parametrize(
    ("file", "precision", "recall"),
    [("hard_pairs.csv", 0.99, 0.98), ("fresh_pairs.csv", 0.95, 0.95)],
)
def test_hard_pairs(file: str, precision: float, recall: float) -> None:
    """`hard_pairs` set the rules; `fresh_pairs` were written when these stood, and set none."""
    with (PAIRS / file).open(encoding="utf-8") as lines:
        pairs = list(csv.DictReader(lines))
    right = wrong = missed = 0
    for pair in pairs:
        one = _told(pair["one"], pair["of_one"], "1")
        other = _told(pair["other"], pair["of_other"], "2")
        likeness = _likeness(pair["noun"], one, other)
        assert likeness == _likeness(pair["noun"], other, one), pair  # the order is no matter
        found, same = likeness.score >= SHOWN, pair["same"] == "yes"
        assert not found or likeness.reasons, pair
        right += found and same
        wrong += found and not same
        missed += same and not found
    assert right / (right + wrong) >= precision
    assert right / (right + missed) >= recall


def test_a_made_up_territory_with_known_answers(workspace: Workspace) -> None:
    operation, answers = twins(1_500)
    workspace.run(operation)
    for noun, precision, recall in (("customer", 0.95, 0.95), ("contact", 0.97, 0.97)):
        found = {frozenset((pair.one, pair.other)) for pair in scan(workspace.store, noun)}
        right = len(found & answers[noun])
        assert right / len(found) >= precision, noun
        assert right / len(answers[noun]) >= recall, noun


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["customer", "contact"]))
@settings(max_examples=60)
def test_any_text_may_be_a_name(one: str, other: str, noun: str) -> None:
    first, second = {"id": "1", "name": one}, {"id": "2", "name": other}
    assert _likeness(noun, first, second) == _likeness(noun, second, first)


def test_pairs_come_with_reasons_the_likeliest_first(workspace: Workspace, add: Add) -> None:
    one = add("customer", name="陕西海润牧业有限公司", phone="0912-421 6688")
    other = add("customer", name="海潤牧業", phone="09124216688")
    third = add("customer", name="海闰牧业")
    add("customer", name="绿源养殖合作社", phone="0912-421 6688")
    pairs = scan(workspace.store, "customer")
    assert {pairs[0].one, pairs[0].other} == {one, other}
    assert pairs[0].reasons == ("name", "phone")
    assert {third} < set().union(*({pair.one, pair.other} for pair in pairs[1:]))
    assert all(pair.reasons == ("name_sound",) for pair in pairs[1:])
    assert compare(workspace.store, "customer", one, other) == Likeness(
        pairs[0].score, pairs[0].reasons
    )


def test_who_was_told_apart_or_merged_is_asked_of_no_more(workspace: Workspace, add: Add) -> None:
    one, other, third = (
        add("customer", name=name) for name in ("海润牧业", "海润牧业有限公司", "海潤牧業")
    )
    assert len(scan(workspace.store, "customer")) == 3
    workspace.run(SetApart("customer", other, one))
    assert len(scan(workspace.store, "customer")) == 2
    assert [twin.id for twin in likely(workspace.store, "customer", {"name": "海润牧业"}, one)] == [
        third
    ]
    workspace.undo()
    workspace.run(MergeRecords("customer", one, other))
    assert [{pair.one, pair.other} for pair in scan(workspace.store, "customer")] == [{one, third}]


def test_a_parent_and_its_child_are_two(workspace: Workspace, add: Add) -> None:
    parent = add("customer", name="海润牧业")
    add("customer", name="海润牧业有限公司", parent_id=parent)
    assert scan(workspace.store, "customer") == []


def test_a_scan_tells_how_far_it_is_and_can_be_stopped(workspace: Workspace, add: Add) -> None:
    for name in ("海润牧业", "海润牧业有限公司"):
        add("customer", name=name)
    told: list[tuple[int, int]] = []
    scan(workspace.store, "customer", lambda done, total: told.append((done, total)))
    assert told
    assert all(done <= total for done, total in told)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        scan(workspace.store, "customer", stop)


Typed = Callable[..., list[str]]


@pytest.fixture
def typed(workspace: Workspace) -> Typed:
    """Ids of what is said to be there while fields are typed."""

    def look(noun: str, own_id: str = "", **values: str) -> list[str]:
        return [twin.id for twin in likely(workspace.store, noun, values, own_id)]

    return look


def test_what_is_there_is_said_while_a_customer_is_typed(add: Add, typed: Typed) -> None:
    known = add(
        "customer", name="定边海润牧业有限公司", phone="0912-4216688", email="sales@hairun.cn"
    )
    for values in (
        {"name": "海润牧业"},
        {"name": "海润"},
        {"name": "海潤牧業公司"},
        {"name": "定边海闰牧业"},
        {"phone": "0912 421 6688"},
        {"name": "别的名字", "phone": "+86 912 4216688"},
        {"email": "Sales@hairun.cn"},
    ):
        assert typed("customer", **values) == [known], values
    assert typed("customer", name="绿源养殖") == []
    assert typed("customer", name="海") == []
    assert typed("customer", name="") == []
    assert typed("customer", known, name="定边海润牧业有限公司") == []


def test_what_is_there_is_said_while_a_person_is_typed(add: Add, typed: Typed) -> None:
    here, there = add("customer", name="海润牧业"), add("customer", name="绿源养殖")
    known = add("contact", name="王建国", customer_id=here, mobile="13800138000")
    assert typed("contact", name="王建國", customer_id=here) == [known]
    assert typed("contact", name="王建国", customer_id=there) == []
    assert typed("contact", name="王总", mobile="138 0013 8000", customer_id=there) == [known]
    assert typed("contact", name="李明", customer_id=here) == []
