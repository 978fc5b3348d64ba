"""A section of records: lines to read, a form in place to edit, a line to add another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fieldsales.domain.fields import Record, values_of
from fieldsales.screens.add_line import AddLine
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.services.operations.deals import AddDeal
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.services.workspace import Operation
from fieldsales.widgets.card import Section
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import EditorMaker, Form, Group
from fieldsales.widgets.lines import Line, LineActions, LineFace
from fieldsales.widgets.pieces import button, column, row

Item = TypeVar("Item")
_AT_FIRST = 6  # lines before 'show all'


class RecordEditor(QWidget):
    """The form of the record that is open, with room for more below it."""

    closed = Signal()
    trash_wanted = Signal()

    def __init__(
        self,
        context: Context,
        noun: str,
        groups: Sequence[Group],
        finders: Mapping[str, Finder],
        editors: Mapping[str, EditorMaker] | None = None,
        editing: Callable[[str, Mapping[str, object]], Operation] | None = None,
    ) -> None:
        super().__init__()
        self._context = context
        self._noun = noun
        self.row_id = ""
        look, words = context.look, context.words
        self.form = Form(
            look,
            noun,
            groups,
            saver(context, noun, self._id, editing),
            drafter(context, noun, self._id),
            finders=finders,
            editors=editors,
        )
        self.extra: QVBoxLayout = column(look, gap=12)
        self.buttons = row(
            look,
            button(look, words("card.trash"), self.trash_wanted.emit, icon="trash", role="quiet"),
            None,
            button(look, words("card.fold"), self.closed.emit, role="quiet"),
        )
        theme = look.theme
        layout = column(look, self.form, self.extra, self.buttons, gap=12)
        layout.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(8))
        self.setLayout(layout)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _id(self) -> str:
        return self.row_id

    def load(self, record: Record) -> None:
        self.row_id = record.id
        kept = self._context.drafts(self._noun, record.id)
        self.form.load(values_of(record), kept)

    def refresh(self, record: Record) -> None:
        self.form.refresh(values_of(record))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class RecordSection(Section, Generic[Item]):
    """Records of one noun that belong to the customer of the card.

    A subclass says how an item reads (`face`), which fields its form shows (`groups`) and what a
    line typed means (`values`).
    """

    noun: ClassVar[str]
    to_view = Signal(QWidget)  # a line that got the focus and may stand out of view

    groups: ClassVar[tuple[Group, ...]]
    keeps_adding: ClassVar[bool] = True  # whether the line stays for the next one
    all_key: ClassVar[str] = "card.show_all"

    def __init__(self, context: Context, actions: LineActions | None = None) -> None:
        words, look = context.words, context.look
        super().__init__(
            look,
            words(f"card.list_{self.noun}"),
            action=words(f"card.add_{self.noun}"),
            act=self.begin_adding,
            icon="add",
            gap=0,
        )
        self.context = context
        self.customer_id = ""
        self._actions = actions or LineActions()
        self.items: list[Item] = []
        self._fresh: Sequence[Item] = ()  # in the order read, which waits while a form is open
        self.lines: list[Line] = []
        self._whole = False
        self._open_id = ""
        self.editor: RecordEditor | None = None
        self.add_line: AddLine | None = None
        self._kept: Mapping[str, str] = {}
        self._more: QPushButton | None = None

    # what a subclass says

    @property
    def draft_name(self) -> str:
        """Under which a line that was typed and not added yet is kept with the customer."""
        return self.noun

    def record(self, item: Item) -> Record:
        """The record an item is about."""
        raise NotImplementedError

    def face(self, item: Item) -> LineFace:
        raise NotImplementedError

    def values(self, text: str) -> dict[str, object]:
        """The fields of a new record made from a line typed."""
        raise NotImplementedError

    def adding(self, values: Mapping[str, object]) -> AddRecord | AddDeal:
        """What adds a record of these fields."""
        return AddRecord(self.noun, values)

    def editing(self, row_id: str, values: Mapping[str, object]) -> Operation:
        """What sets fields of a record."""
        return EditRecord(self.noun, row_id, values)

    def finders(self) -> Mapping[str, Finder]:
        return {}

    def editors(self) -> Mapping[str, EditorMaker]:
        return {}

    def build_editor(self) -> RecordEditor:
        """The editor; made when the first record is opened."""
        return RecordEditor(
            self.context, self.noun, self.groups, self.finders(), self.editors(), self.editing
        )

    def ticked(self, item: Item) -> None:
        """The button before a line was pressed."""

    def more_wanted(self, item: Item) -> None:
        """The button after a line was pressed."""

    def link_pressed(self, item: Item) -> None:
        """The text at the end of a line was pressed."""

    # showing

    def load(self, customer_id: str, kept: Mapping[str, str]) -> None:
        """Stand for another customer; its items follow."""
        self.close_editor()
        self.customer_id = customer_id
        self._whole = False
        self._kept = kept
        if self.add_line is not None:
            self.add_line.load(customer_id, kept)
            self.add_line.setVisible(bool(self.add_line.text()))
        elif f"add:{self.draft_name}" in kept:
            self._show_add_line()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these, in place; what is open stays open as long as it is there."""
        self._fresh = tuple(items)
        self.items = self._in_place(items) if self._open_id else list(items)
        self.set_count(len(self.items))
        shown = self.items if self._whole else self.items[:_AT_FIRST]
        while len(self.lines) < len(shown):
            self._add_widget()
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                opened = self.record(shown[at]).id == self._open_id
                line.show_face(self.face(shown[at]), opened=opened)
        self._show_more(len(shown))
        if self._open_id:
            item = self.item_of(self._open_id)
            if item is None:
                self.close_editor()
            else:
                self._place_editor()
                assert self.editor is not None
                self.refresh_editor(item)

    def _in_place(self, items: Sequence[Item]) -> list[Item]:
        """In the order shown, so that the form that is open stays where it is; new ones last."""
        shown = [self.record(item).id for item in self.items]
        places = {row_id: at for at, row_id in enumerate(shown)}
        return sorted(items, key=lambda item: places.get(self.record(item).id, len(places)))

    def refresh_editor(self, item: Item) -> None:
        """Show what changed in the record that is open."""
        assert self.editor is not None
        self.editor.refresh(self.record(item))

    def item_of(self, row_id: str) -> Item | None:
        return next((item for item in self.items if self.record(item).id == row_id), None)

    def flush(self) -> None:
        """Save what is being typed here."""
        if self.editor is not None and self._open_id:
            self.editor.form.flush()
        if self.add_line is not None:
            self.add_line.keep_draft()

    def _show_more(self, shown: int) -> None:
        rest = len(self.items) - shown
        if rest and self._more is None:
            self._more = button(self.context.look, "", self._show_whole, role="link")
            self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        if self._more is not None:
            self._more.setVisible(rest > 0)
            self._more.setText(self.context.words(self.all_key, n=len(self.items)))

    def _show_whole(self) -> None:
        self._whole = True
        self.show_items(self.items)

    def _add_widget(self) -> None:
        line = Line(self.context.look, self._actions)
        line.clicked.connect(self._toggle)
        line.ticked.connect(self._ticked)
        line.more_wanted.connect(self._more_wanted)
        line.link_pressed.connect(self._link_pressed)
        place = self.body.indexOf(self.lines[-1]) + 1 if self.lines else 0
        if self.editor is not None and self.body.indexOf(self.editor) == place:
            place += 1
        self.body.insertWidget(place, line)
        self.lines.append(line)

    # editing

    def _sender_item(self) -> Item:
        line = self.sender()
        assert isinstance(line, Line)
        return self.items[self.lines.index(line)]

    def _ticked(self) -> None:
        self.ticked(self._sender_item())

    def _more_wanted(self) -> None:
        self.more_wanted(self._sender_item())

    def _link_pressed(self) -> None:
        self.link_pressed(self._sender_item())

    def _toggle(self) -> None:
        row_id = self.record(self._sender_item()).id
        if row_id == self._open_id:
            self.close_editor()
        else:
            self.open_record(row_id)

    def open_record(self, row_id: str, field: str = "") -> bool:
        """Open the form of a record below its line; False if it is not here."""
        item = self.item_of(row_id)
        if item is None:
            return False
        if self._open_id:
            self.close_editor()
        self._open_id = row_id
        if item not in self.items[:_AT_FIRST]:
            self._whole = True
        if self.editor is None:
            self.editor = self.build_editor()
            self.editor.closed.connect(self._fold)
            self.editor.trash_wanted.connect(self._trash_open)
        self.editor.load(self.record(item))
        self.show_items(self.items)
        self.editor.show()
        self.editor.form.focus(field)
        return True

    def open_line(self) -> Line | None:
        """The line whose form is open."""
        at = next(
            (at for at, item in enumerate(self.items) if self.record(item).id == self._open_id), -1
        )
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def close_editor(self) -> None:
        """Save and fold the form."""
        if not self._open_id or self.editor is None:
            return
        self.editor.form.flush()
        self._open_id = ""
        self.editor.hide()
        self.show_items(self._fresh)

    def _fold(self) -> None:
        line, row_id = self.open_line(), self._open_id
        if line is not None:  # before its form goes, or Qt looks for a place itself
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close_editor()
        at = next((at for at, one in enumerate(self.items) if self.record(one).id == row_id), -1)
        if 0 <= at < len(self.lines):
            self.lines[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self.to_view.emit(self.lines[at])

    def _place_editor(self) -> None:
        assert self.editor is not None
        at = [self.record(item).id for item in self.items].index(self._open_id)
        if at >= len(self.lines):
            return
        wanted = self.lines[at]
        if self.body.indexOf(self.editor) != self.body.indexOf(wanted) + 1:
            self.body.removeWidget(self.editor)
            self.body.insertWidget(self.body.indexOf(wanted) + 1, self.editor)

    def _trash_open(self) -> None:
        row_id = self._open_id
        item = self.item_of(row_id)
        if item is not None:
            self.close_editor()
            self.trash(item)

    def trash(self, item: Item) -> None:
        """Move a record to the trash, with an undo."""
        said = self.context.words("card.trashed", name=self.face(item).title)
        self.context.run(TrashRecords(self.noun, (self.record(item).id,)), undoable=said)

    # adding

    def begin_adding(self) -> None:
        """Show the line that adds, and put the cursor there."""
        line = self._show_add_line()
        line.show()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.to_view.emit(line)

    def _show_add_line(self) -> AddLine:
        if self.add_line is None:
            hint = self.context.words(f"card.new_{self.noun}")
            self.add_line = AddLine(self.context, "customer", self.draft_name, hint, tab_adds=True)
            self.add_line.load(self.customer_id, self._kept)
            self.add_line.added.connect(self._add)
            self.add_line.left_empty.connect(self._hide_add_line)
            self.body.addWidget(self.add_line)
        return self.add_line

    def _hide_add_line(self) -> None:
        assert self.add_line is not None
        self.add_line.hide()

    def _add(self, text: str) -> None:
        operation = self.adding({"customer_id": self.customer_id, **self.values(text)})
        if self.context.run(operation) is None:
            return
        assert self.add_line is not None
        self.add_line.clear_added()
        if not self.keeps_adding:
            self._hide_add_line()
            self.open_record(operation.row_id, self.groups[0].names[1])  # the first was typed
            self.to_view.emit(self.editor)
