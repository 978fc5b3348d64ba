"""From what is kept of somebody to their profile, and why it is more or less sure."""

from __future__ import annotations

from datetime import date

import pytest

from fieldsales.domain.profile import SHEETS, Assessment, Clue
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.methods.whole_brain.told import best_profile, grounds, seen_profile, told_profile
from fieldsales.words import Words

TODAY = date(2026, 11, 9)
BRAIN = whole_brain("zh_CN")


def _assessment(quadrant: str) -> Assessment:
    picks = {
        sheet: " ".join(one.code for one in BRAIN.items_of(sheet) if one.quadrant == quadrant)
        for sheet in SHEETS
    }
    return Assessment(id="a1", created_at="", finished_at="2026-11-01T04:00:00.000Z", **picks)


def _clue(code: str, day: str) -> Clue:
    return Clue(id=f"{code}-{day}", created_at="", contact_id="c1", code=code, seen_on=day)


def test_what_is_told_comes_before_what_was_seen_and_never_mixes_with_it() -> None:
    clues = [_clue("words_c1", "2026-11-01")]
    told = best_profile("王", _assessment("a"), clues, BRAIN, Words("zh_CN"), TODAY)
    assert told.scores == (24, 0, 0, 0)
    assert not told.observed
    seen = best_profile("王", None, clues, BRAIN, Words("zh_CN"), TODAY)
    assert seen.observed
    assert seen == seen_profile("王", clues, BRAIN, TODAY)
    assert max(seen.scores) == seen.scores[2]
    assert not best_profile("王", None, [], BRAIN, Words("zh_CN"), TODAY).known


def test_a_self_assessment_says_its_day() -> None:
    assert told_profile("王", _assessment("b"), BRAIN, Words("en")).told == "2026-11-01"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh_CN", "把握不大：2 条线索，2 天看到，最近一条：8 天前"),
        ("zh_TW", "把握不大：2 條線索，2 天看到，最近一條：8 天前"),
        ("en", "Not very sure: 2 clues, seen on 2 days, the newest 8 days ago"),
    ],
)
def test_the_grounds_count_clues_and_days(language: str, said: str) -> None:
    clues = [
        _clue("words_c1", "2026-11-01"),
        _clue("words_c1", "2026-10-01"),
        _clue("desk_a1", "2026-11-01"),
        _clue("of_a_newer_version", "2026-09-01"),
    ]
    assert grounds(clues, BRAIN, TODAY, Words(language)) == said


def test_without_a_clue_there_are_no_grounds() -> None:
    assert grounds([], BRAIN, TODAY, Words("zh_CN")) == ""
    assert grounds([_clue("of_a_newer_version", "2026-09-01")], BRAIN, TODAY, Words("en")) == ""
