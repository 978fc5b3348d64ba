"""Reads address cards (vCard 2.1, 3.0, 4.0) as phones and mail programs really write them.

Each person becomes a row under fixed column names (`COLUMNS`), so that the rest of an import has
one way. `vobject` was tried on all the shapes of the tests first: it wants text, so a character cut
by a fold or a soft line break is lost before it starts, and it stops at a comment, at a photo whose
lines are not indented, at a line break nobody escaped, and at a card without its END.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path

from fieldsales.errors import UserError
from fieldsales.services.importing import encodings
from fieldsales.services.importing.cells import clean
from fieldsales.services.importing.formats._vcard_lines import Property, properties
from fieldsales.services.importing.joining import address, close_up, full_name, is_han
from fieldsales.services.importing.sheet import Cells, Grid, Notes, Options, Watch, unreadable

SUFFIXES = (".vcf", ".vcard")
RANK = 2

COLUMNS = (
    "name",
    "organisation",
    "department",
    "title",
    "mobile",
    "phone",
    "other phone",
    "fax",
    "email",
    "other email",
    "messenger",
    "birthday",
    "gender",
    "address",
    "website",
    "tags",
    "note",
)

_BEGIN = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_BEGIN_LINE = re.compile(rb"(?:^|[\r\n])\s*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE)
_CANDIDATES = (*encodings.CANDIDATES, "cp932")
_SAMPLE = 16_000
_LOOKED_AT = 100_000  # properties for their encoding
_EMPTY = 10_000  # cards without a word, one after another
_MOST = 5_000  # properties of one person

_SEPARATOR = re.compile(r"(?<!\\)(?:\\\\)*;")
_ESCAPE = re.compile(r"\\([\\nN,;:])")
_SCHEME = re.compile(
    r"(?:tel|mailto|sip|xmpp|skype|aim|qq|x-apple|im|msnim|ymsgr|wechat):/*", re.IGNORECASE
)
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_CHINESE_MOBILE = re.compile(r"(?:\+?86|0086)?1[3-9]\d{9}")
_MOBILE = {"cell", "mobile", "iphone", "msg", "手机", "手機", "行动电话", "行動電話", "移动电话"}
_FAX = {"fax", "传真", "傳真", "homefax", "workfax"}
_MESSENGERS = {
    "IMPP", "X-QQ", "X-WECHAT", "X-WEIXIN", "X-LINE", "X-SKYPE", "X-SKYPE-USERNAME", "X-MSN",
    "X-AIM", "X-ICQ", "X-JABBER", "X-GTALK", "X-GOOGLE-TALK", "X-MS-IMADDRESS", "X-WHATSAPP",
}  # fmt: skip
_NO_YEAR = "1604"  # how Apple writes a birthday without its year


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file begins with a card; blank lines or others' headings may come first."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or encodings.wide(head):
        head = head.replace(b"\0", b"")[2 if head[:1] in b"\xff\xfe" else 0 :]
    if _BEGIN.match(head):
        return True
    return path.suffix.lower() in SUFFIXES and _BEGIN_LINE.search(head) is not None


def read(path: Path, options: Options, watch: Watch) -> Grid:
    """The people of a file of cards. `options.encoding` is for values that do not name theirs."""
    try:
        with path.open("rb") as file:
            head = file.read(65_536)
        wide = None
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            wide = "utf-16"
        elif (found := encodings.wide(head)) is not None:
            wide = found.name
        likely = _likely(path, wide, watch)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    fallback = likely.name if options.encoding is None else encodings.named(options.encoding)
    warnings = ("garbled",) if likely.garbled and options.encoding is None else ()

    def rows(notes: Notes, watch: Watch) -> Iterator[tuple[int, Cells]]:
        try:
            size = path.stat().st_size
            told = 0  # the last person of whom something is said
            for number, card in enumerate(_cards(path, properties(path, wide)), 1):
                if number % 500 == 0:
                    watch(0, size)
                if number > told + _EMPTY:
                    raise UserError("import.error.damaged", name=path.name)
                cells = card.cells(_Decoder(fallback, notes, number))
                if any(cells):
                    told = number
                    yield number, cells
        except OSError as problem:
            raise unreadable(path, problem) from problem

    return Grid("vcard", rows, columns=COLUMNS, encoding=wide or fallback, warnings=warnings)


def _likely(path: Path, wide: str | None, watch: Watch) -> encodings.Encoding:
    """The encoding of the values that do not name theirs."""
    if wide is not None:
        return encodings.Encoding("utf-8", 1.0, sure=True)
    found: list[bytes] = []
    size = 0
    for number, item in enumerate(islice(properties(path, wide), _LOOKED_AT)):
        if number % 1_000 == 0:
            watch(0, 1)
        if item.charset is None and not item.value.isascii():
            found.append(item.value)
            size += len(item.value)
            if size > _SAMPLE:
                break
    return encodings.best(b"\n".join(found), _CANDIDATES)


def _cards(path: Path, items: Iterable[Property]) -> Iterator[_Card]:
    """Cards of the file; one inside another (AGENT) is left out, a missing END is forgiven."""
    card: _Card | None = None
    inside = 0
    agent = False
    for item in items:
        is_card = item.value.strip().upper() == b"VCARD"
        if item.name == "BEGIN" and is_card:
            if card is not None and agent:
                inside += 1
            else:
                if card is not None:
                    yield card
                card, inside = _Card(), 0
        elif item.name == "END" and is_card:
            if inside:
                inside -= 1
            elif card is not None:
                yield card
                card = None
        elif card is not None and not inside:
            card.items.append(item)
            if len(card.items) > _MOST:
                raise UserError("import.error.damaged", name=path.name)
        agent = item.name == "AGENT" and not item.value.strip()
    if card is not None:
        yield card


@dataclass(frozen=True, slots=True)
class _Decoder:
    """Bytes of values to text, noting what was odd."""

    fallback: str
    notes: Notes
    row: int

    def __call__(self, item: Property) -> str:
        return clean(self._text(item), self.notes, self.row)

    def parts(self, item: Property) -> list[str]:
        """The components of a structured value."""
        raw = self._text(item)
        cuts = [match.end() for match in _SEPARATOR.finditer(raw)]
        pieces = [
            raw[start : end - 1]
            for start, end in zip([0, *cuts], [*cuts, len(raw) + 1], strict=True)
        ]
        return [clean(_unescaped(piece), self.notes, self.row) for piece in pieces]

    def plain(self, item: Property) -> str:
        """An unstructured value, its escapes undone."""
        return clean(_unescaped(self._text(item)), self.notes, self.row)

    def _text(self, item: Property) -> str:
        if item.value.isascii():
            return item.value.decode("ascii")
        names = ["utf-8", self.fallback]
        if item.charset is not None:
            declared = encodings.known_codec(item.charset)
            names = [declared, "utf-8"] if declared else names
        elif self.fallback != "utf-8":
            names = [self.fallback, "utf-8"]
        for name in names:
            try:
                return item.value.decode(name)
            except UnicodeDecodeError:
                continue
        found = encodings.best(item.value, _CANDIDATES)
        text = item.value.decode(found.name, "replace")
        if "\ufffd" in text:
            self.notes.add("replaced", self.row)
        return text


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match.group(1) in "nN" else match.group(1), text)


@dataclass(slots=True)
class _Card:
    items: list[Property] = field(default_factory=list)

    def cells(self, decode: _Decoder) -> list[str]:
        """The card's values in the order of `COLUMNS`."""
        labels = self._labels(decode)
        first: dict[str, str] = {}
        every: dict[str, list[str]] = {}
        for item in sorted(self.items, key=lambda item: "pref" not in item.types):
            types = item.types | labels.get(item.group, frozenset()) if item.group else item.types
            self._take(item, types, decode, first, every)
        if self._value("KIND", decode).lower() == "group" or (
            self._value("X-ADDRESSBOOKSERVER-KIND", decode).lower() == "group"
        ):
            return [""] * len(COLUMNS)
        phones = every.get("phone", [])
        mobiles = every.get("mobile", [])
        mails = every.get("email", [])
        row = {
            "name": self._name(decode),
            "organisation": first.get("organisation", ""),
            "department": first.get("department", ""),
            "title": first.get("title", "") or first.get("role", ""),
            "mobile": "".join(mobiles[:1]),
            "phone": "".join(phones[:1]),
            "other phone": " / ".join(mobiles[1:] + phones[1:]),
            "fax": " / ".join(every.get("fax", [])),
            "email": "".join(mails[:1]),
            "other email": " / ".join(mails[1:]),
            "messenger": " / ".join(every.get("messenger", [])),
            "birthday": first.get("birthday", ""),
            "gender": first.get("gender", ""),
            "address": first.get("address", "") or first.get("label", ""),
            "website": first.get("website", ""),
            "tags": "、".join(every.get("tags", [])),
            "note": "\n".join(every.get("note", [])),
        }
        return [row[name] for name in COLUMNS]

    def _labels(self, decode: _Decoder) -> dict[str, frozenset[str]]:
        """What `item1.X-ABLabel` calls the other properties of its group."""
        found = {}
        for item in self.items:
            if item.group and item.name in {"X-ABLABEL", "X-LABEL"}:
                text = decode.plain(item)
                apple = _APPLE_LABEL.fullmatch(text)
                found[item.group] = frozenset({(apple.group(1) if apple else text).lower()})
        return found

    def _value(self, name: str, decode: _Decoder) -> str:
        return next((decode.plain(item) for item in self.items if item.name == name), "")

    def _take(
        self,
        item: Property,
        types: frozenset[str],
        decode: _Decoder,
        first: dict[str, str],
        every: dict[str, list[str]],
    ) -> None:
        name = item.name
        if name == "TEL":
            _add(every, _phone_column(decode.plain(item), types), _bare(decode.plain(item)))
        elif name == "EMAIL":
            _add(every, "email", _bare(decode.plain(item)))
        elif name == "ORG":
            parts = [part for part in decode.parts(item) if part]
            first.setdefault("organisation", "".join(parts[:1]))
            first.setdefault("department", " ".join(parts[1:]))
        elif name == "ADR":
            first.setdefault("address", _address(decode.parts(item)))
        elif name in {"TITLE", "ROLE", "LABEL"}:
            first.setdefault(name.lower(), decode.plain(item))
        elif name == "URL":
            first.setdefault("website", decode.plain(item))
        elif name in {"GENDER", "X-GENDER"}:
            first.setdefault("gender", decode.parts(item)[0])
        elif name == "BDAY":
            first.setdefault("birthday", _birthday(decode(item)))
        elif name == "NOTE":
            _add(every, "note", decode.plain(item))
        elif name == "CATEGORIES":
            for tag in decode.plain(item).split(","):
                _add(every, "tags", tag.strip())
        elif name in _MESSENGERS:
            _add(every, "messenger", _bare(decode.plain(item)))

    def _name(self, decode: _Decoder) -> str:
        """N tells which part is the family name; FN is what the writer's program made of it."""
        shown = close_up(self._value("FN", decode))
        for item in self.items:
            if item.name == "N":
                family, given, middle, prefix, suffix = (*decode.parts(item), *[""] * 5)[:5]
                name = full_name(family, given, middle, prefix, suffix)
                if name and (is_han(name) or not shown):
                    return name
        return shown or close_up(self._value("NICKNAME", decode))


