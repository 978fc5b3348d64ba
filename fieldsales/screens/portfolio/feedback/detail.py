"""One feedback or complaint at the right: what was said, where it stands, what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.feedback import CLOSED, NEW, answered_in, days_late, due_day, state, waits
from fieldsales.domain.fields import values_of
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.task import Task
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import deals_finder, people_finder
from fieldsales.screens.kept_files import FilesOf
from fieldsales.screens.portfolio.feedback.faces import chips_of, days_told, waits_told
from fieldsales.screens.satisfaction import ScoreRows
from fieldsales.services.operations.feedback import (
    CloseFeedback,
    ReopenFeedback,
    TakeUpFeedback,
)
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.store.queries import feedback, satisfaction
from fieldsales.store.queries.feedback import Heard
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section, at_left
from fieldsales.widgets.chips import ChipLine
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import LINK_PADDING, ElidedLink, button, column, label, row

_WIDE = 760  # px at 100 %
_OTHERS = 5  # of the same customer
_FIELDS = (
    Group(
        "",
        ("kind", "at", "contact_id", "deal_id", "due", "assignee", "cause", "text"),
    ),
)


class FeedbackView(CardScroll):
    """What can be done stands below what was said; forms take the place of what is below."""

    answer_wanted = Signal()
    task_wanted = Signal()
    other_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=16)
        self._context = context
        self.heard: Heard | None = None
        self.customer = ElidedLink(look, self._open_customer)
        self.chips = ChipLine(look)
        self.said = label(look, size="title", wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = FactLine(look)
        self.facts.clicked.connect(self._open_fact)
        self.answer = button(
            look, words("feedback.answer"), self.answer_wanted.emit, icon="message", role="primary"
        )
        self.take_up = button(look, words("feedback.take_up"), self.begin, icon="flag")
        self.close_it = button(look, words("feedback.close"), self.close_heard, icon="check")
        self.reopen = button(look, words("feedback.reopen"), self.open_again, icon="restore")
        self.task = button(look, words("feedback.task"), self.task_wanted.emit, icon="task")
        self.trash = button(
            look, words("feedback.trash"), self.trash_heard, icon="trash", role="quiet"
        )
        self.answered = Section(look, words("field.interaction.answer"))
        self._answer = label(look, wrap=True)
        self._answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._change = button(
            look, words("feedback.answer_change"), self.answer_wanted.emit, role="link"
        )
        self.answered.body.addWidget(self._answer)
        self.answered.body.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        self.scored = Section(look, words("satisfaction.ask"))
        self.scores = ScoreRows(context, self._about)
        self.scored.body.addWidget(self.scores)
        self.others = Section(look, words("feedback.others"), gap=0)
        self.files = FilesOf(context, "interaction", self)
        self.details = Section(look, words("card.details"))
        finders = {
            "contact_id": people_finder(context, self._customer_id),
            "deal_id": deals_finder(context, self._customer_id),
        }
        self.form = Form(look, "interaction", _FIELDS, self._save, self._draft, finders=finders)
        self.details.body.addWidget(self.form)
        inside = QWidget()
        actions = row(
            look, self.answer, self.take_up, self.close_it, self.reopen, self.task, None,
            self.trash, gap=8,
        )  # fmt: skip
        head = row(look, self.customer, 8, self.chips, None, gap=8)
        head.setContentsMargins(-look.theme.px(LINK_PADDING), 0, 0, 0)
        inside.setLayout(
            column(
                look,
                head,
                self.said,
                self.facts,
                actions,
                self.answered,
                self.scored,
                self.files,
                self.others,
                self.details,
                gap=16,
            )
        )
        self.body.addLayout(at_left(look, inside, _WIDE))
        self.body.addStretch(1)

    # showing

    def show_heard(self, heard: Heard, days: int) -> None:
        """Shows one, whose answer is due in so many days; what is typed in the same one stays."""
        words, today, one = self._context.words, self._context.look.clock.today(), heard.record
        other = self.heard is None or self.heard.record.id != one.id
        if other:
            self.flush()
            self.verticalScrollBar().setValue(0)
        self.heard = heard
        at = state(one)
        self.customer.set_text(heard.customer)
        self.chips.show_chips((("", face) for face in chips_of(words, one)), pressable=False)
        self.said.setText(one.text)
        self.facts.show_facts(self._facts(heard, today, days))
        self.answer.setVisible(waits(one))
        self.take_up.setVisible(at == NEW)
        self.close_it.setVisible(at != CLOSED)
        self.reopen.setVisible(not waits(one))
        self.task.setVisible(at != CLOSED and self._task(one) is None)
        self.answered.setVisible(bool(one.answer))
        self._answer.setText(one.answer)
        self.scored.setVisible(not waits(one))
        self.scores.show_scores(satisfaction.of_interaction(self._context.store, one.id))
        self.files.show_for(one.id, one.customer_id)
        self._show_others(one, today, days)
        values = values_of(one)
        if other:
            self.form.load(values, self._context.drafts("interaction", one.id))
        else:
            self.form.refresh(values)

    def _facts(self, heard: Heard, today: date, days: int) -> list[tuple[str, FactFace]]:
        words, one = self._context.words, heard.record
        came = local_day(one.at)
        moment = words.moment(from_stamp(one.at))
        facts = [
            ("", FactFace(words("feedback.came"), words.days_from(came, today), tooltip=moment))
        ]
        if heard.contact:
            facts.append(("contact", FactFace(words("feedback.told_by"), heard.contact)))
        if waits(one):
            due = words.date(due_day(one, days), year=False)
            said, role = waits_told(words, one, today, days)
            late = bool(days_late(one, today, days))
            face = FactFace(words("field.interaction.due"), due, said if late else "", role)
            facts.append(("", face))
        else:
            took = days_told(words, answered_in(one))
            facts.append(("", FactFace(words("feedback.answered_in"), took)))
        if one.assignee:
            facts.append(("", FactFace(words("field.interaction.assignee"), one.assignee)))
        if one.cause:
            cause = words.choice("feedback_cause", one.cause)
            facts.append(("", FactFace(words("field.interaction.cause"), cause)))
        task = self._task(one)
        if task is not None:
            done = words("feedback.task_done") if task.done_at else ""
            if not done and task.day:
                done = words.days_from(date.fromisoformat(task.day), today)
            facts.append(("task", FactFace(words("field.interaction.task_id"), task.title, done)))
        return facts

    def _task(self, one: Interaction) -> Task | None:
        """The task it became, unless that lies in the trash."""
        task = self._context.store.record(Task, one.task_id)
        return task if task is not None and not task.trashed_at else None

    def _show_others(self, one: Interaction, today: date, days: int) -> None:
        words = self._context.words
        others = [
            other
            for other in feedback.of_customer(self._context.store, one.customer_id)
            if other.record.id != one.id
        ]
        lines = []
        for other in others[:_OTHERS]:
            record = other.record
            line = Line(self._context.look)
            line.show_face(
                LineFace(
                    record.id,
                    " ".join(record.text.split()),
                    chips=chips_of(words, record),
                    aside=words.days_from(local_day(record.at), today),
                )
            )
            line.clicked.connect(partial(self.other_wanted.emit, record.id))
            lines.append(line)
        self.others.setVisible(bool(lines))
        self.others.set_count(len(others))
        self.others.show_parts(lines)

    # what can be done

    def begin(self) -> None:
        """Takes it up; who of ours deals with it is kept."""
        if self.heard is not None:
            one = self.heard.record
            said = self._context.words("feedback.taken_up")
            self._context.run(TakeUpFeedback(one.id, one.assignee), undoable=said)

    def close_heard(self) -> None:
        """Done with, with an undo."""
        if self.heard is not None:
            self.flush()
            said = self._context.words("feedback.closed")
            self._context.run(CloseFeedback(self.heard.record.id), undoable=said)

    def open_again(self) -> None:
        """Back in hand: the answer did not hold."""
        if self.heard is not None:
            said = self._context.words("feedback.reopened")
            self._context.run(ReopenFeedback(self.heard.record.id), undoable=said)

    def trash_heard(self) -> None:
        """One that was a mistake goes to the trash, with an undo."""
        if self.heard is not None:
            self.flush()
            words, one = self._context.words, self.heard.record
            name = words.choice("interaction_kind", one.kind)
            said = words("card.trashed", name=name)
            self._context.run(TrashRecords("interaction", (one.id,)), undoable=said)

    def _open_customer(self) -> None:
        if self.heard is not None:
            self._context.open("customer", self.heard.record.customer_id)

    def _open_fact(self, key: str) -> None:
        if self.heard is None:
            return
        one = self.heard.record
        row_id = one.contact_id if key == "contact" else one.task_id
        if row_id:
            self._context.open(key, row_id)

    def _customer_id(self) -> str:
        return self.heard.record.customer_id if self.heard is not None else ""

    def _about(self) -> Mapping[str, object]:
        assert self.heard is not None
        one = self.heard.record
        return {
            "customer_id": one.customer_id,
            "contact_id": one.contact_id,
            "interaction_id": one.id,
        }

    # writing

    def flush(self) -> None:
        """Saves what is being typed."""
        if self.heard is not None:
            self.form.flush()

    def _save(self, values: Mapping[str, object]) -> None:
        assert self.heard is not None
        self._context.workspace.run(EditRecord("interaction", self.heard.record.id, values))

    def _draft(self, name: str, text: str | None) -> None:
        if self.heard is not None:
            self._context.keep_draft("interaction", self.heard.record.id, name, text)
