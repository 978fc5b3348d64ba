"""The card of a customer, as a hand uses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import local_day, to_stamp
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.need import Need
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens.customers.card.view import CardView
from fieldsales.screens.finders import deals_finder
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.operations.pipelines import AddStage, OrderStages
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.services.operations.tasks import CompleteTask
from fieldsales.services.operations.visits import ConcludeVisit, PlanVisit, StartVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.queries import card as query
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.widgets.card import Fact
from fieldsales.widgets.chips import Chip
from tests.dropping import drop_on
from tests.screens.customers.conftest import AddMany, Shown, type_text
from tests.workspaces import Add

Show = Callable[..., Shown]


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业", region="定边", employees=120)


@pytest.fixture
def shown(show: Show, customer: str, qtbot: QtBot) -> Shown:
    """The tab with the card of 海润牧业, its form of all fields included."""
    made = show()
    made.screen.show_record("customer", customer)
    qtbot.waitUntil(lambda: made.screen.card.details is not None)
    return made


@pytest.fixture
def card(shown: Shown) -> CardView:
    return shown.screen.card


def facts(card: CardView) -> list[str]:
    return [fact.accessibleName() for fact in card.header.facts.findChildren(Fact)]


def chips(card: CardView) -> list[str]:
    """Texts of the chips below the name."""
    return [chip.face.text for chip in card.header.tags.findChildren(Chip) if chip.isVisible()]


def lines(section: object) -> list[str]:
    """Titles of the lines that a section shows."""
    return [line.face.title for line in section.lines if line.isVisible()]  # type: ignore[attr-defined]


def happened(card: CardView) -> list[str]:
    return [entry.title for entry in card.happenings.list.entries()]


def enter(target: object, text: str) -> None:
    """Types into a line and presses Enter."""
    type_text(target, text)  # type: ignore[arg-type]
    QTest.keyClick(target, Qt.Key.Key_Return)  # type: ignore[arg-type]


def test_an_empty_card_invites(card: CardView) -> None:
    assert [fact.split()[-1] for fact in facts(card)] == [
        "约第一次见面",
        "安排下一步",
        "加决策人",
        "加商机",
    ]
    assert "C 类（100–499 人）" in chips(card)
    missing = [chip.face.text for chip in card.header.missing.findChildren(Chip)]
    assert missing[:2] == ["行业", "企业性质"]


def test_the_header_answers_without_a_click(
    shown: Shown, card: CardView, customer: str, add: Add, workspace: Workspace
) -> None:
    wang = add("contact", name="王建国", title="老板", customer_id=customer)
    add("buying_role", customer_id=customer, contact_id=wang, role="decision_maker", attitude=1)
    add("deal", title="年单", customer_id=customer, amount=42_000_000, currency="CNY")
    visit = PlanVisit(customer, {"starts_at": workspace.clock.stamp()}, (wang,))
    workspace.run(visit)
    workspace.run(StartVisit(visit.row_id))
    values = {"their_action": "同意试用 3 吨", "their_date": "2026-11-20"}
    workspace.run(ConcludeVisit(visit.row_id, values))
    told = facts(card)
    assert told[0] == "上次见面 · 共拜访 1 次 今天 王建国 进展：同意试用 3 吨"
    assert told[1] == "下一步 11 天后 同意试用 3 吨"
    assert told[2] == "决策人 王建国 老板"
    assert told[3] == "进行中商机 年单 ¥420,000 · 目标客户"
    card.header.facts.clicked.emit("last")
    assert shown.opened == [("visit", visit.row_id)]


def test_what_is_late_stands_beside_what_comes_next(
    shown: Shown, card: CardView, customer: str, add: Add, days_ago: Callable[[int], str]
) -> None:
    add("task", title="报检测单", customer_id=customer, due="2026-11-02")
    add("task", title="催款", customer_id=customer, due="2026-11-06")
    assert facts(card)[1:3] == ["下一步 安排下一步", "逾期 2 件 报检测单"]
    add("visit", customer_id=customer, starts_at=days_ago(-4), objective="签单")
    assert facts(card)[1].startswith("下一步 周五")
    assert facts(card)[1].endswith("拜访：签单")
    card.header.facts.clicked.emit("overdue")
    assert card.tasks.editor is not None
    assert card.tasks.editor.form.cells["title"].editor.value() == "报检测单"
    card.header.facts.clicked.emit("next")
    assert shown.opened[-1][0] == "visit"


def test_fields_save_themselves_and_the_card_follows(
    shown: Shown, card: CardView, customer: str, workspace: Workspace
) -> None:
    assert card.details is not None
    cells = card.details.form.cells
    chip = next(c for c in card.header.missing.findChildren(Chip) if c.face.text == "地址")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    address = cells["address"].editor.target()
    enter(address, "西环路 18 号")
    record = workspace.store.record(Customer, customer)
    assert record is not None
    assert record.address == "西环路 18 号"
    combo = cells["horizon"].editor.target()
    combo.setCurrentIndex(combo.findData("month"))
    combo.activated.emit(combo.currentIndex())
    assert "一个月内" in chips(card)
    assert shown.names() == ["海润牧业"]
    workspace.undo()
    assert "一个月内" not in chips(card)
    assert cells["horizon"].editor.value() == ""


def test_what_cannot_be_saved_yet_is_kept_as_a_draft(
    shown: Shown, card: CardView, customer: str, show: Show, qtbot: QtBot
) -> None:
    assert card.details is not None
    employees = card.details.form.cells["employees"]
    employees.editor.target().selectAll()
    type_text(employees.editor.target(), "一百多")
    # within two seconds of the last key, whatever becomes of the program
    qtbot.waitUntil(
        lambda: drafts.of(shown.context.store, "customer", customer) == {"employees": "一百多"},
        timeout=2_000,
    )
    again = show()
    again.screen.show_record("customer", customer)
    qtbot.waitUntil(lambda: again.screen.card.details is not None)
    details = again.screen.card.details
    assert details is not None
    assert details.form.cells["employees"].editor.typed() == "一百多"


def test_what_is_typed_for_another_day_comes_back(
    shown: Shown, card: CardView, add: Add, customer: str
) -> None:
    other = add("customer", name="绿源")
    type_text(card.happenings.quick.line, "他说要再算一遍")
    shown.screen.show_record("customer", other)
    assert card.happenings.quick.line.text() == ""
    shown.screen.show_record("customer", customer)
    assert card.happenings.quick.line.text() == "他说要再算一遍"
    QTest.keyClick(card.happenings.quick.line, Qt.Key.Key_Return)
    assert drafts.of(shown.context.store, "customer", customer) == {}
    assert happened(card) == ["电话"]


def test_the_name_is_edited_in_place(card: CardView, shown: Shown, workspace: Workspace) -> None:
    QTest.keyClick(shown.screen, Qt.Key.Key_F2)
    line = card.header.name.editor.line
    assert line.isVisible()
    line.selectAll()
    enter(line, "海润集团")
    assert shown.names() == ["海润集团"]
    assert card.header.name.label.full_text() == "海润集团"
    card.edit_name()
    line.clear()
    line.textEdited.emit("")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.isVisible()  # a customer needs a name
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert card.header.name.label.full_text() == "海润集团"


def test_a_person_is_added_with_roles(
    shown: Shown, card: CardView, customer: str, workspace: Workspace
) -> None:
    people = card.people
    assert people.action is not None
    people.action.click()
    assert people.add_line is not None
    enter(people.add_line, "王建国")
    editor = people.editor
    assert editor is not None
    assert editor.isVisible()
    enter(editor.form.cells["mobile"].editor.target(), "138 0000 1234")
    role = next(
        action
        for action in editor.roles.add_role.menu().actions()
        if action.data() == "decision_maker"
    )
    role.trigger()
    assert facts(card)[2] == "决策人 王建国"
    [person] = query.people_of(workspace.store, customer)
    form = editor.roles.roles.forms[person.roles[0].id]
    QTest.keyClick(form.cells["influence"].editor.target(), Qt.Key.Key_4)
    QTest.keyClick(form.cells["attitude"].editor.target(), Qt.Key.Key_5)
    [line] = [line for line in people.lines if line.isVisible()]
    assert [chip.text for chip in line.face.chips] == ["决策人 · 力挺"]
    assert line.face.chips[0].assumed  # until confirmed
    form.cells["confirmed"].editor.target().click()
    assert not line.face.chips[0].assumed
    assert "影响力 4" in line.face.subtitle
    assert line.link is not None
    line.link.click()
    assert QGuiApplication.clipboard().text() == "138 0000 1234"
    assert shown.told[-1].text == "已复制 138 0000 1234"


def test_a_person_typed_is_kept_by_tab_and_the_form_stays_in_place_while_it_is_open(
    show: Show, add: Add, qtbot: QtBot
) -> None:
    customer = add("customer", name="海润牧业")
    for name, level in (("甲", "top"), ("乙", "middle"), ("丙", "base")):
        add("contact", name=name, level=level, customer_id=customer)
    shown = show()
    shown.screen.show_record("customer", customer)
    card = shown.screen.card
    card.people.begin_adding()
    line = card.people.add_line
    assert line is not None
    type_text(line, "丁")
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect().height() == line.height())
    QTest.keyClick(line, Qt.Key.Key_Tab)
    names = [item.contact.name for item in card.people.items]
    assert names[-1] == "丁"
    editor = card.people.editor
    assert editor is not None
    assert shown.screen.window().focusWidget() is editor.form.cells["title"].editor.target()
    level = editor.form.cells["level"].editor
    level.set_value("top")
    level.edited.emit()
    level.finished.emit()
    assert [item.contact.name for item in card.people.items] == names
    QTest.keyClick(editor.form.cells["title"].editor.target(), Qt.Key.Key_Escape)
    opened = shown.screen.window().focusWidget()
    assert opened is not None
    assert "丁" in opened.accessibleName()
    qtbot.waitUntil(lambda: opened.visibleRegion().boundingRect().height() == opened.height())


def test_a_visit_planned_for_today_is_offered_before_another_is_logged(
    show: Show, add: Add, workspace: Workspace
) -> None:
    customer = add("customer", name="海润牧业")
    now = to_stamp(workspace.clock.now())
    workspace.run(planned := PlanVisit(customer, {"starts_at": now}))
    shown = show()
    shown.screen.show_record("customer", customer)
    shown.screen.card.header.log.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert shown.opened == []
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert shown.opened == [("visit", planned.row_id)]
    assert workspace.store.value("SELECT group_concat(state) FROM visit") == "running"


def test_what_waits_in_the_quick_line_says_so(show: Show, add: Add, qtbot: QtBot) -> None:
    shown = show()
    shown.screen.show_record("customer", add("customer", name="海润牧业"))
    line = shown.screen.card.happenings.quick.line
    shown.screen.activateWindow()
    type_text(line, "问了价格")
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.suffix() == shown.context.words("card.not_added")
    enter(line, "，要样品")
    assert line.suffix() == ""


def test_a_person_in_the_trash_takes_the_roles_along(
    shown: Shown, card: CardView, customer: str, add: Add
) -> None:
    wang = add("contact", name="王建国", customer_id=customer)
    add("buying_role", customer_id=customer, contact_id=wang, role="decision_maker")
    card.people.open_record(wang)
    assert card.people.editor is not None
    card.people.editor.trash_wanted.emit()
    assert lines(card.people) == []
    assert facts(card)[2] == "决策人 加决策人"
    shown.undo()
    assert lines(card.people) == ["王建国"]
    assert facts(card)[2] == "决策人 王建国"


@pytest.mark.parametrize("how", ["erased", "trashed", "moved"])
def test_a_person_who_leaves_while_their_form_is_open_takes_it_along(
    card: CardView, customer: str, workspace: Workspace, add: Add, how: str, qtbot: QtBot
) -> None:
    wang = add("contact", name="王建国", customer_id=customer)
    other = add("contact", name="刘海燕", title="会计", customer_id=customer)
    elsewhere = add("customer", name="绿源合作社")
    card.people.open_record(wang)
    assert card.people.editor is not None
    title = card.people.editor.form.cells["title"].editor
    type_text(title.target(), "场长")
    leaves = {
        "erased": EraseContact(wang),
        "trashed": TrashRecords("contact", (wang,)),
        "moved": EditRecord("contact", wang, {"customer_id": elsewhere}),
    }
    workspace.run(leaves[how])
    assert not card.people.editor.isVisible()
    assert lines(card.people) == ["刘海燕"]
    card.people.open_record(other)
    qtbot.wait(1_000)  # longer than typing pauses until it is saved
    assert title.typed() == "会计"
    assert workspace.store.value("SELECT title FROM contact WHERE id = ?", [other]) == "会计"


def test_a_deal_is_added_and_its_amount_read_as_typed(
    card: CardView, customer: str, workspace: Workspace
) -> None:
    card.header.facts.clicked.emit("deals")
    assert card.deals.add_line is not None
    enter(card.deals.add_line, "育肥料年单")
    assert card.deals.editor is not None
    cells = card.deals.editor.form.cells
    enter(cells["amount"].editor.target(), "42万")
    enter(cells["expected_close"].editor.target(), "+10")
    [deal] = query.deals_of(workspace.store, customer)
    assert (deal.amount, deal.expected_close) == (42_000_000, "2026-11-19")
    [line] = [line for line in card.deals.lines if line.isVisible()]
    assert line.face.aside == "¥420,000"
    assert "10 天后" in line.face.subtitle
    QTest.keyClick(cells["amount"].editor.target(), Qt.Key.Key_Escape)
    assert not card.deals.editor.isVisible()
    assert card.window().focusWidget() is line


def test_a_deal_begins_where_the_funnel_begins_and_is_moved_on_its_own_page(
    shown: Shown, card: CardView, customer: str, workspace: Workspace
) -> None:
    workspace.run(ChangeSetting("money.currency", "TWD"))
    workspace.run(AddStage("funnel", {"name": "打听"}))
    known = pipelines(workspace.store)
    ours = next(stage for stage in known.stages if stage.name == "打听")
    row = [stage.id for stage in known.open_stages("funnel")]
    workspace.run(OrderStages("funnel", (ours.id, *(one for one in row if one != ours.id))))
    card.deals.begin_adding()
    assert card.deals.add_line is not None
    enter(card.deals.add_line, "育肥料年单")
    [deal] = query.deals_of(workspace.store, customer)
    assert (deal.stage, deal.currency) == (ours.id, "TWD")
    [line] = [line for line in card.deals.lines if line.isVisible()]
    assert [chip.text for chip in line.face.chips] == ["打听"]
    assert facts(card)[3] == "进行中商机 育肥料年单 打听"
    [found] = deals_finder(shown.context, lambda: customer).find("育肥")
    assert found.subtitle == "打听"
    editor = card.deals.editor
    assert editor is not None
    enter(editor.form.cells["amount"].editor.target(), "42万")
    editor.form.cells["currency"].editor.target().selectAll()  # type: ignore[attr-defined]
    enter(editor.form.cells["currency"].editor.target(), "日元")
    [deal] = query.deals_of(workspace.store, customer)
    assert (deal.currency, deal.amount) == ("JPY", 420_000)
    assert editor.form.cells["amount"].editor.typed() == "420,000"
    card.deals.onward.click()
    assert shown.opened[-1] == ("deal", deal.id)
    assert not editor.isVisible()


def test_needs_are_noted_one_after_the_other(
    card: CardView, customer: str, workspace: Workspace
) -> None:
    card.needs.begin_adding()
    assert card.needs.add_line is not None
    enter(card.needs.add_line, "仓库总是漏雨")
    enter(card.needs.add_line, "想要按月结算")
    assert lines(card.needs) == ["想要按月结算", "仓库总是漏雨"]
    QTest.mouseClick(card.needs.lines[0], Qt.MouseButton.LeftButton)
    assert card.needs.editor is not None
    combo = card.needs.editor.form.cells["statement"].editor.target()
    combo.setCurrentIndex(combo.findData("explicit"))
    combo.activated.emit(combo.currentIndex())
    assert [chip.text for chip in card.needs.lines[0].face.chips] == ["明确需求"]
    needs = workspace.store.records(Need, "SELECT * FROM need WHERE customer_id = ?", [customer])
    assert sorted(need.statement for need in needs) == ["explicit", "implied"]


def test_tasks_are_added_done_and_put_off(
    shown: Shown, card: CardView, workspace: Workspace, customer: str
) -> None:
    card.tasks.begin_adding()
    assert card.tasks.add_line is not None
    enter(card.tasks.add_line, "送样品 周五")
    enter(card.tasks.add_line, "打电话")
    assert lines(card.tasks) == ["送样品", "打电话"]
    assert card.tasks.lines[0].face.aside == "4 天后"
    first, second = card.tasks.lines[:2]
    assert first.more is not None
    first.more.click()
    panel = card.tasks.snooze
    assert panel is not None
    enter(panel.day, "下周一")
    enter(panel.reason, "")
    assert panel.isVisible()  # a reason is wanted
    enter(panel.reason, "场长出差")
    assert not panel.isVisible()
    line = next(line for line in card.tasks.lines if line.face.title == "送样品")
    assert line.face.subtitle == "推迟到11月16日：场长出差"
    second = next(line for line in card.tasks.lines if line.face.title == "打电话")
    assert second.tick is not None
    second.tick.click()
    assert lines(card.tasks) == ["送样品"]
    assert happened(card) == ["完成：打电话"]
    shown.undo()
    assert sorted(lines(card.tasks)) == ["打电话", "送样品"]


def test_a_complaint_is_noted_with_one_enter_and_settled(
    shown: Shown, card: CardView, workspace: Workspace, customer: str
) -> None:
    menu = card.acts.menu()
    next(action for action in menu.actions() if action.text() == "记一件投诉").trigger()
    menu.close()
    assert card.window().focusWidget() is card.happenings.quick.line
    enter(card.happenings.quick.line, "两袋破包")
    assert "投诉 1 件" in chips(card)
    [entry] = card.happenings.list.entries()
    assert (entry.title, entry.text) == ("投诉", "两袋破包")
    card.header.tags.fact_pressed.emit("complaint")
    editor = card.happenings.editor
    assert editor is not None
    assert editor.isVisible()
    card.happenings._settle.click()
    assert "投诉 1 件" not in chips(card)
    shown.undo()
    assert "投诉 1 件" in chips(card)


def test_a_call_can_be_corrected_and_trashed(
    shown: Shown, card: CardView, add: Add, customer: str, workspace: Workspace
) -> None:
    call = add(
        "interaction", customer_id=customer, kind="call", at="2026-11-08T01:00:00Z", text="价格"
    )
    card.happenings.list.opened.emit(f"interaction:{call}")
    assert card.happenings.editor is not None
    note = card.happenings.editor.form.cells["text"].editor.target()
    type_text(note, "和运费")
    card.happenings.editor.closed.emit()
    record = workspace.store.record(Interaction, call)
    assert record is not None
    assert "运费" in record.text
    card.happenings.list.select_key(f"interaction:{call}")
    QTest.keyClick(card.happenings.list, Qt.Key.Key_Delete)
    assert happened(card) == []
    shown.undo()
    assert happened(card) == ["电话"]


def test_tab_goes_through_the_card_as_it_is_read(
    shown: Shown, card: CardView, customer: str, add: Add
) -> None:
    add("contact", name="王建国", mobile="138 0000 1234", customer_id=customer)
    add("task", title="送样", customer_id=customer)
    passed = []
    shown.screen.list.focus_list()
    card.header.first.setFocus()
    for _ in range(60):
        focused = shown.screen.focusWidget()
        if focused is shown.screen.strip.search:
            break
        passed.append(focused.accessibleName() or focused.text())  # type: ignore[attr-defined]
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    order = ["准备拜访", "加标签", "加任务", "送样", "加联系人", "王建国 点开补充", "加文件"]
    order += ["客户名称", "备注", "说了什么，答应了什么"]
    assert [name for name in passed if name in order] == order
    card.header.first.setFocus()
    QTest.keyClick(card.header.first, Qt.Key.Key_Backtab)
    assert shown.screen.list.isAncestorOf(shown.screen.focusWidget())


def test_a_tag_in_use_is_picked_with_the_keys(
    card: CardView, add: Add, workspace: Workspace
) -> None:
    other = add("customer", name="绿源")
    workspace.run(TagCustomers((other,), add=("示范户", "大户")))
    card.header.tags.begin_adding()
    picker = card.header.tags.picker
    assert picker is not None
    type_text(picker, "示")
    QTest.keyClick(picker, Qt.Key.Key_Down)
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert "示范户" in chips(card)
    assert picker.text() == ""


def test_tags_stick_and_come_off(shown: Shown, card: CardView, add: Add) -> None:
    add("customer", name="绿源")
    tags = card.header.tags
    QTest.mouseClick(tags.add_chip, Qt.MouseButton.LeftButton)
    assert tags.picker is not None
    enter(tags.picker, "大户")
    assert "大户" in chips(card)
    QTest.keyClick(tags.picker, Qt.Key.Key_Escape)
    assert tags.add_chip.isVisible()
    chip = next(chip for chip in tags.findChildren(Chip) if chip.face.text == "大户")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    menu = next(menu for menu in tags.findChildren(QMenu) if menu.isVisible())
    menu.actions()[0].trigger()
    assert shown.names() == ["海润牧业"]
    menu.actions()[1].trigger()
    menu.close()
    assert "大户" not in chips(card)
    assert shown.names() == []


@pytest.fixture
def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files that would have been opened by the desktop."""
    found: list[Path] = []

    def open_url(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


def test_files_are_dropped_in_shown_and_opened(
    shown: Shown, card: CardView, tmp_path: Path, opened_files: list[Path]
) -> None:
    paper, photo = tmp_path / "年度合同.pdf", tmp_path / "栏舍.png"
    paper.write_bytes(b"%PDF-1.4")
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    image.save(str(photo))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (paper, photo)])
    drop_on(card.viewport(), mime)
    assert sorted(tile.kept.name for tile in card.files.tiles) == ["年度合同.pdf", "栏舍.png"]
    kinds = {tile.kept.name: tile.kept.kind for tile in card.files.tiles}
    assert kinds["栏舍.png"] == "photo"
    tile = next(tile for tile in card.files.tiles if tile.kept.kind == "file")
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert [path.name for path in opened_files] == ["年度合同.pdf"]
    assert opened_files[0].read_bytes() == b"%PDF-1.4"
    assert sorted(happened(card)) == ["年度合同.pdf", "栏舍.png"]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Delete)
    assert len(card.files.tiles) == 1
    shown.undo()
    assert len(card.files.tiles) == 2


