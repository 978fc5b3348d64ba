"""Writes the rows that could not come in to a file, ready to be mended and imported again."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.services.importing.conversion import Problem
from fieldsales.services.importing.naming import column_name, problem_told
from fieldsales.services.importing.sheet import Sheet
from fieldsales.words import Words


def write_problems(path: Path, sheet: Sheet, problems: Iterable[Problem], words: Words) -> None:
    """Writes an XLSX of the rows that have problems, as they stand in the file, with the reasons.

    Raises EnvironmentProblem if it cannot be written.
    """
    import xlsxwriter  # only where something went wrong

    reasons: dict[int, list[str]] = {}
    for problem in problems:
        told = problem_told(problem, sheet, words)
        reasons.setdefault(problem.row, []).append(told)
    names = [column_name(sheet, index, words) for index in range(len(sheet.columns))]
    written = BytesIO()
    try:
        # texts stay texts: nothing in a row is taken for a formula, a number or a link
        with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
            page = book.add_worksheet()
            bold = book.add_format({"bold": True})
            head = (words("import.file.row"), words("import.file.reason"), *names)
            for column, text in enumerate(head):
                page.write_string(0, column, text, bold)
            line = 0
            for number, cells in sheet:
                if number in reasons:
                    line += 1
                    page.write_number(line, 0, number)
                    for column, text in enumerate(("\n".join(reasons[number]), *cells), 1):
                        page.write_string(line, column, text[:32_767])
            page.freeze_panes(1, 2)
            page.set_column(1, 1, 40)
            page.set_column(2, 1 + len(sheet.columns), 18)
        places.write_whole(path, written.getvalue())
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as problem:
        raise EnvironmentProblem("import.error.cannot_write", path=str(path)) from problem
