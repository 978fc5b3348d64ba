"""One customer of a review: why it is here, its figures, what was decided before, and now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from fieldsales.domain.customer import Customer
from fieldsales.domain.review import (
    ACCEPTED,
    CORRECTED,
    DECISIONS,
    NOTED,
    SKIPPED,
    STALE,
    TASK,
)
from fieldsales.reports import review_words as said
from fieldsales.reports.class_words import why
from fieldsales.reports.portfolio.portrait import short
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Context
from fieldsales.screens.portfolio.review.forms import Correcting, Noting, TaskAsking
from fieldsales.services import portfolio
from fieldsales.services.operations.records import RestoreRecords
from fieldsales.services.operations.reviews import DecideItem
from fieldsales.store.queries import reviews as queries
from fieldsales.store.queries.reviews import Reviewed
from fieldsales.widgets.card import CardScroll, FactFace, FactLine
from fieldsales.widgets.pieces import LINK_PADDING, ElidedLink, button, column, label, row

_WIDE = 640
_FORMS: dict[str, type[Correcting | Noting | TaskAsking]] = {
    CORRECTED: Correcting,
    NOTED: Noting,
    TASK: TaskAsking,
}


class ItemView(CardScroll):
    """`one` is the item shown; the digits 1 to 5 decide it as the buttons do."""

    settled = Signal()  # it was decided
    left = Signal()  # a form was left

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=12)
        self._context = context
        self.one: Reviewed | None = None
        self.form: Asking | None = None
        self.name = ElidedLink(look, self._open_card)
        self.name.setFont(look.theme.font("section", bold=True))
        self.headline = label(look, size="title", bold=True, wrap=True)
        self.reason = label(look, tone="muted", wrap=True)
        self.facts = FactLine(look)
        self.earlier = label(look, tone="muted", wrap=True)
        self.gone = label(look, tone="warn", wrap=True)
        self.restore = button(look, words("common.restore"), self._restore, icon="restore")
        self.decided = label(look, tone="good", wrap=True)
        self.buttons = {
            decision: button(look, "", partial(self.decide, decision)) for decision in DECISIONS
        }
        self.hint = label(look, words("review.keys"), size="caption", tone="faint", wrap=True)
        self._forms = column(look)
        choices = row(look, *self.buttons.values(), None, gap=8)
        gone = row(look, self.gone, self.restore, None, gap=8)
        name = row(look, self.name)
        name.setContentsMargins(-look.theme.px(LINK_PADDING), 0, 0, 0)
        inside = column(look, name, self.headline, self.reason, self.facts, self.earlier, gap=8)
        self.body.addLayout(inside)
        self.body.addLayout(gone)
        self.body.addWidget(self.decided)
        self.body.addLayout(choices)
        self.body.addWidget(self.hint)
        self.body.addLayout(self._forms)
        self.body.addStretch(1)

    def show_item(self, one: Reviewed, held_on: date, *, open_: bool) -> None:
        """Shows an item; of a review that is over it can only be read."""
        if self.one is None or self.one.item.id != one.item.id:
            self.close_form()
        self.one = one
        words, item = self._context.words, one.item
        self.name.set_text(one.customer)
        self.name.setEnabled(one.there)
        self.headline.setText(said.headline(words, item, held_on))
        self._say(
            self.reason, "\n".join((*said.further(words, item), *(self._why(one) if open_ else ())))
        )
        self.facts.show_facts(self._figures(one, held_on))
        self._say(self.earlier, self._earlier(one))
        there = self._context.store.record(Customer, item.customer_id)
        gone = "" if one.there else words("review.gone" if there else "review.gone_for_good")
        self._say(self.gone, gone)
        self.restore.setVisible(not one.there and there is not None)
        self._say(self.decided, said.decided(words, one))
        for at, (decision, made) in enumerate(self.buttons.items(), start=1):
            text = (
                said.accepting(words, item)
                if decision == ACCEPTED
                else words(f"review.do.{decision}")
            )
            made.setText(words("review.numbered", n=at, text=text))
            made.setVisible(open_)
            made.setEnabled(self.can(decision))
        self.hint.setVisible(open_)

    def can(self, decision: str) -> bool:
        """Whether an item can be decided so: nothing can be done for a customer that is gone."""
        if self.one is None:
            return False
        if decision == CORRECTED and self.one.item.kind == STALE:
            return False
        return self.one.there or decision in (NOTED, SKIPPED)

    def decide(self, decision: str) -> None:
        """Decides it at once, or asks first for what the decision needs."""
        if self.one is None or not self.can(decision) or self.buttons[decision].isHidden():
            return
        self.close_form()
        if decision in _FORMS:
            self._ask(_FORMS[decision](self._context, self.one))
            return
        words = self._context.words
        told = words(f"review.done.{decision}", name=self.one.customer)
        if self._context.run(DecideItem(self.one.item.id, decision), undoable=told) is not None:
            self.settled.emit()

    def close_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self._forms.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _ask(self, form: Correcting | Noting | TaskAsking) -> None:
        self.form = form
        form.settled.connect(self.settled)
        form.left.connect(self._left)
        form.setMaximumWidth(self._context.look.theme.px(_WIDE))
        self._forms.addWidget(form)
        form.show()
        form.ask()
        self.ensureWidgetVisible(form)

    def _left(self) -> None:
        self.close_form()
        self.left.emit()

    # what is said

    def _why(self, one: Reviewed) -> Iterable[str]:
        """What the rule says, where it is about a class."""
        item = one.item
        if not item.method or not one.there:
            return
        standing = portfolio.of_kept(self._context.store, item.customer_id)
        judged = standing.judged.get(item.method) if standing else None
        if standing and judged:
            yield why(self._context.words, item.method, judged, standing.currency)

    def _figures(self, one: Reviewed, held_on: date) -> Iterable[tuple[str, FactFace]]:
        words, item = self._context.words, one.item
        if item.sales is not None:
            before = short(words, item.sales_before or 0, item.currency)
            yield (
                "",
                FactFace(
                    words("field.review_item.sales"),
                    short(words, item.sales, item.currency),
                    words("review.before", amount=before),
                ),
            )
        seen = words("review.never_seen")
        if item.seen_on:
            seen = words.days_from(date.fromisoformat(item.seen_on), held_on)
        yield "", FactFace(words("field.review_item.seen_on"), seen)
        filled = words("portfolio.percent", n=item.completeness or 0)
        yield "", FactFace(words("review.filled"), filled)

    def _earlier(self, one: Reviewed) -> str:
        words = self._context.words
        found = queries.earlier(self._context.store, one.item)
        if found is None:
            return ""
        review, before = found
        day = words.date(date.fromisoformat(review.held_on))
        return words("review.earlier", day=day, what=said.decided(words, before))

    def _say(self, target: QLabel, text: str) -> None:
        target.setText(text)
        target.setVisible(bool(text))

    def _open_card(self) -> None:
        if self.one is not None:
            self._context.open("customer", self.one.item.customer_id)

    def _restore(self) -> None:
        if self.one is not None:
            whose = (self.one.item.customer_id,)
            self._context.run(
                RestoreRecords("customer", whose),
                undoable=self._context.words("trash.restored", n=1),
            )

    def focus_first(self) -> None:
        """Into the buttons, for who goes in by Enter."""
        for made in self.buttons.values():
            if made.isVisibleTo(self) and made.isEnabled():
                made.setFocus(Qt.FocusReason.OtherFocusReason)
                return
