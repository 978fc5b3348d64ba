"""What is done with products, worksheets, questions, objections, closing and checklists."""

from __future__ import annotations

import pytest

from fieldsales.domain.checklist import Checklist, score
from fieldsales.domain.checklist_file import read
from fieldsales.domain.need import Need
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit, VisitItem
from fieldsales.domain.worksheet import answers_need
from fieldsales.errors import FieldError, UserError
from fieldsales.services import checkup
from fieldsales.services.library import library, with_own
from fieldsales.services.operations.checklists import (
    AnswerItem,
    KeepChecklist,
    MakeChecklistTask,
    MakeChecklistTasks,
    StartChecklist,
)
from fieldsales.services.operations.conversation import (
    AnswerBecomesNeed,
    CorrectTag,
    ForgetTag,
    GoInClosing,
    KeepObjection,
    KeepQuestion,
    OrderPlanned,
    PlanQuestion,
    TakeQuestions,
    TryClosing,
)
from fieldsales.services.operations.products import RateSolution, RemovePrice, SetPrice
from fieldsales.services.operations.records import EditRecord, RestoreRecords, TrashRecords
from fieldsales.services.operations.worksheets import (
    AddWorksheetRow,
    CopyWorksheet,
    LinkNeed,
    OrderWorksheetRows,
    RemoveWorksheetRow,
    SetValueStack,
    StartWorksheet,
)
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store import drafts
from fieldsales.store.queries.checklists import (
    filled,
    history,
    latest,
    latest_result,
    own_checklists,
    results,
)
from fieldsales.store.queries.hits import hits
from fieldsales.store.queries.learnt import (
    answers,
    closing_stages,
    heard,
    new_objections,
    own_entries,
    tag_rules,
    techniques,
)
from fieldsales.store.queries.products import matrix, product_card, products, suggestions
from fieldsales.store.queries.visits import latest_visits
from fieldsales.store.queries.worksheets import (
    spin_of_deal,
    spin_of_visit,
    worksheet_page,
    worksheets,
    worksheets_for,
)
from fieldsales.words import LANGUAGES
from tests.workspaces import Add, data_hash

DAY = "2026-11-09T09:00:00Z"


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业", industry="pig_farm", employees=120)


@pytest.fixture
def deal(add: Add, customer: str) -> str:
    return add("deal", title="断奶料", customer_id=customer)


@pytest.fixture
def visit(add: Add, customer: str, deal: str) -> str:
    return add("visit", customer_id=customer, deal_id=deal, starts_at=DAY, state="running")


@pytest.fixture
def product(add: Add) -> str:
    return add("product", name="乳猪宝", unit="吨")


def _undone(workspace: Workspace, *operations: Operation) -> None:
    """Runs operations, and takes all back to the byte; then does them again."""
    before_all = data_hash(workspace)
    for operation in operations:
        workspace.run(operation)
    after = data_hash(workspace)
    for _ in operations:
        workspace.undo()
    assert data_hash(workspace) == before_all
    for _ in operations:
        workspace.redo()
    assert data_hash(workspace) == after
    assert checkup.findings(workspace.store) == []


def test_prices_follow_each_other_and_a_day_is_corrected(
    workspace: Workspace, product: str
) -> None:
    _undone(
        workspace,
        SetPrice(product, 398_000, "CNY", 9, "2026-09-01"),
        SetPrice(product, 399_000, "CNY", 9, "2026-09-01"),
        SetPrice(product, 420_000, "CNY", 9, "2027-01-01"),
        SetPrice(product, 360_000, "CNY", 9, "2026-09-01", "经销商"),
    )
    [row] = products(workspace.store)
    assert row.price is not None
    assert row.price.amount == 399_000
    card = product_card(workspace.store, product)
    assert [price.amount for price in card.prices] == [420_000, 360_000, 399_000]
    workspace.run(RemovePrice(card.prices[2].id))
    assert products(workspace.store)[0].price is None


