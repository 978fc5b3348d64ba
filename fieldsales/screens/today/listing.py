"""The day as a list: groups in two columns, at most what a day can hold, worked by keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QScrollArea, QWidget

from fieldsales.domain.day_plan import FITS, shares
from fieldsales.domain.relationship import FADES_AFTER
from fieldsales.screens.contract import Context
from fieldsales.screens.greeting import GreetingTexts, addressee
from fieldsales.screens.today.care import FESTIVAL
from fieldsales.screens.today.desk import Desk, Finished
from fieldsales.screens.today.groups import Group, Groups
from fieldsales.screens.today.line import TEXT_AT, Entry, Line
from fieldsales.screens.today.next_card import NextCard
from fieldsales.screens.visiting import log_visit, prepare_visit
from fieldsales.services.operations.sample import LoadSample
from fieldsales.store.queries import customers
from fieldsales.store.queries.settings import setting
from fieldsales.store.queries.today import has_next_step
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import LINK_PADDING, button, column, label, row

_HINTED = ("cold", "stuck", "unseen")  # groups that say why they are there


class DayList(QScrollArea):
    """Lines open what they speak of; ↑ ↓ go through them, ← → to the other column, D finishes,
    S puts off, G offers a greeting.
    """

    new_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._desk = Desk(context)
        self._desk.finished.connect(self._take_finished)
        self._whole: set[str] = set()  # groups shown to the end
        self._finished: Finished | None = None
        self._place: tuple[str, int] | None = None  # of the line that was finished
        self._columns: QBoxLayout | None = None
        self._day = date.min
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def refresh(self) -> None:
        """Reads the day anew, and keeps place and line."""
        self._day = self.context.look.clock.today()
        if customers.count(self.context.store):
            self._replace(self._body())
        else:
            self._columns = None
            self._replace(self._first_start())

    def leave(self) -> None:
        """Forgets what was just finished; for when the user went elsewhere."""
        self._finished = self._place = None

    def _replace(self, body: QWidget) -> None:
        """Shows a body in the place of the old one, at the same height and the same line."""
        at = self.verticalScrollBar().value()
        focus = QApplication.focusWidget()
        before = self.widget()
        inside = focus is not None and before is not None and before.isAncestorOf(focus)
        focused = [focus is not None and line.isAncestorOf(focus) for line in self.lines()]
        old = self.takeWidget()
        self.setWidget(body)
        self.verticalScrollBar().setValue(at)
        lines = self.lines()
        cards = body.findChildren(NextCard)
        self.setFocusProxy(lines[0] if lines else body)
        if inside and cards:
            cards[0].setFocus()
            # once it is laid out, it may stand below what is seen
            QTimer.singleShot(0, cards[0], partial(self.ensureWidgetVisible, cards[0]))
        elif inside and lines:
            at = focused.index(True) if True in focused else 0
            lines[min(at, len(lines) - 1)].setFocus()
        elif inside:
            self.setFocus()
        if old is not None:
            old.hide()
            old.deleteLater()  # one of its lines may be what asked for this

    def lines(self) -> list[Line]:
        """All lines, those of the left column first."""
        body = self.widget()
        return body.findChildren(Line) if body is not None else []

    def _go_on(self, line: Line, by: int) -> None:
        lines = self.lines()
        at = lines.index(line) + by
        if 0 <= at < len(lines):
            self._go_to(lines[at])

    def _cross(self, line: Line, by: int) -> None:
        """To the line of the other column that stands nearest."""
        spots = {other: other.mapTo(self, other.rect().center()) for other in self.lines()}
        here = spots[line]
        beside = [
            other for other, spot in spots.items() if (spot.x() - here.x()) * by > line.width() // 2
        ]
        if beside:
            self._go_to(min(beside, key=lambda other: abs(spots[other].y() - here.y())))

    def _go_to(self, line: Line) -> None:
        line.setFocus()
        self.ensureWidgetVisible(line)

    def _first_start(self) -> QWidget:
        look, words = self.context.look, self.context.words
        return EmptyState(
            look,
            words("today.first"),
            icon="visit",
            hint=words("today.first_hint"),
            action=words("today.import"),
            act=lambda: self.context.open("importing", ""),
            action_icon="import",
            second=words("today.sample"),
            act_second=self._load_sample,
            third=words("common.start_empty"),
            act_third=self.new_wanted.emit,
        )

    def _load_sample(self) -> None:
        self.context.run(LoadSample(), undoable=self.context.words("today.sample_loaded"))

    # the columns

    def _body(self) -> QWidget:
        look, words = self.context.look, self.context.words
        reading = Groups(self.context, self._desk, self._day)
        groups, asleep = reading.read(), reading.put_off()
        shown = self._shown(groups)
        waits = sum(len(group.entries) for group in groups if not group.fixed)
        stands = sum(shown[group.name] for group in groups if not group.fixed)
        sides = (column(look, gap=24), column(look, gap=24))
        head: list[QWidget] = []
        if stands < waits:
            said = words("today.fits", n=stands, rest=waits - stands)
            head.append(label(look, said, tone="muted"))
            head.append(button(look, words("today.all"), self._show_whole, role="link"))
        if self._whole:
            head.append(button(look, words("today.fewer"), self._show_first, role="link"))
        if head:
            sides[0].addLayout(row(look, *head, None, gap=4))
        for group in groups:
            if group.entries or group.nothing or self._stands_in(group.name):
                sides[group.side].addWidget(self._group(group, shown[group.name]))
        if asleep:
            whole = len(asleep) if "asleep" in self._whole else 0
            sides[1].addWidget(self._group(Group("asleep", asleep, 1), whole))
        for side in sides:
            side.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.addLayout(sides[0], 3)
        self._columns.addLayout(sides[1], 2)
        margin = look.theme.px(24)
        self._columns.setContentsMargins(margin, look.theme.px(4), margin, margin)
        self._columns.setSpacing(look.theme.px(32))
        body = QWidget()
        body.setLayout(self._columns)
        self._turn()
        return body

    def _shown(self, groups: Sequence[Group]) -> dict[str, int]:
        """How many lines of each group are shown: no more than the day holds, unless asked."""
        counted = [group for group in groups if not group.fixed]
        limit = int(setting(self.context.store, "today.fits", FITS))
        found = dict(
            zip(
                (group.name for group in counted),
                shares([len(group.entries) for group in counted], limit),
                strict=True,
            )
        )
        for group in groups:
            if group.name in self._whole:
                found[group.name] = len(group.entries)
            elif group.fixed:
                found[group.name] = min(group.fixed, len(group.entries))
        return found

    def _group(self, group: Group, shown: int) -> QWidget:
        """A heading with its count and the first lines below it."""
        look, words = self.context.look, self.context.words
        made = QWidget()
        made.setObjectName(f"group-{group.name}")
        name = label(look, words(f"today.{group.name}"), size="title", bold=True)
        head = row(look, name, gap=8)
        if group.entries:
            head.addWidget(label(look, words.number(len(group.entries)), tone="faint"))
        head.addStretch(1)
        layout = column(look, head, gap=2)
        if group.name in _HINTED and shown:
            hint = words(f"today.{group.name}_hint", n=FADES_AFTER)
            layout.addWidget(label(look, hint, size="caption", tone="muted", wrap=True))
        for at, entry in enumerate(group.entries[:shown]):
            if self._place == (group.name, at):
                self._add_card(layout)
            layout.addWidget(self._line(group.name, at, entry))
        if self._place is not None and self._place[0] == group.name and self._place[1] >= shown:
            self._add_card(layout)
        if not group.entries and group.nothing:
            layout.addWidget(label(look, words(group.nothing), tone="muted", wrap=True))
        if shown < len(group.entries):
            rest = words("today.show_all", n=len(group.entries))
            more = button(look, rest, partial(self._show_all, group.name), role="link")
            layout.addLayout(row(look, TEXT_AT - LINK_PADDING, more, None, gap=0))
        made.setLayout(layout)
        return made

    def _line(self, group: str, at: int, entry: Entry) -> Line:
        if entry.done is not None:
            entry = entry.with_done(partial(self._finish, group, at, entry.done))
        line = Line(self.context.look, entry)
        line.opened.connect(self._open)
        line.stepped.connect(partial(self._go_on, line))
        line.crossed.connect(partial(self._cross, line))
        line.asked.connect(partial(self._do, line))
        line.greeting_wanted.connect(partial(self._greet, line))
        return line

    def _show_all(self, name: str) -> None:
        self._whole.add(name)
        self.refresh()

    def _show_first(self) -> None:
        self._whole.clear()
        self.refresh()

    def _show_whole(self) -> None:
        groups = Groups(self.context, self._desk, self._day).read()
        self._whole.update(group.name for group in groups)
        self.refresh()

    def _do(self, line: Line, code: str, pressed: QWidget) -> None:
        if code == "log":
            log_visit(self.context, line.entry.row_id, pressed)

    def _open(self, kind: str, row_id: str) -> None:
        if kind == FESTIVAL:
            self._desk.greet(row_id)
        else:
            self.context.open(kind, row_id)

    def _greet(self, line: Line) -> None:
        """Below the line, what can be sent to whom it speaks of."""
        assert line.entry.greets is not None
        whom = addressee(self.context, *line.entry.greets)
        if whom is not None:
            texts = GreetingTexts(self.context)
            texts.left.connect(line.close_below)
            texts.show_for(whom)
            line.show_below(texts)
            QTimer.singleShot(0, texts, partial(self.ensureWidgetVisible, texts))

    # done, and what comes next

    def _finish(self, group: str, at: int, done: object) -> None:
        self._finished, self._place = None, (group, at)
        assert callable(done)
        done()

    def _take_finished(self, what: Finished | None) -> None:
        self._finished = what

    def _stands_in(self, name: str) -> bool:
        return self._asks() and self._place is not None and self._place[0] == name

    def _asks(self) -> bool:
        """Whether what was finished left its customer without a next step."""
        what = self._finished
        if what is None or not what.customer_id:
            return False
        return not has_next_step(self.context.store, what.customer_id)

    def _add_card(self, layout: QBoxLayout) -> None:
        if not self._asks():
            return
        what = self._finished
        assert what is not None
        card = NextCard(self.context.look, what, partial(self._desk.note_next, what))
        card.closed.connect(self._close_card)
        card.visit_wanted.connect(partial(prepare_visit, self.context, what.customer_id, ()))
        layout.addWidget(card)

    def _close_card(self) -> None:
        self.leave()
        self.refresh()

    # narrow windows have one column

    def _turn(self) -> None:
        if self._columns is not None:
            narrow = self.width() < self.context.look.theme.px(960)
            direction = (
                QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            )
            self._columns.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
