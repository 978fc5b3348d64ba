"""The walk-around check: which rule made which mark, what is corrected, what is better not said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.tag_rule import TagRule
from fieldsales.methods.walk_around.content import Check, Taboo, Tag
from fieldsales.methods.walk_around.rules import OWN, unanswered, walk
from fieldsales.store.search import fold

TAGS = (
    Tag(
        code="number",
        quadrant="a",
        why="有数字",
        patterns=(r"\d+(?:\.\d+)?\s*(?:%|元|吨|kg|tonnes?)",),
        answers=("a_quantified",),
    ),
    Tag(code="order", quadrant="b", why="讲先后", words=("先", "然后", "first", "then")),
    Tag(code="you", quadrant="c", why="说到对方", words=("您", "you")),
)
TABOOS = (
    Taboo(code="best", kind="claim", why="没有证据的最高级", words=("最好", "第一", "the best")),
    Taboo(code="jargon", kind="jargon", why="术语太多"),
    Taboo(code="runs_down", kind="rival", why="贬低同行", words=("差远了", "骗人", "rubbish")),
)
CHECKS = {
    code: Check(code=code, quadrant=code[0], question=code, mend=code)
    for code in ("a_quantified", "a_clear", "b_order", "c_user", "d_future", "d_picture")
}


def test_every_mark_says_which_words_made_it() -> None:
    text = "您先试两栏。一头猪省 12.5 元，月底算账！"
    found = walk(text, TAGS, fold=fold)
    assert [sentence.text for sentence in found.sentences] == [
        "您先试两栏。",
        "一头猪省 12.5 元，月底算账！",
    ]
    marks = [mark for one in found.sentences for held in one.tags.values() for mark in held]
    assert {(mark.code, mark.words) for mark in marks} == {
        ("order", "先"),
        ("you", "您"),
        ("number", "12.5 元"),
    }
    assert all(text[mark.start : mark.end] == mark.words for mark in marks)
    assert found.counts == {"a": 1, "b": 1, "c": 1, "d": 0}


def test_traditional_full_width_and_capitals_are_the_same() -> None:
    found = walk("First, １２ 噸。YOU decide", TAGS, fold=fold)
    assert [set(one.tags) for one in found.sentences] == [{"a", "b"}, {"c"}]
    [mark] = found.sentences[0].tags["a"]
    assert mark.words == "１２ 噸"


def test_a_latin_word_is_no_part_of_another() -> None:
    assert walk("Authentic youth, 的then高", TAGS, fold=fold).sentences[0].tags.keys() == {"b"}


def test_what_was_corrected_outdoes_the_shipped_rules() -> None:
    own = (
        TagRule(pattern="先试两栏", quadrant="b", refuses=1),
        TagRule(pattern="像给孩子喂饭", quadrant="d"),
    )
    found = walk("您先试两栏。像给孩子喂饭。", TAGS, own=own, fold=fold)
    first, second = found.sentences
    assert set(first.tags) == {"c"}
    assert [(mark.code, mark.words) for mark in second.tags["d"]] == [(OWN, "像给孩子喂饭")]


def test_taboos_quote_the_words_and_a_rival_must_be_named() -> None:
    text = "我们最好。宁川的料差远了。这天气差远了。"
    found = walk(text, TAGS, TABOOS, rivals=("宁川",), fold=fold)
    assert [(mark.code, mark.words) for mark in found.taboos] == [
        ("best", "最好"),
        ("runs_down", "差远了"),
    ]
    assert not walk("宁川的料差远了", TAGS, TABOOS, fold=fold).taboos


def test_three_terms_in_one_sentence_are_jargon_two_are_not() -> None:
    terms = ("可消化赖氨酸", "净能", "净能体系", "系水力")
    text = "净能体系下，系水力和可消化赖氨酸都高。净能和系水力都好。"
    found = walk(text, TAGS, TABOOS, glossary=terms, fold=fold)
    assert [mark.words for mark in found.taboos] == ["净能体系", "系水力", "可消化赖氨酸"]


def test_open_questions_come_by_the_readers_and_untouched_quadrants_first() -> None:
    found = walk("您先看看。省 3 元。", TAGS, fold=fold)
    assert [one.code for one in unanswered(found, CHECKS, (3, 3, 3, 15))] == [
        "d_future",
        "d_picture",
    ]
    nothing = walk("好的", TAGS, fold=fold)
    assert unanswered(nothing, CHECKS, (15, 3, 3, 3))[0].code == "a_quantified"
    pictured = walk("好的", TAGS, pictures=True, fold=fold)
    assert "d_picture" not in {one.code for one in unanswered(pictured, CHECKS, (6, 6, 6, 6))}


def test_an_empty_text_and_one_of_marks_alone_have_no_sentences() -> None:
    assert walk("", TAGS).sentences == walk("……！！\n\n😀", TAGS, fold=fold).sentences == ()


@given(st.text(alphabet="您先最好12元吨ABcd .。！\n㎏ß😀", max_size=200))
def test_marks_lie_in_their_sentence_and_sentences_in_order(text: str) -> None:
    found = walk(text, TAGS, TABOOS, fold=fold)
    end = 0
    for sentence in found.sentences:
        assert sentence.start >= end
        end = sentence.start + len(sentence.text)
        assert text[sentence.start : end] == sentence.text
        for mark in (*sentence.taboos, *(m for held in sentence.tags.values() for m in held)):
            assert sentence.start <= mark.start < mark.end <= end
