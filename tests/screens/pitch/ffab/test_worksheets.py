"""Pitch worksheets, by what a user does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import Worksheet
from fieldsales.screens.pitch.ffab.line import RowLine
from fieldsales.screens.pitch.ffab.page import WorksheetsPage
from fieldsales.services.operations.products import SetPrice
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.worksheets import (
    AddWorksheetRow,
    LinkNeed,
    SetValueStack,
    StartWorksheet,
)
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.queries.worksheets import WorksheetPage, worksheet_page
from fieldsales.words import PSEUDO
from tests.screens.pitch.conftest import Shown, ShowPitch
from tests.widgets.clip_check import clipped
from tests.workspaces import add

Run = Callable[[Operation], str]


@dataclass
class Made:
    """A customer with a worksheet of two rows, one of them linked to what it wants."""

    customer: str
    need: str
    product: str
    sheet: str
    rows: tuple[str, str]


@pytest.fixture
def made(workspace: Workspace) -> Made:
    customer = add(workspace, "customer", name="海润牧业", industry="pig_farm")
    need = add(workspace, "need", customer_id=customer, text="少用药", statement="explicit")
    product = add(workspace, "product", name="教槽料", traits="含膨化玉米\n九天过渡表")
    begun = StartWorksheet({"product_id": product, "customer_id": customer, "title": "断奶这一关"})
    workspace.run(begun)
    rows = []
    for feature, benefit in (("含膨化玉米", "药费省四十块"), ("留样一年", "出事说得清")):
        row = AddWorksheetRow(
            begun.row_id,
            {"feature": feature, "function": "好消化", "advantage": "不拉稀", "benefit": benefit},
        )
        workspace.run(row)
        rows.append(row.row_id)
    workspace.run(LinkNeed(rows[0], need))
    return Made(customer, need, product, begun.row_id, (rows[0], rows[1]))


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def of(shown: Shown) -> WorksheetsPage:
    page = shown.page
    assert isinstance(page, WorksheetsPage)
    settle()
    return page


def stored(workspace: Workspace, made: Made) -> WorksheetPage:
    return worksheet_page(workspace.store, made.sheet)


def line(page: WorksheetsPage, at: int) -> RowLine:
    return page.sheet.rows.lines[at]


def press(widget: QWidget, text: str) -> None:
    for button in widget.findChildren(QPushButton):
        if button.isVisible() and text == button.text():
            button.click()
            return
    raise AssertionError(f"no button {text}")


def insert(text: str, *, fresh: bool = False) -> None:
    """Into the field with the focus, as an input method does; `fresh` replaces what is there."""
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    if fresh:
        field.selectAll()
    if isinstance(field, QLineEdit):
        field.insert(text)
        field.textEdited.emit(field.text())
    else:
        field.insertPlainText(text)


def type_in(widget: QWidget, text: str) -> None:
    widget.setFocus()
    insert(text, fresh=True)


# --- the list


def test_the_newest_is_shown_and_the_list_says_whom_each_is_for(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    workspace.run(StartWorksheet({"title": "谁都能用的"}))
    page = of(show_pitch("ffab"))
    model = page.list.list.model
    assert [model.text(at, 0) for at in range(2)] == [
        "谁都能用的 还没写 谁都能用",
        "断奶这一关 海润牧业 2 行 教槽料 回应了需求：1/2",
    ]
    assert page.sheet.title.typed() == "谁都能用的"
    page.list.scopes.choose("customer")
    assert model.rowCount() == 1
    page.list.search.setText("没有的东西")
    page.list.search.clear_now()
    page.list.search.setText("zzz")
    page.list.reload()
    assert model.rowCount() == 0
    page.list.show_all()
    assert model.rowCount() == 2


@pytest.mark.parametrize("asked", ["海润", "教槽", "dnzyg"])
def test_a_worksheet_is_found_by_customer_product_and_pinyin(
    show_pitch: ShowPitch, workspace: Workspace, made: Made, asked: str
) -> None:
    workspace.run(StartWorksheet({"title": "羊场九十天"}))
    page = of(show_pitch("ffab"))
    page.list.search.setText(asked)
    page.list.reload()
    assert [one.sheet.id for one in page.list.shown()] == [made.sheet]


def test_the_first_one_is_made_from_the_empty_page(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace
) -> None:
    product = add(workspace, "product", name="教槽料")
    page = of(show_pitch("ffab"))
    assert page.stack.currentWidget() is page.empty
    press(page, "新话术表")
    settle()
    assert page.newcomer.isVisible()
    qtbot.keyClick(page.newcomer.cells["title"].editor.target(), Qt.Key.Key_Return)
    assert "先选产品" in page.newcomer.cells["title"].message()
    page.newcomer.cells["product_id"].editor.target().setFocus()
    insert("教槽")
    qtbot.keyClick(page.newcomer.cells["product_id"].editor.target(), Qt.Key.Key_Return)
    press(page.newcomer, "开始写")
    [sheet] = workspace.store.records(Worksheet, "SELECT * FROM worksheet")
    assert (sheet.title, sheet.product_id, sheet.product_name) == ("教槽料", product, "教槽料")
    assert page.sheet.sheet_id == sheet.id
    assert page.detail.currentWidget() is page.sheet


def test_whom_it_is_for_has_to_be_said(show_pitch: ShowPitch, workspace: Workspace) -> None:
    page = of(show_pitch("ffab"))
    page.new_record()
    page.newcomer.whom.choose("customer")
    page.newcomer.cells["title"].editor.set_typed("给海润的")
    page.newcomer.submit()
    assert page.newcomer.cells["customer_id"].message()
    assert workspace.store.value("SELECT count(*) FROM worksheet") == 0
    page.newcomer.whom.choose("anyone")
    page.newcomer.submit()
    assert workspace.store.value("SELECT title FROM worksheet") == "给海润的"


def test_a_deleted_one_says_so_and_comes_back(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    shown = show_pitch("ffab")
    page = of(shown)
    workspace.run(TrashRecords("worksheet", (made.sheet,)))
    settle()
    assert page.detail.currentWidget() is not page.sheet
    press(page.detail, "恢复")
    settle()
    assert page.detail.currentWidget() is page.sheet
    page.trash([made.sheet])
    assert shown.told[-1].act is not None
    settle()
    assert page.stack.currentWidget() is page.empty
    shown.told[-1].act()
    settle()
    assert page.stack.currentWidget() is page.halves


# --- rows


def test_cells_save_themselves_and_the_speech_follows_each_key(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    cell = line(page, 1).cells["benefit"]
    type_in(cell.text, "再也不背锅")
    qtbot.waitUntil(lambda: "再也不背锅" in page.sheet.whole.note.typed())
    assert line(page, 1).told.text().endswith("比方说，再也不背锅。")
    page.flush()
    assert stored(workspace, made).rows[1].benefit == "再也不背锅"


def test_enter_goes_from_cell_to_cell_and_on_to_a_new_row(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    line(page, 1).focus("advantage")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert line(page, 1).cells["benefit"].in_use()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert len(stored(workspace, made).rows) == 3
    assert line(page, 2).cells["feature"].in_use()
    insert("检测单跟车")
    qtbot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle()
    found = stored(workspace, made).rows
    assert [one.feature for one in found] == ["含膨化玉米", "留样一年", "检测单跟车", ""]


def test_rows_move_by_key_and_are_taken_away_with_an_undo(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    shown = show_pitch("ffab")
    page = of(shown)
    line(page, 1).focus("advantage")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle()
    assert [one.id for one in stored(workspace, made).rows] == [*reversed(made.rows)]
    assert line(page, 0).cells["advantage"].in_use()
    qtbot.keyClick(
        QApplication.focusWidget(),
        Qt.Key.Key_Delete,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    settle()
    assert [one.id for one in stored(workspace, made).rows] == [made.rows[0]]
    assert shown.told[-1].act is not None
    shown.told[-1].act()
    assert len(stored(workspace, made).rows) == 2


def test_a_row_is_dragged_to_another_place(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab", size=(1280, 900)))
    grip, over = line(page, 1).grip, line(page, 0)
    aim = grip.mapFromGlobal(over.mapToGlobal(QPoint(30, 2)))
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(grip, aim)
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=aim)
    settle()
    assert [one.id for one in stored(workspace, made).rows] == [*reversed(made.rows)]


def test_without_functions_they_are_hidden_and_not_said(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    assert "好消化" in page.sheet.whole.note.typed()
    page.sheet.rows.plain.box.click()
    settle()
    assert stored(workspace, made).sheet.without_function == 1
    assert not line(page, 0).cells["function"].isVisible()
    assert "好消化" not in page.sheet.whole.note.typed()


def test_only_what_answers_a_need_is_a_benefit(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    implied = add(workspace, "need", customer_id=made.customer, text="药费高")
    shown = show_pitch("ffab")
    page = of(shown)
    first, second = line(page, 0), line(page, 1)
    assert "回应：少用药" in first._why.text()
    assert "没有接到" in second._why.text()
    keys = [key for key, _ in second._choices()]
    assert keys == [made.need, "", implied]
    second._link(implied)
    assert "没说想要什么" in shown.told[-1].text
    second._link(made.need)
    settle()
    assert stored(workspace, made).rows[1].need_id == made.need
    assert "对您来说，出事说得清" in page.sheet.whole.note.typed()
    workspace.run(EditRecord("need", made.need, {"statement": "implied"}))
    settle()
    assert "只是抱怨过" in second._why.text()
    workspace.run(TrashRecords("need", (made.need,)))
    settle()
    assert "已经删了" in second._why.text()


def test_a_need_that_waits_and_a_trait_of_the_product_become_rows(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    other = add(workspace, "need", customer_id=made.customer, text="有人驻场", statement="explicit")
    page = of(show_pitch("ffab"))
    assert page.sheet.rows.needs.keys() == [other]
    page.sheet.rows.needs.press(other)
    settle()
    assert page.sheet.rows.traits.keys() == ["九天过渡表"]
    page.sheet.rows.traits.press("九天过渡表")
    settle()
    rows = stored(workspace, made).rows
    assert [(one.feature, one.need_id) for one in rows[2:]] == [("", other), ("九天过渡表", None)]
    assert not page.sheet.rows.needs.isVisible()


# --- one's own words


def test_the_whole_is_put_in_ones_own_words_and_composed_anew(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    whole = page.sheet.whole
    composed = whole.note.typed()
    assert "秒" in whole.note.count.text()
    type_in(whole.note.text, "我自己这么说。")
    page.flush()
    assert stored(workspace, made).sheet.pitch == "我自己这么说。"
    workspace.run(EditRecord("worksheet_row", made.rows[0], {"advantage": "长得快"}))
    settle()
    assert whole.note.typed() == "我自己这么说。"
    press(whole, "重新连成")
    settle()
    assert stored(workspace, made).sheet.pitch == ""
    assert whole.note.typed() == composed.replace("不拉稀", "长得快", 1)
    press(whole, "复制")
    assert QGuiApplication.clipboard().text() == whole.note.typed()


def test_emptied_words_are_composed_again(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    composed = page.sheet.whole.note.typed()
    type_in(page.sheet.whole.note.text, "x")
    qtbot.keyClick(page.sheet.whole.note.text, Qt.Key.Key_Backspace)
    page.sheet.title.target().setFocus()
    settle()
    assert page.sheet.whole.note.typed() == composed
    assert stored(workspace, made).sheet.pitch == ""


def test_a_row_is_put_in_ones_own_words(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    first = line(page, 0)
    first.own_words.click()
    assert first.own is not None
    assert first.own.editor.typed().startswith("只要含膨化玉米")
    type_in(first.own.editor.target(), "这料好消化。")
    page.flush()
    settle()
    assert stored(workspace, made).rows[0].pitch == "这料好消化。"
    assert page.sheet.whole.note.typed().startswith("这料好消化。\n")
    page.list.setFocus()
    first.compose_again()
    settle()
    assert stored(workspace, made).rows[0].pitch == ""
    assert first.own is None
    assert first.told.text().startswith("只要含膨化玉米")


def test_another_is_opened_while_a_row_is_put_in_ones_own_words(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    other = StartWorksheet({"title": "另一张"})
    workspace.run(other)
    page = of(show_pitch("ffab"))
    page.show_record("worksheet", made.sheet)
    settle()
    first = line(page, 0)
    first.own_words.click()
    settle()
    assert first.own is not None
    assert first.own.editor.in_use()
    page.show_record("worksheet", other.row_id)
    settle()
    assert first.own is None
    assert stored(workspace, made).rows[0].pitch == ""


def test_too_long_is_said_and_nothing_is_lost(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    note, long = page.sheet.whole.note, "字" * 5_001
    note.text.setPlainText(long)
    page.flush()
    assert "1" in note.count.text()
    assert note.count.property("tone") == "bad"
    assert note.typed() == long
    assert stored(workspace, made).sheet.pitch == ""
    page.list.show_all()
    page._show(made.sheet)
    assert note.typed() == long
    cell = line(page, 0).cells["feature"]
    cell.text.setPlainText("长" * 501)
    page.flush()
    assert "特性：" in line(page, 0)._trouble.text()
    note.text.setPlainText(long[1:])
    page.flush()
    assert len(stored(workspace, made).sheet.pitch) == 5_000


def test_pasted_rich_text_and_rare_characters_become_plain_text(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    pasted = QMimeData()
    pasted.setHtml("<table><tr><td><b>省</b></td><td>🐷𠮷</td></tr></table>")
    pasted.setText("省\t🐷𠮷")
    cell = line(page, 0).cells["benefit"].text
    cell.setFocus()
    cell.selectAll()
    cell.insertFromMimeData(pasted)
    page.flush()
    assert stored(workspace, made).rows[0].benefit == "省 🐷𠮷"
    assert "省" in line(page, 0).told.text()


# --- the value stack


def test_parts_are_typed_moved_and_taken_away(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    shown = show_pitch("ffab")
    page = of(shown)
    stack = page.sheet.stack
    for text in ("好感 2", "信任", "把握 3.5"):
        stack.new.setText(text)
        stack.new.returnPressed.emit()
        settle()
    parts = [(one.label, one.amount) for one in stored(workspace, made).parts]
    assert parts == [("好感", 200), ("信任", None), ("把握", 350)]
    assert [one.name.typed() for one in stack.lines] == ["把握", "信任", "好感"]
    stack.lines[2].name.target().setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle()
    assert [one.label for one in stored(workspace, made).parts] == ["信任", "好感", "把握"]
    assert stack.lines[1].name.in_use()
    type_in(stack.lines[2].amount.target(), "1")
    page.flush()
    stack.form.cells["price"].editor.set_typed("5")
    stack.form.cells["price"].editor.edited.emit()
    page.flush()
    settle()
    assert stored(workspace, made).sheet.price == 500
    assert stack.picture.finding.text() == "客户付 ¥5，得到的值 ¥6.50，多得 ¥1.50。"
    stack.lines[0].remove_wanted.emit()
    settle()
    assert len(stored(workspace, made).parts) == 2
    assert "把握" in shown.told[-1].text


def test_the_list_price_is_offered(show_pitch: ShowPitch, workspace: Workspace, made: Made) -> None:
    workspace.run(SetPrice(made.product, 325_000, "USD"))
    page = of(show_pitch("ffab"))
    press(page.sheet.stack, "用今天的价目：$3,250")
    settle()
    sheet = stored(workspace, made).sheet
    assert (sheet.price, sheet.currency) == (325_000, "USD")
    assert not page.sheet.stack.list_price.isVisible()


# --- copies, papers, what is gone


def test_a_copy_for_another_customer_keeps_no_need_of_the_first(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    other = add(workspace, "customer", name="绿源合作社")
    workspace.run(SetValueStack(made.sheet, (("信任", 200),)))
    page = of(show_pitch("ffab"))
    press(page, "复制给客户")
    assert page.newcomer.cells["title"].editor.typed() == "断奶这一关"
    page.newcomer.cells["customer_id"].editor.set_value(other)
    page.newcomer.submit()
    settle()
    copy = worksheet_page(workspace.store, page.sheet.sheet_id)
    assert copy.sheet.id != made.sheet
    assert (copy.sheet.customer_id, copy.sheet.title) == (other, "断奶这一关")
    assert [one.need_id for one in copy.rows] == [None, None]
    assert len(copy.parts) == 1
    assert stored(workspace, made).rows[0].need_id == made.need


def test_a_product_that_is_gone_keeps_its_name(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    shown = show_pitch("ffab")
    page = of(shown)
    workspace.run(TrashRecords("product", (made.product,)))
    settle()
    facts = dict(page.sheet._facts())
    assert facts[""].text == "教槽料"
    assert facts[""].chips[0].text == "产品已删除"
    assert "产品已删除" in page.list.list.model.text(0, 0)


def test_papers_and_cross_links(show_pitch: ShowPitch, workspace: Workspace, made: Made) -> None:
    shown = show_pitch("ffab")
    page = of(shown)
    for action in page.sheet.print.menu().actions():
        action.trigger()
    page.sheet._fact_pressed("product")
    page.sheet._fact_pressed("customer")
    page.sheet._check()
    assert shown.opened == [
        ("paper", f"ffab:{made.sheet}"),
        ("paper", f"pitch_cards:{made.sheet}"),
        ("product", made.product),
        ("customer", made.customer),
        ("walk_around", f"worksheet:{made.sheet}"),
    ]


def test_escape_leads_back_and_enter_in(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    page = of(show_pitch("ffab"))
    page.list.list.focus_list()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert line(page, 0).cells["feature"].in_use()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.list.isAncestorOf(QApplication.focusWidget())
    assert page.new_record()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.detail.currentWidget() is page.sheet


@pytest.mark.parametrize("lang", ["zh_CN", "en", PSEUDO])
def test_nothing_is_clipped(show_pitch: ShowPitch, workspace: Workspace, lang: str) -> None:
    workspace.run(LoadSample())
    page = of(show_pitch("ffab", size=(1290, 680), lang=lang))
    for show in (page.show_example, page.new_record, page.newcomer.left.emit, page.adapt):
        show()
        settle()
        assert clipped(page) == []


def test_needs_of_others_are_not_offered(
    show_pitch: ShowPitch, workspace: Workspace, made: Made
) -> None:
    stranger = add(workspace, "customer", name="绿源合作社")
    add(workspace, "need", customer_id=stranger, text="别家的需求", statement="explicit")
    page = of(show_pitch("ffab"))
    assert [one.id for one in page.sheet.desk.facts.needs] == [made.need]
    assert workspace.store.value("SELECT count(*) FROM need") == 2
    assert isinstance(page.sheet.desk.facts.needs[0], Need)
