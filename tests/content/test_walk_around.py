"""The rules of the walk-around and taboo checks, measured on sentences labelled by hand (M22, M28).

What they reach is printed (`pytest -s`) and held to a floor on the half for which no rule was
written; that half is never to be tuned on.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.methods.walk_around.content import checks, rules
from fieldsales.methods.walk_around.rules import Walk, walk
from fieldsales.resources import read_toml
from fieldsales.store.search import fold

SCRIPTS = ("zh", "en")
HALVES = ("tuning", "held_back")
KINDS = ("tag", "taboo")

# precision and recall on the half held back, rounded down from what was reached when it was first run
FLOORS = {
    ("zh", "tag"): (0.85, 0.5),
    ("en", "tag"): (0.85, 0.55),
    ("zh", "taboo"): (0.9, 0.6),
    ("en", "taboo"): (0.9, 0.5),
}


def _labelled(script: str, kind: str, half: str) -> Iterator[tuple[str, set[str]]]:
    path = Path(__file__).parent / f"walk_around_{script}.toml"
    groups = tomllib.loads(path.read_text(encoding="utf-8"))[kind][half]
    for label, texts in groups.items():
        parts = label.split("_") if kind == "taboo" else list(label)
        wanted = set() if label == "none" else set(parts)
        yield from ((text, wanted) for text in texts)


def _walk(text: str, *, rivals: tuple[str, ...] = ("Acme",)) -> Walk:
    shipped = rules("en")
    return walk(text, shipped.tags, shipped.taboos, rivals=rivals, fold=fold)


def _read(kind: str, text: str) -> set[str]:
    found = _walk(text)
    if kind == "tag":
        return {quadrant for sentence in found.sentences for quadrant in sentence.tags}
    return {mark.code for mark in found.taboos}


def _measured(script: str, kind: str, half: str) -> tuple[float, float]:
    """Precision and recall over all labels of all sentences."""
    right = said = wanted = 0
    for text, labels in _labelled(script, kind, half):
        found = _read(kind, text)
        right += len(found & labels)
        said += len(found)
        wanted += len(labels)
    reached = f"precision {right / said:.2f} recall {right / wanted:.2f}"
    sys.stdout.write(f"{script} {kind:6} {half:9} {reached}\n")
    return right / said, right / wanted


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_there_are_sentences_enough_and_none_stands_in_both_halves(script: str, kind: str) -> None:
    halves = [[text for text, _ in _labelled(script, kind, half)] for half in HALVES]
    assert min(map(len, halves)) >= 30
    together = [*halves[0], *halves[1]]
    assert len(set(together)) == len(together) >= 60
    labels = {
        label for half in HALVES for _, some in _labelled(script, kind, half) for label in some
    }
    assert labels == (
        set(QUADRANTS) if kind == "tag" else {rule.code for rule in rules("en").taboos}
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_sentences_nobody_tuned_on_are_read_as_well_as_said(script: str, kind: str) -> None:
    precision, recall = _measured(script, kind, "held_back")
    least_precision, least_recall = FLOORS[script, kind]
    assert precision >= least_precision
    assert recall >= least_recall


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_the_sentences_rules_were_written_for_are_read_right(script: str, kind: str) -> None:
    precision, recall = _measured(script, kind, "tuning")
    assert precision >= 0.9
    assert recall >= 0.9


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_sign_is_known_in_every_language_of_texts(script: str) -> None:
    signs = read_toml("methods", "walk_around", "signs.toml")
    table = read_toml("methods", "walk_around", "rules", f"{script}.toml")
    for kind in KINDS:
        assert list(table[kind]) == list(signs[kind])


def test_a_sign_answers_checks_of_its_own_quadrant() -> None:
    asked = checks("en")
    for rule in rules("en").tags:
        assert {asked[code].quadrant for code in rule.answers} <= {rule.quadrant}


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_rule_stands_idle(script: str) -> None:
    """Each gives a tag somewhere among the sentences."""
    fired = {
        mark.code
        for half in HALVES
        for text, _ in _labelled(script, "tag", half)
        for sentence in _walk(text).sentences
        for marks in sentence.tags.values()
        for mark in marks
    }
    assert fired == {rule.code for rule in rules("en").tags}


def test_a_warning_quotes_the_words() -> None:
    (found,) = _walk("我们是全国最好的饲料。").taboos
    assert (found.code, found.words) == ("superlative", "最好")
    (found,) = _walk("我們是全國最優的飼料。").taboos
    assert (found.code, found.words) == ("superlative", "最優")


def test_a_rival_known_by_name_is_recognised() -> None:
    text = "宏达的料掺了东西，都是垃圾。"
    assert not _walk(text).taboos
    assert [found.code for found in _walk(text, rivals=("宏达",)).taboos] == ["rival"]


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("先清料槽，再換飼料，最後秤重。", {"b"}),
        ("換肉率從二點八降到二點六。", {"a"}),
        ("您放心，有事打電話，我陪您。", {"c"}),
        ("從長遠來看，這就像種一片樹林。", {"d"}),
    ],
)
def test_traditional_script_is_read_as_well(text: str, speaks: set[str]) -> None:
    assert _read("tag", text) == speaks
