"""A checklist at the right: what it is for, the line that begins it, and what was found so far."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal

from fieldsales.domain.checklist import Filled, score
from fieldsales.methods.checklist.content import form_of
from fieldsales.methods.checklist.picture import scored, trend
from fieldsales.methods.checklist.told import about, points
from fieldsales.screens.checklist import PICTURE
from fieldsales.screens.contract import Context
from fieldsales.screens.library.checklists.listing import Shelved
from fieldsales.screens.library.checklists.starting import StartLine
from fieldsales.store.queries.checklists import results
from fieldsales.widgets.card import CardScroll, Section
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, label

_SHOWN = 50  # results that are listed
_TOOLS = {
    "edit": "edit",
    "copy": "copy",
    "form": "print",
    "export": "export",
    "help": "question",
    "trash": "trash",
}
HELP = {  # checklist -> the page that explains its method
    "after_purchase": "m29d",
    "need_questions": "m26",
    "self_audit": "m38",
    "seven_habits": "m45",
    "seven_questions": "m29f",
    "store_steps": "m26",
    "value_proposition": "m13",
}


class Overview(CardScroll):
    """One checklist of the list."""

    begun = Signal(object)  # about what: Mapping[str, str]
    result_wanted = Signal(str)
    asked = Signal(str)  # what is to be done, a key of the tools

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look)
        self._context = context
        self._code = ""
        self._title = label(look, size="section", bold=True, wrap=True)
        self._about = label(look, tone="muted", wrap=True)
        self._due = label(look, size="caption", tone="muted", wrap=True)
        self.line = StartLine(context)
        self.line.wanted.connect(self.begun)
        self.tools = {
            name: button(
                look, words(f"checklists.{name}"), partial(self.asked.emit, name), icon=icon,
                role="quiet",
            )
            for name, icon in _TOOLS.items()
        }  # fmt: skip
        tools = FlowLayout(look, gap=4, line_gap=4)
        for tool in self.tools.values():
            tools.addWidget(tool)
        self.picture = PictureBlock(look)
        self.picture.clicked.connect(self.result_wanted)
        self._section = Section(look, words("checklists.results"), gap=0)
        self._none = label(look, words("checklists.no_results"), tone="muted", wrap=True)
        self._section.body.addWidget(self._none)
        self._lines: list[Line] = []
        for part in (self._title, self._about, self._due):
            self.body.addWidget(part)
        self.body.addWidget(self.line)
        self.body.addLayout(tools)
        self.body.addWidget(self.picture)
        self.body.addWidget(self._section)
        self.body.addStretch(1)

    def show_checklist(self, one: Shelved) -> None:
        """Show a checklist as it is now."""
        words = self._context.words
        if one.code != self._code:
            self._code = one.code
            self.verticalScrollBar().setValue(0)
            self.line.show_for(one.form.of if one.form is not None else "self")
        self._title.setText(one.title)
        about_it = one.form.about if one.form is not None else words("checklists.unreadable_hint")
        self._about.setText(about_it)
        self._about.setVisible(bool(about_it))
        found = results(self._context.store, one.code)
        self._show_due(one, found)
        self.line.setVisible(one.form is not None)
        for name, tool in self.tools.items():
            ours = one.own is not None or name not in ("edit", "trash")
            tool.setVisible(ours and (one.form is not None or name == "trash"))
        self.tools["help"].setVisible(one.code in HELP)
        self._show_trend(one, found)
        self._section.set_count(len(found))
        self._show_lines(found[:_SHOWN])

    def _show_due(self, one: Shelved, found: list[Filled]) -> None:
        """How often it is worth doing, and whether it is time."""
        words, today = self._context.words, self._context.look.clock.today()
        days = one.form.repeat_days if one.form is not None else 0
        self._due.setVisible(bool(days))
        if not days:
            return
        said = [words("checklists.repeat", n=days)]
        last = found[0].result.filled_on if found else None
        if last and one.form is not None and one.form.of == "self":
            due = date.fromisoformat(last) + timedelta(days=days)
            key = "checklists.due_now" if due <= today else "checklists.due"
            said.append(words(key, day=words.date(due)))
        self._due.setText(" ".join(said))

    def _show_trend(self, one: Shelved, found: list[Filled]) -> None:
        """Ours over time; those about customers are compared on their own pages."""
        words, form = self._context.words, one.form
        ours = [filled for filled in reversed(found) if not about(words, filled)]
        marks = scored(form, ours) if form is not None else []
        self.picture.setVisible(len(marks) > 1)
        self.picture.show_picture(
            "", lambda room: trend(one.title, marks, words, room, size=PICTURE)
        )

    def _show_lines(self, found: list[Filled]) -> None:
        look = self._context.look
        faces = [self._face(filled) for filled in found]
        while len(self._lines) > len(faces):
            gone = self._lines.pop()
            gone.hide()
            gone.deleteLater()
        while len(self._lines) < len(faces):
            line = Line(look)
            line.clicked.connect(self._pressed)
            self._lines.append(line)
            self._section.body.addWidget(line)
        for line, face in zip(self._lines, faces, strict=True):
            line.show_face(face)
        self._none.setVisible(not faces)

    def _face(self, filled: Filled) -> LineFace:
        words, today = self._context.words, self._context.look.clock.today()
        form = form_of(filled, words.language)
        found = score(form, filled.answers)
        day = filled.result.filled_on
        return LineFace(
            key=filled.result.id,
            title=about(words, filled) or (words.date(date.fromisoformat(day)) if day else "—"),
            subtitle=" · ".join(
                part
                for part in (
                    words("checklist.answered", n=found.answered, total=found.total),
                    filled.result.note.partition("\n")[0],
                )
                if part
            ),
            aside=" · ".join(
                part
                for part in (
                    points(words, found),
                    words.days_from(date.fromisoformat(day), today) if day else "",
                )
                if part
            ),
        )

    def _pressed(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        self.result_wanted.emit(line.face.key)
