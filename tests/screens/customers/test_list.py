"""The list of customers, as a hand uses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.screens.customers.filters import fill_menu
from fieldsales.services import portfolio
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import customers
from fieldsales.store.queries.customer_filter import CustomerFilter
from fieldsales.widgets.chips import Chip
from tests.screens.customers.conftest import AddMany, Shown, type_text

Add = Callable[..., str]
Show = Callable[..., Shown]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def thousand(workspace: Workspace) -> None:
    """客户 0000 to 客户 0999; every tenth in 定边, every second with a horizon."""
    rows = [
        {
            "name": f"客户{n:04d}",
            "region": "定边" if n % 10 == 0 else "榆林",
            "horizon": "month" if n % 2 else "",
            "phone": "",
        }
        for n in range(1000)
    ]
    workspace.run(AddMany("customer", tuple(rows)))


def press(shown: Shown, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(shown.screen.list.shown, key, modifier or Qt.KeyboardModifier.NoModifier)


def card_name(shown: Shown) -> str:
    return shown.screen.card.header.name.label.full_text()


def choose(menu: QMenu, *path: str) -> None:
    """Take an entry of a menu by its texts."""
    for text in path[:-1]:
        inner = next(action.menu() for action in menu.actions() if action.text() == text)
        assert isinstance(inner, QMenu)
        menu = inner
    next(action for action in menu.actions() if action.text() == path[-1]).trigger()


def filter_by(shown: Shown, *path: str) -> None:
    """Take an entry of the menu of filters."""
    menu = QMenu(shown.screen)
    listed = shown.screen.list
    fill_menu(menu, shown.context.words, shown.context.store, listed.wanted, listed.set_wanted)
    choose(menu, *path)


@pytest.mark.usefixtures("thousand")
def test_a_thousand_customers_are_listed_and_counted(show: Show) -> None:
    shown = show()
    assert shown.screen.strip.aside.text() == "1,000"
    shown.screen.list.focus_list()
    press(shown, Qt.Key.Key_End, CTRL)
    assert shown.screen.list.current_number() == shown.screen.list.windowed.number(999)
    assert shown.names()[999] == "客户0999"


@pytest.mark.usefixtures("thousand")
def test_the_card_follows_the_arrow_keys_and_enter_goes_into_it(show: Show, qtbot: QtBot) -> None:
    shown = show()
    shown.screen.list.focus_list()
    press(shown, Qt.Key.Key_Down)
    press(shown, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: card_name(shown) == "客户0002")
    press(shown, Qt.Key.Key_Return)
    assert shown.screen.card.isAncestorOf(shown.screen.focusWidget())
    QTest.keyClick(shown.screen.focusWidget(), Qt.Key.Key_Escape)
    assert shown.screen.list.isAncestorOf(shown.screen.focusWidget())


@pytest.mark.usefixtures("thousand")
def test_chips_narrow_the_list_and_go_again(show: Show) -> None:
    shown = show()
    filter_by(shown, "地区", "定边")
    assert shown.screen.strip.aside.text() == "100 / 1,000"
    filter_by(shown, "成交时段", "一个月内")
    assert shown.names() == []  # every tenth has none
    filter_by(shown, "地区", "榆林")
    assert shown.screen.strip.aside.text() == "500 / 1,000"
    chips = [chip.face.text for chip in shown.screen.bar.chips.findChildren(Chip)]
    assert {"成交时段：一个月内", "地区：定边、榆林"} <= set(chips)
    chip = shown.screen.bar.chips.findChild(Chip, "horizons")
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert shown.screen.strip.aside.text() == "1,000 / 1,000"
    shown.screen.bar.chips.cleared.emit()
    assert shown.screen.strip.aside.text() == "1,000"


def test_every_condition_can_be_set_from_the_menu(show: Show, add: Add) -> None:
    customer = add("customer", name="海润牧业", employees=30, region="定边", source="web")
    add("interaction", customer_id=customer, kind="complaint", at="2026-11-01T02:00:00Z")
    shown = show()
    for path in (
        ("有投诉",),
        ("企业规模", "D 类（10–99 人）"),
        ("来源", "网络"),
        ("最近联系过", "14 天内联系过"),
        ("资料不全", "完整度不到 80 %"),
    ):
        filter_by(shown, *path)
    assert shown.names() == ["海润牧业"]
    assert shown.screen.list.wanted == CustomerFilter(
        complaint=True,
        size_classes=("d",),
        sources=("web",),
        seen_days=14,
        completeness_below=80,
    )
    filter_by(shown, "多久没联系", "7 天没联系")
    assert shown.names() == ["海润牧业"]
    filter_by(shown, "多久没联系", "30 天没联系")
    assert shown.names() == []
    nothing = shown.screen.list.currentWidget()
    everyone = nothing.findChild(QPushButton)
    assert everyone.text() == "显示全部客户"
    everyone.click()
    assert shown.names() == ["海润牧业"]


def test_typing_searches_by_initials_best_first(show: Show, add: Add, qtbot: QtBot) -> None:
    add("customer", name="定边海润牧业")
    add("customer", name="海润")
    other = add("customer", name="安达")
    add("contact", name="黄蓉", customer_id=other)
    shown = show()
    search = shown.screen.strip.search
    search.setFocus()
    QTest.keyClicks(search, "hr")
    qtbot.waitUntil(lambda: shown.screen.bar.sort.text() == "最匹配在前")
    assert shown.names() == ["海润", "安达", "定边海润牧业"]
    QTest.keyClicks(search, "my")
    qtbot.waitUntil(lambda: shown.names() == ["定边海润牧业"])
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert card_name(shown) == "定边海润牧业"
    search.setFocus()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert shown.names() == ["安达", "定边海润牧业", "海润"]
    assert shown.screen.bar.sort.text() == "按名称"


def test_a_search_follows_what_changes(show: Show, add: Add, workspace: Workspace) -> None:
    customer = add("customer", name="海润牧业")
    add("customer", name="安达")
    shown = show()
    shown.screen.strip.search.setText("海润")
    shown.screen.list.set_text("海润")
    add("customer", name="横山海润")
    assert len(shown.names()) == 2
    workspace.run(EditRecord("customer", customer, {"name": "绿源"}))
    assert shown.names() == ["横山海润"]


def bulk_titles(shown: Shown) -> list[str]:
    panel = shown.screen.detail.currentWidget()
    return [label.text() for label in panel.findChildren(QLabel)]


@pytest.mark.usefixtures("thousand")
def test_many_are_changed_as_one_and_undone_as_one(
    show: Show, workspace: Workspace, qtbot: QtBot
) -> None:
    shown = show()
    shown.screen.list.focus_list()
    for _ in range(3):
        press(shown, Qt.Key.Key_Down, SHIFT)
    assert "已选 4 家客户" in bulk_titles(shown)
    bulk = shown.screen.detail.currentWidget()
    choose(bulk.menus["horizon"].menu(), "两周内")
    rows = customers.page(workspace.store, shown.screen.list.selected_numbers())
    assert [row.horizon for row in rows] == ["two_weeks"] * 4
    assert shown.told[-1].text == "已改 4 家客户的成交时段"
    assert shown.screen.list.selected_count() == 4  # selection is kept
    shown.undo()
    rows = customers.page(workspace.store, shown.screen.list.selected_numbers())
    assert [row.horizon for row in rows] == ["", "month", "", "month"]


@pytest.mark.usefixtures("thousand")
def test_the_importance_of_many_is_held_and_let_go_as_one(show: Show, workspace: Workspace) -> None:
    portfolio.renew(workspace)
    shown = show()
    shown.screen.list.focus_list()
    press(shown, Qt.Key.Key_Down, SHIFT)
    bulk = shown.screen.detail.currentWidget()

    def told() -> list[tuple[str, str]]:
        rows = customers.page(workspace.store, shown.screen.list.selected_numbers())
        return [(row.importance, row.pinned) for row in rows]

    choose(bulk.menus["importance"].menu(), "VIP 客户")
    assert told() == [("vip", "importance")] * 2
    choose(bulk.menus["importance"].menu(), "取消指定")
    assert told() == [("small", "")] * 2
    shown.undo()
    assert told() == [("vip", "importance")] * 2


@pytest.mark.usefixtures("thousand")
def test_all_are_tagged_beside_the_window_and_undone(show: Show, workspace: Workspace) -> None:
    shown = show()
    shown.screen.list.focus_list()
    press(shown, Qt.Key.Key_A, CTRL)
    bulk = shown.screen.detail.currentWidget()
    assert "已选 1,000 家客户" in bulk_titles(shown)
    type_text(bulk.add_tag, "老客户")
    QTest.keyClick(bulk.add_tag, Qt.Key.Key_Return)
    tagged = CustomerFilter(tags=("老客户",))
    assert len(customers.numbers(workspace.store, tagged)) == 1000
    shown.undo()
    assert len(customers.numbers(workspace.store, tagged)) == 0


@pytest.mark.usefixtures("thousand")
def test_texts_and_tags_of_many(show: Show, workspace: Workspace) -> None:
    shown = show()
    shown.screen.list.focus_list()
    press(shown, Qt.Key.Key_Down, SHIFT)
    bulk = shown.screen.detail.currentWidget()
    line = bulk.lines["seller"]
    type_text(line, "王建国")
    QTest.keyClick(line, Qt.Key.Key_Return)
    type_text(bulk.add_tag, "甲")
    QTest.keyClick(bulk.add_tag, Qt.Key.Key_Return)
    rows = customers.page(workspace.store, shown.screen.list.selected_numbers())
    assert [(row.seller, row.tags) for row in rows] == [("王建国", ("甲",))] * 2
    bulk.remove_tag.menu().aboutToShow.emit()
    choose(bulk.remove_tag.menu(), "甲")
    rows = customers.page(workspace.store, shown.screen.list.selected_numbers())
    assert [row.tags for row in rows] == [(), ()]


@pytest.mark.usefixtures("thousand")
def test_delete_trashes_what_is_selected(show: Show) -> None:
    shown = show()
    shown.screen.list.focus_list()
    press(shown, Qt.Key.Key_Delete)
    assert shown.screen.strip.aside.text() == "999"
    assert shown.told[-1].text == "已移到回收站：客户0000"
    following = shown.screen.list.id_of(shown.screen.list.current_number())
    assert shown.screen.card.header.name.label.full_text() == "客户0001"
    assert shown.screen.detail.customer() == following
    shown.undo()
    assert shown.screen.strip.aside.text() == "1,000"
    press(shown, Qt.Key.Key_Home, CTRL)
    press(shown, Qt.Key.Key_Down, SHIFT)
    press(shown, Qt.Key.Key_Delete)
    assert shown.screen.strip.aside.text() == "998"
    assert shown.told[-1].text == "已把 2 家客户移到回收站"
    assert shown.screen.card.header.name.label.full_text() == "客户0002"


@pytest.mark.usefixtures("thousand")
def test_a_change_repaints_its_row_alone(show: Show, workspace: Workspace) -> None:
    shown = show()
    listed = shown.screen.list
    listed.select_number(listed.windowed.number(500))

    def place() -> int:
        """Where the current row stands on screen."""
        return listed.rows.visualRect(listed.rows.currentIndex()).top()

    before = place()
    reset = QSignalSpy(listed.windowed.modelReset)
    changed = QSignalSpy(listed.windowed.dataChanged)
    customer = listed.id_of(listed.windowed.number(501))
    workspace.run(EditRecord("customer", customer, {"importance": "vip"}))
    assert (reset.count(), changed.count()) == (0, 1)
    assert listed.windowed.row(501).importance == "vip"
    workspace.run(EditRecord("customer", customer, {"name": "安达"}))  # now it stands first
    assert reset.count() == 1
    assert shown.names()[0] == "安达"
    assert place() == before
    assert listed.current_number() == listed.windowed.number(501)


@pytest.mark.usefixtures("thousand")
def test_a_row_leaves_a_filter_it_no_longer_passes(show: Show, workspace: Workspace) -> None:
    shown = show()
    shown.screen.list.set_wanted(CustomerFilter(regions=("定边",)))
    customer = shown.screen.list.id_of(shown.screen.list.windowed.number(0))
    workspace.run(EditRecord("customer", customer, {"region": "靖边"}))
    assert shown.screen.strip.aside.text() == "99 / 1,000"
    workspace.undo()
    assert shown.screen.strip.aside.text() == "100 / 1,000"


def test_the_order_is_chosen_from_a_menu_or_a_heading(show: Show, add: Add) -> None:
    add("customer", name="甲", employees=10)
    add("customer", name="乙", employees=500)
    add("customer", name="丙")
    shown = show()
    assert shown.names() == ["丙", "甲", "乙"]
    choose(shown.screen.bar.sort.menu(), "按规模")
    assert shown.names() == ["乙", "甲", "丙"]  # the largest first, unknown last
    choose(shown.screen.bar.sort.menu(), "按规模")
    assert shown.names() == ["甲", "乙", "丙"]
    shown.screen.strip.view.chosen.emit("table")
    header = shown.screen.list.table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shown.names() == ["丙", "甲", "乙"]


def test_view_columns_and_order_are_remembered(show: Show, add: Add) -> None:
    add("customer", name="海润牧业")
    shown = show()
    shown.screen.strip.view.chosen.emit("table")
    menu = shown.screen.strip.columns.menu()
    menu.aboutToShow.emit()
    choose(menu, "电话")
    choose(menu, "地区")
    again = show()
    table = again.screen.list.table
    hidden = {
        column.key: table.isColumnHidden(at)
        for at, column in enumerate(again.screen.list.windowed.columns)
    }
    assert again.screen.list.view == "table"
    assert (hidden["phone"], hidden["region"]) == (False, True)


def test_filters_are_saved_renamed_and_deleted(show: Show, add: Add) -> None:
    add("customer", name="海润牧业", region="定边")
    add("customer", name="绿源", region="榆林")
    shown = show()
    saved = shown.screen.strip.saved

    def take(*path: str) -> None:
        saved.fill()
        choose(saved.menu(), *path)

    filter_by(shown, "地区", "定边")
    take("保存现在的筛选…")
    type_text(saved.line, "定边一片")
    QTest.keyClick(saved.line, Qt.Key.Key_Return)
    assert saved.text() == "定边一片"
    shown.screen.bar.chips.cleared.emit()
    assert saved.text() == "常用筛选"
    take("定边一片")
    assert shown.names() == ["海润牧业"]
    take("改名…")
    saved.line.selectAll()
    type_text(saved.line, "西片")
    QTest.keyClick(saved.line, Qt.Key.Key_Return)
    assert saved.text() == "西片"
    take("删除这个常用筛选")
    assert saved.text() == "常用筛选"
    assert shown.names() == ["海润牧业"]  # its chips stay
    shown.undo()
    assert saved.text() == "西片"


def test_an_empty_file_invites(show: Show) -> None:
    shown = show()
    buttons = {one.text(): one for one in shown.screen.findChildren(QPushButton) if one.isVisible()}
    buttons["从表格导入"].click()
    assert shown.opened == [("importing", "")]
    buttons["载入示例数据"].click()
    assert len(shown.names()) > 20
    assert shown.screen.strip.search.isVisible()
    shown.screen.show_example()
    shown.context.undo()
    assert shown.names() == []
    assert not shown.screen.strip.search.isVisible()
    assert shown.screen.list.isVisible()  # with its invitation, and nothing beside it
    assert not shown.screen.detail.isVisible()


def test_in_a_narrow_window_the_card_covers_the_list(show: Show, add: Add) -> None:
    add("customer", name="海润牧业")
    shown = show(width=1000)
    screen = shown.screen
    assert screen.list.isVisible()
    assert not screen.detail.isVisible()
    screen.list.focus_list()
    press(shown, Qt.Key.Key_Return)
    assert screen.detail.isVisible()
    assert not screen.list.isVisible()
    screen.card.header.back.click()
    assert screen.list.isVisible()
    press(shown, Qt.Key.Key_Return)
    assert screen.go_back()
    assert screen.list.isVisible()
    screen.resize(1300, 800)
    assert screen.list.isVisible()
    assert screen.detail.isVisible()


def test_back_leads_through_the_customers_seen(show: Show, add: Add) -> None:
    first, second = add("customer", name="甲"), add("customer", name="乙")
    shown = show()
    shown.screen.show_record("customer", first)
    shown.screen.show_record("customer", second)
    assert card_name(shown) == "乙"
    assert shown.screen.go_back()
    assert card_name(shown) == "甲"
    assert not shown.screen.go_back()


def test_a_hidden_tab_is_up_to_date_when_it_shows_again(
    show: Show, add: Add, workspace: Workspace
) -> None:
    customer = add("customer", name="海润牧业")
    shown = show()
    shown.screen.show_record("customer", customer)
    shown.screen.hide()
    workspace.run(EditRecord("customer", customer, {"name": "海润集团"}))
    add("customer", name="绿源")
    shown.screen.show()
    assert shown.names() == ["海润集团", "绿源"]
    assert card_name(shown) == "海润集团"
    shown.screen.hide()
    workspace.run(TrashRecords("customer", (customer,)))
    shown.screen.show()
    assert shown.names() == ["绿源"]
    assert shown.screen.detail.currentWidget().accessibleName() == "“海润集团”在回收站里"
    shown.screen.hide()
    workspace.undo()
    shown.screen.show()
    assert shown.screen.detail.currentWidget() is shown.screen.card


def test_the_palette_offers_what_the_tab_can_do(show: Show, add: Add) -> None:
    add("customer", name="海润牧业")
    shown = show()
    commands = {command.title: command for command in shown.screen.commands()}
    commands["30 天没联系的客户"].act()
    assert shown.opened == [("customers", "")]
    assert shown.screen.list.wanted == CustomerFilter(not_seen_days=30)


def test_a_person_opens_among_the_people_of_the_customer(show: Show, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    contact = add("contact", name="王建国", customer_id=customer)
    shown = show()
    shown.screen.show_record("contact", contact)
    people = shown.screen.pages.people
    assert people.isVisible()
    assert people.person.form.form.cells["name"].editor.value() == "王建国"
    shown.screen.show_record("customer", customer)
    assert not people.isVisible()
    assert shown.screen.card.customer_id == customer


@pytest.mark.usefixtures("thousand")
def test_a_search_that_finds_too_much_is_cut_and_says_so(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldsales.screens.customers.listing._MOST_HITS", 20)
    shown = show()
    shown.screen.list.set_text("客户")
    assert shown.screen.strip.aside.text() == "20+ / 1,000"
    filter_by(shown, "地区", "定边")  # with a chip every hit counts
    assert shown.screen.strip.aside.text() == "100 / 1,000"


def test_what_an_import_touched_is_shown_alone(show: Show, add: Add, workspace: Workspace) -> None:
    old, known = add("customer", name="绿源合作社"), add("customer", name="海润牧业")
    rows = ({"name": "天禾农牧"}, {"name": "鑫源猪业"})
    workspace.run(AddMany("customer", rows))
    first = workspace.to_undo()
    workspace.run(AddMany("contact", ({"name": "王建国", "customer_id": known},)))
    second = workspace.to_undo()
    shown = show()
    shown.screen.strip.search.setText("绿源")
    shown.screen.show_record("imported", str(first))
    assert sorted(shown.names()) == ["天禾农牧", "鑫源猪业"]
    assert shown.screen.strip.search.text() == ""
    shown.screen.show_record("imported", str(second))
    assert shown.names() == ["海润牧业"]
    [chip] = shown.screen.bar.chips.findChildren(Chip)
    assert chip.face.text == "这次导入的"
    chip.removed.emit()
    assert old in [shown.screen.list.id_of(n) for n in shown.screen.list.windowed.numbers]


@pytest.mark.usefixtures("thousand")
def test_those_listed_or_selected_get_a_campaign(show: Show, workspace: Workspace) -> None:
    shown = show()
    people = "SELECT count(*) FROM campaign_member WHERE campaign_id = ?"
    listed = next(one for one in shown.screen.commands() if "清单里的客户" in one.title)
    listed.act()  # a thousand, beside the window
    kind, row_id = shown.opened[-1]
    assert (kind, workspace.store.value(people, [row_id])) == ("campaign", 1000)
    workspace.undo()
    filter_by(shown, "地区", "定边")
    listed.act()
    assert workspace.store.value(people, [shown.opened[-1][1]]) == 100
    shown.screen.list.focus_list()
    press(shown, Qt.Key.Key_Down, SHIFT)
    shown.screen.acting.campaign_to_selected()
    assert workspace.store.value(people, [shown.opened[-1][1]]) == 2
