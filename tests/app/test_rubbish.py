"""Rubbish is looked for on the main thread alone."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fieldsales.app.rubbish import RubbishCollector
from fieldsales.widgets.jobs import Job, Jobs


class _Knot(QObject):
    """Something of Qt that only the collector can end."""

    def __init__(self, ended_on: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: ended_on.append(threading.current_thread()))


def test_a_jobs_thread_ends_nothing_of_qt(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldsales.app.rubbish._PAUSE", 20)
    gc.enable()
    keeper = QObject()
    RubbishCollector(keeper)
    jobs, ended_on = Jobs(), list[threading.Thread]()
    made = list[list[int]]()
    gc.collect()
    _Knot(ended_on)

    def fill(_job: Job) -> None:
        made.extend([number] for number in range(200_000))  # would start Python's collector

    jobs.start(fill)
    qtbot.waitUntil(lambda: not jobs.running())
    qtbot.waitUntil(lambda: bool(ended_on))
    assert ended_on == [threading.main_thread()]


def test_what_a_job_held_ends_on_the_main_thread(qtbot: QtBot) -> None:
    jobs, ended_on = Jobs(), list[threading.Thread]()

    def started() -> None:
        held = QObject()
        weakref.finalize(held, lambda: ended_on.append(threading.current_thread()))
        jobs.start(lambda _job: held.objectName())

    for _ in range(50):
        started()
    qtbot.waitUntil(lambda: len(ended_on) == 50)
    assert set(ended_on) == {threading.main_thread()}
