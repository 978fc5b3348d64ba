"""A move is asked the same on every way, and nothing moves that was not answered."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from fieldsales.__main__ import main
from fieldsales.domain.clock import Clock
from fieldsales.domain.deal import Deal
from fieldsales.screens.funnel.moving import MovePanel
from fieldsales.services import checkup
from fieldsales.services.moving import Answers
from fieldsales.services.operations.deals import AddDeal, MoveDeals
from fieldsales.services.operations.pipelines import AddStage, RemoveStage
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.queries.pipelines import history
from tests.workspaces import TODAY, add, content, data_hash

RIGHT, LEFT, CTRL = Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier


def stage_of(shown, deal_id):
    return shown.context.store.record(Deal, deal_id).stage


def type_into(qtbot, line, text):
    line.clear()
    qtbot.keyClicks(line, text)


def test_a_drop_moves_at_once_where_nothing_is_asked(show, add_deal):
    first, second = add_deal("甲", amount=100_00), add_deal("乙", amount=50_00)
    shown = show()
    shown.drag([first], "analyse")
    assert (shown.column("target"), shown.column("analyse")) == (["乙"], ["甲"])
    assert shown.head("analyse") == ("客户分析", "1", "¥100", "最久 0 天 · 加权 ¥10")
    assert shown.screen.board.chosen() == [first]
    assert not shown.screen.acting.panel.isVisible()
    shown.assert_totals()
    shown.undo()
    assert stage_of(shown, first) == "target"
    assert sorted(shown.column("target")) == ["乙", "甲"]
    shown.assert_totals()
    assert stage_of(shown, second) == "target"


def test_what_is_missing_is_said_and_can_be_supplied(qtbot, show, add_deal, customer):
    deal = add_deal("甲", amount=100_00)
    shown = show()
    before = data_hash(shown.context.workspace)
    shown.drag([deal], "trust")
    panel = shown.screen.acting.panel
    assert panel.isVisible()
    links = {link.objectName().partition("|")[0]: link for link in supplies(panel)}
    assert list(links) == ["roles", "profile"]
    assert panel.reason.hasFocus()
    for link in links.values():
        link.click()
    assert shown.opened == [("deal", deal), ("customer", customer)]
    panel.go.click()
    assert "写明为什么" in panel._wrong.text()
    assert data_hash(shown.context.workspace) == before
    # supplied meanwhile
    run = shown.context.workspace
    for number, role in enumerate(("user", "decision_maker")):
        person = add(run, "contact", name=f"王{number}", customer_id=customer)
        add(run, "buying_role", contact_id=person, customer_id=customer, role=role)
    assert [link.objectName().partition("|")[0] for link in supplies(panel)] == ["profile"]
    qtbot.keyClicks(panel.reason, "boss said yes")
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    assert stage_of(shown, deal) == "trust"
    assert history(shown.context.store, deal)[0].reason == "boss said yes"
    assert not panel.isVisible()


def supplies(panel):
    return [one for one in panel.findChildren(type(panel.go)) if "|" in one.objectName()]


def test_putting_back_leaves_the_card_at_its_place(qtbot, show, add_deal):
    deals = [
        add_deal(name, expected_close=f"2026-12-{day:02}")
        for name, day in (("甲", 1), ("乙", 2), ("丙", 3))
    ]
    shown = show()
    before = data_hash(shown.context.workspace)
    shown.drag([deals[1]], "lost")
    assert shown.screen.acting.panel.isVisible()
    qtbot.keyClick(shown.screen.acting.panel.lost_rival.target(), Qt.Key.Key_Escape)
    assert not shown.screen.acting.panel.isVisible()
    assert shown.column("target") == ["甲", "乙", "丙"]
    assert shown.screen.board.chosen() == [deals[1]]
    assert shown.screen.board.columns["target"].list.hasFocus()
    assert data_hash(shown.context.workspace) == before


def test_lost_asks_for_reason_and_rival(qtbot, show, add_deal):
    deal = add_deal("甲", competitor="宁川、双禾")
    shown = show()
    shown.drag([deal], "lost")
    panel = shown.screen.acting.panel
    panel.go.click()
    assert "为什么" in panel._title.text()
    assert "丢单要说明原因" in panel._wrong.text()
    panel.lost_reason.set_value("price")
    panel.lost_rival.line.search("")
    hits = [hit.title for hit in panel.lost_rival.line.suggestions.model.hits]
    assert {"宁川", "双禾"} <= set(hits)
    panel.lost_rival.set_value("宁川")
    panel.go.click()
    record = shown.context.store.record(Deal, deal)
    assert (record.stage, record.lost_reason, record.lost_rival) == ("lost", "price", "宁川")


@pytest.mark.parametrize("typed", ["", "0", "-5", "八千", "99999999999999999999"])
def test_won_takes_no_nonsense(qtbot, show, add_deal, typed):
    deal = add_deal("甲")
    shown = show()
    shown.drag([deal], "won")
    panel = shown.screen.acting.panel
    panel.reason.setText("补录")
    amount = panel.order.amounts[deal]
    amount.set_typed(typed)
    panel.go.click()
    assert stage_of(shown, deal) == "target"
    assert panel.isVisible()
    amount.set_typed("8.6万")
    panel.go.click()
    record = shown.context.store.record(Deal, deal)
    assert (record.order_amount, record.ordered_on) == (86_000_00, TODAY.isoformat())


def test_keys_move_what_is_chosen_and_go_with_it(qtbot, show, add_deal):
    first, second = add_deal("甲", amount=2), add_deal("乙", amount=1)
    shown = show()
    shown.screen.board.focus_board()
    here = shown.screen.board.current_list()
    assert shown.screen.board.current() in (first, second)
    qtbot.keyClick(here, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(here, RIGHT, CTRL)
    assert stage_of(shown, first) == stage_of(shown, second) == "analyse"
    there = shown.screen.board.current_list()
    assert there is shown.screen.board.columns["analyse"].list
    qtbot.keyClick(there, LEFT, CTRL)
    assert stage_of(shown, first) == stage_of(shown, second) == "target"
    assert len(history(shown.context.store, first)) == 2
    # at the edge there is nowhere to go
    qtbot.keyClick(shown.screen.board.current_list(), LEFT, CTRL)
    assert stage_of(shown, first) == "target"


def test_the_keys_go_back_with_a_card_that_is_undone(qtbot, show, add_deal):
    first, _ = add_deal("甲"), add_deal("乙")
    shown = show()
    shown.screen.setFocus()  # as the window does when the tab is shown
    board = shown.screen.board
    assert board.current() == first
    qtbot.keyClick(board.current_list(), RIGHT, CTRL)
    assert (board.current_list().key, board.current()) == ("analyse", first)
    shown.context.undo()
    assert (board.current_list().key, board.current()) == ("target", first)


def test_nothing_happens_on_the_same_place_or_outside(show, add_deal):
    deal = add_deal("甲")
    shown = show()
    before = data_hash(shown.context.workspace)
    shown.drag([deal], "target")
    shown.drag([deal], "value", let_go=False)
    assert shown.screen.board.columns["value"].model.gap == 0
    shown.leave("value")
    assert shown.screen.board.columns["value"].model.gap == -1
    assert data_hash(shown.context.workspace) == before
    assert not shown.told
    assert not shown.screen.acting.panel.isVisible()


def test_a_stage_that_is_gone_takes_nothing(show, add_deal, workspace):
    workspace.run(AddStage("funnel", {"name": "试用"}, after="target"))
    deal = add_deal("甲")
    shown = show()
    key = list(shown.screen.board.columns)[1]
    data = shown.screen.board.cards.mime([deal])
    workspace.run(RemoveStage(key, "target"))
    assert key not in shown.screen.board.columns
    shown.screen.acting.panel.move_deals([deal], key)
    assert "撤掉" in shown.told[-1].text
    assert data.hasText()
    assert stage_of(shown, deal) == "target"


def test_a_deal_that_went_meanwhile_moves_nothing(show, add_deal, workspace, customer):
    kept, gone = add_deal("甲"), add_deal("乙")
    shown = show()
    data_before = stage_of(shown, kept)
    workspace.run(TrashRecords("deal", (gone,)))
    shown.screen.acting.panel.move_deals([kept, gone], "analyse")
    assert "不在了" in shown.told[-1].text
    assert stage_of(shown, kept) == data_before
    shown.drag([kept], "trust")
    assert shown.screen.acting.panel.isVisible()
    workspace.run(TrashRecords("customer", (customer,)))
    assert not shown.screen.acting.panel.isVisible()
    assert "不在了" in shown.told[-1].text


def test_another_program_changes_the_answer_meanwhile(show, add_deal, workspace, customer, db_path):
    """What was complete when the card was taken up is asked for when it is let go."""
    deal = add_deal("甲")
    shown = show()
    other = Workspace.open(db_path, Clock(TODAY))
    other.run(EditRecord("customer", customer, {"importance": ""}))
    other.close()
    shown.drag([deal], "analyse")
    assert shown.screen.acting.panel.isVisible()
    assert stage_of(shown, deal) == "target"


def test_a_filter_that_hides_what_was_moved_says_so(show, add_deal):
    deal = add_deal("甲")
    shown = show()
    shown.screen.looking.set_wanted(replace(shown.screen.looking.view.wanted, stages=("target",)))
    shown.screen.looking.text = "甲"
    shown.screen.refresh()
    shown.drag([deal], "analyse")
    assert stage_of(shown, deal) == "analyse"
    assert "看不到" in shown.told[-1].text
    shown.undo()
    assert stage_of(shown, deal) == "target"


@dataclass(frozen=True)
class AddDeals(Operation):
    """As many deals at once as an import brings."""

    rows: tuple[dict[str, object], ...]

    def apply(self, writer):
        writer.insert_many("deal", self.rows)


def test_thousands_move_at_once(qtbot, show, workspace, customer):
    ids = [f"d{n:04}" for n in range(3_000)]
    values = {"customer_id": customer, "currency": "CNY", "pipeline_id": "funnel"}
    values |= {"stage": "target"}
    rows = (
        {"id": one, "title": one, "amount": n % 2 * 100 or None, **values}
        for n, one in enumerate(ids)
    )
    workspace.run(AddDeals(tuple(rows)))
    shown = show()
    shown.screen.board.focus_board()
    qtbot.keyClick(shown.screen.board.current_list(), Qt.Key.Key_A, CTRL)
    assert sorted(shown.screen.board.chosen()) == ids
    qtbot.keyClick(shown.screen.board.current_list(), RIGHT, CTRL)
    assert shown.head("analyse")[1:3] == ("3,000", "¥1,500")
    assert "3000" in shown.told[-1].text
    shown.assert_totals()
    shown.drag(ids, "won")
    panel = shown.screen.acting.panel
    panel.reason.setText("补录")
    panel.go.click()
    assert panel.isVisible()  # half of them are without an amount
    assert len(panel.order.amounts) == 40
    panel.cancel.click()
    shown.undo()
    assert shown.head("target")[1:3] == ("3,000", "¥1,500")
    shown.assert_totals()


def _moved_there(other, deal, customer):
    other.run(MoveDeals((deal,), "trust", Answers("先到一步")))


def _moved_on(other, deal, customer):
    other.run(MoveDeals((deal,), "value", Answers("先到一步")))


def _deal_trashed(other, deal, customer):
    other.run(TrashRecords("deal", (deal,)))


def _customer_trashed(other, deal, customer):
    other.run(TrashRecords("customer", (customer,)))


def _stage_removed(other, deal, customer):
    other.run(RemoveStage("trust", "needs"))


@pytest.mark.parametrize(
    ("done", "stage", "said"),
    [
        (_moved_there, "trust", ""),
        (_moved_on, "trust", ""),  # back from there
        (_deal_trashed, "target", "不在了"),
        (_customer_trashed, "target", "不在了"),
        (_stage_removed, "target", "撤掉"),
    ],
)
def test_another_program_is_faster_while_the_panel_asks(
    qtbot, show, add_deal, customer, db_path, done, stage, said
):
    """Nobody tells the window; what it finds when it writes, it says, and nothing is lost."""
    deal = add_deal("甲", amount=500_00)
    stays = add_deal("乙", amount=300_00)
    shown = show()
    shown.drag([deal], "trust")
    panel = shown.screen.acting.panel
    qtbot.keyClicks(panel.reason, "boss said yes")
    with closing(Workspace.open(db_path, Clock(TODAY))) as other:
        done(other, deal, customer)
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert stage_of(shown, deal) == stage
    assert shown.context.store.record(Deal, deal).amount == 500_00
    assert stage_of(shown, stays) == "target"
    if said:
        assert said in shown.told[-1].text
    shown.screen.refresh()
    shown.assert_totals()
    assert checkup.findings(shown.context.store) == []


# --- the same move on five ways


def _drag(qtbot, shown, deals):
    shown.drag(deals, "won")
    return shown.screen.acting.panel


def _keys(qtbot, shown, deals):
    shown.screen.board.choose(deals)
    qtbot.keyClick(shown.screen.board.current_list(), RIGHT, CTRL)
    return shown.screen.acting.panel


def _form(qtbot, shown, deals):
    """The deal's own page: its menu of stages."""
    (deal,) = deals
    shown.screen.show_record("deal", deal)
    page = shown.screen.deal
    qtbot.mouseClick(page.header.more, Qt.MouseButton.LeftButton)
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    next(one for one in menu.actions() if one.text() == "移到“已成交”").trigger()
    menu.close()
    return page.move_panel


