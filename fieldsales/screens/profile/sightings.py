"""One sighting of a clue: what was seen, when and how, and a way to take it back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from fieldsales.domain.profile import Clue
from fieldsales.screens.profile.desk import Desk
from fieldsales.services.operations.people import UntickClue
from fieldsales.widgets.kept_rows import Row
from fieldsales.widgets.pieces import column, label, row, tool_button


def when_and_how(desk: Desk, clue: Clue) -> str:
    """`11月9日 · 当面见到`."""
    words = desk.words
    day = date.fromisoformat(clue.seen_on or clue.created_at[:10])
    date_told = words.date(day, year=day.year != desk.today.year)
    return f"{date_told} · {words.choice('clue_source', clue.source)}"


def untick(desk: Desk, clue: Clue) -> None:
    """Takes one sighting back; the bar offers it again."""
    said = desk.words("profile.unticked", when=when_and_how(desk, clue))
    desk.context.run(UntickClue(clue.id), undoable=said)


class SightingRow(Row[Clue]):
    """What was seen, below it when and how."""

    def __init__(self, desk: Desk, clue: Clue) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk, self._clue = desk, clue
        self.text = label(look, wrap=True)
        self.below = label(look, size="caption", tone="muted", wrap=True)
        self.remove = tool_button(
            look, "close", words("profile.untick"), self._remove, colour="ink-3"
        )
        texts = column(look, self.text, self.below, gap=0)
        texts.setContentsMargins(0, look.theme.px(5), 0, look.theme.px(5))
        line = row(look, gap=8)
        line.addLayout(texts, 1)
        line.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.setFocusProxy(self.remove)

    def show_thing(self, thing: Clue) -> None:
        desk, words = self._desk, self._desk.words
        self._clue = thing
        known = desk.brain.clues.get(thing.code)
        # a newer version may know clues that this one does not
        self.text.setText(known.text if known is not None else words("profile.unknown_clue"))
        when = when_and_how(desk, thing)
        self.below.setText(" · ".join(filter(None, (when, thing.note))))
        self.remove.setAccessibleDescription(self.text.text())

    def _remove(self) -> None:
        untick(self._desk, self._clue)
