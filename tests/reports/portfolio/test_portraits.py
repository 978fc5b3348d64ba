"""Pictures of the portfolio: what they find, draw and list, of any file and in each language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.importance import TIERS
from fieldsales.domain.classes.pyramid import next_to_rise
from fieldsales.drawing.shapes import Arc, Picture, key_at
from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.reports.portfolio.channels import Channels
from fieldsales.reports.portfolio.course import Lifecycle
from fieldsales.reports.portfolio.growth import Kinds, Stances
from fieldsales.reports.portfolio.outcomes import Losses, Sources, WinBack
from fieldsales.reports.portfolio.portrait import Portrait, short, short_parts
from fieldsales.reports.portfolio.relations import Relations
from fieldsales.reports.portfolio.satisfied import Satisfied
from fieldsales.reports.portfolio.spending import Spending
from fieldsales.reports.portfolio.what_if import WhatIf
from fieldsales.reports.portfolio.worth import Pyramid, Ranking
from fieldsales.resources import ROOT
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.portfolio import every, renew
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.outcomes import named
from fieldsales.store.queries.worth_pictures import BOUGHT, WorthTable
from fieldsales.words import LANGUAGES, Words
from tests.methods.drawn import covered, outside, printed, texts
from tests.workspaces import TODAY, Add

KINDS: tuple[type[Portrait], ...] = (
    Pyramid,
    Ranking,
    WhatIf,
    Kinds,
    Stances,
    Lifecycle,
    Relations,
    Losses,
    Satisfied,
    WinBack,
    Sources,
    Channels,
    Spending,
    Balanced,
)
OF_WORTH = (Pyramid, Ranking, WhatIf, Kinds, Stances, Lifecycle)


def made(
    workspace: Workspace, kind: type[Portrait], lang: str = "zh_CN", **choices: str
) -> Portrait:
    return kind(workspace.store, Words(lang), choices)


def names(workspace: Workspace, portrait: Portrait, key: str = "") -> list[str]:
    numbers = list(portrait.behind(key).numbers)
    known = named(workspace.store, numbers)
    return [known[number].name for number in numbers]


def sold(add: Add, name: str, *sales: tuple[int, int], potential: int = 0, **more: Any) -> str:
    """A customer with sales of an amount so many days ago."""
    customer = add("customer", name=name, **more)
    for amount, ago in sales:
        day = (TODAY - timedelta(days=ago)).isoformat()
        add("sale", customer_id=customer, dated=day, amount=amount, cost=amount * 3 // 4)
    if potential:
        add("estimate", customer_id=customer, amount=potential, dated="2026-01-01")
    return customer


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample territory; only read."""
    path = tmp_path_factory.mktemp("sample") / "f.db"
    with closing(Workspace.open(path)) as workspace:
        workspace.run(LoadSample())
        yield workspace


def check(picture: Picture) -> None:
    assert not outside(picture)
    assert not covered(picture)
    assert picture.alt


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_picture_is_explained(lang: str) -> None:
    there = {path.stem for path in (ROOT / "help" / lang).glob("*.md")}
    assert {kind.HELP for kind in KINDS} <= there


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_picture_of_the_sample_keeps_to_its_room(
    sample: Workspace, kind: type[Portrait], lang: str
) -> None:
    last = {name: codes[-1] for name, codes in kind.OPTIONS.items()}
    for choices in ({}, last):
        portrait = made(sample, kind, lang, **choices)
        assert portrait.finding()
        if portrait.empty():
            continue
        for width in (420.0, 780.0):
            check(portrait.draw(width))
        assert printed(portrait.draw(480.0, 8.5))
        whole = portrait.behind("")
        told = whole.tell(whole.numbers)
        assert set(told) == set(whole.numbers)
        assert not whole.tell([10**9])  # somebody who has left the picture
        for key in {shape.key for shape in portrait.draw(600.0).shapes if shape.key}:
            if not key.isdigit():
                assert set(portrait.behind(key).numbers) <= set(whole.numbers), key
        assert all(tip for tip in portrait.tips().values())


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_and_one_customer_are_told_of(
    workspace: Workspace, add: Add, kind: type[Portrait]
) -> None:
    for _ in range(2):
        portrait = made(workspace, kind)
        assert portrait.finding()
        if not portrait.empty():
            check(portrait.draw(600.0))
        portrait.behind("")
        add("customer", name="海润牧业")


@pytest.mark.parametrize("amount", [500_00, -500_00])
@pytest.mark.parametrize("kind", OF_WORTH)
def test_customers_all_alike_are_told_of(
    workspace: Workspace, add: Add, kind: type[Portrait], amount: int
) -> None:
    for at in range(4):
        sold(add, f"客户{at}", (amount, 30), (amount, 500), potential=1_000_00)
    portrait = made(workspace, kind)
    assert portrait.finding()
    if not portrait.empty():
        check(portrait.draw(600.0))
    assert len(portrait.behind("").numbers) in (0, 4)