def test_the_matrix_suggests_products_for_a_customer(
    workspace: Workspace, add: Add, customer: str, product: str
) -> None:
    small = add("product", name="家庭装", sizes="d e")
    _undone(
        workspace,
        RateSolution("pig_farm", product, "some"),
        RateSolution("pig_farm", product, "high", "断奶期"),
        RateSolution("pig_farm", small, "high"),
        RateSolution("牛场", small, "none"),
    )
    [(found, cell)] = suggestions(workspace.store, customer)
    assert (found.id, cell.fit, cell.note) == (product, "high", "断奶期")
    whole = matrix(workspace.store)
    assert whole.industries == ("pig_farm", "牛场")
    assert set(whole.cells) == {("pig_farm", product), ("pig_farm", small), ("牛场", small)}
    workspace.run(RateSolution("pig_farm", product, ""))
    assert suggestions(workspace.store, customer) == []
    with pytest.raises(FieldError, match=r"field\.unknown_choice"):
        workspace.run(RateSolution("pig_farm", product, "perfect"))
    with pytest.raises(FieldError, match=r"field\.required"):
        workspace.run(RateSolution(" ", product, "high"))


def test_a_product_is_found_until_it_is_thrown_away(workspace: Workspace, product: str) -> None:
    workspace.run(EditRecord("product", product, {"traits": "膨化玉米打底"}))
    assert [hit.id for hit in hits(workspace.store, "膨化玉米")] == [product]
    assert [hit.title for hit in hits(workspace.store, "rzb")] == ["乳猪宝"]
    workspace.run(TrashRecords("product", (product,)))
    assert hits(workspace.store, "rzb") == []
    with pytest.raises(UserError, match=r"record\.gone"):
        product_card(workspace.store, product)
    workspace.run(RestoreRecords("product", (product,)))
    assert hits(workspace.store, "rzb") != []


def test_what_was_prepared_is_found_until_it_is_thrown_away(
    workspace: Workspace, add: Add, product: str
) -> None:
    begun = StartWorksheet({"title": "断奶这一关", "product_id": product})
    line = AddWorksheetRow(begun.row_id, {"benefit": "夜里不用守圈"})
    checked = StartChecklist("seven_questions", "销售七问", {"subject": "陕北区"}, {"what": "车"})
    for operation in (begun, line, checked, AnswerItem(checked.row_id, "how", "跟车送货")):
        workspace.run(operation)
    own = add(
        "own_entry", kind="objection", title="等猪价", heard="行情起来再说", answer="先换一栏"
    )
    add("own_entry", kind="phrase", title="行情起来再说", answer="好")
    made = add("checklist", title="出车前看一遍")
    expected = {
        "dnzyg": ("worksheet", begun.row_id),
        "守圈": ("worksheet", begun.row_id),
        "行情起来": ("own_entry", own),
        "ccq": ("checklist", made),
        "陕北区": ("checklist_result", checked.row_id),
        "跟车送货": ("checklist_result", checked.row_id),
    }
    for asked, (noun, row_id) in expected.items():
        assert [(hit.kind, hit.id) for hit in hits(workspace.store, asked)] == [(noun, row_id)]
    workspace.run(RemoveWorksheetRow(line.row_id))
    assert hits(workspace.store, "守圈") == []
    workspace.undo()
    assert hits(workspace.store, "守圈") != []
    for noun, row_id in set(expected.values()):
        workspace.run(TrashRecords(noun, (row_id,)))
    assert [asked for asked in expected if hits(workspace.store, asked)] == []
    assert checkup.findings(workspace.store) == []


def test_a_description_of_5001_characters_is_refused(workspace: Workspace, product: str) -> None:
    workspace.run(EditRecord("product", product, {"description": "𠮷" * 5_000}))
    with pytest.raises(FieldError) as caught:
        workspace.run(EditRecord("product", product, {"description": "字" * 5_001}))
    assert caught.value.params["length"] == 5_001


