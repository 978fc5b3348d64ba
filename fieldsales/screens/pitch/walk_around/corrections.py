"""The corrections that are remembered, each with a way to forget it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from fieldsales.domain.tag_rule import TagRule
from fieldsales.methods.walk_around.texts import correction
from fieldsales.screens.contract import Context
from fieldsales.services.operations.conversation import ForgetTag
from fieldsales.store.queries.learnt import tag_rules
from fieldsales.widgets.card import Section
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.lines import Line, LineActions, LineFace
from fieldsales.widgets.pieces import column


class Corrections(Section):
    """The newest first; Delete on a line forgets it, which can be undone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, context.words("walk_around.corrections"), gap=0)
        self._context = context
        self.rows: Rows[TagRule] = Rows(context.look, lambda _rule: _Correction(context), gap=0)
        self.show_parts((self.rows,))

    def refresh(self) -> None:
        known = tag_rules(self._context.store)[::-1]
        self.rows.show_things(known)
        self.set_count(len(known))
        self.setVisible(bool(known))


class _Correction(Row[TagRule]):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rule_id = ""
        look = context.look
        self.line = Line(look, LineActions(more=("close", context.words("walk_around.forget_it"))))
        self.line.more_wanted.connect(self.forget)
        self.setLayout(column(look, self.line, gap=0))
        self.setFocusProxy(self.line)

    def show_thing(self, thing: TagRule) -> None:
        self._rule_id = thing.id
        said = correction(thing, self._context.words)
        self.line.show_face(LineFace(thing.id, said, tooltip=thing.pattern))

    def forget(self) -> None:
        said = self._context.words("walk_around.forgotten")
        self._context.run(ForgetTag(self._rule_id), undoable=said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.forget()
        else:
            super().keyPressEvent(event)
