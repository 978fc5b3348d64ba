"""The radar of purchase factors and the plane of negotiation partners."""

from __future__ import annotations

import pytest

from fieldsales.domain.purchase_factors import Factor
from fieldsales.drawing.placing import bounds
from fieldsales.drawing.shapes import Arc, Box, Line, Path, Text, key_at
from fieldsales.methods.negotiation import picture as negotiation
from fieldsales.methods.negotiation.picture import Judged
from fieldsales.methods.purchase_factors import picture as purchase_factors
from fieldsales.words import Words
from tests.methods.drawn import covered, outside, texts

WORDS = Words("zh_CN")
FACTORS = [
    Factor("value", 4, 4, "丰源"),
    Factor("need", 5, 3, "丰源"),
    Factor("price", 2, 4, "丰源"),
    Factor("trust", 4, 3, "丰源"),
    Factor("experience", 3, 3, "丰源"),
]


def test_the_weakest_factor_is_marked_and_named() -> None:
    picture = purchase_factors.radar(FACTORS, WORDS, 600)
    marked = [
        shape.text for shape in picture.shapes if isinstance(shape, Text) and shape.colour == "bad"
    ]
    assert marked == ["价格", "2 : 4 ▼2"]
    assert purchase_factors.finding(FACTORS, WORDS) == "价格比丰源低 2 分，差得最多：先补这一项"
    assert {"我们", "丰源"} <= {*texts(picture)}


def test_we_and_the_rival_are_told_apart_by_line_and_mark() -> None:
    picture = purchase_factors.radar(FACTORS, WORDS, 600)
    lines = [shape for shape in picture.shapes if isinstance(shape, Path) and shape.thickness > 1]
    assert [bool(line.dash) for line in lines] == [True, False]
    assert sum(isinstance(shape, Arc) for shape in picture.shapes) == 6  # five and the name's


def test_each_factor_can_be_pressed() -> None:
    picture = purchase_factors.radar(FACTORS, WORDS, 600)
    boxes = {
        shape.key: bounds(shape) for shape in picture.shapes if isinstance(shape, Box) and shape.key
    }
    assert [*boxes] == ["value", "need", "price", "trust", "experience"]
    for code, box in boxes.items():
        assert key_at(picture, (box.left + box.right) / 2, box.bottom - 1) == code


def test_what_is_not_rated_leaves_the_line_open() -> None:
    picture = purchase_factors.radar([Factor("value", 4), Factor("need", 2)], WORDS, 600)
    thick = [shape for shape in picture.shapes if isinstance(shape, Line) and shape.thickness > 1]
    assert len(thick) == 2  # the side between the two, and the sample before our name
    assert purchase_factors.finding([Factor("value", 4), Factor("need", 2)], WORDS).startswith(
        "最弱的是需求"
    )


def test_good_everywhere_marks_nothing() -> None:
    good = [Factor(one.code, 5, 3, "丰源") for one in FACTORS]
    picture = purchase_factors.radar(good, WORDS, 600)
    assert not [
        shape for shape in picture.shapes if isinstance(shape, Text) and shape.colour == "bad"
    ]
    assert purchase_factors.finding(good, WORDS) == "五个要素都不吃亏，盯住别松手"
    even = [Factor("value", 3, 3, "丰源")]
    assert purchase_factors.finding(even, WORDS) == "没有一项输给丰源；价值最弱，只有 3 分"


def test_several_rivals_are_one_line() -> None:
    mixed = [Factor("value", 4, 5, "丰源"), Factor("price", 4, 2, "海牧")]
    assert "最强的对手" in texts(purchase_factors.radar(mixed, WORDS, 600))


@pytest.mark.parametrize(
    ("scales", "animal"),
    [((2, 1), "鹰"), ((1, -2), "狐"), ((-1, 1), "羊"), ((-2, -2), "驴")],
)
def test_a_partner_stands_in_the_animals_field(scales: tuple[int, int], animal: str) -> None:
    judged = Judged("k", "王建国", *scales)
    picture = negotiation.plane([judged], WORDS, 600)
    dot = next(shape for shape in picture.shapes if isinstance(shape, Arc))
    field = next(
        bounds(shape)
        for shape in picture.shapes
        if isinstance(shape, Box) and shape.key == judged.animal
    )
    assert bounds(dot).within(field)
    assert negotiation.finding([judged], WORDS).startswith(f"王建国像{animal}：")
    assert key_at(picture, dot.x, dot.y) == "k"


def test_many_partners_on_one_spot_do_not_cover_each_other() -> None:
    crowd = [Judged(str(at), f"第{at}位", 2, 2) for at in range(12)]
    picture = negotiation.plane(crowd, WORDS, 480)
    assert not covered(picture)
    assert not outside(picture)
    assert {f"第{at}位" for at in range(12)} <= {*texts(picture)}


def test_undecided_and_unknown_partners() -> None:
    assert negotiation.finding([Judged("k", "赵", 0, 2)], WORDS).startswith("赵还看不准")
    unknown = Judged("k", "赵", 2, None)
    assert negotiation.finding([unknown], WORDS).startswith("谈判桌对面")
    assert not [s for s in negotiation.plane([unknown], WORDS, 480).shapes if isinstance(s, Arc)]
    mixed = [Judged("1", "王", 2, 2), Judged("2", "李", 1, -1)]
    assert negotiation.finding(mixed, Words("en")) == "1 of 2 may not play fair; mind 李 first"
    assert negotiation.finding(mixed[:1] * 2, WORDS) == "2 个人都讲公道"
