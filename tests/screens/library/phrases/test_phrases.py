"""The phrase library, by what a user does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.screens import library as library_tab
from fieldsales.screens.contract import Context
from fieldsales.screens.library.phrases.page import PhrasesPage
from fieldsales.screens.sections import SectionedScreen
from fieldsales.services.library import TOPICS, library
from fieldsales.services.workspace import Workspace
from fieldsales.store.drafts import NEW
from fieldsales.widgets.message_bar import Message
from fieldsales.words import PSEUDO, Words
from tests.screens.conftest import OpenContext
from tests.widgets.clip_check import clipped
from tests.workspaces import add

PHRASES = library("zh_CN").phrases


@dataclass
class Shown:
    screen: SectionedScreen
    page: PhrasesPage
    context: Context
    told: list[Message] = field(default_factory=list)


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot, open_context: OpenContext) -> Show:
    def shown(size: tuple[int, int] = (1280, 720), lang: str = "zh_CN") -> Shown:
        context = open_context(lang)
        screen = library_tab.build(context)
        assert isinstance(screen, SectionedScreen)
        page = screen.show_section("phrases")
        assert isinstance(page, PhrasesPage)
        made = Shown(screen, page, context)
        context.told.connect(made.told.append)
        qtbot.addWidget(screen)
        screen.resize(*size)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        return made

    return shown


def _listed(page: PhrasesPage) -> list[str]:
    model = page.list.list.model
    return [model.text(at, 0) for at in range(model.rowCount())]


def test_every_topic_is_known_and_shipped() -> None:
    words = Words("zh_CN")
    assert {one.topic for one in PHRASES.values()} == set(TOPICS)
    assert all(words.has(f"phrase.topic.{topic}") for topic in TOPICS)


def test_phrases_are_found_by_words_and_pinyin_and_by_topic(qtbot: QtBot, show: Show) -> None:
    shown = show()
    page = shown.page
    assert len(_listed(page)) == len(PHRASES)
    page.list.show_topic("collecting")
    of_topic = [one for one in PHRASES.values() if one.topic == "collecting"]
    assert len(_listed(page)) == len(of_topic)
    page.list.show_all()
    qtbot.keyClicks(page.list.search, "duizhang")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert "对账" in _listed(page)[0]
    assert page.view.use.text() in _listed(page)[0]


def test_enter_takes_the_words_along(qtbot: QtBot, show: Show) -> None:
    shown = show()
    shown.page.show_record("phrase", "message_before")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == PHRASES["message_before"].text
    assert "复制好了" in shown.told[-1].text


def test_a_shipped_phrase_is_put_in_ones_own_words_and_undone(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    shown = show()
    page = shown.page
    page.show_record("phrase", "message_before")
    page.view.adapt.click()
    qtbot.keyClicks(QApplication.focusWidget(), "before the visit")  # its name is selected
    answer = page.view.form.cells["answer"].editor.target()
    answer.setFocus()
    answer.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(answer, "See you at ten.")
    page.flush()
    assert workspace.store.rows("SELECT kind, topic, title, answer FROM own_entry") == [
        ("phrase", "appointment", "before the visit", "See you at ten.")
    ]
    assert "自己的" in next(text for text in _listed(page) if "before the visit" in text)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.list.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert len(_listed(page)) == len(PHRASES)
    shown.context.undo()
    assert len(_listed(page)) == len(PHRASES) + 1


def test_a_new_one_holds_what_was_searched_in_vain(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    shown = show()
    page = shown.page
    page.list.search.setText("zzzz qqqq")
    page.list.reload()
    assert _listed(page) == []
    page.show_record("phrase", NEW)
    assert workspace.store.value("SELECT answer FROM own_entry") == "zzzz qqqq"
    assert page.list.search.text() == ""


def test_what_is_too_long_is_told_and_stays(show: Show, workspace: Workspace) -> None:
    own = add(workspace, "own_entry", kind="phrase", topic="care", title="雪天", answer="慢点走")
    shown = show()
    page = shown.page
    page.show_record("phrase", own)
    answer = page.view.form.cells["answer"]
    answer.editor.target().setPlainText("好" * 1001)  # type: ignore[attr-defined]
    page.flush()
    assert answer.message()
    assert workspace.store.value("SELECT answer FROM own_entry") == "慢点走"
    page.show_record("phrase", "message_before")
    page.show_record("phrase", own)
    assert len(answer.editor.typed()) == 1001


def test_one_that_was_deleted_elsewhere_is_offered_back(
    qtbot: QtBot, show: Show, workspace: Workspace
) -> None:
    own = add(workspace, "own_entry", kind="phrase", topic="care", title="雪天", answer="慢点走")
    shown = show()
    page = shown.page
    page.trash()  # nothing: a shipped one is shown
    page.show_record("phrase", own)
    page.trash()
    page.show_record("phrase", own)
    assert page.gone.isVisible()
    page._restore()
    assert page.view.isVisible()
    assert page.view.use.text() == "雪天"


@pytest.mark.parametrize("lang", ["en", PSEUDO])
def test_nothing_is_clipped(show: Show, workspace: Workspace, lang: str) -> None:
    own = add(workspace, "own_entry", kind="phrase", topic="care", title="雪天", answer="慢点走")
    shown = show((1260, 700), lang)
    page = shown.page
    for code in ("message_before", own):
        page.show_record("phrase", code)
        for _ in range(4):
            QApplication.processEvents()
        assert clipped(page) == []
