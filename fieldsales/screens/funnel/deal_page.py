"""The page of one deal: where it really stands, what is missing, and what to do next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from fieldsales.domain.need import Need
from fieldsales.domain.pipeline import WON, Stage
from fieldsales.screens.checklist import FilledSection
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.deal.evidence import EvidenceSection
from fieldsales.screens.funnel.deal.factors import FactorsSection
from fieldsales.screens.funnel.deal.group import GroupSection
from fieldsales.screens.funnel.deal.header import DealHeader
from fieldsales.screens.funnel.deal.panels import AskingPanel, Panel, PinPanel, PutOffPanel
from fieldsales.screens.funnel.deal.people import PeopleSection
from fieldsales.screens.funnel.deal.spin import SpinSection
from fieldsales.screens.funnel.deal.story import FilesSection, HistorySection, TimelineSection
from fieldsales.screens.funnel.deal.tasks import StepsSection
from fieldsales.screens.funnel.deal.team import TeamSection
from fieldsales.screens.funnel.deal.terms import TermsSection
from fieldsales.screens.funnel.deal.visits import VisitsSection
from fieldsales.screens.proposals import ProposalsSection
from fieldsales.screens.worksheets import WorksheetsSection
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.journal import Changed
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.columns import TwoColumns
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import column

_CONCERN = (
    "assessment",
    "checklist_answer",
    "clue",
    "deal_member",
    "deal_tagging",
    "factor_rating",
    "pipeline",
    "proposal",
    "proposal_line",
    "stage",
    "stage_change",
    "tag",
    "visit_person",
    "visit_item",
    "worksheet",
    "setting",
)


class DealPage(QWidget):
    """One deal. It is built once and shows the one it is told to."""

    closed = Signal()
    tag_wanted = Signal(str)  # the deals with this tag

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.desk = desk = Desk(context)
        self._there = False
        self._looked_at = ""  # the stage whose evidence is shown, '' for where the deal stands
        self.header = DealHeader(desk)
        self.move_panel = AskingPanel(desk)
        self.pin = PinPanel(desk)
        self.snooze = PutOffPanel(desk)
        self.evidence = EvidenceSection(desk)
        self.group = GroupSection(desk)
        self.people = PeopleSection(desk)
        self.spin = SpinSection(desk)
        self.factors = FactorsSection(desk)
        self.team = TeamSection(desk)
        self.steps = StepsSection(desk)
        self.visits = VisitsSection(desk)
        self.pitch = WorksheetsSection(context)
        self.proposals = ProposalsSection(context)
        self.checklists = FilledSection(context, "deal")
        self.terms = TermsSection(desk)
        self.history = HistorySection(desk)
        self.timeline = TimelineSection(desk)
        self.files = FilesSection(desk, self)
        sections = (self.evidence, self.people, self.factors, self.team, self.steps, self.history)
        self._lists = sections
        self.card = CardScroll(look, margin=24, gap=16)
        self._columns = TwoColumns(look)
        needed = (self.evidence, self.group, self.people, self.team, self.timeline)
        done = (
            self.steps,
            self.visits,
            self.spin,
            self.pitch,
            self.proposals,
            self.checklists,
            self.terms,
            self.factors,
            self.history,
            self.files,
        )
        for parts in (needed, done):
            self._columns.addLayout(column(look, *parts, None, gap=20), 1)
        for part in (self.header, self.move_panel, self.pin, self.snooze):
            self.card.body.addWidget(part)
        self.card.body.addLayout(self._columns)
        self.card.body.addStretch(1)
        self._gone = EmptyState(
            look,
            words("deal_page.gone"),
            icon="funnel",
            action=words("deal_page.back"),
            act=self.closed.emit,
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.card)
        self._stack.addWidget(self._gone)
        self.setLayout(self._stack)
        self._connect()

    def _connect(self) -> None:
        header, desk = self.header, self.desk
        header.closed.connect(self._close)
        header.fact_pressed.connect(self._fact_pressed)
        header.rail.chosen.connect(self._look_at)
        header.paper_wanted.connect(self._open_paper)
        header.snooze_wanted.connect(self._ask_snooze)
        header.trash_wanted.connect(self.trash)
        header.tag_wanted.connect(self.tag_wanted)
        desk.move_wanted.connect(self.move_to)
        desk.supply_wanted.connect(self.supply)
        desk.focus_wanted.connect(self._focus_part)
        self.group.person_wanted.connect(self._show_person)
        for panel in (self.pin, self.snooze):
            panel.closed.connect(self._close_panels)
        self.move_panel.moved.connect(self._moved)
        for keys, act in (
            ("Ctrl+Right", self._on),
            ("Ctrl+Left", self._back),
            ("F2", self._rename),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # showing

    @property
    def deal_id(self) -> str:
        return self.desk.deal_id if self._there else ""

    def show_deal(self, deal_id: str) -> bool:
        """Show a deal; False if it is not there, and the page says so."""
        if deal_id == self.deal_id:
            return self.refresh()
        self.flush()
        self._close_panels()
        self.move_panel.close_panel()
        self._looked_at = ""
        self._there = self.desk.open(deal_id)
        self._stack.setCurrentWidget(self.card if self._there else self._gone)
        if not self._there:
            return False
        self.header.load()
        for section in self._lists:
            section.load()
        self.timeline.load()
        self.terms.load()
        self._show()
        self.card.verticalScrollBar().setValue(0)
        return True

    def refresh(self) -> bool:
        """Read what is shown anew; what is being typed stays."""
        if not self.desk.deal_id:
            return False
        was = self._there
        self._there = self.desk.open(self.desk.deal_id)
        self._stack.setCurrentWidget(self.card if self._there else self._gone)
        if not self._there:
            return False
        if not was:
            self.header.load()
            self.terms.load()
        self._show()
        return True

    def follow(self, changed: Changed) -> None:
        """Take up a change, if it may be about this deal."""
        if not self.desk.deal_id:
            return
        mine = self.desk.deal_id in changed.rows.get("deal", ())
        theirs = self._there and self.desk.customer.id in changed.customers
        if mine or theirs or changed.touches(*_CONCERN):
            self.refresh()
            self.move_panel.recheck()

    def _show(self) -> None:
        page, around = self.desk.page, self.desk.around
        self.header.show_facts()
        self._show_evidence()
        self.group.show_sheet()
        self.people.show_people(around.people)
        self.spin.show_way()
        self.factors.show_factors()
        self.team.show_team(page.facts.members, page.tasks)
        self.steps.show_steps(page.tasks, self.desk.planned)
        self.visits.show_visits(page.facts.visits, self.desk.planned)
        self.pitch.show_for(self.desk.customer, self.desk.deal_id, self.desk.deal.title)
        self.proposals.show_for(self.desk.customer.id, self.desk.deal_id)
        won = self.desk.deal.stage == WON
        self.checklists.show_for(self.desk.deal_id, "after_purchase" if won else "")
        self.terms.show_terms()
        self.history.show_history(page.changes)
        self.timeline.show_entries(around.happenings)
        self.files.show_files(around.files)

    def _stage_looked_at(self) -> Stage | None:
        """The open stage whose evidence is shown."""
        page, deal = self.desk.page, self.desk.deal
        wanted = self._looked_at or deal.stage
        return next((stage for stage in page.row if stage.id == wanted), None)

    def _show_evidence(self) -> None:
        stage = self._stage_looked_at()
        self.evidence.setVisible(stage is not None)
        if stage is not None:
            self.evidence.show_stage(stage)
        self.header.show_rail(stage.id if stage is not None else self.desk.deal.stage)

    def _look_at(self, stage_id: str) -> None:
        self._looked_at = stage_id
        self._show_evidence()

    def flush(self) -> None:
        """Save what is being typed anywhere on the page."""
        if not self._there:
            return
        self.header.flush()
        for section in self._lists:
            section.flush()
        self.terms.flush()

    def _close(self) -> None:
        self.flush()
        self.closed.emit()

    # what is done

    def move_to(self, stage_id: str) -> None:
        """Asks what the move asks for; the same panel as on the board."""
        self.flush()
        self._close_panels()
        self.move_panel.move_deals((self.desk.deal_id,), stage_id)
        if self.move_panel.asking:
            self.card.verticalScrollBar().setValue(0)

    def _moved(self, _ids: object) -> None:
        self._looked_at = ""
        self.refresh()

    def _on(self) -> None:
        if self._there:
            self.header.go(1)

    def _back(self) -> None:
        if self._there:
            self.header.go(-1)

    def _rename(self) -> None:
        if self._there:
            self.card.verticalScrollBar().setValue(0)
            self.header.title.edit()

    def trash(self) -> None:
        """The deal into the trash, with an undo."""
        self.flush()
        said = self.context.words("card.trashed", name=self.desk.deal.title)
        self.context.run(TrashRecords("deal", (self.desk.deal_id,)), undoable=said)

    def _open_paper(self) -> None:
        self.flush()
        self.context.open("paper", f"deal:{self.desk.deal_id}")

    def _ask_snooze(self) -> None:
        self._ask(self.snooze)

    def _ask(self, panel: Panel) -> None:
        self._close_panels()
        self.move_panel.close_panel()
        self.card.verticalScrollBar().setValue(0)
        panel.ask()

    def _close_panels(self) -> None:
        for panel in (self.pin, self.snooze):
            panel.hide()

    def supply(self, code: str) -> None:
        """To where a piece of evidence is put on record."""
        desk = self.desk
        if code in ("roles", "guide"):
            self._add_role()
        elif code == "one_plus_two_plus_one":
            self._scroll_to(self.group)
            self.group.slots[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif code == "paid" and (owing := desk.facts.owing):
            self.context.open("receivable", owing[0])
        elif code in ("order", "paid"):
            self._focus_part("terms", "order_amount" if code == "order" else "paid_on")
        elif code in ("profile", "shown"):
            desk.prepare_visit()
        elif code == "explicit_need":
            self.spin.open_sheet()
        elif code == "answered" and (need := self._unanswered()) is not None:
            self.context.open("need", need.id)
        else:
            self.context.open("customer", desk.customer.id)

    def _unanswered(self) -> Need | None:
        return next(
            (
                need
                for need in self.desk.facts.needs
                if need.statement == "explicit" and not need.answered
            ),
            None,
        )

    def _add_role(self) -> None:
        people = self.people
        without = next((one for one in people.items if not people.roles_of(one)), None)
        if without is None and people.items:
            without = people.items[0]
        if without is None:
            people.begin_adding()
        else:
            people.open_person(without.contact.id)
        self._scroll_to(people)

    def _show_person(self, contact_id: str) -> None:
        self._focus_part("people", contact_id)

    def _focus_part(self, part: str, what: str) -> None:
        if part == "people":
            if self.people.open_person(what):
                self._scroll_to(self.people.line_of(what) or self.people)
            return
        self.terms.focus_field(what)
        self._scroll_to(self.terms)

    def _fact_pressed(self, key: str) -> None:
        if key == "probability":
            self._ask(self.pin)
        elif key == "next":
            self._open_next()
        elif key == "age":
            self._look_at(self.desk.deal.stage)
            self._scroll_to(self.evidence)
        elif key == "group":
            self._scroll_to(self.group)
        elif key == "ended":
            lost = self.desk.deal.stage == "lost"
            self._focus_part("terms", "lost_reason" if lost else "order_amount")
        else:
            self._focus_part("terms", key)

    def _open_next(self) -> None:
        step = self.desk.around.next_step
        if step is None:
            self.steps.begin_adding()
        elif step.noun == "visit":
            self.context.open("visit", step.row_id)
        else:
            self.steps.open_task(step.row_id)
        self._scroll_to(self.steps)

    def _scroll_to(self, part: QWidget) -> None:
        QTimer.singleShot(0, self.card, partial(self.card.scroll_to, part))

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())
