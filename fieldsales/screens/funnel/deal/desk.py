"""What the parts of the page share: the deal that is shown, its facts, and how they write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.deal_page import DealPage
from fieldsales.domain.stage_evidence import EvidenceFacts
from fieldsales.domain.visit import Visit
from fieldsales.errors import UserError
from fieldsales.reports.people_pictures import thinking
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.services.operations.deals import EditDeal
from fieldsales.services.operations.visits import PlanVisit
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.deal_facts import deal_page
from fieldsales.store.queries.deal_page import Surroundings, surroundings
from fieldsales.widgets.binder import Commit, Draft
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.quadrants import type_chips
from fieldsales.words import Words

_PLANNED_AT = time(10)


class Desk(QObject):
    """Holds the facts of one deal and runs what its parts want done."""

    supply_wanted = Signal(str)  # code of evidence that is to be put on record
    move_wanted = Signal(str)  # stage
    focus_wanted = Signal(str, str)  # a part of the page, and what of it

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.deal_id = ""
        self._page: DealPage | None = None
        self._around: Surroundings | None = None

    @property
    def look(self) -> Look:
        return self.context.look

    @property
    def words(self) -> Words:
        return self.context.words

    # reading

    def open(self, deal_id: str) -> bool:
        """Reads a deal; False if it, or its customer, is gone or in the trash."""
        self.deal_id = deal_id
        store = self.context.store
        try:
            self._page = page = deal_page(store, deal_id)
        except UserError:
            return False
        self._around = surroundings(store, deal_id, page.customer.id)
        return True

    @property
    def page(self) -> DealPage:
        assert self._page is not None
        return self._page

    @property
    def around(self) -> Surroundings:
        assert self._around is not None
        return self._around

    @property
    def planned(self) -> list[Visit]:
        """The visits of this deal that are to come, the next first."""
        return [visit for visit in reversed(self.page.visits) if visit.state == "planned"]

    @property
    def facts(self) -> EvidenceFacts:
        return self.page.facts

    @property
    def deal(self) -> Deal:
        return self.facts.deal

    @property
    def customer(self) -> Customer:
        return self.facts.customer

    @property
    def currency(self) -> str:
        return self.page.currency

    def person(self, contact_id: str) -> Contact | None:
        return next((one for one in self.facts.people if one.id == contact_id), None)

    def letters(self, contact_id: str) -> tuple[ChipFace, ...]:
        """A letter for each quadrant that leads in somebody; none where nothing is known (M21)."""
        row = self.around.known.get(contact_id)
        if row is None:
            return ()
        return type_chips(thinking(row, self.words, self.look.clock.today()), self.words)

    def drafts(self, noun: str, row_id: str) -> dict[str, str]:
        """What was typed into a record's fields and could not be saved yet."""
        return self.context.drafts(noun, row_id)

    def day(self, day: date | str) -> str:
        """A day seen from today."""
        wanted = date.fromisoformat(day) if isinstance(day, str) else day
        return self.words.days_from(wanted, self.look.clock.today())

    # writing

    def run(self, operation: Operation, undoable: str = "") -> bool:
        """Runs an operation; trouble is told in the bar."""
        return self.context.run(operation, undoable=undoable) is not None

    def commit(self, noun: str, row_id: Callable[[], str]) -> Commit:
        """How the fields of a record are saved."""
        edit = partial(EditDeal, noun) if noun == "deal" else None
        return saver(self.context, noun, row_id, edit)

    def draft(self, noun: str, row_id: Callable[[], str]) -> Draft:
        """How what was typed is kept until it can be saved."""
        return drafter(self.context, noun, row_id)

    def plan_visit(self) -> None:
        """A visit of this deal tomorrow at ten, with those who decide, to be prepared."""
        clock = self.context.workspace.clock
        day = clock.today() + timedelta(days=1)
        starts_at = to_stamp(datetime.combine(day, _PLANNED_AT).astimezone())
        makers = tuple(
            dict.fromkeys(
                role.contact_id for role in self.facts.roles if role.role == "decision_maker"
            )
        )
        values = {"starts_at": starts_at, "deal_id": self.deal_id}
        operation = PlanVisit(self.customer.id, values, makers)
        if self.run(operation):
            self.context.open("visit", operation.row_id)

    def prepare_visit(self) -> None:
        """To the next planned visit of this deal, or to a new one."""
        if self.planned:
            self.context.open("visit", self.planned[0].id)
        else:
            self.plan_visit()
