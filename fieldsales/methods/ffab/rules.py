"""Composes a spoken pitch from the parts of a worksheet, and tells how long it takes (M28)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import Worksheet, WorksheetRow, answers_need
from fieldsales.methods.ffab.content import Connectors

A_MINUTE = 240  # characters that are said in it
_WORD = 2  # characters' time that a word or number in Latin script takes: 120 a minute
_SAID = re.compile(r"[A-Za-z0-9]+(?:['’.,-][A-Za-z0-9]+)*|[^\W_]")
_PART = re.compile(r"\{(?:feature|function|advantage|benefit)\}")
_ENDS = "。！？!?；;，,、."


def row_pitch(
    row: WorksheetRow, needs: Iterable[Need], said: Connectors, *, without_function: bool = False
) -> str:
    """A row as speech: as the rep put it, else composed; '' where nothing is told.

    Without an explicit need that it answers, what should be a benefit is told as an example: to
    this customer it is an advantage only (M27).
    """
    if row.pitch:
        return row.pitch
    function = "" if without_function else _bare(row.function)
    feature, advantage, benefit = map(_bare, (row.feature, row.advantage, row.benefit))
    sentences = []
    if feature and function:
        sentences.append(said.feature_function)
    elif feature or function:
        sentences.append(said.feature if feature else said.function)
    if advantage:
        sentences.append(said.advantage)
    if benefit:
        sentences.append(said.benefit if answers_need(row, needs) else said.example)
    parts = {
        "{feature}": feature,
        "{function}": function,
        "{advantage}": advantage,
        "{benefit}": benefit,
    }
    told = said.between.join(sentence + said.stop for sentence in sentences)
    return _PART.sub(lambda found: parts[found[0]], told)


def pitch(
    sheet: Worksheet, rows: Iterable[WorksheetRow], needs: Sequence[Need], said: Connectors
) -> str:
    """The whole pitch: as the rep put it, else the opening and the rows, each on a line."""
    if sheet.pitch:
        return sheet.pitch
    plain = bool(sheet.without_function)
    lines = [row_pitch(row, needs, said, without_function=plain) for row in rows]
    return "\n".join(filter(None, (sheet.opening, *lines)))


def length(text: str) -> int:
    """How many Chinese characters take as long to say as a text."""
    return sum(_WORD if found.isascii() else 1 for found in _SAID.findall(text))


def seconds(text: str) -> int:
    """How long it takes to say a text, at 240 Chinese characters or 120 words a minute."""
    return round(length(text) * 60 / A_MINUTE)


def _bare(part: str) -> str:
    """A part without the mark at its end: the connectors bring their own."""
    return part.rstrip().rstrip(_ENDS)
