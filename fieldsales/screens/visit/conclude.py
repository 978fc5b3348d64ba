"""The third step: what they will do, what we will do, and what the visit came to (M29c)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import Field
from fieldsales.domain.verdict import Outcome
from fieldsales.errors import FieldError
from fieldsales.screens.checklist import FilledSection
from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.visit.next_steps import FollowUps, NextVisit
from fieldsales.screens.visit.objective import values_of
from fieldsales.screens.visit.parts import TwoColumnPage
from fieldsales.screens.visit.satisfaction import Scores
from fieldsales.screens.visit.saving import laid_out
from fieldsales.screens.visit.verdict import VerdictCard
from fieldsales.services.operations.visits import ConcludeVisit, TellCustomer
from fieldsales.widgets.card import Section
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.kept_rows import TickRow
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import PicksEditor
from fieldsales.widgets.pieces import column

# fields in lines, each with its share of the width
_THEIRS = ([("their_advance", 1)], [("their_action", 5), ("their_date", 3)])
_ORDER = ([("ordered", 2), ("amount", 3), ("refused", 3)],)
_OURS = ([("our_action", 5), ("our_date", 3)], [("cost", 1)])
_NAMED = 3  # people in a message
_FIELDS = ("ordered", "refused", "their_action", "their_date")


class ConcludeStep(TwoColumnPage):
    """Filled in from top to bottom with the keyboard alone; the verdict follows every key."""

    concluded = Signal()

    def __init__(self, desk: Desk) -> None:
        look = desk.look
        super().__init__(look)
        self._desk = desk
        self.form = Form(
            look,
            "visit",
            (Group("", tuple(name for line in (*_THEIRS, *_ORDER, *_OURS) for name, _ in line)),),
            self._save,
            desk.keep_visit_draft,
            editors={"their_advance": self._make_picks},
        )
        self.card = VerdictCard(desk)
        self.card.conclude.clicked.connect(self.conclude)
        self.card.wanted.connect(self.form.focus)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.conclude)
        self.scores = Scores(desk)
        self.checklists = FilledSection(desk.context, "visit")
        self.follow_ups = FollowUps(desk)
        self.next_visit = NextVisit(desk)
        for name in _FIELDS:
            self.form.cells[name].editor.edited.connect(self.judge)
        self.form.cells["our_action"].editor.edited.connect(self._show_telling)
        self.tell = TickRow(look, look.words("visit.tell"), look.words("visit.tell_hint"))
        self.tell.ticked.connect(self._tell)
        left, right = QWidget(), QWidget()
        ours = self._block("visit.our_side", _OURS)
        ours.body.addWidget(self.tell)
        blocks = [
            self._block("visit.their_side", _THEIRS),
            self._block("visit.order", _ORDER),
            ours,
            self.scores,
        ]
        left.setLayout(column(look, *blocks, gap=24))
        then = (self.checklists, self.follow_ups, self.next_visit)
        right.setLayout(column(look, self.card, *then, gap=24))
        self.fill(left, right, (3, 2))

    def load(self) -> None:
        """Show another visit."""
        self.form.load(values_of(self._desk), self._desk.drafts())
        self.next_visit.load()
        self.scores.load()
        self.verticalScrollBar().setValue(0)

    def show_facts(self) -> None:
        """Show the same visit as it is now."""
        self.form.refresh(values_of(self._desk))
        self._picks.recommend([self._desk.facts.visit.wanted_advance])
        visit = self._desk.facts.visit
        bought = visit.state == "concluded" and bool(visit.ordered)
        self.checklists.show_for(visit.id, "after_purchase" if bought else "")
        self.scores.show_facts()
        self.follow_ups.show_facts()
        self.next_visit.show_facts()
        self._show_telling()
        self.judge()

    def start(self) -> None:
        """Put the cursor where concluding begins."""
        self.form.focus("their_advance")

    def judge(self) -> None:
        """Show the verdict of what stands in the fields, saved or not."""
        advance = str(self.form.cells["their_advance"].editor.value() or "")
        self.card.show_outcome(self.outcome(), advance or self._desk.facts.visit.wanted_advance)

    def outcome(self) -> Outcome:
        """What stands in the fields; a day that has no meaning is none."""
        return Outcome(
            ordered=bool(self._value("ordered")),
            refused=bool(self._value("refused")),
            their_action=str(self._value("their_action") or ""),
            their_date=str(self._value("their_date") or "") or None,
        )

    def conclude(self) -> None:
        """Closes the visit with what stands in the fields."""
        if not self.form.flush():
            wrong = self.form.wrong()
            if wrong:
                self.form.focus(wrong[0])
            return
        done = self._desk.facts.visit.state == "concluded"
        if done or self._desk.run(ConcludeVisit(self._desk.visit_id), self._said()):
            self.concluded.emit()

    def _said(self) -> str:
        """That it is concluded, and who counts as met: the one thing nobody has looked at."""
        words, met = self._desk.words, self._desk.facts.met_at_the_end
        if not met:
            return words("visit.concluded_met_nobody")
        names = words("visit.met_separator").join(contact.name for contact in met[:_NAMED])
        key = "visit.concluded_met" if len(met) <= _NAMED else "visit.concluded_met_many"
        return words(key, names=names, n=len(met))

    def _block(self, heading: str, lines: Sequence[Sequence[tuple[str, int]]]) -> Section:
        look = self._desk.look
        block = Section(look, look.words(heading))
        block.show_parts((laid_out(look, self.form, *lines),))
        return block

    def _show_telling(self) -> None:
        """What is not said cannot be told."""
        self.tell.setEnabled(bool(self._value("our_action")))
        self.tell.set_ticked(self._desk.facts.told_of_ours)

    def _tell(self, told: bool) -> None:
        if self.form.flush() and self._desk.facts.visit.our_action:
            self._desk.run(TellCustomer(self._desk.visit_id, told))
        self._show_telling()

    def _value(self, name: str) -> object:
        try:
            return self.form.binder.value(name)
        except FieldError:
            return None

    def _save(self, values: Mapping[str, object]) -> None:
        """What was picked says in words what they will do, unless words were found already."""
        desk, words = self._desk, self._desk.words
        changed = dict(values)
        visit = desk.facts.visit
        if changed.get("amount"):
            changed["currency"] = desk.currency
            if not visit.ordered:
                changed["ordered"] = 1
        if changed.get("their_advance") and "their_action" not in changed:
            meant = words.choice("advance", str(changed["their_advance"]))
            before = words.choice("advance", visit.their_advance)
            if visit.their_action in ("", before) and changed["their_advance"] != "other":
                changed["their_action"] = meant
        desk.save_visit(changed)

    def _make_picks(self, look: Look, field: Field) -> PicksEditor:
        self._picks = PicksEditor(look, field)
        return self._picks
