"""Worth and classes on the card, held, estimated and rated by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.reports.portfolio import classed
from fieldsales.screens.customers.card.view import CardView
from fieldsales.screens.customers.card.worth_forms import (
    EstimateForm,
    PinForm,
    RatingForm,
    SaleForm,
)
from fieldsales.services import portfolio
from fieldsales.services.operations.portfolio import PinClass
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.portfolio import estimates_of, pins_of
from fieldsales.widgets.card import Fact
from fieldsales.widgets.chips import Chip
from tests.screens.customers.conftest import Shown, type_text
from tests.workspaces import Add

Show = Callable[..., Shown]


@pytest.fixture
def card(show: Show, add: Add, workspace: Workspace, qtbot: QtBot) -> CardView:
    """海润牧业 whose business shrinks, beside a smaller one."""
    customer = add("customer", name="海润牧业", employees=120)
    other = add("customer", name="绿源合作社")
    for day, amount in (("2026-10-31", 420_000_00), ("2025-10-31", 510_000_00)):
        add("sale", customer_id=customer, dated=day, amount=amount)
    add("sale", customer_id=other, dated="2026-10-31", amount=1_000_00)
    portfolio.renew(workspace)
    made = show()
    made.screen.show_record("customer", customer)
    qtbot.waitUntil(lambda: made.screen.card.details is not None)
    return made.screen.card


def header(card: CardView) -> dict[str, str]:
    """What the chips of classes say, and why."""
    return {
        chip.face.text: chip.face.tooltip
        for chip in card.header.tags.findChildren(Chip)
        if chip.isVisible() and chip.face.tooltip
    }


def facts(card: CardView) -> str:
    return " | ".join(one.accessibleName() for one in card.worth.facts.findChildren(Fact))


@pytest.mark.parametrize("large", [0, 2_000])
def test_the_card_looks_back_to_a_day_and_nothing_is_held_there(
    card: CardView, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, large: int
) -> None:
    """Beside the window, where there are more customers than `large`."""
    monkeypatch.setattr(classed, "_LARGE", large)
    worth = card.worth
    worth.as_of.open.click()
    type_text(worth.as_of.editor.target(), "2025-12-01")
    QTest.keyClick(worth.as_of.editor.target(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: worth.lines["course"].face.subtitle.startswith("第一次买是"))
    assert "¥51 万" in facts(card)
    assert "减少" in header(card)  # which says how things are
    QTest.keyClick(worth.lines["course"], Qt.Key.Key_Return)
    assert worth.panel is None
    worth.as_of.back.click()
    assert worth.lines["course"].face.subtitle.startswith("减少")


def test_what_was_typed_once_counts_as_held_and_one_press_lets_it_go(
    card: CardView, workspace: Workspace
) -> None:
    """Files of before have the importance in the customer's own form."""
    workspace.run(EditRecord("customer", card.customer_id, {"importance": "small"}))
    line = card.worth.lines["importance"]
    assert [(chip.text, chip.icon) for chip in line.face.chips] == [
        ("小客户", "pin"),
        ("按规则：VIP 客户", ""),
    ]
    assert line.face.subtitle.startswith("手工指定 · 按规则是“VIP 客户”")
    assert line.link is not None
    line.link.click()
    assert [(chip.text, chip.icon) for chip in line.face.chips] == [("VIP 客户", "")]
    assert line.face.link == ""
    workspace.undo()
    workspace.run(PinClass(card.customer_id, "importance", "major", "样板场"))
    assert line.face.subtitle.startswith("手工指定：样板场")
    line.link.click()
    standing = portfolio.of(workspace.store, card.customer_id)
    assert standing is not None
    assert (standing.worth.importance, dict(standing.held)) == ("vip", {})


def test_the_header_says_what_and_why(card: CardView) -> None:
    told = header(card)
    assert told["减少"] == "减少 17.6 %：近 12 个月 ¥42 万，前 12 个月 ¥51 万"
    assert told["VIP 客户"].endswith("2 家客户里排第 1")
    assert "¥42 万" in facts(card)
    assert "估计采购潜力" in facts(card)
    line = card.worth.lines["course"]
    assert line.face.subtitle == told["减少"]


