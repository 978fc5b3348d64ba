"""What the weightiest reader of a text looks for and does not find."""

from __future__ import annotations

from fieldsales.methods.walk_around.content import rules
from fieldsales.methods.walk_around.readers import lacking, together
from fieldsales.methods.walk_around.rules import walk
from fieldsales.methods.whole_brain.advice import Seat
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.store.search import fold

ANALYST = Profile("李梅", (15.0, 3.0, 3.0, 3.0))
CARER = Profile("王建国", (3.0, 3.0, 15.0, 3.0))
UNKNOWN = Profile("新来的")


def test_the_decision_maker_comes_first_whoever_was_named_first() -> None:
    seats = (Seat(CARER, "user"), Seat(UNKNOWN, "decision_maker"), Seat(ANALYST, "gatekeeper"))
    found = walk("天气不错。", rules("zh_CN").tags, fold=fold)
    assert lacking(found, seats) == (seats[2], "a")
    a, _b, c, _d = together(seats)
    assert a > c


def test_whoever_finds_what_they_look_for_lacks_nothing() -> None:
    found = walk("一头猪省 12.5 元。", rules("zh_CN").tags, fold=fold)
    assert lacking(found, (Seat(ANALYST, "decision_maker"),)) is None
    lack = lacking(found, (Seat(ANALYST, "decision_maker"), Seat(CARER)))
    assert lack is not None
    assert lack[1] == "c"


def test_of_nobody_known_nothing_is_said() -> None:
    found = walk("天气不错。", rules("zh_CN").tags, fold=fold)
    assert lacking(found, (Seat(UNKNOWN, "decision_maker"),)) is None
    assert not any(together((Seat(UNKNOWN),)))
