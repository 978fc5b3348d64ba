"""The funnel as a picture, and how visits succeed in each stage."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from fieldsales.domain.funnel import Flow
from fieldsales.domain.funnel_review import FunnelReview
from fieldsales.drawing.bars import Row, bars
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.funnel_pictures import funnel_picture, percent
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.forecast_parts.behind import Behind
from fieldsales.services.stages import stage_name
from fieldsales.store.queries.deals import DealFilter, entries
from fieldsales.widgets.card import Section
from fieldsales.widgets.picture_block import PictureBlock

_SIZE = 12.0
_FEW = 3  # below so many visits a share says nothing


class FunnelSection(Section):
    """How many deals stand where, how many went on, how long they usually take."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, context.words("forecast.funnel"), gap=8)
        self.context = context
        self._review: FunnelReview | None = None
        self.block = PictureBlock(context.look)
        self.block.clicked.connect(self.show_stage)
        self.behind = Behind(context)
        self.body.addWidget(self.block)
        self.body.addWidget(self.behind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_review(self, review: FunnelReview) -> None:
        self._review = review
        words = self.context.words
        if not any(flow.reached for flow in review.flows):
            self.block.show_picture(words("forecast.no_deals"), None)
            return
        tips = {flow.stage.id: self._told(flow) for flow in review.flows}

        def draw(room: float) -> Picture:
            return funnel_picture(review, words, room, _SIZE)

        self.block.show_picture(self._finding(review), draw, tips)

    def _finding(self, review: FunnelReview) -> str:
        """The step at which most is lost."""
        words = self.context.words
        decided = [flow for flow in review.flows if flow.lost]
        if not decided:
            return words("forecast.funnel_none_lost")
        weakest = min(decided, key=lambda flow: flow.conversion or 0)
        return words(
            "forecast.funnel_found",
            stage=stage_name(words, weakest.stage),
            share=percent(weakest.conversion or 0),
        )

    def _told(self, flow: Flow) -> str:
        words = self.context.words
        return words(
            "forecast.flow_told",
            stage=stage_name(words, flow.stage),
            reached=flow.reached,
            passed=flow.passed,
            lost=flow.lost,
            here=flow.here,
        )

    def show_stage(self, stage_id: str) -> None:
        """List the deals that stand in a stage."""
        review = self._review
        assert review is not None
        wanted = DealFilter(pipeline_id=review.pipeline.id, stages=(stage_id,), closed_days=None)
        found = entries(self.context.store, wanted, {})
        title = stage_name(self.context.words, review.stages[stage_id])
        self.behind.show_deals(title, [one.id for one in found])


class AdvancesSection(Section):
    """In which stages visits bring an advance (M29c)."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, context.words("forecast.advances"), gap=8)
        self.context = context
        self.block = PictureBlock(context.look)
        self.body.addWidget(self.block)

    def show_review(self, review: FunnelReview) -> None:
        words = self.context.words
        rates = [
            (stage_name(words, flow.stage), review.advances[flow.stage.id])
            for flow in review.flows
            if flow.stage.id in review.advances and review.advances[flow.stage.id].visits
        ]
        if not rates:
            self.block.show_picture(words("forecast.no_visits"), None)
            return
        sure = [(name, rate) for name, rate in rates if rate.visits >= _FEW] or rates
        best, rate = max(sure, key=lambda pair: pair[1].share or 0)
        finding = words(
            "forecast.advances_found", stage=best, share=percent(rate.share or 0), n=rate.visits
        )
        lines = [
            Row(
                name,
                (
                    ("accent" if name == best else "line", float(one.successes)),
                    ("paper-3", float(one.visits - one.successes)),
                ),
                words("forecast.of_visits", share=percent(one.share or 0), n=one.visits),
                most=name == best,
            )
            for name, one in rates
        ]

        def draw(room: float) -> Picture:
            return bars(lines, room, size=_SIZE, alt=finding)

        self.block.show_picture(finding, draw)
