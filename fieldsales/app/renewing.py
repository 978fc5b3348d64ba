"""Brings the classes of customers to the day it is: at the start, and when the day turns."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from fieldsales.errors import EnvironmentProblem, Told
from fieldsales.screens.contract import Context
from fieldsales.store.journal import Changed
from fieldsales.widgets.jobs import Job

_AFTER_START = 400  # ms; the first picture goes without
_EVERY = 60_000  # ms between two looks at the day
RENEWED = Changed(0, "renewed", {"customer_worth": frozenset()}, frozenset())


class Renewing(QObject):
    """Works beside the window, as long as that stands; what shows classes hears of it."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._running = False
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        if not context.store.read_only:
            self._timer.start()
            self._first = QTimer(self, singleShot=True, interval=_AFTER_START)
            self._first.timeout.connect(self.look)
            self._first.start()

    def stop(self) -> None:
        """Looks at the file no more: it is about to be closed."""
        self._running = True
        self._timer.stop()

    def look(self) -> None:
        """Renews what is not of today."""
        from fieldsales.services import portfolio  # many rules: the first picture goes without

        context = self._context
        try:
            if self._running or portfolio.is_current(context.store):
                return
        except EnvironmentProblem:  # told where somebody works with the file
            return
        self._running = True

        def work(job: Job) -> bool:
            try:
                return portfolio.renew(context.workspace, job.watch)
            finally:
                context.store.release()

        context.jobs.start(work, self._done, self._failed, context.words("classes.renewing"))

    def _done(self, renewed: bool) -> None:
        self._running = False
        if renewed:
            self._context.changed.emit(RENEWED)

    def _failed(self, trouble: Told) -> None:
        """It is tried again within a minute."""
        self._running = False
