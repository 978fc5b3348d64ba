"""Puts the parts of a name or an address together in the order its writing has."""

from __future__ import annotations

import re
from collections.abc import Mapping

_RANGES = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_HAN = re.compile(_RANGES)
_BETWEEN_HAN = re.compile(rf"(?<={_RANGES})[ \u3000\u00a0]+(?={_RANGES})")
# The commonest hundred or so, to tell 张|伟 from 伟|张; a rare surname keeps the order it came in.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭呂盧鍾陸賈韋鄒閻龍賀顧龔萬錢嚴湯葉蘇"
)


def is_han(text: str) -> bool:
    """Whether a name or an address is written in Chinese characters."""
    return _HAN.search(text) is not None


def close_up(text: str) -> str:
    """Text without blanks between Chinese characters: `张 伟` as `张伟`."""
    return _BETWEEN_HAN.sub("", text)


def full_name(
    family: str = "", given: str = "", middle: str = "", prefix: str = "", suffix: str = ""
) -> str:
    """A person's name: family name first and without a blank in Chinese, else as in the West."""
    if is_han(family + given):
        if is_han(family) and is_han(given) and _swapped(family, given):
            family, given = given, family
        return close_up(family + middle + given if is_han(given or family) else f"{given} {family}")
    return " ".join(filter(None, (prefix, given, middle, family, suffix)))


def _swapped(family: str, given: str) -> bool:
    return len(given) == 1 and given in _SURNAMES and family not in _SURNAMES


def address(parts: Mapping[str, str]) -> str:
    """An address from `country`, `region`, `city`, `district`, `street`, `postcode`: from large
    to small without blanks in Chinese, else from the street up. A larger part that the street
    repeats is left out.
    """
    order = ("country", "region", "city", "district", "street")
    have = {key: " ".join(parts.get(key, "").split()) for key in (*order, "postcode")}
    if is_han(have["street"] + have["city"] + have["region"]):
        if have["country"] in {"中国", "中國", "China", "CN", "中华人民共和国"}:
            have["country"] = ""
        text = ""
        for key in reversed(order):
            part = have[key]
            if part and not (text.startswith(part) or (len(part) > 1 and part in text)):
                text = part + text
        return f"{text} {have['postcode']}".strip()
    last = "region" if have["region"] else "city"
    have[last] = " ".join(filter(None, (have[last], have["postcode"])))
    text = have["street"]
    for key in ("district", "city", "region", "country"):
        if have[key] and have[key].casefold() not in text.casefold():
            text = f"{text}, {have[key]}" if text else have[key]
    return text
