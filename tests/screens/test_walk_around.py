"""The walk-around panel, by what a user does with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.methods.walk_around.texts import terms
from fieldsales.methods.whole_brain.advice import Seat
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.screens.contract import Context
from fieldsales.screens.walk_around import WalkPanel, readers_of
from fieldsales.services.operations.people import TickClue
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.offers import Offer
from tests.screens.conftest import OpenContext
from tests.workspaces import add

TEXT = "先试两栏，再算账。一头猪省 12.5 元。我们的料是全国最好的。"
ANALYST = Seat(Profile("李梅", (15.0, 3.0, 3.0, 3.0)), "decision_maker")
CARER = Seat(Profile("王建国", (3.0, 3.0, 15.0, 3.0)), "decision_maker")

Show = Callable[..., WalkPanel]


@pytest.fixture
def context(open_context: OpenContext) -> Context:
    return open_context()


@pytest.fixture
def show(qtbot: QtBot, context: Context) -> Show:
    def shown(**how: bool) -> WalkPanel:
        panel = WalkPanel(context, **how)
        qtbot.addWidget(panel)
        panel.resize(900, 600)
        with qtbot.waitExposed(panel):
            panel.show()
        panel.activateWindow()
        return panel

    return shown


def _texts(widget: QWidget) -> str:
    return "\n".join(
        label.accessibleName() or label.text()
        for label in widget.findChildren(QLabel)
        if label.isVisible()
    )


def _press(widget: QWidget, text: str) -> None:
    for button in widget.findChildren(QPushButton):
        if button.isVisible() and button.text() == text:
            button.click()
            return
    raise AssertionError(f"no button {text}")


def _menu(text: str) -> None:
    """Takes an entry of the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == text).trigger()
    menu.close()


def _letters(panel: WalkPanel) -> list[str]:
    return ["".join(sentence.tags) for sentence in panel.found.sentences]


def test_the_decision_makers_want_comes_first(show: Show) -> None:
    panel = show()
    panel.show_text("先试两栏，再看。", [ANALYST, Seat(CARER.profile, "user")])
    assert "李梅（决策人）是 A 型，这段话里未发现一个数字" in _texts(panel.findings)
    panel.show_text("一头猪省 12.5 元。", [CARER])
    assert "王建国（决策人）是 C 型" in _texts(panel.findings)
    panel.show_text("", [CARER])
    assert "还没有可检查的话" in _texts(panel.findings)
    assert "步骤、日子、清单" in _texts(panel.findings)


def test_a_tag_says_why_and_a_warning_quotes_and_mends(show: Show) -> None:
    panel = show(editable=True)
    panel.show_text(TEXT)
    panel.text.choose(14, 14)
    faces = [
        chip.face.text for chip in panel.sentence.findChildren(QWidget) if hasattr(chip, "face")
    ]
    assert "A · 带单位的数：“12.5 元”" in faces
    [warning] = panel.findings.warnings.findChildren(Offer)
    assert "“最好”" in warning.accessibleName()
    assert "写上出处" in warning.accessibleName()
    warning.clicked.emit()
    assert panel.text.selected() == "最好"


def test_a_tag_is_put_right_remembered_undone_and_forgotten(
    qtbot: QtBot, show: Show, context: Context, workspace: Workspace
) -> None:
    panel = show(editable=True)
    panel.show_text(TEXT)
    assert _letters(panel) == ["b", "a", ""]
    panel.text.choose(14, 14)
    _press(panel, "标得不对？")
    _menu("“12.5 元”不算 A 分析")
    assert _letters(panel) == ["b", "", ""]
    panel.show_text("另一头省 12.5 元。")
    assert _letters(panel) == [""]
    panel.text.choose(2, 2)
    _press(panel, "标得不对？")
    _menu("忘掉：“12.5 元”不算 A 分析")
    assert _letters(panel) == ["a"]
    context.undo()
    assert _letters(panel) == [""]


def test_selected_words_are_what_is_remembered(show: Show, workspace: Workspace) -> None:
    panel = show(editable=True)
    panel.show_text("就当多养了个帮手。")
    panel.text.choose(5, 8)
    _press(panel, "标得不对？")
    _menu("“个帮手”算 C 人情")
    assert _letters(panel) == ["c"]
    assert workspace.store.rows("SELECT pattern, quadrant, refuses FROM tag_rule") == [
        ("个帮手", "c", 0)
    ]