def test_a_photo_is_shown_to_the_customer_by_the_eye_in_its_corner(
    shown: Shown, card: CardView, tmp_path: Path, workspace: Workspace
) -> None:
    photo, paper = tmp_path / "栏舍.png", tmp_path / "合同.pdf"
    QImage(300, 200, QImage.Format.Format_RGB32).save(str(photo))
    paper.write_bytes(b"%PDF-1.4")
    card.files.take([photo, paper])
    tiles = {tile.kept.name: tile for tile in card.files.tiles}
    tile = tiles["栏舍.png"]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton, pos=tile.corner().center())
    assert tile.accessibleDescription() == "可以给客户看"
    row = "SELECT for_customer FROM attachment WHERE name = ?"
    assert workspace.store.value(row, ["栏舍.png"]) == 1
    menu = tile.menu()
    assert [action.text() for action in menu.actions()] == [
        *("打开", "另存为…", "原样另存（含拍摄地点）…", "复制", ""),
        *("不给客户看", "改名", "移到回收站"),
    ]
    menu.actions()[5].trigger()
    menu.deleteLater()
    assert workspace.store.value(row, ["栏舍.png"]) == 0
    assert tile is next(one for one in card.files.tiles if one.kept.name == "栏舍.png")
    assert tiles["合同.pdf"].corner().isEmpty()
    plain = tiles["合同.pdf"].menu()
    assert [action.text() for action in plain.actions()] == [
        *("打开", "另存为…", "复制", "", "改名", "移到回收站")
    ]
    plain.deleteLater()


