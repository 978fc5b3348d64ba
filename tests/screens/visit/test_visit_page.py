"""The page of a visit, worked by keys and clicks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from fieldsales.domain.deal import Deal
from fieldsales.screens.spin_questions import QuestionRow
from fieldsales.services.library import library
from fieldsales.services.operations.checklists import StartChecklist
from fieldsales.services.operations.conversation import PlanQuestion
from fieldsales.services.operations.records import EditRecord, RestoreRecords, TrashRecords
from fieldsales.services.operations.visits import (
    ConcludeVisit,
    SetVisitPerson,
    StartVisit,
)
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.queries.checklists import results
from tests.screens.visit.conftest import (
    Pages,
    at,
    facts,
    focus,
    planned,
    running,
    say,
    texts,
    visit,
)
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import add

Key, Alt, Ctrl = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_each_state_opens_at_its_own_step(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    before, during, after = (planned(workspace, customer) for _ in range(3))
    workspace.run(StartVisit(during))
    workspace.run(ConcludeVisit(after))
    page = pages.open()
    steps = []
    for visit_id in (before, during, after):
        page.show_record("visit", visit_id)
        steps.append(page.step)
    assert steps == ["plan", "run", "conclude"]


def test_the_strip_counts_the_visits_and_shows_the_verdict(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    for day in (-30, -12):
        workspace.run(ConcludeVisit(planned(workspace, customer, starts_at=at(day))))
    page = pages.open(planned(workspace, customer, place="场部办公室"))
    assert "第 3 次拜访" in page.header._about.full_text()
    assert "场部办公室" in page.header._about.full_text()
    assert not page.header.verdict.isVisible()
    workspace.run(ConcludeVisit(page.desk.visit_id, {"ordered": 1}))
    assert page.header.verdict.face.text == "成交"


def test_the_customer_and_the_papers_are_a_click_away(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    page = pages.open(visit_id)
    qtbot.mouseClick(page.header.title, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.header._brief, Qt.MouseButton.LeftButton)
    workspace.run(StartVisit(visit_id))
    qtbot.mouseClick(page.header._report, Qt.MouseButton.LeftButton)
    assert pages.opened == [
        ("customer", customer),
        ("paper", f"brief:{visit_id}"),
        ("paper", f"visit:{visit_id}"),
    ]


def test_a_visit_called_off_goes_on_after_all(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    page = pages.open(planned(workspace, customer))
    page.header.asked.emit("cancel")
    assert visit(workspace, page.desk.visit_id).state == "cancelled"
    assert pages.told == ["这次拜访已取消"]
    qtbot.mouseClick(page.header.revive, Qt.MouseButton.LeftButton)
    assert visit(workspace, page.desk.visit_id).state == "planned"


def test_markup_is_shown_as_it_was_typed(workspace: Workspace, pages: Pages) -> None:
    odd = "<b>甲</b> & 乙 100% {x} '; DROP"
    customer = add(workspace, "customer", name=odd)
    person = add(workspace, "contact", name=odd, title=odd, customer_id=customer)
    visit_id = planned(workspace, customer, person, place=odd, objective=odd)
    add(workspace, "visit_item", visit_id=visit_id, kind="question", text=odd)
    add(workspace, "task", title=odd, kind="promise", party="them", customer_id=customer)
    page = pages.open(visit_id)
    shown = texts(page)
    assert shown.count(odd) >= 4  # name, person, promise, place
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText
        for label in page.findChildren(QLabel)
        if odd in label.text()
    )


# prepare


def test_the_stage_of_the_deal_proposes_the_next_advance(
    workspace: Workspace, customer: str, deal: str, pages: Pages, qtbot: QtBot
) -> None:
    page = pages.open(planned(workspace, customer))
    offers = page.plan.objective.offers
    assert offers.keys() == [deal]
    offers.press(deal)
    stage = library("zh_CN").next_advances["value"]
    assert stage.needs in texts(page)
    marked = [pick.key for pick in page.plan.objective._picks.picks._picks if pick.marked]
    assert set(marked) == set(stage.advances)
    assert offers.keys() == list(stage.objectives)
    offers.press(stage.objectives[1])
    assert visit(workspace, page.desk.visit_id).objective == stage.objectives[1]
    assert offers.keys() == []


def test_questions_come_from_the_bank_or_from_the_rep_and_keep_their_order(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    page = pages.open(visit_id)
    questions = page.plan.questions
    first = questions.bank.keys()[0]
    questions.bank.press(first)
    questions.line.setFocus()
    say("拉稀")
    qtbot.keyClick(questions.line, Key.Key_Down)
    qtbot.keyClick(questions.line, Key.Key_Return)
    questions.kinds.choose("payoff")
    questions.line.setFocus()
    say("省下的料钱您打算怎么用？")
    qtbot.keyClick(questions.line, Key.Key_Return)
    items = facts(workspace, visit_id).items_of("question")
    assert items[0].code == first
    assert items[1].code in library("zh_CN").questions
    assert "拉稀" in items[1].text
    assert (items[2].code, items[2].text) == ("payoff", "省下的料钱您打算怎么用？")
    assert questions.line.text() == ""

    row = questions.rows.row(items[2].id)
    assert row is not None
    row.setFocus()
    qtbot.keyClick(focus(), Key.Key_Up, Alt)
    qtbot.keyClick(focus(), Key.Key_Up, Alt)
    moved = [item.id for item in facts(workspace, visit_id).items_of("question")]
    assert moved == [items[2].id, items[0].id, items[1].id]
    assert row.isAncestorOf(focus())  # the next key moves it on


def test_an_emptied_question_goes_and_comes_back_by_undo(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    add(workspace, "visit_item", visit_id=visit_id, kind="question", text="用多少？")
    page = pages.open(visit_id)
    row = page.plan.questions.rows.row(page.plan.questions.rows.keys()[0])
    assert row is not None
    row.setFocus()
    qtbot.keyClick(focus(), Key.Key_A, Ctrl)
    qtbot.keyClick(focus(), Key.Key_Delete)
    qtbot.keyClick(focus(), Key.Key_Return)
    assert not facts(workspace, visit_id).items
    assert pages.told == ["已去掉：用多少？"]
    workspace.undo()
    assert [item.text for item in facts(workspace, visit_id).items] == ["用多少？"]
    assert len(page.plan.questions.rows.keys()) == 1


def test_what_is_brought_is_ticked_or_written(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    page = pages.open(visit_id)
    materials = page.plan.materials
    first = materials.rows.keys()[0]
    row = materials.rows.row(first)
    assert row is not None
    row.tick.box.click()  # type: ignore[attr-defined]
    materials.line.setFocus()
    say("料槽照片")
    qtbot.keyClick(materials.line, Key.Key_Return)
    found = facts(workspace, visit_id).items_of("material")
    assert [(item.code, item.done) for item in found] == [(first, 0), ("", 0)]
    row.tick.box.click()  # type: ignore[attr-defined]
    assert [item.text for item in facts(workspace, visit_id).items_of("material")] == ["料槽照片"]


def test_people_are_ticked_and_somebody_new_needs_only_a_name(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    page = pages.open(visit_id)
    people = page.plan.people
    assert "还没有联系人" in texts(page)
    people.name.setFocus()
    say("单秀英")
    qtbot.keyClick(people.name, Key.Key_Return)
    (person,) = facts(workspace, visit_id).people
    assert (person.contact.name, person.met) == ("单秀英", False)
    assert "还没见过面" in texts(page)
    row = people.rows.row(person.contact.id)
    assert row is not None
    row.tick.box.click()  # type: ignore[attr-defined]
    assert not facts(workspace, visit_id).people
    assert people.rows.keys() == [person.contact.id]


def test_this_visit_is_not_the_last_time_they_met(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    person = add(workspace, "contact", name="王建国", customer_id=customer)
    before = planned(workspace, customer, person, starts_at=at(-12))
    workspace.run(ConcludeVisit(before))
    now = running(workspace, customer)
    workspace.run(SetVisitPerson(now, person, met=True))
    page = pages.open(now)
    assert "上次见面 12 天前" in texts(page.run)


def test_an_old_promise_is_ticked_off(workspace: Workspace, customer: str, pages: Pages) -> None:
    add(
        workspace, "task", title="给我们看采食记录", kind="promise", party="them",
        due="2026-11-07", customer_id=customer,
    )  # fmt: skip
    visit_id = planned(workspace, customer)
    page = pages.open(visit_id)
    assert "客户答应的 · 2 天前就该完成" in texts(page)
    rows = page.plan.promises.rows
    row = rows.row(rows.keys()[0])
    assert row is not None
    row.tick.box.click()  # type: ignore[attr-defined]
    assert not facts(workspace, visit_id).promises
    assert pages.told == ["已了结：给我们看采食记录"]


def test_a_deal_of_the_customer_is_found_by_a_part_of_its_name(
    workspace: Workspace, customer: str, deal: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    page = pages.open(visit_id)
    page.plan.form.focus("deal_id")
    say("育肥")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert visit(workspace, visit_id).deal_id == deal
    assert "育肥料年单" in page.header._about.full_text()


def test_a_deal_that_a_visit_brings_is_made_there(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    page = pages.open(visit_id)
    page.plan.form.focus("deal_id")
    say("教槽料试用")
    qtbot.keyClick(focus(), Key.Key_Down)
    qtbot.keyClick(focus(), Key.Key_Return)
    made = workspace.store.record(Deal, str(visit(workspace, visit_id).deal_id))
    assert made is not None
    assert (made.title, made.customer_id, made.stage) == ("教槽料试用", customer, "target")
    assert "教槽料试用" in page.header._about.full_text()


def test_in_a_store_its_five_questions_and_six_steps_are_there(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer, kind="store")
    page = pages.open(visit_id)
    page.show_step("run")
    steps, questions = page.run.store_steps, page.run.store_questions
    assert len(steps.sheet.items.rows) == 18
    qtbot.keyClick(steps.sheet.items.rows["greet"].stop, Qt.Key.Key_1)
    qtbot.keyClick(steps.sheet.items.rows["distance"].stop, Qt.Key.Key_1)
    who = questions.sheet.items.rows["who"].stop
    assert isinstance(who, QPlainTextEdit)
    who.insertPlainText("家里老人")
    page.show_step("plan")  # what was typed is kept
    steps_done, asked = (
        results(workspace.store, code, visit_id=visit_id)
        for code in ("store_steps", "need_questions")
    )
    assert [len(found) for found in (steps_done, asked)] == [1, 1]
    assert {one.item for one in steps_done[0].answers} == {"greet", "distance"}
    assert asked[0].answers[0].value == "家里老人"
    assert steps_done[0].result.customer_id == customer
    workspace.undo()
    assert who.toPlainText() == ""
    other = pages.open(planned(workspace, customer))
    assert not other.run.store_steps.isVisibleTo(other.run)


def test_after_a_purchase_its_service_is_offered_once(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.show_step("conclude")
    assert not page.conclude.checklists.isVisibleTo(page.conclude)
    workspace.run(EditRecord("visit", visit_id, {"ordered": 1}))
    workspace.run(ConcludeVisit(visit_id))
    offers = page.conclude.checklists.offers
    assert offers.keys() == ["after_purchase"]
    workspace.run(StartChecklist("after_purchase", "购后服务", {"visit_id": visit_id}))
    assert offers.keys() == []
    assert len([line for line in page.conclude.checklists.lines if line.isVisible()]) == 1


# meet


def test_starting_leads_to_the_capture_line(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    page = pages.open(planned(workspace, customer))
    qtbot.mouseClick(page.header.start, Qt.MouseButton.LeftButton)
    assert page.step == "run"
    assert focus() is page.run.capture.line
    assert page.header.timer.isVisible()


def test_a_visit_logged_now_is_ready_to_be_written_down(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    person = add(workspace, "contact", name="贺文清", customer_id=customer)
    visit_id = running(workspace, customer)
    workspace.run(SetVisitPerson(visit_id, person, met=True))
    pages.open(visit_id)
    say("换料那一周总有十来头拉稀")
    qtbot.keyClick(focus(), Key.Key_Return)
    (need,) = facts(workspace, visit_id).needs
    assert (need.text, need.statement) == ("换料那一周总有十来头拉稀", "implied")
    assert need.contact_id == person  # only one was there to say it
    workspace.undo()
    assert not facts(workspace, visit_id).needs


@pytest.mark.parametrize(
    ("letter", "kind"),
    [("s", "signal"), ("o", "objection"), ("b", "observation"), ("c", "competitor")],
)
def test_the_kind_is_a_letter_away(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot, letter: str, kind: str
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    qtbot.keyClick(focus(), letter, Alt)
    say("院里停着别家的车")
    qtbot.keyClick(focus(), Key.Key_Return)
    qtbot.keyClick(focus(), Key.Key_I, Alt)
    say(f"/{letter}又来了一辆")
    assert page.run.capture.line.text() == "又来了一辆"
    qtbot.keyClick(focus(), Key.Key_Return)
    found = facts(workspace, visit_id).items_of(kind)
    assert [item.text for item in found] == ["院里停着别家的车", "又来了一辆"]


def test_tab_turns_to_the_next_kind_while_something_is_written(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    say("我要一家能包技术服务的")
    qtbot.keyClick(focus(), Key.Key_Tab)
    assert page.run.capture.kinds.key == "explicit"
    qtbot.keyClick(focus(), Key.Key_Return)
    assert [need.statement for need in facts(workspace, visit_id).needs] == ["explicit"]
    qtbot.keyClick(focus(), Key.Key_Tab)
    assert focus() is not page.run.capture.line


def test_an_answer_is_two_keys_from_the_objection(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    qtbot.keyClick(focus(), Key.Key_O, Alt)
    say("你们比别家贵一百多")
    qtbot.keyClick(focus(), Key.Key_Down)
    qtbot.keyClick(focus(), Key.Key_Return)
    (item,) = facts(workspace, visit_id).items_of("objection")
    entry = library("zh_CN").objections[item.code]
    assert "贵" in entry.title
    assert (item.text, item.answer) == ("你们比别家贵一百多", entry.answer)
    row = page.run.objections.rows.row(item.id)
    assert row is not None
    row.answer.setFocus()  # type: ignore[attr-defined]
    qtbot.keyClick(focus(), Key.Key_End, Ctrl)
    say("您算算？")
    qtbot.keyClick(focus(), Key.Key_Return)
    (item,) = facts(workspace, visit_id).items_of("objection")
    assert item.answer == entry.answer + "您算算？"


def test_an_objection_kept_in_a_hurry_is_answered_afterwards(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    qtbot.keyClick(focus(), Key.Key_O, Alt)
    say("用过，没效果")
    qtbot.keyClick(focus(), Key.Key_Return)
    (item,) = facts(workspace, visit_id).items_of("objection")
    assert (item.code, item.answer) == ("", "")
    row = page.run.objections.rows.row(item.id)
    assert row is not None
    row.matches.press("not_working")  # type: ignore[attr-defined]
    (item,) = facts(workspace, visit_id).items_of("objection")
    assert item.answer == library("zh_CN").objections["not_working"].answer
    row.more.click()  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert library("zh_CN").objections["not_working"].means[0] in texts(page)


def test_a_signal_is_ticked_says_what_to_do_and_is_known_in_any_language(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    row = page.run.signals.rows.row("asks_payment")
    assert row is not None
    row.tick.box.click()  # type: ignore[attr-defined]
    entry = library("zh_CN").signals["asks_payment"]
    (item,) = facts(workspace, visit_id).items_of("signal")
    assert (item.text, item.code, item.done) == (entry.text, "speech", 1)
    assert entry.then in texts(page)
    page.close()
    english = pages.open(visit_id, "en")
    row = english.run.signals.rows.row("asks_payment")
    assert row is not None
    row.tick.box.click()  # type: ignore[attr-defined]
    assert not facts(workspace, visit_id).items_of("signal")


def test_an_answered_question_was_asked(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    item = add(workspace, "visit_item", visit_id=visit_id, kind="question", text="用多少？")
    page = pages.open(visit_id)
    row = page.run.questions.rows.row(item)
    assert isinstance(row, QuestionRow)
    row.tick.click()
    say("一个月 30 吨")
    qtbot.keyClick(focus(), Key.Key_Return)
    (found,) = facts(workspace, visit_id).items
    assert (found.done, found.answer) == (1, "一个月 30 吨")
    qtbot.keyClick(row.reply.text, Key.Key_E, Ctrl)
    (need,) = facts(workspace, visit_id).needs
    assert (need.text, need.statement) == ("一个月 30 吨", "explicit")


def test_voiced_trouble_asks_for_its_consequences_then_for_what_a_cure_is_worth(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    questions = library("zh_CN").questions
    assert page.run.questions.bank.keys() == []
    page.desk.add_need("总有拉稀的", "implied")
    offered = page.run.questions.bank.keys()
    assert {questions[code].kind for code in offered} == {"implication"}
    page.run.questions.bank.press(offered[0])
    asked = facts(workspace, visit_id).items_of("question")[0]
    page.desk.edit_item(asked.id, done=1)
    offered = page.run.questions.bank.keys()
    assert {questions[code].kind for code in offered} == {"payoff"}
    page.desk.add_need("拉稀要减半", "explicit")
    assert page.run.questions.bank.keys() == []


def test_the_spin_sheet_opens_in_the_visit_and_leads_back(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    add(workspace, "visit_item", visit_id=visit_id, kind="question", code="problem", text="怎样？")
    page = pages.open(visit_id)
    page.run.questions.way.open.click()
    assert page.spin is not None
    assert page.spin.isVisible()
    assert not page.run.isVisible()
    page.spin.kinds["payoff"].line.setFocus()
    say("省下的钱先用在哪儿？")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert len(page.spin.desk.items_of("payoff")) == 1
    qtbot.keyClick(focus(), Key.Key_Escape)
    assert page.run.isVisible()
    assert len(page.run.questions.rows.keys()) == 2
    page.run.questions.way.open.click()
    assert page.go_back()
    assert page.run.isVisible()


def test_a_visit_takes_what_was_planned_for_its_deal(
    workspace: Workspace, customer: str, deal: str, pages: Pages
) -> None:
    visit_id = planned(workspace, customer, deal_id=deal)
    workspace.run(PlanQuestion(deal, "拉稀多不多？", "problem"))
    page = pages.open(visit_id)
    take = page.plan.questions.way.take
    assert "1 个问题" in take.text()
    take.click()
    assert [item.text for item in facts(workspace, visit_id).items] == ["拉稀多不多？"]
    assert not take.isVisible()


def test_a_need_grows_from_implied_to_explicit(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.desk.add_need("总有拉稀的", "implied")
    (need,) = facts(workspace, visit_id).needs
    row = page.run.needs.rows.row(need.id)
    assert row is not None
    qtbot.keyClick(row.statement, Key.Key_Right)  # type: ignore[attr-defined]
    row.category.picked.emit("performance")  # type: ignore[attr-defined]
    (need,) = facts(workspace, visit_id).needs
    assert (need.statement, need.category) == ("explicit", "performance")
    assert row.category.text() == "绩效"  # type: ignore[attr-defined]


def test_two_signals_open_the_way_to_the_order(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    page = pages.open(running(workspace, customer))
    closing, shelf = page.run.closing, library("zh_CN")
    assert shelf.route["check"].say not in texts(page)
    for code in ("asks_payment", "asks_delivery"):
        page.desk.add_signal(shelf.signals[code])
    assert shelf.route["check"].say in texts(page)
    for step in ("offers", "technique"):
        closing.next_steps.press(step)
    closing.attempt.techniques.choose("either_or")
    QApplication.processEvents()
    assert shelf.techniques["either_or"].example in texts(page)
    assert shelf.techniques["either_or"].when_not in texts(page)
    assert closing.next_steps.keys() == ["serve", "back"]
    closing.toggle.click()
    assert shelf.techniques["either_or"].example not in texts(page)


def test_what_is_half_written_outlives_the_page(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.run.capture._draft.setInterval(1)
    say("料肉比一直降不")
    qtbot.waitUntil(
        lambda: drafts.of(workspace.store, "visit", visit_id) == {"capture": "料肉比一直降不"},
        timeout=2_000,
    )
    page.close()
    again = pages.open(visit_id)
    assert again.run.capture.line.text() == "料肉比一直降不"
    qtbot.keyClick(focus(), Key.Key_Return)
    assert drafts.of(workspace.store, "visit", visit_id) == {}


def test_the_note_saves_itself(workspace: Workspace, customer: str, pages: Pages) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.run.note.focus()
    say("院里在修新棚。\n门口停着别家的车。")
    page.show_step("conclude")
    assert visit(workspace, visit_id).note == "院里在修新棚。\n门口停着别家的车。"


# conclude


def test_concluding_takes_the_keyboard_alone(
    workspace: Workspace, customer: str, deal: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    workspace.run(EditRecord("visit", visit_id, {"deal_id": deal}))
    page = pages.open(visit_id)
    verdict = page.conclude.card.verdict
    qtbot.keyClick(focus(), Key.Key_3, Alt)
    assert verdict.text() == "暂时中断"
    qtbot.keyClick(focus(), Key.Key_3)  # the third: a trial
    assert visit(workspace, visit_id).their_action == "同意试用"  # in words, to be made better
    qtbot.keyClick(focus(), Key.Key_Tab)
    qtbot.keyClick(focus(), Key.Key_A, Ctrl)
    say("拿东一栋先试三周")
    assert verdict.text() == "暂时中断"
    assert "没有日子的答应还不算进展" in page.conclude.card.reason.text()
    qtbot.keyClick(focus(), Key.Key_Tab)
    say("周五")
    assert verdict.text() == "进展"  # before anything is saved
    for _ in range(4):
        qtbot.keyClick(focus(), Key.Key_Tab)
    say("送 3 吨料到场")
    qtbot.keyClick(focus(), Key.Key_Tab)
    say("+2")
    qtbot.keyClick(focus(), Key.Key_Return, Ctrl)
    found = facts(workspace, visit_id)
    assert found.visit.state == "concluded"
    assert {(task.party, task.title, task.due) for task in found.follow_ups} == {
        ("them", "拿东一栋先试三周", "2026-11-13"),
        ("us", "送 3 吨料到场", "2026-11-11"),
    }
    assert page.header.verdict.face.text == "进展"
    assert focus() is page.conclude.next_visit.day
    say("+14")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert "已安排 11月23日 周一（14 天后）09:00" in texts(page)
    next_id = workspace.store.value("SELECT id FROM visit WHERE state = 'planned'")
    assert visit(workspace, next_id).deal_id == deal


def test_concluding_a_plan_at_once_says_who_counts_as_met(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    people = [
        add(workspace, "contact", name=name, customer_id=customer)
        for name in ("王建国", "李莉", "赵敏", "周强")
    ]
    for expected, said in (
        (people, "拜访总结好了，见到了王建国、李莉、赵敏等 4 人"),
        (people[:2], "拜访总结好了，见到了王建国、李莉"),
        ([], "还没有勾见到了谁"),
    ):
        visit_id = planned(workspace, customer, *expected)
        pages.open(visit_id)
        qtbot.keyClick(focus(), Key.Key_3, Alt)
        qtbot.keyClick(focus(), Key.Key_Return, Ctrl)
        assert said in pages.told[-1]
        assert [person.met for person in facts(workspace, visit_id).people] == [True] * len(
            expected
        )


def test_what_we_will_do_is_told_to_the_customer_by_a_tick(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.show_step("conclude")
    tell = page.conclude.tell
    assert not tell.isEnabled()
    page.conclude.form.focus("our_action")
    say("周五送样")
    assert tell.isEnabled()
    qtbot.mouseClick(tell.text, Qt.MouseButton.LeftButton)
    assert tell.box.isChecked()
    assert facts(workspace, visit_id).told_of_ours
    assert "我们答应的" in texts(page)
    workspace.undo()
    assert not tell.box.isChecked()


def test_a_photo_of_the_visit_is_kept_and_marked_for_the_customer(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot, tmp_path: Path
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    photo = tmp_path / "栏舍.png"
    QImage(300, 200, QImage.Format.Format_RGB32).save(str(photo))
    page.run.photos.take([photo])
    [tile] = page.run.photos.tiles
    [(kept, path)] = facts(workspace, visit_id).photos
    assert (kept.visit_id, kept.customer_id, kept.for_customer) == (visit_id, customer, 0)
    assert path.read_bytes() == photo.read_bytes()
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton, pos=tile.corner().center())
    assert facts(workspace, visit_id).photos[0][0].for_customer == 1
    qtbot.keyClick(tile, Key.Key_Delete)
    assert not page.run.photos.tiles
    assert pages.told[-1] == "已移到回收站：栏舍.png"


def test_kind_words_alone_are_a_continuation(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    page = pages.open(running(workspace, customer))
    page.show_step("conclude")
    page.conclude.form.focus("our_action")
    say("再送一次资料")
    assert page.conclude.card.verdict.text() == "暂时中断"
    assert "没有行动，就还停在原地" in page.conclude.card.reason.text()


def test_ordered_and_refused_is_told_at_the_field(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.show_step("conclude")
    cells = page.conclude.form.cells
    cells["ordered"].editor.target().click()  # type: ignore[attr-defined]
    cells["refused"].editor.target().click()  # type: ignore[attr-defined]
    assert cells["refused"].message() == "已经下单就不能同时算拒绝，请选一个。"
    assert (visit(workspace, visit_id).ordered, visit(workspace, visit_id).refused) == (1, 0)
    page.conclude.conclude()
    assert visit(workspace, visit_id).state == "running"
    cells["ordered"].editor.target().click()  # type: ignore[attr-defined]
    assert cells["refused"].message() == ""
    assert (visit(workspace, visit_id).ordered, visit(workspace, visit_id).refused) == (0, 1)
    assert page.conclude.card.verdict.text() == "未成交"


def test_an_amount_means_an_order(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.show_step("conclude")
    page.conclude.form.focus("amount")
    say("3.2万")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert (visit(workspace, visit_id).ordered, visit(workspace, visit_id).amount) == (1, 3_200_000)
    assert page.conclude.card.verdict.text() == "成交"


def test_correcting_a_conclusion_corrects_its_task(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    workspace.run(ConcludeVisit(visit_id, {"our_action": "送样品", "our_date": "2026-11-12"}))
    page = pages.open(visit_id)
    page.conclude.form.focus("our_date")
    qtbot.keyClick(focus(), Key.Key_A, Ctrl)
    say("11-20")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert [task.due for task in facts(workspace, visit_id).follow_ups] == ["2026-11-20"]
    page.conclude.follow_ups.line.setFocus()
    say("问技术员蛋白指标")
    qtbot.keyClick(focus(), Key.Key_Return)
    titles = {task.title for task in facts(workspace, visit_id).follow_ups}
    assert titles == {"送样品", "问技术员蛋白指标"}


def test_a_day_without_meaning_is_told_and_holds_the_conclusion_back(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.show_step("conclude")
    page.conclude.form.focus("their_date")
    say("等他有空")
    page.conclude.conclude()
    assert page.conclude.form.wrong() == ["their_date"]
    assert visit(workspace, visit_id).state == "running"
    assert drafts.of(workspace.store, "visit", visit_id) == {"their_date": "等他有空"}


def test_a_next_visit_without_a_day_asks_for_one(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    page = pages.open(planned(workspace, customer))
    workspace.run(ConcludeVisit(page.desk.visit_id))
    page.show_step("conclude")
    page.conclude.next_visit.day.setFocus()
    qtbot.keyClick(focus(), Key.Key_Return)
    assert "先写上哪一天" in texts(page)
    assert focus() is page.conclude.next_visit.day


# what may happen meanwhile


def test_steps_are_turned_by_keys_and_save_what_was_typed(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = planned(workspace, customer)
    page = pages.open(visit_id)
    page.plan.objective.form.focus("objective")
    say("定下东一栋先试")
    qtbot.keyClick(focus(), Key.Key_2, Alt)
    assert page.step == "run"
    assert visit(workspace, visit_id).objective == "定下东一栋先试"
    qtbot.keyClick(focus(), Key.Key_1, Alt)
    assert page.step == "plan"


def test_another_visit_gets_nothing_of_what_was_typed_here(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    one, other = running(workspace, customer), running(workspace, customer)
    page = pages.open(one)
    say("只在这一次")
    page.run.note.focus()
    say("只记在这里")
    page.show_record("visit", other)
    assert page.run.capture.line.text() == ""
    assert visit(workspace, one).note == "只记在这里"
    assert visit(workspace, other).note == ""
    assert page.go_back()
    assert page.desk.visit_id == one
    assert page.run.capture.line.text() == "只在这一次"
    assert not page.go_back()


def test_a_visit_undone_while_open_leaves_a_calm_page(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.run.note.focus()
    say("写到一半")
    workspace.undo()
    assert page.empty.isVisible()
    page.refresh()
    page._go("run")
    page.new_record()
    page.close()
    assert pages.told == []
    workspace.redo()
    page.show()
    page.show_record("visit", visit_id)
    assert not page.empty.isVisible()


def test_a_customer_in_the_trash_takes_its_visit_along_and_back(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = planned(workspace, customer)
    add(workspace, "visit_item", visit_id=visit_id, kind="question", text="用多少？")
    page = pages.open(visit_id)
    workspace.run(TrashRecords("customer", (customer,)))
    assert page.empty.isVisible()
    workspace.run(RestoreRecords("customer", (customer,)))
    assert not page.empty.isVisible()
    row = page.plan.questions.rows.row(page.plan.questions.rows.keys()[0])
    assert row is not None
    assert row.editor.typed() == "用多少？"  # type: ignore[attr-defined]


def test_a_page_without_a_visit_is_calm(workspace: Workspace, pages: Pages) -> None:
    page = pages.open()
    page.show_example()
    page.new_record()
    assert page.empty.isVisible()
    assert not page.go_back()


def test_another_visit_here_is_one_key(
    workspace: Workspace, customer: str, deal: str, pages: Pages
) -> None:
    page = pages.open(planned(workspace, customer, deal_id=deal))
    page.new_record()
    ((kind, row_id),) = pages.opened
    assert kind == "visit"
    assert visit(workspace, row_id).deal_id == deal
    assert visit(workspace, row_id).starts_at == at(1, 9)


@pytest.mark.parametrize("step", ["plan", "run", "conclude"])
@pytest.mark.parametrize("width", [1280, 880])
def test_nothing_is_clipped(
    workspace: Workspace,
    qtbot: QtBot,
    customer: str,
    deal: str,
    pages: Pages,
    step: str,
    width: int,
) -> None:
    person = add(workspace, "contact", name="欧阳志远", level="top", customer_id=customer)
    visit_id = planned(workspace, customer, person, deal_id=deal, wanted_advance="trial")
    workspace.run(StartVisit(visit_id))
    shelf = library("en")
    for kind in ("question", "objection", "observation", "competitor", "material", "signal"):
        text = next(iter(shelf.questions.values())).text
        add(workspace, "visit_item", visit_id=visit_id, kind=kind, text=text, done=1)
    add(workspace, "need", visit_id=visit_id, customer_id=customer, text="Less trouble")
    add(workspace, "task", title="Send it", customer_id=customer, kind="promise", due="2026-11-01")
    workspace.run(ConcludeVisit(visit_id, {"their_action": "Comes", "their_date": "2026-11-12"}))
    page = pages.open(visit_id, "pseudo")
    page.resize(width, 700)
    page.show_step(step)
    wait_until_all_fits(qtbot, page)
