"""Today, the trash, settings, papers and help, by what a user does there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldsales.app.emptied import empty
from fieldsales.domain.money.proposal import Proposal
from fieldsales.reports.make import make
from fieldsales.screens import backups, paper, settings, today, trash
from fieldsales.screens import help as help_tab
from fieldsales.screens.contract import Context, Screen
from fieldsales.screens.help.page import DATA, METHODS, HelpScreen
from fieldsales.screens.sections import SectionedScreen
from fieldsales.screens.settings.data.place import Place
from fieldsales.screens.settings.looks.page import Looks
from fieldsales.screens.settings.money.page import MoneySettings
from fieldsales.screens.settings.papers.letterhead import Letterhead
from fieldsales.screens.settings.papers.sheets import Sheets
from fieldsales.screens.today.line import Line
from fieldsales.screens.trash.page import TrashScreen
from fieldsales.services.numbering import KEPT
from fieldsales.services.operations.proposals import StartProposal
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.operations.visits import ConcludeVisit, LogVisit, PlanVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.message_bar import Message
from fieldsales.words import PSEUDO, Words
from tests.screens.conftest import OpenContext
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import add

Show = Callable[..., Screen]
Part = TypeVar("Part", bound=QWidget)


@pytest.fixture
def told() -> list[Message]:
    return []


@pytest.fixture
def context(open_context: OpenContext, told: list[Message]) -> Context:
    made = open_context()
    made.told.connect(told.append)
    return made


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Show:
    def shown(tab: object, size: tuple[int, int] = (1280, 720)) -> Screen:
        screen: Screen = tab.build(context)  # type: ignore[attr-defined]
        qtbot.addWidget(screen)
        screen.resize(*size)
        with qtbot.waitExposed(screen):
            screen.show()
        return screen

    return shown


def _texts(widget: QWidget) -> str:
    return "\n".join(
        label.accessibleName() or label.text() for label in widget.findChildren(QLabel)
    )


def _lines(screen: Screen, group: str) -> list[Line]:
    found = screen.findChild(QWidget, f"group-{group}")
    assert found is not None
    return found.findChildren(Line)


def _press(widget: QWidget, text: str) -> None:
    for button in [*widget.findChildren(QPushButton), *widget.findChildren(QToolButton)]:
        if text in (button.text() or button.accessibleName()):
            button.click()
            return
    raise AssertionError(f"no button {text}")


# --- today


def test_a_visit_planned_for_today_is_asked_about_before_another_is_logged(
    show: Show, context: Context, workspace: Workspace
) -> None:
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    customer = add(workspace, "customer", name="海润牧业", horizon="now")
    workspace.run(
        AddRecord(
            "interaction",
            {"customer_id": customer, "kind": "call", "at": "2026-09-01T02:00:00Z", "text": "问好"},
        )
    )
    planned = PlanVisit(customer, {"starts_at": "2026-11-09T02:00:00Z"})
    workspace.run(planned)
    workspace.run(PlanVisit(customer, {"starts_at": "2026-11-05T02:00:00Z"}))  # and did not happen
    screen = show(today)
    _press(screen, "记一次拜访")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    start, _another = menu.actions()
    assert "计划好的拜访" in start.text()
    start.trigger()
    menu.close()
    assert opened[-1] == ("visit", planned.row_id)
    assert workspace.store.rows("SELECT id FROM visit WHERE state = 'running'") == [
        (planned.row_id,)
    ]


def test_a_new_file_offers_three_ways_to_begin(show: Show, workspace: Workspace) -> None:
    screen = show(today)
    screen.activateWindow()
    screen.setFocus()
    assert "先把客户放进来" in _texts(screen)
    assert QApplication.focusWidget().text() == "导入客户表格"
    _press(screen, "示例")
    assert workspace.store.value("SELECT count(*) FROM customer_facts") > 50
    assert "今天的拜访" in _texts(screen)


def test_the_arrows_go_from_line_to_line(qtbot: QtBot, show: Show, workspace: Workspace) -> None:
    add(workspace, "customer", name="海润牧业")
    for title in ("送样", "寄册子"):
        add(workspace, "task", title=title, due="2026-11-08")
    screen = show(today)
    screen.activateWindow()
    first, second = _lines(screen, "tasks")
    first.setFocus()
    for key, line in ((Qt.Key.Key_Down, second), (Qt.Key.Key_Up, first)):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert line.isAncestorOf(QApplication.focusWidget())


def test_a_task_is_ticked_and_taken_back(
    show: Show, workspace: Workspace, told: list[Message]
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    add(workspace, "task", title="送样", due="2026-11-08", customer_id=customer)
    screen = show(today)
    [line] = _lines(screen, "tasks")
    assert "逾期 1 天" in _texts(line)
    _press(line, "完成")
    assert _lines(screen, "tasks") == []
    assert told[-1].act is not None
    told[-1].act()
    assert len(_lines(screen, "tasks")) == 1


def test_a_task_moved_beyond_the_day_it_was_put_off_to_waits_for_its_own(
    show: Show, workspace: Workspace
) -> None:
    add(workspace, "task", title="送样", due="2026-11-12", snoozed_until="2026-11-09")
    add(workspace, "task", title="寄册子", snoozed_until="2026-11-09")
    add(workspace, "customer", name="海润牧业")
    assert [line.entry.title for line in _lines(show(today), "tasks")] == ["寄册子"]


def test_a_task_is_put_off_with_a_reason(qtbot: QtBot, show: Show, workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    add(workspace, "task", title="送样", due="2026-11-09", customer_id=customer)
    screen = show(today)
    [line] = _lines(screen, "tasks")
    _press(line, "推迟")
    panel = line._snooze
    assert panel is not None
    qtbot.keyClicks(panel.day, "2026-11-20")
    qtbot.keyClicks(panel.reason, "after the holiday")
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    assert _lines(screen, "tasks") == []
    rows = workspace.store.rows("SELECT snoozed_until, snooze_reason FROM task")
    assert rows == [("2026-11-20", "after the holiday")]


def test_a_task_is_not_put_off_without_a_reason(
    qtbot: QtBot, show: Show, workspace: Workspace, told: list[Message]
) -> None:
    add(workspace, "customer", name="海润牧业")
    add(workspace, "task", title="送样", due="2026-11-09")
    screen = show(today)
    [line] = _lines(screen, "tasks")
    line.ask_snooze()
    assert line._snooze is not None
    qtbot.keyClicks(line._snooze.day, "2026-11-20")
    line._snooze.finish()
    assert workspace.store.value("SELECT snoozed_until FROM task") is None
    assert "为什么" in told[-1].text


def test_a_customer_past_its_rhythm_is_named_until_it_is_met(
    show: Show, context: Context, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业", horizon="now")
    add(
        workspace,
        "interaction",
        customer_id=customer,
        kind="call",
        at="2026-11-01T02:00:00Z",
    )
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    screen = show(today)
    [line] = _lines(screen, "cold")
    assert "8 天前" in _texts(line)
    _press(line, "记一次拜访")
    assert opened[-1][0] == "visit"
    assert _lines(screen, "cold") == []


def test_a_customer_going_cold_can_be_put_off(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业", horizon="now")
    values = {"customer_id": customer, "kind": "call", "at": "2026-11-01T02:00:00Z"}
    add(workspace, "interaction", **values)
    screen = show(today)
    [line] = _lines(screen, "cold")
    line.ask_snooze()
    assert line._snooze is not None
    qtbot.keyClicks(line._snooze.day, "+7")
    line._snooze.finish()
    assert len(_lines(screen, "cold")) == 1  # it is asked why
    line._snooze.reason.setText("老板出差")
    line._snooze.finish()
    assert _lines(screen, "cold") == []
    kept = workspace.store.rows("SELECT until, reason, customer_id FROM snooze")
    assert kept == [("2026-11-16", "老板出差", customer)]


def test_enter_opens_what_a_line_speaks_of(
    qtbot: QtBot, show: Show, context: Context, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    visit = add(workspace, "visit", customer_id=customer, starts_at="2026-11-09T02:00:00Z")
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    screen = show(today)
    [line] = _lines(screen, "visits")
    focus = line.focusProxy()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert opened == [("visit", visit)]


# --- trash


def test_what_was_deleted_comes_back_from_the_trash(
    show: Show, context: Context, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    add(workspace, "contact", name="王建国", customer_id=customer)
    workspace.run(TrashRecords("customer", (customer,)))
    screen = show(trash)
    assert screen.list.model.rowCount() == 1  # type: ignore[attr-defined]
    screen.list.select_number(0)  # type: ignore[attr-defined]
    screen.restore()  # type: ignore[attr-defined]
    assert workspace.store.value("SELECT count(*) FROM contact WHERE trashed_at IS NULL") == 1
    assert screen.list.model.rowCount() == 0  # type: ignore[attr-defined]


def test_proposals_and_what_is_owed_are_found_in_the_trash(
    show: Show, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    its = {"customer_id": customer, "title": "全年用料"}
    for noun in ("proposal", "receivable"):
        row_id = add(workspace, noun, **its, number=f"{noun}-1")
        workspace.run(TrashRecords(noun, (row_id,)))
    screen = show(trash)
    model = screen.list.model  # type: ignore[attr-defined]
    told = {model.text(row, 0) for row in range(model.rowCount())}
    assert told == {"全年用料 proposal-1", "receivable-1 全年用料"}


def test_a_part_without_a_name_is_called_by_what_it_belongs_to(
    show: Show, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    person = add(workspace, "contact", name="王建国", customer_id=customer)
    its = {"customer_id": customer, "contact_id": person}
    role = add(workspace, "buying_role", **its, role="decision_maker")
    rating = add(workspace, "rating", customer_id=customer, dated="2026-11-01")
    for noun, row_id in (("buying_role", role), ("rating", rating)):
        workspace.run(TrashRecords(noun, (row_id,)))
    screen = show(trash)
    assert isinstance(screen, TrashScreen)
    faces = {(face.title, face.subtitle) for face in map(screen._face, screen._all)}
    assert ("王建国", f"{screen.context.words('noun.buying_role')} · 海润牧业") in faces
    assert (screen.context.words("noun.rating"), "海润牧业") in faces


def test_enter_takes_all_that_are_selected_back_and_goes_on_with_the_next(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    names = ("甲", "乙", "丙", "丁")
    for name in names:
        workspace.run(TrashRecords("customer", (add(workspace, "customer", name=name),)))
    screen = show(trash)
    rows = screen.list.rows  # type: ignore[attr-defined]
    rows.setFocus()
    rows.selectRow(1)
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    left = workspace.store.rows("SELECT name FROM customer WHERE trashed_at IS NOT NULL")
    assert {name for (name,) in left} == {"丁", "甲"}
    model = screen.list.model  # type: ignore[attr-defined]
    assert model.text(rows.currentIndex().row(), 0) == "甲"
    workspace.undo()
    assert workspace.store.value("SELECT count(*) FROM customer WHERE trashed_at IS NULL") == 0


def test_the_trash_is_searched(qtbot: QtBot, show: Show, workspace: Workspace) -> None:
    for name in ("海润牧业", "绿源合作社"):
        workspace.run(TrashRecords("customer", (add(workspace, "customer", name=name),)))
    screen = show(trash)
    assert isinstance(screen, TrashScreen)
    screen.search.setText("綠源")
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 1)
    screen.search.setText("没有的")
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 0)
    assert "没有这样的内容" in _texts(screen)
    _press(screen, "清除搜索")
    assert screen.list.model.rowCount() == 2


def test_the_trash_is_filtered_by_kind_and_emptied_of_what_is_shown(
    show: Show, context: Context, workspace: Workspace, told: list[Message]
) -> None:
    customer = add(workspace, "customer", name="海润")
    for noun in ("deal", "task"):
        row = add(workspace, noun, title=noun, customer_id=customer)
        workspace.run(TrashRecords(noun, (row,)))
    screen = show(trash)
    assert isinstance(screen, TrashScreen)
    texts = [screen.kind.itemText(at) for at in range(screen.kind.count())]
    assert set(texts) == {"所有种类", "商机 1", "任务 1"}
    screen.kind.setCurrentIndex(screen.kind.findData("deal"))
    screen.kind.activated.emit(screen.kind.currentIndex())
    assert screen.list.model.rowCount() == 1
    _press(screen, "清空列出的")
    assert "已从回收站清除 1 条" in told[-1].text
    assert not workspace.store.value("SELECT 1 FROM deal")
    assert screen.list.model.rowCount() == 1  # the kind is gone, so all are shown
    _press(screen, "清空")
    assert "回收站是空的" in _texts(screen)
    context.undo()
    context.undo()
    assert screen.list.model.rowCount() == 2


def test_what_is_still_needed_stays_in_the_trash(
    show: Show, workspace: Workspace, told: list[Message]
) -> None:
    customer = add(workspace, "customer", name="海润")
    contact = add(workspace, "contact", name="王建国", customer_id=customer)
    visit = add(workspace, "visit", customer_id=customer, starts_at="2026-11-02T02:00:00Z")
    add(workspace, "visit_person", visit_id=visit, contact_id=contact)
    workspace.run(TrashRecords("contact", (contact,)))
    screen = show(trash)
    _press(screen, "清空")
    assert "1 条别处还用到" in told[-1].text
    assert told[-1].act is None


def test_the_trash_empties_itself_only_if_one_wants_that(
    show: Show, context: Context, workspace: Workspace, told: list[Message]
) -> None:
    screen = show(trash)
    assert isinstance(screen, TrashScreen)
    assert screen.after.currentText() == "从不"
    customer = add(workspace, "customer", name="海润")
    workspace.run(TrashRecords("customer", (customer,)))
    screen.after.setCurrentIndex(screen.after.findData(30))
    screen.after.activated.emit(screen.after.currentIndex())
    empty(context)
    assert workspace.store.value("SELECT 1 FROM customer")
    now = workspace.clock.now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(workspace.clock), "now", lambda _: now + timedelta(days=31))
        empty(context)
    assert "放了 30 天以上的 1 条" in told[-1].text
    assert not workspace.store.value("SELECT 1 FROM customer")
    assert told[-1].act is not None
    told[-1].act()
    assert workspace.store.value("SELECT 1 FROM customer")


def test_the_keyboard_goes_from_the_search_to_the_list_and_clears_it(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    for name in ("海润牧业", "绿源合作社"):
        workspace.run(TrashRecords("customer", (add(workspace, "customer", name=name),)))
    screen = show(trash)
    assert isinstance(screen, TrashScreen)
    screen.activateWindow()
    screen.search.setFocus()
    screen.search.setText("海润")
    qtbot.keyClick(screen.search, Qt.Key.Key_Down)
    assert screen.list.model.rowCount() == 1
    assert screen.list.shown.hasFocus()
    assert screen.list.selected_count() == 1
    qtbot.keyClick(screen.search, Qt.Key.Key_Escape)
    assert screen.list.model.rowCount() == 2


# --- settings


def _group(screen: Screen, section: str, kind: type[Part]) -> Part:
    """Some settings of a section that is brought to front."""
    assert isinstance(screen, SectionedScreen)
    found = screen.show_section(section).findChild(kind)
    assert isinstance(found, kind)
    return found


def test_the_letterhead_is_saved_when_a_field_is_left(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    screen = show(settings)
    line = _group(screen, "papers", Letterhead).lines["company"]
    line.setText("海源饲料")
    line.editingFinished.emit()
    assert setting(workspace.store, "letterhead.company") == "海源饲料"
    workspace.undo()
    assert line.text() == ""


def test_a_logo_is_made_small_and_a_broken_one_refused(
    show: Show, workspace: Workspace, tmp_path: Path, told: list[Message]
) -> None:
    picture = QImage(2_000, 500, QImage.Format.Format_RGB32)
    picture.fill(QColor("#0A6C80"))
    good, bad = tmp_path / "标志.png", tmp_path / "坏.png"
    picture.save(str(good))
    bad.write_bytes(b"no picture")
    screen = show(settings)
    _group(screen, "papers", Letterhead).set_logo(good)
    sha256 = setting(workspace.store, "letterhead.logo")
    [(size,)] = workspace.store.rows("SELECT size FROM attachment WHERE sha256 = ?", [sha256])
    assert size < 20_000
    _group(screen, "papers", Letterhead).set_logo(bad)
    assert setting(workspace.store, "letterhead.logo") == sha256
    assert "坏.png" in told[-1].text
    huge = tmp_path / "一亿点.png"
    Image.new("1", (10_001, 10_000)).save(huge)
    _group(screen, "papers", Letterhead).set_logo(huge)
    assert setting(workspace.store, "letterhead.logo") == sha256
    assert "一亿点.png" in told[-1].text


def test_another_language_leaves_the_focus_where_it_was_and_another_theme_builds_nothing(
    qtbot: QtBot, show: Show, context: Context
) -> None:
    asked: list[int] = []
    context.look_changed.connect(lambda: asked.append(1))
    screen = show(settings)
    _group(screen, "looks", Looks)
    mode = screen.findChild(QWidget, "settings.mode")
    mode.setFocus()
    qtbot.keyClick(mode, Qt.Key.Key_3)
    assert context.look.theme.dark
    assert context.state.value("look/mode") == "dark"
    assert asked == []
    language = screen.findChild(QWidget, "settings.language")
    language.setFocus()
    qtbot.keyClick(language, Qt.Key.Key_E)
    assert asked == [1]
    assert context.state.value("look/language") == "en"
    anew = show(settings)
    focused = anew.focusWidget()
    assert focused is not None
    assert focused.objectName() == "settings.language"


def test_the_usual_currency_is_chosen_and_one_of_your_own_stays(
    show: Show, workspace: Workspace
) -> None:
    screen = show(settings)
    combo = _group(screen, "money", MoneySettings).currency
    assert combo.currentText() == "人民币 CNY"
    combo.activated.emit(combo.findData("TWD"))
    assert setting(workspace.store, "money.currency") == "TWD"
    workspace.undo()
    screen.refresh()
    assert combo.currentData() == "CNY"
    workspace.run(ChangeSetting("money.currency", "SGD"))
    screen.refresh()
    assert combo.currentText() == "SGD"


def test_sheet_and_margin_are_chosen_and_papers_follow(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    visit = LogVisit(add(workspace, "customer", name="海润牧业"))
    workspace.run(visit)

    def page() -> tuple[float, float, float]:
        """Width and height of the first page, and where its text begins, in points."""
        made = make(workspace.store, "visit", visit.row_id, Words(), "internal")
        buffer, pdf = QBuffer(), QPdfDocument()
        buffer.setData(made.pdf)
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        pdf.load(buffer)
        size, text = pdf.pagePointSize(0), pdf.getAllText(0).boundingRectangle()
        return round(size.width()), round(size.height()), round(text.left() / 72 * 25.4)

    assert page() == (595, 842, 20)
    screen = show(settings)
    sheets = _group(screen, "papers", Sheets)
    for name, key in (("size", Qt.Key.Key_2), ("margin", Qt.Key.Key_2)):
        qtbot.keyClick(sheets.papers[name], key)
    assert page() == (612, 792, 25)
    workspace.undo()
    workspace.undo()
    assert page() == (595, 842, 20)
    assert sheets.papers["size"].key == "a4"


def type_into(line: QLineEdit, text: str) -> None:
    """Typed and left."""
    line.selectAll()
    line.insert(text)
    line.setModified(True)
    line.editingFinished.emit()


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("money.margin", "12.5%", "12.5"),
        ("money.rate", "7", "7"),
        ("proposal.valid_days", "45", 45),
    ],
)
def test_a_figure_of_money_is_kept_when_it_is_left(
    show: Show, workspace: Workspace, name: str, typed: str, stored: object
) -> None:
    screen = show(settings)
    typed_line = _group(screen, "money", MoneySettings).lines[name]
    type_into(typed_line.line, typed)
    assert setting(workspace.store, name) == stored
    type_into(typed_line.line, "0")
    assert typed_line.wrong.isVisibleTo(typed_line)
    assert setting(workspace.store, name) == stored
    type_into(typed_line.line, typed)
    assert not typed_line.wrong.isVisibleTo(typed_line)
    workspace.undo()
    assert setting(workspace.store, name) is None


def test_new_proposals_begin_as_the_settings_have_it(show: Show, workspace: Workspace) -> None:
    screen = show(settings)
    money = _group(screen, "money", MoneySettings)
    for name, code in (("template", "compact"), ("rounding", "total"), ("tax_mode", "added")):
        money.usual[name].choose(code)
    money.counted.choose("proposals")
    assert setting(workspace.store, "credit.counted") == "proposals"
    type_into(money.lines["proposal.valid_days"].line, "10")
    begun = StartProposal({"customer_id": add(workspace, "customer", name="海润牧业")})
    workspace.run(begun)
    found = workspace.store.record(Proposal, begun.row_id)
    assert found is not None
    assert (found.template, found.rounding, found.tax_mode) == ("compact", "total", "added")
    assert found.valid_until == (workspace.clock.today() + timedelta(10)).isoformat()


def test_numbers_begin_with_the_laptops_own_mark(show: Show, context: Context) -> None:
    screen = show(settings)
    money = _group(screen, "money", MoneySettings)
    line = money.lines[KEPT]
    assert "Q" in money.number.text()
    type_into(line.line, "bj-q")
    assert context.state.value(KEPT) == "BJ-Q"
    assert "BJ-Q26" in money.number.text()
    type_into(line.line, "报价*")
    assert line.wrong.isVisibleTo(line)
    assert context.state.value(KEPT) == "BJ-Q"


def test_the_settings_say_how_many_backups_there_are_and_lead_to_them(
    show: Show, context: Context
) -> None:
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    back_up(context.store)
    screen = show(settings)
    _group(screen, "data", Place)
    assert "1 份核对过的备份" in _texts(screen)
    _press(screen, "查看和恢复备份")
    assert opened == [("backups", "")]


def test_another_language_is_asked_for_and_kept(qtbot: QtBot, show: Show, context: Context) -> None:
    screen = show(settings)
    with qtbot.waitSignal(context.look_changed):
        _group(screen, "looks", Looks)._change_look("look/language", "en")
    assert context.state.value("look/language") == "en"


# --- papers


def test_a_saved_report_lands_on_the_timeline_once(
    show: Show, context: Context, workspace: Workspace, tmp_path: Path
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    visit = LogVisit(customer)
    workspace.run(visit)
    workspace.run(ConcludeVisit(visit.row_id, {"their_action": "试用", "their_date": "2026-11-20"}))
    screen = show(paper)
    screen.show_record("paper", f"visit:{visit.row_id}")
    preview = screen.preview  # type: ignore[attr-defined]
    assert preview.page_count == 1
    target = tmp_path / "报告.pdf"
    preview.save(target)
    preview.saved.emit(str(target))
    preview.printed.emit()
    rows = workspace.store.rows("SELECT kind, visit_id, customer_id FROM attachment")
    assert rows == [("report", visit.row_id, customer)]
    assert target.read_bytes().startswith(b"%PDF")


def test_a_paper_for_the_customer_asks_to_be_read_first(show: Show, workspace: Workspace) -> None:
    visit = LogVisit(add(workspace, "customer", name="海润牧业"))
    workspace.run(visit)
    screen = show(paper)
    screen.show_record("paper", f"visit:{visit.row_id}")
    hint, audience = screen.hint, screen.audience  # type: ignore[attr-defined]
    assert not hint.isVisible()
    for code in ("customer", "internal"):
        audience.set_key(code)
        audience.chosen.emit(code)
        assert hint.isVisible() == (code == "customer")


def test_a_paper_that_cannot_be_made_says_why(
    show: Show, workspace: Workspace, told: list[Message]
) -> None:
    customer = add(workspace, "customer", name="海润牧业", note="")
    visit = add(
        workspace, "visit", customer_id=customer, starts_at="2026-11-09T02:00:00Z", note="🚚"
    )
    screen = show(paper)
    screen.show_record("paper", f"visit:{visit}")
    assert "🚚" in told[-1].text
    assert not screen.preview.isVisible()  # type: ignore[attr-defined]


# --- help


def test_help_leafs_through_the_methods(qtbot: QtBot, show: Show) -> None:
    screen = show(help_tab)
    first = screen.text.toPlainText()  # type: ignore[attr-defined]
    assert first
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)  # type: ignore[attr-defined]
    assert screen.text.toPlainText() not in ("", first)  # type: ignore[attr-defined]


def test_help_is_searched_in_all_its_parts(qtbot: QtBot, show: Show) -> None:
    screen = show(help_tab)
    assert isinstance(screen, HelpScreen)

    def listed() -> list[str]:
        return [hit.title for hit in screen._titles.hits]

    assert "密码：电脑丢了，客户不丢" not in listed()
    qtbot.keyClick(screen, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.search.hasFocus()
    qtbot.keyClicks(screen.search, "mima")  # by pinyin
    qtbot.keyClick(screen.search, Qt.Key.Key_Return)
    assert listed() == ["密码：电脑丢了，客户不丢"]
    assert "恢复码" in screen.text.toPlainText()
    assert screen.switch.key == DATA
    qtbot.keyClick(screen.list, Qt.Key.Key_Escape)
    assert listed() == ["换电脑、交给同事、备份在哪儿", "密码：电脑丢了，客户不丢"]
    screen.search.setText("不存在的词")
    screen.search.asked.emit(screen.search.text())
    assert listed() == []
    [everything] = [b for b in screen.findChildren(QPushButton) if b.text() == "看全部"]
    everything.click()
    screen.switch.choose(METHODS)
    assert "客户档案" in listed()
    screen.show_record("help", "moving")
    assert screen.switch.key == DATA
    assert "换一台电脑" in screen.text.toPlainText()


def test_help_leads_to_where_a_method_is_at_work(qtbot: QtBot, show: Show) -> None:
    screen = show(help_tab)
    opened: list[tuple[str, str]] = []
    screen.context.opened.connect(lambda *there: opened.append(there))
    screen.show_record("help", "m34")
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    screen.show_record("help", "m01")
    screen.there.click()  # type: ignore[attr-defined]
    assert opened == [("portfolio", "indicators"), ("customers", "")]


# --- all of them


@pytest.mark.parametrize("tab", [today, trash, backups, settings, paper, help_tab])
@pytest.mark.parametrize("filled", [False, True])
def test_nothing_is_clipped(
    open_context: OpenContext, qtbot: QtBot, workspace: Workspace, tab: object, filled: bool
) -> None:
    if filled:
        workspace.run(LoadSample())
    context = open_context(PSEUDO)
    screen: Screen = tab.build(context)  # type: ignore[attr-defined]
    qtbot.addWidget(screen)
    screen.resize(1180, 700)
    screen.show()
    screen.show_example()
    wait_until_all_fits(qtbot, screen)


def test_an_internal_paper_offers_no_version_for_the_customer(
    show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    """Not even after a paper that was looked at as the customer sees it."""
    customer = add(workspace, "customer", name="海润牧业")
    contact = add(workspace, "contact", name="贺文清", customer_id=customer)
    screen = show(paper)
    audience = screen.audience  # type: ignore[attr-defined]
    for code, about, offered in (
        ("profile", contact, True),
        ("people", customer, False),
        ("organisation", customer, False),
    ):
        screen.show_record("paper", f"{code}:{about}")
        assert audience.isVisible() == offered
        if offered:
            audience.choose("customer")
        assert screen.hint.isVisible() == offered  # type: ignore[attr-defined]
        screen.preview.save(tmp_path / f"{code}.pdf")  # type: ignore[attr-defined]
        shown = make(
            workspace.store, code, about, Words(), "customer" if offered else "internal"
        ).pdf
        assert (tmp_path / f"{code}.pdf").read_bytes() == shown
