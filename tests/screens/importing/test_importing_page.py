"""The import page, worked by keys, clicks and drops on files as people have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.screens import importing
from fieldsales.screens.importing.page import ImportingScreen
from fieldsales.screens.importing.settings import Choice
from fieldsales.services.importing.reading import read
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.message_bar import Message
from fieldsales.words import PSEUDO
from tests.screens.conftest import OpenContext
from tests.widgets.clip_check import clipped
from tests.workspaces import add, data_hash

FILES = Path(__file__).parents[2] / "services" / "importing" / "files"
Key = Qt.Key
LIST = """客户名称,联系人,手机,电话,行业,备注
北京海润饲料有限公司,张伟,13800138000,010-88886666,饲料经销,每周二送货
上海明达,李娜,13900139000,021-66668888,养猪,
"""
BAD = "客户名称,联系人,生日\n海润,张伟,1980-05-12\n明达,李娜,2024/2/30\n,王五,\n"


class Page:
    """The page, what it told and where it led."""

    def __init__(self, screen: ImportingScreen) -> None:
        self.screen = screen
        self.told: list[Message] = []
        self.opened: list[tuple[str, str]] = []
        screen.context.told.connect(self.told.append)
        screen.context.opened.connect(lambda kind, row_id: self.opened.append((kind, row_id)))

    @property
    def targets(self) -> list[str | None]:
        assert self.screen.chosen is not None
        return self.screen.chosen.targets

    def texts(self, part: QWidget) -> str:
        """All that can be read on a part of the page."""
        QApplication.processEvents()  # labels that are new are shown
        labels = [found for found in part.findChildren(QLabel) if found.isVisible()]
        return "\n".join(found.text() for found in labels)

    def aim(self) -> str:
        return self.texts(self.screen.preview.aim)

    def reasons(self) -> list[tuple[str, str]]:
        """Title and subtitle of the problems listed."""
        problems = self.screen.preview.problems
        faces = [problems._face(problem) for problem in problems._problems]
        return [(face.title, face.subtitle) for face in faces]


Show = Callable[..., Page]


@pytest.fixture
def show(open_context: OpenContext, qtbot: QtBot) -> Show:
    """Opens the page; `inline` false has jobs run on threads of their own."""

    def shown(lang: str = "zh_CN", *, inline: bool = True) -> Page:
        context = open_context(lang, inline=inline)
        screen = importing.build(context)
        assert isinstance(screen, ImportingScreen)
        qtbot.addWidget(screen)
        screen.resize(1280, 700)
        with qtbot.waitActive(screen):
            screen.show()
            screen.activateWindow()
        return Page(screen)

    return shown


def written(tmp_path: Path, text: str, name: str = "客户.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(path: Path, **sheets: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                page.write_row(at, 0, cells)
    return path


def customers(workspace: Workspace) -> list[Customer]:
    return workspace.store.records(
        Customer, "SELECT * FROM customer WHERE trashed_at IS NULL ORDER BY name"
    )


def people(workspace: Workspace) -> list[Contact]:
    return workspace.store.records(
        Contact, "SELECT * FROM contact WHERE trashed_at IS NULL ORDER BY name"
    )


def type_text(text: str) -> None:
    """Types as an input method does, wherever the cursor stands."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def click(qtbot: QtBot, target: QWidget) -> None:
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def tab_to(qtbot: QtBot, target: QWidget) -> None:
    for _ in range(40):
        if QApplication.focusWidget() is target:
            return
        press(qtbot, Key.Key_Tab)
    pytest.fail("Tab does not lead there")


def pick(qtbot: QtBot, choice: Choice, value: object) -> None:
    """Takes an entry of a list by the arrow keys."""
    steps = choice.findData(value) - choice.currentIndex()
    for _ in range(abs(steps)):
        choice.setFocus()
        qtbot.keyClick(choice, Key.Key_Down if steps > 0 else Key.Key_Up)
    assert choice.currentData() == value


