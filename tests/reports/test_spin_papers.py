"""The SPIN sheet, and what brief and visit report say of the talk, to us alone (M27–M29b)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.need import Need
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.ranking import Told
from fieldsales.domain.visit import Talk, Visit, VisitItem
from fieldsales.domain.worksheet import Worksheet, WorksheetRow
from fieldsales.errors import UserError
from fieldsales.reports.documents import build
from fieldsales.reports.documents.spin import Facts, gather
from fieldsales.reports.make import make
from fieldsales.services.library import library
from fieldsales.services.operations.conversation import PlanQuestion
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.worksheets import Spin
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.reports.visits import TODAY, rich, sender
from tests.workspaces import Add

ZH = Words("zh_CN")
LOSS = Need(id="n1", customer_id="c1", text="断奶掉秤", statement="implied")
HALF = Need(id="n2", customer_id="c1", text="拉稀要减半", statement="explicit")
QUIET = Need(id="n3", customer_id="c1", text="夜里少跑两趟", statement="explicit")


def _item(code: str, text: str, answer: str = "", **values: object) -> VisitItem:
    return VisitItem(  # type: ignore[arg-type]
        id=text,
        visit_id="v1",
        code=code,
        text=text,
        answer=answer,
        done=int(bool(answer)),
        **values,
    )


def _rich() -> Facts:
    customer = Customer(id="c1", name="海润牧业", industry="pig_farm")
    deal = Deal(id="d1", customer_id="c1", title="断奶料年单", stage="needs")
    items = (
        _item("situation", "一栋多少头？", "六百"),
        _item("problem", "拉稀多不多？", "拉了一个礼拜", need_id="n1"),
        _item("own1", "夜里谁守？"),
        _item("payoff", "减半能省多少？"),
    )
    visit = Visit(id="v1", customer_id="c1", starts_at="2026-11-09T02:00:00Z", state="concluded")
    rows = (
        WorksheetRow(id="r1", worksheet_id="w", benefit="药费省一半", need_id="n2"),
        WorksheetRow(id="r2", worksheet_id="w", benefit="袋子好拆"),
    )
    spin = Spin(customer, deal, None, items, (LOSS, HALF, QUIET), rows, ((visit, items),))
    own = OwnEntry(id="own1", kind="question", topic="implication", title="夜里谁守？")
    return Facts(spin, (own,), {"needs": "needs"})


def _empty() -> Facts:
    return Facts(Spin(Customer(id="c1", name="绿源"), Deal(id="d", customer_id="c1", title="试单")))


def _text(read, facts: Facts, language: str = "zh_CN") -> str:
    return read(build("spin", facts, Words(language), "internal", sender(), TODAY)).text


def test_the_sheet_tells_questions_answers_needs_and_gaps(read):
    text = _text(read, _rich())
    for said in ("断奶料年单", "挖掘需求", "拉了一个礼拜", "隐含需求", "夜里谁守？", "药费省一半"):
        assert squeezed(said) in text
    assert text.index("背景问题") < text.index("难点问题") < text.index("暗示问题")
    assert "利益，回应：拉稀要减半" in text
    assert text.count("只是优点：客户没说过要") == 1
    assert "难处没追问后果" in text
    assert "别急着讲产品" in text  # what to do about it
    assert "夜里少跑两趟还没有利益回应" in text
    assert "问过了2026-11-09" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_sheet_is_a_form_to_fill_in(read, language):
    words = Words(language)
    text = _text(read, _empty(), language)
    for key in ("spin.found.empty", "spin.wanted.implied", "spin.kind.payoff"):
        assert squeezed(words(key)) in text
    assert squeezed(words("spin.gaps")) not in text


def test_it_is_for_us_alone(read):
    with pytest.raises(UserError, match=r"report\.internal_only"):
        build("spin", _rich(), ZH, "customer", sender(), TODAY)


def test_a_deal_or_a_visit_is_named_with_its_noun_or_without(workspace: Workspace, add: Add):
    with pytest.raises(UserError, match=r"cli\.report\.no_questions"):
        make(workspace.store, "spin", "latest", ZH, "internal")
    customer = add("customer", name="海润")
    deal = add("deal", title="断奶料", stage="needs", customer_id=customer)
    visit = add("visit", customer_id=customer, starts_at="2026-11-09T01:00:00Z")
    workspace.run(PlanQuestion(deal, "用多少？", "situation"))
    for row_id in (f"deal:{deal}", deal, "latest"):
        made = make(workspace.store, "spin", row_id, ZH, "internal")
        assert (made.deal_id, made.visit_id) == (deal, "")
    for row_id in (f"visit:{visit}", visit):
        made = make(workspace.store, "spin", row_id, ZH, "internal")
        assert (made.deal_id, made.visit_id) == ("", visit)
    with pytest.raises(UserError, match=r"record\.gone"):
        gather(workspace.store, "deal:nobody")


# brief and visit report

TALK = Talk(
    sheet=Worksheet(id="w", title="断奶这一关", opening="您说得对，断奶头一周最难。"),
    rows=(WorksheetRow(worksheet_id="w", benefit="药费省一半", need_id="n2"),),
    needs=(HALF,),
    expected=(VisitItem(kind="objection", code="why_dearer", text="凭什么贵四分？"),),
    technique="weigh",
)
SPOKEN = ("断奶头一周最难", "药费省一半", "凭什么贵四分", "权衡利弊", "现在每月用多少")


def test_the_brief_prints_what_is_ready_to_be_said(read):
    facts = replace(rich(state="planned"), talk=TALK)
    brief = read(build("brief", facts, ZH, "internal", sender(), TODAY)).text
    for said in SPOKEN:
        assert squeezed(said) in brief
    handed = read(build("brief", facts, ZH, "customer", sender(), TODAY)).text
    assert [said for said in SPOKEN if squeezed(said) in handed] == []


def test_an_objection_is_answered_in_the_way_of_those_at_the_table_or_by_what_worked(read):
    entry = library("zh_CN").objections["why_dearer"]
    facts = replace(rich(state="planned"), talk=TALK)  # 王总 is an A
    told = read(build("brief", facts, ZH, "internal", sender(), TODAY)).text
    assert squeezed(entry.answer_a[0])[:12] in told
    nobody = replace(facts, people=())
    told = read(build("brief", nobody, ZH, "internal", sender(), TODAY)).text
    assert squeezed(entry.answer)[:12] in told
    worked = replace(TALK, tallies={"why_dearer": (Told("c", "", 9, 10),)})
    told = read(build("brief", replace(nobody, talk=worked), ZH, "internal", sender(), TODAY)).text
    assert squeezed(entry.answer_c[0])[:12] in told


def test_the_report_prints_what_was_asked_answered_and_tried(read):
    items = (
        VisitItem(kind="question", code="problem", text="拉稀多不多？", answer="多", done=1),
        VisitItem(kind="question", code="payoff", text="减半值多少？", answer="两万", done=1),
        VisitItem(kind="objection", text="嫌贵", answer="按头算", worked="yes", done=1),
        VisitItem(kind="closing", code="either_or", text="周三还是周五？", answer="周三", done=1,
                  worked="no"),
    )  # fmt: skip
    facts = replace(rich(), items=items, talk=TALK)
    text = read(build("visit", facts, ZH, "internal", sender(), TODAY)).text
    assert text.index("难点问题") < text.index("拉稀多不多") < text.index("需求-效益问题")
    assert "嫌贵" in text
    assert "周三还是周五？" in text
    assert "二选一不管用" in text
    assert text.count("管用") == 2
    handed = read(build("visit", facts, ZH, "customer", sender(), TODAY)).text
    told = ("拉稀多不多", "嫌贵", "周三还是周五", "药费省一半")
    assert [said for said in told if said in handed] == []