def test_a_file_that_is_no_use_is_told_about(
    shown: Shown, card: CardView, tmp_path: Path, opened_files: list[Path]
) -> None:
    card.files.take([tmp_path / "没有.pdf"])
    assert shown.told[-1].text == "读不了“没有.pdf”，没有保存。"
    program = tmp_path / "安装.exe"
    program.write_bytes(b"MZ")
    card.files.take([program])
    card.files.tiles[0].clicked.emit()
    assert opened_files == []
    assert "程序文件" in shown.told[-1].text


def test_a_broken_photo_keeps_its_icon(card: CardView, tmp_path: Path) -> None:
    broken = tmp_path / "坏图.png"
    broken.write_bytes(b"not a picture")
    card.files.take([broken])
    [tile] = card.files.tiles
    assert not tile.grab().isNull()


def test_a_visit_is_planned_for_tomorrow_at_ten(
    shown: Shown, card: CardView, customer: str, add: Add, workspace: Workspace
) -> None:
    wang = add("contact", name="王建国", customer_id=customer)
    add("buying_role", customer_id=customer, contact_id=wang, role="decision_maker")
    card.header.first.click()
    [(kind, row_id)] = shown.opened
    visit = workspace.store.record(Visit, row_id)
    assert kind == "visit"
    assert visit is not None
    assert local_day(visit.starts_at) == workspace.clock.today() + timedelta(days=1)
    assert happened(card) == ["拜访 · 王建国"]
    card.acts.plan_visit()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["明天 10:00 约好的那次", "另约一次"]
    menu.actions()[0].trigger()
    menu.close()
    assert shown.opened[-1] == ("visit", row_id)
    card.acts.log_visit()
    visit = workspace.store.record(Visit, shown.opened[-1][1])
    assert visit is not None
    assert visit.state == "running"


