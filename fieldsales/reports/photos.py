"""Makes photos and logos ready for paper: upright, no finer than print needs, known size."""

from __future__ import annotations

import struct
import warnings
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from fieldsales.domain.keeping import Content
from fieldsales.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image as Bitmap

_DOTS_PER_POINT = 200 / 72  # 200 dpi is as fine as office printers show
_LARGEST = 90_000_000  # dots held in memory; beyond that a file is no photo
# what telephones and programs write; for others, such as EPS, other programs would be started
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")


def photo(content: Content, width: float, height: float) -> tuple[bytes, float, float] | None:
    """JPEG bytes and size in points of a photo fitted into a box; None if it cannot be read."""
    dots = (round(width * _DOTS_PER_POINT), round(height * _DOTS_PER_POINT))
    try:
        flat = _read(content.read_bytes(), dots)
    except OSError:
        return None
    if flat is None:
        return None
    scale = min(width / flat.width, height / flat.height)
    buffer = BytesIO()
    flat.save(buffer, "JPEG", quality=85)
    return buffer.getvalue(), flat.width * scale, flat.height * scale


@lru_cache(maxsize=4)
def logo(data: bytes) -> tuple[bytes, int, int]:
    """PNG bytes of a logo and its size in dots; raises UserError if it cannot be read."""
    flat = _read(data, (900, 300))
    if flat is None:
        raise UserError("report.logo_unreadable")
    buffer = BytesIO()
    flat.save(buffer, "PNG")
    return buffer.getvalue(), flat.width, flat.height


def _read(data: bytes, dots: tuple[int, int]) -> Bitmap | None:
    """A picture upright, on white and no larger than `dots`; None if it cannot be read."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():  # how large is too large is judged below
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=_FORMATS)
        with image as opened:
            opened.draft("RGB", (max(dots), max(dots)))  # a big JPEG is read at a lower size
            if opened.width * opened.height > _LARGEST:
                return None
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail(dots, Image.Resampling.LANCZOS)
            return _on_white(upright)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return None  # the library tells what is broken in as many ways


def _on_white(picture: Bitmap) -> Bitmap:
    """The picture without transparency, as it will look on paper."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        white = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(white, solid).convert("RGB")
    return picture.convert("RGB")
