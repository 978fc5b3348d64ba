"""What a line of Today does: finished, put off, moved; each an operation that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Signal

from fieldsales.domain.campaign import Campaign
from fieldsales.domain.clock import from_stamp
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens.campaigns import begin_campaign
from fieldsales.screens.contract import Context
from fieldsales.services.festivals import near, pass_over
from fieldsales.services.operations.campaigns import CloseCampaign
from fieldsales.services.operations.deals import SnoozeDeals, WakeDeals
from fieldsales.services.operations.feedback import CloseFeedback
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.scheduling import RescheduleVisit
from fieldsales.services.operations.snoozing import SnoozeLine, WakeLine
from fieldsales.services.operations.tasks import CompleteTask, SnoozeTask, WakeTask
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.care import in_touch
from fieldsales.store.queries.snoozed import PutOff

_IN_TOUCH = 365  # days back within which somebody was in touch who is greeted on festivals


@dataclass(frozen=True, slots=True)
class Finished:
    """What was just finished, and for whom; `then` is a next step to begin with."""

    title: str
    customer_id: str = ""
    deal_id: str = ""
    then: str = ""


class Desk(QObject):
    """The hands of the list; `finished` tells what calls for a next step, before it is written."""

    finished = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    # finishing

    def complete(self, task: Task) -> None:
        said = self.context.words("today.task_done", title=task.title)
        whose = Finished(said, task.customer_id or "", task.deal_id or "")
        self._finish(CompleteTask(task.id), said, whose)

    def settle(self, complaint: Interaction, customer: str) -> None:
        words = self.context.words
        said = words("today.complaint_settled")
        then = words("today.ask_after", name=customer)
        whose = Finished(said, complaint.customer_id, complaint.deal_id or "", then)
        self._finish(CloseFeedback(complaint.id), said, whose)

    def been_in_touch(self, customer_id: str, name: str) -> None:
        """A call that was just made: a real contact, from which the rhythm counts anew."""
        values = {
            "customer_id": customer_id,
            "kind": "call",
            "at": self.context.look.clock.stamp(),
        }
        said = self.context.words("today.touched", name=name)
        self._finish(AddRecord("interaction", values), said, Finished(said, customer_id))

    def _finish(self, operation: Operation, said: str, what: Finished) -> None:
        self.finished.emit(what)
        if self.context.run(operation, undoable=said) is None:
            self.finished.emit(None)

    def note_next(self, what: Finished, title: str, day: date | None) -> bool:
        """The next step of what was finished, as a task."""
        values = {
            "title": title,
            "due": None if day is None else day.isoformat(),
            "customer_id": what.customer_id or None,
            "deal_id": what.deal_id or None,
        }
        said = self.context.words("today.next_noted")
        return self.context.run(AddRecord("task", values), undoable=said) is not None

    # greeting

    def greeted(self) -> list[str]:
        """Customers to write to on a festival: those in touch within a year."""
        since = self.context.look.clock.today() - timedelta(days=_IN_TOUCH)
        return in_touch(self.context.store, since)

    def greet(self, code: str) -> None:
        """Begins the greetings of a festival that is near, and shows them."""
        words, today = self.context.words, self.context.look.clock.today()
        found = [one for one in near(self.context.store, words, today) if one.code == code]
        for one in found:
            occasion = words(f"phrase.topic.{one.topic}")
            values = {
                "name": words("campaign.of_occasion", occasion=occasion, year=one.day.year),
                "occasion": one.topic,
                "due": one.day.isoformat(),
            }
            begin_campaign(self.context, self.greeted(), values)

    def pass_over(self, code: str, day: date) -> None:
        """No greetings for this festival this year."""
        words = self.context.words
        said = words("festival.passed", name=words(f"calendar.festival.{code}"))
        self.context.run(pass_over(self.context.store, code, day), undoable=said)

    def close_campaign(self, one: Campaign) -> None:
        said = self.context.words("campaign.closed")
        self.context.run(CloseCampaign(one.id), undoable=said)

    # putting off

    def snooze(self, line: str, row_id: str, until: date, reason: str) -> None:
        words = self.context.words
        said = words("today.task_snoozed", day=words.date(until, year=False))
        operation: Operation
        if line == "task":
            operation = SnoozeTask(row_id, until, reason)
        elif line == "deal":
            operation = SnoozeDeals((row_id,), until, reason)
        else:
            operation = SnoozeLine(line, row_id, until, reason)
        self.context.run(operation, undoable=said)

    def wake(self, one: PutOff) -> None:
        operation: Operation
        if one.line == "task":
            operation = WakeTask(one.row_id)
        elif one.line == "deal":
            operation = WakeDeals((one.row_id,))
        else:
            operation = WakeLine(one.snooze_id)
        self.context.run(operation, undoable=self.context.words("today.woken"))

    def move_visit(self, visit: Visit, day: date) -> None:
        """A planned visit at the same hour of another day."""
        words = self.context.words
        at = from_stamp(visit.starts_at).astimezone().time()
        said = words("today.visit_moved", day=words.dated(day, year=False))
        moved = RescheduleVisit(visit.id, datetime.combine(day, at).astimezone())
        self.context.run(moved, undoable=said)
