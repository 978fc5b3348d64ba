"""Rehearsing the spoken version by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from fieldsales.screens.pitch.products.page import ProductsPage
from fieldsales.words import PSEUDO
from tests.screens.pitch.conftest import ShowPitch
from tests.widgets.clip_check import clipped
from tests.workspaces import Add

SPOKEN = "您家最难熬的是哪一周？就管这一周。您先拿一窝试。"


def test_a_run_from_the_first_sentence_to_the_result(show_pitch: ShowPitch, add: Add) -> None:
    add("product", name="保育康 551", spoken=SPOKEN)
    shown = show_pitch("products")
    page = shown.page
    assert isinstance(page, ProductsPage)
    page.card.rehearse.click()
    assert shown.screen.strip.isHidden()
    room = page.rehearsal
    assert QApplication.focusWidget() is room
    for key in (Qt.Key.Key_Space, Qt.Key.Key_D, Qt.Key.Key_Space, Qt.Key.Key_S):
        QTest.keyClick(room, key)
        room.advance(1.0)
    assert room.run.at == 2
    QTest.keyClick(room, Qt.Key.Key_Plus)
    QTest.keyClick(room, Qt.Key.Key_Space)
    said = [one.text() for one in room.result.findChildren(QLabel) if one.isVisible()]
    assert "您家最难熬的是哪一周？" in said
    assert "就管这一周。" in said
    assert "您先拿一窝试。" not in said
    assert not room.result.before.isVisible()
    QTest.keyClick(room.result.again, Qt.Key.Key_Return)
    assert room.run.at == 0
    assert room.run.pace == 260  # as it was set
    for _ in range(4):
        QTest.keyClick(room, Qt.Key.Key_Space)
    assert "漏了 1 句" in room.result.before.text()
    QTest.keyClick(room.result.again, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.halves
    assert shown.screen.strip.isVisible()


def test_scrolling_by_itself_goes_on_at_the_pace(show_pitch: ShowPitch, add: Add) -> None:
    add("product", name="保育康 551", spoken=SPOKEN)
    page = show_pitch("products").page
    assert isinstance(page, ProductsPage)
    page.rehearse()
    page.rehearsal.flows.setChecked(True)
    QTest.keyClick(page.rehearsal, Qt.Key.Key_Space)
    page.rehearsal.advance(3.0)
    assert page.rehearsal.run.at == 1
    page.rehearsal.pause()
    assert page.go_back()


def test_without_a_spoken_version_there_is_nothing_to_rehearse(
    show_pitch: ShowPitch, add: Add
) -> None:
    add("product", name="保育康 551")
    page = show_pitch("products").page
    assert isinstance(page, ProductsPage)
    assert not page.card.rehearse.isEnabled()
    page.rehearse()
    assert QApplication.focusWidget() is page.card.told.cells["spoken"].editor.target()


@pytest.mark.parametrize("lang", ["zh_CN", "en", PSEUDO])
def test_nothing_is_clipped(show_pitch: ShowPitch, add: Add, lang: str) -> None:
    add("product", name="保育康 551", spoken=SPOKEN)
    shown = show_pitch("products", size=(1280, 720), lang=lang)
    page = shown.page
    assert isinstance(page, ProductsPage)
    page.rehearse()
    for _ in range(4):
        QApplication.processEvents()
    assert not clipped(shown.screen)
    for _ in range(4):
        QTest.keyClick(page.rehearsal, Qt.Key.Key_Space)
    for _ in range(4):
        QApplication.processEvents()
    assert not clipped(shown.screen)
