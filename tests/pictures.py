"""Pictures as telephones write them, and such as nobody should open without care."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

_ORIENTATION, _MODEL, _GPS = 0x0112, 0x0110, 0x8825


def picture(
    kind: str = "JPEG",
    *,
    size: tuple[int, int] = (300, 200),
    orientation: int = 1,
    place: bool = False,
) -> bytes:
    """A picture with some detail; with `place` it says where it was taken."""
    noted = Image.Exif()
    noted[_ORIENTATION] = orientation
    noted[_MODEL] = "Phone 9"
    if place:
        noted.get_ifd(_GPS).update({1: "N", 2: (37.0, 35.0, 21.0), 3: "E", 4: (107.0, 33.0, 4.0)})
    made = Image.linear_gradient("L").resize(size).convert("RGB")
    buffer = BytesIO()
    made.save(buffer, kind, exif=noted)
    return buffer.getvalue()


def film(*told: tuple[bytes, bytes]) -> bytes:
    """A film of a telephone, with what it tells of itself: boxes by their names."""

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I4s", 8 + len(content), name) + content

    about = box(b"udta", b"".join(box(*one) for one in told))
    head = box(b"moov", box(b"mvhd", bytes(100)) + about)
    return box(b"ftyp", b"qt  \0\0\2\0qt  ") + box(b"mdat", bytes(5_000)) + head


def _png(width: int, height: int, data: bytes) -> bytes:
    """A PNG that says it is so large, with whatever in it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


_JPEG = picture(size=(400, 300))
HOSTILE = {
    "empty": b"",
    "text": b"not a picture",
    "cut_off": _JPEG[: len(_JPEG) // 2],
    "head_only": _JPEG[:40],
    "megapixels": _png(10_000, 10_000, zlib.compress(b"\0" * 1_000)),
    "bomb": _png(50_000, 50_000, zlib.compress(b"\0" * 10_000_000)),
    "furthest": _png(2**31 - 1, 2**31 - 1, b""),
    "png_of_nothing": _png(100, 100, b"\0\1\2"),
    "gif_cut_off": picture("GIF")[:30],
    "tiff_cut_off": picture("TIFF")[:60],
    "webp_cut_off": picture("WEBP")[:40],
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200,
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="99999999" height="99999999"/>',
}
