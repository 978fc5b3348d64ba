"""Greetings: which to offer somebody today, and how they read with the fields filled in (M44)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import Contact
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.services.almanac import festival, national_day
from fieldsales.services.birthdays import next_birthday
from fieldsales.services.library import GREETING_TOPICS, Phrase, library, with_own
from fieldsales.words import Words

TONES = ("formal", "familiar", "close")
_AHEAD = timedelta(days=14)  # within which an occasion is offered by itself
_LONG = 30  # days without a meeting from which that is the occasion
_KNOWN = 3  # meetings from which somebody is no stranger any more
_CLOSE = ("partner", "friend")  # cells of M20
_EVE = {"new_years_eve": "spring"}

# how people are called by their post, the longest first
_CALLED = {
    "副总经理": "副总",
    "副總經理": "副總",
    "总经理": "总",
    "總經理": "總",
    "董事长": "董",
    "董事長": "董",
}
_POSTS = (
    *("场长", "場長", "厂长", "廠長", "院长", "院長", "校长", "校長", "局长", "局長"),
    *("处长", "處長", "科长", "科長", "所长", "所長", "站长", "站長", "部长", "部長"),
    *("经理", "經理", "主任", "主管", "书记", "書記", "老师", "老師", "医生", "醫生"),
    *("师傅", "師傅", "老板", "老闆", "工程师", "工程師", "组长", "組長", "班长", "班長"),
)
_COMPOUND = ("欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "皇甫", "尉迟", "司徒", "夏侯")
_CHINESE = re.compile("[\u4e00-\u9fff]{2,4}")
_LATIN = re.compile("[A-Za-z]+")
_SCRIPTS = {"zh_CN": "gb2312", "zh_TW": "cp950"}  # each without what only the other writes
_NAME = ("{称呼}", "{稱呼}", "{name}")
_COMPANY = ("{公司}", "{company}")


def address(words: Words, contact: Contact) -> str:
    """How somebody is spoken to: `贺场长`, `魏董`, `康女士`; their name where no more is known."""
    name = contact.name.strip()
    chinese = _CHINESE.fullmatch(name) is not None
    if not words.chinese or not chinese:
        family = name.split()[-1] if " " in name else ""
        polite = words.has(f"greeting.{contact.gender}") and not words.chinese
        return words(f"greeting.{contact.gender}", name=family) if family and polite else name
    family = name[:2] if name.startswith(_COMPOUND) and len(name) > 2 else name[:1]
    for post, called in _CALLED.items():
        if contact.title.endswith(post):
            return family + called
    for post in _POSTS:
        if contact.title.endswith(post):
            return family + post
    if contact.gender and words.has(f"greeting.{contact.gender}"):
        return words(f"greeting.{contact.gender}", name=family)
    return name


def filled(words: Words, text: str, contact: Contact, company: str) -> str:
    """A text for one person, addressed in the text's own language, whichever the window's is.

    A firm without a name is `贵公司`, so that no hole is left.
    """
    words = _words_of(text, words)
    for mark in _NAME:
        text = text.replace(mark, address(words, contact))
    for mark in _COMPANY:
        text = text.replace(mark, company or words("greeting.company"))
    return text


def _words_of(text: str, usual: Words) -> Words:
    """Of the language a text is written in; the usual ones where it could be theirs or any."""
    for mark in (*_NAME, *_COMPANY):
        text = text.replace(mark, "")
    chinese = "".join(one for one in text if "\u4e00" <= one <= "\u9fff")
    if len(_LATIN.findall(text)) > len(chinese):  # a firm's name may be of another language
        return Words("en")
    fitting = [language for language, script in _SCRIPTS.items() if _fits(chinese, script)]
    return usual if usual.language in fitting or not fitting else Words(fitting[0])


def _fits(text: str, script: str) -> bool:
    return len(text.encode(script, "ignore").decode(script)) == len(text)


def offered(words: Words, own: Iterable[OwnEntry], occasion: str, tone: str) -> list[Phrase]:
    """The texts for an occasion and tone; one's own first, which fit every tone."""
    shelf = with_own(library(words.language), own).phrases.values()
    return [one for one in shelf if one.topic == occasion and one.tone in ("", tone)]


def tones(words: Words, occasion: str) -> list[str]:
    """The tones in which there is a text for an occasion, as TONES."""
    known = {one.tone for one in library(words.language).phrases.values() if one.topic == occasion}
    return [tone for tone in TONES if tone in known]


def occasion(
    words: Words, contact: Contact, last_met: str | None, today: date, *, years: int = 0
) -> str:
    """What to write for: a birthday or festival that is near, `years` together that are full this
    month, else that they were long not met, else a visit.
    """
    birthday = next_birthday(contact, today)
    if birthday is not None and birthday.day <= today + _AHEAD:
        return "birthday"
    for ahead in range(_AHEAD.days + 1):
        day = today + timedelta(days=ahead)
        found = "national" if national_day(words, day) else festival(day)
        found = _EVE.get(found, found)
        if found in GREETING_TOPICS:
            return found
    if years:
        return "anniversary"
    if last_met is None or (today - local_day(last_met)).days > _LONG:
        return "unseen"
    return "visit"


def mail_link(address: str, subject: str, text: str) -> str:
    """What opens the computer's mail program with a letter begun, as RFC 6068 writes it."""
    asked = urlencode({"subject": subject, "body": text.replace("\n", "\r\n")}, quote_via=quote)
    return f"mailto:{quote(address, safe='@')}?{asked}"


def usual_tone(meetings: int, cell: str) -> str:
    """By how one stands with somebody: their cell of M20, else how often they were met."""
    if cell in _CLOSE:
        return "close"
    return "familiar" if meetings >= _KNOWN else "formal"
