"""What is asked of a customer's worth: a class held by hand, estimates, ratings, sales."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fieldsales.domain.classes.key_score import CRITERIA
from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.portfolio import CLASSES, ESTIMATES, RATED, Rating
from fieldsales.reports.class_words import reasons
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Context
from fieldsales.services.operations.portfolio import (
    PinClass,
    RateByRecords,
    RateCustomer,
    ReleaseClass,
)
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.services.portfolio import Standing, proposed
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.portfolio import estimates_of, ratings_of, sales_of
from fieldsales.widgets.card import empty
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.lines import Line, LineActions, LineFace
from fieldsales.widgets.pick_editors import ChoiceEditor, ScaleEditor
from fieldsales.widgets.pieces import button, column, label, row

_POTENTIAL = ESTIMATES[0]
_SALES_SHOWN = 12


class PinForm(Asking):
    """Which class it should be instead, why, and until when."""

    def __init__(self, context: Context, standing: Standing, method: str) -> None:
        self._standing, self._method = standing, method
        super().__init__(
            context,
            "class_pin",
            ("code", "until", "reason"),
            context.words("classes.pin"),
            wide=("reason",),
        )
        words, look = context.words, context.look
        why = reasons(words, standing).get(method, "")
        self.title.setText(words.choice("class_method", method))
        self.extra.addWidget(label(look, why, size="caption", tone="muted", wrap=True))
        held = standing.held.get(method)
        if held is not None:
            self.buttons.insertWidget(
                1, button(look, words("classes.unpin"), self._unpin, icon="undo", role="quiet")
            )

    def ask(self) -> None:
        held = self._standing.held.get(self._method)
        values = {"code": self._standing.worth.code(self._method)}
        if held is not None:
            until = held.until.isoformat() if held.until else None
            values |= {"reason": held.reason, "until": until or ""}
        self.start(values, "code")

    def _editor(self, spec: Field, text: str, finder: Finder | None) -> Editor:
        if spec.name != "code":
            return super()._editor(spec, text, finder)
        codes = CLASSES[self._method]
        listed = Field("code", Kind.CHOICE, required=True, choices=codes, list=self._method)
        return ChoiceEditor(self.context.look, listed, calm=False)

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        code = str(values["code"])
        until = str(values["until"]) if values["until"] else None
        customer_id = self._standing.worth.customer_id
        name = self.context.words.choice(self._method, code)
        return (
            PinClass(customer_id, self._method, code, str(values["reason"]), until),
            self.context.words("classes.pinned", name=name),
        )

    def _unpin(self) -> None:
        released = ReleaseClass(self._standing.worth.customer_id, self._method)
        if self.context.run(released, undoable=self.context.words("classes.unpinned")) is not None:
            self.settled.emit()


class EstimateForm(Asking):
    """What the customer might buy, since when we think so, and what it rests on."""

    def __init__(self, context: Context, customer_id: str) -> None:
        super().__init__(
            context,
            "estimate",
            ("kind", "amount", "currency", "dated", "source", "confirmed"),
            context.words("classes.estimate_go"),
            wide=("source",),
        )
        self._customer_id = customer_id
        self.title.setText(context.words("classes.estimate"))

    def ask(self) -> None:
        store = self.context.store
        known = [one for one in estimates_of(store, self._customer_id) if one.kind == _POTENTIAL]
        values: dict[str, object] = {
            "kind": _POTENTIAL,
            "currency": known[0].currency if known else "",
            "dated": self.context.look.clock.today().isoformat(),
        }
        if known:
            values |= {"amount": known[0].amount, "source": known[0].source}
        values["currency"] = values["currency"] or base_currency(store)
        self.start(values, "amount")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        added = AddRecord("estimate", {**values, "customer_id": self._customer_id})
        return added, self.context.words("classes.estimate_kept")


class SaleForm(Asking):
    """A sale, or what came back (a negative amount); below it the latest ones, to be dropped."""

    def __init__(self, context: Context, customer_id: str) -> None:
        super().__init__(
            context,
            "sale",
            ("dated", "product_name", "quantity", "amount", "currency", "cost"),
            context.words("classes.sale_go"),
        )
        self._customer_id = customer_id
        self.title.setText(context.words("classes.sale"))
        self.lines: list[Line] = []
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.removeItem(self.extra)
        whole.addLayout(self.extra)  # what there is stands below what is asked
        self.refresh()

    def ask(self) -> None:
        today = self.context.look.clock.today().isoformat()
        self.start({"dated": today, "currency": base_currency(self.context.store)}, "amount")

    def refresh(self) -> None:
        """Shows the latest sales as they are now."""
        words, look = self.context.words, self.context.look
        known = sales_of(self.context.store, self._customer_id)
        empty(self.extra)
        self.lines = []
        for sale in known[:_SALES_SHOWN]:
            line = Line(look, LineActions(more=("trash", words("classes.sale_drop"))))
            day = date.fromisoformat(sale.dated)
            when = words("classes.month", day=sale.dated[:7]) if sale.monthly else words.date(day)
            quantity = " ".join(filter(None, (sale.quantity, sale.unit)))
            line.show_face(
                LineFace(
                    key=sale.id,
                    title=" · ".join(filter(None, (when, sale.product_name, quantity))),
                    aside=words.money(
                        sale.amount or 0,
                        sale.currency or base_currency(self.context.store),
                        cents=False,
                    ),
                    tooltip=sale.source,
                )
            )
            line.more_wanted.connect(self._drop)
            self.extra.addWidget(line)
            self.lines.append(line)
        rest = len(known) - _SALES_SHOWN
        if rest > 0:
            said = label(look, words("classes.more_sales", n=rest), size="caption", tone="muted")
            self.extra.addWidget(said)

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        added = AddRecord("sale", {**values, "customer_id": self._customer_id})
        return added, self.context.words("classes.sale_kept")

    def _drop(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        said = self.context.words("classes.sale_dropped")
        self.context.run(TrashRecords("sale", (line.face.key,)), undoable=said)


class RatingForm(QWidget):
    """Seven criteria and what we are worth to them, 1 to 5; what is pressed counts at once."""

    settled = Signal()
    left = Signal()

    def __init__(self, context: Context, customer_id: str) -> None:
        super().__init__()
        self._context = context
        self._customer_id = customer_id
        look, words = context.look, context.words
        self.fold = button(look, words("card.fold"), self.left.emit, role="quiet")
        spec = fields(Rating)["rating"]
        self.scales: dict[str, ScaleEditor] = {}
        self.proposals: dict[str, QPushButton] = {}  # what the records say, to be taken over
        self._proposed: dict[str, int] = {}
        self._open: dict[str, int] = {}  # those of them that nobody rated
        parts: list[QWidget] = [
            label(look, words("classes.rate_hint"), size="caption", tone="muted", wrap=True)
        ]
        for kind in RATED:
            scale = ScaleEditor(look, spec)
            scale.setObjectName(kind)
            scale.set_name(words.choice("rated", kind))
            scale.finished.connect(self._rated)
            self.scales[kind] = scale
            take = button(look, "", self._take, role="quiet")
            take.setObjectName(kind)
            self.proposals[kind] = take
            line = QWidget()
            name = label(look, words.choice("rated", kind))
            line.setLayout(row(look, name, None, take, scale, gap=8))
            parts.append(line)
        self.take_all = button(look, words("classes.take_proposed"), self._take_all, icon="check")
        self.setLayout(column(look, *parts, row(look, self.take_all, None, self.fold), gap=4))

    def ask(self) -> None:
        self.refresh()
        self.scales[CRITERIA[0]].target().setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Shows what counts now."""
        told: dict[str, int | None] = {}
        for one in ratings_of(self._context.store, self._customer_id):
            told.setdefault(one.kind, one.rating)
        self._proposed = proposed(self._context.store, self._customer_id)
        for kind, scale in self.scales.items():
            scale.set_value(told.get(kind))
            self._offer(kind, told.get(kind))
        self._open = {kind: n for kind, n in self._proposed.items() if told.get(kind) is None}
        self.take_all.setVisible(len(self._open) > 1)

    def _offer(self, kind: str, rated: int | None) -> None:
        """What the records propose, where nobody rated it so."""
        words, n, take = self._context.words, self._proposed.get(kind), self.proposals[kind]
        take.setVisible(n is not None and n != rated)
        if n is not None:
            take.setText(words("classes.proposed", rating=n))
            take.setToolTip(words(f"classes.proposed.{kind}"))
            take.setAccessibleName(f"{words.choice('rated', kind)} {take.text()}")

    def _take(self) -> None:
        kind = self.sender().objectName()
        self._context.run(RateCustomer(self._customer_id, kind, self._proposed[kind]))
        self.scales[kind].target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_all(self) -> None:
        said = self._context.words("classes.proposed_taken")
        self._context.run(RateByRecords(self._customer_id, self._open), undoable=said)
        self.scales[CRITERIA[0]].target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _rated(self) -> None:
        scale = self.sender()
        assert isinstance(scale, ScaleEditor)
        value = scale.value()
        rating = None if value is None else int(str(value))
        self._context.run(RateCustomer(self._customer_id, scale.objectName(), rating))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
