"""People on the page of a visit: how to talk with them, clues to tick, depth of needs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldsales.domain.profile import Clue
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.screens.visit.clues import ClueTicks
from fieldsales.screens.visit.page import VisitScreen
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.people import TickClue
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.visits import SetVisitPerson
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.chips import Chip
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.visit.conftest import Pages, facts, focus, planned, running, say, texts
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import add

Key, Alt, LEFT = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.MouseButton.LeftButton
BRAIN = whole_brain("zh_CN")


@pytest.fixture
def wang(workspace: Workspace, customer: str) -> str:
    """Decides, and seems to think in A."""
    found = add(workspace, "contact", name="王建国", customer_id=customer)
    role = {"customer_id": customer, "contact_id": found, "role": "decision_maker"}
    add(workspace, "buying_role", **role)
    for code in ("words_a1", "first_a1", "desk_a1"):
        workspace.run(TickClue(found, code, seen_on="2026-10-20"))
    return found


@pytest.fixture
def li(workspace: Workspace, customer: str) -> str:
    """Of whom nothing is known."""
    return add(workspace, "contact", name="李秀英", customer_id=customer)


def clues(workspace: Workspace, visit_id: str) -> list[tuple[str, str]]:
    """(name, code) of what was ticked in a visit."""
    return [
        (person.contact.name, clue.code)
        for person in facts(workspace, visit_id).people
        for clue in person.clues
        if clue.visit_id == visit_id
    ]


def choose(page: VisitScreen, qtbot: QtBot, name: str) -> None:
    """Presses somebody's name above the clues."""
    whom = page.run.clues.whom
    at = list(whom.texts().values()).index(name)
    qtbot.mouseClick(whom, LEFT, pos=whom.rects()[at].center())


# the plan


def test_the_plan_tells_what_to_bring_say_show_and_avoid(
    workspace: Workspace, customer: str, wang: str, li: str, pages: Pages, qtbot: QtBot
) -> None:
    page = pages.open(planned(workspace, customer))
    advice = page.plan.advice
    assert advice.told == []
    assert "勾上谁会在场" in texts(advice)
    row = page.plan.people.rows.row(wang)
    assert row is not None
    qtbot.mouseClick(row.tick.box, LEFT)  # type: ignore[attr-defined]
    assert [chip.face.text for chip in row.findChildren(Chip)] == ["A"]
    own = BRAIN.advice["a_decision_maker"]
    assert advice.told == [
        ("带上", own.bring),
        ("这样说", own.say),
        ("给对方看", own.show),
        ("别这样", own.avoid),
    ]
    assert advice.unknown.keys() == []


def test_several_are_talked_to_in_an_order_and_each_alone(
    workspace: Workspace, customer: str, wang: str, li: str, pages: Pages
) -> None:
    for code in ("words_c1", "first_c1"):
        workspace.run(TickClue(li, code))
    page = pages.open(planned(workspace, customer, wang, li))
    advice = page.plan.advice
    assert advice.told[0] == ("先后", "C（李秀英），再到 A（王建国）")
    assert ("开场", BRAIN.meetings["ac"].open) in advice.told
    assert list(advice.whom.texts().values()) == ["一起谈", "王建国", "李秀英"]
    advice.whom.choose("1")
    assert ("这样说", BRAIN.advice["c"].say) in advice.told
    # one of them does not come after all
    workspace.run(SetVisitPerson(page.desk.visit_id, li, expected=False))
    assert ("这样说", BRAIN.advice["a_decision_maker"].say) in advice.told


def test_who_is_not_known_invites_to_tick_clues(
    workspace: Workspace, customer: str, wang: str, li: str, pages: Pages
) -> None:
    visit = planned(workspace, customer, wang, li)
    page = pages.open(visit)
    assert page.plan.advice.unknown.keys() == [li]
    page.plan.advice.unknown.press(li)
    assert page.step == "run"
    assert page.run.clues.whom.key == li
    assert page.run.clues.isAncestorOf(focus())


# clues


def test_two_keys_tick_a_clue(
    workspace: Workspace, customer: str, wang: str, pages: Pages, qtbot: QtBot
) -> None:
    visit = planned(workspace, customer, wang)
    page = pages.open(visit)
    page.show_step("run")
    qtbot.keyClick(focus(), Key.Key_L, Alt)
    qtbot.keyClick(focus(), Key.Key_E)
    qtbot.keyClick(focus(), Key.Key_2)
    [(name, code)] = clues(workspace, visit)
    desk = [clue.code for clue in BRAIN.clues_of("desk")]
    assert (name, code) == ("王建国", desk[1])
    [kept] = [one for one in facts(workspace, visit).people[0].clues if one.visit_id == visit]
    assert (kept.seen_on, kept.source) == ("2026-11-10", "met")  # the day of the visit
    assert page.run.clues.rows.row(code).tick.box.isChecked()  # type: ignore[union-attr]
    qtbot.keyClick(focus(), Key.Key_2)
    assert clues(workspace, visit) == []


