"""Encodings are told right on short and long lists, and what cannot be right is said so."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from fieldsales.errors import UserError
from fieldsales.services.importing import encodings
from fieldsales.services.importing.plausibility import plausibility
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.sheet import Options

_SPEC = importlib.util.spec_from_file_location("corpus", Path(__file__).with_name("corpus.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
corpus = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(corpus)


@pytest.mark.parametrize(("name", "size", "encoding"), corpus.cases())
def test_every_list_is_read_as_it_was_written(
    tmp_path: Path, name: str, size: str, encoding: str
) -> None:
    text = corpus.text_of(name, size)
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    found = encodings.guess(path)
    assert path.read_bytes().decode(found.name).removeprefix("\ufeff") == text
    if name != "simplified_rare":  # made of the rarest characters names have
        assert not found.garbled


@pytest.mark.parametrize(
    ("text", "written", "wrong"),
    [
        ("\n".join(corpus.TRADITIONAL), "cp950", "gb18030"),
        ("\n".join(corpus.SIMPLIFIED), "gb18030", "cp950"),
        ("\n".join(corpus.SIMPLIFIED), "gb18030", "cp1252"),
        ("\n".join(corpus.SIMPLIFIED), "utf-8", "gb18030"),
        ("\n".join(corpus.TRADITIONAL_SHORT), "cp950", "gb18030"),
        ("\n".join(corpus.WESTERN), "cp1252", "gb18030"),
    ],
)
def test_a_wrong_choice_reads_as_garbled(
    tmp_path: Path, text: str, written: str, wrong: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(written))
    right, chosen = read(path), read(path, Options(encoding=wrong))
    assert "garbled" not in [oddity.code for oddity in right.warnings]
    assert "garbled" in [oddity.code for oddity in chosen.warnings]
    assert chosen.encoding == wrong


def test_text_garbled_before_it_was_saved_is_told(tmp_path: Path) -> None:
    broken = "\n".join(corpus.SIMPLIFIED).encode().decode("latin-1")
    path = tmp_path / "list.csv"
    path.write_text(broken, encoding="utf-8")
    assert "garbled" in [oddity.code for oddity in read(path).warnings]


@pytest.mark.parametrize("cut", [b"\xb1", b"\xff"])
def test_a_character_cut_in_half_costs_one_character(tmp_path: Path, cut: bytes) -> None:
    lines = [line.encode("gb18030") for line in corpus.SIMPLIFIED]
    lines[2] = lines[2].replace("李娜".encode("gb18030"), "李".encode("gb18030") + cut)
    path = tmp_path / "list.csv"
    path.write_bytes(b"\n".join(lines))
    sheet = read(path)
    assert sheet.encoding == "gb18030"
    assert [oddity.code for oddity in sheet.warnings] == ["replaced"]
    assert sheet.head[1][1][:3] == ("上海明达电信股份有限公司", "李\ufffd", "13900139000")


def test_named_encodings_take_their_wider_sets() -> None:
    assert encodings.named("GB2312") == encodings.named("gbk") == "gb18030"
    assert encodings.named("Big5") == "cp950"
    for unknown in ("klingon", "zip", "", "undefined", "idna\0"):
        with pytest.raises(UserError):
            encodings.named(unknown)


def test_plausibility_of_plain_text_is_full() -> None:
    assert plausibility("Company,Phone\nAcme,123") == 1.0
