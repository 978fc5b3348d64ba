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

from fieldsales.domain.spin import KINDS, Gap
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.spin.picture import finding, is_empty, tips, way
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.spin_beside import Benefits, Gaps, Needs, Trend
from fieldsales.screens.spin_desk import MENDED, SpinDesk
from fieldsales.screens.spin_questions import KindSection
from fieldsales.store.journal import Changed
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import ElidedLabel, ElidedLink, button, column, row

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
        self.gaps = Gaps(desk)
        self.gaps.mend_wanted.connect(self.mend)
        self.needs = Needs(desk)
        self.benefits = Benefits(desk)
        self.trend = Trend(desk)
        self._left, right = QWidget(), QWidget()
        self._left.setLayout(column(look, *self.kinds.values(), gap=20))
        right.setLayout(column(look, self.gaps, self.needs, self.benefits, self.trend, gap=20))
        for part in (self.head, self.picture, Columns(look, self._left, right, _SHARES)):
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
            self._left.hide()  # laid out once, when all of it stands
            for section in self.kinds.values():
                section.forget()
            self.verticalScrollBar().setValue(0)
        self._there = self.desk.open(key)
        if self._there:
            self._show()
        else:
            self._drop()
        self._left.show()
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

        self.picture.show_picture(finding(flow, words), draw, tips(flow, words))
        for section in self.kinds.values():
            section.show_items()
        self.gaps.show_gaps()
        self.needs.show_needs()
        self.benefits.show_benefits()
        self.trend.show_trend()


class SpinStrip(QWidget):
    """How far a conversation has come, in one line and a small picture; a press opens the sheet.

    `linked`: with a link to the sheet of its own.
    """

    sheet_wanted = Signal()

    def __init__(self, desk: SpinDesk, *, linked: bool = True) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self.block = PictureBlock(look)
        self.block.clicked.connect(self._pressed)
        self.open = button(look, words("spin.sheet"), self.sheet_wanted.emit, role="link")
        self.take = button(look, "", self._take, icon="add", role="link")
        links = row(look, self.take, None, self.open, gap=8)
        self.open.setVisible(linked)
        self.setLayout(column(look, self.block, links, gap=4))

    def show_flow(self) -> None:
        """Show the conversation that is open on the desk as it is now."""
        desk, flow, words = self._desk, self._desk.flow, self._desk.words

        def draw(room: float) -> Picture:
            return way(flow, words, room)

        drawn = not is_empty(flow)
        self.block.show_picture(finding(flow, words), draw if drawn else None, tips(flow, words))
        waiting = desk.waiting() if desk.visit is not None else 0
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
