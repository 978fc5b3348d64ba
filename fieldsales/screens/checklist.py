"""Filling a checklist in wherever it stands: its items, and what was filled in about a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Literal

from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.domain.checklist import Checklist, ChecklistAnswer, Filled, moved, score
from fieldsales.domain.checklist_file import Form as Asked
from fieldsales.domain.checklist_file import Item
from fieldsales.domain.task import Task
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.methods.checklist.content import checklists, form_of, own_form
from fieldsales.methods.checklist.told import points, spoken, way
from fieldsales.screens.contract import Context
from fieldsales.services.operations.checklists import (
    AnswerItem,
    MakeChecklistTask,
    MakeChecklistTasks,
    StartChecklist,
)
from fieldsales.store.database import Store
from fieldsales.store.queries import checklists as query
from fieldsales.store.queries.checklists import results
from fieldsales.store.queries.customers import owner
from fieldsales.widgets.card import Section
from fieldsales.widgets.checklist_items import ChecklistItems
from fieldsales.widgets.checklist_rows import Told
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.menus import passing_menu
from fieldsales.widgets.offers import Offers
from fieldsales.widgets.pieces import column

_NOUN = "checklist_result"
PICTURE = 12.0  # px at 100 % of the text in a picture
_SHOWN = 5  # results that are listed about a record


def asked(store: Store, code: str, language: str) -> Asked | None:
    """A checklist by its code or the id of one's own; None if it is gone or cannot be read."""
    return checklists(language).get(code) or own_form(store.record(Checklist, code), language)


def begin(context: Context, code: str, about: Mapping[str, str]) -> str:
    """Starts a checklist about records (`customer_id` …) or a `subject`.

    Gives the id of the result, '' if it was refused.
    """
    form = asked(context.store, code, context.words.language)
    if form is None:
        context.tell(UserError("checklist.gone"))
        return ""
    started = StartChecklist(code, form.title, whole(context.store, about))
    said = context.words("checklist.started", title=form.title)
    return started.row_id if context.run(started, undoable=said) is not None else ""


def whole(store: Store, given: Mapping[str, str]) -> dict[str, object]:
    """What a result is about, the customer of a visit or a deal with it."""
    known: dict[str, object] = {name: value for name, value in given.items() if value}
    for noun in ("visit", "deal"):
        if f"{noun}_id" in known:
            known["customer_id"] = owner(store, noun, str(known[f"{noun}_id"]))
    return known


