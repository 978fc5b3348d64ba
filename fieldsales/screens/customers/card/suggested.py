"""Products that the matrix suggests for the customer's industry and size (M14)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from fieldsales.domain.product import Product, Solution
from fieldsales.screens.contract import Context
from fieldsales.services.operations.worksheets import StartWorksheet
from fieldsales.store.queries.products import suggestions
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import button

_AT_FIRST = 4


class SuggestedSection(Section):
    """A line each, the best fit first: it leads to the product, its link to a new worksheet."""

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(
            context.look,
            words("products.suggested"),
            action=words("products.to_matrix"),
            act=self._to_matrix,
            gap=0,
        )
        self._context = context
        self._customer_id = ""
        self._found: Sequence[tuple[Product, Solution]] = ()
        self._whole = False
        self.lines: list[Line] = []
        self._more = button(context.look, "", self._show_whole, role="link")
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_for(self, customer_id: str) -> None:
        """What is suggested now; nothing suggested takes no room."""
        if customer_id != self._customer_id:
            self._customer_id, self._whole = customer_id, False
        self._show(suggestions(self._context.store, customer_id))

    def _show(self, found: Sequence[tuple[Product, Solution]]) -> None:
        self._found = found
        self.setVisible(bool(found))
        self.set_count(len(found))
        shown = found if self._whole else found[:_AT_FIRST]
        while len(self.lines) < len(shown):
            line = Line(self._context.look)
            line.clicked.connect(self._open)
            line.link_pressed.connect(self._begin)
            self.body.insertWidget(len(self.lines), line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                line.show_face(self._face(*shown[at]))
        self._more.setVisible(len(shown) < len(found))
        self._more.setText(self._context.words("card.show_all", n=len(found)))

    def _face(self, product: Product, cell: Solution) -> LineFace:
        words = self._context.words
        fit = words.choice("fit", cell.fit)
        return LineFace(
            key=product.id,
            title=product.name,
            subtitle=cell.note or " ".join(product.digest.split()),
            chips=(ChipFace(fit, "good" if cell.fit == "high" else "plain"),),
            link=words("products.pitch_it"),
            link_tip=words("products.pitch_it_tip"),
            tooltip="\n".join(filter(None, (product.name, cell.note, product.digest))),
        )

    def _key(self) -> str:
        line = self.sender()
        assert isinstance(line, Line)
        return line.face.key

    def _open(self) -> None:
        self._context.open("product", self._key())

    def _begin(self) -> None:
        begun = StartWorksheet({"product_id": self._key(), "customer_id": self._customer_id})
        if self._context.run(begun) is not None:
            self._context.open("worksheet", begun.row_id)

    def _to_matrix(self) -> None:
        self._context.open("matrix", "")

    def _show_whole(self) -> None:
        self._whole = True
        self._show(self._found)
