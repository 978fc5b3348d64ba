"""The four quadrants: scores of picks, types, shares (M21)."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.profile import SHEETS, Assessment
from fieldsales.domain.whole_brain import (
    FULL,
    PICKS,
    QUADRANTS,
    TYPES,
    UNKNOWN,
    Scores,
    difference,
    is_flat,
    leading,
    mean,
    percent,
    result,
    score,
    type_of,
    wanting,
)

POOL = {f"{sheet}_{q}{n}": q for sheet in SHEETS for q in QUADRANTS for n in range(1, 9)}
WHOLE = [found for found in product(range(25), repeat=4) if sum(found) == FULL]


def picked(counts: tuple[int, int, int, int]) -> list[str]:
    """Some picks that give these scores."""
    found: list[str] = []
    for quadrant, count in zip(QUADRANTS, counts, strict=True):
        found += [code for code, held in POOL.items() if held == quadrant][:count]
    return found


@st.composite
def finished(draw: st.DrawFn) -> Assessment:
    sheets = {
        sheet: " ".join(
            draw(
                st.permutations([code for code in POOL if code.startswith(sheet)]).map(
                    lambda codes: codes[:PICKS]
                )
            )
        )
        for sheet in SHEETS
    }
    return Assessment(**sheets)


@pytest.mark.parametrize(
    ("counts", "kind", "first"),
    [
        ((10, 6, 5, 3), "a", ("a",)),
        ((3, 3, 3, 15), "d", ("d",)),
        ((8, 8, 4, 4), "ab", ("a", "b")),
        ((7, 2, 7, 8), "acd", ("d", "a", "c")),
        ((9, 3, 3, 9), "ad", ("a", "d")),
        ((4, 9, 2, 9), "bd", ("b", "d")),
        ((7, 7, 7, 3), "abc", ("a", "b", "c")),
        ((6, 6, 6, 6), "abcd", ()),
        ((7, 6, 6, 5), "abcd", ("a",)),
        ((7, 7, 5, 5), "abcd", ("a", "b")),
        ((24, 0, 0, 0), "a", ("a",)),
    ],
)
def test_worked_examples(
    counts: tuple[int, int, int, int], kind: str, first: tuple[str, ...]
) -> None:
    scores = score(picked(counts), POOL)
    assert scores == counts
    assert (type_of(scores), leading(scores)) == (kind, first)


def test_every_type_is_reached_and_each_result_has_one() -> None:
    reached = {type_of(tuple(map(float, counts))) for counts in WHOLE}  # type: ignore[arg-type]
    assert reached == set(TYPES)
    assert len(TYPES) == 15
    flat = [counts for counts in WHOLE if is_flat(tuple(map(float, counts)))]  # type: ignore[arg-type]
    assert flat == [(6, 6, 6, 6)]  # the sixteenth: ABCD without a hint of a leaning


def test_a_type_names_who_leads_unless_all_are_even() -> None:
    for counts in WHOLE:
        strong = "".join(q for q, n in zip(QUADRANTS, counts, strict=True) if n >= 7)
        even = all(5 <= number <= 7 for number in counts)
        scores: Scores = (counts[0], counts[1], counts[2], counts[3])
        assert type_of(scores) == ("abcd" if even else strong)


@given(finished())
def test_scores_of_a_whole_assessment_sum_to_24(assessment: Assessment) -> None:
    assert wanting(assessment) == {}
    assert sum(result(assessment, POOL)) == FULL


@given(finished(), st.randoms())
def test_the_order_of_picks_does_not_count(assessment: Assessment, chance: object) -> None:
    shuffled = {}
    for sheet in SHEETS:
        codes = list(assessment.picks(sheet))
        chance.shuffle(codes)  # type: ignore[attr-defined]
        shuffled[sheet] = " ".join(codes)
    assert result(Assessment(**shuffled), POOL) == result(assessment, POOL)


@pytest.mark.parametrize(("count", "left"), [(0, 8), (7, 1), (8, 0), (9, -1)])
def test_exactly_eight_on_a_sheet(count: int, left: int) -> None:
    codes = [code for code in POOL if code.startswith("career")][:count]
    full = " ".join([code for code in POOL if code.startswith("likes")][:8])
    ideal = " ".join([code for code in POOL if code.startswith("ideal")][:8])
    assessment = Assessment(likes=full, career=" ".join(codes), ideal=ideal)
    assert wanting(assessment) == ({"career": left} if left else {})


def test_a_pick_twice_is_one_and_an_unknown_code_none() -> None:
    assert score(["likes_a1", "likes_a1", "likes_b1", "gone"], POOL) == (1, 1, 0, 0)
    twice = Assessment(likes="likes_a1 likes_a1", career="", ideal="")
    assert wanting(twice)["likes"] == 7


@given(
    st.tuples(*[st.floats(0, 24, allow_nan=False)] * 4).filter(lambda scores: sum(scores) > 0.01)
)
def test_shares_are_whole_and_make_a_hundred(scores: Scores) -> None:
    shares = percent(scores)
    assert sum(shares) == 100
    together = sum(scores)
    for share, number in zip(shares, scores, strict=True):
        assert abs(share - 100 * number / together) < 1
    assert type_of(scores) in TYPES


def test_nothing_known_is_no_type() -> None:
    assert (type_of(UNKNOWN), percent(UNKNOWN), leading(UNKNOWN)) == ("", (0, 0, 0, 0), ())
    assert not is_flat(UNKNOWN)


def test_several_people_together_and_apart() -> None:
    assert mean([(10, 6, 5, 3), UNKNOWN, (6, 6, 5, 7)]) == (8, 6, 5, 5)
    assert mean([UNKNOWN]) == UNKNOWN
    assert difference((10, 6, 5, 3), (6, 6, 5, 7)) == (-4, 0, 0, 4)
