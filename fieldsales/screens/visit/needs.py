"""Needs voiced in the visit: how clear, of which kind, by whom, how deep (M18, M19, M27, M37)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS, Need
from fieldsales.methods.need_depth.content import need_depth
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.operations.records import TrashRecords
from fieldsales.widgets.card import Section
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.offers import HoverTools, MenuButton
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of
from fieldsales.widgets.segmented import Option, Segmented

_DEEPER = ("actual", "behind")  # levels below what was said, the nearer first


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
        self.deep = _Depth(desk, need)
        self.setLayout(column(look, self.text, about, self.deep, gap=4))
        self.setFocusProxy(self.editor.text)

    def show_thing(self, thing: Need) -> None:
        self._need = thing
        desk, words = self._desk, self._desk.words
        self.statement.set_key(thing.statement)
        self.text.refresh(thing.text)
        self.deep.show_need(thing)
        self.category.say(words.choice("need_category", thing.category), words("visit.category"))
        people = desk.card.people if desk.card else ()
        name = next((p.contact.name for p in people if p.contact.id == thing.contact_id), "")
        self.voice.say(name, words("visit.who_said"))

    def drop(self) -> None:
        self.text.drop()
        self.deep.drop()

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


class _Depth(QWidget):
    """What lies below what was said: what it is about, then why it matters to them (M37).

    A level opens once something is told there, or when it is asked for; questions lead on.
    """

    def __init__(self, desk: Desk, need: Need) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._need = need
        self._opened = 0  # levels
        self.levels = {name: _Level(desk, need, name) for name in _DEEPER}
        self.question = label(look, size="caption", tone="accent", wrap=True)
        self.deeper = button(look, words("visit.go_deeper"), self._go_deeper, role="link")
        below = row(look, self.deeper, None, gap=0)
        self.setLayout(column(look, *self.levels.values(), self.question, below, gap=4))

    def show_need(self, need: Need) -> None:
        self._need = need
        told = [at for at, name in enumerate(_DEEPER, start=1) if getattr(need, name)]
        self._opened = max(self._opened, *told, 0)
        for name, level in self.levels.items():
            level.text.refresh(getattr(need, name))
        self._show()

    def _show(self) -> None:
        for at, level in enumerate(self.levels.values()):
            level.setVisible(at < self._opened)
        self.deeper.setVisible(self._opened < len(_DEEPER))
        # how to get at the first level that is open and empty
        names = _DEEPER[: self._opened]
        wanted = next((name for name in names if not getattr(self._need, name)), "")
        self.question.setVisible(bool(wanted))
        if wanted:
            words = self._desk.words
            asks = need_depth(words.language).levels[wanted].questions
            asked = ("" if words.chinese else " ").join(asks)
            self.question.setText(words("visit.ask_deeper", text=asked))

    def _go_deeper(self) -> None:
        """The next level, with the questions that lead there."""
        self._opened += 1
        self._show()
        self.levels[_DEEPER[self._opened - 1]].text.setFocus()

    def drop(self) -> None:
        for level in self.levels.values():
            level.text.drop()


class _Level(QWidget):
    """One level of depth: its name, and what was told of it."""

    def __init__(self, desk: Desk, need: Need, name: str) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        said = words(f"field.need.{name}")
        hint = need_depth(words.language).levels[name].what
        editor = WrappedLine(look, field_of("need", name), hint)
        self.text = SavedField(desk, "need", need.id, editor, said)
        self.text.load(getattr(need, name), desk.drafts("need", need.id).get(name))
        about = label(look, said, size="caption", tone="muted")
        names = (words(f"field.need.{one}") for one in _DEEPER)
        metrics = look.theme.metrics("caption")
        about.setFixedWidth(max(metrics.horizontalAdvance(one) for one in names))
        layout = row(look, gap=8)
        layout.addWidget(about, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.text, 1)
        self.setLayout(layout)