def test_a_class_is_held_by_hand_and_let_go_again(card: CardView, workspace: Workspace) -> None:
    QTest.keyClick(card.worth.lines["course"], Qt.Key.Key_Return)
    form = card.worth.panel
    assert isinstance(form, PinForm)
    form.editor("code").set_value("stable")
    form.submit()
    assert form.cells["reason"].message()  # a pin needs a reason
    form.editor("reason").set_value("两个场在轮换")
    form.editor("until").set_value("2027-01-31")
    form.submit()
    assert card.worth.panel is None
    told = header(card)
    assert told["稳定"].splitlines() == [
        "手工指定到 2027-01-31：两个场在轮换",
        "按规则是“减少”：减少 17.6 %：近 12 个月 ¥42 万，前 12 个月 ¥51 万",
    ]
    card.worth.open_class("course")
    assert card.worth.panel is not None
    unpin = [one for one in card.worth.panel.findChildren(QPushButton) if one.text() == "取消指定"]
    unpin[0].click()
    assert "减少" in header(card)
    assert pins_of(workspace.store, card.customer_id) == []


def test_an_estimate_gives_share_and_stance(card: CardView, workspace: Workspace) -> None:
    [fact] = [one for one in card.worth.facts.findChildren(Fact) if one.objectName() == "potential"]
    QTest.keyClick(fact, Qt.Key.Key_Return)
    form = card.worth.panel
    assert isinstance(form, EstimateForm)
    form.submit()
    assert form.cells["amount"].message() or form.wrong.isVisible()
    form.editor("amount").set_value(400_000_00)
    form.editor("source").set_value("存栏 × 料量")
    form.submit()
    [known] = estimates_of(workspace.store, card.customer_id)
    assert (known.amount, known.currency, known.dated) == (400_000_00, "CNY", "2026-11-09")
    assert "我们占 105 %" in facts(card)
    assert "潜力估低了" in card.worth.said.text()
    assert "保留" in header(card)
    workspace.undo()
    assert "保留" not in header(card)


def test_ratings_count_as_they_are_pressed(card: CardView, workspace: Workspace) -> None:
    card.worth.rate()
    form = card.worth.panel
    assert isinstance(form, RatingForm)
    scale = form.scales["cooperation"]
    scale.set_value(5)
    scale.finished.emit()
    standing = portfolio.of(workspace.store, card.customer_id)
    assert standing is not None
    assert standing.score.missing == (
        *("potential", "strategic", "sales"),
        *("growth", "satisfaction"),
    )
    assert f"{standing.score.points}" in facts(card)
    workspace.undo()
    assert scale.value() is None
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert card.worth.panel is None


def test_records_propose_ratings_to_be_taken_or_overruled(
    card: CardView, workspace: Workspace, add: Add
) -> None:
    add("satisfaction", customer_id=card.customer_id, scored_on="2026-11-01", goods=4, service=3)
    card.worth.rate()
    form = card.worth.panel
    assert isinstance(form, RatingForm)
    offered = {kind: one.text() for kind, one in form.proposals.items() if one.isVisible()}
    assert offered == {
        "sales": "按记录 4 分",  # the larger of two
        "size": "按记录 3 分",
        "growth": "按记录 3 分",  # nobody to compare with
        "satisfaction": "按记录 4 分",
    }
    form.proposals["sales"].click()
    assert form.scales["sales"].value() == 4
    assert not form.proposals["sales"].isVisible()
    form.scales["growth"].set_value(1)  # the user knows better
    form.scales["growth"].finished.emit()
    assert form.proposals["growth"].isVisible()
    form.take_all.click()
    told = {kind: scale.value() for kind, scale in form.scales.items() if scale.value()}
    assert told == {"sales": 4, "growth": 1, "size": 3, "satisfaction": 4}
    assert not form.take_all.isVisible()
    workspace.undo()
    assert form.scales["size"].value() is None


def test_sales_are_told_and_dropped_by_hand(card: CardView, workspace: Workspace) -> None:
    [fact] = [one for one in card.worth.facts.findChildren(Fact) if one.objectName() == "sales"]
    QTest.keyClick(fact, Qt.Key.Key_Return)
    form = card.worth.panel
    assert isinstance(form, SaleForm)
    assert [line.face.title for line in form.lines] == ["2026-10-31", "2025-10-31"]
    form.editor("amount").set_value(-20_000_00)
    form.editor("product_name").set_value("退回的料")
    form.submit()
    assert "¥40 万" in facts(card)
    card.worth.sell()
    form = card.worth.panel
    assert isinstance(form, SaleForm)
    assert form.lines[0].face.title == "2026-11-09 · 退回的料"
    assert form.lines[0].more is not None
    form.lines[0].more.click()
    assert len(form.lines) == 2
    assert "¥42 万" in facts(card)
    workspace.undo()
    assert len(form.lines) == 3


def test_a_supplier_has_no_classes(card: CardView, workspace: Workspace, add: Add) -> None:
    supplier = add("customer", name="河套粮贸", kind="supplier")
    card.open(supplier)
    assert not card.worth.isVisible()
    assert "减少" not in header(card)