def test_a_worksheet_keeps_the_name_of_a_product_that_goes(
    workspace: Workspace, product: str
) -> None:
    start = StartWorksheet({"product_id": product, "industry": "pig_farm"})
    rows = [AddWorksheetRow(start.row_id, {"feature": name}) for name in ("甲", "乙", "丙")]
    order = (rows[2].row_id, rows[0].row_id, rows[1].row_id)
    _undone(workspace, start, *rows, OrderWorksheetRows(start.row_id, order))
    page = worksheet_page(workspace.store, start.row_id)
    assert [row.feature for row in page.rows] == ["丙", "甲", "乙"]
    assert (page.sheet.title, page.product_name) == ("乳猪宝", "乳猪宝")
    workspace.run(EditRecord("product", product, {"name": "乳猪宝二代"}))
    assert worksheet_page(workspace.store, start.row_id).product_name == "乳猪宝二代"
    workspace.run(TrashRecords("product", (product,)))
    gone = worksheet_page(workspace.store, start.row_id)
    assert (gone.product, gone.product_name) == (None, "乳猪宝")
    workspace.run(RemoveWorksheetRow(rows[0].row_id))
    assert len(worksheet_page(workspace.store, start.row_id).rows) == 2


def test_a_benefit_is_linked_to_an_explicit_need_of_the_same_customer(
    workspace: Workspace, add: Add, customer: str, deal: str
) -> None:
    start = StartWorksheet({"title": "断奶", "deal_id": deal})
    row = AddWorksheetRow(start.row_id, {"benefit": "药费省一半"})
    other = add("customer", name="别家")
    wish = add("need", customer_id=customer, text="想少用药", statement="explicit")
    moan = add("need", customer_id=customer, text="老拉稀")
    theirs = add("need", customer_id=other, text="想送货", statement="explicit")
    _undone(workspace, start, row, LinkNeed(row.row_id, wish))
    page = worksheet_page(workspace.store, start.row_id)
    assert page.sheet.customer_id == customer
    assert answers_need(page.rows[0], page.needs)
    with pytest.raises(UserError, match=r"worksheet\.need_only_implied"):
        workspace.run(LinkNeed(row.row_id, moan))
    with pytest.raises(UserError, match=r"worksheet\.other_customers_need"):
        workspace.run(LinkNeed(row.row_id, theirs))
    workspace.run(TrashRecords("need", (wish,)))
    page = worksheet_page(workspace.store, start.row_id)
    assert not answers_need(page.rows[0], page.needs)
    workspace.run(LinkNeed(row.row_id, None))
    assert worksheet_page(workspace.store, start.row_id).rows[0].need_id is None


def test_a_copy_for_another_customer_keeps_all_but_the_needs(
    workspace: Workspace, add: Add, customer: str
) -> None:
    start = StartWorksheet({"title": "断奶", "customer_id": customer, "price": 1_000})
    row = AddWorksheetRow(start.row_id, {"feature": "12 种氨基酸", "benefit": "长得齐"})
    wish = add("need", customer_id=customer, text="想长得齐", statement="explicit")
    stack = SetValueStack(start.row_id, (("好感", 200), ("服务", 200), ("信任", 600)))
    other = add("customer", name="天禾", industry="pig_farm")
    same, elsewhere = CopyWorksheet(start.row_id, customer), CopyWorksheet(start.row_id, other)
    general = CopyWorksheet(start.row_id, title="通用")
    operations = (start, row, LinkNeed(row.row_id, wish), stack, same, elsewhere, general)
    _undone(workspace, *operations)
    for copy, linked in ((same, wish), (elsewhere, None), (general, None)):
        page = worksheet_page(workspace.store, copy.row_id)
        assert [(one.feature, one.need_id) for one in page.rows] == [("12 种氨基酸", linked)]
        assert (page.stack.total, page.stack.surplus) == (1_000, 0)
    workspace.run(SetValueStack(elsewhere.row_id, (("信任", 300),)))
    assert worksheet_page(workspace.store, elsewhere.row_id).stack.parts == (("信任", 300, 0),)
    assert worksheet_page(workspace.store, start.row_id).stack.total == 1_000
    offered = [sheet.id for sheet in worksheets_for(workspace.store, other)]
    assert offered == [elsewhere.row_id, general.row_id]
    assert len(worksheets(workspace.store)) == 4
    workspace.run(TrashRecords("customer", (other,)))
    assert len(worksheets(workspace.store)) == 3
    workspace.run(RestoreRecords("customer", (other,)))
    assert len(worksheets(workspace.store)) == 4


