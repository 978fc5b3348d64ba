"""Questions of the visit: planned from the bank or in one's own words, then asked and answered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from fieldsales.domain.visit import VisitItem
from fieldsales.screens.spin import SpinStrip
from fieldsales.screens.spin_questions import QuestionRow
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.library import SPIN_KINDS, Question
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.offers import HoverTools, Offers, level
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, label, row
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of
from fieldsales.widgets.suggestions import Suggestion

_OFFERED = 4
_LEADING_ON = 2


def kind_chip(desk: Desk, kind: str) -> ChipFace:
    """The kind of a question as a chip."""
    if kind not in SPIN_KINDS:
        return ChipFace(desk.words("visit.spin.own"))
    tone = "accent" if kind in ("implication", "payoff") else "plain"
    return ChipFace(
        desk.words(f"visit.spin.{kind}"), tone, tooltip=desk.words(f"visit.spin_hint.{kind}")
    )


class QuestionsToAsk(Section):
    """The plan: questions in the order in which they want asking (M27)."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.questions"))
        self._desk = desk
        self._turn = 0  # how often other suggestions were asked for
        self.way = SpinStrip(desk.spin)
        self.way.sheet_wanted.connect(desk.spin_wanted)
        self.kinds = Picks(look, name=words("visit.spin_filter"))
        self.kinds.chosen.connect(self._offer)
        self.rows: Rows[VisitItem] = Rows(look, lambda item: _PlannedRow(desk, item))
        self.line = ChooserLine(look, self._hits, take_first=False)
        self.line.setPlaceholderText(words("visit.add_question"))
        self.line.setAccessibleName(words("visit.add_question"))
        self.line.picked.connect(self._picked)
        self.line.returnPressed.connect(self._own)
        self.bank = Offers(look)
        self.bank.taken.connect(desk.take_question)
        self._others = button(look, words("visit.other_questions"), self._turn_over, role="link")
        self.show_parts((self.way, self.rows, self.line, self.kinds, self.bank))
        self.body.addWidget(self._others, 0, Qt.AlignmentFlag.AlignLeft)

    def show_facts(self) -> None:
        """Show the questions as they are now."""
        desk = self._desk
        self.way.show_flow()
        items = desk.facts.items_of("question")
        counts = dict.fromkeys(SPIN_KINDS, 0)
        for item in items:
            kind = desk.spin_kind(item)
            if kind in counts:
                counts[kind] += 1
        self.kinds.set_picks(
            [Pick(kind, desk.words(f"visit.spin.{kind}"), str(n)) for kind, n in counts.items()]
        )
        self.set_count(len(items))
        self.rows.show_things(items)
        self._offer()

    def _offered(self) -> list[Question]:
        """A few questions worth asking: of the chosen kind, or one of each."""
        left = self._desk.questions()
        if self.kinds.key:
            pools = [[question for question in left if question.kind == self.kinds.key]]
            each = _OFFERED
        else:
            pools = [
                [question for question in left if question.kind == kind] for kind in SPIN_KINDS
            ]
            each = 1
        found = []
        for pool in pools:
            start = self._turn * each
            found += [pool[(start + n) % len(pool)] for n in range(min(each, len(pool)))]
        return found

    def _offer(self) -> None:
        desk = self._desk
        offered = self._offered()
        self.bank.show_offers([(q.code, q.text, kind_chip(desk, q.kind)) for q in offered])
        self._others.setVisible(len(offered) < len(desk.questions()))

    def _turn_over(self) -> None:
        self._turn += 1
        self._offer()

    def _hits(self, text: str) -> Sequence[Suggestion]:
        desk = self._desk
        left = {
            question.code: question
            for question in desk.questions()
            if self.kinds.key in ("", question.kind)
        }
        codes = [code for code in desk.matcher("question").find(text, 30) if code in left]
        if not text:
            codes = list(left)
        return [
            Suggestion(code, left[code].text, aside=desk.words(f"visit.spin.{left[code].kind}"))
            for code in codes[:7]
        ]

    def _picked(self, code: str, _typed: str) -> None:
        self.line.clear()
        self._desk.take_question(code)

    def _own(self) -> None:
        text = self.line.text().strip()
        if text and self._desk.add_item("question", text, code=self.kinds.key):
            self.line.clear()


class _PlannedRow(Row[VisitItem]):
    """A question being planned: edited in place, Alt+↑↓ moves it, emptied it goes."""

    def __init__(self, desk: Desk, item: VisitItem) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._item = item
        self._chip = Chip(look, kind_chip(desk, desk.spin_kind(item)))
        self.editor = WrappedLine(look, field_of("visit_item", "text"))
        self.text = SavedField(desk, "visit_item", item.id, self.editor, words("visit.question"))
        self.text.load(item.text, desk.drafts("visit_item", item.id).get("text"))
        self.text.emptied.connect(self._remove)
        self.editor.text.installEventFilter(self)
        self.editor.text.setToolTip(words("visit.question_keys"))
        tools = HoverTools(look, self)
        tools.add("chevron-up", words("visit.move_up"), self._up)
        tools.add("chevron-down", words("visit.move_down"), self._down)
        tools.add("close", words("visit.remove"), self._remove)
        layout = row(look, gap=8)
        faces = [kind_chip(desk, kind) for kind in (*SPIN_KINDS, "")]
        layout.addWidget(level(look, self._chip, faces))
        layout.addWidget(self.text, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.editor.text)

    def show_thing(self, thing: VisitItem) -> None:
        self._item = thing
        self._chip.set_face(kind_chip(self._desk, self._desk.spin_kind(thing)))
        self.text.refresh(thing.text)

    def drop(self) -> None:
        self.text.drop()

    def _up(self) -> None:
        self._desk.move_item("question", self._item.id, -1)

    def _down(self) -> None:
        self._desk.move_item("question", self._item.id, 1)

    def _remove(self) -> None:
        self.text.binder.revert("text")
        self._desk.remove_item(self._item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            self._up() if event.key() == Qt.Key.Key_Up else self._down()
            return True
        return super().eventFilter(watched, event)


class QuestionsAsked(Section):
    """The questions during the visit: a tick, an answer, and the need it becomes."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.questions_asked"))
        self._desk = desk
        self.way = SpinStrip(desk.spin)
        self.way.sheet_wanted.connect(desk.spin_wanted)
        self.rows: Rows[VisitItem] = Rows(look, lambda item: QuestionRow(desk.spin, item), gap=6)
        self._none = label(look, words("visit.no_questions"), tone="muted", wrap=True)
        self.bank = Offers(look)
        self.bank.taken.connect(desk.take_question)
        self.show_parts((self.way, self._none, self.rows, self.bank))

    def show_facts(self) -> None:
        """Show the questions as they are now, and some that lead on where there is a gap (M27)."""
        desk = self._desk
        self.way.show_flow()
        items = desk.facts.items_of("question")
        self.rows.show_things(items)
        self._none.setVisible(not items)
        self.set_count(sum(1 for item in items if item.done or item.answer))
        wanted = desk.spin.wanted
        ready = [q for q in desk.questions() if wanted and q.kind == wanted][:_LEADING_ON]
        self.bank.show_offers([(q.code, q.text, kind_chip(desk, q.kind)) for q in ready])
