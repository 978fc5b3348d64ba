"""The self-assessment, by what somebody with a keyboard does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import Clock
from fieldsales.domain.profile import SHEETS, Assessment
from fieldsales.screens.profile.sheets import AssessmentForm, ItemTile
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import people
from tests.screens.profile.conftest import Assess, Show, Shown, press, settle, texts
from tests.widgets.clip_check import clipped
from tests.workspaces import TODAY

Key = Qt.Key


def _form(shown: Shown) -> AssessmentForm:
    return shown.screen.taking.form


def _focused() -> ItemTile:
    focused = QApplication.focusWidget()
    assert isinstance(focused, ItemTile)
    return focused


def _press(qtbot: QtBot, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(_focused(), key)


def _on(qtbot: QtBot, way: Key = Key.Key_Right) -> None:
    qtbot.keyClick(_focused(), way, Qt.KeyboardModifier.AltModifier)


def _pick_eight(qtbot: QtBot) -> None:
    _press(qtbot, Key.Key_Home, Key.Key_Space)
    for _ in range(7):
        _press(qtbot, Key.Key_Right, Key.Key_Space)


def _kept(workspace: Workspace) -> Assessment:
    found = people.profile(workspace.store, None).open
    assert found is not None
    return found


def test_the_keyboard_alone_takes_one_to_a_result(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    shown = show()
    press(shown.screen, "开始自测")
    for sheet in SHEETS:
        assert _form(shown).sheet == sheet
        _pick_eight(qtbot)
        assert _form(shown).counter.text() == "已选 8 / 8"
        _on(qtbot)
    [done] = people.profile(workspace.store, None).assessments
    assert done.finished_at
    assert shown.screen.person.portrait.result.isVisible()
    said = texts(shown.screen.person)
    assert "常说的话" in said
    assert "可以练习" in said
    assert shown.told[-1].text == "自测完成"


def test_a_pick_is_taken_back_by_the_same_key(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    shown = show()
    shown.screen.test_me()
    _press(qtbot, Key.Key_Space)
    assert len(_kept(workspace).picks("likes")) == 1
    assert _focused().isChecked()
    _press(qtbot, Key.Key_Return)
    assert not _kept(workspace).picks("likes")
    assert not _focused().isChecked()
    assert _form(shown).counter.text() == "已选 0 / 8"


def test_undo_takes_a_pick_back_on_the_sheet(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    shown = show()
    shown.screen.test_me()
    _press(qtbot, Key.Key_Space, Key.Key_Down, Key.Key_Space)
    shown.context.undo()
    assert len(_kept(workspace).picks("likes")) == 1
    assert [tile.isChecked() for tile in _form(shown).grid.tiles].count(True) == 1


def test_the_start_undone_leads_back_to_the_profile(show: Show, workspace: Workspace) -> None:
    shown = show()
    shown.screen.test_me()
    shown.context.undo()
    assert shown.screen.stack.currentWidget() is shown.screen.halves
    assert people.profile(workspace.store, None).open is None


def test_seven_or_nine_do_not_finish_and_it_says_where(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    shown = show()
    shown.screen.test_me()
    _pick_eight(qtbot)
    _press(qtbot, Key.Key_Right, Key.Key_Space)
    assert "多选了 1 项" in _form(shown).told.text()
    _on(qtbot)
    _pick_eight(qtbot)
    _press(qtbot, Key.Key_Space)  # takes the last one back
    _on(qtbot)
    _pick_eight(qtbot)
    _on(qtbot)
    assert _form(shown).sheet == "likes"
    assert _form(shown).told.text() == (
        "还不能看结果：第 1 页多了 1 项，第 2 页还差 1 项。每页正好 8 项。"
    )
    assert not _kept(workspace).finished_at


def test_it_goes_on_where_it_was_left(show: Show, qtbot: QtBot, workspace: Workspace) -> None:
    shown = show()
    shown.screen.test_me()
    _pick_eight(qtbot)
    _on(qtbot)
    _press(qtbot, Key.Key_Space)
    qtbot.keyClick(_focused(), Key.Key_Escape)
    assert shown.screen.stack.currentWidget() is shown.screen.halves
    again = show()
    assert "自测做了一半" in again.names[0]
    press(again.screen, "接着做")
    assert _form(again).sheet == "career"
    assert _form(again).counter.text() == "已选 1 / 8"


def test_alt_left_turns_back_and_leaves_from_the_first_sheet(show: Show, qtbot: QtBot) -> None:
    shown = show()
    shown.screen.test_me()
    _on(qtbot)
    _on(qtbot, Key.Key_Left)
    assert _form(shown).sheet == "likes"
    assert shown.screen.go_back()  # what Alt+← of the window does
    assert shown.screen.stack.currentWidget() is shown.screen.halves


def test_arrows_bring_what_they_come_to_into_sight(show: Show, qtbot: QtBot) -> None:
    shown = show((640, 480))
    shown.screen.test_me()
    settle()
    _press(qtbot, Key.Key_End)
    last = _form(shown).grid.tiles[-1]
    assert last.hasFocus()
    assert last.visibleRegion().boundingRect() == last.rect()
    _press(qtbot, Key.Key_Home)
    assert _form(shown).grid.tiles[0].visibleRegion().boundingRect() == last.rect()


def test_the_order_is_the_same_each_time_and_named_for_the_ear(show: Show) -> None:
    first, second = show(), show()
    for shown in (first, second):
        shown.screen.test_me()
    codes = [[tile.code for tile in _form(one).grid.tiles] for one in (first, second)]
    assert codes[0] == codes[1]
    assert len(set(codes[0])) == 32
    for tile in _form(first).grid.tiles:
        assert tile.accessibleName() == tile.text()
        assert tile.isCheckable()


def test_a_file_that_takes_no_writing_says_so_and_keeps_the_sheet_as_it_is(
    show: Show, workspace: Workspace, db_path: Path
) -> None:
    closed = Workspace.open(db_path, Clock(TODAY), read_only=True)
    shown = show(file=closed)
    press(shown.screen, "开始自测")
    assert shown.screen.stack.currentWidget() is shown.screen.halves
    assert len(shown.told) == 1
    assert people.profile(workspace.store, None).open is None
    closed.close()


def test_a_pick_that_cannot_be_kept_is_not_shown_as_one(
    show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    shown = show()
    shown.screen.test_me()
    with workspace.store.write_lock:  # somebody else writes
        _press(qtbot, Key.Key_Space)
    assert not _focused().isChecked()
    assert _form(shown).counter.text() == "已选 0 / 8"
    assert shown.told


def test_a_result_is_shown_although_the_clock_was_set_back(
    show: Show, workspace: Workspace, assess: Assess, db_path: Path
) -> None:
    assess(None, "a" * 24)
    earlier = Workspace.open(db_path, Clock(TODAY.replace(year=2025)))
    shown = show(file=earlier)
    shown.screen.test_me()
    for sheet in SHEETS:
        _form(shown).turn_to(sheet)
        for code in [t.code for t in _form(shown).grid.tiles if t.code.startswith(f"{sheet}_d")]:
            next(t for t in _form(shown).grid.tiles if t.code == code).click()
    _form(shown).turn_on()
    assert "偏 D" in shown.screen.person.portrait.result.picture.picture.accessibleName()
    earlier.close()


def test_nothing_is_cut_off(show: Show) -> None:
    for lang in ("zh_CN", "zh_TW", "en", "pseudo"):
        shown = show(lang=lang)
        shown.screen.test_me()
        for sheet in SHEETS:
            _form(shown).turn_to(sheet)
            settle()
            tiles = _form(shown).grid.tiles
            assert all(tile.height() >= tile.height_for(tile.width()) for tile in tiles)
            labels = [one for one in clipped(shown.screen) if not one.startswith("ItemTile")]
            assert not labels
        shown.screen.hide()
