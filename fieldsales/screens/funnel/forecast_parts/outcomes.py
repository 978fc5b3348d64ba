"""Won and lost by reason, rival and source (M05, M36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldsales.domain.funnel import Closed, Tally, tallied
from fieldsales.domain.funnel_review import FunnelReview
from fieldsales.domain.pipeline import LOST, WON
from fieldsales.drawing.bars import Row, bars
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.funnel_pictures import money, percent
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.forecast_parts.behind import Behind
from fieldsales.store.queries.funnel import closed
from fieldsales.widgets.card import Section
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import row
from fieldsales.widgets.segmented import Option, Segmented

_SIZE = 12.0
_BY = ("reason", "rival", "source")
_LISTS = {"reason": "loss_reason", "rival": "lost_rival", "source": "source"}
_SHOWN = 8  # bars; the rest is told as one
_SPANS = ("year", "all")


class OutcomesSection(Section):
    """Bars of deals, with their money behind them; pressing one lists its deals."""

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, words("forecast.outcomes"), gap=8)
        self.context = context
        self._closed: Sequence[Closed] = ()
        self._pipeline = ""
        self.by = Segmented(
            look,
            [Option(key, words(f"forecast.outcome_{key}")) for key in _BY],
            name=words("forecast.outcomes"),
        )
        self.span = Segmented(
            look,
            [Option(key, words(f"forecast.span_{key}")) for key in _SPANS],
            name=words("forecast.span"),
        )
        self.by.chosen.connect(self._choose)
        self.span.chosen.connect(self._choose_span)
        self.block = PictureBlock(look)
        self.block.clicked.connect(self.show_part)
        self.behind = Behind(context)
        self.body.addLayout(row(look, self.by, self.span, None, gap=12))
        self.body.addWidget(self.block)
        self.body.addWidget(self.behind)

    def show_review(self, review: FunnelReview) -> None:
        self._pipeline = review.pipeline.id
        self._read()

    def _read(self) -> None:
        today = self.context.look.clock.today()
        first = date(today.year, 1, 1) if self.span.key == "year" else None
        self._closed = closed(self.context.store, self._pipeline, first)
        self._show()

    def _choose(self, _key: str) -> None:
        self.behind.hide()
        self._show()

    def _choose_span(self, _key: str) -> None:
        self.behind.hide()
        self._read()

    def _code(self, one: Closed) -> str:
        return {"reason": one.reason, "rival": one.rival, "source": one.source}[self.by.key]

    def _considered(self) -> list[Closed]:
        """Reasons and rivals are of lost deals alone."""
        return [one for one in self._closed if self.by.key == "source" or one.end == LOST]

    def _name(self, code: str) -> str:
        words = self.context.words
        return words.choice(_LISTS[self.by.key], code) or words("forecast.not_known")

    def _show(self) -> None:
        words = self.context.words
        tallies = tallied(self._considered(), self._code)
        won = sum(one.end == WON for one in self._closed)
        if not tallies:
            key = "forecast.none_lost" if self._closed else "forecast.none_closed"
            self.block.show_picture(words(key, n=won), None)
            return
        shown = list(tallies.items())[:_SHOWN]
        # the point that matters stands out, the rest is there to compare
        lost = "line" if self.by.key == "source" else "accent"
        lines = [
            Row(
                self._name(code),
                (("line" if at else lost, float(tally.lost)), ("good", float(tally.won))),
                self._told(tally),
                key=f"of:{code}",
                most=at == 0 and lost == "accent",
            )
            for at, (code, tally) in enumerate(shown)
        ]
        finding = self._finding(*shown[0])

        def draw(room: float) -> Picture:
            return bars(lines, room, size=_SIZE, alt=finding)

        tips = {line.key or "": f"{line.label}\n{line.told}" for line in lines}
        self.block.show_picture(finding, draw, tips)

    def _finding(self, code: str, first: Tally) -> str:
        words = self.context.words
        won = sum(one.end == WON for one in self._closed)
        rate = percent(won / len(self._closed))
        if self.by.key == "source":
            return words("forecast.won_rate", n=len(self._closed), won=won, rate=rate)
        return words(
            f"forecast.lost_{self.by.key}",
            what=self._name(code),
            n=first.lost,
            all=len(self._closed) - won,
        )

    def _told(self, tally: Tally) -> str:
        words = self.context.words
        parts = []
        if tally.lost:
            told = words("forecast.lost_count", n=tally.lost)
            parts.append(" ".join(filter(None, (told, money(words, tally.lost_sums)))))
        if tally.won:
            told = words("forecast.won_count", n=tally.won)
            parts.append(" ".join(filter(None, (told, money(words, tally.won_sums)))))
        return " · ".join(parts)

    def show_part(self, key: str) -> None:
        """List the deals of a bar."""
        code = key.partition(":")[2]
        found = [one.deal_id for one in self._considered() if self._code(one) == code]
        self.behind.show_deals(self._name(code), found)