def test_questions_planned_for_a_deal_go_into_its_visit_and_become_needs_once(
    workspace: Workspace, deal: str, visit: str
) -> None:
    first = PlanQuestion(deal, "现在用什么料？", "situation")
    second = PlanQuestion(deal, "拉稀一窝要花多少药钱？", "implication")
    _undone(workspace, first, second)
    found = spin_of_deal(workspace.store, deal)
    assert [item.id for item in found.items] == [first.row_id, second.row_id]
    _undone(workspace, TakeQuestions(visit))
    assert [item.id for item in spin_of_visit(workspace.store, visit).items] == [
        first.row_id,
        second.row_id,
    ]
    with pytest.raises(UserError, match=r"spin\.nothing_planned"):
        workspace.run(TakeQuestions(visit))
    workspace.run(EditRecord("visit_item", second.row_id, {"answer": "一窝八十，想降一半"}))
    need = AnswerBecomesNeed(second.row_id, "explicit", category="finance")
    _undone(workspace, need)
    kept = workspace.store.record(Need, need.row_id)
    assert kept is not None
    assert (kept.text, kept.statement, kept.deal_id, kept.visit_id) == (
        "一窝八十，想降一半",
        "explicit",
        deal,
        visit,
    )
    with pytest.raises(UserError, match=r"spin\.need_already"):
        workspace.run(AnswerBecomesNeed(second.row_id, "explicit"))
    workspace.run(TrashRecords("need", (need.row_id,)))
    again = AnswerBecomesNeed(second.row_id, "implied", text="一窝八十")
    workspace.run(again)
    spin = spin_of_deal(workspace.store, deal)
    assert [one.id for one in spin.needs] == [again.row_id]
    assert [(one.id, len(items)) for one, items in spin.by_visit] == [(visit, 2)]


def test_an_answer_to_a_question_of_a_deal_alone_becomes_its_need(
    workspace: Workspace, customer: str, deal: str
) -> None:
    question = PlanQuestion(deal, "月底要多少？")
    need = AnswerBecomesNeed(question.row_id, "explicit", text="月底二十吨")
    workspace.run(question)
    workspace.run(need)
    kept = workspace.store.record(Need, need.row_id)
    assert kept is not None
    assert (kept.customer_id, kept.deal_id, kept.visit_id) == (customer, deal, None)


def test_the_closing_route_remembers_where_it_stands(workspace: Workspace, visit: str) -> None:
    _undone(workspace, GoInClosing(visit, "check"), GoInClosing(visit, "offers"))
    with pytest.raises(UserError, match=r"closing\.not_from_here"):
        workspace.run(GoInClosing(visit, "serve"))
    kept = workspace.store.record(Visit, visit)
    assert kept is not None
    assert kept.closing_step == "offers"
    workspace.run(GoInClosing(visit, ""))


