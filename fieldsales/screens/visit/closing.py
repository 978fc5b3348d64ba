"""The route to an order, a step at a time, and the techniques tried on it (M29b)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from fieldsales.domain.visit import VisitItem
from fieldsales.screens.closing import TechniqueReading, technique_name, worked_told
from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.visit.objections import worked_switch
from fieldsales.services.library import Technique
from fieldsales.services.operations.conversation import GoInClosing, TryClosing
from fieldsales.store.queries import learnt
from fieldsales.widgets.card import Section
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.offers import HoverTools, MenuButton, Offers
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of

KEYS = "Alt+G"
_TECHNIQUE = "technique"
_LONGEST = 30  # characters of a signal on its button
_ENOUGH = 2  # signals after which closing is worth a try
_DRAFT = "closing_said"
_DRAFT_AFTER = 1_000  # ms; what was typed must outlive a kill within 2 s


class ClosingGuide(Section):
    """Opens when signals were noticed, or when asked; stands where the visit's route stands."""

    went_on = Signal()  # another step of the route is shown

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.closing"))
        self._desk = desk
        self._wanted: bool | None = None  # opened or closed by hand
        self.toggle = button(look, "", self._turn, role="link")
        self.toggle.setToolTip(QKeySequence(KEYS).toString(QKeySequence.SequenceFormat.NativeText))
        self._what = label(look, bold=True, wrap=True)
        self._say = label(look, tone="accent", wrap=True)
        self._rules = label(look, size="caption", tone="muted", wrap=True)
        self.attempt = _Attempt(desk)
        self.attempt.techniques.chosen.connect(self.show_facts)
        self.attempt.tried.connect(self._judge)
        self.next_steps = Offers(look, "chevron-right")
        self.next_steps.taken.connect(self._go)
        self.again = button(look, words("closing.again"), self._begin_anew, role="link")
        self.rows: Rows[VisitItem] = Rows(look, lambda item: _TriedRow(desk, item), gap=12)
        self._parts = (self._what, self._say, self._rules, self.attempt, self.next_steps)
        self.show_parts((*self._parts, self.rows))
        left = Qt.AlignmentFlag.AlignLeft
        self.body.insertWidget(0, self.toggle, 0, left)
        self.body.insertWidget(len(self._parts) + 1, self.again, 0, left)

    def begin(self) -> None:
        """Open where the route stands, with the cursor there."""
        self._wanted = True
        self.show_facts()
        steps = self.next_steps if self.next_steps.keys() else self.again
        target = self.attempt.techniques if self.attempt.isVisibleTo(self) else steps
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def load(self) -> None:
        """Show another visit."""
        self._wanted = None
        self.attempt.load()

    def show_facts(self) -> None:
        """Open once the route was begun or enough was noticed, unless told otherwise by hand."""
        desk, words = self._desk, self._desk.words
        items = desk.facts.items_of("closing")
        at, shelf = desk.facts.visit.closing_step, desk.library
        begun = bool(at) or len(desk.facts.items_of("signal")) >= _ENOUGH
        opened = begun if self._wanted is None else self._wanted
        self.toggle.setText(words("visit.closing_hide" if opened else "visit.closing_show"))
        self.rows.show_things(items)
        self.set_count(len(items))
        step = shelf.route.get(at) or next(iter(shelf.route.values()))
        choosing = step.code == _TECHNIQUE
        self._what.setText(step.step)
        self._say.setText(words("visit.say", text=step.say))
        self._rules.setText("\n".join(rule.text for rule in shelf.rules.values()))
        self.next_steps.show_offers([(code, shelf.route[code].step, None) for code in step.goes_to])
        for part in self._parts:
            part.setVisible(opened)
        reading = choosing and bool(self.attempt.techniques.key)
        self._say.setVisible(opened and not reading)
        self._rules.setVisible(opened and choosing and not reading)
        self.attempt.setVisible(opened and choosing)
        self.attempt.show_facts()
        self.next_steps.setVisible(opened and bool(step.goes_to))
        self.again.setVisible(opened and bool(at))

    def keep(self) -> None:
        """Keep what is half typed, so that a crash does not lose it."""
        self.attempt.keep()

    def _turn(self) -> None:
        self._wanted = not self._what.isVisible()
        self.show_facts()

    def _go(self, step: str) -> None:
        desk = self._desk
        if not desk.facts.visit.closing_step:  # what is shown first was not gone to yet
            desk.run(GoInClosing(desk.visit_id, next(iter(desk.library.route))))
        desk.run(GoInClosing(desk.visit_id, step))
        self.begin()
        self.went_on.emit()

    def _judge(self, item_id: str) -> None:
        """What comes next is how the customer took it."""
        row = self.rows.row(item_id)
        if isinstance(row, _TriedRow):
            row.worked.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_anew(self) -> None:
        self._desk.run(GoInClosing(self._desk.visit_id, ""))
        self.begin()
        self.went_on.emit()


