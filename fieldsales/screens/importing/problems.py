"""The rows that cannot come in, or only in part: which, and why."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from fieldsales.services.importing.conversion import Problem
from fieldsales.services.importing.naming import column_name
from fieldsales.services.importing.sheet import Sheet
from fieldsales.widgets.list_views import RowFace, RowList
from fieldsales.widgets.look import Look
from fieldsales.widgets.rows import Column, WindowedModel


class ProblemList(RowList):
    """Two lines a problem: the reason, and below it where; any number of them."""

    def __init__(self, look: Look) -> None:
        self._words = look.words
        self._sheet: Sheet | None = None
        self._problems: Sequence[Problem] = ()
        self.windowed: WindowedModel[Problem] = WindowedModel(
            look.words,
            [Column("reason", "import.file.reason", self._reason, tooltip=self._reason)],
            lambda _sort, _descending: array("q", range(len(self._problems))),
            lambda numbers: [self._problems[number] for number in numbers],
        )
        super().__init__(look, self.windowed, self._face)
        self.setAccessibleName(look.words("importing.problems"))

    def show_problems(self, sheet: Sheet, problems: Sequence[Problem]) -> None:
        self._sheet, self._problems = sheet, problems
        self.windowed.reload()

    def _reason(self, problem: Problem) -> str:
        return self._words(problem.code, **problem.params)

    def _face(self, problem: Problem) -> RowFace:
        words, column = self._words, problem.column
        if self._sheet is not None and column in self._sheet.columns:
            column = column_name(self._sheet, self._sheet.columns.index(column), words)
        row = words.number(problem.row)
        where = (
            words("importing.problem_place", row=row, column=column)
            if column
            else words("importing.problem_row", row=row)
        )
        fate = "noted" if problem.noted else "kept" if problem.kept else "skipped"
        return RowFace(
            title=self._reason(problem),
            subtitle=where,
            aside=words(f"importing.problem_{fate}"),
            mark="info" if problem.kept else "warning",
            mark_role="ink-3" if problem.kept else "warn",
        )
