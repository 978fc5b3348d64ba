"""Checklists on paper: what was found, compared with the last time, and forms to fill in."""

from __future__ import annotations

import pytest

from fieldsales.errors import UserError
from fieldsales.methods.checklist.content import checklists
from fieldsales.reports.make import make
from fieldsales.services.operations.checklists import AnswerItem, KeepChecklist, StartChecklist
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.workspaces import Add

ZH = Words("zh_CN")
OWN = """
title = "出车前"
[section.car]
title = "车上"
[item.sample]
section = "car"
kind = "yes"
text = "样品带齐"
"""


def test_a_result_prints_its_score_its_answers_and_the_last_time(
    read, workspace: Workspace, add: Add
):
    about = {"customer_id": add("customer", name="海润牧业")}
    old = StartChecklist(
        "satisfaction", "客户满意度", {**about, "filled_on": "2026-05-01"}, {"quality": "2"}
    )
    new = StartChecklist("satisfaction", "客户满意度", about, {"quality": "4", "good": "来得快"})
    workspace.run(old)
    workspace.run(new)
    text = read(make(workspace.store, "checklist", new.row_id, ZH, "internal").pdf).text
    for said in ("海润牧业", "客户满意度", "2/5", "4/5", "来得快", "比上次（2026-05-01", "没填"):
        assert squeezed(said) in text
    assert make(workspace.store, "checklist", new.row_id, ZH, "internal").customer_id
    first = read(make(workspace.store, "checklist", old.row_id, ZH, "internal").pdf).text
    assert "上次" not in first
    with pytest.raises(UserError, match=r"report\.internal_only"):
        make(workspace.store, "checklist", new.row_id, ZH, "customer")


def test_what_is_still_being_filled_in_is_not_compared(read, workspace: Workspace, add: Add):
    about = {"customer_id": add("customer", name="海润牧业")}
    old = StartChecklist("satisfaction", "客户满意度", about, {"quality": "2", "worth": "3"})
    new = StartChecklist("satisfaction", "客户满意度", about, {"quality": "4"})
    same = StartChecklist("satisfaction", "客户满意度", about, {"quality": "4"})
    for one in (old, new, same):
        workspace.run(one)
    text = read(make(workspace.store, "checklist", new.row_id, ZH, "internal").pdf).text
    assert squeezed("比上次") not in text
    text = read(make(workspace.store, "checklist", same.row_id, ZH, "internal").pdf).text
    assert squeezed("一项都没变") in text


def test_a_target_and_what_an_own_checklist_once_asked_are_printed(read, workspace: Workspace):
    plan = StartChecklist("seven_questions", "销售七问", {"subject": "陕北区"})
    workspace.run(plan)
    workspace.run(AnswerItem(plan.row_id, "quantity", "1200", "2000"))
    text = read(make(workspace.store, "checklist", plan.row_id, ZH, "internal").pdf).text
    for said in ("陕北区", "1200", "目标：2000"):
        assert squeezed(said) in text
    own = KeepChecklist(OWN)
    workspace.run(own)
    start = StartChecklist(own.row_id, "出车前", {}, {"sample": "1", "锁好车门": "1"})
    workspace.run(start)
    workspace.run(TrashRecords("checklist", (own.row_id,)))
    text = read(make(workspace.store, "checklist", start.row_id, ZH, "internal").pdf).text
    for said in ("出车前", "样品带齐", "锁好车门"):
        assert said in text


@pytest.mark.parametrize("audience", ["internal", "customer"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(checklists("en")))
def test_an_empty_form_asks_everything_on_one_page(
    read, workspace: Workspace, code: str, language: str, audience: str
):
    words = Words(language)
    pdf = read(make(workspace.store, "checklist_form", code, words, audience).pdf)
    form = checklists(language)[code]
    for item in form.items.values():
        assert squeezed(item.text) in pdf.text
    assert len(pdf.pages) <= 1 + (len(form.items) > 12)
    told = squeezed(form.about) in pdf.text
    assert told == (audience == "internal")  # it speaks to the rep


def test_the_form_of_an_own_checklist_goes_with_it(read, workspace: Workspace):
    own = KeepChecklist(OWN)
    workspace.run(own)
    text = read(make(workspace.store, "checklist_form", own.row_id, ZH, "internal").pdf).text
    assert "样品带齐" in text
    workspace.run(TrashRecords("checklist", (own.row_id,)))
    for row_id in (own.row_id, "nothing"):
        with pytest.raises(UserError, match=r"record\.gone"):
            make(workspace.store, "checklist_form", row_id, ZH, "internal")


def test_the_report_of_a_visit_holds_what_was_asked_and_ticked_at_the_counter(
    read, workspace: Workspace, add: Add
):
    customer = add("customer", name="海润牧业")
    visit = add("visit", customer_id=customer, kind="store", starts_at="2026-11-09T02:00:00Z")
    about = {"customer_id": customer, "visit_id": visit}
    workspace.run(StartChecklist("need_questions", "五句", about, {"who": "家里老人"}))
    workspace.run(StartChecklist("store_steps", "六步", about, {"greet": "1"}))
    workspace.run(StartChecklist("after_purchase", "购后", about))  # nothing was answered
    ours, theirs = (
        read(make(workspace.store, "visit", visit, ZH, audience).pdf).text
        for audience in ("internal", "customer")
    )
    for said in ("五句问清需求", "给谁用？：家里老人", "销售六步", "5分"):
        assert said in ours
    assert "购后服务" not in ours
    assert "家里老人" not in theirs