def test_techniques_are_ranked_by_what_came_of_them_at_a_stage(
    workspace: Workspace, add: Add, customer: str, deal: str
) -> None:
    add("stage_change", deal_id=deal, to_stage="value", at="2026-11-01T00:00:00Z", since=None)
    add("stage_change", deal_id=deal, to_stage="commitment", at="2026-11-05T00:00:00Z")
    for code, worked, day in (
        *[("ask", "yes", "2026-11-02")] * 8,
        *[("ask", "no", "2026-11-02")] * 2,
        ("imagine", "yes", "2026-11-02"),
        ("either_or", "no", "2026-11-06"),
        ("either_or", "", "2026-11-06"),
    ):
        visit = add("visit", customer_id=customer, deal_id=deal, starts_at=f"{day}T09:00:00Z")
        attempt = TryClosing(visit, code, "先来二十吨？", "asks_delivery")
        workspace.run(attempt)
        workspace.run(EditRecord("visit_item", attempt.row_id, {"worked": worked}))
    store = workspace.store
    assert [(one.key, one.worked, one.n) for one in techniques(store)] == [
        ("ask", 8, 10),
        ("imagine", 1, 1),
        ("either_or", 0, 1),
    ]
    assert [one.key for one in techniques(store, "commitment")] == ["either_or"]
    assert techniques(store, "target") == []
    assert closing_stages(store) == ["value", "commitment"]


def test_scarcity_needs_the_fact_that_makes_it_true(workspace: Workspace, visit: str) -> None:
    for language in LANGUAGES:
        for said in ("", " ", library(language).techniques["scarcity"].example):
            with pytest.raises(UserError, match=r"closing\.needs_fact"):
                workspace.run(TryClosing(visit, "scarcity", said))
    _undone(workspace, TryClosing(visit, "scarcity", "仓里今天剩 40 吨，2 月 1 日停机"))
    workspace.run(TryClosing(visit, "ask", library("en").techniques["ask"].example))


def test_answers_are_ranked_and_what_is_new_goes_into_the_library(
    workspace: Workspace, add: Add, visit: str
) -> None:
    told = {"visit_id": visit, "kind": "objection", "code": "too_dear", "text": "太贵"}
    for _ in range(3):
        add("visit_item", **told, style="a", worked="yes")
    add("visit_item", **told, style="c", worked="yes")
    add("visit_item", **told, answer="先试两栏", worked="no")
    add("visit_item", **told, style="b")
    store = workspace.store
    judged = {(one.key, one.text): (one.worked, one.n) for one in answers(store)["too_dear"]}
    assert judged == {("a", ""): (3, 3), ("c", ""): (1, 1), ("", "先试两栏"): (0, 1)}
    assert heard(store) == {"too_dear": 6}
    new = add("visit_item", visit_id=visit, kind="objection", text="等猪价起来", answer="先试两栏")
    [unknown] = new_objections(store)
    assert (unknown.id, unknown.text, unknown.answer) == (new, "等猪价起来", "先试两栏")
    keep = KeepObjection(new, "suggest")
    _undone(workspace, keep)
    with pytest.raises(UserError, match=r"objection\.in_library"):
        workspace.run(KeepObjection(new, "suggest"))
    [entry] = own_entries(store, "objection")
    assert new_objections(store) == []
    item = store.record(VisitItem, new)
    assert item is not None
    assert item.code == entry.id == keep.row_id
    shelf = with_own(library("zh_CN"), [entry])
    first = next(iter(shelf.objections.values()))
    assert (first.title, first.step, first.heard) == ("等猪价起来", "suggest", ("等猪价起来",))
    assert len(shelf.objections) == len(library("zh_CN").objections) + 1


def test_own_questions_and_phrases_stand_in_the_library() -> None:
    entries = [
        OwnEntry(id="q", kind="question", topic="problem", title="漏料吗？", industry="pig_farm"),
        OwnEntry(id="p", kind="phrase", topic="care", title="下雪天", answer="路滑，慢点开。"),
    ]
    shelf = with_own(library("en"), entries)
    assert shelf.questions["q"] in shelf.questions_for("pig_farm")
    assert shelf.questions["q"] not in shelf.questions_for("retail")
    assert (shelf.phrases["p"].text, shelf.phrases["p"].use) == ("路滑，慢点开。", "下雪天")