def drop(target: QWidget, path: Path, *more: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in (path, *more)])
    spot, button = QPointF(target.rect().center()), Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(
        spot.toPoint(), Qt.DropAction.CopyAction, data, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(
        spot, Qt.DropAction.CopyAction, data, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(target, dropped)


def test_from_the_dialog_to_the_records_and_back(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    path = written(tmp_path, LIST, encoding="gb18030")

    def chosen(_parent: QWidget, _title: str, folder: str, kinds: str) -> tuple[str, str]:
        asked.append(folder)
        assert "*.vcf" in kinds
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    before = data_hash(workspace)
    page = show()
    click(qtbot, page.screen.choose.choose)
    assert page.screen.preview.isVisible()
    assert page.targets == ["name", "contact.name", "contact.mobile", "phone", "industry", "note"]
    assert "2 个客户" in page.aim()
    assert "2 位联系人" in page.aim()
    assert data_hash(workspace) == before  # nothing is written until it is wanted
    click(qtbot, page.screen.go)
    assert [customer.name for customer in customers(workspace)] == [
        "上海明达",
        "北京海润饲料有限公司",
    ]
    assert [(person.name, person.mobile) for person in people(workspace)] == [
        ("张伟", "13800138000"),
        ("李娜", "13900139000"),
    ]
    assert "2 个客户" in page.texts(page.screen.result)
    click(qtbot, page.screen.result.show_imported)
    assert page.opened[-1] == ("imported", str(workspace.to_undo()))
    click(qtbot, page.screen.result.undo)
    assert data_hash(workspace) == before
    assert page.screen.result.preview.isVisible()
    click(qtbot, page.screen.result.next)
    click(qtbot, page.screen.choose.choose)
    assert asked == ["", str(tmp_path)]  # the folder of the last file


def test_by_keyboard_alone(show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> None:
    page = show()
    page.screen.show_record("importing", str(written(tmp_path, "客户名称,片长\n海润,甲7\n")))
    assert page.targets == ["name", None]
    press(qtbot, Key.Key_Right, Key.Key_Return)  # the second column's choice
    type_text("负责")
    press(qtbot, Key.Key_Return)
    assert page.targets == ["name", "seller"]
    qtbot.waitUntil(page.screen.go.isEnabled)
    tab_to(qtbot, page.screen.go)
    press(qtbot, Key.Key_Space)
    assert customers(workspace)[0].seller == "甲7"
    assert QApplication.focusWidget() is page.screen.result.show_imported
    press(qtbot, Key.Key_Tab, Key.Key_Space)
    assert customers(workspace) == []


def test_control_and_enter_import_from_wherever_the_focus_is(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    page.screen.activateWindow()
    page.screen.open_file(written(tmp_path, LIST))
    qtbot.waitUntil(page.screen.go.isEnabled)
    focused = QApplication.focusWidget()
    assert focused is page.screen.preview.table.columns
    qtbot.keyClick(focused, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.screen.result.isVisible()
    there = len(customers(workspace))
    assert there
    qtbot.keyClick(page.screen, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(customers(workspace)) == there


def test_a_list_of_products_leads_to_the_products(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, "产品名称,产品编号,含税单价\n保育康 551,QH-1,4780\n"))
    assert "1 个产品" in page.aim()
    click(qtbot, page.screen.go)
    click(qtbot, page.screen.result.show_imported)
    assert page.opened[-1] == ("product", "")


def test_what_is_owed_and_paid_comes_in_and_leads_to_the_receivables(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    add(workspace, "customer", name="海润牧业")
    before = data_hash(workspace)
    page = show()
    aim = page.screen.preview.aim
    page.screen.open_file(
        written(
            tmp_path,
            "发票号,客户名称,应收金额,已收金额,到期日\n"
            "F1,海润牧业,800,300,2026-12-01\nF2,海润牧叶,10,,2026-12-01\nF3,海润牧业,10,12,\n",
        )
    )
    assert page.targets == ["number", "customer", "amount", "paid", "due_on"]
    assert "2 笔应收款\n1 个客户\n1 笔收款" in page.aim()
    assert page.reasons() == [("付的比还欠的多 2.00 CNY。", "第 4 行 · 已收金额")]
    click(qtbot, aim.newcomers)
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    assert "1 笔应收款" in page.aim()
    assert aim.newcomers.isVisible()  # to be taken back
    click(qtbot, aim.newcomers)
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    click(qtbot, aim.keep_rest)
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    assert "3 笔应收款\n1 个客户\n2 笔收款" in page.aim()
    click(qtbot, page.screen.go)
    click(qtbot, page.screen.result.show_imported)
    assert page.opened[-1] == ("receivable", "")
    click(qtbot, page.screen.result.undo)
    assert data_hash(workspace) == before


def test_without_its_columns_a_list_of_payments_says_which(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, "客户,收款金额,收款日期\n海润牧业,5,2026-02-01\n"))
    assert "1 笔收款\n1 个客户" in page.aim()
    page.screen.preview.target_picked.emit(1, "")
    qtbot.waitUntil(lambda: "请先选定哪一列是金额" in page.aim())


def test_leaving_a_choice_keeps_what_was(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, LIST))
    press(qtbot, Key.Key_Return)
    type_text("电话")
    press(qtbot, Key.Key_Escape)
    assert page.targets[0] == "name"
    assert QApplication.focusWidget() is page.screen.preview.table.columns
    press(qtbot, Key.Key_End, Key.Key_Delete)
    assert page.targets[-1] is None


def test_a_field_that_takes_one_column_leaves_the_other(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, "客户名称,电话,简称\n海润,1,润\n明达,2,达\n"))
    columns = page.screen.preview.table.columns
    columns.chosen.emit(2, "name")
    assert page.targets == [None, "phone", "name"]
    columns.chosen.emit(0, "phone")  # numbers of two columns are joined
    assert page.targets == ["phone", "phone", "name"]


def test_columns_are_remembered_and_marked(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, "客户名称,片长\n海润,甲7\n"))
    page.screen.preview.table.columns.chosen.emit(1, "seller")
    qtbot.waitUntil(page.screen.go.isEnabled)
    click(qtbot, page.screen.go)
    page.screen.open_file(written(tmp_path, "片长,客户名称\n乙9,明达\n", "下月.csv"))
    assert page.targets == ["seller", "name"]
    assert page.screen.chosen is not None
    assert page.screen.chosen.marks == ["before", "guess"]


def test_a_wrong_encoding_is_said_and_mended(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, LIST))
    encoding = page.screen.preview.settings.encoding
    words = page.screen.context.words
    assert encoding.currentText() == "UTF-8"
    pick(qtbot, encoding, "big5")
    assert words("import.warning.garbled") in page.texts(page.screen.preview)
    assert encoding.property("wrong")
    assert not page.screen.go.isEnabled() or page.targets[0] != "name"
    pick(qtbot, encoding, "utf-8")
    assert words("import.warning.garbled") not in page.texts(page.screen.preview)
    assert page.targets[0] == "name"
    assert page.screen.go.isEnabled()


def test_separator_header_and_kind_can_be_changed(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, "表一\n姓名;公司,部\n张伟;海润,甲\n李娜;明达,乙\n"))
    settings = page.screen.preview.settings
    names = page.screen.preview.table.preview
    pick(qtbot, settings.separator, ";")
    assert list(names.names) == ["姓名", "公司,部"]
    pick(qtbot, settings.header_row, 0)
    assert list(names.names) == ["A", "B"]
    pick(qtbot, settings.header_row, 2)
    assert [row for row, _ in names.rows] == [3, 4]
    settings.kind.setFocus()
    press(qtbot, Key.Key_Left)
    assert page.screen.chosen is not None
    assert page.screen.chosen.kind == "customers"
    press(qtbot, Key.Key_Right)
    assert page.screen.chosen.kind == "contacts"
    assert page.targets[0] == "name"


def test_a_column_chosen_by_hand_stays_when_the_file_is_read_again(
    show: Show, tmp_path: Path
) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, LIST, encoding="gb18030"))
    page.screen.preview.table.columns.chosen.emit(5, "seller")
    page.screen.preview.settings.encoding.picked.emit("gb18030")
    assert page.targets[5] == "seller"


