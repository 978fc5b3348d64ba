"""Text tables as programs and people write them, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldsales.errors import Cancelled, UserError
from fieldsales.services.importing import reading
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.sheet import Options, Sheet, Watch

HEADER = "客户名称,电话,备注"


def table(tmp_path: Path, text: str | bytes, options: Options | None = None) -> Sheet:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(path, options)


def codes(sheet: Sheet) -> list[str]:
    return [oddity.code for oddity in sheet.warnings]


def refused(tmp_path: Path, data: bytes, options: Options | None = None) -> str:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        read(path, options)
    return caught.value.code


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(tmp_path: Path, separator: str, end: str) -> None:
    lines = [
        ["客户名称", "电话", "备注"],
        ["海润", "010-88886666", '"每周二送货, 要发票; 谢谢"' if separator != "|" else "要发票"],
        ["明达", "021-66668888", f'"第一行{end}第二行 ""好"""'],
        ["天河", "020-1", ""],
    ]
    sheet = table(tmp_path, end.join(separator.join(cells) for cells in lines))
    assert sheet.separator == separator
    assert sheet.columns == ("客户名称", "电话", "备注")
    assert list(sheet)[1:] == [
        (3, ("明达", "021-66668888", '第一行\n第二行 "好"')),
        (4, ("天河", "020-1", "")),
    ]


def test_mixed_line_ends_and_blank_lines_keep_row_numbers(tmp_path: Path) -> None:
    sheet = table(tmp_path, f"{HEADER}\r\nA,1,a\n\nB,2,b\rC,3,c\r\n,,\r\nD,4,d")
    assert [(number, cells[0]) for number, cells in sheet] == [
        (2, "A"),
        (4, "B"),
        (5, "C"),
        (7, "D"),
    ]
    assert len(sheet) == 4


def test_separator_named_in_the_first_line(tmp_path: Path) -> None:
    sheet = table(tmp_path, "sep=|\r\n客户名称|备注\r\n海润|a,b;c\r\n")
    assert (sheet.separator, sheet.columns, list(sheet)) == (
        "|",
        ("客户名称", "备注"),
        [(2, ("海润", "a,b;c"))],
    )


def test_leading_zeros_and_long_numbers_stay_text(tmp_path: Path) -> None:
    sheet = table(
        tmp_path,
        "编号,手机,身份证,客户名称\n00123,013800138000,110101199003070011,甲\n"
        '"=""00456""",1.38E+10,\'0099,"\'=1+1"\n',
    )
    assert [cells for _, cells in sheet] == [
        ("00123", "013800138000", "110101199003070011", "甲"),
        ("00456", "1.38E+10", "0099", "=1+1"),
    ]
    assert codes(sheet) == ["exponent"]


def test_formulas_are_only_text(tmp_path: Path) -> None:
    sheet = table(tmp_path, f"{HEADER}\n=cmd|'/c calc'!A0,+86 138,@SUM(A1)\n")
    assert list(sheet) == [(2, ("=cmd|'/c calc'!A0", "+86 138", "@SUM(A1)"))]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"5寸管,1,a', ('"5寸管', "1", "a")),
        ('"甲"乙,1,a', ("甲乙", "1", "a")),
        ('甲,1,5"管', ("甲", "1", '5"管')),
    ],
)
def test_a_stray_quotation_mark_swallows_nothing(
    tmp_path: Path, line: str, cells: tuple[str, ...]
) -> None:
    sheet = table(tmp_path, f"{HEADER}\n前,0,x\n{line}\n后,2,b\n末,3,c\n")
    assert [row for _, row in sheet] == [
        ("前", "0", "x"),
        cells,
        ("后", "2", "b"),
        ("末", "3", "c"),
    ]
    assert ("quote_kept" in codes(sheet)) == line.startswith('"')


def test_a_stray_mark_before_a_long_rest(tmp_path: Path) -> None:
    rows = "".join(f"客户{n},010-{n},备注\n" for n in range(20_000))
    sheet = table(tmp_path, f'{HEADER}\n"坏,1,a\n{rows}')
    assert len(list(sheet)) == 20_001


