"""The application from its start: one window a file, damage, read-only places, language, crashes."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldsales import places
from fieldsales.app.crash import CrashWindow
from fieldsales.app.damage import DamageWindow
from fieldsales.app.main import Application, open_window
from fieldsales.screens.profile.lent import Lent, lend
from fieldsales.screens.profile.lent_window import LentWindow
from fieldsales.services.lending import Lock
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up, backups, set_aside
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.theme import SCALES
from tests.workspaces import add

Start = Callable[[Path], Application]


@contextmanager
def _pressing(text: str) -> Iterator[list[QWidget]]:
    """Presses a button of each dialog that opens meanwhile; the dialogs that did."""
    asked: list[QWidget] = []

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or dialog in asked:
            return
        asked.append(dialog)
        for button in dialog.findChildren(QPushButton):
            if text in button.text():
                button.click()
                return
        dialog.reject()
        raise AssertionError(f"no button {text}")

    timer = QTimer(interval=20)
    timer.timeout.connect(press)
    timer.start()
    yield asked
    timer.stop()


def test_a_new_file_is_made_and_shown(start: Start, db_path: Path) -> None:
    application = start(db_path)
    assert application.window is not None
    assert application.window.isVisible()
    assert db_path.exists()


def test_a_second_start_calls_the_first_window(start: Start, qtbot: QtBot, db_path: Path) -> None:
    first = start(db_path)
    assert first.window is not None
    first.window.showMinimized()
    second = start(db_path)
    assert second.window is None
    qtbot.waitUntil(lambda: first.window is not None and not first.window.isMinimized())


def test_a_file_is_one_file_again_after_closing(start: Start, db_path: Path) -> None:
    application = start(db_path)
    assert application.context is not None
    add(application.context.workspace, "customer", name="海润牧业")
    application.close()
    assert [path.name for path in db_path.parent.glob(f"{db_path.name}*")] == [db_path.name]


def test_a_second_start_is_no_failure(start: Start, db_path: Path) -> None:
    start(db_path)
    assert open_window(db_path, "zh_CN", None) == 0


@pytest.mark.parametrize(
    ("written", "tab"),
    [
        ("[look]\nscale=abc\nmode=x\nlanguage=fr\n", "today"),
        ("[look]\nscale=nan\n[window]\ntab=\n", "today"),
        ("[look]\nscale=900\n[window]\ntab=a_tab_of_another_version\n", "today"),
        ("[window]\ntab=paper\ngeometry=x\n", "today"),  # a page that is nothing by itself
        ("[window]\ntab=settings\n", "settings"),
        ("garbage \x01\x02", "today"),
    ],
)
def test_whatever_was_remembered_it_starts(
    start: Start, tmp_path: Path, db_path: Path, written: str, tab: str
) -> None:
    state = tmp_path / "home" / "window.ini"
    state.parent.mkdir()
    state.write_text(written, encoding="utf-8")
    application = start(db_path)
    assert application.window is not None
    assert application.window.page is application.window.show_named(tab)
    assert application.theme.scale in SCALES


def test_only_tabs_of_the_rail_are_remembered(start: Start, db_path: Path) -> None:
    application = start(db_path)
    assert application.window is not None
    application.window.show_named("customers")
    application.window.show_named("trash")
    application.window.close()
    assert application.state.value("window/tab") != "trash"


def test_a_large_change_is_copied_beside_the_window(
    start: Start, qtbot: QtBot, db_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldsales.app.main._AFTER_START", 10**6)
    monkeypatch.setattr("fieldsales.services.workspace._LARGE", 1)
    application = start(db_path)
    assert application.context is not None
    assert application.window is not None
    bar = application.window.bar
    workspace = application.context.workspace
    folder = places.backup_folder(db_path)

    def change(_job: Job) -> None:  # as an import does
        add(workspace, "customer", name="海润牧业")
        workspace.store.release()

    application.jobs.start(change)
    qtbot.waitUntil(lambda: len(backups(folder)) == 1 and not application.jobs.running())
    assert bar.current is None
    shutil.rmtree(folder)
    folder.touch()  # where nothing can be written
    workspace.undo()
    qtbot.waitUntil(lambda: bar.current is not None)
    assert bar.current is not None
    assert str(folder) in bar.current.text
    assert workspace.store.value("SELECT count(*) FROM customer") == 0


def test_a_name_that_is_not_utf8_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.db")
    with _pressing("关闭"):
        assert open_window(path, "zh_CN", None) == 3


def test_a_damaged_file_goes_back_to_its_backup(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    path = tmp_path / "客户.db"
    workspace = Workspace.open(path)
    add(workspace, "customer", name="海润牧业")
    back_up(workspace.store)
    workspace.close()
    path.write_bytes(b"\0" * 20_000)
    with _pressing("恢复"):
        application = start(path)
    assert application.context is not None
    assert application.context.store.value("SELECT name FROM customer") == "海润牧业"
    kept = [one for one in tmp_path.glob("客户.replaced-*") if one.suffix == ".db"]
    assert [one.read_bytes() for one in kept] == [b"\0" * 20_000]


def test_a_damaged_file_without_backup_is_left_alone(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "客户.db"
    path.write_bytes(b"no database at all" * 100)
    with _pressing("关闭"):
        application = start(path)
    assert application.window is None
    assert path.read_bytes() == b"no database at all" * 100


def test_without_a_backup_what_can_be_read_is_saved_and_worked_on_with(
    start: Start, db_path: Path
) -> None:
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润牧业")
    workspace.run(KeepFile(name="合同.txt", content=b"signed", customer_id=customer))
    workspace.close()
    connection = sqlite3.connect(db_path)
    connection.execute("PRAGMA writable_schema = 1")
    page = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'setting'"
    ).fetchone()[0]
    connection.close()
    content = bytearray(db_path.read_bytes())
    content[:100] = bytes(100)
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    db_path.write_bytes(content)
    seen: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, DamageWindow):
            return
        for text in ("救出还能读的数据", "用救出的数据继续"):
            for one in dialog.findChildren(QPushButton):
                if one.text() == text and one.isVisible() and one.isEnabled():
                    seen.append("\n".join(each.text() for each in dialog.findChildren(QLabel)))
                    one.click()
                    return

    timer = QTimer(interval=20)
    timer.timeout.connect(answer)
    timer.start()
    application = start(db_path)
    timer.stop()
    assert "没有找到完好的备份" in seen[0]
    assert "记录都在" in seen[1]
    assert "客户：1 条" in seen[1]
    assert application.context is not None
    store = application.context.store
    assert store.rows("SELECT id, name FROM customer") == [(customer, "海润牧业")]
    assert store.kept.read(store.value("SELECT sha256 FROM attachment")) == b"signed"
    assert [one.path.read_bytes() for one in set_aside(db_path)] == [bytes(content)]
    assert not list(db_path.parent.glob("*salvaged*.fieldsales"))


def _spoil(path: Path) -> None:
    """Damages a closed file so that it still opens: the index over the journal's operations."""
    connection = sqlite3.connect(path)
    page = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'change_op'"
    ).fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))


