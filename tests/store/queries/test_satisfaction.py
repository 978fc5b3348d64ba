"""What customers scored, read from our notes and from the forms they filled in (M35)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fieldsales.services.operations.checklists import AnswerItem, StartChecklist
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import satisfaction as query
from tests.workspaces import Add


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


def _fill_in(workspace: Workspace, customer: str, day: str, **answers: str) -> str:
    about = {"customer_id": customer, "filled_on": day}
    form = StartChecklist("satisfaction", "客户满意度", about, answers)
    workspace.run(form)
    return form.row_id


def test_notes_and_forms_are_one_history(workspace: Workspace, customer: str, add: Add) -> None:
    add("satisfaction", customer_id=customer, scored_on="2026-11-02", goods=4, image=2)
    add("satisfaction", customer_id=add("customer", name="别家"), scored_on="2026-11-02", goods=1)
    form = _fill_in(workspace, customer, "2026-11-05", quality="5", worth="4", speed="2", good="快")
    newest, before = query.history(workspace.store, customer)
    assert (newest.noun, newest.row_id, newest.day) == (
        "checklist_result",
        form,
        date(2026, 11, 5),
    )
    assert newest.parts == {"goods": Decimal("4.5"), "service": Decimal(2)}
    assert before.parts == {"goods": Decimal(4), "image": Decimal(2)}
    workspace.run(AnswerItem(form, "worth", "2"))  # a form is read, not copied
    assert query.history(workspace.store, customer)[0].parts["goods"] == Decimal("3.5")
    workspace.run(TrashRecords("checklist_result", (form,)))
    assert [one.noun for one in query.history(workspace.store, customer)] == ["satisfaction"]


def test_a_form_without_marks_scores_nothing(workspace: Workspace, customer: str) -> None:
    _fill_in(workspace, customer, "2026-11-05", good="都好")
    assert query.history(workspace.store, customer) == []
    assert query.by_month(workspace.store, date(2026, 11, 9), 1)[0].n == 0


def test_months_by_part(workspace: Workspace, customer: str, add: Add) -> None:
    other = add("customer", name="别家")
    for whose, day, goods, service in (
        (customer, "2026-09-30", 5, None),
        (customer, "2026-11-01", 4, 2),
        (other, "2026-11-30", 1, None),
        (other, "2026-12-01", 5, 5),
    ):
        scored = {"goods": goods, "service": service}
        add("satisfaction", customer_id=whose, scored_on=day, **scored)
    _fill_in(workspace, other, "2026-11-30", quality="5", worth="4")
    months = query.by_month(workspace.store, date(2026, 11, 9), 3)
    assert [one.first for one in months] == [date(2026, month, 1) for month in (9, 10, 11)]
    assert [one.n for one in months] == [1, 0, 3]
    nothing = {"goods": None, "service": None, "image": None}
    assert months[0].means == {**nothing, "goods": Decimal(5)}
    assert months[1].means == nothing
    assert months[2].means == {"goods": Decimal("3.2"), "service": Decimal(2), "image": None}
    [alone] = query.by_month(workspace.store, date(2026, 11, 9), 1, customer)
    assert (alone.n, alone.means["goods"]) == (1, Decimal(4))
    over_new_year = query.by_month(workspace.store, date(2027, 1, 1), 3)
    assert [one.n for one in over_new_year] == [3, 1, 0]


def test_what_each_customer_thinks_of_us(workspace: Workspace, customer: str, add: Add) -> None:
    add("satisfaction", customer_id=customer, scored_on="2026-11-02", goods=4, image=1)
    add("satisfaction", customer_id=customer, scored_on="2025-11-02", goods=1)
    _fill_in(workspace, customer, "2026-11-05", speed="5")
    assert query.standing(workspace.store, date(2026, 1, 1)) == {customer: Decimal("3.3")}
    assert query.standing(workspace.store, date(2026, 12, 1)) == {}
