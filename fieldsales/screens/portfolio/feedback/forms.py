"""What is asked for: something heard, an answer, a task that comes of it."""

from __future__ import annotations

from datetime import timedelta

from fieldsales.domain.feedback import due_day
from fieldsales.domain.fields import Field, Kind
from fieldsales.domain.interaction import ANSWERED_KINDS
from fieldsales.domain.task import TITLE
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import customers_finder, people_finder
from fieldsales.services.operations.feedback import AnswerFeedback, HearFeedback, MakeFeedbackTask
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.feedback import Heard
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, label
from fieldsales.widgets.saved_field import WrappedLine

_SHORT = 40  # characters of what was said, in the title of its task


class _Telling(Asking):
    """Asks for words of several lines; Enter is done there, too."""

    def _editor(self, spec: Field, text: str, finder: Finder | None) -> Editor:
        if spec.kind is not Kind.NOTE:
            return super()._editor(spec, text, finder)
        line = WrappedLine(self.context.look, spec)
        line.text.setProperty("calm", False)
        line.entered.connect(self.submit)
        return line


class Hearing(_Telling):
    """What a customer praises or complains of, written down while it is told."""

    NAMES = ("customer_id", "contact_id", "text", "at", "due", "assignee")

    def __init__(self, context: Context) -> None:
        words = context.words
        people = people_finder(context, self._customer)
        super().__init__(
            context,
            "interaction",
            self.NAMES,
            words("feedback.hear_go"),
            finders={
                "customer_id": customers_finder(context, new=True),
                "contact_id": Finder(people.find, people.title),
            },
            wide=("text",),
        )
        self.made = ""
        self.title.setText(words("feedback.add"))
        self.kind = Picks(context.look, name=words("field.interaction.kind"), clearable=False)
        self.kind.set_picks(
            [Pick(kind, words.choice("interaction_kind", kind)) for kind in ANSWERED_KINDS]
        )
        self.lead.addWidget(self.kind)

    def _customer(self) -> str:
        return str(self.editor("customer_id").value() or "")

    def ask(self, customer_id: str = "") -> None:
        """Asks for one of now, a complaint unless told otherwise."""
        self.kind.set_key(ANSWERED_KINDS[0])
        values = {"customer_id": customer_id, "at": self.context.look.clock.stamp()}
        self.start(values, "text" if customer_id else "customer_id")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        heard = HearFeedback({**values, "kind": self.kind.key})
        self.made = heard.row_id
        return heard, self.context.words("feedback.heard")


class Answering(_Telling):
    """What the customer was answered and what had caused it; closing it is a press more."""

    NAMES = ("answer", "cause")

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(
            context, "interaction", self.NAMES, words("feedback.answer_go"), wide=("answer",)
        )
        self._heard: Heard | None = None
        self._close = False
        self.said = label(context.look, tone="muted", wrap=True)
        self.lead.addWidget(self.said)
        self.and_close = button(
            context.look, words("feedback.answer_close"), self._answer_and_close
        )
        self.buttons.insertWidget(1, self.and_close)

    def ask(self, heard: Heard) -> None:
        """An answer to this one; what was answered before can be put right."""
        self._heard = heard
        one = heard.record
        words = self.context.words
        self.title.setText(words("feedback.answer_to", customer=heard.customer))
        self.said.setText(one.text)
        self.and_close.setVisible(not one.closed_at)
        self.start({"answer": one.answer, "cause": one.cause}, "answer")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        assert self._heard is not None
        answer = AnswerFeedback(
            self._heard.record.id,
            str(values["answer"]),
            str(values["cause"]),
            close=self._close,
        )
        key = "feedback.answered_closed" if self._close else "feedback.answered"
        return answer, self.context.words(key, customer=self._heard.customer)

    def _answer_and_close(self) -> None:
        self._close = True
        self.submit()
        self._close = False


class MakingTask(Asking):
    """The task that comes of it, by the day on which an answer is due."""

    NAMES = ("title", "due")

    def __init__(self, context: Context) -> None:
        super().__init__(
            context, "task", self.NAMES, context.words("feedback.task_go"), wide=("title",)
        )
        self.title.setText(context.words("feedback.task"))
        self._heard: Heard | None = None

    def ask(self, heard: Heard, days: int) -> None:
        self._heard = heard
        words, one = self.context.words, heard.record
        told = " ".join(one.text.split())
        short = told if len(told) <= _SHORT else f"{told[:_SHORT]}…"
        title = words("feedback.task_title", customer=heard.customer, text=short)
        tomorrow = self.context.look.clock.today() + timedelta(days=1)
        due = max(due_day(one, days), tomorrow)
        self.start({"title": title[:TITLE], "due": due.isoformat()}, "title")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        assert self._heard is not None
        due = str(values["due"]) if values["due"] else None
        made = MakeFeedbackTask(self._heard.record.id, str(values["title"]), due)
        return made, self.context.words("feedback.task_made")
