"""How far the questions have led in this deal; a press opens its SPIN sheet (M27)."""

from __future__ import annotations

from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.spin import SpinStrip
from fieldsales.screens.spin_desk import SpinDesk
from fieldsales.widgets.card import Section


class SpinSection(Section):
    """The way from trouble to benefit, as far as it leads."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk.look,
            desk.words("spin.title"),
            action=desk.words("spin.sheet"),
            act=self.open_sheet,
            icon="question",
        )
        self.desk = desk
        self.spin = SpinDesk(desk.context)
        self.way = SpinStrip(self.spin, linked=False)
        self.way.sheet_wanted.connect(self.open_sheet)
        self.body.addWidget(self.way)

    def show_way(self) -> None:
        """Show the deal's way as it is now."""
        if self.spin.open(f"deal:{self.desk.deal_id}"):
            self.way.show_flow()

    def open_sheet(self) -> None:
        self.desk.context.open("spin", f"deal:{self.desk.deal_id}")
