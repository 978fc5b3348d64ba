"""The page: people at the left, whoever is chosen at the right, the sheets over both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldsales.errors import EnvironmentProblem
from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.halves import Halves
from fieldsales.screens.profile.desk import Desk
from fieldsales.screens.profile.lending import LendingPanel
from fieldsales.screens.profile.lent import lent, take_back
from fieldsales.screens.profile.lent_window import LentWindow
from fieldsales.screens.profile.listing import People
from fieldsales.screens.profile.person import ADVICE, PORTRAIT, PersonPage
from fieldsales.screens.profile.taking import Taking
from fieldsales.screens.profile.together import TogetherPage
from fieldsales.services.operations.people import FinishAssessment
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Changed
from fieldsales.store.queries.thinkers import OWN
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, column, label, row

_CONCERN = ("assessment", "clue", "contact", "customer", "buying_role")


class ProfileScreen(Screen):
    """One person, or several at once; Esc leads from the sheets back to the list."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.desk = desk = Desk(context)
        self._shown: str | None = None  # whose profile is to be shown
        self._began = False
        self._picked: Sequence[int] = ()  # several
        self.lent_window: LentWindow | None = None
        self.people = People(desk)
        self.people.chosen.connect(self._choose)
        self.people.several.connect(self._choose_several)
        self.people.entered.connect(self._enter)
        self.person = PersonPage(desk)
        self.person.test_wanted.connect(self.test)
        self.person.own_wanted.connect(self.test_me)
        self.person.print_wanted.connect(self.print)
        self.person.about_wanted.connect(self._about)
        self.together = TogetherPage(desk)
        self.together.person_wanted.connect(self._choose_again)
        self.together.one_wanted.connect(self._only_one)
        self.together.own_wanted.connect(self.test_me)
        self.lending = LendingPanel(desk)
        self.lending.agreed.connect(self._hand_over)
        self.lending.left.connect(self._back_to_person)
        self.gone = EmptyState(
            look,
            words("profile.gone"),
            icon="profile",
            action=words("profile.to_me"),
            act=self._to_me,
        )
        self.detail = QStackedWidget()
        for page in (self.person, self.together, self.lending, self.gone):
            self.detail.addWidget(page)
        self.halves = Halves(context, self.people, self.detail)
        self.taking = Taking(look, context.store, desk.brain, self._run)
        self.taking.finished.connect(self._finished)
        self.taking.gone.connect(self._leave_sheets)
        self.sheets = self._build_sheets()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.halves)
        self.stack.addWidget(self.sheets)
        strip = PageStrip(look, words("profile.title"))
        strip.fill()
        self.strip = strip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self.stack, 1)

    def _build_sheets(self) -> QWidget:
        look, words = self.context.look, self.context.words
        page = QWidget()
        leave = button(
            look, words("assessment.later"), self._leave_sheets, icon="back", role="quiet"
        )
        leave.setToolTip(words("assessment.later_tip"))
        title = label(look, words("assessment.title"), size="section", bold=True)
        head = row(look, title, None, leave, gap=8)
        layout = column(look, head, self.taking, gap=12)
        layout.setStretchFactor(self.taking, 1)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(16), side, look.theme.px(16))
        page.setLayout(layout)
        page.setFocusProxy(self.taking)
        return page

    # the contract

    def refresh(self) -> None:
        """Reads everything anew; whoever was shown stays shown."""
        self.people.reload()
        if self.stack.currentWidget() is self.sheets:
            self.taking.refresh()
        if not self._began:
            self._began = True
            self.people.choose(self._shown)
            self._show(self._shown)
        elif self.detail.currentWidget() is self.together:
            self._choose_several(self._picked)
        else:
            self._reread()

    def follow(self, changed: Changed) -> None:
        if self.stack.currentWidget() is self.sheets:
            self.taking.refresh()  # the list is read again once it is seen
        else:
            self.refresh()

    def concerns(self, changed: Changed) -> bool:
        return changed.touches(*_CONCERN)

    def show_record(self, kind: str, row_id: str) -> None:
        """The profile of a contact."""
        self._leave_sheets()
        self._began = True
        self._stale = False
        self.people.reload()
        self.people.choose(row_id)
        self._show(row_id)

    def show_example(self) -> None:
        """Somebody of whom both is known."""
        self._leave_sheets()
        for one in self.people.rows(list(self.people.list.model.numbers)[:50]):
            if one.contact is not None and one.assessment is not None and one.clues:
                self.show_record("profile", one.contact.id)
                return

    def commands(self) -> list[Command]:
        words = self.context.words
        return [Command(words("profile.command_me"), "profile", self._to_me_from_anywhere)]

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self.stack.currentWidget() is self.sheets or self.desk.contact is None:
            return []
        return [
            Command(words("profile.note_clues"), "eye", self.person.show_clues),
            Command(words("profile.view_advice"), "message", self._show_advice),
            Command(words("profile.lend"), "lock", self.test),
        ]

    def record_here(self) -> str:
        return self.desk.contact_id or ""

    def go_back(self) -> bool:
        if self.stack.currentWidget() is self.sheets:
            self._leave_sheets()
            return True
        if self.detail.currentWidget() in (self.together, self.lending):
            self._back_to_person()
            return True
        return False

    # who is shown

    def _choose(self, number: int) -> None:
        found = self.people.rows([number])
        contact = found[0].contact if found else None
        self._show(contact.id if contact is not None else None)

    def _choose_again(self, number: int) -> None:
        self.people.list.select_number(number)
        self._choose(number)

    def _choose_several(self, numbers: Sequence[int]) -> None:
        several = self.people.rows(numbers)
        self._picked = [one.number for one in several]
        if len(several) < 2:  # the others are gone since
            self._only_one()
            return
        self.desk.open(self.desk.contact_id)  # the rep's own may be another since
        self.together.show_people(several)
        self.detail.setCurrentWidget(self.together)

    def _only_one(self) -> None:
        self._choose_again(self._picked[0] if self._picked else OWN)

    def _show(self, contact_id: str | None) -> None:
        other = contact_id != self._shown or self.detail.currentWidget() is self.gone
        self._shown = contact_id
        if not self.desk.open(contact_id):
            self.detail.setCurrentWidget(self.gone)
            return
        if other:
            self.person.show_person()
        else:
            self.person.show_view(self.person.view)
        self.detail.setCurrentWidget(self.person)

    def _reread(self) -> None:
        """What is shown, after a change; who was trashed may be back."""
        if not self.desk.open(self._shown):
            self.detail.setCurrentWidget(self.gone)
        elif self.detail.currentWidget() is self.gone:
            self._show(self._shown)
        else:
            self.person.refresh()

    def _enter(self) -> None:
        """Enter in the list: on to what can be done with whoever is chosen."""
        if self.detail.currentWidget() is self.person and self.desk.contact is not None:
            self.person.show_clues()

    def _back_to_person(self) -> None:
        number = self.people.number(self._shown)
        if number is not None:
            self.people.list.select_number(number)
        self._show(self._shown)
        self.people.list.focus_list()

    def _to_me(self) -> None:
        self.people.choose(None)
        self._show(None)
        self.people.list.focus_list()

    def _to_me_from_anywhere(self) -> None:
        self.context.open("profile", "")
        self._leave_sheets()
        self._to_me()

    def _show_advice(self) -> None:
        self.person.show_view(ADVICE)

    def print(self) -> None:
        """The profile as a paper."""
        self.context.open("paper", f"profile:{self._shown or 'me'}")

    def _about(self) -> None:
        self.context.open("help", "m21")

    # the sheets

    def test(self) -> None:
        """The rep fills in the sheets here; a contact gets the laptop."""
        store = self.context.store
        if self.desk.contact is None:
            self.test_me()
        elif store.read_only:  # said now, not to somebody who has begun
            self.context.tell(EnvironmentProblem("store.read_only", path=str(store.path)))
        else:
            self.lending.begin()
            self.detail.setCurrentWidget(self.lending)
            self.lending.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def test_me(self) -> None:
        """The rep's own sheets, where they were left."""
        if self.taking.take(None):
            self.strip.hide()
            self.stack.setCurrentWidget(self.sheets)
            self.taking.form.grid.focus_first()

    def _run(self, operation: Operation) -> bool:
        done = isinstance(operation, FinishAssessment)
        said = self.context.words("assessment.done") if done else ""
        return self.context.run(operation, undoable=said) is not None

    def _finished(self, assessment_id: str) -> None:
        self._leave_sheets()
        self._to_me()
        # it may not be the newest by date: the laptop's clock may have been set back
        self.person.portrait.result.show_one(assessment_id)

    def _leave_sheets(self) -> None:
        if self.stack.currentWidget() is self.sheets:
            self.strip.show()
            self.stack.setCurrentWidget(self.halves)
            self.refresh()
            self.people.list.focus_list()

    # the laptop in somebody else's hands

    def resume_lent(self) -> None:
        agreed = lent(self.context.state, self.context.store.path)
        if agreed is None:
            return
        self.lent_window = LentWindow(self.context, agreed)
        self.destroyed.connect(self.lent_window.deleteLater)
        self.lent_window.came_back.connect(self._came_back)
        self._shown = agreed.contact_id
        self.lent_window.showFullScreen()

    def _hand_over(self) -> None:
        self.resume_lent()
        self.window().hide()

    def _came_back(self, assessment_id: str) -> None:
        """The window is back, with whoever had the laptop."""
        take_back(self.context.state)
        gone, self.lent_window = self.lent_window, None
        self.window().show()
        self.person.view = PORTRAIT
        self._began = True
        self.people.reload()
        self.people.choose(self._shown)
        self._show(self._shown)
        self.people.list.focus_list()  # not whatever stood beside the button that was pressed
        if gone is not None:
            gone.close()
            gone.deleteLater()
        if assessment_id:
            said = self.context.words("profile.came_back", name=self.desk.name)
            self.context.say(Message(said, "success"))
            self.person.portrait.result.show_one(assessment_id)

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.stack.currentWidget() is self.sheets:
            self.sheets.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.people.list.focus_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.go_back():
            return
        if event.matches(QKeySequence.StandardKey.Find) and (
            self.stack.currentWidget() is self.halves
        ):
            self.people.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.people.search.selectAll()
        else:
            super().keyPressEvent(event)
