"""The first step: what to win, what to ask, what to bring, and who will be there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.domain.need import Need
from fieldsales.domain.task import Task
from fieldsales.screens.visit.advice import AdviceSection
from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.visit.materials import MaterialsToBring
from fieldsales.screens.visit.objective import ObjectiveSection, values_of
from fieldsales.screens.visit.parts import TwoColumnPage
from fieldsales.screens.visit.people import PeopleSection
from fieldsales.screens.visit.pitch import PitchSection
from fieldsales.screens.visit.questions import QuestionsToAsk
from fieldsales.screens.visit.saving import laid_out
from fieldsales.screens.visit.walk import WalkSection
from fieldsales.services.operations.deals import AddDeal
from fieldsales.services.operations.tasks import CompleteTask
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.kept_rows import Row, Rows, TickRow
from fieldsales.widgets.pieces import Tone, column, label, row
from fieldsales.widgets.suggestions import Suggestion


class PlanStep(TwoColumnPage):
    """Everything that is settled before the door opens."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look)
        self._desk = desk
        self.objective = ObjectiveSection(desk)
        self.questions = QuestionsToAsk(desk)
        self.pitch = PitchSection(desk, met=False)
        self.materials = MaterialsToBring(desk)
        self.walk = WalkSection(desk)
        self.when = Section(look, words("visit.when"))
        finder = Finder(find=self._deals, title=self._deal_title, create=self._new_deal)
        self.form = Form(
            look,
            "visit",
            (Group("", ("starts_at", "minutes", "kind", "place", "deal_id")),),
            desk.save_visit,
            desk.keep_visit_draft,
            finders={"deal_id": finder},
        )
        self.form.opened.connect(self._open_deal)
        self.when.show_parts(
            (
                laid_out(
                    look,
                    self.form,
                    [("starts_at", 5), ("minutes", 2)],
                    [("kind", 1), ("place", 1)],
                    [("deal_id", 1)],
                ),
            )
        )
        self.people = PeopleSection(desk, met=False)
        self.advice = AdviceSection(desk)
        self.promises = _Promises(desk)
        self.needs = _KnownNeeds(desk)
        left, right = QWidget(), QWidget()
        left.setLayout(
            column(
                look, self.objective, self.questions, self.pitch, self.materials, self.walk, gap=24
            )
        )
        right.setLayout(
            column(look, self.when, self.people, self.advice, self.promises, self.needs, gap=24)
        )
        self.fill(left, right, (3, 2))

    def load(self) -> None:
        """Show another visit."""
        self.objective.load()
        self.form.load(values_of(self._desk), self._desk.drafts())
        self.verticalScrollBar().setValue(0)

    def show_facts(self) -> None:
        """Show the same visit as it is now."""
        self.form.refresh(values_of(self._desk))
        for part in (
            self.objective,
            self.questions,
            self.pitch,
            self.materials,
            self.walk,
            self.people,
            self.advice,
            self.promises,
            self.needs,
        ):
            part.show_facts()

    def start(self) -> None:
        """Put the cursor where planning begins."""
        self.objective.form.focus("wanted_advance")

    def _deals(self, text: str) -> Sequence[Suggestion]:
        words, named = self._desk.words, self._desk.facts.stages
        return [
            Suggestion(deal.id, deal.title, aside=words.choice("stage", named[deal.stage]))
            for deal in self._desk.facts.open_deals
            if text.casefold() in deal.title.casefold()
        ]

    def _deal_title(self, deal_id: str) -> str:
        facts = self._desk.facts
        known = [*facts.open_deals, *([facts.deal] if facts.deal else [])]
        return next((deal.title for deal in known if deal.id == deal_id), "")

    def _new_deal(self, title: str) -> str:
        """A deal of this customer that came from this visit."""
        visit = self._desk.facts.visit
        values = {"title": title, "customer_id": visit.customer_id}
        operation = AddDeal(values, visit_id=visit.id)
        self._desk.context.workspace.run(operation)
        return operation.row_id

    def _open_deal(self, _name: str, deal_id: str) -> None:
        self._desk.context.open("deal", deal_id)


class _Promises(Section):
    """What either side promised before and has not done yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("visit.promises"))
        self._desk = desk
        self.rows: Rows[Task] = Rows(desk.look, lambda task: _PromiseRow(desk, task), gap=0)
        self._none = label(desk.look, desk.words("visit.no_promises"), tone="muted", wrap=True)
        self.show_parts((self._none, self.rows))

    def show_facts(self) -> None:
        promises = self._desk.facts.promises
        self.rows.show_things(promises)
        self._none.setVisible(not promises)
        self.set_count(len(promises))


class _PromiseRow(Row[Task]):
    def __init__(self, desk: Desk, task: Task) -> None:
        super().__init__()
        self._desk = desk
        self._task = task
        self.tick = TickRow(desk.look)
        self.tick.ticked.connect(self._done)
        self.setLayout(column(desk.look, self.tick, gap=0))

    def show_thing(self, thing: Task) -> None:
        self._task = thing
        words, today = self._desk.words, self._desk.look.clock.today()
        said = [words(f"visit.promised_by.{thing.party}")]
        tone: Tone = "muted"
        if thing.due:
            due = date.fromisoformat(thing.due)
            when = words.days_from(due, today)
            if due < today:
                tone = "bad"
                said.append(words("visit.overdue", when=when))
            else:
                said.append(words("visit.due", when=when))
        self.tick.set_texts(thing.title, " · ".join(said), tone)
        self.tick.set_ticked(bool(thing.done_at))

    def _done(self, _ticked: bool) -> None:
        said = self._desk.words("visit.promise_done", title=self._task.title)
        self._desk.run(CompleteTask(self._task.id), said)


class _KnownNeeds(Section):
    """What the customer has said it needs, from earlier visits."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("visit.known_needs"))
        self._desk = desk
        self.rows: Rows[Need] = Rows(desk.look, lambda _need: _KnownNeedRow(desk), gap=4)
        self.show_parts((self.rows,))

    def show_facts(self) -> None:
        needs = self._desk.facts.known_needs
        self.rows.show_things(needs)
        self.setVisible(bool(needs))
        self.set_count(len(needs))


class _KnownNeedRow(Row[Need]):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chip = Chip(desk.look, ChipFace(""))
        self._text = label(desk.look, wrap=True)
        layout = row(desk.look, gap=8)
        layout.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.setLayout(layout)

    def show_thing(self, thing: Need) -> None:
        words = self._desk.words
        tone = "good" if thing.statement == "explicit" else "plain"
        self._chip.set_face(ChipFace(words(f"visit.statement.{thing.statement}"), tone))
        self._text.setText(thing.text)
