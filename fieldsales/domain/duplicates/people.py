"""Whether two contacts are the same person, by their names and what can be compared beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from fieldsales.domain.duplicates.likeness import Edits, Likeness, weighed
from fieldsales.resources import read_toml

_ASIDE = re.compile(r"\([^()]*\)?")
_WORDS = re.compile(r"[a-z]+|[^\W\d_a-z]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name, folded: `full` without blanks and titles; '' in `given` where only 王总 is told."""

    full: str
    family: str
    given: str
    title: str = ""
    latin: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """What a contact is compared by; texts are folded.

    `sounds`: how the name may be read, in pinyin without blanks. `mobiles` and `phones` are digits,
    an extension behind them. `house`: what stands for the customer, alike for customers alike.
    """

    id: str
    name: PersonName
    sounds: frozenset[str] = frozenset()
    house: str = ""
    mobiles: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    email: str = ""
    messenger: str = ""
    birthday: str = ""
    gender: str = ""
    title: str = ""


class _Lists:
    def __init__(self, content: dict[str, Any]) -> None:
        person, mail = content["person"], content["mail"]
        titles = "|".join(sorted(person["titles"], key=len, reverse=True))
        self.title_last = re.compile(f"(?:{titles})$")
        self.before = tuple(person["before"])
        self.double = tuple(person["double_surnames"])
        self.free = frozenset(mail["free"])
        self.shared = frozenset(mail["shared"])


@cache
def _lists() -> _Lists:
    return _Lists(read_toml("duplicates", "names.toml"))


def is_shared_box(email: str) -> bool:
    """Whether an address is a house's and not a person's: info@…"""
    return email.partition("@")[0] in _lists().shared


def person_taken_apart(folded: str) -> PersonName:
    """The parts of a name: 王总, 老李, 孙丽华(采购), Wang Jianguo."""
    lists = _lists()
    words = _WORDS.findall(_ASIDE.sub("", folded))
    if all(word.isascii() for word in words):
        words = [word for word in words if not lists.title_last.fullmatch(word)] or words
        return PersonName(" ".join(sorted(words)), "", "".join(words), latin=True)
    text = "".join(word for word in words if not word.isascii())
    family = 2 if text.startswith(lists.double) and len(text) > 2 else 1
    found = lists.title_last.search(text, family)
    if found:
        text = text[: found.start()]
    elif len(text) == 2 and text[0] in lists.before:
        return PersonName(text[1], text[1], "", text[0])
    return PersonName(text, text[:family], text[family:], found[0] if found else "")


def people_alike(one: Person, other: Person, edits: Edits) -> Likeness:
    """How alike two people are; 0 where their names are not, whatever they share."""
    how = _names(one, other, edits)
    here = bool(one.house) and one.house == other.house
    elsewhere = bool(one.house and other.house) and not here
    *weights, why = _WEIGHTS[how]
    named = weights[0 if here else 2 if elsewhere else 1]
    beside = {}
    if one.mobiles & other.mobiles:
        beside["mobile"] = 0.8
    elif one.phones & other.phones:
        beside["phone"] = 0.4
    if one.email and one.email == other.email:
        beside["email"] = 0.15 if is_shared_box(one.email) else 0.7
    if one.messenger and one.messenger == other.messenger:
        beside["messenger"] = 0.7
    if len(one.birthday) == len("2000-01-01") and one.birthday == other.birthday:
        beside["birthday"] = 0.6
    if here:
        beside["house"] = 0.0  # it is in the likeness of the names already
    named *= _against(one, other)
    most = 0.55 if _contradicts(one, other) else 1.0
    return weighed(named, why, beside, most if how else 0.0)


# likeness of names at one customer, where one has none, at two; and what it is called
_WEIGHTS = {
    "": (0.0, 0.0, 0.0, ""),
    "same": (0.86, 0.5, 0.3, "name_same"),
    "latin": (0.72, 0.3, 0.15, "name_latin"),
    "sound": (0.64, 0.3, 0.15, "name_sound"),
    "sound_short": (0.5, 0.25, 0.1, "name_sound"),
    "title": (0.4, 0.2, 0.05, "name_title"),
    "titles": (0.2, 0.1, 0.05, "name_title"),
    "typo": (0.35, 0.2, 0.05, "name_typo"),
}


def _names(one: Person, other: Person, edits: Edits) -> str:
    """In what the names are alike: a key of `_WEIGHTS`, '' in nothing."""
    first, second = one.name, other.name
    if not first.given or not second.given:
        if first.latin or second.latin or first.family != second.family:
            return ""
        both = not first.given and not second.given
        return "same" if both and first.title == second.title else "titles" if both else "title"
    if first.full == second.full:
        return "same"
    if one.sounds & other.sounds:
        if first.latin or second.latin:
            return "latin"
        return "sound" if len(first.full) > 2 else "sound_short"
    same = first.family == second.family and len(first.full) == len(second.full) > 2
    return "typo" if same and not first.latin and edits(first.full, second.full) == 1 else ""


def _against(one: Person, other: Person) -> float:
    """What is left of a likeness of names where numbers and titles differ."""
    left = 1.0
    for name, weight in (("mobiles", 0.65), ("email", 0.8), ("messenger", 0.8), ("title", 0.85)):
        told, said = getattr(one, name), getattr(other, name)
        shared = told & said if name == "mobiles" else told == said
        if told and said and not shared:
            left *= weight
    return left


def _contradicts(one: Person, other: Person) -> bool:
    """Whether they cannot be one: other birthdays, man and woman."""
    days = (one.birthday, other.birthday)
    born = all(len(day) == len("2000-01-01") for day in days) and days[0] != days[1]
    return born or bool(one.gender and other.gender and one.gender != other.gender)
