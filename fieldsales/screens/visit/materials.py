"""Things to bring to the visit, and which of them were shown."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from fieldsales.domain.visit import VisitItem
from fieldsales.screens.visit.desk import Desk
from fieldsales.widgets.card import Section
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.kept_rows import Row, Rows, TickRow
from fieldsales.widgets.pieces import button, column

_OFFERED = 5


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something to bring: an item of the visit, an entry of the library, or both."""

    id: str
    text: str
    why: str
    item: VisitItem | None


class MaterialsToBring(Section):
    """Ticks over what is usually brought, and a line for anything else."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.materials"))
        self._desk = desk
        self._all = False
        self.rows: Rows[_Thing] = Rows(look, lambda thing: _ThingRow(desk, thing), gap=0)
        self._more = button(look, words("visit.more_materials"), self._show_all, role="link")
        self.line = LineEdit(look)
        self.line.setPlaceholderText(words("visit.add_material"))
        self.line.setAccessibleName(words("visit.add_material"))
        self.line.returnPressed.connect(self._own)
        self.show_parts((self.rows,))
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.line)

    def show_facts(self) -> None:
        """Show what is to be brought as it is now."""
        desk = self._desk
        shelf = desk.library.materials
        taken = desk.facts.items_of("material")
        by_code = {item.code: item for item in taken if item.code in shelf}
        offered = desk.library.materials_for(desk.facts.customer.industry)
        # ticked ones keep their place among the offers, so that nothing jumps under the mouse
        shown = [
            entry
            for at, entry in enumerate(offered)
            if self._all or at < _OFFERED or entry.code in by_code
        ]
        listed = {entry.code for entry in shown}
        things = [
            _Thing(entry.code, entry.text, entry.why, by_code.get(entry.code)) for entry in shown
        ]
        things += [
            _Thing(item.id, item.text, "", item) for item in taken if item.code not in listed
        ]
        self.rows.show_things(things)
        self._more.setVisible(len(shown) < len(offered))
        self.set_count(len(taken))

    def _show_all(self) -> None:
        self._all = True
        self.show_facts()

    def _own(self) -> None:
        text = self.line.text().strip()
        if text and self._desk.add_item("material", text):
            self.line.clear()


class _ThingRow(Row[_Thing]):
    def __init__(self, desk: Desk, thing: _Thing) -> None:
        super().__init__()
        self._desk = desk
        self._thing = thing
        self.tick = TickRow(desk.look)
        self.tick.ticked.connect(self._ticked)
        self.setLayout(column(desk.look, self.tick, gap=0))

    def show_thing(self, thing: _Thing) -> None:
        self._thing = thing
        self.tick.set_texts(thing.text)
        self.tick.box.setToolTip(thing.why)
        self.tick.text.setToolTip(thing.why)
        self.tick.set_ticked(thing.item is not None)

    def _ticked(self, ticked: bool) -> None:
        thing = self._thing
        if ticked:
            self._desk.add_item("material", thing.text, code=thing.id)
        elif thing.item is not None:
            self._desk.remove_item(thing.item)


class MaterialsShown(Section):
    """During the visit: which of the things brought were shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("visit.materials_shown"))
        self._desk = desk
        self.rows: Rows[VisitItem] = Rows(desk.look, lambda item: _ShownRow(desk, item), gap=0)
        self.show_parts((self.rows,))

    def show_facts(self) -> None:
        """Show the things brought as they are now."""
        items = self._desk.facts.items_of("material")
        self.rows.show_things(items)
        self.setVisible(bool(items))


class _ShownRow(Row[VisitItem]):
    def __init__(self, desk: Desk, item: VisitItem) -> None:
        super().__init__()
        self._desk = desk
        self._item = item
        self.tick = TickRow(desk.look)
        self.tick.ticked.connect(self._ticked)
        self.setLayout(column(desk.look, self.tick, gap=0))

    def show_thing(self, thing: VisitItem) -> None:
        self._item = thing
        self.tick.set_texts(thing.text)
        self.tick.set_ticked(bool(thing.done))

    def _ticked(self, ticked: bool) -> None:
        self._desk.edit_item(self._item.id, done=int(ticked))
