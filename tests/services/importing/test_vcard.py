"""Cards as phones and mail programs write them, each shape in a twin of our own."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldsales.errors import UserError
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.sheet import Options, Sheet


def people(tmp_path: Path, data: bytes, name: str = "cards.vcf") -> list[dict[str, str]]:
    """Each card's filled values by column."""
    path = tmp_path / name
    path.write_bytes(data)
    return rows(read(path))


def rows(sheet: Sheet) -> list[dict[str, str]]:
    return [
        {column: cell for column, cell in zip(sheet.columns, cells, strict=True) if cell}
        for _, cells in sheet
    ]


def card(*lines: str | bytes, version: str | None = "3.0", end: bytes = b"\r\n") -> bytes:
    head = [b"BEGIN:VCARD"] + ([f"VERSION:{version}".encode()] if version else [])
    body = [line.encode() if isinstance(line, str) else line for line in lines]
    return end.join([*head, *body, b"END:VCARD", b""])


def quoted(text: str, codec: str, every: int = 0) -> bytes:
    """Quoted-printable, with a soft break after each `every` escaped bytes."""
    escaped = [f"={byte:02X}".encode() for byte in text.encode(codec)]
    if not every:
        return b"".join(escaped)
    pieces = [b"".join(escaped[at : at + every]) for at in range(0, len(escaped), every)]
    return b"=\r\n".join(pieces)


def test_an_ordinary_card(tmp_path: Path) -> None:
    data = card(
        "N:张;伟;;;",
        "FN:伟 张",
        "ORG:北京海润饲料有限公司;采购部",
        "TITLE:采购经理",
        "TEL;TYPE=CELL:138 0013 8000",
        "TEL;TYPE=WORK,VOICE:010-88886666",
        "TEL;TYPE=WORK,FAX:010-88886667",
        "EMAIL;TYPE=INTERNET:zhang@example.com",
        "BDAY:1980-05-12",
        "ADR;TYPE=WORK:;;建国路88号;北京市;;100022;中国",
        "URL:https://example.com/a?b=c",
        "CATEGORIES:老客户,重点",
        "NOTE:喜欢钓鱼\\n孩子上高中\\, 女儿",
    )
    assert people(tmp_path, data) == [
        {
            "name": "张伟",
            "organisation": "北京海润饲料有限公司",
            "department": "采购部",
            "title": "采购经理",
            "mobile": "138 0013 8000",
            "phone": "010-88886666",
            "fax": "010-88886667",
            "email": "zhang@example.com",
            "birthday": "1980-05-12",
            "address": "北京市建国路88号 100022",
            "website": "https://example.com/a?b=c",
            "tags": "老客户、重点",
            "note": "喜欢钓鱼\n孩子上高中, 女儿",
        }
    ]


@pytest.mark.parametrize("every", [0, 1, 2, 4, 5, 7])
def test_soft_breaks_inside_a_character(tmp_path: Path, every: int) -> None:
    head = b"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
    name = quoted("欧阳", "utf-8", every) + b";" + quoted("娜娜", "utf-8", every)
    note = b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:" + quoted(
        "第一行\n第二行", "utf-8", every
    )
    found = people(tmp_path, card(head + name, note, "TEL;CELL:13900139000", version="2.1"))
    assert found == [{"name": "欧阳娜娜", "mobile": "13900139000", "note": "第一行\n第二行"}]


def test_soft_break_with_an_indented_next_line(tmp_path: Path) -> None:
    data = card(
        b"FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=BC=\r\n=A0=E4=\r\n=BC=9F", version="2.1"
    )
    assert people(tmp_path, data) == [{"name": "张伟"}]


@pytest.mark.parametrize(
    ("charset", "codec", "name", "org"),
    [
        ("GBK", "gbk", "珄珅", "誠信商行"),
        ("GB2312", "gb2312", "张伟", "海润饲料"),
        ("BIG5", "cp950", "許功蓋", "功學社育樂"),  # second bytes are backslashes
        ("SHIFT_JIS", "cp932", "表十ソ", "能貼予商事"),  # likewise
        ("UTF-8", "utf-8", "曾国荣", "粮油行"),
        ("ISO-8859-1", "latin-1", "Jürgen Groß", "Müller"),
    ],
)
@pytest.mark.parametrize("how", ["raw", "quoted", "base64"])
def test_each_property_names_its_charset(
    tmp_path: Path, charset: str, codec: str, name: str, org: str, how: str
) -> None:
    def line(prop: str, text: str) -> bytes:
        if how == "raw":
            return f"{prop};CHARSET={charset}:".encode() + text.encode(codec)
        if how == "quoted":
            return f"{prop};CHARSET={charset};ENCODING=QUOTED-PRINTABLE:".encode() + quoted(
                text, codec
            )
        return f"{prop};CHARSET={charset};ENCODING=BASE64:".encode() + base64.b64encode(
            text.encode(codec)
        )

    other = b"TITLE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + quoted("经理", "utf-8")
    found = people(tmp_path, card(line("FN", name), line("ORG", org), other, version="2.1"))
    assert found == [{"name": name, "organisation": org, "title": "经理"}]


