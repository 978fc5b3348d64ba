"""The password in the window: asked for at the start, locked and opened again, set and taken off."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import addressof, wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QClipboard, QDesktopServices
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fieldsales import places
from fieldsales.app import idleness
from fieldsales.app.damage import DamageWindow
from fieldsales.app.encrypting import EncryptingWindow
from fieldsales.app.main import Application
from fieldsales.app.system_news import WindowsMessages
from fieldsales.app.unlocking import UnlockWindow
from fieldsales.domain.clock import Clock
from fieldsales.domain.customer import Customer
from fieldsales.errors import EnvironmentProblem
from fieldsales.screens.contract import LOCKED_AFTER
from fieldsales.screens.customers.erasing import EraseWindow
from fieldsales.screens.profile.lent import Lent, lend
from fieldsales.screens.profile.lent_window import LentWindow
from fieldsales.screens.sections import SectionedScreen
from fieldsales.screens.settings.data.protection import ProtectionSettings
from fieldsales.screens.settings.papers.letterhead import Letterhead
from fieldsales.services import passwords
from fieldsales.services.lending import Lock
from fieldsales.services.passwords import patience
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.backup import back_up
from fieldsales.store.sealing import Key
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.open_copy import open_copy
from tests.secrets import Secrets
from tests.workspaces import add

Start = Callable[[Path], Application]
PASSWORD, OTHER = "三盏灯 过河 骑马", "another password"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    path = tmp_path / "客户.db"
    workspace = Workspace.open(path)
    add(workspace, "customer", name="海润牧业")
    workspace.close()
    return path


@pytest.fixture
def locked(path: Path) -> Path:
    """An encrypted file."""
    passwords.protect(path, None, PASSWORD)
    return path


def _asking(application: Application) -> UnlockWindow:
    [found] = [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, UnlockWindow) and one.isVisible()
    ]
    assert application.gate.locked
    return found


def _type(asking: UnlockWindow, text: str) -> None:
    asking.password.setText(text)
    asking.button.click()


def _open(start: Start, path: Path) -> Application:
    application = start(path)
    _type(_asking(application), PASSWORD)
    return application


def said(application: Application) -> str:
    """What the bar of the window says."""
    assert application.window is not None
    message = application.window.bar.current
    return message.text if message else ""


def _shown() -> list[str]:
    """Titles of what stands on the screen."""
    return [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()]


def test_the_start_asks_for_the_password(start: Start, locked: Path) -> None:
    application = start(locked)
    assert application.window is None
    asking = _asking(application)
    assert _shown() == ["随行销售"]
    _type(asking, "不是这个密码")
    assert "密码不对" in asking.told.text()
    assert asking.password.text() == ""
    assert application.window is None
    _type(asking, PASSWORD)
    assert application.context is not None
    assert application.context.store.value("SELECT name FROM customer") == "海润牧业"
    assert not application.gate.locked
    assert _shown() == ["随行销售 — 客户"]


def test_the_recovery_code_opens_as_well(start: Start, path: Path) -> None:
    key = passwords.protect(path, None, PASSWORD).key
    assert key is not None
    application = start(path)
    _type(_asking(application), key.code.lower().replace("-", " "))
    assert application.window is not None


def test_who_starts_with_the_password_is_not_asked(
    start: Start, locked: Path, qapp: QApplication
) -> None:
    for password, asked in ((PASSWORD, False), (OTHER, True)):
        application = Application(qapp, locked, "zh_CN", Clock())
        application.start(password)
        assert (application.window is None) is asked
        if asked:
            application.close()
        else:
            _close(application)


def test_wrong_tries_have_to_wait_also_after_a_restart(
    start: Start, locked: Path, qtbot: QtBot
) -> None:
    application = start(locked)
    asking = _asking(application)
    for _ in range(3):
        assert asking.button.isEnabled()
        _type(asking, "不是这个密码")
    assert not asking.password.isEnabled()
    assert "请等 2 秒" in asking.told.text()
    _type(asking, PASSWORD)
    assert application.window is None
    again = UnlockWindow(application.look, application.state, lambda _: Key(b"", b""))
    qtbot.addWidget(again)
    assert not again.button.isEnabled()
    qtbot.waitUntil(asking.button.isEnabled, timeout=10_000)
    _type(asking, PASSWORD)
    assert application.window is not None
    assert [patience(n) for n in (0, 2, 3, 4, 5, 50)] == [0, 0, 2, 4, 8, 60]


def test_locking_hides_all_and_brings_it_back(start: Start, locked: Path, qtbot: QtBot) -> None:
    application = _open(start, locked)
    window = application.window
    assert window is not None
    assert application.context is not None
    page = window.show_named("customers")
    customer = application.context.store.value("SELECT id FROM customer")
    window.open_record("customer", customer)
    menu = QMenu(window)
    menu.addAction("海润牧业")
    menu.popup(window.pos())
    application.gate.lock()  # the laptop was shut
    assert _shown() == ["随行销售"]
    assert not window.isVisible()
    application.context.lock_wanted.emit()  # once is enough
    asking = _asking(application)
    _type(asking, "不是这个密码")
    assert not window.isVisible()
    _type(asking, PASSWORD)
    assert window.isVisible()
    assert window.page is page
    assert not application.gate.locked
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: application.gate.locked)


def test_a_window_that_asks_comes_back_as_it_was(start: Start, locked: Path, qtbot: QtBot) -> None:
    application = _open(start, locked)
    window, context = application.window, application.context
    assert window is not None
    assert context is not None
    customer = context.store.record(Customer, context.store.value("SELECT id FROM customer"))
    assert customer is not None
    asking = EraseWindow(context, customer, window)
    asking.open()
    qtbot.keyClicks(asking.line, "hai")
    answers: list[str] = []
    QTimer.singleShot(0, application.gate.lock)
    answers.append(QInputDialog.getText(window, "", "海润牧业")[0])  # this one is waited for
    assert answers == [""]
    assert _shown() == ["随行销售"]
    _type(_asking(application), PASSWORD)
    assert asking.isVisible()
    assert asking.line.text() == "hai"
    asking.reject()


def test_a_lent_laptop_is_lent_again_once_it_was_unlocked(
    start: Start, locked: Path, qtbot: QtBot
) -> None:
    workspace = Workspace.open(locked, passphrase=passwords.unlock(locked, PASSWORD).passphrase)
    contact = add(workspace, "contact", name="王建国")
    workspace.close()
    state = QSettings(str(places.state_file()), QSettings.Format.IniFormat)
    lend(state, locked, Lent(contact, Lock.of("open sesame"), shows_result=True))
    application = _open(start, locked)
    window = application.window
    assert window is not None
    [lent] = [one for one in QApplication.topLevelWidgets() if isinstance(one, LentWindow)]
    application.gate.lock()
    assert _shown() == ["随行销售"]
    _type(_asking(application), PASSWORD)
    assert lent.isVisible()
    assert not window.isVisible()
    lent.ask()
    lent.password.setText("open sesame")
    lent.unlock()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not isValid(lent))


def test_what_is_being_typed_is_kept_when_it_locks(
    start: Start, locked: Path, qtbot: QtBot
) -> None:
    application = _open(start, locked)
    window, context = application.window, application.context
    assert window is not None
    assert context is not None
    context.open("settings", "papers")
    sender = window.findChild(Letterhead)
    assert isinstance(sender, Letterhead)
    line = sender.lines["company"]
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.setText("海源饲料")
    line.setModified(True)
    application.gate.lock()
    assert "海源饲料" in context.store.value("SELECT value FROM setting WHERE name LIKE '%company'")
    _type(_asking(application), PASSWORD)
    assert line.text() == "海源饲料"
    qtbot.waitUntil(line.hasFocus)


def test_nobody_there_for_a_while_and_a_sleep_lock(
    start: Start, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = _open(start, locked)
    idle = application.gate._idle
    now = [idleness.time.monotonic(), idleness.time.time()]
    monkeypatch.setattr(idleness.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(idleness.time, "time", lambda: now[1])

    def pass_(seconds: float, *, asleep: float = 0) -> bool:
        now[0] += seconds
        now[1] += seconds + asleep
        idle.look()
        return application.gate.locked

    idle.touch()
    assert not any(pass_(5) for _ in range(119))
    idle.touch()
    assert not any(pass_(5) for _ in range(119))
    assert pass_(5)  # ten minutes are the usual
    _type(_asking(application), PASSWORD)
    application.state.setValue(LOCKED_AFTER, "0")
    application.gate.follow_settings()
    assert not any(pass_(5) for _ in range(500))
    assert pass_(5, asleep=3_600)
    _type(_asking(application), PASSWORD)


def test_the_first_key_after_a_sleep_goes_nowhere(
    start: Start, locked: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    application = _open(start, locked)
    window = application.window
    assert window is not None
    window.open_palette()
    line = window.palette_overlay.line
    qtbot.waitUntil(line.hasFocus)
    now = idleness.time.time()
    monkeypatch.setattr(idleness.time, "time", lambda: now + 3_600)
    handle = window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_A)  # before any clock was looked at
    assert application.gate.locked
    assert not line.text()


def test_what_linux_says_locks(start: Start, locked: Path) -> None:
    application = _open(start, locked)
    news = application.gate._idle._news
    news.sleeps(False)
    news.locks(False)
    assert not application.gate.locked
    news.sleeps(True)
    assert application.gate.locked
    _type(_asking(application), PASSWORD)
    news.locks(True)
    assert application.gate.locked


@pytest.mark.parametrize(
    ("message", "what", "leaving"),
    [
        (0x0218, 0x04, True),  # goes to sleep
        (0x0218, 0x12, True),  # woke
        (0x0218, 0x0A, False),  # the battery is at another level
        (0x02B1, 0x07, True),  # Windows was locked
        (0x02B1, 0x08, False),  # and opened
        (0x0200, 0x04, False),  # the mouse moved
    ],
)
def test_what_windows_says_of_sleep_and_its_lock_is_heard(
    message: int, what: int, leaving: bool
) -> None:
    heard: list[bool] = []
    messages = WindowsMessages(lambda: heard.append(True))
    said = wintypes.MSG(message=message, wParam=what)
    passed_on = messages.nativeEventFilter(b"windows_generic_MSG", addressof(said))
    assert passed_on == (False, 0)
    assert bool(heard) is leaving


@pytest.mark.parametrize("ours", [True, False])
def test_what_was_copied_here_leaves_the_clipboard(
    start: Start, locked: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, ours: bool
) -> None:
    application = _open(start, locked)
    window = application.window
    assert window is not None
    window.open_palette()
    line = window.palette_overlay.line
    qtbot.keyClicks(line, "13912345678")
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QApplication.clipboard()
    assert clipboard.text() == "13912345678"
    # a screen that is none has no owner to tell
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)
    application.gate.lock()
    assert clipboard.text() == ("" if ours else "13912345678")


def test_what_is_found_damaged_while_it_is_locked_waits(
    start: Start, locked: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[bool] = []

    def refused(dialog: DamageWindow) -> int:
        asked.append(application.gate.locked)
        dialog.deleteLater()
        return 0

    monkeypatch.setattr(DamageWindow, "exec", refused)
    application = _open(start, locked)
    assert application.context is not None
    application.gate.lock()
    application.context.damaged.emit(EnvironmentProblem("store.damaged", path=str(locked)))
    qtbot.wait(50)
    assert _shown() == ["随行销售"]
    assert asked == []
    _type(_asking(application), PASSWORD)
    assert asked == [False]
    assert "随行销售 — 客户" in _shown()


def test_closing_the_locked_window_closes_all(start: Start, locked: Path, qtbot: QtBot) -> None:
    application = _open(start, locked)
    window = application.window
    assert window is not None
    application.gate.lock()
    with qtbot.waitSignal(application.app.aboutToQuit, raising=False, timeout=10):
        _asking(application).close()
    assert not window.isVisible()
    assert _shown() == []


def test_without_a_password_it_leads_to_where_one_is_set(start: Start, path: Path) -> None:
    application = start(path)
    assert application.window is not None
    application.window._lock()
    assert not application.gate.locked
    page = application.window.page
    assert isinstance(page, SectionedScreen)
    assert page.page.findChild(ProtectionSettings) is not None
    assert "还没有设密码" in said(application)


def _settings(application: Application) -> ProtectionSettings:
    assert application.window is not None
    assert application.context is not None
    application.context.open("settings", "data")
    found = application.window.findChild(ProtectionSettings)
    assert isinstance(found, ProtectionSettings)
    return found


def _fill(*lines: tuple[QLineEdit, str]) -> None:
    for line, text in lines:
        line.setText(text)


def test_a_password_is_set_changed_and_taken_off_in_the_window(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    application = start(path)
    assert application.context is not None
    back_up(application.context.store)
    one = _settings(application)
    one.set.click()
    _fill((one.new, "kurz"), (one.again, "kurz"))
    one.do.click()
    assert "至少" in one.told.text()
    _fill((one.new, PASSWORD), (one.again, OTHER))
    one.do.click()
    assert "不一样" in one.told.text()
    _fill((one.new, ""), (one.again, ""))
    one.new.setFocus()
    qtbot.waitUntil(one.new.hasFocus)
    one.new.setText(PASSWORD)
    qtbot.keyClick(one.new, Qt.Key.Key_F2)
    assert one.new.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.keyClick(one.new, Qt.Key.Key_F2)
    qtbot.keyClick(one.new, Qt.Key.Key_Tab)
    assert one.again.hasFocus()
    one.again.setText(PASSWORD)
    assert one.new.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClick(one.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: application._encrypting is not None)
    encrypting = application._encrypting
    assert encrypting is not None
    encrypting.close()  # not while it works
    application.gate.lock()
    assert encrypting.isVisible()
    qtbot.waitUntil(lambda: encrypting.stack.count() == 2, timeout=20_000)
    code = encrypting.code.text()
    qtbot.keyClick(encrypting.focusWidget(), Qt.Key.Key_Return)  # one too many
    assert application._encrypting is encrypting
    encrypting.go_on.click()
    qtbot.waitUntil(lambda: application._encrypting is None)
    assert passwords.unlock(path, PASSWORD).code == code
    assert application.context is not None
    assert application.context.store.value("SELECT name FROM customer") == "海润牧业"
    application.gate.lock()
    _type(_asking(application), PASSWORD)

    two = _settings(application)
    assert two.set.isHidden()
    two.change.click()
    _fill((two.before, OTHER), (two.new, OTHER), (two.again, OTHER))
    two.do.click()
    assert "密码不对" in two.told.text()
    _fill((two.before, PASSWORD))
    two.do.click()
    qtbot.waitUntil(lambda: application._encrypting is not None)
    encrypting = application._encrypting
    qtbot.waitUntil(lambda: encrypting.stack.count() == 2, timeout=20_000)
    encrypting.go_on.click()
    qtbot.waitUntil(lambda: application._encrypting is None)
    assert passwords.unlock(path, OTHER)

    three = _settings(application)
    three.remove.click()
    _fill((three.before, OTHER))
    three.do.click()
    qtbot.waitUntil(lambda: application._encrypting is not None)
    qtbot.waitUntil(lambda: application._encrypting is None, timeout=20_000)
    assert not passwords.is_locked(path)
    assert not application.gate.passphrase
    application.gate.lock()
    assert not application.gate.locked


def test_trouble_while_it_is_encrypted_is_told_and_work_goes_on(
    start: Start, path: Path, qtbot: QtBot
) -> None:
    application = start(path)
    other = Workspace.open(path)
    one = _settings(application)
    one.set.click()
    _fill((one.new, PASSWORD), (one.again, PASSWORD))
    one.do.click()
    qtbot.waitUntil(lambda: application._encrypting is not None)
    qtbot.waitUntil(lambda: application._encrypting is None, timeout=20_000)
    assert application.window is not None
    assert "另一个程序" in said(application)
    other.close()
    assert not passwords.is_locked(path)


def test_a_draft_in_a_locked_file_comes_back(start: Start, locked: Path) -> None:
    application = _open(start, locked)
    assert application.context is not None
    store = application.context.store
    customer = store.value("SELECT id FROM customer")
    drafts.keep(store, "customer", customer, "note", "没写完的话")
    assert "没写完的话".encode() not in b"".join(
        one.read_bytes() for one in locked.parent.glob(f"{locked.name}*")
    )
    application.gate.lock()
    _type(_asking(application), PASSWORD)
    assert drafts.of(store, "customer", customer) == {"note": "没写完的话"}


def test_the_system_can_keep_the_key(start: Start, locked: Path, qtbot: QtBot) -> None:
    with Secrets.used() as secrets:
        application = _open(start, locked)
        one = _settings(application)
        one.remembered.click()
        assert len(secrets.kept) == 1
        assert one.remembered.isChecked()
        _close(application)

        again = start(locked)
        assert again.window is not None  # it was not asked
        again.gate.lock()
        _type(_asking(again), PASSWORD)
        two = _settings(again)
        two.remembered.click()
        assert not secrets.kept
        _close(again)

        asked = start(locked)
        assert asked.window is None
        _type(_asking(asked), PASSWORD)
        secrets.fails = True
        three = _settings(asked)
        three.remembered.click()
        assert not three.remembered.isChecked()
        assert "没有可用的系统密码库" in said(asked)


def test_without_a_store_of_secrets_that_is_said(start: Start, locked: Path) -> None:
    with Secrets.used(priority=0):
        application = _open(start, locked)
        one = _settings(application)
        assert not one.remembered.isEnabled()
        assert "没有可用的系统密码库" in one._remember_hint.text()


def _close(application: Application) -> None:
    """Ends the program."""
    assert application.window is not None
    application.window.close()
    application.window.deleteLater()
    application.window = None
    application.close()
    application.context = None


def test_what_was_opened_elsewhere_is_gone_when_it_locks(
    start: Start, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    application = _open(start, locked)
    open_copy("合同.pdf", b"of the customer")
    [copy] = places.copies_folder().rglob("*.pdf")
    application.gate.lock()
    assert not copy.exists()


def test_the_code_is_printed_on_one_page(
    start: Start, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    application = start(path)
    wish = passwords.Wish(None, PASSWORD)
    shown = EncryptingWindow(application.look, Jobs(inline=True), path, wish, [])
    qtbot.addWidget(shown)
    key = Key.made(PASSWORD)
    shown._done(passwords.Converted(key, ()))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    shown.print_to(printer)
    made = QPdfDocument()
    made.load(str(tmp_path / "code.pdf"))
    assert made.pageCount() == 1
    text = made.getAllText(0).text()
    assert key.code in text
    assert "恢复码" in text
    assert application.look.clock.today().isoformat() in text
    made.close()
    shown._noted()


def test_a_second_start_leads_to_the_question_and_reminders_are_quiet(
    start: Start, locked: Path
) -> None:
    application = _open(start, locked)
    reminders = application._reminders
    assert reminders is not None
    application.gate.lock()
    assert not reminders._timer.isActive()
    application._to_front()  # started once more
    assert _shown() == ["随行销售"]
    _type(_asking(application), PASSWORD)
    assert reminders._timer.isActive()
