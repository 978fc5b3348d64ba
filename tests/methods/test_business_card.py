"""The business card: what is in it and what never is, read back as a phone would (M15)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import segno
from PIL import Image as Photo

from fieldsales.domain.contact import Contact
from fieldsales.drawing.shapes import Image
from fieldsales.methods.business_card.picture import card_code
from fieldsales.methods.business_card.vcard import vcard
from fieldsales.services.importing.reading import read

WANG = Contact(
    name="王建国",
    title="场长; 采购",
    department="生产部",
    mobile="138 0000 1111",
    phone="0912-1234567",
    email="wang@example.com",
    messenger="wang_wx",
    birthday="1975-08-15",
    preferences="忌烟",
    note="怕老板",
    sees_long_term=-2,
)


def test_what_is_in_a_card_and_what_never_is() -> None:
    text = vcard(WANG, "海润牧业", "榆林市，定边县")
    assert text.split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:王;建国;;;",
        "FN:王建国",
        "ORG:海润牧业;生产部",
        "TITLE:场长\\; 采购",
        "TEL;TYPE=CELL:138 0000 1111",
        "TEL;TYPE=WORK:0912-1234567",
        "EMAIL:wang@example.com",
        "X-WECHAT:wang_wx",
        "ADR;TYPE=WORK:;;榆林市，定边县;;;;",
        "END:VCARD",
        "",
    ]


def test_the_import_reads_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "card.vcf"
    path.write_bytes(vcard(WANG, "海润牧业").encode())
    [(_, cells)] = read(path)
    told = {str(cell) for cell in cells}
    assert {"王建国", "海润牧业", "场长; 采购", "138 0000 1111", "wang@example.com"} <= told


def test_an_empty_contact_has_a_card_of_its_name() -> None:
    assert vcard(Contact(name="李")) == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;李;;;\r\nFN:李\r\nEND:VCARD\r\n"
    )


def test_the_code_is_square_with_a_quiet_margin() -> None:
    picture = card_code(WANG, 120, company="海润牧业", alt="名片")
    [image] = picture.shapes
    assert isinstance(image, Image)
    assert picture.width == picture.height == image.width <= 120
    assert picture.alt == "名片"
    with Photo.open(BytesIO(image.data)) as photo:
        dots = photo.convert("L")
    modules = segno.make_qr(
        vcard(WANG, "海润牧业"), error="m", encoding="utf-8", boost_error=False
    ).matrix
    across = len(modules) + 8
    assert dots.size == (8 * across, 8 * across)
    assert picture.width % across == 0
    assert (
        card_code(WANG, 30, company="海润牧业").width == 30
    )  # too small to be read, not to be drawn
    for y, line in enumerate(modules):
        for x, dark in enumerate(line):
            assert (dots.getpixel((8 * (x + 4) + 4, 8 * (y + 4) + 4)) == 0) == bool(dark)


def test_the_longest_of_everything_still_makes_a_code() -> None:
    most = Contact(
        name="长" * 200,
        title="职" * 80,
        department="部" * 80,
        mobile="1" * 60,
        phone="2" * 60,
        email="a" * 120,
        messenger="b" * 80,
        address="址" * 300,
    )
    assert card_code(most, 100, company="司" * 200).shapes
