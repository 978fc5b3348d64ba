"""Texts of other programs in the form our fields take."""

from __future__ import annotations

import pytest

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import Kind, fields
from fieldsales.services.importing import choices
from fieldsales.services.importing.joining import address, full_name
from fieldsales.services.importing.values import (
    birthday,
    day,
    half_width,
    month_first,
    phone_keys,
    plain,
    tags,
    whole_number,
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年2月3日", "2024-02-03"),
        ("2024 年 2 月 3 日", "2024-02-03"),
        ("2024/2/3", "2024-02-03"),
        ("2024.2.3", "2024-02-03"),
        ("２０２４-０２-０３", "2024-02-03"),
        ("20240203", "2024-02-03"),
        ("2024-02-03 00:00:00", "2024-02-03"),
        ("2024-02-03T08:30:00Z", "2024-02-03"),
        ("2024/2/3 星期六", "2024-02-03"),
        ("3-Feb-2024", "2024-02-03"),
        ("3 February 2024", "2024-02-03"),
        ("Feb 3, 2024", "2024-02-03"),
        ("Saturday, February 3, 2024", "2024-02-03"),
        ("民國113年2月3日", "2024-02-03"),
        ("113/2/3", "2024-02-03"),
        ("民国69年5月12日", "1980-05-12"),
        ("31/12/2024", "2024-12-31"),
        ("12/31/2024", "2024-12-31"),
        ("45325", "2024-02-03"),
        ("3-Feb-80", "1980-02-03"),
        ("2024/2/30", None),
        ("2024-13-01", None),
        ("03/04/2024", None),
        ("24/2/3", None),
        ("五月初五", None),
        ("3-Foo-2024", None),
        ("", None),
    ],
)
def test_days(text: str, iso: str | None) -> None:
    assert day(text) == iso


def test_a_column_tells_which_number_is_the_month() -> None:
    assert month_first(["", "03/04/2024", "25/12/2024"]) is False
    assert month_first(["03/04/2024", "12/25/2024"]) is True
    assert month_first(["03/04/2024", "x"]) is None
    assert day("03/04/2024", month_first=True) == "2024-03-04"
    assert day("03/04/2024", month_first=False) == "2024-04-03"


def test_birthdays_may_leave_out_the_year() -> None:
    assert birthday("5月12日") == birthday("--05-12") == birthday("05-12") == "05-12"
    assert birthday("2-29") == "02-29"
    assert birthday("2-30") is None
    assert birthday("1980年5月12日") == "1980-05-12"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("500", 500),
        ("约500人", 500),
        ("1,200", 1200),
        ("５００人以上", 500),
        ("500+", 500),
        ("1.2万", 12_000),
        ("3k", 3_000),
        ("about 80 people", 80),
        ("12.0", 12),
        ("100-499", None),
        ("100~499人", None),
        ("若干", None),
        ("-5", None),
        ("", None),
    ],
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("138 0013 8000", "+86-138-0013-8000"),
        ("13800138000", "008613800138000"),
        ("(010) 8888-6666转801", "010-88886666"),
        ("+86 10 88886666", "010-88886666"),
        ("+886 912 345 678", "0912-345-678"),
        ("１３８００１３８０００", "13800138000"),
        ("02-2345-6789 ext. 12", "02-23456789"),
    ],
)
def test_phones_compare_by_their_digits(one: str, other: str) -> None:
    assert phone_keys(one) == phone_keys(other)
    assert len(phone_keys(one)) == 1


def test_several_phones_in_one_text() -> None:
    assert phone_keys("13800138000 / 010-88886666、021-66668888") == [
        "13800138000",
        "1088886666",
        "2166668888",
    ]
    assert phone_keys("无") == phone_keys("12") == []


def test_width() -> None:
    assert half_width("ＡＢＣ１２３（北京）") == "ABC123（北京）"
    assert plain("ｚｈａｎｇ＠ｂ．ｃｎ（１）") == "zhang@b.cn(1)"


def test_tags() -> None:
    assert tags("重点、老客户，VIP; 重点 /  大客户") == ["重点", "老客户", "VIP", "大客户"]
    assert tags("* myContacts ::: * 朋友") == ["myContacts", "朋友"]


def test_choices_in_every_language_and_as_people_say() -> None:
    assert choices.code("ownership", "国企") == choices.code("ownership", "State-owned") == "state"
    assert choices.code("ownership", "民營企業") == "private"
    assert choices.code("credit_grade", "Ａ級") == choices.code("credit_grade", "a") == "a"
    assert choices.code("gender", "女士") == choices.code("gender", "F") == "female"
    assert choices.code("industry", "物流运输") == "logistics"
    assert choices.code("ownership", "外星人") is None


@pytest.mark.parametrize("noun", [Customer, Contact])
def test_every_written_choice_has_a_code(noun: type[Customer] | type[Contact]) -> None:
    for spec in fields(noun).values():
        if spec.kind is Kind.CHOICE:
            for code in spec.choices:
                assert choices.code(spec.list, code) == code
            assert set(choices._codes(spec.list).values()) == set(spec.choices)


def test_names_and_addresses() -> None:
    assert full_name("张", "伟") == full_name("伟", "张") == "张伟"
    assert full_name("欧阳", "娜娜") == "欧阳娜娜"
    assert full_name("Smith", "John", "Q.", "Dr.", "Jr.") == "Dr. John Q. Smith Jr."
    parts = {"region": "广东省", "city": "广州市", "street": "广州市天河区1号", "country": "中国"}
    assert address(parts) == "广东省广州市天河区1号"
    assert address(
        {"street": "1 Main St\nSpringfield", "city": "Springfield", "postcode": "62701"}
    ) == ("1 Main St Springfield, Springfield 62701")
