"""Deals from a list: customers found or made, stages by any name, amounts in their currency."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.services import checkup
from fieldsales.services.importing import importer, mapping
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.values import amount, currency
from fieldsales.services.moving import Answers
from fieldsales.services.operations.deals import MoveDeals
from fieldsales.services.operations.pipelines import AddStage
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.queries.pipelines import history
from tests.workspaces import add, data_hash

LIST = """商机名称,客户名称,销售阶段,预计金额,币种,预计成交日期,意向产品,竞争对手,负责人,丢单原因,备注,标签
全年用料,海润牧业,呈现价值,86万元,,2026-12-07,教槽料,双禾、宁川,周明远,,先从三栋开始,大单
秋季备货,金穗饲料,赢单,"¥372,000.50",,2026/11/1,,,周明远,,,
出口一批,海润牧业,WON,5000,USD,2026-10-03,,,,,,
旧单,新农,已丢单,3000,,,,,,太贵,,
没有原因,新农,输单,3000,,,,,,,,
没有金额,新农,赢单,,,,,,,,,
没阶段,新农,喝茶中,约三千,澳元,下个月,,,,,,
,新农,,,,,,,,,,
没客户,,,,,,,,,,,
负数,新农,,-5,,,,,,,,
"""


@pytest.fixture
def bring(workspace, tmp_path: Path):
    def brought(text: str, **changes: object):
        path = tmp_path / "商机.csv"
        path.write_text(text, encoding="utf-8")
        sheet = read(path)
        proposed = importer.propose(workspace.store, sheet)
        assert proposed.kind == "deals"
        names = ("kind", "columns", "match", "whole", "update")
        fixed = {name: getattr(proposed, name) for name in names}
        return importer.run(workspace, sheet, importer.Request(**{**fixed, **changes}))

    return brought


def deals(workspace) -> dict[str, Deal]:
    found = workspace.store.records(Deal, "SELECT * FROM deal WHERE trashed_at IS NULL ORDER BY id")
    return {deal.title: deal for deal in found}


def test_deals_come_with_their_stage_amount_and_customer(workspace, bring):
    known = add(workspace, "customer", name="海润牧业")
    before = data_hash(workspace)
    outcome = bring(LIST)
    assert (outcome.added, outcome.others, outcome.updated, outcome.skipped) == (5, 2, 0, 5)
    found = deals(workspace)
    year = found["全年用料"]
    assert (year.customer_id, year.stage, year.amount, year.currency) == (
        known,
        "value",
        86_000_000,
        "CNY",
    )
    assert (year.expected_close, year.product, year.rivals) == (
        "2026-12-07",
        "教槽料",
        ("双禾", "宁川"),
    )
    autumn = found["秋季备货"]
    assert (autumn.stage, autumn.order_amount, autumn.ordered_on) == (
        "won",
        37_200_050,
        "2026-11-01",
    )
    assert (found["出口一批"].amount, found["出口一批"].currency) == (500_000, "USD")
    assert (found["旧单"].lost_reason, found["旧单"].lost_rival) == ("price", "unknown")
    odd = found["没阶段"]
    assert (odd.stage, odd.amount, odd.expected_close) == ("target", None, None)
    assert odd.note == "销售阶段：喝茶中\n预计金额：约三千\n币种：澳元\n预计成交日期：下个月"
    assert [one.cause for one in history(workspace.store, year.id)] == ["import"]
    told = [(problem.row, problem.code) for problem in outcome.problems if not problem.kept]
    assert told == [
        (6, "deal.move_needs_loss"),
        (7, "deal.move_needs_order"),
        (9, "field.required"),
        (10, "field.required"),
        (11, "field.too_small"),
    ]
    tags = "SELECT t.name FROM deal_tagging g JOIN tag t ON t.id = g.tag_id"
    assert workspace.store.rows(tags) == [("大单",)]
    assert checkup.findings(workspace.store) == []
    workspace.undo()
    assert data_hash(workspace) == before


def test_headings_as_short_as_people_write_them(workspace, bring):
    bring("商机,客户,阶段,金额,预计成交\n全年用料,海润牧业,呈现价值,86万,2026-12-07\n")
    assert deals(workspace)["全年用料"].expected_close == "2026-12-07"


def test_the_same_list_again_changes_nothing(workspace, bring):
    bring(LIST)
    before = deals(workspace)
    outcome = bring(LIST)
    assert (outcome.added, outcome.updated, outcome.others, outcome.unchanged) == (0, 0, 0, 5)
    assert deals(workspace) == before


def test_a_known_deal_is_moved_by_the_rule_of_every_move(workspace, bring):
    bring("商机名称,客户名称,阶段,金额\n年单,海润,target,100\n")
    outcome = bring("商机名称,客户名称,阶段,金额\n年单,海润,挖掘需求,200\n")
    assert (outcome.added, outcome.updated) == (0, 1)
    deal = deals(workspace)["年单"]
    assert (deal.stage, deal.amount) == ("needs", 20_000)
    change = history(workspace.store, deal.id)[-1]
    assert (change.from_stage, change.to_stage, change.cause) == ("target", "needs", "import")
    assert ("trust", "guide") in change.missing_codes
    bring("商机名称,客户名称,阶段,丢单原因,丢给了谁\n年单,海润,丢单,价格,宁川\n")
    lost = deals(workspace)["年单"]
    assert (lost.stage, lost.lost_reason, lost.lost_rival) == ("lost", "price", "宁川")
    bring("商机名称,客户名称,阶段,丢单原因\n年单,海润,丢单,服务\n")
    again = deals(workspace)["年单"]
    assert (again.lost_reason, again.lost_rival) == ("service", "宁川")  # who it was stays known
    bring("商机名称,客户名称,阶段,金额,下单日期\n年单,海润,成交,300,2026-11-02\n")
    won = deals(workspace)["年单"]
    assert (won.stage, won.order_amount, won.lost_reason) == ("won", 30_000, "")
    assert (
        bring("商机名称,客户名称,阶段,金额,下单日期\n年单,海润,成交,400,2026-11-02\n").updated == 1
    )
    assert deals(workspace)["年单"].order_amount == 30_000  # an order on record is not guessed anew
    assert checkup.findings(workspace.store) == []


def test_what_is_there_can_be_left_alone(workspace, bring):
    bring("商机名称,客户名称,阶段\n年单,海润,target\n")
    outcome = bring("商机名称,客户名称,阶段\n年单,海润,needs\n", update=False)
    assert (outcome.updated, outcome.unchanged) == (0, 1)
    assert deals(workspace)["年单"].stage == "target"
    assert bring("商机名称,客户名称,阶段\n年单,海润,needs\n", match=None).added == 1


def test_two_of_one_name_are_not_guessed_between(workspace, bring):
    for _ in range(2):
        add(workspace, "customer", name="海润")
    outcome = bring("商机名称,客户名称\n年单,海润\n")
    assert (outcome.added, [problem.code for problem in outcome.problems]) == (
        0,
        ["import.reason.several"],
    )


def test_who_brought_a_deal_is_found_or_made(workspace, bring):
    known = add(workspace, "customer", name="西北代理")
    text = "商机名称,客户名称,合作伙伴,佣金比例\n甲,海润,西北 代理,2.5%\n乙,海润,新代理,3\n"
    outcome = bring(text)
    assert (outcome.added, outcome.others) == (2, 2)
    found = deals(workspace)
    assert (found["甲"].partner_id, found["甲"].commission_percent) == (known, "2.5")
    partner = workspace.store.record(Customer, found["乙"].partner_id)
    assert (partner.name, partner.kind) == ("新代理", "distributor")
    assert bring(text).unchanged == 2
    assert bring("商机名称,客户名称,合作伙伴\n乙,海润,西北代理\n").updated == 1
    assert deals(workspace)["乙"].partner_id == known
    add(workspace, "customer", name="新代理")
    outcome = bring("商机名称,客户名称,合作伙伴\n丙,海润,新代理\n")
    assert [(one.column, one.code) for one in outcome.problems] == [
        ("合作伙伴", "import.reason.several")
    ]


def test_stages_of_ones_own_and_the_currency_of_the_file(workspace, bring):
    workspace.run(AddStage("store", {"name": "试穿"}, after="store_needs"))
    workspace.run(ChangeSetting("money.currency", "TWD"))
    bring("商机名称,客户名称,阶段,金额\n甲,海润,试穿,1200元\n乙,海润,問出需求,US$12.5\n")
    found = deals(workspace)
    assert (found["甲"].pipeline_id, found["甲"].amount, found["甲"].currency) == (
        "store",
        1200,
        "TWD",
    )
    assert (found["乙"].stage, found["乙"].amount, found["乙"].currency) == (
        "store_needs",
        1250,
        "USD",
    )
    workspace.run(MoveDeals((found["甲"].id,), "lost", Answers("", "price", "none")))
    assert deals(workspace)["甲"].stage == "lost"


def test_without_its_columns_nothing_is_imported(workspace, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("商机名称,金额\n年单,3\n", encoding="utf-8")
    sheet = read(path)
    with pytest.raises(Exception, match="no_deal_columns"):
        importer.run(workspace, sheet, importer.propose(workspace.store, sheet, "deals"))


def test_targets_are_what_a_form_shows():
    found = mapping.targets("deals")
    assert found[:3] == ("title", "customer", "stage")
    assert not {"pinned_probability", "snoozed_until", "pipeline_id"} & set(found)
    assert not {"pinned_status", "status_reason"} & set(mapping.targets("customers"))


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [("¥420,000.50", "420000.50", "CNY"), ("42万", "420000", ""), ("4.2萬元", "42000", ""),
     ("US$ 5k", "5000", "USD"), ("(500)", "-500", ""), ("1.2亿", "120000000", ""),
     ("NT$300", "300", "TWD"), ("300 usd", "300", "USD"), ("￥１，２００", "1200", "CNY")],
)  # fmt: skip
def test_amounts_as_people_write_them(text, value, code):
    assert amount(text) == (Decimal(value), code)


@pytest.mark.parametrize("text", ["", "约三千", "12-15万", "1e5", "abc", "1,2", "--5", "¥"])
def test_what_is_no_amount(text):
    assert amount(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("人民币", "CNY"),
        ("rmb", "CNY"),
        ("$", "USD"),
        ("新台幣", "TWD"),
        ("aud", "AUD"),
        ("澳元", None),
        ("", None),
    ],
)
def test_currencies(text, code):
    assert currency(text) == code
