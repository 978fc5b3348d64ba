"""What is said of a type, and other short texts under small headings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.methods.whole_brain.content import Type
from fieldsales.widgets.card import empty
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, label, row


class Passages(QWidget):
    """Texts below each other, each under its heading; a list has a dot before each line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._body = column(look, gap=16)
        self.setLayout(self._body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_passages(self, passages: Sequence[tuple[str, str | Sequence[str]]]) -> None:
        """(heading, text or lines) each."""
        look = self._look
        empty(self._body)
        for heading, said in passages:
            part = column(look, label(look, heading, size="caption", tone="muted"), gap=4)
            if isinstance(said, str):
                part.addWidget(label(look, said, wrap=True))
            else:
                for line in said:
                    dotted = row(look, label(look, "·", tone="faint"), gap=6)
                    dotted.addWidget(label(look, line, wrap=True), 1)
                    part.addLayout(dotted)
            self._body.addLayout(part)


class TypeTexts(QWidget):
    """All that is said of a type, in two columns where there is room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._left, self._right = Passages(look), Passages(look)
        self.setLayout(column(look, Columns(look, self._left, self._right, (1, 1))))

    def show_type(self, told: Type) -> None:
        words = self._look.words
        self._left.show_passages(
            [
                (words("profile.traits"), told.traits),
                (words("profile.communication"), told.communication),
                (words("profile.pressure"), told.pressure),
                (words("profile.practise"), told.practise),
            ]
        )
        self._right.show_passages(
            [
                (words("profile.roles"), told.roles),
                (words("profile.phrases"), told.phrases),
                (words("profile.judged"), told.judged),
            ]
        )
