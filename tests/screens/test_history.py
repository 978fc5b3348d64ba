"""The history of a record: what it says, and setting a field back to what it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.domain.nouns import NOUNS
from fieldsales.screens.contract import Context
from fieldsales.screens.history.page import HistoryScreen
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.message_bar import Message
from fieldsales.words import PSEUDO
from tests.screens.conftest import OpenContext
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import Add

Show = Callable[[str], HistoryScreen]


@pytest.fixture
def context(open_context: OpenContext) -> Context:
    return open_context()


@pytest.fixture
def told(context: Context) -> list[Message]:
    said: list[Message] = []
    context.told.connect(said.append)
    return said


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Show:
    def shown(row_id: str) -> HistoryScreen:
        screen = HistoryScreen(context)
        qtbot.addWidget(screen)
        screen.resize(1280, 720)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.show_record("history", row_id)
        return screen

    return shown


def _said(screen: HistoryScreen) -> str:
    QApplication.processEvents()  # what was made anew is shown
    labels = [one for one in screen.findChildren(QLabel) if one.isVisibleTo(screen)]
    return "\n".join(one.text() for one in labels)


def _ways_back(screen: HistoryScreen) -> dict[str, QPushButton]:
    QApplication.processEvents()
    return {
        one.accessibleName(): one
        for one in screen.findChildren(QPushButton)
        if one.text() == "改回去" and one.isVisibleTo(screen)
    }


def test_a_value_is_set_back_by_one_press_and_that_is_undone_by_another(
    show: Show, told: list[Message], workspace: Workspace, add: Add
) -> None:
    customer = add("customer", name="海润", importance="vip", region="定边")
    workspace.run(EditRecord("customer", customer, {"importance": "ordinary"}))
    workspace.run(EditRecord("customer", customer, {"region": "靖边", "name": "海润牧业"}))
    screen = show(customer)
    said = _said(screen)
    assert "客户 · 海润牧业" in said
    assert "新建" in said
    for text in ("地区", "定边", "靖边", "VIP"):
        assert text in said
    back = _ways_back(screen)
    assert len(back) == 3
    assert "把地区改回“定边”" in back
    next(one for name, one in back.items() if "定边" in name).click()
    assert workspace.store.value("SELECT region FROM customer") == "定边"
    assert workspace.store.value("SELECT name FROM customer") == "海润牧业"
    assert "定边" in told[-1].text
    assert told[-1].act is not None
    assert not next(one for name, one in _ways_back(screen).items() if "定边" in name).isEnabled()
    told[-1].act()
    assert workspace.store.value("SELECT region FROM customer") == "靖边"


def test_a_record_in_the_trash_is_read_alone(
    show: Show, context: Context, workspace: Workspace, add: Add
) -> None:
    deal = add("deal", title="年单", customer_id=add("customer", name="海润"))
    workspace.run(EditRecord("deal", deal, {"title": "全年用料"}))
    workspace.run(TrashRecords("deal", (deal,)))
    screen = show(deal)
    assert "移到回收站" in _said(screen)
    assert not _ways_back(screen)
    context.undo()
    assert _ways_back(screen)


def test_a_value_that_is_refused_is_said_so(
    show: Show, told: list[Message], workspace: Workspace, add: Add
) -> None:
    mother = add("customer", name="总部")
    child = add("customer", name="分店", parent_id=mother)
    workspace.run(EditRecord("customer", child, {"parent_id": None}))
    workspace.run(TrashRecords("customer", (mother,)))
    screen = show(child)
    next(one for name, one in _ways_back(screen).items() if "总部" in name).click()
    assert "已经不在" in told[-1].text
    assert workspace.store.value("SELECT parent_id FROM customer WHERE id = ?", [child]) is None


def test_esc_and_the_button_lead_back(qtbot: QtBot, show: Show, context: Context, add: Add) -> None:
    screen = show(add("customer", name="海润"))
    with qtbot.waitSignal(context.back_wanted):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
    with qtbot.waitSignal(context.back_wanted):
        screen.back.click()
    screen.show_record("history", "no such record")
    assert "还没有修改记录" in _said(screen)


def test_many_changes_are_shown_in_part(show: Show, workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润")
    for count in range(60):
        field = "region" if count % 2 else "address"
        workspace.run(EditRecord("customer", customer, {field: f"第{count}处"}))
    screen = show(customer)
    assert screen.more.isVisible()
    assert "第0处" not in _said(screen)
    screen.more.click()
    assert "第0处" in _said(screen)


def test_long_texts_are_shown_whole_beside_short_ones(
    show: Show, workspace: Workspace, add: Add, qtbot: QtBot
) -> None:
    customer = add("customer", name="海润", note="短的一句。")
    for note in ("要样品，先试两周，再看料肉比；" * 40, "又是短的。"):
        workspace.run(EditRecord("customer", customer, {"note": note}))
    screen = show(customer)
    wait_until_all_fits(qtbot, screen)
    tops = {
        one.text(): one.mapTo(screen, one.contentsRect().topLeft()).y()
        for one in screen.findChildren(QLabel)
        if one.isVisibleTo(screen)
    }
    long = next(text for text in tops if text.startswith("要样品"))
    assert tops["又是短的。"] < tops["短的一句。"] == tops[long]


def test_an_amount_is_told_in_the_currency_it_had_then(
    show: Show, workspace: Workspace, add: Add
) -> None:
    deal = add(
        "deal",
        title="全年用料",
        amount=100_00,
        currency="USD",
        customer_id=add("customer", name="海润"),
    )
    for values in ({"amount": 200_00}, {"currency": "JPY"}, {"amount": 3_000}):
        workspace.run(EditRecord("deal", deal, values))
    screen = show(deal)
    said = _said(screen)
    assert "$100.00\n→\n$200.00" in said
    assert "JPY 20,000\n→\nJPY 3,000" in said
    back = {name: one.isEnabled() for name, one in _ways_back(screen).items()}
    assert back == {
        "把金额改回“$100.00”": False,  # in yen it would be another amount
        "把币种改回“USD”": True,
        "把金额改回“JPY 20,000”": True,
    }


def test_every_noun_has_a_history_in_words(
    qtbot: QtBot, open_context: OpenContext, workspace: Workspace
) -> None:
    workspace.run(LoadSample(), wait=5)
    context = open_context(PSEUDO)
    screen = HistoryScreen(context)
    qtbot.addWidget(screen)
    screen.resize(1180, 700)
    screen.show()
    for noun in NOUNS:
        for row_id in workspace.store.rows(
            "SELECT row_id FROM change WHERE tbl = ? AND before IS NOT NULL LIMIT 1", [noun]
        ):
            screen.show_record("history", row_id[0])
            wait_until_all_fits(qtbot, screen)