def test_sheets_of_a_workbook(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    path = workbook(
        tmp_path / "两张表.xlsx",
        老客户=[["客户名称", "电话"], ["海润", "1"]],
        新客户=[["客户名称", "电话"], ["明达", "2"], ["绿源", "3"]],
    )
    page.screen.open_file(path)
    settings = page.screen.preview.settings
    assert settings.sheet.currentText() == "老客户"
    assert not settings.encoding.isVisible()
    pick(qtbot, settings.sheet, "新客户")
    click(qtbot, page.screen.go)
    assert {customer.name for customer in customers(workspace)} == {"明达", "绿源"}


def test_address_cards(show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:张;伟;;;\r\nORG:海润饲料\r\n"
        "TEL;TYPE=CELL:13800138000\r\nEND:VCARD\r\n"
    )
    page = show()
    page.screen.open_file(written(tmp_path, card, "名片.vcf"))
    assert "1 张名片" in page.texts(page.screen.preview)
    assert page.screen.preview.settings.kind.key == "contacts"
    assert not page.screen.preview.settings.header_row.isVisible()
    assert page.screen.preview.table.preview.names[0] == "姓名"
    click(qtbot, page.screen.go)
    assert [person.name for person in people(workspace)] == ["张伟"]
    assert [customer.name for customer in customers(workspace)] == ["海润饲料"]


def test_a_file_dropped_anywhere(show: Show, tmp_path: Path) -> None:
    page = show()
    first, second = written(tmp_path, LIST), written(tmp_path, LIST, "第二个.csv")
    drop(page.screen, first, second)
    assert page.screen.chosen is not None
    assert page.screen.chosen.sheet.path == first
    assert "客户.csv" in page.told[-1].text  # one at a time
    drop(page.screen, second)
    assert page.screen.chosen.sheet.path == second


def test_the_sample_can_be_tried(show: Show, workspace: Workspace, qtbot: QtBot) -> None:
    page = show()
    click(qtbot, page.screen.choose.sample)
    click(qtbot, page.screen.go)
    assert len(customers(workspace)) == 24


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.csv", b"", "import.error.empty_file"),
        ("表头.csv", "客户名称,电话\n".encode(), "import.error.header_only"),
        ("图.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "import.error.not_a_table"),
        ("坏.xlsx", b"PK\x03\x04" + b"\0" * 400, "import.error.damaged"),
    ],
)
def test_a_file_that_cannot_be_read(
    show: Show, tmp_path: Path, qtbot: QtBot, name: str, content: bytes, code: str
) -> None:
    page = show()
    path = tmp_path / name
    path.write_bytes(content)
    page.screen.open_file(path)
    told = page.screen.context.words(code, name=name)
    assert told in page.texts(page.screen.choose)
    path.write_text(LIST, encoding="utf-8")
    if name.endswith("csv"):
        click(qtbot, page.screen.choose.again)  # mended meanwhile
        assert page.screen.preview.isVisible()


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls", "locked.ods"])
def test_a_file_with_a_password(show: Show, name: str) -> None:
    page = show("en")
    page.screen.open_file(FILES / name)
    assert "password" in page.texts(page.screen.choose)


