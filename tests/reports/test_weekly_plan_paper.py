"""The weekly plan on paper: each day with its visits, and who is proposed, with the reasons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.visit import Letterhead
from fieldsales.errors import UserError
from fieldsales.reports.documents import build, kind
from fieldsales.services import portfolio
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.week_planning import PER_DAY_SETTING
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import Pdf
from tests.workspaces import TODAY


@pytest.fixture
def file(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path / "f.db", Clock(TODAY))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_names_visits_and_proposals(file: Workspace, lang: str) -> None:
    file.run(LoadSample())
    portfolio.renew(file)
    words, paper = Words(lang), kind("weekly_plan")
    facts = paper.gather(file.store, paper.latest(file.store))
    document = paper.compose(facts, words, "internal", Letterhead(), TODAY)
    told = repr(document.sections)
    assert len(document.sections) == 5
    for one in facts.week.visits:
        assert one.name in told
    for one in facts.week.wanted:
        assert (one.candidate.customer_id in facts.week.proposed) == (one.candidate.name in told)
    assert words("report.weekly_plan.proposed") in told
    assert build("weekly_plan", facts, words, "internal", Letterhead(), TODAY).startswith(b"%PDF")


def test_of_an_empty_file_each_day_says_so(file: Workspace) -> None:
    paper = kind("weekly_plan")
    facts = paper.gather(file.store, "2026-11-11")
    document = paper.compose(facts, Words("zh_CN"), "internal", Letterhead(), TODAY)
    assert len(document.sections) == 5
    with pytest.raises(UserError, match="record.gone"):
        paper.gather(file.store, "someday")


def test_five_days_stand_on_one_page_where_they_can_else_the_last_two_go_on_together(
    file: Workspace, read: Callable[[bytes], Pdf]
) -> None:
    file.run(LoadSample())
    portfolio.renew(file)
    paper = kind("weekly_plan")

    def days(lang: str) -> list[list[int]]:
        """The days that stand on each page."""
        facts, words = paper.gather(file.store, paper.latest(file.store)), Words(lang)
        content = build("weekly_plan", facts, words, "internal", Letterhead(), TODAY)
        named = {number: words.weekday(day) for number, day in enumerate(facts.week.days, 1)}
        return [
            [number for number in named if named[number] in page] for page in read(content).pages
        ]

    assert [days(lang) for lang in LANGUAGES] == [[[1, 2, 3, 4, 5]]] * 3
    file.run(ChangeSetting(PER_DAY_SETTING, 8))
    assert [days(lang) for lang in LANGUAGES] == [[[1, 2, 3], [4, 5]]] * 3
