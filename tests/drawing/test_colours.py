"""Paper's colours can be read, and the screen's themes know the same roles."""

from __future__ import annotations

import tomllib

import pytest

from fieldsales.drawing.colours import PAPER
from fieldsales.resources import resource


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("role", ["ink", "ink-2", "ink-3", "accent", "good", "warn", "bad"])
def test_text_stands_out_from_paper(role):
    text, paper = _luminance(PAPER[role]), _luminance(PAPER["paper"])
    assert (paper + 0.05) / (text + 0.05) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_for_paper_has_its_colours_on_screen(theme):
    known = tomllib.loads(resource("themes", f"{theme}.toml").read_text(encoding="utf-8"))
    assert set(PAPER) <= set(known["colours"])
