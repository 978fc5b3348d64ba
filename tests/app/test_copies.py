"""From the window to a copy and back: looked into without a change, restored in the file's place."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from fieldsales import places
from fieldsales.app.main import Application
from fieldsales.app.window import Window
from fieldsales.domain.keeping import Attachment
from fieldsales.screens.backups.page import BackupsScreen
from fieldsales.screens.contract import Context
from fieldsales.screens.second_folder import SecondFolder
from fieldsales.services import portfolio
from fieldsales.services.copies import second_folder
from fieldsales.services.erasing import erase_customer
from fieldsales.services.operations.erasing import EraseCustomer
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import Backup, back_up, backups, set_aside
from fieldsales.store.erasure import is_swept
from tests.workspaces import add, data_hash

Start = Callable[[Path], Application]


@pytest.fixture
def copied(db_path: Path) -> tuple[Backup, str, str]:
    """A backup, the hash of its records, and the id of a customer renamed since."""
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润牧业")
    workspace.run(KeepFile(name="合同.txt", content=b"signed", customer_id=customer))
    made, records = back_up(workspace.store), data_hash(workspace)
    workspace.run(EditRecord("customer", customer, {"name": "后来的名字"}))
    workspace.close()
    return made, records, customer


def _now(application: Application) -> tuple[Window, Context]:
    assert application.window is not None
    assert application.context is not None
    return application.window, application.context


def _follow(qtbot: QtBot, application: Application, ask: Callable[[], object]) -> Window:
    """Waits for the window that comes after what is asked."""
    before = application.window
    _settle(qtbot, application)
    ask()
    qtbot.waitUntil(lambda: application.window is not before, timeout=10_000)
    return _now(application)[0]


def _settle(qtbot: QtBot, application: Application) -> None:
    """Waits until nothing is at work with the file, nor will be."""
    _, context = _now(application)
    store = context.store

    def idle() -> bool:
        renewed = store.read_only or portfolio.is_current(store)
        return renewed and not application.jobs.running()

    qtbot.waitUntil(idle, timeout=20_000)


def _press(window: Window, text: str) -> None:
    next(b for b in window.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def test_what_a_lost_laptop_left_on_the_stick_is_restored_on_another(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    lost = Workspace.open(tmp_path / "lost" / "fieldsales.db")
    customer = add(lost, "customer", name="海润牧业")
    lost.run(KeepFile(name="合同.txt", content=b"signed", customer_id=customer))
    back_up(lost.store, second_folder(lost.store.path, stick))
    lost.close()
    shutil.rmtree(lost.store.path.parent)
    application = start(tmp_path / "new" / "fieldsales.db")
    window, context = _now(application)
    context.open("backups", "")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    _press(window, "选第二个文件夹…")
    page = window.findChild(BackupsScreen)
    assert isinstance(page, BackupsScreen)
    qtbot.waitUntil(lambda: "other" in [one.place for one in page._copies])
    page.list.select_number([one.place for one in page._copies].index("other"))
    _follow(qtbot, application, lambda: _press(window, "恢复这一份"))
    store = _now(application)[1].store
    assert store.value("SELECT name FROM customer") == "海润牧业"
    [kept] = store.records(Attachment, "SELECT * FROM attachment")
    assert store.kept.read(kept.sha256) == b"signed"


def test_a_copy_is_looked_into_and_nothing_in_it_changes(
    start: Start, qtbot: QtBot, db_path: Path, copied: tuple[Backup, str, str]
) -> None:
    copy, records, customer = copied
    content = copy.path.read_bytes()
    application = start(db_path)
    _, context = _now(application)
    window = _follow(qtbot, application, lambda: context.look_wanted.emit(copy))
    _, context = _now(application)
    assert data_hash(context.workspace) == records
    kept = context.store.value("SELECT sha256 FROM attachment")
    assert context.store.kept.read(kept) == b"signed"
    for name in window.names:
        window.show_named(name)
    assert context.run(EditRecord("customer", customer, {"name": "改"})) is None
    assert window.bar.current is not None
    assert "只能查看，不能修改" in window.bar.current.text
    context.undo()
    context.keep_draft("customer", customer, "name", "改")
    assert data_hash(context.workspace) == records
    page = window.show_named("backups")
    qtbot.waitUntil(lambda: page.list.model.rowCount() > 0)  # type: ignore[attr-defined]
    assert not page.now.isEnabled()  # type: ignore[attr-defined]
    [back] = [one for one in window.commands() if one.title == "回到现在的数据"]  # by keys
    window = _follow(qtbot, application, back.act)
    _, context = _now(application)
    assert context.store.value("SELECT name FROM customer") == "后来的名字"
    assert back.title not in [one.title for one in window.commands()]
    assert not [b for b in window.findChildren(QPushButton) if b.text() == "回到现在的数据"]
    assert copy.path.read_bytes() == content


@pytest.mark.parametrize("looked", [False, True])
def test_a_copy_takes_the_place_of_the_file_and_the_file_can_come_back(
    start: Start, qtbot: QtBot, db_path: Path, copied: tuple[Backup, str, str], looked: bool
) -> None:
    copy, records, _ = copied
    application = start(db_path)
    _, context = _now(application)
    if looked:
        window = _follow(qtbot, application, lambda: context.look_wanted.emit(copy))
        window = _follow(qtbot, application, lambda: _press(window, "恢复这一份"))
    else:
        window = _follow(qtbot, application, lambda: context.restore_wanted.emit(copy))
    _, context = _now(application)
    assert data_hash(context.workspace) == records
    [aside] = set_aside(db_path)
    assert window.bar.current is not None
    assert str(aside.path) in window.bar.current.text
    assert add(context.workspace, "customer", name="又能写了")
    _follow(qtbot, application, lambda: context.restore_wanted.emit(aside))
    _, context = _now(application)
    assert context.store.value("SELECT group_concat(name) FROM customer") == "后来的名字"


def test_who_was_erased_does_not_come_back_unsaid(
    start: Start, qtbot: QtBot, db_path: Path, copied: tuple[Backup, str, str]
) -> None:
    copy, _, customer = copied
    application = start(db_path)
    _, context = _now(application)
    erase_customer(context.workspace, customer)
    clean = back_up(context.store)
    window = _follow(qtbot, application, lambda: context.restore_wanted.emit(clean))
    _, context = _now(application)
    assert "彻底删除" not in _said(window)
    window = _follow(qtbot, application, lambda: context.restore_wanted.emit(copy))
    _, context = _now(application)
    assert context.store.value("SELECT name FROM customer") == "海润牧业"
    assert "删掉的人或客户又回来了" in _said(window)


def test_an_erasure_that_broke_off_is_finished_after_the_start(
    start: Start, qtbot: QtBot, db_path: Path
) -> None:
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润牧业")
    workspace.run(EraseCustomer(customer))  # and then the battery was empty
    workspace.close()
    application = start(db_path)
    _, context = _now(application)
    qtbot.waitUntil(lambda: is_swept(context.store), timeout=20_000)
    _settle(qtbot, application)
    [copy] = backups(places.backup_folder(db_path))
    assert "海润牧业".encode() not in db_path.read_bytes() + copy.path.read_bytes()


def _said(window: Window) -> str:
    """All that the bar says, one after the other."""
    said = []
    while window.bar.current is not None:
        said.append(window.bar.current.text)
        window.bar.close_bar()
    return "\n".join(said)


def test_a_copy_that_is_no_good_leaves_all_as_it_was(
    start: Start, qtbot: QtBot, db_path: Path, copied: tuple[Backup, str, str]
) -> None:
    copy, _, _ = copied
    application = start(db_path)
    window, context = _now(application)
    copy.path.write_bytes(b"no database")
    _settle(qtbot, application)
    context.look_wanted.emit(copy)
    qtbot.waitUntil(lambda: window.bar.current is not None)
    assert application.window is window
    window = _follow(qtbot, application, lambda: context.restore_wanted.emit(copy))
    _, context = _now(application)
    assert context.store.value("SELECT name FROM customer") == "后来的名字"
    assert set_aside(db_path) == []
    assert window.bar.current is not None
    assert "不是随行销售的数据文件" in window.bar.current.text


def test_a_copy_of_an_older_version_is_looked_into_and_what_a_kill_left_goes(
    start: Start, qtbot: QtBot, db_path: Path
) -> None:
    old = Path(__file__).parents[1] / "old_files" / "schema_0005.db.gz"
    application = start(db_path)
    folder = places.backup_folder(db_path)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "20260101-000000-000000.db"
    path.write_bytes(gzip.decompress(old.read_bytes()))
    copy = next(one for one in backups(folder) if one.path == path)
    _, context = _now(application)
    window = _follow(qtbot, application, lambda: context.look_wanted.emit(copy))
    _, context = _now(application)
    assert context.store.value("SELECT count(*) FROM customer") > 0
    looked = context.store.path
    assert looked != path
    window = _follow(qtbot, application, lambda: _press(window, "回到现在的数据"))
    assert not looked.exists()
    looked.parent.mkdir(parents=True)
    looked.write_bytes(b"left by a kill")
    unfinished = db_path.with_name(f"{db_path.name}.restoring")
    unfinished.write_bytes(b"left by a kill")
    application._after_start()
    assert not looked.exists()
    assert not unfinished.exists()
    _settle(qtbot, application)


def test_the_laptop_is_lost_and_all_comes_back_from_the_second_folder(
    start: Start, qtbot: QtBot, db_path: Path, copied: tuple[Backup, str, str], tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    application = start(db_path)
    SecondFolder(application.state, db_path, application.clock).choose(stick)
    application.backing_up.begin()
    folder = second_folder(db_path, stick)
    qtbot.waitUntil(lambda: bool(backups(folder)) and not application.jobs.running())
    _, context = _now(application)
    records = data_hash(context.workspace)
    window, _ = _now(application)
    window.close()
    window.deleteLater()
    application.window = None
    application.close()
    for part in (db_path, places.files_folder(db_path), places.backup_folder(db_path)):
        shutil.rmtree(part) if part.is_dir() else part.unlink()

    other = tmp_path / "new laptop" / "f.db"
    application = start(other)
    _, context = _now(application)
    _follow(qtbot, application, lambda: context.restore_wanted.emit(backups(folder)[0]))
    _, context = _now(application)
    assert data_hash(context.workspace) == records
    kept = context.store.value("SELECT sha256 FROM attachment")
    assert context.store.kept.read(kept) == b"signed"


def test_a_start_says_that_the_second_folder_was_long_not_seen(
    start: Start, qtbot: QtBot, db_path: Path, tmp_path: Path
) -> None:
    application = start(db_path)
    second = SecondFolder(application.state, db_path, application.clock)
    second.choose(tmp_path / "stick that is in the bag")
    key = next(key for key in application.state.allKeys() if key.endswith("/seen"))
    application.state.setValue(key, (application.clock.today() - timedelta(days=9)).isoformat())
    application._after_start()
    window, _ = _now(application)
    assert window.bar.current is not None
    assert "已经 9 天没有备份到" in window.bar.current.text
    qtbot.waitUntil(lambda: not application.jobs.running(), timeout=10_000)
