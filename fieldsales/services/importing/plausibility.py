"""Judges how likely decoded text is what somebody typed: 1 and more is natural, below 0.15 garbled.

Bytes that decode are not yet right: Big5 decodes as GB18030 into junk, and anything decodes as
Windows-1252. So every character beyond ASCII is scored by how common it is in its script and by
its neighbours, and the mean is compared between encodings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

GARBLED = 0.15

# Characters that fill customer lists: headers, company endings, places, surnames, given names.
_FREQUENT = (
    "客户名称联系人手机电话地址公司有限股份集团厂店商贸易实业科技食品饲料农牧养殖合作社经营部"
    "销售采购经理总监主任董事长先生女士行业备注邮箱网址部门职务职位编号日期类型等级来源区域"
    "单位姓名性别生日税号统一社会信用代码传真微信信息通信电信移动联通银行医院学校大学物流运输"
    "建筑材料机械设备电子电器服装纺织化工石油汽车配件零售批发市场中心国际中国北京上海天津重庆"
    "广东广州深圳江苏浙江杭州南京山东河南河北湖南湖北武汉成都四川西安陕西福建厦门安徽江西云南"
    "贵州辽宁吉林黑龙江内蒙古新疆甘肃香港台湾台北高雄新竹桃园台中省市县区镇乡村路街道号楼层室"
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万"
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文志玉海红小春梅兰飞鹏宇浩婷雪慧琳"
    "的是在和了不一二三四五六七八九十百千万元年月日时周上下午前后左右东南西北大小多少新老好要"
    "有无可以会来去到说做看问答回访再次重点意向价格产品订单合同付款发票送货质量服务"
    "客戶名稱聯絡人手機電話行動公司單位統一編號實業貿易農會飼料設備業務經銷備註負責職稱"
    "傳真電郵網站類別產業縣區鎮鄉號樓層陳張劉趙吳黃鄭謝許鄧蕭賴葉蘇盧蔣魏顏鍾羅龍萬馬"
    "訪價報單訂貨發票國際臺灣東門園廣華開關長問時間見書買賣錢銀"
)

_WORD = re.compile(r"[^\W\d_]+")
_BENIGN = frozenset("€£¥§©®°·«»–—‘’“”„…•™№ªº´\u00a0¿¡±²³×½￥〇々")
_JUNK, _RARE, _ODD = -4.0, -1.2, -1.0

# What each language writes beyond a-z; a Western or Central European text keeps to one of them.
_LATIN_LANGUAGES = (
    "àâæçéèêëîïôœùûüÿ",
    "äöüß",
    "áéíóúñü",
    "áâãàçéêíóôõú",
    "àèéìòù",
    "åäöæøé",
    "áðéíóúýþæö",
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýžľĺŕäô",
    "áéíóöőúüű",
    "čćđšž",
    "ăâîşţșț",
    "çğıöşüâîi\u0307",
    "āčēģīķļņšūžõ",
    "ąčęėįšųū",
    "äõöüšž",
    "àáâãèéêìíòóôõùúăđĩũơưýạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
)
_WESTERN = frozenset("".join(_LATIN_LANGUAGES[:6]))


@cache
def _han_scores() -> dict[str, float]:
    """Score of every Chinese character by the tables that rank them: GB 2312 and Big5."""
    scores: dict[str, float] = {}
    for lead in range(0xC9, 0xFA):
        _add(scores, "cp950", lead, (*range(0x40, 0x7F), *range(0xA1, 0xFF)), -0.6)
    for lead in range(0xD8, 0xF8):
        _add(scores, "gb2312", lead, range(0xA1, 0xFF), 0.0)
    for lead in range(0xA4, 0xC7):
        _add(scores, "cp950", lead, (*range(0x40, 0x7F), *range(0xA1, 0xFF)), 0.8)
    for lead in range(0xB0, 0xD8):
        _add(scores, "gb2312", lead, range(0xA1, 0xFF), 0.8)
    scores.update(dict.fromkeys(_FREQUENT, 2.5))
    return scores


def _add(
    scores: dict[str, float], codec: str, lead: int, trails: range | tuple[int, ...], score: float
) -> None:
    for trail in trails:
        char = bytes((lead, trail)).decode(codec, "ignore")
        if len(char) == 1 and "\u4e00" <= char <= "\u9fff":
            scores[char] = score


def plausibility(text: str) -> float:
    """Mean score of the characters beyond ASCII in `text`; 1.0 if there are none."""
    total = 0.0
    count = 0
    han = _han_scores()
    for index, char in enumerate(text):
        if char < "\x80":
            continue
        count += 1
        code = ord(char)
        if 0x4E00 <= code <= 0x9FFF:
            score = han.get(char, _RARE)
            if _beside_latin(text, index):
                score -= 0.4 if score > 0 else 1.0
            total += score
        elif code >= 0x250:
            total += _other(char, code)
        elif char in _BENIGN:
            total += 0.0
        elif code < 0xA0:
            total += _JUNK
        elif not char.isalpha():
            total += _RARE
    if not count:
        return 1.0
    return (total + _latin(text)) / count


def _beside_latin(text: str, index: int) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())


def _other(char: str, code: int) -> float:
    if 0x3000 <= code <= 0x3017 or 0xFF01 <= code <= 0xFF5E:
        return 0.6
    if char in _BENIGN or 0x2010 <= code <= 0x203A:
        return 0.1
    if char == "\ufffd" or 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF:
        return _JUNK
    category = unicodedata.category(char)
    if category in {"Cn", "Co", "Cc"}:
        return _JUNK
    if 0x370 <= code <= 0x52F or 0x590 <= code <= 0x6FF:
        return 0.0  # judged word by word
    if 0x3041 <= code <= 0x30FF or 0xAC00 <= code <= 0xD7A3:
        return 0.2
    if 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF or 0xFE00 <= code <= 0xFE0F:
        return 0.3  # emoji
    if 0x1E00 <= code <= 0x1EFF or 0x300 <= code <= 0x36F:
        return 0.0  # Latin, judged word by word
    return _RARE


def _latin(text: str) -> float:
    """Score of all alphabetic words beyond ASCII: one script each, likely case and language."""
    total = 0.0
    foreign: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii():
            continue
        scripts = {_script(char) for char in word}
        if scripts & {"han", "other"}:
            total += _ODD * sum(_script(char) == "latin" for char in word)
            continue
        beyond = [char for char in word if char >= "\x80"]
        if len(scripts) > 1 and scripts != {"ascii", "latin"}:
            total += _RARE * len(beyond)
        elif _odd_case(word, latin=bool(scripts & {"ascii", "latin"})):
            total += _ODD * len(beyond)
        elif scripts <= {"ascii", "latin"}:
            if len(word) > 2 and len(beyond) * 2 > len(word):
                total += _ODD * len(beyond)
            else:
                for char in word.lower():
                    if char >= "\x80":
                        foreign[char] = foreign.get(char, 0) + 1
        elif len(word) > 1:
            total += 1.0 * len(beyond)
    if foreign:
        total += max(
            sum(_letter(char, letters) * n for char, n in foreign.items())
            for letters in _LATIN_LANGUAGES
        )
    return total


def _letter(char: str, letters: str) -> float:
    if char in letters:
        return 1.0
    return 0.4 if char in _WESTERN else -0.5  # names from the neighbouring country


def _script(char: str) -> str:
    code = ord(char)
    if code < 0x80:
        return "ascii"
    if code < 0x250 or 0x300 <= code <= 0x36F or 0x1E00 <= code <= 0x1EFF:
        return "latin"
    if 0x370 <= code <= 0x3FF:
        return "greek"
    if 0x400 <= code <= 0x52F:
        return "cyrillic"
    if 0x590 <= code <= 0x5FF:
        return "hebrew"
    if 0x600 <= code <= 0x6FF:
        return "arabic"
    return "han" if code >= 0x2E80 else "other"


def _odd_case(word: str, *, latin: bool) -> bool:
    """`mÜller`: a capital after a small letter, which only names like `McÉwan` have, and once."""
    rises = sum(a.islower() and b.isupper() for a, b in pairwise(word))
    return rises > (1 if latin and word[:1].isupper() else 0)
