"""What a won deal is asked for: the amount of each order, and the day of all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import fields
from fieldsales.screens.contract import Context
from fieldsales.services.moving import MoveCheck, Order
from fieldsales.store.queries.currencies import base_currency
from fieldsales.widgets.card import empty
from fieldsales.widgets.day_editor import DayEditor
from fieldsales.widgets.editors import MoneyEditor
from fieldsales.widgets.form import FieldCell
from fieldsales.widgets.pieces import column, label, row

_ALL_SHOWN = 6  # orders that are asked for one by one; of more, only those without an amount
_MOST_ASKED = 40
_SEEN = 3  # of those at once; the rest are scrolled to


class OrderPart(QWidget):
    """Amounts and day. `done`: Enter in one of them."""

    done = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.amounts: dict[str, MoneyEditor] = {}
        look, words = context.look, context.words
        self.day = DayEditor(look, fields(Deal)["ordered_on"], calm=False)
        cell = FieldCell(look, self.day, words("field.deal.ordered_on"))
        cell.setMaximumWidth(look.theme.px(280))
        self._lines = column(look, gap=8)
        listed = QWidget()
        listed.setLayout(self._lines)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(listed)
        beside = row(look, self._scroll, cell, gap=12)
        beside.setStretch(0, 1)
        beside.setStretch(1, 1)
        beside.setAlignment(cell, Qt.AlignmentFlag.AlignTop)
        self.setLayout(beside)

    def ask(self, check: MoveCheck) -> None:
        """Lines for the deals of a move, filled with what is on record."""
        empty(self._lines)
        self.amounts = {}
        look, words = self._context.look, self._context.words
        self.day.set_value(self._first_day(check))
        asked = list(check.moving)
        if len(asked) > _ALL_SHOWN:
            known = [one for one in asked if one.proposed and one.proposed.amount]
            asked = [one for one in asked if not (one.proposed and one.proposed.amount)]
            if known:
                text = words("funnel.orders_known", n=len(known))
                self._lines.addWidget(label(look, text, tone="muted", wrap=True))
        base = base_currency(self._context.store)
        for one in asked[:_MOST_ASKED]:
            currency = one.deal.currency or base
            spec = fields(Deal)["order_amount"]
            editor = MoneyEditor(look, spec, currency=currency, calm=False)
            editor.set_value(one.proposed.amount if one.proposed else None)
            editor.line.returnPressed.connect(self.done)
            name = words("field.deal.order_amount")
            if len(check.moving) > 1:
                name = f"{name} · {one.deal.title}"
            self.amounts[one.deal.id] = editor
            self._lines.addWidget(FieldCell(look, editor, name))
        if len(asked) > _MOST_ASKED:
            text = words("funnel.orders_too_many", n=len(asked))
            self._lines.addWidget(label(look, text, tone="bad", wrap=True))
        self._lines.addStretch(1)
        lines = min(len(asked), _SEEN) + (len(asked) < len(check.moving))
        self._scroll.setFixedHeight(look.theme.px(60) * max(1, lines))

    def _first_day(self, check: MoveCheck) -> str:
        days = {one.proposed.day for one in check.moving if one.proposed and one.proposed.day}
        return days.pop() if len(days) == 1 else self._context.look.clock.today().isoformat()

    def orders(self, check: MoveCheck) -> dict[str, Order]:
        """The orders as typed; raises FieldError where a text has no meaning."""
        day = str(self.day.value() or "")
        found: dict[str, Order] = {}
        for one in check.moving:
            amount = one.proposed.amount if one.proposed else None
            editor = self.amounts.get(one.deal.id)
            if editor is not None:
                typed = editor.value()
                amount = int(str(typed)) if typed is not None else None
            # an amount that was taken out is none, not the one on record
            found[one.deal.id] = Order(amount or 0, day)
        return found

    def first(self) -> QWidget:
        """Where the cursor begins."""
        editor = next(iter(self.amounts.values()), self.day)
        return editor.target()

    def first_open(self) -> QWidget:
        """Where something is still to be typed."""
        for editor in self.amounts.values():
            if not editor.typed().strip():
                return editor.target()
        return self.first() if self.day.typed().strip() else self.day.target()
