"""The kite: who leans where, what was observed, and how two differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.drawing.placing import bounds
from fieldsales.drawing.shapes import Arc, Line, Path
from fieldsales.methods.whole_brain.compared import compared, compared_finding, widest
from fieldsales.methods.whole_brain.picture import kite
from fieldsales.methods.whole_brain.plane import Plane, rim_of
from fieldsales.methods.whole_brain.profiles import Profile, finding
from fieldsales.words import Words
from tests.methods.drawn import covered, outside, texts, unhurried

WANG = Profile("王建国", (10, 7, 3, 4), key="wang")
LI = Profile("李敏", (4, 5, 10, 5), observed=True, confidence=0.62, told="观察", key="li")


@st.composite
def scores(draw) -> tuple[float, float, float, float]:
    cuts = sorted(draw(st.lists(st.integers(0, 24), min_size=3, max_size=3)))
    return cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 24 - cuts[2]


@unhurried
@given(st.lists(scores(), min_size=1, max_size=6), st.sampled_from([200.0, 330.0, 600.0]))
def test_any_profiles_stay_inside_and_no_name_covers_another(
    found: list[tuple[float, float, float, float]], width: float
) -> None:
    profiles = [Profile(f"第{at}位", held, key=str(at)) for at, held in enumerate(found)]
    picture = kite(profiles, Words("zh_CN"), width)
    assert not outside(picture)
    assert not covered(picture)


def test_each_quadrant_has_its_corner() -> None:
    plane = Plane(0, 0, 100, 12)
    a, b, c, d = (plane.corner(quadrant, 6) for quadrant in "abcd")
    assert a[0] < 0 > a[1]  # top left
    assert b[0] < 0 < b[1]  # bottom left
    assert c[0] > 0 < c[1]  # bottom right
    assert d[0] > 0 > d[1]  # top right
    assert plane.corner("a", 12) == pytest.approx((2 * a[0], 2 * a[1]))


@unhurried
@given(scores(), st.integers(0, 3))
def test_more_points_reach_farther(held: tuple[float, float, float, float], at: int) -> None:
    plane = Plane(0, 0, 100, rim_of([Profile("", held)]))
    reach = [x * x + y * y for x, y in (plane.corner("abcd"[at], one) for one in sorted(held))]
    assert reach == sorted(reach)
    assert max(reach) <= 100**2 + 1e-6


def test_one_kite_tells_scores_and_shares() -> None:
    told = texts(kite([WANG], Words("en"), 600))
    assert "10/24 (42%)" in told
    assert {"A", "B", "C", "D", "Analytical", "Practical", "Relational", "Experimental"} <= {*told}


def test_what_leads_is_dark_and_what_was_observed_is_hatched() -> None:
    said = kite([WANG], Words(), 600)
    fills = [shape.fill for shape in said.shapes if isinstance(shape, Path) and shape.fill]
    assert fills == ["quadrant-a", "quadrant-b", "quadrant-c-soft", "quadrant-d-soft"]
    seen = kite([LI], Words(), 600)
    assert not [shape for shape in seen.shapes if isinstance(shape, Path) and shape.fill]
    assert sum(isinstance(shape, Line) for shape in seen.shapes) > 20
    assert [shape.dash for shape in seen.shapes if isinstance(shape, Path)] == [(4.0, 2.5)]


def test_earlier_results_are_thin_and_dated() -> None:
    before = Profile("王建国", (6, 5, 8, 5), told="2024-03")
    picture = kite([WANG], Words(), 600, earlier=[before])
    assert "2024-03" in texts(picture)
    lines = [
        shape.thickness for shape in picture.shapes if isinstance(shape, Path) and shape.stroke
    ]
    assert lines == [0.75, 1.25]
    assert not covered(picture)


def test_nothing_known_is_a_dashed_ring_with_a_hint() -> None:
    picture = kite([Profile("新人")], Words(), 600)
    assert "还没有线索" in texts(picture)
    assert any(isinstance(shape, Arc) and shape.dash for shape in picture.shapes)


def test_the_rim_grows_for_strong_scores() -> None:
    assert [rim_of([Profile("", (most, 24 - most, 0, 0))]) for most in (12, 13, 19)] == [12, 18, 24]


def test_findings() -> None:
    zh, en = Words("zh_CN"), Words("en")
    assert finding([WANG], zh) == "王建国偏 A 分析、B 务实"
    assert finding([LI], zh) == "看起来李敏偏 C 人情（把握 62%）"
    assert finding([Profile("孙", (7, 6, 6, 5))], zh) == "孙四个象限差不多，哪个都不突出"
    assert finding([Profile("新人")], zh) == "还看不出怎么想：一条线索也没有"
    assert finding([WANG, LI, Profile("新人")], en) == (
        "2 people who each think their own way: no quadrant has a majority"
    )
    assert finding([WANG, LI, WANG], en) == (
        "Most often in the lead: A Analytical, B Practical (2 each, of 3 people);"
        " nobody leans to D Experimental"
    )


def test_seven_are_too_many() -> None:
    with pytest.raises(ValueError, match="7"):
        kite([WANG] * 7, Words(), 600)


def test_two_are_compared_where_they_differ_most() -> None:
    said = Profile("李敏", (4, 9, 6, 5), told="自评")
    assert widest(said, LI) == "b"
    picture = compared(said, LI, Words(), 600)
    assert {"−4", "+4"} <= {*texts(picture)}
    assert compared_finding(said, LI, Words()).startswith("差得最多的是 B 务实")
    assert widest(said, said) == ""
    assert compared_finding(said, said, Words("en")).startswith("Close")
    assert compared_finding(said, Profile("李敏", told="观察"), Words()).startswith("观察：")


@unhurried
@given(scores(), scores(), st.sampled_from([300.0, 600.0]))
def test_a_comparison_stays_inside(one, other, width) -> None:
    picture = compared(Profile("一", one), Profile("二", other), Words("en"), width)
    assert not outside(picture)
    assert not covered(picture)
    assert max(bounds(shape).bottom for shape in picture.shapes) <= picture.height
