"""Small questions below the head: an own probability and why, until when to put off and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.moving import MovePanel
from fieldsales.services.operations.deals import (
    PinProbability,
    SnoozeDeals,
    UnpinProbability,
    WakeDeals,
)
from fieldsales.services.workspace import Operation
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.snooze import SnoozePanel
from fieldsales.widgets.typed import parse_integer


class Panel(QWidget):
    """A line of fields that Enter settles and Esc leaves; what is wrong stands below it."""

    closed = Signal()

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.desk = desk
        look = desk.look
        self.fields = row(look, gap=8)
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        heading = label(look, title, bold=True)
        layout = column(look, heading, self.fields, self._wrong, gap=8)
        side = look.theme.px(12)
        layout.setContentsMargins(side, side, side, side)
        self.setLayout(layout)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def ask(self) -> None:
        """Show it with what is so now, ready to be filled in."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def settle(self, operation: Operation) -> None:
        """Run it and close, or say what is wrong."""
        try:
            self.desk.context.workspace.run(operation)
        except (UserError, EnvironmentProblem) as error:
            self.say(self.desk.words(error.code, **error.params))
            return
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _line(self, name: str, hint: str = "") -> LineEdit:
        made = LineEdit(self.desk.look, calm=False)
        made.setAccessibleName(name)
        made.setPlaceholderText(hint or name)
        return made


class AskingPanel(MovePanel):
    """The questions of a move, on the page where most of what is missing can be supplied."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.context)
        self._desk = desk

    def supply(self, code: str, deal_id: str) -> None:
        self._desk.supply_wanted.emit(code)


class PinPanel(Panel):
    """A probability of one's own in place of the stage's."""

    def __init__(self, desk: Desk) -> None:
        words, look = desk.words, desk.look
        super().__init__(desk, words("deal_page.pin_title"))
        self.percent = self._line(words("field.deal.pinned_probability"))
        self.percent.setFixedWidth(look.theme.px(140))
        self.percent.set_suffix("%")
        self.reason = self._line(words("field.deal.probability_reason"), words("deal_page.pin_why"))
        for line in (self.percent, self.reason):
            line.returnPressed.connect(self.finish)
        self.unpin = button(look, words("deal_page.unpin"), self._unpin)
        self.fields.addWidget(self.percent)
        self.fields.addWidget(self.reason, 1)
        self.fields.addWidget(button(look, words("deal_page.pin"), self.finish))
        self.fields.addWidget(self.unpin)

    def ask(self) -> None:
        deal = self.desk.deal
        pinned = deal.pinned_probability is not None
        self.percent.setText(str(self.desk.page.probability))
        self.reason.setText(deal.probability_reason)
        self.unpin.setVisible(pinned)
        self.say("")
        self.show()
        self.percent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.percent.selectAll()

    def finish(self) -> None:
        words = self.desk.words
        percent = parse_integer(self.percent.text().strip().rstrip("%％"))
        if percent is None or not 0 <= percent <= 100:
            self.say(words("deal_page.not_percent"))
            self.percent.setFocus()
            return
        self.settle(PinProbability(self.desk.deal_id, percent, self.reason.text()))

    def _unpin(self) -> None:
        self.settle(UnpinProbability(self.desk.deal_id))


class PutOffPanel(Panel):
    """Until when the deal is put off and for what reason, or that it is taken up again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words("deal_page.snooze_title"))
        self.line = SnoozePanel(desk.look, self._put_off)
        self.line.closed.connect(self.closed)
        self.wake = button(desk.look, desk.words("deal_page.wake"), self._wake)
        self.fields.addWidget(self.line, 1)
        self.fields.addWidget(self.wake, 0, Qt.AlignmentFlag.AlignTop)

    def ask(self) -> None:
        self.wake.setVisible(bool(self.desk.deal.snoozed_until))
        self.say("")
        self.show()
        self.line.ask()

    def _put_off(self, until: date, reason: str) -> None:
        self.desk.context.workspace.run(SnoozeDeals((self.desk.deal_id,), until, reason))
        self.closed.emit()

    def _wake(self) -> None:
        self.settle(WakeDeals((self.desk.deal_id,)))