def test_what_cannot_come_in_is_listed_and_saved(
    show: Show,
    workspace: Workspace,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, BAD))
    assert page.targets == ["name", "contact.name", "contact.birthday"]
    assert "2 行" in page.aim()
    click(qtbot, page.screen.preview.aim.why)
    assert page.screen.preview.problems.isVisible()
    assert [where for _, where in page.reasons()] == ["第 3 行 · 生日", "第 4 行 · 客户名称"]
    target = tmp_path / "要改的"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    click(qtbot, page.screen.preview.aim.save)
    saved = target.with_suffix(".xlsx")
    assert [cells[2:] for _, cells in read(saved)] == [
        ("明达", "李娜", "2024/2/30"),
        ("", "王五", ""),
    ]
    click(qtbot, page.screen.go)
    assert [customer.name for customer in customers(workspace)] == ["海润"]
    assert "2 行" in page.texts(page.screen.result)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "没有" / "x.xlsx"), "")
    )
    click(qtbot, page.screen.result.save)
    assert page.told[-1].kind == "error"


def test_all_or_nothing(show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, BAD))
    assert page.screen.go.isEnabled()
    click(qtbot, page.screen.preview.aim.whole)
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    assert not page.screen.go.isEnabled()
    assert page.screen.context.words("importing.not_whole", n=2) in page.aim()
    click(qtbot, page.screen.preview.aim.whole)
    qtbot.waitUntil(page.screen.go.isEnabled)


