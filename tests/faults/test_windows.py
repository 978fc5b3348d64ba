"""What the window does about a file that is damaged, or open already."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.app.damage import DamageWindow
from fieldsales.app.single import SingleWindow
from fieldsales.domain.clock import Clock
from fieldsales.errors import EnvironmentProblem
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up, set_aside
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words
from tests.workspaces import data_hash


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look.of(Theme(qapp, mode="light", scale=1.0), Words("en"), Clock())


def _trouble(path: Path) -> EnvironmentProblem:
    with pytest.raises(EnvironmentProblem) as caught:
        Workspace.open(path)
    return caught.value


def _texts(window: DamageWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel))


@pytest.fixture
def _copy(db_path: Path, filled: str) -> None:
    workspace = Workspace.open(db_path)
    back_up(workspace.store)
    workspace.close()


@pytest.mark.usefixtures("_copy")
def test_a_damaged_file_is_replaced_by_the_newest_good_copy(
    qtbot: QtBot, look: Look, db_path: Path, filled: str
) -> None:
    db_path.write_bytes(b"garbage" * 9_000)
    window = DamageWindow(look, db_path, _trouble(db_path))
    qtbot.addWidget(window)
    window.show()
    assert str(db_path) in _texts(window)
    offered = _offered(window)
    assert [text[:2] for text in offered] == ["Cl", "Sa", "Re"]
    offered[list(offered)[2]].click()
    assert window.result() == DamageWindow.DialogCode.Accepted
    assert [one.path.read_bytes() for one in set_aside(db_path)] == [b"garbage" * 9_000]
    assert window.news is not None
    assert str(set_aside(db_path)[0].path) in window.news.text
    workspace = Workspace.open(db_path)
    assert data_hash(workspace) == filled
    workspace.close()


@pytest.mark.usefixtures("_copy")
def test_what_stops_the_way_back_is_said(qtbot: QtBot, look: Look, db_path: Path) -> None:
    db_path.write_bytes(b"garbage" * 9_000)
    window = DamageWindow(look, db_path, _trouble(db_path))
    qtbot.addWidget(window)
    window.show()
    before = _texts(window)
    db_path.with_name(f"{db_path.name}.restoring").mkdir()  # in the way of what is unpacked
    next(one for text, one in _offered(window).items() if text.startswith("Restore")).click()
    assert window.isVisible()
    assert _texts(window) != before
    assert db_path.read_bytes() == b"garbage" * 9_000


def test_without_a_copy_what_can_be_read_is_saved_if_there_is_anything(
    qtbot: QtBot, look: Look, db_path: Path
) -> None:
    db_path.write_bytes(b"garbage" * 9_000)
    window = DamageWindow(look, db_path, _trouble(db_path))
    qtbot.addWidget(window)
    window.show()
    offered = _offered(window)
    assert [text[:2] for text in offered] == ["Cl", "Sa"]
    offered[list(offered)[1]].click()
    assert "Not one record can be read" in _texts(window)
    assert list(db_path.parent.iterdir()) == [db_path]
    offered["Close"].click()
    assert window.result() == DamageWindow.DialogCode.Rejected
    assert db_path.read_bytes() == b"garbage" * 9_000


def _offered(window: DamageWindow) -> dict[str, QPushButton]:
    """The buttons there are, by their texts."""
    found = window.findChildren(QPushButton)
    return {one.text(): one for one in found if not one.isHidden()}


def test_a_second_window_calls_the_first(qtbot: QtBot, qapp: QApplication, db_path: Path) -> None:
    first, second = SingleWindow(db_path), SingleWindow(db_path)
    other = SingleWindow(db_path.with_name("other.db"))
    assert first.take()
    assert other.take()
    with qtbot.waitSignal(first.called):
        assert not second.take()
    for window in (first, second, other):
        window.deleteLater()