def test_a_card_goes_on_as_that_of_the_customer_it_was_merged_into(
    shown: Shown, add: Add, workspace: Workspace
) -> None:
    gone = shown.screen.card.customer_id
    stays = add("customer", name="绿源养殖")
    workspace.run(MergeRecords("customer", stays, gone))
    assert shown.screen.card.customer_id == stays
    workspace.undo()
    shown.screen.show_record("customer", gone)
    assert shown.screen.card.customer_id == gone


def test_a_trashed_customer_leaves_a_calm_place_and_comes_back(shown: Shown) -> None:
    shown.screen.card.acts.trash()
    assert shown.names() == []
    place = shown.screen.detail.currentWidget()
    assert place.accessibleName() == "“海润牧业”在回收站里"
    place.findChildren(QPushButton)[0].click()
    assert shown.names() == ["海润牧业"]
    assert shown.screen.detail.currentWidget() is shown.screen.card
    shown.screen.card.acts.trash()
    shown.undo()
    assert shown.screen.detail.currentWidget() is shown.screen.card
    assert shown.screen.card.header.name.label.full_text() == "海润牧业"


def test_a_customer_whose_creation_is_undone_leaves_a_calm_place(
    show: Show, add: Add, workspace: Workspace
) -> None:
    customer = add("customer", name="海润牧业")
    made = show()
    made.screen.show_record("customer", customer)
    workspace.undo()
    assert made.screen.detail.currentWidget().accessibleName() == "找不到这家客户"


