"""Reminds of visits and promises while the program runs, outside of the window where it can."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from fieldsales.app.tabs import tabs
from fieldsales.errors import EnvironmentProblem
from fieldsales.screens.contract import REMINDED, Context
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.notifier import Notifier

if TYPE_CHECKING:
    from fieldsales.services.reminders import Reminder

_EVERY = 30_000  # ms
_TOLD = "reminders/promises"  # the key of those that were last spoken of, also before a restart


class Reminders(QObject):
    """Asks every half minute. Each visit is spoken of once, promises once a day.

    Nothing is said while the laptop is in somebody else's hands: it would stand on their screen.
    """

    def __init__(
        self, context: Context, notifier: Notifier, to_front: Callable[[], object]
    ) -> None:
        super().__init__()
        self._context = context
        self._notifier = notifier
        self._to_front = to_front
        self._told: set[str] = set()
        self._lent = [found.tab.lent for found in tabs() if found.tab.lent is not None]
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot(bool)
    def set_quiet(self, quiet: bool) -> None:
        """Says nothing while the file is locked."""
        if quiet:
            self._timer.stop()
        else:
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Says what is due by now and was not said."""
        from fieldsales.services.reminders import USUAL, due  # a start goes without it

        context = self._context
        minutes = int(str(context.state.value(REMINDED) or USUAL))
        if not minutes:
            return
        if any(lent(context) for lent in self._lent):
            return
        try:
            found = due(context.store, context.words, minutes)
        except EnvironmentProblem:  # the window tells of it
            return
        for one in found:
            if one.key not in self._told and not self._said_before(one):
                self._told.add(one.key)
                self._say(one)

    def _said_before(self, one: Reminder) -> bool:
        if one.kind == "visit":
            return False
        before = str(self._context.state.value(_TOLD) or "")
        self._context.state.setValue(_TOLD, one.key)
        return before == one.key

    def _say(self, one: Reminder) -> None:
        """By the system; in the window's bar on a desktop that shows no notifications."""
        follow = partial(self._follow, one)
        if self._notifier.available():
            self._notifier.show(one.title, one.text, follow)
            return
        said, action = f"{one.title} · {one.text}", self._context.words("common.open")
        self._context.say(Message(said, action=action, act=follow, key=one.key, lasting=True))

    def _follow(self, one: Reminder) -> None:
        self._to_front()
        self._context.open(one.kind, one.row_id)