def test_typing_is_checked_after_a_pause_and_the_latest_text_wins(
    qtbot: QtBot, open_context: OpenContext
) -> None:
    panel = WalkPanel(open_context(inline=False), editable=True)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_text("省 12 元。")
    panel.show_text("先看，再说。")
    qtbot.waitUntil(lambda: _letters(panel) == ["b"])
    panel.text.selectAll()
    with qtbot.waitSignal(panel.walked):
        qtbot.keyClicks(panel.text, "You save 12 yuan a head.")
    assert _letters(panel)[0].startswith("a")


def test_a_folded_one_opens_by_its_button_or_by_a_warning(show: Show) -> None:
    panel = show(folded=True)
    panel.show_text(TEXT)
    assert not panel.text.isVisible()
    assert "说之前再想想" in _texts(panel)
    assert "还没发现答案的问题" not in _texts(panel)
    panel.findings.warnings.findChildren(Offer)[0].clicked.emit()
    assert panel.text.isVisible()
    assert "还没发现答案的问题" in _texts(panel)
    assert panel.text.selected() == "最好"


def test_rivals_of_deals_are_known_and_the_glossary_counts(
    show: Show, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    add(workspace, "deal", title="年单", customer_id=customer, competitor="宁川、塞星")
    panel = show()
    panel.show_text(
        "塞星的料掺了东西，都是垃圾。净能、系水力和糊化度都高。",
        glossary=terms("净能：能用上的\n系水力: 锁水\n糊化度：熟了多少\n\n"),
    )
    assert next(mark.code for mark in panel.found.taboos) == "rival"
    assert {mark.words for mark in panel.found.taboos} >= {"净能", "系水力", "糊化度"}


def test_readers_are_a_customers_people_with_their_roles(
    context: Context, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    wang = add(workspace, "contact", name="王建国", customer_id=customer)
    add(workspace, "contact", name="李梅", customer_id=customer)
    add(
        workspace,
        "buying_role",
        customer_id=customer,
        contact_id=wang,
        role="decision_maker",
    )
    workspace.run(TickClue(wang, "words_a1", seen_on="2026-11-01"))
    seats = readers_of(context, customer)
    assert {seat.profile.name for seat in seats} == {"王建国", "李梅"}
    [alone] = readers_of(context, customer, [wang])
    assert (alone.role, alone.profile.key) == ("decision_maker", wang)
    assert readers_of(context, "gone") == []


def _ask_for_menu(panel: WalkPanel, spot: QPoint, *, keyboard: bool) -> list[str]:
    reason = QContextMenuEvent.Reason
    event = QContextMenuEvent(
        reason.Keyboard if keyboard else reason.Mouse, spot, panel.text.mapToGlobal(spot)
    )
    QApplication.sendEvent(panel.text.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return [action.text() for action in menu.actions()]


@pytest.mark.parametrize("keyboard", [True, False])
def test_the_menu_of_the_text_offers_corrections_first(show: Show, keyboard: bool) -> None:
    panel = show(editable=True)
    panel.show_text("省 12 元。先试，再看。")
    panel.text.choose(2, 2)
    there = panel.text.cursorRect().center()
    panel.text.choose(2 if keyboard else 9, 2 if keyboard else 9)
    said = _ask_for_menu(panel, there, keyboard=keyboard)
    assert said[0] == "“12 元”不算 A 分析"
    assert len(said) > 5  # and what a text offers by itself
    _menu("“12 元”不算 A 分析")
    assert _letters(panel) == ["", "b"]


def test_a_letter_is_pressed_and_tells_why_when_it_is_pointed_at(qtbot: QtBot, show: Show) -> None:
    panel = show(editable=True)
    panel.show_text("省 12 元。先试，再看。")
    panel.text.choose(7, 7)  # behind the first sentence and its letter
    end = panel.text.cursorRect()
    letter = QPoint(end.left() - 10, end.center().y())
    help_wanted = QHelpEvent(QEvent.Type.ToolTip, letter, panel.text.mapToGlobal(letter))
    QApplication.sendEvent(panel.text.viewport(), help_wanted)
    assert QToolTip.text() == "A · 带单位的数：“12 元”"
    qtbot.mouseClick(panel.text.viewport(), Qt.MouseButton.LeftButton, pos=letter)
    _menu("“12 元”不算 A 分析")
    assert _letters(panel) == ["", "b"]
    QToolTip.hideText()
