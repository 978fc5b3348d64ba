"""Making a checklist of one's own: its head, sections and items, each kept as it is typed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.domain.checklist_edit import Table, add_item, add_section, moved, without
from fieldsales.domain.checklist_file import form
from fieldsales.errors import UserError
from fieldsales.screens.contract import Context
from fieldsales.screens.library.checklists.editing import EditDesk, Place, field
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.checklist_items import ChecklistItems
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.form import FieldCell
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.offers import HoverTools
from fieldsales.widgets.pieces import button, column, hairline, label, row, tool_button
from fieldsales.widgets.saved_field import WrappedLine
from fieldsales.widgets.segmented import Option, Segmented

_HEAD = ("title", "of", "repeat_days", "about")
_DETAILS = {"kind": 150, "weight": 90, "days": 130, "task": 0, "help": 0}  # px at 100 %, 0: rest


@dataclass(frozen=True, slots=True)
class _Entry:
    """A section or an item as a row shows it."""

    id: str  # its code
    table: Table  # of the whole checklist


class EntryRow(Row[_Entry]):
    """What sections and items share: fields that save themselves, Alt+↑↓ moves, emptied it goes."""

    def __init__(self, desk: EditDesk, place: Place, text: str) -> None:
        super().__init__()
        self.desk, self.place = desk, place
        self.binder = desk.binder(place)
        self.binder.setParent(self)
        self.binder.trouble.connect(self._say)
        self.cells: dict[str, FieldCell] = {}
        self.line = WrappedLine(desk.look, field(text))
        self.line.set_name(desk.words(f"checklists.field.{place.group}"))
        self.line.finished.connect(self._left)
        self.line.text.installEventFilter(self)
        self.line.text.setToolTip(desk.words("checklists.row_keys"))
        self.binder.bind(self.line)
        self._message = label(desk.look, size="caption", tone="bad", wrap=True)
        self._message.hide()
        self._loaded = False
        self.setFocusProxy(self.line.text)
        tools = HoverTools(desk.look, self)
        tools.add("chevron-up", desk.words("checklists.up"), self._up)
        tools.add("chevron-down", desk.words("checklists.down"), self._down)
        tools.add("close", desk.words("checklists.remove"), self.remove)

    def show_thing(self, thing: _Entry) -> None:
        values = self.desk.values(self.place)
        if self._loaded:
            self.binder.refresh(values)
        else:
            self._loaded = True
            self.binder.load(values, self.desk.drafts(self.place))

    def drop(self) -> None:
        self._loaded = False
        self.binder.load({})

    def remove(self) -> None:
        """Takes it away, with an undo."""
        text = str(self.desk.values(self.place).get(self.line.field.name, ""))
        self.binder.revert(self.line.field.name)
        said = self.desk.words("checklists.removed", text=text[:24])
        self.desk.change(without(self.desk.table, self.place.group, self.place.code), said)

    def _left(self) -> None:
        if self._loaded and not self.line.typed().strip():
            self.remove()

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        self.binder.flush()
        if self.desk.change(moved(self.desk.table, self.place.group, self.place.code, by)):
            self.desk.moved.emit(self.place)

    def _say(self, name: str, text: str, kind: str) -> None:
        if name in self.cells:
            self.cells[name].say(text, kind)
            return
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self.line.set_wrong(kind == "wrong")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return super().eventFilter(watched, event)


class ItemEditor(EntryRow):
    """What is asked; how it is answered, what it counts, a hint and when a task is due stand below
    it once the cursor comes, and until then in a quiet line.
    """

    def __init__(self, desk: EditDesk, code: str) -> None:
        super().__init__(desk, Place("item", code), "text")
        look = desk.look
        self._told = label(look, size="caption", tone="muted", wrap=True)
        self._told.setContentsMargins(look.theme.px(10), 0, 0, 0)
        self._parts = column(look, self.line, self._message, self._told, gap=4)
        self.setLayout(self._parts)

    def show_thing(self, thing: _Entry) -> None:
        fresh = not self._loaded
        super().show_thing(thing)
        if fresh and self.desk.drafts(self.place).keys() - {"text"}:
            self.open()
        words, values = self.desk.words, self.desk.values(self.place)
        is_task = values.get("kind") == "task"
        for name in ("days", "task"):
            if name in self.cells:
                self.cells[name].setVisible(is_task)
        said = [words.choice("checklist_kind", str(values.get("kind", "")))]
        if is_task and values.get("days"):
            said.append(words("checklists.due_after", n=values["days"]))
        if values.get("weight") != 1:
            said.append(words("checklists.counts", n=values.get("weight")))
        said.append(str(values.get("help", "")))
        self._told.setText(" · ".join(part for part in said if part))

    def open(self) -> None:
        """Brings the other fields up, made only now: a checklist may have two hundred items."""
        if self.cells:
            return
        look, words = self.desk.look, self.desk.words
        self.binder.flush()
        below = row(look, gap=12)
        for name, width in _DETAILS.items():
            cell = self.desk.cell(
                name,
                hint=words(f"checklists.{name}_hint") if name in ("task", "help") else "",
                unit=words("checklists.days") if name == "days" else "",
            )
            self.cells[name] = cell
            self.binder.bind(cell.editor)
            if width:
                cell.setFixedWidth(look.theme.px(width))
            below.addWidget(cell, int(not width), Qt.AlignmentFlag.AlignTop)
        self._told.hide()
        self._parts.addLayout(below)
        values = self.desk.values(self.place)
        for name in ("days", "task"):
            self.cells[name].setVisible(values.get("kind") == "task")
        self.binder.load(values, self.desk.drafts(self.place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.open()
        return super().eventFilter(watched, event)


class SectionEditor(EntryRow):
    """A heading, its items, and a line that adds one."""

    def __init__(self, desk: EditDesk, code: str) -> None:
        super().__init__(desk, Place("section", code), "title")
        look, words = desk.look, desk.words
        self.line.text.setFont(look.theme.font("title", bold=True))
        self.rows: Rows[_Entry] = Rows(look, self._item, gap=8, at_once=8)
        self.add = LineEdit(look)
        self.add.setPlaceholderText(words("checklists.add_item"))
        self.add.setAccessibleName(words("checklists.add_item"))
        self.add.returnPressed.connect(self._add)
        inside = column(look, self.rows, self.add, gap=8)
        inside.setContentsMargins(look.theme.px(12), 0, 0, 0)
        parts = column(look, hairline(look), self.line, self._message, gap=4)
        parts.addLayout(inside)
        self.setLayout(parts)

    def show_thing(self, thing: _Entry) -> None:
        super().show_thing(thing)
        items = thing.table.get("item", {})
        mine = [code for code, item in items.items() if item["section"] == self.place.code]
        self.rows.show_things([_Entry(code, thing.table) for code in mine])

    def _item(self, item: _Entry) -> ItemEditor:
        return ItemEditor(self.desk, item.id)

    def drop(self) -> None:
        super().drop()
        self.rows.show_things([])

    def _add(self) -> None:
        try:
            text = str(field("text").clean(self.add.text()))
        except UserError as wrong:
            if self.add.text().strip():
                self.desk.context.tell(wrong)
            return
        # like the one before it: ten scales in a row are typed without a hand on the mouse
        items = self.desk.table.get("item", {})
        last = [item["kind"] for item in items.values() if item["section"] == self.place.code]
        kind = str(last[-1]) if last else "yes"
        table, _code = add_item(self.desk.table, self.place.code, text, kind)
        if self.desk.change(table):
            self.add.clear()


class Editor(CardScroll):
    """One own checklist: head, sections, and what it will look like."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look)
        self.desk = EditDesk(context)
        self.desk.moved.connect(self._follow)
        self._binder = self.desk.binder(Place())
        self._binder.setParent(self)
        self._binder.trouble.connect(self._say)
        self.cells = {
            name: self.desk.cell(
                name, unit=words("checklists.days") if name == "repeat_days" else ""
            )
            for name in _HEAD
        }
        for cell in self.cells.values():
            self._binder.bind(cell.editor)
        back = tool_button(look, "back", words("checklist.back"), self.left.emit)
        self._title = label(look, size="section", bold=True, wrap=True)
        options = [Option(code, words(f"checklists.view.{code}")) for code in ("edit", "preview")]
        self.view = Segmented(look, options, name=words("checklists.view"))
        self.view.chosen.connect(self._show_view)
        head = row(look, back, self._title, self.view, gap=8)
        head.setStretchFactor(self._title, 1)
        self.body.addLayout(head)
        self._edited, self._preview = QWidget(), QWidget()
        few = row(look, self.cells["of"], self.cells["repeat_days"], gap=12)
        self.rows: Rows[_Entry] = Rows(look, self._section, gap=16, at_once=2)
        add = button(look, words("checklists.add_section"), self._add, icon="add", role="quiet")
        parts = column(look, self.cells["title"], few, self.cells["about"], self.rows, gap=12)
        parts.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        self._edited.setLayout(parts)
        self.items = ChecklistItems(look, _kept_nowhere)
        self._about = label(look, tone="muted", wrap=True)
        self._preview.setLayout(column(look, self._about, self.items, gap=16))
        for part in (self._edited, self._preview):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self.body.addWidget(part)
        self.body.addStretch(1)

    def open(self, row_id: str) -> bool:
        """Shows a checklist; False if it is gone or cannot be read."""
        other = row_id != self.desk.row_id
        if other:
            self.flush()
            self.rows.show_things([])
        if not self.desk.open(row_id):
            self.forget()
            return False
        if other:
            self._binder.load(self.desk.values(Place()), self.desk.drafts(Place()))
            self.view.set_key("edit")
            self.verticalScrollBar().setValue(0)
        else:
            self._binder.refresh(self.desk.values(Place()))
        self._show()
        return True

    def flush(self) -> None:
        """Saves what is being typed."""
        if self.desk.row_id:
            for binder in self.findChildren(Binder):
                binder.flush()

    def forget(self) -> None:
        """The checklist is gone, and what was typed in it."""
        self.rows.show_things([])
        self._binder.load({})
        self.desk.row_id = ""

    def begin(self) -> None:
        """Puts the cursor into the title, all of it selected: a new one is named first."""
        target = self.cells["title"].editor.target()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, LineEdit):
            target.selectAll()

    def _section(self, section: _Entry) -> SectionEditor:
        return SectionEditor(self.desk, section.id)

    def _show(self) -> None:
        table, words = self.desk.table, self.desk.words
        self.rows.show_things([_Entry(code, table) for code in table.get("section", {})])
        preview = self.view.key == "preview"
        self._edited.setVisible(not preview)
        self._preview.setVisible(preview)
        self._title.setText(words("checklists.editing"))
        if preview:
            shown = form(table, self.desk.row_id, words.language)
            self._title.setText(shown.title)
            self._about.setText(shown.about)
            self._about.setVisible(bool(shown.about))
            self.items.load(shown, {})

    def _show_view(self, _key: str) -> None:
        self.flush()
        self._show()

    def _add(self) -> None:
        words = self.desk.words
        table, code = add_section(self.desk.table, words("checklists.next_section"))
        if self.desk.change(table, words("checklists.section_added")):
            self._follow(Place("section", code))

    def _follow(self, place: Place) -> None:
        """The cursor goes where a part went."""
        for entry in self.findChildren(EntryRow):
            if entry.place == place and entry.isVisibleTo(self):
                entry.line.text.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(entry.line)

    def _say(self, name: str, text: str, kind: str) -> None:
        self.cells[name].say(text, kind)


def _kept_nowhere(_item: str, _value: str, _target: str | None) -> None:
    """What is tried out in the preview is no answer."""
