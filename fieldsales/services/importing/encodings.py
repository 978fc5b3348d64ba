"""Guesses the encoding of a text file and judges it from samples: a large file stays on disk."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from fieldsales.errors import UserError
from fieldsales.services.importing.plausibility import GARBLED, plausibility

_PIECE = 1 << 20
_SAMPLE = 16_000  # bytes judged: lines with something beyond ASCII in them
_FITS = 0.5  # for each pair of bytes: other encodings seldom make valid UTF-8 by chance
_CLEARLY = 0.05
_SURE_GARBLED = -0.5  # names of rare characters only are still names
_WIDE_AT_LEAST = -0.3  # the zeros speak for UTF-16 already, so rare characters may

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In order of preference where two read a text equally well.
CANDIDATES = (
    "utf-8",
    "gb18030",
    "cp950",
    "big5hkscs",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1254",
    "cp1253",
    "cp1257",
    "cp1255",
    "cp1256",
    "cp1258",
)
# Offered to the user; `--encoding` takes any name Python knows.
CHOICES = ("utf-8", "gb18030", "big5", "utf-16", *(f"cp{n}" for n in range(1250, 1259)))
# What programs call by these names is the wider set.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "iso8859-1": "cp1252",
}

_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_AROUND = 100  # bytes of the same line kept before it; four times as many after
_PAIR_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")
_LONG_UTF8 = re.compile(rb"[\xe3-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding with how natural the text looks in it; `sure` if the bytes prove it."""

    name: str
    score: float
    sure: bool = False

    @property
    def garbled(self) -> bool:
        return self.score < (_SURE_GARBLED if self.sure else GARBLED)


def guess(path: Path, pulse: Callable[[], None] = lambda: None) -> Encoding:
    """The encoding in which the file reads most naturally; `pulse` is called between pieces."""
    with path.open("rb") as file:
        head = file.read(_PIECE)
        for bom, name in _BOMS:
            if head.startswith(bom):
                return Encoding(name, judge(name, head[:_SAMPLE]).score, sure=True)
        if (found := wide(head)) is not None:
            return found
        return best(_sample(head, file.read, pulse))


def named(name: str) -> str:
    """The codec meant by a name a user gave; raises UserError if there is none."""
    found = known_codec(name)
    if found is None:
        raise UserError("import.error.unknown_encoding", encoding=name)
    return found


def known_codec(name: str) -> str | None:
    """The codec a file means by an encoding's name, or a wider one that includes it."""
    try:
        found = codecs.lookup(name.strip())
        "".encode(found.name)  # refuses codecs that are no encodings of text, as `zip`
    except (LookupError, ValueError):
        return None
    return _WIDER.get(found.name, found.name)


def measure(path: Path, name: str) -> Encoding:
    """How naturally the file reads in a given encoding."""
    with path.open("rb") as file:
        head = file.read(_PIECE)
        if name.startswith(("utf-16", "utf-32")):
            return judge(name, head[:_SAMPLE])
        return judge(name, _sample(head, file.read, lambda: None))


def judge(name: str, data: bytes) -> Encoding:
    """`data` read with a given encoding."""
    return Encoding(name, plausibility(codecs.getincrementaldecoder(name)("replace").decode(data)))


def best(data: bytes, candidates: tuple[str, ...] = CANDIDATES) -> Encoding:
    """The candidate in which `data` reads most naturally, earlier ones preferred."""
    if data.isascii():
        return Encoding("utf-8", 1.0)
    found = {name: judge(name, data) for name in candidates}
    rank: dict[str, float] = {}
    if "utf-8" in found and _decodes(data):
        if _LONG_UTF8.search(data):
            return replace(found["utf-8"], sure=True)
        pairs = len(_PAIR_UTF8.findall(data))
        rank["utf-8"] = found["utf-8"].score + _FITS * pairs
    chosen = candidates[0]
    for name in candidates:
        if rank.setdefault(name, found[name].score) > rank[chosen] + _CLEARLY:
            chosen = name
    return found[chosen]


def _decodes(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def wide(head: bytes) -> Encoding | None:
    """UTF-16 without a mark, told by the zeros in its commas, digits and line ends."""
    sample = head[:_SAMPLE]
    if sample.count(0) * 50 < len(sample):
        return None
    found = max((judge(name, sample) for name in ("utf-16-le", "utf-16-be")), key=_score)
    text = sample.decode(found.name, "replace")
    if found.score < _WIDE_AT_LEAST or text.count("\0") * 50 > len(text):
        return None
    return found


def _score(encoding: Encoding) -> float:
    return encoding.score


def _sample(head: bytes, read: Callable[[int], bytes], pulse: Callable[[], None]) -> bytes:
    """Pieces of lines with something beyond ASCII, from all over the file."""
    found: list[bytes] = []
    share = _SAMPLE // 2
    while head:
        pulse()
        size, at = 0, 0
        while size < share and (match := _HIGH_BYTE.search(head, at)):
            start = max(at, match.start() - _AROUND)
            start = max(start, head.rfind(b"\n", start, match.start()) + 1)
            end = head.find(b"\n", match.start(), match.start() + 4 * _AROUND)
            at = end if end > 0 else match.start() + 4 * _AROUND
            found.append(head[start:at])
            size += at - start
        if sum(map(len, found)) > _SAMPLE:
            break
        share = _SAMPLE // 16
        head = read(_PIECE)
    return b"\n".join(found)
