"""The parts of a worksheet become speech (M28)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import Worksheet, WorksheetRow
from fieldsales.methods.ffab.content import connectors
from fieldsales.methods.ffab.rules import pitch, row_pitch, seconds
from fieldsales.words import LANGUAGES

NEED = Need(id="e", text="想少用药", statement="explicit")
ROW = WorksheetRow(
    feature="料里加了膨化玉米。",
    function="让仔猪吃得进、消化得了",
    advantage="断奶头一周不拉稀",
    benefit="一窝药费省四十块",
    need_id="e",
)


def test_a_row_is_told_with_connectors() -> None:
    assert row_pitch(ROW, [NEED], connectors("zh_CN")) == (
        "只要料里加了膨化玉米，就能让仔猪吃得进、消化得了。"
        "所以，断奶头一周不拉稀。对您来说，一窝药费省四十块。"
    )


def test_without_an_explicit_need_it_is_an_example() -> None:
    told = row_pitch(ROW, [], connectors("zh_CN"))
    assert told.endswith("比方说，一窝药费省四十块。")


def test_fab_hides_the_function() -> None:
    told = row_pitch(ROW, [NEED], connectors("zh_CN"), without_function=True)
    assert told.startswith("先看这一点：料里加了膨化玉米。所以")
    assert "消化" not in told


def test_the_whole_opens_by_agreeing_and_ones_own_words_stand() -> None:
    rows = [ROW, WorksheetRow(), WorksheetRow(pitch="这句我自己说。")]
    sheet = Worksheet(title="断奶", opening="您说得对，头一周最难。")
    lines = pitch(sheet, rows, [NEED], connectors("zh_CN")).splitlines()
    assert (len(lines), lines[0], lines[2]) == (3, "您说得对，头一周最难。", "这句我自己说。")
    own = Worksheet(title="断奶", pitch="整段都是我的。")
    assert pitch(own, rows, [], connectors("zh_CN")) == "整段都是我的。"
    assert pitch(Worksheet(), [], [], connectors("en")) == ""


def test_time_to_say_it() -> None:
    assert seconds("字" * 240) == 60
    assert seconds("字，" * 120 + "\n") == 30
    assert seconds("one two three four") == 2
    assert seconds("12.5") == seconds("don't") == round(0.5)
    assert seconds("😀……") == 0


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    st.lists(
        st.sampled_from(["", "料", "{function}", "{benefit}。", "a b."])
        | st.text("料{}。a ", max_size=12),
        min_size=4,
        max_size=4,
    )
)
def test_every_part_is_told_as_it_is(language: str, parts: list[str]) -> None:
    feature, function, advantage, benefit = parts
    row = WorksheetRow(feature=feature, function=function, advantage=advantage, benefit=benefit)
    told = row_pitch(row, [], connectors(language))
    bare = benefit.rstrip().rstrip("。.")
    assert not bare or told.endswith(f"{bare}{connectors(language).stop}")
