"""Backs up the file that is open, beside the work; says when it could not, or is overdue."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from fieldsales.errors import EnvironmentProblem, Told
from fieldsales.screens.contract import Context
from fieldsales.screens.second_folder import SecondFolder
from fieldsales.services.copies import back_up_second
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up_changes
from fieldsales.widgets.jobs import Job, Jobs
from fieldsales.widgets.message_bar import Message


class BackingUp(QObject):
    """`context` is of the file that is open, None while there is none."""

    wanted = Signal()  # also from the thread of an import

    def __init__(
        self, jobs: Jobs, second: SecondFolder, context: Callable[[], Context | None]
    ) -> None:
        super().__init__()
        self._jobs = jobs
        self._second = second
        self._context = context
        self.wanted.connect(self.begin, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """What has changed, beside the file and into the second folder."""
        context, second = self._context(), self._second.chosen
        assert context is not None
        store = context.store

        def work(job: Job) -> bool:
            from fieldsales.services.erasing import finish  # a start does not wait for it

            try:
                with suppress(EnvironmentProblem):  # it is tried again the next time
                    finish(store)
                back_up_changes(store, watch=job.watch)
                return second is not None and back_up_second(store, second, job.watch)
            finally:
                store.release()

        self._jobs.start(
            work,
            self._done,
            partial(self._failed, context.workspace),
            context.words("window.backing_up"),
        )

    def remind(self) -> None:
        """Says for how long nothing went into the second folder, once that is too long."""
        context, missed = self._context(), self._second.missed()
        if context is not None and missed:
            said = context.words("backups.missed", n=missed, folder=self._second.chosen)
            context.say(Message(said, "warn", key="second"))

    def _done(self, second: bool) -> None:
        if second:
            self._second.mark_seen()

    def _failed(self, workspace: Workspace, trouble: Told) -> None:
        context = self._context()
        if context is None or context.workspace is not workspace:
            return  # the file was found damaged, and is being mended or was
        if isinstance(trouble, EnvironmentProblem) and trouble.code == "store.damaged":
            context.damaged.emit(trouble)
            return
        reason = context.words(trouble.code, **trouble.params)
        context.say(Message(context.words("window.backup_failed", reason=reason), "error"))
