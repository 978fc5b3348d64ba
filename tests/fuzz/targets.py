"""What is fuzzed: each kind of file with good ones to begin with, and the door it is read through.

To add one: a function that reads a path and lets no error out but `Told`, and a line in `TARGETS`.
"""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

from fieldsales.errors import Told
from fieldsales.services import checklist_files, checkup, photos
from fieldsales.services.calendar_file.reading import read as read_calendar
from fieldsales.services.exchange import customer_file
from fieldsales.services.exchange.customer import PARTS, chosen
from fieldsales.services.exchange.files import export, package
from fieldsales.services.exchange.taking import Wish
from fieldsales.services.exchange.twins import Brought, same, twins
from fieldsales.services.importing import importer
from fieldsales.services.importing.reading import read as read_table
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.taking import take
from fieldsales.services.operations.visits import LogVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import drop
from fieldsales.store.salvage import salvage
from fieldsales.words import Words
from tests.domain.test_checklist import GOOD
from tests.pictures import picture
from tests.services.importing import corpus

PASSWORD = "oats 42"
_FILES = Path(corpus.__file__).parent / "files"


@dataclass(frozen=True, slots=True)
class Target:
    """`read` gets a path and an open workspace; a Told is a refusal, which is well."""

    suffix: str
    seeds: Callable[[], Sequence[bytes]]
    read: Callable[[Path, Workspace], object]


def run(target: Target, data: bytes, workspace: Workspace, folder: Path) -> None:
    """Reads the file; raises what it should not."""
    path = folder / f"f{target.suffix}"
    path.write_bytes(data)
    with suppress(Told):
        target.read(path, workspace)


def _table(path: Path, workspace: Workspace) -> None:
    """Reads it, rehearses the import; what can come in comes in, and is taken back."""
    sheet = read_table(path)
    request = importer.propose(workspace.store, sheet)
    importer.rehearse(workspace.store, sheet, request)
    if importer.run(workspace, sheet, request).op is not None:
        workspace.undo()


def _picture(path: Path, _workspace: Workspace) -> None:
    data = path.read_bytes()
    with suppress(Told):
        photos.small(data, 168)
    photos.fitted(data, 100)
    photos.without_place("a.jpg", data)


def _delimited() -> list[bytes]:
    return [
        "\r\n".join(corpus.SIMPLIFIED).encode("gb18030"),
        "\n".join(corpus.SIMPLIFIED_SEMICOLON).encode(),
        "\n".join(corpus.TRADITIONAL).encode("big5", "ignore"),
        "\r\n".join(corpus.TRADITIONAL_SHORT).encode("utf-16"),
        '客户名称,金额,到期日\n"海润""牧业\n二场",1200.50,2026-12-01\n,,\n'.encode("utf-8-sig"),
        "产品\t单价\n乳猪宝\t¥3,980\n".encode(),
    ]


def _workbooks() -> list[bytes]:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("客户")
        page.write_row(0, 0, ["客户名称", "电话", "员工数", "生日", "份额"])
        day, share = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "0%"))
        page.write_row(1, 0, ["海润牧业", "0912-4567", 120])
        page.write_datetime(1, 3, date(1980, 5, 1), day)
        page.write_number(1, 4, 0.15, share)
        page.merge_range(2, 0, 2, 2, "合计")
        page.write_formula(3, 0, "=A2", None, "海润")
        book.add_worksheet("空")
    return [buffer.getvalue()]


def _cards() -> list[bytes]:
    plain = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:王;建国;;;\r\nFN:王建国\r\nORG:海润牧业;采购\r\n"
        "item1.TEL;TYPE=CELL:138 0000 0001\r\nitem1.X-ABLabel:_$!<Work>!$_\r\n"
        "EMAIL;PREF=1:w@example.cn\r\nADR:;;长城路 1 号;定边;陕西;718600;中国\r\n"
        "BDAY:--0501\r\nNOTE:爱喝\\n茶\\, 不喝酒\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRg\r\n"
        "END:VCARD\r\n"
    )
    old = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=BA=A3;=C8=F3=\r\n"
        b"=C4=C1;;;\r\nTEL;CELL;PREF:13800000002\r\nEND:VCARD\r\n"
    )
    return [plain.encode(), plain.encode("utf-16"), old]


