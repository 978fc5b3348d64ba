"""What the customer owes, how late it is, and how far its credit limit goes (M42)."""

from __future__ import annotations

from functools import partial

from fieldsales.screens.contract import Context
from fieldsales.store.queries import debts, receivables
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.card import Section
from fieldsales.widgets.lines import Line, LineFace


class MoneySection(Section):
    """A line for each currency opens all that is owed; hidden where nothing is."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, context.words("receivables.title"), gap=0)
        self._context = context

    def show_for(self, customer_id: str) -> None:
        """Reads what a customer owes."""
        store, words = self._context.store, self._context.words
        today = self._context.look.clock.today()
        counted = str(setting(store, "credit.counted", "receivables"))
        lines = []
        for one in debts.by_customer(debts.owed(store, customer_id), today):
            found = receivables.credit(store, customer_id, one.currency, today)
            free = found.free(counted)
            limit = ""
            if free is not None:
                key = "receivables.limit_free" if free >= 0 else "receivables.limit_over"
                limit = words(key, amount=words.money(abs(free), one.currency, cents=False))
            late = ""
            if one.overdue:
                amount = words.money(one.overdue, one.currency, cents=False)
                late = words("receivables.of_it_late", amount=amount, n=one.late)
            line = Line(self._context.look)
            line.show_face(
                LineFace(
                    one.currency,
                    words("receivables.debts", n=one.debts),
                    " · ".join(filter(None, (late, limit))),
                    aside=words.money(one.owed, one.currency),
                    aside_role="bad" if one.overdue else "ink",
                )
            )
            line.clicked.connect(partial(self._context.open, "receivable", customer_id))
            lines.append(line)
        self.setVisible(bool(lines))
        self.show_parts(lines)
