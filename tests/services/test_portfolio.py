"""What a rep says of a customer's worth: ratings, estimates, and classes held by hand."""

from __future__ import annotations

from datetime import date

import pytest

from fieldsales.domain.portfolio import CLASSES
from fieldsales.errors import FieldError, UserError
from fieldsales.services.operations.portfolio import PinClass, RateCustomer, UnpinClass
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import portfolio
from fieldsales.words import LANGUAGES, Words
from tests.workspaces import TODAY, add


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润牧业")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_has_a_name(language: str) -> None:
    words = Words(language)
    names = [words.choice(method, code) for method, codes in CLASSES.items() for code in codes]
    assert all(names)
    assert not set(names) & {code for codes in CLASSES.values() for code in codes}


def test_a_pin_holds_from_today_until_its_day(workspace: Workspace, customer: str) -> None:
    pin = PinClass(customer, "importance", "vip", "县里的样板场", "2026-12-31")
    workspace.run(pin)

    def held(day: date) -> list[str]:
        return [one.code for one in portfolio.pins_in_force(workspace.store, customer, day)]

    assert held(TODAY) == ["vip"]
    assert held(date(2026, 12, 31)) == ["vip"]
    assert held(date(2027, 1, 1)) == []
    assert held(date(2026, 11, 8)) == []


def test_a_new_pin_takes_the_place_of_the_old_one(workspace: Workspace, customer: str) -> None:
    workspace.run(PinClass(customer, "importance", "vip", "样板场"))
    workspace.run(PinClass(customer, "stance", "drop", "要搬迁"))
    workspace.run(PinClass(customer, "importance", "small", "转产了"))
    held = portfolio.pins_in_force(workspace.store, customer, TODAY)
    assert {(one.method, one.code) for one in held} == {
        ("importance", "small"),
        ("stance", "drop"),
    }
    workspace.undo()
    codes = {one.code for one in portfolio.pins_in_force(workspace.store, customer, TODAY)}
    assert codes == {"vip", "drop"}


def test_an_old_pin_that_is_taken_back_ends_yesterday(workspace: Workspace, customer: str) -> None:
    values = {"method": "loyalty", "code": "loyal", "reason": "十年了", "since": "2026-10-01"}
    pin = add(workspace, "class_pin", customer_id=customer, **values)
    workspace.run(UnpinClass(pin))
    assert portfolio.pins_in_force(workspace.store, customer, TODAY) == []
    [kept] = portfolio.pins_of(workspace.store, customer)
    assert (kept.since, kept.until) == ("2026-10-01", "2026-11-08")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "star"}, "code"),
        ({"reason": " "}, "reason"),
        ({"until": "2026-11-08"}, "until"),
        ({"method": "luck"}, "method"),
    ],
)
def test_a_pin_that_cannot_be_is_refused(
    workspace: Workspace, customer: str, changed: dict[str, str], field: str
) -> None:
    values = {"method": "importance", "code": "vip", "reason": "样板场", "until": None}
    with pytest.raises(FieldError) as refused:
        workspace.run(PinClass(customer, **{**values, **changed}))
    assert refused.value.field == field
    assert portfolio.pins_of(workspace.store, customer) == []


def test_a_rating_of_the_day_is_corrected_an_older_one_is_kept(
    workspace: Workspace, customer: str
) -> None:
    add(workspace, "rating", customer_id=customer, kind="sales", rating=2, dated="2026-05-01")
    workspace.run(RateCustomer(customer, "sales", 4))
    workspace.run(RateCustomer(customer, "growth", 3))
    workspace.run(RateCustomer(customer, "sales", 5, "新开了两个场"))
    told = portfolio.ratings_of(workspace.store, customer)
    assert [(one.kind, one.rating, one.dated) for one in told] == [
        ("growth", 3, "2026-11-09"),
        ("sales", 5, "2026-11-09"),
        ("sales", 2, "2026-05-01"),
    ]
    with pytest.raises(FieldError):
        workspace.run(RateCustomer(customer, "sales", 6))


def test_what_a_customer_in_the_trash_had_goes_along(workspace: Workspace, customer: str) -> None:
    of = {"customer_id": customer, "dated": "2026-10-31"}
    for noun, values in (
        ("sale", {"amount": -30_000, "cost": -20_000, "quantity": "-2"}),
        ("estimate", {"amount": 800_000}),
        ("rating", {"rating": 3}),
    ):
        workspace.run(AddRecord(noun, {**of, **values}))
    assert [one.amount for one in portfolio.sales_of(workspace.store, customer)] == [-30_000]
    workspace.run(TrashRecords("customer", (customer,)))
    assert portfolio.sales_of(workspace.store, customer) == []
    assert portfolio.estimates_of(workspace.store, customer) == []
    with pytest.raises(UserError):
        workspace.run(RateCustomer(customer, "sales", 5))
    workspace.undo()
    assert len(portfolio.estimates_of(workspace.store, customer)) == 1


@pytest.mark.parametrize("noun", ["sale", "estimate"])
@pytest.mark.parametrize("given", [{"dated": "2026-10-31"}, {"amount": 1}])
def test_an_amount_and_a_day_are_needed(
    workspace: Workspace, customer: str, noun: str, given: dict[str, object]
) -> None:
    with pytest.raises(FieldError) as refused:
        workspace.run(AddRecord(noun, {"customer_id": customer, **given}))
    assert refused.value.code == "field.required"
