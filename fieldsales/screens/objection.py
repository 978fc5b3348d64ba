"""An objection on screen, in the library and in a visit: what it may mean, how to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from fieldsales.services.library import MAIN, Objection
from fieldsales.services.objections import OWN_WORDS, Answer, parted
from fieldsales.widgets.card import empty
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import Tone, button, column, label, row
from fieldsales.words import Words


def quoted(words: Words, text: str) -> str:
    """What somebody says in quotes; what they do, told in brackets, without."""
    return text if text.startswith(("(", "（")) else words("objection.quoted", text=text)


def style_face(words: Words, style: str) -> ChipFace:
    """Whom answers of a style are for, as a chip."""
    tone = f"quadrant-{style}" if style not in (MAIN, OWN_WORDS) else "plain"
    return ChipFace(words(f"objection.style.{style or 'own'}"), tone)


def worked_told(words: Words, worked: int, n: int) -> str:
    """`8/10 次有效`; '' of nothing."""
    return words("objection.worked", worked=worked, n=n) if n else ""


class ObjectionReading(QWidget):
    """What is heard, what may be meant, what to ask back, the answers, and what not to say.

    Answers that are less likely to fit unfold at a press. `brief` leaves out what is heard, for
    where it just was.
    """

    taken = Signal(str, str)  # key and words of an answer that is to be used

    def __init__(self, look: Look, *, brief: bool = False, takeable: bool = False) -> None:
        super().__init__()
        self._look = look
        self._brief = brief
        self._takeable = takeable
        self._styles: Mapping[str, Sequence[str]] = {}
        self._unfolded = ""  # code of the entry of which all answers are wanted
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
        first, others = parted(answers, tuple(styles))
        empty(self._layout)
        heard = [] if self._brief else [quoted(words, one) for one in entry.heard]
        for part, told in (("heard", heard), ("means", entry.means), ("ask", entry.ask)):
            self._part(part, [self._line(text) for text in told])
        self._part("answers", self._groups(first))
        if others:
            self._layout.addWidget(self._others(entry.code, others))
        self._part("avoid", [self._line(entry.avoid)] if entry.avoid else [])

    def _part(self, name: str, lines: Sequence[QLayout]) -> None:
        if not lines:
            return
        look = self._look
        size = "caption" if self._brief else "body"
        head = label(look, look.words(f"objection.{name}"), size=size, tone="muted", bold=True)
        gap = 10 if name == "answers" else 4
        self._layout.addLayout(column(look, head, column(look, *lines, gap=gap), gap=6))

    def _others(self, code: str, answers: Sequence[Answer]) -> QWidget:
        def turned(unfolded: bool) -> None:
            self._unfolded = code if unfolded else ""

        inside = column(self._look, *self._groups(answers), gap=10)
        folded = Folded(self._look, len(answers), inside)
        folded.turn(self._unfolded == code)
        folded.turned.connect(turned)
        return folded

    def _line(self, text: str) -> QLayout:
        return row(self._look, label(self._look, text, wrap=True), gap=0)

    def _groups(self, answers: Sequence[Answer]) -> list[QLayout]:
        """Answers that follow one another in the same way stand below one head."""
        return [
            column(self._look, self._head(style), *map(self._answer, several), gap=8)
            for style, several in groupby(answers, lambda answer: answer.style)
        ]

    def _head(self, style: str) -> QLayout:
        look, words = self._look, self._look.words
        head = row(look, Chip(look, style_face(words, style)), gap=8)
        if names := self._styles.get(style):
            told = words("objection.fits", names=words("pictures.and").join(names))
            head.addWidget(label(look, told, size="caption", tone="accent"))
        head.addStretch(1)
        return head

    def _answer(self, answer: Answer) -> QLayout:
        look, words, tally = self._look, self._look.words, answer.tally
        line = row(look, gap=8)
        line.addWidget(label(look, answer.text, wrap=True), 1)
        top = Qt.AlignmentFlag.AlignTop
        if figure := worked_told(words, tally.worked, tally.n):
            tone: Tone = "good" if tally.worked * 2 > tally.n else "muted"
            line.addWidget(label(look, figure, size="caption", tone=tone), 0, top)
        if self._takeable:
            take = button(look, words("objection.take"), role="link")
            take.setAccessibleName(words("objection.take_this", text=answer.text))
            take.clicked.connect(partial(self.taken.emit, answer.key, answer.text))
            line.addWidget(take, 0, top)
        return line


class Folded(QWidget):
    """Answers that show at a press, and go again."""

    turned = Signal(bool)

    def __init__(self, look: Look, n: int, answers: QLayout) -> None:
        super().__init__()
        self._words, self._n = look.words, n
        self.toggle = button(look, "", self._pressed, role="link")
        self._inside = QWidget()
        self._inside.setLayout(answers)
        self.setLayout(column(look, row(look, self.toggle, None), self._inside, gap=6))

    def turn(self, unfolded: bool) -> None:
        self._inside.setVisible(unfolded)
        self.toggle.setText(
            self._words("objection.fewer" if unfolded else "objection.others", n=self._n)
        )

    def _pressed(self) -> None:
        unfolded = self._inside.isHidden()
        self.turn(unfolded)
        self.turned.emit(unfolded)
