"""Lists of the page: lines to read, an editor in place below the one that is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fieldsales.screens.add_line import AddLine
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.widgets.card import Section
from fieldsales.widgets.lines import Line, LineActions, LineFace
from fieldsales.widgets.pieces import button, column, row

Item = TypeVar("Item")
_AT_FIRST = 6  # lines before 'show all'


class Editing(QWidget):
    """What opens below a line: anything to fill in, and a way to close it."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self.inside: QVBoxLayout = column(look, gap=12)
        self.buttons = row(
            look, None, button(look, desk.words("card.fold"), self.closed.emit, role="quiet")
        )
        layout = column(look, self.inside, self.buttons, gap=8)
        side = look.theme.px(12)
        layout.setContentsMargins(side, side, side, look.theme.px(8))
        self.setLayout(layout)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    def flush(self) -> None:
        """Save what is being typed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class LineSection(Section, Generic[Item]):
    """Lines under a heading. A subclass says how an item reads and what pressing it does."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        icon: str = "add",
        lines: LineActions | None = None,
    ) -> None:
        super().__init__(desk.look, title, action=action, act=act, icon=icon, gap=0)
        self.desk = desk
        self.items: list[Item] = []
        self.lines: list[Line] = []
        self._actions = lines or LineActions()
        self._whole = False
        self._open_key = ""
        self._editing: Editing | None = None
        self.list: QVBoxLayout = column(desk.look, gap=0)
        self.body.addLayout(self.list)
        self._more = button(desk.look, "", self._show_whole, role="link")
        self._more.hide()
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    # what a subclass says

    def key(self, item: Item) -> str:
        raise NotImplementedError

    def face(self, item: Item) -> LineFace:
        raise NotImplementedError

    def pressed(self, item: Item) -> None:
        """A line was pressed."""

    def ticked(self, item: Item) -> None:
        """The button before a line was pressed."""

    def more_wanted(self, item: Item) -> None:
        """The button after a line was pressed."""

    def show_editing(self, item: Item) -> None:
        """Show what changed in what is open."""

    # showing

    def load(self) -> None:
        """Stand for another deal; its items follow."""
        self.close_editing()
        self._whole = False

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these, in place; what is open stays open as long as it is there."""
        self.items = list(items)
        shown = self.items if self._whole else self.items[:_AT_FIRST]
        while len(self.lines) < len(shown):
            self._add_widget()
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                item = shown[at]
                line.show_face(self.face(item), opened=self.key(item) == self._open_key)
        self._more.setVisible(len(shown) < len(self.items))
        self._more.setText(self.desk.words("card.show_all", n=len(self.items)))
        opened = self.item_of(self._open_key)
        if opened is not None:
            self._place_editing()
            self.show_editing(opened)
        else:
            self.close_editing()

    def item_of(self, key: str) -> Item | None:
        return next((item for item in self.items if key and self.key(item) == key), None)

    def flush(self) -> None:
        """Save what is being typed here."""
        if self._editing is not None and self._open_key:
            self._editing.flush()

    def _show_whole(self) -> None:
        self._whole = True
        self.show_items(self.items)

    def _add_widget(self) -> None:
        line = Line(self.desk.look, self._actions)
        line.clicked.connect(self._pressed)
        line.ticked.connect(self._ticked)
        line.more_wanted.connect(self._more_wanted)
        self.list.addWidget(line)
        self.lines.append(line)

    def _sender_item(self) -> Item:
        line = self.sender()
        assert isinstance(line, Line)
        return self.items[self.lines.index(line)]

    def _pressed(self) -> None:
        self.pressed(self._sender_item())

    def _ticked(self) -> None:
        self.ticked(self._sender_item())

    def _more_wanted(self) -> None:
        self.more_wanted(self._sender_item())

    # editing in place

    @property
    def open_key(self) -> str:
        """Key of the item whose editor is open, '' for none."""
        return self._open_key

    def line_of(self, key: str) -> Line | None:
        at = next((at for at, item in enumerate(self.items) if self.key(item) == key), -1)
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def open_editing(self, key: str, editing: Editing) -> None:
        """Open an editor below a line; the one that was open is closed and saved."""
        self.close_editing()
        if editing is not self._editing:
            editing.closed.connect(self._fold)
            self._editing = editing
        self._open_key = key
        at = next((at for at, item in enumerate(self.items) if self.key(item) == key), 0)
        self._whole = self._whole or at >= _AT_FIRST
        self.show_items(self.items)
        editing.show()

    def close_editing(self) -> None:
        """Save and fold the editor."""
        if not self._open_key or self._editing is None:
            return
        self._editing.flush()
        self._open_key = ""
        self._editing.hide()
        for line, item in zip(self.lines, self.items, strict=False):
            line.show_face(self.face(item))

    def _fold(self) -> None:
        line = self.line_of(self._open_key)
        self.close_editing()
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_editing(self) -> None:
        line = self.line_of(self._open_key)
        assert self._editing is not None
        if line is None:
            return
        if self.list.indexOf(self._editing) != self.list.indexOf(line) + 1:
            self.list.removeWidget(self._editing)
            self.list.insertWidget(self.list.indexOf(line) + 1, self._editing)


class AddingSection(LineSection[Item]):
    """Lines to which one is added by typing."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        title: str,
        add: str,
        hint: str,
        lines: LineActions | None = None,
    ) -> None:
        super().__init__(desk, title, action=add, act=self.begin_adding, lines=lines)
        self.add_line = AddLine(desk.context, "deal", name, hint)
        self.add_line.hide()
        self.add_line.left_empty.connect(self.add_line.hide)
        self.add_line.added.connect(self._added)
        self.body.addWidget(self.add_line)

    def add(self, text: str) -> str:
        """Make a record of what was typed; gives its id, '' if it was refused."""
        raise NotImplementedError

    def added(self, row_id: str) -> None:
        """What follows once it is there."""

    def load(self) -> None:
        super().load()
        deal_id = self.desk.deal_id
        self.add_line.load(deal_id, self.desk.drafts("deal", deal_id))
        self.add_line.setVisible(bool(self.add_line.text()))

    def flush(self) -> None:
        super().flush()
        self.add_line.keep_draft()

    def begin_adding(self) -> None:
        self.add_line.show()
        self.add_line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _added(self, text: str) -> None:
        row_id = self.add(text)
        if row_id:
            self.add_line.clear_added()
            self.added(row_id)


def link(desk: Desk, text: str, act: Callable[[], object], icon: str = "") -> QPushButton:
    """A text that can be pressed."""
    return button(desk.look, text, act, icon=icon, role="link")
