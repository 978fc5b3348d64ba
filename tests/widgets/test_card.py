"""Card pieces, pictures and empty states show what they are given and lead where they say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from fieldsales.drawing.shapes import Box, Picture, Text
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section
from fieldsales.widgets.chips import ChipFace, ChipLine, FilterRow
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import MessageBar
from fieldsales.widgets.palette import Palette
from fieldsales.widgets.picture_view import PictureView
from fieldsales.widgets.pieces import (
    ElidedLabel,
    ElidedLink,
    button,
    column,
    label,
    row,
)
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.words import LANGUAGES, PSEUDO, Words
from tests.widgets.clip_check import clipped

PICTURE = Picture(
    200,
    100,
    (
        Box(10, 10, 50, 50, fill="accent", key="left"),
        Box(120, 10, 50, 50, fill="quadrant-c-soft", key="right"),
        Text(10, 90, "3 家客户", 12, "ink"),
    ),
    alt="两个方块",
)


def test_section_counts_and_acts(qtbot: QtBot, look: Look) -> None:
    done: list[int] = []
    section = Section(look, "人", action="加联系人", act=lambda: done.append(1), icon="add")
    qtbot.addWidget(section)
    section.set_count(3)
    section.show()
    assert "3" in [part.text() for part in section.findChildren(QLabel) if part.isVisible()]
    section.action.click()
    assert done == [1]


def test_section_replaces_its_parts(qtbot: QtBot, look: Look) -> None:
    section = Section(look, "人")
    qtbot.addWidget(section)
    first = label(look, "一")
    inner = label(look, "里")
    section.show_parts([first, row(look, inner, None)])
    section.show_parts([label(look, "二")])
    qtbot.waitUntil(lambda: not isValid(first) and not isValid(inner))
    assert section.body.count() == 1


def test_facts_lead_on_and_invite(qtbot: QtBot, look: Look) -> None:
    line = FactLine(look)
    qtbot.addWidget(line)
    line.show_facts(
        [
            ("met", FactFace("上次见面", "11-09", "12 天前")),
            ("who", FactFace("决策人", invite="加决策人")),
            ("", FactFace("拜访", "7 次")),
        ]
    )
    line.resize(500, 100)
    line.show()
    pressed: list[str] = []
    line.clicked.connect(pressed.append)
    facts = [line.findChild(QWidget, key) for key in ("met", "who")]
    assert facts[1].accessibleName() == "决策人 加决策人"
    QTest.mouseClick(facts[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(facts[1], Qt.Key.Key_Return)
    assert pressed == ["met", "who"]
    line.grab()


def test_picture_gives_the_key_pressed(qtbot: QtBot, look: Look) -> None:
    view = PictureView(look, PICTURE)
    qtbot.addWidget(view)
    view.resize(100, 100)  # half its size
    view.show()
    assert view.accessibleName() == "两个方块"
    assert view.heightForWidth(100) == 50
    assert view.key_at(70, 15) == "right"
    assert view.key_at(5, 45) == ""
    with qtbot.waitSignal(view.clicked) as clicked:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(15, 15))
    assert clicked.args == ["left"]


def test_picture_is_painted_in_the_colours_of_the_theme(qtbot: QtBot, look: Look) -> None:
    view = PictureView(look, PICTURE)
    qtbot.addWidget(view)
    view.resize(200, 100)
    view.show()
    for mode in ("light", "dark"):
        look.theme.set_mode(mode)
        assert view.grab().toImage().pixelColor(30, 30) == look.theme.colour("accent")


def test_no_picture_is_no_harm(qtbot: QtBot, look: Look) -> None:
    view = PictureView(look)
    qtbot.addWidget(view)
    view.show()
    view.grab()
    assert view.key_at(1, 1) == ""
    view.set_picture(PICTURE)
    assert view.sizeHint().width() == 200


def test_empty_state_offers_its_ways_on(qtbot: QtBot, look: Look) -> None:
    done: list[str] = []
    state = EmptyState(
        look,
        "还没有客户",
        icon="customers",
        hint="导入一张表格。",
        action="导入",
        act=lambda: done.append("import"),
        second="新客户",
        act_second=lambda: done.append("new"),
    )
    qtbot.addWidget(state)
    for found in state.findChildren(QPushButton):
        found.click()
    assert done == ["import", "new"]


def test_elided_label_says_the_rest_in_its_tooltip(qtbot: QtBot, look: Look) -> None:
    short = ElidedLabel(look, "海润牧业有限公司定边分公司")
    qtbot.addWidget(short)
    short.resize(80, 20)
    short.show()
    assert short.text().endswith("…")
    assert short.toolTip() == short.full_text()
    short.resize(400, 20)
    assert short.text() == short.full_text()
    assert short.toolTip() == ""


def test_an_elided_link_says_the_rest_in_its_tooltip_and_can_be_pressed(
    qtbot: QtBot, look: Look
) -> None:
    pressed: list[str] = []
    link = ElidedLink(look, lambda: pressed.append("yes"))
    link.set_text("海润牧业 & 合作社 · 定边分公司")
    qtbot.addWidget(link)
    link.resize(80, 24)
    link.show()
    assert link.text().endswith("…")
    assert link.toolTip() == link.accessibleName() == link.full_text()
    link.resize(link.sizeHint())
    assert link.text() == "海润牧业 && 合作社 · 定边分公司"
    assert link.toolTip() == ""
    link.click()
    assert pressed == ["yes"]


def test_a_name_that_leads_on_begins_where_the_text_below_it_does(qtbot: QtBot, look: Look) -> None:
    link, below = ElidedLink(look, lambda: None), label(look, "HHH")
    link.set_text("HHH")
    link.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # or its line below is seen
    holder = QWidget()
    holder.setLayout(column(look, row(look, link, None), below))
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()

    def begins(part: QWidget) -> int:
        """The first column that is not of one colour."""
        image = part.grab().toImage()
        columns = [{image.pixel(x, y) for y in range(image.height())} for x in range(image.width())]
        return next(at for at, colours in enumerate(columns) if len(colours) > 1)

    assert begins(link) == begins(below)


def test_text_is_never_read_as_markup(qtbot: QtBot, look: Look) -> None:
    made = label(look, "<b>5 &lt; 6</b>")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText


def test_flow_wraps_and_takes_its_height(qtbot: QtBot, look: Look) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(look, gap=8, line_gap=4)
    holder.setLayout(flow)
    for text in "一二三四":
        flow.addWidget(button(look, text * 6))
    holder.resize(240, 300)
    holder.show()
    first, last = flow.itemAt(0).geometry(), flow.itemAt(3).geometry()
    assert last.top() > first.top()
    assert flow.heightForWidth(2000) == first.height()
    assert flow.heightForWidth(240) > 2 * first.height()


def test_card_scroll_grows_with_its_parts(qtbot: QtBot, look: Look) -> None:
    scroll = CardScroll(look)
    qtbot.addWidget(scroll)
    scroll.resize(300, 200)
    scroll.show()
    for place in range(30):
        scroll.body.addWidget(label(look, f"第 {place} 行"))
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
    assert scroll.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_text_is_clipped(qtbot: QtBot, look: Look, language: str, scale: float) -> None:
    look.theme.set_scale(scale)
    words = Words(language)
    look = Look.of(look.theme, words, look.clock)
    holder = QWidget()
    qtbot.addWidget(holder)
    bar, filters, chips = MessageBar(look), FilterRow(look), ChipLine(look)
    filters.show_filters([("a", ChipFace(words("common.undo"))), ("b", ChipFace("30 天未见"))])
    chips.show_chips([("", ChipFace(words("common.saved"), "good", "check"))])
    switch = Segmented(look, [Option("a", words("common.open")), Option("b", words("common.edit"))])
    facts = FactLine(look)
    facts.show_facts([("x", FactFace(words("common.search"), words("common.print")))])
    section = Section(look, words("common.copy"), action=words("common.add"), icon="add")
    state = EmptyState(look, words("widgets.palette_nothing"), action=words("common.retry"))
    buttons = row(
        look,
        *(button(look, words(f"common.{name}"), icon="add") for name in ("save", "print")),
        None,
    )
    holder.setLayout(
        column(look, bar, filters, chips, switch, facts, section, state, buttons, None, margin=24)
    )
    holder.resize(look.theme.px(760), look.theme.px(600))
    holder.show()
    bar.say(words("widgets.palette_nothing"), "warn", action=words("common.retry"))
    palette = Palette(look, holder, lambda _text: [])
    palette.open("x")
    qtbot.wait(200)
    assert clipped(holder) == []
