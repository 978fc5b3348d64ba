"""Objections heard, with answers at hand (M29a)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.domain.visit import VisitItem
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.library import Objection
from fieldsales.widgets.card import Section
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.offers import HoverTools, Offers
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of

_STYLES = ("a", "b", "c", "d")


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
        self._entry = label(look, size="caption", tone="muted")
        self.more = button(look, words("visit.more_help"), self._turn_help, role="link")
        self._about = row(look, self._entry, self.more, None, gap=4)
        self.matches = Offers(look)
        self.matches.taken.connect(self._take)
        self._help: QWidget | None = None
        self._helping = False
        self._body = column(look, self.answer, self._about, self.matches, gap=4)
        self._body.setContentsMargins(look.theme.px(12), 0, 0, 0)
        self.setLayout(column(look, self.text, self._body, gap=4))
        self.setFocusProxy(self.editor.text)

    def show_thing(self, thing: VisitItem) -> None:
        words = self._desk.words
        coded = thing.code != self._item.code
        self._item = thing
        self.text.refresh(thing.text)
        self.answer.refresh(thing.answer)
        entry = self._desk.objection(thing)
        self._entry.setVisible(entry is not None)
        self.more.setVisible(entry is not None)
        if entry is not None:
            self._entry.setText(words("visit.objection_entry", title=entry.title))
        if coded and self._helping:
            self._show_help()
        self._show_matches()

    def drop(self) -> None:
        self.text.drop()
        self.answer.drop()

    def _show_matches(self) -> None:
        """Answers that may fit what was said, as long as none was chosen."""
        desk = self._desk
        ready = []
        if desk.objection(self._item) is None and not self._item.answer:
            found = desk.matcher("objection").find(self._item.text, 3)
            ready = [desk.library.objections[code] for code in found]
        self.matches.show_offers(
            [
                (o.code, desk.words("visit.answer_so", title=o.title, answer=o.answer), None)
                for o in ready
            ]
        )

    def _take(self, code: str) -> None:
        entry = self._desk.library.objections[code]
        self.answer.binder.flush()
        self._desk.edit_item(self._item.id, code=entry.code, answer=entry.answer)

    def _turn_help(self) -> None:
        self._helping = not self._helping
        key = "visit.less_help" if self._helping else "visit.more_help"
        self.more.setText(self._desk.words(key))
        self._show_help()

    def _show_help(self) -> None:
        """What may be behind it, what to ask back, and the same answer told in other ways."""
        if self._help is not None:
            self._help.hide()
            self._body.removeWidget(self._help)
            self._help.deleteLater()
            self._help = None
        entry = self._desk.objection(self._item)
        if entry is None or not self._helping:
            return
        lines = column(self._desk.look, gap=6)
        look, words = self._desk.look, self._desk.words
        for key, told in (("means", entry.means), ("ask", entry.ask), ("avoid", (entry.avoid,))):
            text = label(look, "\n".join(filter(None, told)), size="caption", wrap=True)
            head = label(look, words(f"visit.objection_{key}"), size="caption", tone="muted")
            head.setFixedWidth(look.theme.px(88))
            line = row(look, gap=8)
            line.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(text, 1)
            lines.addLayout(line)
        if entry.by_style:
            picks = Picks(look, name=words("visit.answer_style"), clearable=False)
            picks.set_picks(
                [Pick("", words("visit.style.plain"))]
                + [
                    Pick(style, words(f"visit.style.{style}"))
                    for style in _STYLES
                    if style in entry.by_style
                ]
            )
            styles = {answer: style for style, answer in entry.by_style.items()}
            picks.set_key(styles.get(self._item.answer, ""))
            picks.chosen.connect(partial(self._tell, entry))
            lines.addWidget(picks)
        self._help = QWidget()
        self._help.setLayout(lines)
        self._body.insertWidget(2, self._help)

    def _tell(self, entry: Objection, style: str) -> None:
        self.answer.binder.flush()
        answer = entry.by_style.get(style, entry.answer)
        self._desk.edit_item(self._item.id, answer=answer)

    def _remove(self) -> None:
        self.text.binder.revert("text")
        self._desk.remove_item(self._item)
