"""Names of files as every system takes them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldsales.domain.file_name import fitting, numbered


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("检验单 3月.pdf", "检验单 3月.pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("..\\..\\Windows\\win.ini", "Windows win.ini"),
        ("C:\\合同.docx", "C 合同.docx"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("LPT²", "_LPT²"),
        ("console.log", "console.log"),
        ("报价. . .", "报价"),
        ("发票\u202egpj.exe", "发票 gpj.exe"),
        ("\u200f\u2067照片.jpg", "照片.jpg"),
        ("a\x00b\x1b[31m.txt", "a b [31m.txt"),
        ("e\u0301.txt", "é.txt"),
        ("👩‍🌾.png", "👩‍🌾.png"),
        ("\ud800.txt", "txt"),
        ("", ""),
        ("...", ""),
        ("\x00/\\", ""),
    ],
)
def test_what_becomes_of_a_name(name: str, kept: str) -> None:
    assert fitting(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = fitting("拜" * 255 + ".pdf")
    assert name.startswith("拜拜")
    assert name.endswith("拜.pdf")
    assert len(name.encode()) <= 200
    second = numbered(name, 2)
    assert second.endswith(" (2).pdf")
    assert len(second.encode()) <= 200


def test_names_are_numbered_before_their_ending() -> None:
    assert numbered("合同.pdf", 2) == "合同 (2).pdf"
    assert numbered("合同", 3) == "合同 (3)"
    assert numbered("V1.2 报价", 2) == "V1.2 报价 (2)"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_name_fits(name: str) -> None:
    kept = fitting(name)
    assert kept == fitting(kept)
    assert len(kept.encode()) <= 200
    assert not set('/\\:*?"<>|\x00') & set(kept)
