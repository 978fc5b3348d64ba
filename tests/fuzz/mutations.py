"""Ways to spoil a file: of a seed of chance, always the same."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from random import Random

_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_VALUES = (
    *(None, True, 0, -1, 1.5, 2**63, 10**30, float("nan"), float("inf"), "", " ", "0", "\0"),
    *("9999-12-31T23:59:59Z", "0001-01-01", "2026-02-30", "\ud800", "x" * 5_000, [], [[]], {}),
    *({"a": {"b": []}}, [None] * 3, "customer", "../x", "海", "\u202e", "00000000-0000-0000"),
)
_KIND = "mimetype"
_PAGE = 4096
_TOKENS = (
    *(b"\x00", b"\r", b"\n", b"\r\n", b"\t", b'"', b"'", b"\\", b",", b";", b":", b"=", b" "),
    *(b"<", b">", b"</", b"<a>", b"&lt;", b"&#0;", b"&#x110000;", b"]]>", b"<!--", b"<!DOCTYPE x>"),
    *(b"[", b"]", b"{", b"}", b"[[", b'"""', b"1e999", b"-1", b"nan", b"99999999999999999999"),
    *("海".encode(), "𠮷".encode(), "👩‍🌾".encode(), "\u202e".encode(), "é".encode("cp1252")),
    *("海".encode("gb18030"), "海".encode("big5"), b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80"),
    *(b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"BEGIN:VEVENT\r\n", b";ENCODING=QUOTED-PRINTABLE"),
    *(b"=SUM(A1)", b"x" * 2_000, b"0" * 400),
)


def spoilt(seeds: Sequence[bytes], chance: Random) -> bytes:
    """A file like one of the seeds, with some things wrong with it."""
    data = chance.choice(seeds)
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        return _repacked(data, chance)
    if data.startswith(b"SQLite format 3\0"):
        return _repaged(data, chance)
    if data.startswith(b'{"') and chance.random() < 0.6:
        return _retold(data, chance)
    return _changed(data, seeds, chance)


def _retold(data: bytes, chance: Random) -> bytes:
    """Lines of JSON that stay such, with values that are none of theirs."""
    lines = data.splitlines(keepends=True)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        way = chance.randrange(10)
        if way == 0:
            del lines[at : len(lines) - 1]
        elif way == 1:
            lines[at], lines[other] = lines[other], lines[at]
        elif way == 2:
            lines.insert(at, lines[other])
        else:
            lines[at] = _otherwise(lines[at], lines[other], chance)
    return b"".join(lines)


def _otherwise(line: bytes, other: bytes, chance: Random) -> bytes:
    """A list or a dict with one of its values, or another line's, in another's place."""
    told, more = json.loads(line), json.loads(other)
    values = [*(more.values() if isinstance(more, dict) else more)]
    value = chance.choice((*values, *_VALUES))
    if isinstance(told, dict) and isinstance(told.get("columns"), list) and chance.random() < 0.5:
        told["columns"][chance.randrange(len(told["columns"]))] = value
    elif isinstance(told, list) and told:
        told[chance.randrange(len(told))] = value
    elif isinstance(told, dict):
        told[chance.choice([*told, "x"])] = value
    return f"{json.dumps(told, ensure_ascii=chance.random() < 0.5)}\n".encode(errors="replace")


def _repaged(data: bytes, chance: Random) -> bytes:
    """The database with pages that are in use spoilt: mostly where they say what is on them."""
    made = bytearray(data)
    used = [at for at in range(0, len(made), _PAGE) if any(made[at + 8 : at + 12])]
    for _ in range(chance.choice((1, 1, 2, 6, 30))):
        at, other = chance.choice(used), chance.choice(used)
        way = chance.randrange(8)
        if way == 0:
            made[at : at + _PAGE] = bytes(_PAGE)
        elif way == 1:
            made[at : at + _PAGE] = made[other : other + _PAGE]
        elif way == 2:
            made[at : at + _PAGE] = chance.randbytes(_PAGE)
        elif way == 3:
            there = at + chance.randrange(_PAGE - 64)
            made[there : there + 64] = chance.randbytes(64)
        elif way == 4 and chance.random() < 0.3:
            del made[chance.randrange(len(made)) :]
            made += bytes(-len(made) % _PAGE if chance.random() < 0.5 else 0)
            made += bytes(max(0, used[-1] + _PAGE - len(made)) if chance.random() < 0.5 else 0)
            break
        else:
            there = at + chance.randrange(100 if at == 0 else 40)
            width = chance.choice((1, 2, 4))
            number = chance.choice((*_NUMBERS, other // _PAGE + 1)) & ((1 << 8 * width) - 1)
            made[there : there + width] = number.to_bytes(width, "big")
    return bytes(made)


def _changed(data: bytes, seeds: Sequence[bytes], chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice((1, 2, 4, 16, 64, 400)))
        way = chance.randrange(8)
        if way == 0 and made:
            made[at % len(made)] ^= 1 << chance.randrange(8)
        elif way == 1:
            made[at:at] = chance.choice(_TOKENS)
        elif way == 2:
            made[at:end] = chance.choice(_TOKENS)
        elif way == 3:
            del made[at:end]
        elif way == 4:
            made[at:at] = made[at:end] * chance.choice((1, 3, 50))
        elif way == 5:
            width = chance.choice((1, 2, 4))
            number = chance.choice(_NUMBERS) & ((1 << 8 * width) - 1)
            made[at : at + width] = number.to_bytes(width, chance.choice(("little", "big")))
        elif way == 6:
            other = chance.choice(seeds)
            there = chance.randrange(len(other) + 1)
            made[at:end] = other[there : there + end - at]
        else:
            del made[at + chance.randrange(1 + len(made) - at) :]
    return bytes(made[:400_000])


def _repacked(data: bytes, chance: Random) -> bytes:
    """The archive with members spoilt, gone, doubled or under another name."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        members = {info.filename: old.read(info) for info in old.infolist() if not info.is_dir()}
        if _KIND in members:  # by which the archive is known, as its first bytes
            new.writestr(zipfile.ZipInfo(_KIND), members.pop(_KIND))
        wanted = chance.sample(sorted(members), chance.choice((1, 1, 2)) % (len(members) + 1))
        for name, content in members.items():
            way = chance.randrange(10) if name in wanted else 9
            if way == 0:
                continue
            if way == 1:
                new.writestr("../" * 3 + name, content)
            elif name in wanted:
                new.writestr(name, _changed(content, list(members.values()), chance))
            else:
                new.writestr(name, content)
    return made.getvalue()
