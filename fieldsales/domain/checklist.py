"""Checklists of the rep's own; what was found with one, its score, what moved (M13, M29d, M38)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isfinite

from fieldsales.domain import fields as f
from fieldsales.domain.checklist_file import HIGH, LOW, Form, Item, Section
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


@dataclass(frozen=True, slots=True)
class Filled:
    """One filling-in with its answers, and the names of what it is about, '' for none.

    `visited_at` is when the visit begins that it is about; `own` the checklist if it is one of the
    rep's own, in the trash or not.
    """

    result: ChecklistResult
    answers: tuple[ChecklistAnswer, ...] = ()
    customer: str = ""
    deal: str = ""
    product: str = ""
    visited_at: str = ""
    own: Checklist | None = None


GONE = "\x00gone"  # code of the section of what stands on the checklist no more


def remembered(form: Form | None, filled: Filled) -> Form:
    """The checklist with what was answered and stands on it no more, which counts nothing.

    None is a checklist that is gone: what is left of it are the codes of its items, which for one's
    own are what they said first (`checklist_edit.add_item`).
    """
    result = filled.result
    known = form or Form(result.checklist, "self", 0, result.title, "", {}, {})
    left = [one.item for one in filled.answers if one.value and one.item not in known.items]
    if not left:
        return known
    section = Section(code=GONE, title="")
    items = {code: Item(code=code, section=GONE, kind="text", text=code, weight=0) for code in left}
    return replace(
        known,
        sections={**known.sections, GONE: section},
        items={**known.items, **items},
    )


@dataclass(frozen=True, slots=True)
class Score:
    """How far a checklist is fulfilled: 0 … 100, None where nothing counts; `answered` of `total`.

    What is not answered counts as not fulfilled, so half a checklist never scores full.
    """

    percent: int | None
    answered: int
    total: int


def score(form: Form, answers: Iterable[ChecklistAnswer], section: str = "") -> Score:
    """The score of a result, or of one section of it.

    Yes, done and a text told are whole; a scale goes from 1 (nothing) to 5 (whole); a number is
    whole, or its share of its target where there is one. Worked example: yes (weight 2), 3 of 5
    (weight 1) and one unanswered (weight 1) give (2 + 0.5 + 0) / 4 = 63.
    """
    told = {one.item: one for one in answers}
    items = [item for item in form.items.values() if not section or item.section == section]
    whole = sum(item.weight for item in items)
    reached = sum(item.weight * _share(item, told.get(item.code)) for item in items)
    answered = sum(bool(item.code in told and told[item.code].value) for item in items)
    percent = int(reached * 100 / whole + 0.5) if whole else None
    return Score(percent, answered, len(items))


def _share(item: Item, answer: ChecklistAnswer | None) -> float:
    if answer is None or not answer.value:
        return 0.0
    number, target = _number(answer.value), _number(answer.target)
    if item.kind == "scale":
        return (min(max(number, LOW), HIGH) - LOW) / (HIGH - LOW)
    if item.kind == "number" and target > 0:
        return min(max(number / target, 0.0), 1.0)
    return 1.0


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if isfinite(found) else 0.0


@dataclass(frozen=True, slots=True)
class Moved:
    """An item whose answer differs from the last time; '' for none."""

    item: Item
    before: str
    now: str


def moved(
    form: Form, before: Iterable[ChecklistAnswer], now: Iterable[ChecklistAnswer]
) -> list[Moved]:
    """What changed between two results of a checklist, in its order."""
    old = {one.item: one.value for one in before}
    new = {one.item: one.value for one in now}
    return [
        Moved(item, old.get(code, ""), new.get(code, ""))
        for code, item in form.items.items()
        if old.get(code, "") != new.get(code, "")
    ]