def _add(every: dict[str, list[str]], column: str, text: str) -> None:
    if text and text not in every.setdefault(column, []):
        every[column].append(text)


def _bare(text: str) -> str:
    """`tel:+86-10-…;ext=2` without its scheme."""
    return _SCHEME.sub("", text, count=1).strip() if ":" in text else text


def _phone_column(text: str, types: frozenset[str]) -> str:
    if types & _FAX:
        return "fax"
    if types & _MOBILE:
        return "mobile"
    digits = "".join(takewhile(lambda char: char != ";", _bare(text)))
    digits = re.sub(r"[\s().-]", "", digits)
    return "mobile" if _CHINESE_MOBILE.fullmatch(digits) else "phone"


def _address(parts: list[str]) -> str:
    """`pobox;extended;street;city;region;postcode;country`."""
    box, extended, street, city, region, postcode, country = (*parts, *[""] * 7)[:7]
    joint = "" if is_han(street + extended) else " "
    return address(
        {
            "street": joint.join(filter(None, (street, extended, box))),
            "city": city,
            "region": region,
            "postcode": postcode,
            "country": country,
        }
    )


def _birthday(text: str) -> str:
    day = text.partition("T")[0]
    if re.fullmatch(r"\d{8}", day):
        day = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    elif re.fullmatch(r"--\d{4}", day):
        day = f"--{day[2:4]}-{day[4:]}"
    return f"-{day[4:]}" if day.startswith(_NO_YEAR) else day
