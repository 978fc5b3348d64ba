"""The forecast, worked by keys and clicks."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.domain.forecast import OVERDUE
from fieldsales.reports.make import make
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.forecast import ForecastView
from fieldsales.screens.funnel.forecast_parts.behind import Behind
from fieldsales.services.moving import Answers, Order
from fieldsales.services.operations.deals import MoveDeals
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.funnel import plan
from fieldsales.widgets.picture_block import KeyPicture
from fieldsales.words import LANGUAGES, PSEUDO, Words
from tests.screens.conftest import OpenContext
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import add

Key = Qt.Key


class Shown:
    """The forecast of a file, and what it asked of the window."""

    def __init__(self, context: Context, qtbot: QtBot) -> None:
        self.context, self.qtbot = context, qtbot
        self.opened: list[tuple[str, str]] = []
        self.context.opened.connect(lambda kind, row_id: self.opened.append((kind, row_id)))
        self.view = ForecastView(self.context)
        self.view.pipeline_chosen.connect(self.view.show_pipeline)  # as the tab around it does
        self.context.changed.connect(self._refresh)
        qtbot.addWidget(self.view)
        self.view.resize(1180, 900)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.view.refresh()

    def _refresh(self) -> None:
        self.view.refresh()

    def type_target(self, month: str, text: str) -> None:
        line = self.view.months.targets[month]
        line.setFocus()
        line.selectAll()
        self.qtbot.keyClicks(line, text)
        self.qtbot.keyClick(line, Key.Key_Return)

    def cell(self, period: str, name: str) -> str:
        return self.view.months._cells[period, name].text()

    def press(self, picture: KeyPicture, key: str) -> None:
        """Click on a part of a picture."""
        self.qtbot.waitUntil(lambda: picture.height() >= picture.sizeHint().height())
        spots = (
            QPoint(x, y)
            for y in range(0, picture.height(), 4)
            for x in range(0, picture.width(), 4)
            if picture.key_at(x, y) == key
        )
        self.qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=next(spots))

    def told(self, behind: Behind) -> list[str]:
        """Titles of the deals that are listed."""
        assert behind.isVisible()
        return [line.face.title for line in behind.lines]


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润牧业", source="web")


@pytest.fixture
def deals(workspace: Workspace, customer: str) -> dict[str, str]:
    """Title -> id: two in yuan and one in dollars for December, one overdue, one without a day."""

    def deal(title: str, stage: str, amount: int, day: str | None, currency: str = "CNY") -> str:
        return add(
            workspace,
            "deal",
            title=title,
            customer_id=customer,
            stage=stage,
            amount=amount * 100,
            currency=currency,
            expected_close=day,
        )

    return {
        "甲": deal("甲", "commitment", 100_000, "2026-12-05"),
        "乙": deal("乙", "needs", 50_000, "2026-12-20"),
        "美": deal("美", "value", 9_000, "2026-12-15", "USD"),
        "过": deal("过", "value", 30_000, "2026-10-15"),
        "未": deal("未", "target", 10_000, None),
    }


@pytest.fixture
def shown(open_context: OpenContext, qtbot: QtBot, deals: dict[str, str]) -> Shown:
    return Shown(open_context(), qtbot)


def test_months_add_up_by_currency(shown: Shown) -> None:
    assert shown.cell("2026-12", "deals") == "2"
    assert shown.cell("2026-12", "weighted") == "¥100,000"  # 80 % and 40 %
    assert shown.cell("2026-12", "commit") == "¥100,000"
    assert shown.cell(OVERDUE, "weighted") == "¥18,000"
    assert shown.view.months.currency is not None
    shown.view.months.currency.setFocus()
    shown.qtbot.keyClick(shown.view.months.currency, Key.Key_Right)
    assert shown.cell("2026-12", "deals") == "1"
    assert shown.cell("2026-12", "weighted") == "$5,400"


def test_a_target_is_typed_in_place(shown: Shown, workspace: Workspace) -> None:
    line = shown.view.months.targets["2026-12"]
    shown.type_target("2026-12", "100000")
    assert plan(workspace.store, "funnel").targets == {"2026-12": {"CNY": 10_000_000}}
    assert shown.cell("2026-12", "cover") == "1.5 倍"
    line.setFocus()
    shown.qtbot.keyClicks(line, "7")
    shown.qtbot.keyClick(line, Key.Key_Escape)
    assert line.text() == "100,000"
    line.clear()
    shown.qtbot.keyClick(line, Key.Key_Return)
    assert plan(workspace.store, "funnel").targets == {}


def test_a_target_that_is_no_amount_is_refused(shown: Shown, workspace: Workspace) -> None:
    shown.type_target("2026-12", "a lot")
    line = shown.view.months.targets["2026-12"]
    assert line.property("wrong") is True
    assert line.text() == "a lot"
    assert plan(workspace.store, "funnel").targets == {}


def test_quarters_sum_the_months_and_their_targets(shown: Shown) -> None:
    shown.type_target("2026-11", "10000")
    shown.type_target("2026-12", "120000")
    shown.view.months.by.setFocus()
    shown.qtbot.keyClick(shown.view.months.by, Key.Key_Right)
    assert shown.cell("2026-Q4", "target") == "¥130,000"
    assert shown.cell("2026-Q4", "deals") == "2"
    assert "2026 年第 4 季度" in shown.view.months.block.finding.text()
    assert not shown.view.months.targets


def test_currencies_come_together_only_at_a_rate(shown: Shown, workspace: Workspace) -> None:
    months = shown.view.months
    assert "USD" in months._whole.text()  # left out
    rate = months.rates["USD"]
    rate.setFocus()
    shown.qtbot.keyClicks(rate, "-3")
    shown.qtbot.keyClick(rate, Key.Key_Return)
    assert rate.property("wrong") is True
    rate.selectAll()
    shown.qtbot.keyClicks(rate, "7")
    shown.qtbot.keyClick(rate, Key.Key_Return)
    assert plan(workspace.store, "funnel").rates == {"USD": "7"}
    assert "¥253,000" in months._whole.text()  # 190 000 and 9 000 × 7
    assert months._typed_on["USD"].text().endswith("填写")


def test_a_column_leads_to_its_deals_and_they_to_their_pages(
    shown: Shown, deals: dict[str, str]
) -> None:
    months = shown.view.months
    shown.press(months.block.picture, "2026-12")
    assert shown.told(months.behind) == ["甲", "乙"]
    shown.qtbot.mouseClick(months.behind.lines[1], Qt.MouseButton.LeftButton)
    assert shown.opened == [("deal", deals["乙"])]
    shown.qtbot.keyClick(months.behind.lines[1], Key.Key_Escape)
    assert not months.behind.isVisible()
    overdue = months.findChild(QPushButton, OVERDUE)
    assert isinstance(overdue, QPushButton)
    shown.qtbot.mouseClick(overdue, Qt.MouseButton.LeftButton)
    assert shown.told(months.behind) == ["过"]


def test_a_stage_of_the_funnel_leads_to_its_deals(shown: Shown) -> None:
    funnel = shown.view.funnel
    funnel.block.picture.setFocus()
    for _ in range(4):
        shown.qtbot.keyClick(funnel.block.picture, Key.Key_Down)
    assert funnel.block.picture.current == "value"
    shown.qtbot.keyClick(funnel.block.picture, Key.Key_Return)
    assert shown.told(funnel.behind) == ["过", "美"]


def test_won_and_lost_are_told_by_reason_rival_and_source(
    shown: Shown, workspace: Workspace, deals: dict[str, str]
) -> None:
    workspace.run(MoveDeals((deals["乙"],), "lost", Answers("", "price", "双禾")))
    workspace.run(MoveDeals((deals["未"],), "lost", Answers("", "price", "none")))
    won = {deals["甲"]: Order(9_000_000, "2026-11-08")}
    workspace.run(MoveDeals((deals["甲"],), "won", Answers("说好了", orders=won)))
    outcomes = shown.view.outcomes
    assert "价格" in outcomes.block.finding.text()
    shown.press(outcomes.block.picture, "of:price")
    assert shown.told(outcomes.behind) == ["乙", "未"]
    outcomes.by.setFocus()
    shown.qtbot.keyClick(outcomes.by, Key.Key_Right)
    assert set(outcomes.block.picture.keys) == {"of:双禾", "of:none"}
    shown.qtbot.keyClick(outcomes.by, Key.Key_Right)
    assert "33%" in outcomes.block.finding.text()
    assert outcomes.block.picture.keys == ("of:web",)


def test_what_changed_since_a_day(
    shown: Shown, workspace: Workspace, deals: dict[str, str]
) -> None:
    changes = shown.view.changes
    assert "5 个" in changes.finding.text()  # all were made today
    workspace.run(EditRecord("deal", deals["甲"], {"amount": 11_000_000}))
    workspace.run(MoveDeals((deals["乙"],), "trust"))
    changes.day.setFocus()
    changes.day.selectAll()
    shown.qtbot.keyClicks(changes.day, "2026-11-01")
    shown.qtbot.keyClick(changes.day, Key.Key_Return)
    assert shown.view._since == date(2026, 11, 1)
    changes.show_kind("new")
    assert len(shown.told(changes.behind)) == 5
    changes.span.setFocus()
    shown.qtbot.keyClick(changes.span, Key.Key_1)
    assert shown.view._since == date(2026, 11, 2)
    # a day to come says nothing: the one before is put back
    changes.day.setFocus()
    changes.day.selectAll()
    shown.qtbot.keyClicks(changes.day, "2027-01-01")
    shown.qtbot.keyClick(changes.day, Key.Key_Return)
    assert shown.view._since == date(2026, 11, 2)
    assert "2026-11-02" in changes.day.text()


def test_the_paper_is_of_this_pipeline_since_this_day(shown: Shown, workspace: Workspace) -> None:
    changes = shown.view.changes
    changes.span.setFocus()
    shown.qtbot.keyClick(changes.span, Key.Key_1)
    shown.qtbot.mouseClick(shown.view.paper, Qt.MouseButton.LeftButton)
    [(kind, what)] = shown.opened
    assert (kind, what) == ("paper", "funnel:funnel@2026-11-02")
    code, _, about = what.partition(":")
    assert make(workspace.store, code, about, Words("zh_CN"), "internal").pdf.startswith(b"%PDF")


def test_another_pipeline_is_looked_at_alone(
    shown: Shown, workspace: Workspace, customer: str
) -> None:
    add(
        workspace,
        "deal",
        title="店里的",
        customer_id=customer,
        pipeline_id="store",
        stage="store_needs",
        amount=50_000,
        currency="CNY",
        expected_close="2026-11-30",
    )
    assert shown.cell("2026-11", "deals") == ""
    assert shown.view.pipeline is not None
    shown.view.pipeline.setFocus()
    shown.qtbot.keyClick(shown.view.pipeline, Key.Key_Right)
    assert shown.cell("2026-11", "deals") == "1"
    assert shown.view.months.currency is None


def test_without_deals_it_says_what_it_is_for(open_context: OpenContext, qtbot: QtBot) -> None:
    assert not Shown(open_context(), qtbot).view.card.isVisible()


@pytest.mark.parametrize("lang", [PSEUDO, *LANGUAGES])
def test_nothing_is_clipped(
    workspace: Workspace, open_context: OpenContext, qtbot: QtBot, lang: str
) -> None:
    workspace.run(LoadSample())
    made = Shown(open_context(lang), qtbot)
    made.view.changes.show_kind("forward")
    made.view.months.show_period("2026-12")
    wait_until_all_fits(qtbot, made.view.card)
