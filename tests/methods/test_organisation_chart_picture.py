"""The organisation chart: nobody lost, nobody upon another, lines where they belong."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.contact import LEVELS, Contact
from fieldsales.domain.organisation import tree
from fieldsales.drawing.placing import bounds
from fieldsales.drawing.shapes import Arc, Box, Line, Picture, key_at
from fieldsales.methods.organisation_chart.layout import UNKNOWN, arranged
from fieldsales.methods.organisation_chart.picture import Badge, chart, finding, pages
from fieldsales.words import Words
from tests.methods.drawn import covered, outside, texts, unhurried

WORDS = Words("zh_CN")


def contact(key: str, up: str | None = None, level: str = "", **values: object) -> Contact:
    held = {"name": f"第{key}位", **values}
    return Contact(id=key, created_at="2026-01-01T00:00:00Z", level=level, reports_to_id=up, **held)


def cards(picture: Picture) -> dict[str, Box]:
    return {shape.key: shape for shape in picture.shapes if isinstance(shape, Box) and shape.key}


@st.composite
def contacts(draw, most: int = 40) -> list[Contact]:
    count = draw(st.integers(0, most))
    leaders = st.none() | st.integers(0, max(0, count))  # circles and strangers among them
    return [
        contact(
            str(at),
            None if (up := draw(leaders)) is None else str(up),
            draw(st.sampled_from(["", *LEVELS])),
            vacant=draw(st.integers(0, 1)),
        )
        for at in range(count)
    ]


@unhurried
@given(contacts())
def test_everybody_has_a_place_of_their_own(found: list[Contact]) -> None:
    layout = arranged(tree(found))
    assert layout.places.keys() == {one.id for one in found}
    places = sorted((row, left) for left, row in layout.places.values())
    for (row, left), (next_row, next_left) in pairwise(places):
        assert row < next_row or next_left - left >= 1
    assert all(0 <= left <= layout.width - 0.999 for left, _ in layout.places.values())


def test_a_tree_that_widens_below_another_begins_inside() -> None:
    narrow = [contact("t", None, "top"), contact("u", "t", "middle")]
    wide = [
        contact("m"),
        contact("n", "m"),
        contact("o", "m"),
        contact("p", "n"),
        contact("q", "n"),
    ]
    below = [contact("r", "p", "middle"), contact("s", "p")]
    layout = arranged(tree([*narrow, *wide, *below]))
    lefts = [left for left, _ in layout.places.values()]
    assert min(lefts) >= 0
    assert max(lefts) <= layout.width - 0.999


@unhurried
@given(contacts())
def test_nobody_stands_above_their_leader_or_outside_their_level(found: list[Contact]) -> None:
    roots = tree(found)
    layout = arranged(roots)
    waiting = list(roots)
    while waiting:
        post = waiting.pop()
        for below in post.below:
            assert layout.places[below.contact.id][1] > layout.places[post.contact.id][1]
        waiting += post.below
    for post in roots:
        if post.contact.level and not post.below:
            row = layout.places[post.contact.id][1]
            band = next(one for one in layout.bands if one.first <= row < one.first + one.rows)
            assert LEVELS[band.level] == post.contact.level


@unhurried
@given(contacts(25))
def test_the_picture_stays_inside_and_no_line_crosses_a_card(found: list[Contact]) -> None:
    picture = chart(tree(found), WORDS)
    assert not outside(picture)
    assert not covered(picture)
    drawn = [bounds(card) for card in cards(picture).values()]
    links = [
        bounds(shape)
        for shape in picture.shapes
        if isinstance(shape, Line) and shape.stroke == "line" and not shape.dash
    ]
    for line in links:
        x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        assert not any(
            card.left + 1 < x < card.right - 1 and card.top + 1 < y < card.bottom - 1
            for card in drawn
        )


def test_a_leader_stands_above_the_middle_of_those_they_lead() -> None:
    layout = arranged(tree([contact("1"), contact("2", "1"), contact("3", "1")]))
    left = {key: place[0] for key, place in layout.places.items()}
    assert left["1"] == (left["2"] + left["3"]) / 2


def test_many_who_lead_nobody_stand_in_columns() -> None:
    found = [contact("boss"), *(contact(str(at), "boss", "base") for at in range(8))]
    layout = arranged(tree(found))
    assert len({layout.places[str(at)][0] for at in range(8)}) == 2
    (link,) = layout.links
    assert [len(rows) for _, rows in link.spines] == [6, 2]
    assert not link.drops


def test_levels_are_bands_and_empty_ones_say_so() -> None:
    found = [contact("1", None, "top"), contact("2", "1", "base"), contact("3")]
    layout = arranged(tree(found))
    assert [band.level for band in layout.bands] == [0, 1, 2, UNKNOWN]
    assert layout.places["1"][1] < layout.places["2"][1] < layout.places["3"][1]
    assert layout.apart is not None
    told = texts(chart(tree(found), WORDS))
    assert {"高层", "中层", "基层", "层级不明", "这一层还没有认识的人", "还没连线"} <= {*told}
    assert "中层" not in texts(chart(tree(found), WORDS, all_bands=False))
    assert [band.level for band in arranged(tree([contact("1")])).bands] == [UNKNOWN]


def test_cards_can_be_pressed_and_badges_are_ours_alone() -> None:
    found = tree([contact("1", None, "top", title="董事长"), contact("2", "1", "middle", vacant=1)])
    badges = {"1": Badge(("decision_maker", "guide"), -1, "a")}
    picture = chart(found, WORDS, badges)
    assert {"董事长", "决策、向导", "−1", "A", "空缺"} <= {*texts(picture)}
    for key, card in cards(picture).items():
        assert key_at(picture, card.x + 5, card.y + 5) == key
    assert cards(picture)["2"].dash
    assert not cards(picture)["1"].dash
    plain = chart(found, WORDS)
    assert not [shape for shape in plain.shapes if isinstance(shape, Arc)]
    assert not {"决策、向导", "−1", "A"} & {*texts(plain)}
    assert "支持" not in plain.alt


def test_findings() -> None:
    loose = tree([contact("1", None, "middle"), contact("2", None, "base")])
    assert finding(loose, WORDS, {}) == "认识 2 个人，谁归谁管还没画"
    low = tree([contact("1", None, "middle"), contact("2", "1", "base")])
    assert finding(low, WORDS, {}) == "认识 2 个人，高层还一个都没接触到"
    high = tree([contact("1", None, "top"), contact("2", "1", vacant=1)])
    assert finding(high, Words("en"), {"1": Badge(attitude=1)}) == (
        "1 person known, 1 for us; 1 post vacant"
    )
    assert finding(high, WORDS) == "1 个人"
    assert finding((), WORDS, {}) == "这家客户还没有联系人"


def test_paper_shrinks_first_and_is_cut_between_cards_then() -> None:
    small = tree([contact("1"), contact("2", "1"), contact("3", "1")])
    (one,) = pages(small, WORDS, 480, 700)
    assert max(card.width for card in cards(one).values()) == 11 * 9.5
    many = [contact("0", None, "top")]
    many += [contact(str(at), "0" if at < 9 else str(at % 8 + 1), "middle") for at in range(1, 120)]
    cut = pages(tree(many), WORDS, 480, 400)
    assert len(cut) > 3
    shown = [key for page in cut for key in cards(page)]
    assert sorted(shown) == sorted(one.id for one in many)
    for page in cut:
        assert page.width <= 480
        assert page.height <= 400
        assert not outside(page)
        assert not covered(page)


def test_a_chain_of_five_hundred_is_no_reason_to_fail() -> None:
    chain = [contact(str(at), str(at - 1) if at else None) for at in range(500)]
    layout = arranged(tree(chain))
    assert max(row for _, row in layout.places.values()) == 499
