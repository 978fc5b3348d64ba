"""Closing on screen, in the library and in a visit: techniques to read, the route (M29b)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from fieldsales.services.library import RouteStep, Technique
from fieldsales.widgets.card import empty
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, label, row
from fieldsales.words import Words

_PARTS = ("what", "when", "when_not", "example", "honest")
_HEAD = 96  # px at 100 % of what stands before a part


def technique_name(words: Words, code: str) -> str:
    """`机会难得`; a technique of another version is called by its code."""
    key = f"closing.technique.{code}"
    return words(key) if words.has(key) else code


def worked_told(words: Words, worked: int, n: int) -> str:
    """`3/4`: how often it worked, of how many times that were judged; '' of nothing."""
    return words("closing.worked", worked=worked, n=n) if n else ""


class TechniqueReading(QWidget):
    """What a technique is, when it fits and when not, a sentence for it, and what must be true."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._layout = column(look, gap=8)
        self.setLayout(self._layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_technique(self, entry: Technique | None) -> None:
        """Show a technique, or none."""
        look, words = self._look, self._look.words
        empty(self._layout)
        self.setVisible(entry is not None)
        if entry is None:
            return
        for part in _PARTS:
            text = getattr(entry, part)
            if part == "example":
                text = words("closing.quoted", text=text)
            told = label(look, text, tone="accent" if part == "example" else "ink", wrap=True)
            self._layout.addLayout(_headed(look, words(f"closing.{part}"), told))
        if entry.needs_fact:
            told = label(look, words("closing.fact_first"), tone="warn", wrap=True)
            self._layout.addLayout(_headed(look, "", told))


def _headed(look: Look, heading: str, told: QWidget) -> QHBoxLayout:
    head = label(look, heading, size="caption", tone="muted", wrap=True)
    head.setFixedWidth(look.theme.px(_HEAD))
    head.setContentsMargins(0, look.theme.px(2), 0, 0)
    line = row(look, gap=8)
    line.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(told, 1)
    return line


class RouteReading(QWidget):
    """The closing route step by step: what to do, a sentence for it, and where it leads."""

    def __init__(self, look: Look, route: Mapping[str, RouteStep]) -> None:
        super().__init__()
        words = look.words
        numbers = {code: str(n) for n, code in enumerate(route, start=1)}
        layout = column(look, gap=16)
        for code, step in route.items():
            number = Chip(look, ChipFace(numbers[code], "accent"))
            what = label(look, step.step, bold=True, wrap=True)
            say = label(look, words("closing.quoted", text=step.say), tone="accent", wrap=True)
            onward = " / ".join(
                words("closing.to_step", number=numbers[to], text=words(f"closing.step.{to}"))
                for to in sorted(step.goes_to, key=numbers.__getitem__)
            )
            told = onward or words("closing.route_ends")
            then = label(look, told, size="caption", tone="muted", wrap=True)
            line = row(look, gap=12)
            line.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
            line.addLayout(column(look, what, say, then, gap=4), 1)
            layout.addLayout(line)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
