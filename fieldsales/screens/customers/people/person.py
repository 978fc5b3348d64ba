"""One person, read first and edited in place: who, what they want, how they think and negotiate."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.need import PERSONAL_NEEDS
from fieldsales.methods.business_card.picture import card_code
from fieldsales.screens.changes import changes
from fieldsales.screens.customers.care import PreferencesSection, SpecialDaysSection
from fieldsales.screens.customers.erasing import EraseWindow
from fieldsales.screens.customers.people.chart import leave_post
from fieldsales.screens.customers.people.desk import CELL_TONES, PeopleDesk
from fieldsales.screens.customers.people.details import PersonForm
from fieldsales.screens.customers.people.greeting import GreetingSection
from fieldsales.screens.customers.people.negotiating import NegotiatingSection
from fieldsales.screens.customers.people.ratings import RatingsSection
from fieldsales.screens.customers.people.thinking import ThinkingSection
from fieldsales.screens.customers.people.vacant import VacantPanel
from fieldsales.screens.customers.roles import FoldedRoles, role_chip
from fieldsales.screens.kept_files import FilesOf
from fieldsales.services.birthdays import birthday_told, coming_told
from fieldsales.services.operations.records import RestoreRecords, TrashRecords
from fieldsales.store.queries.people import PersonRow
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.menus import passing_menu
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import ElidedLabel, column, label, row, tool_button
from fieldsales.widgets.tall_timeline import TallTimeline

_CODE = 200  # px at 100 % of a business card's code


class PersonPanel(QStackedWidget):
    """Stands for one contact at a time; says so calmly where they are gone or elsewhere."""

    closed = Signal()

    def __init__(self, desk: PeopleDesk) -> None:
        super().__init__()
        self._desk = desk
        self.contact_id = ""
        self._vacant = False  # whether it is a post that nobody holds
        look, words = desk.look, desk.words
        self.name = ElidedLabel(look, size="section", bold=True)
        self.told = label(look, tone="muted", wrap=True)
        self.chips = ChipLine(look)
        self.facts = FactLine(look)
        self.facts.clicked.connect(self._fact_pressed)
        self._more = tool_button(look, "more", words("card.more"), self._open_menu)
        close = tool_button(look, "close", words("widgets.close_esc"), self.closed.emit)
        head = row(look, self.name, self._more, close, gap=4)
        head.setStretch(0, 1)
        self.form = PersonForm(desk)
        self.vacant = VacantPanel(desk)
        self.roles = FoldedRoles(desk.context, words("people.no_role"))
        self.needs = RatingsSection(desk, words("people.own_needs"), PERSONAL_NEEDS)
        self.care = PreferencesSection(desk.context)
        self.days = SpecialDaysSection(desk.context)
        self.greeting = GreetingSection(desk)
        self.negotiating = NegotiatingSection(desk)
        self.thinking = ThinkingSection(desk)
        self.code = Section(look, words("people.card_code"))
        self.code_picture = PictureBlock(look)
        self.code.body.addWidget(self.code_picture)
        self.card = CardScroll(look, margin=16, gap=16)
        self.files = FilesOf(desk.context, "contact", self.card)
        self.history = Section(look, words("card.history"))
        self.changes = TallTimeline(look)
        self.changes.setAccessibleName(words("card.history"))
        self.history.body.addWidget(self.changes)
        self._of_person = (
            *(self.form, self.roles, self.thinking),
            *(self.care, self.days, self.greeting, self.needs, self.negotiating, self.files),
        )
        self.card.body.addLayout(column(look, head, self.told, self.chips, self.facts, gap=6))
        for part in (
            self.code,
            self.vacant,
            self.roles,
            self.thinking,
            self.form,
            self.care,
            self.days,
            self.greeting,
            self.needs,
            self.negotiating,
            self.files,
            self.history,
        ):
            self.card.body.addWidget(part)
        self.card.body.addStretch(1)
        self.addWidget(self.card)
        self._elsewhere: QWidget | None = None

    # showing

    def show_person(self, contact_id: str) -> None:
        """Shows somebody; what is being typed of the one before is saved."""
        if contact_id != self.contact_id:
            self.flush()
            self.contact_id = contact_id
            found = self._desk.row(contact_id)
            if found is not None:
                self._load(found)
            self.card.verticalScrollBar().setValue(0)
        self.refresh()

    def _load(self, found: PersonRow) -> None:
        contact = found.contact
        self.code.hide()
        self.history.hide()
        self._vacant = bool(contact.vacant)
        if contact.vacant:
            self.vacant.load(contact)
            return
        self.form.load(contact)
        self.roles.load()
        customer_id = self._desk.customer_id
        kept = self._desk.context.drafts("customer", customer_id)
        for section in (self.care, self.days):
            section.contact_id = contact.id
            section.load(customer_id, kept)
        self.greeting.load()
        self.needs.load(contact.id)
        self.negotiating.load(contact)

    def refresh(self) -> None:
        """Shows what the desk has read; what is being typed stays."""
        if not self.contact_id:
            return
        found = self._desk.row(self.contact_id)
        if found is None:
            self._show_elsewhere()
            return
        if self.currentWidget() is not self.card or bool(found.contact.vacant) != self._vacant:
            self._load(found)  # came back, or somebody holds the post now
        self._show(found)
        self.setCurrentWidget(self.card)

    def _show(self, found: PersonRow) -> None:
        desk, contact = self._desk, found.contact
        self.name.set_text(contact.name)
        said = desk.told(contact)
        self.told.setText(said)
        self.told.setVisible(bool(said))
        vacant = self._vacant
        self.vacant.setVisible(vacant)
        for part in self._of_person:
            part.setVisible(not vacant)
        self.chips.setVisible(not vacant)
        self.facts.setVisible(not vacant)
        if vacant:
            self.vacant.show_post(contact)
        else:
            self._show_chips(found)
            self._show_facts(found)
            self.form.show_person(contact)
            self.roles.show_roles(desk.customer_id, contact.id, found.roles)
            self.thinking.show_person(found)
            hint = "" if found.ratings else desk.words("people.needs_hint")
            self.needs.show_ratings(found.ratings, hint=hint)
            self.care.show_for(desk.customer_id, {})
            self.days.show_for(desk.customer_id, {})
            self.greeting.show_person(found)
            self.negotiating.show_person(contact)
            self.files.show_for(contact.id, desk.customer_id)
        if self.code.isVisibleTo(self):
            self._draw_code(contact)
        if self.history.isVisibleTo(self):
            self.show_history()

    def _show_chips(self, found: PersonRow) -> None:
        desk, words = self._desk, self._desk.words
        chips = [role_chip(words, role) for role in found.roles]
        cell = desk.people.standing_of(found).cell
        if cell:
            chips.append(ChipFace(words(f"matrix.cell.{cell}"), CELL_TONES[cell]))
        chips = [*desk.letters(found), *chips]
        self.chips.show_chips([("", chip) for chip in chips])
        self.chips.setVisible(bool(chips))

    def _show_facts(self, found: PersonRow) -> None:
        desk, words, contact = self._desk, self._desk.words, found.contact
        number = contact.mobile or contact.phone
        called = "phone" if contact.phone and not contact.mobile else "mobile"
        met = desk.met(found)
        facts = [
            ("", FactFace(words("card.last_met"), met or words("people.never_met"))),
            (
                "mobile",
                FactFace(
                    words(f"field.contact.{called}"),
                    number,
                    invite=words("people.add_number"),
                    tooltip=words("card.copy_number") if number else "",
                ),
            ),
            (
                "birthday",
                FactFace(
                    words("field.contact.birthday"),
                    birthday_told(words, contact),
                    invite=words("people.add_birthday"),
                    tooltip=coming_told(words, contact, desk.today),
                ),
            ),
        ]
        self.facts.show_facts(facts)

    def _show_elsewhere(self) -> None:
        """They were trashed, erased, or went to another customer."""
        desk, words = self._desk, self._desk.words
        record = desk.context.store.record(Contact, self.contact_id)
        text, action, act = words("people.gone"), "", None
        if record is not None and record.trashed_at:
            text, action = words("people.trashed", name=record.name), words("common.restore")
            act = self._restore
        elif record is not None:
            customer = desk.context.store.record(Customer, record.customer_id)
            if customer is not None and not customer.trashed_at:
                text = words("people.elsewhere", name=record.name, customer=customer.name)
                action, act = words("people.go_there"), self._go_there
        if self._elsewhere is not None:
            self.removeWidget(self._elsewhere)
            self._elsewhere.deleteLater()
        self._elsewhere = EmptyState(
            desk.look,
            text,
            icon="person",
            action=action or words("common.close"),
            act=act or self.closed.emit,
            second=words("common.close") if action else "",
            act_second=self.closed.emit,
        )
        self.addWidget(self._elsewhere)
        self.setCurrentWidget(self._elsewhere)

    def _restore(self) -> None:
        self._desk.context.run(RestoreRecords("contact", (self.contact_id,)))

    def _go_there(self) -> None:
        self._desk.context.open("contact", self.contact_id)

    def flush(self) -> None:
        """Saves what is being typed."""
        if not self.contact_id or self._desk.row(self.contact_id) is None:
            return
        if self._vacant:
            self.vacant.flush()
            return
        self.form.form.flush()
        for part in (self.roles, self.care, self.days, self.needs, self.negotiating):
            part.flush()

    def forget(self) -> None:
        """Stands for nobody any more."""
        self.flush()
        self.contact_id = ""

    # what is done

    def focus_field(self, name: str) -> None:
        """Puts the cursor into a field, and the field into view."""
        form = self.vacant.form.form if self._vacant else self.form.form
        if name in form.cells:
            form.focus(name)
            QTimer.singleShot(0, form.cells[name], partial(self._bring, form.cells[name]))

    def _bring(self, part: QWidget) -> None:
        self.card.ensureWidgetVisible(part, 0, self._desk.look.theme.px(48))

    def _fact_pressed(self, key: str) -> None:
        found = self._desk.row(self.contact_id)
        if found is None:
            return
        number = found.contact.mobile or found.contact.phone
        if key == "mobile" and number:
            QGuiApplication.clipboard().setText(number)
            said = self._desk.words("card.copied", text=number)
            self._desk.context.say(Message(said, "success", key="copied"))
        else:
            self.focus_field(key)

    def _open_menu(self) -> None:
        words = self._desk.words
        found = self._desk.row(self.contact_id)
        if found is None:
            return
        entries = [
            (words("people.show_code"), self.show_code),
            (words("people.print_profile"), self._print_profile),
            (words("card.history"), self.show_history),
            None,
            (words("people.left_post"), self._leave_post),
            (words("card.trash"), self.trash),
            (words("people.erase"), self.erase),
        ]
        if found.contact.vacant:
            entries = [
                (words("card.history"), self.show_history),
                (words("card.trash"), self.trash),
            ]
        passing_menu(self, entries).popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def show_code(self) -> None:
        """The business card for a phone to scan."""
        found = self._desk.row(self.contact_id)
        if found is not None:
            self.code.show()
            self._draw_code(found.contact)
            QTimer.singleShot(0, self.code, partial(self._bring, self.code))

    def _draw_code(self, contact: Contact) -> None:
        customer, words = self._desk.customer, self._desk.words
        company, address = customer.name, customer.address
        alt = words("people.code_of", name=contact.name)
        self.code_picture.show_picture(
            words("people.scan"),
            lambda _width: card_code(contact, _CODE, company=company, address=address, alt=alt),
        )

    def show_history(self) -> None:
        """What was changed in this record, newest first."""
        self.history.show()
        self.changes.set_entries(changes(self._desk.context, self.contact_id, "contact"))

    def _print_profile(self) -> None:
        self.flush()
        self._desk.context.open("paper", f"profile:{self.contact_id}")

    def _leave_post(self) -> None:
        self.flush()
        leave_post(self._desk, self.contact_id)

    def trash(self) -> None:
        """Into the trash, with an undo."""
        self.flush()
        said = self._desk.words("card.trashed", name=self._desk.name(self.contact_id))
        self._desk.context.run(TrashRecords("contact", (self.contact_id,)), undoable=said)

    def erase(self) -> None:
        """Asks in a window of its own: it cannot be undone."""
        found = self._desk.row(self.contact_id)
        if found is not None:
            self.flush()
            EraseWindow(self._desk.context, found.contact, self.window()).open()
