"""What is other than on a day before: new, moved, grown, shrunk, slipped deals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import Signal

from fieldsales.domain.funnel import CHANGES, Difference
from fieldsales.domain.funnel_review import FunnelReview
from fieldsales.reports.funnel_pictures import money, short_money
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.forecast_parts.behind import Behind
from fieldsales.services.stages import stage_name
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.day_editor import DayLine
from fieldsales.widgets.pieces import label, row
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.typed import add_months

_TONES = {"won": "good", "lost": "bad", "shrunk": "warn", "slipped": "warn", "back": "warn"}
_SPANS = ("week", "month", "quarter")


def since_of(span: str, today: date) -> date:
    """A week, a month or three months before a day."""
    if span == "week":
        return today - timedelta(days=7)
    return add_months(today, -1 if span == "month" else -3)


class ChangesSection(Section):
    """Since when; how many of each kind; the deals of the kind that is chosen."""

    since_chosen = Signal(object)  # a day

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, words("forecast.changes"), gap=8)
        self.context = context
        self._review: FunnelReview | None = None
        self._kind = ""
        self.span = Segmented(
            look,
            [Option(key, words(f"forecast.last_{key}")) for key in _SPANS],
            name=words("forecast.since"),
            clearable=True,
        )
        self.span.chosen.connect(self._choose_span)
        self.day = DayLine(look)
        self.day.setAccessibleName(words("forecast.since"))
        self.day.setFixedWidth(look.theme.px(220))
        self.day.returnPressed.connect(self._take_day)
        self.day.left.connect(self._take_day)
        self.finding = label(look, wrap=True)
        self.kinds = ChipLine(look)
        self.kinds.clicked.connect(self.show_kind)
        self.behind = Behind(context)
        self.behind.closed.connect(self._forget_kind)
        since = label(look, words("forecast.since"), tone="muted")
        self.body.addLayout(row(look, since, self.day, self.span, None, gap=8))
        for part in (self.finding, self.kinds, self.behind):
            self.body.addWidget(part)

    def show_review(self, review: FunnelReview) -> None:
        self._review = review
        words = self.context.words
        if not self.day.hasFocus():
            self.day.set_day(review.since)
        today = review.today
        spans = {since_of(span, today): span for span in reversed(_SPANS)}
        self.span.set_key(spans.get(review.since, ""))
        counts = Counter(one.kind for one in review.changes)
        self.finding.setText(self._found(review))
        chips = [
            (
                kind,
                ChipFace(
                    words("funnel.change_counted", kind=words(f"change.{kind}"), n=counts[kind]),
                    _TONES.get(kind, "accent" if kind in ("new", "forward") else "plain"),
                ),
            )
            for kind in CHANGES
            if counts[kind]
        ]
        self.kinds.show_chips(chips)
        self.kinds.setVisible(bool(chips))
        if self._kind and counts[self._kind]:
            self.show_kind(self._kind)
        else:
            self.behind.hide()

    def _found(self, review: FunnelReview) -> str:
        """What it came to in money, currency by currency."""
        words = self.context.words
        if not review.changes:
            return words("forecast.nothing_changed")
        come, gone = self._worth(("new", "grown")), self._worth(("lost", "shrunk"))
        deals = len({one.deal_id for one in review.changes})
        return words("forecast.changed", n=deals, come=come or "0", gone=gone or "0")

    def _worth(self, kinds: Iterable[str]) -> str:
        review = self._review
        assert review is not None
        found: defaultdict[str, int] = defaultdict(int)
        for one in review.changes:
            if one.kind in kinds:
                now, before = one.after.amount or 0, 0
                if one.kind in ("grown", "shrunk") and one.before is not None:
                    before = one.before.amount or 0
                found[one.after.currency or review.currency] += abs(now - before)
        return money(self.context.words, found)

    def show_kind(self, kind: str) -> None:
        """List the deals that changed in one way, each with how."""
        review, words = self._review, self.context.words
        assert review is not None
        self._kind = kind
        found = [one for one in review.changes if one.kind == kind]
        notes = {one.deal_id: self._told(one) for one in found}
        self.behind.show_deals(words(f"change.{kind}"), list(notes), notes)

    def _forget_kind(self) -> None:
        self._kind = ""

    def _told(self, one: Difference) -> str:
        review, words = self._review, self.context.words
        assert review is not None
        before, after = one.before, one.after
        if before is None or one.kind in ("new", "won", "lost"):
            return stage_name(words, review.stages[after.stage])
        if one.kind in ("grown", "shrunk"):
            code = after.currency or review.currency
            pair = [short_money(words, state.amount or 0, code) for state in (before, after)]
        elif one.kind in ("slipped", "sooner"):
            pair = [state.expected_close or words("funnel.undated") for state in (before, after)]
        else:
            pair = [stage_name(words, review.stages[state.stage]) for state in (before, after)]
        return words("deal_page.way", before=pair[0], after=pair[1])

    def _choose_span(self, span: str) -> None:
        if span:
            self.since_chosen.emit(since_of(span, self.context.look.clock.today()))

    def _take_day(self) -> None:
        day, review = self.day.day(), self._review
        today = self.context.look.clock.today()
        if review is None or day == review.since:
            return
        if day is None or day > today:
            self.day.set_day(review.since)
            return
        self.since_chosen.emit(day)
