"""Checklist files, good, broken and hostile; answers, scores and what moved since (M38)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.checklist import ChecklistAnswer, Moved, Score, moved, score
from fieldsales.domain.checklist_file import Item, read
from fieldsales.errors import UserError

GOOD = """
title = "出车前"
of = "visit"
[section.car]
title = "车上"
[item.sample]
section = "car"
kind = "yes"
weight = 2
text = "样品带齐"
[item.fuel]
section = "car"
kind = "scale"
text = {zh_CN = "油量", zh_TW = "油量", en = "Fuel"}
[item.tonnes]
section = "car"
kind = "number"
text = "今天要谈的吨数"
"""


def _refused(text: str) -> tuple[str, str]:
    with pytest.raises(UserError) as caught:
        read(text, "own", "zh_CN")
    return caught.value.code, str(caught.value.params.get("place", ""))


def test_a_file_of_ones_own_in_one_language_or_three() -> None:
    form = read(GOOD, "own", "en")
    assert (form.title, form.of, list(form.items)) == (
        "出车前",
        "visit",
        ["sample", "fuel", "tonnes"],
    )
    assert form.items["fuel"].text == "Fuel"
    assert (form.items["sample"].weight, form.items["tonnes"].weight) == (2, 1)


def test_what_is_no_part_of_a_checklist_is_left_out() -> None:
    strange = 'code = "x"\nimport = "os"\n'
    told = GOOD.replace('kind = "yes"', f'{strange}kind = "yes"').replace(
        "[section.car]", f"[section.car]\n{strange}"
    )
    assert read(strange + told, "own", "en") == read(GOOD, "own", "en")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('title = "出车前"', "", "title"),
        ('title = "出车前"', 'title = "\\u200b \\u0000"', "title"),
        ('of = "visit"', 'of = ["visit"]', "of"),
        ('of = "visit"', 'repeat_days = -1\nof = "visit"', "repeat_days"),
        ('[section.car]\ntitle = "车上"', "section = 3", "section"),
        ('kind = "yes"', 'kind = "exec"', "item.sample.kind"),
        ("weight = 2", "weight = true", "item.sample.weight"),
        ("weight = 2", "weight = 9999999999999999", "item.sample.weight"),
        ('section = "car"\nkind = "yes"', 'section = ["car"]\nkind = "yes"', "item.sample.section"),
        ('section = "car"\nkind = "yes"', 'section = "x"\nkind = "yes"', "item.sample.section"),
        ('text = "样品带齐"', 'text = "带\\u0007齐"', "item.sample.text"),
        ('text = "样品带齐"', f'text = "{"长" * 501}"', "item.sample.text"),
        ('text = "样品带齐"', 'text = {en = "Samples"}', "item.sample.text"),
        ('text = "样品带齐"', "text = {}", "item.sample.text"),
        ("[item.sample]", '[item."\\n"]', "item"),
        ("[item.tonnes]", f"[item.{'x' * 81}]", "item"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, place: str) -> None:
    assert old in GOOD
    assert _refused(GOOD.replace(old, new, 1)) == ("checklist.wrong", place)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "checklist.wrong"),
        ("title = '空'", "checklist.empty"),
        ("import os; os.system('x')", "checklist.broken_at"),
        ("PK\x03\x04\x00", "checklist.broken_at"),
        (f"x = {'[' * 50_000}", "checklist.broken"),
        (f"x = {'9' * 5_000}", "checklist.broken"),
        ("x = 2026-02-30", "checklist.broken_at"),
        ("#" * 60_001, "checklist.too_large"),
        (
            "title = '多'\n[section.a]\ntitle = 'a'\n"
            + "".join(
                f"[item.i{n}]\nsection = 'a'\nkind = 'yes'\ntext = 't'\n" for n in range(201)
            ),
            "checklist.too_many",
        ),
    ],
)
def test_broken_and_hostile_files_are_refused(text: str, code: str) -> None:
    assert _refused(text)[0] == code


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UserError):  # any other error fails
        assert read(text, "own", "zh_CN").items


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("yes", "1", "1"),
        ("yes", "0", ""),
        ("task", "1", "1"),
        ("scale", "4", "4"),
        ("scale", " 5.0 ", "5"),
        ("number", "1,200.50", "1200.5"),
        ("number", "-3", "-3"),
        ("text", " 两行\r\n字 ", "两行\n字"),
        ("scale", "", ""),
    ],
)
def test_answers_as_they_are_kept(kind: str, typed: str, kept: str) -> None:
    item = Item(code="x", section="s", kind=kind, text="x")
    assert item.clean(typed) == kept
    assert item.clean(kept) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("scale", "0"),
        ("scale", "6"),
        ("scale", "3.5"),
        ("scale", "好"),
        ("number", "三"),
        ("number", "nan"),
        ("number", "inf"),
        ("number", "1e300"),
    ],
)
def test_answers_that_are_none(kind: str, typed: str) -> None:
    with pytest.raises(UserError, match=f"checklist.not_a_{kind}"):
        Item(code="x", section="s", kind=kind, text="x").clean(typed)


def _answers(**values: str) -> list[ChecklistAnswer]:
    return [
        ChecklistAnswer(result_id="r", item=item, value=value, target="10")
        for item, value in values.items()
    ]


def test_what_is_unanswered_counts_as_not_fulfilled() -> None:
    form = read(GOOD, "own", "zh_CN")
    assert score(form, []) == Score(0, 0, 3)
    assert score(form, _answers(sample="1", fuel="3")) == Score(63, 2, 3)
    assert score(form, _answers(sample="1", fuel="5", tonnes="5")) == Score(88, 3, 3)
    assert score(form, _answers(sample="1", fuel="5", tonnes="99")) == Score(100, 3, 3)
    assert score(form, _answers(sample="1", gone="1"), "car") == Score(50, 1, 3)
    assert score(form, [], "nowhere") == Score(None, 0, 0)


def test_what_moved_since_the_last_time() -> None:
    form = read(GOOD, "own", "zh_CN")
    found = moved(form, _answers(sample="1", fuel="2"), _answers(fuel="4", tonnes="8"))
    items = form.items
    assert found == [
        Moved(items["sample"], "1", ""),
        Moved(items["fuel"], "2", "4"),
        Moved(items["tonnes"], "", "8"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("title = 'a'\nof = visit\n", "checklist.broken_at", 2),
        ("title = 'a'\n[item.x]\n[item.x]\n", "checklist.written_twice", 3),
        ("title = 'a'\n[item.x]\ntext = '1'\ntext = '2'\n", "checklist.written_twice", 4),
        ("title = 'a'\nof = '''", "checklist.broken_at", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(UserError) as caught:
        read(text, "own", "zh_CN")
    assert (caught.value.code, caught.value.params["line"]) == (code, line)
