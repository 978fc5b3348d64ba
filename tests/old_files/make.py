"""Writes the file that every later version must open: `python -m tests.old_files.make`.

To be run once before a release whose schema is new; what is there already is never made anew.
"""

from __future__ import annotations

import gzip
import tempfile
from datetime import date
from pathlib import Path

from fieldsales.domain.clock import Clock
from fieldsales.services.operations.merging import MergeRecords, SetApart
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.services.operations.visits import ConcludeVisit, LogVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.backup import back_up
from fieldsales.store.migrations import migrations

FOLDER = Path(__file__).parent


def fill(workspace: Workspace) -> None:
    """What a rep does in a day, so that each kind of trace is there."""
    customer = AddRecord("customer", {"name": "海润牧业𠮷", "own_id": "0012", "employees": 120})
    person = AddRecord("contact", {"name": "王建国", "customer_id": customer.row_id})
    other = AddRecord("customer", {"name": "O'Brien <b>&amp;"})
    twin = AddRecord("customer", {"name": "海润牧业"})
    visit = LogVisit(customer.row_id)
    deal = AddRecord(
        "deal", {"title": "预混料", "customer_id": customer.row_id, "amount": 1_250_000}
    )
    of_person = {"contact_id": person.row_id}
    product = AddRecord("product", {"name": "乳猪宝", "unit": "吨"})
    of_product = {"product_id": product.row_id}
    sheet = AddRecord("worksheet", {"title": "断奶", **of_product, "product_name": "乳猪宝"})
    result = AddRecord("checklist_result", {"checklist": "self_audit", "title": "自评"})
    of_customer = {"customer_id": customer.row_id, "category": "finance", "rating": 4}
    proposal = AddRecord("proposal", {"title": "全年用料", "customer_id": customer.row_id})
    of_proposal = {"proposal_id": proposal.row_id}
    file = AddRecord("attachment", {"name": "检验单.pdf", "customer_id": customer.row_id})
    whose = {"customer_id": customer.row_id, "currency": "CNY"}
    invoice = AddRecord("receivable", {**whose, "amount": 1_194_000, "due_on": "2026-12-01"})
    of_invoice = {"receivable_id": invoice.row_id}
    payment = AddRecord("payment", {**whose, "amount": 100_000, "received_on": "2026-11-09"})
    scored = {"customer_id": customer.row_id, "scored_on": "2026-11-09"}
    dated = {"customer_id": customer.row_id, "dated": "2026-10-15"}
    review = AddRecord("review", {"held_on": "2026-11-09", "since": "2026-08-11"})
    campaign = AddRecord("campaign", {"name": "冬储订货会", "due": "2026-11-30"})
    for operation in (
        customer,
        person,
        other,
        visit,
        ConcludeVisit(visit.row_id, {"their_action": "试用 3 吨", "their_date": "2026-11-20"}),
        deal,
        AddRecord("assessment", {**of_person, "likes": "a1 b2"}),
        AddRecord("clue", {**of_person, "visit_id": visit.row_id, "code": "asks_price"}),
        AddRecord("need_rating", of_customer),
        AddRecord("preference", {**of_person, "customer_id": customer.row_id, "text": "不喝酒"}),
        AddRecord("special_day", {**of_person, "customer_id": customer.row_id, "kind": "wedding"}),
        AddRecord("factor_rating", {"deal_id": deal.row_id, "factor": "price", "ours": 2}),
        AddRecord("visit_item", {"visit_id": visit.row_id, "kind": "objection", "text": "太贵"}),
        product,
        AddRecord("price", {"product_id": product.row_id, "amount": 398_000}),
        AddRecord("solution", {"industry": "pig_farm", **of_product, "fit": "high"}),
        sheet,
        AddRecord("worksheet_row", {"worksheet_id": sheet.row_id, "feature": "12 种氨基酸"}),
        AddRecord("value_part", {"worksheet_id": sheet.row_id, "label": "服务", "amount": 200}),
        AddRecord("visit_item", {"deal_id": deal.row_id, "text": "一头猪现在吃多少料？"}),
        AddRecord("own_entry", {"title": "等猪价起来再说", "answer": "先试两栏"}),
        AddRecord("checklist", {"title": "出车前", "text": "[[section]]"}),
        result,
        AddRecord("checklist_answer", {"result_id": result.row_id, "item": "ask", "value": "3"}),
        AddRecord("tag_rule", {"pattern": "一头猪", "quadrant": "a"}),
        proposal,
        AddRecord(
            "proposal_line", {**of_proposal, "text": "乳猪宝", "quantity": "3", "price": "3980"}
        ),
        AddRecord("instalment", {**of_proposal, "label": "订金", "share": "30"}),
        file,
        AddRecord("enclosure", {**of_proposal, "attachment_id": file.row_id, "pages": 2}),
        AddRecord("text_block", {"kind": "terms", "title": "质保", "text": "包退"}),
        invoice,
        payment,
        AddRecord("settlement", {**of_invoice, "payment_id": payment.row_id, "amount": 100_000}),
        AddRecord("collecting_step", {**of_invoice, "step": "call", "done_on": "2026-11-08"}),
        SetApart("customer", customer.row_id, other.row_id),
        AddRecord("snooze", {"line": "cold", "customer_id": customer.row_id, "reason": "春节后"}),
        AddRecord("sale", {**dated, "monthly": 1, "product_name": "乳猪宝", "amount": 1_194_000}),
        AddRecord("estimate", {**dated, "amount": 8_000_000, "source": "存栏 × 料量"}),
        AddRecord("rating", {**dated, "rating": 4}),
        AddRecord(
            "class_pin",
            {
                "customer_id": customer.row_id,
                "method": "importance",
                "code": "major",
                "reason": "县里的样板场",
                "since": "2026-11-09",
            },
        ),
        AddRecord("satisfaction", {**scored, "goods": 4}),
        review,
        AddRecord(
            "review_item",
            {
                "review_id": review.row_id,
                "customer_id": customer.row_id,
                "kind": "stale",
                "decision": "noted",
                "note": "下月去",
            },
        ),
        campaign,
        AddRecord(
            "campaign_member",
            {"campaign_id": campaign.row_id, "customer_id": customer.row_id, **of_person},
        ),
        twin,
        MergeRecords("customer", customer.row_id, twin.row_id),
        TagCustomers((customer.row_id,), add=("大客户",)),
        ChangeSetting("letterhead.company", "海源饲料"),
        EditRecord("customer", customer.row_id, {"region": "定边", "horizon": "two_weeks"}),
        TrashRecords("customer", (other.row_id,)),
        EditRecord("contact", person.row_id, {"title": "场长"}),
    ):
        workspace.run(operation)
    workspace.undo()
    drafts.keep(workspace.store, "customer", customer.row_id, "employees", "一百来人")


def main() -> None:
    target = FOLDER / f"schema_{len(migrations()):04d}.db.gz"
    if target.exists():
        raise SystemExit(f"{target.name} is there already")
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "data" / "f.db", Clock(date(2026, 11, 9)))
        fill(workspace)
        copy = back_up(workspace.store, Path(folder) / "copies").path
        workspace.close()
        target.write_bytes(gzip.compress(copy.read_bytes(), mtime=0))


if __name__ == "__main__":
    main()
