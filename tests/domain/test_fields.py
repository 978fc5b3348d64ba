"""What a field lets in and how it is stored, whatever is typed, pasted or read from a spreadsheet."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.fields import Field, Kind, as_decimal, clean, clean_text, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError

TYPED = st.one_of(
    st.text(st.characters(codec=None)),  # lone surrogates, control characters, NUL and all
    st.text(alphabet="0123456789-:TZ,. +，年月日/"),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?", fullmatch=True),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
)
FIELDS = [
    Field(name="x", kind=kind, required=required, choices=("a", "b"), own=own, noun="customer")
    for kind in Kind
    for required in (False, True)
    for own in ((False, True) if kind is Kind.CHOICE else (False,))
]


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f"{f.kind}-{f.required}-{f.own}")
@given(value=TYPED)
def test_clean_is_stable_and_storable(field: Field, value: object) -> None:
    refused = None
    try:
        stored = field.clean(value)
    except FieldError as error:
        refused = error
    if refused:
        assert refused.field == "x"
        assert len(str(refused.params)) < 500
        return
    assert field.clean(stored) == stored
    if isinstance(stored, str):
        stored.encode()  # no lone surrogates
        assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in stored)
    else:
        assert stored is None or -(2**53) < stored < 2**53
    assert stored not in (None, "") or not field.required
    assert json.loads(json.dumps(stored)) == stored


@given(st.text(st.characters(codec=None)))
def test_text_keeps_all_that_can_be_read(value: str) -> None:
    kept = [c for c in clean_text(value, lines=True) if not c.isspace()]
    readable = [c for c in value if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cs")]
    assert kept == readable
    assert [c for c in clean_text(value) if not c.isspace()] == readable
    assert "\n" not in clean_text(value)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  海润  牧业 ", "海润 牧业"),
        ("AT&T  Corp", "AT&T Corp"),
        ("海\x00润\x07", "海润"),
        ("海\ud800润", "海润"),
        ("一\r\n二\r三\n四", "一 二 三 四"),
        ("𠮷野家 🐂👩‍🌾", "𠮷野家 🐂👩‍🌾"),
        ("שלום عليكم", "שלום عليكم"),
        ("\u3000全角\u3000空格\u3000", "全角 空格"),
        ("'; DROP TABLE customer; --", "'; DROP TABLE customer; --"),
        ("<b>&amp;%s{0}</b>", "<b>&amp;%s{0}</b>"),
    ],
)
def test_one_line_of_text(typed: str, stored: str) -> None:
    assert Field("x", Kind.TEXT).clean(typed) == stored


def test_a_note_keeps_its_lines() -> None:
    note = Field("x", Kind.NOTE)
    assert note.clean("\n一\r\n\t二  三\r\r四\n ") == "一\n\t二  三\n\n四"


@pytest.mark.parametrize("name", ["", "  ", "\x00\x01", "\u200b", "\ufeff\u200e", "\ud800", None])
def test_a_required_text_needs_something_to_read(name: object) -> None:
    with pytest.raises(FieldError, match=r"field\.required"):
        Field("x", Kind.TEXT, required=True).clean(name)


def test_length_counts_characters() -> None:
    field = Field("x", Kind.TEXT, max_length=5)
    assert field.clean("𠮷🐂海润牧") == "𠮷🐂海润牧"
    with pytest.raises(FieldError) as caught:
        field.clean("海" * 10_000_000)
    assert caught.value.params["length"] == 10_000_000


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1,234", 1234),
        ("1，234", 1234),
        (" 12 ", 12),
        ("１２", 12),
        ("+3", 3),
        (3.0, 3),
        (True, 1),
        (False, 0),
        ("0012", 12),
        ("", None),
        (None, None),
    ],
)
def test_integers(typed: object, stored: int | None) -> None:
    assert Field("x", Kind.INTEGER).clean(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("很多", "field.not_a_number"),
        ("1.5", "field.not_a_number"),
        (1.5, "field.not_a_number"),
        (float("nan"), "field.not_a_number"),
        (float("inf"), "field.not_a_number"),
        ("1_000", "field.not_a_number"),
        ("9" * 5_000, "field.not_a_number"),
        ("=1+1", "field.not_a_number"),
        (" ", "field.not_a_number"),
        (-1, "field.too_small"),
        (10**30, "field.too_large"),
        (1e300, "field.too_large"),
    ],
)
def test_what_is_no_integer(typed: object, code: str) -> None:
    with pytest.raises(FieldError, match=code):
        Field("x", Kind.INTEGER, low=0).clean(typed)


def test_unlimited_integers_are_limited_both_ways() -> None:
    field = Field("x", Kind.MONEY)
    assert field.clean(-(2**53) + 1) == -(2**53) + 1
    for beyond in (2**53, -(2**53)):
        with pytest.raises(FieldError):
            field.clean(beyond)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1,234.50", "1234.5"),
        ("１２．５", "12.5"),
        (" 0.10 ", "0.1"),
        ("100", "100"),
        ("-0.0", "0"),
        (".5", "0.5"),
        (12.5, "12.5"),
        ("", ""),
        (None, ""),
    ],
)
def test_decimals_are_kept_as_they_are_without_needless_zeros(typed: object, stored: str) -> None:
    assert Field("x", Kind.DECIMAL, places=4).clean(typed) == stored
    assert as_decimal(stored) == Decimal(stored or 0)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("很多", "field.not_a_decimal"),
        ("13%", "field.not_a_decimal"),
        ("1e5", "field.not_a_decimal"),
        (float("nan"), "field.not_a_decimal"),
        ("Infinity", "field.not_a_decimal"),
        ("1_0", "field.not_a_decimal"),
        ("9" * 5_000, "field.not_a_decimal"),
        ("1.23456", "field.too_precise"),
        ("-0.1", "field.too_small"),
        ("100.0001", "field.too_large"),
    ],
)
def test_what_is_no_decimal(typed: object, code: str) -> None:
    with pytest.raises(FieldError, match=code):
        Field("x", Kind.DECIMAL, places=4, low=0, high=100).clean(typed)


@pytest.mark.parametrize("typed", [2, -1, "yes", "真"])
def test_a_flag_is_yes_or_no(typed: object) -> None:
    with pytest.raises(FieldError):
        Field("x", Kind.FLAG).clean(typed)


@pytest.mark.parametrize("typed", [None, ""])
def test_a_flag_that_nobody_set_is_no(typed: object) -> None:
    assert Field("x", Kind.FLAG).clean(typed) == 0


@pytest.mark.parametrize("typed", ["2024-02-29", " 2024-02-29 ", date(2024, 2, 29), "20240229"])
def test_days(typed: object) -> None:
    assert Field("x", Kind.DATE).clean(typed) == "2024-02-29"


@pytest.mark.parametrize(
    "typed",
    [
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024/2/3",
        "0000-01-01",
        "0024-02-03",
        "1899-12-31",
        "2200-01-01",
        "二月三十",
        "2024-02-03T00:00",
        45000,
        datetime(2024, 2, 3, tzinfo=UTC),
    ],
)
def test_what_is_no_day(typed: object) -> None:
    with pytest.raises(FieldError, match=r"field\.not_a_date"):
        Field("x", Kind.DATE).clean(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-02-30T08:00:00Z",
        "2024-02-03T24:00:00Z",
        "2024-02-03T08:00:00",
        "2024-02-03T08:00:00+08:00",
        "2024-02-03T08:00:00.5Z",
        "2024-02-03 08:00:00Z",
        "2024-02-03T08:00:00Z\n",
        "２０２４-02-03T08:00:00Z",
        "0001-01-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z",
    ],
)
def test_what_is_no_moment(typed: str) -> None:
    with pytest.raises(FieldError, match=r"field\.not_a_moment"):
        Field("x", Kind.MOMENT).clean(typed)
    assert Field("x", Kind.MOMENT).clean("2024-02-03T08:00:00Z") == "2024-02-03T08:00:00Z"


def test_choices() -> None:
    closed = Field("x", Kind.CHOICE, choices=("a",))
    assert closed.clean(" a ") == "a"
    assert closed.clean("") == ""
    with pytest.raises(FieldError, match=r"field\.unknown_choice"):
        closed.clean("养鹿场")
    assert Field("x", Kind.CHOICE, choices=("a",), own=True).clean("养鹿场") == "养鹿场"


def test_a_refused_value_is_shown_short() -> None:
    with pytest.raises(FieldError) as caught:
        Field("x", Kind.DATE).clean("长" * 1_000_000)
    assert len(str(caught.value)) < 200


def test_an_unknown_field_is_a_bug() -> None:
    with pytest.raises(KeyError):
        clean(NOUNS["customer"], {"nmae": "海润"})


def test_defaults_are_clean() -> None:
    for noun in NOUNS.values():
        empty = noun()
        for name, field in fields(noun).items():
            if not field.required:
                assert field.clean(getattr(empty, name)) == getattr(empty, name), (noun, name)
