"""What is read of closing: a technique with its figures, the route, signals, rules, all figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from fieldsales.domain.clock import local_day
from fieldsales.domain.ranking import Tally
from fieldsales.domain.visit import SIGNAL_KINDS
from fieldsales.screens.closing import RouteReading, TechniqueReading, technique_name, worked_told
from fieldsales.screens.contract import Context
from fieldsales.services.library import Library
from fieldsales.store.queries import learnt
from fieldsales.store.queries.pipelines import stage_words
from fieldsales.widgets.card import CardScroll, Section, empty
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import column, label

_WIDE = 760  # px at 100 %: longer lines are hard to read


class Readings(CardScroll):
    """Shows one reading at a time, put together when it is asked for."""

    technique_wanted = Signal(str)

    def __init__(self, context: Context, shelf: Library) -> None:
        super().__init__(context.look, gap=16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # keys scroll what is only read
        self._context = context
        self._shelf = shelf
        self.code = ""
        inside = QWidget()
        inside.setMaximumWidth(context.look.theme.px(_WIDE))
        self._layout = column(context.look, gap=20)
        inside.setLayout(self._layout)
        self.body.addWidget(inside)
        self.body.addStretch(1)

    def show_reading(self, code: str) -> None:
        """Show a reading or a technique, another one from its top."""
        look, words = self._context.look, self._context.words
        if code != self.code:
            self.code = code
            self.verticalScrollBar().setValue(0)
        empty(self._layout)
        known = code in self._shelf.techniques
        title = technique_name(words, code) if known else words(f"closing.read.{code}")
        self._layout.addWidget(label(look, title, size="section", bold=True, wrap=True))
        parts = {
            "route": self._route,
            "signals": self._signals,
            "rules": self._rules,
            "figures": self._figures,
        }
        for part in self._technique(code) if known else parts[code]():
            if isinstance(part, QLayout):
                self._layout.addLayout(part)
            else:
                self._layout.addWidget(part)

    def _route(self) -> Sequence[QWidget | QLayout]:
        hint = label(
            self._context.look, self._context.words("closing.route_hint"), tone="muted", wrap=True
        )
        return [hint, RouteReading(self._context.look, self._shelf.route)]

    def _signals(self) -> Sequence[QWidget | QLayout]:
        look, words = self._context.look, self._context.words
        sections = []
        for kind in SIGNAL_KINDS:
            section = Section(look, words.choice("signal_kind", kind), gap=12)
            section.show_parts(
                column(
                    look,
                    label(look, signal.text, wrap=True),
                    label(look, signal.then, size="caption", tone="accent", wrap=True),
                    gap=2,
                )
                for signal in self._shelf.signals.values()
                if signal.kind == kind
            )
            sections.append(section)
        return sections

    def _rules(self) -> Sequence[QWidget | QLayout]:
        rules = self._shelf.rules.values()
        return [label(self._context.look, rule.text, wrap=True) for rule in rules]

    def _technique(self, code: str) -> Sequence[QWidget | QLayout]:
        context = self._context
        look, words, store = context.look, context.words, context.store
        reading = TechniqueReading(look)
        reading.show_technique(self._shelf.techniques[code])
        names = stage_words(store)
        by_stage = Section(look, words("closing.by_stage"), gap=4)
        lines = []
        for stage, tallies in _by_stage(_tallies_of(context)).items():
            if tally := tallies.get(code):
                name = words.choice("stage", names[stage]) if stage else words("closing.all_stages")
                told = words("objection.worked", worked=tally.worked, n=tally.n)
                lines.append(label(look, words("closing.stage_figure", stage=name, told=told)))
        nothing = label(look, words("closing.not_tried"), tone="muted", wrap=True)
        by_stage.show_parts(lines or [nothing])
        tries = learnt.technique_tries(store, code)
        if not tries:
            return [reading, by_stage]
        said = Section(look, words("closing.tries"), gap=0)
        said.show_parts(self._try(one) for one in tries)
        return [reading, by_stage, said]

    def _try(self, one: learnt.TechniqueTry) -> Line:
        words, look = self._context.words, self._context.look
        line = Line(look)
        day = words.days_from(local_day(one.at), look.clock.today())
        told = (one.customer, words.choice("worked", one.worked), one.answer)
        line.show_face(
            LineFace(
                one.visit_id,
                words("closing.quoted", text=one.text),
                " · ".join(filter(None, told)),
                day,
                tooltip=one.text,
            )
        )
        line.setObjectName(one.visit_id)
        line.clicked.connect(self._open_visit)
        return line

    def _open_visit(self) -> None:
        self._context.open("visit", self.sender().objectName())

    def _figures(self) -> Sequence[QWidget | QLayout]:
        """For each stage the techniques that were tried there, the most dependable first."""
        look, words = self._context.look, self._context.words
        found = _tallies_of(self._context)
        if not found[0][1]:
            return [label(look, words("closing.no_figures"), tone="muted", wrap=True)]
        names = stage_words(self._context.store)
        parts: list[QWidget | QLayout] = [
            label(look, words("closing.figures_hint"), size="caption", tone="muted", wrap=True)
        ]
        for stage, tallies in found:
            name = words.choice("stage", names[stage]) if stage else words("closing.all_stages")
            chips = ChipLine(look)
            chips.show_chips((one.key, self._chip(one)) for one in tallies)
            chips.clicked.connect(self.technique_wanted)
            parts.append(column(look, label(look, name, bold=True), chips, gap=6))
        return parts

    def _chip(self, tally: Tally) -> ChipFace:
        words = self._context.words
        return ChipFace(
            f"{technique_name(words, tally.key)} {worked_told(words, tally.worked, tally.n)}",
            "good" if tally.worked * 2 > tally.n else "plain",
            tooltip=words("objection.worked", worked=tally.worked, n=tally.n),
        )


def _tallies_of(context: Context) -> list[tuple[str, Sequence[Tally]]]:
    """(stage, techniques) with '' for all deals first."""
    stages = ["", *learnt.closing_stages(context.store)]
    return [(stage, learnt.techniques(context.store, stage)) for stage in stages]


def _by_stage(found: Sequence[tuple[str, Sequence[Tally]]]) -> Mapping[str, Mapping[str, Tally]]:
    return {stage: {one.key: one for one in tallies} for stage, tallies in found}
