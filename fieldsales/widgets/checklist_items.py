"""A checklist as it is filled in: items of each kind under headings, worked by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from fieldsales.domain.checklist_file import Form, Item
from fieldsales.domain.checklist_file import Section as Asked
from fieldsales.errors import EnvironmentProblem, FieldError, UserError
from fieldsales.widgets.binder import Binder, Draft
from fieldsales.widgets.card import Section
from fieldsales.widgets.checklist_rows import TARGET, ItemRow, ScaleItem, TickItem, Told, TypedItem
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import button, column, label

# what the rows cost that are made at once, and in a later turn of the loop
_FIRST, _TURN = 32, 8
_COST = {"yes": 1, "scale": 1, "task": 2, "text": 4, "number": 4}
_UP_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}

Answer = Callable[[str, str, str | None], None]  # item, value, target; None leaves it as it was


class ChecklistItems(QWidget):
    """`answer` keeps an answer; it may raise UserError or EnvironmentProblem, and then nothing
    typed is lost. `compact` shows the help of an item in its tooltip.

    ↑ and ↓ go from item to item, digits answer.
    """

    task_wanted = Signal(str)  # item: it is to become a task, or the one it became shown
    tasks_wanted = Signal(object)  # items of a section, none of which is a task yet
    trouble = Signal(object)  # UserError or EnvironmentProblem: what was pressed is not kept

    def __init__(
        self, look: Look, answer: Answer, draft: Draft | None = None, *, compact: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._answer = answer
        self._draft = draft
        self._compact = compact
        self._form: Form | None = None
        self._binder: Binder | None = None
        self._told: Mapping[str, Told] = {}
        self._drafts: Mapping[str, str] = {}
        self._rows: dict[str, ItemRow] = {}
        self._to_come: Iterator[ItemRow] = iter(())
        self._wanted = ""  # item that takes the focus as soon as it stands there
        self._grow = QTimer(self, interval=0)
        self._grow.timeout.connect(self._go_on)
        self._scores: dict[str, QLabel] = {}
        self._all: list[tuple[QPushButton, list[str]]] = []  # makes tasks of several
        self._sheet = QWidget()
        self.setLayout(column(look, self._sheet))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def load(
        self, form: Form, told: Mapping[str, Told], drafts: Mapping[str, str] | None = None
    ) -> None:
        """Show another filling-in, with what was typed there and not saved yet."""
        self._told, self._drafts, self._wanted = told, drafts or {}, ""
        if self._binder is None or form != self._form:
            self._build(form)
            return
        for code, one in self._rows.items():
            one.show_told(told.get(code, Told()))
        self._binder.load(self._values(told), drafts)

    def refresh(self, told: Mapping[str, Told], scores: Mapping[str, str]) -> None:
        """Show the same as it is now; `scores`: section -> what is said of it."""
        self._told = told
        for code, one in self._rows.items():
            one.show_told(told.get(code, Told()))
        if self._binder is not None:
            self._binder.refresh(self._values(told))
        for code, said in self._scores.items():
            said.setText(scores.get(code, ""))
            said.setVisible(bool(said.text()))
        for made, later in self._all:
            made.setVisible(not any(told.get(code, Told()).task for code in later))

    def flush(self) -> bool:
        """Saves what is being typed; False if something could not be."""
        return self._binder is None or self._binder.flush()

    def drop(self) -> None:
        """Forgets what is pending: the record is gone."""
        self._told, self._drafts, self._wanted = {}, {}, ""
        if self._binder is not None:
            self._binder.load({})

    def focus_first(self) -> None:
        """Puts the cursor into the first item without an answer, or into the first."""
        items = list(self._form.items) if self._form else []
        unanswered = [code for code in items if not self._told.get(code, Told()).value]
        self._wanted = next(iter(unanswered or items), "")
        self._focus_wanted()

    # its parts

    @property
    def rows(self) -> Mapping[str, ItemRow]:
        """The row of each item; those still to come are made for it."""
        while self._make_some(_TURN):
            pass
        return self._rows

    def _build(self, form: Form) -> None:
        """Makes the first rows; those below come after they are seen, as there may be hundreds."""
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = QWidget()
        self._layout = column(self._look, gap=12 if self._compact else 20)
        self._sheet.setLayout(self._layout)
        self.layout().addWidget(self._sheet)
        self._form, self._rows, self._scores, self._all = form, {}, {}, []
        if self._binder is not None:
            self._binder.deleteLater()
        self._binder = Binder(self._look.words, self._save, self._draft, parent=self)
        self._binder.trouble.connect(self._say)
        self._to_come = self._made(form, self._binder)
        if self._make_some(_FIRST):
            self._grow.start()

    def _go_on(self) -> None:
        if not self._make_some(_TURN):
            self._grow.stop()
        self._focus_wanted()

    def _make_some(self, cost: int) -> bool:
        """Makes rows until they cost as much; False once all are there."""
        for made in self._to_come:
            cost -= _COST[made.item.kind]
            if cost <= 0:
                return True
        return False

    def _focus_wanted(self) -> None:
        if self._wanted in self._rows:
            self._rows[self._wanted].stop.setFocus(Qt.FocusReason.OtherFocusReason)
            self._wanted = ""

    def _made(self, form: Form, binder: Binder) -> Iterator[ItemRow]:
        """The rows under their headings, one after the other as they are made."""
        for section in form.sections.values():
            items = [item for item in form.items.values() if item.section == section.code]
            if not items:
                continue
            if self._compact and len(form.sections) == 1:  # its heading would say the same again
                body = column(self._look, gap=6)
                self._layout.addLayout(body)
            else:
                body = self._heading(section, items).body
            for item in items:
                made = self._row(item, binder)
                body.addWidget(made)
                yield made

    def _heading(self, section: Asked, items: Sequence[Item]) -> Section:
        title = section.title or self._look.words("checklist.gone_items")
        block = Section(self._look, title, gap=6 if self._compact else 10)
        said = self._scores[section.code] = label(self._look, size="caption", tone="muted")
        said.hide()
        block.add_to_head(said)
        later = [item.code for item in items if item.kind == "task"]
        if len(later) > 1:
            self._add_all_tasks(block, later)
        self._layout.addWidget(block)
        return block

    def _add_all_tasks(self, block: Section, later: list[str]) -> None:
        """All that is to be done later becomes tasks with one press."""
        made = button(
            self._look, self._look.words("checklist.make_tasks", n=len(later)), role="link"
        )
        made.clicked.connect(partial(self._all_tasks, later))
        block.add_to_head(made)
        self._all.append((made, later))

    def _all_tasks(self, later: list[str]) -> None:
        self.tasks_wanted.emit(later)

    def _row(self, item: Item, binder: Binder) -> ItemRow:
        look = self._look
        if item.kind in ("yes", "task"):
            made: ItemRow = TickItem(look, item, compact=self._compact)
        elif item.kind == "scale":
            made = ScaleItem(look, item, compact=self._compact)
        else:
            made = TypedItem(look, item, compact=self._compact)
        self._rows[item.code] = made
        made.show_told(self._told.get(item.code, Told()))
        values = self._values(self._told, item.code)
        for cell in made.cells:
            binder.bind(cell.editor)
            binder.load_field(cell.editor.field.name, values, self._drafts)
        made.answered.connect(partial(self._pressed, item.code))
        made.task_wanted.connect(partial(self.task_wanted.emit, item.code))
        made.stop.installEventFilter(self)
        return made

    def _values(self, told: Mapping[str, Told], *codes: str) -> dict[str, object]:
        """Field -> value of these items, or of all that are there."""
        values: dict[str, object] = {}
        for code in codes or self._rows:
            one = told.get(code, Told())
            values[code], values[f"{code}{TARGET}"] = one.value, one.target
        return values

    def _save(self, values: Mapping[str, object]) -> None:
        """What was typed, an operation for each item; raises FieldError about the one refused."""
        assert self._form is not None
        for name, value in values.items():
            code = name.removesuffix(TARGET)
            try:
                clean = self._form.items[code].clean(str(value or ""))
                if name == code:
                    self._answer(code, clean, None)
                else:
                    self._answer(code, self._rows[code].told.value, clean)
            except UserError as wrong:
                raise FieldError(wrong.code, name, **wrong.params) from wrong

    def _say(self, name: str, text: str, kind: str) -> None:
        one = self._rows.get(name.removesuffix(TARGET))
        if isinstance(one, TypedItem):  # else of what stood here before
            one.cells[name.endswith(TARGET)].say(text, kind)

    def _pressed(self, code: str, value: str) -> None:
        try:
            self._answer(code, value, None)
        except (UserError, EnvironmentProblem) as trouble:
            self._rows[code].show_told(self._rows[code].told)  # as it is kept
            self.trouble.emit(trouble)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            stops = [one.stop for one in self._rows.values()]
            at = next((n for n, stop in enumerate(stops) if stop is watched), -1)
            by = _UP_DOWN.get(Qt.Key(event.key()), 0)
            if at >= 0 and by and not event.modifiers() and _leaves(watched, by):
                if at + by == len(stops) and self._make_some(_TURN):
                    stops = [one.stop for one in self._rows.values()]
                if 0 <= at + by < len(stops):
                    stops[at + by].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if at >= 0 and self._digit(list(self._rows)[at], event):
                return True
        return super().eventFilter(watched, event)

    def _digit(self, code: str, event: QKeyEvent) -> bool:
        """`1` ticks, `0` or Del takes the tick away."""
        if not isinstance(self._rows[code], TickItem) or event.modifiers():
            return False
        wanted = {Qt.Key.Key_1: "1", Qt.Key.Key_0: "", Qt.Key.Key_Delete: ""}
        value = wanted.get(Qt.Key(event.key()))
        if value is None:
            return False
        if value != self._rows[code].told.value:
            self._pressed(code, value)
        return True


def _leaves(editor: QObject, by: int) -> bool:
    """Whether ↑ or ↓ has nowhere to go within an editor of several lines."""
    if not isinstance(editor, QPlainTextEdit):
        return True
    cursor = editor.textCursor()
    return not cursor.movePosition(cursor.MoveOperation.Down if by > 0 else cursor.MoveOperation.Up)
