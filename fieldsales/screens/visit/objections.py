"""Objections heard, with answers at hand and what came of them (M29a)."""

from __future__ import annotations

from fieldsales.domain.visit import WORKED, VisitItem
from fieldsales.screens.objection import ObjectionReading
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.objections import STEPS
from fieldsales.services.operations.conversation import KeepObjection
from fieldsales.widgets.card import Section
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.offers import HoverTools, MenuButton, Offers
from fieldsales.widgets.pieces import ElidedLabel, button, column, row
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of
from fieldsales.widgets.segmented import Option, Segmented

_OFFERED = 3


class ObjectionsHeard(Section):
    """What the customer said against it, and how it was answered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("visit.objections"))
        self._desk = desk
        self.rows: Rows[VisitItem] = Rows(desk.look, lambda item: _ObjectionRow(desk, item), gap=16)
        self.show_parts((self.rows,))

    def show_facts(self) -> None:
        """Show the objections as they are now."""
        items = self._desk.facts.items_of("objection")
        self.rows.show_things(items)
        self.setVisible(bool(items))
        self.set_count(len(items))


class _ObjectionRow(Row[VisitItem]):
    def __init__(self, desk: Desk, item: VisitItem) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._item = item
        kept = desk.drafts("visit_item", item.id)
        self.editor = WrappedLine(look, field_of("visit_item", "text"))
        self.editor.text.setFont(look.theme.font(bold=True))
        self.text = SavedField(desk, "visit_item", item.id, self.editor, words("visit.they_said"))
        self.text.load(item.text, kept.get("text"))
        self.text.emptied.connect(self._remove)
        tools = HoverTools(look, self)
        tools.add("close", words("visit.remove"), self._remove)
        answer = WrappedLine(look, field_of("visit_item", "answer"), words("visit.our_answer"))
        self.answer = SavedField(desk, "visit_item", item.id, answer, words("visit.our_answer"))
        self.answer.load(item.answer, kept.get("answer"))
        self.worked = worked_switch(desk, words("objection.outcome"))
        self.worked.chosen.connect(self._judge)
        self._entry = ElidedLabel(look, size="caption", tone="muted")
        self.more = button(look, words("visit.more_help"), self._turn_help, role="link")
        self.keep = MenuButton(look, words("objection.keep"), self._steps)
        self.keep.say("", words("objection.keep"))
        self.keep.picked.connect(self._keep)
        about = row(look, self.worked, self._entry, self.more, self.keep, None, gap=8)
        self.matches = Offers(look)
        self.matches.taken.connect(self._take)
        self.help: ObjectionReading | None = None
        self._body = column(look, self.answer, about, self.matches, gap=4)
        self._body.setContentsMargins(look.theme.px(12), 0, 0, 0)
        self.setLayout(column(look, self.text, self._body, gap=4))
        self.setFocusProxy(self.editor.text)

    def show_thing(self, thing: VisitItem) -> None:
        words = self._desk.words
        coded = thing.code != self._item.code
        self._item = thing
        self.text.refresh(thing.text)
        self.answer.refresh(thing.answer)
        self.worked.set_key(thing.worked)
        entry = self._desk.objection(thing)
        self._entry.setVisible(entry is not None)
        self.more.setVisible(entry is not None)
        if entry is not None:
            self._entry.set_text(words("visit.objection_entry", title=entry.title))
        if coded and self.help is not None:
            self._show_help()
        self._show_matches()
        self.worked.setVisible(bool(thing.answer or thing.worked))
        self.keep.setVisible(not thing.code and bool(thing.answer))

    def drop(self) -> None:
        self.text.drop()
        self.answer.drop()

    def _show_matches(self) -> None:
        """Answers that may fit what was said, as long as none was chosen."""
        desk = self._desk
        ready = []
        if desk.objection(self._item) is None and not self._item.answer:
            ready = desk.find_objections(self._item.text, _OFFERED)
        self.matches.show_offers(
            [
                (
                    entry.code,
                    desk.words(
                        "visit.answer_so", title=entry.title, answer=desk.answers(entry)[0].text
                    ),
                    None,
                )
                for entry in ready
                if desk.answers(entry)
            ]
        )

    def _take(self, code: str) -> None:
        self._give(code, *_first(self._desk, code))

    def _give(self, code: str, style: str, answer: str) -> None:
        self.answer.binder.flush()
        self._desk.edit_item(self._item.id, code=code, answer=answer, style=style)

    def _judge(self, worked: str) -> None:
        self.answer.binder.flush()
        self._desk.edit_item(self._item.id, worked=worked)

    def _turn_help(self) -> None:
        helping = self.help is None
        self.more.setText(self._desk.words("visit.less_help" if helping else "visit.more_help"))
        if helping:
            self._show_help()
        else:
            self._hide_help()

    def _show_help(self) -> None:
        """What may be behind it, what to ask back, and all ways to answer."""
        self._hide_help()
        entry = self._desk.objection(self._item)
        if entry is None:
            return
        self.help = ObjectionReading(self._desk.look, brief=True, takeable=True)
        self.help.show_entry(entry, self._desk.answers(entry), self._desk.styles())
        self.help.taken.connect(self._tell)
        self._body.insertWidget(2, self.help)

    def _hide_help(self) -> None:
        gone, self.help = self.help, None
        if gone is not None:
            gone.hide()
            self._body.removeWidget(gone)
            gone.deleteLater()

    def _tell(self, style: str, answer: str) -> None:
        self._give(self._item.code, style, answer)

    def _steps(self) -> list[tuple[str, str]]:
        return [(step, self._desk.words(f"objection.step.{step}")) for step in STEPS]

    def _keep(self, step: str) -> None:
        self.answer.binder.flush()
        self.text.binder.flush()
        kept = KeepObjection(self._item.id, step)
        self._desk.run(kept, self._desk.words("objection.kept"))

    def _remove(self) -> None:
        self.text.binder.revert("text")
        self._desk.remove_item(self._item)


def worked_switch(desk: Desk, name: str) -> Segmented:
    """Whether an answer or a technique worked, or is not judged yet."""
    words = desk.words
    options = [Option(worked, words.choice("worked", worked)) for worked in WORKED]
    return Segmented(desk.look, options, name=name, clearable=True)


def _first(desk: Desk, code: str) -> tuple[str, str]:
    """(key, words) of the answer to try first."""
    answer = desk.answers(desk.objections.entries[code])[0]
    return answer.key, answer.text
