"""The page of a deal, worked by keys and clicks."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.contact import BuyingRole
from fieldsales.domain.deal import Deal
from fieldsales.domain.profile import SHEETS
from fieldsales.domain.task import Task
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.deal.people import RolesEditing
from fieldsales.screens.funnel.deal.team import MemberEditing
from fieldsales.screens.funnel.deal_page import DealPage
from fieldsales.services.operations.conversation import PlanQuestion
from fieldsales.services.operations.deals import MoveDeals, SnoozeDeals
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.operations.people import (
    FinishAssessment,
    PickItem,
    StartAssessment,
    TickClue,
)
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.widgets.card import Fact
from fieldsales.widgets.chips import Chip
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pick_editors import ScaleEditor
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.conftest import OpenContext
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import TODAY, add

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


class Shown:
    """A page on a file, what it asked of the window, and hands to work it with."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context, self.workspace, self.qtbot = context, context.workspace, qtbot
        self.opened: list[tuple[str, str]] = []
        self.told: list[Message] = []
        self.closed = 0
        self.context.opened.connect(lambda kind, row_id: self.opened.append((kind, row_id)))
        self.context.told.connect(self.told.append)
        self.page = DealPage(self.context)
        self.context.changed.connect(self.page.follow)
        self.page.closed.connect(self._closed)
        qtbot.addWidget(self.page)
        self.page.resize(1180, 900)
        self.page.show()
        qtbot.waitExposed(self.page)

    def _closed(self) -> None:
        self.closed += 1

    def undo(self) -> None:
        act = self.told[-1].act
        assert act is not None
        act()

    def evidence(self) -> dict[str, bool]:
        """Code of each piece of evidence shown -> whether it holds."""
        return {proof.piece.code: proof.piece.holds for proof in self.page.evidence.items}

    def fact(self, key: str) -> str:
        found = self.page.header.facts.findChild(Fact, key)
        assert found is not None
        return found.accessibleName()

    def press_fact(self, key: str) -> None:
        found = self.page.header.facts.findChild(Fact, key)
        assert found is not None
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def deal(self) -> Deal:
        found = self.workspace.store.record(Deal, self.page.desk.deal_id)
        assert found is not None
        return found


@pytest.fixture
def shown(open_context: OpenContext, qtbot: QtBot) -> Shown:
    return Shown(open_context(), qtbot)


@pytest.fixture
def deal_id(workspace: Workspace) -> str:
    """A deal that stands in 'build trust', with two people of whom one is for us."""
    customer = add(workspace, "customer", name="海润牧业", importance="vip", seller="周明远")
    first = add(workspace, "contact", name="王建国", customer_id=customer)
    add(workspace, "contact", name="李秀英", customer_id=customer)
    add(
        workspace,
        "buying_role",
        customer_id=customer,
        contact_id=first,
        role="decision_maker",
        attitude=1,
        confirmed=1,
    )
    return add(
        workspace,
        "deal",
        title="保育料年单",
        customer_id=customer,
        stage="trust",
        amount=42_000_000,
        currency="CNY",
        expected_close="2026-12-20",
    )


def customer_of(workspace: Workspace, deal_id: str) -> str:
    deal = workspace.store.record(Deal, deal_id)
    assert deal is not None
    return deal.customer_id


def test_the_checklist_fills_itself(shown: Shown, deal_id: str) -> None:
    shown.page.show_deal(deal_id)
    assert shown.evidence() == {"guide": False}
    guides = [chip for chip in shown.page.group.chips if chip.objectName().startswith("guide:")]
    shown.qtbot.mouseClick(guides[0], Qt.MouseButton.LeftButton)
    assert shown.evidence() == {"guide": True}
    assert "王建国" in shown.page.evidence.lines[0].accessibleName()
    shown.undo()
    assert shown.evidence() == {"guide": False}


