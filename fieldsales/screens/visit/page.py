"""The page of a visit: its strip, its three steps, and what keeps them in line with the file."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldsales.domain.clock import to_stamp
from fieldsales.errors import UserError
from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.spin import SpinSheet
from fieldsales.screens.visit.conclude import ConcludeStep
from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.visit.header import STEPS, Header
from fieldsales.screens.visit.plan import PlanStep
from fieldsales.screens.visit.run import RunStep
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.visits import CancelVisit, PlanVisit, ReviveVisit, StartVisit
from fieldsales.store.journal import Changed
from fieldsales.store.queries.papers import latest_visit
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import hairline

_STEP_OF = {"planned": "plan", "running": "run", "concluded": "conclude", "cancelled": "plan"}
_LINES = (
    *("visit", "visit_person", "visit_item", "need", "task", "contact", "attachment", "clue"),
    *("satisfaction", "interaction"),
    *("own_entry", "checklist_result", "checklist_answer", "worksheet", "worksheet_row"),
)


class VisitScreen(Screen):
    """Shows one visit; everything in it saves itself and can be undone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.desk = Desk(context)
        self.step = "plan"
        self._there = False
        self._arrived = True  # from another page, not from within this one
        self._trail: list[str] = []
        self.header = Header(self.desk)
        self.header.step_chosen.connect(self.show_step)
        self.header.started.connect(self._start)
        self.header.asked.connect(self._do)
        self.plan = PlanStep(self.desk)
        self.run = RunStep(self.desk)
        self.desk.clues_wanted.connect(self._tick_clues)
        self.desk.spin_wanted.connect(self.show_spin)
        self.conclude = ConcludeStep(self.desk)
        self.conclude.concluded.connect(self._concluded)
        self._steps: dict[str, PlanStep | RunStep | ConcludeStep] = {
            "plan": self.plan,
            "run": self.run,
            "conclude": self.conclude,
        }
        self._stack = QStackedWidget()
        for page in self._steps.values():
            self._stack.addWidget(page)
        self.spin: SpinSheet | None = None  # made when it is first wanted
        self._shown = QWidget()
        inside = QVBoxLayout(self._shown)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.header)
        inside.addWidget(hairline(look))
        inside.addWidget(self._stack, 1)
        self.empty = EmptyState(
            look,
            words("visit.gone"),
            icon="visit",
            hint=words("visit.gone_hint"),
            action=words("visit.gone_action"),
            act=lambda: context.open("today", ""),
        )
        self._whole = QStackedWidget()
        self._whole.addWidget(self.empty)
        self._whole.addWidget(self._shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._whole)
        self.run.photos.wanted.connect(lambda: self.show_step("run"))
        for number, step in enumerate(STEPS, start=1):
            self._shortcut(f"Alt+{number}", step)
        # the pinyin of the objections takes a moment: not when the first one is being typed
        objections = self.desk.objections
        context.jobs.start(lambda _job: objections.warm())

    def _shortcut(self, keys: str, step: str) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._go(step))

    # what is shown

    def show_record(self, kind: str, row_id: str) -> None:
        self._flush()
        if self._arrived:
            self._trail.clear()
        elif self._there and row_id != self.desk.visit_id:
            self._trail.append(self.desk.visit_id)
        self._arrived = False
        self._load(row_id)

    def show_example(self) -> None:
        """The next planned visit of the file, or any."""
        with suppress(UserError):
            self._load(latest_visit(self.context.store, planned=True))

    def refresh(self) -> None:
        self.desk.read_objections()
        self._reread()

    def follow(self, changed: Changed) -> None:
        if changed.touches("own_entry"):  # what else is noted here counts from the next visit on
            self.desk.read_objections()
        self._reread()

    def _reread(self) -> None:
        if not self.desk.visit_id:
            return
        there = self.desk.open(self.desk.visit_id)
        if there and not self._there:
            self._load(self.desk.visit_id)
        elif there:
            self._show_facts()
        else:
            self._show_gone()

    def concerns(self, changed: Changed) -> bool:
        if not self.desk.visit_id:
            return False
        customer = self.desk.facts.customer
        ours = customer is not None and customer.id in changed.customers
        return ours or changed.touches(*_LINES)

    def go_back(self) -> bool:
        if self._spin_shown:
            self._leave_spin()
            return True
        if not self._trail:
            return False
        self._flush()
        self._load(self._trail.pop())
        return True

    def record_here(self) -> str:
        return self.desk.visit_id if self._there else ""

    def commands_here(self) -> list[Command]:
        """What can be done with this visit in its state."""
        if not self._there:
            return []
        words, state = self.context.words, self.desk.facts.visit.state
        found = []
        if state == "planned":
            found.append(Command(words("visit.start"), "visit", self._start))
        found.append(Command(words("spin.sheet"), "question", self.show_spin))
        if state in ("planned", "running"):
            conclude = partial(self._go, "conclude")
            found.append(Command(words("visit.go_conclude"), "check", conclude))
        icons = {"brief": "print", "report": "document", "again": "calendar", "trash": "trash"}
        if state in ("planned", "running"):
            icons["cancel"] = "close"
        elif state == "cancelled":
            icons["revive"] = "restore"
        found += [
            Command(words(f"visit.menu.{name}"), icon, partial(self._do, name))
            for name, icon in icons.items()
        ]
        return found

    def new_record(self) -> None:
        """Ctrl+N: another visit to the same customer."""
        if self._there:
            self._again()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._spin_shown:
            self._leave_spin()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._arrived = True
        super().showEvent(event)

    def _load(self, visit_id: str) -> None:
        self.desk.read_objections()
        if not self.desk.open(visit_id):
            self._show_gone()
            return
        self._there = True
        self._stale = False
        self._whole.setCurrentWidget(self._shown)
        for page in self._steps.values():
            page.load()
        self.show_step(_STEP_OF[self.desk.facts.visit.state])
        self._steps[self.step].start()

    def _show_facts(self) -> None:
        self.header.show_facts(self.step)
        for page in self._steps.values():
            page.show_facts()
        if self.spin is not None and self._spin_shown:
            self.spin.refresh()

    def _show_gone(self) -> None:
        """The visit, or its customer, is gone: nothing typed here can be saved any more."""
        self._there = False
        for binder in self.findChildren(Binder):
            binder.load({})
        self.header.rest()
        self._whole.setCurrentWidget(self.empty)

    def show_step(self, step: str) -> None:
        """Turns to a step; what was typed in the one before is saved first."""
        self._flush()
        self.step = step
        self._stack.setCurrentWidget(self._steps[step])
        self._show_facts()

    @property
    def _spin_shown(self) -> bool:
        return self._there and self._stack.currentWidget() is self.spin

    def show_spin(self) -> None:
        """The sheet of this visit's questions, in place of the step until one goes back."""
        self._flush()
        if self.spin is None:
            self.spin = SpinSheet(self.context, self._leave_spin)
            self._stack.addWidget(self.spin)
        self.spin.show_key(f"visit:{self.desk.visit_id}")
        self._stack.setCurrentWidget(self.spin)
        self.spin.focus_first()

    def _leave_spin(self) -> None:
        self.show_step(self.step)
        self._steps[self.step].start()

    def _go(self, step: str) -> None:
        if self._there:
            self.show_step(step)
            self._steps[step].start()

    def _tick_clues(self, contact_id: str) -> None:
        self.show_step("run")
        self.run.clues.begin(contact_id)

    def _flush(self) -> None:
        if self._there:
            self.run.capture.keep()
            self.run.closing.keep()
            for binder in self.findChildren(Binder):
                binder.flush()

    # what is done

    def _start(self) -> None:
        self._flush()
        if self.desk.run(StartVisit(self.desk.visit_id), self.context.words("visit.started")):
            self._go("run")

    def _concluded(self) -> None:
        self.conclude.next_visit.day.setFocus()

    def _do(self, name: str) -> None:
        context, desk, words = self.context, self.desk, self.context.words
        self._flush()
        if name == "customer":
            context.open("customer", desk.facts.customer.id)
        elif name == "brief":
            context.open("paper", f"brief:{desk.visit_id}")
        elif name == "report":
            context.open("paper", f"visit:{desk.visit_id}")
        elif name == "cancel":
            desk.run(CancelVisit(desk.visit_id), words("visit.cancelled"))
        elif name == "revive":
            desk.run(ReviveVisit(desk.visit_id), words("visit.revived"))
        elif name == "trash":
            desk.run(TrashRecords("visit", (desk.visit_id,)), words("visit.trashed"))
        else:
            self._again()

    def _again(self) -> None:
        visit = self.desk.facts.visit
        tomorrow = self.context.look.clock.today() + timedelta(days=1)
        values = {
            "starts_at": to_stamp(datetime.combine(tomorrow, time(9)).astimezone()),
            "kind": visit.kind,
            "place": visit.place,
            "deal_id": visit.deal_id,
        }
        planned = PlanVisit(visit.customer_id, values)
        if self.desk.run(planned, self.context.words("visit.planned_again")):
            self.context.open("visit", planned.row_id)
