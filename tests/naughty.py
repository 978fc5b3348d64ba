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
    "Robert'); DROP TABLE customer; --",
    'a"b`c[d]e\\f',
    "<b>&amp;</b> <script>alert(1)</script>",
    "%s %d {0} {name} ${x} $1 ?1 :id @p",
    "{{ 7*7 }}{% raw %} #{x} ${jndi:ldap://x/a} %n%x",
    "=cmd|'/c calc'!A0",
    "../../etc/passwd C:\\CON\\nul.txt",
    "NULL",
    "null",
    "true",
    "0",
    "1e5",
    '{"a": 1}',
    "[1, 2]",
    '"quoted"',
    "\\u0041 \\n",
    '* - " NEAR( AND OR NOT col: ^a',
    "שלום \u202eعليكم\u202c",
    "𠮷野家 👩‍🌾 ✓ é ǆ ﬁ",
    "𪜀𫝀𰀀 鬱龘 ⺁〇々",
    "Z̸̢̛̗͓͌a̸̧̺͐l̵͇̏̿g̶̲̅͝o̷͙͐ ṩ̂",
    "👨‍👩‍👧‍👦 🏳️‍🌈 🇨🇳 ☎️ ﷽ 1️⃣",
    "ﷺ ௵ ꧅ Ⅷ ½ ㎏ ㍿ ｱｲｳ ＡＢＣ",
    "~",
)
# what nobody can see or keep is left out of them
SPOILT = (
    "海\x00润",
    "海\x07\x1b[31m润\x7f\x9f",
    "a\ud800b\udfffc",
    "\ufeff海\u200b润\u2060",
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
