"""Size class (M02), follow-up rhythm (M04) and completeness (M01) of a customer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldsales.domain.customer import (
    COMPLETENESS_FACTS,
    COMPLETENESS_FIELDS,
    OWNERSHIPS,
    Customer,
    completeness,
    serving_channel,
    size_class,
)


@pytest.mark.parametrize(
    ("employees", "code"),
    [
        (None, ""),
        (0, ""),
        (-5, ""),
        (1, "e"),
        (9, "e"),
        (10, "d"),
        (99, "d"),
        (100, "c"),
        (499, "c"),
        (500, "b"),
        (999, "b"),
        (1_000, "a"),
        (10_000_000, "a"),
    ],
)
def test_size_class(employees: int | None, code: str) -> None:
    assert size_class(employees) == code


def test_size_proposes_a_channel() -> None:
    channels = [serving_channel(n, "private") for n in (None, 5, 50, 200, 500, 5_000)]
    assert channels == [
        "",
        "self_service",
        "shared_channels",
        "shared_channels",
        "account_manager",
        "account_manager",
    ]


def test_government_has_an_account_manager_whatever_its_size() -> None:
    assert {serving_channel(n, "government") for n in (None, 5, 50, 5_000)} == {"account_manager"}
    others = set(OWNERSHIPS) - {"government"}
    assert {serving_channel(5, ownership) for ownership in others} == {"self_service"}


EMPTY = Customer(name="海润")
FULL = Customer(
    name="海润",
    industry="pig_farm",
    ownership="private",
    employees=12,
    region="定边",
    address="长城街 1 号",
    phone="0912",
    source="web",
    horizon="now",
    credit_grade="a",
    standing="leader",
)


def test_completeness_names_what_is_missing() -> None:
    everything = [*COMPLETENESS_FIELDS, *COMPLETENESS_FACTS]
    assert completeness(EMPTY, 0, 0) == (0, everything)
    assert completeness(FULL, 3, 1) == (100, [])
    assert completeness(FULL, 0, 0) == (83, list(COMPLETENESS_FACTS))


@pytest.mark.parametrize("name", COMPLETENESS_FIELDS)
def test_each_field_counts_alike(name: str) -> None:
    without = replace(FULL, **{name: getattr(EMPTY, name)})
    assert completeness(without, 1, 1) == (92, [name])


def test_no_employees_is_known_as_well() -> None:
    assert completeness(replace(FULL, employees=0), 1, 1) == (100, [])
