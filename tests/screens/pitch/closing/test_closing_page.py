"""Closing in the pitch tab: what there is to read, and which technique worked where (M29b)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from fieldsales.screens.pitch.closing.page import ClosingPage
from fieldsales.services.library import library
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.chips import Chip
from fieldsales.widgets.lines import Line
from fieldsales.words import PSEUDO
from tests.screens.pitch.conftest import Shown, ShowPitch
from tests.widgets.clip_check import clipped
from tests.workspaces import Add

SHELF = library("zh_CN")


def _page(shown: Shown) -> ClosingPage:
    assert isinstance(shown.page, ClosingPage)
    return shown.page


def _texts(page: QWidget) -> str:
    for _ in range(4):
        QApplication.processEvents()
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def _codes(page: ClosingPage) -> list[str]:
    model = page.list.list.model
    return [str(model.row(at)) for at in range(model.rowCount())]


@pytest.fixture
def tried(add: Add) -> str:
    """Two techniques at a stage, one of them also without a deal; gives the newest visit."""
    customer = add("customer", name="海润牧业")
    deal = add("deal", title="年单", customer_id=customer, stage="value")
    add("stage_change", deal_id=deal, to_stage="value", at="2026-11-01T00:00:00Z", since=None)
    visit = ""
    for code, worked, of, times in (
        ("direct", "yes", deal, 3),
        ("direct", "no", deal, 1),
        ("imagine", "yes", deal, 1),
        ("imagine", "yes", None, 6),
    ):
        for _ in range(times):
            visit = add("visit", customer_id=customer, deal_id=of, starts_at="2026-11-02T01:00:00Z")
            line = {"kind": "closing", "code": code, "text": "先来二十吨？", "answer": "行"}
            add("visit_item", visit_id=visit, **line, worked=worked)
    return visit


def test_route_signals_and_rules_are_there_to_read(show_pitch: ShowPitch) -> None:
    page = _page(show_pitch("closing"))
    told = _texts(page.readings)
    for step in SHELF.route.values():
        assert step.step in told
    assert "→ 4 摆条件" in told
    page.show_record("closing", "signals")
    told = _texts(page.readings)
    assert all(signal.then in told for signal in SHELF.signals.values())
    page.show_record("closing", "rules")
    assert SHELF.rules["be_quiet"].text in _texts(page.readings)
    page.show_record("closing", "figures")
    assert "还没有数" in _texts(page.readings)
    assert _codes(page)[4:] == list(SHELF.techniques)


def test_a_technique_says_what_came_of_it_at_each_stage(show_pitch: ShowPitch, tried: str) -> None:
    shown = show_pitch("closing")
    page = _page(shown)
    assert _codes(page)[4:6] == ["imagine", "direct"]
    page.list.stage.picked.emit("value")
    assert _codes(page)[4:6] == ["direct", "imagine"]
    page.show_record("closing", "direct")
    told = _texts(page.readings)
    assert SHELF.techniques["direct"].when_not in told
    assert "所有阶段：3/4 次管用" in told
    assert "呈现价值：3/4 次管用" in told
    page.show_record("closing", "imagine")
    told = _texts(page.readings)
    assert "所有阶段：7/7 次管用" in told
    assert "呈现价值：1/1 次管用" in told
    lines = page.readings.findChildren(Line)
    lines[0].clicked.emit()
    assert shown.opened[-1] == ("visit", tried)
    page.show_record("closing", "figures")
    chips = [chip.face.text for chip in page.readings.findChildren(Chip)]
    assert chips == ["想想以后 7/7", "直接请求 3/4", "直接请求 3/4", "想想以后 1/1"]
    page.readings.findChildren(Chip)[1].clicked.emit()
    assert page.readings.code == "direct"


def test_a_figure_follows_what_is_ticked_in_a_visit(
    show_pitch: ShowPitch, workspace: Workspace, tried: str
) -> None:
    page = _page(show_pitch("closing"))
    page.show_record("closing", "imagine")
    workspace.undo()
    assert "所有阶段：6/6 次管用" in _texts(page.readings)


def test_the_keyboard_goes_through_the_list(show_pitch: ShowPitch) -> None:
    page = _page(show_pitch("closing"))
    page.show_record("closing", "route")
    for _ in range(4):
        QTest.keyClick(page.list.list.shown, Qt.Key.Key_Down)
    first = next(iter(SHELF.techniques))
    assert page.readings.code == first
    assert SHELF.techniques[first].what in _texts(page.readings)
    page.show_record("closing", "no_such_technique")
    assert page.readings.code == first


@pytest.mark.parametrize("lang", ["zh_CN", PSEUDO])
def test_nothing_is_clipped(show_pitch: ShowPitch, workspace: Workspace, lang: str) -> None:
    workspace.run(LoadSample())
    shown = show_pitch("closing", (1180, 640), lang)
    page = _page(shown)
    for code in ("route", "signals", "rules", "figures", "scarcity"):
        page.show_record("closing", code)
        _texts(page)
        assert clipped(shown.screen) == []
