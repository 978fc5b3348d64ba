"""Pictures as bytes: what they are, upright and smaller, and without the place they were taken at.
Of films it is known only whether they tell that place.

Files come from telephones and strangers. Whatever is wrong with one is told as a UserError.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from fieldsales.domain.file_name import split
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting

if TYPE_CHECKING:
    from PIL.Image import Image as Bitmap

SIDE = "photos.side"  # setting: dots of a camera photo's longer side
SIDES = (1600, 2560, 4000, 0)  # 0 keeps it as it came
_USUAL = 2560
# dots that are held in memory; beyond that a file is no photo
_LARGEST = 50_000_000
_LARGEST_WEBP = 16_000_000  # whose reader takes three times as much
_LARGEST_JPEG = 250_000_000  # read at an eighth of its size, unless it comes in layers
# what telephones and programs write; for others, such as EPS, other programs would be started
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
_CAMERA = ("JPEG", "MPO")
_BOXED = {b"heic": "HEIC", b"heix": "HEIC", b"heim": "HEIC", b"heis": "HEIC", b"hevc": "HEIC",
          b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF", b"avis": "AVIF"}  # fmt: skip
_GPS = 0x8825
# boxes of a film, or a raw photo, that say where it was taken; a size stands before each name
_FILM = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_FILMED_AT = re.compile(
    rb"\0[\0-\x0f]..(?:\xa9xyz|loci|gpmd|camm|CMT4)|com\.apple\.quicktime\.location", re.DOTALL
)
_WHOLE = (8_000, 8_000)  # dots of a photo that leaves: as good as all


def side_wanted(store: Store) -> int:
    """One of `SIDES`, as the settings of the file have it."""
    chosen = setting(store, SIDE, _USUAL)
    return chosen if chosen in SIDES else _USUAL


def format_of(data: bytes) -> str:
    """`JPEG`, `HEIC` …, whatever the file's name says; '' for what is no picture."""
    try:
        with _opened(data) as image:
            return image.format or ""
    except UserError:
        return _boxed(data)


def unseen(data: bytes) -> str:
    """`HEIC`, say, of a photo that can be kept, but neither shown nor printed here; else ''."""
    return _boxed(data)


def small(data: bytes, side: int) -> bytes:
    """A JPEG of the picture, upright and no larger than a square; raises UserError."""
    return _jpeg(read(data, (side, side)), quality=80)


def fitted(data: bytes, longest: int) -> bytes:
    """A camera's photo upright and with no side longer than that many dots; others as they are.

    What the camera noted, the place among it, stays in the photo.
    """
    from PIL import Image, ImageOps

    if format_of(data) not in _CAMERA:
        return data
    try:
        with _opened(data) as image:
            if max(image.size) <= longest:
                return data
            _refuse_large(image)
            profile = image.info.get("icc_profile")
            _draft(image, longest)
            ImageOps.exif_transpose(image, in_place=True)
            image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
            made = _jpeg(image, quality=88, exif=image.getexif(), icc_profile=profile)
    except Exception:  # noqa: BLE001 - of a broken file the library tells in any way
        return data
    return made if len(made) < len(data) else data


def without_place(name: str, data: bytes) -> tuple[str, bytes]:
    """A file for others, with its name: a picture that says where it was taken is made anew.

    Raises UserError("photos.place_stays") where the place cannot be taken out, as of any film.
    """
    kind = format_of(data)
    if not kind and data[4:8] in _FILM and _FILMED_AT.search(data):
        raise UserError("photos.place_stays", name=name)
    if not kind or not has_place(data):
        return name, data
    try:
        upright = read(data, _WHOLE)
    except UserError as trouble:
        raise UserError("photos.place_stays", name=name) from trouble
    if kind in _CAMERA:
        return name, _jpeg(upright, quality=92)
    buffer = BytesIO()
    upright.save(buffer, "PNG")
    return f"{split(name)[0]}.png", buffer.getvalue()


def has_place(data: bytes) -> bool:
    """Whether a picture says where it was taken."""
    try:
        with _opened(data) as image:
            if image.getexif().get_ifd(_GPS):
                return True
            told = b"".join(
                one if isinstance(one, bytes) else str(one).encode()
                for one in image.info.values()
                if isinstance(one, bytes | str)
            )
            # pictures behind the first have notes of their own
            return b"GPSL" in told or image.format == "MPO"
    except Exception:  # noqa: BLE001 - notes that cannot be read may hold anything
        return True


def read(data: bytes, dots: tuple[int, int]) -> Bitmap:
    """A picture upright, on white, without its notes and no larger than `dots`.

    Raises UserError: `photos.kind` for what cannot be read here, `photos.too_large`,
    `photos.broken`.
    """
    from PIL import Image, ImageOps

    try:
        with _opened(data) as image:
            _refuse_large(image)
            _draft(image, max(dots))
            ImageOps.exif_transpose(image, in_place=True)
            image.thumbnail(dots, Image.Resampling.LANCZOS)
            return _on_white(image)
    except UserError:
        raise
    except Exception as error:  # of a broken file the library tells in any way
        raise UserError("photos.broken") from error


def _opened(data: bytes) -> Bitmap:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # how large is too large is judged here
    try:
        return Image.open(BytesIO(data), formats=_FORMATS)
    except Exception as error:  # of a broken file the library tells in any way
        if boxed := _boxed(data):
            raise UserError("photos.kind", kind=boxed) from error
        raise UserError("photos.broken") from error


def _boxed(data: bytes) -> str:
    """`HEIC` or `AVIF`, which telephones write and nothing here can read; else ''."""
    return _BOXED.get(data[8:12], "") if data[4:8] == b"ftyp" else ""


def _refuse_large(image: Bitmap) -> None:
    most = _LARGEST_WEBP if image.format == "WEBP" else _LARGEST
    if image.format in _CAMERA and not image.info.get("progressive"):
        most = _LARGEST_JPEG
    if image.width * image.height > most:
        raise UserError("photos.too_large")


def _draft(image: Bitmap, longest: int) -> None:
    """Has a JPEG read no finer than needed."""
    scale = longest / max(image.size)
    if scale < 1:
        image.draft("RGB", (round(image.width * scale), round(image.height * scale)))


def _jpeg(picture: Bitmap, **options: object) -> bytes:
    buffer = BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def _on_white(picture: Bitmap) -> Bitmap:
    """The picture without transparency, as it will look on paper, and nothing but the picture."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        white = Image.new("RGBA", solid.size, "white")
        made = Image.alpha_composite(white, solid).convert("RGB")
    else:
        made = picture.convert("RGB")
    made.info.clear()
    return made
