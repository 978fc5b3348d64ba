"""The form that asks for a quarter's targets, and for the figures that no record tells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from fieldsales.domain.classes.indicators import (
    BY_CODE,
    DAYS,
    GROUPS,
    INDICATORS,
    PERCENT,
    Indicator,
)
from fieldsales.errors import FieldError
from fieldsales.reports.funnel_pictures import month_name
from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.screens.contract import Context
from fieldsales.services.operations.indicators import ACTUAL, TARGET, SetIndicators, checked
from fieldsales.store.queries.indicators import Typed, typed
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.question import Question
from fieldsales.widgets.typed import parse_decimal

_WIDTH = 124  # px at 100 % of a figure


class TargetsForm(Question):
    """A line for each indicator: target, and what it is; arrows go from line to line."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.portrait: Balanced | None = None
        self.targets: dict[str, LineEdit] = {}
        self.actuals: dict[str, LineEdit] = {}
        self.told = {one.code: label(look, tone="muted") for one in INDICATORS}
        halves = QHBoxLayout()
        halves.setSpacing(look.theme.px(32))
        for groups in (GROUPS[:2], GROUPS[2:]):
            halves.addLayout(self._grid(groups))
        halves.addStretch(1)
        self.title = label(look, size="title", bold=True)
        hint = label(look, words("indicators.hint"), tone="muted", wrap=True)
        self.wrong = label(look, tone="bad", wrap=True)
        self.go = button(look, words("indicators.save"), self.submit, icon="check", role="primary")
        self.same = button(look, words("indicators.take_over"), self.take_over, icon="undo")
        leave = button(look, words("common.cancel"), self.left.emit, role="quiet")
        buttons = row(look, self.go, self.same, leave, None, gap=8)
        self.setLayout(column(look, self.title, hint, buttons, self.wrong, halves, gap=12))

    def _grid(self, groups: Sequence[str]) -> QGridLayout:
        """The lines of some groups below each other."""
        look, words = self.context.look, self.context.words
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.px(12))
        grid.setVerticalSpacing(look.theme.px(8))
        heads = (words("indicators.target"), words("indicators.actual"))
        down = 0
        for group in groups:
            grid.addWidget(label(look, words(f"indicators.group.{group}"), bold=True), down, 0)
            for at, head in enumerate(heads, start=1):
                grid.addWidget(label(look, head, tone="muted"), down, at)
            for one in INDICATORS:
                if one.group != group:
                    continue
                down += 1
                name = words(f"indicators.name.{one.code}")
                shown = label(look, name)
                shown.setToolTip(words(f"indicators.how.{one.code}"))
                grid.addWidget(shown, down, 0)
                for at, lines in enumerate((self.targets, self.actuals), start=1):
                    line = lines[one.code] = LineEdit(look)
                    line.set_suffix(self._unit(one))
                    line.setFixedWidth(look.theme.px(_WIDTH))
                    line.setAccessibleName(f"{name} {heads[at - 1]}")
                    grid.addWidget(line, down, at)
                grid.addWidget(self.told[one.code], down, 2)
            down += 1
        grid.setRowStretch(down, 1)
        return grid

    def _unit(self, one: Indicator) -> str:
        units = {PERCENT: "%", DAYS: self.context.words("indicators.days", n="").strip()}
        return units.get(one.unit, "")

    def ask(self, portrait: Balanced, code: str = "") -> None:
        """Shows what is typed for the picture's quarter, with the cursor in an indicator's line."""
        self.portrait, board = portrait, portrait.board
        words = self.context.words
        quarter = month_name(words, str(board.quarter))
        self.title.setText(words("indicators.of_quarter", quarter=quarter))
        self.wrong.hide()
        for one in INDICATORS:
            known = board.typed[-1].get(one.code, Typed())
            self.targets[one.code].setText(known.target)
            self.actuals[one.code].setText(known.actual)
        self.show_told(portrait)
        asked = self.targets if not code or board.is_told(code) else self.actuals
        self._enter(asked[code or INDICATORS[0].code])

    def show_told(self, portrait: Balanced) -> None:
        """Shows what the records tell by now; what was typed stays."""
        for one in INDICATORS:
            told = portrait.board.is_told(one.code)
            self.actuals[one.code].setVisible(not told)
            self.told[one.code].setVisible(told)
            self.told[one.code].setText(portrait.figure(one, portrait.now[one.code].actual))

    def take_over(self) -> None:
        """Puts the targets of the quarter before where none is typed."""
        if self.portrait is None:
            return
        before = typed(self.context.store, self.portrait.board.quarter.earlier(1))
        for code, line in self.targets.items():
            if not line.text().strip() and code in before:
                line.setText(before[code].target)

    def submit(self) -> None:
        """Keeps what was typed, or says what is no figure."""
        if self.portrait is None:
            return
        words, quarter = self.context.words, self.portrait.board.quarter
        try:
            operation = SetIndicators(quarter, self._typed())
            checked(operation.figures)
        except FieldError as wrong:
            self._complain(wrong)
            return
        told = words("indicators.saved", quarter=month_name(words, str(quarter)))
        if self.context.run(operation, undoable=told) is not None:
            self.left.emit()

    def _typed(self) -> dict[str, Typed]:
        """Indicator -> the numbers in its line; FieldError for what is none."""

        def number(line: LineEdit, name: str) -> str:
            text = line.text().strip()
            found = parse_decimal(text.rstrip("%％"))
            if text and found is None:
                raise FieldError("field.not_a_number", name, value=text)
            return "" if found is None else f"{found:f}"

        return {
            code: Typed(
                number(line, f"{code}.{TARGET}"), number(self.actuals[code], f"{code}.{ACTUAL}")
            )
            for code, line in self.targets.items()
        }

    def _complain(self, wrong: FieldError) -> None:
        words, (code, _, which) = self.context.words, wrong.field.partition(".")
        why = words(wrong.code, **wrong.params)
        name = words(f"indicators.name.{code}")
        self.wrong.setText(words("indicators.wrong", name=name, why=why))
        self.wrong.show()
        self._enter((self.targets if which == TARGET else self.actuals)[code])

    def _enter(self, line: LineEdit) -> None:
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """To the line above or below in the same column, as far as there is one."""
        for lines in (self.targets, self.actuals):
            shown = [lines[code] for code in BY_CODE if lines[code].isVisible()]
            inside = [at for at, line in enumerate(shown) if line.hasFocus()]
            if inside and 0 <= inside[0] + by < len(shown):
                self._enter(shown[inside[0] + by])
                return
