"""People of the customer: who they are, what they do in buying, when they were met (M15, M16)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import Contact
from fieldsales.screens.alike import AlikeLines, typed_in
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.records import RecordEditor, RecordSection
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.customers.roles import RolesSection, role_chip, role_told
from fieldsales.screens.finders import people_finder
from fieldsales.services.birthdays import birthday_kept
from fieldsales.store.queries.card import Person
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import Group
from fieldsales.widgets.lines import LineFace
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button


class PeopleSection(RecordSection[Person]):
    """Lines of people; a form with the roles below it when one is opened."""

    noun = "contact"
    keeps_adding = False
    all_key = "card.show_all_people"
    groups = (
        Group("", ("name", "title", "department", "level", "mobile", "phone")),
        Group(
            "", ("email", "messenger", "birthday", "birthday_calendar", "gender", "reports_to_id")
        ),
        Group("", ("note",)),
    )

    all_wanted = Signal()  # the page of all people, with the chart

    def __init__(self, context: Context, known: PeopleDesk) -> None:
        super().__init__(context)
        self._known = known
        words = context.words
        self.every = button(context.look, words("people.all"), self.all_wanted.emit, role="link")
        self.add_to_head(self.every)

    def record(self, item: Person) -> Contact:
        return item.contact

    def values(self, text: str) -> dict[str, object]:
        return {"name": text}

    def finders(self) -> Mapping[str, Finder]:
        return {"reports_to_id": people_finder(self.context, self._customer)}

    def _customer(self) -> str:
        return self.customer_id

    def build_editor(self) -> RecordEditor:
        return PersonEditor(self.context, self.noun, self.groups, self.finders(), self.editors())

    def refresh_editor(self, item: Person) -> None:
        super().refresh_editor(item)
        assert isinstance(self.editor, PersonEditor)
        self.editor.show_roles(self.customer_id, item)

    def flush(self) -> None:
        super().flush()
        if isinstance(self.editor, PersonEditor):
            self.editor.roles.flush()

    def close_editor(self) -> None:
        if isinstance(self.editor, PersonEditor):
            self.editor.roles.flush()
        super().close_editor()

    def face(self, item: Person) -> LineFace:
        words, contact = self.context.words, item.contact
        parts = [contact.title, contact.department, words.choice("level", contact.level)]
        strongest = max((role.influence or 0 for role in item.roles), default=0)
        if strongest:
            parts.append(words("card.influence", n=strongest))
        if item.last_met:
            today = self.context.look.clock.today()
            day = words.days_from(local_day(item.last_met), today)
            parts.append(words("card.met", day=day))
        if contact.birthday:
            day = birthday_kept(words, contact, self.context.look.clock.today())
            parts.append(words("card.birthday", day=day))
        told = [role_told(words, role) for role in item.roles]
        thinks = self._known.letters(self._known.row(contact.id))
        told += [chip.tooltip for chip in thinks[:1]]
        number = contact.mobile or contact.phone
        return LineFace(
            key=contact.id,
            title=contact.name,
            bold=True,
            subtitle=" · ".join(filter(None, parts)) or words("card.nothing_yet"),
            chips=(*thinks, *(role_chip(words, role) for role in item.roles)),
            link=number,
            link_tip=words("card.copy_number"),
            tooltip="\n".join(told),
        )

    def link_pressed(self, item: Person) -> None:
        number = item.contact.mobile or item.contact.phone
        QGuiApplication.clipboard().setText(number)
        said = self.context.words("card.copied", text=number)
        self.context.say(Message(said, "success", key="copied"))

    def add_decision_maker(self) -> None:
        """Somebody decides here: ask who, or which of those known."""
        if not self.items:
            self.begin_adding()
            return
        self.open_record(self.items[0].contact.id)
        assert isinstance(self.editor, PersonEditor)
        self.editor.roles.ask()


class PersonEditor(RecordEditor):
    """The form of a person and, below it, one small form for each buying role."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.alike = AlikeLines(self._context, "contact", self._typed)
        self.alike.watch(self.form)
        self.alike.wanted.connect(self._open_alike)
        self.roles = RolesSection(self._context)
        self.extra.addWidget(self.roles)
        self._whose = ("", "")  # customer and person

    def show_roles(self, customer_id: str, person: Person) -> None:
        """Forms for exactly these roles; those that stay keep what is typed in them."""
        self.roles.show_roles(customer_id, person.contact.id, person.roles)
        if (customer_id, person.contact.id) != self._whose:
            self._whose = customer_id, person.contact.id
            self.alike.load(person.contact.id)

    def _typed(self) -> dict[str, str]:
        return {**typed_in(self.form), "customer_id": self._whose[0]}

    def _open_alike(self, contact_id: str) -> None:
        self._context.open("contact", contact_id)
