"""The worksheets at hand for a conversation: on a customer's card, on the page of a deal."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldsales.domain.customer import Customer
from fieldsales.domain.worksheet import Worksheet
from fieldsales.screens.contract import Context
from fieldsales.services.operations.worksheets import CopyWorksheet, StartWorksheet
from fieldsales.store.queries.worksheets import worksheets_for
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import button, column

_AT_FIRST = 5  # lines before 'show all'


class WorksheetsSection(Section):
    """The deal's own come first, then the customer's, then general ones, which can be adapted."""

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(
            look,
            words("ffab.for_conversation"),
            action=words("ffab.new"),
            act=self.start,
            icon="add",
            gap=0,
        )
        self._context = context
        self._customer = Customer()
        self._deal_id: str | None = None
        self._deal_title = ""
        self._sheets: list[Worksheet] = []
        self._whole = False
        self.lines: list[Line] = []
        self._list = column(look, gap=0)
        self.body.addLayout(self._list)
        self._more = button(look, "", self._show_whole, role="link")
        self._more.hide()
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_for(
        self, customer: Customer, deal_id: str | None = None, deal_title: str = ""
    ) -> None:
        """What there is for a customer, or in a deal of theirs."""
        if (customer.id, deal_id) != (self._customer.id, self._deal_id):
            self._whole = False
        self._customer, self._deal_id, self._deal_title = customer, deal_id, deal_title
        self._sheets = worksheets_for(self._context.store, customer.id, deal_id)
        self.set_count(len(self._sheets))
        self._show()

    def _show(self) -> None:
        shown = self._sheets if self._whole else self._sheets[:_AT_FIRST]
        while len(self.lines) < len(shown):
            line = Line(self._context.look)
            line.clicked.connect(self._open)
            line.link_pressed.connect(self._adapt)
            self._list.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                line.show_face(self._face(shown[at]))
        self._more.setVisible(len(shown) < len(self._sheets))
        self._more.setText(self._context.words("card.show_all", n=len(self._sheets)))

    def _show_whole(self) -> None:
        self._whole = True
        self._show()

    def _is_own(self, sheet: Worksheet) -> bool:
        """Whether it is written for just this customer, or this deal."""
        if self._deal_id is not None:
            return sheet.deal_id == self._deal_id
        return sheet.customer_id == self._customer.id

    def _face(self, sheet: Worksheet) -> LineFace:
        words = self._context.words
        whose = words.choice("industry", sheet.industry) or words("ffab.for.anyone")
        if sheet.customer_id:
            whose = self._customer.short_name or self._customer.name
        own = self._is_own(sheet)
        return LineFace(
            key=sheet.id,
            title=sheet.title,
            subtitle=sheet.product_name if sheet.product_name != sheet.title else "",
            chips=() if own else (ChipFace(whose),),
            link="" if own else words("ffab.copy_here"),
            link_tip=words("ffab.copy_here_tip"),
        )

    def _sheet_of(self, line: object) -> Worksheet:
        assert isinstance(line, Line)
        return self._sheets[self.lines.index(line)]

    def _open(self) -> None:
        self._context.open("worksheet", self._sheet_of(self.sender()).id)

    def _adapt(self) -> None:
        """A copy for this customer or deal, and there."""
        sheet = self._sheet_of(self.sender())
        operation = CopyWorksheet(sheet.id, self._customer.id, self._deal_id)
        if self._context.run(operation) is not None:
            self._context.open("worksheet", operation.row_id)

    def start(self) -> None:
        """A new one for this customer or deal, and there."""
        name = self._deal_title or self._customer.short_name or self._customer.name
        values = {
            "title": self._context.words("ffab.called", name=name),
            "customer_id": self._customer.id,
            "deal_id": self._deal_id,
        }
        operation = StartWorksheet(values)
        if self._context.run(operation) is not None:
            self._context.open("worksheet", operation.row_id)
