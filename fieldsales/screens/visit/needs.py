"""Needs voiced in the visit: implied or explicit, of which kind, and by whom (M18, M19, M27)."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS, Need
from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.visit.parts import HoverTools, MenuButton
from fieldsales.screens.visit.saving import SavedField, WrappedLine, field_of
from fieldsales.services.operations.records import TrashRecords
from fieldsales.widgets.card import Section
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.pieces import FlowLayout, column, label
from fieldsales.widgets.segmented import Option, Segmented


class NeedsVoiced(Section):
    """The needs of this visit, newest last, each with its toggle from implied to explicit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("visit.needs"))
        self._desk = desk
        self.rows: Rows[Need] = Rows(desk.look, lambda need: _NeedRow(desk, need), gap=12)
        self._none = label(desk.look, desk.words("visit.no_needs"), tone="muted", wrap=True)
        self.show_parts((self._none, self.rows))

    def show_facts(self) -> None:
        """Show the needs as they are now."""
        needs = self._desk.facts.needs
        self.rows.show_things(needs)
        self._none.setVisible(not needs)
        self.set_count(len(needs))


class _NeedRow(Row[Need]):
    def __init__(self, desk: Desk, need: Need) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._need = need
        options = [
            Option(code, words(f"visit.statement.{code}")) for code in ("implied", "explicit")
        ]
        self.statement = Segmented(look, options, name=words("field.need.statement"))
        self.statement.chosen.connect(self._stated)
        self.editor = WrappedLine(look, field_of("need", "text"))
        self.text = SavedField(desk, "need", need.id, self.editor, words("field.need.text"))
        self.text.load(need.text, desk.drafts("need", need.id).get("text"))
        self.text.emptied.connect(self._remove)
        tools = HoverTools(look, self)
        tools.add("close", words("visit.remove"), self._remove)
        self.category = MenuButton(look, words("field.need.category"), self._categories)
        self.category.picked.connect(self._categorise)
        self.voice = MenuButton(look, words("field.need.contact_id"), self._voices)
        self.voice.picked.connect(self._voiced)
        about = FlowLayout(look, gap=4, line_gap=4)
        for part in (self.statement, self.category, self.voice):
            about.addWidget(part)
        self.setLayout(column(look, self.text, about, gap=4))
        self.setFocusProxy(self.editor.text)

    def show_thing(self, thing: Need) -> None:
        self._need = thing
        desk, words = self._desk, self._desk.words
        self.statement.set_key(thing.statement)
        self.text.refresh(thing.text)
        self.category.say(words.choice("need_category", thing.category), words("visit.category"))
        people = desk.card.people if desk.card else ()
        name = next((p.contact.name for p in people if p.contact.id == thing.contact_id), "")
        self.voice.say(name, words("visit.who_said"))

    def drop(self) -> None:
        self.text.drop()

    def _stated(self, statement: str) -> None:
        self._desk.edit_need(self._need, statement=statement)

    def _categories(self) -> Sequence[tuple[str, str]]:
        words = self._desk.words
        named = [
            (code, words.choice("need_category", code))
            for code in (*ORGANISATION_NEEDS, "", *PERSONAL_NEEDS)
        ]
        return [*named, ("-", words("widgets.leave_empty"))] if self._need.category else named

    def _categorise(self, code: str) -> None:
        self._desk.edit_need(self._need, category="" if code == "-" else code)

    def _voices(self) -> Sequence[tuple[str, str]]:
        desk = self._desk
        there = {person.contact.id for person in desk.facts.people}
        people = sorted(
            desk.card.people if desk.card else (), key=lambda one: one.contact.id not in there
        )
        named = [(person.contact.id, person.contact.name) for person in people]
        left = ("-", desk.words("widgets.leave_empty"))
        return [*named, left] if self._need.contact_id else named

    def _voiced(self, contact_id: str) -> None:
        self._desk.edit_need(self._need, contact_id=None if contact_id == "-" else contact_id)

    def _remove(self) -> None:
        self.text.binder.revert("text")
        said = self._desk.words("visit.need_removed")
        self._desk.run(TrashRecords("need", (self._need.id,)), said)
