"""One debt at the right: what is open, what lateness costs, payments, steps, and its fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from fieldsales.domain.fields import values_of
from fieldsales.domain.money.late_payment import MARGIN, RATE, eaten
from fieldsales.domain.money.receivable import Payment, Receivable, Settlement
from fieldsales.screens.contract import Context
from fieldsales.screens.kept_files import FilesOf
from fieldsales.services.operations.deals import currency_code
from fieldsales.services.operations.receivables import Settle, TakeBackSettlement
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.store.queries import debts, receivables
from fieldsales.store.queries.receivables import Debt
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section, at_left
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import Line, LineActions, LineFace
from fieldsales.widgets.menus import Entry, passing_menu
from fieldsales.widgets.money import currency_editor
from fieldsales.widgets.pieces import ElidedLink, button, column, label, row

_WIDE = 760  # px at 100 %
_FIELDS = (
    Group(
        "",
        ("number", "title", "amount", "currency", "issued_on", "due_on", "disputed", "note"),
    ),
)


class DebtView(CardScroll):
    """What can be done stands below the head; forms take the place of what is below."""

    pay_wanted = Signal()
    step_wanted = Signal()
    give_up_wanted = Signal()

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=16)
        self._context = context
        self.debt: Debt | None = None
        self.customer = ElidedLink(look, self._open_customer)
        self.amount = label(look, size="page", bold=True)
        self.chips = ChipLine(look)
        self.facts = FactLine(look)
        self.facts.clicked.connect(self.open_deal)
        self.cost = label(look, wrap=True, tone="muted")
        self.pay = button(look, words("receivables.pay"), self.pay_wanted.emit, icon="money")
        self.step = button(look, words("receivables.step"), self.step_wanted.emit, icon="phone")
        self.give_up = button(
            look, words("receivables.write_off"), self.give_up_wanted.emit, role="quiet"
        )
        self.trash = button(
            look, words("receivables.trash"), self.trash_debt, icon="trash", role="quiet"
        )
        self.balance = column(look, gap=4)
        self.steps = Section(look, words("receivables.steps"))
        self.payments = Section(look, words("receivables.payments"))
        self.files = FilesOf(context, "receivable", self)
        self.details = Section(look, words("card.details"))
        self.form = Form(
            look, "receivable", _FIELDS, self._save, self._draft,
            editors={"currency": currency_editor},
        )  # fmt: skip
        self.details.body.addWidget(self.form)
        inside = QWidget()
        actions = row(look, self.pay, self.step, self.give_up, None, self.trash, gap=8)
        inside.setLayout(
            column(
                look,
                row(look, self.customer, None),
                row(look, self.amount, 8, self.chips, None, gap=8),
                self.facts,
                self.cost,
                actions,
                self.balance,
                self.steps,
                self.payments,
                self.files,
                self.details,
                gap=16,
            )
        )
        self.body.addLayout(at_left(look, inside, _WIDE))
        self.body.addStretch(1)

    def show_debt(self, debt: Debt) -> None:
        """Shows a receivable; what is being typed in the same one stays."""
        words, today, one = self._context.words, self._context.look.clock.today(), debt.receivable
        other = self.debt is None or self.debt.receivable.id != one.id
        if other:
            self.flush()
            self.verticalScrollBar().setValue(0)
        self.debt = debt
        note = one.kind == "credit_note"
        self.customer.set_text(debt.customer)
        self.amount.setText(words.money(debt.open, one.currency))
        self.chips.show_chips((("", face) for face in self._chips(debt, today)), pressable=False)
        self.facts.show_facts(self._facts(debt, today))
        self._tell_cost(debt, today)
        owing = debt.open > 0 and not note
        for part in (self.pay, self.step):
            part.setVisible(owing)
        self.give_up.setVisible(not note and (owing or bool(one.written_off)))
        self._offer_balance(debt, owing=owing)
        self._show_steps(debt)
        self._show_payments(debt)
        self.files.show_for(one.id, one.customer_id)
        values = values_of(one)
        if other:
            self.form.load(values, self._context.drafts("receivable", one.id))
        else:
            self.form.refresh(values)

    def _chips(self, debt: Debt, today: date) -> list[ChipFace]:
        words, one, late = self._context.words, debt.receivable, debt.days_late(today)
        found = []
        if one.kind != "invoice":
            found.append(ChipFace(words.choice("receivable_kind", one.kind)))
        if debt.open <= 0:
            found.append(ChipFace(words("receivables.settled"), "good"))
        elif one.kind != "credit_note" and late > 0:
            found.append(ChipFace(words("days.overdue", n=late), "bad"))
        if one.disputed:
            found.append(ChipFace(words("receivables.disputed"), "warn"))
        return found

    def _facts(self, debt: Debt, today: date) -> list[tuple[str, FactFace]]:
        words, one = self._context.words, debt.receivable
        due = date.fromisoformat(one.due_on) if one.due_on else None
        found = [
            FactFace(words("field.receivable.number"), one.number or one.title),
            FactFace(words("field.receivable.amount"), words.money(one.amount or 0, one.currency)),
            FactFace(
                words("field.receivable.due_on"),
                words.date(due) if due else words("receivables.no_due"),
                words.days_from(due, today) if due and abs((due - today).days) <= 28 else "",
            ),
        ]
        if one.written_off:
            why = words.choice("write_off_reason", one.written_off_why)
            amount = words.money(one.written_off, one.currency)
            found.append(FactFace(words("field.receivable.written_off"), amount, why))
        facts = [("", face) for face in found]
        if one.deal_id:
            shown = FactFace(words("field.receivable.deal_id"), words("receivables.open_deal"))
            facts.append(("deal", shown))
        return facts

    def _tell_cost(self, debt: Debt, today: date) -> None:
        """What lateness has cost so far and what is left of the margin (M41)."""
        words, one = self._context.words, debt.receivable
        late = debt.days_late(today)
        shown = debt.open > 0 and late > 0 and one.kind != "credit_note"
        self.cost.setVisible(shown)
        if not shown:
            return
        store = self._context.store
        margin = Decimal(str(setting(store, "money.margin", MARGIN)))
        rate = Decimal(str(setting(store, "money.rate", RATE)))
        found = eaten(debt.open, date.fromisoformat(one.due_on or ""), today, margin, rate)
        said = words(
            "receivables.cost" if found.left > 0 else "receivables.cost_gone",
            cost=words.money(found.cost, one.currency),
            left=words.money(found.left, one.currency),
            day=words.date(found.gone_on),
            margin=f"{margin:f}",
            rate=f"{rate:f}",
        )
        self.cost.setText(said)

    def _offer_balance(self, debt: Debt, *, owing: bool) -> None:
        """What the customer paid too much or was credited can be set against this."""
        while (item := self.balance.takeAt(0)) is not None:
            old = item.widget()
            old.hide()
            old.deleteLater()
        if not owing:
            return
        words, store, one = self._context.words, self._context.store, debt.receivable
        sources: list[tuple[str, str, int]] = [
            (payment.id, words("receivables.use_payment"), left)
            for payment, left in debts.unused_payments(store, one.customer_id, one.currency)
        ]
        sources += [
            (note.id, words("receivables.use_note", number=note.number or note.title), left)
            for note, left in debts.unused_notes(store, one.customer_id, one.currency)
        ]
        for row_id, said, left in sources:
            text = f"{said} {words.money(left, one.currency)}"
            made: QPushButton = button(
                self._context.look, text, partial(self._use, row_id), icon="link", role="link"
            )
            self.balance.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _use(self, source_id: str) -> None:
        assert self.debt is not None
        said = self._context.words("receivables.used")
        self._context.run(Settle(source_id, self.debt.receivable.id), undoable=said)

    def _show_steps(self, debt: Debt) -> None:
        words, today, one = self._context.words, self._context.look.clock.today(), debt.receivable
        known = receivables.collecting(self._context.store, one.id)
        lines = []
        for step in known:
            promised = date.fromisoformat(step.promised_on) if step.promised_on else None
            aside, role = "", "ink-3"
            if promised:
                amount = words.money(step.promised_amount or 0, one.currency, cents=False)
                kept = debt.open <= 0
                late = promised < today and not kept
                key = "kept" if kept else "broken" if late else "waits"
                aside = words(f"receivables.promise.{key}", day=words.date(promised, year=False),
                              amount=amount)  # fmt: skip
                role = "good" if kept else "bad" if late else "ink-2"
            line = Line(self._context.look)
            day = date.fromisoformat(step.done_on or today.isoformat())
            title = words.choice("collecting_step", step.step)
            parts = " · ".join(filter(None, (words.days_from(day, today), step.note)))
            line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            line.setCursor(Qt.CursorShape.ArrowCursor)
            line.show_face(LineFace(step.id, title, parts, aside=aside, aside_role=role))
            lines.append(line)
        self.steps.setVisible(bool(lines))
        self.steps.set_count(len(lines))
        self.steps.show_parts(lines)

    def _show_payments(self, debt: Debt) -> None:
        words, today, one = self._context.words, self._context.look.clock.today(), debt.receivable
        store = self._context.store
        lines = []
        for settled in receivables.settlements(store, one.id):
            payment = store.record(Payment, settled.payment_id)
            against = store.record(
                Receivable,
                settled.receivable_id if one.kind == "credit_note" else settled.credit_note_id,
            )
            if payment is not None:
                day = date.fromisoformat(payment.received_on or today.isoformat())
                title = words.choice("payment_method", payment.method) or words("noun.payment")
                below = " · ".join(filter(None, (words.date(day), payment.reference, payment.note)))
            elif against is not None:
                title = words.choice("receivable_kind", against.kind)
                below = " · ".join(filter(None, (against.number, against.title)))
            else:
                continue
            line = Line(
                self._context.look, LineActions(more=("more", words("receivables.correct")))
            )
            line.more_wanted.connect(partial(self._offer_correcting, line, settled))
            line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            amount = words.money(settled.amount or 0, one.currency)
            line.show_face(LineFace(settled.id, title, below, aside=amount, aside_role="ink"))
            lines.append(line)
        self.payments.setVisible(bool(lines))
        self.payments.set_count(len(lines))
        self.payments.show_parts(lines)

    def _take_back(self, settlement_id: str) -> None:
        said = self._context.words("receivables.taken_back")
        self._context.run(TakeBackSettlement(settlement_id), undoable=said)

    def _offer_correcting(self, line: Line, settled: Settlement) -> None:
        words = self._context.words
        entries: list[Entry | None] = [
            (words("receivables.take_back"), partial(self._take_back, settled.id))
        ]
        if settled.payment_id:
            trash = partial(self._trash_payment, settled.payment_id)
            entries.append((words("receivables.trash_payment"), trash))
        passing_menu(line, entries).popup(line.mapToGlobal(line.rect().bottomLeft()))

    def _trash_payment(self, payment_id: str) -> None:
        said = self._context.words("receivables.payment_trashed")
        self._context.run(TrashRecords("payment", (payment_id,)), undoable=said)

    def trash_debt(self) -> None:
        """A receivable that was a mistake goes to the trash, with an undo."""
        if self.debt is None:
            return
        self.flush()
        one = self.debt.receivable
        words = self._context.words
        said = words("card.trashed", name=one.number or one.title or self.debt.customer)
        self._context.run(TrashRecords("receivable", (one.id,)), undoable=said)

    def _open_customer(self) -> None:
        if self.debt is not None:
            self._context.open("customer", self.debt.receivable.customer_id)

    def open_deal(self, _key: str) -> None:
        if self.debt is not None and self.debt.receivable.deal_id:
            self._context.open("deal", self.debt.receivable.deal_id)

    def flush(self) -> None:
        """Saves what is being typed."""
        if self.debt is not None:
            self.form.flush()

    def _save(self, values: Mapping[str, object]) -> None:
        assert self.debt is not None
        given = dict(values)
        if given.get("due_on"):
            given["terms"] = "day"
        if given.get("currency"):
            given["currency"] = currency_code(str(given["currency"]))
        self._context.workspace.run(EditRecord("receivable", self.debt.receivable.id, given))

    def _draft(self, name: str, text: str | None) -> None:
        if self.debt is not None:
            self._context.keep_draft("receivable", self.debt.receivable.id, name, text)
