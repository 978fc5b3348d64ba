"""The page of a customer's people: four ways to look at them, one person at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QWidget

from fieldsales.screens.alike import AlikeLines
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.customers.people.house import HousePanel
from fieldsales.screens.customers.people.person import PersonPanel
from fieldsales.screens.customers.people.views import LIST, MATRIX, VIEWS, Views
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.store.journal import Changed
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.kept_splitter import KeptSplitter
from fieldsales.widgets.pieces import ElidedLabel, button, column, label, row, tool_button
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.segmented import Option, Segmented

_NARROW = 1_000  # px at 100 % below which the person covers the view
_PERSON = 590  # px at 100 % of the panel at the right
_CONCERN = ("contact", "buying_role", "need_rating", "clue", "assessment", "visit", "visit_person")


class PeoplePage(QWidget):
    """It is built once, its views when they are first looked at, and shows whom it is told to."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.desk = PeopleDesk(context)
        self.title = ElidedLabel(look, size="page", bold=True)
        self.count = label(look, size="title", tone="faint")
        self.search = SearchLine(look, words("people.search"))
        self.search.setMaximumWidth(look.theme.px(280))
        self.view = Segmented(
            look,
            [Option(view, words(f"people.view_{view}")) for view in VIEWS],
            name=words("people.view"),
        )
        self.new = LineEdit(look, calm=False)
        self.new.setPlaceholderText(words("card.new_contact"))
        self.new.setAccessibleName(words("card.new_contact"))
        self.new.setMaximumWidth(look.theme.px(220))
        self.new.hide()
        self.alike = AlikeLines(context, "contact", self._typed)
        self.alike.wanted.connect(self._open_alike)
        self.new.textChanged.connect(self.alike.soon)
        self.add = button(
            look, words("card.add_contact"), self.begin_adding, icon="add", role="primary"
        )
        back = tool_button(look, "back", words("people.back"), self.leave)
        prints = tool_button(look, "print", words("people.print_chart"), self.print_chart)
        sheet = tool_button(look, "document", words("people.print_sheet"), self.print_sheet)
        first = row(
            look, back, self.title, self.count, None, sheet, prints, self.new, self.add, gap=8
        )
        second = row(look, self.view, None, self.search, gap=8)
        second.setStretchFactor(self.search, 1)
        head = column(look, first, self.alike, second, gap=8)
        side = look.theme.px(24)
        head.setContentsMargins(side, look.theme.px(16), side, look.theme.px(8))
        self.views = Views(self.desk)
        self.list = self.views.list
        self.setFocusProxy(self.views)
        self.house = HousePanel(self.desk)
        self._person: PersonPanel | None = None
        self.side = QStackedWidget()
        self.side.addWidget(self.house)
        self.side.setMinimumWidth(look.theme.px(320))
        sizes = (2 * _PERSON, _PERSON)
        parts = (self.views, self.side)
        self.splitter = KeptSplitter(look, context.state, "people/splitter", parts, sizes, grows=0)
        content = QWidget()
        whole = column(look, head, gap=0)
        whole.addWidget(self.splitter, 1)
        content.setLayout(whole)
        self._content = content
        self._gone = EmptyState(
            look,
            words("customers.gone"),
            icon="customers",
            action=words("customers.back"),
            act=self.closed.emit,
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(content)
        self._stack.addWidget(self._gone)
        self.setLayout(self._stack)
        self._narrow = False
        self._connect()

    def _connect(self) -> None:
        self.view.chosen.connect(self._choose_view)
        self.search.asked.connect(self.list.search)
        self.search.list_wanted.connect(self.list.focus_list)
        self.search.first_wanted.connect(self.list.focus_first)
        self.new.returnPressed.connect(self._add)
        self.list.chosen.connect(self._show_later)
        self.list.opened.connect(self.enter_person)
        self.list.trash_wanted.connect(self._trash)
        self.desk.person_wanted.connect(self.show_person)
        self.desk.add_wanted.connect(self.begin_adding)
        self.views.person_pressed.connect(self.show_person)
        self.views.superior_wanted.connect(self._choose_superior)
        self.views.customer_pressed.connect(self._rate_house)
        self._waiting = ""
        self._soon = QTimer(self, singleShot=True, interval=70)  # ms that ↓ may rest on a row
        self._soon.timeout.connect(self._show_waiting)

    # showing

    @property
    def customer_id(self) -> str:
        return self.desk.customer_id

    @property
    def person(self) -> PersonPanel:
        """The person at the right; made when somebody is first looked at."""
        if self._person is None:
            self._person = PersonPanel(self.desk)
            self._person.closed.connect(self.close_person)
            self.side.addWidget(self._person)
        return self._person

    @property
    def shown_person(self) -> str:
        """The contact at the right, '' for nobody."""
        return self._person.contact_id if self._person is not None else ""

    def show_customer(self, customer_id: str, view: str = "") -> bool:
        """Shows the people of a customer; False if it is gone, which the page says."""
        if customer_id != self.desk.customer_id or not self.desk.there:
            self.flush()
            self._leave_person()
            self.search.clear_now()
            self.new.hide()
            if not self._read(customer_id):
                return False
            self.house.load()
            self.views.begin()
        elif not self._read(customer_id):
            return False
        if view:
            self.view.set_key(view)
        self._show()
        return True

    def _read(self, customer_id: str) -> bool:
        there = self.desk.read(customer_id)
        self._stack.setCurrentWidget(self._content if there else self._gone)
        return there

    def _show(self) -> None:
        """Shows what the desk has read, in the view that is looked at."""
        words = self.context.words
        persons = len(self.desk.people.persons)
        self.title.set_text(words("people.of", customer=self.desk.customer.name))
        self.count.setText(words.number(persons) if persons else "")
        self.search.setVisible(self.view.key == LIST)
        self.views.show_view(self.view.key)
        self.house.show_people()
        if self._person is not None:
            self._person.refresh()
        self._arrange()

    def refresh(self) -> None:
        """Reads what is shown anew; what is being typed stays."""
        if self.desk.customer_id and self._read(self.desk.customer_id):
            self._show()

    def follow(self, changed: Changed) -> None:
        """Takes up a change, if it may be about these people."""
        mine = self.desk.customer_id and self.desk.customer_id in changed.customers
        if mine or (self.desk.customer_id and changed.touches(*_CONCERN)):
            self.refresh()

    def show_view(self, view: str) -> None:
        self.view.set_key(view)
        self._choose_view(view)

    def _choose_view(self, _view: str) -> None:
        self.context.state.setValue("people/view", self.view.key)
        if self.desk.there:
            self._show()
            if self.shown_person:
                self.views.mark(self.shown_person)

    def last_view(self) -> str:
        """The view that was looked at last."""
        view = str(self.context.state.value("people/view", LIST))
        return view if view in VIEWS else LIST

    # one person

    def show_person(self, contact_id: str) -> None:
        """Shows somebody at the right, wherever they stand in the view."""
        self._soon.stop()
        self.person.show_person(contact_id)
        self.side.setCurrentWidget(self.person)
        self.views.mark(contact_id)
        self._arrange()

    def enter_person(self, contact_id: str) -> None:
        """Shows somebody and goes in: what is most often filled in first."""
        self.show_person(contact_id)
        self.person.focus_field("name")

    def _show_later(self, contact_id: str) -> None:
        self._waiting = contact_id
        self._soon.start()

    def _show_waiting(self) -> None:
        if not self._narrow:
            self.show_person(self._waiting)

    def _choose_superior(self, contact_id: str) -> None:
        self.show_person(contact_id)
        self.person.focus_field("reports_to_id")

    def close_person(self) -> None:
        """Back to what is said of the house."""
        self._leave_person()
        self._arrange()
        self.views.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)

    def _rate_house(self) -> None:
        self.close_person()
        self.house.begin()

    def _leave_person(self) -> None:
        self._soon.stop()
        if self._person is not None:
            self._person.forget()
        self.side.setCurrentWidget(self.house)

    def _trash(self, contact_id: str) -> None:
        said = self.context.words("card.trashed", name=self.desk.name(contact_id))
        if self.context.run(TrashRecords("contact", (contact_id,)), undoable=said) is not None:
            self.close_person()

    # what is done

    def begin_adding(self) -> None:
        """Asks for a name."""
        self.new.show()
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> dict[str, str]:
        return {"name": self.new.text(), "customer_id": self.desk.customer_id}

    def _open_alike(self, contact_id: str) -> None:
        self.new.clear()
        self.new.hide()
        self.context.open("contact", contact_id)

    def _add(self) -> None:
        name = self.new.text().strip()
        if not name:
            self.new.hide()
            return
        operation = AddRecord("contact", {"name": name, "customer_id": self.desk.customer_id})
        said = self.context.words("people.added", name=name)
        if self.context.run(operation, undoable=said) is not None:
            self.new.clear()
            self.new.hide()
            self.search.clear_now()
            self.show_person(operation.row_id)
            self.person.focus_field("title")

    def print_chart(self) -> None:
        """The organisation chart on paper."""
        self.flush()
        self.context.open("paper", f"organisation:{self.desk.customer_id}")

    def print_sheet(self) -> None:
        """The table of people on paper."""
        self.flush()
        self.context.open("paper", f"people:{self.desk.customer_id}")

    def leave(self) -> None:
        """Back to the card."""
        self.flush()
        self.closed.emit()

    def flush(self) -> None:
        """Saves what is being typed anywhere on the page."""
        if not self.desk.there:
            return
        self.house.flush()
        if self._person is not None:
            self._person.flush()
        self.views.flush()

    def commands(self) -> list[Command]:
        """What the palette offers while the page is in front."""
        words = self.context.words
        return [
            Command(words("card.add_contact"), "person", self.begin_adding),
            Command(words("people.print_chart"), "print", self.print_chart),
            Command(words("people.print_sheet"), "document", self.print_sheet),
            Command(words("people.back"), "back", self.leave),
        ]

    # room

    def _arrange(self) -> None:
        """The panel beside the view, or over it where there is no room for both."""
        person = bool(self.shown_person)
        told = (LIST, MATRIX) if self.desk.there and self.desk.people.rows else (MATRIX,)
        house = self.view.key in told and not self._narrow
        self.side.setVisible(person or house)
        self.views.setVisible(not (person and self._narrow))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.context.look.theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.new.isVisible():
            self.new.clear()
            self.new.hide()
            self.views.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_Escape and self.shown_person:
            self.close_person()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key == Qt.Key.Key_F2 and self.shown_person:
            self.person.focus_field("name")
        elif event.matches(QKeySequence.StandardKey.Find) and self.view.key == LIST:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        else:
            super().keyPressEvent(event)
