"""The questions of a SPIN sheet by kind: planned, asked, answered, and turned into needs (M27)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QWidget

from fieldsales.domain.spin import KINDS
from fieldsales.domain.visit import VisitItem
from fieldsales.methods.spin.content import kind_hints
from fieldsales.screens.spin_desk import SpinDesk
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.offers import HoverTools, MenuButton, Offers
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of
from fieldsales.widgets.suggestions import Suggestion

_OFFERED = 4
_HITS = 8
_BELOW = ("kind", "when", "need", "implied", "explicit")  # what stands below an answer, in order
_KEYS = {Qt.Key.Key_I: "implied", Qt.Key.Key_E: "explicit"}


class KindSection(Section):
    """The questions of one kind, what the kind is for, and its bank; '' holds the unsorted ones."""

    def __init__(self, desk: SpinDesk, kind: str) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words(f"spin.kind.{kind or 'none'}"), gap=6)
        self.kind = kind
        self._desk = desk
        self._turn = 0  # how often other suggestions were asked for
        self._open: bool | None = None  # whether the bank is; None: while there is no question
        self._told = label(look, size="caption", tone="faint")
        self.add_to_head(self._told)
        self.rows: Rows[VisitItem] = Rows(look, lambda item: QuestionRow(desk, item), gap=6)
        if not kind:
            hint = label(look, words("spin.kind_none"), size="caption", tone="muted", wrap=True)
            self.show_parts((hint, self.rows))
            return
        hints = kind_hints(words.language)[kind]
        what = label(look, hints.what, size="caption", tone="muted", wrap=True)
        tip = words("spin.tip", tip=hints.tip, example=hints.example)
        self.tip = label(look, tip, size="caption", tone="accent", wrap=True)
        self.tip.hide()
        self.line = ChooserLine(look, self._hits, take_first=False)
        self.line.setPlaceholderText(words("spin.add", kind=words(f"visit.spin.{kind}")))
        self.line.setAccessibleName(words("spin.add", kind=words(f"spin.kind.{kind}")))
        self.line.picked.connect(self._picked)
        self.line.returnPressed.connect(self._own)
        self.bank = Offers(look)
        self.bank.taken.connect(desk.take)
        self.turn = button(look, words("visit.other_questions"), self._turn_over, role="link")
        self.more = button(look, "", self._turn_bank, role="link")
        self.how = button(look, words("spin.how"), self._turn_tip, role="link")
        self.tools = FlowLayout(look, gap=4, line_gap=0)
        for part in (self.more, self.turn, self.how):
            self.tools.addWidget(part)
        self.show_parts((what, self.tip, self.rows, self.line, self.bank))
        below = QWidget()
        below.setLayout(self.tools)
        self.body.addWidget(below)
        self._below = below

    def show_items(self) -> None:
        """Show the questions as they are now."""
        desk = self._desk
        items = desk.items_of(self.kind)
        self.rows.show_things(items)
        self.setVisible(bool(self.kind) or bool(items))
        if self.kind:
            total = desk.flow.totals[self.kind]
            key = "spin.counted" if total.planned else "spin.counted_none"
            self._told.setText(desk.words(key, n=total.asked, all=total.planned))
            self.line.setVisible(desk.can_plan)
            self._below.setVisible(desk.can_plan)
            self._offer()

    def begin(self) -> None:
        """Put the cursor where a question is added, its bank open."""
        self._open = True
        self._offer()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> bool:
        """Put the cursor into the first question; False where there is none."""
        found = next(map(self.rows.row, self.rows.keys()), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        return found is not None

    def forget(self) -> None:
        """Another conversation: nothing typed, the bank as it comes."""
        if self.kind:
            self.line.clear()
            self._open, self._turn = None, 0

    @property
    def _bank_open(self) -> bool:
        return self._open if self._open is not None else not self.rows.keys()

    def _offer(self) -> None:
        words = self._desk.words
        left = self._desk.bank(self.kind)
        shown = self._bank_open and self._desk.can_plan
        start = self._turn * _OFFERED
        offered = [left[(start + n) % len(left)] for n in range(min(_OFFERED, len(left)))]
        own = ChipFace(words("visit.spin.own"))
        self.bank.show_offers(
            [
                (one.code, one.text, own if self._desk.is_kept(one.code) else None)
                for one in (offered if shown else ())
            ]
        )
        self.turn.setVisible(shown and len(left) > _OFFERED)
        self.more.setVisible(bool(left))
        self.more.setText(words("spin.bank_close" if shown else "spin.bank_open", n=len(left)))

    def _turn_over(self) -> None:
        self._turn += 1
        self._offer()

    def _turn_bank(self) -> None:
        self._open = not self._bank_open
        self._offer()

    def _turn_tip(self) -> None:
        self.tip.setVisible(self.tip.isHidden())

    def _hits(self, text: str) -> Sequence[Suggestion]:
        return [Suggestion(one.code, one.text) for one in self._desk.found(self.kind, text)[:_HITS]]

    def _picked(self, code: str, _typed: str) -> None:
        self.line.clear()
        self._desk.take(code)

    def _own(self) -> None:
        text = self.line.text().strip()
        self.line.suggestions.hide()
        if text and self._desk.add(text, self.kind):
            self.line.clear()


class QuestionRow(Row[VisitItem]):
    """A question beside its answer; below them where it was asked, and the need it became.

    Alt+↑↓ moves it, Ctrl+I and Ctrl+E make the answer a need, Ctrl+B keeps a question of one's own
    in the bank; emptied it goes.
    """

    reusable = True

    def __init__(self, desk: SpinDesk, item: VisitItem) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._item = item
        self.tick = QCheckBox()
        self.tick.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.tick.setToolTip(words("spin.asked"))
        self.tick.clicked.connect(self._ticked)
        self.question = WrappedLine(look, field_of("visit_item", "text"))
        self.text = SavedField(desk, "visit_item", item.id, self.question, words("visit.question"))
        self.text.emptied.connect(self._remove)
        self.reply = WrappedLine(look, field_of("visit_item", "answer"), words("spin.answer"))
        self.answer = SavedField(desk, "visit_item", item.id, self.reply, words("visit.answer"))
        self.answer.binder.committed.connect(self._answered)
        for editor in (self.question, self.reply):
            editor.text.installEventFilter(self)
        self.question.text.setToolTip(words("spin.question_keys"))
        self.reply.text.setToolTip(words("spin.answer_keys"))
        tools = HoverTools(look, self)
        tools.add("save", words("spin.keep"), self._keep, self._is_own)
        tools.add("chevron-up", words("visit.move_up"), self._up)
        tools.add("chevron-down", words("visit.move_down"), self._down)
        tools.add("close", words("visit.remove"), self._remove)
        self._parts: dict[str, QWidget] = {}
        self._flow = FlowLayout(look, gap=4, line_gap=0)
        self._below = QWidget()
        self._below.setLayout(self._flow)
        beside = row(look, gap=8)
        ticked = column(look, self.tick, None, gap=0)
        ticked.setContentsMargins(0, look.theme.px(6), 0, 0)
        beside.addLayout(ticked)
        beside.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.answer, 1, Qt.AlignmentFlag.AlignTop)
        under = row(look, gap=0)
        under.addSpacing(look.theme.px(38))
        under.addWidget(self._below, 1)
        self.setLayout(column(look, beside, under, gap=0))
        self.setFocusProxy(self.question.text)
        self._load(item)

    def stand_for(self, thing: VisitItem) -> None:
        self._item = thing
        for field in (self.text, self.answer):
            field.stand_for(thing.id)
        self._load(thing)

    def _load(self, item: VisitItem) -> None:
        kept = self._desk.drafts("visit_item", item.id)
        self.text.load(item.text, kept.get("text"))
        self.answer.load(item.answer, kept.get("answer"))

    def show_thing(self, thing: VisitItem) -> None:
        desk, words = self._desk, self._desk.words
        self._item = thing
        self.tick.setChecked(bool(thing.done or thing.answer))
        self.tick.setAccessibleName(words("spin.asked_name", text=thing.text))
        self.text.refresh(thing.text)
        self.answer.refresh(thing.answer)
        visit, need = desk.visit_of(thing), desk.need_of(thing)
        kind = desk.kind_of(thing)
        # answers about the situation are seldom needs; the keys work there, too
        ready = bool(thing.answer) and kind != "situation"
        explicit = need is not None and need.statement == "explicit"
        shown = {
            "kind": "" if kind else words("spin.kind_of"),
            "when": words("spin.visit_on", day=desk.day(visit)) if visit else "",
            "need": words.choice("statement", need.statement) if need else "",
            "implied": words("spin.to_implied") if ready and need is None else "",
            "explicit": words("spin.to_explicit" if need is None else "spin.now_explicit")
            if (ready or need is not None) and not explicit
            else "",
        }
        for name, text in shown.items():
            self._show_part(name, text)
        chip = self._parts.get("need")
        if isinstance(chip, Chip) and need is not None:
            tone = "good" if explicit else "plain"
            chip.set_face(ChipFace(shown["need"], tone, "need", words("spin.open_need")))
        self._below.setVisible(any(shown.values()))

    def _show_part(self, name: str, text: str) -> None:
        """A link below the answer, made when it is first wanted."""
        part = self._parts.get(name)
        if part is None:
            if not text:
                return
            part = self._parts[name] = self._made(name)
            self._flow.insert(sum(one in self._parts for one in _BELOW[: _BELOW.index(name)]), part)
        if isinstance(part, QPushButton):
            part.setText(text)
        part.setVisible(bool(text))

    def _made(self, name: str) -> QWidget:
        look, words = self._desk.look, self._desk.words
        if name == "kind":
            menu = MenuButton(look, words("spin.kind_of"), self._kinds)
            menu.picked.connect(self.sort)
            menu.say("", words("spin.kind_of"))
            return menu
        if name == "need":
            chip = Chip(look, ChipFace(""), pressable=True)
            chip.clicked.connect(self._open_need)
            return chip
        acts = {
            "when": self._open_visit,
            "implied": self._implied,
            "explicit": self._explicit,
        }
        made = button(look, "", acts[name], role="link")
        made.setToolTip({"implied": "Ctrl+I", "explicit": "Ctrl+E"}.get(name, ""))
        return made

    def drop(self) -> None:
        self.text.drop()
        self.answer.drop()

    # what is done

    def _ticked(self, ticked: bool) -> None:
        if not self._desk.edit(self._item, done=int(ticked)):
            self.tick.setChecked(bool(self._item.done))
        elif ticked:
            self.answer.setFocus()

    def _answered(self) -> None:
        if self._item.answer and not self._item.done:  # what was answered was asked
            self._desk.edit(self._item, done=1)

    def _become(self, statement: str) -> None:
        if not self.answer.binder.flush():
            return
        if self._item.answer or self._desk.need_of(self._item):
            self._desk.become_need(self._item, statement)
        else:
            self.answer.setFocus()

    def _implied(self) -> None:
        self._become("implied")

    def _explicit(self) -> None:
        self._become("explicit")

    def _open_need(self) -> None:
        self._desk.context.open("need", self._item.need_id or "")

    def _open_visit(self) -> None:
        self._desk.context.open("visit", self._item.visit_id or "")

    def _kinds(self) -> Sequence[tuple[str, str]]:
        return [(kind, self._desk.words(f"spin.kind.{kind}")) for kind in KINDS]

    def sort(self, kind: str) -> None:
        """Says of which kind it is."""
        self._desk.edit(self._item, code=kind)

    def _is_own(self) -> bool:
        return self._desk.is_own(self._item)

    def _keep(self) -> None:
        if self.text.binder.flush():
            self._desk.keep(self._item)

    def _up(self) -> None:
        self._desk.move(self._item, -1)

    def _down(self) -> None:
        self._desk.move(self._item, 1)

    def _remove(self) -> None:
        self.text.binder.revert("text")
        self._desk.remove(self._item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        keep = ctrl and event.key() == Qt.Key.Key_B and self._is_own()
        ours = (
            keep
            or (ctrl and event.key() in _KEYS)
            or (alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down))
        )
        if ours and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if ours and event.type() == QEvent.Type.KeyPress:
            if keep:
                self._keep()
            elif ctrl:
                self._become(_KEYS[Qt.Key(event.key())])
            else:
                self._up() if event.key() == Qt.Key.Key_Up else self._down()
            return True
        return super().eventFilter(watched, event)
