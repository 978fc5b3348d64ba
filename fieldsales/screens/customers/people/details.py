"""Who somebody is: name, place in the house, numbers, birthday, what they like; edited in place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from fieldsales.domain.contact import Contact
from fieldsales.domain.fields import Field, fields, values_of
from fieldsales.errors import FieldError, UserError
from fieldsales.screens.alike import AlikeLines, typed_in
from fieldsales.screens.customers.birthdays import (
    BIRTHDAY,
    BirthdayEditor,
    CalendarEditor,
    show_leap,
    tell_calendar,
)
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.finders import people_finder
from fieldsales.screens.keeping import drafter
from fieldsales.services.birthdays import coming_told
from fieldsales.services.operations.people import MoveInChart
from fieldsales.services.operations.records import EditRecord
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, label

_GROUPS = (
    Group("", ("name", "title", "department", "level", "reports_to_id", "gender")),
    Group("people.reaching", ("mobile", "phone", "email", "messenger", "address"), ("address",)),
    Group(
        "people.personal",
        ("birthday", "birthday_calendar", "birthday_leap", "note"),
        ("birthday_leap",),
    ),
)
_TITLE = fields(Contact)["title"].max_length
_POST = (Group("", ("name", "department", "level", "reports_to_id")),)


class PersonForm(QWidget):
    """All fields of a person, or the few of a vacant post; what the birthday means below them."""

    def __init__(self, desk: PeopleDesk, *, vacant: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self._contact_id = ""
        self.form = Form(
            desk.look,
            "contact",
            _POST if vacant else _GROUPS,
            self._commit,
            drafter(desk.context, "contact", self._id),
            finders={"reports_to_id": people_finder(desk.context, self._customer)},
            editors={
                "birthday": self._birthday_editor,
                "birthday_calendar": CalendarEditor,
            },
        )
        if vacant and (called := self.form.cells["name"].label) is not None:
            called.setText(desk.words("people.post"))
        self._vacant = vacant
        self.coming = label(desk.look, size="caption", tone="muted", wrap=True)
        self.alike = AlikeLines(desk.context, "contact", self._typed)
        self.alike.watch(self.form)
        self.alike.wanted.connect(self._open_alike)
        self.setLayout(column(desk.look, self.form, self.coming, gap=8))

    def _birthday_editor(self, look: Look, field: Field) -> BirthdayEditor:
        editor = BirthdayEditor(look, field)
        editor.edited.connect(self._calendar_told)
        return editor

    def _typed(self) -> dict[str, str]:
        return {**typed_in(self.form), "customer_id": self._desk.customer_id}

    def _open_alike(self, contact_id: str) -> None:
        self._desk.context.open("contact", contact_id)

    def _id(self) -> str:
        return self._contact_id

    def _customer(self) -> str:
        return self._desk.customer_id

    def _commit(self, values: Mapping[str, object]) -> None:
        """Who they report to is a move in the chart, as by dragging."""
        run, rest = self._desk.context.workspace.run, dict(values)
        if "reports_to_id" in rest:
            above = rest.pop("reports_to_id")
            try:
                run(MoveInChart(self._contact_id, str(above) if above else None))
            except FieldError:
                raise
            except UserError as trouble:
                raise FieldError(trouble.code, "reports_to_id", **trouble.params) from trouble
        if rest.get("birthday_calendar") == "solar":
            rest["birthday_leap"] = 0
        if self._vacant and "name" in rest:
            rest["title"] = str(rest["name"])[:_TITLE]  # what a post is called is its title
        if rest:
            run(EditRecord("contact", self._contact_id, rest))

    def _calendar_told(self) -> None:
        tell_calendar(self.form, BIRTHDAY)

    def load(self, contact: Contact) -> None:
        """Stand for somebody else."""
        self._contact_id = contact.id
        kept = self._desk.context.drafts("contact", contact.id)
        self.form.load(values_of(contact), kept)
        if not self._vacant:
            self.alike.load(contact.id)
        self._tell(contact)

    def show_person(self, contact: Contact) -> None:
        """Shows what changed; what is being typed stays."""
        self.form.refresh(values_of(contact))
        self._tell(contact)

    def _tell(self, contact: Contact) -> None:
        said = coming_told(self._desk.words, contact, self._desk.today)
        self.coming.setText(said)
        self.coming.setVisible(bool(said) and "birthday" in self.form.cells)
        self._show_leap()

    def _show_leap(self) -> None:
        if "birthday_leap" in self.form.cells:
            show_leap(self.form, BIRTHDAY)
