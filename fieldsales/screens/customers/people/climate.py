"""The buying climate (M16): how the four roles are covered, and the map of the buying group."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from fieldsales.domain.buying_climate import Coverage, coverage
from fieldsales.methods.buying_group.picture import Member, finding, group_map
from fieldsales.reports.people_pictures import member
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.services.operations.records import AddRecord
from fieldsales.widgets.card import CardScroll, FactFace, FactLine
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.menus import chosen, passing_menu
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import column, label, row

_MOST = 12  # people offered for a role that nobody is known to hold
_TONES = {"for_us": "good", "against": "bad", "unmet": "warn", "assumed": "warn"}


class ClimateView(QWidget):
    """For the whole customer, or for one of its open deals."""

    person_pressed = Signal(str)

    def __init__(self, desk: PeopleDesk) -> None:
        super().__init__()
        self._desk = desk
        look, words = desk.look, desk.words
        self._gap = ""  # the role that a menu is open for
        self.deal = Combo(look)
        self.deal.setAccessibleName(words("people.climate_of"))
        self.deal.setMinimumContentsLength(12)
        self.deal.activated.connect(self._show)
        self.sentence = label(look, tone="warn", wrap=True)
        self.roles = FactLine(look)
        self.roles.clicked.connect(self._role_pressed)
        self.block = PictureBlock(look)
        self.block.clicked.connect(self.person_pressed)
        self._nobody = EmptyState(
            look,
            words("people.nobody"),
            icon="people",
            hint=words("people.climate_hint"),
            action=words("card.add_contact"),
            act=desk.add_wanted.emit,
            action_icon="add",
        )
        self._scroll = CardScroll(look, margin=24, gap=16)
        of = label(look, words("people.climate_of"), size="caption", tone="muted")
        of.setBuddy(self.deal)
        for part in (row(look, of, self.deal, None, gap=8), self.sentence):
            if isinstance(part, QWidget):
                self._scroll.body.addWidget(part)
            else:
                self._scroll.body.addLayout(part)
        self._scroll.body.addWidget(self.roles)
        self._scroll.body.addWidget(self.block)
        self._scroll.body.addStretch(1)
        self.setLayout(column(look, self._scroll, self._nobody))
        self.setFocusProxy(self.block.picture)

    @property
    def deal_id(self) -> str | None:
        """The deal it is shown for; None for the whole customer."""
        return self.deal.currentData() or None

    def begin(self) -> None:
        """Another customer: all of it."""
        self.deal.setCurrentIndex(0)

    def show_people(self) -> None:
        """Shows what the desk has read."""
        before = self.deal.currentData()
        words = self._desk.words
        self.deal.clear()
        self.deal.addItem(words("people.whole_customer"), "")
        for deal in self._desk.people.deals:
            self.deal.addItem(deal.title, deal.id)
        self.deal.setCurrentIndex(max(0, self.deal.findData(before)))
        self.deal.setEnabled(self.deal.count() > 1)
        self._show()

    def _show(self) -> None:
        desk, words = self._desk, self._desk.words
        rows = desk.people.persons
        self._scroll.setVisible(bool(rows))
        self._nobody.setVisible(not rows)
        if not rows:
            return
        roles = [role for found in rows for role in found.held(self.deal_id)]
        met = {found.contact.id: found.last_met for found in rows}
        covered = coverage(roles, met)
        self.roles.show_facts((one.role, self._fact(one)) for one in covered)
        lacking = [one.role for one in covered if not one.holders]
        self.sentence.setVisible(bool(lacking))
        names = words("pictures.and").join(words.choice("buying_role", role) for role in lacking)
        self.sentence.setText(words("people.not_found", roles=names) if lacking else "")
        members = [
            member(found, desk.profile(found), desk.met(found), desk.today, self.deal_id)
            for found in rows
        ]
        # those without a part crowd the map of many people; in a small circle they belong to it
        known = [one for one in members if one.roles] if len(members) > _MOST else members
        tips = {one.key: self._tip(one) for one in known}
        self.block.show_picture(
            finding(known, words), lambda width: group_map(known, words, width), tips
        )

    def _fact(self, one: Coverage) -> FactFace:
        desk, words = self._desk, self._desk.words
        caption = words.choice("buying_role", one.role)
        if not one.holders:
            return FactFace(caption, invite=words("people.who_is_it"))
        names = [desk.name(role.contact_id) for role in one.holders]
        told = words("pictures.and").join(dict.fromkeys(names))
        state = words(f"people.coverage.{one.state}")
        return FactFace(caption, told, state, _TONES.get(one.state, "ink"), tooltip=told)

    def _tip(self, one: Member) -> str:
        words = self._desk.words
        roles = words("pictures.and").join(words.choice("buying_role", role) for role in one.roles)
        return "\n".join(filter(None, (one.name, roles, one.met)))

    def _role_pressed(self, code: str) -> None:
        """To who holds it; where nobody does, ask who it may be."""
        desk = self._desk
        rows = desk.people.persons
        for found in sorted(rows, key=lambda one: -(one.influence(self.deal_id) or 0)):
            if any(role.role == code for role in found.held(self.deal_id)):
                self.person_pressed.emit(found.contact.id)
                return
        self._gap = code
        people = [(found.contact.name, found.contact.id) for found in rows[:_MOST]]
        menu = passing_menu(self, ())
        for name, contact_id in people:
            action = menu.addAction(name)
            action.setData(contact_id)
            action.triggered.connect(self._take_role)
        menu.addSeparator()
        menu.addAction(desk.words("card.add_contact")).triggered.connect(desk.add_wanted)
        menu.popup(QCursor.pos() if self.underMouse() else self.mapToGlobal(QPoint(0, 0)))

    def _take_role(self) -> None:
        """Somebody may hold the role: assumed, until it is confirmed."""
        desk, contact_id = self._desk, chosen(self.sender())
        values = {
            "customer_id": desk.customer_id,
            "contact_id": contact_id,
            "deal_id": self.deal_id,
            "role": self._gap,
        }
        role = desk.words.choice("buying_role", self._gap)
        said = desk.words("people.role_assumed", name=desk.name(contact_id), role=role)
        desk.context.run(AddRecord("buying_role", values), undoable=said)
        self.person_pressed.emit(contact_id)
