"""Greetings: enough of them, how somebody is addressed, what is offered on a day."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from fieldsales.domain.contact import Contact
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.together import years_together
from fieldsales.services import greetings
from fieldsales.services.library import GREETING_TOPICS, library
from fieldsales.words import LANGUAGES, Words

ZH = Words("zh_CN")


@pytest.mark.parametrize(
    ("name", "title", "gender", "said"),
    [
        ("贺文清", "场长", "male", "贺场长"),
        ("魏东升", "董事长", "male", "魏董"),
        ("欧阳慧", "总经理", "female", "欧阳总"),
        ("李强", "副总经理", "male", "李副总"),
        ("康小云", "财务", "female", "康女士"),
        ("任鹏飞", "", "", "任鹏飞"),  # neither known: nobody is called by a wrong gender
        ("O'Brien", "经理", "male", "O'Brien"),
    ],
)
def test_somebody_is_addressed_by_what_is_known(
    name: str, title: str, gender: str, said: str
) -> None:
    assert greetings.address(ZH, Contact(name=name, title=title, gender=gender)) == said


def test_in_english_by_the_family_name_where_the_gender_is_known() -> None:
    english = Words("en")
    ms = Contact(name="Ann Smith", gender="female")
    assert greetings.address(english, ms) == "Ms Smith"
    assert greetings.address(english, Contact(name="Ann Smith")) == "Ann Smith"
    assert greetings.address(english, Contact(name="贺文清", gender="male")) == "贺文清"


@pytest.mark.parametrize("window", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{称呼}，周六来厂里看看，{公司}的座留好了。",
            "康女士，周六来厂里看看，贵公司的座留好了。",
        ),
        (
            "{稱呼}，週六來廠裡看看，{公司}的座留好了。",
            "康小姐，週六來廠裡看看，貴公司的座留好了。",
        ),
        (
            "Dear {name}, see you and {company} on Saturday.",
            "Dear {0}, see you and your company on",
        ),
        ("Dear {name}, see you at 海润牧业 on Saturday.", "Dear {0}, see"),
    ],
)
def test_a_text_addresses_in_its_own_language(window: str, text: str, said: str) -> None:
    contact = Contact(name="康小云", title="财务", gender="female")
    found = greetings.filled(Words(window), text, contact, "")
    assert found.startswith(said.format(contact.name))


@pytest.mark.parametrize("window", LANGUAGES)
def test_a_text_that_could_be_of_either_script_follows_the_window(window: str) -> None:
    contact = Contact(name="康小云", gender="female")
    said = {
        "zh_CN": "康女士，明天有空？",
        "zh_TW": "康小姐，明天有空？",
        "en": "康女士，明天有空？",
    }
    assert greetings.filled(Words(window), "{称呼}，明天有空？", contact, "") == said[window]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_keeps_a_hole(language: str) -> None:
    words = Words(language)
    shelf = [one for one in library(language).phrases.values() if one.topic in GREETING_TOPICS]
    assert len(shelf) >= 60
    for one in shelf:
        for contact, company in ((Contact(name="贺文清"), "海润"), (Contact(name="贺文清"), "")):
            text = greetings.filled(words, one.text, contact, company)
            assert "{" not in text, one.code


def test_what_matters_has_three_texts_a_tone_and_the_rest_one_at_least() -> None:
    tally = Counter((one.topic, one.tone) for one in library("en").phrases.values() if one.tone)
    for topic in ("birthday", "spring", "mid_autumn"):
        assert min(tally[topic, tone] for tone in greetings.TONES) >= 3
    assert all(greetings.tones(ZH, topic) for topic in GREETING_TOPICS)


def test_ones_own_come_first_and_fit_every_tone() -> None:
    mine = OwnEntry(id="1", kind="phrase", topic="birthday", title="我的", answer="{称呼}，好！")
    for tone in greetings.TONES:
        assert greetings.offered(ZH, [mine], "birthday", tone)[0].text == "{称呼}，好！"
    assert all(one.code != "1" for one in greetings.offered(ZH, [mine], "spring", "formal"))


@pytest.mark.parametrize(
    ("today", "birthday", "last_met", "wanted"),
    [
        ("2026-07-20", "07-28", None, "birthday"),
        ("2026-09-20", "01-02", None, "mid_autumn"),  # 25 September
        ("2026-02-05", "", None, "spring"),  # New Year's Eve on the 16th
        ("2026-07-20", "", "2026-07-15T02:00:00Z", "visit"),
        ("2026-07-20", "", "2026-05-15T02:00:00Z", "unseen"),
        ("2026-07-20", "", None, "unseen"),
    ],
)
def test_the_occasion_that_is_near_is_offered(
    today: str, birthday: str, last_met: str | None, wanted: str
) -> None:
    contact = Contact(name="贺文清", birthday=birthday)
    found = greetings.occasion(ZH, contact, last_met, date.fromisoformat(today))
    assert found == wanted


def test_years_together_are_told_in_the_month_of_the_first_order() -> None:
    first = date(2023, 7, 31)
    assert years_together(first, date(2026, 7, 1)) == 3
    assert years_together(first, date(2026, 8, 1)) == 0
    assert years_together(first, date(2023, 7, 31)) == 0  # the order itself
    assert years_together(date(2027, 7, 1), date(2026, 7, 1)) == 0  # a clock put back
    assert years_together(None, date(2026, 7, 1)) == 0
    contact, today = Contact(name="贺文清"), date(2026, 7, 20)
    assert greetings.occasion(ZH, contact, None, today, years=3) == "anniversary"


def test_the_tone_follows_how_one_stands() -> None:
    assert greetings.usual_tone(0, "") == "formal"
    assert greetings.usual_tone(5, "supplier") == "familiar"
    assert greetings.usual_tone(0, "friend") == "close"
