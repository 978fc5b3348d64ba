"""The library: complete in each language, enough of it, every entry its own, Taiwan's in its words."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import opencc
import pytest

from fieldsales.domain.customer import INDUSTRIES
from fieldsales.domain.deal import STAGES
from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS
from fieldsales.domain.verdict import ADVANCES
from fieldsales.domain.visit import SIGNAL_KINDS
from fieldsales.resources import ROOT
from fieldsales.words import LANGUAGES
from tests.chinese import NOT_SAID_IN_TAIWAN

STEPS = ("welcome", "needs", "recommend", "suggest", "after")  # M26
STYLES = ("answer_a", "answer_b", "answer_c", "answer_d")  # M21

# codes and lists of codes of each table, then its texts; `*` marks a list of texts
SHAPES: dict[str, tuple[set[str], set[str]]] = {
    "signal": ({"kind"}, {"text", "then"}),
    "question": ({"kind", "industries"}, {"text"}),
    "objection": (
        {"step"},
        {"title", "heard*", "means*", "ask*", "answer", "avoid", *(f"{one}*" for one in STYLES)},
    ),
    "observation": ({"kind"}, {"text", "tells"}),
    "material": (set(), {"text", "why"}),
    "advance": (set(), {"look", "ask", "examples*"}),
    "next_advance": ({"advances"}, {"needs", "objectives*"}),
    "route": ({"goes_to"}, {"step", "say"}),
    "technique": (set(), {"what", "when", "when_not", "example", "honest"}),
    "rule": (set(), {"text"}),
    "phrase": ({"topic"}, {"text", "use"}),
    "greeting": ({"occasion", "tone"}, {"text"}),
    "greeting_tone": (set(), {"text"}),
    "collecting": (set(), {"text"}),
    "passage": ({"kind"}, {"title", "text"}),
}
OPTIONAL = {"needs_fact", "industries", "quadrant", "need"}
Entry = dict[str, Any]


@cache
def _library() -> dict[str, dict[str, Entry]]:
    tables: dict[str, dict[str, Entry]] = {}
    for path in sorted((ROOT / "library").glob("*.toml")):
        for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert name not in tables
            tables[name] = table
    return tables


def _entries() -> Iterator[tuple[str, str, Entry]]:
    for name, table in _library().items():
        for code, entry in table.items():
            yield name, code, entry


def _texts() -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Every text with its path, a single one as a list of one."""
    for name, code, entry in _entries():
        for part, value in entry.items():
            if isinstance(value, dict):
                yield (
                    f"{name}.{code}.{part}",
                    {k: v if isinstance(v, list) else [v] for k, v in value.items()},
                )


def test_tables_are_those_described() -> None:
    assert _library().keys() == SHAPES.keys()


def test_every_entry_has_its_shape() -> None:
    for name, code, entry in _entries():
        codes, texts = SHAPES[name]
        wanted = codes | {text.rstrip("*") for text in texts}
        assert wanted - OPTIONAL <= entry.keys(), (name, code)
        assert entry.keys() <= wanted | OPTIONAL, (name, code)
        for text in texts:
            several = all(isinstance(value, list) for value in entry[text.rstrip("*")].values())
            assert several == text.endswith("*"), (name, code, text)


def test_every_text_stands_in_each_language() -> None:
    for path, text in _texts():
        assert list(text) == list(LANGUAGES), path
        lengths = {len(items) for items in text.values()}
        assert len(lengths) == 1, path
        for items in text.values():
            assert all(item.strip() == item != "" for item in items), path


def test_scripts_are_not_mixed() -> None:
    to_simplified = opencc.OpenCC("t2s")
    for path, text in _texts():
        for item in text["zh_CN"]:
            assert to_simplified.convert(item) == item, path
        for item in text["en"]:
            assert not any("\u4e00" <= character <= "\u9fff" for character in item), path


def test_taiwan_is_spoken_to_in_its_own_words() -> None:
    to_simplified = opencc.OpenCC("t2s")
    for path, text in _texts():
        for item in text["zh_TW"]:
            said = to_simplified.convert(item)
            found = [word for word in NOT_SAID_IN_TAIWAN if word in said]
            assert not found, (path, found)
            assert "“" not in item, path


def test_taiwan_is_more_than_a_change_of_script() -> None:
    to_traditional = opencc.OpenCC("s2tw")
    marks = str.maketrans("“”‘’", "「」『』")
    converted = own = 0
    for _, text in _texts():
        for simplified, traditional in zip(text["zh_CN"], text["zh_TW"], strict=True):
            if to_traditional.convert(simplified).translate(marks) == traditional:
                converted += 1
            else:
                own += 1
    assert own >= 300


