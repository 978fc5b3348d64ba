"""One customer at the right: what it owes, how far its limit goes, and each debt."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.money.receivables.listing import debt_face
from fieldsales.store.queries import debts, receivables
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section, at_left
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import ElidedLink, button, column, row

_WIDE = 760  # px at 100 %


class OwnerView(CardScroll):
    """Its debts lead on; a new invoice for it is made here."""

    debt_wanted = Signal(str)
    new_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=16)
        self._context = context
        self.customer_id = ""
        self.name = ElidedLink(look, self._open)
        self.name.setFont(look.theme.font("section", bold=True))
        self.facts = FactLine(look)
        self.new = button(look, words("receivables.add"), self._new, icon="add")
        self.debts = Section(look, words("receivables.title"), gap=0)
        inside = QWidget()
        inside.setLayout(
            column(
                look,
                row(look, self.name, None),
                self.facts,
                row(look, self.new, None),
                self.debts,
                gap=16,
            )
        )
        self.body.addLayout(at_left(look, inside, _WIDE))
        self.body.addStretch(1)

    def show_customer(self, customer_id: str) -> None:
        """Reads what a customer owes, currency by currency."""
        store, words, today = (
            self._context.store,
            self._context.words,
            self._context.look.clock.today(),
        )
        self.customer_id = customer_id
        self.name.set_text(debts.names(store, [customer_id]).get(customer_id, ""))
        owed = debts.owed(store, customer_id)
        counted = str(setting(store, "credit.counted", "receivables"))
        facts = []
        for one in debts.by_customer(owed, today):
            found = receivables.credit(store, customer_id, one.currency, today)
            late = words("days.overdue", n=one.late) if one.overdue else ""
            amount = words.money(one.owed, one.currency)
            facts.append(FactFace(words("receivables.owed", currency=one.currency), amount))
            if one.overdue:
                overdue = words.money(one.overdue, one.currency)
                facts.append(FactFace(words("receivables.overdue"), overdue, late, role="bad"))
            if found.balance:
                balance = words.money(found.balance, one.currency)
                facts.append(FactFace(words("receivables.balance"), balance))
            free = found.free(counted)
            if found.limit is not None and free is not None:
                text = words("receivables.limit_free" if free >= 0 else "receivables.limit_over",
                             amount=words.money(abs(free), one.currency, cents=False))  # fmt: skip
                limit = words.money(found.limit, one.currency, cents=False)
                role = "ink" if free >= 0 else "bad"
                facts.append(FactFace(words("field.customer.credit_limit"), limit, text, role=role))
        self.facts.show_facts(("", face) for face in facts)
        lines = []
        for debt in debts.rows(store, owed):
            if debt is None:
                continue
            face = debt_face(self._context, debt)
            line = Line(self._context.look)
            line.show_face(
                LineFace(
                    debt.receivable.id,
                    face.subtitle or words.choice("receivable_kind", debt.receivable.kind),
                    face.below,
                    aside=face.aside,
                    aside_role="bad" if face.below_role == "bad" else "ink",
                    chips=face.chips,
                )
            )
            line.clicked.connect(partial(self.debt_wanted.emit, debt.receivable.id))
            lines.append(line)
        self.debts.set_count(len(lines))
        self.debts.show_parts(lines)

    def _open(self) -> None:
        self._context.open("customer", self.customer_id)

    def _new(self) -> None:
        self.new_wanted.emit(self.customer_id)
