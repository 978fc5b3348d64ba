"""Deals and funnels for the papers' tests: rich ones and empty ones."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.contact import BuyingRole, Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal, DealMember, FactorRating
from fieldsales.domain.deal_page import DealPage
from fieldsales.domain.forecast import Chance, forecast
from fieldsales.domain.funnel import (
    AdvanceRate,
    Closed,
    Course,
    Difference,
    State,
    flow,
)
from fieldsales.domain.funnel_review import FunnelReview, StageTotals, StuckDeal
from fieldsales.domain.need import Need
from fieldsales.domain.pipeline import FUNNEL_STAGES, Pipeline, Stage, StageChange
from fieldsales.domain.stage_evidence import EvidenceFacts
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit, VisitItem

TODAY = date(2026, 11, 12)
GATES = ("qualified", "roles profile", "guide", "explicit_need",
         "shown answered one_plus_two_plus_one", "order", "paid")  # fmt: skip
ROW = tuple(
    Stage(
        id=stage, pipeline_id="funnel", position=at, gate=gate, probability=20 * at, usual_days=10
    )
    for at, (stage, gate) in enumerate(zip(FUNNEL_STAGES, GATES, strict=True))
)
STAGES = {stage.id: stage for stage in (*ROW, Stage(id="won"), Stage(id="lost"))}

# What a customer must never read; each mark stands in one internal field of `rich_deal`.
INTERNAL_MARKS = (
    "夺回老客户",
    "¥860,000",
    "成交概率",
    "会上说过",
    "呈现价值",
    "陇东双禾",
    "等预算批下来",
    "决策人",
    "力挺",
    "推测",
    "还缺",
    "怕担责任",
    "先不谈育肥",
    "老板当面答应",
    "内部备注",
    "报价由他定",
    "向经理申请",
    "暂时中断",
    "摸清他的底线",
    "首批六吨送到",
    "一天要多花两小时",
    "任鹏飞",
    "贵六分",
    "双禾供了三年",
)


def rich_deal(**deal: object) -> DealPage:
    """A deal in the middle of the funnel with something in every part."""
    he = Contact(id="p1", name="贺文清", title="场长", department="生产部")
    ren = Contact(id="p2", name="任鹏飞", title="保育舍主任")
    kang = Contact(id="p3", name="康小云", title="财务主管")
    values = {
        "id": "d1",
        "title": "夺回老客户：保育段",
        "customer_id": "c1",
        "stage": "value",
        "product": "教槽料",
        "amount": 86_000_000,
        "currency": "CNY",
        "expected_close": "2026-12-07",
        "competitor": "陇东双禾、宁川",
        "seller": "周明远",
        "pinned_probability": 70,
        "probability_reason": "他在会上说过要换",
        "snoozed_until": "2026-11-30",
        "snooze_reason": "等预算批下来",
        "note": "内部备注：先从三栋开始。",
    }
    facts = EvidenceFacts(
        deal=Deal(**{**values, **deal}),
        customer=Customer(id="c1", name="定边县海润牧业有限公司", short_name="海润", importance="vip"),
        roles=(
            BuyingRole(id="r1", contact_id="p1", role="decision_maker", attitude=2, influence=5,
                       evidence="他自己签的试验单"),
            BuyingRole(id="r2", contact_id="p3", role="gatekeeper", attitude=0, influence=3),
        ),
        people=(he, ren, kang),
        members=(
            DealMember(id="m1", name="周明远", role="seller", duty="报价由他定"),
            DealMember(id="m2", name="李振华", role="technical", duty="四十天称重"),
        ),
        needs=(
            Need(id="n1", text="断奶后拉稀，一天要多花两小时", contact_id="p1"),
            Need(id="n2", text="采购员怕担责任", category="safety", contact_id="p3"),
            Need(
                id="n3",
                text="两周内拉稀压到一半以下",
                statement="explicit",
                category="performance",
                contact_id="p1",
            ),
        ),
        items=(VisitItem(id="i1", kind="material", text="试验单", done=1),),
    )  # fmt: skip
    visits = (
        Visit(id="v3", deal_id="d1", starts_at="2026-11-20T02:00:00Z", objective="摸清他的底线"),
        Visit(id="v2", deal_id="d1", state="concluded", starts_at="2026-11-01T02:00:00Z",
              our_action="送对比表，先不谈育肥"),
        Visit(id="v1", deal_id="d1", state="concluded", starts_at="2026-10-20T02:00:00Z",
              their_action="三号栋开试，四十天后一起过磅", their_date="2026-11-30",
              our_action="首批六吨送到"),
    )  # fmt: skip
    return DealPage(
        facts=facts,
        pipeline=Pipeline(id="funnel"),
        stage=STAGES[facts.deal.stage],
        row=ROW,
        stages=STAGES,
        changes=(
            StageChange(to_stage="needs", at="2026-09-01T02:00:00Z"),
            StageChange(from_stage="needs", to_stage="value", since="2026-09-01T02:00:00Z",
                        at="2026-10-01T02:00:00Z", reason="老板当面答应先上三栋",
                        missing="needs:explicit_need"),
        ),
        since="2026-10-01T02:00:00Z",
        days=42,
        usual=18.0,
        tasks=(
            Task(id="t1", title="把称重记录发过来", kind="promise", party="them", due="2026-11-10"),
            Task(id="t2", title="向经理申请返利", due="2026-11-15", assignee="李振华"),
        ),
        visits=visits,
        met={"p1": "2026-11-01"},
        ratings=(
            FactorRating(id="f1", factor="price", ours=2, rival="宁川", theirs=4,
                         evidence="贵六分"),
            FactorRating(id="f2", factor="trust", ours=3, rival="宁川", theirs=4,
                         evidence="双禾供了三年"),
        ),
    )  # fmt: skip  # fmt: skip


def empty_deal() -> DealPage:
    """A deal of which only its name is known."""
    facts = EvidenceFacts(
        deal=Deal(id="d1", title="试用", customer_id="c1"),
        customer=Customer(id="c1", name="新客户"),
    )
    return DealPage(facts=facts, pipeline=Pipeline(id="funnel"), stage=ROW[0], row=ROW)


def rich_funnel() -> FunnelReview:
    """A funnel with something in every part, in two currencies."""
    chances = [
        Chance("d1", "value", 86_000_000, "CNY", 60, "2026-12-07"),
        Chance("d2", "commitment", 20_000_000, "CNY", 80, "2026-11-20"),
        Chance("d3", "won", 9_600_000, "CNY", 100, "2026-11-02"),
        Chance("d4", "needs", 5_000_000, "USD", 40, "2027-01-15"),
        Chance("d5", "needs", 700_000, "CNY", 40, "2026-09-15"),
        Chance("d6", "trust", 0, "CNY", 20, None),
    ]
    state = State("value", 86_000_000, "CNY", "2026-12-07")
    was = State("needs", 90_000_000, "CNY", "2026-11-07")
    return FunnelReview(
        pipeline=Pipeline(id="funnel"),
        today=TODAY,
        since=date(2026, 10, 13),
        currency="CNY",
        totals=tuple(StageTotals(stage, at, {"CNY": at * 1_000_000}, {}) for at, stage in enumerate(ROW)),
        flows=flow([Course(4), Course(5), Course(2, "lost"), Course(6, "won")], ROW),
        usual={stage.id: 10.0 for stage in ROW},
        forecast=forecast(chances, TODAY),
        targets={"2026-11": {"CNY": 50_000_000}, "2026-12": {"CNY": 10_000_000}},
        rates={"USD": "7.15"},
        changes=tuple(
            Difference(kind, "d1", None if kind == "new" else was, state)
            for kind in ("new", "won", "lost", "forward", "back", "reopened", "grown", "shrunk",
                         "slipped", "sooner")
        ),
        names={"d1": ("全年用料", "海润")},
        stages=STAGES,
        closed=(
            Closed("d3", "won", "", "", "old_customer", 9_600_000, "CNY", "2026-11-02"),
            Closed("d7", "lost", "price", "宁川", "web", 5_000_000, "CNY", "2026-11-03"),
            Closed("d8", "lost", "", "none", "", 100_000, "USD", "2026-11-03"),
        ),
        advances={"value": AdvanceRate(4, 3)},
        stuck=(StuckDeal("d1", "全年用料", "海润", ROW[4], 42, 18.0, 86_000_000, "CNY"),),
    )  # fmt: skip


def empty_funnel() -> FunnelReview:
    """A pipeline without a deal."""
    return FunnelReview(
        pipeline=Pipeline(id="funnel"),
        today=TODAY,
        since=date(2026, 10, 13),
        currency="CNY",
        totals=tuple(StageTotals(stage, 0, {}, {}) for stage in ROW),
        flows=flow([], ROW),
        usual={},
        forecast=forecast([], TODAY),
    )
