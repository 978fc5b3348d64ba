"""What the matrix suggests stands on the customer's card, and leads on."""

from __future__ import annotations

from fieldsales.domain.worksheet import Worksheet
from fieldsales.services.operations.products import RateSolution
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from tests.screens.customers.conftest import Show
from tests.workspaces import Add


def test_products_that_fit_are_suggested_the_best_first(
    show: Show, workspace: Workspace, add: Add
) -> None:
    customer = add("customer", name="海润牧业", industry="pig_farm")
    some = add("product", name="保育康 551")
    high = add("product", name="乳猪宝 1 号")
    none = add("product", name="母羊冬补料")
    workspace.run(RateSolution("pig_farm", some, "some"))
    workspace.run(RateSolution("pig_farm", high, "high", "从断奶难的场开口"))
    workspace.run(RateSolution("pig_farm", none, "none"))
    shown = show()
    shown.screen.open_card(customer)
    section = shown.screen.card.suggested
    assert [line.face.title for line in section.lines] == ["乳猪宝 1 号", "保育康 551"]
    assert section.lines[0].face.subtitle == "从断奶难的场开口"
    section.lines[0].clicked.emit()
    assert shown.opened[-1] == ("product", high)
    assert section.lines[1].link is not None
    section.lines[1].link.click()
    kind, sheet_id = shown.opened[-1]
    sheet = workspace.store.record(Worksheet, sheet_id)
    assert kind == "worksheet"
    assert sheet is not None
    assert (sheet.customer_id, sheet.product_id) == (customer, some)
    assert section.action is not None
    section.action.click()
    assert shown.opened[-1] == ("matrix", "")
    workspace.run(EditRecord("customer", customer, {"industry": "telecom"}))
    assert section.isHidden()
    workspace.run(RateSolution("telecom", some, "high"))
    assert not section.isHidden()
