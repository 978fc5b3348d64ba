"""The rules of the walk-around and taboo checks, measured on sentences labelled by hand (M22, M28).

What they reach is printed (`pytest -s`) and held to a floor on the half for which no rule was
written; that half is never to be tuned on.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import opencc
import pytest

from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.methods.walk_around.content import reasons, taboos, tags, unsaid
from fieldsales.methods.walk_around.rules import sentences, spoken_to, warnings

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


def _reader(script: str, kind: str) -> Callable[[str], set[str]]:
    if kind == "tag":
        return lambda text: set(spoken_to(text, tags(script)))
    return lambda text: {found.code for found in warnings(text, taboos(script, ("Acme",)))}


def _measured(script: str, kind: str, half: str) -> tuple[float, float]:
    """Precision and recall over all labels of all sentences."""
    read = _reader(script, kind)
    right = said = wanted = 0
    for text, labels in _labelled(script, kind, half):
        found = read(text)
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
    assert labels == (set(QUADRANTS) if kind == "tag" else set(unsaid("en")))


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
def test_every_tag_and_warning_can_say_why(script: str) -> None:
    assert [tag.code for tag in tags(script)] == list(reasons("zh_TW"))
    assert all(reasons("en")[tag.code].quadrant == tag.quadrant for tag in tags(script))
    assert [taboo.code for taboo in taboos(script)] == list(unsaid("zh_CN"))


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_rule_stands_idle(script: str) -> None:
    """Each gives a tag or warning somewhere among the sentences."""
    fired = set()
    for half in HALVES:
        for text, _ in _labelled(script, "tag", half):
            fired |= {
                sign.code for found in spoken_to(text, tags(script)).values() for sign in found
            }
    assert fired == set(reasons("en"))


def test_a_warning_quotes_the_words() -> None:
    text = "我们是全国最好的饲料。"
    (found,) = warnings(text, taboos("zh"))
    assert (found.code, text[found.start : found.end]) == ("superlative", "最好")


def test_a_rival_known_by_name_is_recognised() -> None:
    text = "宏达的料掺假，都是垃圾。"
    assert not warnings(text, taboos("zh"))
    assert [found.code for found in warnings(text, taboos("zh", ("宏达",)))] == ["rival"]


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("先清料槽，再換飼料，最後秤重。", {"b"}),
        ("換肉率從二點八降到二點六。", {"a"}),
        ("您放心，有事打電話，我陪您。", {"c"}),
        ("從長遠來看，這就像種一片樹林。", {"d"}),
    ],
)
def test_traditional_script_is_read_once_it_is_simplified(text: str, speaks: set[str]) -> None:
    assert _reader("zh", "tag")(opencc.OpenCC("t2s").convert(text)) == speaks


def test_a_text_falls_into_its_sentences() -> None:
    text = "先看。再说！\n\nIt costs 0.5 yuan. Done"
    assert [text[start:end].strip() for start, end in sentences(text)] == [
        "先看。",
        "再说！",
        "It costs 0.5 yuan.",
        "Done",
    ]