@pytest.mark.parametrize(
    ("codec", "lines"),
    [
        (
            "gb18030",
            ["FN:张伟", "ORG:北京海润饲料有限公司", "TITLE:销售经理", "NOTE:重点客户，每月回访"],
        ),
        ("cp950", ["FN:許功蓋", "ORG:台北遠東飼料股份有限公司", "TITLE:業務經理", "NOTE:重要客戶"]),
        ("utf-16", ["FN:张伟", "ORG:海润饲料"]),
        ("utf-16-le", ["FN:张伟", "ORG:海润饲料"]),
        ("utf-8-sig", ["FN:张伟", "ORG:海润饲料"]),
    ],
)
def test_a_whole_file_in_one_undeclared_encoding(
    tmp_path: Path, codec: str, lines: list[str]
) -> None:
    text = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])
    found = people(tmp_path, text.encode(codec))
    values = dict(line.split(":") for line in lines)
    assert found[0]["name"] == values["FN"]
    assert found[0]["organisation"] == values["ORG"]


def test_quoted_printable_in_an_undeclared_encoding(tmp_path: Path) -> None:
    data = b"".join(
        card(
            b"N;ENCODING=QUOTED-PRINTABLE:"
            + quoted(family, "gb18030")
            + b";"
            + quoted(given, "gb18030"),
            b"ORG;ENCODING=QUOTED-PRINTABLE:" + quoted("广州天河农牧有限公司", "gb18030"),
            version="2.1",
        )
        for family, given in (("张", "伟"), ("李", "娜"), ("王", "强"))
    )
    assert [person["name"] for person in people(tmp_path, data)] == ["张伟", "李娜", "王强"]


def test_a_wrong_charset_label_is_seen_through(tmp_path: Path) -> None:
    data = card(b"FN;CHARSET=UTF-8:" + "张伟".encode("gb18030"), "ORG:海润饲料")
    assert people(tmp_path, data)[0]["name"] == "张伟"


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_line_ends(tmp_path: Path, end: bytes) -> None:
    data = card("N:张;伟;;;", "TEL;TYPE=CELL:13800138000", "NOTE:一", " 二", end=end)
    assert people(tmp_path, data) == [{"name": "张伟", "mobile": "13800138000", "note": "一二"}]


def test_folds_by_blank_or_tab_and_inside_a_character(tmp_path: Path) -> None:
    raw = "NOTE:每周二送货，要发票".encode()
    folded = raw[:9] + b"\r\n " + raw[9:16] + b"\r\n\t" + raw[16:]
    assert people(tmp_path, card("FN:张伟", folded)) == [
        {"name": "张伟", "note": "每周二送货，要发票"}
    ]


def test_groups_and_labels(tmp_path: Path) -> None:
    data = card(
        "N:Smith;John;Q.;Dr.;Jr.",
        "FN:Dr. John Q. Smith Jr.",
        "item1.TEL;type=pref:+86 139 0013 9000",
        "item1.X-ABLabel:_$!<Mobile>!$_",
        "item2.TEL:010-1234 5678",
        "item2.X-ABLabel:办公室",
        "item3.TEL:09 12 34",
        "item3.X-ABLabel:手机",
        "item4.EMAIL;type=INTERNET:second@example.com",
        "item5.EMAIL;type=INTERNET;type=pref:first@example.com",
        "item6.URL;type=pref:https\\://example.com",
        "item6.X-ABLabel:_$!<HomePage>!$_",
    )
    assert people(tmp_path, data) == [
        {
            "name": "Dr. John Q. Smith Jr.",
            "mobile": "+86 139 0013 9000",
            "phone": "010-1234 5678",
            "other phone": "09 12 34",
            "email": "first@example.com",
            "other email": "second@example.com",
            "website": "https://example.com",
        }
    ]


