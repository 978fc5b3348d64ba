"""Own checklists, and filling any in (M13, M26, M29d, M29f, M38, M45)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldsales.domain.checklist import Checklist, ChecklistResult
from fieldsales.domain.checklist_file import read
from fieldsales.domain.ids import new_id
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import pitch_links as links


@dataclass(frozen=True)
class KeepChecklist(Operation):
    """Adds a checklist of one's own from its file, or changes the one of `row_id` if it is there.

    Raises UserError, saying where, if the file is none; nothing of it is ever run.
    """

    text: str
    language: str = "zh_CN"  # of a title in several
    row_id: str = field(default_factory=new_id)
    part: str = ""  # what of it is being typed

    @property
    def merge_key(self) -> str:
        return f"{self.row_id}:{self.part}" if self.part else ""

    def apply(self, writer: Writer) -> None:
        title = read(self.text, self.row_id, self.language).title
        values = {"title": title, "text": self.text}
        if writer.store.record(Checklist, self.row_id) is None:
            writer.insert("checklist", values, self.row_id)
        else:
            writer.require(Checklist, self.row_id)
            writer.update("checklist", self.row_id, values)


@dataclass(frozen=True)
class StartChecklist(Operation):
    """Begins to fill a checklist in, today; `about` are fields of ChecklistResult.

    `answers`: item -> the value that is given with it.
    """

    checklist: str
    title: str
    about: Mapping[str, object] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        values = {
            "filled_on": writer.store.clock.today().isoformat(),
            **self.about,
            "checklist": self.checklist,
            "title": self.title,
        }
        writer.insert("checklist_result", values, self.row_id)
        for item, value in self.answers.items():
            _answer(writer, self.row_id, item, {"value": value})


@dataclass(frozen=True)
class AnswerItem(Operation):
    """Answers an item, `value` as `Item.clean` gives it; '' takes the answer back."""

    result_id: str
    item: str
    value: str
    target: str | None = None  # None: as it was

    @property
    def merge_key(self) -> str:
        return f"{self.result_id}:{self.item}"

    def apply(self, writer: Writer) -> None:
        writer.require(ChecklistResult, self.result_id)
        values: dict[str, object] = {"value": self.value}
        if self.target is not None:
            values["target"] = self.target
        _answer(writer, self.result_id, self.item, values)


@dataclass(frozen=True)
class MakeChecklistTask(Operation):
    """Makes an item a task, once (M29d); it is about what the result is about."""

    result_id: str
    item: str
    title: str
    due: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        result = writer.require(ChecklistResult, self.result_id)
        known = links.checklist_answers(writer.store, result.id).get(self.item)
        if known is not None and links.is_live(writer.store, "task", known.task_id):
            raise UserError("checklist.task_already")
        values = {
            "title": self.title,
            "kind": "service",
            "due": self.due,
            "customer_id": result.customer_id,
            "deal_id": result.deal_id,
            "visit_id": result.visit_id,
        }
        writer.insert("task", values, self.row_id)
        _answer(writer, result.id, self.item, {"value": "1", "task_id": self.row_id})


@dataclass(frozen=True)
class MakeChecklistTasks(Operation):
    """Makes several items tasks at once."""

    tasks: tuple[MakeChecklistTask, ...]

    @classmethod
    def verb(cls) -> str:
        return MakeChecklistTask.verb()

    def apply(self, writer: Writer) -> None:
        for task in self.tasks:
            task.apply(writer)


def _answer(writer: Writer, result_id: str, item: str, values: Mapping[str, object]) -> None:
    known = links.checklist_answers(writer.store, result_id).get(item)
    if known is None:
        place = {"result_id": result_id, "item": item}
        writer.insert("checklist_answer", {**place, **values})
    else:
        writer.update("checklist_answer", known.id, values)