class _Attempt(QWidget):
    """One technique: chosen, read, said, and noted with the signal upon which it was tried."""

    tried = Signal(str)  # id of the line it is noted in

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._signal = ""
        self.techniques = Picks(look, name=words("visit.closing_technique"))
        self.techniques.chosen.connect(self._choose)
        self.reading = TechniqueReading(look)
        self.signal = MenuButton(look, words("closing.upon"), self._signals)
        self.signal.picked.connect(self._upon)
        self._asked = label(look, size="caption", tone="muted", wrap=True)
        self.said = WrappedLine(look, field_of("visit_item", "text"))
        self.said.text.setProperty("calm", False)
        self.said.edited.connect(self._typed)
        self.said.entered.connect(self.note)
        self.noted = button(look, words("closing.note"), self.note)
        self._write = QWidget()
        below = row(look, self.noted, None)
        upon = row(look, self.signal, None)
        self._write.setLayout(column(look, self._asked, self.said, upon, below, gap=4))
        self.setLayout(column(look, self.techniques, self.reading, self._write, gap=8))
        self._draft = QTimer(self, singleShot=True, interval=_DRAFT_AFTER)
        self._draft.timeout.connect(self.keep)
        self._drafted = ""

    @property
    def _technique(self) -> Technique | None:
        return self._desk.library.techniques.get(self.techniques.key)

    def load(self) -> None:
        """Show another visit: what was written there last and not noted."""
        self._draft.stop()
        self._signal = ""
        tallies = {one.key: one for one in learnt.techniques(self._desk.context.store)}
        words = self._desk.words
        picks = []
        for code in self._desk.library.techniques:
            tally = tallies.get(code)
            told = worked_told(words, tally.worked, tally.n) if tally else ""
            picks.append(Pick(code, technique_name(words, code), told))
        self.techniques.set_picks(picks)
        self.techniques.set_key("")
        self._drafted = self._desk.drafts().get(_DRAFT, "")
        code, _, text = self._drafted.partition("\n")
        if code in self._desk.library.techniques:
            self.techniques.set_key(code)
        self.said.set_typed(text)

    def show_facts(self) -> None:
        """Show the technique that is chosen, and the last signal noticed."""
        words, technique = self._desk.words, self._technique
        self.reading.show_technique(technique)
        self._write.setVisible(technique is not None)
        if technique is None:
            return
        needs = technique.needs_fact
        self._asked.setText(words("closing.ask_fact" if needs else "closing.ask_said"))
        self.said.set_name(self._asked.text())
        self.said.text.setPlaceholderText(
            words("closing.fact_hint") if needs else technique.example
        )
        signals = dict(self._signals())
        self.signal.setVisible(bool(signals))
        if self._signal not in signals:
            self._signal = next(reversed(signals), "")
        full = signals.get(self._signal, "")
        text = full if len(full) <= _LONGEST else f"{full[:_LONGEST]}…"
        told = words("closing.because", text=text) if signals else ""
        self.signal.say(told, words("closing.upon"))
        self.signal.setToolTip(full)
        self._allow()

    def note(self) -> None:
        """Note that it was tried; without words of one's own as the example has it."""
        technique = self._technique
        if technique is None:
            return
        said = self.said.typed().strip()
        if not said and not technique.needs_fact:
            said = technique.example
        tried = TryClosing(self._desk.visit_id, technique.code, said, self._signal)
        if self._desk.run(tried, self._desk.words("closing.noted")):
            self.said.set_typed("")
            self.techniques.set_key("")
            self.keep()
            self.show_facts()
            self.tried.emit(tried.row_id)

    def keep(self) -> None:
        self._draft.stop()
        said = self.said.typed()
        text = f"{self.techniques.key}\n{said}" if said.strip() else ""
        if text != self._drafted:
            self._drafted = text
            self._desk.keep_visit_draft(_DRAFT, text or None)

    def _choose(self) -> None:
        self.show_facts()
        if self.said.typed():
            self._draft.start()

    def _typed(self) -> None:
        self._allow()
        self._draft.start()

    def _allow(self) -> None:
        technique = self._technique
        needs = technique is not None and technique.needs_fact
        self.noted.setEnabled(not needs or bool(self.said.typed().strip()))

    def _signals(self) -> Sequence[tuple[str, str]]:
        """(code, text) of the library's signals that were noticed, the last one last."""
        desk = self._desk
        codes = [desk.signal_code(item) for item in desk.facts.items_of("signal")]
        return [
            (code, desk.library.signals[code].text)
            for code in dict.fromkeys(codes)
            if code in desk.library.signals
        ]

    def _upon(self, code: str) -> None:
        self._signal = code
        self.show_facts()


class _TriedRow(Row[VisitItem]):
    """A technique that was tried: what was said, whether it worked, what came back."""

    def __init__(self, desk: Desk, item: VisitItem) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._item = item
        kept = desk.drafts("visit_item", item.id)
        self._name = label(look, size="caption", tone="muted", wrap=True)
        said = WrappedLine(look, field_of("visit_item", "text"))
        self.text = SavedField(desk, "visit_item", item.id, said, words("closing.said"))
        self.text.load(item.text, kept.get("text"))
        answer = WrappedLine(look, field_of("visit_item", "answer"), words("closing.reaction"))
        self.answer = SavedField(desk, "visit_item", item.id, answer, words("closing.reaction"))
        self.answer.load(item.answer, kept.get("answer"))
        self.worked = worked_switch(desk, words("closing.outcome"))
        self.worked.chosen.connect(self._judge)
        tools = HoverTools(look, self)
        tools.add("close", words("visit.remove"), self._remove)
        self.text.emptied.connect(self._remove)
        judged = row(look, self.worked, self.answer, gap=8)
        judged.setStretch(1, 1)
        self.setLayout(column(look, self._name, self.text, judged, gap=4))
        self.setFocusProxy(said.text)

    def show_thing(self, thing: VisitItem) -> None:
        desk = self._desk
        self._item = thing
        signal = desk.library.signals.get(thing.signal)
        name = technique_name(desk.words, thing.code)
        told = desk.words("closing.upon_signal", technique=name, text=signal.text) if signal else ""
        self._name.setText(told or name)
        self.text.refresh(thing.text)
        self.answer.refresh(thing.answer)
        self.worked.set_key(thing.worked)

    def drop(self) -> None:
        self.text.drop()
        self.answer.drop()

    def _judge(self, worked: str) -> None:
        self._desk.edit_item(self._item.id, worked=worked)

    def _remove(self) -> None:
        self.text.binder.revert("text")
        self._desk.remove_item(self._item)
