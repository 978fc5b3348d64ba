"""The help of every command: in the user's language, aligned, within the terminal."""

from __future__ import annotations

import importlib
import re
import unicodedata

import pytest

from fieldsales.__main__ import commands
from fieldsales.cli._parser import Parser
from fieldsales.words import LANGUAGES, Words

WIDE = 80


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sorted(commands()))
def test_the_help_of_a_command(lang: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDE))
    words = Words(lang)
    module = importlib.import_module(commands()[name])
    parser = Parser(f"fieldsales {name}", words, module.HELP)
    module.arguments(parser)
    parser.add_global_options()
    shown = parser.format_help()
    assert not [line for line in shown.splitlines() if columns(line) > WIDE]
    assert not re.search(r"\b(cli|usage)\.[a-z_]+", shown)  # a key instead of its words
    begin, *below = shown.split("\n\n")[0].splitlines()
    starts = columns(begin[: begin.index(" ", begin.index("fieldsales ") + 11) + 1])
    assert {len(line) - len(line.lstrip()) for line in below} == {starts}
    assert words("usage.heading", name=words("usage.everywhere")) in shown
    if words.chinese:
        assert not re.search(r"^\s+[，。、；：）”」]", shown, re.MULTILINE)


def test_the_chinese_help_parts_lines_as_chinese_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    parser = Parser("x", Words("zh_CN"), "usage.about")
    assert (
        "随行销售：在客户现场、没有网络也能用的\n销售助手。不带命令时打开窗口。"
        in parser.format_help()
    )