def _bulk(qtbot, shown, deals):
    shown.screen.board.choose(deals)
    bulk = shown.screen.acting.bulk
    qtbot.waitUntil(bulk.isVisible)
    next(one for one in bulk.to.menu().actions() if one.text() == "已成交").trigger()
    return shown.screen.acting.panel


def _begin(workspace):
    workspace.run(AddRecord("customer", {"name": "海润牧业", "importance": "major"}, "c1"))
    for row_id in ("d1", "d2"):
        values = {"title": f"全年用料 {row_id}", "customer_id": "c1", "amount": 700}
        begun = AddDeal(values, stage="payment", answers=Answers("begun"), row_id=row_id)
        workspace.run(begun)


BOTH, EACH = [["d1", "d2"]], [["d1"], ["d2"]]


@pytest.mark.parametrize(
    ("way", "moves"), [(_drag, BOTH), (_drag, EACH), (_keys, BOTH), (_form, EACH), (_bulk, BOTH)]
)
def test_five_ways_leave_the_same_file(qtbot, show, workspace, tmp_path, way, moves, capsys):
    """Drag, key, form and bulk against the command line: same questions, answers and content."""
    _begin(workspace)
    shown = show()
    for deals in moves:
        panel = way(qtbot, shown, deals)
        before = content(workspace)
        assert panel.isVisible()
        qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
        assert panel.isVisible()  # nothing goes without a reason
        assert content(workspace) == before
        assert list(panel.order.amounts) == deals
        for amount in panel.order.amounts.values():
            type_into(qtbot, amount.target(), "5")
        type_into(qtbot, panel.order.day.target(), "2026-11-08")
        type_into(qtbot, panel.reason, "ok")
        qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
        assert not panel.isVisible()

    path = tmp_path / "command.db"
    with closing(Workspace.open(path, Clock(TODAY))) as other:
        _begin(other)
        for deals in moves:
            bare = ["deal", "move", *deals, "--to", "won", "--amount", "5", "--db", str(path)]
            assert main(bare) == 1  # nor does it on the command line
            assert main([*bare, "--reason", "ok", "--ordered", "2026-11-08"]) == 0
        capsys.readouterr()
        # the journal says which of the two it was
        commanded = [row.replace("'command'", "'window'") for row in content(other)]
    assert stage_of(shown, "d1") == stage_of(shown, "d2") == "won"
    assert content(workspace) == commanded


def test_the_panel_serves_a_page_of_its_own(qtbot, show, add_deal):
    """As the deal's page uses it: without the board."""
    deal = add_deal("甲")
    shown = show()
    panel = MovePanel(shown.context)
    qtbot.addWidget(panel)
    moved = []
    panel.moved.connect(lambda ids, _changed: moved.append(ids))
    panel.move_deals([deal], "analyse")
    assert moved == [(deal,)]
    shown.context.workspace.run(MoveDeals((deal,), "target"))
    panel.move_deals([deal], "target")
    assert moved == [(deal,)]
    assert not panel.asking
