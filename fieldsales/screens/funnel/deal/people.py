"""People at the customer in this deal: role, influence, attitude, assumed or confirmed (M16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from fieldsales.domain.buying_group import roles_in
from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES, BuyingRole
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.deal.lists import AddingSection, Editing, link
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.store.queries.card import Person
from fieldsales.widgets.chips import ChipFace, standing_chip
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import LineFace
from fieldsales.widgets.menus import chosen, give_menu
from fieldsales.widgets.pieces import button, label
from fieldsales.widgets.record_forms import RecordForms
from fieldsales.words import Words

_ROLE_GROUPS = (
    Group("", ("role", "confirmed", "attitude", "influence", "evidence"), ("attitude", "evidence")),
)


class PeopleSection(AddingSection[Person]):
    """Those with a role first; the roles of one are edited below its line."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(
            desk,
            "contact",
            words("deal_page.people"),
            words("card.add_contact"),
            words("card.new_contact"),
        )
        self._roles: RolesEditing | None = None

    def show_people(self, people: Sequence[Person]) -> None:
        strongest = {person.contact.id: self._weight(person) for person in people}
        ordered = sorted(people, key=lambda person: -strongest[person.contact.id])
        self.set_count(len(people))
        self.show_items(ordered)

    def _weight(self, person: Person) -> int:
        roles = self.roles_of(person)
        return max((1 + (role.influence or 0) for role in roles), default=0)

    def roles_of(self, person: Person) -> list[BuyingRole]:
        """The roles that hold in this deal."""
        return roles_in(self.desk.deal_id, person.roles)

    def key(self, item: Person) -> str:
        return item.contact.id

    def face(self, item: Person) -> LineFace:
        desk, words, contact = self.desk, self.desk.words, item.contact
        roles = self.roles_of(item)
        influence = max((role.influence or 0 for role in roles), default=0)
        told = [contact.title, contact.department]
        if influence:
            told.append(words("card.influence", n=influence))
        if item.last_met:
            told.append(words("card.met", day=desk.day(local_day(item.last_met))))
        thinks = desk.letters(contact.id)
        evidence = [role.evidence for role in roles if role.evidence]
        told += evidence[:1]
        return LineFace(
            key=contact.id,
            title=contact.name,
            bold=True,
            subtitle=" · ".join(filter(None, told)) or words("deal_page.no_role"),
            chips=(*thinks, *(role_chip(words, role) for role in roles)),
            tooltip="\n".join([*(chip.tooltip for chip in thinks[:1]), *evidence]),
        )

    def pressed(self, item: Person) -> None:
        if self.open_key == item.contact.id:
            self.close_editing()
        else:
            self.open_person(item.contact.id)

    def open_person(self, contact_id: str) -> bool:
        """Open the roles of somebody; False if it is nobody of this customer."""
        if self.item_of(contact_id) is None:
            return False
        if self._roles is None:
            self._roles = RolesEditing(self.desk)
        self.close_editing()
        self._roles.load(contact_id)
        self.open_editing(contact_id, self._roles)
        self._roles.start()
        return True

    def show_editing(self, item: Person) -> None:
        assert self._roles is not None
        self._roles.show_roles(self.roles_of(item))

    def add(self, text: str) -> str:
        operation = AddRecord("contact", {"customer_id": self.desk.customer.id, "name": text})
        return operation.row_id if self.desk.run(operation) else ""

    def added(self, row_id: str) -> None:
        self.add_line.hide()
        self.open_person(row_id)


class RolesEditing(Editing):
    """One small form for each role of a person, and a way to add one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        look, words = desk.look, desk.words
        self._desk = desk
        self._contact_id = ""
        self.roles = RecordForms(
            look, self._role_form, self._role_drafts, words("card.remove_role")
        )
        self.roles.removed.connect(self._remove_role)
        self._hint = label(
            look, words("deal_page.role_hint"), size="caption", tone="muted", wrap=True
        )
        self.add_role = button(look, words("card.add_role"), icon="add", role="link")
        entries = [
            (words.choice("buying_role", code), self._add_role, code)
            for code in (*BUYING_ROLES, *SIDE_ROLES)
        ]
        give_menu(self.add_role, entries)
        self.inside.addWidget(self.roles)
        self.inside.addWidget(self._hint)
        self.buttons.insertWidget(0, self.add_role)
        self.buttons.insertWidget(
            1, link(desk, words("deal_page.open_person"), self._open_person, "person")
        )

    def load(self, contact_id: str) -> None:
        """Stand for another person; the roles follow."""
        self._contact_id = contact_id
        self.show_roles([])

    def start(self) -> None:
        """Put the cursor where something is asked for."""
        first = next(iter(self.roles.forms.values()), None)
        if first is not None:
            first.focus("role")
        else:
            self.add_role.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_roles(self, roles: Sequence[BuyingRole]) -> None:
        """Forms for exactly these roles; those that stay keep what is typed in them."""
        self.roles.show_records(roles)
        self._hint.setVisible(not roles)

    def _role_form(self, role_id: str) -> Form:
        desk = self._desk
        return Form(
            desk.look,
            "buying_role",
            _ROLE_GROUPS,
            desk.commit("buying_role", lambda: role_id),
            desk.draft("buying_role", lambda: role_id),
        )

    def _role_drafts(self, role_id: str) -> Mapping[str, str]:
        return self._desk.drafts("buying_role", role_id)

    def _remove_role(self, role_id: str) -> None:
        said = self._desk.words("card.role_removed")
        self._desk.run(TrashRecords("buying_role", (role_id,)), said)

    def flush(self) -> None:
        self.roles.flush()

    def _add_role(self) -> None:
        desk = self._desk
        values = {
            "customer_id": desk.customer.id,
            "contact_id": self._contact_id,
            "role": chosen(self.sender()),
        }
        desk.run(AddRecord("buying_role", values))

    def _open_person(self) -> None:
        self._desk.context.open("contact", self._contact_id)


def role_chip(words: Words, role: BuyingRole) -> ChipFace:
    """A role with the person's attitude."""
    part = words.choice("buying_role", role.role)
    return standing_chip(words, part, role.attitude, sure=bool(role.confirmed))
