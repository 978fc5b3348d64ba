"""Open tasks and promises of the customer: tick them off, or put them off with a reason (M46)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fieldsales.domain.task import Task
from fieldsales.errors import EnvironmentProblem
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.records import RecordEditor, RecordSection
from fieldsales.screens.finders import people_finder
from fieldsales.screens.kept_files import FilesOf
from fieldsales.services.operations.tasks import CompleteTask, SnoozeTask
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import Group
from fieldsales.widgets.lines import LineActions, LineFace
from fieldsales.widgets.snooze import SnoozePanel
from fieldsales.widgets.typed import parse_day


class TasksSection(RecordSection[Task]):
    """Lines of open tasks by their day."""

    noun = "task"
    groups = (
        Group("", ("title", "due", "kind", "party", "contact_id"), wide=("title",)),
        Group("", ("note",)),
    )

    def __init__(self, context: Context) -> None:
        words = context.words
        actions = LineActions(
            tick=("circle", words("card.task_done")), more=("snooze", words("widgets.snooze"))
        )
        super().__init__(context, actions)
        self.snooze: SnoozePanel | None = None
        self._putting_off = ""  # the task it asks about

    def _customer(self) -> str:
        return self.customer_id

    def record(self, item: Task) -> Task:
        return item

    def values(self, text: str) -> dict[str, object]:
        """`送样 周五` is due on Friday: a day may stand at the end."""
        title, _, last = text.rpartition(" ")
        due = parse_day(last, self.context.look.clock.today()) if title else None
        if due is None:
            return {"title": text}
        return {"title": title.strip(), "due": due.isoformat()}

    def finders(self) -> Mapping[str, Finder]:
        return {"contact_id": people_finder(self.context, self._customer)}

    def build_editor(self) -> RecordEditor:
        editor = super().build_editor()
        self.files = FilesOf(self.context, "task")
        editor.extra.addWidget(self.files)
        return editor

    def refresh_editor(self, item: Task) -> None:
        super().refresh_editor(item)
        self.files.show_for(item.id, self.customer_id)

    def load(self, customer_id: str, kept: Mapping[str, str]) -> None:
        self._close_snooze()
        super().load(customer_id, kept)

    def face(self, item: Task) -> LineFace:
        words = self.context.words
        chips = (ChipFace(words("card.theirs"), "accent"),) if item.party == "them" else ()
        subtitle = ""
        if item.snoozed_until:
            until = words.date(date.fromisoformat(item.snoozed_until), year=False)
            subtitle = words("card.snoozed", day=until, reason=item.snooze_reason)
        when, role, tip = "", "ink-3", ""
        if item.day:
            day, today = date.fromisoformat(item.day), self.context.look.clock.today()
            late, tip = (today - day).days, words.date(day)
            when = words("days.overdue", n=late) if late > 0 else words.days_from(day, today)
            role = "bad" if late > 0 else "ink-2" if late else "warn"
        return LineFace(
            key=item.id,
            title=item.title,
            chips=chips,
            subtitle=subtitle,
            aside=when,
            aside_role=role,
            tooltip=tip,
        )

    def ticked(self, item: Task) -> None:
        said = self.context.words("card.task_ticked", title=item.title)
        self.context.run(CompleteTask(item.id), undoable=said)

    def more_wanted(self, item: Task) -> None:
        """Ask below the line until when, and why."""
        if self.snooze is None:
            self.snooze = SnoozePanel(self.context.look, self._put_off, indent=36)
            self.snooze.closed.connect(self._close_snooze)
        self.body.removeWidget(self.snooze)
        at = self.items.index(item)
        self.body.insertWidget(self.body.indexOf(self.lines[at]) + 1, self.snooze)
        self._putting_off = item.id
        self.snooze.ask()

    def _put_off(self, until: date, reason: str) -> None:
        try:
            self.context.workspace.run(SnoozeTask(self._putting_off, until, reason))
        except EnvironmentProblem as problem:
            self.context.tell(problem)
            return
        self._close_snooze()

    def _close_snooze(self) -> None:
        if self.snooze is not None:
            self.snooze.hide()