def test_the_pyramid_tells_what_the_first_bring_and_who_is_next(
    workspace: Workspace, add: Add
) -> None:
    for at, amount in enumerate((9_000_00, 500_00, 300_00, 100_00, 100_00)):
        sold(add, f"客户{at}", (amount, 30))
    portrait = made(workspace, Pyramid)
    assert "90" in portrait.finding()
    assert names(workspace, portrait, "vip") == ["客户0"]
    said = " ".join(texts(portrait.draw(700.0)))
    assert "客户1" in said
    assert isinstance(portrait, Pyramid)
    values = {one.customer_id: one.rank_value for one in every(workspace.store)}
    first = next_to_rise(values, "ordinary")[0]
    missing = [miss for tier, miss in portrait.near.values() if tier == "ordinary"]
    assert 0 <= min(missing) - first.missing < 100  # in whole units
    everybody = portrait.behind("")
    assert sum(len(portrait.behind(tier).numbers) for tier in TIERS) == len(everybody.numbers)


def test_the_pyramid_tells_who_moved_between_tiers(workspace: Workspace, add: Add) -> None:
    sold(add, "掉下来", (900_00, 500), (10_00, 30))
    sold(add, "升上去", (10_00, 500), (900_00, 30))
    portrait = made(workspace, Pyramid)
    assert names(workspace, portrait, "rose") == ["升上去"]
    assert names(workspace, portrait, "fell") == ["掉下来"]
    said = " ".join(texts(portrait.draw(700.0)))
    assert "1 家升了层" in said
    assert "升了层" not in " ".join(texts(made(workspace, Pyramid, since="no").draw(700.0)))


def test_the_ranking_tells_places_and_how_they_moved(workspace: Workspace, add: Add) -> None:
    sold(add, "甲", (100_00, 500), (900_00, 30))
    sold(add, "乙", (500_00, 500), (300_00, 30), special_policy=1)
    sold(add, "丙", (50_00, 30))
    add("customer", name="没买过")
    portrait = made(workspace, Ranking)
    assert names(workspace, portrait) == ["甲", "乙", "丙"]
    assert "甲" in portrait.finding()
    told = portrait.behind("").tell(portrait.behind("").numbers)
    assert [line.aside_below for line in told.values()] == ["上升 1 位", "下降 1 位", "新上榜"]
    assert [("只买特价" in line.below) for line in told.values()] == [False, True, False]


def test_the_ranking_by_value_knows_what_they_were_worth_a_year_ago(
    workspace: Workspace, add: Add
) -> None:
    sold(add, "后来居上", (100_00, 500), (900_00, 30))
    sold(add, "原先第一", (500_00, 500))
    portrait = made(workspace, Ranking, rank="value")
    told = portrait.behind("").tell(portrait.behind("").numbers)
    assert names(workspace, portrait) == ["后来居上", "原先第一"]
    assert [line.aside_below for line in told.values()] == ["上升 1 位", "下降 1 位"]


def test_stars_and_stances_put_customers_where_their_classes_say(
    workspace: Workspace, add: Add
) -> None:
    sold(add, "明星", (900_00, 30), potential=5_000_00)
    sold(add, "问题", (10_00, 30), potential=4_000_00)
    sold(add, "金牛", (800_00, 30), potential=900_00)
    sold(add, "瘦狗", (20_00, 30), potential=30_00)
    sold(add, "没估过", (5_00, 30))
    kinds = made(workspace, Kinds)
    for code, name in (("star", "明星"), ("question", "问题"), ("cow", "金牛"), ("dog", "瘦狗")):
        assert names(workspace, kinds, code) == [name]
    assert any("1" in note for note in kinds.notes())
    picture = kinds.draw(700.0)
    numbers = {name.name: str(number) for number, name in named(
        workspace.store, list(kinds.behind("").numbers)).items()}  # fmt: skip
    dots = {shape.key: shape for shape in picture.shapes if isinstance(shape, Arc)}
    assert dots[numbers["明星"]].x > dots[numbers["问题"]].x
    assert dots[numbers["明星"]].y < dots[numbers["金牛"]].y
    star = dots[numbers["明星"]]
    assert key_at(picture, star.x, star.y) == numbers["明星"]
    stances = made(workspace, Stances)
    assert names(workspace, stances, "acquire") == ["问题", "明星"][::-1]


