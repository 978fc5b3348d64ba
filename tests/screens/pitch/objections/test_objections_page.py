"""Objections in the pitch tab: found, read, made one's own, written, thrown away (M29a)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget

from fieldsales.screens.objection import Folded
from fieldsales.screens.pitch.objections.page import ObjectionsPage
from fieldsales.services.library import library
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.queries.learnt import own_entries
from fieldsales.words import PSEUDO
from tests.screens.pitch.conftest import Shown, ShowPitch
from tests.widgets.clip_check import clipped
from tests.workspaces import Add

Key = Qt.Key
SHELF = library("zh_CN").objections
DEAR = SHELF["why_dearer"]


def _page(shown: Shown) -> ObjectionsPage:
    assert isinstance(shown.page, ObjectionsPage)
    return shown.page


def _texts(page: QWidget) -> str:
    for _ in range(4):
        QApplication.processEvents()
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def _titles(page: ObjectionsPage) -> list[str]:
    model = page.list.list.model
    rows = [model.row(at) for at in range(model.rowCount())]
    return [row.title for row in rows if row is not None]


def _write(page: ObjectionsPage, name: str, text: str) -> None:
    target = page.view.form.cells[name].editor.target()
    assert isinstance(target, QPlainTextEdit)
    target.insertPlainText(text)
    page.flush()


def _toggle(page: ObjectionsPage) -> QPushButton:
    return page.view.reading.findChildren(Folded)[-1].toggle


def _own(workspace: Workspace, add: Add) -> str:
    values = {"kind": "objection", "topic": "suggest", "title": "等猪价起来再说"}
    return add("own_entry", **values, heard="现在喂啥都赔", answer="先换一栏")


def test_what_was_said_leads_to_its_answers(show_pitch: ShowPitch) -> None:
    page = _page(show_pitch("objections"))
    assert len(_titles(page)) == len(SHELF)
    page.list.search.setText("taigui")
    QTest.keyClick(page.list.search, Key.Key_Return)
    assert page.list.selected() == ["why_dearer"]
    told = _texts(page.view)
    for said in (DEAR.title, DEAR.means[0], DEAR.ask[0], DEAR.answer, DEAR.answer_d[0], DEAR.avoid):
        assert said in told
    page.list.search.setText("zzzzzz")
    QTest.keyClick(page.list.search, Key.Key_Return)
    assert _titles(page) == []
    page.list.show_all()
    page.list.step.choose("welcome")
    assert 0 < len(_titles(page)) < len(SHELF)
    page.show_record("objection", "why_dearer")  # a link takes away what hides it
    assert page.list.selected() == ["why_dearer"]


def test_answers_that_worked_stand_first_and_what_is_heard_is_counted(
    show_pitch: ShowPitch, add: Add
) -> None:
    visit = add("visit", customer_id=add("customer", name="海润"), starts_at="2026-11-01T01:00:00Z")
    heard = {"visit_id": visit, "kind": "objection", "text": "太贵", "code": "why_dearer"}
    for worked in ["yes"] * 8 + ["no"] * 2:
        add("visit_item", **heard, style="d", worked=worked)
    page = _page(show_pitch("objections"))
    page.show_record("objection", "why_dearer")
    told = _texts(page.view)
    assert "8/10 次管用" in told
    assert told.index(DEAR.answer_d[0]) < told.index(DEAR.answer)
    assert "听到 10 次" in page.list._spoken(DEAR)


def test_further_answers_of_a_style_unfold(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    code = _own(workspace, add)
    workspace.run(EditRecord("own_entry", code, {"answer_c": "老吴也等过\n您媳妇怎么看"}))
    page = _page(show_pitch("objections"))
    page.show_record("objection", code)
    assert "老吴也等过" in _texts(page.view)
    assert "您媳妇怎么看" not in _texts(page.view)
    _toggle(page).click()
    assert "您媳妇怎么看" in _texts(page.view)
    workspace.run(EditRecord("own_entry", code, {"avoid": "催"}))
    assert "您媳妇怎么看" in _texts(page.view)  # what was opened stays open
    _toggle(page).click()
    assert "您媳妇怎么看" not in _texts(page.view)


def test_an_own_entry_is_made_of_what_was_searched_and_written_in_place(
    show_pitch: ShowPitch, workspace: Workspace
) -> None:
    page = _page(show_pitch("objections"))
    page.list.search.setText("等猪价起来再说")
    page.list.search.clearFocus()
    assert page.new_record()
    assert page.view.editing
    _write(page, "answer", "先换一栏，出栏那天一起称。")
    _write(page, "answer_c", "老吴去年也这么等的。")
    page.view.form.cells["topic"].editor.picks.choose("needs")  # type: ignore[attr-defined]
    page.flush()
    (entry,) = own_entries(workspace.store, "objection")
    assert (entry.title, entry.heard, entry.topic) == ("等猪价起来再说",) * 2 + ("needs",)
    QTest.keyClick(page.view.form.cells["title"].editor.target(), Key.Key_Escape)
    assert not page.view.editing
    told = _texts(page.view)
    assert "先换一栏，出栏那天一起称。" in told
    assert "老吴去年也这么等的。" in told
    workspace.undo()
    assert "老吴去年也这么等的。" in _texts(page.view)  # the step went back, not the text


def test_what_came_with_the_application_is_adapted_in_a_copy(
    show_pitch: ShowPitch, workspace: Workspace
) -> None:
    page = _page(show_pitch("objections"))
    page.show_record("objection", "why_dearer")
    assert not page.view.edit.isVisible()
    page.view.copy.click()
    (entry,) = own_entries(workspace.store, "objection")
    assert (entry.title, entry.topic, entry.answer) == (DEAR.title, DEAR.step, DEAR.answer)
    assert entry.heard.splitlines() == list(DEAR.heard)
    assert entry.answer_b.splitlines() == list(DEAR.answer_b)
    assert page.view.editing
    assert page.list.selected() == [entry.id]
    workspace.undo()
    assert page.detail.currentWidget() is page.gone


def test_what_is_too_long_stays_and_says_by_how_much(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    code = _own(workspace, add)
    page = _page(show_pitch("objections"))
    page.show_record("objection", code)
    QTest.keyClick(page.list.list.shown, Key.Key_Return)
    assert page.view.editing
    _write(page, "avoid", "说" * 1_001)
    assert "超出 1" in _texts(page.view.form.cells["avoid"])
    assert own_entries(workspace.store, "objection")[0].avoid == ""
    assert len(drafts.of(workspace.store, "own_entry", code)["avoid"]) == 1_001
    page.show_record("objection", "why_dearer")
    page.show_record("objection", code)
    assert len(page.view.form.cells["avoid"].editor.typed()) == 1_001


def test_an_own_entry_goes_to_the_trash_and_comes_back(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    code = _own(workspace, add)
    shown = show_pitch("objections")
    page = _page(shown)
    page.show_record("objection", "why_dearer")
    QTest.keyClick(page.list.list.shown, Key.Key_Delete)
    assert shown.told == []  # what was shipped cannot be deleted
    page.show_record("objection", code)
    QTest.keyClick(page.list.list.shown, Key.Key_Delete)
    assert own_entries(workspace.store, "objection") == []
    assert page.list.selected() not in ([], [code])
    shown.told[-1].act()  # type: ignore[misc]
    assert [one.id for one in own_entries(workspace.store, "objection")] == [code]
    page.show_record("objection", code)
    workspace.run(TrashRecords("own_entry", (code,)))  # from elsewhere, while it is open
    assert page.detail.currentWidget() is page.gone
    page.gone.focusProxy().click()  # type: ignore[union-attr]
    assert page.view.title.text() == "等猪价起来再说"
    assert page.list.selected() == [code]


def test_what_visits_heard_is_kept_with_its_answer(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    visit = add("visit", customer_id=add("customer", name="海润"), starts_at="2026-11-01T01:00:00Z")
    item = add("visit_item", visit_id=visit, kind="objection", text="等猪价起来", answer="先换一栏")
    page = _page(show_pitch("objections"))
    assert page.list.heard.text() == "拜访里听到 1 句还没入库"
    page.list.heard.click()
    assert "当时答：先换一栏" in _texts(page.newly)
    row = page.newly.rows.row(item)
    assert row is not None
    row.keep.picked.emit("suggest")  # type: ignore[attr-defined]
    (entry,) = own_entries(workspace.store, "objection")
    assert page.view.editing
    assert page.view.code == entry.id
    assert not page.list.heard.isVisible()


@pytest.mark.parametrize("lang", ["zh_CN", PSEUDO])
def test_nothing_is_clipped(show_pitch: ShowPitch, workspace: Workspace, lang: str) -> None:
    workspace.run(LoadSample())
    shown = show_pitch("objections", (1180, 640), lang)
    page = _page(shown)
    page.show_example()
    _texts(page)
    assert clipped(shown.screen) == []
    page.show_record("objection", own_entries(workspace.store, "objection")[0].id)
    page.view.begin_edit()
    _texts(page)
    assert clipped(shown.screen) == []
    page.show_newly_heard()
    _texts(page)
    assert clipped(shown.screen) == []
