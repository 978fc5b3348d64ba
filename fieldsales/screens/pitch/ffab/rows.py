"""The rows of a worksheet under their four headings, what may follow, and their order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.domain.worksheet import PARTS, WorksheetRow
from fieldsales.screens.pitch.ffab.desk import Desk
from fieldsales.screens.pitch.ffab.line import GRIP, REMOVE, RowLine, Shown
from fieldsales.services.operations.worksheets import (
    AddWorksheetRow,
    OrderWorksheetRows,
    RemoveWorksheetRow,
)
from fieldsales.widgets.card import Section
from fieldsales.widgets.kept_rows import Rows
from fieldsales.widgets.offers import Offers
from fieldsales.widgets.pick_editors import FlagEditor
from fieldsales.widgets.pieces import column, hairline, label, row
from fieldsales.widgets.saved_field import field_of

_OFFERED = 4  # of each kind


class RowsSection(Section):
    """Feature → function → advantage → benefit; FAB where functions are left out."""

    typed = Signal()
    adapt_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(
            look, words("ffab.rows"), action=words("ffab.add_row"), act=self.add, icon="add", gap=4
        )
        self._desk = desk
        self.plain = FlagEditor(
            look,
            field_of("worksheet", "without_function"),
            words("field.worksheet.without_function"),
        )
        self.plain.edited.connect(self._switch)
        self.add_to_head(self.plain)
        self._heads = {part: label(look, _named(desk, part), size="caption", tone="muted")
                       for part in PARTS}  # fmt: skip
        heads = row(look, gap=4)
        heads.addSpacing(look.theme.px(GRIP))
        for head in self._heads.values():
            head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            head.setIndent(look.theme.px(9))
            heads.addWidget(head, 1)
        heads.addSpacing(look.theme.px(REMOVE))
        self._head = QWidget()
        self._head.setLayout(column(look, heads, hairline(look), gap=4))
        self.rows: Rows[Shown] = Rows(look, self._make, gap=4)
        self._empty = label(look, words("ffab.no_rows"), tone="muted", wrap=True)
        self._needs_head = label(look, size="caption", tone="muted", wrap=True)
        self._traits_head = label(look, words("ffab.from_product"), size="caption", tone="muted")
        for offered in (self._needs_head, self._traits_head):
            offered.setContentsMargins(0, look.theme.px(8), 0, 0)
        self.needs = Offers(look, "need")
        self.needs.taken.connect(self._answer)
        self.traits = Offers(look)
        self.traits.taken.connect(self._take_trait)
        self.show_parts(
            (
                self._empty,
                self._head,
                self.rows,
                self._needs_head,
                self.needs,
                self._traits_head,
                self.traits,
            )
        )
        for keys, act in (
            ("Alt+Up", self._up),
            ("Alt+Down", self._down),
            ("Ctrl+Return", self.add),
            ("Ctrl+Enter", self.add),
            ("Ctrl+Shift+Del", self._remove_focused),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # showing

    @property
    def lines(self) -> list[RowLine]:
        found = (self.rows.row(key) for key in self.rows.keys())  # noqa: SIM118 - no mapping
        return [line for line in found if isinstance(line, RowLine)]

    def show_rows(self) -> None:
        facts = self._desk.facts
        plain = bool(facts.sheet.without_function)
        self.plain.set_value(int(plain))
        self._heads["function"].setVisible(not plain)
        self.set_count(len(facts.rows))
        self._empty.setVisible(not facts.rows)
        self._head.setVisible(bool(facts.rows))
        self.rows.show_things([Shown(one, at) for at, one in enumerate(facts.rows)])
        self._offer()

    def now(self) -> list[WorksheetRow]:
        """The rows with what is being typed."""
        return [line.now() for line in self.lines]

    def show_speech(self) -> None:
        for line in self.lines:
            line.show_speech()

    def flush(self) -> None:
        for line in self.lines:
            line.flush()

    def _offer(self) -> None:
        """Needs that wait for an answer, and what the product's card says it has."""
        facts, words = self._desk.facts, self._desk.words
        taken = {one.need_id for one in facts.rows}
        waiting = [
            (need.id, need.text, None)
            for need in facts.needs
            if need.statement == "explicit" and need.id not in taken
        ]
        self._needs_head.setText(words("ffab.waiting"))
        self._needs_head.setVisible(bool(waiting))
        self.needs.show_offers(waiting[:_OFFERED])
        features = {one.feature for one in facts.rows}
        limit = field_of("worksheet_row", "feature").max_length
        traits = facts.product.traits.splitlines() if facts.product is not None else []
        lines = dict.fromkeys(" ".join(one.split())[:limit] for one in traits if one.strip())
        fresh = [(one, one, None) for one in lines if one not in features]
        self._traits_head.setVisible(bool(fresh))
        self.traits.show_offers(fresh[:_OFFERED])

    def _make(self, shown: Shown) -> RowLine:
        line = RowLine(self._desk, shown, self._widgets)
        line.typed.connect(self.typed)
        line.entered.connect(self._on_from)
        line.moved.connect(self._moved)
        line.grip.dropped.connect(line.moved)
        line.remove_wanted.connect(self._remove_sender)
        line.adapt_wanted.connect(self.adapt_wanted)
        return line

    def _widgets(self) -> Sequence[QWidget]:
        return self.lines

    # what is done

    def _switch(self) -> None:
        self._desk.edit_sheet(without_function=self.plain.value())

    def add(self) -> None:
        """A new row at the end, the cursor in it."""
        self._add({})

    def _add(self, values: dict[str, object], part: str = "feature") -> None:
        self.flush()
        operation = AddWorksheetRow(self._desk.sheet_id, values)
        if self._desk.run(operation):
            line = self.rows.row(operation.row_id)
            if isinstance(line, RowLine):
                line.focus(part)

    def _answer(self, need_id: str) -> None:
        self._add({"need_id": need_id})

    def _take_trait(self, trait: str) -> None:
        plain = bool(self._desk.sheet.without_function)
        self._add({"feature": trait}, "advantage" if plain else "function")

    def _on_from(self) -> None:
        """Enter at the end of a row: to the next, or to a new one."""
        lines = self.lines
        at = lines.index(self.sender())  # type: ignore[arg-type]
        if at + 1 < len(lines):
            lines[at + 1].focus()
        else:
            self.add()

    def focused(self) -> RowLine | None:
        """The row in which the cursor stands."""
        inside = self.focusWidget()
        return next((one for one in self.lines if inside and one.isAncestorOf(inside)), None)

    def _remove_sender(self) -> None:
        line = self.sender()
        assert isinstance(line, RowLine)
        self._remove(line)

    def _remove_focused(self) -> None:
        if (line := self.focused()) is not None:
            self._remove(line)

    def _remove(self, line: RowLine) -> None:
        line.flush()
        self._desk.run(RemoveWorksheetRow(line.row_id), self._desk.words("ffab.row_removed"))

    def _up(self) -> None:
        self._move_focused(-1)

    def _down(self) -> None:
        self._move_focused(1)

    def _move_focused(self, by: int) -> None:
        if (line := self.focused()) is not None:
            self._move(line, self.lines.index(line) + by)

    def _moved(self, place: int) -> None:
        line = self.sender()
        assert isinstance(line, RowLine)
        self._move(line, place)

    def _move(self, line: RowLine, place: int) -> None:
        """Puts a row to a place; the cursor stays where it is."""
        ids = self.rows.keys()
        at = self.lines.index(line)
        if not 0 <= place < len(ids) or place == at:
            return
        inside = self.focusWidget()
        self.flush()
        ids.insert(place, ids.pop(at))
        self._desk.run(OrderWorksheetRows(self._desk.sheet_id, tuple(ids)))
        if inside is not None:
            inside.setFocus(Qt.FocusReason.OtherFocusReason)


def _named(desk: Desk, part: str) -> str:
    return desk.words(f"field.worksheet_row.{part}")
