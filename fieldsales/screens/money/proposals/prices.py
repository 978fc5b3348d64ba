"""Where a draft's prices are not those of today's list, and what another currency does to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.screens.money.proposals.cells import grouped
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.services.operations.proposal_prices import ChangeProposalCurrency, TakeListPrices
from fieldsales.store.queries.proposals import list_prices
from fieldsales.widgets.pieces import button, column, label, row

_NAMED = 4  # lines


class PriceNotes(QWidget):
    """Names the lines that the list has another price for; one press takes those."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self.desk = desk
        self.told = label(look, size="caption", tone="muted", wrap=True)
        self.take = button(look, words("proposals.take_list"), self._take, role="link")
        layout = row(look, self.told, self.take, gap=8)
        layout.setStretch(0, 1)
        layout.setAlignment(self.take, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    def show_notes(self) -> None:
        """Those of the desk's proposal; hidden where there are none."""
        words, off = self.desk.words, self.desk.off_list
        self.setVisible(bool(off))
        sign = words.currency_sign(self.desk.currency)
        named = [
            words(
                "proposals.off_list_one",
                name=line.product_name,
                ours=f"{sign}{grouped(line.price, self.desk.digits)}" if line.price else "–",
                listed=f"{sign}{grouped(off[line.id], self.desk.digits)}",
            )
            for line in self.desk.lines
            if line.id in off
        ]
        listed = words("proposals.semicolon").join(named[:_NAMED])
        more = words("proposals.more_changes", n=len(named) - _NAMED) if named[_NAMED:] else ""
        self.told.setText(
            words("proposals.off_list", n=len(named), names=f"{listed} {more}".strip())
        )

    def _take(self) -> None:
        operation = TakeListPrices(self.desk.proposal_id, tuple(self.desk.off_list))
        self.desk.run(operation, self.desk.words("proposals.list_taken"))


class CurrencyPanel(QWidget):
    """Asks what becomes of the figures when a draft with prices changes its currency."""

    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self.desk = desk
        self.currency = ""
        self.title = label(look, bold=True, wrap=True)
        self.hint = label(look, tone="muted", wrap=True)
        self.by_list = button(look, "", self._by_list)
        self.keep = button(look, words("proposals.keep_figures"), self._keep)
        leave = button(look, words("proposals.not_now"), self.leave, role="quiet")
        layout = column(
            look,
            self.title,
            self.hint,
            row(look, self.by_list, self.keep, leave, None, gap=8),
            gap=8,
        )
        side = look.theme.px(12)
        layout.setContentsMargins(side, side, side, side)
        self.setLayout(layout)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def ask(self, currency: str) -> None:
        """Says how many lines the list has a price for in that currency."""
        desk, words = self.desk, self.desk.words
        self.currency = currency
        products = {line.product_id for line in desk.lines if line.product_id}
        known = list_prices(desk.context.store, products, currency)
        items = [line for line in desk.lines if line.kind == "item"]
        found = sum(line.product_id in known for line in items)
        self.title.setText(words("proposals.ask_currency", old=desk.currency, new=currency))
        key = "currency_hint" if found else "currency_none"
        open_ones = len(items) - found
        self.hint.setText(words(f"proposals.{key}", n=found, open=open_ones, new=currency))
        self.by_list.setText(words("proposals.by_list", new=currency))
        self.by_list.setVisible(bool(found))
        self.show()
        (self.by_list if found else self.keep).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """The currency stays as it is."""
        self.hide()
        self.settled.emit()

    def _by_list(self) -> None:
        self._change(by_list=True)

    def _keep(self) -> None:
        self._change(by_list=False)

    def _change(self, *, by_list: bool) -> None:
        desk = self.desk
        said = desk.words("proposals.currency_changed", new=self.currency)
        self.leave()
        desk.run(ChangeProposalCurrency(desk.proposal_id, self.currency, by_list), said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
