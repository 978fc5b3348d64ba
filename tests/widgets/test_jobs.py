"""Jobs run beside the window, end on the main thread, and can be stopped."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from fieldsales.errors import EnvironmentProblem, Told
from fieldsales.widgets.jobs import Job, Jobs
from fieldsales.widgets.look import Look


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    made = Jobs()
    yield made
    assert made.wait()


def test_result_arrives_on_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[object] = []
    main = threading.current_thread()
    jobs.start(
        lambda _job: threading.current_thread() is main,
        lambda result: seen.append((result, threading.current_thread() is main)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]
    assert jobs.running() == []


def test_what_is_found_so_far_arrives_before_the_result(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    main = threading.current_thread()

    def note(found: object) -> None:
        seen.append((found, threading.current_thread() is main))

    def work(job: Job) -> str:
        job.tell("half")
        job.tell("most")
        return "all"

    jobs.start(work, note, partly=note)
    qtbot.waitUntil(lambda: not jobs.running())
    assert seen == [("half", True), ("most", True), ("all", True)]


def test_nothing_of_what_was_stopped_arrives(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[object] = []
    stopped = threading.Event()

    def work(job: Job) -> None:
        stopped.wait()
        job.tell("half")
        job.check()

    job = jobs.start(work, seen.append, partly=seen.append)
    job.cancel()
    stopped.set()
    qtbot.waitUntil(lambda: not jobs.running())
    assert seen == []


def test_trouble_goes_to_failed(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[Told] = []

    def work(job: Job) -> None:
        raise EnvironmentProblem("widgets.cannot_print")

    jobs.start(work, None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "widgets.cannot_print"


def test_a_bug_reaches_the_hook(jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[tuple[type, bool]] = []
    main = threading.current_thread()
    monkeypatch.setattr(
        sys,
        "excepthook",
        lambda kind, _error, _trace: caught.append((kind, threading.current_thread() is main)),
    )

    def work(job: Job) -> None:
        raise ZeroDivisionError

    jobs.start(work, None, lambda trouble: caught.append((type(trouble), False)))
    qtbot.waitUntil(lambda: bool(caught))
    assert caught == [(ZeroDivisionError, True)]


def test_progress_shows_and_cancel_stops(jobs: Jobs, look: Look, qtbot: QtBot) -> None:
    indicator = jobs.indicator(look)
    qtbot.addWidget(indicator)
    indicator.show()
    ended: list[str] = []
    begun = threading.Event()

    def work(job: Job) -> None:
        job.progress(37, 100)
        begun.set()
        while True:
            job.check()

    job = jobs.start(
        work, lambda _result: ended.append("done"), lambda _trouble: ended.append("failed"), "导入"
    )
    begun.wait(5)
    qtbot.waitUntil(lambda: "37" in indicator._text.full_text())
    assert "导入" in indicator._text.full_text()
    indicator._stop.click()
    assert job.cancelled()
    qtbot.waitUntil(lambda: jobs.running() == [])
    assert ended == []
    assert not indicator._bar.isVisible()


def test_work_that_was_done_before_it_could_stop_is_told(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []
    go = threading.Event()
    job = jobs.start(lambda _job: 7 if go.wait(5) else 0, seen.append)
    job.cancel()
    go.set()
    qtbot.waitUntil(lambda: jobs.running() == [])
    assert seen == [7]


class _Tile(QWidget):
    told = 0

    def show_result(self, result: object) -> None:
        _Tile.told += 1
        self.setToolTip(str(result))


@pytest.mark.parametrize("gone", [False, True])
def test_a_widget_that_has_gone_is_not_told(jobs: Jobs, qtbot: QtBot, gone: bool) -> None:
    tile, go = _Tile(), threading.Event()
    _Tile.told = 0

    def work(job: Job) -> object:
        go.wait(5)
        if gone:
            raise EnvironmentProblem("widgets.cannot_print")
        return 7

    def both() -> None:
        jobs.start(work, tile.show_result, tile.show_result)

    both()
    delete(tile)
    go.set()
    qtbot.waitUntil(lambda: jobs.running() == [])
    assert _Tile.told == 0


def test_an_unnamed_job_is_not_shown(jobs: Jobs, look: Look, qtbot: QtBot) -> None:
    indicator = jobs.indicator(look)
    qtbot.addWidget(indicator)
    indicator.show()
    go = threading.Event()
    jobs.start(lambda _job: go.wait(5))
    assert not indicator._bar.isVisible()
    go.set()
    qtbot.waitUntil(lambda: jobs.running() == [])


def test_inline_is_done_at_once(qtbot: QtBot) -> None:
    jobs, seen = Jobs(inline=True), []
    jobs.start(lambda _job: 7, seen.append)
    assert seen == [7]
    assert jobs.running() == []
