"""Small pictures of kept photos: made once, and kept in the user's cache of this laptop."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from fieldsales import places
from fieldsales.services.photos import small
from fieldsales.store.database import Store

_MOST = 4_000  # small pictures, of some 5 KB each


def thumbnail(store: Store, sha256: str, side: int) -> bytes:
    """A JPEG of a kept photo no larger than a square of so many dots, on any thread.

    Raises UserError: `files.gone`, `photos.kind`, `photos.too_large`, `photos.broken`. Of a file
    with a password nothing is left in the cache, where anybody could look at it.
    """
    if store.passphrase:
        return small(store.kept.read(sha256), side)
    path = _folder() / f"{sha256}-{side}.jpg"
    with suppress(OSError):
        return path.read_bytes()
    made = small(store.kept.read(sha256), side)
    with suppress(OSError):  # a cache that cannot be written is none
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_room(path.parent)
        places.write_whole(path, made)
    return made


def _make_room(folder: Path) -> None:
    """Takes the older half away once there are too many; raises OSError."""
    there = list(folder.iterdir())
    if len(there) >= _MOST:
        for path in sorted(there, key=lambda one: one.stat().st_mtime)[: _MOST // 2]:
            path.unlink(missing_ok=True)


def forget(sha256: str) -> None:
    """Takes the small pictures of a file away."""
    for path in _folder().glob(f"{sha256}-*.jpg"):
        with suppress(OSError):
            path.unlink()


def _folder() -> Path:
    return places.cache_folder() / "thumbnails"