def test_no_two_entries_say_the_same() -> None:
    main = {"objection": "title", "advance": "look", "next_advance": "needs", "route": "step"}
    for name, table in _library().items():
        part = main.get(name, "what" if name == "technique" else "text")
        for language in LANGUAGES:
            texts = [entry[part][language] for entry in table.values()]
            assert len(set(texts)) == len(texts), (name, language)
        texts = [entry[part]["zh_CN"] for entry in table.values()]
        for i, one in enumerate(texts):
            for other in texts[i + 1 :]:
                alike = SequenceMatcher(None, one, other).quick_ratio()
                if alike > 0.85:
                    assert SequenceMatcher(None, one, other).ratio() < 0.85, (name, one, other)


def test_no_answer_is_used_twice() -> None:
    answers = Counter(
        text
        for entry in _library()["objection"].values()
        for part in ("answer", "avoid", *STYLES)
        for text in (entry[part]["zh_CN"] if part in STYLES else [entry[part]["zh_CN"]])
    )
    assert max(answers.values()) == 1


def test_signals_of_each_kind() -> None:
    kinds = Counter(entry["kind"] for entry in _library()["signal"].values())
    assert set(kinds) == set(SIGNAL_KINDS)
    assert min(kinds.values()) >= 6


def test_questions_of_each_kind_and_trade() -> None:
    questions = _library()["question"].values()
    kinds = Counter(entry["kind"] for entry in questions)
    assert list(kinds) == ["situation", "problem", "implication", "payoff"]
    assert min(kinds.values()) >= 30
    trades = Counter(trade for entry in questions for trade in entry["industries"])
    assert set(trades) <= set(INDUSTRIES)
    assert {"pig_farm", "feed_dealer", "telecom", "manufacturing"} <= set(trades)
    assert min(trades[trade] for trade in ("pig_farm", "feed_dealer", "telecom")) >= 8
    everywhere = Counter(entry["kind"] for entry in questions if not entry["industries"])
    assert min(everywhere.values()) >= 10


def test_objections_are_many_and_answered_in_several_ways() -> None:
    objections = _library()["objection"]
    assert len(objections) >= 60
    steps = Counter(entry["step"] for entry in objections.values())
    assert set(steps) == set(STEPS)
    assert min(steps.values()) >= 8
    for code, entry in objections.items():
        assert len(entry["heard"]["zh_CN"]) >= 2, code
        assert len(entry["ask"]["zh_CN"]) >= 2, code
        for style in STYLES:
            assert 2 <= len(entry[style]["zh_CN"]) <= 3, (code, style)


@pytest.mark.parametrize(
    "code",
    [
        "hostile_entry",
        "silent_customer",
        "cold_to_questions",
        "only_price",
        "no_time",
        "stack_of_quotes",
        "praises_rival",
        "knows_defects",
        "avoids_questions",
        "unsure_of_need",
        "new_to_product",
        "doubt_it_fits",
        "just_looking",
        "too_many_functions",
        "why_dearer",
        "wants_mix",
        "wants_promo_only",
    ],
)
def test_the_obstacles_everyone_meets_are_covered(code: str) -> None:
    assert code in _library()["objection"]


def test_observations_of_each_kind() -> None:
    observations = _library()["observation"].values()
    kinds = Counter(entry["kind"] for entry in observations)
    assert set(kinds) == {"listening", "questions", "body", "key", "details"}
    assert min(kinds.values()) >= 6
    assert {entry["quadrant"] for entry in observations if "quadrant" in entry} == set("abcd")
    needs = {entry["need"] for entry in observations if "need" in entry}
    assert needs <= {*ORGANISATION_NEEDS, *PERSONAL_NEEDS}


def test_each_advance_and_each_stage_is_told() -> None:
    library = _library()
    assert set(library["advance"]) == set(ADVANCES)
    assert all(len(entry["examples"]["en"]) == 3 for entry in library["advance"].values())
    assert set(library["next_advance"]) == set(STAGES)
    for entry in library["next_advance"].values():
        assert entry["advances"]
        assert set(entry["advances"]) <= set(ADVANCES)


def test_closing_has_its_eleven_techniques_and_a_route_that_ends() -> None:
    library = _library()
    assert len(library["technique"]) == 11
    asking = [code for code, entry in library["technique"].items() if entry.get("needs_fact")]
    assert asking == ["scarcity"]
    route = library["route"]
    assert all(set(entry["goes_to"]) <= set(route) | {"technique"} for entry in route.values())
    assert [code for code, entry in route.items() if not entry["goes_to"]] == ["serve"]


def test_materials_name_known_trades() -> None:
    for code, entry in _library()["material"].items():
        assert set(entry.get("industries", ())) <= set(INDUSTRIES), code


def test_there_are_phrases_for_each_step_of_a_visit() -> None:
    topics = Counter(entry["topic"] for entry in _library()["phrase"].values())
    on_the_way = "appointment opening question agreement pitch recommend suggest silence summary"
    after = "commitment handover thanks follow_up collecting care apology"
    assert set(topics) == {*on_the_way.split(), *after.split()}
    assert min(topics.values()) >= 2
