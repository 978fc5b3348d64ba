"""What stands above each picture of the portfolio, and the rules behind rankings and win-backs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes import findings as f
from fieldsales.domain.classes.channels import Conflict, Served, by_channel
from fieldsales.domain.classes.importance import TIERS
from fieldsales.domain.classes.places import Places
from fieldsales.domain.classes.pyramid import Brought, layers, pyramid
from fieldsales.domain.classes.win_back import Gone, win_back
from fieldsales.domain.classes.worth import Change, what_if

TODAY = date(2026, 11, 9)
R = "relationship"


def told(tiers: dict[str, tuple[int, int]], sales: list[int]) -> f.Finding:
    sums = {tier: (*tiers.get(tier, (0, 0)), 0) for tier in TIERS}
    return f.of_pyramid(layers(sums), sorted(sales, reverse=True))


def test_the_finding_says_what_the_layers_show() -> None:
    found = told({"vip": (1, 80), "ordinary": (1, 10), "small": (3, 10)}, [80, 10, 5, 5, 0])
    assert found.code == "upper"
    assert found.figures == {"part": Decimal("40.0"), "share": Decimal("90.0")}
    # of 190 sold to the VIP much came back: what is left counts, as it does in the layer
    returns = told({"vip": (2, 90), "small": (1, 10)}, [190, -100, 10])
    assert returns.figures["share"] == Decimal("90.0")


@given(st.lists(st.tuples(st.sampled_from(TIERS), st.integers(-1000, 100_000)), max_size=60))
def test_the_finding_adds_up_the_layers(customers: list[tuple[str, int]]) -> None:
    brought = {str(at): Brought(sales, 0) for at, (_, sales) in enumerate(customers)}
    made = pyramid({str(at): tier for at, (tier, _) in enumerate(customers)}, brought)
    found = f.of_pyramid(made, sorted((one.sales for one in brought.values()), reverse=True))
    if found.code == "upper":
        assert found.figures["share"] == 100 - made[-1].share_of_sales
        assert found.figures["part"] == 100 - made[-1].share_of_customers


@pytest.mark.parametrize(
    ("tiers", "sales", "code"),
    [
        ({}, [], "nobody"),
        ({"small": (2, 0)}, [0, 0], "no_sales"),
        ({"small": (1, -5)}, [-5], "no_sales"),
        ({"vip": (1, 7)}, [7], "one"),
        ({"small": (3, 21)}, [7, 7, 7], "equal"),
        ({"small": (2, 16)}, [9, 7], "one_tier"),
        ({"vip": (1, -1), "small": (2, -2)}, [9, -5, -7], "returned"),
        ({"vip": (1, 9), "small": (1, 7)}, [9, 7], "upper"),
    ],
)
def test_the_pyramid_says_something_of_every_portfolio(
    tiers: dict[str, tuple[int, int]], sales: list[int], code: str
) -> None:
    assert told(tiers, sales).code == code


def test_places_and_how_they_moved() -> None:
    places = Places.of([20, 90, 50], [60, 40, 50])
    assert [places.place(one) for one in (90, 50, 20)] == [1, 2, 3]
    assert places.moved(90, 40) == 2
    assert places.moved(20, 60) == -2
    assert places.moved(20, 0) is None
    assert places.moved(0, 0) == 0  # nothing is no way into the ranking
    equal = Places.of([5, 5, 5], [5, 5, 5])
    assert equal.place(5) == 1
    assert equal.moved(5, 5) == 0


def test_the_ranking_says_who_buys_only_at_special_terms() -> None:
    assert f.of_places("", None, 0, 0, 0, 0).code == "nobody"
    assert f.of_places("海润", Decimal(18), 0, 0, 0, 0).code == "first"
    assert f.of_places("海润", Decimal(18), 1, 2, 0, 0).code == "moved"
    assert f.of_places("海润", Decimal(18), 1, 2, 0, 3).figures["special"] == 3
    tied = f.of_places("海润", Decimal(25), 0, 0, 4, 3, leading=4)
    assert (tied.code, tied.figures) == ("tied", {"n": 4, "share": Decimal(25)})
    assert f.of_places("海润", None, 0, 1, 0, 0).code == "nothing"  # nobody bought of late


def test_stars_and_questions() -> None:
    known = f.of_kinds({"star": 3, "dog": 4}, {"star": 61, "dog": 39}, 2)
    assert (known.code, known.figures) == ("stars", {"n": 3, "share": Decimal("61.0")})
    of_all = f.of_kinds({"star": 3, "dog": 4}, {"star": 61, "dog": 39, "": 22}, 2)
    assert of_all.figures["share"] == Decimal("50.0")  # of all sales, not of those in the picture
    assert f.of_kinds({"question": 2, "dog": 1}, {"dog": 0}, 0).code == "questions"
    assert f.of_kinds({"dog": 1}, {}, 0).code == "dogs"
    assert f.of_kinds({}, {}, 5) == f.Finding("potential_unknown", {"n": 5})
    assert f.of_kinds({}, {}, 0).code == "nobody"


def test_whom_to_acquire() -> None:
    assert f.of_stances({"acquire": 2}, 70, 0).figures == {"n": 2, "money": 70}
    assert f.of_stances({"drop": 2}, 0, 0).code == "none_to_acquire"
    assert f.of_stances({}, 0, 3).code == "potential_unknown"


def test_steps_for_better_and_for_worse() -> None:
    up = [
        (("potential", ""), ("selling", "")),
        (("selling", ""), (R, "new")),
        ((R, "declining"), (R, "growing")),
        (("lost", ""), ("selling", "")),
        ((R, "problem"), (R, "stable")),
    ]
    for start, end in up:
        assert f.rose(start, end)
        assert not f.rose(end, start)


def test_the_lifecycle_says_what_moved_or_what_worries() -> None:
    grid = {(R, "growing"): 5, (R, "declining"): 2, (R, "problem"): 1, ("lost", ""): 1}
    steps = {((R, "growing"), (R, "declining")): 2, (("potential", ""), ("selling", "")): 1}
    moved = f.of_lifecycle(grid, steps)
    assert (moved.code, moved.figures) == ("moved", {"n": 8, "worry": 3, "up": 1, "down": 2})
    assert f.of_lifecycle(grid, {}).code == "worry"
    assert f.of_lifecycle({(R, "stable"): 1}, {}).code == "steady"
    assert f.of_lifecycle({(R, "stable"): 1}, {}, asked=False).code == "calm"
    assert f.of_lifecycle({("potential", ""): 4}, {}).code == "no_relationship"
    assert f.of_lifecycle({("potential", ""): 0}, {}).code == "nobody"


def test_channels_that_meet_at_one_customer() -> None:
    served = [Served("a", "direct", "", 40), Served("b", "dealer", "p", 60)]
    parts = by_channel(served)
    assert f.of_channels(parts, ()).code == "most"
    assert f.of_channels(parts, [Conflict("a", ())]).figures["n"] == 1
    assert f.of_channels(by_channel(served[:1]), ()).code == "only"
    assert f.of_channels(by_channel([Served("a", "direct", "", -1)]), ()).code == "no_sales"


def test_one_success_of_one_is_not_the_best_source() -> None:
    found = f.of_sources({"web": (1, 0), "old_customer": (8, 2), "": (50, 0)})
    assert found.figures == {"source": "old_customer", "won": 8, "all": 10}
    assert f.of_sources({"web": (0, 3)}).code == "none_won"
    assert f.of_sources({"": (4, 0)}).code == "no_source"
    assert f.of_sources({}).code == "none_closed"


def test_satisfaction_that_fell_comes_before_what_is_low() -> None:
    now = {"goods": Decimal("4.0"), "service": Decimal("3.5"), "image": None}
    fell = f.of_satisfaction(now, {"goods": Decimal("4.4"), "service": None}, 9)
    assert (fell.code, fell.figures["part"]) == ("fell", "goods")
    assert f.of_satisfaction(now, {}, 9).figures["part"] == "service"
    assert f.of_satisfaction({"goods": Decimal(4), "service": Decimal(4)}, {}, 2).code == "even"
    assert f.of_satisfaction({"goods": None}, {}, 0).code == "none"


def test_what_a_change_is_worth() -> None:
    more = f.of_what_if(what_if(500_000, 100_000, Change(retention=Decimal(5))))
    assert more.code == "more"
    assert f.of_what_if(what_if(500_000, 100_000, Change(price=Decimal(-2)))).code == "less"
    assert f.of_what_if(what_if(500_000, 100_000, Change())).code == "same"
    assert f.of_what_if(what_if(0, 0, Change())).code == "nothing"


def gone(customer: str, days: int, amount: int, reason: str = "price", back: int = 0) -> Gone:
    day = TODAY - timedelta(days=days)
    back_on = day + timedelta(days=back) if back else None
    return Gone(customer, f"{customer}-{days}", day, amount, "CNY", reason, back_on=back_on)


def test_who_may_be_won_back_and_in_which_order() -> None:
    found = win_back(
        [
            gone("a", 90, 100),
            gone("b", 60, 70),
            gone("b", 50, 70),
            gone("c", 90, 900, "need_gone"),
            gone("d", 1200, 900),
            gone("e", 5, 900),
            gone("f", 90, 900, back=30),
        ],
        TODAY,
    )
    assert [one[0].customer_id for one in found] == ["b", "a"]
    assert [one.deal_id for one in found[0]] == ["b-50", "b-60"]


def test_who_fell_silent_may_be_won_back_too() -> None:
    def silent(customer: str, days: int, amount: int) -> Gone:
        return Gone(customer, "", TODAY - timedelta(days=days), amount, "CNY")

    found = win_back(
        [
            silent("stopped", 420, 800),
            silent("still buys", 60, 900),
            silent("long ago", 1200, 900),
            silent("said why", 420, 900),
            gone("said why", 400, 50, "need_gone"),
            silent("bought on", 420, 300),
            gone("bought on", 500, 50),
        ],
        TODAY,
    )
    assert [(one[0].customer_id, sum(part.amount for part in one)) for one in found] == [
        ("stopped", 800),
        ("bought on", 350),
    ]


def test_how_many_may_be_won_back() -> None:
    assert f.of_win_back([("CNY", 5)], 3).code == "some"
    assert f.of_win_back([], 3).code == "none"
    assert f.of_win_back([], 0).code == "none_lost"