@pytest.mark.parametrize("by_hand", [False, True])
@pytest.mark.parametrize(("answer", "name"), [("恢复 ", "海润牧业"), ("继续使用", "后来的名字")])
def test_a_file_found_damaged_at_work(
    start: Start, qtbot: QtBot, db_path: Path, answer: str, name: str, by_hand: bool
) -> None:
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润牧业")
    back_up(workspace.store)
    workspace.run(EditRecord("customer", customer, {"name": "后来的名字"}))
    workspace.close()
    _spoil(db_path)
    application = start(db_path)
    first = application.window

    with _pressing(answer):
        if by_hand:
            assert first is not None
            page = first.show_named("backups")
            next(b for b in page.findChildren(QPushButton) if b.text() == "现在备份").click()
        else:
            application.backing_up.begin()
        qtbot.waitUntil(lambda: application.window is not first, timeout=10_000)
    assert application.context is not None
    assert application.window is not None
    assert application.context.store.value("SELECT name FROM customer") == name
    assert application.window.isVisible()
    assert application.window.bar.current is not None
    assert application.app.quitOnLastWindowClosed()


def test_two_that_find_the_damage_at_once_are_answered_once(
    start: Start, qtbot: QtBot, db_path: Path
) -> None:
    workspace = Workspace.open(db_path)
    add(workspace, "customer", name="海润牧业")
    back_up(workspace.store)
    add(workspace, "customer", name="绿源养殖")
    workspace.close()
    _spoil(db_path)
    application = start(db_path)
    with _pressing("恢复 ") as asked:
        application.backing_up.begin()
        application.backing_up.begin()
        qtbot.waitUntil(lambda: bool(asked) and not application.jobs.running(), timeout=10_000)
        qtbot.wait(200)
    assert len(asked) == 1


def test_changing_the_language_builds_the_window_anew(start: Start, db_path: Path) -> None:
    application = start(db_path)
    assert application.context is not None
    application.state.setValue("look/language", "en")
    application.context.look_changed.emit()
    assert application.window is not None
    assert "Today" in [b.text() for b in application.window.rail.buttons.values()]
    customer = add(application.context.workspace, "customer", name="海润")
    assert application.context.store.value("SELECT id FROM customer") == customer


def test_a_laptop_that_was_lent_comes_up_lent(start: Start, qtbot: QtBot, db_path: Path) -> None:
    workspace = Workspace.open(db_path)
    contact = add(workspace, "contact", name="王建国")
    workspace.close()
    state = QSettings(str(places.state_file()), QSettings.Format.IniFormat)
    lend(state, db_path, Lent(contact, Lock.of("open sesame"), shows_result=True))
    application = start(db_path)
    assert application.window is not None
    assert not application.window.isVisible()
    [lent] = [one for one in QApplication.topLevelWidgets() if isinstance(one, LentWindow)]
    assert lent.isVisible()
    lent.ask()
    lent.password.setText("open sesame")
    lent.unlock()
    assert application.window.isVisible()
    qtbot.waitUntil(lambda: not shiboken6.isValid(lent))


def test_a_bug_shows_the_crash_window_without_customer_data(
    start: Start, qtbot: QtBot, db_path: Path, logged_errors: list[object]
) -> None:
    application = start(db_path)
    try:
        raise RuntimeError("海润牧业 secret")
    except RuntimeError as error:
        application.crash.catch(type(error), error, error.__traceback__)
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashWindow)]
    assert len(shown) == 1
    [copy] = [b for b in shown[0].findChildren(QPushButton) if "复制" in b.text()]
    copy.click()
    report = QApplication.clipboard().text()
    assert "test_application.py" in report
    assert "RuntimeError" in report
    assert "secret" not in report
    shown[0].accept()
    assert len(logged_errors) == 1
