"""Marks in a text: where they stand, what typing does to them, letters behind a sentence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.widgets.look import Look
from fieldsales.widgets.marked_text import MarkedText
from fieldsales.widgets.passages import Passage, Underline

TEXT = "先试两栏。省 12 元。"
PASSAGES = (
    Passage(0, 5, "b", (Underline(0, 1, "quadrant-b"),), "先后"),
    Passage(5, 12, "ac", (Underline(7, 11, "quadrant-a"),), "数字"),
)


@pytest.fixture
def text(qtbot: QtBot, look: Look) -> MarkedText:
    made = MarkedText(look)
    qtbot.addWidget(made)
    made.resize(400, 200)
    with qtbot.waitExposed(made):
        made.show()
    made.set_text(TEXT)
    made.show_passages(PASSAGES)
    return made


def _underlined(text: MarkedText) -> list[str]:
    """The words that are underlined, as Qt draws them."""
    found = []
    block = text.document().firstBlock()
    while block.isValid():
        units = block.text().encode("utf-16-le")
        for part in block.layout().formats():
            form = part.format  # type: ignore[attr-defined]
            if form.underlineStyle() != form.UnderlineStyle.NoUnderline:
                begin, length = part.start, part.length  # type: ignore[attr-defined]
                found.append(units[2 * begin : 2 * (begin + length)].decode("utf-16-le"))
        block = block.next()
    return found


def test_words_are_underlined_and_the_cursor_knows_its_sentence(
    qtbot: QtBot, text: MarkedText
) -> None:
    assert _underlined(text) == ["先", "12 元"]
    assert text.current == 0
    with qtbot.waitSignal(text.passage_changed):
        text.choose(7, 9)
    assert (text.current, text.selected()) == (1, "12")


def test_marks_go_along_with_what_is_typed_before_them(qtbot: QtBot, text: MarkedText) -> None:
    text.choose(0, 0)
    qtbot.keyClicks(text, "ok, ")
    assert _underlined(text) == ["先", "12 元"]
    text.choose(12, 12)  # within `12`
    qtbot.keyClicks(text, "0")
    assert _underlined(text) == ["先"]
    assert text.text() == "ok, 先试两栏。省 102 元。"


def test_a_sentence_that_is_broken_or_joined_keeps_what_it_can(
    qtbot: QtBot, text: MarkedText
) -> None:
    text.choose(2, 2)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert _underlined(text) == ["先", "12 元"]
    qtbot.keyClick(text, Qt.Key.Key_Backspace)
    assert _underlined(text) == ["先", "12 元"]
    text.choose(0, 6)  # over the end of the first
    qtbot.keyClick(text, Qt.Key.Key_Delete)
    assert text.text() == " 12 元。"
    text.choose(3, 3)
    assert text.current in (1, -1)  # never taken for another sentence


def test_what_is_being_composed_leaves_the_marks_where_they_are(
    qtbot: QtBot, text: MarkedText
) -> None:
    text.choose(2, 2)
    with qtbot.assertNotEmitted(text.edited):
        QApplication.sendEvent(text, QInputMethodEvent("ni'hao", []))
    begin = [(one.start, one.end) for one in text.within(0, 99)]
    assert begin == [(0, 5), (5, 12)]
    assert len(_underlined(text)) == 2
    done = QInputMethodEvent("", [])
    done.setCommitString("你好")
    with qtbot.waitSignal(text.edited):
        QApplication.sendEvent(text, done)
    assert _underlined(text) == ["先", "12 元"]


def test_an_emoji_shifts_nothing(text: MarkedText) -> None:
    text.set_text(f"😀😀{TEXT}")
    moved = [
        Passage(
            one.start + 2,
            one.end + 2,
            one.letters,
            tuple(Underline(k.start + 2, k.end + 2, k.role) for k in one.lines),
        )
        for one in PASSAGES
    ]
    text.show_passages(moved)
    assert _underlined(text) == ["先", "12 元"]
    text.choose(9, 11)
    assert text.selected() == "12"
    text.show_passages([Passage(0, 1, "d")])  # a letter behind the emoji itself
    assert text.text().startswith("😀😀")


def test_letters_are_drawn_behind_their_sentence(text: MarkedText, look: Look) -> None:
    def inked(image: QImage, role: str) -> bool:
        wanted = QColor(look.theme.colour(role)).rgb()
        return any(
            image.pixel(x, y) == wanted
            for x in range(image.width())
            for y in range(min(image.height(), 60))
        )

    assert inked(text.grab().toImage(), "quadrant-c-soft")
    text.show_passages(())
    assert not inked(text.grab().toImage(), "quadrant-c-soft")


def test_setting_a_text_is_no_edit_and_typing_is(qtbot: QtBot, text: MarkedText) -> None:
    with qtbot.assertNotEmitted(text.edited):
        text.set_text("另一段。")
        text.show_passages([Passage(0, 4, "a")])
    with qtbot.waitSignal(text.edited):
        qtbot.keyClick(text, Qt.Key.Key_X)


def test_one_that_is_read_only_still_has_a_cursor(qtbot: QtBot, look: Look) -> None:
    made = MarkedText(look, read_only=True, lines=(2, 4))
    qtbot.addWidget(made)
    made.set_text("一。\n" * 9)
    made.show_passages([Passage(3 * at, 3 * at + 2) for at in range(9)])
    with qtbot.waitExposed(made):
        made.show()
    low = made.height()
    for _ in range(2):
        qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.current == 2
    qtbot.keyClicks(made, "typed")
    assert "typed" not in made.text()
    made.set_text("一句")
    assert made.height() < low
