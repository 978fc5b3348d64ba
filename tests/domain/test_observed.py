"""The observed profile: weighing clues, and how sure they make us (M21, M29e)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.observed import Observed, fresh, observed
from fieldsales.domain.profile import Clue
from fieldsales.domain.whole_brain import QUADRANTS, UNKNOWN, Scores, type_of

TODAY = date(2026, 11, 9)


def of(quadrant: str, weight: int) -> Scores:
    a, b, c, d = (weight * (one == quadrant) for one in QUADRANTS)
    return a, b, c, d


WEIGHTS = {f"{q}{n}": of(q, 1 + n % 3) for q in QUADRANTS for n in range(10)}


def clue(code: str, age: int = 0) -> Clue:
    return Clue(code=code, seen_on=(TODAY - timedelta(days=age)).isoformat())


sightings = st.builds(clue, st.sampled_from(sorted(WEIGHTS)), st.integers(0, 2_000))


def test_worked_examples() -> None:
    found = observed([clue("a1"), clue("a0")], WEIGHTS, TODAY)  # of weight 2 and 1
    assert found.scores == pytest.approx((24 * 4 / 7, 24 / 7, 24 / 7, 24 / 7))
    assert found.confidence == pytest.approx(0.146, abs=0.001)
    assert (found.codes, found.last_seen, found.sureness) == (("a0", "a1"), "2026-11-09", "weak")
    four = observed([clue(f"b{n}") for n in range(4)], WEIGHTS, TODAY)
    assert four.confidence == pytest.approx(0.25)
    twelve = [clue(f"{q}{n}", age=n) for q in "abcd" for n in range(3)]
    assert observed(twelve, WEIGHTS, TODAY).confidence == pytest.approx(0.77, abs=0.01)
    assert observed(twelve, WEIGHTS, TODAY).sureness == "strong"


def test_a_clue_may_speak_for_two_quadrants() -> None:
    found = observed([clue("both")], {"both": (2, 0, 1, 0)}, TODAY)
    assert found.scores == pytest.approx((24 * 3 / 7, 24 / 7, 24 * 2 / 7, 24 / 7))


def test_nothing_seen_is_nothing_known() -> None:
    for clues in ([], [clue("of another version")]):
        found = observed(clues, WEIGHTS, TODAY)
        assert found == Observed(UNKNOWN, 0.0, (), None)
        assert (found.sureness, type_of(found.scores)) == ("none", "")


def test_a_clue_fades_by_half_each_year() -> None:
    assert [fresh(days) for days in (0, 365, 730)] == [1, 0.5, 0.25]
    assert fresh(-400) == 1  # the clock was set back


def test_seen_again_a_clue_is_fresh_but_not_twice_as_strong() -> None:
    once = observed([clue("c1")], WEIGHTS, TODAY)
    again = observed([clue("c1", 900), clue("c1")], WEIGHTS, TODAY)
    assert again.scores == once.scores
    assert again.confidence > once.confidence  # on another day


def test_one_long_day_does_not_make_sure() -> None:
    clues = [clue(code) for code in WEIGHTS]
    assert observed(clues, WEIGHTS, TODAY).confidence < 0.5


@given(st.lists(sightings, min_size=1, max_size=40))
def test_scores_sum_to_24_and_confidence_stays_within_one(clues: list[Clue]) -> None:
    found = observed(clues, WEIGHTS, TODAY)
    assert sum(found.scores) == pytest.approx(24)
    assert min(found.scores) > 0
    assert 0 < found.confidence < 1


@given(st.lists(sightings, max_size=30), sightings)
def test_another_clue_never_lowers_confidence(clues: list[Clue], more: Clue) -> None:
    before = observed(clues, WEIGHTS, TODAY).confidence
    assert observed([*clues, more], WEIGHTS, TODAY).confidence >= before


@given(st.lists(sightings, min_size=1, max_size=30), st.integers(1, 1_000))
def test_time_never_raises_confidence(clues: list[Clue], days: int) -> None:
    now = observed(clues, WEIGHTS, TODAY).confidence
    assert observed(clues, WEIGHTS, TODAY + timedelta(days=days)).confidence <= now


@given(st.lists(sightings, max_size=20), st.randoms())
def test_the_order_of_clues_does_not_count(clues: list[Clue], chance: object) -> None:
    shuffled = list(clues)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = observed(clues, WEIGHTS, TODAY), observed(shuffled, WEIGHTS, TODAY)
    assert one.scores == pytest.approx(other.scores)
    assert one.confidence == pytest.approx(other.confidence)
    assert (one.codes, one.last_seen) == (other.codes, other.last_seen)
