"""The value stack: nothing outside or upon another, and the difference by name (M28)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import ValuePart, Worksheet, WorksheetRow, value_stack
from fieldsales.drawing.shapes import Box
from fieldsales.methods.ffab.picture import finding, stack_picture
from fieldsales.methods.ffab.told import only_advantage, spoken_time
from fieldsales.words import LANGUAGES, Words
from tests.methods.drawn import covered, outside, texts, unhurried

ZH = Words("zh_CN")
NAMES = (("好感", 200), ("服务", 200), ("信任", 200), ("特点", 100), ("把握", 300))
TEXTBOOK = [ValuePart(label=label, amount=amount) for label, amount in NAMES]


def test_the_textbook_stack_reaches_the_price_exactly(qapp: object) -> None:
    picture = stack_picture(value_stack(1000, TEXTBOOK), "USD", ZH, 420)
    assert picture.alt == "客户付 $10，得到的正好也值 $10。"
    assert texts(picture).count("$10") == 2
    assert {"好感", "$1", "$3", "把握"} <= set(texts(picture))
    outlined = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.stroke]
    assert len({shape.y + shape.height for shape in outlined}) == len(TEXTBOOK)


@pytest.mark.parametrize(
    ("price", "said", "named"),
    [
        (800, "客户付 $8，得到的值 $10，多得 $2。", "多得"),
        (1300, "客户付 $13，得到的只值 $10，还差 $3。", "还差"),
        (None, "客户一共得到 $10；还没填成交价，比不出多得多少。", ""),
    ],
)
def test_the_difference_is_named(qapp: object, price: int | None, said: str, named: str) -> None:
    picture = stack_picture(value_stack(price, TEXTBOOK), "USD", ZH, 420)
    assert picture.alt == said
    assert [name for name in ("多得", "还差") if name in texts(picture)] == [named] * bool(named)
    assert ("客户付出" in texts(picture)) == (price is not None)


def test_nothing_is_told_of_nothing() -> None:
    assert "还没写" in finding(value_stack(1000, []), "CNY", ZH)


@unhurried
@given(
    price=st.none() | st.integers(0, 10**12),
    amounts=st.lists(st.none() | st.integers(0, 10**12), min_size=1, max_size=18),
    label=st.sampled_from(["好感", "早出栏十天省下来的饲料和人工", "W" * 60]),
    language=st.sampled_from(LANGUAGES),
    width=st.floats(380, 700),
)
def test_any_stack_can_be_read(qapp, price, amounts, label, language, width) -> None:
    parts = [ValuePart(label=label, amount=amount) for amount in amounts]
    picture = stack_picture(value_stack(price, parts), "CNY", Words(language), width)
    assert picture.width <= width
    assert outside(picture) == []
    assert covered(picture) == []


@pytest.mark.parametrize(
    ("sheet", "row", "needs", "why"),
    [
        (Worksheet(), WorksheetRow(benefit="省"), [], "general"),
        (Worksheet(customer_id="c"), WorksheetRow(benefit="省"), [], "unlinked"),
        (Worksheet(customer_id="c"), WorksheetRow(benefit="省", need_id="n"), [], "gone"),
        (
            Worksheet(customer_id="c"),
            WorksheetRow(benefit="省", need_id="n"),
            [Need(id="n", statement="implied")],
            "implied",
        ),
        (
            Worksheet(customer_id="c"),
            WorksheetRow(benefit="省", need_id="n"),
            [Need(id="n", statement="explicit")],
            "",
        ),
        (Worksheet(customer_id="c"), WorksheetRow(advantage="省"), [], ""),
    ],
)
def test_why_it_is_an_advantage_only(sheet, row, needs, why) -> None:
    assert only_advantage(sheet, row, needs) == (f"ffab.only.{why}" if why else "")


def test_the_time_it_takes() -> None:
    assert spoken_time("字" * 100, ZH) == "25 秒"
    assert spoken_time("字" * 260, ZH) == "1 分 05 秒"
    assert spoken_time("字", Words("en")) == "1 s"
