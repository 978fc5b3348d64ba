"""What is to be done in the deal, ours and theirs, and the visits that are planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.fields import values_of
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.deal.lists import AddingSection, Editing
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.tasks import CompleteTask
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import LineActions, LineFace
from fieldsales.widgets.typed import parse_day

_GROUPS = (Group("", ("title", "due", "kind", "party", "assignee", "note"), ("title",)),)
Step = Task | Visit


class StepsSection(AddingSection[Step]):
    """Planned visits and open tasks by their day: the first is the next step."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(
            desk,
            "task",
            words("deal_page.steps"),
            words("card.add_task"),
            words("card.new_task"),
            LineActions(tick=("circle", words("card.task_done"))),
        )
        self._form: TaskEditing | None = None

    def show_steps(self, tasks: Sequence[Task], planned: Sequence[Visit]) -> None:
        steps: list[Step] = [*planned, *tasks]
        steps.sort(key=lambda step: (not _day(step), _day(step), step.id))
        self.set_count(len(steps))
        self.show_items(steps)
        for line, step in zip(self.lines, self.items, strict=False):
            assert line.tick is not None
            line.tick.setVisible(isinstance(step, Task))

    def key(self, item: Step) -> str:
        return item.id

    def face(self, item: Step) -> LineFace:
        desk, words = self.desk, self.desk.words
        day, today = _day(item), desk.look.clock.today().isoformat()
        role = "bad" if day and day < today else "warn" if day == today else "ink-2"
        when = desk.day(day) if day else ""
        if isinstance(item, Visit):
            at = words.time(from_stamp(item.starts_at))
            with_whom = words("card.and").join(desk.around.met.get(item.id, ()))
            return LineFace(
                key=item.id,
                title=item.objective or words("noun.visit"),
                subtitle=with_whom,
                aside=f"{when} {at}",
                aside_role=role,
                mark="visit",
                mark_role="accent",
            )
        chips = [ChipFace(words("card.theirs"), "accent")] if item.party == "them" else []
        if item.assignee:
            chips.append(ChipFace(item.assignee, icon="person"))
        put_off = ""
        if item.snoozed_until:
            put_off = words(
                "card.snoozed",
                day=words.date(date.fromisoformat(item.snoozed_until), year=False),
                reason=item.snooze_reason,
            )
        return LineFace(
            key=item.id,
            title=item.title,
            chips=tuple(chips),
            subtitle=put_off,
            aside=when,
            aside_role=role,
            tooltip=day,
        )

    def ticked(self, item: Step) -> None:
        if isinstance(item, Task):
            said = self.desk.words("card.task_ticked", title=item.title)
            self.desk.run(CompleteTask(item.id), said)

    def pressed(self, item: Step) -> None:
        if isinstance(item, Visit):
            self.desk.context.open("visit", item.id)
        elif self.open_key == item.id:
            self.close_editing()
        else:
            self.open_task(item.id)

    def open_task(self, row_id: str) -> None:
        item = self.item_of(row_id)
        if not isinstance(item, Task):
            return
        if self._form is None:
            self._form = TaskEditing(self.desk)
        self.close_editing()
        self._form.load(item)
        self.open_editing(row_id, self._form)
        self._form.form.focus("title")

    def show_editing(self, item: Step) -> None:
        assert self._form is not None
        self._form.form.refresh(values_of(item))

    def add(self, text: str) -> str:
        """`送样 周五` is due on Friday: a day may stand at the end."""
        title, _, last = text.rpartition(" ")
        due = parse_day(last, self.desk.look.clock.today()) if title else None
        values: dict[str, object] = {"title": text}
        if due is not None:
            values = {"title": title.strip(), "due": due.isoformat()}
        ours = {"customer_id": self.desk.customer.id, "deal_id": self.desk.deal_id}
        operation = AddRecord("task", {**ours, **values})
        return operation.row_id if self.desk.run(operation) else ""


class TaskEditing(Editing):
    """The form of a task."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._task_id = ""
        self.form = Form(
            desk.look,
            "task",
            _GROUPS,
            desk.commit("task", self._id),
            desk.draft("task", self._id),
        )
        self.inside.addWidget(self.form)

    def _id(self) -> str:
        return self._task_id

    def load(self, task: Task) -> None:
        self._task_id = task.id
        self.form.load(values_of(task), self._desk.drafts("task", task.id))

    def flush(self) -> None:
        self.form.flush()


def _day(step: Step) -> str:
    """The ISO day a step stands for, '' for none."""
    if isinstance(step, Visit):
        return local_day(step.starts_at).isoformat()
    return step.day or ""
