"""`fieldsales calc`: the textbook's tables, one's own figures, and what cannot be calculated."""

from __future__ import annotations

import json

import pytest

from fieldsales.__main__ import main


def _rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    assert main(["--json", "calc", *words]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert isinstance(rows, list)
    return rows


def test_the_textbook(capsys: pytest.CaptureFixture[str]) -> None:
    lost = _rows(capsys, "bad-debt")
    assert [row["extra_sales"] for row in lost] == ["25000", "12000", "25000", "41667"]
    late = _rows(capsys, "late-payment")
    assert [row["months"] for row in late] == ["24.0", "8.0", "4.8", "2.4"]
    assert [row["more"] for row in _rows(capsys, "discount")] == ["25.0", "66.7", "25.0", "-25.0"]


def test_figures_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert _rows(capsys, "bad-debt", "1,000.50", "4%")[0]["extra_sales"] == "25012.5"
    assert _rows(capsys, "discount", "20", "--", "-5")[0]["more"] == "-20.0"
    assert main(["calc", "late-payment", "8", "12", "--lang", "zh_CN"]) == 0
    assert "拖 8.0 个月" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("bad-debt", "500"),
        ("bad-debt", "500", "0"),
        ("bad-debt", "五百", "2"),
        ("discount", "5", "5"),
        ("late-payment", "5", "200"),
    ],
)
def test_what_cannot_be_calculated(words: tuple[str, ...]) -> None:
    assert main(["calc", *words]) == 1
