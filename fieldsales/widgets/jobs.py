"""Work that must not hold up the window: started here, shown in the status bar, ended on the
main thread.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget
from shiboken6 import isValid

from fieldsales.errors import Cancelled, Told
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import ElidedLabel, row, tool_button


class Job:
    """The handle that work gets: tell how far it is, ask whether it should stop.

    `outcome` is (result, exception) of the work that was carried out.
    """

    def __init__(
        self, title: str, work: Work, tell: Callable[[Job, Any], object] | None = None
    ) -> None:
        self.title = title
        self.work = work
        self.outcome: tuple[Any, BaseException | None] = (None, None)
        self.done = 0
        self.total = 0
        self._stop = threading.Event()
        self._tell = tell

    def carry_out(self) -> None:
        """Does the work, on the thread that calls it."""
        try:
            self.outcome = self.work(self), None
        except BaseException as error:  # noqa: BLE001 - it is told, or raised, on the main thread
            self.outcome = None, error

    def progress(self, done: int, total: int = 0) -> None:
        """How far it is; a total of 0 is not known. Cheap enough for every hundredth row."""
        self.done, self.total = done, total

    def tell(self, found: Any) -> None:
        """What there is so far, for `partly` on the main thread."""
        if self._tell is not None:
            self._tell(self, found)

    def cancel(self) -> None:
        self._stop.set()

    def cancelled(self) -> bool:
        return self._stop.is_set()

    def check(self) -> None:
        """Raises Cancelled once the job was cancelled."""
        if self._stop.is_set():
            raise Cancelled

    def watch(self, done: int, total: int) -> None:
        """`check` and `progress` in one, for work that knows nothing of jobs."""
        self.check()
        self.progress(done, total)


Work = Callable[[Job], Any]
Done = Callable[[Any], object]
Failed = Callable[[Told], object]


class _Run(QRunnable):
    """Holds no more than the job: work and outcome may hold widgets, which must not end here."""

    def __init__(self, job: Job, jobs: Jobs) -> None:
        super().__init__()
        self._job, self._jobs = job, jobs

    def run(self) -> None:
        self._job.carry_out()
        self._jobs.ended.emit(self._job)


class Jobs(QObject):
    """Starts jobs. With `inline` they run at once, for tests and for the command line.

    Work gets values and returns values, never a live row. `failed` gets a UserError or an
    EnvironmentProblem; what else goes wrong is a bug and reaches `sys.excepthook`. A job that
    heeded its being cancelled calls neither; nor is a widget called that has gone meanwhile.
    """

    changed = Signal()  # a job began or ended
    ended = Signal(object)  # a job; from its thread to the main
    told = Signal(object, object)  # a job and what it found so far; likewise

    def __init__(self, *, inline: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inline = inline
        self._running: dict[Job, tuple[Done | None, Failed | None, Done | None]] = {}
        self.ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self.told.connect(self._hand_on)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)

    def start(
        self,
        work: Work,
        done: Done | None = None,
        failed: Failed | None = None,
        title: str = "",
        partly: Done | None = None,
    ) -> Job:
        """Run `work(job)` beside the window, then `done(result)` on the main thread; before that
        `partly(found)` of what the work tells by `job.tell`.

        Without a title it runs unseen.
        """
        job = Job(title, work, self.told.emit)
        self._running[job] = (done, failed, partly)
        self.changed.emit()
        if self._inline:
            job.carry_out()
            self._finish(job)
        else:
            self._pool.start(_Run(job, self))
        return job

    def running(self) -> list[Job]:
        return list(self._running)

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Ask all jobs to stop and wait for them; False if one does not heed."""
        for job in self._running:
            job.cancel()
        return self._pool.waitForDone(milliseconds)

    def indicator(self, look: Look) -> JobIndicator:
        """A small widget for the status bar."""
        return JobIndicator(look, self)

    def _hand_on(self, job: Job, found: Any) -> None:
        _, _, partly = self._running.get(job, (None, None, None))
        if partly is not None and not job.cancelled() and not _orphaned(partly):
            partly(found)

    def _finish(self, job: Job) -> None:
        done, failed, _ = self._running.pop(job)
        result, error = job.outcome
        del job.work, job.outcome  # its own thread may still hold the job
        self.changed.emit()
        if isinstance(error, Cancelled):
            return
        if error is None:
            if done is not None and not _orphaned(done):
                done(result)
        elif isinstance(error, Told) and failed is not None:
            if not _orphaned(failed):
                failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


def _orphaned(callback: Callable[..., object]) -> bool:
    """Whether it is a method of a widget that was deleted while the job ran."""
    owner = getattr(callback, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


class JobIndicator(QWidget):
    """What runs now, how far it is, and a way to stop it; nothing while nothing runs."""

    def __init__(self, look: Look, jobs: Jobs) -> None:
        super().__init__()
        self._look = look
        self._jobs = jobs
        theme = look.theme
        self._text = ElidedLabel(look, size="caption", tone="muted")
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(140))
        self._stop = tool_button(look, "close", look.words("widgets.stop_job"), self._cancel)
        self._stop.setProperty("inline", True)
        self._stop.setFixedSize(theme.px(24), theme.px(24))
        layout = row(look, self._text, self._bar, self._stop, gap=8)
        layout.setContentsMargins(theme.px(8), 0, theme.px(4), 0)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._poll = QTimer(self, interval=100)  # work may tell its progress a million times
        self._poll.timeout.connect(self._show)
        jobs.changed.connect(self._changed)
        self._changed()

    def _titled(self) -> list[Job]:
        return [job for job in self._jobs.running() if job.title]

    def _changed(self) -> None:
        jobs = self._titled()
        if jobs and not self._poll.isActive():
            self._poll.start()
        elif not jobs:
            self._poll.stop()
        self._show()

    def _show(self) -> None:
        jobs = self._titled()
        for part in (self._text, self._bar, self._stop):
            part.setVisible(bool(jobs))
        if not jobs:
            return
        job, words = jobs[0], self._look.words
        text = job.title
        if job.cancelled():
            text = words("widgets.stopping", title=job.title)
        elif job.total:
            percent = min(100, 100 * job.done // job.total)
            text = words("widgets.job_percent", title=job.title, percent=percent)
        if len(jobs) > 1:
            text = words("widgets.more_jobs", text=text, n=len(jobs) - 1)
        if text != self._text.full_text():
            self._text.set_text(text)
        self._bar.setRange(0, job.total)
        self._bar.setValue(min(job.done, job.total))
        self._stop.setEnabled(not job.cancelled())

    def _cancel(self) -> None:
        for job in self._titled()[:1]:
            job.cancel()
        self._show()
