"""The content of the methods as screens and papers get it, in one language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from fieldsales.domain.profile import SHEETS
from fieldsales.domain.whole_brain import UNKNOWN
from fieldsales.methods.need_depth.content import need_depth
from fieldsales.methods.negotiation.content import negotiation
from fieldsales.methods.purchase_factors.content import factors
from fieldsales.methods.relationship.content import relationship
from fieldsales.methods.walk_around.content import checks
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.words import LANGUAGES, PSEUDO

LOADERS = (whole_brain, negotiation, relationship, need_depth, factors, checks)


def _codes(content: Any) -> dict[str, list[str]]:
    if isinstance(content, dict):
        return {"": list(content)}
    names = [one.name for one in fields(content)]
    return {table: list(getattr(content, table)) for table in names}


@pytest.mark.parametrize("load", LOADERS)
def test_every_language_holds_the_same_in_its_own_words(load: Callable[[str], Any]) -> None:
    said = [load(language) for language in LANGUAGES]
    assert _codes(said[0]) == _codes(said[1]) == _codes(said[2])
    assert said[0] != said[1] != said[2]
    assert load(PSEUDO) == said[2]


@pytest.mark.parametrize("sheet", SHEETS)
def test_items_are_mixed_and_the_same_everywhere(sheet: str) -> None:
    quadrants = "".join(item.quadrant for item in whole_brain("zh_CN").items_of(sheet))
    assert sorted(quadrants) == sorted("abcd" * 8)
    assert not [quadrant for quadrant in "abcd" if quadrant * 3 in quadrants]
    for start in range(0, 32, 8):
        assert all(1 <= quadrants[start : start + 8].count(each) <= 3 for each in "abcd")
    codes = [item.code for item in whole_brain("en").items_of(sheet)]
    assert codes == [item.code for item in whole_brain("zh_TW").items_of(sheet)]


def test_the_order_of_a_sheet_never_changes() -> None:
    first = [item.code for item in whole_brain("en").items_of("likes")][:6]
    assert first == ["likes_b6", "likes_a5", "likes_c3", "likes_c8", "likes_d6", "likes_b4"]


def test_scores_find_what_is_said_of_them() -> None:
    said = whole_brain("en")
    assert said.type_told((10, 6, 5, 3)) is said.types["a"]
    assert said.type_told((8, 3, 9, 4)) is said.types["ac"]
    assert said.type_told((7, 6, 6, 5)) is said.types["abcd"]
    assert said.type_told((6, 6, 6, 6)) is said.types["flat"]
    assert said.type_told(UNKNOWN) is None


def test_a_clue_speaks_for_one_quadrant_or_two() -> None:
    clues = whole_brain("zh_CN").clues
    assert clues["first_a1"].text == "第一句就问价格构成"
    assert clues["first_a1"].weights == (3, 0, 0, 0)
    assert clues["desk_a3"].weights == (1, 0, 0, 1)


def test_clues_come_by_what_they_are_read_from() -> None:
    said = whole_brain("en")
    by_category = [clue for category in said.categories for clue in said.clues_of(category)]
    assert by_category == list(said.clues.values())


def test_advice_of_a_role_goes_before_that_in_general() -> None:
    said = whole_brain("en")
    assert said.advice_for("a", "purchaser").code == "a_purchaser"
    assert said.advice_for("a", "insider").code == said.advice_for("a").code == "a"


def test_the_gap_is_told_from_the_seller_to_the_buyer() -> None:
    said = whole_brain("en")
    assert said.gap("a", "c").tell == "Open with the person, one story before one number."
    assert said.gap("c", "a") != said.gap("a", "c")


def test_a_meeting_is_known_by_who_sits_there() -> None:
    said = whole_brain("zh_TW")
    mixed = said.meeting(["c", "a", "c"])
    assert mixed is said.meetings["ac"]
    assert mixed.order == ("c", "a")
    assert said.meeting(["b"]) is None
    assert said.meeting([]) is None
