"""The timeline: days as headings, keys that step over them, text that can be copied."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.timeline import Timeline, TimelineEntry, TimelineModel

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).astimezone().replace(hour=12)


def _entries() -> list[TimelineEntry]:
    return [
        TimelineEntry(
            "visit",
            NOON,
            "拜访 王建国",
            "同意试用 3 吨\n<b>下周</b>",
            "visit",
            "v1",
            ChipFace("进展", "good"),
        ),
        TimelineEntry("call", NOON - timedelta(hours=2), "电话", "", "phone", "c1"),
        TimelineEntry("change", NOON - timedelta(days=3), "改了电话", icon="edit"),
        TimelineEntry(
            "paper", NOON - timedelta(days=400), "报告", "x" * 900, "document", "p1", whole_day=True
        ),
    ]


@pytest.fixture
def timeline(qtbot: QtBot, look: Look) -> Timeline:
    made = Timeline(look)
    made.resize(420, 500)
    qtbot.addWidget(made)
    made.show()
    made.set_entries(_entries())
    return made


def test_model(look: Look, qtmodeltester: ModelTester) -> None:
    model = TimelineModel(look)
    model.set_entries(_entries())
    assert model.rowCount() == 7  # three days
    qtmodeltester.check(model)


def test_keys_step_over_headings_and_open(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.select_key("v1")
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    assert timeline.current_key() == "c1"
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    assert timeline.current_key() == "p1"
    with qtbot.waitSignal(timeline.opened) as opened:
        QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert opened.args == ["p1"]
    with qtbot.waitSignal(timeline.delete_wanted) as wanted:
        QTest.keyClick(timeline, Qt.Key.Key_Delete)
    assert wanted.args == ["p1"]


def test_copy(timeline: Timeline) -> None:
    timeline.select_key("v1")
    QTest.keyClick(timeline, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QApplication.clipboard().text()
    assert text.startswith("2026-11-22 12:00 拜访 王建国 进展\n同意试用 3 吨")


def test_new_entries_keep_the_place(timeline: Timeline) -> None:
    timeline.select_key("c1")
    timeline.set_entries(
        [TimelineEntry("note", NOON + timedelta(hours=1), "新", key="n"), *_entries()]
    )
    assert timeline.current_key() == "c1"
    timeline.set_entries([])
    assert timeline.current_key() == ""
    assert not timeline.select_key("c1")


def test_text_takes_three_lines_at_most_and_is_shortened(timeline: Timeline) -> None:
    lines = timeline._delegate._laid("很长" * 300)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert "".join(lines[:2]) == ("很长" * 300)[: len("".join(lines[:2]))]
    assert timeline._delegate._laid("短") == ["短"]
    assert len(timeline._delegate._laid("一\n二\n三\n四")) == 3
    assert timeline._delegate._laid("一\n二\n三\n四")[-1].endswith("…")


def test_narrow_and_wide(timeline: Timeline) -> None:
    for width in (240, 900):
        timeline.resize(width, 400)
        timeline.grab()
        assert timeline.visualRect(timeline.model().index(1, 0)).height() >= 36