def test_a_total_row_stays_out_until_it_is_wanted(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    totals = page.screen.preview.aim.totals
    page.screen.open_file(written(tmp_path, LIST))
    assert totals.isHidden()
    page.screen.open_file(written(tmp_path, f"{LIST}总计,,,,,\n"))
    assert page.screen.outcome is not None
    assert (page.screen.outcome.added, page.screen.outcome.skipped) == (2, 1)
    totals.click()
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    assert page.screen.outcome.added == 3
    assert totals.isVisible()


def test_what_is_there_is_updated_or_left(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    add(workspace, "customer", name="上海明达", phone="1", own_id="K1")
    page = show()
    text = "客户名称,电话,客户编号\n上海明达,2,K1\n新的,3,K2\n"
    page.screen.open_file(written(tmp_path, text))
    aim = page.screen.preview.aim
    assert "更新\n1 个客户" in page.aim()
    click(qtbot, aim.only_add)
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    assert "不变\n1 行" in page.aim()
    pick(qtbot, aim.match, None)
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    assert "新增\n2 个客户" in page.aim()
    assert not aim.only_add.isVisible()
    pick(qtbot, aim.match, "own_id")
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    click(qtbot, page.screen.go)
    assert [customer.phone for customer in customers(workspace)] == ["1", "3"]


def test_without_a_name_nothing_can_be_imported(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, LIST))
    press(qtbot, Key.Key_Delete)
    qtbot.waitUntil(lambda: page.screen.context.words("import.error.no_name_column") in page.aim())
    assert not page.screen.go.isEnabled()


def test_nothing_new_is_said(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, LIST))
    click(qtbot, page.screen.go)
    click(qtbot, page.screen.result.next)
    page.screen.open_file(tmp_path / "客户.csv")
    assert page.screen.context.words("importing.nothing_new") in page.aim()
    assert not page.screen.go.isEnabled()


def test_a_file_changed_after_the_preview(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    path = written(tmp_path, LIST)
    page.screen.open_file(path)
    path.write_text(f"{LIST}第三家,,,,,\n", encoding="utf-8")
    click(qtbot, page.screen.go)
    assert customers(workspace) == []
    assert page.screen.context.words("import.error.changed", name=path.name) in page.aim()
    click(qtbot, page.screen.preview.aim.read_again)
    click(qtbot, page.screen.go)
    assert len(customers(workspace)) == 3


def test_back_leads_to_choosing_again(show: Show, tmp_path: Path) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, LIST))
    assert page.screen.go_back()
    assert page.screen.choose.isVisible()
    assert not page.screen.go_back()


def long_list(tmp_path: Path, rows: int) -> Path:
    text = "".join(f"定边养殖{n}场,张{n},138{n:08}\n" for n in range(rows))
    return written(tmp_path, f"客户名称,联系人,手机\n{text}", "很长.csv")