def test_pressing_evidence_leads_to_what_proves_it(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    customer = customer_of(workspace, deal_id)
    need = add(
        workspace, "need", customer_id=customer, text="要把料肉比降到 2.4", statement="explicit"
    )
    shown.page.show_deal(deal_id)
    at = next(at for at, step in enumerate(shown.page.desk.page.row) if step.id == "needs")
    spot = shown.page.header.rail.rect_of(at).center()
    shown.qtbot.mouseClick(shown.page.header.rail, Qt.MouseButton.LeftButton, pos=spot)
    assert shown.evidence() == {"explicit_need": True}
    shown.qtbot.mouseClick(shown.page.evidence.lines[0], Qt.MouseButton.LeftButton)
    assert shown.opened == [("need", need)]
    # what is missing leads to where it is supplied
    shown.qtbot.keyClick(shown.page.header.rail, Key.Key_Right)
    assert shown.evidence()["answered"] is False
    answered = [proof.piece.code for proof in shown.page.evidence.items].index("answered")
    shown.qtbot.mouseClick(shown.page.evidence.lines[answered], Qt.MouseButton.LeftButton)
    assert shown.opened[-1] == ("need", need)


def test_a_move_without_evidence_asks_why_and_keeps_it(shown: Shown, deal_id: str) -> None:
    shown.page.show_deal(deal_id)
    shown.qtbot.mouseClick(shown.page.header.next, Qt.MouseButton.LeftButton)
    panel = shown.page.move_panel
    assert panel.asking
    assert shown.deal().stage == "trust"
    shown.qtbot.keyClick(panel.reason, Key.Key_Return)
    assert shown.deal().stage == "trust"
    shown.qtbot.keyClicks(panel.reason, "urgent")
    shown.qtbot.keyClick(panel.reason, Key.Key_Return)
    assert shown.deal().stage == "needs"
    assert not panel.asking
    assert shown.evidence() == {"explicit_need": False}
    told = shown.page.history.lines[0].accessibleName()
    assert "urgent" in told
    assert "找到了向导" in told
    shown.undo()
    assert shown.deal().stage == "trust"
    assert not shown.page.history.isVisible()


def test_the_question_leads_to_what_it_asks_for(shown: Shown, deal_id: str) -> None:
    shown.page.show_deal(deal_id)
    shown.page.move_to("needs")
    link = shown.page.move_panel.findChild(QPushButton, f"guide|{deal_id}")
    assert isinstance(link, QPushButton)
    shown.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert shown.page.people.open_key  # somebody's roles are open
    guides = [chip for chip in shown.page.group.chips if chip.objectName().startswith("guide:")]
    shown.qtbot.mouseClick(guides[0], Qt.MouseButton.LeftButton)
    panel = shown.page.move_panel  # nothing is missing any more
    assert panel.asking
    shown.qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    assert shown.deal().stage == "needs"
    assert shown.page.desk.page.changes[-1].missing == ""


def test_escape_in_the_panel_moves_nothing(shown: Shown, deal_id: str) -> None:
    shown.page.show_deal(deal_id)
    shown.page.setFocus()
    shown.qtbot.keyClick(shown.page, Key.Key_Right, Ctrl)
    assert shown.page.move_panel.asking
    shown.qtbot.keyClick(shown.page.move_panel.reason, Key.Key_Escape)
    assert not shown.page.move_panel.asking
    assert shown.deal().stage == "trust"
    assert not shown.closed


def test_a_step_back_asks_nothing(shown: Shown, deal_id: str) -> None:
    shown.page.show_deal(deal_id)
    shown.page.setFocus()
    shown.qtbot.keyClick(shown.page, Key.Key_Left, Ctrl)
    assert shown.deal().stage == "analyse"
    assert set(shown.evidence()) == {"roles", "profile"}


def test_the_palette_offers_the_paper_and_the_moves(shown: Shown, deal_id: str) -> None:
    shown.page.show_deal(deal_id)
    offered = {command.title: command for command in shown.page.header.commands()}
    assert not any("建立信任" in title for title in offered)  # it stands there
    offered["商机表"].act()
    assert shown.opened[-1] == ("paper", f"deal:{deal_id}")
    offered["移到“已丢单”"].act()
    assert shown.page.move_panel.asking
    assert shown.deal().stage == "trust"


def test_a_lost_deal_shows_why_and_can_be_reopened(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    shown.page.show_deal(deal_id)
    shown.page.move_to("lost")
    panel = shown.page.move_panel
    panel.lost_reason.set_value("price")
    panel.lost_rival.set_value("双禾")
    panel.submit()
    assert shown.deal().stage == "lost"
    assert shown.page.terms.loss.isVisible()
    assert not shown.page.evidence.isVisible()
    assert not shown.page.header.next.isVisible()
    shown.qtbot.mouseClick(shown.page.header.previous, Qt.MouseButton.LeftButton)
    assert shown.deal().stage == "trust"
    assert shown.deal().lost_rival == ""


def test_an_own_probability_needs_its_reason(shown: Shown, deal_id: str) -> None:
    shown.page.show_deal(deal_id)
    shown.press_fact("probability")
    pin = shown.page.pin
    pin.percent.setText("101")
    shown.qtbot.keyClick(pin.percent, Key.Key_Return)
    assert pin.isVisible()
    pin.percent.setText("75")
    shown.qtbot.keyClick(pin.percent, Key.Key_Return)
    assert pin.isVisible()
    assert shown.deal().pinned_probability is None
    pin.reason.setText("已口头答应")
    shown.qtbot.keyClick(pin.reason, Key.Key_Return)
    assert not pin.isVisible()
    assert "75 %" in shown.fact("probability")
    assert "自定" in shown.fact("probability")
    shown.press_fact("probability")
    shown.qtbot.mouseClick(pin.unpin, Qt.MouseButton.LeftButton)
    assert "20 %" in shown.fact("probability")


def test_putting_off_needs_a_day_to_come_and_a_reason(shown: Shown, deal_id: str) -> None:
    shown.page.show_deal(deal_id)
    shown.page.header.snooze_wanted.emit()
    snooze = shown.page.snooze
    snooze.line.reason.setText("等春节后的预算")
    shown.qtbot.keyClick(snooze.line.reason, Key.Key_Return)
    assert snooze.isVisible()
    snooze.line.day.set_day(TODAY + timedelta(days=30))
    shown.qtbot.keyClick(snooze.line.reason, Key.Key_Return)
    assert shown.deal().snoozed_until == "2026-12-09"
    assert not snooze.isVisible()
    shown.page.header.snooze_wanted.emit()
    shown.qtbot.mouseClick(snooze.wake, Qt.MouseButton.LeftButton)
    assert shown.deal().snoozed_until is None


def test_an_action_becomes_a_task_and_the_next_step(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    shown.page.show_deal(deal_id)
    assert "安排下一步" in shown.fact("next")
    line = shown.page.evidence.action_lines[1]
    shown.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    [task] = workspace.store.records(Task, "SELECT * FROM task")
    assert (task.title, task.deal_id) == (line.face.title, deal_id)
    assert task.title in shown.fact("next")
    tick = shown.page.steps.lines[0].tick
    assert tick is not None
    shown.qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert "安排下一步" in shown.fact("next")
    assert task.title in shown.page.timeline.list.entries()[0].title


def test_a_task_is_added_with_its_day_and_given_to_a_colleague(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    page = shown.page
    page.show_deal(deal_id)
    assert page.team.action is not None
    shown.qtbot.mouseClick(page.team.action, Qt.MouseButton.LeftButton)
    shown.qtbot.keyClicks(page.team.add_line, "Li")
    shown.qtbot.keyClick(page.team.add_line, Key.Key_Return)
    member = page.team.findChild(MemberEditing)
    assert isinstance(member, MemberEditing)
    assert member.isVisible()
    page.steps.begin_adding()
    shown.qtbot.keyClicks(page.steps.add_line, "Trial plan +3")
    shown.qtbot.keyClick(page.steps.add_line, Key.Key_Return)
    [task] = workspace.store.records(Task, "SELECT * FROM task")
    assert (task.title, task.due) == ("Trial plan", "2026-11-12")
    workspace.run(EditRecord("task", task.id, {"assignee": "Li"}))
    assert "Trial plan" in page.team.lines[0].accessibleName()


def test_its_questions_are_a_press_away(shown: Shown, workspace: Workspace, deal_id: str) -> None:
    page = shown.page
    page.show_deal(deal_id)
    workspace.run(PlanQuestion(deal_id, "How many?", "problem"))
    assert page.spin.spin.flow.totals["problem"].planned == 1
    page.supply("explicit_need")
    page.spin.way.block.clicked.emit("implied")
    assert shown.opened[-2:] == [("spin", f"deal:{deal_id}")] * 2


def test_roles_are_edited_in_place_and_fill_the_sheet(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    page = shown.page
    page.show_deal(deal_id)
    assert [slot.contact_id != "" for slot in page.group.slots[:3]] == [False, True, False]
    page.supply("roles")  # opens whoever has no role yet
    editing = page.people.findChild(RolesEditing)
    assert isinstance(editing, RolesEditing)
    assert page.people.open_key
    actions = {action.data(): action for action in editing.add_role.menu().actions()}
    actions["user"].trigger()
    [form] = editing.roles.forms.values()
    attitude = form.cells["attitude"].editor
    assert isinstance(attitude, ScaleEditor)
    attitude.target().setFocus()
    shown.qtbot.keyClick(attitude.target(), Key.Key_5)  # +2
    form.flush()
    [role] = workspace.store.records(BuyingRole, "SELECT * FROM buying_role WHERE role = 'user'")
    assert role.attitude == 2
    assert [slot.contact_id != "" for slot in page.group.slots[:3]] == [False, True, True]
    assert "3/4" not in shown.fact("group")  # guide and seller are still missing
    shown.qtbot.mouseClick(page.group.slots[3], Qt.MouseButton.LeftButton)
    assert shown.deal().seller == "周明远"
    assert "3/4" in shown.fact("group")


def test_people_bear_the_letters_of_how_they_think(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    page = shown.page
    page.show_deal(deal_id)
    [first, *_others] = [one.contact.id for one in page.people.items]

    def letters() -> list[tuple[str, bool]]:
        [line] = [one for one in page.people.lines if one.face.key == first]
        return [(chip.text, chip.assumed) for chip in line.face.chips if len(chip.text) == 1]

    assert letters() == []
    for code in ("words_a1", "first_a1", "desk_a1"):
        workspace.run(TickClue(first, code, seen_on="2026-11-01"))
    assert letters() == [("A", True)]  # observed: drawn with a dashed edge
    begun = StartAssessment(first)
    workspace.run(begun)
    for sheet in SHEETS:
        for item in [one for one in whole_brain("zh_CN").items_of(sheet) if one.quadrant == "c"]:
            workspace.run(PickItem(begun.row_id, sheet, item.code))
    workspace.run(FinishAssessment(begun.row_id))
    assert letters() == [("C", False)]  # as they say themselves


@pytest.mark.parametrize("how", ["erased", "trashed", "moved"])
def test_somebody_who_leaves_while_their_roles_are_open_takes_them_along(
    shown: Shown, workspace: Workspace, deal_id: str, how: str
) -> None:
    page = shown.page
    page.show_deal(deal_id)
    before = [one.contact.id for one in page.people.items]
    gone = next(one for one in before if page.people.open_person(one))
    elsewhere = add(workspace, "customer", name="绿源合作社")
    leaves = {
        "erased": EraseContact(gone),
        "trashed": TrashRecords("contact", (gone,)),
        "moved": EditRecord("contact", gone, {"customer_id": elsewhere}),
    }
    workspace.run(leaves[how])
    assert page.people.open_key == ""
    assert [one.contact.id for one in page.people.items] == [one for one in before if one != gone]
    assert gone not in {slot.contact_id for slot in page.group.slots}


def test_the_ribbon_opens_a_visit(shown: Shown, workspace: Workspace, deal_id: str) -> None:
    customer = customer_of(workspace, deal_id)
    now = workspace.clock.now()
    visits = [
        add(
            workspace,
            "visit",
            customer_id=customer,
            deal_id=deal_id,
            state="concluded",
            starts_at=to_stamp(now - timedelta(days=days)),
            their_action=action,
            their_date="2026-11-20",
        )
        for days, action in ((20, ""), (3, "同意试用 3 吨"))
    ]
    shown.page.show_deal(deal_id)
    assert "2 次拜访，1 次有进展" in shown.page.visits.block.finding.text()
    view = shown.page.visits.block.picture
    shown.qtbot.waitUntil(lambda: view.height() >= view.sizeHint().height())
    spots = [QPoint(x, 16) for x in range(view.width()) if view.key_at(x, 16) == visits[1]]
    shown.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=spots[len(spots) // 2])
    assert shown.opened == [("visit", visits[1])]
    view.setFocus()
    shown.qtbot.keyClick(view, Key.Key_Left)
    shown.qtbot.keyClick(view, Key.Key_Return)
    assert shown.opened[-1] == ("visit", visits[0])


def test_the_title_is_edited_by_f2_and_the_terms_in_place(shown: Shown, deal_id: str) -> None:
    page = shown.page
    page.show_deal(deal_id)
    page.setFocus()
    shown.qtbot.keyClick(page, Key.Key_F2)
    line = page.header.title.editor.line
    assert line.hasFocus()
    shown.qtbot.keyClicks(line, "Feed 2027")
    shown.qtbot.keyClick(line, Key.Key_Return)
    assert shown.deal().title == "Feed 2027"
    shown.press_fact("amount")
    amount = page.terms.terms.cells["amount"].editor.target()
    assert amount.hasFocus()
    amount.selectAll()  # type: ignore[attr-defined]
    shown.qtbot.keyClicks(amount, "5000")
    shown.qtbot.keyClick(amount, Key.Key_Return)
    assert shown.deal().amount == 500_000
    assert "5,000" in shown.fact("amount")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("0", 0), ("-5", None), ("1000000000000000", None), ("1e99", None)],
)
def test_an_amount_that_cannot_be_is_told_at_its_field_and_kept(
    shown: Shown, deal_id: str, typed: str, amount: int | None
) -> None:
    page = shown.page
    page.show_deal(deal_id)
    before = shown.deal().amount
    cell = page.terms.terms.cells["amount"]
    page.terms.focus_field("amount")
    line = cell.editor.target()
    line.selectAll()  # type: ignore[attr-defined]
    shown.qtbot.keyClicks(line, typed)
    shown.qtbot.keyClick(line, Key.Key_Return)
    if amount is not None:
        assert shown.deal().amount == amount
        assert not cell.message()
        return
    assert shown.deal().amount == before
    assert cell.message()
    assert drafts.of(shown.workspace.store, "deal", deal_id)["amount"] == typed
    line.selectAll()  # type: ignore[attr-defined]
    shown.qtbot.keyClicks(line, "500")
    shown.qtbot.keyClick(line, Key.Key_Return)
    assert (shown.deal().amount, cell.message()) == (500_00, "")
    assert not drafts.of(shown.workspace.store, "deal", deal_id)


def test_tags_are_put_on_taken_off_and_lead_to_their_deals(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    shown.page.show_deal(deal_id)
    tags = shown.page.header.chips
    tags.added.emit("展会")
    assert shown.page.desk.page.tags == ("展会",)
    assert "展会" in [chip.face.text for chip in tags.findChildren(Chip) if chip.isVisible()]
    wanted: list[str] = []
    shown.page.tag_wanted.connect(wanted.append)
    tags.filter_wanted.emit("展会")
    assert wanted == ["展会"]
    tags.removed.emit("展会")
    assert shown.page.desk.page.tags == ()


def test_what_is_typed_and_not_added_is_there_again(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    other = add(workspace, "deal", title="另一个", customer_id=customer_of(workspace, deal_id))
    shown.page.show_deal(deal_id)
    shown.page.steps.begin_adding()
    shown.qtbot.keyClicks(shown.page.steps.add_line, "half a tho")
    shown.page.show_deal(other)
    assert shown.page.steps.add_line.text() == ""
    assert drafts.of(workspace.store, "deal", deal_id) == {"add:task": "half a tho"}
    shown.page.show_deal(deal_id)
    assert shown.page.steps.add_line.text() == "half a tho"


def test_a_file_is_kept_with_the_deal(
    shown: Shown, workspace: Workspace, deal_id: str, tmp_path: Path
) -> None:
    paper = tmp_path / "报价.pdf"
    paper.write_bytes(b"%PDF-1.4 ...")
    shown.page.show_deal(deal_id)
    shown.page.files.take([paper, tmp_path / "没有.pdf"])
    [tile] = shown.page.files.tiles
    assert tile.kept.deal_id == deal_id
    assert "这个商机的" in tile.toolTip()
    assert "没有.pdf" in shown.told[-1].text


def test_a_deal_in_the_trash_says_so_and_comes_back(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    page = shown.page
    page.show_deal(deal_id)
    page.header.trash_wanted.emit()
    assert not page.card.isVisible()
    shown.undo()
    assert page.card.isVisible()
    workspace.run(TrashRecords("customer", (customer_of(workspace, deal_id),)))
    assert not page.card.isVisible()
    assert page.show_deal("no-such-deal") is False
    shown.qtbot.keyClick(page, Key.Key_Escape)
    assert shown.closed == 1


def test_the_page_follows_a_move_and_a_snooze_made_elsewhere(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    shown.page.show_deal(deal_id)
    workspace.run(MoveDeals((deal_id,), "analyse"))
    assert shown.page.header.rail.key == "analyse"
    workspace.run(SnoozeDeals((deal_id,), TODAY + timedelta(days=7), "出差"))
    chips = [chip.face.text for chip in shown.page.header.chips.findChildren(Chip)]
    assert any("暂放" in text for text in chips)


@pytest.mark.parametrize("lang", [PSEUDO, *LANGUAGES])
def test_nothing_is_clipped(
    workspace: Workspace, open_context: OpenContext, qtbot: QtBot, lang: str
) -> None:
    workspace.run(LoadSample())
    shown = Shown(open_context(lang), qtbot)
    for (deal_id,) in workspace.store.rows(
        "SELECT max(id) FROM deal WHERE stage IN ('trust', 'won', 'lost') GROUP BY stage"
    ):
        shown.page.show_deal(deal_id)
        shown.press_fact("next")
        shown.page.people.open_person(shown.page.people.items[0].contact.id)
        # layouts within layouts take some rounds to settle
        wait_until_all_fits(qtbot, shown.page.card)


def test_an_open_complaint_is_told_and_leads_to_it(
    shown: Shown, workspace: Workspace, deal_id: str
) -> None:
    deal = workspace.store.record(Deal, deal_id)
    assert deal is not None
    heard = {"customer_id": deal.customer_id, "kind": "complaint", "text": "料里有虫"}
    complaint = add(workspace, "interaction", **heard, at=workspace.clock.stamp())
    shown.page.show_deal(deal_id)
    chips = shown.page.header.chips
    assert "投诉 1 件" in [chip.face.text for chip in chips.findChildren(Chip)]
    chips.fact_pressed.emit("complaint")
    assert shown.opened[-1] == ("feedback", complaint)
