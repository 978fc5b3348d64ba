"""What every test gets: no screen, folders of its own, failure on what is left or logged."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything loads Qt

import pytest
from hypothesis import settings

from fieldsales.domain.clock import Clock, to_stamp
from fieldsales.resources import resource
from fieldsales.services.workspace import Workspace
from tests import workspaces
from tests.workspaces import TODAY, Add

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from fieldsales.widgets.theme import Theme


# The same examples each time, so that what passed here passes everywhere; `HYPOTHESIS_PROFILE=search`
# looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# As the application does: Python's own collector would end widgets on a job's thread.
gc.disable()
_MUCH = 300_000  # new objects that make a look for rubbish worth its time


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    """Where a test may make its database; nothing is there yet."""
    return tmp_path / "测试.fieldsales"


@pytest.fixture
def clock() -> Clock:
    """The clock of the workspace."""
    return Clock(TODAY)


@pytest.fixture
def workspace(db_path: Path, clock: Clock) -> Iterator[Workspace]:
    """A new workspace on a file of its own."""
    opened = Workspace.open(db_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def add(workspace: Workspace) -> Add:
    """Adds a record and gives its id: `add("customer", name="海润牧业")`."""
    return partial(workspaces.add, workspace)


@pytest.fixture
def days_ago(clock: Clock) -> Callable[[int], str]:
    """A moment so many days before the file's now."""
    return lambda days: to_stamp(clock.now() - timedelta(days=days))


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's folders for data, settings and logs lie in a temporary one."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIELDSALES_HOME", str(home))
        patch.setenv("HOME", str(home))
        yield


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application, with the shipped font: without it Chinese is empty boxes."""
    from PySide6.QtGui import QFont, QFontDatabase

    for path in sorted(resource("fonts").glob("*.ttf")):
        assert QFontDatabase.addApplicationFont(str(path)) >= 0
    qapp.setFont(QFont("Noto Sans SC"))
    return qapp


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at its usual size."""
    from fieldsales.widgets.theme import Theme

    yield Theme(qapp, mode="light", scale=1.0)
    qapp.setStyleSheet("")


class _Errors(logging.Handler):
    """Keeps what is logged as an error or worse."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def logged_errors() -> list[logging.LogRecord]:
    """For a test that expects errors in the log: the records, which it must get and look at."""
    return []


@pytest.fixture(autouse=True)
def _no_errors_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    handler = _Errors()
    expected = "logged_errors" in request.fixturenames
    if expected:
        handler.records = request.getfixturevalue("logged_errors")
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if expected:
        assert handler.records, "an error was expected in the log"
    else:
        assert not handler.records, [record.getMessage() for record in handler.records]


@pytest.fixture(autouse=True)
def _no_windows_left() -> Iterator[None]:
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        if gc.get_count()[0] > _MUCH:
            gc.collect()
        return
    if _windows() or gc.get_count()[0] > _MUCH:
        gc.collect()  # a window of a test that is over may wait for the collector
        _delete_later()
    left = _windows()
    names = [f"{type(window).__name__} {window.objectName()!r}" for window in left]
    for window in left:  # or each test after this one would fail with it
        window.deleteLater()
    _delete_later()
    assert not names, f"windows left open: {names}"


def _windows() -> list[QWidget]:
    from PySide6.QtWidgets import QApplication

    _delete_later()
    return [window for window in QApplication.topLevelWidgets() if window.parent() is None]


def _delete_later() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
