"""What a walk around the quadrants found in a text: for the reader, by quadrant, what to mend."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.methods.ffab.rules import seconds
from fieldsales.methods.walk_around.content import Check, checks, rules
from fieldsales.methods.walk_around.readers import lacking, together
from fieldsales.methods.walk_around.rules import Mark, Walk, unanswered
from fieldsales.methods.walk_around.texts import quoted
from fieldsales.methods.whole_brain.advice import Seat, letters
from fieldsales.methods.whole_brain.profiles import quadrant_name
from fieldsales.widgets.card import Section, empty
from fieldsales.widgets.chips import Chip, ChipFace, ChipLine
from fieldsales.widgets.look import Look
from fieldsales.widgets.offers import Offer
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.words import Words

_FIRST = 4  # questions shown until more are asked for


def reading_time(text: str, words: Words) -> str:
    """`约 2 分 8 秒` to say a text."""
    minutes, rest = divmod(seconds(text), 60)
    if not minutes:
        return words("walk_around.seconds", n=rest)
    return words("walk_around.minutes", n=minutes, rest=rest)


class WalkFindings(QWidget):
    """The headline, counts by quadrant, warnings, and questions that the text leaves open.

    `folded` shows the headline, the counts and the warnings alone.
    """

    place_wanted = Signal(int, int)  # words of the text that a warning is about

    def __init__(self, look: Look, *, folded: bool = False) -> None:
        super().__init__()
        self._look = look
        self._folded = folded
        self._all = False
        self._told: tuple[object, ...] = ()
        words = look.words
        self.headline = label(look, size="body", bold=True, wrap=True)
        self.counts = ChipLine(look)
        self.length = label(look, size="caption", tone="muted")
        self.warnings = Section(look, words("walk_around.warnings"), gap=4)
        self.open = Section(look, words("walk_around.open"), gap=8)
        self.waits = Section(look, words("walk_around.waits"), gap=8)
        self.waits.show_parts(
            _Lettered(
                look, one, words.choice("quadrant", one), words(f"walk_around.waits_for.{one}")
            )
            for one in QUADRANTS
        )
        self._more = button(look, "", self._show_all, role="link")
        self.modest = label(
            look, words("walk_around.modest"), size="caption", tone="faint", wrap=True
        )
        self._list: QVBoxLayout = column(look, gap=8)
        self.open.body.addLayout(self._list)
        self.open.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(
            column(
                look,
                self.headline,
                self.counts,
                self.length,
                self.warnings,
                self.open,
                self.waits,
                self.modest,
                gap=12,
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._checks: Sequence[Check] = ()
        self.show_length("")
        self.show_walk(Walk(()), ())

    def show_length(self, text: str) -> None:
        """Characters and reading time of the text as it stands."""
        words = self._look.words
        said = words("walk_around.characters", n=words.number(len(text)))
        self.length.setText(
            words("walk_around.length", characters=said, time=reading_time(text, words))
        )
        self.length.setVisible(bool(text.strip()))

    def show_walk(self, found: Walk, seats: Sequence[Seat]) -> None:
        """Another result; what is shown already stays as it is."""
        told = (found, tuple(seats), self._folded, self._all)
        if told == self._told:
            return
        self._told = told
        lack = lacking(found, seats)
        self._checks = self._open_checks(found, seats, lack[1] if lack else "")
        some = bool(found.sentences)
        self.headline.setText(self._headline(found, seats, lack))
        self._show_counts(found if some else None)
        self._show_warnings(found)
        self._show_open(some)
        self.waits.setVisible(not some and not self._folded)
        self.modest.setVisible(some and not self._folded)

    def _open_checks(self, found: Walk, seats: Sequence[Seat], first: str) -> list[Check]:
        """What is left open, the quadrant that the headline speaks of first."""
        if not found.sentences:
            return []  # nor is anything read from disk before there is a text
        asked = unanswered(found, checks(self._look.words.language), together(seats))
        return sorted(asked, key=lambda check: check.quadrant != first)

    def set_folded(self, folded: bool) -> None:
        """Whether the questions are left out."""
        self._folded = folded
        found, seats, *_rest = self._told
        assert isinstance(found, Walk)
        assert isinstance(seats, tuple)
        self.show_walk(found, seats)

    def _headline(self, found: Walk, seats: Sequence[Seat], lack: tuple[Seat, str] | None) -> str:
        words = self._look.words
        if not found.sentences:
            return words("walk_around.nothing")
        if lack is not None:
            seat, quadrant = lack
            name = seat.profile.name
            if seat.role:
                role = words.choice("buying_role", seat.role)
                name = words("walk_around.in_role", name=name, role=role)
            lacks = words(f"walk_around.lacks.{quadrant}")
            if not seat.profile.leading:
                return words("walk_around.even", name=name, lacks=lacks)
            thinks = letters(seat.profile)
            return words("walk_around.led", name=name, letters=thinks, lacks=lacks)
        silent = [quadrant for quadrant in QUADRANTS if not found.counts[quadrant]]
        if not silent:
            return words("walk_around.all_four")
        known = any(seat.profile.known for seat in seats)
        key = "served" if known else "silent"
        names = words("pictures.and").join(quadrant_name(one, words) for one in silent)
        return words(f"walk_around.{key}", quadrants=names)

    def _show_counts(self, found: Walk | None) -> None:
        words = self._look.words
        faces = []
        for quadrant, n in (found.counts if found else {}).items():
            said = words("walk_around.sentences", n=n) if n else words("walk_around.none")
            text = words("walk_around.count", quadrant=quadrant_name(quadrant, words), count=said)
            faces.append(("", ChipFace(text, f"quadrant-{quadrant}", assumed=not n)))
        self.counts.show_chips(faces)
        self.counts.setVisible(bool(faces))

    def _show_warnings(self, found: Walk) -> None:
        words = self._look.words
        taboos = rules(words.language).taboos if found.taboos else ()
        known = {rule.code: rule for rule in taboos}
        lines: list[QWidget] = []
        for sentence in found.sentences:
            by_code: dict[str, list[Mark]] = {}
            for mark in sentence.taboos:
                by_code.setdefault(mark.code, []).append(mark)
            for code, marks in by_code.items():
                said = words(
                    "walk_around.warning",
                    quoted=quoted(marks, words, most=5),
                    why=known[code].why,
                    mend=known[code].mend,
                )
                line = Offer(self._look, said, icon="warning")
                line.clicked.connect(partial(self.place_wanted.emit, marks[0].start, marks[-1].end))
                lines.append(line)
        self.warnings.show_parts(lines)
        self.warnings.set_count(len(lines))
        self.warnings.setVisible(bool(lines))

    def _show_open(self, some: bool) -> None:
        words = self._look.words
        empty(self._list)
        shown = self._checks if self._all else self._checks[:_FIRST]
        for check in shown:
            self._list.addWidget(_Lettered(self._look, check.quadrant, check.question, check.mend))
        left = len(self._checks) - len(shown)
        self._more.setText(words("walk_around.more", n=left))
        self._more.setVisible(left > 0)
        self.open.set_count(len(self._checks))
        self.open.setVisible(some and not self._folded and bool(self._checks))

    def _show_all(self) -> None:
        self._all = True
        self.set_folded(self._folded)


class _Lettered(QWidget):
    """What is said of a quadrant, and a quiet line below it."""

    def __init__(self, look: Look, quadrant: str, text: str, below: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{quadrant.upper()} {text} {below}")
        chip = Chip(look, ChipFace(quadrant.upper(), f"quadrant-{quadrant}"))
        quiet = label(look, below, size="caption", tone="muted", wrap=True)
        layout = row(look, gap=8)
        layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column(look, label(look, text, wrap=True), quiet, gap=2), 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
