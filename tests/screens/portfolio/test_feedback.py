"""What a user does with feedback: sees what waits, answers, closes, opens again, makes a task."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.feedback import state
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.satisfaction import Satisfaction
from fieldsales.domain.task import Task
from fieldsales.screens.asking import Asking
from fieldsales.screens.portfolio.feedback.page import FeedbackPage
from fieldsales.screens.settings.work.feedback import FeedbackSettings
from fieldsales.services.operations.feedback import AnswerFeedback, CloseFeedback, TakeUpFeedback
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.card import Fact
from fieldsales.widgets.lines import Line
from fieldsales.words import PSEUDO
from tests.screens.portfolio.conftest import Shown, ShowPortfolio
from tests.widgets.clip_check import clipped
from tests.workspaces import Add

Key = Qt.Key


@pytest.fixture
def hairun(add: Add) -> str:
    return add("customer", name="海润牧业")


@pytest.fixture
def complaint(add: Add, hairun: str) -> str:
    """A week old, so that its answer is four days late."""
    return add(
        "interaction",
        customer_id=hairun,
        kind="complaint",
        at="2026-11-02T02:00:00Z",
        text="料里有霉味",
    )


@pytest.fixture
def praise(add: Add) -> str:
    return add(
        "interaction",
        customer_id=add("customer", name="金穗"),
        kind="feedback",
        at="2026-11-08T02:00:00Z",
        text="送货比说好的早一天",
        assignee="老高",
    )


def _page(shown: Shown) -> FeedbackPage:
    assert isinstance(shown.page, FeedbackPage)
    return shown.page


def _texts(page: QWidget) -> str:
    for _ in range(4):
        QApplication.processEvents()
    said = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    facts = [one.accessibleName() for one in page.findChildren(Fact) if one.isVisible()]
    return "\n".join(said + facts)


def _rows(page: FeedbackPage) -> list[str]:
    model = page.list.list.model
    return [page.list._face(model.row(at)).title for at in range(model.rowCount())]


def _type(form: Asking, name: str, text: str) -> None:
    target = form.editor(name).target()
    target.setFocus()
    QTest.keyClicks(target, text)


def _enter(form: Asking, name: str) -> None:
    QTest.keyClick(form.editor(name).target(), Key.Key_Return)


def _state(workspace: Workspace, row_id: str) -> str:
    found = workspace.store.record(Interaction, row_id)
    assert found is not None
    return state(found)


def _press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_empty_file_says_what_to_do_and_notes_one(
    show_portfolio: ShowPortfolio, workspace: Workspace, hairun: str
) -> None:
    page = _page(show_portfolio("feedback"))
    assert "现在没有要办的反馈" in _texts(page)
    _press(page.new)
    form = page.hearing
    form.editor("customer_id").set_value(hairun)
    _enter(form, "text")
    assert form.cells["text"].message()  # what is missing stands below its field
    _type(form, "text", "moldy")
    _enter(form, "text")
    [made] = workspace.store.records(Interaction, "SELECT * FROM interaction")
    assert (made.kind, made.text, made.customer_id) == ("complaint", "moldy", hairun)
    assert page.detail.currentWidget() is page.view
    assert _rows(page) == ["海润牧业"]
    assert page.list.hasFocus() or page.list.isAncestorOf(page.window().focusWidget())


def test_without_customers_the_one_who_said_it_is_made_by_name(
    show_portfolio: ShowPortfolio, workspace: Workspace
) -> None:
    page = _page(show_portfolio("feedback"))
    _press(page.new)
    form = page.hearing
    _type(form, "customer_id", "Hairun")
    _enter(form, "customer_id")
    _type(form, "text", "moldy")
    _enter(form, "text")
    assert _rows(page) == ["Hairun"]


def test_what_is_late_stands_first_and_answer_times_are_told(
    show_portfolio: ShowPortfolio, workspace: Workspace, praise: str, complaint: str, add: Add
) -> None:
    answered = add(
        "interaction",
        customer_id=add("customer", name="安达"),
        kind="feedback",
        at="2026-11-01T02:00:00Z",
        answered_at="2026-11-02T14:00:00Z",
        answer="已换",
    )
    page = _page(show_portfolio("feedback"))
    assert _rows(page) == ["海润牧业", "金穗"]
    texts = _texts(page)
    assert "2 件等着答复" in texts
    assert "1 件已超期" in texts
    assert "1.5 天" in texts  # of the one that was answered
    assert "超期 4 天" in texts
    page.list.kinds.choose("late")
    assert _rows(page) == ["海润牧业"]
    for view, names in (("answered", ["安达"]), ("closed", [])):
        page.list.views.choose(view)
        assert _rows(page) == names
    workspace.run(CloseFeedback(answered))
    assert _rows(page) == ["安达"]


def test_filters_and_search(
    show_portfolio: ShowPortfolio, workspace: Workspace, praise: str, complaint: str
) -> None:
    page = _page(show_portfolio("feedback"))
    page.list.kinds.choose("feedback")
    assert _rows(page) == ["金穗"]
    page.list.kinds.choose("")
    page.list.people.choose("us")
    assert _rows(page) == ["海润牧业"]
    page.list.people.choose("老高")
    assert _rows(page) == ["金穗"]
    page.list.people.choose("")
    for asked, names in (
        ("霉", ["海润牧业"]),
        ("jinsui", ["金穗"]),
        ("老高", ["金穗"]),
        ("无", []),
    ):
        page.list.search.setText(asked)
        page.list.search.asked.emit(asked)
        assert _rows(page) == names
    page.list.show_all()
    assert len(_rows(page)) == 2


def test_by_keyboard_from_the_list_to_an_answer_and_closed(
    show_portfolio: ShowPortfolio, workspace: Workspace, complaint: str
) -> None:
    shown = show_portfolio("feedback")
    page = _page(shown)
    page.list.list.select_number(0)
    page.list.list.focus_list()
    QTest.keyClick(page.list.list.rows, Key.Key_Return)
    form = page.answering
    assert form.editor("answer").target().hasFocus()
    _enter(form, "answer")
    assert form.cells["answer"].message()
    _type(form, "answer", "changed")
    _enter(form, "answer")
    assert _state(workspace, complaint) == "answered"
    assert "changed" in _texts(page)
    assert "已答复海润牧业" in shown.told[-1].text
    _press(page.view.close_it)
    assert _state(workspace, complaint) == "closed"
    act = shown.told[-1].act
    assert act is not None
    act()
    assert _state(workspace, complaint) == "answered"
    _press(page.view.reopen)
    assert _state(workspace, complaint) == "working"
    page.answer()
    _press(page.answering.and_close)
    assert _state(workspace, complaint) == "closed"


def test_escape_leaves_a_form_and_nothing_is_written(
    show_portfolio: ShowPortfolio, workspace: Workspace, complaint: str
) -> None:
    page = _page(show_portfolio("feedback"))
    page.answer()
    _type(page.answering, "answer", "nothing")
    QTest.keyClick(page.answering.editor("answer").target(), Key.Key_Escape)
    assert page.detail.currentWidget() is page.view
    assert _state(workspace, complaint) == "new"


def test_taken_up_and_made_a_task(
    show_portfolio: ShowPortfolio, workspace: Workspace, complaint: str
) -> None:
    shown = show_portfolio("feedback")
    page = _page(shown)
    _press(page.view.take_up)
    assert _state(workspace, complaint) == "working"
    assert not page.view.take_up.isVisible()
    _press(page.view.task)
    _enter(page.making, "title")
    [task] = workspace.store.records(Task, "SELECT * FROM task")
    assert (task.title, task.due) == ("海润牧业：料里有霉味", "2026-11-10")
    assert not page.view.task.isVisible()
    page.view.facts.clicked.emit("task")
    assert shown.opened[-1] == ("task", task.id)


def test_fields_save_themselves_and_move_it(
    show_portfolio: ShowPortfolio, workspace: Workspace, complaint: str
) -> None:
    page = _page(show_portfolio("feedback"))
    workspace.run(EditRecord("interaction", complaint, {"due": "2026-11-20"}))
    assert "超期" not in _texts(page)
    editor = page.view.form.cells["assignee"].editor
    editor.target().setFocus()
    QTest.keyClicks(editor.target(), "Gao")
    page.view.flush()
    found = workspace.store.record(Interaction, complaint)
    assert found is not None
    assert found.assignee == "Gao"
    assert "Gao" in _texts(page)


def test_once_answered_the_customer_is_asked_for_a_score(
    show_portfolio: ShowPortfolio, workspace: Workspace, hairun: str, complaint: str
) -> None:
    workspace.run(AnswerFeedback(complaint, "已换"))
    page = _page(show_portfolio("feedback"))
    page.show_record("feedback", complaint)
    page.view.scores.setFocus()
    for key in (Key.Key_3, Key.Key_5):
        QTest.keyClick(QApplication.focusWidget(), key)
    [score] = workspace.store.records(Satisfaction, "SELECT * FROM satisfaction")
    assert (score.goods, score.service, score.image) == (3, 5, None)
    assert (score.customer_id, score.interaction_id) == (hairun, complaint)


def test_the_others_of_a_customer_lead_on_and_any_can_be_opened(
    show_portfolio: ShowPortfolio, workspace: Workspace, hairun: str, complaint: str, add: Add
) -> None:
    old = add(
        "interaction",
        customer_id=hairun,
        kind="complaint",
        at="2026-10-01T02:00:00Z",
        closed_at="2026-10-03T02:00:00Z",
        text="少了两袋",
    )
    shown = show_portfolio("feedback")
    page = _page(shown)
    shown.screen.show_record("feedback", complaint)
    assert "海润牧业" in _rows(page)
    QApplication.processEvents()
    [line] = [one for one in page.view.others.findChildren(Line) if one.isVisible()]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert page.view.heard is not None
    assert page.view.heard.record.id == old
    assert page.list.view == "closed"
    QTest.mouseClick(page.view.customer, Qt.MouseButton.LeftButton)
    assert shown.opened[-1] == ("customer", hairun)


def test_the_trash_and_back(
    show_portfolio: ShowPortfolio, workspace: Workspace, complaint: str
) -> None:
    page = _page(show_portfolio("feedback"))
    page.list.list.select_number(0)
    _press(page.view.trash)
    assert "回收站" in _texts(page)
    page.detail.currentWidget().findChild(QPushButton).click()
    assert page.view.heard is not None
    assert page.view.heard.record.id == complaint
    workspace.run(TrashRecords("customer", (page.view.heard.record.customer_id,)))
    assert _rows(page) == []


@pytest.mark.parametrize("width", [1290, 1000])
def test_nothing_is_cut_off(show_portfolio: ShowPortfolio, sample: Workspace, width: int) -> None:
    shown = show_portfolio("feedback", size=(width, 700), lang=PSEUDO)
    page = _page(shown)
    page.show_example()
    QApplication.processEvents()
    assert clipped(page) == []
    for ask in (page.answer, page.make_task, page.new_record):
        ask()
        QApplication.processEvents()
        assert clipped(page) == []


def test_how_soon_an_answer_is_due_is_a_setting(
    show_portfolio: ShowPortfolio, workspace: Workspace, complaint: str, qtbot: QtBot
) -> None:
    shown = show_portfolio("feedback")
    page = _page(shown)
    assert "超期 4 天" in _texts(page)
    settings = FeedbackSettings(shown.context)
    qtbot.addWidget(settings)
    settings.refresh()
    assert settings.days.key == "3"
    settings.days.choose("7")
    page.follow(workspace.undo())  # as the window tells of any change
    assert "超期 4 天" in _texts(page)
    workspace.redo()
    page.refresh()
    assert "超期" not in _texts(page)
    settings.refresh()
    assert settings.days.key == "7"


def test_who_took_it_up_is_a_filter_of_its_own(
    show_portfolio: ShowPortfolio, workspace: Workspace, complaint: str
) -> None:
    page = _page(show_portfolio("feedback"))
    assert not page.list.people.isVisible()  # it would tell nothing apart
    workspace.run(TakeUpFeedback(complaint, "老高"))
    assert _rows(page) == ["海润牧业"]