def test_a_clue_is_found_by_what_it_says(
    workspace: Workspace, customer: str, wang: str, pages: Pages, qtbot: QtBot
) -> None:
    visit = planned(workspace, customer, wang)
    page = pages.open(visit)
    page.show_step("run")
    section = page.run.clues
    wanted = BRAIN.clues_of("praise")[2]
    section.search.setFocus()
    say(wanted.text[:6])
    qtbot.keyClick(focus(), Key.Key_Return)
    assert clues(workspace, visit) == [("王建国", wanted.code)]
    assert section.kinds.key == "praise"  # it is seen to be ticked
    assert section.search.text() == ""


def test_each_person_has_clues_of_their_own(
    workspace: Workspace, customer: str, wang: str, li: str, pages: Pages, qtbot: QtBot
) -> None:
    visit = planned(workspace, customer, wang, li)
    page = pages.open(visit)
    page.show_step("run")
    section = page.run.clues
    assert "看起来王建国偏 A 分析" in section.reading.text()
    first = section.rows.row("words_a1")
    assert first is not None
    assert "2026-10-20 也看到过" in texts(first)
    choose(page, qtbot, "李秀英")
    assert not section.reading.isVisible()
    row = section.rows.row("words_d1")
    assert row is not None
    qtbot.mouseClick(row.tick.box, LEFT)  # type: ignore[attr-defined]
    assert clues(workspace, visit) == [("李秀英", "words_d1")]
    assert "李秀英偏 D" in section.reading.text()
    choose(page, qtbot, "王建国")
    assert not section.rows.row("words_d1").tick.box.isChecked()  # type: ignore[union-attr]


def test_clues_wait_until_it_is_known_who_is_there(
    workspace: Workspace, customer: str, li: str, pages: Pages
) -> None:
    visit = running(workspace, customer)
    page = pages.open(visit)
    section = page.findChild(ClueTicks)
    assert section is not None
    assert not section.rows.isVisible()
    assert "先勾上见到了谁" in texts(section)
    workspace.run(SetVisitPerson(visit, li, met=True))
    assert section.rows.isVisible()


@pytest.mark.parametrize("how", ["erased", "trashed", "moved"])
def test_somebody_who_leaves_meanwhile_leaves_the_clues(
    workspace: Workspace, customer: str, wang: str, li: str, pages: Pages, qtbot: QtBot, how: str
) -> None:
    visit = planned(workspace, customer, wang, li)
    page = pages.open(visit)
    page.show_step("run")
    choose(page, qtbot, "李秀英")
    leaves = {
        "erased": EraseContact(li),
        "trashed": TrashRecords("contact", (li,)),
        "moved": EditRecord("contact", li, {"customer_id": add(workspace, "customer", name="甲")}),
    }
    workspace.run(leaves[how])
    assert page.run.clues.isVisible()  # no page in pieces
    page.run.clues.tick("words_a1")  # what a hand was about to press
    seen = workspace.store.records(Clue, "SELECT * FROM clue")
    # nothing of somebody who is gone, and of nobody else in their place
    assert {clue.contact_id for clue in seen} == ({wang, li} if how == "moved" else {wang})
    assert sum(clue.visit_id == visit for clue in seen) == (how == "moved")
    if how != "moved":
        choose(page, qtbot, "王建国")
        page.run.clues.tick("words_a1")
        assert clues(workspace, visit) == [("王建国", "words_a1")]
    page.show_step("plan")
    assert ("李秀英" in texts(page)) == (how == "moved")


# how deep a need goes


def test_a_need_is_asked_deeper_and_each_level_is_kept(
    workspace: Workspace, customer: str, li: str, pages: Pages, qtbot: QtBot
) -> None:
    visit = running(workspace, customer)
    page = pages.open(visit)
    page.run.capture.begin("explicit")
    say("料再便宜点")
    qtbot.keyClick(focus(), Key.Key_Return)
    [need] = facts(workspace, visit).needs
    row = page.run.needs.rows.row(need.id)
    assert row is not None
    deep = row.deep  # type: ignore[attr-defined]
    assert not deep.levels["actual"].isVisible()
    qtbot.mouseClick(deep.deeper, LEFT)
    assert "可以这样问" in deep.question.text()
    say("一头猪的总成本要降")
    qtbot.mouseClick(deep.deeper, LEFT)
    say("跟合伙人保证过今年不亏")
    page.show_step("conclude")
    [need] = facts(workspace, visit).needs
    assert (need.actual, need.behind) == ("一头猪的总成本要降", "跟合伙人保证过今年不亏")
    page.show_step("run")
    assert not deep.deeper.isVisible()
    assert not deep.question.isVisible()


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
def test_nothing_is_clipped(
    workspace: Workspace,
    customer: str,
    wang: str,
    li: str,
    pages: Pages,
    qtbot: QtBot,
    language: str,
) -> None:
    workspace.run(TickClue(li, "words_c1"))
    visit = planned(workspace, customer, wang, li)
    need = {"customer_id": customer, "visit_id": visit, "text": "便宜点", "actual": "降成本"}
    add(workspace, "need", **need)
    page = pages.open(visit, language)
    wait_until_all_fits(qtbot, page.plan.advice)
    page.show_step("run")
    wait_until_all_fits(qtbot, page.run.clues)
    wait_until_all_fits(qtbot, page.run.needs)
