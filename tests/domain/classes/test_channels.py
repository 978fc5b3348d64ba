"""Channels, customers served twice and what partners get (M39)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.channels import (
    CHANNELS,
    Conflict,
    Served,
    Way,
    by_channel,
    by_partner,
    conflicts,
)

SERVED = st.lists(
    st.builds(
        Served,
        st.sampled_from("abc"),
        st.sampled_from([*CHANNELS, "fair"]),
        st.sampled_from(["", "p1", "p2"]),
        st.integers(0, 10**9),
        st.integers(0, 10**8),
        st.integers(0, 30).map(Decimal),
    ),
    max_size=12,
)


def test_worked_example_of_a_partner() -> None:
    [part] = by_partner(
        [
            Served("a", "dealer", "p", 100_000, 20_000, Decimal(5)),
            Served("b", "direct", "", 900_000, 50_000),
        ]
    )
    assert (part.commission, part.partners_share, part.ours) == (5_000, Decimal("25.0"), 15_000)
    [greedy] = by_partner([Served("a", "agent", "p", 100, 5, Decimal(10))])
    assert (greedy.partners_share, greedy.ours) == (200, -5)
    [free] = by_partner([Served("a", "agent", "p", 100)])
    assert free.partners_share is None


def test_channels_stand_in_their_order() -> None:
    served = [
        Served("a", "fair", "", 1),
        Served("a", "dealer", "p", 1),
        Served("b", "direct", "", 2),
    ]
    found = by_channel(served)
    assert [part.code for part in found] == ["direct", "dealer", "fair"]
    assert [part.share_of_sales for part in found] == [50, 25, 25]
    assert by_channel([]) == ()


def test_conflicts() -> None:
    served = [
        Served("a", "dealer", "p1", 10),
        Served("a", "direct", "", 25),
        Served("a", "direct", "", 5),
        Served("b", "dealer", "p1", 10),
        Served("b", "dealer", "p1", 10),
        Served("c", "dealer", "p1", 50),
        Served("c", "dealer", "p2", 50),
    ]
    assert conflicts(served) == (
        Conflict("c", (Way("dealer", "p1", 50), Way("dealer", "p2", 50))),
        Conflict("a", (Way("direct", "", 30), Way("dealer", "p1", 10))),
    )


@given(SERVED)
def test_parts_add_up_in_any_order(served: list[Served]) -> None:
    found = by_channel(served)
    assert sum(part.sales for part in found) == sum(one.sales for one in served)
    assert sum(part.margin for part in found) == sum(one.margin for one in served)
    assert sum(part.share_of_sales for part in found) in (0, 100)
    assert by_channel(reversed(served)) == found
    assert by_partner(reversed(served)) == by_partner(served)
    assert conflicts(reversed(served)) == conflicts(served)
    for conflict in conflicts(served):
        ways = {
            (one.channel, one.partner_id)
            for one in served
            if one.customer_id == conflict.customer_id
        }
        assert len(conflict.ways) == len(ways) > 1
