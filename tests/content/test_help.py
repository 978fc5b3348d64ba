"""Help pages: each method in each language, built alike, and true to the rules in the code."""

from __future__ import annotations

import re
from pathlib import Path

import opencc
import pytest

from fieldsales.domain.customer import DEFAULT_RHYTHM
from fieldsales.domain.deal import PURCHASE_FACTORS
from fieldsales.domain.pipeline import FUNNEL
from fieldsales.domain.verdict import Verdict
from fieldsales.drawing.font import face
from fieldsales.resources import ROOT
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import KEEP_DAILY, KEEP_NEWEST, KEEP_WEEKLY
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.words import LANGUAGES, Words
from tests.chinese import MAINLAND_TERMS, NOT_SAID_IN_TAIWAN

HELP = ROOT / "help"
METHODS = sorted(path.stem for path in (HELP / "zh_CN").glob("*.md"))


def _page(language: str, method: str) -> str:
    return (HELP / language / f"{method}.md").read_text(encoding="utf-8")


def _shape(text: str) -> list[str]:
    """What each line is: heading level, list item, table row with its columns, quote, text."""
    shape = []
    for line in text.splitlines():
        kind = re.match(r"#+ |- |\d+\. |> ", line)
        shape.append(f"|{line.count('|')}" if line.startswith("|") else kind[0] if kind else "text")
    return shape


def _rows(text: str) -> list[list[str]]:
    """The cells of all table rows below the headings."""
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_methods_of_this_edition_are_explained() -> None:
    wanted = set("m01 m02 m04 m15 m16 m17 m18 m20 m21 m23 m24 m27 m29a m29b m29c m29e m37".split())
    wanted |= set("m13 m14 m22 m26 m28 m29 m29d m29f m38 m45 m48".split())
    assert wanted <= set(METHODS)
    for language in LANGUAGES:
        assert {path.stem for path in (HELP / language).iterdir()} == set(METHODS)
    assert {path.name for path in HELP.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("method", METHODS)
def test_a_page_is_built_alike_in_each_language(method: str) -> None:
    shapes = [_shape(_page(language, method)) for language in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]
    assert shapes[0][0] == "# "


@pytest.mark.parametrize("method", METHODS)
def test_scripts_are_not_mixed(method: str) -> None:
    simplified = _page("zh_CN", method)
    assert opencc.OpenCC("t2s").convert(simplified) == simplified
    traditional = _page("zh_TW", method)
    assert "“" not in traditional
    converted = opencc.OpenCC("s2tw").convert(traditional).replace("瞭解", "了解")
    assert converted.replace("臺", "台") == traditional.replace("臺", "台")  # both are in use
    assert not re.search("[\u4e00-\u9fff]", _page("en", method))


@pytest.mark.parametrize("language", LANGUAGES)
def test_horizons_are_as_the_rule_has_them(language: str) -> None:
    words = Words(language)
    days = {row[0]: int(row[1].split()[0]) for row in _rows(_page(language, "m04"))}
    assert days == {words.choice("horizon", code): n for code, n in DEFAULT_RHYTHM.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_stages_are_as_the_rule_has_them(workspace: Workspace, language: str) -> None:
    words = Words(language)
    chances = {row[0]: row[2] for row in _rows(_page(language, "m25"))}
    assert chances == {
        words.choice("stage", stage.id): f"{stage.probability}%"
        for stage in pipelines(workspace.store).open_stages(FUNNEL)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_are_as_the_rule_has_them(language: str) -> None:
    words = Words(language)
    told = [row[0] for row in _rows(_page(language, "m29c"))]
    assert told == [words.choice("verdict", verdict) for verdict in Verdict]


@pytest.mark.parametrize("language", LANGUAGES)
def test_purchase_factors_are_called_as_on_screen(language: str) -> None:
    words = Words(language)
    told = [row[0] for row in _rows(_page(language, "m24"))]
    assert told == [words.choice("purchase_factor", code) for code in PURCHASE_FACTORS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_pressed_to_move_data_is_called_as_on_screen(language: str) -> None:
    words, page = Words(language), _page(language, "moving")
    pressed = ["menu.export", "menu.import", "menu.backups", "taking.go", "sharing.of_customer"]
    pressed += ["backups.choose", "backups.restore", "settings.open_backups", "card.more"]
    pressed += [f"backups.place.{place}" for place in ("second", "other", "aside")]
    assert not [words(key) for key in pressed if words(key) not in page]
    rules = (KEEP_NEWEST, KEEP_DAILY, KEEP_WEEKLY)
    assert not [number for number in rules if not re.search(rf"\b{number}\b", page)]


def test_taiwan_is_spoken_to_in_its_own_words() -> None:
    to_simplified = opencc.OpenCC("t2s")
    for method in METHODS:
        text = _page("zh_TW", method)
        assert not MAINLAND_TERMS.search(text), method
        said = to_simplified.convert(text)
        assert not [word for word in NOT_SAID_IN_TAIWAN if word in said], method


def test_the_shipped_font_has_every_character() -> None:
    drawn = {mark for path in HELP.rglob("*.md") for mark in path.read_text(encoding="utf-8")}
    for bold in (False, True):
        assert not [mark for mark in sorted(drawn - {"\n"}) if not face(bold).has(mark)]


def test_pages_are_short() -> None:
    for path in Path(HELP).rglob("*.md"):
        assert len(path.read_text(encoding="utf-8")) < 2_500, path
