"""The laptop in a contact's hands: what they see, what they cannot reach, how it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.profile import SHEETS
from fieldsales.screens.profile.lent import kept_lock, lent
from fieldsales.screens.profile.lent_window import LentWindow
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import people
from tests.screens.profile.conftest import Show, Shown, press, settle, texts
from tests.workspaces import add


@pytest.fixture
def lend(show: Show, wang: str, qtbot: QtBot) -> Iterator[Shown]:
    """Wang has the laptop; the password is 开门见山."""
    shown = show()
    shown.screen.show_record("profile", wang)
    press(shown.screen.person, "请对方自测…")
    qtbot.keyClicks(shown.screen.lending.password, "open sesame")
    qtbot.keyClick(shown.screen.lending.password, Qt.Key.Key_Return)
    yield shown
    if shown.screen.lent_window is not None:
        shown.screen.lent_window.deleteLater()


def _window(shown: Shown) -> LentWindow:
    assert shown.screen.lent_window is not None
    return shown.screen.lent_window


def _fill(window: LentWindow) -> None:
    for sheet in SHEETS:
        window.taking.form.turn_to(sheet)
        for tile in window.taking.form.grid.tiles:
            if tile.code.startswith(f"{sheet}_c"):
                tile.click()
    window.taking.form.turn_on()


def _unlock(window: LentWindow, qtbot: QtBot, password: str) -> None:
    window.password.setText(password)
    qtbot.keyClick(window.password, Qt.Key.Key_Return)


def _words(root: QWidget) -> str:
    """All words anywhere in it, shown or not."""
    said = [root.windowTitle(), root.toolTip()]
    for one in root.findChildren(QWidget):
        said += [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
        if isinstance(one, QLabel | QPushButton | QLineEdit):
            said.append(one.text())
    return "\n".join(said)


def test_they_see_their_name_and_the_sheets_and_nothing_else(
    lend: Shown, workspace: Workspace, customer: str
) -> None:
    window = _window(lend)
    assert window.isFullScreen()
    assert not lend.screen.window().isVisible()
    assert "王建国，您好" in texts(window)
    window.start()
    said = _words(window)
    for secret in ("海润牧业", "采购经理", "测试", str(workspace.store.path)):
        assert secret not in said
    assert not window.findChildren(QShortcut)
    assert not window.actions()
    assert all(not one.toolTip() for one in window.findChildren(QWidget))


def test_thanks_and_the_result_come_at_the_end_and_the_rep_gets_both(
    lend: Shown, qtbot: QtBot, workspace: Workspace, wang: str
) -> None:
    window = _window(lend)
    press(window, "开始")
    _fill(window)
    said = texts(window)
    assert "做完了，谢谢王建国！" in said
    assert "王建国偏 C 人情" in said
    press(window, "交还电脑")
    _unlock(window, qtbot, "open sesame")
    assert lend.screen.window().isVisible()
    assert lend.screen.lent_window is None
    assert not window.isVisible()
    assert lend.told[-1].text == "王建国做完了自测"
    assert "偏 C" in lend.screen.person.portrait.result.picture.picture.accessibleName()
    assert people.profile(workspace.store, wang).assessments


def test_the_result_is_theirs_to_see_only_if_the_rep_said_so(
    show: Show, wang: str, qtbot: QtBot
) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.test()
    shown.screen.lending.shows_result.setChecked(False)
    shown.screen.lending.password.setText("open sesame")
    press(shown.screen.lending, "交给对方")
    window = _window(shown)
    window.start()
    _fill(window)
    assert "请把电脑还回来" in texts(window)
    assert "偏" not in _words(window)
    window.ask()
    _unlock(window, qtbot, "open sesame")


@pytest.mark.parametrize("way", ["close", "button"])
def test_only_the_password_leads_out(lend: Shown, qtbot: QtBot, way: str) -> None:
    window = _window(lend)
    window.start()
    if way == "close":
        window.close()
    else:
        press(window, "交还电脑")
    assert window.isVisible()
    assert window.password.isVisible()
    assert window.password.echoMode() == QLineEdit.EchoMode.Password
    _unlock(window, qtbot, "open barley")
    assert window.isVisible()
    assert "口令不对，再试一次。" in texts(window)
    _unlock(window, qtbot, "")
    window.close()
    assert window.isVisible()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_Back):
        qtbot.keyClick(window, key)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not lend.screen.window().isVisible()
    assert window.taking.isVisible()  # where Escape led back to
    window.ask()
    press(window, "接着看")
    assert window.taking.isVisible()
    window.ask()
    _unlock(window, qtbot, "open sesame")
    assert lend.screen.window().isVisible()
    assert isinstance(lend.screen.window().focusWidget(), QAbstractItemView)


def test_half_filled_sheets_wait_for_the_next_time(
    lend: Shown, qtbot: QtBot, workspace: Workspace, wang: str
) -> None:
    window = _window(lend)
    window.start()
    window.taking.form.grid.tiles[0].click()
    window.ask()
    _unlock(window, qtbot, "open sesame")
    found = people.profile(workspace.store, wang).open
    assert found is not None
    assert len(found.picks("likes")) == 1
    assert "自测 1/24" in [one.face.text for one in _chips(lend)]


def _chips(shown: Shown) -> list:  # type: ignore[type-arg]
    from fieldsales.widgets.chips import Chip

    return shown.screen.person.chips.findChildren(Chip)


def test_after_a_crash_it_is_still_lent_with_the_same_password(
    lend: Shown, show: Show, qtbot: QtBot, workspace: Workspace
) -> None:
    _window(lend).start()
    _window(lend).taking.form.grid.tiles[3].click()
    after = show()  # what the next start builds
    after.screen.hide()
    assert lent(after.context.state, workspace.store.path) is not None
    after.screen.resume_lent()
    window = _window(after)
    assert "王建国，您好" in texts(window)
    window.start()
    assert window.taking.form.counter.text() == "已选 1 / 8"
    window.ask()
    _unlock(window, qtbot, "open sesame")
    assert after.screen.isVisible()
    assert lent(after.context.state, workspace.store.path) is None


def test_whoever_was_trashed_meanwhile_cannot_go_on_but_it_comes_back(
    lend: Shown, show: Show, qtbot: QtBot, workspace: Workspace, wang: str
) -> None:
    workspace.run(TrashRecords("contact", (wang,)))
    after = show()
    after.screen.resume_lent()
    window = _window(after)
    said = texts(window)
    assert "这份自测没有了，请把电脑还回来。" in said
    assert "王建国" not in _words(window)
    window.ask()
    _unlock(window, qtbot, "open sesame")
    assert after.screen.detail.currentWidget() is after.screen.gone


def test_whoever_is_erased_with_the_sheets_in_hand_leaves_nothing(
    lend: Shown, workspace: Workspace, wang: str
) -> None:
    window = _window(lend)
    window.start()
    window.taking.form.grid.tiles[0].click()
    workspace.run(EraseContact(wang))
    assert window.trouble.isVisible()
    assert window.trouble.text() == "这份自测没有了，请把电脑还回来。"
    assert workspace.store.value("SELECT count(*) FROM assessment") == 0


def test_whoever_moves_to_another_customer_goes_on(
    lend: Shown, workspace: Workspace, wang: str
) -> None:
    window = _window(lend)
    window.start()
    other = add(workspace, "customer", name="绿源养殖")
    workspace.run(EditRecord("contact", wang, {"customer_id": other}))
    window.taking.form.grid.tiles[0].click()
    assert window.taking.form.counter.text() == "已选 1 / 8"
    assert workspace.store.value("SELECT contact_id FROM assessment") == wang


def test_no_trouble_names_a_path_or_a_record(
    lend: Shown, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fieldsales.errors import EnvironmentProblem
    from fieldsales.services.workspace import Operation

    window = _window(lend)
    window.start()

    def full(operation: Operation, **_: object) -> None:
        raise EnvironmentProblem("store.disk_full", path=str(workspace.store.path))

    monkeypatch.setattr(workspace, "run", full)
    window.taking.form.grid.tiles[0].click()
    assert "现在存不了，请把电脑还回来。" in texts(window)
    assert not window.taking.form.grid.tiles[0].isChecked()


def test_the_password_is_kept_for_the_next_time_but_never_as_it_is(
    show: Show, workspace: Workspace, wang: str, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.test()
    shown.screen.lending.keep.setChecked(True)
    shown.screen.lending.password.setText("open sesame")
    shown.screen.lending.hand_over()
    assert b"sesame" not in (tmp_path / "window.ini").read_bytes()
    window = _window(shown)
    window.ask()
    _unlock(window, qtbot, "open sesame")
    shown.screen.test()
    shown.screen.lending.hand_over()  # without a password: the kept one
    window = _window(shown)
    window.ask()
    _unlock(window, qtbot, "open sesame")
    shown.screen.test()
    shown.screen.lending.keep.setChecked(False)
    shown.screen.lending.hand_over()
    assert kept_lock(shown.context.state) is None
    window = _window(shown)
    window.ask()
    _unlock(window, qtbot, "open sesame")


def test_it_is_not_handed_over_without_a_password(show: Show, wang: str) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.test()
    press(shown.screen.lending, "交给对方")
    assert "先定一个口令，至少 4 个字符。" in texts(shown.screen.lending)
    shown.screen.lending.password.setText("abc")
    press(shown.screen.lending, "交给对方")
    assert "口令太短，至少 4 个字符。" in texts(shown.screen.lending)
    assert shown.screen.lent_window is None
    assert lent(shown.context.state, shown.context.store.path) is None
    press(shown.screen.lending, "先不交")
    assert shown.screen.detail.currentWidget() is shown.screen.person


def test_another_file_is_not_lent(lend: Shown, tmp_path: Path) -> None:
    state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    assert lent(state, tmp_path / "other.db") is None


def test_a_damaged_lock_opens_by_nothing(lend: Shown, show: Show, qtbot: QtBot) -> None:
    lend.context.state.setValue("lent/salt", "not hexadecimal")
    after = show()
    after.screen.resume_lent()
    window = _window(after)
    window.ask()
    _unlock(window, qtbot, "")
    _unlock(window, qtbot, "open sesame")
    assert window.isVisible()
    window.deleteLater()
    settle()


def test_a_long_name_and_another_language_fit(
    show: Show, workspace: Workspace, customer: str
) -> None:
    from tests.widgets.clip_check import clipped

    long = add(workspace, "contact", name="Wolfeschlegelsteinhausenbergerdorff " * 5)
    for lang in ("zh_TW", "en", "pseudo"):
        shown = show(lang=lang)
        shown.screen.show_record("profile", long)
        shown.screen.test()
        shown.screen.lending.password.setText("open sesame")
        shown.screen.lending.hand_over()
        window = _window(shown)
        window.showNormal()
        window.resize(1366, 768)
        settle()
        assert not [one for one in clipped(window) if not one.startswith("ItemTile")]
        window.deleteLater()
        shown.screen.lent_window = None