@pytest.mark.parametrize(
    "line",
    [
        "TEL;CELL:13800138000",
        "TEL;CELL;VOICE;PREF:13800138000",
        "TEL;TYPE=CELL:13800138000",
        "TEL;type=CELL;type=VOICE:13800138000",
        'TEL;TYPE="cell,voice":13800138000',
        "TEL;TYPE=cell,text;PREF=1:13800138000",
        'TEL;VALUE=uri;TYPE="voice,cell":tel:13800138000',
        "tel;type=Mobile:13800138000",
        "Tel ; Type = cell : 13800138000",
        "TEL;X-Mobile:13800138000",
        "TEL;VOICE:13800138000",
        "TEL:13800138000",
        "ITEM1.TEL;CELL:13800138000",
    ],
)
def test_spellings_of_a_mobile_number(tmp_path: Path, line: str) -> None:
    assert people(tmp_path, card("FN:张伟", line)) == [{"name": "张伟", "mobile": "13800138000"}]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["FN:张伟"], "张伟"),
        (["N:张;伟;;;"], "张伟"),
        (["N:张;伟"], "张伟"),
        (["N:张伟;;;;"], "张伟"),
        (["N:;张伟;;;"], "张伟"),
        (["N:张伟"], "张伟"),
        (["N:伟;张;;;", "FN:张伟"], "张伟"),
        (["N:;;;;", "FN:张 伟"], "张伟"),
        (["N:欧阳;娜娜;;;", "FN:娜娜 欧阳"], "欧阳娜娜"),
        (["N:Smith;John;;;"], "John Smith"),
        (["N:Smith;John;;;", "FN:Johnny Smith"], "Johnny Smith"),
        (["N:;;;;", "NICKNAME:老王"], "老王"),
        (["N:曾;Peter;;;"], "Peter 曾"),
    ],
)
def test_names(tmp_path: Path, lines: list[str], name: str) -> None:
    assert people(tmp_path, card(*lines))[0]["name"] == name


def test_no_version_no_name_no_end(tmp_path: Path) -> None:
    data = (
        card("TEL:010-88886666", "ORG:海润饲料", version=None)
        + b"BEGIN:VCARD\r\nFN:\xe6\x9d\x8e\xe5\xa8\x9c\r\n"  # END is missing
        + card("FN:王强", version=None).rstrip()[: -len(b"END:VCARD")]
    )
    assert people(tmp_path, data) == [
        {"organisation": "海润饲料", "phone": "010-88886666"},
        {"name": "李娜"},
        {"name": "王强"},
    ]


def test_nested_cards_comments_and_blank_lines(tmp_path: Path) -> None:
    data = (
        b"\r\n# exported from a phone\r\n"
        + card(
            "FN:张伟",
            "",
            "AGENT:",
            "BEGIN:VCARD",
            "FN:秘书",
            "TEL;CELL:13900139000",
            "END:VCARD",
            "# a comment",
            "TEL;CELL:13800138000",
        )
        + b"\r\n\r\n"
        + card("FN:李娜", "AGENT:BEGIN\\:VCARD\\nFN\\:x\\nEND\\:VCARD")
    )
    found = people(tmp_path, data)
    assert found == [{"name": "张伟", "mobile": "13800138000"}, {"name": "李娜"}]


@pytest.mark.parametrize("shape", ["folded", "one line", "bare lines", "uri"])
def test_big_photos_are_passed_over(tmp_path: Path, shape: str) -> None:
    picture = base64.b64encode(bytes(range(256)) * 4000)
    pieces = [picture[at : at + 75] for at in range(0, len(picture), 75)]
    photo = {
        "folded": b"PHOTO;ENCODING=b;TYPE=JPEG:" + b"\r\n ".join(pieces),
        "one line": b"PHOTO;TYPE=JPEG;ENCODING=BASE64:" + picture,
        "bare lines": b"PHOTO;JPEG;BASE64:\r\n" + b"\r\n".join(pieces) + b"\r\n",
        "uri": b"PHOTO:data:image/jpeg;base64," + b"\r\n ".join(pieces),
    }[shape]
    data = card("FN:张伟", photo, "TEL;CELL:13800138000")
    assert people(tmp_path, data * 2) == [{"name": "张伟", "mobile": "13800138000"}] * 2


def test_a_line_break_nobody_escaped(tmp_path: Path) -> None:
    data = card("FN:张伟", "NOTE:第一行", "第二行 没有缩进", "TEL;CELL:13800138000")
    assert people(tmp_path, data)[0]["note"] == "第一行\n第二行 没有缩进"


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:19800512", "1980-05-12"),
        ("BDAY;VALUE=date:1980-05-12", "1980-05-12"),
        ("BDAY:1980-05-12T00:00:00Z", "1980-05-12"),
        ("BDAY:--0512", "--05-12"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-12", "--05-12"),
        ("BDAY:五月十二", "五月十二"),
    ],
)
def test_birthdays(tmp_path: Path, line: str, birthday: str) -> None:
    assert people(tmp_path, card("FN:张伟", line))[0]["birthday"] == birthday