def test_a_share_far_too_large_does_not_squeeze_the_others(workspace: Workspace, add: Add) -> None:
    sold(add, "估低了", (900_00, 30), potential=1_00)
    sold(add, "一半", (50_00, 30), potential=100_00)
    portrait = made(workspace, Stances)
    discs = {s.key: s.x for s in portrait.draw(700.0).shapes if isinstance(s, Arc)}
    assert abs(discs["1"] - discs["2"]) > 200
    assert any("150 %" in note for note in portrait.notes())


def test_the_lifecycle_shows_who_moved_since(workspace: Workspace, add: Add) -> None:
    sold(add, "少了", (900_00, 700), (900_00, 500), (100_00, 30))
    sold(add, "多了", (100_00, 700), (100_00, 500), (900_00, 30))
    portrait = made(workspace, Lifecycle)
    assert names(workspace, portrait, "relationship/declining") == ["少了"]
    ways = [key for key in portrait.tips() if ">" in key]
    moved = {name for key in ways for name in names(workspace, portrait, key)}
    assert "少了" in moved
    assert not [key for key in made(workspace, Lifecycle, since="no").tips() if ">" in key]


def test_what_if_draws_before_and_after(workspace: Workspace, add: Add) -> None:
    sold(add, "甲", (900_00, 30))
    more = made(workspace, WhatIf, retention="5").finding()
    less = made(workspace, WhatIf, retention="-5").finding()
    same = made(workspace, WhatIf, retention="0").finding()
    assert len({more, less, same}) == 3
    assert "多" in more
    assert "少" in less


def placed(table: WorthTable) -> set[tuple[int, int, int]]:
    """The points with the numbers of their customers' rows."""
    points = table.points("share")
    numbers = table.numbers(points.keys)
    return {
        (numbers[key], x, y)
        for key, x, y in zip(points.keys, points.across, points.upwards, strict=True)
    }


def test_what_is_kept_and_what_is_made_answer_alike(workspace: Workspace, add: Add) -> None:
    for at in range(6):
        potential = 1_000_00 * (at % 3)
        sold(add, f"客户{at}", (at * 100_00, 30), (at * 50_00, 500), potential=potential)
    fresh = WorthTable(workspace.store, TODAY)
    renew(workspace)
    kept = WorthTable(workspace.store, TODAY)
    for method in ("importance", "star_cow", "stance"):
        assert fresh.groups(method) == kept.groups(method)
    for figure in ("sales", "before", "rank_value"):
        assert fresh.falling(figure, BOUGHT) == kept.falling(figure, BOUGHT)
        assert fresh.listed(figure) == kept.listed(figure)
    assert placed(fresh) == placed(kept)
    assert fresh.of(fresh.listed("sales")) == kept.of(kept.listed("sales"))
    assert fresh.of_each("purchase_status", "stance") == kept.of_each("purchase_status", "stance")
    assert fresh.lines == kept.lines
    past = WorthTable(workspace.store, TODAY - timedelta(days=365))
    assert past.falling("sales")[0] == 5 * 50_00


