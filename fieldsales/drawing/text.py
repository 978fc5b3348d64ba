"""Measures and wraps text with the shipped font, by the rules of Chinese line breaking.

Screen and paper ask here, so a line holds the same words on both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fieldsales.drawing.font import VARIANTS, face

NO_LINE_START = (
    "，。、：；！？》〉”’）」』】〕］｝〗〙〛—…～·・‧．％‰℃°′″〃々ー〻ゝゞヽヾ＇＂￠"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    ",.:;!?)]}%¢–‐"
)
NO_LINE_END = "《〈“‘（「『【〔［｛〖〘〚￥＄￡＃＠～([{¥$€£№–"

# Wide enough that it shows, narrow enough that no reader of the file takes it for a space.
_MIXED_GAP = 0.08

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3105-\u312f\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WIDE = rf"{_HAN}\u3000-\u303f\u2014\u2026\u2460-\u24ff\uff01-\uff60\uffe0-\uffe6"
_LATIN = r"0-9A-Za-z\u00c0-\u024f\u0370-\u04ff"
_COUNTED = "万亿千百元块角分吨公斤克升毫厘米里亩个只头羽匹尾台套件箱袋包瓶桶车辆人家位名次条项批"
_COUNTED += "份张天日周月年季号点时秒岁度倍成折栋栏户萬億噸個隻頭輛條項張號點時歲週場场棟欄戶間间"
_MEASURES = (
    r"(?:[kmM]?[gLltWVA]|[kcm]?m[²³23]?|ml|mL|ha|kWh|[KMGT]B|Hz|min|h|s|°C|℃|%|"
    r"CNY|RMB|USD|EUR|TWD|HKD)(?![A-Za-z])"
)
_START = re.escape(NO_LINE_START)
_END = re.escape(NO_LINE_END)
_BREAK = re.compile(
    # after spaces, but not between a number and its unit
    rf"(?<=[ \u3000])(?=[^ \u3000{_START}])(?!(?<=[0-9/] )(?:[{_COUNTED}]|{_MEASURES}))"
    # beside a wide character
    rf"|(?:(?<=[{_WIDE}])|(?=[{_WIDE}]))(?<=[^ \u3000{_END}])(?=[^ \u3000{_START}])"
    rf"(?!(?<=[0-9/])[{_COUNTED}])"
)
_MIXED = re.compile(rf"(?<=[{_HAN}])(?=[{_LATIN}¥$€£+])|(?<=[{_LATIN}%])(?=[{_HAN}])")
# Quotes and ellipses take their Latin form where no Chinese stands beside them.
_VARIANT = re.compile(rf"(?:(?<![{_WIDE}])[‘’“”…]|(?<=[{_LATIN}]…)[’”])(?![{_WIDE}])|—(?=—)")
_SOFT_CUT = "/?&=-_.@,;"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u2000-\u200a\u202f\u205f]")
_UNSEEN = re.compile(
    "[\x00-\x09\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
_COMPOSED = re.compile(r".[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a line drawn in one go, `x` ems from its start; `variant`: see `font.VARIANTS`."""

    x: float
    text: str
    variant: bool = False


def printable(text: str) -> str:
    """Text as it can be drawn: tabs as spaces, one kind of line end, nothing invisible."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
    text = _UNSEEN.sub("", _SPACES.sub(" ", text))
    return _COMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def missing(text: str) -> str:
    """Characters of printable text that the shipped font cannot draw, each once, in order."""
    if text.isascii():
        return ""
    has = face().has
    return "".join(
        character for character in dict.fromkeys(text) if character != "\n" and not has(character)
    )


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line, in the unit of `size`."""
    return _ems(text, bold) * size


def pieces(text: str, *, bold: bool = False) -> list[Piece]:
    """The runs of one line: parted where Chinese meets Latin, and at variants."""
    if text.isascii():
        return [Piece(0.0, text)]
    advances = face(bold).advances
    found: list[Piece] = []
    x = 0.0
    for index, run in enumerate(_MIXED.split(text)):
        x += _MIXED_GAP if index else 0.0
        for part, variant in _by_form(run):
            found.append(Piece(x, part, variant))
            widths = face(bold).variants if variant else advances
            x += sum(widths[character] for character in part)
    return found


