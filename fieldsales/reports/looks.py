"""How a paper looks: its spacing, where its titles stand, its colour and ornament."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fieldsales.drawing.shapes import Box, Shape, Text
from fieldsales.drawing.text import width
from fieldsales.reports.paper import AIRY, DENSE, MM, Paper, Spacing

_DARK = 0.18  # luminance that white is told from by 4.5:1
_BAND = 5 * MM


@dataclass(frozen=True, slots=True)
class Look:
    """A template; `centred` are the lines on top, `band` a strip of colour along the sheet's head,
    `tinted` the heads of tables.
    """

    spacing: Spacing = AIRY
    centred: bool = False
    band: bool = False
    tinted: bool = False


PLAIN = Look()
_NAMED = {
    "navy": "#1F3A68",
    "wine": "#8C1C2E",
    "forest": "#2B5F2B",
    "plum": "#5B2A86",
    "earth": "#7A4A1E",
    "graphite": "#3A4148",
}
LOOKS = {
    "classic": Look(centred=True),
    "modern": Look(band=True, tinted=True),
    "compact": Look(spacing=replace(DENSE, between=6)),
}


def ornament(look: Look, paper: Paper) -> list[Shape]:
    """What stands on every page below the text."""
    return [Box(0, 0, paper.width, _BAND, fill="accent")] if look.band else []


def watermark(text: str, paper: Paper) -> list[Shape]:
    """A word across the page, pale enough to read over."""
    size = min(150.0, 0.8 * paper.width / max(width(text, 1.0, bold=True), 0.1))
    return [Text(paper.width / 2, paper.height * 0.62, text, size, "paper-3", True, "middle")]


def middle(shapes: Sequence[Shape], paper: Paper) -> tuple[Shape, ...]:
    """Lines of text set in the middle of the measure."""
    at = paper.left + paper.measure / 2
    return tuple(
        replace(shape, x=at, anchor="middle") if isinstance(shape, Text) else shape
        for shape in shapes
    )


def inked(shapes: Iterable[Shape], accent: str) -> list[Shape]:
    """The shapes with another colour, by its name or `#rrggbb`, in place of the accent.

    One too pale for text is made darker.
    """
    colours = _shades(_NAMED.get(accent, accent))
    if not colours:
        return list(shapes)
    found: list[Shape] = []
    for shape in shapes:
        told: dict[str, Any] = {
            name: colours[value]
            for name in ("colour", "fill", "stroke")
            if (value := getattr(shape, name, None)) in colours
        }
        found.append(replace(shape, **told) if told else shape)
    return found


def _shades(accent: str) -> dict[str, str]:
    """The colour and its pale shade in place of the roles; nothing where it is no colour."""
    try:
        red, green, blue = bytes.fromhex(accent.removeprefix("#"))
    except ValueError:
        return {}
    parts = [float(red), float(green), float(blue)]
    while _luminance(parts) > _DARK:
        parts = [0.92 * part for part in parts]
    soft = [255 - 0.12 * (255 - part) for part in parts]
    return {"accent": _hex(parts), "accent-soft": _hex(soft)}


def _luminance(parts: Sequence[float]) -> float:
    line = [p / 3294.6 if p <= 10.31 else ((p / 255 + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def _hex(parts: Sequence[float]) -> str:
    return "#" + "".join(f"{round(part):02X}" for part in parts)
