"""Texts that break programs, for every field, search, export and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer

# kept and shown as they were typed
HOSTILE = (
    # what a program may take for nothing, a number, a day or a truth
    *("NULL", "null", "None", "nil", "undefined", "NaN", "Infinity", "-Infinity", "N/A", "#N/A"),
    *("true", "FALSE", "yes", "off", "0", "-0", "00", "007", "1e5", "1E400", "0x1F", "1_000"),
    *("1,000.50", "1.000,50", "9" * 40, "-1", "½", "Ⅷ", "一二三", "٤٢", "1/2", "5-3", "12:30"),
    *("2026-11-09", "09/11/26", "2026-02-30", "0000-00-00", "9999-12-31", "二〇二六年十一月九日"),
    *("50%", "¥1,000", "-", "--", "...", "~", "_", "\\", "/", "|", "^", "`"),
    # SQL, search and patterns
    "Robert'); DROP TABLE customer; --",
    "' OR '1'='1",
    "1; ATTACH DATABASE '/tmp/x' AS y",
    'x" UNION SELECT sql FROM sqlite_schema --',
    "%' AND 1=1 ESCAPE '%",
    "100%_*?[a-z]",
    '* - " NEAR( AND OR NOT col: ^a',
    "NEAR/2 (a b) + name:x *",
    "(?i)(a+)+$ [[:alpha:]] \\p{L}{9999}",
    "PRAGMA key='x'; VACUUM INTO 'y'",
    # markup, and what runs
    "<b>&amp;</b> <script>alert(1)</script>",
    "</para><font color=red>&nbsp;&#65;&bogus;",
    "<br/><img src=x onerror=alert(1)>",
    "<!-- --> <![CDATA[ ]]> ]]> <?xml version='1.0'?>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "<a href='javascript:alert(1)'>x</a> <qt>y</qt>",
    "<table><tr><td>",
    "<super>2</super> <seq id='a'/>",
    "&lt;&gt;&quot;&#x27;",
    "& && &;",
    "**粗** _斜_ `码` [x](y) # 题",
    "javascript:alert(1)",
    "data:text/html;base64,PHA+",
    "file:///etc/passwd",
    "mailto:a@b?c=d&e",
    # templates and formats
    "%s %d {0} {name} ${x} $1 ?1 :id @p",
    "{{ 7*7 }}{% raw %} #{x} ${jndi:ldap://x/a} %n%x",
    "{",
    "}",
    "{}",
    "{}{}",
    "{0!r:>99}",
    "{n:,}",
    "%",
    "%%",
    "%(name)s",
    "%99999d",
    "$HOME",
    "$(id)",
    "&File",
    "&&",
    "a & b",
    "&1 &2",
    "\\1 \\g<0>",
    # spreadsheets
    *("=1+1", "=cmd|'/c calc'!A0", "+86 138", "-5+3", "@SUM(A1)", '=HYPERLINK("http://x")'),
    *("'quoted'", "''", "'", '"', '""', '"quoted"', "_x000D_ _x0041_", "A1", "R1C1", "#REF!"),
    "展会",
    "'展会",
    "</t></is></c>&amp;<![CDATA[",
    "1234567890123456789",
    *("=", "==", "+", "@", "=-2+3", ";", ",", ",,", "a,b;c|d", 'say ""no""'),
    # paths, shells, mail
    *("../../etc/passwd C:\\CON\\nul.txt", "CON", "a/b:c*d?e", "~/.ssh", "\\\\host\\share"),
    *("; rm -rf / #", "`id` && $(id) | cat", "--help", "-rf", "x@y@z", '"a b"@c', "a\\;b\\,c\\n"),
    *("BEGIN:VCARD", "END:VCALENDAR", "UID:1", "TEL;TYPE=cell:1", ";;;", "\\n", "=E6=B5=B7", "=\\"),
    *('{"a": 1}', "[1, 2]", "\\u0041 \\n \\x41", "\\ud800", "[[a]]", "---", "a: b", "!!python/x"),
    'a"b`c[d]e\\f',
    # scripts, directions, and signs of several parts
    "שלום \u202eعليكم\u202c",
    "\u202etxt.exe",
    "\u2067ab\u2069 \u200fc",
    "مرحبا 123 ABC",
    "אבג (דהו) ז",
    "𠮷野家 👩‍🌾 ✓ é ǆ ﬁ",
    "𪜀𫝀𰀀 鬱龘 ⺁〇々",
    "Z̸̢̛̗͓͌a̸̧̺͐l̵͇̏̿g̶̲̅͝o̷͙͐ ṩ̂",
    "a" + "\u0301" * 60,
    "👨‍👩‍👧‍👦 🏳️‍🌈 🇨🇳 ☎️ ﷽ 1️⃣",
    "👍🏽👍🏿 🧑🏻‍🤝‍🧑🏾 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "🇨",
    "\U0001f3fb",
    "x\u200dy",
    "☺\ufe0e☺\ufe0f",
    "‍海",
    "e\u0301 é",
    "ﷺ ௵ ꧅ Ⅷ ½ ㎏ ㍿ ｱｲｳ ＡＢＣ",
    "ＳＥＬＥＣＴ＊",
    "İstanbul ıI ß ẞ ſ",
    "ǅ Ǆ ŉ ΐ",
    "Ω Ω K K Å Å",
    "ﬀ ﬃ",
    "ΣΊΣΥΦΟΣ",
    "ﬃcient",
    "ไทย ภาษา",
    "हिन्दी क्ष",
    "தமிழ்",
    "한국어 각",
    "ᄒ\u1161\u11ab",
    "ཨོཾ",
    "ꙮ",
    "𝕳𝖊𝖑𝖑𝖔 𝟙",
    "ʇxǝʇ",
    "。，、；：？！…—·ˉ¨‘’“”々～‖∶＂＇｀｜〃〔〕",
    "「『』」﹁﹂︻",
    "（）()（(",
    "￥$€£₩",
    "㊙㊗🈲🈶",
    "上〇下",
    "海\u00ad润",
    "a\u034fb",
    "\u115f\u1160海",
    "海\ufe00",
    "海\U000e0100润",
    "a\u2061b",
    "w\u180ex",
    "海\U0001fffe",
    "\ufffd",
    "海\ue000\uf8ff",
    "\U0010fffd润",
    "W" * 40,
    "测" * 40,
    "a" * 39 + "é",
    "無" * 33 + "👩‍🌾",
)
# what nobody can see or keep is left out of them
SPOILT = (
    "海\x00润",
    "海\x07\x1b[31m润\x7f\x9f",
    "a\ud800b\udfffc",
    "\ufeff海\u200b润\u2060",
    "\ufffe海\uffff",
    "海\u00a0润\u2003牧\u202f业\u1680\u205f",
    "\x1b]0;题\x07\x9b2J",
    "\x00\x00海",
    "\udc80\udcff.txt \ud83d",
    "一\r\n二\r三\n\n\n四",
    "\t 左 \v\f 右 \x85\u2028\u2029\u3000 完",
    "\r\n".join("行" for _ in range(60)),
)
ENDLESS = "长" * 100_000

# texts of a form: a day, a colour, a class
_FORMED = {
    *(("contact", "birthday"), ("special_day", "day")),
    *(("proposal", "accent"), ("class_pin", "code")),
}
_TYPED = (Kind.TEXT, Kind.NOTE, Kind.PHONE, Kind.CHOICE)


def typed(noun: str) -> dict[str, Field]:
    """The fields of a noun one may write anything into."""
    return {
        name: field
        for name, field in fields(NOUNS[noun]).items()
        if field.kind in _TYPED
        and (field.kind is not Kind.CHOICE or field.own)
        and not field.sealed
        and (noun, name) not in _FORMED
    }


_MACHINES = {"setting", "saved_filter", "checklist", "tag_rule", "attachment"}  # not for people
_LONGEST = 1_500  # characters: three pages of a paper for each field


@dataclass(frozen=True)
class WriteEverywhere(Operation):
    """Puts texts into every field of every record, one after another."""

    texts: Sequence[str]

    def apply(self, writer: Writer) -> None:
        texts = cycle(self.texts)
        for noun in NOUNS:
            if noun in _MACHINES:
                continue
            open_fields = typed(noun)
            for (row_id,) in writer.store.rows(f"SELECT id FROM {noun}"):
                values = {}
                for name, field in open_fields.items():
                    text = next(texts)[: min(field.max_length, _LONGEST)].strip()
                    if text and field.shown:
                        values[name] = text
                writer.update(noun, row_id, values)
