"""Pages keep to the grid, the type scale and the rules of where a page may break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldsales.domain.customer import Customer
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import (
    Column,
    Figure,
    Photo,
    Photos,
    Point,
    Points,
    Said,
    Section,
    Table,
    cell,
    prose,
)
from fieldsales.drawing.shapes import Box, Image, Line, Picture, Text
from fieldsales.drawing.text import width
from fieldsales.errors import UserError
from fieldsales.reports.document import Document, pages
from fieldsales.reports.documents import kind
from fieldsales.reports.paper import A4, A4_FILED, LETTER, MM
from fieldsales.words import LANGUAGES, PSEUDO, Words
from tests.reports.deals import rich_deal, rich_funnel
from tests.reports.visits import TODAY, logo_file, picture_file, rich, sender

ZH = Words("zh_CN")


def _document(*sections: Section) -> Document:
    return Document("报告", "客户", ("一行",), sections, "2026-11-09", "第一版", ZH)


FACTS = {"brief": rich(), "visit": rich(), "deal": rich_deal(), "funnel": rich_funnel()}


def _texts(page: Picture) -> list[Text]:
    return [shape for shape in page.shapes if isinstance(shape, Text)]


def _rows(page: Picture, mark: str) -> list[str]:
    return [text.text for text in _texts(page) if text.text.startswith(mark)]


@pytest.mark.parametrize("paper", [A4, A4_FILED, LETTER], ids=["a4", "filed", "letter"])
@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
@pytest.mark.parametrize("audience", ["internal", "customer"])
@pytest.mark.parametrize("code", sorted(FACTS))
def test_everything_stands_within_the_margins_in_four_sizes(code, audience, language, paper):
    document = kind(code).compose(FACTS[code], Words(language), audience, sender(), TODAY)
    sizes: set[float] = set()
    for page in pages(document, sender(logo=logo_file()), paper):
        assert (page.width, page.height) == (paper.width, paper.height)
        for text in _texts(page):
            sizes.add(text.size)
            long = width(text.text, text.size, bold=text.bold)
            left = text.x - {"start": 0, "middle": long / 2, "end": long}[text.anchor]
            assert left >= paper.left - 0.01, text
            assert left + long <= paper.width - paper.right + 0.01, text
            assert text.size < text.y <= paper.height - 10 * MM, text
        for shape in page.shapes:
            if isinstance(shape, Line) and shape.stroke in ("line", "hairline"):
                assert shape.y1 == shape.y2  # no vertical rules
    assert len(sizes) <= 4


@pytest.mark.parametrize("code", sorted(FACTS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_text_do_not_run_into_each_other(code, language):
    name = "Northern Telecom Group (Holdings) Company Limited, 北方电信集团控股有限公司"
    facts = FACTS[code]
    if code in ("brief", "visit"):
        facts = replace(facts, customer=Customer(id="c1", name=name, short_name=name))
    elif code == "deal":
        facts = rich_deal(title=name, seller=name, competitor=name)
    else:
        facts = replace(facts, names={"d1": (name, name)})
    document = kind(code).compose(facts, Words(language), "internal", sender(), TODAY)
    for page in pages(document, sender(logo=logo_file())):
        boxes = []
        for text in _texts(page):
            long = width(text.text, text.size, bold=text.bold)
            left = text.x - {"start": 0, "middle": long / 2, "end": long}[text.anchor]
            boxes.append((left, left + long, text.y - 0.8 * text.size, text.y + 0.1 * text.size))
        for index, (left, right, top, bottom) in enumerate(boxes):
            for other in boxes[index + 1 :]:
                apart = right <= other[0] or other[1] <= left
                assert apart or bottom <= other[2] or other[3] <= top, (boxes[index], other)


def test_the_letterhead_takes_28_mm_at_most_and_none_takes_no_room():
    long = "很长的公司名称" * 12
    address = "很长的地址，" * 40
    document = _document(Section("甲", (prose("乙"),)))
    (page,) = pages(document, sender(company=long, address=address, logo=logo_file()))
    title = next(text for text in _texts(page) if text.text == "客户")
    rule = next(shape for shape in page.shapes if isinstance(shape, Line))
    head = [shape for shape in page.shapes if isinstance(shape, Image | Text) and shape.y < rule.y1]
    assert rule.y1 - min(shape.y for shape in head) <= 28 * MM
    (bare,) = pages(document, Letterhead())
    assert next(text for text in _texts(bare) if text.text == "客户").y < title.y - 10 * MM


@pytest.mark.parametrize("lines", range(20, 46))
def test_no_row_is_left_alone_and_the_header_is_repeated(lines):
    table = Table(
        (Column("姓名", 1), Column("金额", 1, "end")),
        tuple((cell(f"行{n}"), cell(f"{n},000.00")) for n in range(6)),
    )
    document = _document(
        Section("前文", (prose("\n".join("一行" for _ in range(lines))),)), Section("表", (table,))
    )
    found = pages(document, sender())
    rows = [_rows(page, "行") for page in found]
    assert [row for page_rows in rows for row in page_rows] == [f"行{n}" for n in range(6)]
    assert all(len(page_rows) != 1 for page_rows in rows)
    for page, page_rows in zip(found, rows, strict=True):
        assert bool(page_rows) == bool(_rows(page, "姓名"))


@pytest.mark.parametrize("lines", range(20, 46))
def test_a_title_never_stands_at_the_foot_of_a_page(lines):
    points = Points(tuple(Point(Said(f"条{n}")) for n in range(3)), heading="小标题")
    document = _document(
        Section("前文", (prose("\n".join("一行" for _ in range(lines))),)),
        Section("很长很长很长很长很长很长很长的标题", (points,)),
    )
    for page in pages(document, sender()):
        if _rows(page, "小标题"):
            assert _rows(page, "很长")
            assert len(_rows(page, "条")) >= 2


def test_numbers_stand_on_their_decimals():
    table = Table(
        (Column("项", 1), Column("金额", 1, "end")),
        tuple((cell("x"), cell(amount)) for amount in ("1,000.00", "99.50", "12,345,678.90")),
    )
    (page,) = pages(_document(Section("表", (table,))), sender())
    amounts = [text for text in _texts(page) if "." in text.text and text.anchor == "end"]
    assert len({text.x for text in amounts if text.size == 9.5}) == 1


def test_a_row_taller_than_a_page_flows_on_below_its_header():
    long = "".join(f"第{n}句话说得不短。" for n in range(400))
    table = Table((Column("姓名", 1), Column("说明", 3)), ((cell("王"), cell(long)),))
    found = pages(_document(Section("表", (table,))), sender())
    assert len(found) > 2
    assert all(_rows(page, "说明") for page in found)
    text = "".join(t.text for page in found for t in _texts(page) if t.size == 9.5 and not t.bold)
    assert long in text.replace("表", "").replace("王", "").replace("一行", "")


def test_photos_stand_two_in_a_row_upright_and_within_their_box(tmp_path):
    wide = picture_file(tmp_path / "宽.jpg")
    turned = picture_file(tmp_path / "竖.jpg", orientation=6)
    (tmp_path / "坏.jpg").write_bytes(b"\xff\xd8 not a photo")
    photos = Photos(
        (
            Photo(wide, "宽的"),
            Photo(turned, "竖的"),
            Photo(tmp_path / "坏.jpg", "坏的"),
            Photo(tmp_path / "不在.jpg", "不在的"),
        )
    )
    (page,) = pages(_document(Section("照片", (photos,))), Letterhead())
    first, second = (shape for shape in page.shapes if isinstance(shape, Image))
    assert first.y == second.y
    assert first.x + first.width < second.x
    assert first.width / first.height == pytest.approx(4 / 3, abs=0.01)
    assert second.width / second.height == pytest.approx(3 / 4, abs=0.01)
    for caption in ("宽的", "竖的", "坏的", "不在的"):
        assert _rows(page, caption)
    assert len(_rows(page, "这张照片打不开")) == 2


def test_a_figure_stands_below_its_finding():
    drawing = Picture(200, 60, (Box(0, 0, 50, 60, fill="accent"), Text(60, 30, "61 %", 9.5)))
    finding = "3 家明星客户带来 61 % 销售"
    (page,) = pages(_document(Section("图", (Figure(finding, drawing),))), Letterhead())
    (said,) = (text for text in _texts(page) if text.text == finding)
    (bar,) = (shape for shape in page.shapes if isinstance(shape, Box))
    assert said.y < bar.y
    assert said.x == bar.x


def test_a_figure_with_a_name_that_cannot_be_printed_is_refused():
    drawing = Picture(50, 20, (Text(0, 10, "王😀", 9.5),))
    with pytest.raises(UserError) as refused:
        pages(_document(Section("图", (Figure("f", drawing),))), Letterhead())
    assert refused.value.params == {"places": "图“王😀”", "characters": "😀"}
