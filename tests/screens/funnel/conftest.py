"""The funnel's tab on a real file, and hands to drag with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.deal import Deal
from fieldsales.screens import funnel
from fieldsales.screens.funnel.card_list import CardList
from fieldsales.screens.funnel.page import FunnelScreen
from fieldsales.services.board import totals
from fieldsales.services.operations.deals import AddDeal
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.deals import entries
from tests.screens.conftest import OpenContext
from tests.screens.on_screen import OnScreen
from tests.workspaces import add


class Shown(OnScreen[FunnelScreen]):
    """A screen and what it asked of the window."""

    def column(self, key: str) -> list[str]:
        """Titles of the cards of a column, from above."""
        column = self.screen.board.columns[key]
        found = [self.context.store.record(Deal, row) for row in column.model.rows if row]
        return [deal.title for deal in found if deal]

    def head(self, key: str) -> tuple[str, str, str, str]:
        """Name, number, sums, weighted sums of a column."""
        return self.screen.board.columns[key].head.texts()

    def card(self, deal_id: str) -> tuple[CardList, QPoint]:
        """The list a card stands in, and a point on the card."""
        for column in self.screen.board.columns.values():
            at = column.model.position(deal_id)
            if at >= 0:
                listed = column.list
                listed.scrollTo(column.model.index(at, 0))
                return listed, listed.visualRect(column.model.index(at, 0)).center()
        raise AssertionError(deal_id)

    def drag(self, deal_ids: Sequence[str], key: str, *, let_go: bool = True) -> None:
        """Carries cards over a column, and lets them go there."""
        column = self.screen.board.columns[key]
        folded = column.folded_face
        target = folded if column.folded else column.list.viewport()
        data = self.screen.board.cards.mime(list(deal_ids))
        over(target, data, let_go=let_go)

    def drag_onto(self, deal_id: str, beside: str) -> None:
        """Lets a card go on another one: in its column and its lane."""
        viewport, spot = self.card(beside)
        data = self.screen.board.cards.mime([deal_id])
        over(viewport.viewport(), data, let_go=True, spot=spot)

    def leave(self, key: str) -> None:
        """The carried cards leave a column."""
        viewport = self.screen.board.columns[key].list.viewport()
        QApplication.sendEvent(viewport, QDragLeaveEvent())

    def undo(self) -> None:
        """Press the Undo of the last message."""
        act = self.told[-1].act
        assert act is not None
        act()

    def assert_totals(self) -> None:
        """What the heads say is what a count of the file says."""
        board = self.screen.board.cards.board
        found = entries(self.context.store, board.view.wanted, board.usual)
        for key in self.screen.board.columns:
            there = [one for one in found if one.stage == key]
            assert board.totals(key) == totals(there)
            assert self.head(key)[1] == f"{len(there):,}"


def over(target: QWidget, data: QMimeData, *, let_go: bool, spot: QPoint | None = None) -> None:
    spot = spot or target.rect().center()
    move, left, none = (
        Qt.DropAction.MoveAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(target, QDragEnterEvent(spot, move, data, left, none))
    QApplication.sendEvent(target, QDragMoveEvent(spot, move, data, left, none))
    if let_go:
        QApplication.sendEvent(target, QDropEvent(spot.toPointF(), move, data, left, none))


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润牧业", importance="major")


AddADeal = Callable[..., str]


@pytest.fixture
def add_deal(workspace: Workspace, customer: str) -> AddADeal:
    """Adds a deal at the first stage and gives its id: `add_deal("全年用料", amount=100)`."""

    def added(title: str, **values: object) -> str:
        row: Mapping[str, object] = {
            "title": title,
            "customer_id": customer,
            "currency": "CNY",
            **values,
        }
        operation = AddDeal(row)
        workspace.run(operation)
        return operation.row_id

    return added


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot, open_context: OpenContext) -> Show:
    """Opens the tab on the file as it is then; `width` of its window, `lang` of its words."""

    def shown(width: int = 1280, lang: str = "zh_CN") -> Shown:
        context = open_context(lang)
        screen = funnel.build(context)
        assert isinstance(screen, FunnelScreen)
        made = Shown(screen, context)
        made.put_up(qtbot, width, 800)
        return made

    return shown
