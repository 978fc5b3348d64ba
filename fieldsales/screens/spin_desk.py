"""What the parts of a SPIN sheet share: its deal or visit, the bank, and how they write (M27)."""

from __future__ import annotations

from fieldsales.domain.clock import local_day
from fieldsales.domain.deal import is_open
from fieldsales.domain.need import Need
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.spin import KINDS, Flow, Gap, flow
from fieldsales.domain.visit import Visit, VisitItem
from fieldsales.errors import UserError
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.services.library import Question, library, with_own
from fieldsales.services.matching import Matcher
from fieldsales.services.operations.conversation import (
    AnswerBecomesNeed,
    KeepQuestion,
    OrderPlanned,
    PlanQuestion,
    TakeQuestions,
)
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.operations.visits import OrderVisitItems, RemoveVisitItem
from fieldsales.services.operations.worksheets import StartWorksheet
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.learnt import own_entries
from fieldsales.store.queries.pitch_links import planned_questions
from fieldsales.store.queries.visits import planned_visits
from fieldsales.store.queries.worksheets import (
    spin_of_deal,
    spin_of_visit,
    worksheets_for,
)
from fieldsales.widgets.binder import Commit, Draft
from fieldsales.widgets.look import Look
from fieldsales.words import Words

NEED = 500  # characters of a need at most
# the kind of question that mends a gap; the others are mended in the worksheet
MENDED = {
    Gap.TOO_MANY_SITUATION: "problem",
    Gap.NO_IMPLICATION: "implication",
    Gap.NO_PAYOFF: "payoff",
    Gap.BENEFIT_WITHOUT_NEED: "payoff",
}
_SOON = 60  # days within which a planned visit may take the questions of its deal


