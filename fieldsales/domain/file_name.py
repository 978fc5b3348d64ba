"""Names of files, made so that every system takes them and nobody is deceived by one."""

from __future__ import annotations

import re
import unicodedata

_MOST = 200  # bytes: file systems take 255, and a copy may get `(2)` or `.part` behind it
_SUFFIX = re.compile(r"\.[^\s.]{1,15}$")
# what paths and shells use, what cannot be seen, and what turns the direction of reading
# (`gpj.exe` behind a turn reads as `exe.jpg`)
_FORBIDDEN = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff'
    "\ud800-\udfff]+"
)
_DEVICE = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE
)


def fitting(name: str) -> str:
    """The name as any system takes it, its ending kept; '' if nothing of it is left.

    It leads into no folder: `../../secret.txt` becomes `secret.txt`.
    """
    text = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", name))
    text = " ".join(text.split()).strip(" .")
    if _DEVICE.match(text):
        text = f"_{text}"
    return _shortened(text, _MOST)


def numbered(name: str, number: int) -> str:
    """`合同.pdf` as `合同 (2).pdf`."""
    stem, ending = split(name)
    mark = f" ({number})"
    return f"{_shortened(stem, _MOST - len(ending.encode()) - len(mark))}{mark}{ending}"


def split(name: str) -> tuple[str, str]:
    """Stem and ending (`.pdf`, '' for none)."""
    found = _SUFFIX.search(name)
    return (name[: found.start()], found[0]) if found and found.start() else (name, "")


def _shortened(name: str, most: int) -> str:
    if len(name.encode()) <= most:
        return name
    stem, ending = split(name)
    room = most - len(ending.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + ending
