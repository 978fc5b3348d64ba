"""The pictures of the funnel: what they show, and where they can be pressed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fieldsales.domain.verdict import Verdict
from fieldsales.drawing.bars import Row, bars
from fieldsales.drawing.shapes import Arc, Box, Text, key_at
from fieldsales.methods.funnel.ribbon import Stop, ribbon
from fieldsales.words import LANGUAGES, Words

FIRST = date(2026, 1, 5)


def stops(count: int) -> list[Stop]:
    verdicts = [*Verdict, None]
    return [
        Stop(f"visit-{at}", FIRST + timedelta(days=7 * at), verdicts[at % len(verdicts)])
        for at in range(count)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 7, 60])
def test_the_ribbon_keeps_to_its_room_and_shows_the_last(lang: str, count: int) -> None:
    picture = ribbon(stops(count), Words(lang), 500)
    assert picture.width <= 500
    discs = [shape for shape in picture.shapes if isinstance(shape, Arc) and shape.key]
    assert [disc.key for disc in discs] == [f"visit-{at}" for at in range(count)][-7:]
    for disc in discs:
        assert key_at(picture, disc.x, disc.y) == disc.key


def test_success_is_told_by_shape_too() -> None:
    picture = ribbon(stops(5), Words("en"), 800)
    fills = [shape.fill for shape in picture.shapes if isinstance(shape, Arc) and shape.stroke]
    good = {Verdict.ORDER: "good", Verdict.ADVANCE: "good"}
    assert fills == [good.get(verdict, "paper") for verdict in Verdict] + ["paper"]


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    rows = [
        Row("甲", (("accent", 4.0), ("good", 4.0)), "8", key="a", most=True),
        Row("乙", (("line", 2.0), ("good", 0.0)), "2", key="b"),
    ]
    picture = bars(rows, 600, size=12, alt="x")
    drawn = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.fill]
    assert [box.fill for box in drawn] == ["accent", "good", "line"]
    assert drawn[0].width == drawn[1].width == pytest.approx(2 * drawn[2].width)
    assert drawn[1].x == pytest.approx(drawn[0].x + drawn[0].width)
    assert key_at(picture, 5, picture.height - 5) == "b"


def test_long_names_are_shortened_and_no_bar_is_too_much() -> None:
    picture = bars([Row("很长的名字" * 20, (("accent", 0.0),), "0")], 300, size=12, alt="x")
    texts = [shape.text for shape in picture.shapes if isinstance(shape, Text)]
    assert texts[0].endswith("…")
    assert bars([], 300, size=12, alt="x").height > 0
