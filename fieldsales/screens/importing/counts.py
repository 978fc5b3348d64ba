"""What an import did or would do, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldsales.services.importing.importer import Outcome
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import Tone, label
from fieldsales.words import Words

_OTHER = {
    "customers": "contacts",
    "contacts": "customers",
    "deals": "customers",
    "products": "products",
    "receivables": "customers",
    "payments": "customers",
    "sales": "customers",
}


@dataclass(frozen=True, slots=True)
class Count:
    """One line: `新增 | 12 个客户、15 位联系人`."""

    name: str
    text: str
    tone: Tone = "ink"
    weighty: bool = True


def counted(words: Words, key: str, n: int) -> str:
    """A sentence with a number as it is written, or its own form for one."""
    return words(key, n=words.number(n))


def counts(outcome: Outcome, kind: str, words: Words) -> list[Count]:
    """Lines for what was added, changed, left alone and left out; none for what is nothing."""
    other = _OTHER[kind]
    added = [counted(words, f"importing.n_{kind}", outcome.added)] if outcome.added else []
    if outcome.others:
        added.append(counted(words, f"importing.n_{other}", outcome.others))
    if outcome.paid:
        added.append(counted(words, "importing.n_payments", outcome.paid))
    lines = []
    if added:
        lines.append(Count(words("importing.added"), "\n".join(added)))
    updated = [counted(words, f"importing.n_{kind}", outcome.updated)] if outcome.updated else []
    if outcome.others_updated:
        updated.append(counted(words, f"importing.n_{other}", outcome.others_updated))
    if updated:
        lines.append(Count(words("importing.updated"), "\n".join(updated)))
    if outcome.unchanged:
        text = counted(words, "importing.n_rows", outcome.unchanged)
        lines.append(Count(words("importing.unchanged"), text, "muted", weighty=False))
    if outcome.skipped:
        text = counted(words, "importing.n_rows", outcome.skipped)
        lines.append(Count(words("importing.skipped"), text, "warn"))
    return lines


class CountTable(QWidget):
    """The lines below each other, names beside numbers."""

    def __init__(self, look: Look, *, size: str = "body") -> None:
        super().__init__()
        self._look, self._size = look, size
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(16))
        self._grid.setVerticalSpacing(look.theme.px(8))
        self._grid.setColumnStretch(1, 1)

    def show_counts(self, lines: Sequence[Count]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().deleteLater()
        for at, line in enumerate(lines):
            name = label(self._look, line.name, size=self._size, tone="muted")
            value = label(
                self._look, line.text, size=self._size, bold=line.weighty, tone=line.tone, wrap=True
            )
            self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, at, 1)
