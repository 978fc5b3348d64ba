"""The card as a whole: header, sections in one or two columns, and how it follows a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent

from fieldsales.domain.portfolio import CLASSES
from fieldsales.screens.checklist import FilledSection
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.acts import Acts
from fieldsales.screens.customers.card.deals import DealsSection
from fieldsales.screens.customers.card.details import DetailsSection
from fieldsales.screens.customers.card.happenings import HappeningsSection
from fieldsales.screens.customers.card.header import CardHeader
from fieldsales.screens.customers.card.money import MoneySection
from fieldsales.screens.customers.card.needs import NeedsSection
from fieldsales.screens.customers.card.people import PeopleSection
from fieldsales.screens.customers.card.records import RecordSection
from fieldsales.screens.customers.card.satisfaction import SatisfactionSection
from fieldsales.screens.customers.card.suggested import SuggestedSection
from fieldsales.screens.customers.card.tasks import TasksSection
from fieldsales.screens.customers.card.worth import WorthSection
from fieldsales.screens.customers.care import PreferencesSection, SpecialDaysSection
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.kept_files import KeptFiles
from fieldsales.screens.proposals import ProposalsSection
from fieldsales.screens.worksheets import WorksheetsSection
from fieldsales.store.journal import Changed
from fieldsales.store.queries import card as query
from fieldsales.store.queries.card import Card
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.columns import TwoColumns
from fieldsales.widgets.pieces import column
from fieldsales.widgets.stops import stops

_HAPPENINGS = (
    *("visit", "visit_person", "interaction", "task", "attachment", "deal", "contact"),
    "satisfaction",
)

_CONCERN = (  # told of no customer
    *("visit_person", "tag", "clue", "assessment", "worksheet", "checklist_answer"),
    *("product", "solution", "proposal_line", "settlement", "collecting_step"),
    *("setting", "stage", "customer_worth"),
)


class CardView(CardScroll):
    """One customer. It is built once and shows whom it is told to."""

    back_wanted = Signal()
    tabbed_out = Signal(bool)  # past the last part (True) or the first
    gone = Signal(str)  # the customer is in the trash, or was never there
    customer_wanted = Signal(str)  # another one: the parent organisation
    tag_wanted = Signal(str)  # the list of those with this tag
    people_wanted = Signal(str)  # the page of all people of this customer

    def __init__(self, context: Context) -> None:
        look = context.look
        super().__init__(look, margin=24, gap=20)
        self.context = context
        self.customer_id = ""
        self._card: Card | None = None
        self.header = CardHeader(context)
        self.known = PeopleDesk(context)
        self.people = PeopleSection(context, self.known)
        self.deals = DealsSection(context)
        self.money = MoneySection(context)
        self.worth = WorthSection(context)
        self.needs = NeedsSection(context)
        self.care = PreferencesSection(context)
        self.days = SpecialDaysSection(context)
        self.satisfaction = SatisfactionSection(context)
        self.suggested = SuggestedSection(context)
        self.tasks = TasksSection(context)
        self.pitch = WorksheetsSection(context)
        self.proposals = ProposalsSection(context)
        self.checklists = FilledSection(context, "customer")
        self.files = KeptFiles(context, self)
        self.happenings = HappeningsSection(context)
        self.details: DetailsSection | None = None
        noted = (self.needs, self.care, self.days, self.satisfaction)
        self._lists = (self.people, self.deals, self.tasks, *noted)
        self._columns = TwoColumns(look)
        talk = (self.tasks, self.people, self.deals, self.money, self.worth, self.needs)
        offer = (self.care, self.days, self.satisfaction, self.pitch, self.proposals)
        rest = (self.checklists, self.suggested, self.files)
        self._left = column(look, *talk, *offer, *rest, None, gap=20)
        self._right = column(look, self.happenings, None, gap=20)
        for side in (self._left, self._right):
            self._columns.addLayout(side, 1)
        self.body.addWidget(self.header)
        self.body.addLayout(self._columns)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._complete)
        self.acts = Acts(self)
        self._connect()

    def _connect(self) -> None:
        header = self.header
        header.back_wanted.connect(self.back_wanted)
        header.plan_wanted.connect(self.acts.plan_visit)
        header.log_wanted.connect(self.acts.log_visit)
        header.menu_wanted.connect(self._show_menu)
        header.fact_pressed.connect(self._fact_pressed)
        header.field_wanted.connect(self.go_to_field)
        header.tags.filter_wanted.connect(self.tag_wanted)
        for section in self._lists:
            section.to_view.connect(self.bring)
        self.worth.to_view.connect(self.bring)
        self.people.all_wanted.connect(self.acts.show_people)

    # showing

    def open(self, customer_id: str) -> bool:
        """Show a customer; False, and `gone`, if it is not there."""
        if customer_id != self.customer_id:
            self.flush()
            self.customer_id = customer_id
            self._load(self.context.drafts("customer", customer_id))
            self.verticalScrollBar().setValue(0)
        return self.refresh()

    def _load(self, kept: Mapping[str, str]) -> None:
        """Stand for another customer, with nothing of the one before left open."""
        self._card = None
        self.header.load(self.customer_id, kept)
        for section in self._lists:
            section.load(self.customer_id, kept)
        self.files.stand_for(customer_id=self.customer_id)
        self.happenings.load(self.customer_id, kept)

    def refresh(self, changed: Changed | None = None) -> bool:
        """Read what is shown anew, or only what a change can have altered."""
        found = query.card(self.context.store, self.customer_id)
        if found is None:
            self.gone.emit(self.customer_id)
            return False
        fresh = self._card is None
        self._card = found
        self.known.read(self.customer_id)
        self.worth.show_for(self.customer_id)
        self.header.show_card(found, self.known, self.worth.chips())
        self.people.show_items(found.people)
        self.deals.show_card(found)
        self.money.show_for(self.customer_id)
        named = {person.contact.id: person.contact.name for person in found.people}
        self.needs.names = self.satisfaction.names = named
        self.needs.show_items(found.needs)
        self.care.show_for(self.customer_id, named)
        self.days.show_for(self.customer_id, named)
        self.tasks.show_items(found.tasks)
        self.satisfaction.read()
        self.pitch.show_for(found.customer)
        self.proposals.show_for(found.customer.id)
        self.suggested.show_for(self.customer_id)
        self.checklists.show_for(self.customer_id)
        self.files.show_files(found.attachments)
        if fresh or changed is None or changed.touches(*_HAPPENINGS):
            self.happenings.show_entries(query.timeline(self.context.store, self.customer_id))
        if self.details is None or fresh:
            self._later.start()  # what is read first is painted first
        else:
            self.details.refresh(found.customer)
        return True

    def follow(self, changed: Changed) -> None:
        """Take up a change, if it is about this customer."""
        if not self.customer_id:
            return
        if self.customer_id in changed.customers or changed.touches(*_CONCERN):
            self.refresh(changed)

    def _complete(self) -> None:
        """Make the form of all fields, and fill it."""
        if self._card is None:
            return
        if self.details is None:
            self.details = DetailsSection(self.context)
            self.details.parent_wanted.connect(self.customer_wanted)
            self._place_details()
        kept = self.context.drafts("customer", self.customer_id)
        self.details.load(self._card.customer, kept)

    def flush(self) -> None:
        """Save what is being typed anywhere on the card."""
        if not self.customer_id or self._card is None:
            return
        self.header.flush()
        for section in self._lists:
            section.flush()
        self.happenings.flush()
        if self.details is not None and not self._later.isActive():
            self.details.form.flush()

    def decision_makers(self) -> list[str]:
        """The people who decide, by their ids."""
        makers = self._card.decision_makers if self._card is not None else ()
        return [person.contact.id for person in makers]

    def forget(self) -> None:
        """Show nobody any more; what was typed went with the customer."""
        self.customer_id = ""
        self._card = None

    # going to what is asked for

    def to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def reveal(self, kind: str, row_id: str) -> bool:
        """Open a record on the card and scroll to it; False if it is not there."""
        sections: dict[str, RecordSection[Any]] = {
            "contact": self.people,
            "deal": self.deals,
            "need": self.needs,
            "preference": self.care,
            "special_day": self.days,
            "task": self.tasks,
            "satisfaction": self.satisfaction,
        }
        if kind == "interaction":
            opened = self.happenings.open_interaction(row_id)
            if opened:
                self.scroll_to(self.happenings)
            return opened
        section = sections.get(kind)
        if section is None or not section.open_record(row_id):
            return False
        self.bring(section.editor or section)
        return True

    def go_to_field(self, name: str) -> None:
        """Put the cursor where a field of the customer is filled in."""
        if name == "contact":
            self.people.begin_adding()
        elif name == "decision_maker":
            self.people.add_decision_maker()
        elif name == "quiet":
            self.happenings.write("call")
        elif name == "complaint":
            self._fact_pressed(name)
        elif name in CLASSES and self.worth.standing is not None:
            self.worth.open_class(name)
            self.bring(self.worth)
        elif name in ("relation", "together"):
            self.acts.show_people()
        else:
            self._later.stop()
            if self.details is None or self._card is None:
                self._complete()
            assert self.details is not None
            self.details.form.focus(name)
            self.scroll_to(self.details.form.cells[name])

    def focus_first(self) -> None:
        """Where Enter leads: what is most often done next."""
        self.header.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_name(self) -> None:
        self.to_top()
        self.header.name.edit()

    def _show_menu(self, spot: QPoint) -> None:
        self.acts.menu().popup(spot)

    def _fact_pressed(self, key: str) -> None:
        """To the record a fact is about, or to where one is made."""
        kind, row_id = self.header.leads.get(key, ("", ""))
        if kind == "visit":
            self.context.open(kind, row_id)
        elif kind:
            self.reveal(kind, row_id)
        elif key == "last":
            self.acts.plan_visit()
        elif key == "next":
            self.tasks.begin_adding()
        elif key == "deciders":
            self.people.add_decision_maker()
        elif key == "deals":
            self.deals.begin_adding()

    # Qt

    def focusNextPrevChild(self, forward: bool) -> bool:
        around = stops(self.inside)
        focused = self.window().focusWidget()
        at = around.index(focused) if focused in around else -1
        target = at + (1 if forward else -1)
        if at < 0:
            return super().focusNextPrevChild(forward)
        if not 0 <= target < len(around):
            self.tabbed_out.emit(forward)
            return True
        reason = Qt.FocusReason.TabFocusReason
        around[target].setFocus(reason if forward else Qt.FocusReason.BacktabFocusReason)
        self.show_part(around[target])
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        self.header.tags.stop_adding()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns.fit(self.viewport().width()):
            self._place_details()

    def _place_details(self) -> None:
        """The long form stands beside the timeline, or below it where there is one column."""
        if self.details is None:
            return
        beside = self._columns.beside
        old, new = (self._right, self._left) if beside else (self._left, self._right)
        old.removeWidget(self.details)
        new.insertWidget(new.count() - 1, self.details)  # before the room left over
