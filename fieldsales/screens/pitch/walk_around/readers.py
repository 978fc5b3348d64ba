"""For whom the text is: a customer, and which of its people will hear it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.customer import Customer
from fieldsales.methods.whole_brain.advice import Seat, letters
from fieldsales.screens.contract import Context
from fieldsales.screens.walk_around import readers_of
from fieldsales.store.queries.customers import likely
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.pieces import label, row
from fieldsales.widgets.suggestions import Suggestion

_LINE = 260  # px at 100 % of the line that finds a customer


class Readers(QWidget):
    """A line that finds the customer, and a chip for each of its people to leave out or take in."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.customer_id = ""
        self._seats: list[Seat] = []
        self._out: set[str] = set()  # contacts who will not hear it
        look, words = context.look, context.words
        self.line = ChooserLine(look, self._find)
        self.line.setPlaceholderText(words("walk_around.for_whom"))
        self.line.setAccessibleName(words("walk_around.for_whom"))
        self.line.setFixedWidth(look.theme.px(_LINE))
        self.line.picked.connect(self._picked)
        self.line.left.connect(self._left)
        self._nobody = label(look, tone="faint", wrap=True)
        self._chips: dict[str, Chip] = {}
        flow = QWidget()
        self._flow = FlowLayout(look, gap=6, line_gap=4)
        flow.setContentsMargins(0, look.theme.px(4), 0, 0)
        flow.setLayout(self._flow)
        layout = row(look, self.line, self._nobody, flow, gap=12)
        layout.setStretch(1, 1)
        layout.setStretch(2, 1)
        self._flow_widget = flow
        self.setLayout(layout)
        self._show()

    @property
    def seats(self) -> list[Seat]:
        """Those who will hear it."""
        return [seat for seat in self._seats if seat.profile.key not in self._out]

    def choose(self, customer_id: str, among: Sequence[str] = ()) -> None:
        """The people of a customer, all but those `among` them left out; '' for nobody."""
        self.customer_id = customer_id
        self._seats = readers_of(self._context, customer_id) if customer_id else []
        keys = {seat.profile.key or "" for seat in self._seats}
        self._out = keys - set(among) if among else set()
        self._show()

    def refresh(self) -> None:
        """The same people as they are now."""
        if self.customer_id:
            self._seats = readers_of(self._context, self.customer_id)
            self._show()

    def _show(self) -> None:
        words = self._context.words
        wanted = {seat.profile.key or "": seat for seat in self._seats}
        for key in [key for key in self._chips if key not in wanted]:
            chip = self._chips.pop(key)
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for key, seat in wanted.items():
            if key not in self._chips:
                chip = self._chips[key] = Chip(self._context.look, ChipFace(""), pressable=True)
                chip.setObjectName(key)
                chip.clicked.connect(self._pressed)
                self._flow.addWidget(chip)
                chip.show()
            self._chips[key].set_face(self._face(seat))
        self._flow_widget.setVisible(bool(wanted))
        key = "nobody_there" if self.customer_id else "nobody"
        self._nobody.setText(words(f"walk_around.{key}"))
        self._nobody.setVisible(not wanted)
        if not self.line.hasFocus():
            self._name_customer()

    def _face(self, seat: Seat) -> ChipFace:
        words = self._context.words
        parts = [seat.profile.name]
        if seat.role:
            parts.append(words.choice("buying_role", seat.role))
        parts.append(letters(seat.profile) or words("walk_around.unknown"))
        hears = seat.profile.key not in self._out
        tip = words("walk_around.leave_out" if hears else "walk_around.take_in")
        text = " · ".join(parts)
        if hears:
            return ChipFace(text, "accent", icon="check", tooltip=tip)
        return ChipFace(text, "plain", tooltip=tip, assumed=True)

    def _pressed(self) -> None:
        key = self.sender().objectName()
        self._out ^= {key}
        self._show()
        self.changed.emit()

    def _find(self, text: str) -> list[Suggestion]:
        return [
            Suggestion(one.id, one.name, one.region, "customers")
            for one in likely(self._context.store, text, 8)
        ]

    def _picked(self, key: str, _typed: str) -> None:
        self.choose(key)
        self._name_customer()
        self.changed.emit()

    def _left(self) -> None:
        """Emptied, the text is for nobody in particular; what names nobody is no choice."""
        if not self.line.text().strip() and self.customer_id:
            self.choose("")
            self.changed.emit()
        self._name_customer()

    def _name_customer(self) -> None:
        found = self._context.store.record(Customer, self.customer_id or None)
        self.line.setText("" if found is None or found.trashed_at else found.name)
        self.line.setCursorPosition(0)
