"""What a user does with a campaign: begins, fills, goes through it by keys, notes what came back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fieldsales.domain.campaign import CampaignMember
from fieldsales.domain.interaction import Interaction
from fieldsales.screens.customer_bulk import BulkPanel
from fieldsales.screens.portfolio.campaigns.page import CampaignsPage
from fieldsales.services.operations.campaigns import AddToCampaign, StartCampaign
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.words import PSEUDO
from tests.screens.portfolio.conftest import Shown, ShowPortfolio
from tests.widgets.clip_check import clipped
from tests.workspaces import Add

Key = Qt.Key


@pytest.fixture
def people(add: Add) -> list[str]:
    """Three customers; nobody is known at the last."""
    houses = [add("customer", name=name) for name in ("安达牧业", "宝丰牧业", "长青牧业")]
    first = {"title": "场长", "email": "he@example.com"}
    add("contact", name="贺文清", customer_id=houses[0], **first)
    add("contact", name="魏东升", title="董事长", customer_id=houses[1])
    return houses


@pytest.fixture
def campaign(workspace: Workspace, people: list[str]) -> str:
    text = "{称呼}，周六来厂里看看，{公司}的座留好了。"
    operation = StartCampaign({"name": "冬储订货会", "text": text}, people)
    workspace.run(operation)
    return operation.row_id


def page_of(shown: Shown) -> CampaignsPage:
    shown.context.opened.connect(shown.screen.show_record)
    assert isinstance(shown.page, CampaignsPage)
    return shown.page


def rows(page: CampaignsPage) -> list[str]:
    model = page.list.list.model
    return [page.list._face(model.row(at)).title for at in range(model.rowCount())]


def press(page: CampaignsPage, key: Key) -> None:
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or page.list.list.shown, key)
    QApplication.processEvents()


def members(workspace: Workspace) -> dict[str, CampaignMember]:
    select = "SELECT * FROM campaign_member WHERE trashed_at IS NULL"
    found = workspace.store.records(CampaignMember, select)
    return {one.customer_id: one for one in found}


def test_all_are_gone_through_by_keys(
    show_portfolio: ShowPortfolio, workspace: Workspace, campaign: str, people: list[str]
) -> None:
    page = page_of(show_portfolio("campaigns"))
    page.to_list()
    assert rows(page) == ["贺文清", "魏东升", "长青牧业"]
    assert page.view.said == "贺场长，周六来厂里看看，安达牧业的座留好了。"
    press(page, Key.Key_C)
    assert QGuiApplication.clipboard().text() == page.view.said
    press(page, Key.Key_R)
    assert page.view.one is not None
    assert page.view.one.name == "魏东升"  # the next, at once
    assert page.view.said.startswith("魏董，")
    press(page, Key.Key_Q)
    assert not page.view.ways.picture.isHidden()
    press(page, Key.Key_R)
    press(page, Key.Key_P)
    assert rows(page) == []
    found = members(workspace)
    assert [found[house].reached_by for house in people] == ["message", "scan", "call"]
    assert "已联系 3 / 3（100 %）" in page.about.told.text()
    page.list.views.choose("reached")
    assert page.list.list.select_number(page.list.list.model.number(0))
    page.to_list()
    press(page, Key.Key_1)
    assert members(workspace)[people[0]].outcome == "answer"
    [answer] = workspace.store.records(
        Interaction, "SELECT * FROM interaction WHERE kind = 'message'"
    )
    assert answer.customer_id == people[0]
    press(page, Key.Key_2)
    assert members(workspace)[people[1]].outcome == "visit"
    page.list.views.choose("back")
    assert rows(page) == ["贺文清", "魏东升"]
    assert "有回音 2（66 %），其中拜访 1、生意 0" in page.list.progress.text()


def test_without_customers_it_says_to_add_them(show_portfolio: ShowPortfolio, add: Add) -> None:
    shown = show_portfolio("campaigns")
    page = shown.page
    assert isinstance(page, CampaignsPage)
    assert page.front() is page.nobody
    assert not page.new.isVisible()
    assert page.commands_here() == []
    for way in page.nobody.findChildren(QPushButton):
        way.click()
    shown.screen.new_record()
    assert shown.opened == [("customer", "new"), ("importing", ""), ("customer", "new")]
    add("customer", name="海润牧业")
    assert page.front() is page.empty


def test_one_is_begun_from_nothing_and_filled_by_name(
    show_portfolio: ShowPortfolio, workspace: Workspace, people: list[str]
) -> None:
    page = page_of(show_portfolio("campaigns"))
    assert page.stack.currentWidget() is page.empty
    assert page.new_record()
    assert page.detail.currentWidget() is page.about
    assert page.about.campaign is not None
    assert page.about.campaign.name == "2026-11-09的活动"
    assert page.about.told.text() == "还没有人，先加几个。"
    page.about.occasion.picked.emit("mid_autumn")
    add = page.about.add
    add.setFocus()
    QTest.keyClicks(add, "anda")
    QTest.keyClick(add, Key.Key_Return)
    assert set(members(workspace)) == {people[0]}
    QTest.keyClicks(add, "weidongsheng")
    QTest.keyClick(add, Key.Key_Return)
    assert set(members(workspace)) == set(people[:2])
    page.list.list.select_number(page.list.list.model.number(0))
    assert "中秋" in page.view.said
    first = page.view.said
    page.view.next_text()
    assert page.view.said != first
    page.view.leave_out()
    assert set(members(workspace)) == {people[1]}
    workspace.undo()
    assert rows(page) == ["贺文清", "魏东升"]


def test_a_note_is_written_with_the_answer_and_stays(
    show_portfolio: ShowPortfolio, workspace: Workspace, campaign: str, people: list[str]
) -> None:
    page = page_of(show_portfolio("campaigns"))
    page.to_list()
    press(page, Key.Key_R)
    page.list.views.choose("reached")
    page.list.list.select_number(page.list.list.model.number(0))
    page.to_list()
    press(page, Key.Key_Return)
    line = page.view.form.cells["note"].editor.target()
    QTest.keyClicks(line, "20 t")
    page.view.outcome.choose("answer")
    assert members(workspace)[people[0]].note == "20 t"
    texts = [text for (text,) in workspace.store.rows("SELECT text FROM interaction ORDER BY id")]
    assert texts[-1] == "冬储订货会: 20 t"
    page.view.not_reached()
    assert members(workspace)[people[0]].reached_at is None
    assert page.list.views.key == "reached"


def test_without_a_text_it_says_where_to_write_one_and_what_is_gone_comes_back(
    show_portfolio: ShowPortfolio, workspace: Workspace, campaign: str
) -> None:
    workspace.run(EditRecord("campaign", campaign, {"text": ""}))
    shown = show_portfolio("campaigns")
    page = page_of(shown)
    assert page.view.none.isVisible()
    page.view.write.click()
    assert page.detail.currentWidget() is page.about
    page.about.close_campaign()
    assert page.about.reopen.isVisible()
    page.about.open_again()
    page.about.trash()
    assert page.stack.currentWidget() is page.empty
    page.show_record("campaign", campaign)
    assert any("已删除" in one.text() for one in page.detail.currentWidget().findChildren(QLabel))
    workspace.undo()
    page.show_record("campaign", campaign)
    assert rows(page) == ["贺文清", "魏东升", "长青牧业"]


def test_customers_selected_together_join_or_begin_one(
    show_portfolio: ShowPortfolio, workspace: Workspace, campaign: str, add: Add
) -> None:
    new = add("customer", name="定远牧业")
    context = show_portfolio("campaigns").context
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    select = "SELECT number FROM customer_facts WHERE customer_id = ?"
    number = workspace.store.value(select, [new])
    panel = BulkPanel(context, lambda: [number])
    panel.campaign.menu().aboutToShow.emit()
    begin, join = panel.campaign.menu().actions()
    assert join.text() == "冬储订货会"
    join.trigger()
    assert new in members(workspace)
    begin.trigger()
    [(kind, row_id)] = opened
    assert kind == "campaign"
    found = "SELECT customer_id FROM campaign_member WHERE campaign_id = ?"
    assert workspace.store.rows(found, [row_id]) == [(new,)]
    panel.deleteLater()


def test_the_person_who_left_is_no_more_to_be_reached(
    show_portfolio: ShowPortfolio, workspace: Workspace, campaign: str
) -> None:
    page = page_of(show_portfolio("campaigns"))
    assert page.view.one is not None
    assert page.view.one.contact is not None
    workspace.run(TrashRecords("contact", (page.view.one.contact.id,)))
    assert rows(page) == ["魏东升", "长青牧业"]


def test_many_are_searched_and_left_out_together(
    show_portfolio: ShowPortfolio, workspace: Workspace, campaign: str, add: Add
) -> None:
    more = [add("customer", name=f"客户{at:02}") for at in range(20)]
    workspace.run(AddToCampaign(campaign, more))
    page = page_of(show_portfolio("campaigns"))
    assert page.list.search.isVisible()
    page.list.search.setText("weidong")
    page.list.search.asked.emit("weidong")
    assert rows(page) == ["魏东升"]
    page.list.search.setText("nobody")
    page.list.search.asked.emit("nobody")
    assert rows(page) == []
    ways = page.list.findChildren(QPushButton)
    [everybody] = [one for one in ways if one.text() == "看全部" and one.isVisible()]
    everybody.click()
    assert len(rows(page)) == 23
    page.to_list()
    page.list.list.rows.selectAll()
    press(page, Key.Key_Delete)
    assert members(workspace) == {}
    workspace.undo()
    assert len(members(workspace)) == 23


@pytest.mark.parametrize("lang", ["zh_TW", "en", PSEUDO])
def test_nothing_is_cut_off(show_portfolio: ShowPortfolio, sample: Workspace, lang: str) -> None:
    shown = show_portfolio("campaigns", (1290, 680), lang)
    page = page_of(shown)
    assert clipped(shown.screen) == []
    page.show_whole()
    QApplication.processEvents()
    assert clipped(shown.screen) == []
    page.list.show_view("back")
    page.list.list.select_number(page.list.list.model.number(0))
    QApplication.processEvents()
    assert clipped(shown.screen) == []
