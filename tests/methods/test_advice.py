"""How to meet people: whose quadrant has its say, and in which order the talk goes (M21)."""

from __future__ import annotations

from datetime import date

import pytest

from fieldsales.domain.contact import Contact
from fieldsales.domain.profile import Assessment, Clue
from fieldsales.domain.visit import PersonFacts
from fieldsales.domain.whole_brain import QUADRANTS, TYPES, Scores
from fieldsales.methods.whole_brain.advice import (
    PARTS,
    ROLES,
    Seat,
    advise,
    by_strength,
    grounds,
    letters,
    lines,
    main_role,
    seat,
    turns_told,
)
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.methods.whole_brain.told import best_profile
from fieldsales.words import LANGUAGES, Words

TODAY = date(2026, 11, 9)
ZH = Words("zh_CN")
BRAIN = whole_brain("zh_CN")
A, B, C, D = (
    (12.0, 4.0, 4.0, 4.0),
    (4.0, 12.0, 4.0, 4.0),
    (4.0, 4.0, 12.0, 4.0),
    (4.0, 4.0, 4.0, 12.0),
)
BC: Scores = (3.0, 8.0, 10.0, 3.0)
EVEN: Scores = (6.0, 5.0, 7.0, 6.0)


def at(name: str, scores: Scores, role: str = "") -> Seat:
    return Seat(Profile(name, scores), role)


UNKNOWN = Seat(Profile("张三"), "user")


def test_one_person_is_met_in_their_quadrant_and_role() -> None:
    [counsel] = advise([at("王建国", A, "gatekeeper")], BRAIN).counsels
    own = BRAIN.advice["a_gatekeeper"]
    assert [getattr(counsel, part) for part in PARTS] == [own.bring, own.say, own.show, own.avoid]
    [plain] = advise([at("王建国", A)], BRAIN).counsels
    assert plain.say == BRAIN.advice["a"].say


def test_of_two_quadrants_each_has_its_say() -> None:
    [counsel] = advise([at("任鹏飞", BC)], BRAIN).counsels
    assert counsel.quadrants == ("c", "b")
    assert (counsel.bring, counsel.say) == (BRAIN.advice["c"].bring, BRAIN.advice["c"].say)
    assert (counsel.show, counsel.avoid) == (BRAIN.advice["b"].show, BRAIN.advice["b"].avoid)


def test_who_is_even_is_served_by_all_four() -> None:
    [counsel] = advise([at("李梅", EVEN)], BRAIN).counsels
    assert counsel.quadrants == ("c", "a", "d", "b")
    said = [getattr(counsel, part) for part in PARTS]
    wanted = zip(counsel.quadrants, PARTS, strict=True)
    assert said == [getattr(BRAIN.advice[quadrant], part) for quadrant, part in wanted]


def test_several_are_served_in_the_order_of_the_talk() -> None:
    advice = advise([at("康小云", A, "gatekeeper"), at("任鹏飞", C, "user"), UNKNOWN], BRAIN)
    assert advice.talk is BRAIN.meetings["ac"]
    assert advice.turns == (("c", ("任鹏飞",)), ("a", ("康小云",)))
    assert turns_told(advice, ZH) == "C（任鹏飞），再到 A（康小云）"
    assert [seat.profile.name for seat in advice.unknown] == ["张三"]


def test_the_weightiest_role_comes_first() -> None:
    advice = advise([at("甲", A, "user"), at("乙", A), at("丙", A, "decision_maker")], BRAIN)
    assert [one.seat.profile.name for one in advice.counsels] == ["丙", "甲", "乙"]
    assert advice.talk is None  # they all think alike
    assert main_role(["guide", "user", "insider"]) == "user"
    assert main_role(["insider"]) == ""


def test_the_gap_is_ours_to_each_of_them() -> None:
    seats = [at("任鹏飞", C, "user"), at("魏东升", D, "decision_maker")]
    advice = advise(seats, BRAIN, own=Profile("", A))
    assert [one.gap for one in advice.counsels] == [BRAIN.gaps["a_d"], BRAIN.gaps["a_c"]]
    assert ("你 A，对方 D", BRAIN.gaps["a_d"].tell) in lines(advice, ZH)
    for own in (None, Profile("")):
        assert [one.gap for one in advise(seats, BRAIN, own=own).counsels] == [None, None]


def test_nothing_known_gives_no_advice_but_what_to_notice() -> None:
    advice = advise([UNKNOWN], BRAIN)
    assert advice.counsels == ()
    [(about, what)] = lines(advice, ZH)
    assert about == "还不熟悉"
    assert "张三" in what
    assert lines(advise([], BRAIN), ZH) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", [*ROLES, ""])
@pytest.mark.parametrize("held", TYPES)
def test_every_type_in_every_role_gets_advice(held: str, role: str, language: str) -> None:
    brain, words = whole_brain(language), Words(language)
    scores = tuple(24 / len(held) if one in held else 0.0 for one in QUADRANTS)
    person = Seat(Profile("王", scores), role)  # type: ignore[arg-type]
    advice = advise([person, UNKNOWN], brain, own=Profile("", D))
    told = lines(advice, words)
    assert len(told) <= 6
    assert all(about and what for about, what in told)
    assert len({what for _, what in told}) == len(told)


def test_no_more_lines_than_there_is_room_for() -> None:
    seats = [at("甲", A), at("乙", B), at("丙", C), at("丁", D), UNKNOWN]
    advice = advise(seats, BRAIN, own=Profile("", A))
    assert len(lines(advice, ZH)) == 6
    assert lines(advice, ZH)[-1][0] == "还不熟悉"
    assert [about for about, _ in lines(advice, ZH, 2)] == ["先后", "还不熟悉"]
    assert lines(advice, ZH, 0) == []


def test_what_they_say_of_themselves_counts_before_what_was_seen() -> None:
    clue = Clue(contact_id="p", code="words_a1", seen_on="2026-11-08")
    seen = best_profile("王", None, [clue], BRAIN, ZH, TODAY)
    assert (letters(seen), seen.observed) == ("A", True)
    assert grounds(seen, ZH) == "观察所得，把握不大"
    picked = [item.code for item in BRAIN.items.values() if item.quadrant == "d"][:8]
    said = best_profile("王", Assessment(likes=" ".join(picked)), [clue], BRAIN, ZH, TODAY)
    assert (letters(said), said.observed) == ("D", False)
    assert grounds(said, ZH) == "自测结果"
    nothing = best_profile("王", None, [], BRAIN, ZH, TODAY)
    assert (letters(nothing), grounds(nothing, ZH)) == ("", "还没有线索")
    person = PersonFacts(Contact(name="王"), roles=("guide", "purchaser"), clues=(clue,))
    assert seat(person, ZH, TODAY) == Seat(seen, "purchaser")
    assert by_strength(Profile("王", EVEN)) == ("c", "a", "d", "b")
