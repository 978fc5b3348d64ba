"""What a product costs: several lists, each with the price that holds today; changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from fieldsales.domain.fields import values_of
from fieldsales.domain.product import Price, Product, net, valid_price
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.services.operations.products import RemovePrice, SetPrice
from fieldsales.store.queries.currencies import base_currency
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import Line, LineActions, LineFace
from fieldsales.widgets.money import currency_editor
from fieldsales.widgets.pieces import column
from fieldsales.widgets.typed import parse_money

_GROUP = Group("", ("amount", "currency", "tax_percent", "valid_from", "list_name"))


class PricesSection(Section):
    """Lines, the newest first; one pressed opens its fields below it. A line adds another."""

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(
            look,
            words("products.prices"),
            action=words("products.add_price"),
            act=self.begin_adding,
            icon="add",
            gap=0,
        )
        self._context = context
        self._product = Product()
        self._prices: Sequence[Price] = ()
        self._open = ""  # id of the price whose fields are shown
        self.lines: list[Line] = []
        self._list = column(look, gap=0)
        self.body.addLayout(self._list)
        self.form = Form(
            look,
            "price",
            (_GROUP,),
            saver(context, "price", self._id),
            drafter(context, "price", self._id),
            editors={"currency": currency_editor},
        )
        margin = look.theme.px(12)
        self.form.setContentsMargins(margin, margin, margin, margin)
        self.form.hide()
        self._list.addWidget(self.form)
        self.amount = LineEdit(look)
        self.amount.setPlaceholderText(words("products.price_hint"))
        self.amount.setAccessibleName(words("products.price_hint"))
        self.amount.returnPressed.connect(self._add)
        self.amount.left.connect(self._left)
        self.amount.hide()
        self.body.addWidget(self.amount)

    def _id(self) -> str:
        return self._open

    def load(self, product: Product) -> None:
        """Stands for another product."""
        self._close()
        self._product = product
        self.amount.clear()
        self.amount.hide()

    def show_prices(self, product: Product, prices: Sequence[Price]) -> None:
        """`prices` newest first."""
        self._product, self._prices = product, prices
        self.set_count(len(prices))
        while len(self.lines) < len(prices):
            line = Line(self._context.look, LineActions(more=("trash", self._remove_name)))
            line.clicked.connect(self._toggle)
            line.more_wanted.connect(self._remove)
            self._list.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(prices))
            if at < len(prices):
                price = prices[at]
                holds = valid_price(prices, self._today, price.list_name)
                valid = holds is not None and holds.id == price.id
                line.show_face(self._face(price, valid), opened=price.id == self._open)
        if self._open:
            found = next((at for at, one in enumerate(prices) if one.id == self._open), None)
            if found is None:
                self._close()
            else:
                self._place(found)
                self.form.refresh(values_of(prices[found]))

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._open:
            self.form.flush()

    def begin_adding(self) -> None:
        """Shows the line a new price is typed in."""
        self.amount.show()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _today(self) -> str:
        return self._context.look.clock.today().isoformat()

    @property
    def _remove_name(self) -> str:
        return self._context.words("products.remove_price")

    def _face(self, price: Price, valid: bool) -> LineFace:
        words = self._context.words
        currency = price.currency or base_currency(self._context.store)
        title = words.money(price.amount, currency) if price.amount is not None else ""
        if title and self._product.unit:
            title = f"{title} / {self._product.unit}"
        chips = [ChipFace(words("products.valid_today"), "good")] if valid else []
        if price.list_name:
            chips.append(ChipFace(price.list_name))
        told = []
        if price.tax_percent is not None:
            told.append(words("products.tax", n=price.tax_percent))
        without = net(price)
        if without is not None and price.tax_percent:
            told.append(words("products.net", amount=words.money(without, currency)))
        return LineFace(
            key=price.id,
            title=title or words("products.no_amount"),
            subtitle=" · ".join(told),
            aside=self._since(price),
            chips=tuple(chips),
            bold=valid,
            title_role="ink" if valid else "ink-2",
        )

    def _since(self, price: Price) -> str:
        if not price.valid_from:
            return ""
        words = self._context.words
        return words("products.since", day=words.date(date.fromisoformat(price.valid_from)))

    # changing

    def _of_sender(self) -> Price:
        line = self.sender()
        assert isinstance(line, Line)
        return self._prices[self.lines.index(line)]

    def _toggle(self) -> None:
        price = self._of_sender()
        again = price.id == self._open
        self._close()
        if not again:
            self._open_price(price)

    def _open_price(self, price: Price) -> None:
        self._close()
        self._open = price.id
        self.form.load(values_of(price), self._context.drafts("price", price.id))
        self.show_prices(self._product, self._prices)
        self.form.show()
        self.form.focus()

    def _place(self, at: int) -> None:
        line = self.lines[at]
        if self._list.indexOf(self.form) != self._list.indexOf(line) + 1:
            self._list.removeWidget(self.form)
            self._list.insertWidget(self._list.indexOf(line) + 1, self.form)

    def _close(self) -> None:
        if not self._open:
            return
        self.form.flush()
        self._open = ""
        self.form.hide()
        for line in self.lines:
            line.show_face(line.face)

    def _remove(self) -> None:
        price = self._of_sender()
        said = self._context.words("products.price_removed")
        self._context.run(RemovePrice(price.id), undoable=said)

    def _add(self) -> None:
        """What is typed costs a unit from today on, in currency and with tax as before."""
        last = next((one for one in self._prices if not one.list_name), None)
        currency = (last.currency if last is not None else "") or base_currency(self._context.store)
        text = self.amount.text().strip()
        amount = parse_money(text, currency) if text else None
        if amount is None:
            self.amount.set_suffix(self._context.words("products.not_a_price") if text else "")
            return
        percent = last.tax_percent if last is not None else None
        wanted = SetPrice(self._product.id, amount, currency, percent)
        said = self._context.words("products.price_added")
        if self._context.run(wanted, undoable=said) is not None:
            self.amount.clear()
            self.amount.set_suffix("")
            self.amount.hide()
            added = valid_price(self._prices, self._today)
            if added is not None:
                self._open_price(added)

    def _left(self) -> None:
        if not self.amount.text().strip():
            self.amount.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.amount.hasFocus():
            self.amount.clear()
            self.amount.hide()
        elif event.key() == Qt.Key.Key_Escape and self._open:
            at = [one.id for one in self._prices].index(self._open)
            self._close()
            self.lines[at].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
