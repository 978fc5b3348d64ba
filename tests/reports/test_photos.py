"""Photos and logos come upright, no finer than print needs, and broken ones do no harm."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from fieldsales.errors import UserError
from fieldsales.reports.photos import logo, photo
from tests.reports.visits import logo_file, picture_file

# Where the red quarter stands when the photo is held upright, by EXIF orientation.
CORNERS = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}


def _is_red(picture: Image.Image, corner: tuple[int, int]) -> bool:
    at = tuple(
        round(side * (0.25 + 0.5 * half)) for side, half in zip(picture.size, corner, strict=True)
    )
    red, green, _ = picture.getpixel(at)
    return red > 150 and green < 90


@pytest.mark.parametrize("orientation", CORNERS)
def test_a_photo_is_turned_upright(tmp_path, orientation):
    path = picture_file(tmp_path / "照片.jpg", orientation=orientation)
    data, wide, high = photo(path, 180, 200)
    picture = Image.open(BytesIO(data))
    assert [c for c in ((0, 0), (1, 0), (0, 1), (1, 1)) if _is_red(picture, c)] == [
        CORNERS[orientation]
    ]
    assert (wide > high) == (orientation < 5)
    assert wide <= 180.001
    assert high <= 200.001


def test_a_large_photo_is_made_as_small_as_print_allows(tmp_path):
    path = picture_file(tmp_path / "大.jpg", size=(4000, 3000))
    data, wide, _ = photo(path, 180, 200)
    assert Image.open(BytesIO(data)).width == pytest.approx(180 * 200 / 72, abs=1)
    assert wide == pytest.approx(180)
    assert len(data) < 60_000


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "CMYK", "1", "I;16"])
def test_pictures_of_every_kind_are_read(tmp_path, mode):
    path = tmp_path / ("图.tif" if mode in ("CMYK", "I;16") else "图.png")
    Image.new(mode, (40, 30)).save(path)
    data, _, _ = photo(path, 100, 100)
    assert Image.open(BytesIO(data)).mode == "RGB"


EPS = (
    b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n9 9 moveto showpage\n%%EOF\n"
)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0junk", b"%PDF-1.4", b"<svg/>", EPS])
def test_what_is_no_picture_is_none(tmp_path, content):
    path = tmp_path / "x.jpg"
    path.write_bytes(content)
    assert photo(path, 100, 100) is None
    assert photo(tmp_path / "missing.jpg", 100, 100) is None
    assert photo(tmp_path, 100, 100) is None
    with pytest.raises(UserError):
        logo(content)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_a_photo_whose_notes_are_broken_does_no_harm(tmp_path):
    """Each byte of what a camera writes about a photo, one after the other."""
    path = tmp_path / "x.jpg"
    whole = picture_file(path, size=(16, 12), orientation=6).read_bytes()
    end = whole.index(b"\xff\xdb")  # the picture itself begins
    for at in range(2, end):
        for wrong in (0x00, 0x02, 0x0C, 0xFF):
            path.write_bytes(whole[:at] + bytes([wrong]) + whole[at + 1 :])
            photo(path, 100, 100)


def test_a_cut_off_photo_is_none(tmp_path):
    path = picture_file(tmp_path / "x.jpg")
    path.write_bytes(path.read_bytes()[:600])
    assert photo(path, 100, 100) is None


def test_a_logo_keeps_its_shape_and_stands_on_white():
    data, wide, high = logo(logo_file())
    picture = Image.open(BytesIO(data))
    assert (wide, high) == picture.size == (360, 120)
    assert picture.getpixel((130, 10)) == (255, 255, 255)
