"""The lines of a proposal: a sheet, the line a new one is begun in, and the current one's rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent

from fieldsales.domain.fields import values_of
from fieldsales.domain.money.proposal import ROLES, ProposalLine
from fieldsales.domain.money.totals import Totals
from fieldsales.errors import FieldError
from fieldsales.screens.money.proposals.cells import grouped, line_values, share_text
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.screens.money.proposals.entry import Entry
from fieldsales.screens.money.proposals.finders import products
from fieldsales.screens.money.proposals.pasting import pasted_lines
from fieldsales.services.operations.proposals import (
    AddProposalLine,
    AddProposalLines,
    OrderProposalLines,
    RemoveProposalLines,
)
from fieldsales.services.operations.records import EditMany
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.menus import chosen, give_menu, passing_menu, tick
from fieldsales.widgets.pieces import button, label, row
from fieldsales.widgets.sheet import Sheet
from fieldsales.widgets.sheet_rows import RowStyle, SheetColumn

_REST = Group("", ("text", "role", "cost", "minimum"))


class LinesSection(Section):
    """Enter in the line below begins another; a line's text and own figures stand under the sheet.

    `tried` carries the line as it is being typed, None once it is not any more.
    """

    tried = Signal(object)

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("proposals.lines"), gap=4)
        self.desk = desk
        self._sums: Totals | None = None
        find = products(desk.context)
        columns = [
            SheetColumn[ProposalLine](
                "name", words("proposals.what"), self._name, 180, typed=self._typed_name, find=find
            ),
            self._figure("quantity", 78),
            SheetColumn[ProposalLine](
                "unit",
                words("field.proposal_line.unit"),
                lambda line: line.unit if line.kind == "item" else "",
                56,
                typed=lambda line: line.unit if line.kind == "item" else None,
            ),
            self._figure("price", 104),
            SheetColumn[ProposalLine](
                "discount",
                words("field.proposal_line.discount"),
                self._discount,
                80,
                right=True,
                typed=lambda line: self._discount(line) if line.kind == "item" else None,
            ),
            SheetColumn[ProposalLine](
                "tax_percent",
                words("proposals.tax"),
                lambda line: f"{line.tax_percent}%" if line.tax_percent else "",
                58,
                right=True,
                typed=lambda line: line.tax_percent if line.kind == "item" else None,
            ),
            SheetColumn[ProposalLine](
                "amount", words("proposals.amount"), self._amount, 124, right=True
            ),
        ]
        self.sheet = Sheet(
            look, columns, self._style, self._accept, self._take, name=words("proposals.lines")
        )
        self.sheet.typing.connect(self._typing)
        self.sheet.stopped.connect(self._stopped)
        self.sheet.wrong.connect(self._say)
        self.sheet.current_changed.connect(self._show_rest)
        self.sheet.ran_out.connect(self.begin)
        self.sheet.ordered.connect(self._order)
        self.sheet.remove_wanted.connect(self.remove)
        self.sheet.pasted.connect(self.paste)
        self.sheet.menu_wanted.connect(self._menu)
        self.trouble = label(look, size="caption", tone="bad", wrap=True)
        self.trouble.hide()
        self.entry = Entry(look, find)
        self.entry.setPlaceholderText(words("proposals.entry_hint"))
        self.entry.setAccessibleName(words("proposals.entry_hint"))
        self.entry.picked.connect(self._add_product)
        self.entry.entered.connect(self._add_free)
        self.entry.pasted.connect(self.paste)
        self.others = button(look, words("proposals.other_lines"), icon="add")
        give_menu(
            self.others,
            [
                (words(f"proposals.add_{kind}"), self._add_kind, kind)
                for kind in ("heading", "text", "subtotal")
            ],
        )
        self.adding = row(look, self.entry, self.others, gap=8)
        self.adding.setStretch(0, 1)
        self.rest = Form(
            look,
            "proposal_line",
            (_REST,),
            desk.commit("proposal_line", self._current),
            desk.draft("proposal_line", self._current),
        )
        side = look.theme.px(12)
        self.rest.setContentsMargins(side, look.theme.px(8), side, look.theme.px(8))
        self.rest.hide()
        self._rest_of = ""
        self.body.addWidget(self.sheet)
        self.body.addWidget(self.trouble)
        self.body.addLayout(self.adding)
        self.body.addWidget(self.rest)

    def _figure(self, key: str, width: int) -> SheetColumn[ProposalLine]:
        """A number that is typed as it is stored."""

        def text(line: ProposalLine) -> str:
            digits = self.desk.digits if key == "price" else 0
            return grouped(getattr(line, key), digits) if line.kind == "item" else ""

        def typed(line: ProposalLine) -> str | None:
            return str(getattr(line, key)) if line.kind == "item" else None

        title = self.desk.words(f"field.proposal_line.{key}")
        return SheetColumn(key, title, text, width, right=True, typed=typed)

    # showing

    def show_lines(self, sums: Totals | None) -> None:
        """Shows the lines of the desk; None where they cannot be summed."""
        self._sums = sums
        locked = self.desk.proposal.locked
        if locked:
            self._rest_of = ""
        for part in (self.entry, self.others):
            part.setVisible(not locked)
        self.sheet.show_rows(self.desk.lines, locked=locked)
        self.sheet.setVisible(bool(self.desk.lines))
        self.set_count(sum(line.kind == "item" for line in self.desk.lines))
        self._show_rest(self.sheet.current())

    def show_sums(self, sums: Totals | None) -> None:
        """Only the amounts, while a cell is typed into."""
        self._sums = sums
        self.sheet.viewport().update()

    def flush(self) -> None:
        """Saves what is being typed."""
        self.sheet.flush()
        if self._rest_of:
            self.rest.flush()

    def focus_first(self) -> None:
        """Into the sheet, or where the first line is begun."""
        if self.desk.lines:
            self.sheet.choose(self.sheet.current() or self.desk.lines[0].id)
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin()

    def begin(self) -> None:
        """Where the next line is begun."""
        self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current(self) -> str:
        return self._rest_of

    def _show_rest(self, row_id: str) -> None:
        found = next((line for line in self.desk.lines if line.id == row_id), None)
        shown = found is not None and found.kind == "item" and not self.desk.proposal.locked
        if self._rest_of and self._rest_of != row_id:
            self.rest.flush()
        if not shown or found is None:
            self._rest_of = ""
        elif self._rest_of == row_id:
            self.rest.refresh(values_of(found))
        else:
            self._rest_of = row_id
            drafts = self.desk.context.drafts("proposal_line", row_id)
            kept = {one: drafts[one] for one in drafts.keys() & self.rest.cells.keys()}
            self.rest.load(values_of(found), kept)
        self.rest.setVisible(bool(self._rest_of))

    def _say(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    # cells

    def _name(self, line: ProposalLine) -> str:
        if line.kind == "item":
            return line.product_name or line.text
        return line.text or (
            self.desk.words("proposals.subtotal") if line.kind == "subtotal" else ""
        )

    def _typed_name(self, line: ProposalLine) -> str:
        return line.product_name if line.kind == "item" else line.text

    def _discount(self, line: ProposalLine) -> str:
        sign = self.desk.words.currency_sign(self.desk.currency)
        return share_text(line.discount, line.discount_kind, sign)

    def _amount(self, line: ProposalLine) -> str:
        if self._sums is None:
            return ""
        if line.kind == "item":
            found = self._sums.amounts.get(line.id)
            return self.desk.money(found.amount) if found is not None else ""
        known = self._sums.sums.get(line.id) if line.kind != "text" else None
        return self.desk.money(known) if known else ""

    def _style(self, line: ProposalLine) -> RowStyle:
        words = self.desk.words
        if line.kind != "item":
            bold = line.kind in ("heading", "subtotal")
            return RowStyle(bold=bold, role="ink" if bold else "ink-2", spans=True)
        chips = []
        if line.role != "counted":
            chips.append(ChipFace(words(f"proposals.role_{line.role}")))
        below = " ".join(line.text.split()) if line.product_name else ""
        return RowStyle(below, tuple(chips), role="ink" if line.role == "counted" else "ink-2")

    def _accept(self, row_id: str, key: str, text: str) -> str:
        try:
            values = line_values(self.desk.line(row_id), key, text, self.desk.currency)
        except FieldError as wrong:
            return self.desk.told(wrong)
        return self.desk.edit("proposal_line", row_id, values)

    def _take(self, row_id: str, _key: str, product_id: str) -> str:
        return self.desk.fill(row_id, product_id)

    def _typing(self, row_id: str, key: str, text: str) -> None:
        try:
            values = line_values(self.desk.line(row_id), key, text, self.desk.currency)
            self.tried.emit(self.desk.trial(row_id, values))
        except FieldError:  # half a number; said once the cell is left
            self.tried.emit(None)

    def _stopped(self) -> None:
        self.tried.emit(None)

    # adding, ordering, removing

    def _after(self) -> str | None:
        """New lines come after the current one where the user is in the sheet, else at the end."""
        return self.sheet.current() or None if self.sheet.hasFocus() else None

    def _add(self, values: dict[str, object], cell: str) -> None:
        operation = AddProposalLine(self.desk.proposal_id, values, self._after())
        if self.desk.run(operation):
            self.entry.clear()
            self.sheet.edit_cell(operation.row_id, cell)

    def _add_product(self, product_id: str, _text: str) -> None:
        self._add({"product_id": product_id}, "quantity")

    def _add_free(self, text: str) -> None:
        self._add({"product_name": text}, "quantity")

    def _add_kind(self) -> None:
        self.add_kind(str(chosen(self.sender())))

    def add_kind(self, kind: str) -> None:
        """A heading, a text or a subtotal, at the end or after the current line."""
        after = self.sheet.current() or None
        if after == (self.desk.lines[-1].id if self.desk.lines else None):
            after = None
        self._begin(kind, after)

    def _begin(self, kind: str, after: str | None) -> None:
        operation = AddProposalLine(self.desk.proposal_id, {"kind": kind}, after)
        if self.desk.run(operation):
            self.sheet.edit_cell(operation.row_id, "name")

    def paste(self, text: str) -> None:
        """Rows of a spreadsheet become lines."""
        try:
            lines = pasted_lines(self.desk.context.store, text, self.desk.currency)
        except FieldError as wrong:
            self._say(self.desk.told(wrong))
            return
        self._say("")
        if not lines:
            return
        said = self.desk.words("proposals.pasted", n=len(lines))
        operation = AddProposalLines(self.desk.proposal_id, tuple(lines), self._after())
        if self.desk.run(operation, undoable=said):
            self.entry.clear()

    def remove(self, row_ids: Sequence[str]) -> None:
        """Takes lines away, with an undo."""
        said = self.desk.words("proposals.removed", n=len(row_ids))
        self.desk.run(RemoveProposalLines(tuple(row_ids)), undoable=said)
        self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order(self, row_ids: Sequence[str]) -> None:
        self.desk.run(OrderProposalLines(self.desk.proposal_id, tuple(row_ids)))

    def _menu(self, spot: QPoint) -> None:
        if self.desk.proposal.locked or not self.sheet.selected():
            return
        words = self.desk.words
        menu = passing_menu(
            self,
            (
                (words("proposals.up"), self._up),
                (words("proposals.down"), self._down),
                (words("proposals.insert"), self.insert),
                (words("proposals.group"), self.group),
                None,
                (words("proposals.remove"), self._remove_selected),
                None,
            ),
        )
        line = self.desk.line(self.sheet.current())
        if line.kind == "item":
            for role in ROLES:
                tick(menu, words.choice("line_role", role), line.role == role, self._set_role)
                menu.actions()[-1].setData(role)
        menu.popup(spot)

    def _set_role(self) -> None:
        self._take_role(str(chosen(self.sender())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the sheet leaves: Insert a line, Ctrl+G a heading, Ctrl+E what counts."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        acts = {Qt.Key.Key_G: self.group, Qt.Key.Key_E: self.turn_role} if control else {}
        if event.key() == Qt.Key.Key_Insert:
            acts[Qt.Key.Key_Insert] = self.insert
        act = acts.get(Qt.Key(event.key()))
        if act is None or self.desk.proposal.locked or not self.sheet.hasFocus():
            super().keyPressEvent(event)
        else:
            act()

    def insert(self) -> None:
        """A line below the current one."""
        self._add({}, "name")

    def group(self) -> None:
        """A heading above the lines selected."""
        selected = set(self.sheet.selected())
        order = [line.id for line in self.desk.lines]
        at = next((at for at, one in enumerate(order) if one in selected), len(order))
        self._begin("heading", order[at - 1] if at else "")

    def turn_role(self) -> None:
        """The lines selected are counted, optional, or stand for the one before: in turn."""
        lines = [self.desk.line(one) for one in self.sheet.selected()]
        if items := [line for line in lines if line.kind == "item"]:
            now = ROLES.index(items[0].role)
            self._take_role(ROLES[(now + 1) % len(ROLES)])

    def _take_role(self, role: str) -> None:
        lines = [self.desk.line(one) for one in self.sheet.selected()]
        items = tuple(line.id for line in lines if line.kind == "item")
        self.desk.run(EditMany("proposal_line", items, {"role": role}))

    def _up(self) -> None:
        self.sheet.shift(-1)

    def _down(self) -> None:
        self.sheet.shift(1)

    def _remove_selected(self) -> None:
        self.remove(self.sheet.selected())