class Sheet(QWidget):
    """The items of one result, each answer an operation. Before there is a result it begins with
    the first answer.
    """

    def __init__(self, context: Context, *, compact: bool = False) -> None:
        super().__init__()
        self._context = context
        self.result_id = ""
        self.filled: Filled | None = None
        self._form: Asked | None = None
        self._about: Mapping[str, str] = {}
        self.items = ChecklistItems(context.look, self._answer, self._draft, compact=compact)
        self.items.task_wanted.connect(self._make_task)
        self.items.tasks_wanted.connect(self._make_tasks)
        self.items.trouble.connect(context.tell)
        self.setLayout(column(context.look, self.items, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_filled(self, form: Asked, filled: Filled, before: Filled | None = None) -> None:
        """A result, and the one before it to compare with."""
        other = filled.result.id != self.result_id or self._form is None
        self.result_id, self.filled = filled.result.id, filled
        self._show(form, before, other=other)

    def show_unbegun(self, form: Asked, about: Mapping[str, str]) -> None:
        """A checklist that nobody has begun, about these records."""
        other = bool(self.result_id) or form != self._form or about != self._about
        self.result_id, self.filled, self._about = "", None, about
        self._show(form, None, other=other)

    def _show(self, form: Asked, before: Filled | None, *, other: bool) -> None:
        other = other or form != self._form
        self._form = form
        told = self._told(form, before)
        if other:
            kept = self._context.drafts(_NOUN, self.result_id) if self.result_id else {}
            self.items.load(form, told, kept)
        answers = self.filled.answers if self.filled else ()
        words = self._context.words
        scores = {
            code: points(words, score(form, answers, code)) for code in form.sections if answers
        }
        self.items.refresh(told, scores)

    def _told(self, form: Asked, before: Filled | None) -> dict[str, Told]:
        words = self._context.words
        now = {one.item: one for one in self.filled.answers} if self.filled else {}
        old = {one.item: one.value for one in before.answers} if before else {}
        changes = moved(form, before.answers, self.filled.answers) if before and self.filled else ()
        ways = {one.item.code: way(one) for one in changes if one.now}
        told = {}
        for code, item in form.items.items():
            answer = now.get(code)
            said = spoken(words, item, old.get(code, ""))
            told[code] = Told(
                value=answer.value if answer else "",
                target=answer.target if answer else "",
                before=said or (words("checklist.nothing") if code in ways else ""),
                way=ways.get(code, ""),
                task=self._task(answer),
            )
        return told

    def _task(self, answer: ChecklistAnswer | None) -> str:
        """What is said of the task that an item became."""
        task = self._context.store.record(Task, answer.task_id) if answer else None
        if task is None or task.trashed_at:
            return ""
        words = self._context.words
        if task.done_at or not task.due:
            return words("checklist.task_done" if task.done_at else "checklist.task_made")
        when = words.days_from(date.fromisoformat(task.due), self._context.look.clock.today())
        return words("checklist.task_due", when=when)

    def flush(self) -> bool:
        """Saves what is being typed."""
        return self.items.flush()

    # writing

    def _answer(self, item: str, value: str, target: str | None) -> None:
        run = self._context.workspace.run
        if self.result_id:
            run(AnswerItem(self.result_id, item, value, target))
            return
        assert self._form is not None
        known = whole(self._context.store, self._about)
        started = StartChecklist(self._form.code, self._form.title, known, {item: value})
        self.result_id = started.row_id  # what follows is about it already
        try:
            run(started)
        except (UserError, EnvironmentProblem):
            self.result_id = ""
            raise

    def _draft(self, name: str, text: str | None) -> None:
        if self.result_id:
            self._context.keep_draft(_NOUN, self.result_id, name, text)

    def _make_task(self, code: str) -> None:
        """An item becomes a task; one that did is shown with the customer's tasks."""
        context = self._context
        if self._form is None or self.filled is None:
            return
        answer = next((one for one in self.filled.answers if one.item == code), None)
        task = context.store.record(Task, answer.task_id) if answer else None
        if task is not None and not task.trashed_at:
            context.open("task", task.id)
            return
        made = self._task_of(self._form.items[code])
        context.run(made, undoable=context.words("checklist.task_said", title=made.title))

    def _make_tasks(self, codes: Sequence[str]) -> None:
        if self._form is None or self.filled is None:
            return
        tasks = tuple(self._task_of(self._form.items[code]) for code in codes)
        said = self._context.words("checklist.tasks_said", n=len(tasks))
        self._context.run(MakeChecklistTasks(tasks), undoable=said)

    def _task_of(self, item: Item) -> MakeChecklistTask:
        """The task of an item, its day counted from that of the check."""
        assert self.filled is not None
        words, filled = self._context.words, self.filled
        who = filled.customer or words("checklist.the_customer")
        day = filled.result.filled_on
        start = date.fromisoformat(day) if day else self._context.look.clock.today()
        title = (item.task or item.text).replace("{customer}", who)
        due = (start + timedelta(days=item.days)).isoformat()
        return MakeChecklistTask(self.result_id, item.code, title, due)


class FilledSection(Section):
    """What was filled in about a customer, a deal or a visit, and what is to be filled in now.

    Of a customer there is always a way to begin one; the others have none but what is wanted.
    """

    def __init__(self, context: Context, noun: Literal["customer", "deal", "visit"]) -> None:
        look, words = context.look, context.words
        of_customer = noun == "customer"
        super().__init__(
            look,
            words("checklists.title"),
            action=words("checklist.fill") if of_customer else "",
            act=self.choose,
            icon="add",
            gap=0,
        )
        self._context, self._noun = context, noun
        self._row_id = ""
        self.lines: list[Line] = []
        self.offers = Offers(look, "check")
        self.offers.taken.connect(self._open_wanted)
        self._list = column(look, gap=0)
        self.body.addWidget(self.offers)
        self.body.addLayout(self._list)

    def show_for(self, row_id: str, wanted: str = "") -> None:
        """The results about a record; `wanted` is a checklist that is offered until it is begun."""
        context, words = self._context, self._context.words
        self._row_id = row_id
        found = results(context.store, **{f"{self._noun}_id": row_id})
        begun = {one.result.checklist for one in found}
        form = checklists(words.language).get(wanted)
        offered = [(wanted, words(f"checklist.wanted.{wanted}"), None)] if form else []
        self.offers.show_offers([one for one in offered if one[0] not in begun])
        shown = found[:_SHOWN]
        while len(self.lines) < len(shown):
            line = Line(context.look)
            line.clicked.connect(self._pressed)
            self._list.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                line.show_face(self._face(shown[at]))
        self.set_count(len(found))
        self.setVisible(self._noun == "customer" or bool(found or offered))

    def _face(self, one: Filled) -> LineFace:
        words, today = self._context.words, self._context.look.clock.today()
        form = form_of(one, words.language)
        day = one.result.filled_on
        said = [points(words, score(form, one.answers))]
        if day:
            said.append(words.days_from(date.fromisoformat(day), today))
        return LineFace(key=one.result.id, title=form.title, aside=" · ".join(said))

    def _pressed(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        self._context.open(_NOUN, line.face.key)

    def _open_wanted(self, code: str) -> None:
        self._context.open("checklist", f"{code}@{self._noun}:{self._row_id}")

    def choose(self) -> None:
        """Offers the checklists that are filled in about a customer."""
        assert self.action is not None
        menu = passing_menu(self, ((title, act) for title, act in self.choices()))
        menu.popup(self.action.mapToGlobal(self.action.rect().bottomLeft()))

    def choices(self) -> list[tuple[str, Callable[[], object]]]:
        """(title, what begins it) of each, one's own first."""
        store, language = self._context.store, self._context.words.language
        own = [own_form(one, language) for one in query.own_checklists(store)]
        forms = [form for form in (*own, *checklists(language).values()) if form is not None]
        return [
            (form.title, partial(self._begin, form.code)) for form in forms if form.of == self._noun
        ]

    def _begin(self, code: str) -> None:
        if started := begin(self._context, code, {f"{self._noun}_id": self._row_id}):
            self._context.open(_NOUN, started)
