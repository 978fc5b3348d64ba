"""The deals behind a part of a picture, as a list; a line opens its deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldsales.domain.deal import is_open, worth
from fieldsales.screens.contract import Context
from fieldsales.services.stages import stage_name
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.deal_cards import DealCard, cards
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.widgets.card import empty
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import ElidedLabel, button, column, row, tool_button

_AT_FIRST = 8  # lines before 'show all'
_MOST = 200


class Behind(QWidget):
    """Says what was pressed and lists its deals, the largest first; Esc closes it."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self.context = context
        self._ids: tuple[str, ...] = ()
        self._notes: Mapping[str, str] = {}
        self._whole = False
        self.lines: list[Line] = []
        self.title = ElidedLabel(look, bold=True)
        close = tool_button(look, "close", words("common.close"), self.close_list)
        head = row(look, self.title, close)
        head.setStretch(0, 1)
        self._list: QVBoxLayout = column(look, gap=0)
        self._more = button(look, "", self._show_whole, role="link")
        layout = column(look, head, self._list, self._more, gap=4)
        layout.setAlignment(self._more, Qt.AlignmentFlag.AlignLeft)
        side = look.theme.px(12)
        layout.setContentsMargins(side, look.theme.px(4), look.theme.px(4), look.theme.px(8))
        self.setLayout(layout)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def show_deals(
        self, title: str, deal_ids: Sequence[str], notes: Mapping[str, str] | None = None
    ) -> None:
        """`notes` stand in place of the stage: what of a deal is told here."""
        self._ids, self._notes = tuple(deal_ids), notes or {}
        self._whole = False
        words = self.context.words
        told = words("forecast.deals_of", what=title, n=len(self._ids))
        self.title.set_text(told)
        self.setAccessibleName(told)
        self._fill()
        self.show()

    def close_list(self) -> None:
        self.hide()
        self.closed.emit()

    def _show_whole(self) -> None:
        self._whole = True
        self._fill()

    def _fill(self) -> None:
        empty(self._list)
        self.lines = []
        store, look = self.context.store, self.context.look
        known = pipelines(store)
        # the largest first; without its amount a deal cannot be placed before it is read
        found = [card for card in cards(store, known, {}, self._ids[:_MOST]) if card is not None]
        found.sort(key=lambda card: -(worth(card.deal) or 0))
        for card in found if self._whole else found[:_AT_FIRST]:
            line = Line(look)
            stage = known.stage(card.deal.stage)
            told = self._notes.get(card.deal.id) or (
                stage_name(self.context.words, stage) if stage else ""
            )
            line.show_face(self._face(card, told))
            line.clicked.connect(self._open)
            self._list.addWidget(line)
            self.lines.append(line)
        self._more.setVisible(len(self.lines) < len(found))
        self._more.setText(self.context.words("card.show_all", n=len(self._ids)))

    def _face(self, card: DealCard, told: str) -> LineFace:
        words, deal = self.context.words, card.deal
        currency = deal.currency or base_currency(self.context.store)
        amount = worth(deal)
        money = words.money(amount, currency, cents=False) if amount is not None else ""
        parts = [card.customer, told]
        if is_open(deal.stage):
            parts.append(words("forecast.percent", n=card.probability))
            if deal.expected_close:
                today = self.context.look.clock.today()
                parts.append(words.days_from(date.fromisoformat(deal.expected_close), today))
        return LineFace(
            key=deal.id,
            title=deal.title,
            subtitle=" · ".join(filter(None, parts)),
            aside=money,
            aside_role="ink",
        )

    def _open(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        self.context.open("deal", line.face.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_list()
        else:
            super().keyPressEvent(event)
