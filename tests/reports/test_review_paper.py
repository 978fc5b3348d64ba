"""The paper of a review: findings, what was decided, what became of the last one (M11)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Letterhead
from fieldsales.reports.documents import build, kind
from fieldsales.services.operations.reviews import DecideItem, StartReview
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.reviewing import queue
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.reviews import items
from fieldsales.words import LANGUAGES, Words
from tests.workspaces import TODAY

Read = Callable[[bytes], str]


@pytest.fixture
def file(tmp_path: Path) -> Workspace:
    workspace = Workspace.open(tmp_path / "f.db", Clock(TODAY))
    workspace.run(LoadSample())
    return workspace


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_what_was_decided_and_what_became_of_the_last(file: Workspace, lang: str) -> None:
    words = Words(lang)
    found = queue(file.store)
    review = StartReview(found.since, found.entries, found.left_out)
    file.run(review)
    first = items(file.store, review.row_id)[0]
    file.run(DecideItem(first.item.id, "noted", note="老板出国了，下月再谈"))
    paper = kind("review")
    facts = paper.gather(file.store, review.row_id)
    document = paper.compose(facts, words, "internal", Letterhead(), TODAY)
    told = repr(document.sections)
    assert first.customer in told
    assert "老板出国了，下月再谈" in told
    assert words("report.review.before") in told
    assert facts.before is not None
    tasks = [one.item.task_id for one in items(file.store, facts.before.id) if one.item.task_id]
    assert tasks
    for task_id in tasks:
        task = file.store.record(Task, task_id)
        assert task is not None
        assert task.title in told
    assert words("report.review.open") in document.facts
    assert build("review", facts, words, "internal", Letterhead(), TODAY).startswith(b"%PDF")


def test_without_a_review_it_says_so(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "f.db", Clock(TODAY))
    paper = kind("review")
    facts = paper.gather(workspace.store, paper.latest(workspace.store))
    document = paper.compose(facts, Words("zh_CN"), "internal", Letterhead(), TODAY)
    assert "还没有评审过客户" in repr(document.sections)
