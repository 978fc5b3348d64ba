"""Proposals and debts for the tests and benchmarks of the papers about money."""

from __future__ import annotations

import json
from dataclasses import replace

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.money.proposal import Instalment, Proposal, ProposalLine
from fieldsales.domain.need import Need
from fieldsales.domain.profile import Clue
from fieldsales.domain.worksheet import ValuePart, WorksheetRow
from fieldsales.store.queries.money_papers import ProposalFacts
from fieldsales.store.queries.people import PersonRow

# What a customer must never read; each mark stands in one internal field of `offered`.
INSIDE = (
    "魏总要看先付多少",
    "想升职",
    "4,010",
    "毛利",
    "低于最低价",
    "只供内部",
    "没有成本",
    "不印",
)
STROKES = json.dumps([[[0, 60], [60, 0], [120, 90], [180, 20]], [[220, 40], [300, 40], [260, 120]]])


def offered(**head: object) -> ProposalFacts:
    """A proposal with something in every part; `head` are fields of it."""
    lines = (
        _line(kind="heading", text="保育段（先换）"),
        _line("保育康 551", "60", "4780", cost="4010", minimum="4150"),
        _line("乳猪宝 1 号（教槽料）", "12.5", "9160.125", text="断奶前后各七天", discount="5"),
        _line("乳猪宝 2 号", "12", "8600", role="alternative"),
        _line(kind="subtotal"),
        _line(kind="heading", text="服务"),
        _line("驻场指导", "3", "800", unit="次", tax_percent="6", cost="600", minimum="900"),
        _line("料线清洗", "1", "1500", unit="次", role="optional"),
        _line(kind="text", text="以上价格含运费，送到料塔。"),
    )
    values: dict[str, object] = {
        "id": "p1",
        "title": "全年用料合同（保育段起步）",
        "number": "Q-2026-0031",
        "version": 2,
        "state": "sent",
        "customer_id": "c1",
        "currency": "CNY",
        "discount_kind": "amount",
        "discount": "6020",
        "dated": "2026-11-06",
        "valid_until": "2026-12-06",
        "opening": "贺场长：四十天称重的数据您都看过了。下面按保育段先换、育肥段跟上的顺序报价。",
        "delivery": "保育段每十天一车，乳猪料随车；司机进场前换鞋、消毒、登记。",
        "terms": "1. 按到场过磅吨位结算。\n2. 原料行情上下超过 5% 时，提前十五天商量调价。",
        "closing": "有不合适的地方请直接圈出来，我们改。",
        "note": "魏总要看先付多少",
        "with_needs": 1,
        "sent_at": "2026-11-06T01:00:00Z",
        "signed_by": "贺文清",
        "signed_at": "2026-11-12T02:30:00Z",
        "signature": STROKES,
        "sha256": "5f3a" * 16,
    }
    return ProposalFacts(
        proposal=Proposal(**{**values, **head}),  # type: ignore[arg-type]
        customer=Customer(id="c1", name="海润牧业有限公司", address="定边县白泥井镇"),
        contact=Contact(id="k1", name="贺文清", title="场长", department="保育场"),
        lines=tuple(replace(line, id=f"l{at}", position=at) for at, line in enumerate(lines)),
        instalments=(
            Instalment(label="预付", share="30", due="accepted", days=3),
            Instalment(label="保育段到场", share="40", due="delivered", days=15),
            Instalment(label="余款", share="", due="day", due_on="2027-06-30"),
        ),
        needs=(
            Need(id="n1", text="断奶后不掉膘", statement="explicit", category="performance"),
            Need(id="n2", text="想升职", statement="explicit", category="achievement"),
        ),
        rows=(
            WorksheetRow(worksheet_id="w1", benefit="断奶七天内增重多 0.4 公斤", need_id="n1"),
            WorksheetRow(worksheet_id="w1", benefit="年底有成绩可报", need_id="n2"),
        ),
        parts=(
            ValuePart(worksheet_id="w1", label="料肉比省下的料", amount=38_000_000),
            ValuePart(worksheet_id="w1", label="驻场指导", amount=9_600_000),
        ),
        readers=(_reader("k1", "words_a1", "first_a1"), _reader("k2", "desk_c2", "words_c1")),
    )


def many(count: int) -> ProposalFacts:
    """A proposal of so many lines, in groups of ten."""
    lines: list[ProposalLine] = []
    for at in range(count):
        if at % 10 == 0:
            lines.append(_line(kind="heading", text=f"第 {at // 10 + 1} 组：猪舍设备"))
        name, text = f"料线配件 {at + 1} 号（热镀锌）", "含安装；三年内坏了换新的" if at % 3 else ""
        lines.append(_line(name, str(at % 7 + 1), f"{at % 90 + 10}.{at % 4}5", text=text))
    facts = offered(signature="", signed_at=None, sha256="")
    numbered = tuple(replace(line, id=f"l{at}", position=at) for at, line in enumerate(lines))
    return replace(facts, lines=numbered, parts=(), readers=())


def _line(name: str = "", quantity: str = "", price: str = "", **more: str) -> ProposalLine:
    own = {"unit": "吨", "tax_percent": "9", "discount_kind": "percent", **more}
    return ProposalLine(
        proposal_id="p1",
        product_name=name,
        quantity=quantity,
        price=price,
        **own,  # type: ignore[arg-type]
    )


def _reader(row_id: str, *codes: str) -> PersonRow:
    clues = tuple(
        Clue(contact_id=row_id, code=code, seen_on=f"2026-11-0{day}")
        for day in range(1, 5)
        for code in codes
    )
    return PersonRow(Contact(id=row_id, name="某人"), clues=clues)
