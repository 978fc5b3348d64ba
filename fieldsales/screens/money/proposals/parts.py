"""In which parts the price is paid: a sheet of instalments with what each comes to."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.fields import values_of
from fieldsales.domain.money.proposal import DUES, Instalment
from fieldsales.domain.money.totals import Totals
from fieldsales.errors import FieldError
from fieldsales.screens.money.proposals.cells import begun, due_text, part_values, share_text
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.services.operations.proposals import SetInstalments
from fieldsales.services.operations.records import AddRecord
from fieldsales.widgets.card import Section
from fieldsales.widgets.menus import chosen, give_menu
from fieldsales.widgets.pieces import button, label, row
from fieldsales.widgets.sheet import Sheet
from fieldsales.widgets.sheet_rows import RowStyle, SheetColumn
from fieldsales.widgets.suggestions import Suggestion

_FIELDS = ("label", "share_kind", "share", "due", "days", "due_on")
# what is often agreed: (share in percent, '' for the rest; what it counts from; days)
_USUAL: dict[str, tuple[tuple[str, str, int], ...]] = {
    "half": (("50", "accepted", 0), ("", "delivered", 0)),
    "three": (("30", "accepted", 0), ("60", "delivered", 0), ("", "delivered", 90)),
    "month": (("", "delivered", 30),),
}


class InstalmentsSection(Section):
    """Without any the whole is due once it is accepted."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("proposals.instalments"), gap=4)
        self.desk = desk
        self._amounts: dict[str, str] = {}
        self._standing = ""  # what is wrong with the instalments as they stand, in words
        columns = [
            SheetColumn[Instalment](
                "label", words("proposals.part"), lambda one: one.label, 140,
                typed=lambda one: one.label,
            ),
            SheetColumn[Instalment](
                "share", words("field.instalment.share"), self._share, 96, right=True,
                typed=self._typed_share,
            ),
            SheetColumn[Instalment](
                "due", words("proposals.due"), lambda one: due_text(one, words), 200,
                typed=self._typed_due, find=self._dues,
            ),
            SheetColumn[Instalment](
                "amount", words("proposals.amount"), self._amount, 124, right=True
            ),
        ]  # fmt: skip
        self.sheet = Sheet(
            look,
            columns,
            lambda _one: RowStyle(),
            self._accept,
            self._take,
            name=words("proposals.instalments"),
        )
        self.sheet.wrong.connect(self._say_typed)
        self.sheet.ordered.connect(self._order)
        self.sheet.remove_wanted.connect(self._remove)
        self.sheet.ran_out.connect(self._done)
        self.trouble = label(look, size="caption", tone="bad", wrap=True)
        self.whole = label(look, words("proposals.paid_whole"), tone="faint", wrap=True)
        self.add_one = button(look, words("proposals.add_part"), self.add, icon="add")
        self.usual = button(look, words("proposals.usual_parts"))
        give_menu(
            self.usual, [(words(f"proposals.parts_{one}"), self._set_usual, one) for one in _USUAL]
        )
        self.body.addWidget(self.whole)
        self.body.addWidget(self.sheet)
        self.body.addWidget(self.trouble)
        self.body.addLayout(row(look, self.add_one, self.usual, None, gap=8))

    def show_instalments(self, sums: Totals | None) -> None:
        """Shows the instalments of the desk and what each comes to."""
        locked = self.desk.proposal.locked
        self.show_amounts(sums)
        self.sheet.show_rows(self.desk.instalments, locked=locked)
        self.sheet.setVisible(bool(self.desk.instalments))
        self.whole.setVisible(not self.desk.instalments)
        for part in (self.add_one, self.usual):
            part.setVisible(not locked)

    def show_amounts(self, sums: Totals | None) -> None:
        """Only what each comes to."""
        self._amounts = {}
        said = ""
        if sums is not None and self.desk.instalments:
            found = self.desk.parts(sums)
            if isinstance(found, str):
                said = found
            else:
                shown = zip(self.desk.instalments, found, strict=True)
                self._amounts = {one.id: self.desk.money(part.amount) for one, part in shown}
        self._standing = said
        self._say_typed("")
        self.sheet.viewport().update()

    def flush(self) -> None:
        """Saves what is being typed."""
        self.sheet.flush()

    def _say_typed(self, wrong: str) -> None:
        """What is wrong with what was typed, or else with the instalments as they stand."""
        text = wrong or self._standing
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    # cells

    def _share(self, one: Instalment) -> str:
        return self._typed_share(one) or self.desk.words("proposals.rest")

    def _typed_share(self, one: Instalment) -> str:
        sign = self.desk.words.currency_sign(self.desk.currency)
        return share_text(one.share, one.share_kind, sign)

    def _typed_due(self, one: Instalment) -> str:
        if one.due == "day":
            return one.due_on or ""
        return str(one.days or "")

    def _amount(self, one: Instalment) -> str:
        return self._amounts.get(one.id, "")

    def _dues(self, asked: str) -> Sequence[Suggestion]:
        words = self.desk.words
        named = ((one, words.choice("instalment_due", one)) for one in DUES if one != "day")
        return [Suggestion(one, name) for one, name in named if asked in name]

    def _accept(self, row_id: str, key: str, text: str) -> str:
        part = next(one for one in self.desk.instalments if one.id == row_id)
        try:
            values = part_values(part, key, text, self.desk.look.clock.today(), self.desk.currency)
        except FieldError as wrong:
            return self.desk.told(wrong)
        return self.desk.edit("instalment", row_id, values)

    def _take(self, row_id: str, _key: str, due: str) -> str:
        return self.desk.edit("instalment", row_id, begun(due))

    # adding, ordering, removing

    def add(self) -> None:
        """One more, its share what the others leave."""
        count = len(self.desk.instalments)
        name = self.desk.words("proposals.part_named", n=count + 1)
        operation = AddRecord(
            "instalment",
            {"proposal_id": self.desk.proposal_id, "position": count, "label": name},
        )
        if self.desk.run(operation):
            self.sheet.edit_cell(operation.row_id, "share")

    def _set_usual(self) -> None:
        words, parts = self.desk.words, []
        for at, (share, due, days) in enumerate(_USUAL[str(chosen(self.sender()))]):
            key = (
                "deposit"
                if not at and due == "accepted"
                else "rest_part"
                if not share
                else "part_named"
            )
            parts.append(
                {"label": words(f"proposals.{key}", n=at + 1), "share": share, "due": due,
                 "days": days or None}
            )  # fmt: skip
        self.desk.run(
            SetInstalments(self.desk.proposal_id, tuple(parts)), words("proposals.parts_set")
        )

    def _set(self, shown: Sequence[Instalment], undoable: str = "") -> None:
        parts = [{name: values_of(one)[name] for name in _FIELDS} for one in shown]
        self.desk.run(SetInstalments(self.desk.proposal_id, tuple(parts)), undoable)

    def _order(self, row_ids: Sequence[str]) -> None:
        known = {one.id: one for one in self.desk.instalments}
        self._set([known[one] for one in row_ids])

    def _remove(self, row_ids: Sequence[str]) -> None:
        kept = [one for one in self.desk.instalments if one.id not in row_ids]
        self._set(kept, self.desk.words("proposals.part_removed"))

    def _done(self) -> None:
        self.add_one.setFocus()
