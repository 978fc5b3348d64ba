"""What a company's name is made of."""

from __future__ import annotations

import pytest

from fieldsales.domain.duplicates.company_name import Place, place_of, taken_apart


@pytest.mark.parametrize(
    ("name", "brand", "trade", "kind"),
    [
        ("陕西海润牧业有限公司", "海润", "牧业", ""),
        ("海润牧业(陕西)有限公司", "海润", "牧业", ""),
        ("定边县海润牧业有限责任公司", "海润", "牧业", ""),
        ("榆林市榆阳区宏达饲料经营部", "宏达", "饲料", "商店"),
        ("绿源养殖农民专业合作社", "绿源", "养殖", "合作社"),
        ("新希望六和股份有限公司", "新希望六和", "", ""),
        ("hairun feed co., ltd.", "hairunfeed", "", ""),
        ("有限公司", "有限公司", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_name_falls_into_its_parts(name: str, brand: str, trade: str, kind: str) -> None:
    found = taken_apart(name)
    assert (found.brand, found.trade, found.kind) == (brand, trade, kind)


@pytest.mark.parametrize(
    ("name", "unit", "numbers"),
    [
        ("海润牧业有限公司定边分公司", "定边分公司", ()),
        ("中国农业银行股份有限公司定边县支行", "定边支行", ()),
        ("海底捞(望京店)", "望京店", ()),
        ("海润书店", "", ()),
        ("榆林市第十二中学", "", ("12",)),
        ("鑫源种猪场二分场", "二分场", ("2",)),
    ],
)
def test_parts_of_a_house_and_numbers_are_told(
    name: str, unit: str, numbers: tuple[str, ...]
) -> None:
    found = taken_apart(name)
    assert found.numbers == numbers
    assert found.unit == unit


def test_where_a_house_is() -> None:
    assert taken_apart("西安市海润牧业").place == Place("陕西", "西安")
    assert taken_apart("上海长春藤教育").brand == "长春藤"
    assert taken_apart("定边海润", "定边县") == taken_apart("定边县海润")
    assert place_of("陕西榆林") == Place("陕西", "榆林")
    assert place_of("定边") == Place("", "", "定边")
    assert Place("陕西", "西安").apart_from(Place("陕西", "榆林"))
    assert not Place("陕西").apart_from(Place("陕西", "榆林"))
