"""The map of the buying group: places, sizes and marks mean what they should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES
from fieldsales.drawing.shapes import Arc, key_at
from fieldsales.methods.buying_group.picture import Member, finding, group_map, reach, sign
from fieldsales.words import Words
from tests.methods.drawn import covered, outside, texts, unhurried

ROLES = (*BUYING_ROLES, *SIDE_ROLES)
WORDS = Words("zh_CN")


@st.composite
def members(draw) -> list[Member]:
    count = draw(st.integers(1, 40))
    return [
        Member(
            key=f"k{at}",
            name=draw(st.sampled_from(["王建国", "李敏", "Alexander Hamilton", "欧阳海波" * 9])),
            roles=tuple(draw(st.lists(st.sampled_from(ROLES), max_size=2, unique=True))),
            influence=draw(st.none() | st.integers(1, 5)),
            attitude=draw(st.none() | st.integers(-2, 2)),
            confirmed=draw(st.booleans()),
            quadrant=draw(st.sampled_from(["", "a", "d"])),
            met=draw(st.sampled_from(["", "128 天前"])),
            faded=draw(st.booleans()),
        )
        for at in range(count)
    ]


def dots(picture) -> dict[str, Arc]:
    return {shape.key: shape for shape in picture.shapes if isinstance(shape, Arc) and shape.key}


@unhurried
@given(members(), st.sampled_from([360.0, 640.0, 1000.0]), st.sampled_from(["zh_TW", "en"]))
def test_up_to_forty_people_never_cover_each_other(found, width, lang) -> None:
    picture = group_map(found, Words(lang), width)
    assert not outside(picture)
    assert not covered(picture)
    drawn = list(dots(picture).values())
    assert len(drawn) == len(found)
    for at, one in enumerate(drawn):
        for other in drawn[:at]:
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart >= one.radius + other.radius
    assert all(key_at(picture, one.x, one.y) == key for key, one in dots(picture).items())


def test_influence_is_size_and_attitude_is_height() -> None:
    sizes = [reach(influence, 12) for influence in (None, 1, 2, 3, 4, 5)]
    assert sizes == sorted(sizes)
    assert sizes[1] < sizes[2] < sizes[5]
    found = [Member(str(n), "王", ("user",), attitude=n) for n in (-2, -1, 0, 1, 2)]
    placed = dots(group_map(found, WORDS, 640))
    heights = [placed[str(n)].y for n in (2, 1, 0, -1, -2)]
    assert heights == sorted(heights)
    assert len({dot.x for dot in placed.values()}) == 1


def test_a_column_is_a_role_and_the_weightiest_one_counts() -> None:
    found = [
        Member("boss", "王", ("user", "decision_maker")),
        Member("user", "李", ("user",)),
        Member("none", "赵"),
    ]
    placed = dots(group_map(found, WORDS, 640))
    assert placed["boss"].x < placed["user"].x < placed["none"].x
    assert "角色不明" in texts(group_map(found, WORDS, 640))
    assert "向导" not in texts(group_map(found, WORDS, 640))


def test_assumed_is_hollow_and_long_not_met_is_pale() -> None:
    found = [
        Member("sure", "王", attitude=2, confirmed=True),
        Member("guess", "李", attitude=2),
        Member("old", "赵", attitude=2, confirmed=True, met="128 天前", faded=True),
    ]
    picture = group_map(found, WORDS, 640)
    placed = dots(picture)
    assert (placed["sure"].fill, placed["sure"].stroke) == ("good", "good")
    assert (placed["guess"].fill, placed["guess"].stroke) == ("paper", "good")
    assert placed["old"].fill == "line"
    assert texts(picture).count("+2") == 4  # each dot says it, and the row
    assert "128 天前" in texts(picture)


@pytest.mark.parametrize(("attitude", "said"), [(None, "?"), (2, "+2"), (0, "0"), (-1, "−1")])
def test_signs(attitude: int | None, said: str) -> None:
    assert sign(attitude) == said


def test_findings_name_what_matters_most() -> None:
    boss = Member("1", "王建国", ("decision_maker",), 5, -1)
    assert finding([boss], WORDS) == "王建国影响力 5/5，却不站在我们这边"
    friend = Member("2", "李敏", ("user", "gatekeeper"), 2, 2)
    assert finding([friend], WORDS) == "四类角色里 2 类支持我们；决策人、采购人员还没找到人"
    rest = Member("3", "赵", ("decision_maker", "purchaser"), 3, 0)
    assert finding([friend, rest], WORDS) == ("四类角色里 2 类支持我们；决策人、采购人员还没争取到")
    won = Member("3", "赵", ("decision_maker", "purchaser"), 3, 1)
    assert finding([friend, won], WORDS) == "四类角色都有人支持我们"
    assert finding([], WORDS) == "这次采购谁说了算，一个人都还没记"
