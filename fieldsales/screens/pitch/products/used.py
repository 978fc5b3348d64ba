"""Where a product is used: the industries and customers it fits, the worksheets about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldsales.domain.worksheet import Worksheet
from fieldsales.screens.contract import Context
from fieldsales.store.queries.products import ProductCard, fitting
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import label

_CUSTOMERS = 6


class _Lines(Section):
    """A section of lines that lead somewhere; without any it says so."""

    kind = ""  # what a line leads to

    def __init__(
        self,
        context: Context,
        title: str,
        none: str,
        action: str,
        act: Callable[[], object],
        icon: str = "",
    ) -> None:
        words = context.words
        super().__init__(
            context.look, words(title), action=words(action), act=act, icon=icon, gap=0
        )
        self.context = context
        self.lines: list[Line] = []
        self.none = label(context.look, words(none), tone="faint", wrap=True)
        self.body.addWidget(self.none)

    def show_faces(self, faces: Sequence[LineFace]) -> None:
        while len(self.lines) < len(faces):
            line = Line(self.context.look)
            line.clicked.connect(self._open)
            self.body.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(faces))
            if at < len(faces):
                line.show_face(faces[at])

    def _open(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        self.context.open(self.kind, line.face.key)


class Fits(_Lines):
    """Which industries the product fits, by the matrix, and some of the customers there (M14)."""

    kind = "customer"

    def __init__(self, context: Context, to_matrix: Callable[[], object]) -> None:
        super().__init__(
            context, "products.fits", "products.fits_none", "products.to_matrix", to_matrix
        )
        self.chips = ChipLine(context.look)
        self.body.insertWidget(0, self.chips)

    def show_card(self, card: ProductCard) -> None:
        words = self.context.words
        shown = [one for one in card.cells if one.fit in ("high", "some")]
        shown.sort(key=lambda one: one.fit != "high")
        faces = [
            ChipFace(
                words(
                    "products.fit_chip",
                    industry=words.choice("industry", one.industry),
                    fit=words.choice("fit", one.fit),
                ),
                "good" if one.fit == "high" else "plain",
                tooltip=one.note,
            )
            for one in shown
        ]
        self.chips.show_chips((("", face) for face in faces), pressable=False)
        self.chips.setVisible(bool(shown))
        self.none.setVisible(not shown)
        self.show_faces(
            [
                LineFace(
                    one.customer_id,
                    one.name,
                    aside=words.choice("industry", one.industry),
                    tooltip=one.note,
                )
                for one in fitting(self.context.store, card, _CUSTOMERS)
            ]
        )


class Sheets(_Lines):
    """The worksheets made for the product (M28)."""

    kind = "worksheet"

    def __init__(self, context: Context, begin: Callable[[], object]) -> None:
        super().__init__(
            context, "products.sheets", "products.sheets_none", "products.new_sheet", begin, "add"
        )

    def show_sheets(self, sheets: Sequence[Worksheet]) -> None:
        words = self.context.words
        self.set_count(len(sheets))
        self.none.setVisible(not sheets)
        self.show_faces(
            [
                LineFace(one.id, one.title, aside=words.choice("industry", one.industry))
                for one in sheets
            ]
        )
