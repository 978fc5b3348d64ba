"""An objection on screen, in the library and in a visit: what it may mean, how to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from fieldsales.services.library import MAIN, Objection
from fieldsales.services.objections import OWN_WORDS, Answer
from fieldsales.widgets.card import empty
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import Tone, button, column, label, row
from fieldsales.words import Words


def quoted(words: Words, text: str) -> str:
    """What somebody says in quotes; what they do, told in brackets, without."""
    return text if text.startswith(("(", "（")) else words("objection.quoted", text=text)


def answer_face(words: Words, answer: Answer) -> ChipFace:
    """Whom an answer is for, as a chip."""
    tone = f"quadrant-{answer.style}" if answer.style not in (MAIN, OWN_WORDS) else "plain"
    return ChipFace(words(f"objection.style.{answer.style or 'own'}"), tone)


def worked_told(words: Words, worked: int, n: int) -> str:
    """`8/10 次有效`; '' of nothing."""
    return words("objection.worked", worked=worked, n=n) if n else ""


class ObjectionReading(QWidget):
    """What is heard, what may be meant, what to ask back, the answers, and what not to say.

    `brief` leaves out what is heard, for where it just was.
    """

    taken = Signal(str, str)  # key and words of an answer that is to be used

    def __init__(self, look: Look, *, brief: bool = False, takeable: bool = False) -> None:
        super().__init__()
        self._look = look
        self._brief = brief
        self._takeable = takeable
        self._styles: Mapping[str, Sequence[str]] = {}
        self._layout = column(look, gap=12 if brief else 20)
        self.setLayout(self._layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_entry(
        self,
        entry: Objection,
        answers: Sequence[Answer],
        styles: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Show an entry with its answers in the order in which they are to be tried.

        `styles`: see `methods.whole_brain.advice`.
        """
        words = self._look.words
        self._styles = styles
        empty(self._layout)
        heard = [] if self._brief else [quoted(words, one) for one in entry.heard]
        for part, told in (("heard", heard), ("means", entry.means), ("ask", entry.ask)):
            self._part(part, [self._line(text) for text in told])
        self._part("answers", [self._answer(answer) for answer in answers])
        self._part("avoid", [self._line(entry.avoid)] if entry.avoid else [])

    def _part(self, name: str, lines: Sequence[QLayout]) -> None:
        if not lines:
            return
        look = self._look
        size = "caption" if self._brief else "body"
        head = label(look, look.words(f"objection.{name}"), size=size, tone="muted", bold=True)
        gap = 10 if name == "answers" else 4
        self._layout.addLayout(column(look, head, column(look, *lines, gap=gap), gap=6))

    def _line(self, text: str) -> QLayout:
        return row(self._look, label(self._look, text, wrap=True), gap=0)

    def _answer(self, answer: Answer) -> QLayout:
        look, words, tally = self._look, self._look.words, answer.tally
        head = row(look, Chip(look, answer_face(words, answer)), gap=8)
        if names := self._styles.get(answer.style):
            told = words("objection.fits", names=words("pictures.and").join(names))
            head.addWidget(label(look, told, size="caption", tone="accent"))
        figure = worked_told(words, tally.worked, tally.n)
        if figure:
            tone: Tone = "good" if tally.worked * 2 > tally.n else "muted"
            head.addWidget(label(look, figure, size="caption", tone=tone))
        head.addStretch(1)
        if self._takeable:
            take = button(look, words("objection.take"), role="link")
            take.setAccessibleName(words("objection.take_this", text=answer.text))
            take.clicked.connect(partial(self.taken.emit, answer.key, answer.text))
            head.addWidget(take)
        return column(look, head, label(look, answer.text, wrap=True), gap=2)
