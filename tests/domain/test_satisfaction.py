"""Satisfaction by its parts: means, which way it goes, and the form that tells of the same parts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fieldsales.domain.fields import clean
from fieldsales.domain.satisfaction import (
    DOWN,
    FORM,
    FORM_PARTS,
    PARTS,
    SAME,
    UP,
    Satisfaction,
    Score,
    mean,
    means,
    trend,
)
from fieldsales.errors import FieldError
from fieldsales.methods.checklist.content import checklists
from fieldsales.words import LANGUAGES


def _score(**parts: int) -> Score:
    given = {part: Decimal(value) for part, value in parts.items()}
    return Score("satisfaction", "1", "c", date(2026, 11, 9), given)


def test_the_mean_leaves_out_what_was_not_answered() -> None:
    scores = [_score(goods=4, service=2), _score(goods=5), _score(service=3)]
    assert mean(scores, "goods") == Decimal("4.5")
    assert means(scores) == {"goods": Decimal("4.5"), "service": Decimal("2.5"), "image": None}
    assert mean([_score(goods=4), _score(goods=4), _score(goods=5)], "goods") == Decimal("4.3")
    assert mean([], "goods") is None


def test_a_part_goes_where_it_went_since_it_was_scored_the_time_before() -> None:
    scores = [_score(goods=4), _score(service=3), _score(goods=5, service=3, image=1)]
    assert [trend(scores, part) for part in PARTS] == [DOWN, SAME, ""]
    assert trend(reversed(scores), "goods") == UP


@pytest.mark.parametrize("value", [0, 6])
def test_scores_run_from_one_to_five(value: int) -> None:
    with pytest.raises(FieldError):
        clean(Satisfaction, {"goods": value})


def test_a_record_has_a_day_and_a_score() -> None:
    Satisfaction(scored_on="2026-11-09", image=1).check({"image"})
    with pytest.raises(FieldError, match="no_score"):
        Satisfaction(scored_on="2026-11-09").check({"image"})
    with pytest.raises(FieldError, match="required"):
        Satisfaction(image=1).check({"scored_on"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_asks_what_its_parts_are_counted_from(language: str) -> None:
    form = checklists(language)[FORM]
    assert tuple(FORM_PARTS) == PARTS
    asked = {
        part: tuple(
            code
            for code, item in form.items.items()
            if item.section == part and item.kind == "scale"
        )
        for part in PARTS
    }
    assert asked == FORM_PARTS
