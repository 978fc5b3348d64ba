"""The font's tables are read as reportlab reads them."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from fieldsales.drawing.font import face


@pytest.fixture(scope="module", params=[False, True], ids=["regular", "bold"])
def both(request: pytest.FixtureRequest) -> tuple[object, TTFontFile]:
    shipped = face(request.param)
    return shipped, TTFontFile(str(shipped.path))


def test_every_character_is_as_wide_as_reportlab_says(both):
    ours, theirs = both
    assert len(theirs.charWidths) > 30_000
    for code, width in theirs.charWidths.items():
        assert ours.advances[chr(code)] * 1000 == pytest.approx(width)


def test_it_knows_what_it_lacks(both):
    ours, theirs = both
    for character in "中繁𠅤𠮷Aé€✓😀ก✔\ud800\U0010ffff":
        assert ours.has(character) is (ord(character) in theirs.charToGlyph)
    assert ours.has("𠅤")
    assert not ours.has("𠮷")


def test_variants_are_narrow(both):
    ours, _ = both
    for mark in "‘’“”—":
        assert 0.2 < ours.variants[mark] < ours.advances[mark]
