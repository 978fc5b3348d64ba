"""The proposal says what it was given, adds up, breaks well, and keeps to itself what is ours."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image as PilImage

from fieldsales.domain.contact import BuyingRole
from fieldsales.domain.money.proposal import ACCENTS, IMAGE
from fieldsales.domain.money.totals import margin, totals
from fieldsales.domain.need import Need
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.shapes import Box, Image, Path, Text
from fieldsales.drawing.text import width
from fieldsales.errors import UserError
from fieldsales.reports.amounts import figure, number
from fieldsales.reports.document import pages, render
from fieldsales.reports.documents import build, kind
from fieldsales.reports.documents.proposal import BARE
from fieldsales.reports.paper import A4, LETTER, TITLE, filed
from fieldsales.services.operations.proposals import AddProposalLine, StartProposal
from fieldsales.services.operations.records import AddRecord
from fieldsales.store.queries.money_papers import Enclosed
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.reports.money import INSIDE, many, offered
from tests.reports.visits import TODAY, logo_file, sender

ZH = Words("zh_CN")
_OURS = ("inside", "our_copy", "cost", "margin", "margin_percent", "net_amount")


def text_of(read, facts, words=ZH, audience="customer"):
    return read(build("proposal", facts, words, audience, sender(), TODAY)).text


def composed(facts, words=ZH, audience="customer"):
    return kind("proposal").compose(facts, words, audience, sender(), TODAY)


@pytest.mark.parametrize("template", ["classic", "modern", "compact"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", [A4, LETTER, filed(A4)], ids=["a4", "letter", "filed"])
def test_what_was_typed_stands_on_each_template_and_sheet(read, template, language, sheet):
    facts = offered(template=template, accent="#B0261E")
    head = sender(logo=logo_file())
    document = kind("proposal").compose(facts, Words(language), "customer", head, TODAY)
    text = read(render([document], head, TODAY, sheet)).text
    proposal = facts.proposal
    for told in (proposal.title, proposal.number, proposal.opening, proposal.delivery,
                 proposal.terms, proposal.closing, proposal.sha256, facts.customer.name):  # fmt: skip
        assert squeezed(told) in text
    for line in facts.lines:
        assert squeezed(line.product_name + line.text) in text
    for one in facts.instalments:
        assert one.label in text
    assert "断奶七天内增重多0.4公斤" in text


def test_the_sums_on_paper_are_those_of_the_rule(read):
    facts = offered()
    found = totals(facts.proposal, facts.lines, 2)
    text = text_of(read, facts)
    assert f"总计（含税）¥{found.total / 100:,.2f}" in text
    assert f"优惠-{found.discount / 100:,.2f}" in text
    for one in found.rates:
        assert f"其中税额{one.rate}%（不含税{one.net / 100:,.2f}）{one.tax / 100:,.2f}" in text
    assert "大写金额：人民币叁拾玖万壹仟玖佰伍拾陆元肆角捌分" in text
    assert "大写" not in text_of(read, facts, Words("en"))


def test_tax_that_is_added_is_told_line_by_line(read):
    text = text_of(read, offered(tax_mode="added"))
    assert "不含税金额391,956.48" in text
    assert "税额6%（计税金额2,363.70）141.82" in text
    assert "总计（含税）¥427,161.65" in text


def test_what_does_not_count_says_so(read):
    text = text_of(read, offered())
    assert "乳猪宝2号可替换上一项，不计入总计" in text
    assert "料线清洗选配，不计入总计" in text
    assert "原114,501.56，优惠5%" in text


def test_the_parts_have_days_where_they_are_known(read):
    waiting = text_of(read, offered())
    assert "预付签约后3天内30%117,586.94" in waiting
    assert "余款2027-06-30前" in waiting
    agreed = text_of(read, offered(state="accepted", decided_at="2026-11-10T03:00:00Z"))
    assert "预付2026-11-13前" in agreed


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_ours_stays_with_us(read, language):
    words = Words(language)
    facts = offered(by_quadrant=1, valid_until="2026-11-10")
    ours, theirs = (text_of(read, facts, words, one) for one in ("internal", "customer"))
    inside = [words(f"report.proposal.{name}") for name in ("inside", "expired", "margin_percent")]
    for mark in (facts.proposal.note, *inside):
        assert squeezed(mark) in ours
        assert squeezed(mark) not in theirs
    assert "想升职" not in ours + theirs  # a person's own need
    assert "年底有成绩可报" not in theirs
    if language == "zh_CN":
        assert all(mark not in theirs for mark in INSIDE)
        assert "驻场指导：低于最低价" in ours
        assert "有1行没有成本" in ours
        assert "有1条需求属于个人或没有分类" in ours


@pytest.mark.parametrize("template", ["classic", "modern", "compact"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bare", [False, True])
def test_the_customers_copy_has_no_cost_margin_attitude_or_note(read, template, language, bare):
    words = Words(language)
    facts = offered(template=template, by_quadrant=1, state="declined", decided_why="嫌回款太急")
    lines = tuple(
        replace(line, cost="3977.31", minimum="4066.83") if line.price else line
        for line in facts.lines
    )
    role = BuyingRole(contact_id="k1", attitude=-2, influence=5, evidence="背后说我们贵")
    readers = tuple(replace(one, roles=(role,)) for one in facts.readers)
    facts = replace(facts, lines=lines, readers=readers, unpriced=bare)
    earned = margin(facts.proposal, lines, totals(facts.proposal, lines, 2), 2)
    inside = [
        *("3,977.31", "4,066.83", figure(earned.amount, "CNY"), figure(earned.cost, "CNY")),
        *(f"{earned.percent}%", facts.proposal.note, "嫌回款太急", "背后说我们贵", "想升职"),
        *(squeezed(words(f"report.proposal.{key}", sign="¥")) for key in _OURS),
    ]
    theirs = text_of(read, facts, words)
    assert [told for told in inside if told and told in theirs] == []
    assert all(told in text_of(read, facts, words, "internal") for told in inside[2:6])


def test_without_prices_there_is_no_amount_anywhere(read):
    text = text_of(read, offered(without_prices=1, by_quadrant=1))
    assert not re.search(r"¥|大写|\d,\d{3}|总计|小计|优惠|税", text)
    assert "保育康551" in text
    assert "签约后3天内30%" in text


def test_a_page_for_each_thinking_style_at_their_table_names_none(read):
    pdf = read(build("proposal", offered(by_quadrant=1), ZH, "customer", sender(), TODAY))
    assert squeezed(pdf.pages[-2]).startswith("一眼看清的数字")
    assert squeezed(pdf.pages[-1]).startswith("您说过的，我们记在心上")
    value = "得到的价值¥476,000.00"
    assert squeezed(pdf.text).count(value) == 1  # with their needs, and not again
    alone = offered(by_quadrant=1, with_needs=0)
    pdf = read(build("proposal", alone, ZH, "customer", sender(), TODAY))
    assert value in next(squeezed(page) for page in pdf.pages if "一眼看清的数字" in page)
    bare = replace(offered(by_quadrant=1), rows=(), parts=())
    (page,) = (
        page
        for page in read(build("proposal", bare, ZH, "customer", sender(), TODAY)).pages
        if "一眼看清的数字" in page
    )
    assert "要付多少，一行一行看得清。" in page
    for told in (offered(by_quadrant=1), bare):
        text = read(build("proposal", told, ZH, "customer", sender(), TODAY)).text
        assert "思维" not in text
        assert "某人" not in text


def test_a_draft_is_marked_on_every_page_and_has_no_number():
    draft = pages(composed(offered(state="draft", number="")), Letterhead())
    final = pages(composed(offered()), Letterhead())

    def large(page):
        return [one for one in page.shapes if isinstance(one, Text) and one.size > 60]

    assert all(large(page) for page in draft)
    assert not any(large(page) for page in final)
    assert composed(offered(state="draft", number="")).mark is None
    assert composed(offered()).mark.alt == "Q-2026-0031"


def test_the_signature_is_placed_on_the_page_with_its_name_and_time(read):
    def ink(facts):
        return [
            shape
            for page in pages(composed(replace(facts, parts=())), Letterhead())
            for shape in page.shapes
            if isinstance(shape, Path)
        ]

    assert [len(stroke.points) for stroke in ink(offered())] == [4, 3]
    assert ink(offered(signature="")) == []
    assert "贺文清2026-11-12" in text_of(read, offered())
    unsigned = offered(signature="", signed_at=None, signed_by="", sha256="")
    assert text_of(read, unsigned).count("签字（盖章）、日期") == 1


def test_a_picture_of_a_signature_fits_its_field_and_paper_has_its_day(read):
    png = (
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAAAAABawyK/AAAADklEQVR4nGNw"
        "AAIGEAEACgoCARonIUMAAAAASUVORK5CYII="
    )
    facts = replace(offered(signature=IMAGE + png), parts=())
    drawn = [
        shape
        for page in pages(composed(facts), Letterhead())
        for shape in page.shapes
        if isinstance(shape, Image) and shape.height != shape.width  # not the code
    ]
    assert [round(shape.width / shape.height, 3) for shape in drawn] == [2.0]
    on_paper = offered(signature="", signed_on="2026-11-10")
    assert "贺文清2026-11-10" in text_of(read, on_paper)


def test_amounts_and_prices_stand_with_their_points_below_one_another():
    (page, *_) = pages(composed(offered()), Letterhead())
    prices = [
        one
        for one in page.shapes
        if isinstance(one, Text) and one.text in ("4,780.00", "9,160.125", "8,600.00", "800.00")
    ]
    assert len(prices) == 4
    ends = {one.text: one.x for one in prices}
    assert ends["9,160.125"] > ends["4,780.00"] == ends["8,600.00"] == ends["800.00"]


def test_three_hundred_lines_break_well(read):
    pdf = read(build("proposal", many(300), ZH, "customer", sender(), TODAY))
    offered_on = [page for page in pdf.pages if "料线配件" in page]
    assert len(offered_on) > 8
    assert all("产品或服务" in page for page in offered_on)
    assert "大写金额" in squeezed(pdf.pages[len(offered_on) - 1] + pdf.pages[len(offered_on)])
    for page in offered_on:  # a group's heading does not end a page
        assert not re.search(r"猪舍设备[\d,.]*$", squeezed(page).split("建议书Q-2026")[0])


def test_the_totals_stand_with_lines_and_the_signatures_with_words():
    for count in range(18, 60, 3):
        facts = many(count)
        facts = replace(facts, proposal=replace(facts.proposal, discount=""))
        for language in ("zh_CN", "en"):
            found = pages(composed(facts, Words(language)), Letterhead())
            told = [[one.text for one in page.shapes if isinstance(one, Text)] for page in found]
            (summed,) = (
                page for page in told if Words(language)("report.proposal.total_taxed") in page
            )
            assert {str(count - 1), str(count)} <= set(summed)
            (signed,) = (
                page for page in told if Words(language)("report.proposal.sign_here") in page
            )
            assert "有不合适的地方请直接圈出来，我们改。" in signed


def test_a_title_of_many_words_keeps_clear_of_the_code():
    for template in ("classic", "modern", "compact"):
        facts = offered(title="全年用料合同" * 30, number="Q-" + "9" * 38, template=template)
        document = composed(facts)
        (page, *_) = pages(document, Letterhead())
        texts = [one for one in page.shapes if isinstance(one, Text)]
        code = min(one.x for one in page.shapes if isinstance(one, Image))
        for one in texts:
            if one.size == TITLE:
                long = width(one.text, one.size, bold=True)
                assert one.x + (long / 2 if one.anchor == "middle" else long) < code
        assert facts.proposal.number in {one.text for one in texts}  # on one line


def test_each_accent_has_its_colour():
    def painted(accent):
        (page, *_) = pages(composed(offered(template="modern", accent=accent)), Letterhead())
        return next(one.fill for one in page.shapes if isinstance(one, Box))

    colours = {painted(accent) for accent in ACCENTS}
    assert len(colours) == len(ACCENTS)
    assert all(colour.startswith("#") for colour in colours)
    assert painted("") == painted("nothing") == "accent"


@pytest.mark.parametrize("accent", ["", "#FFFF00", "#12", "nothing"])
def test_any_accent_prints(read, accent):
    assert "海润牧业有限公司" in text_of(read, offered(template="modern", accent=accent))


@pytest.mark.parametrize("sheet", [A4, LETTER, filed(A4)], ids=["a4", "letter", "filed"])
@pytest.mark.parametrize(
    ("price", "quantity"),
    [("1000000000000.12345678", "999.123456"), ("0.00012345", "1000000"), ("4780", "60")],
)
def test_no_figure_is_broken(sheet, price, quantity):
    facts = offered(discount="")
    lines = tuple(
        replace(line, price=price, quantity=quantity) if line.price else line
        for line in facts.lines
    )
    facts = replace(facts, lines=lines, parts=())
    found = totals(facts.proposal, lines, 2)
    texts = {
        one.text
        for page in pages(composed(facts, audience="internal"), Letterhead(), sheet)
        for one in page.shapes
        if isinstance(one, Text)
    }
    assert {number(price, 2), number(quantity), "¥" + figure(found.total, "CNY")} <= texts
    assert {figure(one.amount, "CNY") for one in found.amounts.values()} <= texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["customer", "internal"])
def test_a_proposal_without_lines_says_so(read, language, audience):
    words = Words(language)
    facts = replace(offered(discount="", state="draft", number=""), lines=(), instalments=())
    for one in (facts, replace(facts, unpriced=True)):
        text = text_of(read, one, words, audience)
        assert squeezed(words("report.proposal.nothing")) in text
        assert squeezed(words("report.proposal.margin", sign="¥")) not in text


def test_the_longest_texts_are_all_there(read):
    name = "保育猪配合饲料" * 28
    facts = offered(terms="按到场过磅吨位结算。\n" * 400, opening="开" * 5_000)
    lines = (replace(facts.lines[1], product_name=name, text="说明" * 1_000), *facts.lines[2:])
    text = text_of(read, replace(facts, lines=lines))
    assert text.count("保育猪配合饲料") >= 27  # one is parted by the figures of its line
    assert text.count("说明") == 1_000
    assert text.count("按到场过磅吨位结算。") == 400
    assert text.count("开") == 5_000


@pytest.mark.parametrize(
    ("where", "changed"),
    [("title", {"title": "报价 😀"}), ("terms", {"terms": "龘龘𠮷野家"}), ("note", {"note": "👍"})],
)
def test_what_the_font_lacks_is_told_never_left_blank(where, changed):
    with pytest.raises(UserError) as refused:
        build("proposal", offered(**changed), ZH, "internal", sender(), TODAY)
    assert refused.value.code == "report.missing_glyph"
    assert refused.value.params["characters"] in changed[where]


def test_a_logo_that_is_broken_or_far_too_large_is_told():
    blank = BytesIO()
    PilImage.new("1", (10_001, 10_000)).save(blank, "PNG")
    for data in (b"no picture", logo_file()[:90], blank.getvalue()):
        with pytest.raises(UserError) as refused:
            build("proposal", offered(), ZH, "customer", sender(logo=data), TODAY)
        assert refused.value.code == "report.logo_unreadable"


def test_a_discount_above_the_whole_is_told():
    with pytest.raises(UserError) as refused:
        composed(offered(discount="99999999"))
    assert refused.value.code == "proposal.discount_over_whole"


def test_needs_that_no_benefit_answers_are_told_as_heard(read):
    heard = (
        Need(id="n3", text="料塔清洗有人管", statement="explicit", category="performance"),
        Need(id="n4", text="别的生意的事", statement="explicit", category="image", deal_id="d9"),
        Need(id="n5", text="年底要升职", statement="explicit", category="achievement"),
        Need(id="n6", text="有点贵", statement="implied", category="finance"),
    )
    facts = offered(by_quadrant=1)
    beside = replace(facts, needs=(*facts.needs, *heard))
    text = text_of(read, beside)
    assert "您还提到料塔清洗有人管" in text.replace("–", "")
    assert "您说：料塔清洗有人管" in text
    alone = text_of(read, replace(beside, rows=()))
    assert "您说过，这份建议就是为此写的" in alone
    assert "断奶后不掉膘" in alone
    for mark in ("别的生意的事", "年底要升职", "有点贵"):
        assert mark not in text + alone
    none = text_of(read, replace(facts, needs=(), rows=()), audience="internal")
    assert squeezed(ZH("report.proposal.no_needs")) in none


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_that_go_along_are_listed_and_in_the_pdf(read, tmp_path, language):
    words = Words(language)
    report, brochure = tmp_path / "a", tmp_path / "b"
    report.write_bytes(b"%PDF-1.4 test report " * 500)
    brochure.write_bytes(b"brochure" * 100)
    facts = replace(
        offered(),
        enclosed=(
            Enclosed("检验单（保育康 551）.pdf", 10_500, 3, report),
            Enclosed("样本.pptx", 800, None, brochure),
            Enclosed("现场录像.mp4", 180_400_000, None, report),
            Enclosed("丢了的.txt", 10, None, tmp_path / "gone"),
        ),
    )
    pdf = build("proposal", facts, words, "customer", sender(), TODAY)
    text = read(pdf).text
    here = squeezed(words("report.proposal.in_this_pdf"))
    told = ("10 KB", words("report.proposal.pages", n=3), words("report.proposal.in_this_pdf"))
    assert squeezed(words("report.separator").join(told)) in text
    assert "180.4MB" in text
    assert text.count(here) == 2
    inside = [zlib.decompress(data) for data in re.findall(
        rb"/EmbeddedFile\b.*?stream\r?\n(.*?)endstream", pdf, re.DOTALL)]  # fmt: skip
    assert inside == [report.read_bytes(), brochure.read_bytes()]
    assert pdf == build("proposal", facts, words, "customer", sender(), TODAY)


def test_photos_that_go_along_are_printed(read, tmp_path):
    picture, broken = tmp_path / "a", tmp_path / "b"
    picture.write_bytes(logo_file())
    broken.write_bytes(b"no picture")
    facts = replace(
        offered(),
        enclosed=(
            Enclosed("保育舍.jpg", 900, None, picture, photo=True),
            Enclosed("坏的.jpg", 10, None, broken, photo=True),
        ),
    )
    pdf = build("proposal", facts, ZH, "customer", sender(), TODAY)
    text = read(pdf).text
    assert "图片" in text
    assert all(name in text for name in ("保育舍", "坏的"))
    assert squeezed(ZH("report.photo_unreadable")) in text
    assert ".jpg" not in text
    assert b"/EmbeddedFiles" not in pdf
    images = [
        one for page in pages(composed(facts), Letterhead()) for one in page.shapes
        if isinstance(one, Image)
    ]  # fmt: skip
    assert len(images) == 2  # the code of its number is the other


def test_it_is_gathered_from_the_file(workspace):
    ours = AddRecord("customer", {"name": "海润牧业"})
    workspace.run(ours)
    paper = kind("proposal")
    with pytest.raises(UserError) as none:
        paper.latest(workspace.store)
    assert none.value.code == "cli.report.none_made"
    begun = StartProposal({"customer_id": ours.row_id, "title": "冬季用料"})
    workspace.run(begun)
    workspace.run(AddProposalLine(begun.row_id, {"product_name": "干奶料", "quantity": "2"}))
    assert paper.latest(workspace.store) == begun.row_id
    facts = paper.gather(workspace.store, begun.row_id)
    assert [line.product_name for line in facts.lines] == ["干奶料"]
    assert not facts.bare
    assert paper.gather(workspace.store, begun.row_id + BARE).bare
    assert paper.subject(facts).customer_id == ours.row_id
    with pytest.raises(UserError) as gone:
        paper.gather(workspace.store, "nobody")
    assert gone.value.code == "record.gone"
