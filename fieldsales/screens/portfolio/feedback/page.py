"""The section: what was heard at the left, one of it or what is asked for at the right."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt

from fieldsales.domain.customer import Customer
from fieldsales.domain.feedback import CLOSED, state, waits
from fieldsales.domain.interaction import Interaction
from fieldsales.screens.asking import Asking
from fieldsales.screens.asking_page import AskingPage
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.portfolio.feedback.detail import FeedbackView
from fieldsales.screens.portfolio.feedback.forms import Answering, Hearing, MakingTask
from fieldsales.screens.portfolio.feedback.listing import FeedbackList
from fieldsales.store.drafts import NEW
from fieldsales.store.queries import feedback


class FeedbackPage(AskingPage):
    """Selecting shows one, Enter answers it, Esc comes back to the list."""

    concern = ("interaction", "customer", "contact", "task", "satisfaction", "setting")
    area = "feedback"
    icon = "message"
    new_in = "waiting"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tools = (self.new,)
        self.list: FeedbackList = FeedbackList(context)
        self.view = FeedbackView(context)
        self.list.trash_wanted.connect(self.view.trash_heard)
        self.view.answer_wanted.connect(self.answer)
        self.view.task_wanted.connect(self.make_task)
        self.view.other_wanted.connect(self._show_other)
        self.fill(self.view)

    @cached_property
    def hearing(self) -> Hearing:
        return self.form(Hearing(self.context))

    @cached_property
    def answering(self) -> Answering:
        return self.form(Answering(self.context))

    @cached_property
    def making(self) -> MakingTask:
        return self.form(MakingTask(self.context))

    # the contract of sections

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

    def new_record(self) -> bool:
        self._ask(self.hearing)
        self.hearing.ask()
        return True

    def commands_here(self) -> list[Command]:
        words = self.context.words
        found = [Command(words("feedback.add"), "add", self.new_record)]
        heard = self.view.heard
        if self.detail.currentWidget() is self.view and heard is not None:
            if waits(heard.record):
                found.append(Command(words("feedback.answer"), "message", self.answer))
            else:
                found.append(Command(words("feedback.reopen"), "restore", self.view.open_again))
            if state(heard.record) != CLOSED:
                found.append(Command(words("feedback.close"), "check", self.view.close_heard))
        return found

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

    def display(self, key: str) -> bool:
        heard = feedback.one(self.context.store, key)
        if heard is not None:
            self.view.show_heard(heard, self.list.days)
            self.detail.setCurrentWidget(self.view)
            return True
        if self.context.store.record(Interaction, key) is None:
            return False
        self.say_gone("interaction", key, self.context.words("feedback.gone"), there=True)
        return True

    # what is asked for

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

    def _made(self, form: Asking) -> str:
        return form.made if isinstance(form, Hearing) else ""
