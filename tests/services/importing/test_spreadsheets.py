"""Workbooks of Excel and OpenDocument: the text a person sees, and files that are not what they seem."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
import xlsxwriter

from fieldsales.errors import UserError
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.sheet import Options, Sheet

FILES = Path(__file__).with_name("files")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def codes(sheet: Sheet) -> list[str]:
    return [oddity.code for oddity in sheet.warnings]


def refused(path: Path, options: Options | None = None) -> str:
    with pytest.raises(UserError) as caught:
        list(read(path, options))
    return caught.value.code


def cells(sheet: Sheet, column: int = 1) -> list[str]:
    return [row[column] for _, row in sheet]


def raw_xlsx(path: Path, rows: str, *, before: str = "", texts: str | None = None) -> Path:
    """A workbook written part by part, so that it can be wrong in any way."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    if texts is not None:
        parts["xl/sharedStrings.xml"] = texts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def raw_ods(path: Path, rows: str, *, before: str = "", mimetype: str = "spreadsheet") -> Path:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{mimetype}"
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content{names}><office:body>'
            f'<office:spreadsheet><table:table table:name="甲"/><table:table table:name="乙">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize("name", ["customers.xls", "customers.ods"])
def test_a_workbook_saved_by_another_program(name: str) -> None:
    sheet = read(FILES / name)
    assert (sheet.sheet, sheet.header_row, len(sheet)) == ("客户", 3, 2)
    assert sheet.sheets == ("说明", "客户", "隐藏")
    assert sheet.columns == ("*客户名称", "手机", "编号", "建档日期", "员工人数", "备注")
    assert list(sheet) == [
        (
            4,
            ("北京海润饲料有限公司", "13800138000", "00123", "2024-02-29", "500", "第一行\n第二行"),
        ),
        (6, ("上海明达", "021-88886666", "007", "2024/2/30", "TRUE", "=cmd|'/c calc'!A0")),
    ]


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    assert list(read(FILES / "date1904.xls")) == [(2, ("张伟", "1980-05-12"))]
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "生日"])
        page.write(1, 0, "张伟")
        page.write_datetime(1, 1, date(1980, 5, 12), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert list(read(path)) == [(2, ("张伟", "1980-05-12"))]


def test_cells_read_as_a_person_sees_them(tmp_path: Path) -> None:
    path = tmp_path / "cells.xlsx"
    shown = [
        ("General", 13800138000.0, "13800138000"),
        ("General", 0.1 + 0.2, "0.3"),
        ("General", 1e-7, "0.0000001"),
        ("General", 1234.5, "1234.5"),
        ("00000", 123, "00123"),
        ("000-0000-0000", 13800138000, "138-0013-8000"),
        ('"No. "000', 7, "No. 007"),
        ("0%", 0.15, "15%"),
        ("0.00%", 0.1234, "12.34%"),
        ("#,##0.00", 1234.5, "1234.5"),
        ("yyyy/m/d", 45325, "2024-02-03"),
        ('yyyy"年"m"月"d"日"', 45325, "2024-02-03"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', 45325, "2024-02-03"),
        ("yyyy-mm-dd hh:mm", 45325.75, "2024-02-03 18:00"),
        ("h:mm", 0.5, "12:00"),
        ("[h]:mm", 1.5, "36:00"),
        ("General", True, "TRUE"),
        ("General", "  甲\u3000", "甲"),
    ]
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("客户")
        page.write_row(0, 0, ["客户名称", "备注"])
        for row, (code, value, _) in enumerate(shown, 1):
            page.write(row, 0, f"客户{row}")
            page.write(row, 1, value, book.add_format({"num_format": code}))
    assert cells(read(path)) == [text for _, _, text in shown]


def test_formulas_give_what_was_saved_and_never_run(tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["客户名称", "备注"])
        page.write_formula(1, 0, '=A9&"有限公司"', None, "海润有限公司")
        page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        page.write_formula(2, 0, "=cmd|'/c calc'!A0", None, "明达")
        page.write_formula(2, 1, "=SUM(1,2)", None, 3)
    assert list(read(path)) == [(2, ("海润有限公司", "#DIV/0!")), (3, ("明达", "3"))]


def test_numbers_that_lost_digits_are_told(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "身份证"])
        page.write(1, 0, "张伟")
        page.write_number(1, 1, 110101199003070011)
    sheet = read(path)
    assert cells(sheet) == ["110101199003070000"]
    assert codes(sheet) == ["long_number"]


def test_sheets_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("空")
        note = book.add_worksheet("说明")
        note.write_column(0, 0, ["请先阅读", "第二行"])
        hidden = book.add_worksheet("旧")
        hidden.write_column(0, 0, ["客户名称", "旧客户"])
        hidden.hide()
        page = book.add_worksheet("客户 2024")
        page.write_row(3, 2, ["客户名称", "电话"])
        page.write_row(4, 2, ["海润", "010"])
    sheet = read(path)
    assert (sheet.sheet, sheet.columns, list(sheet)) == (
        "客户 2024",
        ("客户名称", "电话"),
        [(5, ("海润", "010"))],
    )
    assert read(path, Options(sheet="旧")).sheet == "旧"
    assert read(path, Options(sheet="2", header_row=0)).sheet == "说明"
    assert refused(path, Options(sheet="没有")) == "import.error.no_such_sheet"
    assert refused(path, Options(sheet="空")) == "import.error.nothing_inside"


def test_merged_titles_and_two_header_rows(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.merge_range("A1:E1", "2024年客户资料表")
        page.merge_range("A2:A3", "客户名称")
        page.merge_range("B2:C2", "联系方式")
        page.write_row("B3", ["手机", "邮箱"])
        page.merge_range("D2:D3", "地址")
        page.write_row("A4", ["海润", "13800138000", "a@b.cn", "北京"])
    sheet = read(path)
    assert sheet.columns == ("客户名称", "手机", "邮箱", "地址")
    assert list(sheet) == [(4, ("海润", "13800138000", "a@b.cn", "北京"))]


def test_odd_texts(tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["客户名称", "备注"])
        page.write_row(1, 0, ["𠮷野家🐂", "a\x07b\x00c\x0b第二行"])
        page.write_rich_string(2, 0, "海", book.add_format({"bold": True}), "润")
        page.write_url(2, 1, "https://example.com", None, "网站")
    sheet = read(path)
    assert list(sheet) == [(2, ("𠮷野家🐂", "abc\n第二行")), (3, ("海润", "网站"))]
    assert codes(sheet) == ["control_characters"]


def test_opendocument_faults_are_seen(tmp_path: Path) -> None:
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    fault = f'{calc} calcext:value-type="error"'
    path = raw_ods(
        tmp_path / "faults.ods",
        ods_row(ods_cell("客户名称"), ods_cell("备注"), ods_cell("电话"))
        + ods_row(ods_cell("海润"), ods_cell("#DIV/0!", fault), ods_cell("Err:502", fault)),
    )
    assert list(read(path)) == [(2, ("海润", "#DIV/0!", "#VALUE!"))]


def test_opendocument_cells(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    path = raw_ods(
        tmp_path / "cells.ods",
        ods_row(ods_cell("客户名称"), ods_cell("备注"), ods_cell("编号"))
        + ods_row(
            ods_cell("海润</text:p><text:p>第二段<text:line-break/>尾<text:s text:c='2'/>x"),
            f'<table:table-cell office:value-type="percentage" office:value="0.155"><text:p>15.5%</text:p>{note}</table:table-cell>',
            '<table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell>',
        )
        + ods_row(
            "<table:table-cell table:number-columns-repeated='1024'/>",
            more=" table:number-rows-repeated='3'",
        )
        + ods_row(
            ods_cell("明达", " table:number-columns-repeated='2'"),
            '<table:table-cell office:value-type="date" office:date-value="2024-02-03T08:30:00"><text:p>3. Feb</text:p></table:table-cell>',
        )
        + ods_row(
            "<table:table-cell table:number-columns-repeated='16384'/>",
            more=" table:number-rows-repeated='1048000'",
        ),
    )
    sheet = read(path)
    assert (sheet.sheet, sheet.sheets) == ("乙", ("甲", "乙"))
    assert list(sheet) == [
        (2, ("海润\n第二段\n尾  x", "15.5%", "007")),
        (6, ("明达", "明达", "2024-02-03 08:30")),
    ]
    assert refused(path, Options(sheet="甲")) == "import.error.nothing_inside"


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls", "locked.ods"])
def test_password_protected(name: str) -> None:
    assert refused(FILES / name) == "import.error.password"


@pytest.mark.parametrize("name", ["customers.xls", "customers.ods"])
@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_files_cut_short(tmp_path: Path, name: str, keep: float) -> None:
    data = (FILES / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(len(data) * keep)])
    assert refused(path) == "import.error.damaged"


def test_an_xlsx_cut_short(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "cut.xlsx", f'<row r="1">{inline("A1", "客户名称")}</row>')
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(path) == "import.error.damaged"


def test_other_archives_are_no_tables(tmp_path: Path) -> None:
    document = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    assert refused(document) == "import.error.not_a_table"
    binary = tmp_path / "book.xlsb"
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01")
    assert refused(binary) == "import.error.binary_workbook"
    drawing = raw_ods(tmp_path / "text.ods", ods_row(ods_cell("x")), mimetype="text")
    assert refused(drawing) == "import.error.not_a_table"
    page = tmp_path / "page.xls"
    page.write_text("<html><body><table><tr><td>客户</td></tr></table></body></html>", "utf-8")
    assert refused(page) == "import.error.web_page"


def test_a_text_table_under_a_spreadsheet_name(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes("客户名称\t电话\r\n海润\t010\r\n".encode("gb18030"))
    assert list(read(path)) == [(2, ("海润", "010"))]


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1">{inline("A1", "客户名称")}</row><row r="1048576">{inline("XFD1048576", "z")}</row>',
        f'<row r="1">{inline("A1", "客户名称")}</row><row r="1200000">{inline("B1200000", "z")}</row>',
        f'<row r="1">{inline("A1", "客户名称")}{inline("ZZZZZZ9", "z")}</row>',
        f'<row r="99999999999">{inline("A1", "客户名称")}<c t="str"><v>x</v></c></row>',
        '<row r="1">' + "<c/>" * 4000 + "</row>" + "<row/>" * 4000,
    ],
)
def test_sheets_that_reach_too_far(tmp_path: Path, rows: str) -> None:
    assert refused(raw_xlsx(tmp_path / "far.xlsx", rows)) == "import.error.far_cell"


def test_bombs_in_workbooks(tmp_path: Path) -> None:
    header = f'<row r="1">{inline("A1", "客户名称")}</row>'
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    path = tmp_path / "bomb.xlsx"
    assert refused(raw_xlsx(path, header, before=entities)) == "import.error.unsafe"
    long = f'<row r="2">{inline("A2", Random(1).randbytes(6_000_000).hex())}</row>'
    assert refused(raw_xlsx(path, header + long)) == "import.error.long_text"
    cell = f'<row r="2">{inline("A2", "a" * 200_000)}</row>'
    assert refused(raw_xlsx(path, header + cell)) == "import.error.long_cell"
    many = f'<sst xmlns="{MAIN}" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    assert refused(raw_xlsx(path, header, texts=many)) == "import.error.damaged"


def test_bombs_that_are_small_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    header = f'<row r="1">{inline("A1", "客户名称")}</row>'
    rows = header + "<row/>" * 1_000_000
    assert refused(raw_xlsx(path, rows)) == "import.error.unpacks_too_big"
    for styles in ("<a>" * 500, "<s>" + "<a/>" * 500_000 + "</s>", "</s>", ""):
        raw_xlsx(path, header)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/styles.xml", styles)
        assert refused(path) in ("import.error.unpacks_too_big", "import.error.damaged")
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")
    assert refused(path) == "import.error.not_a_table"
    deep = raw_ods(tmp_path / "deep.ods", "<a>" * 2_000)
    assert refused(deep) == "import.error.damaged"


def test_more_texts_than_memory_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fieldsales.services.importing.formats import _ooxml

    monkeypatch.setattr(_ooxml, "_MOST_TEXTS", 10)
    header = f'<row r="1">{inline("A1", "客户名称")}</row><row r="2">{inline("A2", "海润")}</row>'
    texts = f'<sst xmlns="{MAIN}">{"<si><t>a</t></si>" * 11}</sst>'
    path = raw_xlsx(tmp_path / "a.xlsx", header, texts=texts)
    assert refused(path) == "import.error.unpacks_too_big"


def test_a_part_that_unpacks_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fieldsales.services.importing.formats import _ooxml, opendocument

    monkeypatch.setattr(_ooxml, "_MAX_SMALL_PART", 100)
    monkeypatch.setattr(opendocument, "_MAX_CONTENT", 100)
    assert refused(raw_xlsx(tmp_path / "a.xlsx", "")) == "import.error.unpacks_too_big"
    assert refused(raw_ods(tmp_path / "a.ods", "")) == "import.error.unpacks_too_big"


def test_bombs_in_opendocument(tmp_path: Path) -> None:
    path = tmp_path / "bomb.ods"
    header = ods_row(ods_cell("客户名称"), ods_cell("电话"))
    wide = ods_row(ods_cell("a", " table:number-columns-repeated='1000000'"))
    deep = ods_row(ods_cell("a"), more=" table:number-rows-repeated='1200000'")
    assert refused(raw_ods(path, header + wide)) == "import.error.too_many_columns"
    assert refused(raw_ods(path, header + deep)) == "import.error.too_many_rows"
    assert (
        refused(raw_ods(path, header + ods_row(ods_cell("a" * 200_000))))
        == "import.error.long_cell"
    )
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    assert refused(raw_ods(path, header, before=entities)) == "import.error.unsafe"


_DIMENSIONS, _TEXT_CELL = b"\x00\x02\x0e\x00", b"\xfd\x00\x0a\x00"


@pytest.mark.parametrize(
    ("record", "words", "code"),
    [
        (_TEXT_CELL, (0, 255), None),  # a cell far to the right, in one row
        (_TEXT_CELL, (65_000, 255), "import.error.far_cell"),
        (_DIMENSIONS, (0, 0, 0xFFFF, 0xFFFF), "import.error.damaged"),  # 4 milliard rows
        (_DIMENSIONS, (9, 0, 3, 0, 0, 5), "import.error.damaged"),  # ends before it begins
    ],
)
def test_old_workbooks_that_state_wild_sizes(
    tmp_path: Path, record: bytes, words: tuple[int, ...], code: str | None
) -> None:
    data = bytearray((FILES / "customers.xls").read_bytes())
    at = data.index(record) + 4
    data[at : at + 2 * len(words)] = struct.pack(f"<{len(words)}H", *words)
    path = tmp_path / "changed.xls"
    path.write_bytes(data)
    if code is None:
        assert len(read(path)) == 2
    else:
        assert refused(path) == code


def test_an_old_workbook_with_a_circle_of_sectors(tmp_path: Path) -> None:
    data = bytearray((FILES / "customers.xls").read_bytes())
    (fat,) = struct.unpack_from("<I", data, 76)
    start = (fat + 1) * 512
    data[start : start + 512] = struct.pack("<128I", *([0] * 128))
    path = tmp_path / "circle.xls"
    path.write_bytes(data)
    assert refused(path) == "import.error.damaged"


def test_today_is_written_as_iso(tmp_path: Path) -> None:
    path = tmp_path / "date.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "生日"])
        page.write(1, 0, "张伟")
        page.write_datetime(1, 1, date(1900, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert cells(read(path)) == ["1900-03-01"]


def large_book(path: Path) -> Path:
    """Two sheets; 60 rows from the third on, gaps among them, cells of every kind."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明").write(0, 0, "下一页才是")
        page = book.add_worksheet("客户")
        forms = [book.add_format({"num_format": code}) for code in ("0%", "00000", "yyyy-mm-dd")]
        page.write_row(2, 1, ["客户名称", "折扣", "编号", "日期", "结果", "备注"])
        for row in range(3, 63):
            if row % 7 == 0:
                continue
            page.write(row, 1, f"客户{row}" if row % 3 else " 同名 ")
            page.write(row, 2, row / 100, forms[0])
            page.write(row, 3, row, forms[1])
            page.write(row, 4, 45_000 + row, forms[2])
            page.write_formula(row, 5, "=1/0", None, "#DIV/0!")
            page.write(row, 6, "<row 1> & </sheetData>")
        page.write_comment(40, 6, "注")
        page.insert_checkbox(70, 1, True)
    return path


def prefixed_book(path: Path) -> Path:
    """Tags with a prefix, rows told again after the data, as controls have them."""
    rows = "".join(
        f'<x:row r="{at}"><x:c r="A{at}" t="inlineStr"><x:is><x:t>{text}</x:t></x:is></x:c></x:row>'
        for at, text in enumerate(["客户名称", *(f"客户{n}" for n in range(40))], 1)
    )
    raw_xlsx(path, "")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}" xmlns:d="{MAIN}"><x:sheetData>{rows}</x:sheetData>'
        f"<x:controls>{'<d:row>1</d:row>' * 30}</x:controls></x:worksheet>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("make", [large_book, prefixed_book])
@pytest.mark.parametrize("some", [1, 20, 60, 100_000])
def test_a_large_sheet_is_read_in_pieces_as_if_it_were_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path], some: int
) -> None:
    from fieldsales.services.importing.formats import _ooxml

    path = make(tmp_path / "large.xlsx")
    whole = read(path)
    monkeypatch.setattr(_ooxml, "_WHOLE", 10)
    monkeypatch.setattr(_ooxml, "_SLICE", some)
    pieces = read(path)
    assert list(pieces) == list(whole)
    assert len(pieces) == len(whole) > 30
    assert (pieces.columns, pieces.header_row, pieces.warnings, pieces.sheet) == (
        whole.columns,
        whole.header_row,
        whole.warnings,
        whole.sheet,
    )
