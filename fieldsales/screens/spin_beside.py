"""What stands beside the questions of a SPIN sheet: gaps, needs, benefits, the trend (M27)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from fieldsales.domain.clock import local_day
from fieldsales.domain.need import Need
from fieldsales.domain.spin import Gap, depth, totals, trend
from fieldsales.domain.worksheet import WorksheetRow, answers_need
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.spin.content import gap_hints
from fieldsales.methods.spin.picture import Asked, by_visit, trend_told
from fieldsales.screens.spin_desk import SpinDesk
from fieldsales.widgets.card import Section
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label, row


class Gaps(Section):
    """What is missing on the way, what to do now, and one press to where it is done."""

    mend_wanted = Signal(str)

    def __init__(self, desk: SpinDesk) -> None:
        super().__init__(desk.look, desk.words("spin.gaps"), gap=12)
        self._desk = desk
        self._shown: tuple[Gap, ...] | None = None

    def show_gaps(self) -> None:
        look, words = self._desk.look, self._desk.words
        gaps = self._desk.flow.gaps
        self.setVisible(bool(gaps))
        self.set_count(len(gaps))
        if gaps == self._shown:
            return
        self._shown = gaps
        parts = []
        for gap in gaps:
            hint = gap_hints(words.language)[gap]
            what = label(look, hint.what, bold=True, wrap=True)
            mend = label(look, hint.mend, wrap=True)
            example = label(look, hint.example, size="caption", tone="muted", wrap=True)
            act = partial(self.mend_wanted.emit, str(gap))
            go = button(look, words(f"spin.mend.{gap}"), act, icon="forward", role="link")
            place = row(look, go, None, gap=0)
            parts.append(column(look, what, mend, example, place, gap=2))
        self.show_parts(parts)


class Needs(Section):
    """The needs that were voiced: pressing one opens it, an implied one is made explicit."""

    def __init__(self, desk: SpinDesk) -> None:
        super().__init__(desk.look, desk.words("spin.needs"), gap=0)
        self._desk = desk
        self._shown: list[LineFace] | None = None
        self.lines: list[Line] = []

    def show_needs(self) -> None:
        desk, words = self._desk, self._desk.words
        unmet = {need.id for need in desk.flow.unmet}
        faces = [self._face(need, need.id in unmet) for need in desk.spin.needs]
        self.set_count(len(faces))
        if faces == self._shown:
            return
        self._shown = faces
        if not faces:
            none = label(desk.look, words("spin.no_needs"), tone="muted", wrap=True)
            self.lines = []
            self.show_parts((none,))
            return
        self.lines = [Line(desk.look) for _ in faces]
        for line, face, need in zip(self.lines, faces, desk.spin.needs, strict=True):
            line.show_face(face)
            line.clicked.connect(partial(desk.context.open, "need", need.id))
            line.link_pressed.connect(partial(desk.state, need, "explicit"))
        self.show_parts(self.lines)

    def _face(self, need: Need, unmet: bool) -> LineFace:
        words = self._desk.words
        explicit = need.statement == "explicit"
        below = "" if not explicit else words("spin.unmet" if unmet else "spin.is_met")
        return LineFace(
            need.id,
            need.text,
            subtitle=" · ".join(filter(None, (words.choice("statement", need.statement), below))),
            bold=explicit,
            mark="warning" if unmet else "check" if explicit else "circle",
            mark_role="warn" if unmet else "good" if explicit else "ink-3",
            link="" if explicit else words("spin.now_explicit"),
            tooltip=need.text,
        )


class Benefits(Section):
    """Of what the worksheets offer, what answers a need and what is an advantage only."""

    def __init__(self, desk: SpinDesk) -> None:
        words = desk.words
        super().__init__(
            desk.look,
            words("spin.benefits"),
            action=words("spin.worksheet"),
            act=desk.open_worksheet,
            icon="forward",
            gap=0,
        )
        self._desk = desk
        self._shown: list[LineFace] | None = None
        self.lines: list[Line] = []

    def show_benefits(self) -> None:
        desk, words = self._desk, self._desk.words
        rows = [one for one in desk.spin.rows if one.benefit]
        faces = [self._face(one) for one in rows]
        self.set_count(len(faces))
        if faces == self._shown:
            return
        self._shown = faces
        if not rows:
            none = label(desk.look, words("spin.no_benefits"), tone="muted", wrap=True)
            self.lines = []
            self.show_parts((none,))
            return
        self.lines = [Line(desk.look) for _ in rows]
        for line, face, one in zip(self.lines, faces, rows, strict=True):
            line.show_face(face)
            line.clicked.connect(partial(desk.context.open, "worksheet", one.worksheet_id))
        self.show_parts(self.lines)

    def _face(self, one: WorksheetRow) -> LineFace:
        words, needs = self._desk.words, self._desk.spin.needs
        answered = answers_need(one, needs)
        need = next((need.text for need in needs if answered and need.id == one.need_id), "")
        return LineFace(
            one.id,
            one.benefit,
            subtitle=words("spin.answers", text=need) if need else words("spin.advantage_only"),
            mark="check" if answered else "circle",
            mark_role="good" if answered else "ink-3",
            tooltip=one.benefit,
        )


class Trend(Section):
    """Visit by visit what was asked, and whether it digs deeper than before."""

    def __init__(self, desk: SpinDesk) -> None:
        super().__init__(desk.look, desk.words("spin.by_visit"))
        self._desk = desk
        self.block = PictureBlock(desk.look)
        self.block.finding.setProperty("tone", "muted")
        self.block.clicked.connect(partial(desk.context.open, "visit"))
        self.body.addWidget(self.block)

    def show_trend(self) -> None:
        words = self._desk.words
        visits = _asked(self._desk)
        change = trend([depth(one.totals) for one in visits])
        self.setVisible(bool(visits))

        def draw(room: float) -> Picture:
            return by_visit(visits, words, room)

        self.block.show_picture(trend_told(change, words), draw if visits else None)


def _asked(desk: SpinDesk) -> list[Asked]:
    """The visits in which something was asked, oldest first."""
    found = [
        Asked(
            visit.id,
            desk.words.date(local_day(visit.starts_at), year=False),
            totals(items, desk.kind_of),
        )
        for visit, items in desk.spin.by_visit
    ]
    return [one for one in found if depth(one.totals) is not None]