def _by_form(run: str) -> Iterator[tuple[str, bool]]:
    start = 0
    for found in _variants(run):
        if found.start() > start:
            yield run[start : found.start()], False
        yield found[0], True
        start = found.end()
    if start < len(run):
        yield run[start:], False


def _variants(run: str) -> Iterator[re.Match[str]]:
    if len(run) > 1 and any(mark in run for mark in VARIANTS):  # alone, nothing says it is Latin
        yield from _VARIANT.finditer(run)


@lru_cache(maxsize=1 << 15)
def _ems(text: str, bold: bool) -> float:
    shipped = face(bold)
    advances = shipped.advances
    ems = sum(advances[character] for character in text)
    if not text.isascii():
        ems += _MIXED_GAP * sum(1 for _ in _MIXED.finditer(text))
        for found in _variants(text):
            ems += shipped.variants[found[0]] - advances[found[0]]
    return ems


def wrap(text: str, limit: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines of at most `limit` (in the unit of `size`), without the spaces at which they part.

    No line starts with a mark of `NO_LINE_START` or ends with one of `NO_LINE_END`; words, numbers
    with their units and addresses stay whole. Only what alone is longer than a line is cut.
    """
    room = limit / size + 1e-6
    return [line for part in text.split("\n") for line in _fill(part, room, bold)]


def _fill(text: str, room: float, bold: bool) -> list[str]:
    if _ems(text, bold) <= room:
        return [text.rstrip(" \u3000")]
    lines: list[list[str]] = [[]]
    used = 0.0
    for atom in atoms(text):
        seen = atom.rstrip(" \u3000")
        if lines[-1] and used + _joined(lines[-1][-1], seen, bold) > room:
            lines.append([])
        if lines[-1]:
            used += _joined(lines[-1][-1], atom, bold)
            lines[-1].append(atom)
        elif _ems(seen, bold) <= room:
            lines[-1].append(atom)
            used = _ems(atom, bold)
        else:
            parts = list(_cut(atom, room, bold))
            lines[-1:] = [[part] for part in parts]
            used = _ems(parts[-1], bold)
    _spare_last_character(lines, room, bold)
    return ["".join(line).rstrip(" \u3000") for line in lines]


def _joined(before: str, atom: str, bold: bool) -> float:
    """What `atom` adds to a line that ends with `before`."""
    if before[-1] in VARIANTS or atom[:1] in VARIANTS:
        return _ems(before + atom, bold) - _ems(before, bold)  # the form of a quote may change
    gap = _MIXED_GAP if atom and _MIXED.search(before[-1] + atom[0], 1, 2) else 0.0
    return gap + _ems(atom, bold)


def atoms(text: str) -> Iterator[str]:
    """The parts of a text between places where a line may end; each keeps its trailing spaces."""
    held = ""
    for part in _BREAK.split(text):
        held += part
        if held.rstrip(" \u3000")[-1:] not in NO_LINE_END or not held.strip(" \u3000"):
            yield held
            held = ""
    if held:
        yield held


def _spare_last_character(lines: list[list[str]], room: float, bold: bool) -> None:
    """Gives a last line of one Chinese character company, if the line above can spare some."""
    if len(lines) < 2 or len(lines[-1]) != 1 or len(lines[-2]) < 4:
        return
    last = lines[-1][0]
    if unicodedata.east_asian_width(last[0]) == "W" and len(last) <= 2:
        taken = lines[-2][-1]
        if _ems(taken + last, bold) <= room:
            lines[-2].pop()
            lines[-1].insert(0, taken)


def _cut(atom: str, room: float, bold: bool) -> Iterator[str]:
    """Parts of an atom that is longer than a line, cut where it hurts least."""
    start = 0
    while start < len(atom):
        end = start + 1
        while end < len(atom) and _ems_uncached(atom[start : end + 1], bold) <= room:
            end += 1
        if end < len(atom):
            end = _least_bad_cut(atom, start, end)
        yield atom[start:end]
        start = end


_ems_uncached = _ems.__wrapped__


def _least_bad_cut(atom: str, start: int, end: int) -> int:
    allowed = [
        at
        for at in range(end, start, -1)
        if atom[at] not in NO_LINE_START and atom[at - 1] not in NO_LINE_END
    ]
    soft = [at for at in allowed if atom[at - 1] in _SOFT_CUT and at - start > (end - start) // 2]
    return (soft or allowed or [end])[0]