def test_the_history_of_the_file_is_told_in_words(
    card: CardView, customer: str, workspace: Workspace
) -> None:
    workspace.run(EditRecord("customer", customer, {"horizon": "two_weeks"}))
    workspace.run(EditRecord("customer", customer, {"horizon": "now", "employees": None}))
    workspace.undo()
    card.happenings.show_filter("changes")
    entries = card.happenings.list.entries()
    assert [entry.title for entry in entries] == [
        "撤销修改",
        "修改资料",
        "成交时段：（空） → 两周内",
        "建立档案",
    ]
    assert entries[1].text.splitlines() == ["员工人数：120 → （空）", "成交时段：两周内 → 马上成交"]


def test_five_hundred_entries_open_in_part_and_whole(
    card: CardView, customer: str, workspace: Workspace, days_ago: Callable[[int], str]
) -> None:
    rows = [
        {"customer_id": customer, "kind": "call", "at": days_ago(day), "text": f"第 {day} 次"}
        for day in range(500)
    ]
    workspace.run(AddMany("interaction", tuple(rows)))
    assert len(card.happenings.list.entries()) == 40
    assert card.happenings._older.text() == "更早的 460 条"
    card.happenings._older.click()
    assert len(card.happenings.list.entries()) == 500
    assert card.happenings.list.height() > 500 * 30


