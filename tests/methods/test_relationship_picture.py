"""The relationship matrix: dots in their cells, named, none upon another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.relationship import CELLS, Standing
from fieldsales.drawing.placing import Rect, bounds
from fieldsales.drawing.shapes import Arc, Box, Picture, key_at
from fieldsales.methods.relationship.picture import Dot, finding, matrix
from fieldsales.words import Words
from tests.methods.drawn import covered, outside, texts, unhurried

WORDS = Words("zh_CN")
RATING = st.sampled_from([1.0, 2.0, 3.0, 3.5, 4.0, 5.0])


@st.composite
def dots(draw, least: int = 1, most: int = 60) -> list[Dot]:
    count = draw(st.integers(least, most))
    return [
        Dot(
            f"k{at}",
            draw(st.sampled_from(["王建国", "海润牧业有限公司", "Alexander Hamilton"])),
            Standing(draw(RATING), draw(RATING)),
            customer=draw(st.booleans()),
            fresh=draw(st.sampled_from([0.0, 0.5, 1.0])),
        )
        for at in range(count)
    ]


def drawn(picture: Picture) -> dict[str, Rect]:
    return {
        shape.key: bounds(shape)
        for shape in picture.shapes
        if isinstance(shape, Arc | Box) and shape.key and shape.key not in CELLS
    }


def cells(picture: Picture) -> dict[str, Rect]:
    return {
        shape.key: bounds(shape)
        for shape in picture.shapes
        if isinstance(shape, Box) and shape.key in CELLS
    }


@unhurried
@given(dots(), st.sampled_from([300.0, 480.0, 640.0]))
def test_every_dot_is_in_its_cell_and_alone_there(found: list[Dot], width: float) -> None:
    picture = matrix(found, WORDS, width)
    assert not outside(picture)
    assert not covered(picture)
    placed, frames = drawn(picture), cells(picture)
    assert placed.keys() == {one.key for one in found}
    for at, one in enumerate(found):
        assert placed[one.key].within(frames[one.cell])
        assert not any(placed[one.key].meets(placed[other.key]) for other in found[:at])


def test_where_there_is_room_each_has_its_name_and_its_place() -> None:
    found = [
        Dot("a", "王建国", Standing(5, 5)),
        Dot("b", "李敏", Standing(3.5, 3.5)),
        Dot("c", "赵", Standing(1, 1)),
    ]
    picture = matrix(found, WORDS, 640)
    assert {"王建国", "李敏", "赵", "伙伴", "朋友", "供应商", "局外人"} <= {*texts(picture)}
    placed = drawn(picture)
    assert placed["c"].left < placed["b"].left < placed["a"].left
    assert placed["a"].top < placed["b"].top < placed["c"].top
    middle = placed["a"]
    assert key_at(picture, middle.left + 3, middle.top + 3) == "a"
    assert key_at(picture, 20, picture.height / 2 + 40) == "outsider"


def test_beyond_sixty_the_cells_tell_their_counts() -> None:
    found = [Dot(str(at), "王", Standing(5, 1 if at < 20 else 5)) for at in range(61)]
    picture = matrix(found, WORDS, 640)
    assert not drawn(picture)
    assert {"20", "41", "0"} <= {*texts(picture)}


def test_fading_shows_in_the_dot_and_in_the_finding() -> None:
    found = [
        Dot("new", "王", Standing(5, 5)),
        Dot("pale", "李", Standing(5, 5), fresh=0.5),
        Dot("gone", "赵", Standing(1, 5), fresh=0.0),
    ]
    fills = {
        shape.key: shape.fill
        for shape in matrix(found, WORDS, 640).shapes
        if isinstance(shape, Arc) and shape.key
    }
    assert fills == {"new": "accent", "pale": "line", "gone": "paper"}
    assert finding(found, WORDS) == "3 个里有 2 个是伙伴；其中 1 个很久没见，正在变淡"


def test_who_is_not_rated_is_counted_below() -> None:
    found = [Dot("a", "王", Standing(5, 5)), Dot("b", "李", Standing(5, None))]
    assert "另有 1 个还没评" in texts(matrix(found, WORDS, 640))
    assert finding(found[1:], WORDS) == "还没评过需要，关系停在哪一步看不出来"
    more = [*found, Dot("c", "赵", Standing(5, 1))]
    assert finding(more, Words("en")) == "1 of 2 are partners; next most: Supplier (1)"
