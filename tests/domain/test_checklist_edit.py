"""A checklist's tables: changed piece by piece, and written as the file they were read from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.checklist import (
    GONE,
    ChecklistAnswer,
    ChecklistResult,
    Filled,
    remembered,
    score,
)
from fieldsales.domain.checklist_edit import (
    Table,
    add_item,
    add_section,
    moved,
    with_entry,
    with_head,
    without,
    write,
)
from fieldsales.domain.checklist_file import KINDS, parse, read
from fieldsales.domain.fields import clean_text

GOOD = """
title = { zh_CN = "出车前", zh_TW = "出車前", en = "Before leaving" }
of = "visit"
extra = 2026-11-09
[section.car]
title = "车上"
[section.papers]
title = "文件"
[item.sample]
section = "car"
kind = "yes"
weight = 2
text = "样品 \\"A\\" 带齐"
run = "import os"
[item."油 量"]
section = "car"
kind = "scale"
text = { zh_CN = "油量", zh_TW = "油量", en = "Fuel" }
[item.call]
section = "papers"
kind = "task"
text = "回访"
days = 3
task = "给{customer}打电话"
"""


@pytest.fixture
def table() -> dict[str, Any]:
    return parse(GOOD)


def _order(table: Table, group: str = "item") -> list[str]:
    return list(table[group])


def test_what_is_written_reads_the_same_without_what_is_no_part_of_it(
    table: dict[str, Any],
) -> None:
    text = write(table)
    for language in ("zh_CN", "zh_TW", "en"):
        assert read(text, "own", language) == read(GOOD, "own", language)
    assert "import" not in text
    assert "extra" not in text
    assert write(parse(text)) == text


TEXTS = st.text(min_size=1, max_size=60).map(lambda text: clean_text(text, lines=True)).filter(bool)


@given(
    title=TEXTS,
    items=st.lists(st.tuples(TEXTS, st.sampled_from(KINDS)), min_size=1, max_size=6),
)
def test_any_text_survives_the_file(title: str, items: list[tuple[str, str]]) -> None:
    table, section = add_section(with_head({}, "en", title=title), title)
    for text, kind in items:
        table, _code = add_item(table, section, text, kind)
    back = parse(write(table))
    assert back == table
    assert [item["text"] for item in back["item"].values()] == [text for text, _kind in items]


def test_a_text_in_three_languages_changes_in_the_one_it_is_read_in(table: dict[str, Any]) -> None:
    changed = with_head(table, "en", title="Before you go", repeat_days=7)
    assert changed["title"] == {"zh_CN": "出车前", "zh_TW": "出車前", "en": "Before you go"}
    assert read(write(changed), "own", "en").repeat_days == 7
    emptied = with_entry(table, "item", "call", "zh_CN", task="", text="电话回访")
    assert emptied["item"]["call"] == {
        "section": "papers",
        "kind": "task",
        "text": "电话回访",
        "days": 3,
    }
    assert table["item"]["call"]["task"]  # the one before is as it was


def test_an_item_goes_by_what_it_first_said(table: dict[str, Any]) -> None:
    once, first = add_item(table, "car", "锁好  车门", "yes")
    twice, second = add_item(once, "car", "锁好 车门", "yes")
    assert (first, second) == ("锁好 车门", "锁好 车门 2")
    assert _order(twice)[-2:] == [first, second]


def test_items_move_within_their_section_and_on_into_the_next(table: dict[str, Any]) -> None:
    swapped = moved(table, "item", "sample", 1)
    assert _order(swapped) == ["油 量", "sample", "call"]
    on = moved(swapped, "item", "sample", 1)
    assert on["item"]["sample"]["section"] == "papers"
    form = read(write(on), "own", "zh_CN")
    papers = [item.code for item in form.items.values() if item.section == "papers"]
    assert papers == ["sample", "call"]
    back = moved(on, "item", "sample", -1)
    assert back["item"]["sample"]["section"] == "car"
    assert moved(table, "item", "call", 1) == moved(table, "section", "car", -1) == table
    assert _order(moved(table, "section", "car", 1), "section") == ["papers", "car"]


def test_a_section_goes_with_its_items(table: dict[str, Any]) -> None:
    left = without(table, "section", "car")
    assert (_order(left, "section"), _order(left)) == (["papers"], ["call"])
    assert _order(without(table, "item", "call")) == ["sample", "油 量"]


def test_what_was_answered_stays_readable_when_the_item_or_the_whole_checklist_is_gone() -> None:
    answers = (
        ChecklistAnswer(item="sample", value="1"),
        ChecklistAnswer(item="锁好车门", value="1"),
        ChecklistAnswer(item="没答", value=""),
    )
    filled = Filled(ChecklistResult(checklist="own", title="出车前"), answers)
    form = remembered(read(GOOD, "own", "zh_CN"), filled)
    assert [item.text for item in form.items.values() if item.section == GONE] == ["锁好车门"]
    assert score(form, answers).percent == score(read(GOOD, "own", "zh_CN"), answers).percent
    gone = remembered(None, filled)
    assert (gone.title, list(gone.items)) == ("出车前", ["sample", "锁好车门"])
    assert score(gone, answers).percent is None
