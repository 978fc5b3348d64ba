"""`fieldsales calc`: the textbook's tables, one's own figures, and what cannot be calculated."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fieldsales.__main__ import main
from fieldsales.words import LANGUAGES


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["--json", "calc", *words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("name", "values", "unit"),
    [
        ("bad-debt", [25_000, 12_000, 25_000, 41_667], "amount"),
        ("late-payment", [24, 8, 4.8, 2.4], "months"),
        ("discount", [25, 66.7, 25, -25], "percent"),
        ("losing", [367_050, 465_105, 85_000], "amount"),
    ],
)
def test_the_textbook(
    capsys: pytest.CaptureFixture[str], name: str, values: list[float], unit: str
) -> None:
    rows = _told(capsys, name)["rows"]
    assert [row["value"] for row in rows] == values
    assert {row["unit"] for row in rows} == {unit}


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        (("bad-debt", "--loss", "500", "--margin", "2"), 25_000, "amount"),
        (("bad-debt", "--loss", "1,000.50", "--margin", "4%"), 25_012.5, "amount"),
        (("late-payment", "--margin", "10", "--rate", "5"), 24, "months"),
        (("discount", "--margin", "20", "--discount", "-5"), -20, "percent"),
        (("losing", "--yearly", "100000"), 357_050, "amount"),
        (
            ("losing", "--yearly", "100000", "--retention", "50", "--years", "2",
             "--replacement", "10000"),
            85_000,
            "amount",
        ),
    ],
)  # fmt: skip
def test_figures_of_ones_own(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], value: float, unit: str
) -> None:
    found = _told(capsys, *words)
    assert (found["value"], found["unit"]) == (value, unit)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh_CN", "拖 8.0 个月，这一单就白做了"),
        ("zh_TW", "拖 8.0 個月，這一單就白做了"),
        ("en", "8.0 months of waiting eat the whole profit"),
    ],
)
def test_it_is_said_as_the_window_says_it(
    capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    assert main(["calc", "late-payment", "--margin", "8", "--rate", "12", "--lang", lang]) == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("bad-debt", "--loss", "500"),
        ("bad-debt", "--loss", "500", "--margin", "0"),
        ("bad-debt", "--loss", "五百", "--margin", "2"),
        ("bad-debt", "--loss", "500", "--margin", "2", "--rate", "5"),
        ("discount", "--margin", "5", "--discount", "5"),
        ("late-payment", "--margin", "5", "--rate", "200"),
        ("losing", "--yearly", "1", "--retention", "101"),
    ],
)
def test_what_cannot_be_calculated(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert main(["calc", *words]) == 1
    assert capsys.readouterr().err.strip()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_help_is_read(capsys: pytest.CaptureFixture[str], lang: str) -> None:
    with pytest.raises(SystemExit) as done:
        main(["calc", "--help", "--lang", lang])
    assert done.value.code == 0
    assert "%" in capsys.readouterr().out
