"""Scores given on a visit, on a call, on the card; complaints told wherever the customer is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.domain.contact import Contact
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.satisfaction import Satisfaction
from fieldsales.screens import customers, money
from fieldsales.screens.customers.page import CustomersScreen
from fieldsales.screens.money.proposals.page import ProposalsPage
from fieldsales.screens.sections import SectionedScreen
from fieldsales.screens.visit.page import VisitScreen
from fieldsales.services.operations.checklists import StartChecklist
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.feedback import CloseFeedback
from fieldsales.services.operations.proposals import StartProposal
from fieldsales.services.operations.visits import LogVisit, SetVisitPerson
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.satisfaction import history
from fieldsales.store.queries.visits import visit_facts
from fieldsales.widgets.chips import Chip
from tests.screens.conftest import OpenContext
from tests.workspaces import Add

Key = Qt.Key


@pytest.fixture
def hairun(add: Add) -> str:
    return add("customer", name="海润牧业")


@pytest.fixture
def opened() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def visit_page(
    open_context: OpenContext, qtbot: QtBot, opened: list[tuple[str, str]]
) -> Callable[[str], VisitScreen]:
    def shown(visit_id: str) -> VisitScreen:
        context = open_context()
        context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
        page = VisitScreen(context)
        qtbot.addWidget(page)
        page.resize(1280, 700)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.show_record("visit", visit_id)
        page.show_step("conclude")
        return page

    return shown


@pytest.fixture
def customers_page(open_context: OpenContext, qtbot: QtBot, hairun: str) -> CustomersScreen:
    screen = customers.build(open_context())
    assert isinstance(screen, CustomersScreen)
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.show_record("customer", hairun)
    qtbot.waitUntil(lambda: screen.card.details is not None)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def _all(workspace: Workspace) -> list[Satisfaction]:
    return workspace.store.records(Satisfaction, "SELECT * FROM satisfaction ORDER BY created_at")


def _keys(*keys: Qt.Key) -> None:
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def test_three_digits_score_a_visit(
    workspace: Workspace, hairun: str, add: Add, visit_page: Callable[[str], VisitScreen]
) -> None:
    log = LogVisit(hairun)
    workspace.run(log)
    person = add("contact", name="王建国", customer_id=hairun)
    workspace.run(SetVisitPerson(log.row_id, person, expected=True, met=True))
    scores = visit_page(log.row_id).conclude.scores
    scores.rows.setFocus()
    _keys(Key.Key_4, Key.Key_2, Key.Key_5)
    [kept] = _all(workspace)
    assert (kept.goods, kept.service, kept.image) == (4, 2, 5)
    assert (kept.visit_id, kept.contact_id) == (log.row_id, person)
    _keys(Key.Key_Delete)
    assert _all(workspace)[0].image is None
    assert not kept.for_customer
    scores.tick.box.click()
    assert _all(workspace)[0].for_customer
    found = visit_facts(workspace.store, log.row_id).satisfaction
    assert found is not None
    assert found.id == kept.id


def test_who_said_so_and_in_which_words(
    workspace: Workspace, hairun: str, add: Add, visit_page: Callable[[str], VisitScreen]
) -> None:
    log = LogVisit(hairun)
    workspace.run(log)
    people = [add("contact", name=name, customer_id=hairun) for name in ("王建国", "李秀兰")]
    for person in people:
        workspace.run(SetVisitPerson(log.row_id, person, expected=True, met=True))
    scores = visit_page(log.row_id).conclude.scores
    assert not scores.who.isVisible()  # there is nothing yet that anybody said
    scores.rows.setFocus()
    _keys(Key.Key_3)
    assert _all(workspace)[0].contact_id is None
    scores.who.choose(people[1])
    scores.note.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "slow")
    scores.note.binder.flush()
    [kept] = _all(workspace)
    assert (kept.contact_id, kept.note) == (people[1], "slow")
    workspace.run(EraseContact(people[1]))
    assert workspace.store.record(Contact, people[1]) is None
    assert _all(workspace)[0].contact_id is None
    for _ in range(2):  # the last score taken back takes the rest along
        scores.rows.rows["goods"].choose("")
    assert _all(workspace) == []
    assert not scores.note.isVisible()


def test_a_score_on_the_card_and_a_form_in_the_same_history(
    workspace: Workspace, hairun: str, customers_page: CustomersScreen, add: Add
) -> None:
    add("satisfaction", customer_id=hairun, scored_on="2026-10-02", goods=5, service=2)
    about = {"customer_id": hairun, "filled_on": "2026-10-20"}
    workspace.run(StartChecklist("satisfaction", "客户满意度", about, {"quality": "4"}))
    section = customers_page.card.satisfaction
    section.begin_adding()
    _keys(Key.Key_3, Key.Key_4, Key.Key_4)
    assert not section.rows.isVisible()
    faces = [line.face for line in section.lines if line.isVisible()]
    assert [face.title for face in faces] == [
        "货品 3 · 服务 4 · 公司印象 4",
        "货品 4.0",
        "货品 5 · 服务 2",
    ]
    assert section.lines[0].hasFocus()
    assert "客户自己填的表" in faces[1].subtitle
    QApplication.processEvents()
    chips = [chip.face for chip in section.standing.findChildren(Chip) if chip.isVisible()]
    assert [(chip.text, chip.tone) for chip in chips] == [
        ("货品 4.0", "bad"),
        ("服务 3.0", "good"),
        ("公司印象 4.0", "plain"),
    ]
    opened: list[tuple[str, str]] = []
    customers_page.context.opened.connect(lambda *told: opened.append(told))
    form, mine = history(workspace.store, hairun)[1], history(workspace.store, hairun)[0]
    section.open_record(form.row_id)
    assert opened == [("checklist_result", form.row_id)]
    section.open_record(mine.row_id)
    assert section.editor is not None
    section.editor.form.cells["goods"].editor.target().choose("5")  # type: ignore[attr-defined]
    section.editor.form.flush()
    assert history(workspace.store, hairun)[0].parts["goods"] == 5


def test_escape_leaves_the_rows_with_what_was_scored(
    workspace: Workspace, hairun: str, customers_page: CustomersScreen
) -> None:
    section = customers_page.card.satisfaction
    section.begin_adding()
    _keys(Key.Key_Escape)
    assert not section.rows.isVisible()
    assert _all(workspace) == []
    section.begin_adding()
    _keys(Key.Key_2, Key.Key_Escape)
    [kept] = _all(workspace)
    assert (kept.goods, kept.customer_id) == (2, hairun)
    section.open_record(kept.id)
    section._trash_open()
    assert history(workspace.store, hairun) == []


def test_a_call_is_scored_and_a_complaint_is_dealt_with(
    workspace: Workspace, hairun: str, customers_page: CustomersScreen, add: Add
) -> None:
    heard = {"customer_id": hairun, "at": "2026-11-07T02:00:00Z"}
    call, complaint = (add("interaction", kind=kind, **heard) for kind in ("call", "complaint"))
    opened: list[tuple[str, str]] = []
    customers_page.context.opened.connect(lambda *told: opened.append(told))
    happenings = customers_page.card.happenings
    happenings.open_interaction(call)
    happenings.scores.setFocus()
    _keys(Key.Key_5)
    [kept] = _all(workspace)
    assert (kept.goods, kept.interaction_id, kept.scored_on) == (5, call, "2026-11-07")
    happenings.open_interaction(complaint)
    assert happenings.scores.rows["goods"].key == ""  # the call's, not this one's
    happenings._settle.click()
    closed = workspace.store.record(Interaction, complaint)
    assert closed is not None
    assert closed.closed_at
    happenings._settle.click()
    again = workspace.store.record(Interaction, complaint)
    assert again is not None
    assert again.closed_at is None
    happenings._deal_with.click()
    assert opened == [("feedback", complaint)]


def test_an_open_complaint_is_told_on_the_visit(
    workspace: Workspace,
    hairun: str,
    add: Add,
    visit_page: Callable[[str], VisitScreen],
    opened: list[tuple[str, str]],
) -> None:
    complaint = add(
        "interaction", customer_id=hairun, kind="complaint", at="2026-11-07T02:00:00Z", text="霉"
    )
    log = LogVisit(hairun)
    workspace.run(log)
    header = visit_page(log.row_id).header
    assert header.complaints.isVisible()
    assert header.complaints.face.tooltip == "霉"
    QTest.mouseClick(header.complaints, Qt.MouseButton.LeftButton)
    assert opened == [("feedback", complaint)]
    workspace.run(CloseFeedback(complaint))
    assert not header.complaints.isVisible()


def test_an_open_complaint_is_told_where_an_offer_is_written(
    workspace: Workspace, hairun: str, add: Add, open_context: OpenContext, qtbot: QtBot
) -> None:
    complaint = add(
        "interaction", customer_id=hairun, kind="complaint", at="2026-11-07T02:00:00Z", text="霉"
    )
    begun = StartProposal({"customer_id": hairun, "title": "全年用料"})
    workspace.run(begun)
    context = open_context()
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda *told: opened.append(told))
    screen = money.build(context)
    assert isinstance(screen, SectionedScreen)
    qtbot.addWidget(screen)
    screen.resize(1280, 720)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.show_record("proposal", begun.row_id)
    page = screen.page
    assert isinstance(page, ProposalsPage)
    chip = page.view.complaints
    assert (chip.isVisible(), chip.face.text) == (True, "投诉 1 件")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert opened == [("feedback", complaint)]
    workspace.run(CloseFeedback(complaint))
    assert not chip.isVisible()
