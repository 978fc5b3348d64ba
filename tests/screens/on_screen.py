"""A screen in a window of its own, and what it asks of the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pytestqt.qtbot import QtBot

from fieldsales.screens.contract import Context, Screen
from fieldsales.widgets.message_bar import Message

_S = TypeVar("_S", bound=Screen)


@dataclass
class OnScreen(Generic[_S]):
    """What it wanted opened, as (kind, id), and what it said."""

    screen: _S
    context: Context
    opened: list[tuple[str, str]] = field(default_factory=list)
    told: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.opened.connect(lambda kind, row_id: self.opened.append((kind, row_id)))
        self.context.told.connect(self.told.append)

    def put_up(self, qtbot: QtBot, width: int = 1280, height: int = 720) -> None:
        """Shows it, with the keys."""
        qtbot.addWidget(self.screen)
        self.screen.resize(width, height)
        with qtbot.waitExposed(self.screen):
            self.screen.show()
        self.screen.activateWindow()
        qtbot.waitUntil(self.screen.isActiveWindow)
