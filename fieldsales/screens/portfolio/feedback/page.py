"""The section: what was heard at the left, one of it or what is asked for at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.domain.feedback import CLOSED, state, waits
from fieldsales.domain.interaction import Interaction
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.portfolio.feedback.detail import FeedbackView
from fieldsales.screens.portfolio.feedback.forms import Answering, Hearing, MakingTask
from fieldsales.screens.portfolio.feedback.listing import FeedbackList
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.store.queries import feedback
from fieldsales.widgets.card import CardScroll, at_left
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column

_WIDE = 620  # px at 100 %
_CONCERN = ("interaction", "customer", "contact", "task", "satisfaction", "setting")


class FeedbackPage(ListedPage):
    """Selecting shows one, Enter answers it, Esc comes back to the list."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.new = button(look, words("feedback.hear"), self.new_record, icon="add", role="primary")
        self.tools = (self.new,)
        self._id = ""
        self.list = FeedbackList(context)
        self.list.chosen.connect(self._show)
        self.list.entered.connect(self._enter)
        self.view = FeedbackView(context)
        self.list.trash_wanted.connect(self.view.trash_heard)
        self.view.answer_wanted.connect(self.answer)
        self.view.task_wanted.connect(self.make_task)
        self.view.other_wanted.connect(self._show_other)
        self.hearing = Hearing(context)
        self.answering = Answering(context)
        self.making = MakingTask(context)
        self.nothing = EmptyState(
            look,
            words("feedback.none"),
            icon="message",
            hint=words("feedback.none_hint"),
            action=words("feedback.hear"),
            act=self.new_record,
            action_icon="add",
        )
        self.detail = QStackedWidget()
        for part in (self.view, self.nothing):
            self.detail.addWidget(part)
        self._pages: dict[Asking, QWidget] = {}
        for form in (self.hearing, self.answering, self.making):
            form.left.connect(self._left)
            form.settled.connect(self._settled)
            page = CardScroll(look)
            page.body.addLayout(at_left(look, form, _WIDE))
            page.body.addStretch(1)
            self._pages[form] = page
            self.detail.addWidget(page)
        self.put(self.list, self.detail)
        self.setLayout(column(look, self.halves))

    # the contract of sections

    def refresh(self) -> None:
        self.list.read()
        if not self._asking():
            self._show(self._id or self.list.first())

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """One of them; NEW asks for one; a customer's id shows the latest of theirs."""
        if row_id == NEW:
            self.new_record()
            return
        if self.context.store.record(Customer, row_id) is not None:
            theirs = feedback.of_customer(self.context.store, row_id)
            row_id = theirs[0].record.id if theirs else ""
        if row_id:
            self.list.read()
            self._show_other(row_id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_example(self) -> None:
        self.list.read()
        self._show(self.list.first())

    def new_record(self) -> bool:
        self._ask(self.hearing)
        self.hearing.ask()
        return True

    def commands_here(self) -> list[Command]:
        words = self.context.words
        found = [Command(words("feedback.hear"), "add", self.new_record)]
        heard = self.view.heard
        if self.detail.currentWidget() is self.view and heard is not None:
            if waits(heard.record):
                found.append(Command(words("feedback.answer"), "message", self.answer))
            else:
                found.append(Command(words("feedback.reopen"), "restore", self.view.open_again))
            if state(heard.record) != CLOSED:
                found.append(Command(words("feedback.close"), "check", self.view.close_heard))
        return found

    def go_back(self) -> bool:
        if self._asking():
            self._left()
            return True
        return super().go_back()

    def flush(self) -> None:
        self.view.flush()

    # what is shown

    def _show_other(self, row_id: str) -> None:
        """One that may stand in another view than the one in front."""
        heard = feedback.one(self.context.store, row_id)
        if heard is not None and not self.list.choose(row_id):
            self.list.show_all()
            at = state(heard.record)
            self.list.show_view("waiting" if waits(heard.record) else at)
        self._show(row_id)

    def _show(self, row_id: str) -> None:
        self._id = row_id
        if not row_id:
            self.detail.setCurrentWidget(self.nothing)
            return
        self.list.choose(row_id)
        heard = feedback.one(self.context.store, row_id)
        if heard is not None:
            self.view.show_heard(heard, self.list.days)
            self.detail.setCurrentWidget(self.view)
        elif self.context.store.record(Interaction, row_id) is not None:
            said = self.context.words("feedback.gone")
            self.say_gone("interaction", row_id, said, there=True)
        else:
            self._show(self.list.first())

    # what is asked for

    def _asking(self) -> bool:
        return self.detail.currentWidget() in self._pages.values()

    def _ask(self, form: Asking) -> None:
        self.flush()
        self.detail.setCurrentWidget(self._pages[form])

    def _enter(self) -> None:
        if self.detail.currentWidget() is self.view and self.view.heard is not None:
            if waits(self.view.heard.record):
                self.answer()
            else:
                self.view.form.focus("text")

    def answer(self) -> None:
        """Asks what the customer was answered."""
        if self.view.heard is not None:
            self._ask(self.answering)
            self.answering.ask(self.view.heard)

    def make_task(self) -> None:
        """Asks for the task that comes of the one shown."""
        if self.view.heard is not None:
            self._ask(self.making)
            self.making.ask(self.view.heard, self.list.days)

    def _left(self) -> None:
        self.detail.setCurrentWidget(self.nothing)
        self._show(self._id or self.list.first())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settled(self) -> None:
        if self.detail.currentWidget() is self._pages[self.hearing]:
            self._id = self.hearing.made
            self.list.read()
            if not self.list.choose(self._id):
                self.list.show_all()
                self.list.show_view("waiting")
        self._left()
