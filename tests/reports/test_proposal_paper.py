"""The proposal says what it was given, adds up, breaks well, and keeps to itself what is ours."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from fieldsales.domain.money.totals import totals
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.shapes import Path, Text
from fieldsales.errors import UserError
from fieldsales.reports.document import pages, render
from fieldsales.reports.documents import build, kind
from fieldsales.reports.documents.proposal import BARE
from fieldsales.reports.paper import A4, LETTER, filed
from fieldsales.services.operations.proposals import AddProposalLine, StartProposal
from fieldsales.services.operations.records import AddRecord
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.reports.money import INSIDE, many, offered
from tests.reports.visits import TODAY, logo_file, sender

ZH = Words("zh_CN")


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


def test_without_prices_there_is_no_amount_anywhere(read):
    text = text_of(read, offered(without_prices=1, by_quadrant=1))
    assert not re.search(r"¥|大写|\d,\d{3}|总计|小计|优惠|税", text)
    assert "保育康551" in text
    assert "签约后3天内30%" in text


def test_a_page_for_each_thinking_style_at_their_table_names_none(read):
    pdf = read(build("proposal", offered(by_quadrant=1), ZH, "customer", sender(), TODAY))
    assert squeezed(pdf.pages[-2]).startswith("一眼看清的数字")
    assert squeezed(pdf.pages[-1]).startswith("您说过的，我们记在心上")
    assert "思维" not in pdf.text
    assert "某人" not in pdf.text


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


@pytest.mark.parametrize("accent", ["", "#FFFF00", "#12", "nothing"])
def test_any_accent_prints(read, accent):
    assert "海润牧业有限公司" in text_of(read, offered(template="modern", accent=accent))


def test_large_amounts_fit(read):
    facts = offered(discount="")
    lines = tuple(
        replace(line, price="1000000000000" if line.price else "") for line in facts.lines
    )
    text = text_of(read, replace(facts, lines=lines, parts=()))
    assert "1,000,000,000,000.00" in text


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
