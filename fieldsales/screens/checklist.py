"""Filling a checklist in: its items, kept as they are answered, and the page of one result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.domain.checklist import (
    Checklist,
    ChecklistAnswer,
    Filled,
    moved,
    score,
)
from fieldsales.domain.checklist_file import Form as Asked
from fieldsales.domain.checklist_file import Item
from fieldsales.domain.fields import values_of
from fieldsales.domain.task import Task
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.methods.checklist.content import checklists, form_of, own_form
from fieldsales.methods.checklist.picture import scored, trend
from fieldsales.methods.checklist.told import about, compared, points, spoken, way
from fieldsales.screens.contract import Context
from fieldsales.services.operations.checklists import AnswerItem, MakeChecklistTask, StartChecklist
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.store.database import Store
from fieldsales.store.queries import checklists as query
from fieldsales.store.queries.customers import owner
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.checklist_items import ChecklistItems, Told
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import ElidedLink, button, column, label, row, tool_button

_NOUN = "checklist_result"
PICTURE = 12.0  # px at 100 % of the text in a picture


def asked(store: Store, code: str, language: str) -> Asked | None:
    """A checklist by its code or the id of one's own; None if it is gone or cannot be read."""
    return checklists(language).get(code) or own_form(store.record(Checklist, code), language)


def asked_in(store: Store, filled: Filled, language: str) -> Asked:
    """What a result was filled in with, even if the checklist is gone."""
    own = store.record(Checklist, filled.result.checklist)
    return form_of(filled.result, filled.answers, own, language)


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
        item = self._form.items[code]
        made = MakeChecklistTask(self.result_id, code, *self._task_of(item))
        context.run(made, undoable=context.words("checklist.task_said", title=made.title))

    def _task_of(self, item: Item) -> tuple[str, str]:
        """Title and day of the task, counted from the day of the check."""
        assert self.filled is not None
        words, filled = self._context.words, self.filled
        who = filled.customer or words("checklist.the_customer")
        day = filled.result.filled_on
        start = date.fromisoformat(day) if day else self._context.look.clock.today()
        title = (item.task or item.text).replace("{customer}", who)
        return title, (start + timedelta(days=item.days)).isoformat()


class Filling(CardScroll):
    """One result: whom it is about and when, its score against the last time, items and note."""

    left = Signal()
    again = Signal()  # another one about the same

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look)
        self._context = context
        self.filled: Filled | None = None
        self.sheet = Sheet(context)
        self._title = label(look, size="section", bold=True, wrap=True)
        self._about = ElidedLink(look, self._open_about)
        self._points = label(look, size="page", bold=True)
        self._said = label(look, tone="muted", wrap=True)
        self.picture = PictureBlock(look)
        self.picture.clicked.connect(self._open_other)
        self.form = Form(
            look,
            _NOUN,
            (Group("", ("filled_on", "subject")), Group("", ("note",))),
            self._save,
            self._draft,
        )
        back = tool_button(look, "back", words("checklist.back"), self.left.emit)
        redo = button(look, words("checklist.again"), self.again.emit, icon="add", role="quiet")
        paper = button(look, words("checklist.print"), self.print, icon="print", role="quiet")
        trash = tool_button(look, "trash", words("checklist.trash"), self.trash)
        head = row(look, back, gap=8)
        head.addLayout(column(look, self._title, self._about, gap=0), 1)
        for part in (redo, paper, trash):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        found = row(look, self._points, gap=16)
        found.addWidget(self._said, 1)
        self.body.addLayout(head)
        self.body.addLayout(found)
        self.body.addWidget(self.picture)
        self.body.addWidget(self.sheet)
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    # what is shown

    def open(self, result_id: str) -> bool:
        """Shows a result; False if it is gone."""
        other = self.filled is None or self.filled.result.id != result_id
        if other:
            self.flush()
        try:
            self.filled = query.filled(self._context.store, result_id)
        except UserError:
            self.forget()
            return False
        self._show(self.filled, other=other)
        return True

    def refresh(self) -> bool:
        """Reads the same anew; False if it is gone."""
        return self.filled is not None and self.open(self.filled.result.id)

    def forget(self) -> None:
        """The result is gone, and what was typed in it."""
        self.filled = None
        self.sheet.items.drop()
        self.form.load({})

    def flush(self) -> None:
        """Saves what is being typed."""
        if self.filled is not None:
            self.sheet.flush()
            self.form.flush()

    def _show(self, filled: Filled, *, other: bool) -> None:
        context, words, result = self._context, self._context.words, filled.result
        form = asked_in(context.store, filled, words.language)
        past = query.history(context.store, result)
        self._title.setText(form.title)
        self._about.set_text(about(words, filled))
        self._about.setVisible(bool(about(words, filled)))
        found = score(form, filled.answers)
        self._points.setText(points(words, found))
        known = compared(words, form, past)
        counted = words("checklist.answered", n=found.answered, total=found.total)
        self._said.setText(" · ".join(part for part in (counted, known) if part))
        marks = scored(form, past)
        self.picture.setVisible(len(marks) > 1)
        self.picture.show_picture(
            "", lambda room: trend(form.title, marks, words, room, size=PICTURE)
        )
        self.sheet.show_filled(form, filled, past[-2] if len(past) > 1 else None)
        if other:
            self.form.load(values_of(result), context.drafts(_NOUN, result.id))
            self.verticalScrollBar().setValue(0)
        else:
            self.form.refresh(values_of(result))

    # what is done

    def _save(self, values: Mapping[str, object]) -> None:
        assert self.filled is not None
        self._context.workspace.run(EditRecord(_NOUN, self.filled.result.id, values))

    def _draft(self, name: str, text: str | None) -> None:
        if self.filled is not None:
            self._context.keep_draft(_NOUN, self.filled.result.id, name, text)

    def _open_about(self) -> None:
        """The record that the result is about."""
        if self.filled is None:
            return
        result = self.filled.result
        for kind in ("visit", "deal", "product", "customer"):
            row_id = getattr(result, f"{kind}_id")
            if row_id:
                self._context.open(kind, row_id)
                return

    def _open_other(self, result_id: str) -> None:
        self._context.open(_NOUN, result_id)

    def print(self) -> None:
        """The result as a paper."""
        if self.filled is not None:
            self.flush()
            self._context.open("paper", f"checklist:{self.filled.result.id}")

    def trash(self) -> None:
        """The result goes to the trash, with an undo."""
        if self.filled is not None:
            self.flush()
            said = self._context.words("checklist.trashed", title=self.filled.result.title)
            trashed = TrashRecords(_NOUN, (self.filled.result.id,))
            self._context.run(trashed, undoable=said)
