"""Whom to see in a week: reasons weighed, days kept to a region, no day over its number."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.week_plan import COLD, DEAL, STANCE, Candidate, Wanted, placed, ranked, weigh
from tests.workspaces import TODAY

FRIDAY = TODAY + timedelta(days=4)


def test_reasons_add_up() -> None:
    due = TODAY - timedelta(days=7)
    one = weigh(Candidate("a", "海润", stance="acquire", due_on=due, chance=50), TODAY, FRIDAY)
    assert one is not None
    assert one.reasons == ((COLD, 27), (STANCE, 20), (DEAL, 10))
    assert one.points == 57


def test_who_was_just_seen_waits_unless_something_is_owed() -> None:
    seen = TODAY - timedelta(days=2)
    assert weigh(Candidate("a", "海润", stance="retain", seen_on=seen), TODAY, FRIDAY) is None
    assert weigh(Candidate("a", "海润", promises=1, seen_on=seen), TODAY, FRIDAY) is not None


def test_nothing_speaks_for_who_is_dropped_or_due_later() -> None:
    assert weigh(Candidate("a", "海润", stance="drop", due_on=TODAY), TODAY, FRIDAY) is None
    later = FRIDAY + timedelta(days=1)
    assert weigh(Candidate("a", "海润", due_on=later), TODAY, FRIDAY) is None


def wanted(key: str, region: str, points: int) -> Wanted:
    return Wanted(Candidate(key, key, region), ((COLD, points),))


def test_a_day_keeps_to_the_region_where_one_is_anyway() -> None:
    everybody = [wanted("a", "定边", 50), wanted("b", "靖边", 40), wanted("c", "靖边", 20)]
    tuesday = TODAY + timedelta(days=1)
    found = placed(everybody, {TODAY: 2, tuesday: 2}, {TODAY: ["靖边"]})
    assert found == {"b": TODAY, "c": TODAY, "a": tuesday}


def test_what_a_region_leaves_of_a_day_goes_to_the_next_region() -> None:
    everybody = [wanted("a", "定边", 50), wanted("b", "靖边", 40), wanted("c", "靖边", 20)]
    assert placed(everybody, {TODAY: 2}, {}) == {"a": TODAY, "b": TODAY}


_WANTED = st.lists(
    st.tuples(st.sampled_from(["", "定边", "靖边"]), st.integers(1, 99)), max_size=20
)
_ROOMS = st.dictionaries(
    st.sampled_from([TODAY + timedelta(days=n) for n in range(5)]), st.integers(0, 5)
)


@given(people=_WANTED, rooms=_ROOMS, seed=st.integers())
def test_no_day_is_over_its_number_and_the_most_pressing_go(
    people: list[tuple[str, int]], rooms: dict[date, int], seed: int
) -> None:
    everybody = [wanted(f"{at:02}", *one) for at, one in enumerate(people)]
    found = placed(everybody, rooms, {})
    assert all(list(found.values()).count(day) <= room for day, room in rooms.items())
    going = {one.candidate.customer_id for one in ranked(everybody, sum(rooms.values()))}
    assert set(found) == going
    mixed = random.Random(seed).sample(everybody, len(everybody))
    assert placed(mixed, rooms, {}) == found