def test_control_characters_are_left_out_and_told(tmp_path: Path) -> None:
    sheet = table(
        tmp_path, f"{HEADER}\n海\0润,010\x07,a\x1bb\ud800\n".encode("utf-8", "surrogatepass")
    )
    assert sheet.head[0][1] == ("海润", "010", "ab\ufffd\ufffd\ufffd")
    assert set(codes(sheet)) == {"control_characters", "replaced"}


def test_rare_characters_emoji_and_other_directions(tmp_path: Path) -> None:
    cells = ("𠮷野家🐂", "010", "שלום \u202bمرحبا\u202c 𬭎")
    sheet = table(tmp_path, f"{HEADER}\n{','.join(cells)}\n")
    assert list(sheet) == [(2, cells)]
    assert codes(sheet) == []


@pytest.mark.parametrize(
    ("above", "row"),
    [
        (["2024年客户资料表"], 2),
        (["客户资料表,,", "说明：带*的列必须填写，电话请写区号,,"], 3),
        (["", "导出时间：2024-02-03 10:20,,", ""], 4),
        (["制表人：张伟,,2024-02-03"], 2),
    ],
)
def test_titles_and_hints_above_the_header(tmp_path: Path, above: list[str], row: int) -> None:
    sheet = table(tmp_path, "\n".join([*above, HEADER, "海润,010-88886666,好", "明达,021,无"]))
    assert (sheet.header_row, sheet.columns) == (row, ("客户名称", "电话", "备注"))
    assert [cells[0] for _, cells in sheet] == ["海润", "明达"]


def test_group_headings_over_the_header(tmp_path: Path) -> None:
    text = "客户名称,联系方式,,地址,备注\n,手机,邮箱,,\n海润,13800138000,a@b.cn,北京,好\n"
    sheet = table(tmp_path, text)
    assert sheet.columns == ("客户名称", "手机", "邮箱", "地址", "备注")
    assert (sheet.header_row, len(sheet)) == (2, 1)


def test_a_table_without_a_header(tmp_path: Path) -> None:
    sheet = table(tmp_path, "北京海润饲料有限公司,13800138000\n上海明达,13900139000\n")
    assert (sheet.header_row, sheet.columns, len(sheet)) == (0, ("A", "B"), 2)
    assert codes(sheet) == ["no_header"]


def test_header_row_can_be_fixed(tmp_path: Path) -> None:
    text = "甲,乙\n客户名称,电话\n海润,010\n"
    assert table(tmp_path, text).columns == ("客户名称", "电话")
    assert table(tmp_path, text, Options(header_row=1)).columns == ("甲", "乙")
    assert table(tmp_path, text, Options(header_row=0)).columns == ("A", "B")
    assert refused(tmp_path, text.encode(), Options(header_row=9)) == "import.error.header_row"


def test_double_and_missing_names(tmp_path: Path) -> None:
    sheet = table(tmp_path, "客户名称,电话,电话,,电话,\n海润,1,2,3,4,\n")
    assert sheet.columns == ("客户名称", "电话", "电话 (2)", "D", "电话 (3)")
    assert list(sheet) == [(2, ("海润", "1", "2", "3", "4"))]
    assert codes(sheet) == ["double_header"]


def test_rows_of_other_lengths_and_repeated_headers(tmp_path: Path) -> None:
    sheet = table(tmp_path, f"{HEADER}\n海润\n{HEADER}\n明达,021,a,多余\n")
    assert sheet.columns == ("客户名称", "电话", "备注", "D")
    assert list(sheet) == [(2, ("海润", "", "", "")), (4, ("明达", "021", "a", "多余"))]
    assert len(sheet) == 2