def test_corrections_of_tags_are_remembered_and_forgotten(workspace: Workspace) -> None:
    first = CorrectTag("像带孩子", "d")
    _undone(workspace, first, CorrectTag("像带孩子", "a", refuses=True))
    workspace.run(CorrectTag("像带孩子", "d", refuses=True))
    assert [(rule.quadrant, rule.refuses) for rule in tag_rules(workspace.store)] == [
        ("d", 1),
        ("a", 1),
    ]
    workspace.run(ForgetTag(first.row_id))
    assert [rule.quadrant for rule in tag_rules(workspace.store)] == ["a"]


OWN = """
title = "出车前"
[section.car]
title = "车上"
[item.sample]
section = "car"
kind = "yes"
text = "样品带齐"
[item.call]
section = "car"
kind = "task"
days = 3
text = "回电话"
"""


def test_an_own_checklist_is_checked_kept_and_changed(workspace: Workspace) -> None:
    keep = KeepChecklist(OWN)
    _undone(workspace, keep)
    workspace.run(KeepChecklist(OWN.replace("出车前", "出门前"), row_id=keep.row_id))
    assert [one.title for one in own_checklists(workspace.store)] == ["出门前"]
    before_it = data_hash(workspace)
    with pytest.raises(UserError, match=r"checklist\.broken"):
        workspace.run(KeepChecklist("title = "))
    with pytest.raises(UserError, match=r"checklist\.wrong"):
        workspace.run(KeepChecklist(OWN.replace('"yes"', '"run"'), row_id=keep.row_id))
    assert data_hash(workspace) == before_it
    kept = workspace.store.record(Checklist, keep.row_id)
    assert kept is not None
    assert read(kept.text, kept.id, "zh_CN").title == "出门前"
    workspace.run(TrashRecords("checklist", (keep.row_id,)))
    assert own_checklists(workspace.store) == []


def test_a_checklist_is_filled_in_scored_and_compared(
    workspace: Workspace, customer: str, deal: str
) -> None:
    about = {"customer_id": customer, "deal_id": deal}
    first = StartChecklist("own", "出车前", {**about, "filled_on": "2026-10-01"})
    second = StartChecklist("own", "出车前", about)
    task = MakeChecklistTask(second.row_id, "call", "给海润回电话", "2026-11-12")
    _undone(
        workspace,
        first,
        AnswerItem(first.row_id, "sample", "1"),
        second,
        AnswerItem(second.row_id, "sample", "1"),
        task,
    )
    workspace.run(AnswerItem(second.row_id, "sample", "0", "9"))
    workspace.run(AnswerItem(second.row_id, "sample", ""))
    store = workspace.store
    now = filled(store, second.row_id)
    last, same = history(store, now.result)
    assert (last.result.id, same) == (first.row_id, now)
    assert (now.customer, now.deal) == ("海润牧业", "断奶料")
    assert history(store, last.result) == [last]
    form = read(OWN, "own", "zh_CN")
    assert [score(form, one.answers).percent for one in (last, now)] == [50, 50]
    made = store.record(Task, task.row_id)
    assert made is not None
    assert (made.customer_id, made.deal_id, made.due) == (customer, deal, "2026-11-12")
    with pytest.raises(UserError, match=r"checklist\.task_already"):
        workspace.run(MakeChecklistTask(second.row_id, "call", "再来一个"))
    assert [one.result.id for one in results(store, "own")] == [second.row_id, first.row_id]
    assert len(results(store, customer_id=customer)) == 2
    assert results(store, "other") == results(store, visit_id="nobody") == []