@pytest.mark.parametrize("late", [False, True])
def test_stopping_leaves_nothing_behind(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot, late: bool
) -> None:
    page = show(inline=False)
    before = data_hash(workspace)
    page.screen.open_file(long_list(tmp_path, 4_000))
    qtbot.waitUntil(page.screen.go.isEnabled, timeout=20_000)
    click(qtbot, page.screen.go)
    running = page.screen._running
    assert running is not None
    assert running.job is not None
    job = running.job
    share = 0.5 if late else 0.0
    qtbot.waitUntil(lambda: job.total > 0 and job.done >= share * job.total, timeout=20_000)
    click(qtbot, page.screen.progress.stop)
    qtbot.waitUntil(page.screen.preview.isVisible, timeout=20_000)
    assert data_hash(workspace) == before
    assert page.told[-1].text == page.screen.context.words("importing.stopped")
    qtbot.waitUntil(page.screen.go.isEnabled, timeout=20_000)


def test_it_goes_on_while_the_user_is_elsewhere(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(inline=False)
    page.screen.open_file(long_list(tmp_path, 500))
    qtbot.waitUntil(page.screen.go.isEnabled, timeout=20_000)
    click(qtbot, page.screen.go)
    page.screen.hide()
    qtbot.waitUntil(lambda: bool(page.told), timeout=20_000)
    assert "500" in page.told[-1].text
    assert len(customers(workspace)) == 500
    assert page.told[-1].act is not None
    page.told[-1].act()
    qtbot.waitUntil(lambda: customers(workspace) == [], timeout=20_000)


def test_reading_can_be_stopped(show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    page = show(inline=False)
    page.screen.open_file(long_list(tmp_path, 60_000))
    click(qtbot, page.screen.choose.stop)
    qtbot.waitUntil(page.screen.choose.choose.isVisible, timeout=20_000)
    assert page.screen.chosen is None


def test_another_file_takes_the_place_of_one_being_read(
    show: Show, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show(inline=False)
    page.screen.open_file(long_list(tmp_path, 60_000))
    page.screen.open_file(written(tmp_path, LIST))
    qtbot.waitUntil(page.screen.go.isEnabled, timeout=20_000)
    assert page.screen.chosen is not None
    assert page.screen.chosen.sheet.path.name == "客户.csv"


def test_an_undo_from_elsewhere_is_seen(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    page = show()
    page.screen.open_file(written(tmp_path, LIST))
    click(qtbot, page.screen.go)
    page.screen.context.undo()
    assert page.screen.result.preview.isVisible()
    page.screen.context.redo()
    assert page.screen.result.undo.isVisible()
    add(workspace, "customer", name="后来的")
    page.screen.context.undo()  # that one only
    assert page.screen.result.undo.isVisible()
    page.screen.context.undo()
    assert page.screen.result.preview.isVisible()
    click(qtbot, page.screen.result.preview)
    qtbot.waitUntil(page.screen.go.isEnabled)
    assert "2 个客户" in page.aim()


@pytest.mark.parametrize("lang", ["en", PSEUDO])
def test_no_label_is_cut_off(
    show: Show, workspace: Workspace, tmp_path: Path, qtbot: QtBot, lang: str
) -> None:
    page = show(lang)

    def nothing_is_cut() -> None:
        QApplication.processEvents()
        assert not clipped(page.screen)

    nothing_is_cut()
    page.screen.open_file(FILES / "locked.xlsx")
    nothing_is_cut()
    add(workspace, "customer", name="海润")
    page.screen.open_file(written(tmp_path, BAD))
    nothing_is_cut()
    click(qtbot, page.screen.preview.aim.whole)
    qtbot.waitUntil(lambda: page.screen.outcome is not None)
    nothing_is_cut()
    click(qtbot, page.screen.preview.aim.why)
    nothing_is_cut()
    click(qtbot, page.screen.preview.aim.whole)
    page.screen.open_file(written(tmp_path, LIST))
    click(qtbot, page.screen.go)
    nothing_is_cut()
    click(qtbot, page.screen.result.undo)
    nothing_is_cut()
