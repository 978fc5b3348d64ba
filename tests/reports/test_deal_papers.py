"""The deal sheet and the funnel review: complete inside, harmless outside, in each language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.charts import Bar, Step, columns, funnel
from fieldsales.drawing.shapes import Box, Text, key_at
from fieldsales.drawing.text import width
from fieldsales.errors import UserError
from fieldsales.reports.documents import build, kind
from fieldsales.reports.make import make
from fieldsales.services.operations.deals import AddDeal
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.reports.deals import (
    INTERNAL_MARKS,
    TODAY,
    empty_deal,
    empty_funnel,
    rich_deal,
    rich_funnel,
)
from tests.reports.visits import logo_file, sender
from tests.workspaces import add

ZH = Words("zh_CN")
PAPERS = [
    ("deal", rich_deal(), "internal"),
    ("deal", rich_deal(), "customer"),
    ("deal", rich_deal(stage="lost", lost_reason="price", lost_rival="宁川"), "internal"),
    ("deal", empty_deal(), "internal"),
    ("deal", empty_deal(), "customer"),
    ("funnel", rich_funnel(), "internal"),
    ("funnel", empty_funnel(), "internal"),
]


def text(read, code, facts, audience="internal", words=ZH):
    return read(build(code, facts, words, audience, sender(), TODAY)).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "facts", "audience"), PAPERS)
def test_each_paper_opens_with_its_parts(read, code, facts, audience, language):
    words = Words(language)
    data = build(code, facts, words, audience, sender(logo=logo_file()), TODAY)
    pdf = read(data)
    document = kind(code).compose(facts, words, audience, sender(), TODAY)
    assert squeezed(document.title) in pdf.text
    for section in document.sections:
        assert squeezed(section.title) in pdf.text
    assert not re.search(r"\bNone\b", "".join(pdf.pages))
    assert b"Helvetica" not in data
    assert data == build(code, facts, words, audience, sender(logo=logo_file()), TODAY)


def test_a_customer_reads_nothing_internal(read):
    internal = text(read, "deal", rich_deal())
    customer = text(read, "deal", rich_deal(), "customer")
    assert [mark for mark in INTERNAL_MARKS if squeezed(mark) not in internal] == []
    assert [mark for mark in INTERNAL_MARKS if squeezed(mark) in customer] == []
    assert "内部" not in customer
    for said in ("定边县海润牧业有限公司", "教槽料", "把称重记录发过来", "三号栋开试",
                 "两周内拉稀压到一半以下", "李振华"):  # fmt: skip
        assert said in customer


def test_the_sheet_tells_what_is_missing_and_who_could_help(read):
    told = text(read, "deal", rich_deal())
    for said in (
        "已有2/4，其中1项已确认",
        "向导还缺",
        "可以争取做向导的：贺文清（已支持我们）、康小云（还没表态）、任鹏飞（还不了解）",
        "可以争取支持的：康小云（还没表态）、任鹏飞（还不了解）",
        "挖掘需求→呈现价值",
        "当时还缺：对方说出了明确的需求",
        "在这一阶段42天，一般18天",
        "暂放到2026-11-30周一：等预算批下来",
        "只讲能回应他需求的好处",
    ):
        assert said in told
    assert "款项已收齐" not in told  # far behind where it stands


def test_a_deal_without_a_next_step_says_so_inside(read):
    assert "还没有下一步" in text(read, "deal", empty_deal())
    assert "还没有下一步" not in text(read, "deal", empty_deal(), "customer")


def test_stages_and_actions_are_the_users_own(read):
    facts = rich_deal()
    stage = replace(facts.stage, name="报价中", actions="先问预算\n再约演示")
    told = text(read, "deal", replace(facts, stage=stage))
    assert "报价中" in told
    assert "先问预算" in told
    assert "只讲能回应他需求的好处" not in told


def test_the_review_keeps_currencies_apart_and_says_what_it_converted(read):
    told = text(read, "funnel", rich_funnel())
    for said in (
        "21个商机还在谈，共¥1,067,000、$50,000",
        "按填写的汇率折合¥1,424,500",
        "2026年11月目标¥500,000，已成交¥96,000，还差¥404,000；在谈的是差额的50%。",
        "2026年第4季度目标¥600,000",
        "最难过的一步是“建立信任”：75%往下走",
        "已过期",
        "未定日期",
        "海润　全年用料挖掘需求→呈现价值",
        "−¥40,000",
        "没有填写",
        "没有给别人",
        "75%",
    ):
        assert squeezed(said) in told, said
    without = text(read, "funnel", replace(rich_funnel(), rates={}))
    assert squeezed("USD 没有汇率，没有折合") in without


def test_the_review_is_for_inside_only(workspace):
    with pytest.raises(UserError, match="report.internal_only"):
        make(workspace.store, "funnel", "latest", ZH, "customer")


def test_a_hostile_name_is_printed_as_it_is(read):
    name = "<b>不要粗体</b> &amp; % {0} 'DROP"
    assert squeezed(name) in text(read, "deal", rich_deal(title=name, note=name))


def test_papers_of_a_file(db_path, read):
    workspace = Workspace.open(db_path, Clock(date(2026, 11, 9)))
    store = workspace.store
    for code in ("deal", "funnel"):
        if code == "deal":
            with pytest.raises(UserError, match="cli.report.no_deal"):
                make(store, code, "latest", ZH, "internal")
        with pytest.raises(UserError, match="record.gone"):
            make(store, code, "nobody", ZH, "internal")
    customer = add(workspace, "customer", name="海润牧业")
    workspace.run(AddDeal({"title": "试用", "customer_id": customer}))
    made = make(store, "deal", "latest", ZH, "customer")
    assert made.file_name == "合作进展-海润牧业-2026-11-09.pdf"
    assert (made.customer_id, made.visit_id) == (customer, "")
    workspace.run(LoadSample())
    for language in LANGUAGES:
        made = make(store, "funnel", "funnel@2026-10-01", Words(language), "internal")
        assert len(read(made.pdf).pages) >= 3
    with pytest.raises(UserError, match="field.not_a_date"):
        make(store, "funnel", "funnel@soon", ZH, "internal")
    workspace.close()


# --- pictures


def test_a_funnel_can_be_clicked_and_its_texts_stay_in_their_room():
    steps = [
        Step("一个很长很长很长很长的阶段名称" * 3, n, str(n), "¥1,234,567" * 9, key=str(n))
        for n in (3, 0, 9)
    ]
    picture = funnel(steps, 400, size=9, alt="x")
    assert [key_at(picture, 200, y) for y in (9, 40, 75)] == ["3", "0", "9"]
    for shape in picture.shapes:
        if isinstance(shape, Text) and shape.anchor != "middle":
            assert width(shape.text, shape.size, bold=shape.bold) <= 0.3 * 400
    bars = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.fill]
    assert bars[2].width == 3 * bars[0].width
    assert funnel([], 400, size=9, alt="x").shapes == ()


def test_columns_stand_to_scale_beside_their_marks():
    bars = [
        Bar("2026-11", (("good", 1.0), ("accent", 3.0)), "4", mark=8.0, key="a"),
        Bar("2026-12", (), key="b"),
    ]
    picture = columns(bars, (("good", "成交"),), 300, 80, size=9, alt="x")
    parts = [
        shape for shape in picture.shapes if isinstance(shape, Box) and shape.fill and shape.key
    ]
    assert [round(part.height) for part in parts] == [10, 30]
    assert key_at(picture, 75, 60) == "a"
    assert key_at(picture, 225, 60) == "b"
    assert columns([], (), 300, 80, size=9, alt="x").height > 80


def test_an_empty_paper_is_short(read):
    for code, facts in (("deal", empty_deal()), ("funnel", empty_funnel())):
        pdf = read(build(code, facts, ZH, "internal", Letterhead(), TODAY))
        assert len(pdf.pages) <= 2
        assert not re.search(r"\bNone\b|nan", pdf.text)
