"""A laptop that was stolen: nothing in the user's folders tells who the customers of an encrypted
file are, whatever was done with it and wherever it broke off.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from fieldsales import places
from fieldsales.__main__ import main
from fieldsales.app.main import Application
from fieldsales.domain.clock import Clock
from fieldsales.services import passwords, thumbnails
from fieldsales.services.operations.files import from_disk
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store import drafts
from fieldsales.store.backup import back_up
from fieldsales.store.journal import Writer
from fieldsales.store.queries.files import kept
from fieldsales.widgets.open_copy import open_copy
from tests.workspaces import add

NAMES = ("海润牧业", "Hairun Livestock")
PASSWORD = "three lamps on a hill"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "FIELDSALES_HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def _tell(home: Path) -> list[str]:
    """Files that tell a name, in any of the ways in which text is written to files."""
    found = []
    for path in home.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for name in NAMES:
            ways = [name.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
            ways.append(name.encode("unicode_escape"))
            ways.append("".join(f"\\x{ord(letter):x}" for letter in name).encode())  # QSettings
            if any(way in content for way in ways) or name in path.name:
                found.append(str(path))
    return found


def _write(workspace: Workspace) -> str:
    """Customers, a person, a deal and a note, in the trash and in a draft too."""
    customer = add(workspace, "customer", name=NAMES[0], note=NAMES[1] * 300)
    add(workspace, "contact", name=f"{NAMES[0]}的王总", customer_id=customer)
    deal = add(workspace, "deal", title=f"{NAMES[0]}年单", customer_id=customer)
    workspace.run(EditRecord("deal", deal, {"title": f"{NAMES[1]} 年单"}))
    drafts.keep(workspace.store, "customer", customer, "note", f"{NAMES[0]}还没说完")
    return customer


def test_everything_in_the_window_and_in_the_commands(
    home: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = places.default_database()
    workspace = Workspace.open(path)
    _write(workspace)
    workspace.close()
    assert _tell(home)  # the test can fail
    passwords.protect(path, None, PASSWORD)
    hook = sys.excepthook
    application = Application(qapp, path, "zh_CN", Clock())
    application.start(PASSWORD)
    context, window = application.context, application.window
    assert context is not None
    assert window is not None
    customer = _write(context.workspace)
    picture = home.parent / f"{NAMES[0]}.png"  # elsewhere, and not ours
    QImage(60, 40, QImage.Format.Format_RGB32).save(str(picture))
    context.workspace.run(from_disk(picture, customer_id=customer))
    [(_, sha256)] = kept(context.store)
    assert thumbnails.thumbnail(context.store, sha256, 30)
    for name in window.names:
        window.show_named(name).show_example()
    window.open_record("customer", customer)
    window.open_palette()
    for line in window.palette_overlay.findChildren(QLineEdit):
        line.setText(NAMES[0])
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    back_up(context.store)
    assert _tell(home) == []
    open_copy(f"{NAMES[0]}.png", picture.read_bytes())
    assert _tell(home)  # another program needs it in the open
    application.gate.lock()
    assert _tell(home) == []
    window.close()
    application.close()
    window.deleteLater()
    sys.excepthook = hook

    monkeypatch.setenv("FIELDSALES_PASSWORD", PASSWORD)
    assert main(["search", NAMES[0]]) == 0
    assert main(["check"]) == 0
    assert main(["backup"]) == 0
    assert main(["report", "visit", NAMES[0]]) == 1  # refused, and logged
    assert main(["restore", str(home.parent / NAMES[0])]) == 1
    assert _tell(home) == []


def test_a_crash_leaves_nothing_behind(
    home: Path, qapp: QApplication, qtbot: QtBot, logged_errors: list[object]
) -> None:
    path = places.default_database()
    Workspace.open(path).close()
    passwords.protect(path, None, PASSWORD)
    hook = sys.excepthook
    application = Application(qapp, path, "zh_CN", Clock())
    application.start(PASSWORD)
    assert application.context is not None
    _write(application.context.workspace)

    def fail(customer: str) -> None:
        raise KeyError(customer)

    try:
        fail(NAMES[0])
    except KeyError as error:
        application.crash.catch(type(error), error, error.__traceback__)
    assert list(places.log_folder().glob("crash-*"))
    assert _tell(home) == []
    assert len(logged_errors) == 1
    for shown in qapp.topLevelWidgets():
        shown.close()
        shown.deleteLater()
    application.close()
    sys.excepthook = hook


@dataclass(frozen=True)
class _EndInTheMiddle(Operation):
    def apply(self, writer: Writer) -> None:
        for _ in range(3_000):
            writer.insert("customer", {"name": NAMES[0], "note": NAMES[1] * 50})
        os._exit(0)


def test_a_program_that_was_killed_leaves_nothing_in_the_open(home: Path) -> None:
    path = places.default_database()
    Workspace.open(path).close()
    key = passwords.protect(path, None, PASSWORD).key
    assert key is not None
    child = os.fork()
    if not child:
        workspace = Workspace.open(path, passphrase=key.passphrase)
        workspace.store.connection.execute("PRAGMA cache_size = 10")  # writes before the end
        _write(workspace)
        workspace.run(_EndInTheMiddle())
    os.waitpid(child, 0)
    assert (path.parent / f"{path.name}-wal").stat().st_size > 1_000_000
    assert _tell(home) == []


def test_what_broke_off_in_the_open_goes_once_there_is_a_password(home: Path) -> None:
    path = places.default_database()
    workspace = Workspace.open(path)
    _write(workspace)
    made = back_up(workspace.store)
    workspace.close()
    content = path.read_bytes()
    for ending in (".restoring", ".restoring-wal", ".converting"):
        path.with_name(f"{path.name}{ending}").write_bytes(content)
    made.path.with_suffix(".part").write_bytes(content)
    for folder in ("copies", "looked", "thumbnails"):
        (places.cache_folder() / folder).mkdir(parents=True)
        (places.cache_folder() / folder / f"{NAMES[0]}.db").write_bytes(content)
    assert passwords.protect(path, None, PASSWORD).left == ()
    assert _tell(home) == []
