"""What visits heard that no entry speaks of yet, to be kept in the library with its answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import local_day
from fieldsales.screens.contract import Context
from fieldsales.screens.objection import quoted
from fieldsales.services.objections import STEPS
from fieldsales.store.queries.learnt import NewObjection
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.offers import MenuButton
from fieldsales.widgets.pieces import column, label, row


class NewlyHeard(CardScroll):
    """The sentences, the newest first; each goes to a step of the library."""

    keep_wanted = Signal(str, str)  # id of the visit's line, step

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=16)
        self.rows: Rows[NewObjection] = Rows(look, self._row, gap=16)
        self._context = context
        title = label(look, words("objections.newly_heard"), size="section", bold=True, wrap=True)
        hint = label(look, words("objections.newly_heard_hint"), tone="muted", wrap=True)
        self.nothing = EmptyState(look, words("objections.nothing_new"), icon="success")
        inside = QWidget()
        inside.setMaximumWidth(look.theme.px(760))
        inside.setLayout(column(look, title, hint, self.rows, self.nothing, gap=12))
        self.body.addWidget(inside)
        self.body.addStretch(1)

    def show_new(self, heard: Sequence[NewObjection]) -> None:
        self.rows.show_things(heard)
        self.nothing.setVisible(not heard)

    def _row(self, one: NewObjection) -> Row[NewObjection]:
        return _NewRow(self._context, one, self)


class _NewRow(Row[NewObjection]):
    def __init__(self, context: Context, one: NewObjection, page: NewlyHeard) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._one = one
        self._page = page
        self._said = label(look, bold=True, wrap=True)
        self._answer = label(look, wrap=True)
        self._where = label(look, size="caption", tone="muted", wrap=True)
        self.keep = MenuButton(look, words("objection.keep"), self._steps)
        self.keep.say("", words("objection.keep"))
        self.keep.picked.connect(self._picked)
        line = row(look, gap=12)
        line.addLayout(column(look, self._said, self._answer, self._where, gap=2), 1)
        line.addWidget(self.keep)
        self.setLayout(line)
        self.setFocusProxy(self.keep)

    def show_thing(self, thing: NewObjection) -> None:
        words = self._context.words
        self._one = thing
        self._said.setText(quoted(words, thing.text))
        self._answer.setText(words("objections.we_said", text=thing.answer) if thing.answer else "")
        self._answer.setVisible(bool(thing.answer))
        day = words.days_from(local_day(thing.at), self._context.look.clock.today())
        self._where.setText(f"{thing.customer} · {day}")
        self.keep.setAccessibleDescription(thing.text)

    def _steps(self) -> list[tuple[str, str]]:
        return [(step, self._context.words(f"objection.step.{step}")) for step in STEPS]

    def _picked(self, step: str) -> None:
        self._page.keep_wanted.emit(self._one.id, step)
