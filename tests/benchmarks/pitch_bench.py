"""How fast the pitch is prepared: objections found by what was said, a text walked around."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from statistics import quantiles
from typing import Any

from fieldsales.methods.walk_around.content import rules
from fieldsales.methods.walk_around.rules import walk
from fieldsales.services.library import library
from fieldsales.services.matching import Matcher
from fieldsales.store.search import fold

ENTRIES = 2_000
CHARACTERS = 5_000
_ROUNDS = 60
_FIGURES = "nothing but figures"


def figures() -> Iterator[dict[str, Any]]:
    yield from _objections()
    yield from _walks()


def _p95(works: list[Callable[[], object]]) -> float:
    taken = []
    for work in works:
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return round(quantiles(taken, n=20)[-1], 2)


def _objections() -> Iterator[dict[str, Any]]:
    """Shipped objections and as many of one's own, of the same words in other places."""
    chance = random.Random(5)
    known = list(library("zh_CN").objections.values())
    said = [text for one in known for text in (one.title, *one.heard, *one.means)]
    texts = {one.code: [one.title, *one.heard, *one.means] for one in known}
    while len(texts) < ENTRIES:
        halves = (chance.choice(said)[:8] + chance.choice(said)[-8:] for _ in range(6))
        texts[f"own{len(texts)}"] = list(halves)
    matcher = Matcher(texts)
    asked = [chance.choice(said)[: chance.randint(2, 12)] for _ in range(_ROUNDS)]
    matcher.warm()
    for name, queries in (
        ("characters", asked),
        ("words that stand nowhere", [f"{one}啥的吧" for one in asked]),
        ("sounds alike", ["胎归了", "美钱", "在说吧", "等朱家起来", "灵川的辽便宜"] * 10),
        ("pinyin", ["tg", "taigui", "bjg", "zksj", "meiqian", "zaishuo"] * 10),
    ):
        works = [lambda query=query: matcher.find(query) for query in queries]
        yield {
            "name": f"objections: {name}, {ENTRIES} entries, p95",
            "value": _p95(works),
            "limit": 20,
            "ratio": None,
        }


def _walks() -> Iterator[dict[str, Any]]:
    known = rules("zh_CN")
    texts = {
        language: " ".join(one.example for one in library(language).techniques.values())
        for language in ("zh_CN", "zh_TW", "en")
    }
    texts[_FIGURES] = "1,"  # no rule may look far ahead from each of them
    for language, text in texts.items():
        whole = (text * (CHARACTERS // len(text) + 1))[:CHARACTERS]
        works = [lambda whole=whole: walk(whole, known.tags, known.taboos, fold=fold)] * _ROUNDS
        yield {
            "name": f"walk-around: {CHARACTERS} characters in {language}, p95 ms",
            "value": _p95(works),
            "limit": 50,
            "ratio": None,
        }
