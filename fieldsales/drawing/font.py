"""Reads the shipped font's tables: which characters it has, and how wide each of them is."""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import BinaryIO

from fieldsales.resources import resource

FAMILY = "Noto Sans SC"

# Glyphs with no code point of their own, by the character they stand for. Curly quotes are drawn
# as wide as a Chinese character and an ellipsis at its middle; these are their forms for Latin text
# (the font's feature 'pwid'). A dash before another is the same glyph without its bearings, so that
# the two join.
VARIANTS = {"‘": 30416, "’": 30417, "“": 30419, "”": 30420, "…": 30450, "—": 465}
_DASH_BEARINGS = {False: 0.093, True: 0.098}


class Face:
    """One weight. `advances[character]` is its width in ems; `variants` those of `VARIANTS`."""

    def __init__(self, path: Path, bold: bool) -> None:
        self.path = path
        with path.open("rb") as file:
            tables = _directory(file)
            self._units: int = struct.unpack_from(">H", _table(file, tables, "head"), 18)[0]
            self._metrics: int = struct.unpack_from(">H", _table(file, tables, "hhea"), 34)[0]
            self._hmtx = _table(file, tables, "hmtx")
            self._starts, self._ends, self._glyphs = _groups(_table(file, tables, "cmap"))
        self.advances = _Advances(self)
        self.variants = {mark: self._advance(glyph) for mark, glyph in VARIANTS.items()}
        self.variants["—"] -= _DASH_BEARINGS[bold]

    def has(self, character: str) -> bool:
        """Whether the font can draw `character`."""
        return self._glyph(ord(character)) != 0

    def advance_of(self, character: str) -> float:
        return self._advance(self._glyph(ord(character)))

    def _glyph(self, code: int) -> int:
        at = bisect_right(self._starts, code) - 1
        if at < 0 or code > self._ends[at]:
            return 0
        return self._glyphs[at] + code - self._starts[at]

    def _advance(self, glyph: int) -> float:
        last = min(glyph, self._metrics - 1)  # further glyphs repeat the last width
        width: int = struct.unpack_from(">H", self._hmtx, 4 * last)[0]
        return width / self._units


class _Advances(dict[str, float]):
    """Widths looked up once and kept."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> float:
        advance = self[character] = self._face.advance_of(character)
        return advance


def _directory(file: BinaryIO) -> dict[str, tuple[int, int]]:
    count = struct.unpack(">4xH6x", file.read(12))[0]
    entries = [struct.unpack(">4s4xLL", file.read(16)) for _ in range(count)]
    return {tag.decode("ascii"): (offset, length) for tag, offset, length in entries}


def _table(file: BinaryIO, tables: dict[str, tuple[int, int]], tag: str) -> bytes:
    offset, length = tables[tag]
    file.seek(offset)
    return file.read(length)


def _groups(cmap: bytes) -> tuple[list[int], list[int], list[int]]:
    """First and last code and first glyph of each run of the full Unicode map (format 12)."""
    for index in range(struct.unpack_from(">H", cmap, 2)[0]):
        offset = struct.unpack_from(">4xL", cmap, 4 + 8 * index)[0]
        if struct.unpack_from(">H", cmap, offset)[0] == 12:
            count = struct.unpack_from(">L", cmap, offset + 12)[0]
            flat = struct.unpack_from(f">{3 * count}L", cmap, offset + 16)
            return list(flat[0::3]), list(flat[1::3]), list(flat[2::3])
    raise ValueError("the font has no full Unicode map")


@cache
def face(bold: bool = False) -> Face:
    """The shipped face of a weight, read once."""
    name = "NotoSansSC_700Bold.ttf" if bold else "NotoSansSC_400Regular.ttf"
    return Face(resource("fonts", name), bold)
