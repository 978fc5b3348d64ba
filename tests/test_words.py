"""Every sentence is there in each language, fits its placeholders and reads naturally."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest

from fieldsales.entries import Entry
from fieldsales.entries import entries as read_entries
from fieldsales.errors import UserError
from fieldsales.resources import ROOT
from fieldsales.words import LANGUAGES, PSEUDO, Words, catalogue, sentences
from tests.chinese import MAINLAND_TERMS

PLURALS = {"en_one"}
CURLY = set("“”‘’")
CHINESE = re.compile(r"[㐀-鿿]")


def entries() -> Iterator[tuple[str, str, str]]:
    for key, entry in catalogue().items():
        for language, sentence in entry.items():
            yield key, language, sentence


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def in_place_of_ours(monkeypatch: pytest.MonkeyPatch, told: Mapping[str, dict[str, str]]) -> None:
    monkeypatch.setattr("fieldsales.words.catalogue", lambda: told)
    monkeypatch.setattr("fieldsales.words._spoken", lambda language: dict(sentences(language)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told(Entry):
    text: tuple[str, ...]


def test_every_entry_has_each_language_and_nothing_else() -> None:
    wrong = {
        key: sorted(entry)
        for key, entry in catalogue().items()
        if set(entry) - PLURALS != set(LANGUAGES)
    }
    assert not wrong


def test_no_sentence_is_empty() -> None:
    assert not [key for key, _, sentence in entries() if not sentence]


def test_the_languages_of_an_entry_have_the_same_placeholders() -> None:
    wrong = {}
    for key, entry in catalogue().items():
        wanted = placeholders(entry["zh_CN"])
        for language, sentence in entry.items():
            found = placeholders(sentence)
            # "one customer" may do without the number
            if found != wanted and not (language in PLURALS and found == wanted - {"n"}):
                wrong[f"{key} {language}"] = found ^ wanted
    assert not wrong


# what is counted in English, and the sentences where the number is never one
COUNTED = re.compile(
    r"\{(\w+)\} (?:[a-z-]+ )?(?:(?:backup|bubble|campaign|character|column|contact|customer|day|deal"
    r"|file|hour|item|line|minute|month|order|person|point|proposal|purchase|question|record|region"
    r"|row|sheet|task|time|unit|visit|week|year)s|people|copies|entries)\b"
)
NEVER_ONE = {
    *("calendar.too_many", "checklist.too_large", "field.too_long", "import.error.far_cell"),
    *("import.error.long_cell", "lock.too_short", "profile.password_hint", "settings.not_rhythm"),
    *("profile.password_missing", "profile.password_short", "spin.became_long", "walk_around.over"),
    *("campaign.left_out_many", "chart.no_lines", "funnel.orders_too_many", "kite.all_different"),
    *("kite.all_even", "kite.many", "kite.many_tied", "portfolio.finding.pyramid.equal"),
    *("portfolio.more_ways", "profile.together", "profile.too_many", "visit.concluded_met_many"),
    "spin.gap.too_many_situation",
    *("files.unseen", "importing.problem_file", "photos.kind"),  # no number, a name
}


def test_english_counts_one_thing_as_one() -> None:
    """Either the sentence has a form for one, or the noun beside the number has."""
    plain = {
        key: found[0]
        for key, entry in catalogue().items()
        for found in COUNTED.finditer(entry["en"])
        if key not in NEVER_ONE and not (found[1] == "n" and "en_one" in entry)
    }
    assert not plain


@pytest.mark.parametrize("one", [1, -1, "1", "+1", "−1", Decimal(1)])
def test_one_is_read_as_one_however_it_was_written(one: object) -> None:
    said = Words("en")
    assert said("indicators.days", n=one) == f"{one} day"
    assert said("why.course.silent", months=one) == f"No order in {one} month"


@pytest.mark.parametrize("more", [0, 2, 11, "1.0", "0.5", "1,001", Decimal("1.5")])
def test_other_numbers_are_read_as_more(more: object) -> None:
    said = Words("en")
    assert said("indicators.days", n=more) == f"{more} days"
    assert said("why.course.silent", months=more) == f"No order in {more} months"


@pytest.mark.parametrize(
    ("language", "charset"),
    [("zh_CN", "gb2312"), ("zh_TW", "cp950")],
)
def test_chinese_keeps_to_its_script(language: str, charset: str) -> None:
    """The characters of the other script are not in the character set of this one."""
    wrong = {}
    for key, its, sentence in entries():
        if its == language:
            for character in CHINESE.findall(sentence):
                try:
                    character.encode(charset)
                except UnicodeEncodeError:
                    wrong[key] = character
    assert not wrong


def test_traditional_has_no_character_that_only_simplified_uses_that_way() -> None:
    """后 and 里 exist in both scripts: 三天后 and 这里 are still wrong in Traditional."""
    import opencc

    convert = opencc.OpenCC("s2tw").convert
    usual = str.maketrans("臺佔", "台占")  # both ways are good Taiwan usage
    wrong = {
        key: convert(sentence)
        for key, language, sentence in entries()
        if language == "zh_TW" and convert(sentence).translate(usual) != sentence.translate(usual)
    }
    assert not wrong


def test_traditional_uses_the_words_of_taiwan() -> None:
    wrong = {
        key: found[0]
        for key, language, sentence in entries()
        if language == "zh_TW" and (found := MAINLAND_TERMS.search(sentence))
    }
    assert not wrong


def test_chinese_punctuation_is_full_width() -> None:
    # a key in a menu, 文件(&F), is the one use of half-width brackets
    half = re.compile(r"[㐀-鿿》”」）][,;:?!]|[㐀-鿿][(](?!&)|[)][㐀-鿿]")
    wrong = {
        f"{key} {language}": sentence
        for key, language, sentence in entries()
        if language.startswith("zh") and half.search(sentence)
    }
    assert not wrong


@pytest.mark.parametrize(
    ("language", "foreign"),
    [("zh_CN", "「」『』"), ("zh_TW", "“”‘’"), ("en", "，。：；！？、（）")],
)
def test_each_language_has_its_own_quotes_and_marks(language: str, foreign: str) -> None:
    wrong = {
        key: sentence
        for key, its, sentence in entries()
        if its.startswith(language) and set(sentence) & set(foreign)
    }
    assert not wrong


def test_english_has_straight_quotes() -> None:
    """The font draws curly ones as wide as a Chinese character."""
    wrong = {
        key: said for key, its, said in entries() if its.startswith("en") and CURLY & set(said)
    }
    for path in (*ROOT.glob("library/*.toml"), ROOT / "stages.toml"):
        for said in _english(tomllib.loads(path.read_text(encoding="utf-8"))):
            if CURLY & set(said):
                wrong[path.name] = said
    for path in ROOT.glob("help/en/*.md"):
        if CURLY & set(path.read_text(encoding="utf-8")):
            wrong[path.name] = "help"
    assert not wrong


def _english(node: object, *, inside: bool = False) -> Iterator[str]:
    """The English texts of a file of words, lists of them included."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _english(value, inside=inside or name == "en")
    elif isinstance(node, list):
        for value in node:
            yield from _english(value, inside=inside)
    elif inside and isinstance(node, str):
        yield node