def test_several_items_become_tasks_at_once_and_a_first_answer_begins_a_result(
    workspace: Workspace, customer: str
) -> None:
    start = StartChecklist("own", "出车前", {"customer_id": customer}, {"sample": "1"})
    tasks = tuple(
        MakeChecklistTask(start.row_id, item, item, day)
        for item, day in (("call", "2026-11-12"), ("papers", "2026-11-16"))
    )
    _undone(workspace, start, MakeChecklistTasks(tasks))
    found = filled(workspace.store, start.row_id)
    assert {one.item: one.value for one in found.answers} == {
        "sample": "1",
        "call": "1",
        "papers": "1",
    }
    assert sum(bool(one.task_id) for one in found.answers) == 2
    with pytest.raises(UserError, match=r"checklist\.task_already"):
        workspace.run(MakeChecklistTasks(tasks))


def test_the_last_of_each_checklist_and_the_visits_nearest_to_today(
    workspace: Workspace, add: Add, customer: str
) -> None:
    store = workspace.store
    assert latest(store) == {}
    with pytest.raises(UserError, match=r"record\.gone"):
        latest_result(store)
    for code, day in (("a", "2026-10-01"), ("a", "2026-11-01"), ("b", "2026-09-01")):
        workspace.run(StartChecklist(code, code, {"filled_on": day}))
    assert {code: one.result.filled_on for code, one in latest(store).items()} == {
        "a": "2026-11-01",
        "b": "2026-09-01",
    }
    assert latest_result(store) == latest(store)["a"].result.id
    other = add("customer", name="绿源合作社")
    for whose, day in ((customer, "2026-11-20"), (other, "2026-11-08"), (customer, "2026-01-01")):
        add("visit", customer_id=whose, starts_at=f"{day}T02:00:00Z")
    assert [name for _, name in latest_visits(store, 2)] == ["绿源合作社", "海润牧业"]
    mine = latest_visits(store, 9, among=[customer])
    assert [visit.starts_at[:10] for visit, _ in mine] == ["2026-11-20", "2026-01-01"]


def test_a_draft_in_a_question_leads_to_the_deal_until_a_visit_has_it(
    workspace: Workspace, deal: str, visit: str
) -> None:
    question = PlanQuestion(deal, "月底要多少？")
    workspace.run(question)
    drafts.keep(workspace.store, "visit_item", question.row_id, "text", "月底")
    found = drafts.latest(workspace.store)
    assert found is not None
    assert found[:2] == ("deal", deal)
    workspace.run(TakeQuestions(visit))
    found = drafts.latest(workspace.store)
    assert found is not None
    assert found[:2] == ("visit", visit)


def test_planned_questions_are_put_into_order(workspace: Workspace, deal: str, add: Add) -> None:
    first, second = PlanQuestion(deal, "甲？"), PlanQuestion(deal, "乙？")
    order = OrderPlanned(deal, (second.row_id, first.row_id))
    _undone(workspace, first, second, order)
    spin = spin_of_deal(workspace.store, deal)
    assert [item.text for item in spin.items] == ["乙？", "甲？"]
    other = add("deal", title="别的", customer_id=spin.customer.id)
    with pytest.raises(UserError, match=r"record\.gone"):
        workspace.run(OrderPlanned(other, (first.row_id,)))


def test_a_question_of_ones_own_goes_into_the_bank_once(workspace: Workspace, deal: str) -> None:
    own = PlanQuestion(deal, "头三天怎么喂？", "problem")
    keep = KeepQuestion(own.row_id, "pig_farm")
    _undone(workspace, own, keep)
    shelf = with_own(library("zh_CN"), own_entries(workspace.store, "question"))
    assert shelf.questions[keep.row_id].kind == "problem"
    assert shelf.questions_for("pig_farm")[0].text == "头三天怎么喂？"
    assert keep.row_id not in {one.code for one in shelf.questions_for("store")}
    with pytest.raises(UserError, match=r"spin\.in_bank"):
        workspace.run(KeepQuestion(own.row_id))
