"""The buying roles of somebody (M16, M17), at the customer and in each deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt

from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES, BuyingRole
from fieldsales.domain.deal import Deal
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import deals_finder
from fieldsales.screens.keeping import drafter, saver
from fieldsales.services.operations.records import AddRecord, TrashRecords
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace, standing_chip
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.menus import chosen, give_menu
from fieldsales.widgets.pieces import button, column, label
from fieldsales.widgets.record_forms import RecordForms
from fieldsales.words import Words

_GROUPS = (
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


class RolesSection(Section):
    """One small form for each role, and a way to add one; `hint` is said while there is none."""

    def __init__(self, context: Context, hint: str = "") -> None:
        look, words = context.look, context.words
        super().__init__(look, words("card.roles"), gap=12)
        self._context = context
        self._customer_id = self._contact_id = ""
        self.roles = RecordForms(look, self._form, self._drafts, words("card.remove_role"))
        self.roles.removed.connect(self._remove)
        self._hint = label(look, hint, tone="muted", wrap=True)
        self.add_role = button(look, words("card.add_role"), icon="add", role="link")
        entries = [
            (words.choice("buying_role", code), self._add, code)
            for code in (*BUYING_ROLES, *SIDE_ROLES)
        ]
        give_menu(self.add_role, entries)
        self.add_to_head(self.add_role)
        self.body.addWidget(self._hint)
        self.body.addWidget(self.roles)

    def show_roles(self, customer_id: str, contact_id: str, roles: Sequence[BuyingRole]) -> None:
        """Forms for exactly these; those that stay keep what is typed in them."""
        self._customer_id, self._contact_id = customer_id, contact_id
        self._show_forms(roles)
        self._hint.setVisible(not roles and bool(self._hint.text()))

    def _show_forms(self, roles: Sequence[BuyingRole]) -> None:
        self.roles.show_records(roles)

    def flush(self) -> None:
        self.roles.flush()

    def ask(self) -> None:
        """Which role?"""
        self.add_role.setFocus(Qt.FocusReason.OtherFocusReason)
        self.add_role.showMenu()

    def _form(self, role_id: str) -> Form:
        context = self._context
        return Form(
            context.look,
            "buying_role",
            _GROUPS,
            saver(context, "buying_role", lambda: role_id),
            drafter(context, "buying_role", lambda: role_id),
            finders={"deal_id": deals_finder(context, self._customer)},
        )

    def _drafts(self, role_id: str) -> Mapping[str, str]:
        return self._context.drafts("buying_role", role_id)

    def _customer(self) -> str:
        return self._customer_id

    def _remove(self, role_id: str) -> None:
        said = self._context.words("card.role_removed")
        self._context.run(TrashRecords("buying_role", (role_id,)), undoable=said)

    def _add(self) -> None:
        values = {
            "customer_id": self._customer_id,
            "contact_id": self._contact_id,
            "role": chosen(self.sender()),
        }
        operation = AddRecord("buying_role", values)
        self.made(operation.row_id)
        self._context.run(operation)

    def made(self, role_id: str) -> None:
        """A role is about to be added."""


class FoldedRoles(RolesSection):
    """Lines to read; pressing one opens its form below them."""

    def __init__(self, context: Context, hint: str = "") -> None:
        super().__init__(context, hint)
        self.lines: list[Line] = []
        self._known: Sequence[BuyingRole] = ()
        self._open = ""
        self._list = column(context.look, gap=0)
        self.body.insertLayout(1, self._list)

    def load(self) -> None:
        """Stand for somebody else, nothing opened."""
        self._open = ""

    def made(self, role_id: str) -> None:
        self._open = role_id

    def _show_forms(self, roles: Sequence[BuyingRole]) -> None:
        self._known = roles
        while len(self.lines) < len(roles):
            line = Line(self._context.look)
            line.clicked.connect(self._pressed)
            self.lines.append(line)
            self._list.addWidget(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(roles))
            if at < len(roles):
                line.show_face(self._face(roles[at]), opened=roles[at].id == self._open)
        super()._show_forms([role for role in roles if role.id == self._open])

    def _face(self, role: BuyingRole) -> LineFace:
        words = self._context.words
        deal = self._context.store.record(Deal, role.deal_id)
        told = [words("card.influence", n=role.influence)] if role.influence is not None else []
        told.append(words("card.confirmed" if role.confirmed else "card.only_assumed"))
        if deal is not None:
            told.append(deal.title)
        if role.evidence:
            told.append(role.evidence)
        title = words.choice("buying_role", role.role)
        attitude = ""
        if role.attitude is not None:
            attitude = words(f"scale.attitude.{role.attitude + 2}")
        chip = replace(role_chip(words, role), text=attitude or words("group.attitude.unknown"))
        return LineFace(
            role.id, title, " · ".join(told), chips=(chip,), tooltip=role_told(words, role)
        )

    def _pressed(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        role_id = line.face.key
        self.flush()
        self._open = "" if role_id == self._open else role_id
        self._show_forms(self._known)
        if self._open:
            self.roles.forms[self._open].focus("role")
