"""The section: products at the left, one at the right; or which industry each fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.product import Product
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.pitch.products.card import ProductView
from fieldsales.screens.pitch.products.listing import ProductList
from fieldsales.screens.pitch.products.matrix import MatrixPage
from fieldsales.screens.pitch.products.newcomer import NewProduct
from fieldsales.screens.pitch.products.rehearsal import RehearsalPage
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column, tool_button
from fieldsales.widgets.segmented import Option, Segmented

_CONCERN = ("product", "price", "solution", "attachment", "worksheet", "customer")


class ProductsPage(ListedPage):
    """Selecting shows a card, Enter goes into it, Esc comes back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.new = button(look, words("products.new"), self.new_record, icon="add", role="primary")
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
        self.list = ProductList(context)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.trash_wanted.connect(self.trash)
        self.card = ProductView(context)
        self.card.gone.connect(self._show_gone)
        self.card.matrix_wanted.connect(self.show_matrix)
        self.matrix = MatrixPage(context)
        self.matrix.product_wanted.connect(self._show_card)
        self.card.rehearse_wanted.connect(self.rehearse)
        self.rehearsal = RehearsalPage(context)
        self.rehearsal.left.connect(self._leave_whole)
        self.newcomer = NewProduct(context)
        self.newcomer.made.connect(self._made)
        self.newcomer.left.connect(self._leave_new)
        self._gone_id = ""
        self.detail = QStackedWidget()
        self.nothing = EmptyState(look, words("products.choose"), icon="pitch")
        for part in (self.nothing, self.card, self.newcomer):
            self.detail.addWidget(part)
        self.put(self.list, self.detail)
        self.empty = EmptyState(
            look,
            words("products.empty"),
            icon="pitch",
            hint=words("products.empty_hint"),
            action=words("products.new"),
            act=self.new_record,
            action_icon="add",
            second=words("products.import"),
            act_second=self._import,
        )
        self.stack = QStackedWidget()
        for page in (self.halves, self.matrix, self.empty, self.rehearsal):
            self.stack.addWidget(page)
        self.setLayout(column(look, self.stack))

    # the contract

    def refresh(self) -> None:
        if self.whole:
            return  # read again once it is left
        self.list.reload()
        shown = self.card.product_id
        if self.detail.currentWidget() is self.newcomer:
            self._arrange()
            return
        if self._gone_id and self.list.choose(self._gone_id):
            self._show(self._gone_id)
        elif shown:
            self.card.refresh()
            self.list.choose(shown)
        elif self.detail.currentWidget() is not self._gone and self.list.first():
            self._show(self.list.first())
        self._arrange()

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

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
            self._show(fullest.product.id)

    def new_record(self) -> bool:
        self._leave_whole()
        self.view.set_key("list")
        self.flush()
        self.stack.setCurrentWidget(self.halves)
        self.detail.setCurrentWidget(self.newcomer)
        self.newcomer.start()
        return True

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if not self._shows_card():
            return []
        return [
            Command(words("products.rehearse_command"), "timer", self.rehearse),
            Command(words("products.new_sheet"), "add", self.card.start_worksheet),
            Command(words("products.print_command"), "print", self.card.print_plain),
            Command(words("products.trash"), "trash", self.card.trash),
        ]

    def front(self) -> QWidget:
        return self.stack.currentWidget() or self.halves

    def go_back(self) -> bool:
        if self.whole:
            self._leave_whole()
            return True
        if self.stack.currentWidget() is self.matrix:
            self.show_view("list")
            return True
        if self.detail.currentWidget() is self.newcomer:
            self._leave_new()
            return True
        return super().go_back()

    def flush(self) -> None:
        self.card.flush()
        self.matrix.flush()

    # what is shown

    def _shows_card(self) -> bool:
        return self.stack.currentWidget() is self.halves and self.detail.currentWidget() is (
            self.card
        )

    def _arrange(self) -> None:
        """The list, or what to do where there is none."""
        bare = (
            not self.list.first()
            and not self.list.search.text()
            and self.detail.currentWidget() is not self.newcomer
        )
        if bare:
            self.stack.setCurrentWidget(self.empty)
        elif self.view.key == "matrix":
            self.matrix.refresh()
            self.stack.setCurrentWidget(self.matrix)
        else:
            self.stack.setCurrentWidget(self.halves)

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
        self._show(product_id)
        self._arrange()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, product_id: str) -> None:
        self.flush()
        if self.card.open(product_id):
            self._gone_id = ""
            self.detail.setCurrentWidget(self.card)

    def _show(self, product_id: str) -> None:
        self._choose(product_id)
        self.list.choose(product_id)

    def _enter(self) -> None:
        if self._shows_card():
            self.card.focus_first()

    def _made(self, product_id: str) -> None:
        self._show(product_id)
        self._arrange()
        self.card.form.focus("unit")

    def _leave_new(self) -> None:
        if self.card.product_id:
            self.detail.setCurrentWidget(self.card)
        else:
            self.detail.setCurrentWidget(self.nothing)
        self._arrange()
        (self.list if self.list.first() else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_gone(self, product_id: str) -> None:
        """The product was trashed, undone or never there: says so, with a way back."""
        words = self.context.words
        record = self.context.store.record(Product, product_id)
        self._gone_id = product_id
        known = words("products.gone", name=record.name) if record else ""
        self.say_gone(
            "product", product_id, known or words("products.gone_unknown"), there=bool(record)
        )

    def trash(self, product_ids: Sequence[str]) -> None:
        """Products go to the trash, with an undo; the next one in the list is shown."""
        if not product_ids:
            return
        self.flush()
        words, following = self.context.words, self.list.neighbour()
        if len(product_ids) == 1:
            product = self.context.store.record(Product, product_ids[0])
            said = words("card.trashed", name=product.name if product else "")
        else:
            said = words("products.trashed_many", n=len(product_ids))
        if following:
            self._show(following)
        self.context.run(TrashRecords("product", tuple(product_ids)), undoable=said)
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
