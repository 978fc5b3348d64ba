"""Who rose and who fell between two days (M11)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.history import history
from fieldsales.domain.classes.rules import Rules
from fieldsales.domain.classes.whole import Given, Worth, own
from fieldsales.domain.portfolio import CLASSES, IMPORTANCE, LOYALTY
from fieldsales.domain.review import FELL, ROSE, Move, ReviewItem, moved, moves
from tests.workspaces import TODAY


def worth(customer: str, value: int = 0, **classes: str) -> Worth:
    """A customer that is worth so much, of these classes and else of none."""
    facts = Facts(customer_id=customer, history=history((), TODAY))
    plain = own(Given(facts=facts), Rules())
    return plain._replace(rank_value=value, **dict.fromkeys(CLASSES, ""))._replace(**classes)


def test_a_fall_comes_before_a_rise() -> None:
    then = worth("a", importance="vip", loyalty="old")
    now = worth("a", importance="major", loyalty="loyal")
    assert moves(then, now) == [
        Move(IMPORTANCE, "vip", "major", -1),
        Move(LOYALTY, "old", "loyal", 1),
    ]
    assert [one.method for one in moves(now, then)] == [LOYALTY, IMPORTANCE]


def test_what_could_not_be_told_is_no_move() -> None:
    assert moves(worth("a"), worth("a", importance="vip", star_cow="star")) == []


def test_stances_are_neither_better_nor_worse() -> None:
    assert moves(worth("a", stance="retain"), worth("a", stance="drop")) == []


def test_the_one_worth_most_comes_first_and_newcomers_did_not_move() -> None:
    then = [
        worth("a", importance="vip"),
        worth("b", importance="vip"),
        worth("c", importance="small"),
    ]
    now = [
        worth("a", 1, importance="small"),
        worth("b", 2, importance="major"),
        worth("c", 3, importance="ordinary"),
        worth("d", 9, importance="small"),
    ]
    found = moved(then, now)
    assert [one.customer_id for one, _ in found[FELL]] == ["b", "a"]
    assert [one.customer_id for one, _ in found[ROSE]] == ["c"]


_TIERS = st.sampled_from(CLASSES[IMPORTANCE])
_ALL = st.dictionaries(st.sampled_from("abcdef"), st.tuples(_TIERS, _TIERS, st.integers(0, 9)))


@given(customers=_ALL, shuffled=st.randoms(use_true_random=False))
def test_nobody_is_twice_and_the_order_of_rows_does_not_matter(customers, shuffled) -> None:  # type: ignore[no-untyped-def]
    then = [worth(key, importance=before) for key, (before, _, _) in customers.items()]
    now = [worth(key, value, importance=after) for key, (_, after, value) in customers.items()]
    found = moved(then, now)
    mixed = shuffled.sample(now, len(now))
    assert moved(then, mixed) == found
    listed = [one.customer_id for kind in found.values() for one, _ in kind]
    assert len(listed) == len(set(listed))
    assert set(listed) == {key for key, (before, after, _) in customers.items() if before != after}


def test_further_moves_are_read_back() -> None:
    item = ReviewItem(also="loyalty:old>loyal course:stable>declining")
    assert item.moves == (("loyalty", "old", "loyal"), ("course", "stable", "declining"))
