"""Checklists of the rep's own, and what was found with one on a day (M13, M26, M29d, M38)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Record):
    """A checklist of the rep's own; `text` is its file (`checklist_file.read`)."""

    title: str = f.text(required=True)
    text: str = f.note(60_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistResult(Record):
    """One filling-in of a checklist: a method's code, or the id of one's own.

    `title` is kept should the checklist go. `subject` says what it is about where that is no
    record: a product line, a region.
    """

    checklist: str = f.text(required=True, max_length=80, shown=False)
    title: str = f.text(required=True)
    subject: str = f.text()
    customer_id: str | None = f.reference("customer")
    deal_id: str | None = f.reference("deal")
    visit_id: str | None = f.reference("visit")
    product_id: str | None = f.reference("product")
    filled_on: str | None = f.day()
    note: str = f.note()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistAnswer(Record):
    """What was answered to one item: `value` as `checklist_file.Item.clean` keeps it.

    `target` is what a number should become (M29f); `task_id` the task that the item became (M29d).
    """

    result_id: str = f.reference("checklist_result", required=True, shown=False)
    item: str = f.text(required=True, max_length=80)
    value: str = f.note(2_000)
    target: str = f.text(max_length=100)
    task_id: str | None = f.reference("task", shown=False)
