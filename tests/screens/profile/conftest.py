"""The profile tab on a real file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.profile import SHEETS
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.screens import profile
from fieldsales.screens.profile.page import ProfileScreen
from fieldsales.services.operations.people import (
    FinishAssessment,
    PickItem,
    StartAssessment,
    TickClue,
)
from fieldsales.services.workspace import Workspace
from tests.screens.conftest import OpenContext
from tests.screens.on_screen import OnScreen
from tests.workspaces import add


class Shown(OnScreen[ProfileScreen]):
    """A screen in a window, and what it asked of the window."""

    @property
    def names(self) -> list[str]:
        """The lines of the list, as they are read aloud."""
        model = self.screen.people.list.model
        return [model.text(at, 0) for at in range(model.rowCount())]

    def choose(self, *names: str) -> None:
        """Selects lines by what they begin with."""
        model, listed = self.screen.people.list.model, self.screen.people.list
        listed.clear_selection()
        for name in names:
            at = next(at for at, text in enumerate(self.names) if text.startswith(name))
            if name == names[0]:
                listed.select_number(model.number(at))
            else:
                listed.shown.selectionModel().select(
                    model.index(at, 0),
                    listed.shown.selectionModel().SelectionFlag.Select
                    | listed.shown.selectionModel().SelectionFlag.Rows,
                )


def settle() -> None:
    """Lets layouts within layouts come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def texts(widget: QWidget) -> str:
    """What is to be read below a widget."""
    settle()
    labels = [one for one in widget.findChildren(QLabel) if one.isVisible()]
    return "\n".join(one.accessibleName() or one.text() for one in labels)


def press(widget: QWidget, text: str) -> None:
    settle()
    for button in widget.findChildren(QPushButton):
        if button.isVisible() and text in (button.text(), button.accessibleName()):
            button.click()
            return
    raise AssertionError(f"no button {text}")


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润牧业")


@pytest.fixture
def wang(workspace: Workspace, customer: str) -> str:
    return add(workspace, "contact", name="王建国", customer_id=customer, title="采购经理")


Assess = Callable[..., str]


@pytest.fixture
def assess(workspace: Workspace) -> Assess:
    """Finishes a self-assessment, of 8, 6, 5 and 5 picks unless told: `assess(None, "aabb")`."""
    items = whole_brain("zh_CN")

    def made(contact_id: str | None, quadrants: str = "a" * 8 + "b" * 6 + "c" * 5 + "d" * 5) -> str:
        begun = StartAssessment(contact_id)
        workspace.run(begun)
        left = list(quadrants * (24 // len(quadrants)))
        for sheet in SHEETS:
            free = items.items_of(sheet)
            for _ in range(8):
                item = next(one for one in free if one.quadrant == left[0])
                free.remove(item)
                left.pop(0)
                workspace.run(PickItem(begun.row_id, sheet, item.code))
        workspace.run(FinishAssessment(begun.row_id))
        return begun.row_id

    return made


@pytest.fixture
def tick(workspace: Workspace) -> Callable[..., None]:
    def ticked(contact_id: str, *codes: str, day: str = "2026-11-01", source: str = "met") -> None:
        for code in codes:
            workspace.run(TickClue(contact_id, code, seen_on=day, source=source))

    return ticked


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot, open_context: OpenContext, workspace: Workspace) -> Show:
    """Opens the tab on the file as it is then."""

    def shown(
        size: tuple[int, int] = (1280, 720), lang: str = "zh_CN", file: Workspace | None = None
    ) -> Shown:
        context = open_context(lang, file=file or workspace)
        screen = profile.build(context)
        assert isinstance(screen, ProfileScreen)
        made = Shown(screen, context)
        made.put_up(qtbot, *size)
        return made

    return shown
