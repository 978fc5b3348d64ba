"""The one place that knows where `resources/` is: checkout, wheel or frozen application."""

from __future__ import annotations

import sys
from pathlib import Path


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
