"""The page of duplicates, by what a user does there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.screens import duplicates
from fieldsales.screens.contract import Context
from fieldsales.screens.duplicates.page import DuplicatesScreen
from fieldsales.services import duplicates as services
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.caches import Watch
from fieldsales.store.database import Store
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.message_bar import Message
from tests.screens.conftest import OpenContext
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import Add, data_hash


@dataclass
class Shown:
    """The page and what it asked of the window."""

    screen: DuplicatesScreen
    context: Context
    opened: list[tuple[str, str]] = field(default_factory=list)
    told: list[Message] = field(default_factory=list)

    def titles(self) -> list[str]:
        """The pairs in the list, in order."""
        model = self.screen.list.list.model
        return [model.text(at, 0) for at in range(model.rowCount())]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.screen.list.list.shown, key)

    def said_nothing_there(self) -> str:
        page = self.screen.whole.currentWidget()
        assert isinstance(page, EmptyState)
        return page.sentence.text()


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot, open_context: OpenContext) -> Show:
    def shown(
        asked: str = "customer", lang: str = "zh_CN", width: int = 1166, *, inline: bool = True
    ) -> Shown:
        context = open_context(lang, inline=inline)
        screen = duplicates.build(context)
        assert isinstance(screen, DuplicatesScreen)
        made = Shown(screen, context)
        context.opened.connect(lambda kind, row_id: made.opened.append((kind, row_id)))
        context.told.connect(made.told.append)
        qtbot.addWidget(screen)
        screen.resize(width, 700)
        screen.show()
        screen.show_record("duplicates", asked)
        return made

    return shown


@pytest.fixture
def pair(add: Add) -> tuple[str, str]:
    """Two customers that are the same; the first has a visit."""
    one = add("customer", name="海润牧业", region="定边", phone="0912-4216688")
    other = add("customer", name="陕西海润牧业有限公司", phone="13800138000", credit_grade="b")
    add("visit", customer_id=one, starts_at="2026-11-01T01:00:00Z")
    return one, other


def test_m_merges_as_proposed_and_undo_brings_the_pair_back(
    show: Show, workspace: Workspace, pair: tuple[str, str]
) -> None:
    one, other = pair
    before = data_hash(workspace)
    shown = show()
    assert len(shown.titles()) == 1
    shown.press(Qt.Key.Key_M)
    kept = workspace.store.record(Customer, one)
    gone = workspace.store.record(Customer, other)
    assert kept is not None
    assert gone is not None
    assert (kept.name, kept.phone, kept.region, kept.credit_grade) == (
        "陕西海润牧业有限公司",
        "0912-4216688 / 13800138000",
        "定边",
        "b",
    )
    assert gone.merged_into_id == one
    assert shown.said_nothing_there() == "没有发现重复"
    assert shown.told[-1].text == "已合并成“陕西海润牧业有限公司”"
    act = shown.told[-1].act
    assert act is not None
    act()
    assert data_hash(workspace) == before
    assert len(shown.titles()) == 1


def test_what_is_chosen_is_what_stays(
    show: Show, workspace: Workspace, pair: tuple[str, str]
) -> None:
    side = show().screen.side
    QTest.mouseClick(side.choices["name"]["kept"], Qt.MouseButton.LeftButton)
    side.choices["phone"]["gone"].click()
    side.merge.click()
    kept = workspace.store.record(Customer, pair[0])
    assert kept is not None
    assert (kept.name, kept.phone) == ("海润牧业", "13800138000")


def test_n_remembers_that_they_are_two(
    show: Show, workspace: Workspace, pair: tuple[str, str]
) -> None:
    shown = show()
    shown.press(Qt.Key.Key_N)
    assert shown.said_nothing_there() == "没有发现重复"
    workspace.undo()
    assert len(shown.titles()) == 1
    workspace.redo()
    shown.screen.scan()
    assert shown.titles() == []


def test_l_puts_off_until_the_next_look(show: Show, pair: tuple[str, str]) -> None:
    shown = show()
    shown.press(Qt.Key.Key_L)
    assert shown.said_nothing_there() == "都看过了，有 1 对留到以后"
    page = shown.screen.whole.currentWidget()
    assert page is not None
    again = page.findChild(QPushButton)
    assert isinstance(again, QPushButton)
    again.click()
    assert len(shown.titles()) == 1


def test_after_one_pair_comes_the_next(show: Show, add: Add, pair: tuple[str, str]) -> None:
    for name in ("绿源养殖合作社", "绿源养殖专业合作社"):
        add("customer", name=name)
    shown = show()
    assert len(shown.titles()) == 2
    shown.press(Qt.Key.Key_M)
    assert len(shown.titles()) == 1
    assert shown.screen.side.shown is not None
    shown.press(Qt.Key.Key_M)
    assert shown.titles() == []


def test_three_that_are_the_same_become_one(show: Show, workspace: Workspace, add: Add) -> None:
    for name in ("海润牧业", "海潤牧業", "海润牧业有限公司"):
        add("customer", name=name)
    shown = show()
    assert len(shown.titles()) == 3
    shown.press(Qt.Key.Key_M)
    assert len(shown.titles()) == 1
    shown.press(Qt.Key.Key_M)
    assert workspace.store.value("SELECT count(*) FROM customer WHERE trashed_at IS NULL") == 1


def test_people_are_merged_with_their_birthdays_calendar(
    show: Show, workspace: Workspace, add: Add
) -> None:
    customer = add("customer", name="海润牧业")
    one = add("contact", name="王建国", customer_id=customer, mobile="13800138000")
    add("clue", contact_id=one, code="asks_price")
    lunar = {"birthday": "1970-04-08", "birthday_calendar": "lunar"}
    add("contact", name="王总", customer_id=customer, mobile="+86 138 0013 8000", **lunar)
    shown = show("contact")
    assert "mobile" in shown.screen.side.choices
    assert "both" not in shown.screen.side.choices["mobile"]  # one number, written in two ways
    shown.press(Qt.Key.Key_M)
    [person] = workspace.store.records(
        Contact, "SELECT * FROM contact WHERE trashed_at IS NULL AND id = ?", [one]
    )
    assert (person.name, person.birthday_calendar) == ("王建国", "lunar")


def test_any_two_can_be_looked_at_side_by_side(show: Show, workspace: Workspace, add: Add) -> None:
    one, other = add("customer", name="海润"), add("customer", name="定边种鸡场")
    shown = show(f"customer:{one}:{other}")
    assert shown.screen.side.why.text() == "并排看看是不是同一个"
    opening = shown.screen.side.findChild(QPushButton, one)
    assert isinstance(opening, QPushButton)
    opening.click()
    assert shown.opened == [("customer", one)]
    QTest.keyClick(shown.screen.side.merge, Qt.Key.Key_M)
    assert workspace.store.value("SELECT count(*) FROM customer WHERE trashed_at IS NULL") == 1


def test_the_keys_reach_what_is_there(show: Show, pair: tuple[str, str], qtbot: QtBot) -> None:
    shown = show()
    screen = shown.screen
    qtbot.waitUntil(screen.side.choices["name"]["gone"].isVisible)
    screen.setFocus()
    assert screen.list.isAncestorOf(screen.focusWidget())
    shown.press(Qt.Key.Key_Return)
    first = screen.focusWidget()
    assert first.accessibleName() == "客户名称 陕西海润牧业有限公司"
    QTest.keyClick(first, Qt.Key.Key_Left)
    assert screen.side.choices["name"]["kept"].isChecked()
    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown.titles() == []
    screen.setFocus()
    assert screen.whole.currentWidget().isAncestorOf(screen.focusWidget())


def test_what_was_merged_leads_to_what_it_is_now(
    show: Show, workspace: Workspace, pair: tuple[str, str]
) -> None:
    shown = show()
    shown.press(Qt.Key.Key_M)
    shown.context.open("customer", pair[1])
    assert shown.opened == [("customer", pair[0])]
    workspace.undo()
    shown.context.open("customer", pair[1])
    assert shown.opened[-1] == ("customer", pair[1])


def test_what_changed_elsewhere_is_shown(
    show: Show, workspace: Workspace, pair: tuple[str, str]
) -> None:
    shown = show()
    workspace.run(EditRecord("customer", pair[0], {"name": "海润牧业定边场"}))
    assert "海润牧业定边场" in shown.titles()[0]


def test_a_scan_runs_beside_the_window(show: Show, pair: tuple[str, str], qtbot: QtBot) -> None:
    shown = show(inline=False)
    qtbot.waitUntil(lambda: len(shown.titles()) == 1)
    assert not shown.screen.stop.isVisible()


def test_a_scan_that_is_stopped_can_be_begun_again(
    show: Show, pair: tuple[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = services.scan

    def endless(store: Store, noun: str, watch: Watch) -> list[services.Pair]:
        while True:
            watch(1, 2)
            time.sleep(0.01)

    monkeypatch.setattr(services, "scan", endless)
    shown = show(inline=False)
    screen = shown.screen
    qtbot.waitUntil(screen.stop.isVisible)
    screen.stop.click()
    qtbot.waitUntil(lambda: isinstance(screen.whole.currentWidget(), EmptyState))
    assert shown.said_nothing_there() == "还没有查完"
    monkeypatch.setattr(services, "scan", real)
    screen.scan()
    qtbot.waitUntil(lambda: len(shown.titles()) == 1)


def test_people_are_looked_for_once_they_are_asked_for(
    show: Show, add: Add, pair: tuple[str, str]
) -> None:
    for name in ("王建国", "王建國"):
        add("contact", name=name, customer_id=pair[0])
    shown = show()
    QTest.keyClick(shown.screen.nouns, Qt.Key.Key_Right)
    assert shown.titles()[0].startswith("王建国  ⇄  王建國")


def test_an_empty_file_says_so(show: Show) -> None:
    assert show().said_nothing_there() == "没有发现重复"


@pytest.mark.parametrize("lang", ["zh_CN", "zh_TW", "en"])
def test_every_word_has_its_room(
    show: Show, add: Add, pair: tuple[str, str], lang: str, qtbot: QtBot
) -> None:
    shown = show(lang=lang, width=1166)
    wait_until_all_fits(qtbot, shown.screen)


_TEXTS = ("short_name", "own_id", "industry", "region", "address", "email", "website", "source")


def test_of_long_names_and_much_that_differs_all_can_be_seen_and_done(
    show: Show, workspace: Workspace, add: Add, qtbot: QtBot
) -> None:
    long = "内蒙古鄂尔多斯市鄂托克前旗上海庙能源化工基地海润现代农牧业产业化科技发展"
    for mark, ending in (("甲", "有限责任公司"), ("乙", "股份有限公司")):
        told = {name: f"{mark}{name}" for name in (*_TEXTS, "seller", "note")}
        add("customer", name=long + ending, phone="0477-4216688", employees=ord(mark), **told)
    screen = show(width=1166).screen
    assert len(screen.side.choices) == 12
    names = screen.side.choices["name"]
    whole = {long + "有限责任公司", long + "股份有限公司"}
    qtbot.waitUntil(lambda: {one.text().replace("\n", "") for one in names.values()} == whole)
    assert not screen.side.merge.visibleRegion().isEmpty()
    QTest.mouseClick(screen.side.merge, Qt.MouseButton.LeftButton)
    assert workspace.store.value("SELECT count(*) FROM customer WHERE trashed_at IS NULL") == 1
