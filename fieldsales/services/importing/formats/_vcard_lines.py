"""Takes a vCard file apart into properties, as bytes, however its writer folded and coded it.

Works on bytes because a line may be folded, or a quoted-printable value broken, in the middle of
a character, and because in GBK, Big5 and Shift_JIS a character's second byte may be a backslash.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldsales.errors import UserError

MAX_LINE = 32_000_000  # a photo may stand on one line
_MAX_VALUE = 1_000_000

_BREAKS = re.compile(rb"\r*\n|\r+")
_HEAD = re.compile(
    rb"""\s*(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)"""
    rb"""((?:[ \t]*;(?:[^":\r\n]|"[^"\r\n]*")*)?)[ \t]*:"""
)
_PARAMETER = re.compile(rb""";((?:[^";]|"[^"]*")*)""")
_BASE64_LINE = re.compile(rb"[ \t]*[A-Za-z0-9+/]+={0,3}[ \t]*")
_ENCODINGS = {b"QUOTED-PRINTABLE", b"BASE64", b"B", b"8BIT", b"7BIT", b"Q"}
_PICTURES = {"PHOTO", "LOGO", "SOUND", "KEY"}


@dataclass(frozen=True, slots=True)
class Property:
    """One property: `item1.TEL;TYPE=CELL:138…` has group `item1`, name `TEL`, types {`cell`}."""

    name: str
    value: bytes
    group: str = ""
    types: frozenset[str] = frozenset()
    charset: str | None = None


def properties(path: Path, encoding: str | None) -> Iterator[Property]:
    """All properties of the file, in order; `encoding` if it is one of the UTF-16 family.

    Raises UserError where one goes on and on, unless it is a picture, which nobody wants here.
    """
    current: list[bytes] = []
    head: re.Match[bytes] | None = None
    quoted = picture = unwanted = False
    size = 0
    for line in _physical(path, encoding):
        if head is not None:
            more = None
            if quoted and current[-1].rstrip(b" \t").endswith(b"="):
                more = b"\n" + line
            elif picture and _BASE64_LINE.fullmatch(line):
                continue
            elif line[:1] in b" \t" and line.strip():
                more = line[1:]
            elif line.strip() and not line.startswith(b"#") and _HEAD.match(line) is None:
                more = b"\n" + line  # a line break nobody escaped
            if more is not None:
                size += len(more)
                if unwanted:
                    current.clear()
                elif size > _MAX_VALUE:
                    raise UserError("import.error.long_line", name=path.name)
                current.append(more)
                continue
            yield from _finished(head, current)
            head = None
        match = _HEAD.match(line)
        if match is not None:
            head, current = match, [line[match.end() :]]
            parameters = match.group(3).upper()
            size, unwanted = len(current[0]), _name(match) in _PICTURES
            quoted = b"QUOTED-PRINTABLE" in parameters
            picture = b"BASE64" in parameters or b"=B" in parameters
    if head is not None:
        yield from _finished(head, current)


def _physical(path: Path, encoding: str | None) -> Iterator[bytes]:
    """Lines without their ends; a lone carriage return is an end, several and a newline are one."""
    if encoding is not None:
        with path.open(encoding=encoding, errors="replace", newline="") as text:
            while line := text.readline(MAX_LINE):
                _check(path, len(line))
                yield from _BREAKS.split(line.rstrip("\r\n").encode("utf-8", "replace"))
        return
    with path.open("rb") as file:
        first = True
        while data := file.readline(MAX_LINE):
            _check(path, len(data))
            if first:
                data, first = data.removeprefix(b"\xef\xbb\xbf"), False
            yield from _BREAKS.split(data.rstrip(b"\r\n"))


def _check(path: Path, size: int) -> None:
    if size >= MAX_LINE:
        raise UserError("import.error.long_line", name=path.name)


def _name(head: re.Match[bytes]) -> str:
    return head.group(2).decode("ascii").upper()


def _finished(head: re.Match[bytes], pieces: list[bytes]) -> Iterator[Property]:
    name = _name(head)
    if name in _PICTURES:
        return
    types: set[str] = set()
    charset = None
    coding = b""
    for match in _PARAMETER.finditer(head.group(3)):
        key, equals, value = match.group(1).partition(b"=")
        key = key.strip().upper()
        value = value.strip().strip(b'"') if equals else b""
        if not equals and key in _ENCODINGS:
            coding = key
        elif not equals:
            types.add(key.decode("ascii", "ignore").lower())
        elif key == b"ENCODING":
            coding = value.upper()
        elif key == b"CHARSET":
            charset = value.decode("ascii", "ignore")
        elif key in {b"TYPE", b"X-TYPE"}:
            types.update(part.strip().strip('"').lower() for part in _ascii(value).split(","))
        elif key == b"PREF" or (key == b"VALUE" and value.lower() == b"uri"):
            types.add("pref" if key == b"PREF" else "uri")
        elif key == b"LABEL":
            types.add(_ascii(value).lower())
    value = b"".join(pieces)[:_MAX_VALUE]
    if coding in {b"QUOTED-PRINTABLE", b"Q"}:
        value = quopri.decodestring(value)
    elif coding in {b"BASE64", b"B"}:
        try:
            value = binascii.a2b_base64(value)
        except binascii.Error:
            return
    group = (head.group(1) or b"").decode("ascii").lower()
    yield Property(name, value, group, frozenset(types), charset)


def _ascii(value: bytes) -> str:
    return value.decode("utf-8", "replace")
