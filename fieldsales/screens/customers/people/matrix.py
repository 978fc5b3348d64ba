"""The relationship matrix (M20) on the page: the picture, and what to do from each cell."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.relationship import CELLS, OUTSIDER
from fieldsales.methods.relationship.content import relationship
from fieldsales.methods.relationship.picture import Dot, finding, matrix
from fieldsales.reports.people_pictures import dots
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.customers.people.pair import PairLine
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label
from fieldsales.widgets.segmented import Option, Segmented

_WIDTH = 520  # px at 100 %: what to do next stands below the picture, still in sight


class MatrixView(QWidget):
    """People and the customer in two by two cells; pressing a cell tells its next step."""

    person_pressed = Signal(str)
    customer_pressed = Signal()

    def __init__(self, desk: PeopleDesk) -> None:
        super().__init__()
        self._desk = desk
        look, words = desk.look, desk.words
        self.pair = PairLine(desk)
        self.block = PictureBlock(look)
        self.block.clicked.connect(self._pressed)
        self.cells = Segmented(
            look,
            [Option(cell, words(f"matrix.cell.{cell}")) for cell in CELLS],
            name=words("people.cell"),
        )
        self.cells.chosen.connect(self._tell)
        self.meaning = label(look, wrap=True)
        self.risk = label(look, tone="muted", wrap=True)
        self.next = label(look, wrap=True)
        self._chosen = False
        self._scroll = CardScroll(look, margin=24, gap=16)
        rate = button(
            look, words("people.rate_house"), self.customer_pressed.emit, icon="need", role="link"
        )
        head = FlowLayout(look, gap=8)  # long words must not take the house its room
        for part in (self.cells, rate):
            head.addWidget(part)
        choice = QWidget()
        choice.setLayout(head)
        told = column(look, choice, self.meaning, self.risk, self.next, gap=8)
        self._placed = QWidget()
        self._placed.setLayout(column(look, self.block, told, gap=16))
        self._unplaced = EmptyState(
            look,
            words("people.matrix_empty"),
            icon="people",
            hint=words("people.matrix_hint"),
            action=words("people.rate_house"),
            act=self.customer_pressed.emit,
            action_icon="need",
            second=words("card.add_contact"),
            act_second=desk.add_wanted.emit,
        )
        self._scroll.body.addWidget(self.pair)
        self._scroll.body.addWidget(self._placed)
        self._scroll.body.addWidget(self._unplaced, 1)
        self._scroll.body.addStretch(1)
        self.setLayout(column(look, self._scroll))
        self.setFocusProxy(self.block.picture)

    def begin(self) -> None:
        """Another customer: its own cell."""
        self._chosen = False
        self.pair.load()

    def show_people(self) -> None:
        """Shows what the desk has read."""
        desk, words = self._desk, self._desk.words
        self.pair.show_pair()
        people = desk.people
        found = dots(people, desk.today)
        placed = any(one.cell for one in found)
        self._placed.setVisible(placed)
        self._unplaced.setVisible(not placed)
        begun = any(people.counts.values()) or people.customer.feeling is not None
        self.pair.setVisible(begun or bool(people.rows))
        self.setFocusProxy(self.block.picture if placed else self._unplaced)
        tips = {one.key: self._tip(one) for one in found}
        tips |= {cell: words(f"matrix.cell.{cell}") for cell in CELLS}
        self.block.show_picture(
            finding(found, words), lambda width: matrix(found, words, min(width, _WIDTH)), tips
        )
        if not self._chosen:
            self.cells.set_key(people.standing.cell or OUTSIDER)
        self._tell(self.cells.key)

    def _tip(self, one: Dot) -> str:
        words = self._desk.words
        return f"{one.name}\n{words(f'matrix.cell.{one.cell}')}" if one.cell else one.name

    def _tell(self, cell: str) -> None:
        """What a cell means, what it risks, what to do next."""
        told = relationship(self._desk.words.language).cells[cell]
        self.meaning.setText(told.meaning)
        self.risk.setText(told.risk)
        self.next.setText("\n".join(f"· {step}" for step in told.next))

    def _pressed(self, key: str) -> None:
        if key in CELLS:
            self._chosen = True
            self.cells.set_key(key)
            self._tell(key)
        elif key == self._desk.customer_id:
            self.customer_pressed.emit()
        else:
            self.person_pressed.emit(key)
