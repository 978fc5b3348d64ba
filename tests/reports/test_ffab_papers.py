"""The FFAB sheet and the pitch cards: what a customer reads, and that nothing said is lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from fieldsales.domain.customer import Customer
from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import ValuePart, Worksheet, WorksheetRow
from fieldsales.errors import UserError
from fieldsales.reports.cards import HIGH, WIDE
from fieldsales.reports.document import pages
from fieldsales.reports.documents import build, kind
from fieldsales.reports.make import make
from fieldsales.reports.paper import A4, LETTER
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.worksheets import WorksheetPage
from fieldsales.words import Words
from tests.reports.conftest import squeezed
from tests.reports.visits import TODAY, sender

ZH = Words("zh_CN")
ROWS = (
    WorksheetRow(id="r1", feature="含膨化玉米", function="好消化", advantage="不拉稀",
                 benefit="药费省四十块", need_id="n1"),
    WorksheetRow(id="r2", feature="九天过渡表", advantage="有据可查", benefit="出事说得清"),
)  # fmt: skip
PAGE = WorksheetPage(
    sheet=Worksheet(title="内部起的名字", customer_id="c", product_id="p", product_name="教槽料",
                    opening="您说得对，断奶最难。", price=1000, currency="CNY",
                    note="别提前年那批货"),
    rows=ROWS,
    parts=(ValuePart(label="信任", amount=1300),),
    customer=Customer(id="c", name="海润牧业"),
    needs=(Need(id="n1", text="少用药", statement="explicit"),
           Need(id="n2", text="要有人驻场", statement="explicit")),
)  # fmt: skip


def text(read, code, facts, audience="internal"):
    return read(build(code, facts, ZH, audience, sender(), TODAY)).text


def test_inside_it_says_what_answers_a_need_and_what_is_an_advantage_only(read):
    told = text(read, "ffab", PAGE)
    for said in (
        "回应：少用药",
        "只是优点：没有接到客户说过的需求",
        "客户要的，还没回应",
        "要有人驻场",
        "教槽料（产品已删除）",
        "您说得对，断奶最难。",
        "对您来说，药费省四十块。",
        "比方说，出事说得清。",
        "客户付¥10，得到的值¥13，多得¥3。",
        "别提前年那批货",
    ):
        assert said in told


def test_a_customer_reads_what_it_does_and_nothing_of_how_it_is_sold(read):
    told = text(read, "ffab", PAGE, "customer")
    for said in ("教槽料", "海润牧业", "含膨化玉米", "好消化", "药费省四十块", "出事说得清"):
        assert said in told
    for kept in ("内部起的名字", "少用药", "优点：", "驻场", "您说得对", "¥", "信任", "前年",
                 "已删除", "内部"):  # fmt: skip
        assert kept not in told


def test_without_function_no_function_is_printed(read):
    plain = replace(PAGE, sheet=replace(PAGE.sheet, without_function=1))
    for audience in ("internal", "customer"):
        assert "好消化" not in text(read, "ffab", plain, audience)


@pytest.mark.parametrize("code", ["ffab", "pitch_cards"])
def test_an_empty_worksheet_says_that_it_is(read, code):
    assert "还是空的" in text(read, code, WorksheetPage(Worksheet(title="空的")))


def test_a_file_without_worksheets_has_no_such_paper(workspace: Workspace):
    with pytest.raises(UserError) as refused:
        make(workspace.store, "ffab", "latest", ZH, "internal")
    assert refused.value.code == "cli.report.no_worksheet"


def test_cards_are_numbered_one_a_part(read):
    pdf = read(build("pitch_cards", PAGE, ZH, "internal", sender(), TODAY))
    assert len(pdf.pages) == 1
    for said in ("1/3", "您说得对，断奶最难。", "2/3", "3/3", "内部起的名字"):
        assert said in pdf.text
    own = replace(PAGE, sheet=replace(PAGE.sheet, pitch="第一段。\n\n第二段。"))
    told = text(read, "pitch_cards", own)
    assert "第一段。" in told
    assert "2/2" in told
    assert "膨化" not in told


def test_what_a_card_cannot_hold_goes_on_on_the_next(read):
    long = "".join(f"第{n}句话要说得慢一点。" for n in range(400))
    own = replace(PAGE, sheet=replace(PAGE.sheet, pitch=long))
    pdf = read(build("pitch_cards", own, ZH, "internal", sender(), TODAY))
    assert len(pdf.pages) > 3
    assert re.sub(r"内部起的名字\d+/21|说完约18分20秒", "", pdf.text) == long


@pytest.mark.parametrize(("paper", "on_one"), [(A4, 4), (LETTER, 2)])
def test_a_sheet_holds_what_fits_and_says_where_to_cut(paper, on_one):
    own = replace(PAGE, sheet=replace(PAGE.sheet, pitch="\n".join("一二三四五六七八")))
    document = kind("pitch_cards").compose(own, ZH, "internal", sender(), TODAY)
    sheets = pages(document, sender(), paper)
    assert len(sheets) == 8 // on_one
    marks = {(shape.x1 + shape.x2) / 2 for shape in sheets[0].shapes if hasattr(shape, "x1")}
    assert [round(b - a) for a, b in zip(sorted(marks), sorted(marks)[1:], strict=False)] == [
        round(WIDE)
    ] * 2
    assert LETTER.height < 2 * HIGH  # a second row would not fit


def test_a_character_the_font_lacks_is_named_with_its_place():
    own = replace(PAGE, sheet=replace(PAGE.sheet, pitch="请看 \U0001f984"))
    with pytest.raises(UserError) as refused:
        build("pitch_cards", own, ZH, "internal", sender(), TODAY)
    assert refused.value.code == "report.missing_glyph"
    assert squeezed("话术卡") in squeezed(str(refused.value.params["places"]))
