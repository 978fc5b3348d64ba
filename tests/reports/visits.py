"""Visits for the papers' tests and benchmarks: a rich one and an empty one, a sender, pictures."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.need import Need
from fieldsales.domain.profile import Clue
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Letterhead, PersonFacts, Visit, VisitFacts, VisitItem

TODAY = date(2026, 11, 12)

# What a customer must never read; each mark stands in one internal field of `rich`.
INTERNAL_MARKS = (
    "力挺",
    "影响力 5/5",
    "决策人",
    "向导",
    "暂时中断",
    "实实在在往前走",
    "订单金额",
    "点头三次",
    "嫌贵",
    "按头均成本算",
    "桌上摆着全家福",
    "永丰饲料",
    "42万",
    "420,000",
    "挖掘需求",
    "采购员怕担责任",
    "书面的停损线",
    "去年换料被老板骂过",
    "内部备注",
    "让他引见老板",
    "现在每月用多少",
    "毛利测算",
    "向经理申请",
    "没有见到",
)
# what stands in the brief for us alone
THINKING_MARKS = ("观察所得", "怎么谈", "带上：", "留意第一句")


def rich(photos: tuple[tuple[Attachment, str], ...] = (), **visit: object) -> VisitFacts:
    """A concluded visit with something in every part."""
    wang = Contact(
        id="p1",
        name="王建国",
        title="总经理",
        department="总部",
    )
    li = Contact(id="p2", name="李秀英", title="采购主管", department="采购部")
    sun = Contact(id="p3", name="孙志强", title="育肥场场长")
    zhao = Contact(id="p4", name="赵敏", title="财务")
    fears = Need(
        text="采购员怕担责任",
        statement="implied",
        category="safety",
        contact_id="p2",
        actual="试用要有书面的停损线",
        behind="去年换料被老板骂过",
    )
    settings: dict[str, object] = {
        "id": "v1",
        "customer_id": "c1",
        "state": "concluded",
        "starts_at": "2026-11-09T02:00:00Z",
        "minutes": 55,
        "place": "定边县·育肥场会议室",
        "objective": "让他引见老板，并同意拿两栋猪舍试用我们的育肥料。",
        "wanted_advance": "trial",
        "note": "内部备注：下次带上技术员。\n"
        "场里新装了料线，<b>不能</b>用大包装；{容量} 5 吨 & 损耗 3%。",
        "their_action": "同意在 3 号、4 号两栋育肥舍试用 3 吨，由孙场长每周记录采食量和日增重",
        "their_advance": "trial",
        "their_date": "2026-11-16",
        "our_action": "把试用料送到场，并带技术员讲一次换料办法",
        "our_date": "2026-11-13",
        "concluded_at": "2026-11-09T03:10:00Z",
        **visit,
    }
    return VisitFacts(
        visit=Visit(**settings),  # type: ignore[arg-type]
        customer=Customer(id="c1", name="定边县海润牧业有限公司", short_name="海润牧业"),
        deal=Deal(
            id="d1",
            title="育肥料年单",
            customer_id="c1",
            stage="needs",
            amount=42_000_000,
            currency="CNY",
            expected_close="2027-01-15",
        ),
        people=(
            PersonFacts(
                wang,
                met=True,
                roles=("decision_maker",),
                influence=5,
                attitude=2,
                last_met="2026-10-20",
                needs=(Need(text="想做全县第一个出栏过万头的场", category="achievement"),),
                clues=(
                    Clue(contact_id="p1", code="words_a1", seen_on="2026-10-20"),
                    Clue(contact_id="p1", code="first_a1", seen_on="2026-10-20"),
                ),
            ),
            PersonFacts(
                li,
                met=True,
                roles=("purchaser", "guide"),
                influence=3,
                attitude=0,
                last_met="2026-10-20",
                needs=(fears,),
            ),
            PersonFacts(sun, met=True, roles=("user",), influence=4, attitude=1),
            PersonFacts(zhao, roles=("gatekeeper",), influence=2, attitude=-1),
        ),
        items=(
            VisitItem(
                kind="question",
                text="现在每月用多少吨料？",
                done=1,
                answer="大约 60 吨，旺季 80 吨。",
                position=1,
            ),
            VisitItem(
                kind="question",
                text="断奶后腹泻对出栏时间影响多大？",
                done=1,
                answer="平均晚 6 天，一头多吃 12 kg。",
                position=2,
            ),
            VisitItem(kind="question", text="谁来决定换料？", position=3),
            VisitItem(kind="material", text="《育肥料试用方案》", done=1),
            VisitItem(kind="material", text="邻县合作社对比数据", done=1),
            VisitItem(
                kind="signal", text="算账时点头三次，主动问“最快哪天能送”", code="speech", done=1
            ),
            VisitItem(
                kind="objection",
                text="嫌贵：“每吨比现在的贵 180 元。”",
                done=1,
                answer="按头均成本算，每头省 6.4 元；先试 3 吨，用场里自己的数字说话。",
            ),
            VisitItem(kind="observation", text="桌上摆着全家福，墙上挂着“诚信经营”的匾。", done=1),
            VisitItem(
                kind="competitor", text="永丰饲料上周来过，报价 3,020 元/吨，账期 60 天。", done=1
            ),
        ),
        needs=(
            Need(
                text="断奶仔猪腹泻多，出栏比计划晚了一周",
                statement="implied",
                category="performance",
                contact_id="p3",
            ),
            Need(
                text="料价波动大，财务没法做预算",
                statement="implied",
                category="finance",
                contact_id="p1",
            ),
            fears,
            Need(
                text="料肉比降到 2.6 以下，一年锁一次价",
                statement="explicit",
                category="finance",
                contact_id="p1",
            ),
        ),
        known_needs=(
            Need(
                text="送货要能进场区，车长不超过 6.8 米",
                statement="explicit",
                category="performance",
                contact_id="p3",
            ),
        ),
        promises=(
            Task(
                title="把邻县合作社的对比数据发给王总", kind="promise", party="us", due="2026-11-06"
            ),
            Task(title="给出去年的饲料用量台账", kind="promise", party="them", due="2026-11-10"),
        ),
        follow_ups=(
            Task(title="向经理申请试用料的运费", kind="follow_up", party="us", due="2026-11-11"),
            Task(title="给李主管寄一份检测报告", kind="promise", party="us", due="2026-11-18"),
            Task(
                title="把试用料送到场，并带技术员讲一次换料办法",
                kind="promise",
                party="us",
                due="2026-11-13",
            ),
        ),
        earlier=(
            Visit(
                customer_id="c1",
                state="concluded",
                starts_at="2026-10-20T06:00:00Z",
                their_action="安排我们看一次 3 号舍",
                their_date="2026-11-09",
            ),
            Visit(
                customer_id="c1",
                state="concluded",
                starts_at="2026-09-28T02:00:00Z",
                objective="认识采购主管",
            ),
        ),
        open_deals=(
            Deal(
                title="育肥料年单",
                customer_id="c1",
                stage="needs",
                amount=42_000_000,
                currency="CNY",
                expected_close="2027-01-15",
            ),
            Deal(
                title="母猪料试单",
                customer_id="c1",
                stage="trust",
                amount=3_600_000,
                currency="CNY",
            ),
        ),
        complaints=(
            Interaction(
                customer_id="c1",
                kind="complaint",
                at="2026-11-02T01:00:00Z",
                text="上批料有两袋受潮结块，要求换货",
            ),
        ),
        attachments=(
            Attachment(id="a1", name="毛利测算.xlsx", size=48_213),
            Attachment(id="a2", name="育肥场平面图.pdf", size=1_204_000),
        ),
        photos=photos,
        visit_number=7,
    )


def empty(**visit: object) -> VisitFacts:
    """A visit of which nothing is known but when it is."""
    return VisitFacts(
        visit=Visit(customer_id="c1", starts_at="2026-11-13T01:30:00Z", **visit),  # type: ignore[arg-type]
        customer=Customer(id="c1", name="绿源养殖专业合作社"),
    )


def sender(**changes: object) -> Letterhead:
    given = {
        "company": "西北牧安饲料有限公司",
        "address": "陕西省榆林市榆阳区建业大道 18 号",
        "phone": "0912-5550188",
        "seller": "陈思远",
        **changes,
    }
    return Letterhead(**given)  # type: ignore[arg-type]


def picture_file(path: Path, size: tuple[int, int] = (1200, 900), orientation: int = 1) -> Path:
    """A JPEG whose upper left quarter (as stored) is red, with an EXIF orientation."""
    picture = Image.new("RGB", size, (214, 222, 214))
    picture.paste((176, 54, 43), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(path, "JPEG", exif=exif)
    return path


def logo_file() -> bytes:
    picture = Image.new("RGBA", (360, 120), (0, 0, 0, 0))
    picture.paste((10, 108, 128, 255), (0, 0, 120, 120))
    picture.paste((26, 31, 35, 255), (140, 40, 360, 80))
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
