"""No paper says where a photo on it, or in it, was taken."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from fieldsales.domain.keeping import Attachment
from fieldsales.errors import UserError
from fieldsales.reports.documents import build
from fieldsales.services import photos
from fieldsales.store.queries.money_papers import Enclosed
from fieldsales.words import Words
from tests.pictures import HOSTILE, picture
from tests.reports.money import offered
from tests.reports.visits import TODAY, rich, sender

ZH = Words("zh_CN")

_STREAM = re.compile(rb"<<((?:(?!>>\s*stream).)*?)>>\s*stream\r?\n(.*?)endstream", re.DOTALL)


def jpegs(pdf: bytes) -> list[bytes]:
    """The photos of a PDF, as the file holds them."""
    found = []
    for head, data in _STREAM.findall(pdf):
        if b"/DCTDecode" in head:
            plain = (
                base64.a85decode(data.strip().removesuffix(b"~>")) if b"ASCII85" in head else data
            )
            found.append(plain)
    return found


@pytest.mark.parametrize("audience", ["customer", "internal"])
def test_photos_of_a_visit(tmp_path, audience):
    path = tmp_path / "圈舍.jpg"
    path.write_bytes(picture(size=(900, 600), orientation=6, place=True))
    kept = Attachment(id="1", name="圈舍.jpg", kind="photo", for_customer=1)
    pdf = build("visit", rich(photos=((kept, path),)), ZH, audience, sender(), TODAY)
    [photo] = jpegs(pdf)
    assert not Image.open(BytesIO(photo)).getexif()
    assert b"Exif" not in photo


def test_photos_that_go_along_with_a_proposal(tmp_path):
    path = tmp_path / "圈舍.jpg"
    path.write_bytes(picture(place=True))
    printed = Enclosed("圈舍.jpg", 900, None, path, photo=True)
    inside = Enclosed("圈舍.dat", 900, None, path)
    facts = replace(offered(), enclosed=(printed, inside))
    pdf = build("proposal", facts, ZH, "customer", sender(), TODAY)
    found = jpegs(pdf)
    found += [
        zlib.decompress(data) for head, data in _STREAM.findall(pdf) if b"/EmbeddedFile" in head
    ]
    assert len(found) == 2
    for photo in found:
        assert not photos.has_place(photo)
        assert not Image.open(BytesIO(photo)).getexif()


def test_a_place_that_cannot_be_taken_out_stops_the_paper(tmp_path):
    path = tmp_path / "IMG_1.HEIC"
    path.write_bytes(HOSTILE["heic"])
    facts = replace(offered(), enclosed=(Enclosed(path.name, 900, None, path),))
    with pytest.raises(UserError) as caught:
        build("proposal", facts, ZH, "customer", sender(), TODAY)
    assert caught.value.code == "photos.place_stays"
