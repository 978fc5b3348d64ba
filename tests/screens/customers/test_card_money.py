"""What a customer owes stands on its card, currency by currency, and leads to the receivables."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.screens.customers.card.money import MoneySection
from fieldsales.services.operations.receivables import ReceivePayment
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.lines import Line
from tests.screens.customers.conftest import Show
from tests.workspaces import add


def test_what_is_owed_is_told_by_currency_until_it_is_paid(
    workspace: Workspace, show: Show, qtbot: QtBot
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    shown = show()
    shown.screen.show_record("customer", customer)
    money = shown.screen.card.money
    assert money.isHidden()
    ids = [
        add(workspace, "receivable", customer_id=customer, currency=code, amount=amount, due_on=day)
        for code, amount, day in (
            ("CNY", 500_000, "2026-10-30"),
            ("CNY", 100_000, "2026-12-30"),
            ("USD", 30_000, "2026-12-30"),
        )
    ]
    assert [line.face.aside for line in _lines(money)] == ["¥6,000.00", "$300.00"]
    yuan, dollars = (line.face for line in _lines(money))
    assert (yuan.aside_role, dollars.aside_role) == ("bad", "ink")
    assert "¥5,000" in yuan.subtitle
    workspace.run(EditRecord("customer", customer, {"credit_limit": 400_000}))
    assert "¥2,000" in _lines(money)[0].face.subtitle  # over the limit by so much
    qtbot.mouseClick(_lines(money)[0], Qt.MouseButton.LeftButton)
    assert shown.opened[-1] == ("receivable", customer)
    for row_id, code, amount in zip(
        ids, ("CNY", "CNY", "USD"), (500_000, 100_000, 30_000), strict=True
    ):
        paid = {"customer_id": customer, "currency": code, "amount": amount}
        workspace.run(ReceivePayment(paid, (row_id,)))
    assert money.isHidden()
    workspace.undo()
    assert [line.face.aside for line in _lines(money)] == ["$300.00"]


def _lines(money: MoneySection) -> list[Line]:
    QApplication.processEvents()  # lines that are new are shown
    return [line for line in money.findChildren(Line) if line.isVisible()]
