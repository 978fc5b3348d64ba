"""The section: the picture of what was spent, and the shares that are planned."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from fieldsales.domain.classes.resources import MEANS, SIDES
from fieldsales.errors import FieldError
from fieldsales.reports.portfolio.pictures import RESOURCES
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.pictures import PicturesPage
from fieldsales.services.resource_plan import changed, plan
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.question import Question
from fieldsales.widgets.typed import parse_integer

_WIDTH = 90  # px at 100 % of a share


class PlanForm(Question):
    """Nine shares, a column each for time, people and money; each column adds up to 100 %."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.lines: dict[tuple[str, str], LineEdit] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.px(12))
        grid.setVerticalSpacing(look.theme.px(8))
        for at, means in enumerate(MEANS, start=1):
            grid.addWidget(label(look, words(f"portfolio.means.{means}"), tone="muted"), 0, at)
        for down, side in enumerate(SIDES, start=1):
            name = words(f"portfolio.side.{side}")
            grid.addWidget(label(look, name), down, 0)
            for at, means in enumerate(MEANS, start=1):
                line = LineEdit(look)
                line.set_suffix("%")
                line.setFixedWidth(look.theme.px(_WIDTH))
                line.setAccessibleName(f"{name} {words(f'portfolio.means.{means}')}")
                self.lines[means, side] = line
                grid.addWidget(line, down, at)
        grid.setColumnStretch(len(MEANS) + 1, 1)
        self.wrong = label(look, tone="bad", wrap=True)
        self.wrong.hide()
        self.go = button(look, words("resources.save"), self.submit, icon="check", role="primary")
        leave = button(look, words("common.cancel"), self.left.emit, role="quiet")
        title = label(look, words("resources.plan"), size="title", bold=True)
        self.setLayout(
            column(look, title, grid, self.wrong, row(look, self.go, leave, None, gap=8), gap=12)
        )

    def ask(self) -> None:
        """Shows the plan that holds now, with the cursor in its first share."""
        self._show({means: plan(self.context.store).column(means) for means in MEANS})
        self.wrong.hide()
        first = self.lines[MEANS[0], SIDES[0]]
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def _show(self, columns: Mapping[str, Mapping[str, int]]) -> None:
        for (means, side), line in self.lines.items():
            line.setText(str(columns[means][side]))

    def submit(self) -> None:
        """Keeps the plan, or says which column does not add up."""
        words = self.context.words
        columns: dict[str, dict[str, int]] = {means: {} for means in MEANS}
        for (means, side), line in self.lines.items():
            number = parse_integer(line.text().strip() or "0")
            if number is None:
                self._complain(means, side, words("field.not_a_number", value=line.text()))
                return
            columns[means][side] = number
        try:
            operation = changed(columns)
        except FieldError as wrong:
            told = words(wrong.code, **wrong.params)
            self._complain(wrong.field, SIDES[0], told)
            return
        if self.context.run(operation, undoable=words("resources.saved")) is not None:
            self.left.emit()

    def _complain(self, means: str, side: str, text: str) -> None:
        name = self.context.words(f"portfolio.means.{means}")
        self.wrong.setText(self.context.words("resources.wrong", means=name, why=text))
        self.wrong.show()
        line = self.lines[means, side]
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()


class ResourcesPage(PicturesPage):
    """The picture with its customers; the plan is changed above it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, RESOURCES)
        look, words = context.look, context.words
        self.change = button(look, words("resources.change"), self.change_plan, icon="edit")
        self.head.insertWidget(0, self.change)
        self.form = PlanForm(context)
        self.form.left.connect(self.leave_plan)
        self.form.hide()
        self.sheet.body.insertWidget(0, self.form)

    def change_plan(self) -> None:
        """Asks for the nine shares."""
        self.form.show()
        self.form.ask()

    def leave_plan(self) -> None:
        self.form.hide()
        self.behind.list.focus_list()

    def go_back(self) -> bool:
        if self.form.isVisible():
            self.leave_plan()
            return True
        return super().go_back()

    def commands_here(self) -> list[Command]:
        change = Command(self.context.words("resources.change"), "edit", self.change_plan)
        return [change, *super().commands_here()]
