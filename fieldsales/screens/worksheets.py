"""The worksheets at hand for a conversation: on a customer's card, a deal's page, in a visit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.domain.worksheet import Worksheet
from fieldsales.methods.ffab.content import connectors
from fieldsales.methods.ffab.rules import pitch
from fieldsales.methods.ffab.told import spoken_time
from fieldsales.screens.contract import Context
from fieldsales.services.operations.worksheets import CopyWorksheet, StartWorksheet
from fieldsales.store.queries.worksheets import worksheet_page, worksheets_for
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import button, column, label, row

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
        self.sheets: list[Worksheet] = []
        self._whole = False
        self.lines: list[Line] = []
        self._list: QVBoxLayout = column(look, gap=0)
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
        self.sheets = worksheets_for(self._context.store, customer.id, deal_id)
        self.set_count(len(self.sheets))
        self._show()

    def _show(self) -> None:
        shown = self.sheets if self._whole else self.sheets[:_AT_FIRST]
        while len(self.lines) < len(shown):
            line = Line(self._context.look)
            line.clicked.connect(self._open)
            line.link_pressed.connect(self._adapt)
            self._list.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                line.show_face(self._face(shown[at]), opened=self._is_open(shown[at]))
        self._more.setVisible(len(shown) < len(self.sheets))
        self._more.setText(self._context.words("card.show_all", n=len(self.sheets)))

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
        return self.sheets[self.lines.index(line)]

    def _is_open(self, sheet: Worksheet) -> bool:
        return False

    def _open(self) -> None:
        self.press(self._sheet_of(self.sender()))

    def press(self, sheet: Worksheet) -> None:
        """What pressing a line does: there it is written."""
        self._context.open("worksheet", sheet.id)

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


class PitchAtHand(WorksheetsSection):
    """In a visit: pressing a line shows below it what is said, without leaving the page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._open_id = ""
        self.said = label(look, wrap=True)
        self._time = label(look, size="caption", tone="muted")
        there = button(look, words("ffab.to_sheet"), self._leave_for_it, role="link")
        self.reading = QWidget(self)  # in no layout until it is opened
        layout = column(look, self.said, row(look, self._time, None, there, gap=8), gap=4)
        side = look.theme.px(8)
        layout.setContentsMargins(side, look.theme.px(4), side, side)
        self.reading.setLayout(layout)
        self.reading.hide()

    def press(self, sheet: Worksheet) -> None:
        self._open_id = "" if sheet.id == self._open_id else sheet.id
        self._show()

    def _is_open(self, sheet: Worksheet) -> bool:
        return sheet.id == self._open_id

    def _show(self) -> None:
        super()._show()
        at = next((at for at, one in enumerate(self.sheets) if one.id == self._open_id), -1)
        self._list.removeWidget(self.reading)
        opened = 0 <= at < len(self.lines)
        self.reading.setVisible(opened)
        if not opened:
            return
        self._list.insertWidget(at + 1, self.reading)
        words = self._context.words
        facts = worksheet_page(self._context.store, self._open_id)
        told = pitch(facts.sheet, facts.rows, facts.needs, connectors(words.language))
        self.said.setText(told or words("report.ffab.empty"))
        self._time.setText(words("ffab.takes", time=spoken_time(told, words)) if told else "")

    def _leave_for_it(self) -> None:
        self._context.open("worksheet", self._open_id)
