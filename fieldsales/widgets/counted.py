"""A text with a live count of its characters, and what else is to be said of it as it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from fieldsales.domain.fields import Field, clean_text
from fieldsales.widgets.editors import NoteEditor
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import label, set_tone


class CountedNote(NoteEditor):
    """Counts what would be stored against the field's limit; beyond it the count turns red.

    Nothing is cut: what is too long stays as typed until it fits. `told` says something more of
    the text, such as how long it takes to say it.
    """

    def __init__(
        self,
        look: Look,
        field: Field,
        hint: str = "",
        *,
        told: Callable[[str], str] | None = None,
        lines: int = 3,
        most: int = 14,
    ) -> None:
        super().__init__(look, field, hint, lines=lines, most=most)
        self._told = told
        self.count = label(look, size="caption", tone="faint")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.layout().addWidget(self.count)
        self.text.textChanged.connect(self._count)
        self._count()

    def _count(self) -> None:
        words, limit = self.look.words, self.field.max_length
        text = clean_text(self.typed(), lines=True)
        over = len(text) - limit
        said = words("widgets.count", n=words.number(len(text)), limit=words.number(limit))
        if over > 0:
            said = words("widgets.count_over", count=said, over=words.number(over))
        elif self._told is not None and text:
            said = f"{self._told(text)} · {said}"
        self.count.setText(said)
        set_tone(self.count, "bad" if over > 0 else "faint")
