"""Makes photos and logos ready for paper: upright, no finer than print needs, known size."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from fieldsales.domain.keeping import Content
from fieldsales.errors import UserError
from fieldsales.services.photos import read

_DOTS_PER_POINT = 200 / 72  # 200 dpi is as fine as office printers show


def photo(content: Content, width: float, height: float) -> tuple[bytes, float, float] | None:
    """JPEG bytes and size in points of a photo fitted into a box; None if it cannot be read."""
    dots = (round(width * _DOTS_PER_POINT), round(height * _DOTS_PER_POINT))
    try:
        flat = read(content.read_bytes(), dots)
    except (UserError, OSError):
        return None
    scale = min(width / flat.width, height / flat.height)
    buffer = BytesIO()
    flat.save(buffer, "JPEG", quality=85)
    return buffer.getvalue(), flat.width * scale, flat.height * scale


@lru_cache(maxsize=4)
def logo(data: bytes) -> tuple[bytes, int, int]:
    """PNG bytes of a logo and its size in dots; raises UserError if it cannot be read."""
    try:
        flat = read(data, (900, 300))
    except UserError as trouble:
        raise UserError("report.logo_unreadable") from trouble
    buffer = BytesIO()
    flat.save(buffer, "PNG")
    return buffer.getvalue(), flat.width, flat.height
