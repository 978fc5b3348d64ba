"""What is asked for a text that someone typed."""

from __future__ import annotations

import pytest

from fieldsales.store.search.query import EXACT, MIDDLE, OTHER, PREFIX, probes


@pytest.mark.parametrize("text", ["", " ", '"', "*", "()", "\x00", "\ud800", "—…！？"])
def test_nothing_to_look_for_asks_nothing(text: str) -> None:
    assert list(probes(text)) == []


def test_the_best_rank_is_asked_first() -> None:
    ranks = [probe.rank for probe in probes("张伟 138")]
    assert ranks == sorted(ranks)
    assert set(ranks) == {EXACT, PREFIX, MIDDLE, OTHER}


def test_a_very_long_text_asks_little() -> None:
    assert all(len(probe.match) < 10_000 for probe in probes("北京海润abc 123 " * 10_000))
