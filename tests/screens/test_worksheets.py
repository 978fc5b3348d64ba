"""Worksheets at hand: on the customer's card and on the deal's page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.domain.customer import Customer
from fieldsales.domain.worksheet import Worksheet
from fieldsales.screens.contract import Context
from fieldsales.screens.worksheets import PitchAtHand, WorksheetsSection
from fieldsales.services.operations.deals import AddDeal
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.worksheets import AddWorksheetRow, StartWorksheet
from fieldsales.services.workspace import Workspace
from tests.screens.conftest import OpenContext
from tests.workspaces import add


@pytest.fixture
def opened() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def context(open_context: OpenContext, opened: list[tuple[str, str]]) -> Context:
    made = open_context()
    made.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    return made


def start(workspace: Workspace, **values: object) -> str:
    begun = StartWorksheet(values)
    workspace.run(begun)
    return begun.row_id


def shown(qtbot: QtBot, context: Context, customer_id: str, *deal: str) -> WorksheetsSection:
    section = WorksheetsSection(context)
    qtbot.addWidget(section)
    section.resize(500, 400)
    customer = context.store.record(Customer, customer_id)
    assert customer is not None
    section.show_for(customer, *deal)
    section.show()
    QApplication.processEvents()
    return section


def titles(section: WorksheetsSection) -> list[str]:
    return [line.face.title for line in section.lines if line.isVisibleTo(section)]


def test_general_ones_are_copied_for_the_customer_and_opened(
    qtbot: QtBot, workspace: Workspace, context: Context, opened: list[tuple[str, str]]
) -> None:
    customer = add(workspace, "customer", name="海润牧业", industry="pig_farm")
    other = add(workspace, "customer", name="绿源合作社", industry="sheep_farm")
    general = start(workspace, title="谁都能用")
    workspace.run(AddWorksheetRow(general, {"feature": "留样一年"}))
    start(workspace, title="养羊的", industry="sheep_farm")
    start(workspace, title="别家的", customer_id=other)
    own = start(workspace, title="给海润的", customer_id=customer)
    section = shown(qtbot, context, customer)
    assert titles(section) == ["给海润的", "谁都能用"]
    assert [line.face.link for line in section.lines] == ["", "复制来改"]
    section.lines[0].clicked.emit()
    section.lines[1].link_pressed.emit()
    assert opened[0] == ("worksheet", own)
    copy = context.store.record(Worksheet, opened[1][1])
    assert copy is not None
    assert (copy.title, copy.customer_id) == ("谁都能用", customer)
    rows = "SELECT count(*) FROM worksheet_row WHERE worksheet_id = ?"
    assert context.store.value(rows, [copy.id]) == 1


def test_a_deal_has_its_own(
    qtbot: QtBot, workspace: Workspace, context: Context, opened: list[tuple[str, str]]
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    deal = AddDeal({"customer_id": customer, "title": "全年用料"})
    workspace.run(deal)
    start(workspace, title="给海润的", customer_id=customer)
    section = shown(qtbot, context, customer, deal.row_id, "全年用料")
    assert section.lines[0].face.chips[0].text == "海润牧业"
    section.start()
    made = context.store.record(Worksheet, opened[0][1])
    assert made is not None
    assert (made.title, made.deal_id, made.customer_id) == (
        "全年用料的话术",
        deal.row_id,
        customer,
    )
    section.show_for(Customer(id=customer, name="海润牧业"), deal.row_id, "全年用料")
    assert titles(section) == ["全年用料的话术", "给海润的"]


def test_many_are_shown_when_asked_for(
    qtbot: QtBot, workspace: Workspace, context: Context
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    for n in range(8):
        start(workspace, title=f"第 {n} 张")
    section = shown(qtbot, context, customer)
    assert len(titles(section)) == 5
    section._more.click()
    assert len(titles(section)) == 8


def test_what_is_said_unfolds_in_a_visit(
    qtbot: QtBot, workspace: Workspace, context: Context, opened: list[tuple[str, str]]
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    own = start(workspace, title="给海润的", customer_id=customer, opening="您说得对。")
    workspace.run(AddWorksheetRow(own, {"feature": "留样一年", "benefit": "说得清"}))
    empty = start(workspace, title="空的", customer_id=customer)
    section = PitchAtHand(context)
    qtbot.addWidget(section)
    found = context.store.record(Customer, customer)
    assert found is not None
    section.show_for(found)
    section.show()
    assert not section.reading.isVisible()
    section.lines[1].clicked.emit()
    assert section.said.text() == "您说得对。\n先看这一点：留样一年。比方说，说得清。"
    section.lines[0].clicked.emit()
    assert "还是空的" in section.said.text()
    section.lines[0].clicked.emit()
    assert not section.reading.isVisible()
    section.lines[1].clicked.emit()
    workspace.run(TrashRecords("worksheet", (own,)))
    section.show_for(found)
    assert not section.reading.isVisible()
    assert [line.face.key for line in section.lines if line.isVisible()] == [empty]
    assert opened == []
