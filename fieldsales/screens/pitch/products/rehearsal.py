"""Rehearsing the spoken version: a teleprompter with a clock, and how it went (M29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QStackedWidget, QWidget

from fieldsales.domain.product import Product
from fieldsales.domain.rehearsal import PACE, PACES, Rehearsal
from fieldsales.methods.ffab.rules import length
from fieldsales.screens.contract import Context
from fieldsales.widgets.card import CardScroll, empty
from fieldsales.widgets.pieces import (
    ElidedLabel,
    button,
    column,
    label,
    row,
    set_tone,
)
from fieldsales.widgets.teleprompter import Teleprompter

_TICK = 50  # ms
_PACE = "products/pace"
_FLOWS = "products/prompter_flows"
_COLOURS = {"skipped": "bad", "stumbled": "warn"}


class RehearsalPage(QWidget):
    """Space begins and goes on, S leaves a sentence out, D marks a stumble, P pauses, Esc ends.

    How the last run of each product went is remembered on this laptop alone.
    """

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._product = Product()
        self.run = Rehearsal((), ())
        self._running = False
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        self.name = ElidedLabel(look, size="section", bold=True)
        self.time = label(look, size="page", bold=True)
        self.wanted = label(look, size="title", tone="muted")
        self.pace = label(look)
        self.flows = QCheckBox(words("products.flows"))
        self.flows.setToolTip(words("products.flows_tip"))
        self.flows.setChecked(str(context.state.value(_FLOWS, "")) == "1")
        self.flows.toggled.connect(self._keep_flows)
        leave = button(look, words("products.rehearsal_leave"), self.left.emit, role="quiet")
        head = row(
            look,
            self.name,
            self.time,
            self.wanted,
            16,
            self.flows,
            8,
            self._turner("−", words("products.slower"), self.slower),
            self.pace,
            self._turner("+", words("products.faster"), self.faster),
            8,
            leave,
            gap=8,
        )
        head.setStretch(0, 1)
        side = look.theme.px(24)
        head.setContentsMargins(side, look.theme.px(16), side, look.theme.px(8))
        self.prompter = Teleprompter(look)
        self.status = label(look, tone="muted")
        self.keys = [
            button(look, words("products.key_next"), self.next, icon="forward"),
            button(look, words("products.key_skip"), self.skip),
            button(look, words("products.key_stumble"), self.stumble),
            button(look, words("products.key_back"), self.back),
            button(look, words("products.key_pause"), self.pause),
        ]
        for key in self.keys:
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space is the page's
        foot = row(look, self.status, None, *self.keys, gap=8)
        foot.setContentsMargins(side, look.theme.px(8), side, look.theme.px(16))
        saying = QWidget()
        inside = column(look, self.prompter, foot, gap=0)
        inside.setStretchFactor(self.prompter, 1)
        saying.setLayout(inside)
        self.result = Result(context)
        self.result.again_wanted.connect(self.again)
        self.result.left.connect(self.left)
        self.stack = QStackedWidget()
        self.stack.addWidget(saying)
        self.stack.addWidget(self.result)
        layout = column(look, head, self.stack, gap=0)
        layout.setStretchFactor(self.stack, 1)
        self.setLayout(layout)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words("products.rehearse"))

    def _turner(self, sign: str, name: str, act: Callable[[], object]) -> QPushButton:
        made = button(self._context.look, sign, act, role="quiet")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip(name)
        made.setAccessibleName(name)
        return made

    # beginning and ending

    def begin(self, product: Product) -> None:
        """Shows the spoken version of a product from its beginning; the clock waits for Space."""
        self._product = product
        self.name.set_text(product.name)
        self.again()

    def again(self) -> None:
        """From the beginning."""
        kept = int(str(self._context.state.value(_PACE, PACE)) or PACE)
        self.run = Rehearsal.of(self._product.spoken, length, kept if kept in PACES else PACE)
        self._stop()
        self.prompter.show_lines(self.run.sentences)
        self.stack.setCurrentIndex(0)
        self._show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        self._running = False
        self._timer.stop()

    def _tick(self) -> None:
        self.advance(self._clock.restart() / 1000)

    def advance(self, seconds: float) -> None:
        """So much time goes by."""
        self.run.tick(seconds, by_itself=self.flows.isChecked())
        self._show()

    # what is done while it is said

    def next(self) -> None:
        """Begins, goes on after a pause, or to the next sentence."""
        if not self._running:
            self._running = True
            self._clock.start()
            self._timer.start()
        else:
            self.run.next()
        self._show()

    def skip(self) -> None:
        """Says that this sentence was left out."""
        self.run.skip()
        self._show()

    def stumble(self) -> None:
        """Says that this sentence did not come out well, or takes that back."""
        self.run.stumble()
        self._show()

    def back(self) -> None:
        self.run.back()
        self._show()

    def pause(self) -> None:
        self._stop()
        self._show()

    def slower(self) -> None:
        self._set_pace(-PACES.step)

    def faster(self) -> None:
        self._set_pace(PACES.step)

    def _set_pace(self, more: int) -> None:
        self.run.pace = min(PACES[-1], max(PACES[0], self.run.pace + more))
        self._context.state.setValue(_PACE, self.run.pace)
        self._show()

    def _keep_flows(self, flows: bool) -> None:
        self._context.state.setValue(_FLOWS, "1" if flows else "0")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # showing

    def _show(self) -> None:
        words, run = self._context.words, self.run
        self.time.setText(_clock(run.elapsed))
        set_tone(self.time, "warn" if run.elapsed > run.wanted * 1.15 else "ink")
        self.wanted.setText(words("products.of_time", time=_clock(run.wanted)))
        self.pace.setText(words("products.pace", n=run.pace))
        if run.over and self.stack.currentIndex() == 0:
            self._stop()
            self.result.show_run(self._product, run)
            self.stack.setCurrentWidget(self.result)
            self.result.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.prompter.show_at(
            run.at,
            run.share,
            flowing=self.flows.isChecked(),
            colours={at: _COLOURS[mark] for at, mark in run.marks.items()},
        )
        place = words("products.sentence", n=min(run.at + 1, len(run.sentences)),
                      all=len(run.sentences))  # fmt: skip
        begin = "products.press_space" if not run.elapsed else "products.paused"
        self.status.setText(place if self._running else words(begin))

    # Qt

    def hideEvent(self, event: QHideEvent) -> None:
        self._stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = {
            Qt.Key.Key_Space: self.next,
            Qt.Key.Key_Return: self.next,
            Qt.Key.Key_Right: self.next,
            Qt.Key.Key_Down: self.next,
            Qt.Key.Key_S: self.skip,
            Qt.Key.Key_D: self.stumble,
            Qt.Key.Key_P: self.pause,
            Qt.Key.Key_Left: self.back,
            Qt.Key.Key_Up: self.back,
            Qt.Key.Key_Plus: self.faster,
            Qt.Key.Key_Equal: self.faster,
            Qt.Key.Key_Minus: self.slower,
        }.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif act is not None and self.stack.currentIndex() == 0 and not event.isAutoRepeat():
            act()
        else:
            super().keyPressEvent(event)


class Result(CardScroll):
    """How it went: the time against the text's, the run before, what to practise."""

    again_wanted = Signal()
    left = Signal()

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, margin=24, gap=12)
        self._context = context
        self.finding = label(look, size="section", bold=True, wrap=True)
        self.before = label(look, tone="muted", wrap=True)
        self.lists = column(look, gap=16)
        self.again = button(
            look, words("products.again"), self.again_wanted.emit, icon="timer", role="primary"
        )
        back = button(look, words("products.to_card"), self.left.emit)
        self.body.addWidget(self.finding)
        self.body.addWidget(self.before)
        self.body.addLayout(row(look, self.again, back, None))
        self.body.addLayout(self.lists)
        self.body.addStretch(1)
        self.setFocusProxy(self.again)

    def show_run(self, product: Product, run: Rehearsal) -> None:
        """Shows a run that is over, and remembers it."""
        words, state = self._context.words, self._context.state
        name = f"products/rehearsed/{product.id}"
        last = str(state.value(name, ""))
        skipped, stumbled = run.marked("skipped"), run.marked("stumbled")
        took, wanted = round(run.elapsed), round(run.wanted)
        key = "even" if abs(took - wanted) <= max(2, wanted * 0.1) else (
            "longer" if took > wanted else "shorter"
        )  # fmt: skip
        self.finding.setText(
            words(f"products.took_{key}", time=_clock(took), wanted=_clock(wanted),
                  apart=abs(took - wanted))
        )  # fmt: skip
        self.before.setText(self._told(last))
        self.before.setVisible(bool(last))
        state.setValue(
            name,
            f"{self._context.look.clock.today().isoformat()} {took} {len(skipped)} {len(stumbled)}",
        )
        empty(self.lists)
        for mark, found in (("skipped", skipped), ("stumbled", stumbled)):
            if found:
                self.lists.addWidget(self._list(words(f"products.{mark}", n=len(found)), found))
        if not skipped and not stumbled:
            self.lists.addWidget(label(self._context.look, words("products.all_said"), tone="good"))

    def _told(self, last: str) -> str:
        """The run before, as it was kept: `2026-11-22 31 1 0`."""
        if not last:
            return ""
        day, took, skipped, stumbled = last.split()
        return self._context.words(
            "products.last_run",
            day=day,
            time=_clock(int(took)),
            skipped=skipped,
            stumbled=stumbled,
        )

    def _list(self, title: str, found: Sequence[str]) -> QWidget:
        look = self._context.look
        made = QWidget()
        made.setLayout(
            column(
                look,
                label(look, title, bold=True),
                *(label(look, one, size="title", wrap=True) for one in found),
                gap=6,
            )
        )
        return made


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
