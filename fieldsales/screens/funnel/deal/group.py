"""The 1+2+1 sheet: guide, two roles for us, our seller; what is missing and who could fill it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QSizePolicy, QWidget

from fieldsales.domain.buying_group import (
    GUIDE,
    ROLES,
    ROLES_NEEDED,
    SELLER,
    Candidate,
    OnePlusTwoPlusOne,
)
from fieldsales.domain.contact import BuyingRole
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.widgets.card import Section, empty
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import Clickable, column, label

_MOST = 4  # candidates named for a gap


class Slot(Clickable):
    """One place of the sheet, filled or open."""

    def __init__(self, look: Look, part: str) -> None:
        super().__init__(look)
        self.part = part
        self.contact_id = ""
        self._caption = self._text = self._detail = ""
        self._state = "open"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_slot(self, caption: str, text: str, detail: str, state: str, contact_id: str) -> None:
        """`state`: confirmed, assumed or open."""
        self._caption, self._text, self._detail, self._state = caption, text, detail, state
        self.contact_id = contact_id
        self.setAccessibleName(" ".join(filter(None, (caption, text, detail))))
        self.setToolTip("\n".join(filter(None, (caption, text, detail))))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(128), self.look.theme.px(70))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(96), self.look.theme.px(70))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect().adjusted(0, 0, -1, -1)
        filled = self._state != "open"
        pen = painter.pen()
        pen.setColor(theme.colour("accent" if self.hovered or self.hasFocus() else "line"))
        pen.setStyle(Qt.PenStyle.SolidLine if filled else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("paper-2") if filled else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, theme.px(6), theme.px(6))
        inside = rect.adjusted(theme.px(8), theme.px(6), -theme.px(8), -theme.px(6))
        self._line(painter, inside, 0, 16, "caption", "ink-3", self._caption)
        role = "ink" if filled else "accent"
        self._line(painter, inside, 18, 20, "body", role, self._text, bold=filled)
        tone = {"confirmed": "good", "assumed": "warn"}.get(self._state, "ink-3")
        self._line(painter, inside, 40, 16, "caption", tone, self._detail)

    def _line(
        self,
        painter: QPainter,
        inside: QRect,
        top: int,
        height: int,
        size: str,
        role: str,
        text: str,
        *,
        bold: bool = False,
    ) -> None:
        theme = self.look.theme
        metrics = theme.metrics(size, bold=bold)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.setFont(theme.font(size, bold=bold))
        painter.setPen(theme.colour(role))
        spot = QRect(inside.left(), inside.top() + theme.px(top), inside.width(), theme.px(height))
        painter.drawText(spot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class GroupSection(Section):
    """Four places; below them, for each that is open, who could fill it (M17)."""

    person_wanted = Signal(str)  # contact

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("deal_page.group"), gap=8)
        self.desk = desk
        self.slots = [Slot(look, part) for part in (GUIDE, ROLES, ROLES, SELLER)]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.theme.px(8))
        for at, slot in enumerate(self.slots):
            slot.clicked.connect(self._pressed)
            self._grid.addWidget(slot, 0, at)
            self._grid.setColumnStretch(at, 1)
        self._gaps: QBoxLayout = column(look, gap=8)
        self.body.addLayout(self._grid)
        self.body.addLayout(self._gaps)
        self.chips: list[Chip] = []

    def show_sheet(self) -> None:
        sheet = self.desk.facts.buying_group
        words = self.desk.words
        self._show_role(self.slots[0], words.choice("buying_role", "guide"), sheet.guide)
        for at, slot in enumerate(self.slots[1:3]):
            role = sheet.roles[at] if at < len(sheet.roles) else None
            caption = words("deal_page.role_for_us")
            if role is not None:
                caption = words.choice("buying_role", role.role)
            self._show_role(slot, caption, role)
        seller = self.slots[3]
        invite = words("deal_page.add_seller")
        state = "confirmed" if sheet.seller else "open"
        told = words("deal_page.ours") if sheet.seller else ""
        seller.show_slot(words("field.deal.seller"), sheet.seller or invite, told, state, "")
        self._show_gaps(sheet)

    def _show_role(self, slot: Slot, caption: str, role: BuyingRole | None) -> None:
        words = self.desk.words
        if role is None:
            slot.show_slot(caption, words("deal_page.open_slot"), "", "open", "")
            return
        person = self.desk.person(role.contact_id)
        state = "confirmed" if role.confirmed else "assumed"
        detail = words("card.confirmed" if role.confirmed else "card.only_assumed")
        slot.show_slot(caption, person.name if person else "", detail, state, role.contact_id)

    def _show_gaps(self, sheet: OnePlusTwoPlusOne) -> None:
        empty(self._gaps)
        self.chips = []
        for part in sheet.missing:
            self._gaps.addLayout(self._gap(part, sheet))

    def _gap(self, part: str, sheet: OnePlusTwoPlusOne) -> QBoxLayout:
        look, words = self.desk.look, self.desk.words
        if part == ROLES:
            said = words("deal_page.missing_roles", n=ROLES_NEEDED - len(sheet.roles))
        else:
            said = words(f"deal_page.missing_{part}")
        sentence: QLabel = label(look, said, tone="warn", wrap=True)
        people = [one for one in sheet.candidates if one.part == part][:_MOST]
        flow = FlowLayout(look, gap=6, line_gap=6)
        for candidate in people:
            flow.addWidget(self._candidate(candidate))
        holder = QWidget()
        holder.setLayout(flow)
        holder.setVisible(bool(people))
        return column(look, sentence, holder, gap=6)

    def _candidate(self, candidate: Candidate) -> Chip:
        words = self.desk.words
        person = self.desk.person(candidate.contact_id)
        why = words(f"candidate.{candidate.why}")
        name = person.name if person else ""
        tone = {"for_us": "good", "against": "bad"}.get(candidate.why, "plain")
        guide = candidate.part == GUIDE
        tip = words("deal_page.make_guide" if guide else "deal_page.set_role", name=name)
        text = words("deal_page.candidate", name=name, why=why)
        chip = Chip(self.desk.look, ChipFace(text, tone, tooltip=tip), pressable=True)
        chip.setObjectName(f"{candidate.part}:{candidate.contact_id}")
        chip.clicked.connect(self._candidate_pressed)
        self.chips.append(chip)
        return chip

    def _candidate_pressed(self) -> None:
        part, _, contact_id = self.sender().objectName().partition(":")
        if part != GUIDE:
            self.person_wanted.emit(contact_id)
            return
        desk = self.desk
        person = desk.person(contact_id)
        values = {
            "customer_id": desk.customer.id,
            "contact_id": contact_id,
            "deal_id": desk.deal_id,
            "role": GUIDE,
        }
        said = desk.words("deal_page.guide_made", name=person.name if person else "")
        desk.run(AddRecord("buying_role", values), said)

    def _pressed(self) -> None:
        slot = self.sender()
        assert isinstance(slot, Slot)
        if slot.part == SELLER:
            self._take_seller()
        elif slot.contact_id:
            self.person_wanted.emit(slot.contact_id)
        else:
            self.desk.supply_wanted.emit("guide" if slot.part == GUIDE else "roles")

    def _take_seller(self) -> None:
        """Whoever is named for the customer sells this deal too; else ask for a name."""
        desk = self.desk
        own = desk.customer.seller
        if desk.facts.buying_group.seller or not own:
            desk.focus_wanted.emit("terms", "seller")
            return
        said = desk.words("deal_page.seller_taken", name=own)
        desk.run(EditRecord("deal", desk.deal_id, {"seller": own}), said)
