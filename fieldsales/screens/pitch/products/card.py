"""The card of a product: what it is and does, how it is told, what it costs, where it is used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import Field, values_of
from fieldsales.errors import UserError
from fieldsales.methods.ffab.rules import seconds
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.screens.kept_files import KeptFiles
from fieldsales.screens.pitch.products.listing import price_text
from fieldsales.screens.pitch.products.prices import PricesSection
from fieldsales.screens.pitch.products.sizes import SizesEditor
from fieldsales.screens.pitch.products.used import Fits, Sheets
from fieldsales.services.operations.worksheets import StartWorksheet
from fieldsales.store.drafts import NEW
from fieldsales.store.queries.products import ProductCard, ProductRow, product_card
from fieldsales.widgets.card import CardScroll, FactFace, FactLine
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.counted import CountedNote
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.menus import give_menu, passing_menu
from fieldsales.widgets.pieces import ElidedLabel, button, column, row, tool_button

_FACTS = (
    Group("products.group_basics", ("name", "code", "unit", "life_stage", "sizes"), ("sizes",)),
    Group("products.group_does", ("traits", "functions", "composition")),
    Group("products.group_use", ("way_of_use", "ratio", "recipe"), ("ratio",)),
    Group("products.group_worth", ("worth",)),
    Group("products.group_own", ("glossary", "note")),
)
_TOLD = (Group("products.group_told", ("spoken", "digest", "description")),)


class ProductView(CardScroll):
    """One product. It is built once and shows what it is told to."""

    trash_wanted = Signal()
    rehearse_wanted = Signal()
    matrix_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, margin=24, gap=20)
        self.context = context
        self.product_id = ""
        self.card: ProductCard | None = None
        self.name = ElidedLabel(look, size="page", bold=True)
        self.rehearse = button(
            look, words("products.rehearse"), self.rehearse_wanted.emit, icon="timer"
        )
        self.print = button(look, words("common.print"), icon="print")
        give_menu(
            self.print,
            (
                (words("products.print_plain"), self.print_plain),
                (words("products.print_priced"), self._print_priced),
            ),
        )
        self.more = tool_button(look, "more", words("products.more"), self._show_menu)
        head = row(look, self.name, self.rehearse, self.print, self.more, gap=8)
        head.setStretch(0, 1)
        self.facts = FactLine(look)
        self.facts.clicked.connect(self._fact_pressed)
        self.form = self._form(_FACTS)
        self.told = self._form(_TOLD)
        self.prices = PricesSection(context)
        self.files = KeptFiles(context, self, title="products.pictures", add="products.add_picture")
        self.fits = Fits(context, self.matrix_wanted.emit)
        self.sheets = Sheets(context, self.start_worksheet)
        left, right = QWidget(), QWidget()
        left.setLayout(column(look, self.form))
        right.setLayout(
            column(look, self.told, self.prices, self.files, self.fits, self.sheets, gap=24)
        )
        self.body.addLayout(head)
        self.body.addWidget(self.facts)
        self.body.addWidget(Columns(look, left, right, (1, 1)))
        self.body.addStretch(1)

    def _form(self, groups: Sequence[Group]) -> Form:
        return Form(
            self.context.look,
            "product",
            groups,
            saver(self.context, "product", self._id),
            drafter(self.context, "product", self._id),
            editors={
                "spoken": self._spoken,
                "digest": CountedNote,
                "description": CountedNote,
                "sizes": SizesEditor,
            },
        )

    def _spoken(self, look: Look, field: Field) -> CountedNote:
        return CountedNote(look, field, told=self._said)

    def _said(self, text: str) -> str:
        minutes, rest = divmod(seconds(text), 60)
        return self.context.words("products.said_in", time=f"{minutes}:{rest:02d}")

    def _id(self) -> str:
        return self.product_id

    # showing

    def open(self, product_id: str) -> bool:
        """Shows a product; False if it is not there."""
        if product_id != self.product_id:
            self.flush()
            self.product_id = product_id
            self.card = None
            self.verticalScrollBar().setValue(0)
        return self.refresh()

    def refresh(self) -> bool:
        """Reads what is shown anew; what is being typed stays."""
        if not self.product_id:
            return False
        fresh = self.card is None
        try:
            self.card = card = product_card(self.context.store, self.product_id)
        except UserError:
            self.product_id, self.card = "", None
            return False
        values = values_of(card.product)
        kept = self.context.drafts("product", self.product_id) if fresh else {}
        for form in (self.form, self.told):
            if fresh:
                form.load(values, {one: kept[one] for one in kept.keys() & form.cells.keys()})
            else:
                form.refresh(values)
        if fresh:
            self.prices.load(card.product)
            self.files.stand_for(product_id=self.product_id)
        self.name.set_text(card.product.name)
        self.facts.show_facts(self._facts(card))
        self.prices.show_prices(card.product, card.prices)
        self.files.show_files((*(one for one, _ in card.pictures), *card.files))
        self.fits.show_card(card)
        self.sheets.show_sheets(card.worksheets)
        self.rehearse.setEnabled(bool(card.product.spoken))
        tip = "products.rehearse_tip" if card.product.spoken else "products.rehearse_first"
        self.rehearse.setToolTip(self.context.words(tip))
        return True

    def _facts(self, card: ProductCard) -> list[tuple[str, FactFace]]:
        words, product = self.context.words, card.product
        costs = price_text(self.context.look, ProductRow(product, card.price))
        high = [words.choice("industry", one.industry) for one in card.cells if one.fit == "high"]
        return [
            ("code", FactFace(words("field.product.code"), product.code,
                              invite=words("products.invite_code"))),
            ("price", FactFace(words("products.price_today"), costs,
                               invite=words("products.invite_price"))),
            ("fit", FactFace(words("products.fits_well"), words("products.and").join(high),
                             invite=words("products.invite_fit"))),
        ]  # fmt: skip

    def flush(self) -> None:
        """Saves what is being typed anywhere on the card."""
        if self.product_id and self.card is not None:
            self.form.flush()
            self.told.flush()
            self.prices.flush()

    # what can be done

    def focus_first(self) -> None:
        """Where Enter leads."""
        self.form.focus()

    def start_worksheet(self) -> None:
        """A worksheet for this product, and there."""
        self.flush()
        begun = StartWorksheet({"product_id": self.product_id})
        if self.context.run(begun) is not None:
            self.context.open("worksheet", begun.row_id)

    def start_proposal(self) -> None:
        """A proposal with this product in it: for whom is asked there."""
        self.flush()
        self.context.open("proposal", f"{NEW}:product:{self.product_id}")

    def print_plain(self) -> None:
        self.flush()
        self.context.open("paper", f"product:{self.product_id}")

    def _print_priced(self) -> None:
        self.flush()
        self.context.open("paper", f"product:{self.product_id}:price")

    def _show_menu(self) -> None:
        words = self.context.words
        menu = passing_menu(
            self,
            (
                (words("products.new_sheet"), self.start_worksheet),
                (words("proposals.for_product"), self.start_proposal),
                (words("products.to_matrix"), self.matrix_wanted.emit),
                (words("walk_around.check_spoken"), self._check_spoken),
                (words("products.add_picture"), self.files.choose),
                (words("products.paste_picture"), self.files.page_incoming.paste),
                None,
                (words("card.trash"), self.trash_wanted.emit),
            ),
        )
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _check_spoken(self) -> None:
        self.flush()
        self.context.open("walk_around", f"product:{self.product_id}")

    def _fact_pressed(self, key: str) -> None:
        if key == "price":
            self.prices.begin_adding()
            self.ensureWidgetVisible(self.prices)
        elif key == "fit":
            self.matrix_wanted.emit()
        else:
            self.form.focus(key)
