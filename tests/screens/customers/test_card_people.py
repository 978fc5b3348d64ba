"""How people think, where we stand and how deep needs go, as the card shows it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldsales.domain.need import ORGANISATION_NEEDS, Need
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.screens.customers.card.view import CardView
from fieldsales.services.operations.people import (
    FinishAssessment,
    PickItem,
    RateNeed,
    StartAssessment,
    TickClue,
)
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.card import Fact
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.words import LANGUAGES
from tests.screens.customers.conftest import Show, Shown, type_text
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import Add

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


@pytest.fixture
def wang(add: Add, customer: str) -> str:
    """Decides, and has shown two clues of A."""
    found = add("contact", name="王建国", customer_id=customer)
    add("buying_role", customer_id=customer, contact_id=found, role="decision_maker")
    return found


@pytest.fixture
def shown(show: Show, customer: str, wang: str) -> Shown:
    made = show()
    made.screen.show_record("customer", customer)
    return made


@pytest.fixture
def card(shown: Shown) -> CardView:
    return shown.screen.card


def thinks(card: CardView, at: int = 0) -> list[ChipFace]:
    """The letters on somebody's line."""
    return [chip for chip in card.people.lines[at].face.chips if chip.tone.startswith("quadrant")]


def relation(card: CardView) -> dict[str, Chip]:
    """The chips below the name that tell where we stand."""
    chips = (chip for chip in card.header.tags.findChildren(Chip) if chip.isVisible())
    return {chip.face.text: chip for chip in chips if chip.face.icon in ("people", "warning")}


def decider(card: CardView) -> str:
    found = card.header.facts.findChild(Fact, "deciders")
    assert found is not None
    return found.accessibleName()


def test_letters_stand_with_people_and_say_what_they_rest_on(
    workspace: Workspace, card: CardView, wang: str
) -> None:
    assert thinks(card) == []
    for code in ("words_a1", "first_a1"):
        workspace.run(TickClue(wang, code))
    [letter] = thinks(card)
    assert (letter.text, letter.tone, letter.assumed) == ("A", "quadrant-a", True)
    assert letter.tooltip == "A 分析 · 观察所得，把握不大"
    assert decider(card) == "决策人 王建国 A"
    # what they say themselves counts before what was seen
    start = StartAssessment(wang)
    workspace.run(start)
    brain = whole_brain("zh_CN")
    for sheet in brain.sheets:
        own = [item.code for item in brain.items_of(sheet) if item.quadrant == "d"]
        for code in own:
            workspace.run(PickItem(start.row_id, sheet, code))
    workspace.run(FinishAssessment(start.row_id))
    [letter] = thinks(card)
    assert (letter.text, letter.assumed) == ("D", False)


def test_of_several_who_decide_each_has_letters(
    workspace: Workspace, card: CardView, customer: str, wang: str, add: Add
) -> None:
    li = add("contact", name="李秀英", customer_id=customer)
    add("buying_role", customer_id=customer, contact_id=li, role="decision_maker")
    workspace.run(TickClue(wang, "words_a1"))
    workspace.run(TickClue(wang, "first_a1"))
    assert "王建国 A、李秀英" in decider(card)


def test_the_relation_and_what_is_wanting_lead_to_the_people(
    workspace: Workspace, shown: Shown, card: CardView, customer: str, wang: str, qtbot: QtBot
) -> None:
    assert relation(card) == {}
    for need in ORGANISATION_NEEDS:
        workspace.run(RateNeed(customer, need, 4))
    workspace.run(RateNeed(customer, "recognition", 2, wang))
    assert list(relation(card)) == ["供应商"]
    workspace.run(EditRecord("customer", customer, {"feeling": 5}))
    assert list(relation(card)) == ["供应商", "有欠缺"]
    assert "感情好，事情做得少" in relation(card)["有欠缺"].face.tooltip
    qtbot.mouseClick(relation(card)["有欠缺"], LEFT)
    assert not card.isVisible()  # the people of the customer are in front


def test_a_need_says_how_deep_it_was_asked_and_takes_more(
    workspace: Workspace, card: CardView, customer: str, add: Add, qtbot: QtBot
) -> None:
    need = add("need", customer_id=customer, text="料再便宜点")
    [line] = [line for line in card.needs.lines if line.isVisible()]
    assert [chip.text for chip in line.face.chips] == ["隐含需求"]
    card.reveal("need", need)
    editor = card.needs.editor
    assert editor is not None
    type_text(editor.form.cells["behind"].editor.target(), "保证过今年不亏")
    card.flush()
    kept = workspace.store.record(Need, need)
    assert kept is not None
    assert kept.behind == "保证过今年不亏"
    assert [chip.text for chip in line.face.chips] == ["隐含需求", "问到背后"]
    assert "保证过今年不亏" in line.face.subtitle


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_clipped(
    workspace: Workspace, show: Show, customer: str, wang: str, lang: str, qtbot: QtBot
) -> None:
    workspace.run(TickClue(wang, "words_a1"))
    workspace.run(EditRecord("customer", customer, {"feeling": 5}))
    made = show(1100, lang)
    made.screen.show_record("customer", customer)
    wait_until_all_fits(qtbot, made.screen.card.header)