def _calendars() -> list[bytes]:
    return [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:拜访海润\r\n"
        "DTSTART;TZID=Asia/Shanghai:20261123T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
        "EXDATE:20261130T010000Z\r\nDESCRIPTION:带样品\\n问栏舍\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nUID:2\r\n"
        "SUMMARY:送样\r\nDUE;VALUE=DATE:20261201\r\nEND:VTODO\r\nEND:VCALENDAR\r\n".encode()
    ]


@contextmanager
def _filled() -> Iterator[tuple[Workspace, str]]:
    """A small file with a bit of most, and the customer in it."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "data" / "f.db")
        customer = AddRecord("customer", {"name": "海润牧业", "note": "两行\n字"})
        ours = {"customer_id": customer.row_id}
        for operation in (
            customer,
            AddRecord("contact", {"name": "王建国", "birthday": "1980-05-01", **ours}),
            AddRecord("deal", {"title": "预混料", "amount": 1_250_000, **ours}),
            LogVisit(customer.row_id),
            AddRecord("sale", {"dated": "2026-10-15", "amount": 100, "currency": "CNY", **ours}),
            KeepFile("门头.jpg", picture(size=(20, 20)), "photo", **ours),
            ChangeSetting("money.currency", "CNY"),
        ):
            workspace.run(operation)
        yield workspace, customer.row_id
        workspace.close()


def _exported(suffix: str) -> list[bytes]:
    with _filled() as (workspace, _):
        path = workspace.store.path.with_name(f"all{suffix}")
        export(workspace.store, path, Words())
        return [path.read_bytes()]


def _handed(password: str = "") -> list[bytes]:
    """A customer's file, and what is packed in it."""
    with _filled() as (workspace, customer):
        path = workspace.store.path.with_name("one.customer")
        source = chosen(workspace.store, customer, PARTS, private=True)
        customer_file.write(path, source, password)
        content = path.read_bytes()
        return [content] if password else [content, gzip.decompress(content)]


def _databases() -> list[bytes]:
    with _filled() as (workspace, _):
        workspace.store.value("PRAGMA wal_checkpoint(TRUNCATE)")
        return [workspace.store.path.read_bytes()]


def _package(path: Path, workspace: Workspace) -> None:
    """Takes it over, and back."""
    found = package(path)
    if found is not None and (op := take(workspace, found).op) is not None:
        workspace.undo(op)


def _handed_over(path: Path, workspace: Workspace) -> None:
    """Takes a customer over as the window does, and back; packs what is not."""
    content = path.read_bytes()
    if content.startswith(b"{"):
        path.write_bytes(gzip.compress(content, 1))
    found = package(path, PASSWORD)
    if found is None:
        return
    brought = Brought.of(found)
    alike = {one.id: one.here for one in twins(workspace.store, brought)}
    wish = Wish("theirs", same(workspace.store, brought, alike))
    if (op := take(workspace, found, wish).op) is not None:
        workspace.undo(op)


def _salvaged(path: Path, _workspace: Workspace) -> None:
    """What is saved is a sound file."""
    target = path.with_name("saved.db")
    drop(target)
    salvage(path, target)
    saved = Workspace.open(target, read_only=True)
    found = checkup.findings(saved.store)
    saved.close()
    assert found == []


def _pictures() -> list[bytes]:
    kinds = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
    made = [picture(kind, size=(120, 80)) for kind in kinds]
    return [*made, picture(size=(240, 160), orientation=6, place=True)]


TARGETS: dict[str, Target] = {
    "csv": Target(".csv", _delimited, _table),
    "xlsx": Target(".xlsx", _workbooks, _table),
    "xls": Target(".xls", lambda: [(_FILES / "customers.xls").read_bytes()], _table),
    "ods": Target(".ods", lambda: [(_FILES / "customers.ods").read_bytes()], _table),
    "vcard": Target(".vcf", _cards, _table),
    "calendar": Target(".ics", _calendars, lambda path, _: read_calendar(path, date(2026, 11, 22))),
    "checklist": Target(
        ".toml", lambda: [GOOD.encode()], lambda path, _: checklist_files.load(path, "zh_CN")
    ),
    "json": Target(".json", lambda: _exported(".json"), _package),
    "zip": Target(".zip", lambda: _exported(".zip"), _package),
    "workbook": Target(".xlsx", lambda: _exported(".xlsx"), _package),
    "customer": Target(".customer", _handed, _handed_over),
    "sealed": Target(".customer", lambda: _handed(PASSWORD), _handed_over),
    "salvage": Target(".db", _databases, _salvaged),
    "picture": Target(".jpg", _pictures, _picture),
}
