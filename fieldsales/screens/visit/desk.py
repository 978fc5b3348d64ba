"""What the parts of the page share: the visit that is shown, its facts, and how they write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.need import Need
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.visit import VisitFacts, VisitItem
from fieldsales.errors import UserError
from fieldsales.methods.whole_brain.advice import styles_at_table
from fieldsales.methods.whole_brain.content import WholeBrain, whole_brain
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.screens.spin_desk import SpinDesk
from fieldsales.services.library import Objection, Question, library, with_own
from fieldsales.services.library import Signal as Noticed
from fieldsales.services.matching import Matcher
from fieldsales.services.objections import Answer, Objections
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.operations.visits import (
    CONCLUSION,
    NoteOutcome,
    OrderVisitItems,
    RemoveVisitItem,
    SetVisitPerson,
)
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.card import Card, card
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.learnt import own_entries
from fieldsales.store.queries.visits import visit_facts
from fieldsales.widgets.binder import Commit, Draft
from fieldsales.widgets.look import Look
from fieldsales.words import LANGUAGES, Words

_NO_TIMER_AFTER = timedelta(hours=12)


class Desk(QObject):
    """Holds the facts of one visit and runs what its parts want done."""

    clues_wanted = Signal(str)  # contact
    spin_wanted = Signal()  # the sheet of this visit's questions

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.visit_id = ""
        self.spin = SpinDesk(context)
        self.facts = VisitFacts(visit=None, customer=None)  # type: ignore[arg-type]
        self.card: Card | None = None
        self._own: list[OwnEntry] = []
        self.library = library(context.words.language)  # with questions of the rep's own
        self._matchers: dict[str, Matcher] = {}
        self._objections: Objections | None = None
        self._signal_codes: dict[str, str] = {}

    @property
    def look(self) -> Look:
        return self.context.look

    @property
    def words(self) -> Words:
        return self.context.words

    @property
    def brain(self) -> WholeBrain:
        return whole_brain(self.words.language)

    # reading

    def open(self, visit_id: str) -> bool:
        """Reads a visit; False if it, or its customer, is gone or in the trash."""
        self.visit_id = visit_id
        try:
            facts = visit_facts(self.context.store, visit_id)
        except UserError:
            return False
        found = card(self.context.store, facts.customer.id)
        if facts.visit.trashed_at or found is None:
            return False
        self.facts, self.card = facts, found
        self._read_own()
        return self.spin.open(f"visit:{visit_id}")

    def _read_own(self) -> None:
        store = self.context.store
        own = own_entries(store, "question")
        if own != self._own:
            self._own = own
            self.library = with_own(library(self.words.language), own)
            self._matchers.pop("question", None)

    @property
    def currency(self) -> str:
        """Of the order: its own, its deal's, any the customer's deals are in, or the usual one."""
        deals = self.card.deals if self.card else ()
        known = (
            self.facts.visit.currency,
            *(deal.currency for deal in (self.facts.deal, *deals) if deal),
        )
        return next(filter(None, known), base_currency(self.context.store))

    def drafts(self, noun: str = "visit", row_id: str = "") -> dict[str, str]:
        """What was typed into a record's fields and could not be saved yet."""
        return self.context.drafts(noun, row_id or self.visit_id)

    # writing

    def run(self, operation: Operation, undoable: str = "") -> bool:
        """Runs an operation; trouble is told in the bar."""
        return self.context.run(operation, undoable=undoable) is not None

    def commit(self, noun: str, row_id: str) -> Commit:
        """How a field of another record of this visit is saved."""
        return saver(self.context, noun, row_id)

    def draft(self, noun: str, row_id: str) -> Draft:
        """How what was typed is kept until it can be saved."""
        return drafter(self.context, noun, row_id)

    def save_visit(self, values: Mapping[str, object]) -> None:
        """Saves fields of the visit itself; raises UserError or EnvironmentProblem."""
        outcome = {name: value for name, value in values.items() if name in CONCLUSION}
        if outcome:
            self.context.workspace.run(NoteOutcome(self.visit_id, outcome))
        rest = {name: value for name, value in values.items() if name not in outcome}
        if rest:
            self.context.workspace.run(EditRecord("visit", self.visit_id, rest))

    def edit_visit(self, **values: object) -> bool:
        """Sets fields of the visit by a press rather than by typing."""
        return self.run(EditRecord("visit", self.visit_id, values))

    def keep_visit_draft(self, name: str, text: str | None) -> None:
        self.context.keep_draft("visit", self.visit_id, name, text)

    # lines

    def add_item(self, kind: str, text: str, *, code: str = "", **more: object) -> str:
        """Adds a line and gives its id; '' if it was refused."""
        values: dict[str, object] = {"visit_id": self.visit_id, "kind": kind, "text": text}
        values |= {"code": code, **more}
        if kind in ("question", "material"):
            taken = [item.position or 0 for item in self.facts.items_of(kind)]
            values["position"] = max(taken, default=-1) + 1
        else:
            values["done"] = 1  # it was heard or seen
        operation = AddRecord("visit_item", values)
        return operation.row_id if self.run(operation) else ""

    def take_question(self, code: str) -> None:
        """Takes a question of the bank."""
        entry = next(question for question in self.questions() if question.code == code)
        self.add_item("question", entry.text, code=code)

    def add_signal(self, signal: Noticed) -> str:
        """Notes a signal of the library; the line names its kind, as papers do."""
        return self.add_item("signal", signal.text, code=signal.kind)

    def edit_item(self, item_id: str, **values: object) -> bool:
        return self.run(EditRecord("visit_item", item_id, values))

    def remove_item(self, item: VisitItem) -> None:
        said = self.words("visit.removed", text=_short(item.text))
        self.run(RemoveVisitItem(item.id), said)

    def move_item(self, kind: str, item_id: str, by: int) -> None:
        """Moves a line up (−1) or down (+1) among those of its kind."""
        ids = [item.id for item in self.facts.items_of(kind)]
        at = ids.index(item_id)
        to = at + by
        if 0 <= to < len(ids):
            ids[at], ids[to] = ids[to], ids[at]
            self.run(OrderVisitItems(self.visit_id, tuple(ids)))

    def add_need(self, text: str, statement: str) -> bool:
        met = [person.contact.id for person in self.facts.people if person.met]
        values = {
            "customer_id": self.facts.customer.id,
            "visit_id": self.visit_id,
            "deal_id": self.facts.visit.deal_id,
            "contact_id": met[0] if len(met) == 1 else None,
            "text": text,
            "statement": statement,
        }
        return self.run(AddRecord("need", values))

    def edit_need(self, need: Need, **values: object) -> None:
        self.run(EditRecord("need", need.id, values))

    def set_person(self, contact_id: str, *, expected: bool, met: bool) -> None:
        self.run(SetVisitPerson(self.visit_id, contact_id, expected, met))

    # the library

    def spin_kind(self, item: VisitItem) -> str:
        """The kind of a question (M27): of its entry, or as it was given; '' if neither."""
        return self.spin.kind_of(item)

    def questions(self) -> list[Question]:
        """Questions for this customer's trade that are not on the list yet."""
        items = self.facts.items_of("question")
        taken = {item.code for item in items} | {item.text for item in items}
        ready = self.library.questions_for(self.facts.customer.industry)
        return [q for q in ready if q.code not in taken and q.text not in taken]

    @property
    def objections(self) -> Objections:
        """The shelf of objections, the rep's own among them, as it was when last read."""
        if self._objections is None:
            self._objections = Objections(self.context.store, self.words.language)
        return self._objections

    def find_objections(self, said: str, limit: int) -> list[Objection]:
        """What this customer may mean by it, best first."""
        return self.objections.find(said, limit, self.facts.customer.industry)

    def read_objections(self) -> None:
        """Reads the shelf of objections anew on the next use."""
        self._objections = None

    def objection(self, item: VisitItem) -> Objection | None:
        return self.objections.entries.get(item.code)

    def answers(self, entry: Objection) -> list[Answer]:
        """How to answer it: for how those who sit here think first."""
        return self.objections.answers(entry, self.styles())

    def styles(self) -> dict[str, tuple[str, ...]]:
        """How those think who sit here: quadrant -> names."""
        return styles_at_table(self.facts, self.words, self.look.clock.today())

    def add_objection(self, said: str, entry: Objection) -> str:
        """Notes an objection as answered the way that is to be tried first."""
        # what finds it by its sound, or by one letter, is nothing that anybody said
        looked_up = len(said) == 1 or (said.isascii() and self.words.chinese)
        text = entry.title if looked_up else said
        first = self.answers(entry)[:1]  # an entry of one's own may have none yet
        ours = {"answer": first[0].text, "style": first[0].key} if first else {}
        return self.add_item("objection", text, code=entry.code, **ours)

    def signal_code(self, item: VisitItem) -> str:
        """The entry of a signal, known by its words in any language; '' if it is one's own."""
        if not self._signal_codes:
            for language in LANGUAGES:
                for signal in library(language).signals.values():
                    self._signal_codes[signal.text] = signal.code
        return self._signal_codes.get(item.text, "")

    def competitors(self) -> list[str]:
        """Names of competitors that this customer's deals know."""
        deals = self.card.deals if self.card else ()
        return list(dict.fromkeys(deal.competitor for deal in deals if deal.competitor))

    def matcher(self, kind: str) -> Matcher:
        """Finds entries of `question`, `signal`, `clue` or `observation` by words."""
        if kind not in self._matchers:
            shelf = self.library
            texts: dict[str, list[str]]
            if kind == "question":
                texts = {entry.code: [entry.text] for entry in shelf.questions.values()}
            elif kind == "signal":
                texts = {entry.code: [entry.text] for entry in shelf.signals.values()}
            elif kind == "clue":
                texts = {entry.code: [entry.text] for entry in self.brain.clues.values()}
            else:
                texts = {
                    entry.code: [entry.text, entry.tells] for entry in shelf.observations.values()
                }
            self._matchers[kind] = Matcher(texts)
        return self._matchers[kind]

    # time

    def minutes_running(self) -> int | None:
        """How long the visit has run; None if it does not, or was left running."""
        visit = self.facts.visit
        if visit.state != "running":
            return None
        taken = self.look.clock.now() - from_stamp(visit.starts_at)
        if not timedelta() <= taken <= _NO_TIMER_AFTER:
            return None
        return int(taken.total_seconds() // 60)


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}…"
