"""The section: a review's customers at the left, one at the right, or the review as a whole."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.review import DECISIONS, Review
from fieldsales.reports import review_words as said
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.customers_first import customers_first
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.portfolio.review.listing import ReviewList
from fieldsales.screens.portfolio.review.view import ItemView
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.reviews import EndReview, StartReview
from fieldsales.services.portfolio import renew
from fieldsales.services.reviewing import Queue, queue, since_last
from fieldsales.store.journal import Changed
from fieldsales.store.queries import customers
from fieldsales.store.queries import reviews as queries
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row, tool_button

_CONCERN = ("review", "review_item", "customer", "task", "class_pin", "setting")


class ReviewPage(ListedPage):
    """Selecting shows a customer; 1 to 5 decide and go on to the next that is not decided.

    A review that was interrupted goes on where it was.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.begin = button(look, words("review.start"), self.start, icon="add", role="primary")
        self.finish = button(look, words("review.end"), self.end, icon="check")
        self.paper = button(look, words("review.paper"), self._open_paper, icon="document")
        self.help = tool_button(look, "question", words("review.help"), self._open_help)
        self.tools = (self.help, self.paper, self.finish, self.begin)
        self.list = ReviewList(context)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.review_chosen.connect(self._show_review)
        self.view = ItemView(context)
        self.view.settled.connect(self._go_on)
        self.view.left.connect(self.to_list)
        self.sum_title = label(look, size="section", bold=True, wrap=True)
        self.sum_finding = label(look, size="title", wrap=True)
        self.sum_compared = label(look, tone="muted", wrap=True)
        self.sum_left = label(look, tone="muted", wrap=True)
        self.sum_end = button(look, words("review.end"), self.end, icon="check", role="primary")
        self.sum_paper = button(look, words("review.paper"), self._open_paper, icon="document")
        self.sum_trash = button(look, words("review.trash"), self.trash, icon="trash", role="quiet")
        self.summary = CardScroll(look, gap=12)
        for part in (self.sum_title, self.sum_finding, self.sum_compared, self.sum_left):
            self.summary.body.addWidget(part)
        self.summary.body.addLayout(
            row(look, self.sum_end, self.sum_paper, self.sum_trash, None, gap=8)
        )
        self.summary.body.addStretch(1)
        self.detail = QStackedWidget()
        for page in (self.view, self.summary):
            self.detail.addWidget(page)
        self.put(self.list, self.detail)
        self.empty = EmptyState(
            look,
            words("review.empty"),
            icon="history",
            hint=words("review.empty_hint"),
            action=words("review.start"),
            act=self.start,
        )
        self.nobody = customers_first(context, words("review.nobody"), "history")
        self.stack = QStackedWidget()
        for front in (self.halves, self.empty, self.nobody):
            self.stack.addWidget(front)
        self.setLayout(column(look, self.stack))
        for at, decision in enumerate(DECISIONS, start=1):
            shortcut = QShortcut(QKeySequence(str(at)), self.list.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.view.decide, decision))

    # the contract

    def refresh(self) -> None:
        self.list.read()
        self._arrange()
        if self.view.form is None:
            self._show_current()

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A review by its id."""
        self._show_review(row_id)
        self.to_list()

    def show_example(self) -> None:
        self.refresh()

    def front(self) -> QWidget:
        return self.stack.currentWidget() or self.halves

    def new_record(self) -> bool:
        if self.front() is self.nobody:
            return False
        if self._open() is not None:
            self._show_review(str(self._open()))
        else:
            self.start()
        return True

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self.front() is self.nobody:
            return []
        if self._open() is None:
            found = [Command(words("review.start"), "add", self.start)]
        else:
            found = [Command(words("review.end"), "check", self.end)]
        if self.list.review is not None:
            found.append(Command(words("review.paper"), "document", self._open_paper))
            found.append(Command(words("review.trash"), "trash", self.trash))
        return found

    def go_back(self) -> bool:
        if self.view.form is not None:
            self.view.close_form()
            self.to_list()
            return True
        return super().go_back()

    # what is shown

    def _open(self) -> str | None:
        return queries.open_review(self.context.store)

    def _arrange(self) -> None:
        review, open_id = self.list.review, self._open()
        nothing = self.empty if customers.count(self.context.store) else self.nobody
        self.stack.setCurrentWidget(self.halves if review else nothing)
        self.begin.setVisible(review is not None and open_id is None)
        self.finish.setVisible(review is not None and review.id == open_id)
        self.paper.setVisible(review is not None)

    def _show_review(self, review_id: str) -> None:
        self.view.close_form()
        self.view.one = None
        self.list.list.clear_selection()
        self.list.read(review_id)
        self._arrange()
        self._show_current()

    def _show_current(self) -> None:
        """The item that was in view, else the first that is not decided, else the whole."""
        if self.list.review is None:
            return
        kept = self.view.one.item.id if self.view.one else self.list.following()
        if not kept or not self.list.choose(kept):
            self._show_summary(self.list.review)
        else:
            self._choose(kept)

    def _choose(self, item_id: str) -> None:
        one = next((one for one in self.list.found if one.item.id == item_id), None)
        review = self.list.review
        if one is None or review is None:
            return
        day = date.fromisoformat(review.held_on)
        self.view.show_item(one, day, open_=review.closed_at is None)
        self.detail.setCurrentWidget(self.view)

    def _show_summary(self, review: Review) -> None:
        words = self.context.words
        tally = queries.tally(self.list.found)
        self.sum_title.setText(
            words("review.of", day=words.date(date.fromisoformat(review.held_on)))
        )
        self.sum_finding.setText(said.finding(words, tally))
        before = next((one for one in self.list.reviews if one.held_on < review.held_on), None)
        told = ""
        if before is not None:
            then = queries.tally(queries.items(self.context.store, before.id))
            told = said.compared(words, tally, then, date.fromisoformat(before.held_on))
        self.sum_compared.setText(told)
        self.sum_compared.setVisible(bool(told))
        left = words("review.left_out", n=review.left_out) if review.left_out else ""
        self.sum_left.setText(left)
        self.sum_left.setVisible(bool(left))
        self.sum_end.setVisible(review.closed_at is None)
        self.view.one = None
        self.detail.setCurrentWidget(self.summary)

    def _enter(self) -> None:
        if self.detail.currentWidget() is self.view:
            self.view.focus_first()

    def _go_on(self) -> None:
        """To the next item that is not decided; after the last one, to the review as a whole."""
        decided = self.view.one.item.id if self.view.one else ""
        self.view.close_form()
        self.list.read()
        following = self.list.following(decided)
        self.view.one = None
        if following and self.list.choose(following):
            self._choose(following)
        elif self.list.review is not None:
            self.list.list.clear_selection()
            self._show_summary(self.list.review)
        self.to_list()

    # what is done

    def start(self) -> None:
        """Looks who is to be gone through since the last review, and begins."""
        store, workspace = self.context.store, self.context.workspace
        since = since_last(store)

        def work(job: Job) -> Queue:
            try:
                renew(workspace, job.watch)
                return queue(store, since)
            finally:
                store.release()

        title = self.context.words("review.looking")
        self.context.jobs.start(work, self._began, self.context.tell, title)

    def _began(self, found: Queue) -> None:
        words = self.context.words
        if not found.entries:
            self.context.say(Message(words("review.nothing"), "success", key="review"))
            return
        operation = StartReview(found.since, found.entries, found.left_out)
        told = words("review.begun", n=len(found.entries))
        if self.context.run(operation, undoable=told) is not None:
            self._show_review(operation.row_id)
            self.to_list()

    def end(self) -> None:
        """Ends the review that is open; it stays readable."""
        open_id = self._open()
        if open_id is not None:
            self.view.close_form()
            self.context.run(EndReview(open_id), undoable=self.context.words("review.ended"))

    def trash(self) -> None:
        """Puts the review in view into the trash; what was decided stays done."""
        review = self.list.review
        if review is None:
            return
        day = self.context.words.date(date.fromisoformat(review.held_on))
        self.view.one = None
        told = self.context.words("review.trashed", day=day)
        self.context.run(TrashRecords("review", (review.id,)), undoable=told)

    def _open_help(self) -> None:
        self.context.open("help", "m11")

    def _open_paper(self) -> None:
        if self.list.review is not None:
            self.context.open("paper", f"review:{self.list.review.id}")
