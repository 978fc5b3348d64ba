"""The page of a customer's people, as a hand uses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.domain.contact import BuyingRole, Contact
from fieldsales.domain.customer import Customer
from fieldsales.screens.customers.erasing import EraseWindow
from fieldsales.screens.customers.people.page import PeoplePage
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.people import LeavePost, RateNeed, TickClue
from fieldsales.services.operations.records import EditRecord, RestoreRecords, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.queries.people import people as read_people
from fieldsales.widgets.card import Fact
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.zoom_view import ZoomView
from tests.screens.customers.conftest import AddMany, Shown, type_text
from tests.workspaces import TODAY

Add = Callable[..., str]
Show = Callable[..., Shown]


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


@pytest.fixture
def boss(add: Add, customer: str) -> str:
    return add("contact", name="贺文清", title="场长", level="top", customer_id=customer)


@pytest.fixture
def vet(add: Add, customer: str, boss: str) -> str:
    return add(
        "contact",
        name="范振华",
        title="兽医主管",
        level="middle",
        customer_id=customer,
        reports_to_id=boss,
    )


@pytest.fixture
def shown(show: Show, customer: str, vet: str) -> Shown:
    """The people of 海润牧业, asked for from anywhere."""
    made = show(1366)
    made.screen.show_record("people", customer)
    return made


@pytest.fixture
def page(shown: Shown) -> PeoplePage:
    return shown.screen.pages.people


def enter(target: object, text: str) -> None:
    """Types into a line and presses Enter."""
    type_text(target, text)  # type: ignore[arg-type]
    QTest.keyClick(target, Qt.Key.Key_Return)  # type: ignore[call-overload]


def names(page: PeoplePage) -> list[str]:
    return [page.desk.name(contact_id) for contact_id in page.list.shown]


def contact(workspace: Workspace, contact_id: str) -> Contact:
    found = workspace.store.record(Contact, contact_id)
    assert found is not None
    return found


def said(page: PeoplePage, key: str) -> str:
    """What stands below a field of the person."""
    return page.person.form.form.cells[key].message()


def elsewhere(page: PeoplePage) -> str:
    """The sentence in place of a person who is not there."""
    shown = page.person.currentWidget()
    assert isinstance(shown, EmptyState)
    return shown.sentence.text()


# coming and going


def test_the_card_leads_to_all_people_and_escape_back(show: Show, customer: str, vet: str) -> None:
    shown = show(1366)
    shown.screen.show_record("customer", customer)
    shown.screen.card.people.every.click()
    page = shown.screen.pages.people
    assert page.isVisible()
    assert page.title.full_text() == "海润牧业 · 人"
    assert names(page) == ["贺文清", "范振华"]
    assert shown.screen.go_back()
    assert not page.isVisible()
    assert shown.screen.card.isVisible()
    assert shown.screen.card.customer_id == customer


def test_escape_closes_the_person_first_and_then_the_page(
    shown: Shown, page: PeoplePage, vet: str, customer: str
) -> None:
    page.show_person(vet)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.side.currentWidget() is page.house
    assert page.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert shown.screen.card.customer_id == customer


def test_who_came_from_another_tab_goes_back_there(shown: Shown, vet: str) -> None:
    shown.screen.show_record("contact", vet)
    assert shown.screen.pages.people.shown_person == vet
    assert not shown.screen.go_back()


def test_the_view_is_remembered(shown: Shown, page: PeoplePage, customer: str) -> None:
    page.show_view("climate")
    page.leave()
    shown.screen.show_record("people", customer)
    assert page.view.key == "climate"


def test_a_new_person_is_made_by_a_name(shown: Shown, page: PeoplePage, customer: str) -> None:
    shown.screen.new_record()
    assert page.window().focusWidget() is page.new
    enter(page.new, "康小云")
    assert "康小云" in names(page)
    assert page.person.name.full_text() == "康小云"
    shown.undo()
    assert "康小云" not in names(page)


def test_nobody_there_invites_to_begin(show: Show, customer: str) -> None:
    shown = show(1366)
    shown.screen.show_record("people", customer)
    page = shown.screen.pages.people
    for view in ("list", "chart", "climate"):
        page.show_view(view)
        empty = [
            one for one in page.views.currentWidget().findChildren(EmptyState) if one.isVisible()
        ]
        assert [one.sentence.text() for one in empty] == ["这家客户还没有联系人"], view
    page.show_view("matrix")
    assert page.views.matrix.isVisible()


# the list


def test_a_row_says_who_and_what(
    page: PeoplePage, workspace: Workspace, customer: str, vet: str, add: Add
) -> None:
    add(
        "buying_role",
        customer_id=customer,
        contact_id=vet,
        role="gatekeeper",
        influence=4,
        attitude=-1,
    )
    workspace.run(TickClue(vet, "words_a3"))
    workspace.run(EditRecord("contact", vet, {"birthday": "11-12"}))
    face = page.list._face(page.desk.row(vet))  # type: ignore[arg-type]
    assert face.title == "范振华"
    assert face.subtitle == "兽医主管 · 中层 · 影响力 4"
    assert [chip.text for chip in face.chips][1] == "技术/财务把关者 · 有保留"
    assert face.chips[0].assumed  # only observed
    assert face.chips[1].assumed  # nobody confirmed it
    assert (face.aside, face.below) == ("还没见过", "3 天后生日")


def test_search_finds_by_pinyin_title_and_digits(
    page: PeoplePage, workspace: Workspace, vet: str
) -> None:
    workspace.run(EditRecord("contact", vet, {"mobile": "138 0000 0208"}))
    for asked in ("fzh", "兽医", "0208", "范"):
        page.search.setText(asked)
        page.search._ask()
        assert names(page) == ["范振华"], asked
    page.search.setText("没有这个人")
    page.search._ask()
    assert names(page) == []
    assert page.list.list.currentWidget().sentence.text() == "没有找到“没有这个人”"


def test_arrows_show_and_delete_trashes_with_undo(
    shown: Shown, page: PeoplePage, boss: str, vet: str, qtbot: QtBot
) -> None:
    page.list.focus_list()
    QTest.keyClick(page.list.list.shown, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.shown_person == vet)
    QTest.keyClick(page.list.list.shown, Qt.Key.Key_Delete)
    assert names(page) == ["贺文清"]
    shown.undo()
    assert names(page) == ["贺文清", "范振华"]


# the chart


def spot_of(zoom: ZoomView, contact_id: str) -> QPoint:
    return zoom.canvas.spot(contact_id).center().toPoint()


def drag(zoom: ZoomView, begin: QPoint, end: QPoint) -> None:
    QTest.mousePress(zoom.canvas, Qt.MouseButton.LeftButton, pos=begin)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(zoom.canvas, begin + (end - begin) * part)
    QTest.mouseRelease(zoom.canvas, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_one_onto_another_moves_them_in_the_chart(
    shown: Shown,
    page: PeoplePage,
    workspace: Workspace,
    boss: str,
    vet: str,
    add: Add,
    customer: str,
) -> None:
    other = add("contact", name="魏东升", level="top", customer_id=customer)
    page.show_view("chart")
    zoom = page.views.chart.zoom
    drag(zoom, spot_of(zoom, vet), spot_of(zoom, other))
    assert contact(workspace, vet).reports_to_id == other
    assert shown.told[-1].text == "范振华现在向魏东升汇报"
    shown.undo()
    assert contact(workspace, vet).reports_to_id == boss


def test_a_circle_is_refused_with_a_word(
    shown: Shown, page: PeoplePage, workspace: Workspace, boss: str, vet: str
) -> None:
    page.show_view("chart")
    zoom = page.views.chart.zoom
    drag(zoom, spot_of(zoom, boss), spot_of(zoom, vet))
    assert contact(workspace, boss).reports_to_id is None
    assert shown.told[-1].text.startswith("范振华在贺文清的下面")


def test_letting_go_over_the_ground_changes_nothing(
    page: PeoplePage, workspace: Workspace, boss: str, vet: str
) -> None:
    page.show_view("chart")
    zoom = page.views.chart.zoom
    before = workspace.to_undo()
    drag(zoom, spot_of(zoom, vet), QPoint(4, 4))
    assert workspace.to_undo() == before
    assert page.shown_person != vet  # a drag is no click


def test_the_keyboard_chooses_a_superior(
    page: PeoplePage, workspace: Workspace, boss: str, vet: str, customer: str, add: Add
) -> None:
    add("contact", name="魏东升", level="top", customer_id=customer)
    page.show_view("chart")
    page.views.chart.zoom.setFocus()
    page.views.chart.select(boss)
    QTest.keyClick(page.views.chart.zoom.canvas, Qt.Key.Key_Down)
    assert page.views.chart.zoom.canvas.current == vet
    page.views.chart.superior_wanted.emit(vet)
    line = page.person.form.form.cells["reports_to_id"].editor.target()
    assert page.window().focusWidget() is line
    line.selectAll()  # type: ignore[attr-defined]
    type_text(line, "魏东升")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.desk.name(contact(workspace, vet).reports_to_id or "") == "魏东升"


def test_a_circle_typed_is_refused_below_the_field(
    page: PeoplePage, workspace: Workspace, boss: str, vet: str
) -> None:
    page.enter_person(boss)
    line = page.person.form.form.cells["reports_to_id"].editor.target()
    type_text(line, "范振华")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert contact(workspace, boss).reports_to_id is None
    assert said(page, "reports_to_id").startswith("范振华在贺文清的下面")


def test_a_vacant_post_is_drawn_and_filled_by_a_new_name(
    shown: Shown, page: PeoplePage, workspace: Workspace, customer: str
) -> None:
    page.show_view("chart")
    page.views.chart.ask_post()
    enter(page.views.chart.post, "采购主管")
    [post] = [row.contact for row in page.desk.people.rows if row.contact.vacant]
    assert post.name == "采购主管"
    assert page.count.text() == "2"  # a post is no person
    page.show_person(post.id)
    assert page.person.vacant.isVisible()
    assert not page.person.form.isVisible()
    type_text(page.person.vacant.who, "赵心怡")
    page.person.vacant.fill.click()
    assert contact(workspace, post.id).name == "赵心怡"
    assert not contact(workspace, post.id).vacant
    assert page.person.form.isVisible()


def test_a_post_is_taken_by_somebody_of_the_house(
    shown: Shown,
    page: PeoplePage,
    workspace: Workspace,
    boss: str,
    vet: str,
    add: Add,
    customer: str,
) -> None:
    workspace.run(LeavePost(boss))
    [post] = [row.contact for row in page.desk.people.rows if row.contact.vacant]
    newcomer = add("contact", name="康小云", customer_id=customer)
    page.show_person(post.id)
    who = page.person.vacant.who
    type_text(who, "康小云")
    QTest.keyClick(who, Qt.Key.Key_Return)
    taken = contact(workspace, newcomer)
    assert (taken.title, taken.level) == ("场长", "top")
    assert contact(workspace, vet).reports_to_id == newcomer
    assert contact(workspace, post.id).trashed_at
    assert page.shown_person == newcomer
    shown.undo()
    assert contact(workspace, vet).reports_to_id == post.id


def test_zooming_keeps_to_its_limits_and_says_how_large(page: PeoplePage) -> None:
    page.show_view("chart")
    zoom = page.views.chart.zoom
    for _ in range(20):
        QTest.keyClick(zoom.canvas, Qt.Key.Key_Plus)
    assert page.views.chart._percent.text() == "200%"
    for _ in range(40):
        QTest.keyClick(zoom.canvas, Qt.Key.Key_Minus)
    assert page.views.chart._percent.text() == "10%"
    QTest.keyClick(zoom.canvas, Qt.Key.Key_0)
    assert zoom.canvas.width() <= zoom.viewport().width()


def test_the_chart_is_printed_from_the_paper_page(
    shown: Shown, page: PeoplePage, customer: str
) -> None:
    page.print_chart()
    assert shown.opened[-1] == ("paper", f"organisation:{customer}")


# climate and relationship


def test_a_role_that_nobody_holds_is_named_and_given(
    page: PeoplePage, workspace: Workspace, boss: str, vet: str, customer: str, add: Add
) -> None:
    add("buying_role", customer_id=customer, contact_id=boss, role="decision_maker", confirmed=1)
    page.show_view("climate")
    assert page.views.climate.sentence.text() == "还没有找到：采购人员、使用者、技术/财务把关者"
    gap = page.views.climate.roles.findChild(Fact, "gatekeeper")
    QTest.mouseClick(gap, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "范振华").trigger()
    menu.close()
    [role] = page.desk.row(vet).roles  # type: ignore[union-attr]
    assert (role.role, role.confirmed) == ("gatekeeper", 0)
    assert page.views.climate.sentence.text() == "还没有找到：采购人员、使用者"
    assert page.shown_person == vet


def test_the_climate_of_a_deal_is_not_that_of_another(
    page: PeoplePage, boss: str, customer: str, add: Add
) -> None:
    deal = add("deal", title="年单", customer_id=customer)
    other = add("deal", title="试用", customer_id=customer)
    add("buying_role", customer_id=customer, contact_id=boss, deal_id=deal, role="user")
    page.show_view("climate")
    assert "使用者" not in page.views.climate.sentence.text()
    page.views.climate.deal.setCurrentIndex(page.views.climate.deal.findData(other))
    page.views.climate.deal.activated.emit(page.views.climate.deal.currentIndex())
    assert "使用者" in page.views.climate.sentence.text()


def test_a_dot_opens_the_person(page: PeoplePage, boss: str) -> None:
    page.show_view("climate")
    picture = page.views.climate.block.picture
    picture.setFocus()
    picture.current = boss
    QTest.keyClick(picture, Qt.Key.Key_Return)
    assert page.shown_person == boss


def test_needs_rated_place_people_and_the_house(
    page: PeoplePage, workspace: Workspace, boss: str, customer: str
) -> None:
    page.show_view("matrix")
    page.close_person()
    for category, rating in (("finance", "5"), ("performance", "4")):
        page.house.needs.lines[category].scale.buttons.choose(rating)
    page.show_person(boss)
    line = page.person.needs.lines["recognition"]
    line.scale.buttons.choose("2")
    enter(line.evidence.line, "晨会上没提他")
    assert page.desk.people.standing_of(page.desk.row(boss)).cell == "supplier"  # type: ignore[arg-type]
    [rating] = page.desk.row(boss).ratings  # type: ignore[union-attr]
    assert (rating.rating, rating.evidence, rating.rated_on) == (
        2,
        "晨会上没提他",
        TODAY.isoformat(),
    )
    page.close_person()
    assert page.house.standing.text() == "我们在这家：供应商"
    assert page.views.matrix.cells.key == "supplier"
    told = page.views.matrix.next.text()
    page.views.matrix._pressed("partner")
    assert page.views.matrix.next.text() not in ("", told)


def test_a_relation_nobody_has_rated_says_how_to_begin(
    page: PeoplePage, workspace: Workspace, shown: Shown, boss: str, add: Add
) -> None:
    stranger = add("customer", name="新客户")
    shown.screen.show_record("people", stranger)
    page.show_view("matrix")
    [empty] = [one for one in page.views.matrix.findChildren(EmptyState) if one.isVisible()]
    assert empty.sentence.text() == "还看不出关系停在哪一格"
    assert not page.views.matrix.block.isVisible()
    assert not page.views.matrix.pair.isVisible()  # nothing was done yet, and nothing felt
    page.views.matrix.customer_pressed.emit()
    first = page.house.needs.lines["finance"].scale
    assert page.window().focusWidget() is first.target()
    for need in ("finance", "performance", "image"):
        workspace.run(RateNeed(stranger, need, 4))
    somebody = add("contact", name="李秀英", customer_id=stranger)
    assert page.views.matrix.pair.isVisible()
    workspace.run(RateNeed(stranger, "power", 4, somebody))
    assert page.views.matrix.block.isVisible()
    assert not empty.isVisible()


def test_another_rating_counts_from_today_and_one_taken_back_shows_the_earlier(
    page: PeoplePage, workspace: Workspace, boss: str, customer: str
) -> None:
    workspace.run(RateNeed(customer, "power", 2, boss, "上次没让他定", "2026-10-01"))
    page.show_person(boss)
    line = page.person.needs.lines["power"]
    assert (line.scale.value(), line.evidence.typed()) == (2, "上次没让他定")
    line.scale.buttons.choose("4")
    assert (line.scale.value(), line.evidence.typed()) == (4, "")
    line.scale.buttons.choose("")
    assert (line.scale.value(), line.evidence.typed()) == (2, "上次没让他定")


def test_evidence_without_a_rating_waits(page: PeoplePage, workspace: Workspace, boss: str) -> None:
    page.show_person(boss)
    line = page.person.needs.lines["order"]
    enter(line.evidence.line, "表格都自己画")
    assert line._trouble.text() == "先打分，再写依据。"
    line.scale.buttons.choose("3")
    [rating] = page.desk.row(boss).ratings  # type: ignore[union-attr]
    assert (rating.rating, rating.evidence) == (3, "表格都自己画")


def test_feeling_beside_doing_is_marked_when_lopsided(
    page: PeoplePage, workspace: Workspace, customer: str
) -> None:
    page.show_view("matrix")
    page.views.matrix.pair.feeling.buttons.choose("5")
    found = workspace.store.record(Customer, customer)
    assert found is not None
    assert found.feeling == 5
    assert page.views.matrix.pair.doing.text() == "1 / 5"
    assert page.views.matrix.pair.mark.text().startswith("有欠缺：感情好")
    page.views.matrix.pair.feeling.buttons.choose("2")
    assert not page.views.matrix.pair.mark.isVisible()


# one person


def test_a_lunar_birthday_is_typed_as_it_is_said(
    page: PeoplePage, workspace: Workspace, boss: str
) -> None:
    page.enter_person(boss)
    form = page.person.form.form
    enter(form.cells["birthday"].editor.target(), "1979年农历闰四月初八")
    found = contact(workspace, boss)
    assert (found.birthday, found.birthday_calendar, found.birthday_leap) == (
        "1979-04-08",
        "lunar",
        1,
    )
    assert form.cells["birthday"].editor.typed() == "1979年农历闰四月初八"
    assert form.cells["birthday_leap"].isVisible()
    assert page.person.form.coming.text().startswith("下次生日 2027-05-13")
    assert "那一年没有这个闰月" in page.person.form.coming.text()
    assert "满 48 岁" in page.person.form.coming.text()
    form.cells["birthday_calendar"].editor.picks.choose("solar")  # type: ignore[attr-defined]
    found = contact(workspace, boss)
    assert (found.birthday_calendar, found.birthday_leap) == ("solar", 0)
    assert form.cells["birthday"].editor.typed() == "1979-04-08"


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("zh_CN", "公历里没有“02-31”这一天。如果是农历生日，请先把历法改成农历。"),
        ("zh_TW", "國曆裡沒有「02-31」這一天。如果是農曆生日，請先把曆法改成農曆。"),
        ("en", 'There is no such day as "02-31".'),
    ],
)
def test_a_day_that_no_calendar_has_is_refused_below_the_field(
    show: Show, workspace: Workspace, boss: str, lang: str, why: str
) -> None:
    shown = show(1366, lang)
    shown.screen.show_record("contact", boss)
    page = shown.screen.pages.people
    line = page.person.form.form.cells["birthday"].editor.target()
    enter(line, "2月31日")
    assert said(page, "birthday").startswith(why)
    assert contact(workspace, boss).birthday == ""
    line.clear()  # type: ignore[attr-defined]
    enter(line, "哪天都行")
    assert "哪天都行" in said(page, "birthday")


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("zh_CN", "那个月只有二十九天，过二十九"),
        ("zh_TW", "那個月只有二十九天，過二十九"),
        ("en", "that month has 29 days: kept on the 29th"),
    ],
)
def test_the_moons_thirtieth_is_kept_on_the_29th_and_said_so(
    show: Show, workspace: Workspace, customer: str, boss: str, lang: str, why: str
) -> None:
    shown = show(1366, lang)
    shown.screen.show_record("contact", boss)
    page = shown.screen.pages.people
    enter(page.person.form.form.cells["birthday"].editor.target(), "农历腊月三十")
    assert contact(workspace, boss).birthday == "12-30"
    told = page.person.form.coming.text()
    assert "2027-02-05" in told
    assert why in told
    shown.screen.show_record("customer", customer)
    [line] = [one for one in shown.screen.card.people.lines if one.face.key == boss]
    assert why in line.face.subtitle
    workspace.run(EditRecord("contact", boss, {"birthday": "12-29"}))
    assert why not in line.face.subtitle


def test_a_role_is_read_first_and_edited_in_place(
    page: PeoplePage, workspace: Workspace, boss: str
) -> None:
    page.show_person(boss)
    menu = page.person.roles.add_role.menu()
    next(one for one in menu.actions() if one.data() == "decision_maker").trigger()
    [role] = page.desk.row(boss).roles  # type: ignore[union-attr]
    form = page.person.roles.roles.forms[role.id]
    form.cells["confirmed"].editor.box.click()  # type: ignore[attr-defined]
    form.cells["attitude"].editor.buttons.choose("2")  # type: ignore[attr-defined]
    found = workspace.store.record(BuyingRole, role.id)
    assert found is not None
    assert (found.confirmed, found.attitude) == (1, 2)
    [line] = [one for one in page.person.roles.lines if one.isVisible()]
    assert "已核实" in line.face.subtitle
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert page.person.roles.roles.forms == {}


def test_two_scales_make_an_animal_with_advice(
    page: PeoplePage, workspace: Workspace, boss: str
) -> None:
    page.show_person(boss)
    section = page.person.negotiating
    assert not section.advice.isVisible()
    section.editors["sees_long_term"].buttons.choose("2")  # type: ignore[attr-defined]
    section.editors["plays_fair"].buttons.choose("-1")  # type: ignore[attr-defined]
    found = contact(workspace, boss)
    assert (found.sees_long_term, found.plays_fair) == (2, -1)
    assert "狐" in section.block.finding.text()
    assert section.advice.isVisible()
    fox = section.counter.text()
    section._pressed("sheep")
    assert section.counter.text() != fox


def test_the_profile_leads_to_its_tab(shown: Shown, page: PeoplePage, boss: str) -> None:
    page.show_person(boss)
    assert page.person.thinking.open.text() == "记一条线索"
    page.person.thinking.open.click()
    assert shown.opened[-1] == ("profile", boss)


def test_the_card_code_and_the_history_are_shown_when_asked(
    page: PeoplePage, workspace: Workspace, boss: str
) -> None:
    page.show_person(boss)
    assert not page.person.code.isVisible()
    page.person.show_code()
    assert page.person.code_picture.picture.isVisible()
    workspace.run(EditRecord("contact", boss, {"title": "总经理"}))
    page.person.show_history()
    titles = [entry.title for entry in page.person.changes.entries()]
    assert any("场长" in title and "总经理" in title for title in titles)


def test_a_name_of_two_hundred_characters_stays_in_its_place(
    page: PeoplePage, workspace: Workspace, boss: str
) -> None:
    workspace.run(EditRecord("contact", boss, {"name": "长" * 200}))
    page.show_person(boss)
    for view in ("list", "chart", "climate", "matrix"):
        page.show_view(view)
        assert page.width() == page.parentWidget().width()
    page.person.show_code()
    assert page.person.name.full_text() == "长" * 200


# what happens elsewhere meanwhile


def test_a_person_trashed_while_open_leaves_a_calm_place(
    page: PeoplePage, workspace: Workspace, boss: str
) -> None:
    page.show_person(boss)
    workspace.run(TrashRecords("contact", (boss,)))
    assert elsewhere(page) == "贺文清在回收站里"
    workspace.run(RestoreRecords("contact", (boss,)))
    assert page.person.currentWidget() is page.person.card


def test_a_person_who_moved_is_followed(
    shown: Shown, page: PeoplePage, workspace: Workspace, boss: str, add: Add
) -> None:
    other = add("customer", name="绿源合作社")
    page.show_person(boss)
    workspace.run(EditRecord("contact", boss, {"customer_id": other}))
    assert elsewhere(page) == "贺文清现在是绿源合作社的人"
    assert names(page) == ["范振华"]


LEAVES = {
    "erased": lambda boss, _other: EraseContact(boss),
    "trashed": lambda boss, _other: TrashRecords("contact", (boss,)),
    "moved": lambda boss, other: EditRecord("contact", boss, {"customer_id": other}),
}


@pytest.mark.parametrize("how", LEAVES)
def test_what_is_typed_of_who_leaves_meanwhile_reaches_nobody_else(
    page: PeoplePage, workspace: Workspace, boss: str, vet: str, add: Add, how: str, qtbot: QtBot
) -> None:
    other = add("customer", name="绿源合作社")
    page.enter_person(boss)
    type_text(page.person.form.form.cells["title"].editor.target(), "老")
    needs = page.person.needs.lines["power"]
    type_text(needs.evidence.target(), "什么都要他点头")
    QTest.keyClick(needs.scale.target(), Qt.Key.Key_4)
    workspace.run(LEAVES[how](boss, other))
    assert page.person.currentWidget() is not page.person.card
    page.show_person(vet)
    qtbot.wait(1_000)  # longer than typing pauses until it is saved
    assert contact(workspace, vet).title == "兽医主管"
    assert page.person.form.form.cells["title"].editor.typed() == "兽医主管"
    left = workspace.store.record(Contact, boss)
    assert left is None or left.title in ("场长", "老场长", "场长老")
    assert needs.evidence.typed() == ""
    assert not workspace.store.rows("SELECT * FROM need_rating WHERE contact_id = ?", [vet])
    if how == "erased":
        assert drafts.of(workspace.store, "contact", boss) == {}


def test_a_link_to_somebody_erased_says_so_and_shows_their_customer(
    shown: Shown, page: PeoplePage, workspace: Workspace, boss: str, customer: str
) -> None:
    shown.screen.show_record("contact", boss)
    page.close_person()
    shown.screen.show_record("customer", customer)
    workspace.run(EraseContact(boss))
    shown.screen.show_record("contact", boss)  # as a message of before would
    assert shown.screen.pages.shows_people
    assert page.customer_id == customer
    assert elsewhere(page) == "这个人已经不在了"
    assert names(page) == ["范振华"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [("contact", "这个人已经不在了"), ("need", "这条记录已经不在了，可能刚被删除。")],
)
def test_a_link_to_what_is_gone_and_was_never_shown_says_so(
    shown: Shown, workspace: Workspace, customer: str, boss: str, kind: str, said: str, add: Add
) -> None:
    gone = boss if kind == "contact" else add("need", customer_id=customer, text="价格")
    if kind == "contact":
        workspace.run(EraseContact(boss))
    else:
        workspace.undo()
    shown.screen.show_record(kind, gone)
    place = shown.screen.detail.currentWidget()
    assert isinstance(place, EmptyState)
    assert place.sentence.text() == said
    [back] = place.findChildren(QPushButton)
    assert back.text() == "回到列表"
    shown.screen.show_record("customer", customer)
    assert shown.screen.card.isVisible()


def test_a_customer_trashed_while_its_people_are_shown(
    page: PeoplePage, workspace: Workspace, customer: str
) -> None:
    workspace.run(TrashRecords("customer", (customer,)))
    assert page._gone.isVisible()
    workspace.undo()
    assert not page._gone.isVisible()
    assert names(page) == ["贺文清", "范振华"]


def test_what_is_typed_outlives_a_change_elsewhere(
    page: PeoplePage, workspace: Workspace, boss: str
) -> None:
    page.enter_person(boss)
    line = page.person.form.form.cells["title"].editor.target()
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]
    type_text(line, "老")
    workspace.run(EditRecord("contact", boss, {"mobile": "138"}))
    assert line.text() == "老"  # type: ignore[attr-defined]
    page.flush()
    assert contact(workspace, boss).title == "老"


def test_erasing_asks_for_the_name_and_takes_everything(
    shown: Shown, page: PeoplePage, workspace: Workspace, boss: str
) -> None:
    page.show_person(boss)
    page.person.erase()
    window = page.window().findChild(EraseWindow)
    assert window is not None
    assert not window.act.isEnabled()
    type_text(window.line, "贺文")
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    assert workspace.store.record(Contact, boss) is not None
    type_text(window.line, "清")
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    assert workspace.store.record(Contact, boss) is None
    assert elsewhere(page) == "这个人已经不在了"
    assert names(page) == ["范振华"]
    window.close()


def test_five_hundred_people_are_listed_and_drawn(
    show: Show, workspace: Workspace, customer: str
) -> None:
    rows = tuple({"name": f"第{at}位", "customer_id": customer} for at in range(500))
    workspace.run(AddMany("contact", rows))
    shown = show(1366)
    shown.screen.show_record("people", customer)
    page = shown.screen.pages.people
    assert len(names(page)) == 500
    page.show_view("chart")
    assert len(page.views.chart.zoom.canvas.keys) == 500
    page.show_view("climate")
    page.show_view("matrix")
    assert len(read_people(workspace.store, customer).rows) == 500
