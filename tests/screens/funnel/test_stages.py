"""Pipelines and their stages are changed in the window, and no deal is lost by it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldsales.domain.deal import Deal
from fieldsales.services.operations.deals import AddDeal, MoveDeals
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.stages import stage_actions
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.words import LANGUAGES, PSEUDO
from tests.widgets.clip_check import clipped
from tests.workspaces import data_hash

UP, DOWN, ALT = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier


def focused():
    return QApplication.focusWidget()


def retype(line, text):
    line.selectAll()
    line.insert(text)


def columns(shown):
    return [column.head.texts()[0] for column in shown.screen.board.columns.values()]


def stages(workspace, pipeline_id="funnel"):
    return [stage.id for stage in pipelines(workspace.store).open_stages(pipeline_id)]


@pytest.fixture
def page(show, add_deal):
    """The page of stages over a board with a deal, opened from the strip's menu."""
    add_deal("甲")
    shown = show()
    shown.screen.strip.pipeline.menu().actions()[-1].trigger()
    return shown


def test_a_stage_is_edited_in_place_and_the_board_follows(page, workspace):
    editor = page.screen.stages.editor
    QTest.keyClick(focused(), DOWN)  # from the first stage to the second
    form = editor.form
    name = form.cells["name"].editor.target()
    retype(name, "摸清情况")
    probability = form.cells["probability"].editor.target()
    retype(probability, "15")
    form.cells["gate"].editor.boxes["guide"].click()
    editor.flush()
    stage = pipelines(workspace.store).stage("analyse")
    assert (stage.name, stage.probability) == ("摸清情况", 15)
    assert stage.gate_codes == ("roles", "profile", "guide")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    page.screen.back()
    assert columns(page)[:2] == ["目标客户", "摸清情况"]


def test_what_a_stage_came_with_is_not_kept_as_typed(page, workspace):
    editor = page.screen.stages.editor
    form, words = editor.form, page.context.words
    for typed, kept in (("别的", "别的"), ("目标客户", "")):
        line = form.cells["name"].editor.target()
        retype(line, typed)
        editor.flush()
        assert pipelines(workspace.store).stage("target").name == kept
    actions = form.cells["actions"].editor.target()
    shipped = actions.toPlainText()
    assert shipped
    actions.setPlainText("先打电话")
    editor.flush()
    assert stage_actions(words, pipelines(workspace.store).stage("target")) == ("先打电话",)
    actions.setPlainText(shipped)
    editor.flush()
    assert pipelines(workspace.store).stage("target").actions == ""


def test_a_wrong_probability_is_said_and_changes_nothing(page, workspace):
    before = data_hash(workspace)
    form = page.screen.stages.editor.form
    line = form.cells["probability"].editor.target()
    retype(line, "130")
    assert not page.screen.stages.editor.flush()
    assert form.wrong() == ["probability"]
    assert data_hash(workspace) == before


def test_stages_come_go_and_change_places_by_keys_alone(page, workspace):
    before = data_hash(workspace)
    screen = page.screen.stages
    QTest.keyClick(focused(), DOWN, ALT)
    assert stages(workspace)[:2] == ["analyse", "target"]
    screen.add.setFocus()
    retype(screen.add, "资格预审")
    QTest.keyClick(screen.add, Qt.Key.Key_Return)
    added = stages(workspace)[2]  # behind the chosen one
    assert pipelines(workspace.store).stage(added).name == "资格预审"
    screen.begin()
    QTest.keyClick(focused(), Qt.Key.Key_Delete)  # no deal stands there: nothing is asked
    assert added not in stages(workspace)
    assert not screen.where_to.isVisible()
    for _ in range(3):
        page.context.undo()
    assert data_hash(workspace) == before


def test_removing_a_stage_asks_where_its_deals_go(page, workspace):
    before = data_hash(workspace)
    screen = page.screen.stages
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    assert screen.where_to.isVisible()
    assert "1 个商机" in screen.where_to.title.text()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not screen.where_to.isVisible()
    assert data_hash(workspace) == before
    QTest.keyClick(focused(), Qt.Key.Key_Delete)
    screen.where_to.target.setCurrentIndex(screen.where_to.target.findData("trust"))
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "target" not in stages(workspace)
    page.screen.back()
    assert page.column("trust") == ["甲"]
    page.undo()
    assert page.column("target") == ["甲"]
    assert data_hash(workspace) == before


def test_a_pipeline_of_ones_own_comes_and_goes(page, workspace, customer):
    screen = page.screen.stages
    screen.new.click()
    newcomer = screen.newcomer
    newcomer.go.click()
    assert newcomer._wrong.text() == "先给流程起个名字。"
    retype(focused(), "投标")
    newcomer.go.click()
    assert newcomer._wrong.text() == "至少要有一个阶段。"
    focused().insertPlainText("报名\n递交\n")
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made = pipelines(workspace.store).live[-1]
    first, last = stages(workspace, made.id)
    assert screen.pipeline_id == made.id
    name = screen.name.cells["name"].editor.target()
    retype(name, "")
    assert not screen.name.flush()  # a name it came with there is none
    retype(name, "招标")
    screen.name.flush()
    page.screen.back()
    assert columns(page)[:2] == ["报名", "递交"]
    deal = AddDeal({"title": "乙", "customer_id": customer}, made.id)
    workspace.run(deal)
    workspace.run(MoveDeals((deal.row_id,), last))
    page.screen.edit_stages()
    screen.remove.click()
    assert "招标" in screen.where_to.title.text()
    screen.where_to.target.setCurrentIndex(screen.where_to.target.findData("needs"))
    screen.where_to.go.click()
    moved = workspace.store.record(Deal, deal.row_id)
    assert (moved.pipeline_id, moved.stage) == ("funnel", "needs")
    assert first not in {stage.id for stage in pipelines(workspace.store).columns("funnel")}


@pytest.mark.parametrize("lang", [PSEUDO, *LANGUAGES])
def test_nothing_is_clipped(show, workspace, lang):
    workspace.run(LoadSample())
    shown = show(1100, lang)
    shown.screen.edit_stages()
    screen = shown.screen.stages
    for act in (screen.ask_remove, screen._ask_new, lambda: screen.choose("won")):
        act()
        QApplication.processEvents()
        found = clipped(shown.screen)
        assert not found, found