def test_the_timeline_shows_one_kind_alone(
    card: CardView, customer: str, add: Add, workspace: Workspace, days_ago: Callable[[int], str]
) -> None:
    add("interaction", customer_id=customer, kind="call", at=days_ago(3))
    workspace.run(CompleteTask(add("task", title="送样", customer_id=customer)))
    assert happened(card) == ["完成：送样", "电话"]
    menu = card.happenings.filter_button.menu()
    next(action for action in menu.actions() if action.text() == "往来").trigger()
    assert happened(card) == ["电话"]


def test_a_long_list_shows_its_first_lines(card: CardView, customer: str, add: Add) -> None:
    for n in range(9):
        add("need", text=f"需求 {n}", customer_id=customer)
    assert len(lines(card.needs)) == 6
    assert card.needs._more is not None
    card.needs._more.click()
    assert len(lines(card.needs)) == 9


def test_names_are_not_confused_between_customers(
    shown: Shown, card: CardView, add: Add, customer: str, workspace: Workspace
) -> None:
    """What is being typed goes to the customer it was typed for."""
    other = add("customer", name="绿源")
    wang = add("contact", name="王建国", customer_id=customer)
    card.people.open_record(wang)
    assert card.people.editor is not None
    type_text(card.people.editor.form.cells["title"].editor.target(), "场长")
    shown.screen.show_record("customer", other)
    record = workspace.store.record(Contact, wang)
    assert record is not None
    assert record.title == "场长"
    assert lines(card.people) == []
    assert not card.people.editor.isVisible()
    assert workspace.store.records(Task, "SELECT * FROM task") == []
    assert workspace.store.records(Deal, "SELECT * FROM deal") == []
