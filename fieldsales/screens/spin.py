"""The SPIN sheet of a deal or a visit, for every tab that shows one (M27).

sheet = SpinSheet(context)
sheet.show_key("deal:<id>")   # or "visit:<id>"; False where it is gone
sheet.follow(changed)         # after each change; False once it is gone
sheet.flush()                 # before it goes out of sight
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import local_day
from fieldsales.domain.need import Need
from fieldsales.domain.spin import KINDS, Gap, depth, totals, trend
from fieldsales.domain.worksheet import WorksheetRow, answers_need
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.spin.content import gap_hints
from fieldsales.methods.spin.picture import Asked, by_visit, finding, is_empty, way
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.spin_desk import MENDED, SpinDesk
from fieldsales.screens.spin_questions import KindSection
from fieldsales.store.journal import Changed
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import CardScroll, Section
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import ElidedLabel, ElidedLink, button, column, label, row

CONCERNS = (
    "visit_item",
    "need",
    "visit",
    "deal",
    "customer",
    "worksheet",
    "worksheet_row",
    "own_entry",
)
_SHARES = (5, 3)


class SpinSheet(CardScroll):
    """The way so far as a picture, the questions by kind, what is missing, needs and benefits."""

    def __init__(self, context: Context, back: Callable[[], object] | None = None) -> None:
        """`back` leads to the page that the sheet stands in for a while."""
        look, words = context.look, context.words
        super().__init__(look, margin=24, gap=16)
        self.desk = desk = SpinDesk(context)
        self._there = False
        self.head = _Head(desk, back)
        self.picture = PictureBlock(look)
        self.picture.clicked.connect(self._picture_pressed)
        self.kinds = {kind: KindSection(desk, kind) for kind in (*KINDS, "")}
        self.gaps = _Gaps(desk)
        self.gaps.mend_wanted.connect(self.mend)
        self.needs = _Needs(desk)
        self.benefits = _Benefits(desk)
        self.trend = _Trend(desk)
        left, right = QWidget(), QWidget()
        left.setLayout(column(look, *self.kinds.values(), gap=20))
        right.setLayout(column(look, self.gaps, self.needs, self.benefits, self.trend, gap=20))
        for part in (self.head, self.picture, Columns(look, left, right, _SHARES)):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.setAccessibleName(words("spin.title"))

    @property
    def key(self) -> str:
        """What is shown; '' for nothing."""
        return self.desk.key if self._there else ""

    def show_key(self, key: str) -> bool:
        """Show a conversation; False if it is not there."""
        if key != self.key:
            self.flush()
            for section in self.kinds.values():
                section.forget()
            self.verticalScrollBar().setValue(0)
        self._there = self.desk.open(key)
        if self._there:
            self._show()
        else:
            self._drop()
        return self._there

    def refresh(self) -> bool:
        """Read what is shown anew; False if it is gone."""
        return bool(self.desk.key) and self.show_key(self.desk.key)

    def follow(self, changed: Changed) -> bool:
        """Take up a change, if it may be about this; False once it is gone."""
        if self.desk.key and changed.touches(*CONCERNS):
            return self.refresh()
        return self._there

    def flush(self) -> None:
        """Save what is being typed."""
        if self._there:
            for binder in self.findChildren(Binder):
                binder.flush()

    def mend(self, gap: str) -> None:
        """To the place where a gap is mended."""
        self.flush()
        kind = MENDED.get(Gap(gap))
        if kind is None:
            self.desk.open_worksheet()
        else:
            self._begin(kind)

    def begin_next(self) -> None:
        """Put the cursor where the question that is wanted next is added."""
        free = [kind for kind in KINDS if not self.desk.flow.totals[kind].planned]
        self._begin(self.desk.wanted or [*free, "problem"][0])

    def focus_first(self) -> None:
        """Put the cursor into the first question, or where one is added."""
        for section in self.kinds.values():
            if section.focus_first():
                return
        self.begin_next()

    def commands(self) -> list[Command]:
        """What the palette offers of the sheet."""
        if not self.key:
            return []
        words = self.desk.words
        return [
            Command(words("spin.plan"), "question", self.begin_next),
            Command(words("spin.to_worksheet"), "forward", self.desk.open_worksheet),
            Command(words("spin.print_sheet"), "print", self.head.print_sheet),
        ]

    def _begin(self, kind: str) -> None:
        section = self.kinds[kind]
        section.begin()
        QTimer.singleShot(0, self, partial(self.ensureWidgetVisible, section.line, 0, 160))

    def _picture_pressed(self, key: str) -> None:
        step, _, gap = key.partition(":")
        if gap:
            self.mend(gap)
        elif step == "benefit":
            self.desk.open_worksheet()
        else:
            self._begin({"implied": "problem", "developed": "implication"}.get(step, "payoff"))

    def _drop(self) -> None:
        """It is gone: nothing typed here can be saved any more."""
        for binder in self.findChildren(Binder):
            binder.load({})

    def _show(self) -> None:
        desk = self.desk
        self.head.show_head()
        flow, words = desk.flow, desk.words

        def draw(room: float) -> Picture:
            return way(flow, words, room)

        self.picture.show_picture(finding(flow, words), draw)
        for section in self.kinds.values():
            section.show_items()
        self.gaps.show_gaps()
        self.needs.show_needs()
        self.benefits.show_benefits()
        self.trend.show_trend()


class SpinStrip(QWidget):
    """How far a conversation has come, in one line and a small picture; a press opens the sheet."""

    sheet_wanted = Signal()

    def __init__(self, desk: SpinDesk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self.block = PictureBlock(look)
        self.block.clicked.connect(self._pressed)
        self.open = button(look, words("spin.sheet"), self.sheet_wanted.emit, role="link")
        self.take = button(look, "", self._take, icon="add", role="link")
        links = row(look, self.take, None, self.open, gap=8)
        self.setLayout(column(look, self.block, links, gap=4))

    def show_flow(self) -> None:
        """Show the conversation that is open on the desk as it is now."""
        desk, flow, words = self._desk, self._desk.flow, self._desk.words

        def draw(room: float) -> Picture:
            return way(flow, words, room)

        empty = is_empty(flow)
        self.block.show_picture("" if empty else finding(flow, words), None if empty else draw)
        waiting = desk.waiting()
        self.take.setVisible(bool(waiting))
        self.take.setText(words("spin.take_here", n=waiting))

    def _pressed(self, _key: str) -> None:
        self.sheet_wanted.emit()

    def _take(self) -> None:
        if self._desk.visit is not None:
            self._desk.take_planned(self._desk.visit.id)


class _Head(QWidget):
    """What it is about, and what can be done with the whole."""

    def __init__(self, desk: SpinDesk, back: Callable[[], object] | None) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._back = back
        self.title = ElidedLabel(look, size="section", bold=True)
        self.about = ElidedLink(look, self._open_customer)
        self.take = button(look, "", self._take, icon="visit", role="primary")
        icon = "back" if back is not None else "forward"
        self.open = button(look, "", self._open, icon=icon)
        self.print = button(look, words("spin.print"), self.print_sheet, icon="print")
        above = row(look, self.title, gap=8)
        above.setStretchFactor(self.title, 1)
        for part in (self.take, self.open, self.print):
            above.addWidget(part)
        below = row(look, self.about, None, gap=8)
        self.setLayout(column(look, above, below, gap=2))

    def show_head(self) -> None:
        desk, words = self._desk, self._desk.words
        self.title.set_text(desk.title)
        customer, deal = desk.spin.customer, desk.spin.deal
        about = [customer.name, deal.title if deal and desk.visit is not None else ""]
        self.about.set_text(" · ".join(filter(None, about)))
        key = "spin.open_deal" if desk.visit is None else "spin.open_visit"
        self.open.setText(words("spin.back_to_visit" if self._back is not None else key))
        waiting, visit = desk.waiting(), desk.visit or desk.next_visit()
        open_ = visit is not None and visit.state in ("planned", "running")
        self.take.setVisible(bool(waiting) and open_)
        if visit is not None:
            key = "spin.take_here" if desk.visit is not None else "spin.take_to"
            self.take.setText(words(key, n=waiting, day=desk.day(visit)))

    def _take(self) -> None:
        visit = self._desk.visit or self._desk.next_visit()
        if visit is not None:
            self._desk.take_planned(visit.id)

    def _open(self) -> None:
        if self._back is not None:
            self._back()
            return
        noun, _, row_id = self._desk.key.partition(":")
        self._desk.context.open(noun, row_id)

    def _open_customer(self) -> None:
        self._desk.context.open("customer", self._desk.spin.customer.id)

    def print_sheet(self) -> None:
        self._desk.context.open("paper", f"spin:{self._desk.key}")


class _Gaps(Section):
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


class _Needs(Section):
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


class _Benefits(Section):
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


class _Trend(Section):
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
        visits = asked_by_visit(self._desk)
        self.setVisible(bool(visits))

        def draw(room: float) -> Picture:
            return by_visit(visits, words, room)

        self.block.show_picture(trend_told(visits, self._desk), draw if visits else None)


def asked_by_visit(desk: SpinDesk) -> list[Asked]:
    """The visits in which something was asked, oldest first."""
    found = [
        Asked(visit.id, desk.words.date(local_day(visit.starts_at), year=False), told)
        for visit, items in desk.spin.by_visit
        if (told := totals(items, desk.kind_of))
    ]
    return [one for one in found if any(total.asked for total in one.totals.values())]


def trend_told(visits: list[Asked], desk: SpinDesk) -> str:
    """Whether the last visit went deeper than those before it; '' where nothing compares."""
    change = trend([depth(one.totals) for one in visits])
    if change is None:
        return ""
    points = round(100 * abs(change))
    key = "same" if not points else "deeper" if change > 0 else "shallower"
    return desk.words(f"spin.trend.{key}", n=points)
