"""From any record to its history by one key, and back; undo says what it undid."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.app.window import Window
from fieldsales.screens.contract import Context
from fieldsales.screens.history.page import HistoryScreen
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from tests.workspaces import add

_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_one_key_leads_from_each_kind_of_record_to_its_history_and_back(
    qtbot: QtBot, window: Window, context: Context
) -> None:
    context.run(LoadSample())
    for noun in (
        *("customer", "contact", "deal", "visit", "proposal", "receivable", "product"),
        *("worksheet", "interaction", "own_entry", "checklist_result", "campaign"),
    ):
        where = " AND kind = 'complaint'" if noun == "interaction" else ""
        row_id = context.store.value(f"SELECT id FROM {noun} WHERE trashed_at IS NULL{where}")
        if row_id is None:
            continue  # the sample has none
        window.open_record("feedback" if noun == "interaction" else noun, row_id)
        window.activateWindow()
        QApplication.processEvents()
        before = window.page
        qtbot.keyClick(window, Qt.Key.Key_H, _BOTH)
        page = window.page
        assert isinstance(page, HistoryScreen), noun
        assert page.record_here() == row_id, noun
        assert context.words(f"noun.{noun}") in page.strip.aside.text()
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert window.page is before


def test_where_no_record_is_shown_the_key_says_what_to_do(qtbot: QtBot, window: Window) -> None:
    window.show_named("today")
    qtbot.keyClick(window, Qt.Key.Key_H, _BOTH)
    assert window.bar.current is not None
    assert "先打开一个客户" in window.bar.current.text
    assert window.page is window.show_named("today")


@pytest.mark.parametrize(
    ("noun", "values", "said"),
    [
        ("visit_item", {"kind": "question", "text": "现在用什么料？"}, "新建“现在用什么料？”"),
        ("text_block", {"kind": "terms", "title": "付款条件", "text": "月结"}, "新建“付款条件”"),
        ("tag_rule", {"pattern": "成本", "quadrant": "a"}, "新建"),
    ],
)
def test_undo_says_what_it_undid_of_records_without_a_place_of_their_own(
    window: Window,
    context: Context,
    workspace: Workspace,
    noun: str,
    values: dict[str, str],
    said: str,
) -> None:
    if noun == "visit_item":
        customer = add(workspace, "customer", name="海润")
        deal = add(workspace, "deal", title="年单", customer_id=customer)
        values = {**values, "deal_id": deal}
    context.run(AddRecord(noun, values))
    context.undo()
    assert window.bar.current is not None
    assert window.bar.current.text == f"已撤销：{said}"


def test_undo_names_a_part_and_what_was_emptied(
    window: Window, context: Context, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润")
    deal = add(workspace, "deal", title="年单", customer_id=customer)
    member = add(workspace, "deal_member", deal_id=deal, name="小李", duty="技术")
    context.run(EditRecord("deal_member", member, {"duty": "送样"}))
    context.undo()
    assert window.bar.current is not None
    assert "“小李”" in window.bar.current.text
    context.run(TrashRecords("deal", (deal,)))
    context.open("trash", "")
    QApplication.processEvents()
    window.page.empty_now()  # type: ignore[attr-defined]
    context.undo()
    assert "清空回收站" in window.bar.current.text
