"""Work beside the window whose end a page is told in any case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot

from fieldsales.errors import Cancelled, Told
from fieldsales.screens.contract import Screen
from fieldsales.widgets.jobs import Job


class Task(QObject):
    """A job whose end is always told, also when it was stopped or broke.

    Afterwards `result` holds what it gave, or `trouble` what the user must know; neither if it was
    stopped in time. Work that was done before it heeded the stop is done.
    """

    def __init__(
        self,
        page: Screen,
        work: Callable[[Job], Any],
        ended: Callable[[Any], object],
        title: str = "",
    ) -> None:
        super().__init__(page)  # a page that is gone is told nothing
        self.result: Any = None
        self.trouble: Told | None = None
        self._jobs, self._store = page.context.jobs, page.context.store
        self._work, self._ended, self._title = work, ended, title
        self.job: Job | None = None

    def start(self) -> None:
        self._jobs.changed.connect(self._check)
        self.job = self._jobs.start(self._run, title=self._title)
        self._check()

    def stop(self) -> None:
        if self.job is not None:
            self.job.cancel()

    @property
    def stopping(self) -> bool:
        return self.job is not None and self.job.cancelled()

    def _run(self, job: Job) -> None:
        try:
            self.result = self._work(job)
        except Cancelled:
            pass
        except Told as trouble:
            self.trouble = trouble
        finally:
            self._store.release()

    @Slot()
    def _check(self) -> None:
        if self.job is None or self.job in self._jobs.running():
            return
        self._jobs.changed.disconnect(self._check)
        self._ended(self)
        self.deleteLater()
