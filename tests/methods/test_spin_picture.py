"""The way of a conversation: steps, gaps by name, nothing outside or upon another (M27)."""

from __future__ import annotations

import pytest

from fieldsales.domain.need import Need
from fieldsales.domain.spin import Flow, Gap, Totals, flow
from fieldsales.domain.visit import VisitItem
from fieldsales.domain.worksheet import WorksheetRow
from fieldsales.drawing.shapes import Box, Line, Path, Text, key_at
from fieldsales.methods.spin.picture import (
    STEPS,
    Asked,
    by_visit,
    finding,
    is_empty,
    trend_told,
    way,
)
from fieldsales.words import LANGUAGES, Words
from tests.domain.test_spin import BENEFIT, EXPLICIT, IMPLIED, asked
from tests.methods.drawn import covered, outside, painted, printed, texts

ZH = Words("zh_CN")


def _flow(
    kinds: str = "", needs: tuple[Need, ...] = (), rows: tuple[WorksheetRow, ...] = ()
) -> Flow:
    def kind(item: VisitItem) -> str:
        return item.code

    return flow(asked(kinds), needs, rows, kind)


FLOWS = {
    "empty": _flow(),
    "broken everywhere": _flow("sssssp", (IMPLIED, EXPLICIT), (WorksheetRow(benefit="响"),)),
    "no payoff": _flow("pi", (IMPLIED,)),
    "whole": _flow("spin", (IMPLIED, EXPLICIT), (BENEFIT,)),
}


@pytest.mark.parametrize("language", [*LANGUAGES, "pseudo"])
@pytest.mark.parametrize("width", [380, 600, 1200])
@pytest.mark.parametrize("told", FLOWS.values(), ids=FLOWS)
def test_it_fits_its_frame_and_can_be_read(
    qapp: object, told: Flow, width: int, language: str
) -> None:
    picture = way(told, Words(language), width)
    assert picture.width == width
    assert outside(picture) == []
    assert covered(picture) == []
    painted(picture)
    assert printed(picture)


def test_each_gap_is_named_and_crossed_where_it_opens() -> None:
    picture = way(FLOWS["broken everywhere"], ZH, 900)
    said = "".join(texts(picture))
    for name in ("背景问了5个", "难处没追问后果", "1条需求没有回应", "1条没人要过"):
        assert name in said.replace(" ", "")
        assert name in picture.alt.replace(" ", "")
    crosses = [one for one in picture.shapes if isinstance(one, Line) and one.thickness > 1.5]
    assert len(crosses) == 4  # two strokes on each way that is broken
    dashed = [one for one in picture.shapes if isinstance(one, Line) and one.dash]
    assert len(dashed) == 2  # told without colour, too
    keys = {one.key for one in picture.shapes if isinstance(one, Box)}
    assert keys >= {*STEPS, *(f"gap:{gap}" for gap in FLOWS["broken everywhere"].gaps)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "size"), [(330, 9.0), (900, 12.0)])
def test_a_gap_is_named_in_whole_words(
    qapp: object, width: int, size: float, language: str
) -> None:
    words = Words(language)
    for told in FLOWS.values():
        picture = way(told, words, width, size=size)
        for gap in told.gaps:
            lines = [
                one.text.strip()
                for one in picture.shapes
                if isinstance(one, Text) and one.key == f"gap:{gap}"
            ]
            known = [words(f"spin.gap.{gap}", n=n) for n in range(1, 9)]
            if language == "en":
                assert " ".join(lines) in known
            else:
                assert "".join(lines).replace(" ", "") in [one.replace(" ", "") for one in known]


def test_a_whole_way_has_no_cross_and_counts_what_is_met() -> None:
    picture = way(FLOWS["whole"], ZH, 900)
    assert not [one for one in picture.shapes if isinstance(one, Line) and one.dash]
    assert texts(picture).count("1") == 3  # implied, explicit, met
    assert finding(FLOWS["whole"], ZH) == "有 1 条明确需求已经用利益回应"


def test_the_empty_form_says_what_belongs_where() -> None:
    picture = way(FLOWS["empty"], ZH, 900)
    assert is_empty(FLOWS["empty"])
    assert "0" not in texts(picture)
    assert {"他说哪里不顺", "问后果，问好处", "他说“我要”", "我们怎么回应"} <= set(texts(picture))
    boxes = [one for one in picture.shapes if isinstance(one, Box)]
    assert all(box.dash for box in boxes)
    assert len([one for one in picture.shapes if isinstance(one, Path)]) == 3


def test_steps_can_be_pressed() -> None:
    picture = way(FLOWS["whole"], ZH, 900)
    assert [key_at(picture, x, 40) for x in (50, 320, 560, 850)] == list(STEPS)


def _asked(key: str, **counts: int) -> Asked:
    kinds = ("situation", "problem", "implication", "payoff")
    return Asked(key, key, {kind: Totals(9, counts.get(kind, 0), 0) for kind in kinds})


def test_visits_are_told_by_letters_and_how_deep_they_went() -> None:
    visits = [_asked("11月1日", situation=3, problem=1), _asked("11月8日", problem=1, payoff=1)]
    picture = by_visit(visits, ZH, 400)
    assert {"背 3", "难 1", "效 1"} <= set(texts(picture))
    assert "往深里问占 50%" in texts(picture)
    assert outside(picture) == []
    assert covered(picture) == []
    assert key_at(picture, 5, 40) == "11月8日"
    assert "11月1日" in picture.alt


@pytest.mark.parametrize(
    ("change", "said"),
    [(None, "问过几次以后"), (0.0, "一样深"), (0.125, "多 12 个"), (-0.4, "少 40 个")],
)
def test_the_trend_is_said_in_words(change: float | None, said: str) -> None:
    assert said in trend_told(change, ZH)


def test_every_gap_has_a_finding() -> None:
    findings = {finding(told, ZH) for told in FLOWS.values()}
    assert len(findings) == len(FLOWS)
    assert set(Gap) == {gap for told in FLOWS.values() for gap in told.gaps}
