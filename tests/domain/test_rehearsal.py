"""A text is cut where one breathes; time, pace and marks add up."""

from __future__ import annotations

import pytest

from fieldsales.domain.rehearsal import Rehearsal, sentences


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("一句。两句！三句？", ("一句。", "两句！", "三句？")),
        ("他说：“真的！”就走了。", ("他说：“真的！”", "就走了。")),
        ("It costs 3.5 yuan. Really? Yes", ("It costs 3.5 yuan.", "Really?", "Yes")),
        ("第一行\n\n第二行", ("第一行", "第二行")),
        ("等等……好。", ("等等……", "好。")),
        ("……", ()),
        ("", ()),
    ],
)
def test_cut_where_one_breathes(text: str, cut: tuple[str, ...]) -> None:
    assert sentences(text) == cut


def _run() -> Rehearsal:
    return Rehearsal.of("一二三四。五六七八九十。一二。", lambda text: len(text) - 1)


def test_the_time_wanted_follows_the_pace() -> None:
    run = _run()
    assert run.wanted == 3.0  # 12 characters at 240 a minute
    run.pace = 120
    assert run.wanted == 6.0
    run.tick(1.0)
    assert run.share == 0.5


def test_it_waits_for_the_speaker_unless_it_goes_on_by_itself() -> None:
    run = _run()
    run.tick(5.0)
    assert (run.at, run.share) == (0, 1.0)
    run.next()
    run.tick(1.5, by_itself=True)
    assert run.at == 2
    assert run.elapsed == 6.5


def test_marks_are_kept_in_order_and_taken_back() -> None:
    run = _run()
    run.stumble()
    run.next()
    run.skip()
    run.stumble()
    run.stumble()
    assert run.marked("stumbled") == ["一二三四。"]
    assert run.marked("skipped") == ["五六七八九十。"]
    run.back()
    assert run.marked("skipped") == []
    run.next()
    run.next()
    assert run.over
    run.skip()
    run.tick(9.0)
    assert (run.elapsed, run.marks) == (0.0, {0: "stumbled"})