def test_addresses_in_either_order(tmp_path: Path) -> None:
    chinese = card("FN:张伟", "ADR;TYPE=home:;;中山路100号;广州市;广东省;510000;中国")
    repeated = card("FN:李娜", "ADR:;;广东省广州市中山路100号;广州市;广东省;;")
    western = card("FN:John", "ADR;TYPE=WORK:;Suite 5;1 Main St;Springfield;IL;62701;USA")
    assert [person["address"] for person in people(tmp_path, chinese + repeated + western)] == [
        "广东省广州市中山路100号 510000",
        "广东省广州市中山路100号",
        "1 Main St Suite 5, Springfield, IL 62701, USA",
    ]


def test_a_group_of_people_is_no_person(tmp_path: Path) -> None:
    data = card("FN:朋友", "X-ADDRESSBOOKSERVER-KIND:group") + card("FN:张伟")
    assert people(tmp_path, data) == [{"name": "张伟"}]


def test_version_four(tmp_path: Path) -> None:
    data = card(
        "FN:张伟",
        "N:张;伟;;;",
        "KIND:individual",
        "GENDER:M",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+86-10-8888-6666;ext=102',
        "EMAIL:mailto:zhang@example.com",
        "IMPP:wechat:zhangwei80",
        'ORG;SORT-AS="hairun":海润饲料',
        version="4.0",
    )
    assert people(tmp_path, data) == [
        {
            "name": "张伟",
            "organisation": "海润饲料",
            "phone": "+86-10-8888-6666;ext=102",
            "email": "zhang@example.com",
            "messenger": "zhangwei80",
            "gender": "M",
        }
    ]


def test_encoding_can_be_fixed(tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    path.write_bytes(card(b"FN:" + "许".encode("gb18030")))
    assert rows(read(path, Options(encoding="GBK"))) == [{"name": "许"}]


def test_ten_thousand_people(tmp_path: Path) -> None:
    one = card("N:张;伟;;;", "TEL;CELL:13800138000", "ORG:海润饲料")
    path = tmp_path / "cards.vcf"
    path.write_bytes(one * 10_000)
    sheet = read(path)
    assert len(sheet) == sum(1 for _ in sheet) == 10_000


_PIECES = st.sampled_from(
    [
        b"BEGIN:VCARD", b"END:VCARD", b"VERSION:2.1", b"N:", b"FN;", b"TEL;TYPE=", b"CHARSET=", b"GBK",
        b"ENCODING=QUOTED-PRINTABLE", b"ENCODING=b", b"=E5=BC", b"=", b";", b":", b'"', b"\\", b"\r\n",
        b"\n ", b"\r", b"\t", b"PHOTO;BASE64:", b"AGENT:", b"item1.", b"\xff\xfe", b"\x00", b"X-ABLabel:",
        "张".encode(), "张".encode("gbk"), b"\xed\xa0\x80", b"CHARSET=zip:", b"CHARSET=idna:",
    ]
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.one_of(_PIECES, st.binary(max_size=6)), max_size=40))
def test_any_bytes_give_rows_or_a_reason(tmp_path: Path, pieces: list[bytes]) -> None:
    path = tmp_path / "any.vcf"
    path.write_bytes(b"BEGIN:VCARD\r\n" + b"".join(pieces))
    try:
        sheet = read(path)
    except UserError:
        return
    for _, cells in sheet:
        assert len(cells) == len(sheet.columns)
        "".join(cells).encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"FN:a\r\n" + b" xxxxxxxx\r\n" * 130_000, "import.error.long_line"),
        (b"NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n" + b"bcdefghi=\r\n" * 120_000, "import.error.long_line"),
        (b"FN:a\r\n" + b"X-A:1\r\n" * 5_001, "import.error.damaged"),
        (b"BEGIN:VCARD\r\n" * 10_002, "import.error.damaged"),
    ],
)  # fmt: skip
def test_cards_without_end(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        people(tmp_path, b"BEGIN:VCARD\r\n" + data + b"END:VCARD\r\n")
    assert caught.value.code == code


def test_an_endless_picture_is_passed_over(tmp_path: Path) -> None:
    photo = b"PHOTO;TYPE=JPEG:a\r\n" + b" xxxxxxxx\r\n" * 130_000
    data = b"BEGIN:VCARD\r\nFN:\xe6\xb5\xb7\r\n" + photo + b"TEL:010\r\nEND:VCARD\r\n"
    [person] = people(tmp_path, data)
    assert (person["name"], person["phone"]) == ("海", "010")