class SpinDesk:
    """One conversation is open on it, named `deal:<id>` or `visit:<id>`."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.key = ""
        self.library = library(context.words.language)
        self._own: list[OwnEntry] = []
        self._matcher: Matcher | None = None
        self._visits: dict[str, Visit] = {}

    @property
    def look(self) -> Look:
        return self.context.look

    @property
    def words(self) -> Words:
        return self.context.words

    # reading

    def open(self, key: str) -> bool:
        """Reads a conversation; False if it, or its customer, is gone or in the trash."""
        self.key = key
        noun, _, row_id = key.partition(":")
        store = self.context.store
        try:
            with store.reading():
                spin = (spin_of_visit if noun == "visit" else spin_of_deal)(store, row_id)
                own = own_entries(store, "question")
        except UserError:
            return False
        about = spin.visit or spin.deal
        if about is None or about.trashed_at or spin.customer.trashed_at:
            return False
        if own != self._own:
            self._own = own
            self.library = with_own(library(self.words.language), own)
            self._matcher = None
        self.spin = spin
        self.flow: Flow = flow(spin.items, spin.needs, spin.rows, self.kind_of)
        return True

    @property
    def visit(self) -> Visit | None:
        return self.spin.visit

    @property
    def title(self) -> str:
        """The deal, or the day of the visit."""
        if self.visit is not None:
            return self.words("spin.visit_on", day=self.day(self.visit))
        return self.spin.deal.title if self.spin.deal else ""

    @property
    def can_plan(self) -> bool:
        """Whether there is still something to be asked: a closed deal is only read."""
        return self.visit is not None or bool(self.spin.deal and is_open(self.spin.deal.stage))

    def kind_of(self, item: VisitItem) -> str:
        """The kind of a question: of its entry, or as it was given; '' if neither."""
        entry = self.library.questions.get(item.code)
        kind = entry.kind if entry else item.code
        return kind if kind in KINDS else ""

    def items_of(self, kind: str) -> list[VisitItem]:
        return [item for item in self.spin.items if self.kind_of(item) == kind]

    def bank(self, kind: str) -> list[Question]:
        """Questions of a kind that are not on the sheet: the industry's first, one's own first."""
        taken = {item.code for item in self.spin.items} | {item.text for item in self.spin.items}
        return [
            question
            for question in self.library.questions_for(self.spin.customer.industry)
            if question.kind == kind and question.code not in taken and question.text not in taken
        ]

    def found(self, kind: str, text: str) -> list[Question]:
        """Those of the bank that a text finds, best first."""
        left = {question.code: question for question in self.bank(kind)}
        if not text:
            return list(left.values())
        if self._matcher is None:
            texts = {code: [one.text] for code, one in self.library.questions.items()}
            self._matcher = Matcher(texts)
        return [left[code] for code in self._matcher.find(text, 60) if code in left]

    def is_own(self, item: VisitItem) -> bool:
        """Whether a question is in one's own words and not in the bank."""
        return item.code in KINDS

    @property
    def wanted(self) -> str:
        """The kind of question that mends the first gap; '' where none does."""
        return next((MENDED[gap] for gap in self.flow.gaps if gap in MENDED), "")

    def is_kept(self, code: str) -> bool:
        """Whether an entry of the bank is the rep's own."""
        return any(one.id == code for one in self._own)

    def need_of(self, item: VisitItem) -> Need | None:
        return next((need for need in self.spin.needs if need.id == item.need_id), None)

    def visit_of(self, item: VisitItem) -> Visit | None:
        """The visit a deal's question was asked in, or will be; None on the sheet of a visit."""
        if item.visit_id is None or self.visit is not None:
            return None
        if item.visit_id not in self._visits:
            found = self.context.store.record(Visit, item.visit_id)
            if found is None:
                return None
            self._visits[item.visit_id] = found
        return self._visits[item.visit_id]

    def day(self, visit: Visit) -> str:
        return self.words.days_from(local_day(visit.starts_at), self.look.clock.today())

    def next_visit(self) -> Visit | None:
        """The next planned visit of the deal that may take what is planned for it."""
        deal = self.spin.deal
        if deal is None or self.visit is not None:
            return None
        visits = planned_visits(self.context.store, self.spin.customer.id, _SOON)
        return next((one for one in visits if one.deal_id == deal.id), None)

    def waiting(self) -> int:
        """How many questions are planned for the deal and in no visit yet."""
        deal = self.spin.deal
        return len(planned_questions(self.context.store, deal.id)) if deal else 0

    # writing

    def run(self, operation: Operation, undoable: str = "") -> bool:
        """Runs an operation; trouble is told in the bar."""
        return self.context.run(operation, undoable=undoable) is not None

    def commit(self, noun: str, row_id: str) -> Commit:
        return saver(self.context, noun, row_id)

    def draft(self, noun: str, row_id: str) -> Draft:
        return drafter(self.context, noun, row_id)

    def drafts(self, noun: str, row_id: str) -> dict[str, str]:
        return self.context.drafts(noun, row_id)

    def add(self, text: str, code: str) -> bool:
        """Plans a question: `code` of the bank, or the kind of one's own."""
        if self.visit is None:
            assert self.spin.deal is not None
            return self.run(PlanQuestion(self.spin.deal.id, text, code))
        last = max((item.position or 0 for item in self.spin.items), default=-1)
        values = {"visit_id": self.visit.id, "kind": "question", "position": last + 1}
        return self.run(AddRecord("visit_item", {**values, "text": text, "code": code}))

    def take(self, code: str) -> None:
        """Plans a question of the bank."""
        self.add(self.library.questions[code].text, code)

    def edit(self, item: VisitItem, **values: object) -> bool:
        return self.run(EditRecord("visit_item", item.id, values))

    def remove(self, item: VisitItem) -> None:
        self.run(RemoveVisitItem(item.id), self.words("spin.removed", text=shortened(item.text)))

    def move(self, item: VisitItem, by: int) -> None:
        """Moves a question before the one above it of its kind, or behind the one below."""
        mine = [one for one in self.spin.items if one.visit_id == item.visit_id]
        same = [one.id for one in mine if self.kind_of(one) == self.kind_of(item)]
        to = same.index(item.id) + by
        if not 0 <= to < len(same):
            return
        ids = [one.id for one in mine]
        here, there = ids.index(item.id), ids.index(same[to])
        ids[here], ids[there] = ids[there], ids[here]
        if item.visit_id is not None:
            self.run(OrderVisitItems(item.visit_id, tuple(ids)))
        elif item.deal_id is not None:
            self.run(OrderPlanned(item.deal_id, tuple(ids)))

    def keep(self, item: VisitItem) -> None:
        """Makes a question of one's own an entry of the bank, for this industry."""
        operation = KeepQuestion(item.id, self.spin.customer.industry)
        self.run(operation, self.words("spin.kept", text=shortened(item.text)))

    def become_need(self, item: VisitItem, statement: str) -> bool:
        """Makes an answer a need, or says how clear the need is that it became."""
        need = self.need_of(item)
        if need is not None:
            return self.state(need, statement)
        long = len(item.answer) > NEED
        said = self.words(
            "spin.became_long" if long else "spin.became",
            statement=self.words.choice("statement", statement),
            n=NEED,
        )
        return self.run(AnswerBecomesNeed(item.id, statement, item.answer[:NEED]), said)

    def state(self, need: Need, statement: str) -> bool:
        """Says that a need is implied, or explicit."""
        return self.run(EditRecord("need", need.id, {"statement": statement}))

    def take_planned(self, visit_id: str) -> bool:
        """Takes what is planned for the deal into a visit."""
        return self.run(TakeQuestions(visit_id), self.words("spin.taken"))

    def open_worksheet(self) -> None:
        """To the FFAB worksheet of this conversation; the first one is begun on the way."""
        customer, deal = self.spin.customer, self.spin.deal
        deal_id = deal.id if deal else None
        found = worksheets_for(self.context.store, customer.id, deal_id)
        sheet = next((one.id for one in found if one.customer_id), "")
        if not sheet:
            name = deal.title if deal else customer.short_name or customer.name
            title = self.words("spin.worksheet_title", name=name)
            begun = StartWorksheet({"title": title, "customer_id": customer.id, "deal_id": deal_id})
            if not self.run(begun, self.words("spin.worksheet_begun")):
                return
            sheet = begun.row_id
        self.context.open("worksheet", sheet)


def shortened(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}…"
