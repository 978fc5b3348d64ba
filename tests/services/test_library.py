"""The shipped library as the window gets it, and finding in it by what was said."""

from __future__ import annotations

import pytest

from fieldsales.domain.deal import STAGES
from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS
from fieldsales.domain.verdict import ADVANCES
from fieldsales.domain.visit import SIGNAL_KINDS
from fieldsales.services.library import SPIN_KINDS, library
from fieldsales.services.matching import Matcher
from fieldsales.words import LANGUAGES, PSEUDO


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_holds_the_same_entries(language: str) -> None:
    here, there = library(language), library("zh_CN")
    for table in here.__slots__:
        assert list(getattr(here, table)) == list(getattr(there, table))


def test_entries_name_only_what_there_is() -> None:
    shipped = library("zh_CN")
    assert {signal.kind for signal in shipped.signals.values()} == set(SIGNAL_KINDS)
    assert {question.kind for question in shipped.questions.values()} == set(SPIN_KINDS)
    assert set(shipped.advances) == set(ADVANCES)
    assert set(shipped.next_advances) == set(STAGES)
    for stage in shipped.next_advances.values():
        assert set(stage.advances) <= set(ADVANCES)
    needs = {clue.need for clue in shipped.observations.values() if clue.need}
    assert needs <= {*ORGANISATION_NEEDS, *PERSONAL_NEEDS}


def test_codes_fit_the_field_that_keeps_them() -> None:
    shipped = library("zh_CN")
    for table in (shipped.signals, shipped.questions, shipped.objections, shipped.observations):
        assert max(map(len, table)) <= 80


def test_an_answer_in_the_style_of_a_person() -> None:
    shipped = library("zh_CN")
    for objection in shipped.objections.values():
        ready = objection.ready
        assert (ready["main"], ready["a"]) == (objection.answer, objection.answer_a[0])
        assert {"b", "c", "d"} < ready.keys()
        assert all(ready.values())


def test_the_questions_of_a_trade_come_before_those_of_all() -> None:
    found = library("en").questions_for("pig_farm")
    own = [bool(question.industries) for question in found]
    assert own == sorted(own, reverse=True)
    assert {True, False} == set(own)
    assert all("pig_farm" in question.industries for question in found if question.industries)


def test_a_trade_of_the_users_own_gets_what_fits_everywhere() -> None:
    found = library("zh_CN").materials_for("养蜂")
    assert found
    assert not [material for material in found if material.industries]


def test_the_pseudo_language_reads_the_english_entries() -> None:
    assert library(PSEUDO).signals == library("en").signals


# matching

SAID = Matcher(
    {
        "price": ["凭什么比别家贵", "你们的料太贵了"],
        "delivery": ["送货跟不上", "上回等了三天"],
        "supplier": ["有固定供货的了", "老张家的料用惯了"],
        "english": ["Too many functions", "I only need the dial"],
    }
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("贵", "price"),
        ("太貴了", "price"),  # typed in traditional script
        ("你这料怎么这么贵", "price"),  # in other words
        ("gdgh", "supplier"),
        ("songhuo", "delivery"),
        ("FUNCTIONS", "english"),
        ("等了好幾天", "delivery"),
    ],
)
def test_what_was_said_finds_its_entry(typed: str, found: str) -> None:
    assert SAID.find(typed)[:1] == [found]


@pytest.mark.parametrize("typed", ["", "  ", "？！", "xyzzy", "\x00"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert SAID.find(typed) == []


def test_the_title_counts_more_than_the_rest() -> None:
    matcher = Matcher({"later": ["再等等", "太贵"], "price": ["太贵", "再等等"]})
    assert matcher.find("太贵") == ["price", "later"]
    assert matcher.find("再等等") == ["later", "price"]


@pytest.mark.parametrize("typed", ["jia", "wj"])
def test_the_title_counts_more_also_by_its_sound(typed: str) -> None:
    matcher = Matcher({"relative": ["不好说", "家里人不让问加料"], "price": ["开口就问价"]})
    assert matcher.find(typed)[0] == "price"


def test_no_more_than_asked_for() -> None:
    assert len(SAID.find("的", limit=1)) == 1