def test_english_has_no_chinese() -> None:
    # a name may be given as an example
    wrong = {
        key: sentence
        for key, language, sentence in entries()
        if language.startswith("en") and CHINESE.search(sentence) and not key.startswith("hint.")
    }
    assert not wrong


def test_the_plural_follows_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"zh_CN": "{n} 家", "zh_TW": "{n} 家", "en": "{n} customers", "en_one": "{n} customer"}
    in_place_of_ours(monkeypatch, {"many": entry})
    assert [Words("en")("many", n=n) for n in (0, 1, 2)] == [
        "0 customers",
        "1 customer",
        "2 customers",
    ]
    assert Words("zh_TW")("many", n=1) == "1 家"


def test_the_pseudo_language_is_half_as_long_again() -> None:
    for key in catalogue():
        names = placeholders(catalogue()[key]["en"])
        if not names:
            assert len(Words(PSEUDO)(key)) >= 1.5 * len(Words("en")(key))


def test_a_gap_in_a_file_is_told_in_another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"a": {"zh_CN": "好", "en": "good"}, "b": {"zh_CN": "只有中文"}}
    in_place_of_ours(monkeypatch, words)
    assert [Words(language)("a") for language in LANGUAGES] == ["好", "好", "good"]
    assert Words(PSEUDO)("b").startswith("只有中文")
    content = {"x": {"text": {"zh_CN": ["甲"]}}}
    assert read_entries(_Told, content, "en")["x"].text == ("甲",)


def test_an_unknown_language_or_key_is_an_error() -> None:
    with pytest.raises(ValueError, match="fr"):
        Words("fr")
    with pytest.raises(KeyError):
        Words()("no.such_key")


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (1234560, "CNY", "¥12,345.60"),
        (-5, "CNY", "-¥0.05"),
        (1200, "TWD", "NT$1,200"),
        (99, "XYZ", "XYZ 0.99"),
    ],
)
def test_money(minor: int, currency: str, shown: str) -> None:
    assert Words().money(minor, currency) == shown


def test_money_without_cents_keeps_cents_that_are_there() -> None:
    assert Words().money(120000, "CNY", cents=False) == "¥1,200"
    assert Words().money(120050, "CNY", cents=False) == "¥1,200.50"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 11, 9), "今天"),
        (date(2026, 11, 8), "昨天"),
        (date(2026, 11, 10), "明天"),
        (date(2026, 10, 28), "12 天前"),
        (date(2026, 12, 7), "28 天后"),
        (date(2026, 12, 8), "12月8日"),
        (date(2027, 1, 8), "2027-01-08"),
    ],
)
def test_a_day_seen_from_today(day: date, shown: str) -> None:
    assert Words().days_from(day, date(2026, 11, 9)) == shown


def test_dates_in_each_language() -> None:
    day = date(2026, 11, 9)
    assert [Words(language).date(day, year=False) for language in LANGUAGES] == [
        "11月9日",
        "11月9日",
        "9 Nov",
    ]
    assert [Words(language).weekday(day) for language in LANGUAGES] == ["周一", "週一", "Mon"]
    assert [Words(language).dated(day, year=False) for language in LANGUAGES] == [
        "11月9日 周一",
        "11月9日 週一",
        "Mon 9 Nov",
    ]
    assert Words("en").dated(day) == "Mon 2026-11-09"


def test_a_code_without_a_sentence_is_the_users_own_word() -> None:
    assert Words().choice("source", "展会上认识的") == "展会上认识的"
    assert Words().choice("source", None) == ""


def test_a_value_may_be_called_as_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = dict.fromkeys(LANGUAGES, "{key} {self} {code}")
    in_place_of_ours(monkeypatch, {"odd": entry})
    trouble = UserError("odd", key="{a}", self="%s", code="}")
    assert Words()(trouble.code, **trouble.params) == "{a} %s }"
