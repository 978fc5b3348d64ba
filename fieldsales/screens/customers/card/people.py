"""People of the customer: who they are, what they do in buying, when they were met (M15, M16)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES, BuyingRole, Contact
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.birthdays import birthday_told
from fieldsales.screens.customers.card.finders import deals_finder, people_finder
from fieldsales.screens.customers.card.keeping import drafter, saver
from fieldsales.screens.customers.card.records import RecordEditor, RecordSection, values_of
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.store import drafts
from fieldsales.store.queries.card import Person
from fieldsales.widgets.chips import ChipFace, standing_chip
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import LineFace
from fieldsales.widgets.menus import chosen
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import PushButton, column, hairline, label, row, tool_button
from fieldsales.words import Words

_ROLE_GROUPS = (
    Group("", ("role", "deal_id", "attitude", "influence", "confirmed", "evidence"), ("attitude",)),
)


def role_chip(words: Words, role: BuyingRole) -> ChipFace:
    """A role with the person's attitude."""
    part = words.choice("buying_role", role.role)
    return standing_chip(words, part, role.attitude, sure=bool(role.confirmed))


def role_told(words: Words, role: BuyingRole) -> str:
    """All that is known of a role, for a tooltip."""
    parts = [words.choice("buying_role", role.role)]
    if role.influence is not None:
        parts.append(words("card.influence", n=role.influence))
    if role.attitude is not None:
        parts.append(words(f"scale.attitude.{role.attitude + 2}"))
    parts.append(words("card.confirmed" if role.confirmed else "card.only_assumed"))
    told = " · ".join(parts)
    return f"{told}\n{role.evidence}" if role.evidence else told


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
        Group("", ("preferences", "note")),
    )

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
            self.editor.flush_roles()

    def close_editor(self) -> None:
        if isinstance(self.editor, PersonEditor):
            self.editor.flush_roles()
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
            parts.append(words("card.birthday", day=birthday_told(words, contact)))
        told = [role_told(words, role) for role in item.roles]
        number = contact.mobile or contact.phone
        return LineFace(
            key=contact.id,
            title=contact.name,
            bold=True,
            subtitle=" · ".join(filter(None, parts)) or words("card.nothing_yet"),
            chips=tuple(role_chip(words, role) for role in item.roles),
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
        self.editor.add_role.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.add_role.showMenu()


class PersonEditor(RecordEditor):
    """The form of a person and, below it, one small form for each buying role."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        look, words = self._context.look, self._context.words
        self._customer_id = ""
        self._forms: dict[str, RoleForm] = {}
        self._roles: QVBoxLayout = column(look, gap=12)
        self.add_role = PushButton(words("card.add_role"))
        self.add_role.setProperty("role", "link")
        self.add_role.setIcon(look.icons("add", "accent"))
        self.add_role.setIconSize(QSize(look.theme.px(20), look.theme.px(16)))
        self._menu = QMenu(self.add_role)
        for code in (*BUYING_ROLES, *SIDE_ROLES):
            action = self._menu.addAction(words.choice("buying_role", code))
            action.setData(code)
            action.triggered.connect(self._add_role)
        self.add_role.setMenu(self._menu)
        heading = row(
            look, label(look, words("card.roles"), bold=True), hairline(look), self.add_role
        )
        heading.setStretch(1, 1)
        self.extra.addLayout(heading)
        self.extra.addLayout(self._roles)

    def show_roles(self, customer_id: str, person: Person) -> None:
        """Forms for exactly these roles; those that stay keep what is typed in them."""
        self._customer_id = customer_id
        wanted = {role.id: role for role in person.roles}
        for row_id in [known for known in self._forms if known not in wanted]:
            gone = self._forms.pop(row_id)
            self._roles.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for row_id, role in wanted.items():
            if row_id in self._forms:
                self._forms[row_id].form.refresh(values_of(role))
            else:
                self._forms[row_id] = made = RoleForm(self._context, customer_id, role)
                self._roles.addWidget(made)

    def flush_roles(self) -> None:
        for form in self._forms.values():
            form.form.flush()

    def _add_role(self) -> None:
        values = {
            "customer_id": self._customer_id,
            "contact_id": self.row_id,
            "role": chosen(self.sender()),
        }
        self._context.run(AddRecord("buying_role", values))


class RoleForm(QWidget):
    """One role: influence, attitude, whether it is known or assumed, and from what."""

    def __init__(self, context: Context, customer_id: str, role: BuyingRole) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._role_id = role.id
        self._customer_id = customer_id
        self.form = Form(
            look,
            "buying_role",
            _ROLE_GROUPS,
            saver(context, "buying_role", self._id),
            drafter(context, "buying_role", self._id),
            finders={"deal_id": deals_finder(context, self._customer)},
        )
        self.form.load(values_of(role), drafts.of(context.store, "buying_role", role.id))
        remove = tool_button(look, "close", words("card.remove_role"), self._remove)
        layout = row(look, self.form, remove, gap=4)
        layout.setStretch(0, 1)
        layout.setAlignment(remove, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    def _id(self) -> str:
        return self._role_id

    def _customer(self) -> str:
        return self._customer_id

    def _remove(self) -> None:
        said = self._context.words("card.role_removed")
        self._context.run(TrashRecords("buying_role", (self._role_id,)), undoable=said)
