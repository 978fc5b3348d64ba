"""The one place that knows where `resources/` is: checkout, wheel or frozen application."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

from fieldsales import places


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    inside = package / "resources"  # a wheel carries them within the package
    return inside if inside.is_dir() else package.parent / "resources"


ROOT = _root()


def resource(*parts: str) -> Path:
    """Path of a shipped file; raises FileNotFoundError if the build left it out."""
    path = ROOT.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def read_toml(*parts: str) -> dict[str, Any]:
    """A shipped TOML file as it stands; raises FileNotFoundError as `resource` does."""
    path = resource(*parts)
    return cast("dict[str, Any]", kept("-".join(parts), [path], lambda: toml(path)))


def toml(path: Path) -> dict[str, Any]:
    import tomllib  # what is kept needs no parser

    return tomllib.loads(path.read_text(encoding="utf-8"))


def kept(name: str, files: Sequence[Path], make: Callable[[], object]) -> object:
    """What `make` says of shipped files, which JSON must be able to hold.

    Reading TOML is slow enough to be felt at every start (50 ms for the words alone), so what it
    said is kept in the user's cache and used as long as the files are the same.
    """
    stamp = [_stamp(path) for path in files]
    place = places.cache_folder() / f"{name}.json"
    try:
        was, content = json.loads(place.read_bytes())
        if was == stamp:
            return content
    except (OSError, ValueError, TypeError):
        pass  # not kept yet, or damaged: it is made anew
    content = make()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        places.write_whole(place, json.dumps([stamp, content], ensure_ascii=False).encode())
    except OSError:
        pass  # a full or read-only disk costs speed only
    return content


def _stamp(path: Path) -> list[str | int]:
    known = path.stat()
    return [str(path), known.st_mtime_ns, known.st_size]
