"""Buying signals to tick, and the other lines that were captured (M29b, M29e)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.visit import SIGNAL_KINDS, VisitItem
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.library import Signal
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.kept_rows import Row, Rows, TickRow
from fieldsales.widgets.offers import HoverTools, level
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import column, label, row
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of

_NOTED = ("competitor", "observation")


@dataclass(frozen=True, slots=True)
class _Noticed:
    """A signal of the library, ticked where there is an item; or one in the rep's own words."""

    id: str
    text: str
    then: str
    item: VisitItem | None


class SignalTicks(Section):
    """What one may notice, by speech, gesture, expression and situation; ticked = noticed."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.signals"))
        self._desk = desk
        self.kinds = Picks(look, name=words("visit.signal_kind"), clearable=False)
        self.kinds.set_key(SIGNAL_KINDS[0])
        self.kinds.chosen.connect(self.show_facts)
        self.rows: Rows[_Noticed] = Rows(look, lambda one: _SignalRow(desk, one), gap=0)
        self.show_parts((self.kinds, self.rows))

    def show_facts(self) -> None:
        """Show the signals of the chosen kind as they are now."""
        desk, words = self._desk, self._desk.words
        items = desk.facts.items_of("signal")
        by_code = {desk.signal_code(item): item for item in items}
        counts = dict.fromkeys(SIGNAL_KINDS, 0)
        for item in items:
            entry = desk.library.signals.get(desk.signal_code(item))
            kind = entry.kind if entry else item.code
            if kind in counts:
                counts[kind] += 1
        self.kinds.set_picks(
            [
                Pick(kind, words.choice("signal_kind", kind), str(n) if n else "")
                for kind, n in counts.items()
            ]
        )
        shown = [
            _Noticed(entry.code, entry.text, entry.then, by_code.get(entry.code))
            for entry in desk.library.signals.values()
            if entry.kind == self.kinds.key
        ]
        own = [
            _Noticed(item.id, item.text, "", item)
            for item in items
            if not desk.signal_code(item) and item.code in ("", self.kinds.key)
        ]
        self.rows.show_things([*own, *shown])
        self.set_count(len(items))


class _SignalRow(Row[_Noticed]):
    def __init__(self, desk: Desk, one: _Noticed) -> None:
        super().__init__()
        self._desk = desk
        self._one = one
        self.tick = TickRow(desk.look)
        self.tick.ticked.connect(self._ticked)
        self.setLayout(column(desk.look, self.tick, gap=0))

    def show_thing(self, thing: _Noticed) -> None:
        self._one = thing
        noticed = thing.item is not None
        # what to do now is worth reading once it has happened
        self.tick.set_texts(thing.text, thing.then if noticed else "", "accent")
        self.tick.box.setToolTip(thing.then)
        self.tick.text.setToolTip(thing.then)
        self.tick.set_ticked(noticed)

    def _ticked(self, ticked: bool) -> None:
        desk, one = self._desk, self._one
        entry: Signal | None = desk.library.signals.get(one.id)
        if ticked and entry is not None:
            desk.add_signal(entry)
        elif one.item is not None:
            desk.remove_item(one.item)


class NotedLines(Section):
    """Observations and what was heard of competitors, as they were captured."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("visit.noted"))
        self._desk = desk
        self.rows: Rows[VisitItem] = Rows(desk.look, lambda item: _NotedRow(desk, item), gap=8)
        self.show_parts((self.rows,))

    def show_facts(self) -> None:
        """Show the lines as they are now."""
        facts = self._desk.facts
        items = [item for kind in _NOTED for item in facts.items_of(kind)]
        self.rows.show_things(items)
        self.setVisible(bool(items))
        self.set_count(len(items))


class _NotedRow(Row[VisitItem]):
    def __init__(self, desk: Desk, item: VisitItem) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._item = item
        kind = words.choice("visit_item_kind", item.kind)
        tone = "warn" if item.kind == "competitor" else "plain"
        self.editor = WrappedLine(look, field_of("visit_item", "text"))
        self.text = SavedField(desk, "visit_item", item.id, self.editor, kind)
        self.text.load(item.text, desk.drafts("visit_item", item.id).get("text"))
        self.text.emptied.connect(self._remove)
        self._tells = label(look, size="caption", tone="muted", wrap=True)
        tools = HoverTools(look, self)
        tools.add("close", words("visit.remove"), self._remove)
        layout = row(look, gap=8)
        faces = [ChipFace(words.choice("visit_item_kind", one)) for one in _NOTED]
        layout.addWidget(level(look, Chip(look, ChipFace(kind, tone)), faces))
        layout.addLayout(column(look, self.text, self._tells, gap=2), 1)
        self.setLayout(layout)
        self.setFocusProxy(self.editor.text)

    def show_thing(self, thing: VisitItem) -> None:
        self._item = thing
        self.text.refresh(thing.text)
        entry = self._desk.library.observations.get(thing.code)
        self._tells.setVisible(entry is not None)
        if entry is not None:
            self._tells.setText(entry.tells)

    def drop(self) -> None:
        self.text.drop()

    def _remove(self) -> None:
        self.text.binder.revert("text")
        self._desk.remove_item(self._item)
