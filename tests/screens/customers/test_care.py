"""What to bear in mind of a customer and its people, how often one was there, since when not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from fieldsales.domain.interaction import Interaction
from fieldsales.domain.preference import Preference
from fieldsales.domain.special_day import SpecialDay
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.card import Fact
from fieldsales.widgets.chips import Chip
from tests.screens.customers.conftest import Shown, type_text

Add = Callable[..., str]
Show = Callable[..., Shown]


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业", horizon="two_weeks")


@pytest.fixture
def boss(add: Add, customer: str) -> str:
    return add("contact", name="贺文清", title="场长", customer_id=customer)


def chips(shown: Shown) -> list[str]:
    header = shown.screen.card.header
    return [chip.face.text for chip in header.tags.findChildren(Chip) if chip.isVisible()]


def noted(workspace: Workspace) -> list[Preference]:
    select = "SELECT * FROM preference WHERE trashed_at IS NULL ORDER BY id"
    return workspace.store.records(Preference, select)


def test_a_line_on_the_card_becomes_a_note_whose_kind_is_asked_at_once(
    show: Show, customer: str, boss: str, workspace: Workspace
) -> None:
    shown = show()
    shown.screen.show_record("customer", customer)
    care = shown.screen.card.care
    care.begin_adding()
    assert care.add_line is not None
    type_text(care.add_line, "胃不好，不劝酒")
    QTest.keyClick(care.add_line, Qt.Key.Key_Return)
    assert care.editor is not None
    assert care.editor.form.cells["kind"].isVisible()
    (one,) = noted(workspace)
    assert (one.customer_id, one.contact_id, one.kind) == (customer, None, "other")
    assert one.noted_on == workspace.store.clock.today().isoformat()
    workspace.undo()
    assert noted(workspace) == []


def test_a_persons_notes_stand_with_them_and_on_the_card_what_to_keep_off_first(
    show: Show, customer: str, boss: str, add: Add, workspace: Workspace
) -> None:
    add("preference", customer_id=customer, text="进场换鞋套", noted_on="2026-11-01")
    shown = show(1366)
    shown.screen.show_record("contact", boss)
    care = shown.screen.pages.people.person.care
    care.begin_adding()
    assert care.add_line is not None
    type_text(care.add_line, "不抽烟")
    QTest.keyClick(care.add_line, Qt.Key.Key_Return)
    assert [line.face.title for line in care.lines if line.isVisible()] == ["不抽烟"]
    add("preference", customer_id=customer, contact_id=boss, kind="taboo", text="别提赊账")
    shown.screen.show_record("customer", customer)
    card = shown.screen.card
    titles = [line.face.title for line in card.care.lines]
    assert titles == ["别提赊账", "不抽烟", "进场换鞋套"]
    assert "贺文清" in card.care.lines[0].face.subtitle
    assert workspace.run(EraseContact(boss)) is not None
    assert [one.text for one in noted(workspace)] == ["进场换鞋套"]


def test_what_was_typed_of_one_person_waits_for_them_alone(
    show: Show, customer: str, boss: str, add: Add
) -> None:
    other = add("contact", name="范振华", customer_id=customer)
    shown = show(1366)
    shown.screen.show_record("contact", boss)
    care = shown.screen.pages.people.person.care
    care.begin_adding()
    assert care.add_line is not None
    type_text(care.add_line, "爱钓鱼")
    shown.screen.show_record("contact", other)
    assert care.add_line is None
    shown.screen.show_record("contact", boss)
    assert care.add_line is not None
    assert care.add_line.text() == "爱钓鱼"


def test_the_card_says_how_often_one_was_there_and_since_when_not(
    show: Show, customer: str, add: Add, days_ago: Callable[[int], str], workspace: Workspace
) -> None:
    for days in (40, 20):
        add("visit", customer_id=customer, state="concluded", starts_at=days_ago(days))
    shown = show()
    shown.screen.show_record("customer", customer)
    header = shown.screen.card.header
    assert "共拜访 2 次" in header.facts.findChildren(Fact)[0].accessibleName()
    assert "20 天没联系" in chips(shown)
    header.field_wanted.emit("quiet")  # a press on it asks for the call
    call = add("interaction", customer_id=customer, kind="call", at=days_ago(1))
    shown.screen.card.refresh()
    assert not any("没联系" in text for text in chips(shown))
    workspace.run(TrashRecords("interaction", (call,)))
    add("interaction", customer_id=customer, kind="note", at=days_ago(0))  # no real contact
    shown.screen.card.refresh()
    assert "20 天没联系" in chips(shown)


def test_a_greeting_is_copied_filled_in_and_noted_as_sent(
    show: Show, boss: str, workspace: Workspace
) -> None:
    shown = show(1366)
    shown.screen.show_record("contact", boss)
    greeting = shown.screen.pages.people.person.greeting
    assert not greeting.texts.isVisible()
    assert greeting.action is not None
    greeting.action.click()
    texts = greeting.texts
    texts.topic.picked.emit("birthday")
    assert len(texts.shown) == 3
    assert all("贺场长" in text for text in texts.shown)
    QApplication.processEvents()
    buttons = greeting.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "复制" and one.isVisible()).click()
    assert QGuiApplication.clipboard().text() == texts.shown[0]
    shown.undo()  # the message's one button: noted as sent
    select = "SELECT * FROM interaction WHERE trashed_at IS NULL"
    (sent,) = workspace.store.records(Interaction, select)
    assert (sent.kind, sent.contact_id, sent.text) == ("message", boss, texts.shown[0])
    texts.own.click()
    assert shown.opened[-1] == ("phrase", "new:birthday")


def test_years_together_stand_on_the_card_and_lead_to_its_people(
    show: Show, customer: str, add: Add, workspace: Workspace
) -> None:
    today = workspace.store.clock.today()
    add("sale", customer_id=customer, dated=f"{today.year - 2}-{today:%m}-01", amount=-100)
    for ago in (1, 3):
        dated = f"{today.year - ago}-{today:%m}-15"
        add("sale", customer_id=customer, dated=dated, amount=100_000)
    shown = show()
    shown.screen.show_record("customer", customer)
    assert "这个月合作满 3 年" in chips(shown)
    shown.screen.card.header.field_wanted.emit("together")
    assert shown.screen.pages.people.customer_id == customer


def test_a_day_is_written_in_a_line_and_stands_with_its_person_and_on_the_card(
    show: Show, customer: str, boss: str, add: Add, workspace: Workspace
) -> None:
    shown = show(1366)
    shown.screen.show_record("contact", boss)
    days = shown.screen.pages.people.person.days
    days.begin_adding()
    assert days.add_line is not None
    type_text(days.add_line, "农历闰四月十五 结婚纪念日")
    QTest.keyClick(days.add_line, Qt.Key.Key_Return)
    select = "SELECT * FROM special_day WHERE trashed_at IS NULL"
    [one] = workspace.store.records(SpecialDay, select)
    assert (one.kind, one.day, one.calendar, one.leap) == ("wedding", "04-15", "lunar", 1)
    assert one.contact_id == boss
    assert days.editor is not None
    form = days.editor.form
    assert form.cells["leap"].isVisible()
    day = form.cells["day"].editor.target()
    day.setFocus()
    day.clear()
    QTest.keyClicks(day, "2001-12-01")
    form.cells["calendar"].editor.set_value("solar")
    form.cells["calendar"].editor.edited.emit()
    form.flush()
    [one] = workspace.store.records(SpecialDay, select)
    assert (one.day, one.calendar, one.leap) == ("2001-12-01", "solar", 0)
    assert not form.cells["leap"].isVisible()
    shown.screen.show_record("special_day", one.id)
    card = shown.screen.card
    assert card.days.editor is not None
    assert card.days.editor.isVisible()
    assert "贺文清" in card.days.lines[0].face.subtitle
    assert card.days.lines[0].face.aside == "22 天后"
    card.days.close_editor()
    add("special_day", customer_id=customer, kind="孩子满月")  # of no day yet
    assert "还没写哪天" in card.days.lines[1].face.subtitle
