"""Makes photos and logos ready for paper: upright, no finer than print needs, known size."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fieldsales.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image as Bitmap

_DOTS_PER_POINT = 200 / 72  # 200 dpi is as fine as office printers show
_LARGEST = 100_000_000  # dots; beyond that a file is no photo


def photo(path: str, width: float, height: float) -> tuple[bytes, float, float] | None:
    """JPEG bytes and size in points of a photo fitted into a box; None if it cannot be read."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(Path(path)) as opened:
            if opened.width * opened.height > _LARGEST:
                return None
            dots = (round(width * _DOTS_PER_POINT), round(height * _DOTS_PER_POINT))
            opened.draft("RGB", (max(dots), max(dots)))  # a big JPEG is read at a lower size
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail(dots, Image.Resampling.LANCZOS)
            flat = _on_white(upright)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    scale = min(width / flat.width, height / flat.height)
    buffer = BytesIO()
    flat.save(buffer, "JPEG", quality=85)
    return buffer.getvalue(), flat.width * scale, flat.height * scale


@lru_cache(maxsize=4)
def logo(data: bytes) -> tuple[bytes, int, int]:
    """PNG bytes of a logo and its size in dots; raises UserError if it cannot be read."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as opened:
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((900, 300), Image.Resampling.LANCZOS)
            flat = _on_white(upright)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        raise UserError("report.logo_unreadable") from None
    buffer = BytesIO()
    flat.save(buffer, "PNG")
    return buffer.getvalue(), flat.width, flat.height


def _on_white(picture: Bitmap) -> Bitmap:
    """The picture without transparency, as it will look on paper."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        white = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(white, solid).convert("RGB")
    return picture.convert("RGB")
