"""Planes, pyramids, flows, lines and rankings: everything is shown, pressed and readable."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.drawing.flows import Arrow, Cell, Column, flows
from fieldsales.drawing.lines import Series, lines
from fieldsales.drawing.multiples import Band, Panel, multiples
from fieldsales.drawing.plane import Axis, Cloud, Plane, Region, Scale, plane
from fieldsales.drawing.pyramid import Tier, pyramid
from fieldsales.drawing.ranks import Ranked, ranks
from fieldsales.drawing.shapes import Arc, Box, Path, Picture, key_at
from fieldsales.widgets.theme import Theme
from tests.methods.drawn import covered, outside, painted, printed, texts, unhurried

SIZE = 12.0
REGIONS = (
    Region("question", "问题", "2 家", 0, 0.5, 0.5, 1),
    Region("star", "明星", "1 家", 0.5, 0.5, 1, 1, strong=True),
    Region("dog", "瘦狗", "", 0, 0, 0.5, 0.5),
    Region("cow", "现金牛", "", 0.5, 0, 1, 0.5),
)


def drawn(points: list[tuple[float, float]], named: int = 0) -> Plane:
    across, upwards = [x for x, _ in points], [y for _, y in points]
    keys = [f"c{at}" for at in range(len(points))]
    names = {key: f"客户 {key}" for key in keys[:named]}
    scales = Scale.around(across, 0.0, unit=10.0), Scale.around(upwards, 0.0, unit=10.0)
    axes = [
        Axis(title, scale, ((0.0, "0"), (100.0, "100"), (101.0, "101")))
        for title, scale in zip(("销售", "潜力"), scales, strict=True)
    ]
    return plane(
        Cloud(keys, across, upwards, names), *axes, REGIONS, 640, 400, size=SIZE, alt="四格"
    )


figures = st.floats(-1e12, 1e12, allow_nan=False)


@unhurried
@given(st.lists(st.tuples(figures, figures), max_size=60))
def test_everything_in_a_plane_stands_behind_exactly_one_dot(
    points: list[tuple[float, float]],
) -> None:
    found = drawn(points, named=10)
    shown = [key for keys in found.behind.values() for key in keys]
    assert sorted(shown) == sorted(f"c{at}" for at in range(len(points)))
    discs = {shape.key for shape in found.picture.shapes if isinstance(shape, Arc)}
    assert discs == set(found.behind)
    assert not outside(found.picture)


def test_names_in_a_plane_cover_nothing(theme: Theme) -> None:
    found = drawn([(at * 7 % 40, at * 11 % 40) for at in range(40)], named=40)
    named = [text for text in texts(found.picture) if text.startswith("客户")]
    assert len(named) > 10
    assert not covered(found.picture)
    assert painted(found.picture).width() == 641
    assert printed(found.picture)


def test_many_become_bubbles_and_the_fullest_is_the_largest() -> None:
    crowd = [(5.0, 5.0)] * 30 + [(1e6, 1e6)] * 3 + [(-1e6, 1e6)]
    found = drawn(crowd)
    assert found.gathered
    radius = {s.key: s.radius for s in found.picture.shapes if isinstance(s, Arc) and s.key}
    sizes = {key: len(keys) for key, keys in found.behind.items()}
    assert sorted(sizes, key=lambda key: radius[key]) == sorted(sizes, key=lambda key: sizes[key])
    assert not drawn([(5.0, 5.0), (1e6, 1e6)]).gathered


def test_a_plane_of_nothing_still_has_its_regions() -> None:
    found = drawn([])
    assert found.behind == {}
    assert {"明星", "问题", "瘦狗", "现金牛"} <= set(texts(found.picture))
    assert key_at(found.picture, 600, 60) == "star"


def test_equal_steps_of_times_stand_alike_far_apart() -> None:
    scale = Scale(0, 1e9, unit=1.0)
    near, far = scale.place(1e4) - scale.place(1e3), scale.place(1e8) - scale.place(1e7)
    assert abs(near - far) < 1e-6
    assert scale.place(-5) < scale.place(0) == 0.0
    assert Scale(0, 100).place(25) == 0.25
    assert scale.places([1e4, 7.0]) == [scale.place(1e4), scale.place(7.0)]


def tiers(first: float) -> list[Tier]:
    part = ((first, f"{first} %"), (-3.0, "-3 %"))
    return [Tier(code, code.upper(), "3 家", part, strong=code == "vip") for code in ("vip", "b")]


def bar_widths(picture: Picture, key: str) -> list[float]:
    return [s.width for s in picture.shapes if isinstance(s, Box) and s.key == key and s.fill]


def test_a_pyramid_has_a_bar_for_each_whole_and_none_below_nothing() -> None:
    picture = pyramid(tiers(50.0), ["客户", "毛利"], 640, size=SIZE, alt="金字塔")
    ground, half, other = bar_widths(picture, "vip")
    assert half == ground / 2
    assert other == ground
    assert not outside(picture)
    assert not covered(picture)
    assert not outside(pyramid(tiers(104.0), ["客户", "毛利"], 320, size=SIZE, alt="窄"))


COLUMNS = (
    Column("潜在", (Cell("potential", "潜在", 30),)),
    Column("在谈", (Cell("selling", "在谈", 6),)),
    Column("合作", tuple(Cell(name, name, at) for at, name in enumerate(("新", "成长", "下滑")))),
    Column("流失", (Cell("lost", "流失", 4, "占 3 %"),)),
)


def test_arrows_go_from_cell_to_cell_and_say_how_many() -> None:
    keys = [cell.key for column in COLUMNS for cell in column.cells]
    arrows = [
        Arrow(f"{start}>{end}", start, end, at + 1)
        for at, (start, end) in enumerate([*pairwise(keys), ("lost", "potential"), ("下滑", "新")])
    ]
    picture = flows(COLUMNS, arrows, 760, size=SIZE, alt="周期")
    heads = [s for s in picture.shapes if isinstance(s, Path) and s.closed]
    assert [head.key for head in heads] == [arrow.key for arrow in arrows]
    said = [s.key for s in picture.shapes if s.key in {arrow.key for arrow in arrows}]
    assert all(said.count(arrow.key) == 3 for arrow in arrows)  # a way, a head and a number
    assert not outside(picture)
    assert not covered(picture)


def test_lines_bridge_gaps_and_names_keep_apart() -> None:
    same = (4.0, None, 3.0)
    picture = lines(
        ("1 月", "2 月", "3 月"),
        [Series(key, key, same, "3.0") for key in ("产品", "服务", "形象")],
        1,
        5,
        [(1, "1"), (5, "5")],
        600,
        200,
        size=SIZE,
        alt="满意度",
    )
    marks = list(dict.fromkeys(shape.key for shape in picture.shapes if shape.key))
    assert marks == [f"{key}:{at}" for key in ("产品", "服务", "形象") for at in (0, 2)]
    assert {"产品 3.0", "服务 3.0", "形象 3.0"} <= set(texts(picture))
    assert not covered(picture)
    assert not outside(picture)
    alone = lines(("1 月",), [Series("a", "甲", (None,))], 1, 5, (), 600, 200, size=SIZE, alt="空")
    assert not outside(alone)


def test_a_ranking_tells_rise_and_fall_and_points_left_below_nothing() -> None:
    rows = [
        Ranked("a", "1", "海润牧业", 90.0, "¥90", 2),
        Ranked("b", "2", "很长的名字" * 9, 10.0, "¥10", -12, "只买特价"),
        Ranked("c", "3", "金穗", -5.0, "-¥5", None),
        Ranked("d", "4", "绿源", 0.0, "¥0"),
    ]
    picture = ranks(rows, 640, size=SIZE, alt="排名", new="新")
    long = {s.key: s for s in picture.shapes if isinstance(s, Box) and s.fill}
    assert set(long) == {"a", "b", "c"}
    assert long["c"].x + long["c"].width == long["a"].x
    assert {"2", "12", "新", "–"} <= set(texts(picture))
    assert not covered(picture)
    assert not outside(picture)
    assert not outside(ranks([], 640, size=SIZE, alt="", new="新"))


BARS = st.lists(st.none() | st.floats(-1e6, 1e6, allow_nan=False), min_size=6, max_size=6)


@unhurried
@given(st.lists(st.tuples(BARS, BARS), min_size=1, max_size=7), st.sampled_from([300, 640]))
def test_small_multiples_keep_to_their_room_and_can_be_pressed(
    figures: list[tuple[list[float | None], list[float | None]]], width: int
) -> None:
    panels = tuple(
        Panel(
            f"p{at}",
            "销售增长",
            "10.1 %",
            "good",
            "目标 8 %",
            "ink-2",
            *map(tuple, pair),
            way=at % 2,
        )
        for at, pair in enumerate(figures)
    )
    found = multiples(
        [Band("财务", (("进攻", panels[:1]), ("防守", panels[1:])))], width, size=SIZE, alt="指标"
    )
    assert not outside(found)
    assert not covered(found)
    for panel in panels:
        (box,) = [
            one
            for one in found.shapes
            if isinstance(one, Box) and one.height > 7 * SIZE and one.key == panel.key
        ]
        assert key_at(found, box.x + 1, box.y + 1) == panel.key
