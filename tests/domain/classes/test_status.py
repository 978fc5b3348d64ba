"""Purchase status (M03), loyalty (M07) and the lifecycle grid (M09)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes import lifecycle
from fieldsales.domain.classes.facts import Chance, Facts
from fieldsales.domain.classes.history import Line
from fieldsales.domain.classes.judged import FIGURES, Judged
from fieldsales.domain.classes.lifecycle import (
    ACROSS,
    DOWN,
    LifecycleRule,
    Place,
    counts,
    course,
    moves,
    place,
)
from fieldsales.domain.classes.loyalty import LOYALTIES, LoyaltyRule, loyalty
from fieldsales.domain.classes.status import StatusRule, status
from fieldsales.domain.customer import STATUSES
from fieldsales.errors import FieldError
from tests.domain.classes.given import LINES, SALES, TODAY, facts, of

DEAL = Chance(100, 20)


@pytest.mark.parametrize(
    ("known", "code", "reason"),
    [
        (facts((14, 100)), "existing", "bought"),
        (facts((3, 100), deals=(DEAL,)), "existing", "buys"),
        (facts(deals=(DEAL,)), "target", "deal_open"),
        (facts((40, 100), deals=(DEAL,)), "target", "returning"),
        (facts((40, 100)), "lost", "silent"),
        (facts((3, 100), given_up_on=TODAY), "lost", "given_up"),
        (facts((3, 100), given_up_on=TODAY, deals=(DEAL,)), "target", "returning"),
        (facts((3, 100), given_up_on=date(2026, 8, 22)), "lost", "given_up"),
        (facts((3, 100), given_up_on=date(2026, 8, 21)), "existing", "buys"),
        (facts(lost_deal_on=TODAY), "lost", "deal_lost"),
        (facts((14, 100), lost_deal_on=TODAY), "existing", "bought"),
        (facts((3, -100)), "potential", "nothing_yet"),
        (facts(), "potential", "nothing_yet"),
    ],
)
def test_status(known: Facts, code: str, reason: str) -> None:
    found = status(known)
    assert (found.code, found.reason) == (code, reason)
    assert found.code in STATUSES


def test_loyalty() -> None:
    three = ((1, 20), (2, 20), (3, 20))
    assert loyalty(facts(*three, potential=100)).code == "loyal"
    assert loyalty(facts(*three, potential=100)).figures["share"] == 60
    unknown = loyalty(facts(*three))
    assert (unknown.code, unknown.reason) == ("old", "share_unknown")
    assert unknown.figures == {"purchases": 3, "last_on": date(2026, 10, 22)}
    assert loyalty(facts(*three, potential=0)).reason == "share_unknown"
    assert loyalty(facts(*three, potential=121)).reason == "share_low"
    assert loyalty(facts(*three, potential=120)).code == "loyal"
    assert loyalty(facts((12, 20), (13, 20), (14, 20), potential=1)).reason == "not_recent"
    few = loyalty(facts((1, 20), (2, 20), potential=1))
    assert (few.code, few.reason) == ("old", "few_purchases")
    assert few.figures == {
        "purchases": 2,
        "last_on": date(2026, 10, 22),
        "share": Decimal("4000.0"),
    }
    assert loyalty(facts((1, 20))).code == "new"
    assert loyalty(facts((1, -20))).code == "potential"


@pytest.mark.parametrize(
    ("known", "code", "reason"),
    [
        (facts((1, 420_000), (13, 510_000)), "declining", "fell"),
        (facts((1, 110), (13, 100)), "stable", "steady"),
        (facts((1, 111), (13, 100)), "growing", "grew"),
        (facts((1, 90), (13, 100)), "stable", "steady"),
        (facts((1, 89), (13, 100)), "declining", "fell"),
        (facts((8, 100)), "growing", "begun"),
        (facts((5, 100)), "new", "first_order"),
        (facts((6, 100), (1, 100)), "growing", "begun"),
        (facts((24, 100)), "no_value", "silent"),
        (facts((23, 100)), "declining", "fell"),
        (facts((14, 100), (13, -100), (2, -1)), "declining", "returned"),
        (facts((14, 100), (13, -100)), "stable", "steady"),
        (facts((1, 9), overdue=1, complaints=1), "problem", "overdue"),
        (facts((1, 9), complaints=2), "problem", "complaint"),
    ],
)
def test_course(known: Facts, code: str, reason: str) -> None:
    found = course(known)
    assert (found.code, found.reason) == (code, reason)
    if reason == "fell" and known.history.before.amount == 510_000:
        assert found.figures == {"sales": 420_000, "before": 510_000, "change": Decimal("-17.6")}


def test_every_cell_can_be_reached() -> None:
    places = [place(facts((1, 9)), code) for code in STATUSES]
    assert {one.across for one in places} == set(ACROSS)
    assert place(facts((8, 9)), "existing").cell == ("relationship", "growing")
    assert place(facts((8, 9)), "lost").cell == ("lost", "")
    assert sum(counts(places).values()) == len(places)
    assert set(counts([])) == {("potential", ""), ("selling", ""), ("lost", "")} | {
        ("relationship", down) for down in DOWN
    }


def test_movement() -> None:
    potential, new = Place("potential"), Place("relationship", Judged("new", "first_order"))
    before = {"a": potential, "b": potential, "c": new, "gone": new}
    found = moves(before, {"b": new, "a": new, "c": new, "fresh": new})
    assert found == {(("potential", ""), ("relationship", "new")): ("a", "b")}


KNOWN = st.builds(
    lambda lines, deals, potential, lost, given_up, overdue, complaints: Facts(
        customer_id="c1",
        history=of(lines),
        deals=(DEAL,) * deals,
        potential=potential,
        lost_deal_on=lost,
        given_up_on=given_up,
        overdue=overdue,
        complaints=complaints,
    ),
    LINES,
    st.integers(0, 2),
    st.none() | st.integers(0, 10**9),
    st.none() | st.just(TODAY),
    st.none() | st.just(date(2025, 5, 5)),
    st.sampled_from([0, 0, 0, 5]),
    st.sampled_from([0, 0, 0, 1]),
)


@given(KNOWN)
def test_everybody_has_one_class_of_each_kind_and_figures_that_are_known(known: Facts) -> None:
    what = status(known)
    found = place(known, what.code)
    faithful = loyalty(known)
    assert what.code in STATUSES
    assert faithful.code in LOYALTIES
    assert (found.down is None) == (found.across != lifecycle.RELATIONSHIP)
    assert counts([found])[found.cell] == 1
    told = [what, faithful, *([found.down] if found.down else [])]
    assert {name for one in told for name in one.figures} <= set(FIGURES)


@given(KNOWN, st.integers(24, 48), st.integers(0, 48), st.integers(0, 100), st.integers(0, 50))
def test_limits_move_one_way(known: Facts, months: int, more: int, low: int, up: int) -> None:
    if status(known, StatusRule(months)).code == "existing":
        assert status(known, StatusRule(months + more)).code == "existing"
    if loyalty(known, LoyaltyRule(loyal_share=Decimal(low + up) / 2)).code == "loyal":
        assert loyalty(known, LoyaltyRule(loyal_share=Decimal(low) / 2)).code == "loyal"
    higher = LifecycleRule(growing=Decimal(10 + up))
    if course(known, higher).code == "growing":
        assert course(known).code == "growing"


@given(KNOWN, LINES, SALES)
def test_a_sale_never_lowers(known: Facts, lines: list[Line], sale: Line) -> None:
    before = known._replace(history=of(lines))
    after = known._replace(history=of([*lines, sale]))
    assert LOYALTIES.index(loyalty(after).code) <= LOYALTIES.index(loyalty(before).code)
    if status(before).code == "existing":
        assert status(after).code == "existing"


@pytest.mark.parametrize(
    "clash",
    [
        lambda: StatusRule(0),
        lambda: LoyaltyRule(old_purchases=4),
        lambda: LoyaltyRule(loyal_share=Decimal(101)),
        lambda: LifecycleRule(growing=Decimal(-11)),
        lambda: LifecycleRule(new_months=25),
    ],
)
def test_limits_that_clash_are_refused(clash: Callable[[], object]) -> None:
    with pytest.raises(FieldError):
        clash()
