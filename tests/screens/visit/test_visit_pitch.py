"""Objections and closing at hand in the meeting, by what a rep does there (M29a, M29b)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.domain.ranking import Told
from fieldsales.domain.visit import VisitItem
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.screens.objection import Folded
from fieldsales.screens.visit.page import VisitScreen
from fieldsales.services.library import library
from fieldsales.services.operations.visits import SetVisitPerson
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.queries.learnt import answers, own_entries
from fieldsales.words import PSEUDO
from tests.screens.visit.conftest import Pages, facts, focus, running, say, texts, visit
from tests.widgets.clip_check import clipped
from tests.workspaces import add

Key, Alt, Ctrl = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHELF = library("zh_CN")
DEAR = SHELF.objections["why_dearer"]


def _heard(workspace: Workspace, visit_id: str) -> VisitItem:
    (item,) = facts(workspace, visit_id).items_of("objection")
    return item


def test_two_keys_bring_answers_and_one_notes_the_best(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    qtbot.keyClick(focus(), Key.Key_O, Alt)
    qtbot.keyClick(focus(), Key.Key_P)
    hit = page.run.capture.line.suggestions.model.hit(0)
    assert hit is not None
    assert hit.subtitle
    qtbot.keyClick(focus(), Key.Key_Return, Ctrl)
    item = _heard(workspace, visit_id)
    entry = SHELF.objections[item.code]
    # nobody said "p"
    assert (item.text, item.answer, item.style) == (entry.title, entry.answer, "main")
    workspace.undo()
    assert not facts(workspace, visit_id).items_of("objection")


def test_who_sits_there_is_answered_in_their_own_way(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    person = add(workspace, "contact", name="贺文清", customer_id=customer)
    people = [
        code
        for code, clue in whole_brain("zh_CN").clues.items()
        if clue.weights[2] == max(clue.weights)
    ]
    for code in people[:4]:
        add(workspace, "clue", contact_id=person, code=code)
    workspace.run(SetVisitPerson(visit_id, person, expected=True, met=True))
    page = pages.open(visit_id)
    qtbot.keyClick(focus(), Key.Key_O, Alt)
    say("太贵了")
    qtbot.keyClick(focus(), Key.Key_Return, Ctrl)
    item = _heard(workspace, visit_id)
    entry = SHELF.objections["why_dearer"]
    assert (item.text, item.answer, item.style) == ("太贵了", entry.answer_c[0], "c")
    row = page.run.objections.rows.row(item.id)
    assert row is not None
    row.more.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "适合贺文清" in texts(page))
    assert all(answer in texts(page) for answer in (*entry.answer_c, entry.answer))
    assert not [answer for answer in entry.answer_a if answer in texts(page)]
    (others,) = row.help.findChildren(Folded)  # type: ignore[attr-defined]
    qtbot.keyClick(others.toggle, Key.Key_Space)
    assert all(answer in texts(page) for answer in entry.ready.values())
    row.help.taken.emit("a", entry.answer_a[0])  # type: ignore[attr-defined]
    row.worked.choose("yes")  # type: ignore[attr-defined]
    item = _heard(workspace, visit_id)
    assert (item.style, item.answer, item.worked) == ("a", entry.answer_a[0], "yes")
    assert answers(workspace.store)["why_dearer"] == [Told("a", entry.answer_a[0], 1, 1)]


def test_what_nobody_wrote_down_yet_goes_into_the_library(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = running(workspace, customer)
    heard = {"visit_id": visit_id, "kind": "objection", "text": "等猪价起来再换料"}
    item = add(workspace, "visit_item", **heard, answer="先换一栏")
    page = pages.open(visit_id)
    row = page.run.objections.rows.row(item)
    assert row is not None
    row.keep.picked.emit("suggest")  # type: ignore[attr-defined]
    (entry,) = own_entries(workspace.store, "objection")
    assert (entry.title, entry.topic, entry.answer) == ("等猪价起来再换料", "suggest", "先换一栏")
    assert _heard(workspace, visit_id).code == entry.id
    assert [one.code for one in page.desk.objections.find("猪价起来")][:1] == [entry.id]
    assert row.more.isVisible()  # type: ignore[attr-defined]
    assert not row.keep.isVisible()  # type: ignore[attr-defined]


def _to_techniques(page: VisitScreen) -> None:
    page.run.closing.toggle.click()
    for step in ("offers", "technique"):
        page.run.closing.next_steps.press(step)


def test_the_route_stands_where_it_was_left(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    _to_techniques(page)
    assert visit(workspace, visit_id).closing_step == "technique"
    page.close()
    again = pages.open(visit_id)
    assert SHELF.route["technique"].step in texts(again)
    assert SHELF.rules["no_new_models"].text in texts(again)
    again.run.closing.again.click()
    assert visit(workspace, visit_id).closing_step == ""
    assert SHELF.route["check"].step in texts(again)


def test_the_keyboard_alone_walks_the_route(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    qtbot.keyClick(focus(), Key.Key_G, Alt)
    closing = page.run.closing
    qtbot.waitUntil(lambda: not closing.visibleRegion().isEmpty())
    assert focus().accessibleName() == SHELF.route["objection"].step
    qtbot.keyClick(focus(), Key.Key_Return)
    assert visit(workspace, visit_id).closing_step == "objection"
    QApplication.processEvents()
    assert focus().accessibleName() == SHELF.route["check"].step
    qtbot.keyClick(focus(), Key.Key_Tab)
    qtbot.keyClick(focus(), Key.Key_Space)
    assert visit(workspace, visit_id).closing_step == "offers"
    qtbot.keyClick(focus(), Key.Key_Return)
    techniques = closing.attempt.techniques
    assert focus() is techniques
    qtbot.waitUntil(lambda: not techniques.visibleRegion().isEmpty())
    qtbot.keyClick(focus(), Key.Key_Right)
    assert closing.attempt.techniques.key == next(iter(SHELF.techniques))


def test_scarcity_is_noted_only_with_the_fact_that_makes_it_true(
    workspace: Workspace, customer: str, pages: Pages, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    page.desk.add_signal(SHELF.signals["asks_delivery"])
    _to_techniques(page)
    attempt = page.run.closing.attempt
    attempt.techniques.choose("scarcity")
    qtbot.waitUntil(lambda: SHELF.techniques["scarcity"].when_not in texts(page))
    assert not attempt.noted.isEnabled()
    attempt.note()
    assert any("事实" in told for told in pages.told)
    attempt.said.text.setFocus()
    say("厂里 2 月 1 日停机，仓里今天剩 40 吨")
    qtbot.keyClick(focus(), Key.Key_Return)
    (item,) = facts(workspace, visit_id).items_of("closing")
    assert (item.code, item.text) == ("scarcity", "厂里 2 月 1 日停机，仓里今天剩 40 吨")
    assert item.signal == "asks_delivery"
    row = page.run.closing.rows.row(item.id)
    assert row is not None
    assert focus() is row.worked  # type: ignore[attr-defined]
    qtbot.keyClick(focus(), Key.Key_1)
    row.answer.setFocus()  # type: ignore[attr-defined]
    say("那就先定 20 吨")
    qtbot.keyClick(focus(), Key.Key_Return)
    (item,) = facts(workspace, visit_id).items_of("closing")
    assert (item.worked, item.answer) == ("yes", "那就先定 20 吨")


def test_other_techniques_are_noted_as_the_example_has_them(
    workspace: Workspace, customer: str, pages: Pages
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    _to_techniques(page)
    page.run.closing.attempt.techniques.choose("either_or")
    page.run.closing.attempt.noted.click()
    (item,) = facts(workspace, visit_id).items_of("closing")
    assert (item.text, item.signal) == (SHELF.techniques["either_or"].example, "")
    assert page.run.closing.attempt.techniques.key == ""
    workspace.undo()
    assert not facts(workspace, visit_id).items_of("closing")


@pytest.mark.parametrize("said", ["剩 40 吨", "短" * 501])
def test_what_is_half_said_is_not_lost(
    workspace: Workspace, customer: str, pages: Pages, said: str
) -> None:
    visit_id = running(workspace, customer)
    page = pages.open(visit_id)
    _to_techniques(page)
    page.run.closing.attempt.techniques.choose("scarcity")
    page.run.closing.attempt.said.text.setFocus()
    say(said)
    if len(said) > 500:
        page.run.closing.attempt.note()
        assert pages.told
        assert not facts(workspace, visit_id).items_of("closing")
    page.run.closing.keep()
    page.close()
    again = pages.open(visit_id).run.closing.attempt
    assert (again.techniques.key, again.said.typed()) == ("scarcity", said)
    again.said.set_typed("")
    again.keep()
    assert drafts.of(workspace.store, "visit", visit_id) == {}


@pytest.mark.parametrize("lang", ["zh_CN", PSEUDO])
def test_nothing_is_clipped(
    workspace: Workspace, customer: str, pages: Pages, lang: str, qtbot: QtBot
) -> None:
    visit_id = running(workspace, customer)
    heard = {"visit_id": visit_id, "kind": "objection", "text": "太贵", "answer": DEAR.answer_d[0]}
    known = add(workspace, "visit_item", **heard, code="why_dearer", style="d")
    add(workspace, "visit_item", **heard)
    tried = {"visit_id": visit_id, "kind": "closing", "text": "先来二十吨？", "worked": "yes"}
    add(workspace, "visit_item", **tried, code="weigh", signal="asks_details_again")
    page = pages.open(visit_id, lang)
    page.resize(1180, 640)
    for signal in ("asks_delivery", "asks_payment"):
        page.desk.add_signal(page.desk.library.signals[signal])
    for step in ("offers", "technique"):
        page.run.closing.next_steps.press(step)
    page.run.closing.attempt.techniques.choose("scarcity")
    row = page.run.objections.rows.row(known)
    assert row is not None
    row.more.click()  # type: ignore[attr-defined]
    qtbot.wait(20)
    assert clipped(page.run.objections) == []
    assert clipped(page.run.closing) == []
