"""Files that are small on the disk and endless inside, or reach out of their place: door by door."""

from __future__ import annotations

import gzip
import io
import json
import re
import resource
import time
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from fieldsales.errors import Told
from fieldsales.services.exchange.files import endings, is_ours
from fieldsales.services.importing.reading import read as read_table
from fieldsales.services.workspace import Workspace
from fieldsales.store import sealing
from tests.fuzz.targets import PASSWORD, TARGETS

_MILLION = 1_000_000
_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "%s">%s]>' % (
    b"a" * 10,
    b"".join(
        b'<!ENTITY %c "%s">' % (one, b"&%c;" % (one - 1) * 10) for one in range(ord("b"), ord("k"))
    ),
)
_DAY = b"DTSTART:20261123T010000Z\r\nSUMMARY:x\r\n"


@cache
def _good(kind: str) -> bytes:
    return TARGETS[kind].seeds()[0]


def _packed(kind: str, **members: bytes) -> bytes:
    """A good file of a kind, which is an archive, with other members."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_good(kind))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in members:
                new.writestr(old.getinfo(name), old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return made.getvalue()


def _part(kind: str, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_good(kind))) as archive:
        return archive.read(name)


def _with_entities(kind: str, name: str, _: Path) -> bytes:
    """A good file with a part in which nine lines unfold to a thousand million letters."""
    head, end, rest = _part(kind, name).partition(b"?>")
    at = rest.index(b">", rest.index(b"<") + 1) + 1
    told = rest[:at] + b"&j;" + rest[at:]
    return _packed(kind, **{name: head + end + _ENTITIES + told})


def _sheet(rows: bytes) -> bytes:
    name = "xl/worksheets/sheet1.xml"
    head, _, _ = _part("xlsx", name).partition(b"<sheetData>")
    return _packed("xlsx", **{name: head + b"<sheetData>" + rows + b"</sheetData></worksheet>"})


def _lines(count: int, line: bytes) -> bytes:
    head = gzip.decompress(_good("customer")).split(b"\n")[0]
    return head + b"\n" + line * count


def _sealed(content: bytes, folder: Path) -> bytes:
    path = folder / "sealed.customer"
    sealing.seal(path, content, sealing.Key.made(PASSWORD).passphrase)
    return path.read_bytes()


def _calendar(*parts: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + b"".join(parts) + b"END:VCALENDAR\r\n"


def _event(*lines: bytes) -> bytes:
    return b"BEGIN:VEVENT\r\n" + _DAY + b"\r\n".join(lines) + b"\r\nEND:VEVENT\r\n"


_ZEROS = bytes(20 * _MILLION)
BOMBS: Mapping[str, tuple[str, Callable[[Path], bytes]]] = {
    "csv 10^6 columns": ("csv", lambda _: b"a," * _MILLION),
    "csv 10^6 cells below": ("csv", lambda _: b"a,b\n" + b"1," * _MILLION),
    "csv an endless cell": ("csv", lambda _: b'a,b\n"' + b"x" * 20 * _MILLION),
    "csv an endless line": ("csv", lambda _: b"a" * 20 * _MILLION),
    "csv zeros": ("csv", lambda _: bytes(20 * _MILLION)),
    "xlsx zeros": ("xlsx", lambda _: _packed("xlsx", **{"xl/worksheets/sheet1.xml": _ZEROS})),
    "xlsx zeros beside": ("xlsx", lambda _: _packed("xlsx", **{"xl/media/a.bin": _ZEROS})),
    "xlsx 10^6 columns": (
        "xlsx",
        lambda _: _sheet(b'<row r="1">' + b"<c/>" * _MILLION + b"</row>"),
    ),
    "xlsx far cell": (
        "xlsx",
        lambda _: _sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "xlsx outside": ("xlsx", lambda _: _packed("xlsx", **{"../../../tmp/evil.xml": b"<a/>"})),
    "ods zeros": ("ods", lambda _: _packed("ods", **{"content.xml": _ZEROS})),
    "ods outside": ("ods", lambda _: _packed("ods", **{"../../../tmp/evil.xml": b"<a/>"})),
    **{
        f"{kind} entities in {name}": (kind, partial(_with_entities, kind, name))
        for kind, name in (
            ("xlsx", "xl/workbook.xml"),
            ("xlsx", "xl/styles.xml"),
            ("xlsx", "xl/sharedStrings.xml"),
            ("xlsx", "xl/_rels/workbook.xml.rels"),
            ("xlsx", "xl/worksheets/sheet1.xml"),
            ("ods", "content.xml"),
            ("workbook", "xl/workbook.xml"),
            ("workbook", "xl/styles.xml"),
            ("workbook", "xl/worksheets/sheet1.xml"),
        )
    },
    "vcard endless line": ("vcard", lambda _: b"BEGIN:VCARD\r\nNOTE:" + b"x" * 5 * _MILLION),
    "vcard folds": ("vcard", lambda _: b"BEGIN:VCARD\r\nNOTE:" + b"\r\n x" * 2 * _MILLION),
    "vcard 10^6 lines": (
        "vcard",
        lambda _: b"BEGIN:VCARD\r\n" + b"TEL:1\r\n" * _MILLION + b"END:VCARD\r\n",
    ),
    "calendar 10^6 lines": (
        "calendar",
        lambda _: _calendar(_event(*[b"X:1"] * _MILLION)),
    ),
    "calendar folds": ("calendar", lambda _: _calendar(_event(b"X:" + b"\r\n x" * _MILLION))),
    "calendar deep": ("calendar", lambda _: _calendar(b"BEGIN:VEVENT\r\n" * 30_000)),
    "calendar parameters": (
        "calendar",
        lambda _: _calendar(_event(b"X" + b";A=1" * _MILLION + b":1")),
    ),
    "calendar days": (
        "calendar",
        lambda _: _calendar(_event(b"EXDATE:" + b"20261123T010000Z," * 300_000)),
    ),
    "calendar repeats": (
        "calendar",
        lambda _: _calendar(
            *[_event(b"UID:%d" % n, b"RRULE:FREQ=SECONDLY;COUNT=999999999") for n in range(2_000)]
        ),
    ),
    "checklist deep": ("checklist", lambda _: b"a = " + b"[" * 150_000),
    "checklist dots": ("checklist", lambda _: b".".join([b"a"] * 150_000) + b" = 1"),
    "checklist 10^5 items": (
        "checklist",
        lambda _: b'title = "x"\n' + b"".join(b"[item.i%d]\n" % n for n in range(25_000)),
    ),
    "checklist large": ("checklist", lambda _: b'title = "' + b"x" * 5 * _MILLION + b'"'),
    "json 10^6 columns": (
        "json",
        lambda _: _lines(1, b'{"table": "customer", "columns": [' + b'"x",' * 999_999 + b'"x"]}\n'),
    ),
    "json deep": ("json", lambda _: _lines(1, b"[" * 3 * _MILLION)),
    "json a long number": ("json", lambda _: _lines(1, b"9" * 3 * _MILLION + b"\n")),
    "json 10^6 tables": ("json", lambda _: _lines(_MILLION, b'{"table": "customer"}\n')),
    "zip zeros": ("zip", lambda _: _packed("zip", **{"fieldsales.csv": _ZEROS})),
    "zip zeros beside": ("zip", lambda _: _packed("zip", **{"x.csv": _ZEROS})),
    "zip outside": ("zip", lambda _: _packed("zip", **{"../../evil.csv": b"x"})),
    "zip 11 000 members": ("zip", lambda _: _packed("zip", **{f"{n}": b"" for n in range(11_000)})),
    "workbook zeros": ("workbook", lambda _: _packed("workbook", **{"xl/a.bin": _ZEROS})),
    "customer zeros": ("customer", lambda _: gzip.compress(_ZEROS)),
    "customer 10^6 lines": ("customer", lambda _: gzip.compress(_lines(_MILLION, b"[]\n"), 1)),
    "customer pieces": (
        "customer",
        lambda _: gzip.compress(_lines(1, b'{"file":"x"}\n' + b'"%s"\n' % (b"A" * 2_000_000) * 99)),
    ),
    "sealed zeros": ("sealed", lambda folder: _sealed(gzip.compress(_ZEROS), folder)),
    "sealed 10^6 lines": (
        "sealed",
        lambda folder: _sealed(gzip.compress(_lines(_MILLION, b"[]\n"), 1), folder),
    ),
}


def look(folder: Path) -> None:
    """Reads what `lay` put there, and writes into `found.json` by name of the bomb: the code it is
    refused with, '' if it is not; seconds of the processor; MB beyond what was in use before.
    """
    found = {}
    workspace = Workspace.open(folder / "data" / "f.db")
    for name, (kind, _) in BOMBS.items():
        target = TARGETS[kind]
        path = _place(name, folder)
        begun, had = time.process_time(), _peak()
        code = ""
        try:
            # as what is dropped into the window is looked at
            if not is_ours(path) and target.suffix in endings():
                read_table(path)
            target.read(path, workspace)
        except Told as told:
            code = told.code
        found[name] = code, time.process_time() - begun, _peak() - had
    workspace.close()
    (folder / "found.json").write_text(json.dumps(found), encoding="utf-8")


def lay(folder: Path) -> None:
    """Puts the files there."""
    for name, (_, made) in BOMBS.items():
        _place(name, folder).write_bytes(made(folder))


def _place(name: str, folder: Path) -> Path:
    return folder / f"{re.sub('[ /]', '-', name)}{TARGETS[BOMBS[name][0]].suffix}"


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
