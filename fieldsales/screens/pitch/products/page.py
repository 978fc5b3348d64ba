"""The section: products at the left, one at the right; or which industry each fits."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldsales.screens.contract import Command, Context
from fieldsales.screens.making_page import MakingPage
from fieldsales.screens.pitch.products.card import ProductView
from fieldsales.screens.pitch.products.listing import ProductList
from fieldsales.screens.pitch.products.matrix import MatrixPage
from fieldsales.screens.pitch.products.newcomer import NewProduct
from fieldsales.screens.pitch.products.rehearsal import RehearsalPage
from fieldsales.store.drafts import NEW
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import tool_button
from fieldsales.widgets.segmented import Option, Segmented


class ProductsPage(MakingPage):
    """The card of the product chosen; or the matrix, or a rehearsal, in the page's place."""

    noun = "product"
    area = "products"
    icon = "pitch"
    concern = ("product", "price", "solution", "attachment", "worksheet", "customer")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.view = Segmented(
            look,
            [
                Option("list", words("products.view_list"), "menu", icon_only=True),
                Option("matrix", words("products.matrix"), "column", icon_only=True),
            ],
            name=words("products.view"),
        )
        self.view.chosen.connect(self.show_view)
        take_in = tool_button(look, "import", words("products.import"), self._import)
        self.tools = (self.view, take_in, self.new)
        self.list: ProductList = ProductList(context)
        self.card = ProductView(context)
        self.card.trash_wanted.connect(self.trash_shown)
        self.card.matrix_wanted.connect(self.show_matrix)
        self.matrix = MatrixPage(context)
        self.matrix.product_wanted.connect(self._show_card)
        self.card.rehearse_wanted.connect(self.rehearse)
        self.rehearsal = RehearsalPage(context)
        self.rehearsal.left.connect(self._leave_whole)
        self.newcomer = NewProduct(context)
        self.fill(self.card, self.newcomer, self.matrix, self.rehearsal)

    def _none_yet(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look,
            words("products.empty"),
            icon="pitch",
            hint=words("products.empty_hint"),
            action=words("products.new"),
            act=self.new_record,
            action_icon="add",
            second=words("products.import"),
            act_second=self._import,
        )

    # the contract

    def refresh(self) -> None:
        if not self.whole:  # else it is read again once it is left
            super().refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A product's card, or the matrix."""
        self._leave_whole()
        if kind == "matrix":
            self.show_matrix()
        elif row_id == NEW:
            self.new_record()
        elif row_id:
            self._show_card(row_id)

    def show_example(self) -> None:
        """The product of which most is known."""
        rows = self.list.shown()
        fullest = max(rows, key=lambda row: len(row.product.description), default=None)
        if fullest is not None:
            self.show_one(fullest.product.id)

    def new_record(self) -> bool:
        self._leave_whole()
        self.view.set_key("list")
        return super().new_record()

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if not self.views():
            return []
        return [
            Command(words("products.rehearse_command"), "timer", self.rehearse),
            Command(words("products.new_sheet"), "add", self.card.start_worksheet),
            Command(words("products.print_command"), "print", self.card.print_plain),
            Command(words("products.trash"), "trash", self.trash_shown),
        ]

    def go_back(self) -> bool:
        if self.whole:
            self._leave_whole()
            return True
        if self.stack.currentWidget() is self.matrix:
            self.show_view("list")
            return True
        return super().go_back()

    def flush(self) -> None:
        super().flush()
        self.matrix.flush()

    # what is shown

    def _arrange(self) -> None:
        super()._arrange()
        if self.view.key == "matrix" and self.stack.currentWidget() is self.halves:
            self.matrix.refresh()
            self.stack.setCurrentWidget(self.matrix)

    def show_view(self, view: str) -> None:
        """The list with a card beside it, or the matrix."""
        self.flush()
        self.view.set_key(view)
        self._arrange()
        shown = self.stack.currentWidget()
        (self.list if shown is self.halves else shown).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_matrix(self) -> None:
        """Which industry each product fits."""
        self.show_view("matrix")

    def _show_card(self, product_id: str) -> None:
        self.view.set_key("list")
        self.show_one(product_id)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def rehearse(self) -> None:
        """The spoken version of what is shown, on a page of its own; Esc comes back."""
        self.flush()
        card = self.card.card
        if card is None or not card.product.spoken:
            self.card.told.focus("spoken")
            return
        self.take_whole(True)
        self.stack.setCurrentWidget(self.rehearsal)
        self.rehearsal.begin(card.product)

    def _leave_whole(self) -> None:
        if self.whole:
            self.take_whole(False)
            self._arrange()
            self.refresh()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _import(self) -> None:
        self.context.open("importing", "")