def test_options_win_over_guesses(tmp_path: Path) -> None:
    data = "客户名称;备注\n海润;a,b\n".encode("gb18030")
    sheet = table(tmp_path, data, Options(encoding="GBK", separator=","))
    assert (sheet.encoding, sheet.separator) == ("gb18030", ",")
    assert refused(tmp_path, data, Options(encoding="klingon")) == "import.error.unknown_encoding"
    assert refused(tmp_path, data, Options(separator="::")) == "import.error.separator"


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8
    assert refused(tmp_path, b"") == "import.error.empty_file"
    assert refused(tmp_path, b"\r\n \r\n,,\r\n") == "import.error.nothing_inside"
    assert refused(tmp_path, f"{HEADER}\n".encode()) == "import.error.header_only"
    assert refused(tmp_path, picture) == "import.error.not_a_table"
    assert refused(tmp_path, bytes(5000)) == "import.error.not_a_table"
    assert refused(tmp_path, b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n1 0 obj") == "import.error.not_a_table"
    assert refused(tmp_path, b"<html><table><tr><td>1") == "import.error.web_page"


def test_measureless_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cell = b"a" * 10_000_000
    assert refused(tmp_path, f"{HEADER}\n海润,1,".encode() + cell) == "import.error.long_line"
    assert (
        refused(tmp_path, f"{HEADER}\n海润,1,".encode() + cell[:200_000])
        == "import.error.long_cell"
    )
    assert refused(tmp_path, b"a," * 1_000_000) == "import.error.too_many_columns"
    assert len(table(tmp_path, "客户名称" + "," * 1_000_000 + "\n海润\n").columns) == 1
    monkeypatch.setattr(reading, "MAX_ROWS", 100)
    assert refused(tmp_path, b"a,b\n" + b"1,2\n" * 101) == "import.error.too_many_rows"


def test_a_huge_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)  # takes no place on the disk
    with pytest.raises(UserError) as caught:
        read(path)
    assert caught.value.code == "import.error.too_big"


def test_files_that_vanish_or_change(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path / "none.csv")
    assert caught.value.code == "import.error.gone"
    with pytest.raises(UserError) as caught:
        read(tmp_path)
    assert caught.value.code == "import.error.folder"
    sheet = table(tmp_path, f"{HEADER}\n海润,1,a\n")
    sheet.path.write_text(f"{HEADER}\n别的,2,b\n第二,3,c\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        list(sheet)
    assert caught.value.code == "import.error.changed"
    sheet.path.unlink()
    with pytest.raises(UserError) as caught:
        list(sheet)
    assert caught.value.code == "import.error.gone"


def test_progress_and_cancel(tmp_path: Path) -> None:
    text = HEADER + "\n" + "海润,010-88886666,备注\n" * 5_000
    told: list[tuple[int, int]] = []
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    read(path, watch=Watch(lambda done, total: told.append((done, total))))
    size = path.stat().st_size
    assert told[-1][1] == size
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    with pytest.raises(Cancelled):
        read(path, watch=Watch(cancelled=lambda: True))


_CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u2028\u2029\u200b\u2060\ufeff\u00ad"), max_size=12
).map(str.strip)  # fmt: skip


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(
    tmp_path: Path, rows: list[tuple[str, str]], separator: str, encoding: str
) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    lines = [separator.join(["客户名称", "备注"])]
    lines += [separator.join(map(quoted, ("x" + a, "y" + b))) for a, b in rows]
    path = tmp_path / "any.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    sheet = read(path, Options(encoding=encoding, separator=separator))
    assert [cells for _, cells in sheet] == [("x" + a, "y" + b) for a, b in rows]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from(
                [b'"', b",", b";", b"\t", b"\r", b"\n", b"\r\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"sep=;\n", b'="0"']
            ),
            st.sampled_from(["客户名称,电话\n".encode(), "客戶".encode("cp950"), "客户".encode("utf-16-le")]),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_bytes_give_rows_or_a_reason(tmp_path: Path, pieces: list[bytes]) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(b"".join(pieces))
    try:
        sheet = read(path)
    except UserError:
        return
    found = list(sheet)
    assert len(found) == len(sheet)
    for _, cells in found:
        assert len(cells) == len(sheet.columns)
        "".join(cells).encode()
