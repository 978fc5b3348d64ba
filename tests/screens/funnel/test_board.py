"""What the board shows, how it is walked through, and the other boards over the same deals."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.deal import Deal
from fieldsales.screens.funnel.cards import LaneHead
from fieldsales.services import portfolio
from fieldsales.services.moving import Answers, Order
from fieldsales.services.operations.deals import AddDeal, MoveDeals, SnoozeDeals
from fieldsales.services.operations.forecast import SetRate
from fieldsales.services.operations.receivables import ReceivePayment
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.portfolio import pins_of
from tests.widgets.clip_check import clipped
from tests.workspaces import TODAY, add, data_hash

CTRL = Qt.KeyboardModifier.ControlModifier
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
TOOLTIP = Qt.ItemDataRole.ToolTipRole


class Aged(Operation):
    """A deal that has stood in its stage for some days."""

    def __init__(self, deal_id, days):
        self.deal_id, self.days = deal_id, days

    def apply(self, writer):
        stamp = to_stamp(writer.store.clock.now() - timedelta(days=self.days))
        writer.insert("stage_change", {"deal_id": self.deal_id, "to_stage": "target", "at": stamp})


def spoken(shown, deal_id, role=ACCESSIBLE):
    model = shown.screen.board.columns["target"].model
    return model.index(model.position(deal_id), 0).data(role)


def test_a_head_counts_adds_up_and_never_mixes_currencies(show, add_deal):
    add_deal("甲", amount=100_00)
    add_deal("乙", amount=2_345_678_900_00)
    add_deal("丙", amount=9 * 10**13, currency="USD")
    add_deal("丁", amount=None)
    shown = show()
    assert shown.head("target") == (
        "目标客户",
        "4",
        "¥23.5 亿 + $9,000 亿",
        "最久 0 天 · 加权 ¥1.17 亿 + $450.0 亿",
    )
    assert (
        "¥2,345,679,000 + $900,000,000,000" in shown.screen.board.columns["target"].head.toolTip()
    )
    assert shown.head("analyse")[1:] == ("0", "", "")


def test_currencies_come_together_only_at_a_typed_rate(show, add_deal, workspace):
    add_deal("甲", amount=100_00)
    add_deal("乙", amount=10_00, currency="USD")
    shown = show()
    assert shown.head("target")[2:] == ("¥100 + $10", "最久 0 天 · 加权 ¥5 + $1")
    assert "USD 没有汇率" in shown.screen.board.columns["target"].head.toolTip()
    workspace.run(SetRate("USD", "7.15"))
    assert shown.head("target")[2:] == ("¥100 + $10", "折合 ¥172 · 加权 ¥9 · 最久 0 天")
    told = shown.screen.board.columns["target"].head.toolTip()
    assert "1 USD = 7.15 CNY（2026-11-09" in told
    workspace.run(ChangeSetting("money.currency", "EUR"))  # the rate was one into yuan
    assert shown.head("target")[2] == "¥100 + $10"
    assert "USD 没有汇率" in shown.screen.board.columns["target"].head.toolTip()


def test_a_card_is_read_aloud_whole(show, add_deal, workspace, customer):
    deal = add_deal("全年用料", amount=860_000_00, expected_close="2026-12-01", seller="周明远")
    workspace.run(Aged(deal, 40))
    told = {"kind": "complaint", "customer_id": customer, "text": "料里有虫"}
    add(workspace, "interaction", at=workspace.clock.stamp(), **told)
    shown = show()
    assert spoken(shown, deal) == (
        "海润牧业 · 全年用料，¥860,000，目标客户，停留 40 天，一般 14 天，成交概率 5%，"
        "预计 2026-12-01 成交，1+2+1 已有 1/4，没有下一步，1 件投诉没处理"
    )
    task = {"title": "送样", "due": "2026-11-10", "deal_id": deal, "customer_id": customer}
    add(workspace, "task", **task)
    assert "下一步：送样，明天" in spoken(shown, deal)
    workspace.run(SnoozeDeals((deal,), TODAY + timedelta(days=20), "等预算"))
    assert "暂放到 11月29日：等预算" in spoken(shown, deal, TOOLTIP).splitlines()


def test_the_edge_of_a_card_tells_its_age(show, add_deal, workspace):
    deals = {days: add_deal(f"第{days}天") for days in (1, 14, 21, 28)}
    for days, deal in deals.items():
        workspace.run(Aged(deal, days))
    put_off = add_deal("暂放")
    workspace.run(Aged(put_off, 90))
    workspace.run(SnoozeDeals((put_off,), TODAY + timedelta(days=9), "等预算"))
    shown = show()
    cards = shown.screen.board.cards

    def edge(deal_id):
        return cards.faces.face(cards.card(deal_id), 240, compact=False).edge

    assert [edge(deal) for deal in deals.values()] == ["line", "ink-3", "warn", "bad"]
    assert edge(put_off) == "line"
    shown.screen.looking.set_wanted(replace(shown.screen.looking.view.wanted, stuck=True))
    assert sorted(shown.column("target")) == ["第21天", "第28天"]


def test_a_card_has_four_lines_at_most_and_all_fit(show, add_deal):
    deal = add_deal("很长的名字" * 20, amount=10**14, competitor="宁川")
    shown = show()
    cards = shown.screen.board.cards
    for compact in (False, True):
        face = cards.faces.face(cards.card(deal), 240, compact=compact)
        assert len({text.rect.top() for text in face.texts}) <= 4
        for text in face.texts:
            assert text.rect.left() >= 0
            assert text.rect.right() <= 240


def test_arrows_go_between_cards_and_columns(qtbot, show, add_deal):
    first = add_deal("甲", expected_close="2026-12-01")
    add_deal("乙", expected_close="2026-12-02")
    far = add_deal("丙")
    shown = show()
    shown.context.workspace.run(MoveDeals((far,), "needs", Answers("x")))
    board = shown.screen.board
    board.focus_board()
    assert board.current() == first
    qtbot.keyClick(board.current_list(), Qt.Key.Key_Down)
    assert board.chosen() != [first]
    qtbot.keyClick(board.current_list(), Qt.Key.Key_Right)  # over the empty columns
    assert (board.current(), board.chosen()) == (far, [far])
    qtbot.keyClick(board.current_list(), Qt.Key.Key_Space)
    assert board.chosen() == []
    qtbot.keyClick(board.current_list(), Qt.Key.Key_Left)
    assert board.current_list() is board.columns["target"].list


def test_enter_opens_esc_comes_back_and_delete_throws_away(qtbot, show, add_deal):
    deal = add_deal("甲")
    shown = show()
    board = shown.screen.board
    board.focus_board()
    qtbot.keyClick(board.current_list(), Qt.Key.Key_Return)
    assert shown.screen.deal.isVisible()
    assert shown.screen.deal.deal_id == deal
    assert not shown.screen.strip.isVisible()
    assert shown.screen.go_back()
    assert board.isVisible()
    assert board.current_list().current() == deal
    qtbot.keyClick(board.current_list(), Qt.Key.Key_Delete)
    assert shown.column("target") == []
    shown.undo()
    assert shown.column("target") == ["甲"]


def test_a_change_made_on_another_view_is_on_the_board(qtbot, show, add_deal, workspace):
    deal = add_deal("甲", amount=100_00)
    shown = show()
    shown.screen.show_view("forecast")
    assert shown.screen.forecast.isVisible()
    assert not shown.screen.strip.search.isVisible()
    workspace.run(MoveDeals((deal,), "analyse"))
    shown.screen.show_record("deal", deal)
    shown.screen.deal.move_to("target")
    shown.screen.back()
    assert shown.screen.forecast.isVisible()  # from where the deal was opened
    shown.screen.show_view("board")
    assert shown.screen.strip.search.isVisible()
    assert shown.column("target") == ["甲"]
    shown.assert_totals()


def test_a_click_elsewhere_chooses_there_alone(qtbot, show, add_deal):
    first, second = add_deal("甲"), add_deal("乙")
    shown = show()
    shown.context.workspace.run(MoveDeals((second,), "analyse"))
    for deal, held, chosen in (
        (first, Qt.KeyboardModifier.NoModifier, [first]),
        (second, CTRL, [first, second]),
        (second, Qt.KeyboardModifier.NoModifier, [second]),
    ):
        listed, spot = shown.card(deal)
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, held, spot)
        assert shown.screen.board.chosen() == chosen


def test_the_card_under_the_mouse_may_go(qtbot, show, add_deal):
    first, last = add_deal("甲", expected_close="2026-12-01"), add_deal("乙")
    shown = show()
    listed, spot = shown.card(last)
    qtbot.mouseMove(listed.viewport(), spot)
    assert listed.hovered == 1
    shown.context.workspace.run(TrashRecords("deal", (last,)))
    qtbot.mouseMove(listed.viewport(), shown.card(first)[1])
    assert listed.hovered == 0


def test_folding_keeps_the_column_and_it_still_takes_cards(qtbot, show, add_deal):
    deal, _ = add_deal("甲"), add_deal("乙")
    shown = show()
    board = shown.screen.board
    assert [key for key, one in board.columns.items() if one.folded] == ["won", "lost"]
    board.columns["analyse"].head.fold_wanted.emit()
    assert board.columns["analyse"].folded
    shown.drag([deal], "analyse")
    assert shown.context.store.record(Deal, deal).stage == "analyse"
    assert board.columns["analyse"].folded  # as the user wants it
    assert board.columns["analyse"].folded_face.accessibleName().startswith("客户分析, 1 个商机")
    assert board.current_list().key == "target"
    qtbot.keyClick(board.current_list(), Qt.Key.Key_Minus)
    assert board.columns["target"].folded
    again = show()
    assert again.screen.board.columns["analyse"].folded


def test_a_drop_on_another_board_changes_its_own_field(show, add_deal, workspace, customer):
    deal = add_deal("甲", expected_close="2026-11-20")
    shown = show()
    shown.screen.show_by("horizon")
    assert list(shown.screen.board.columns)[-1] == ""
    shown.drag([deal], "month")
    assert workspace.store.record(Deal, deal).horizon == "month"
    portfolio.renew(workspace)
    shown.screen.show_by("importance")
    assert shown.column("major") == ["甲"]
    shown.drag([deal], "vip")
    [pin] = pins_of(workspace.store, customer)
    assert (pin.code, pin.reason) == ("vip", "自己判断")
    assert shown.column("vip") == ["甲"]
    shown.undo()
    assert shown.column("major") == ["甲"]
    shown.screen.show_by("month")
    shown.drag([deal], "2027-02")
    assert workspace.store.record(Deal, deal).expected_close == "2027-02-20"
    shown.drag([deal], "undated")
    assert workspace.store.record(Deal, deal).expected_close is None
    for column, said in (("overdue", "过去了"), ("later", "不是一个月份")):
        shown.drag([deal], column)
        assert said in shown.told[-1].text
        assert shown.column("undated") == ["甲"]
    assert workspace.store.record(Deal, deal).stage == "target"


def test_lanes_stand_beside_each_other(show, add_deal, workspace):
    other = add(workspace, "customer", name="金穗")
    mine = add_deal("甲", seller="周明远")
    theirs = add_deal("乙", customer_id=other)
    add_deal("丙", customer_id=other)
    workspace.run(MoveDeals((mine,), "analyse"))
    shown = show()
    shown.screen.looking.set_display("lane", "customer")
    rows = {key: one.model.rows for key, one in shown.screen.board.columns.items()}
    assert len({len(column) for column in rows.values()}) == 1
    heads = [at for at, row in enumerate(rows["target"]) if isinstance(row, LaneHead)]
    assert heads == [at for at, row in enumerate(rows["analyse"]) if isinstance(row, LaneHead)]
    assert len(heads) == 2
    shown.drag([theirs], "lost")
    assert shown.screen.acting.panel.isVisible()
    shown.screen.acting.panel.give_up()
    shown.screen.looking.set_display("lane", "seller")
    lanes = [row.lane for row in shown.screen.board.columns["target"].model.rows
             if isinstance(row, LaneHead)]  # fmt: skip
    assert lanes == ["周明远", ""]


def test_a_card_let_go_on_another_lane_changes_that_field(show, add_deal, workspace):
    mine = add_deal("甲", seller="周明远")
    theirs = add_deal("乙", seller="李娜")
    further = add_deal("丙", seller="李娜")
    workspace.run(MoveDeals((further,), "analyse"))
    shown = show()
    screen = shown.screen

    def told(deal_id):
        deal = workspace.store.record(Deal, deal_id)
        return deal.seller, deal.stage

    screen.looking.set_display("lane", "seller")
    shown.drag_onto(mine, theirs)
    assert told(mine) == ("李娜", "target")
    shown.undo()
    assert told(mine) == ("周明远", "target")
    shown.drag_onto(mine, further)  # both at once, and back in one step
    assert told(mine) == ("李娜", "analyse")
    shown.assert_totals()
    shown.undo()
    assert told(mine) == ("周明远", "target")
    workspace.run(MoveDeals((further,), "trust", Answers("x")))
    before = data_hash(workspace)
    shown.drag_onto(mine, further)  # asks why, and nothing changes until it is said
    assert screen.acting.panel.isVisible()
    assert data_hash(workspace) == before
    screen.acting.panel.reason.setText("急着要")
    screen.acting.panel.submit()
    assert told(mine) == ("李娜", "trust")


def test_a_lane_of_another_customer_takes_no_card(show, add_deal, workspace):
    mine = add_deal("甲")
    theirs = add_deal("乙", customer_id=add(workspace, "customer", name="金穗"))
    shown = show()
    shown.screen.looking.set_display("lane", "customer")
    before = data_hash(workspace)
    shown.drag_onto(mine, theirs)
    assert "不能拖到别家" in shown.told[-1].text
    assert data_hash(workspace) == before


def test_search_and_filters_narrow_and_say_so(qtbot, show, add_deal, workspace):
    add_deal("全年用料", seller="周明远")
    add_deal("羊料试销", seller="李慧")
    shown = show()
    qtbot.keyClicks(shown.screen.strip.search, "yangliao")
    shown.screen.strip.search._ask()
    assert shown.column("target") == ["羊料试销"]
    add_deal("羊料备货")
    assert sorted(shown.column("target")) == ["羊料备货", "羊料试销"]
    add_deal("备货", product="教槽料")
    shown.screen.looking.search("jiaocao")
    assert shown.column("target") == ["备货"]
    shown.screen.looking.search("")
    shown.screen.strip.search.clear_now()
    shown.screen.looking.set_wanted(replace(shown.screen.looking.view.wanted, sellers=("周明远",)))
    assert shown.column("target") == ["全年用料"]
    workspace.run(TrashRecords("deal", tuple(shown.screen.board.cards.board.ids("target"))))
    assert shown.screen.place.currentWidget().accessibleName() == "没有符合条件的商机。"
    button = shown.screen.place.currentWidget().findChild(QPushButton)
    button.click()
    assert sorted(shown.column("target")) == ["备货", "羊料备货", "羊料试销"]
    menu = QMenu(shown.screen)
    shown.screen.looking.fill_filters(menu)
    assert {"卡住了", "没有下一步", "负责人"} <= {action.text() for action in menu.actions()}
    menu.deleteLater()


def test_a_new_deal_is_made_without_the_mouse(qtbot, show, customer, workspace):
    shown = show()
    assert "还没有商机" in shown.screen.place.currentWidget().accessibleName()
    shown.screen.new_record()
    form = shown.screen.newcomer
    line = form.editor("customer_id").target()
    assert line.hasFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert form.cells["customer_id"].message() == "先选客户。"
    qtbot.keyClicks(line, "hairun")
    qtbot.keyClick(line, Qt.Key.Key_Return)  # takes the hit
    title = form.editor("title").target()
    qtbot.keyClicks(title, "Year supply")
    qtbot.keyClicks(form.editor("amount").target(), "8.6w")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert shown.column("target") == ["Year supply"]
    found = workspace.store.record(Deal, shown.screen.board.chosen()[0])
    assert (found.customer_id, found.amount, found.currency) == (customer, 86_000_00, "CNY")
    assert not form.isVisible()
    assert shown.screen.board.current_list() is not None
    shown.undo()
    assert workspace.store.record(Deal, found.id) is None


def test_what_was_typed_for_a_new_deal_stays(qtbot, show, customer):
    shown = show()
    shown.screen.new_record()
    title = shown.screen.newcomer.editor("title").target()
    qtbot.keyClicks(title, "Year")
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    assert not shown.screen.newcomer.isVisible()
    shown.screen.new_record()
    assert title.text() == "Year"


def test_heads_are_right_after_any_changes(show, add_deal, workspace, customer):
    """What stands above the columns equals a recount after each of many random changes."""
    pick = random.Random(7)
    deals = [add_deal(f"第{n}单", amount=pick.randrange(0, 10**9)) for n in range(12)]
    shown = show()
    for _ in range(40):
        deal = pick.choice(deals)
        found = workspace.store.record(Deal, deal)
        what = 3 if found is None or found.trashed_at else pick.randrange(6)
        if what == 0:
            workspace.run(EditRecord("deal", deal, {"amount": pick.randrange(0, 10**14)}))
        elif what == 1:
            workspace.run(EditRecord("deal", deal, {"currency": pick.choice(("USD", "CNY"))}))
        elif what == 2:
            workspace.run(TrashRecords("deal", (deal,)))
        elif what == 3:
            workspace.undo()
        else:
            stage = pick.choice(("target", "trust", "value", "won", "lost"))
            orders = {deal: Order(500, TODAY.isoformat())}
            workspace.run(MoveDeals((deal,), stage, Answers("x", "price", "宁川", orders)))
        shown.assert_totals()


@pytest.mark.parametrize("width", [1100, 1280])
def test_every_text_fits(show, workspace, width):
    workspace.run(LoadSample())
    shown = show(width, "pseudo")
    ids = shown.screen.board.cards.board.ids("value")
    for act in (
        lambda: shown.screen.board.choose(ids),
        shown.screen.new_record,
        lambda: shown.screen.acting.wish(ids, "won"),
        lambda: shown.screen.acting.wish(ids[:1], "lost"),
    ):
        act()
        QApplication.processEvents()
        found = clipped(shown.screen)
        assert not found, found
    assert shown.screen.acting.bulk.minimumSizeHint().width() <= 880  # of the least window


def test_what_the_board_shows_is_exported(qtbot, show, add_deal, tmp_path, monkeypatch):
    add_deal("育肥料", amount=500_00)
    add_deal("蛋鸡料", amount=300_00)
    shown = show()
    asked = []

    def chosen(name, kind=""):
        def answer(_parent, _title, proposed, kinds):
            asked.append((proposed, kinds))
            return (str(tmp_path / name) if name else "", kind)

        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)

    shown.screen.looking.search("蛋鸡")
    chosen("商机", "CSV (*.csv)")
    menu = shown.screen.strip.display.menu()
    next(one for one in menu.actions() if one.text() == "导出这些商机…").trigger()
    assert asked[0][0].endswith("商机-2026-11-09.xlsx")
    lines = (tmp_path / "商机.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["商机名称", "蛋鸡料"]
    assert shown.told[-1].text == "1 个商机已写进“商机.csv”"
    shown.screen.looking.search("")
    chosen("商机.XLSX")
    (command,) = shown.screen.commands_here()
    command.act()
    assert asked[-1][0] == str(tmp_path / "商机-2026-11-09.xlsx")
    assert (tmp_path / "商机.XLSX").read_bytes().startswith(b"PK")
    chosen("没有/商机.csv")
    shown.screen.export()
    assert "商机.csv" in shown.told[-1].text
    assert shown.told[-1].kind == "error"
    told = len(shown.told)
    chosen("")
    shown.screen.export()
    assert len(shown.told) == told


def test_another_pipeline_has_its_own_columns(show, add_deal, workspace, customer):
    add_deal("甲")
    workspace.run(AddDeal({"title": "乙", "customer_id": customer}, "store"))
    shown = show()
    assert "store_welcome" not in shown.screen.board.columns
    shown.screen.looking.set_pipeline("store")
    assert shown.column("store_welcome") == ["乙"]
    again = show()
    assert again.screen.looking.view.wanted.pipeline_id == "store"
    again.screen.show_view("forecast")
    switch = again.screen.forecast.pipeline
    assert switch.key == "store"
    switch.choose("funnel")  # board and forecast look at the same one
    assert "target" in again.screen.board.columns


def test_cards_are_put_off_and_taken_up_again(qtbot, show, add_deal, workspace):
    deals = [add_deal("甲"), add_deal("乙")]
    shown = show()
    shown.screen.board.choose(deals)

    def pick(text):
        shown.screen.acting.menu(QPoint(0, 0))
        menu = QApplication.activePopupWidget()
        next(action for action in menu.actions() if action.text() == text).trigger()
        menu.close()

    pick("暂放")
    panel = shown.screen.acting.snooze
    assert panel.day.hasFocus()
    qtbot.keyClicks(panel.day, "+10")
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    assert panel._wrong.text() == "写一句为什么暂放，到时候一看就明白。"
    panel.reason.setText("等预算")
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    assert not panel.isVisible()
    record = workspace.store.record(Deal, deals[1])
    assert (record.snoozed_until, record.snooze_reason) == ("2026-11-19", "等预算")
    assert "2 个商机暂放到" in shown.told[-1].text
    pick("不再暂放")
    assert workspace.store.record(Deal, deals[1]).snoozed_until is None


def test_money_that_is_overdue_flags_the_card_until_it_is_paid(show, add_deal, workspace, customer):
    deal = add_deal("年单")
    own = {"customer_id": customer, "currency": "CNY", "amount": 500_000}
    debt = add(workspace, "receivable", **own, deal_id=deal, due_on="2026-11-01")
    shown = show()
    assert "¥5,000" in spoken(shown, deal, TOOLTIP)
    workspace.run(ReceivePayment(own, (debt,)))
    assert "¥5,000" not in spoken(shown, deal, TOOLTIP)
    workspace.undo()
    assert "¥5,000" in spoken(shown, deal, TOOLTIP)
