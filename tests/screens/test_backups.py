"""The page of backups: what is listed, made, verified, and the second folder, by what a user does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from fieldsales import places
from fieldsales.domain.clock import Clock
from fieldsales.screens.backups.page import BackupsScreen
from fieldsales.screens.contract import Context
from fieldsales.screens.second_folder import SecondFolder
from fieldsales.services.copies import second_folder
from fieldsales.services.erasing import erase_customer
from fieldsales.services.passwords import protect
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import Backup, back_up, backups, set_aside
from fieldsales.store.restoring import restore
from fieldsales.store.sealing import Key
from fieldsales.widgets.message_bar import Message
from tests.screens.conftest import OpenContext
from tests.workspaces import TODAY, add


@pytest.fixture
def context(open_context: OpenContext) -> Context:
    return open_context()


@pytest.fixture
def told(context: Context) -> list[Message]:
    said: list[Message] = []
    context.told.connect(said.append)
    return said


@pytest.fixture
def screen(qtbot: QtBot, context: Context) -> BackupsScreen:
    made = BackupsScreen(context)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _faces(screen: BackupsScreen) -> list[tuple[str, list[str]]]:
    """What each row says below its date, and its chips."""
    faces = [screen._face(one) for one in screen._copies]
    return [(face.subtitle, [chip.text for chip in face.chips]) for face in faces]


def _press(screen: BackupsScreen, text: str) -> None:
    next(b for b in screen.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def _copies_of(workspace: Workspace) -> list[Backup]:
    return backups(places.backup_folder(workspace.store.path))


def test_without_a_backup_the_page_offers_one(
    screen: BackupsScreen, told: list[Message], workspace: Workspace
) -> None:
    add(workspace, "customer", name="海润牧业")
    assert screen.list.model.rowCount() == 0
    assert not screen.now.isVisible()
    _press(screen, "现在备份")
    assert "备份已做好" in told[-1].text
    assert _faces(screen) == [("1 个客户", ["做好时核对过"])]


def test_how_to_move_is_one_press_away(screen: BackupsScreen, context: Context) -> None:
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda *there: opened.append(there))
    screen.help.click()
    assert opened == [("help", "moving")]


def test_copies_tell_what_they_hold_and_where_they_come_from(
    qtbot: QtBot, context: Context, workspace: Workspace, tmp_path: Path
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    back_up(workspace.store)
    add(workspace, "contact", name="王建国", customer_id=customer)
    back_up(workspace.store, second_folder(workspace.store.path, tmp_path))
    copy = tmp_path / "other.db"
    restore(_copies_of(workspace)[0].path, copy)
    restore(_copies_of(workspace)[0].path, copy)
    [aside] = set_aside(copy)
    stamp = aside.path.stem.partition(".replaced-")[2]
    path = workspace.store.path
    aside.path.rename(path.with_name(f"{path.stem}.replaced-{stamp}{path.suffix}"))
    SecondFolder(context.state, path, context.look.clock).choose(tmp_path)
    screen = BackupsScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    assert _faces(screen) == [
        ("1 个客户", ["恢复时换下的"]),
        ("1 个客户 · 1 位联系人", ["第二个文件夹", "做好时核对过"]),
        ("1 个客户", ["做好时核对过"]),
    ]


def test_copies_that_hold_who_was_erased_are_marked_and_go_at_a_press(
    screen: BackupsScreen, told: list[Message], workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    older = back_up(workspace.store)
    screen.refresh()
    assert not screen.clear.isVisible()
    erase_customer(workspace, customer)
    newer = back_up(workspace.store)
    screen.refresh()
    marked = "还有彻底删除的内容"
    assert [marked in chips for _, chips in _faces(screen)] == [False, True]
    _press(screen, "删掉 1 份旧备份")
    assert "已删掉 1 份旧备份" in told[-1].text
    assert (older.path.exists(), newer.path.exists()) == (False, True)
    assert [chips for _, chips in _faces(screen)] == [["做好时核对过"]] * 2
    assert not screen.clear.isVisible()


def test_a_spoilt_copy_is_told_by_verifying_and_by_its_chip(
    screen: BackupsScreen, told: list[Message], workspace: Workspace
) -> None:
    add(workspace, "customer", name="海润牧业", note="长" * 3_000)
    screen.now.click()
    screen.now.click()
    screen._verify.click()
    assert "2 份备份逐页读过，都完好" in told[-1].text
    spoilt = _copies_of(workspace)[1].path
    with sqlite3.connect(spoilt) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'change_op'"
        ).fetchone()[0]
    connection.close()
    with spoilt.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    screen._verify.click()
    assert "2 份备份里有 1 份用不了" in told[-1].text
    assert [chips for _, chips in _faces(screen)] == [["刚核对，完好"], ["用不了"]]
    spoilt.write_bytes(b"no database")
    screen.refresh()
    assert "不是随行销售的数据文件" in _faces(screen)[1][0]


def test_the_second_folder_gets_each_backup_and_may_be_away(
    screen: BackupsScreen,
    context: Context,
    told: list[Message],
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "电脑丢了" in screen.second.said.full_text()
    stick = tmp_path / "usb"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    screen.second.choose.click()
    assert str(stick) in screen.second.said.full_text()
    screen.now.click()
    assert f"{stick} 里也放了一份" in told[-1].text
    [copy] = backups(second_folder(workspace.store.path, stick))
    assert {chips[0] for _, chips in _faces(screen)} == {"第二个文件夹", "做好时核对过"}

    stick.rename(tmp_path / "in the bag")
    screen.now.click()
    assert "现在没接上" in told[-1].text
    assert told[-1].kind == "success"
    assert "现在没接上" in screen.second.said.full_text()
    assert not stick.exists()  # or the next stick would lie over it
    assert len(_copies_of(workspace)) == 2
    assert not copy.path.exists()

    screen.second.forget.click()
    assert "电脑丢了" in screen.second.said.full_text()
    assert SecondFolder(context.state, workspace.store.path, context.look.clock).chosen is None


def test_a_second_folder_that_takes_nothing_is_told_and_the_backup_here_stands(
    screen: BackupsScreen, told: list[Message], workspace: Workspace, tmp_path: Path
) -> None:
    second_folder(workspace.store.path, tmp_path).write_text("a file in its place")
    screen.second.take(tmp_path)
    screen.now.click()
    assert "写不进去" in told[-1].text
    assert len(_copies_of(workspace)) == 1
    assert screen.list.model.rowCount() == 1


@pytest.mark.parametrize(
    ("days", "since", "missed"), [(7, 6, 0), (7, 7, 7), (30, 8, 0), (3, -2, 0), (3, 40, 40)]
)
def test_the_second_folder_is_missed_after_so_many_days(
    tmp_path: Path, days: int, since: int, missed: int
) -> None:
    state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    folder = SecondFolder(state, tmp_path / "f.db", Clock(TODAY))
    assert folder.missed() == 0
    folder.choose(tmp_path)
    folder.remind_after(days)
    seen = (TODAY - timedelta(days=since)).isoformat()
    key = next(key for key in state.allKeys() if key.endswith("/seen"))
    state.setValue(key, seen)
    assert folder.missed() == missed
    folder.mark_seen()
    assert folder.missed() == 0


def test_looking_and_restoring_are_asked_of_the_application(
    qtbot: QtBot, screen: BackupsScreen, context: Context, workspace: Workspace
) -> None:
    assert not screen.restore.isEnabled()
    screen.now.click()
    [copy] = _copies_of(workspace)
    with qtbot.waitSignal(context.restore_wanted) as asked:
        screen.restore.click()
    assert asked.args == [copy]
    with qtbot.waitSignal(context.look_wanted) as asked:
        screen.list.opened.emit(0)
    assert asked.args == [copy]


def test_backups_of_an_earlier_password_ask_for_it_once(
    qtbot: QtBot, open_context: OpenContext, tmp_path: Path
) -> None:
    path, usb, first = tmp_path / "locked.db", tmp_path / "usb", Key.made("the first one")
    with closing(Workspace.open(path, passphrase=first.passphrase)) as before:
        add(before, "customer", name="海润牧业")
        back_up(before.store, second_folder(path, usb))
    key = protect(path, first, "the second one").key
    assert key is not None
    file = Workspace.open(path, Clock(TODAY), key.passphrase)
    context = open_context(file=file)
    said: list[Message] = []
    context.told.connect(said.append)
    SecondFolder(context.state, path, context.look.clock).choose(usb)
    screen = BackupsScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    line = screen.former
    assert line.isVisible()
    assert "1 份备份设的是以前的密码" in line.said.text()
    assert _faces(screen)[0][1] == ["第二个文件夹", "以前的密码"]
    qtbot.keyClicks(line.password, "not this one")
    qtbot.keyClick(line.password, Qt.Key.Key_Return)
    assert "密码不对" in said[-1].text
    line.password.clear()
    qtbot.keyClicks(line.password, "the first one")
    qtbot.keyClick(line.password, Qt.Key.Key_Return)
    assert "改好了" in said[-1].text
    assert not line.isVisible()
    assert line.password.text() == ""
    assert _faces(screen) == [("1 个客户", ["第二个文件夹", "做好时核对过"])]
    file.close()
