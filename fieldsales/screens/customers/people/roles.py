"""The buying roles of somebody (M16, M17), at the customer and in each deal."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMenu, QVBoxLayout

from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES, BuyingRole
from fieldsales.screens.customers.card.people import RoleForm
from fieldsales.screens.customers.card.records import values_of
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.services.operations.records import AddRecord
from fieldsales.widgets.card import Section
from fieldsales.widgets.menus import chosen
from fieldsales.widgets.pieces import PushButton, column, label


class RolesSection(Section):
    """One small form for each role, and a way to add one."""

    def __init__(self, desk: PeopleDesk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("card.roles"), gap=12)
        self._desk = desk
        self._contact_id = ""
        self.forms: dict[str, RoleForm] = {}
        self._list: QVBoxLayout = column(look, gap=16)
        self._hint = label(look, words("people.no_role"), tone="muted", wrap=True)
        self.add_role = PushButton(words("card.add_role"))
        self.add_role.setProperty("role", "link")
        self.add_role.setIcon(look.icons("add", "accent"))
        self.add_role.setIconSize(QSize(look.theme.px(20), look.theme.px(16)))
        menu = QMenu(self.add_role)
        for code in (*BUYING_ROLES, *SIDE_ROLES):
            action = menu.addAction(words.choice("buying_role", code))
            action.setData(code)
            action.triggered.connect(self._add)
        self.add_role.setMenu(menu)
        head = self.layout().itemAt(0).layout()
        assert head is not None
        head.addWidget(self.add_role)
        self.body.addWidget(self._hint)
        self.body.addLayout(self._list)

    def load(self, contact_id: str) -> None:
        """Stand for somebody else; the roles follow."""
        self._contact_id = contact_id
        self.show_roles(())

    def show_roles(self, roles: Sequence[BuyingRole]) -> None:
        """Forms for exactly these; those that stay keep what is typed in them."""
        wanted = {role.id: role for role in roles}
        for row_id in [known for known in self.forms if known not in wanted]:
            gone = self.forms.pop(row_id)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for row_id, role in wanted.items():
            if row_id in self.forms:
                self.forms[row_id].form.refresh(values_of(role))
            else:
                made = RoleForm(self._desk.context, self._desk.customer_id, role)
                self.forms[row_id] = made
                self._list.addWidget(made)
        self._hint.setVisible(not roles)
        self.set_count(len(roles))

    def flush(self) -> None:
        for form in self.forms.values():
            form.form.flush()

    def _add(self) -> None:
        desk = self._desk
        values = {
            "customer_id": desk.customer_id,
            "contact_id": self._contact_id,
            "role": chosen(self.sender()),
        }
        desk.context.run(AddRecord("buying_role", values))