def test_money_without_a_rate_is_left_out_and_said(workspace: Workspace, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    add(
        "deal",
        title="出口",
        customer_id=customer,
        stage="lost",
        amount=5_000_00,
        currency="USD",
        lost_reason="price",
        lost_rival="none",
    )
    assert any("USD" in note for note in made(workspace, Losses).notes())


def test_short_amounts_have_the_units_of_the_language() -> None:
    chinese, english = Words("zh_CN"), Words("en")
    assert short(chinese, 42_000_000, "CNY") == "¥42 万"
    assert short(chinese, 12_030_00, "CNY") == "¥1.2 万"
    assert short(chinese, -123_456_789_00, "CNY") == "-¥1.23 亿"
    assert short(english, 42_000_000, "CNY") == "¥420K"
    assert short(english, 4_200_000_00, "USD") == "$4.2M"
    assert short(english, 999_00, "USD") == "$999"
    assert short(chinese, 50_000, "TWD") == "NT$5 万"


def test_who_may_be_won_back_is_ordered_by_what_was_lost(workspace: Workspace, add: Add) -> None:
    for name, amount in (("小", 100_00), ("大", 900_00)):
        customer = add("customer", name=name)
        add(
            "deal",
            title=f"{name}单",
            customer_id=customer,
            stage="lost",
            amount=amount,
            lost_reason="price",
            lost_rival="双禾",
        )
    assert made(workspace, WinBack).empty()  # too lately
    workspace.store.clock = type(workspace.clock)(date(2027, 1, 20))
    assert names(workspace, made(workspace, WinBack)) == ["大", "小"]


def test_who_stopped_buying_is_to_be_won_back_without_a_lost_deal(
    workspace: Workspace, add: Add
) -> None:
    sold(add, "停了", (900_000, 430), (500_000, 460))
    sold(add, "还在买", (900_000, 430), (500_000, 30))
    portrait = made(workspace, WinBack)
    assert names(workspace, portrait) == ["停了"]
    [line] = portrait.behind("").tell(portrait.behind("").numbers).values()
    assert "2025" in line.below
    assert "1.4" in line.aside
    assert "停了" in texts(portrait.draw(700.0))


def test_satisfaction_tells_what_fell_and_who_said_so(workspace: Workspace, add: Add) -> None:
    def scored(name: str, day: str, *parts: int) -> None:
        customer = add("customer", name=name)
        values = dict(zip(("goods", "service", "image"), parts, strict=False))
        add("satisfaction", customer_id=customer, scored_on=day, **values)

    scored("早先满意", "2026-07-05", 5, 5, 4)
    scored("满意", "2026-10-05", 5, 4, 4)
    scored("不满意", "2026-10-20", 5, 2)
    scored("太久以前", "2025-01-05", 1, 1, 1)
    portrait = made(workspace, Satisfied)
    assert "服务" in portrait.finding()
    assert names(workspace, portrait) == ["不满意", "满意", "早先满意"]
    picture = portrait.draw(700.0)
    check(picture)
    october = next(key for key, tip in portrait.tips().items() if "10 月 · 服务" in tip)
    assert names(workspace, portrait, october) == ["不满意", "满意"]
    assert any("3" in note for note in portrait.notes())


def test_scores_of_long_before_are_told_as_such(workspace: Workspace, add: Add) -> None:
    add("satisfaction", customer_id=add("customer", name="甲"), scored_on="2026-03-05", goods=4)
    portrait = made(workspace, Satisfied)
    assert portrait.finding() == Words("zh_CN")("portfolio.finding.satisfaction.before")
    check(portrait.draw(500.0))


def test_spending_tells_where_too_much_went_and_to_whom(workspace: Workspace, add: Add) -> None:
    attacked = sold(add, "海润牧业", potential=900_000_00)
    dropped = sold(add, "绿源", potential=100_00)
    add("estimate", customer_id=dropped, amount=100_00, dated="2026-01-02")
    third = sold(add, "金穗", potential=500_000_00)
    for customer, minutes in ((attacked, 30), (dropped, 240), (third, None)):
        add(
            "visit",
            customer_id=customer,
            starts_at="2026-11-05T02:00:00Z",
            state="concluded",
            minutes=minutes,
            cost=5_000,
        )
    portrait = made(workspace, Spending)
    assert isinstance(portrait, Spending)
    assert portrait.untimed == 1
    cells = portrait.cells["time"]
    assert sum(cell.actual for cell in cells.values()) == 100
    assert portrait.off["defend"] == Decimal("-0.6")  # 40 % of five and a half hours in four weeks
    assert "防守" in portrait.finding()
    assert "没在计划里" in portrait.finding()
    assert names(workspace, portrait, "time:elsewhere") == ["绿源"]
    assert names(workspace, portrait)[0] == "绿源"
    assert any("1 次拜访没记时长" in note for note in portrait.notes())
    renew(workspace)  # what is kept and what is made say the same
    assert made(workspace, Spending).finding() == portrait.finding()


@pytest.mark.parametrize("kind", OF_WORTH)
def test_money_without_a_rate_is_said_to_be_missing(
    workspace: Workspace, add: Add, kind: type[Portrait]
) -> None:
    dollars = add("customer", name="美元客户")
    sold(add, "甲", (900_00, 30), potential=5_000_00)
    assert not any("USD" in note for note in made(workspace, kind).notes())
    day = (TODAY - timedelta(days=30)).isoformat()
    add("sale", customer_id=dollars, dated=day, amount=100_00, currency="USD")
    assert any("USD" in note for note in made(workspace, kind).notes())


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=4), st.sampled_from(LANGUAGES))
def test_parts_add_up_to_their_sum_as_both_are_told(parts: list[int], lang: str) -> None:
    words = Words(lang)
    told = short_parts(words, parts, "CNY")
    whole = short(words, sum(parts), "CNY")
    unit = whole.lstrip("¥0123456789.,")
    of_unit = [one for one in told if one.lstrip("¥0123456789.,") == unit]
    if len(of_unit) == len(told):
        assert sum(map(number, told)) == number(whole)


def number(told: str) -> Decimal:
    return Decimal("".join(one for one in told if one in "0123456789."))


def test_parts_that_would_vanish_or_are_returned_are_told_by_themselves() -> None:
    words = Words("zh_CN")
    assert short(words, 1_266_000_00, "CNY") == "¥127 万"
    assert short_parts(words, (930_000_00, 0, 336_000_00), "CNY") == ["¥93 万", "¥0", "¥34 万"]
    assert short_parts(words, (9_300_000_00, 800_00, 0), "CNY")[1] == "¥800"
    assert short_parts(words, (-800_00, 930_000_00, 0), "CNY")[0] == "-¥800"
