"""The name of a company taken apart: where, which one, what it does, which part of the house."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from fieldsales.resources import read_toml

_HAN = "\u3400-\u9fff\U00020000-\U000323af"
_IS_HAN = re.compile(f"[{_HAN}]")
_MARKS = re.compile(r"[^\w()]+|_+")
_ASIDE = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[a-z0-9]+")
_DIGITS = str.maketrans("〇零一二三四五六七八九两", "001234567892")
_NUMERAL = "〇零一二三四五六七八九十百两0-9"
_NUMBER = re.compile(
    f"第([{_NUMERAL}]+)|([{_NUMERAL}]+)"
    "(?=分?[厂店场队部院所社局号期区库站]|中学|中$|小学|建|冶|局|公司|分公司|车间|工区|标段)"
)
_LONGEST = 10  # of the words that a name may end with
_MARKET = tuple("超城都夜门股上菜")  # before 市 where it is no town
_SHOPS = tuple("书酒饭商药花粮")  # before 店 where it is no branch


class Place(NamedTuple):
    """A place as far as it is told; '' is not known."""

    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""

    def __bool__(self) -> bool:
        return any(self)

    def apart_from(self, other: Place) -> bool:
        """Whether both cannot be the same place."""
        if self == other:
            return False
        return any(one and two and one != two for one, two in zip(self, other, strict=True))

    def meets(self, other: Place) -> bool:
        """Whether both tell the same of a level."""
        return any(one and one == two for one, two in zip(self, other, strict=True))

    def joined(self, other: Place) -> Place:
        """What either tells."""
        return Place(*(one or two for one, two in zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class CompanyName:
    """The parts of a name, each folded and without blanks; '' where it has none.

    `whole`: all but the form. `brand` tells which one, `trade` what it does, `kind` which house it
    is where it is no company. `unit`: the part of the house that is meant. `group`: "head" of a
    group, or "member" of it. `numbers` tell a first from a second.
    """

    whole: str
    place: Place
    brand: str
    trade: str = ""
    kind: str = ""
    unit: str = ""
    group: str = ""
    company: bool = False
    numbers: tuple[str, ...] = ()

    @property
    def core(self) -> str:
        """Which one, and what it does."""
        return self.brand + self.trade


class _Parts:
    """The lists that names are taken apart by."""

    def __init__(self, content: dict[str, Any]) -> None:
        company = content["company"]
        self.cities = {city: of for of, cities in content["places"].items() for city in cities}
        self.provinces = frozenset(content["places"])
        self.kinds = frozenset(company["kinds"])
        self.trades = frozenset(company["trades"])
        self.forms = _longest(company["forms"])
        self.latin = [form.split() for form in _longest(company["forms_latin"])]
        known = "|".join(_longest([*self.cities, *self.provinces]))
        levels = "|".join(_longest(company["levels"]))
        self.known = re.compile(f"({known})(?:{levels})?")
        self.known_last = re.compile(f"(?:^|.*?)({known})(?:{levels})?$")
        self.county = re.compile(f"([{_HAN}]{{2,3}}?)(?:自治县|县|区|旗|市)")
        self.town = re.compile(f"([{_HAN}]{{2,3}}?)(?:镇|乡|街道)")
        self.nations = company["nation"]
        self.nation = re.compile(f"(?:{'|'.join(self.nations)})")
        self.aliases = company["aliases"]
        self.alias = re.compile("|".join(_longest(self.aliases)))
        self.level_in = re.compile("[省市县区镇乡](?=.)")
        self.level_last = re.compile(f"(?:{levels})$")
        self.form_last = re.compile(f"(?:{'|'.join(self.forms)})$")
        self.form_in = re.compile(f"(?:{'|'.join(_longest([*self.forms, *self.kinds]))})")
        self.unit_last = re.compile(f"(?:{'|'.join(_longest(company['units']))})$")


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


@cache
def _parts() -> _Parts:
    return _Parts(read_toml("duplicates", "names.toml"))


def place_of(folded: str) -> Place:
    """The place that a region tells; what is not known is taken for a county."""
    parts = _parts()
    place, rest = _leading(_MARKS.sub("", folded), Place(), parts)
    rest = parts.level_last.sub("", rest)
    if place.county or not 2 <= len(rest) <= 4:
        return place
    return Place(place.province, place.city, rest)


def taken_apart(folded: str, region: str = "") -> CompanyName:
    """The parts of a name; `region` is where the customer is said to be, folded as well."""
    parts = _parts()
    if not _IS_HAN.search(folded):
        return _latin(folded, parts)
    text = _MARKS.sub("", folded)
    asides = _ASIDE.findall(text)
    text = _ASIDE.sub("", text).strip("()")
    place, unit, group = _told_aside(asides, parts)
    place, text = _leading(text, place, parts, region)
    if found := parts.alias.match(text):
        text = parts.aliases[found[0]] + text[found.end() :]
    text = _in_figures(text)
    numbers = _numbers(text + unit)
    text, suffix = _unit(text, parts)
    unit = suffix + unit
    body, form = _without_form(text, parts)
    if "集团" in form:
        group = "head"
    if "集团" in body[1:]:
        at = body.index("集团", 1)
        body, group = body[:at] + body[at + 2 :], "member"
        within = parts.known_last.fullmatch(body)
        if within and within.start(1) >= 2 and (form or unit):
            # 移动通信集团陕西有限公司: a house of its own
            there = _known(within[1], parts)
            body, unit = body[: within.start(1)], within[1] + unit
            place = place if place.apart_from(there) else there
    for nation in parts.nations:
        body = body.removesuffix(nation) or body
    kind, body = _cut(body, parts.kinds, least=1)
    trade = ""
    while len(body) > 2 and (cut := _cut(body, parts.trades, least=2))[0]:
        trade, body = cut[0] + trade, cut[1]
    if not body or (body in parts.trades and not trade and place):
        body = (place.county or place.city or place.province) + body
    return CompanyName(
        whole=body + trade + kind + unit,
        place=place,
        brand=body,
        trade=trade,
        kind=_kind(kind),
        unit=parts.level_in.sub("", unit),
        group=group,
        company="公司" in form,
        numbers=numbers,
    )


def _told_aside(asides: Iterable[str], parts: _Parts) -> tuple[Place, str, str]:
    """The place, the part of the house and the standing in a group that brackets tell."""
    place, unit, group = Place(), "", ""
    for aside in asides:
        there, rest = _leading(aside, Place(), parts)
        if aside in parts.nations:
            continue
        if there and not rest:
            place = there.joined(place)
        elif parts.form_last.search(aside) and not parts.unit_last.search(aside):
            group = group or ("head" if "集团" in aside else "")
        else:
            unit += aside
    return place, unit, group


def _without_form(text: str, parts: _Parts) -> tuple[str, str]:
    """A name without how it stands in law, and that."""
    form = ""
    while (found := parts.form_last.search(text)) and found.start() >= 1:
        form += found[0]
        text = text[: found.start()]
    return text, form


def _leading(text: str, place: Place, parts: _Parts, region: str = "") -> tuple[Place, str]:
    """The places that a text begins with, and the rest of it."""
    found = parts.nation.match(text)
    if found and len(text) - found.end() >= 2:
        text = text[found.end() :]
    while text:
        found = parts.known.match(text)
        there = _known(found[1], parts) if found else Place()
        if not found or place.apart_from(there) or (place and place == place.joined(there)):
            break
        place, text = there.joined(place), text[found.end() :]
    for level, pattern in (("county", parts.county), ("town", parts.town)):
        found = pattern.match(text)
        if not found or (found[1][-1] in _MARKET and found[0][-1] == "市"):
            continue
        rest = text[found.end() :]
        if len(rest) == 1 or rest.startswith(("场", "政", "域")):
            continue
        if found[0] not in ("开发区", "高新区"):
            place = place._replace(**{level: found[1]})
        text = rest
    return _where_it_is(text, place, region)


def _where_it_is(text: str, place: Place, region: str) -> tuple[Place, str]:
    """As `_leading`, where a name begins as its region ends: 定边海润 of 陕西定边县."""
    for told in re.findall(f"[{_HAN}]{{2,}}", region):
        short = re.sub("[县区市镇乡旗]$", "", told)
        for size in (3, 2):
            end = short[-size:]
            if len(end) == size and text.startswith(end) and len(text) > size + 1:
                level = "town" if place.county else "county"
                whole = len(short) == size
                return (place._replace(**{level: end}) if whole else place), text[size:]
    return place, text


def _known(name: str, parts: _Parts) -> Place:
    return Place(name) if name in parts.provinces else Place(parts.cities[name], name)


def _unit(text: str, parts: _Parts) -> tuple[str, str]:
    """A name without the part of the house that it speaks of, and that part."""
    found = parts.unit_last.search(text)
    if found and not (found[0] == "店" and text[found.start() - 1 : found.start()] in _SHOPS):
        body = text[: found.start()]
        forms = [one for one in parts.form_in.finditer(body) if one.start() >= 1]
        if forms:
            at = forms[-1].end()
            return body[:at], body[at:] + found[0]
        return body, found[0]
    ends = [
        one
        for one in re.finditer("有限责任公司|股份有限公司|有限公司|公司", text)
        if one.start() >= 2 and one.end() < len(text)
    ]
    if ends:  # 海润牧业有限公司 育种中心
        at = ends[-1].end()
        return text[:at], text[at:]
    return text, ""


def _cut(text: str, words: frozenset[str], least: int) -> tuple[str, str]:
    """The longest of the words that a text ends with, and what stands before it."""
    for at in range(max(least, len(text) - _LONGEST), len(text)):
        if text[at:] in words:
            return text[at:], text[:at]
    return "", text


def _kind(word: str) -> str:
    """Kinds that people do not keep apart are one."""
    for end in ("合作社", "银行"):
        if word.endswith(end):
            return end
    if word in ("经营部", "经销部", "销售部", "批发部", "门市部", "商行", "商店"):
        return "商店"
    if word in ("厂", "总厂", "工厂", "加工厂"):
        return "厂"
    return {"养猪场": "猪场", "养鸡场": "鸡场"}.get(word, word)


def _numbers(text: str) -> tuple[str, ...]:
    found = ((one[1] or one[2]) for one in _NUMBER.finditer(text))
    return tuple(sorted(_plain(number) for number in found))


def _in_figures(text: str) -> str:
    """第十二中学 as 第12中学."""
    return re.sub(f"第([{_NUMERAL}]+)", lambda found: f"第{_plain(found[1])}", text)


def _plain(number: str) -> str:
    """`十二` and `12` alike."""
    if "十" in number:
        tens, _, ones = number.partition("十")
        return f"{(tens or '一')}{ones or '〇'}".translate(_DIGITS)
    return number.translate(_DIGITS)


def _latin(folded: str, parts: _Parts) -> CompanyName:
    words = _WORD.findall(folded.replace("&", " and ").replace("'", ""))
    company = False
    cut = True
    while cut:
        cut = False
        for form in parts.latin:
            if len(words) > len(form) and words[-len(form) :] == form:
                words, cut, company = words[: -len(form)], True, True
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    whole = "".join(words)
    numbers = tuple(sorted(word for word in words if word.isdecimal()))
    return CompanyName(whole=whole, place=Place(), brand=whole, company=company, numbers=numbers)
