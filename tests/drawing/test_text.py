"""Lines break where Chinese typesetting lets them, and never lose a character."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldsales.drawing.font import face
from fieldsales.drawing.text import (
    NO_LINE_END,
    NO_LINE_START,
    missing,
    pieces,
    printable,
    width,
    wrap,
)

SIZE = 9.5
WIDTHS = [60 + 7 * step for step in range(52)]

TEXTS = {
    "simplified": "王建国说：“如果每吨3,200元能送到场里，《供货合同》可以先签——但要试用3吨（约2.5 kg/头·天）……”他问："
    "“最快哪天能送？”我答：‘后天。’（孙场长在场）【记下】「试用」『两栋』、三号舍；四号舍！好。",
    "traditional": "林經理表示：「若每公噸新臺幣 9,800 元能送到場內，《供貨合約》可以先簽——但要試用 3 公噸（約 2.5 kg／頭·日）……」"
    "他問：『最快哪天能到？』我答：「後天。」請見附件《試用方案》（草案）；週五前回覆！",
    "mixed": "客户用的是 SAP S/4HANA，接口文档在 https://docs.example.com/api/v2/orders?id=3&lang=zh-CN ，联系 "
    "wang.jianguo@hairun-muye.com.cn 或打 0912-5550188。The customer’s words: “we’ll try it” — 预算 USD 12,500.00，"
    "2026年11月9日前答复；A/B 两个方案（Plan A、Plan B）都要。",
    "english": "They feed 60 t a month (80 t in season), want a feed ratio below 2.6 and one price a year; "
    "Mr Wang’s “trial first” means two houses, 3 t, weekly weights – and a report by 16 Nov 2026.",
}

# Characters as notes have them, marks often, so that they meet.
NOTES = st.lists(
    st.sampled_from(
        [*"客户养殖场饲料试用价格合同下周同意三四号舍", *"，。：；！？、", "”", "》", "）", "」", "……", "——",
         "《", "“", "（", "「", "kg", "3.5", "120", " ", " ", "Plan", "A/B", "¥", "%", "吨", "’s"]
    ),
    min_size=1,
    max_size=90,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("bold", [False, True])
def test_no_line_starts_or_ends_with_a_forbidden_mark(language, bold):
    text = TEXTS[language]
    for limit in WIDTHS:
        lines = wrap(text, limit, SIZE, bold=bold)
        assert all(line[0] not in NO_LINE_START for line in lines[1:]), (limit, lines)
        assert all(line[-1] not in NO_LINE_END for line in lines[:-1]), (limit, lines)


@pytest.mark.parametrize("mark", "，。、：；！？》〉”’）」』】〕—…～·,.:;!?)]}%")
def test_each_closing_mark_stays_with_what_it_closes(mark):
    text = f"甲乙丙丁{mark}" * 30
    for limit in WIDTHS:
        assert not any(line.startswith(mark) for line in wrap(text, limit, SIZE))


@pytest.mark.parametrize("mark", "《〈“‘（「『【〔([{¥$￥")
def test_each_opening_mark_stays_with_what_it_opens(mark):
    text = f"甲乙丙丁{mark}" * 30 + "戊"
    for limit in WIDTHS:
        assert not any(line.endswith(mark) for line in wrap(text, limit, SIZE))


@settings(max_examples=150, deadline=None)
@given(NOTES, st.sampled_from(WIDTHS[8:]))
@example("（  客户", 120.0)
def test_lines_fit_and_hold_every_character(text, limit):
    lines = wrap(text, limit, SIZE)
    assert all(width(line, SIZE) <= limit + 0.001 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("language", TEXTS)
def test_words_numbers_and_addresses_stay_whole(language):
    whole = [
        "customer’s", "https://docs.example.com/api/v2/orders?id=3&lang=zh-CN", "S/4HANA",
        "wang.jianguo@hairun-muye.com.cn", "0912-5550188", "12,500.00", "3,200元", "3吨", "2.5 kg",
        "60 t", "9,800 元", "2026年", "11月", "9日", "USD 12,500.00"[4:],
    ]  # fmt: skip
    text = TEXTS[language]
    for limit in range(300, 460, 9):
        lines = wrap(text, limit, SIZE)
        for word in whole:
            assert sum(line.count(word) for line in lines) == text.count(word), (word, lines)


def test_a_word_longer_than_the_line_is_cut_but_fits():
    word = "https://example.com/" + "very-long-path/" * 20
    lines = wrap(f"见 {word} 。", 120, SIZE)
    assert "".join(lines).replace(" ", "") == f"见{word}。"
    assert all(width(line, SIZE) <= 120.001 for line in lines)
    assert wrap("x" * 300, 120, SIZE)[0] == "x" * len(wrap("x" * 300, 120, SIZE)[0])


def test_a_last_line_of_one_character_gets_company():
    text = "这一段话刚好排满一行以后还多出一个字呀。"
    room = width(text[:-2], SIZE)
    assert len(wrap(text, room, SIZE)[-1]) == 3


def test_line_ends_part_paragraphs_and_spaces_at_breaks_vanish():
    assert wrap("甲\n\n  乙 \n", 100, SIZE) == ["甲", "", "  乙", ""]
    assert wrap("one two", width("one t", SIZE), SIZE) == ["one", "two"]


def test_long_text_is_wrapped_fast_enough_to_be_linear():
    short, long = TEXTS["mixed"] * 10, TEXTS["mixed"] * 200
    assert len(wrap(long, 360, SIZE)) > 15 * len(wrap(short, 360, SIZE))


def test_what_cannot_be_seen_is_dropped_and_what_cannot_be_drawn_is_named():
    assert printable("a\tb\r\nc\u200b\ufeffd\x00\u2028e\u2003f") == "a    b\ncd\ne f"
    assert printable("e\u0301 \u9999\ufe0f") == "é 香"
    assert printable("\uf9b4") == "\uf9b4"  # a name's own form of a character stays
    assert missing(printable("好😀的👍🏽😀")) == "😀👍🏽"
    assert missing("𠅤野家：“ok”…￥") == ""
    assert missing("\ud800") == "\ud800"


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("language", TEXTS)
def test_pieces_end_where_the_measured_width_does(language, bold):
    line = TEXTS[language]
    parts = pieces(line, bold=bold)
    assert "".join(part.text for part in parts) == line
    last = parts[-1]
    assert not last.variant
    end = last.x + sum(face(bold).advances[character] for character in last.text)
    assert end == pytest.approx(width(line, 1, bold=bold))


def test_quotes_are_narrow_in_latin_and_wide_in_chinese():
    assert [part.text for part in pieces("the customer’s “word”") if part.variant] == [
        "’",
        "“",
        "”",
    ]
    assert not any(part.variant for part in pieces("他说：“好”，‘行’"))
    assert [part.text for part in pieces("好——的") if part.variant] == ["—"]
    assert [part.text for part in pieces("“wait…” and…") if part.variant] == ["“", "…", "”", "…"]
    assert not any(part.variant for part in pieces("他说：“好……”"))


def test_the_gap_between_chinese_and_latin_is_too_small_to_be_read_as_a_space():
    gap = width("吨A", 1) - width("吨", 1) - width("A", 1)
    assert 0.05 < gap < 0.1
